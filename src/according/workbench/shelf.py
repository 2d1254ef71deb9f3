"""What the pages read from: an index of coded reports that answers their questions.

The index holds short rows of every mention; whole reports are fetched when a
page shows one. It is built when the workbench starts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

from according.corroborate import (
    Commitment,
    CrossEvent,
    EventIndex,
    Fold,
    Telling,
    find_commitments,
    read_tellings,
)
from according.records import CodedReport, Mention, Report
from according.workbench.accounts import is_disputed
from according.workbench.matching import fits_event, make_test
from according.workbench.rows import (
    EventRow,
    MentionRow,
    NameRow,
    RelationRow,
    quads,
    read_names,
    read_relations,
    read_rows,
)
from according.workbench.selection import Selection

Fetch = Callable[[str], CodedReport | None]


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of a report in memory."""

    id: str
    title: str | None
    publisher: str | None
    published: date | None
    text: str
    mentions: int


class Shelf:
    """Coded reports, indexed for looking at.

    Args:
        reports: All coded reports; of two with one id the first counts.
        fetch: Gives a whole report by its id. Left out, all of `reports` are
            kept in memory.

    Example:
        >>> shelf = Shelf([CodedReport(report=Report(id="r1", text="Nothing happened."))])
        >>> len(shelf.reports), shelf.select(Selection())
        (1, [])
    """

    def __init__(self, reports: Iterable[CodedReport], fetch: Fetch | None = None) -> None:
        self._kept: dict[str, CodedReport] = {}
        self._fetch: Fetch = self._kept.get if fetch is None else fetch
        held: dict[str, Held] = {}
        rows: list[MentionRow] = []
        mentions: dict[str, Mention] = {}
        self.names: defaultdict[str, list[NameRow]] = defaultdict(list)
        self.relations: list[RelationRow] = []

        def read() -> Iterator[tuple[Report, tuple[Telling, ...]]]:
            for coded in reports:
                report = coded.report
                if report.id in held:
                    continue
                if fetch is None:
                    self._kept[report.id] = coded
                held[report.id] = Held(
                    report.id,
                    report.title,
                    report.publisher,
                    report.published,
                    report.text,
                    len(coded.mentions),
                )
                rows.extend(read_rows(coded))
                mentions.update((m.id, m) for m in coded.mentions)
                self.relations.extend(read_relations(coded))
                for name in read_names(coded):
                    self.names[name.name].append(name)
                yield report, tuple(read_tellings(coded))

        self._lock = Lock()
        self._commitments: tuple[Commitment, ...] | None = None
        index = EventIndex()
        index.join_tellings(read())
        self.reports = {
            h.id: h
            for h in sorted(held.values(), key=lambda h: (h.published or date.min, h.id), reverse=True)
        }
        self.folds = index.folds()
        self.events: dict[str, CrossEvent] = {e.id: e for e in index.events()}
        self._set_rows(rows, mentions)

    def _set_rows(self, rows: list[MentionRow], mentions: dict[str, Mention]) -> None:
        of = {m: e.id for e in self.events.values() for m in e.mentions}
        self.rows_of: defaultdict[str, list[MentionRow]] = defaultdict(list)
        for row in rows:
            self.rows_of[row.report].append(replace(row, event=of.get(row.id, "")))
        self.rows: list[MentionRow] = [row for report in self.reports for row in self.rows_of[report]]
        self.by_id = {row.id: row for row in self.rows}
        made = (_event_row(e, self.by_id, mentions) for e in self.events.values())
        newest = sorted(made, key=lambda e: (e.day_from or date.min, e.id), reverse=True)
        self.event_rows: dict[str, EventRow] = {e.id: e for e in newest}

    def get_report(self, report: str) -> CodedReport | None:
        """A whole coded report, or None where there is none of that id."""
        return self._fetch(report)

    def get_tellings(self, event: CrossEvent) -> list[tuple[CodedReport, Mention]]:
        """The mentions that tell an event, with their reports."""
        wanted = set(event.mentions)
        reports = [coded for report in event.reports if (coded := self._fetch(report)) is not None]
        return [(coded, m) for coded in reports for m in coded.mentions if m.id in wanted]

    def folds_of(self, reports: Iterable[str]) -> tuple[Fold, ...]:
        """The folds whose copy is one of these reports."""
        wanted = set(reports)
        return tuple(f for f in self.folds if f.copy_ in wanted)

    def commitments(self) -> tuple[Commitment, ...]:
        """What was announced for a day, and what became of it; worked out when first asked for."""
        with self._lock:
            if self._commitments is None:
                whole = (coded for report in self.reports if (coded := self._fetch(report)) is not None)
                self._commitments = find_commitments(whole)
            return self._commitments

    def events_of_report(self, report: str) -> dict[str, str]:
        """Event by mention of a report, for events that several mentions tell."""
        rows = self.rows_of.get(report, ())
        return {r.id: r.event for r in rows if r.event and self.event_rows[r.event].mentions > 1}

    def select(self, selection: Selection) -> list[MentionRow]:
        """All mentions that fit a choice, those of the newest reports first.

        Args:
            selection: The choice.
        """
        test = make_test(selection)
        reports = self.find_words(selection.q)
        by_event = selection.min_sources is not None or selection.disputed is not None
        return [
            row
            for row in self.rows
            if (reports is None or row.report in reports)
            and test(row)
            and (not by_event or (row.event and fits_event(self.event_rows[row.event], selection)))
        ]

    def find_words(self, words: str | None) -> set[str] | None:
        """Ids of the reports that contain every word, in any case; None when no word is asked for."""
        wanted = (words or "").casefold().split()
        if not wanted:
            return None
        found = set()
        for held in self.reports.values():
            text = f"{held.title or ''}\n{held.text}".casefold()
            if all(word in text for word in wanted):
                found.add(held.id)
        return found


def _event_row(event: CrossEvent, rows: dict[str, MentionRow], mentions: dict[str, Mention]) -> EventRow:
    told = [rows[m] for m in event.mentions if m in rows]
    where = event.where
    return EventRow(
        id=event.id,
        type=event.type,
        mode=event.mode,
        quad=quads().get(event.type, 0),
        actors=event.actors,
        recipients=event.recipients,
        day_from=event.from_,
        day_to=event.to,
        place=where.name if where else None,
        country=where.country if where else None,
        factualities=event.factualities,
        killed=(event.killed.low, event.killed.high) if event.killed else None,
        injured=(event.injured.low, event.injured.high) if event.injured else None,
        mentions=len(event.mentions),
        reports=len(event.reports),
        sources=len(event.sources),
        disputed=is_disputed([mentions[m] for m in event.mentions if m in mentions]),
        words=told[0].words if told else "",
    )
