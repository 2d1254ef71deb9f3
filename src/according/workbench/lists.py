"""Lists, counts and series made from a choice: what the pages and the API page through."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Literal, TypeVar

from according.corroborate import Commitment
from according.workbench.reading import report_href
from according.workbench.rows import ActorRow, EventRow, MentionRow, ReportRow, Side
from according.workbench.selection import QUADS, Selection
from according.workbench.shelf import Held, Shelf

PAGE = 50
FACET_VALUES = 10
_AROUND = 70
Period = Literal["week", "month"]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """One page of a list.

    Attributes:
        rows: The rows.
        total: How many there are in all.
        after: Cursor of the next page, or None at the end.
    """

    rows: tuple[Row, ...]
    total: int
    after: str | None


def cut_page(
    rows: Sequence[Row], key: Callable[[Row], str], after: str | None, limit: int = PAGE
) -> Listing[Row]:
    """Cut one page out of a list.

    The cursor is the key of the last row shown; a cursor of a row that is no
    longer there begins anew.

    Args:
        rows: The whole list.
        key: Tells a row's cursor; no two rows share one.
        after: Cursor, or None for the first page.
        limit: Most rows on it.

    Example:
        >>> cut_page("abcde", str, "b", 2)
        Listing(rows=('c', 'd'), total=5, after='d')
    """
    start = 0
    if after:
        start = next((i + 1 for i, row in enumerate(rows) if key(row) == after), 0)
    shown = tuple(rows[start : start + limit])
    more = start + limit < len(rows)
    return Listing(shown, len(rows), key(shown[-1]) if shown and more else None)


def list_reports(shelf: Shelf, selection: Selection) -> list[tuple[Held, int]]:
    """Reports that fit a choice, newest first, each with the number of its mentions that fit.

    A choice of words or publisher alone also lets in reports without mentions.
    """
    only = selection.but(q=None, publisher=None) == Selection()
    matching = Counter(row.report for row in shelf.select(selection))
    words = shelf.find_words(selection.q) if only else None
    found = []
    for held in shelf.reports.values():
        fits = only and (words is None or held.id in words)
        fits = fits and (selection.publisher is None or held.publisher == selection.publisher)
        if fits or held.id in matching:
            found.append((held, matching[held.id]))
    return found


def make_report_row(found: tuple[Held, int], words: str | None) -> ReportRow:
    """A report as its list shows it, with the words that were searched for."""
    held, matching = found
    return ReportRow(
        held.id, held.title, held.publisher, held.published, held.mentions, matching, snip(held.text, words)
    )


def snip(text: str, words: str | None) -> tuple[tuple[str, bool], ...]:
    """Cut out the first place where a searched word stands, in pieces: text, is it a hit.

    Example:
        >>> snip("The talks ended.", "TALKS")
        (('The ', False), ('talks', True), (' ended.', False))
    """
    wanted = [re.escape(w) for w in (words or "").split()]
    if not wanted:
        return ()
    pattern = re.compile("|".join(wanted), re.IGNORECASE)
    first = pattern.search(text)
    if first is None:
        return ()
    start, end = max(0, first.start() - _AROUND), min(len(text), first.end() + 2 * _AROUND)
    pieces: list[tuple[str, bool]] = []
    now = start
    for hit in pattern.finditer(text, start, end):
        pieces += [(text[now : hit.start()], False), (hit[0], True)]
        now = hit.end()
    pieces.append((text[now:end], False))
    if start > 0:
        pieces[0] = (f"…{pieces[0][0]}", False)
    if end < len(text):
        pieces[-1] = (f"{pieces[-1][0]}…", False)
    return tuple((" ".join(p.split("\n")), hit) for p, hit in pieces if p)


def list_events(shelf: Shelf, selection: Selection) -> list[EventRow]:
    """Events that at least one fitting mention tells, latest first."""
    wanted = {row.event for row in shelf.select(selection)}
    return [event for event in shelf.event_rows.values() if event.id in wanted]


def list_actors(shelf: Shelf, selection: Selection) -> list[ActorRow]:
    """Everybody named in fitting mentions, the most active first."""
    acts: Counter[str] = Counter()
    acted: Counter[str] = Counter()
    speaks: Counter[str] = Counter()
    reports: defaultdict[str, set[str]] = defaultdict(set)
    sides: dict[str, Side] = {}
    for row in shelf.select(selection):
        for counter, people in ((acts, row.actors), (acted, row.recipients)):
            for side in {s.name: s for s in people if s.name}.values():
                name = side.name or ""
                counter[name] += 1
                reports[name].add(row.report)
                sides.setdefault(name, side)
        for speaker in set(row.speakers):
            speaks[speaker] += 1
            reports[speaker].add(row.report)
    rows = []
    for name, found in reports.items():
        known = shelf.names.get(name)
        taken = sides.get(name)
        first = known[0] if known else None
        rows.append(
            ActorRow(
                name=name,
                kind=first.kind if first else taken.kind if taken else "unknown",
                country=first.country if first else taken.country if taken else None,
                sectors=first.sectors if first else taken.sectors if taken else (),
                acts=acts[name],
                acted_on=acted[name],
                speaks=speaks[name],
                reports=len(found),
            )
        )
    return sorted(rows, key=lambda r: (-(r.acts + r.acted_on + r.speaks), r.name))


@dataclass(frozen=True, slots=True)
class Facet:
    """Values of one filter with how many there are of each.

    Attributes:
        name: Name of the filter.
        values: Value as the filter takes it, value as shown, count.
    """

    name: str
    values: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Announced:
    """A commitment with its mention and what came of it, each with the address of its words.

    Attributes:
        commitment: What was announced, and its outcome.
        row: The mention that announces it.
        href: Address of its words.
        later: Mentions of later reports that tell of it.
    """

    commitment: Commitment
    row: MentionRow
    href: str
    later: tuple[tuple[MentionRow, str, str], ...]


def list_commitments(shelf: Shelf, selection: Selection) -> list[Announced]:
    """Commitments whose announcing mention fits a choice, by the day they fall due."""
    chosen = {row.id: row for row in shelf.select(selection)}
    found = []
    for commitment in shelf.commitments():
        row = chosen.get(commitment.mention)
        if row is None:
            continue
        later = tuple(
            (shelf.by_id[a.mention], a.reading, report_href(a.report, mention=a.mention))
            for a in commitment.answers
            if a.mention in shelf.by_id
        )
        found.append(Announced(commitment, row, report_href(row.report, mention=row.id), later))
    return found


def count_facets(shelf: Shelf, selection: Selection, *, events: bool) -> tuple[Facet, ...]:
    """Count the values of each filter among what is chosen.

    Args:
        shelf: What is looked at.
        selection: The choice.
        events: Count events; else mentions.
    """
    counted: dict[str, defaultdict[str, set[Hashable]]] = {n: defaultdict(set) for n in _FACETS}
    for row in shelf.select(selection):
        unit = row.event if events else row.id
        for name, read in _FACETS.items():
            for value in read(row):
                if value:
                    counted[name][value].add(unit)
    facets = [Facet(name, _top(name, values)) for name, values in counted.items()]
    if events:
        found = list_events(shelf, selection)
        sources = [(str(n), f"{n} or more", sum(e.sources >= n for e in found)) for n in (2, 3, 5)]
        disputes = sum(e.disputed for e in found)
        facets.append(Facet("min_sources", tuple(s for s in sources if s[2])))
        facets.append(Facet("disputed", (("yes", "disputed", disputes),) if disputes else ()))
    return tuple(f for f in facets if f.values)


_FACETS: dict[str, Callable[[MentionRow], Iterable[str]]] = {
    "type": lambda row: (row.type,),
    "quad": lambda row: (str(row.quad),) if row.quad else (),
    "country": lambda row: (row.country or "",),
    "actor": lambda row: {s.name or "" for s in (*row.actors, *row.recipients)},
    "factuality": lambda row: (row.factuality,),
    "speaker": lambda row: set(row.speakers),
    "publisher": lambda row: (row.publisher or "",),
    "place": lambda row: (row.place or "",),
}


def _top(name: str, values: dict[str, set[Hashable]]) -> tuple[tuple[str, str, int], ...]:
    counts = sorted(((len(units), value) for value, units in values.items()), key=lambda c: (-c[0], c[1]))
    shown = counts[: 16 if name == "type" else FACET_VALUES]
    return tuple((value, QUADS[int(value)] if name == "quad" else value, count) for count, value in shown)


def period_of(day: date, period: Period) -> date:
    """First day of the week (Monday) or month that a day lies in.

    Example:
        >>> period_of(date(2024, 3, 14), "week"), period_of(date(2024, 3, 14), "month")
        (datetime.date(2024, 3, 11), datetime.date(2024, 3, 1))
    """
    return day.replace(day=1) if period == "month" else day - timedelta(days=day.weekday())


def count_periods(rows: Iterable[MentionRow], period: Period) -> list[tuple[date, int, int]]:
    """Count events by period and quad class; each event once a class and period.

    Returns:
        Rows (first day of the period, quad class, events), in order of time.
        Mentions without a day are left out.
    """
    seen: defaultdict[tuple[date, int], set[str]] = defaultdict(set)
    for row in rows:
        if row.day is not None and row.quad:
            seen[period_of(row.day, period), row.quad].add(row.event or row.id)
    return [(day, quad, len(events)) for (day, quad), events in sorted(seen.items())]


def count_edges(rows: Iterable[MentionRow]) -> list[tuple[str, str, int, int]]:
    """Count who acts on whom: (actor, recipient, quad class, events), most first."""
    seen: defaultdict[tuple[str, str, int], set[str]] = defaultdict(set)
    for row in rows:
        for actor in {s.name for s in row.actors if s.name}:
            for recipient in {s.name for s in row.recipients if s.name} - {actor}:
                seen[actor, recipient, row.quad].add(row.event or row.id)
    counted = [(a, b, q, len(events)) for (a, b, q), events in seen.items()]
    return sorted(counted, key=lambda e: (-e[3], e[0], e[1], e[2]))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map with the events told of it.

    Attributes:
        name: Name of the place.
        country: Country code, or None.
        lat: Latitude in degrees.
        lon: Longitude in degrees.
        events: Number of events.
        quad: Quad class of most of them.
    """

    name: str
    country: str | None
    lat: float
    lon: float
    events: int
    quad: int


def count_places(rows: Iterable[MentionRow]) -> tuple[list[Spot], list[tuple[str, int]], int]:
    """Count events by place.

    A point is given only where the report names a city or something smaller;
    what is known to the country or its division alone counts for the country's
    area.

    Returns:
        Points, events by country code for areas, and the number of events
        without a place that can be shown.
    """
    points: defaultdict[tuple[str, str | None, float, float], dict[str, int]] = defaultdict(dict)
    areas: defaultdict[str, set[str]] = defaultdict(set)
    shown: set[str] = set()
    unplaced: set[str] = set()
    for row in rows:
        event = row.event or row.id
        if row.precision in ("city", "site") and row.lat is not None and row.lon is not None:
            points[row.place or "", row.country, row.lat, row.lon][event] = row.quad
            shown.add(event)
        elif row.country:
            areas[row.country].add(event)
            shown.add(event)
        else:
            unplaced.add(event)
    spots = [
        Spot(name, country, lat, lon, len(events), Counter(events.values()).most_common(1)[0][0])
        for (name, country, lat, lon), events in points.items()
    ]
    spots.sort(key=lambda s: (-s.events, s.name))
    by_country = sorted(((c, len(e)) for c, e in areas.items()), key=lambda a: (-a[1], a[0]))
    return spots, by_country, len(unplaced - shown)
