"""Events across reports: put coded reports in, get events and folds out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from datetime import date

from according.corroborate.cluster import Clusters
from according.corroborate.duplicates import FoldIndex
from according.corroborate.model import (
    COUNT_NAMES,
    Corroboration,
    CountName,
    CrossEvent,
    Fold,
    Joined,
    Range,
    Telling,
)
from according.corroborate.shelf import Changes, Shelf
from according.corroborate.tellings import read_tellings
from according.ids import content_id
from according.records import CodedReport, Report, Where

_TOLD_AS_DONE = ("happened", "ongoing")


class EventIndex:
    """The events that the reports put in so far tell, and the copies among the reports.

    Reports may be put in one by one or many at once, in any order; the events
    are the same. Memory grows with the mentions put in (some 4 kB each), and
    with what a shelf gave of those they touch.

    Example:
        >>> from according.records import CodedReport, Report
        >>> index = EventIndex()
        >>> joined = index.join([CodedReport(report=Report(id="r1", text="Nothing happened."))])
        >>> joined.events, index.events()
        ((), ())
    """

    def __init__(self, shelf: Shelf | None = None) -> None:
        """Begin with what a shelf holds.

        Args:
            shelf: Where reports put in before are kept; an empty one if left out.
        """
        self._shelf = shelf or Shelf()
        self._changes = Changes()
        self._clusters = Clusters(self._shelf, self._changes, self._old_clusters)
        self._folds = FoldIndex(self._shelf, self._changes)
        self._event_of: dict[str, CrossEvent] = {}
        self._of_report: dict[str, list[str]] = {}
        self._lost: dict[str, CrossEvent] = {}

    def join(self, reports: Iterable[CodedReport]) -> Joined:
        """Put reports in and tell what changed.

        A report whose id is already in is passed over.

        Args:
            reports: Coded reports.

        Returns:
            New and changed events and folds, and the ids of those that are no more.
        """
        return self.join_tellings((c.report, tuple(read_tellings(c))) for c in reports)

    def join_tellings(
        self, reports: Iterable[tuple[Report, Iterable[Telling]]], more: Iterable[Telling] = ()
    ) -> Joined:
        """Put reports in whose tellings were read before, as a store does.

        Args:
            reports: Reports with their tellings.
            more: Tellings of reports that are in already, which took the place of others.
        """
        fresh: list[Report] = []
        tellings: list[Telling] = list(more)
        for report, told in reports:
            if report.id not in self._of_report:
                fresh.append(report)
                several = tuple(told)
                self._of_report[report.id] = [t.id for t in several]
                tellings += several
        self._folds.add_all(fresh)
        self._clusters.add(tellings)
        return self._refresh()

    def look_again(
        self, mentions: Collection[str], copies: Collection[str], events: Iterable[CrossEvent]
    ) -> None:
        """Look, at the next join, again at what hung on reports that the shelf no longer has.

        Args:
            mentions: Mentions linked with mentions that are gone.
            copies: Reports folded to reports that are gone.
            events: Events that lost mentions, as they were.
        """
        left = set(mentions)
        for event in events:
            self._lost[event.id] = event
            self._event_of.update(dict.fromkeys(event.mentions, event))
            left.update(event.mentions)
        self._folds.touch(copies)
        self._clusters.touch(left)

    def _refresh(self) -> Joined:
        folds, folds_gone, refolded = self._folds.refresh()
        clusters = self._clusters.refresh()
        members = {m for cluster in clusters for m in cluster}
        self._read_events(members)
        told = {m for r in refolded for m in self._of_report.get(r, ())}
        told |= set(self._shelf.read_mentions([r for r in refolded if r not in self._of_report]))
        told -= members
        self._read_events(told)
        again = {e.id: e for m in told if (e := self._event_of.get(m))}
        self._clusters.read(m for e in again.values() for m in e.mentions)
        clusters += [frozenset(e.mentions) for e in again.values()]
        before = {e.id: e for m in members | told if (e := self._event_of.get(m))} | self._lost
        told_by = (self._clusters.get(m) for c in clusters for m in c)
        self._folds.read_sources({t.report: t.publisher for t in told_by})
        now = {event.id: event for event in map(self._build, clusters)}
        for event in now.values():
            self._event_of.update(dict.fromkeys(event.mentions, event))
        changed = [e for e in now.values() if before.get(e.id) != e or e.id in self._lost]
        changed.sort(key=lambda e: min(e.mentions))
        self._lost.clear()
        return Joined(
            events=tuple(changed),
            gone=tuple(sorted(set(before) - set(now))),
            folds=tuple(folds),
            folds_gone=tuple(folds_gone),
        )

    def _read_events(self, mentions: Collection[str]) -> None:
        unknown = [m for m in mentions if m not in self._event_of]
        if unknown:
            for event in self._shelf.read_events(unknown):
                self._event_of.update(dict.fromkeys(event.mentions, event))

    def _old_clusters(self, mentions: Collection[str]) -> Iterable[Collection[str]]:
        self._read_events(mentions)
        found = {e.id: e for m in mentions if (e := self._event_of.get(m))}
        return [e.mentions for e in found.values()]

    def take_changes(self) -> Changes:
        """Give what a shelf has to keep since this was last asked."""
        changes = replace(self._changes)
        for item in fields(Changes):
            setattr(self._changes, item.name, [])
        return changes

    def events(self) -> tuple[CrossEvent, ...]:
        """All events that were put in, earliest founding mention first."""
        every = {e.id: e for e in self._event_of.values()}
        return tuple(sorted(every.values(), key=lambda e: self._clusters.get(e.mentions[0]).order))

    def event_of(self, mention: str) -> CrossEvent:
        """The event a mention is in.

        Raises:
            KeyError: No report put in has the mention.
        """
        return self._event_of[mention]

    def source_of(self, report: str, position: int) -> str:
        """Name the independent source behind a place in a report, after folding copies."""
        return self._folds.source_of(report, position)

    def folds(self) -> tuple[Fold, ...]:
        """All folds, by the copy's id."""
        return self._folds.folds()

    @property
    def full_blocks(self) -> int:
        """How many groups of look-alike mentions are too large to be compared in full."""
        return len(self._clusters.full_blocks) + self._clusters.crowded

    def _build(self, cluster: frozenset[str]) -> CrossEvent:
        tellings = sorted((self._clusters.get(t) for t in cluster), key=lambda t: t.order)
        sources = (self._folds.source_of(t.report, t.start) for t in tellings)
        return build_event(tellings, tuple(dict.fromkeys(sources)))


def corroborate(reports: Iterable[CodedReport]) -> Corroboration:
    """Find the events that reports tell together, and the copies among the reports.

    Args:
        reports: Coded reports, in any order.

    Returns:
        Events and folds; the same for any order of the reports.
    """
    index = EventIndex()
    index.join(reports)
    return Corroboration(events=index.events(), folds=index.folds(), full_blocks=index.full_blocks)


def build_event(tellings: list[Telling], sources: tuple[str, ...]) -> CrossEvent:
    """Sum up tellings of one happening.

    Args:
        tellings: At least one, in order of `Telling.order`.
        sources: Independent sources of them.

    Returns:
        The event. What tellings disagree on is summed up by the most frequent
        value (type, mode, place), the widest range (counts) or all (factuality).
    """
    first = tellings[0]
    type_ = _most(t.type for t in tellings) or first.type
    day_from, day_to = _days(tellings)
    return CrossEvent(
        id=content_id("x", first.report, first.id),
        type=type_,
        mode=_most(t.mode for t in tellings if t.type == type_),
        mentions=tuple(t.id for t in tellings),
        reports=tuple(dict.fromkeys(t.report for t in tellings)),
        publishers=tuple(dict.fromkeys(t.publisher for t in tellings if t.publisher)),
        actors=_names(tellings, "actors"),
        recipients=_names(tellings, "recipients"),
        from_=day_from,
        to=day_to,
        where=_where(tellings),
        factualities=tuple(dict.fromkeys(t.factuality for t in tellings)),
        sources=sources,
        **{name: _range(tellings, name) for name in COUNT_NAMES},
    )


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(v for v in values if v)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


def _names(tellings: list[Telling], side: str) -> tuple[str, ...]:
    counts = Counter(p.name for t in tellings for p in dict.fromkeys(getattr(t, side)))
    return tuple(sorted(counts, key=lambda n: (-counts[n], n)))


def _days(tellings: list[Telling]) -> tuple[date | None, date | None]:
    """The interval most tellings give; of those as frequent, the narrowest."""
    given = Counter((t.day_from, t.day_to) for t in tellings if t.day_from or t.day_to)
    if not given:
        return None, None

    def rank(days: tuple[date | None, date | None]) -> tuple[int, int, date, date]:
        first, last = days
        width = (last - first).days if first and last else 10**6
        return (-given[days], width, first or date.min, last or date.max)

    return min(given, key=rank)


def _where(tellings: list[Telling]) -> Where | None:
    counts = Counter(
        (t.place, t.country, t.lat, t.lon, t.geonameid) for t in tellings if t.place or t.country
    )
    if not counts:
        return None
    place, country, lat, lon, geonameid = min(counts, key=lambda p: (-counts[p], p[4] is None, str(p)))
    return Where(span=None, name=place, country=country, lat=lat, lon=lon, geonameid=geonameid)


def _range(tellings: list[Telling], name: CountName) -> Range | None:
    """Lowest and highest figure of the tellings that say it came to pass."""
    given = [
        (low, high)
        for t in tellings
        if t.factuality in _TOLD_AS_DONE
        for n, low, high in t.counts
        if n == name
    ]
    if not given:
        return None
    lows = [v for low, high in given if (v := low if low is not None else high) is not None]
    highs = [v for low, high in given if (v := high if high is not None else None) is not None]
    return Range(low=min(lows, default=None), high=max(highs, default=None))
