"""What of a chart is drawn, and where: the core of a timeline, the names and lines of a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from math import sqrt

NAMES_DRAWN, EDGES_DRAWN = 30, 60
Rows = list[dict[str, object]]


def find_core(counted: Sequence[tuple[date, int]]) -> tuple[date, date]:
    """Find the stretch of time that nearly all events fall into, where the rest would dwarf it.

    Args:
        counted: First days of steps with their events.

    Returns:
        First and last step. Steps at an end with at most a twentieth of all events together are left
        out if the stretch is shorter than a third of the whole without them.
    """
    by_day: Counter[date] = Counter()
    for day, n in counted:
        by_day[day] += n
    days = sorted(by_day)
    if not days:
        return date.min, date.max
    spare = sum(by_day.values()) / 20
    first, last = 0, len(days) - 1
    while first < last:
        # What is left out next is the end with the wider gap before it.
        gaps = (days[first + 1] - days[first], days[last] - days[last - 1])
        end = first if gaps[0] >= gaps[1] else last
        if by_day[days[end]] > spare:
            break
        spare -= by_day[days[end]]
        first, last = (first + 1, last) if end == first else (first, last - 1)
    if 3 * (days[last] - days[first]) < days[-1] - days[0]:
        return days[first], days[last]
    return days[0], days[-1]


def lay_out(rows: Sequence[tuple[object, ...]]) -> tuple[Rows, Rows, Rows]:
    """Set the names of the strongest edges on a circle.

    Args:
        rows: Who acts, who is acted on, class and events, strongest first.

    Returns:
        Lines, their receiving ends, and names.
    """
    drawn, weight = choose_edges(rows)
    at = dict(zip(weight, _places(len(weight)), strict=True))
    edges: list[dict[str, object]] = []
    heads: list[dict[str, object]] = []
    for a, b, quad, n in drawn:
        (x, y), (x2, y2) = at[str(a)], at[str(b)]
        told = {"class": quad, "events": n, "who": f"{a} → {b}"}
        edges.append({"x": x, "y": y, "x2": x2, "y2": y2, **told})
        heads.append({"x": x + 0.88 * (x2 - x), "y": y + 0.88 * (y2 - y), **told})
    nodes: list[dict[str, object]] = [
        {
            "x": x,
            "y": y,
            "lx": x + (0.06 if x > 0 else -0.06),
            "ly": y,
            "name": n,
            "events": weight[n],
            "side": "left" if x > 0 else "right",
        }
        for n, (x, y) in at.items()
    ]
    return edges, heads, nodes


def choose_edges(
    rows: Sequence[tuple[object, ...]],
) -> tuple[list[tuple[object, ...]], dict[str, int]]:
    """Take the strongest edges that can be drawn among thirty names.

    Args:
        rows: Who acts, who is acted on, class and events, strongest first.

    Returns:
        The edges, and the names with their events; every name has an edge.
    """
    weight: dict[str, int] = {}
    drawn: list[tuple[object, ...]] = []
    for row in rows:
        pair = {str(row[0]), str(row[1])}
        if len(weight) + len(pair - set(weight)) > NAMES_DRAWN:
            continue
        drawn.append(row)
        for name in pair:
            weight[name] = weight.get(name, 0) + int(str(row[3]))
        if len(drawn) == EDGES_DRAWN:
            break
    order = sorted(weight, key=lambda n: (-weight[n], n))
    return drawn, {name: weight[name] for name in order}


def _places(count: int) -> list[tuple[float, float]]:
    """Places around a circle, each on a line of its own on its side, so that names do not meet."""
    places = []
    for i in range(count):
        side, rows = 1 if i % 2 == 0 else -1, (count + 1 - i % 2) // 2
        y = 1 - 2 * (i // 2 + 0.5) / rows
        places.append((side * sqrt(1 - 0.8 * y * y), y))
    return places
