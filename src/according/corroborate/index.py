"""Events across reports: put coded reports in, get events and folds out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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
from according.corroborate.tellings import read_tellings
from according.ids import content_id
from according.records import CodedReport, Report, Where

_TOLD_AS_DONE = ("happened", "ongoing")


class EventIndex:
    """The events that the reports put in so far tell, and the copies among the reports.

    Reports may be put in one by one or many at once, in any order; the events
    are the same. Memory grows with the number of mentions (some 3 kB each).

    Example:
        >>> from according.records import CodedReport, Report
        >>> index = EventIndex()
        >>> joined = index.join([CodedReport(report=Report(id="r1", text="Nothing happened."))])
        >>> joined.events, index.events()
        ((), ())
    """

    def __init__(self) -> None:
        self._clusters = Clusters()
        self._folds = FoldIndex()
        self._events: dict[frozenset[str], CrossEvent] = {}
        self._of_report: dict[str, list[str]] = {}

    def join(self, reports: Iterable[CodedReport]) -> Joined:
        """Put reports in and tell what changed.

        A report whose id is already in is passed over.

        Args:
            reports: Coded reports.

        Returns:
            New and changed events and folds, and the ids of those that are no more.
        """
        return self.join_tellings((c.report, tuple(read_tellings(c))) for c in reports)

    def join_tellings(self, reports: Iterable[tuple[Report, Iterable[Telling]]]) -> Joined:
        """Put reports in whose tellings were read before, as a store does when it opens."""
        fresh: set[str] = set()
        for report, tellings in reports:
            if report.id in self._of_report:
                continue
            fresh.add(report.id)
            self._folds.add(report)
            self._of_report[report.id] = []
            for telling in tellings:
                self._of_report[report.id].append(telling.id)
                self._clusters.add(telling)
        folds, folds_gone, refolded = self._folds.refresh()
        new, old = self._clusters.refresh()
        touched = {
            self._clusters.cluster_of(t) for report in refolded for t in self._of_report.get(report, ())
        }
        before = {self._events.pop(c).id for c in old if c in self._events}
        changed = []
        for cluster in sorted({*new, *touched}, key=min):
            event = self._build(cluster)
            if self._events.get(cluster) != event:
                changed.append(event)
            self._events[cluster] = event
        gone = before - {e.id for e in changed}
        return Joined(
            events=tuple(changed), gone=tuple(sorted(gone)), folds=tuple(folds), folds_gone=tuple(folds_gone)
        )

    def events(self) -> tuple[CrossEvent, ...]:
        """All events, earliest founding mention first."""
        order = {e.id: self._clusters.get(e.mentions[0]).order for e in self._events.values()}
        return tuple(sorted(self._events.values(), key=lambda e: order[e.id]))

    def event_of(self, mention: str) -> CrossEvent:
        """The event a mention is in.

        Raises:
            KeyError: No report put in has the mention.
        """
        return self._events[self._clusters.cluster_of(mention)]

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
