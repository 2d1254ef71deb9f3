"""Agreement of aligned rows, cell by cell, with the disagreements to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from according.compare.align import (
    Pair,
    Tolerance,
    align_rows,
    days_agree,
    parties_agree,
    places_agree,
    side_agrees,
)
from according.compare.model import CELLS, Row


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A cell in which two aligned rows differ.

    Attributes:
        cell: One of `CELLS`.
        ours_id, theirs_id: The rows.
        ours, theirs: What each says.
        words: The words our row rests on.
        source: The report of our row.
    """

    cell: str
    ours_id: str
    theirs_id: str
    ours: str
    theirs: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a comparison found.

    Attributes:
        ours, theirs: Number of rows on each side.
        pairs: Rows taken for one happening.
        told: For each cell, pairs in which both sides tell it.
        same: For each cell, pairs in which they agree.
        disagreements: All cells that differ, in the order of the pairs.
    """

    ours: int
    theirs: int
    pairs: tuple[Pair, ...]
    told: dict[str, int]
    same: dict[str, int]
    disagreements: tuple[Disagreement, ...]


def compare_rows(ours: Sequence[Row], theirs: Iterable[Row], tolerance: Tolerance | None = None) -> Agreement:
    """Align two sets of rows and compare what they say.

    Args:
        ours: Rows of coded reports.
        theirs: Rows of the other data set; looked at once.
        tolerance: How far apart rows may be.

    Returns:
        Counts, pairs and disagreements. That two rows agree does not make them right, nor does a row that
        only one side has make it wrong.
    """
    limits = tolerance or Tolerance()
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in theirs:
            count += 1
            yield row

    pairs = align_rows(ours, counted(), limits)
    told, same = dict.fromkeys(CELLS, 0), dict.fromkeys(CELLS, 0)
    differing: list[Disagreement] = []
    for pair in pairs:
        for cell, agrees, mine, other in _cells(pair.ours, pair.theirs, limits):
            if agrees is None:
                continue
            told[cell] += 1
            same[cell] += agrees
            if not agrees:
                differing.append(
                    Disagreement(
                        cell, pair.ours.id, pair.theirs.id, mine, other, pair.ours.words, pair.ours.source
                    )
                )
    return Agreement(len(ours), count, tuple(pairs), told, same, tuple(differing))


def _cells(a: Row, b: Row, limits: Tolerance) -> Iterator[tuple[str, bool | None, str, str]]:
    yield "type", bool(a.types & b.types), _joined(sorted(a.types)), _joined(sorted(b.types))
    yield "day", days_agree(a, b), _days(a), _days(b)
    known = None if a.country is None or b.country is None else a.country == b.country
    yield "country", known, a.country or "", b.country or ""
    yield "place", places_agree(a, b, limits.km), a.place or "", b.place or ""
    if a.directed and b.directed:
        for cell, side in (("actor", 0), ("recipient", 1)):
            yield cell, side_agrees(a, b, side), _joined(a.sides[side]), _joined(b.sides[side])
    else:
        mine, other = (*a.sides[0], *a.sides[1]), (*b.sides[0], *b.sides[1])
        yield "actor", parties_agree(a, b), _joined(mine), _joined(other)
    yield "killed", _killed_agree(a.killed, b.killed), _range(a.killed), _range(b.killed)


def _killed_agree(a: tuple[int | None, int | None], b: tuple[int | None, int | None]) -> bool | None:
    """Whether the ranges meet; an open end reaches any figure."""
    if a == (None, None) or b == (None, None):
        return None
    low_a, low_b = a[0] or 0, b[0] or 0
    high_a = a[1] if a[1] is not None else low_a
    high_b = b[1] if b[1] is not None else low_b
    return low_a <= high_b and low_b <= high_a


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def _days(row: Row) -> str:
    if row.day_from is None:
        return ""
    last = row.day_to or row.day_from
    return f"{row.day_from}" if last == row.day_from else f"{row.day_from}/{last}"


def _range(killed: tuple[int | None, int | None]) -> str:
    low, high = killed
    if low == high:
        return "" if low is None else str(low)
    return f"{'' if low is None else low}-{'' if high is None else high}"
