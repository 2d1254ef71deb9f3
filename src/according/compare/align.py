"""Find which of our rows and which of theirs tell one happening.

Rows are blocked by day, so that cost grows with the rows of a few days and not with the square of all; within
Rows are blocked by day, so that cost grows with the rows of a few days, not with the square of all; within
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz

from according.compare.model import Row

_SAME_NAME = 75
_UNDATED_DAYS = 7
# What an agreement and a disagreement of each kind weigh; a value that one side lacks weighs nothing.
_WEIGHTS = {
    "type": (2.0, -2.0),
    "day": (1.5, -0.75),
    "country": (1.0, -2.0),
    "place": (2.0, -1.0),
    "actor": (2.0, -0.75),
}


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far apart two rows may be and still tell one happening.

    Attributes:
        days: Days between the two.
        km: Kilometres between the two places for "the same place".
        score: Least sum of weights; 3 asks for about two agreements.
    """

    days: int = 2
    km: float = 50.0
    score: float = 3.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows taken for one happening, and how well they fit."""

    ours: Row
    theirs: Row
    score: float


def align_rows(ours: Sequence[Row], theirs: Iterable[Row], tolerance: Tolerance | None = None) -> list[Pair]:
    """Align two sets of rows one to one.

    A row of ours without a day is looked for in the week up to its report's publication.

    Args:
        ours: Rows of coded reports.
        theirs: Rows of the other data set.
        tolerance: How far apart rows may be.

    Returns:
        Pairs, best first.
    """
    limits = tolerance or Tolerance()
    by_day: dict[date, list[int]] = defaultdict(list)
    for i, row in enumerate(ours):
        for day in _days(row, limits.days):
            by_day[day].append(i)
    scored = []
    kept: list[Row] = []
    for row in theirs:
        seen: set[int] = set()
        for day in _span(row.day_from, row.day_to):
            seen.update(by_day.get(day, ()))
        candidates = [(s, i) for i in seen if (s := likeness(ours[i], row, limits)) >= limits.score]
        if candidates:
            scored += [(-s, i, len(kept)) for s, i in candidates]
            kept.append(row)
    taken_ours: set[int] = set()
    taken_theirs: set[int] = set()
    out = []
    for minus, i, j in sorted(scored):
        if i not in taken_ours and j not in taken_theirs:
            taken_ours.add(i)
            taken_theirs.add(j)
            out.append(Pair(ours[i], kept[j], -minus))
    return out


def _days(row: Row, slack: int) -> Iterator[date]:
    if row.day_from is not None:
        first, last = row.day_from, row.day_to or row.day_from
        yield from _span(first - timedelta(days=slack), last + timedelta(days=slack))
    elif row.near is not None:
        yield from _span(row.near - timedelta(days=_UNDATED_DAYS), row.near)


def _span(first: date | None, last: date | None, most: int = 62) -> Iterator[date]:
    """Days of an interval; one of more than two months blocks nothing useful and gives its first days."""
    if first is None:
        return
    count = min(((last or first) - first).days, most)
    for n in range(count + 1):
        yield first + timedelta(days=n)


def likeness(a: Row, b: Row, limits: Tolerance) -> float:
    """Sum of weights over what both rows tell."""
    found = {
        "type": bool(a.types & b.types),
        "day": days_agree(a, b),
        "country": None if a.country is None or b.country is None else a.country == b.country,
        "place": places_agree(a, b, limits.km),
        "actor": parties_agree(a, b),
    }
    return sum(_WEIGHTS[name][0 if same else 1] for name, same in found.items() if same is not None)


def days_agree(a: Row, b: Row) -> bool | None:
    """Whether the days meet; None when one side tells none."""
    if a.day_from is None or b.day_from is None:
        return None
    return a.day_from <= (b.day_to or b.day_from) and b.day_from <= (a.day_to or a.day_from)


def places_agree(a: Row, b: Row, km: float) -> bool | None:
    """Whether the places are near or called alike; None when one side names none."""
    if a.lat is not None and a.lon is not None and b.lat is not None and b.lon is not None:
        return distance_km(a.lat, a.lon, b.lat, b.lon) <= km
    if a.place is None or b.place is None:
        return None
    return same_name(a.place, b.place)


def parties_agree(a: Row, b: Row) -> bool | None:
    """Whether at least one party is the same, on the same side where both tell the sides apart."""
    if a.directed and b.directed:
        sides = [side_agrees(a, b, 0), side_agrees(a, b, 1)]
        told = [s for s in sides if s is not None]
        return any(told) if told else None
    mine, other = [*a.sides[0], *a.sides[1]], [*b.sides[0], *b.sides[1]]
    if not mine or not other:
        return None
    return any(same_name(x, y) for x in mine for y in other)


def side_agrees(a: Row, b: Row, side: int) -> bool | None:
    """Whether actors (0) or recipients (1) share a name, or a country where names differ in form."""
    if not a.sides[side] or not b.sides[side]:
        return None
    if any(same_name(x, y) for x in a.sides[side] for y in b.sides[side]):
        return True
    return bool(a.countries[side] & b.countries[side])


def same_name(a: str, b: str) -> bool:
    """Whether two names are alike: the shorter one's words stand in the longer one."""
    return fuzz.token_set_ratio(a.casefold(), b.casefold()) >= _SAME_NAME


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres.

    Example:
        >>> round(distance_km(52.52, 13.40, 48.86, 2.35))
        877
    """
    p1, p2 = math.radians(lat1), math.radians(lat2)
    h = math.sin((p2 - p1) / 2) ** 2
    h += math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))
