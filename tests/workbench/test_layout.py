"""What of a chart is drawn."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from according.workbench.layout import choose_edges, find_core, lay_out


def test_one_old_date_does_not_dwarf_a_timeline() -> None:
    months = [(date(2009, m, 1), 10) for m in range(1, 13)]
    assert find_core([(date(1649, 1, 1), 1), *months, (date(2090, 1, 1), 1)]) == (months[0][0], months[-1][0])
    even = [(date(1900 + n, 1, 1), 5) for n in range(100)]
    assert find_core(even) == (even[0][0], even[-1][0]), "nothing is far from the rest"
    many = [(date(1649, 1, 1), 60), *months]
    assert find_core(many) == (date(1649, 1, 1), months[-1][0]), "a third of all is no stray"
    assert find_core([]) == (date.min, date.max)
    assert find_core([(date(2020, 1, 1), 3)]) == (date(2020, 1, 1), date(2020, 1, 1))


def test_every_name_of_a_network_has_a_line_and_its_own_height() -> None:
    rows = [(f"Actor {n}", f"Other {n}", "verbal conflict", 100 - n) for n in range(60)]
    rows += [("Actor 1", "Other 0", "verbal conflict", 5)]
    drawn, weight = choose_edges(rows)
    assert len(weight) == 30 and len(drawn) == 16, "the last one joins names that are there"
    assert {str(n) for row in drawn for n in row[:2]} == set(weight)
    edges, heads, names = lay_out(rows)
    assert len(edges) == len(heads) == 16
    for side in ("left", "right"):
        heights = sorted(float(str(n["y"])) for n in names if n["side"] == side)
        assert all(b - a > 0.1 for a, b in pairwise(heights))
    assert lay_out([]) == ([], [], [])
