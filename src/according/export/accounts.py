"""Accounts, events across reports and commitments as CSV; texts that belong together stand in one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from according.corroborate import AccountTable, Commitment, CrossEvent, EventIndex, tell_accounts
from according.corroborate.accounts import Account
from according.corroborate.model import COUNT_NAMES, Range
from according.export.delimited import CsvRows
from according.records import CodedReport, Span
from according.write.atomic import open_whole

_FIGURES = tuple(f"{name}_{end}" for name in COUNT_NAMES for end in ("low", "high"))

ACCOUNT_COLUMNS: tuple[str, ...] = (
    "event", "sources", "disputed", "account", "report", "publisher", "published", "source", "speakers",
    "stance", "type", "mode", "actors", "recipients", "from", "to", "place", "country", "geonameid",
    *_FIGURES, "factuality", "differs", "words", "words_start",
)  # fmt: skip
"""Columns in order. `sources` counts independent sources of the happening; `differs` names the columns in
which another account of it says otherwise."""

EVENT_COLUMNS: tuple[str, ...] = (
    "event", "type", "mode", "from", "to", "place", "country", "actors", "recipients", *_FIGURES,
    "factualities", "reports", "sources", "mentions",
)  # fmt: skip

COMMITMENT_COLUMNS: tuple[str, ...] = (
    "commitment", "report", "publisher", "published", "speaker", "type", "mode", "actors", "recipients",
    "place", "due_from", "due", "outcome", "words", "answer_report", "answer_published", "answer_speaker",
    "reading", "answer_words",
)  # fmt: skip
"""A row an answer; a commitment without one has a row of its own."""


def write_accounts(coded: Iterable[CodedReport], target: Path) -> int:
    """Write every account of every happening that the reports tell.

    Reports are held in memory until all are read, since any may tell of what another tells.

    Args:
        coded: Coded reports.
        target: CSV file, or "-".

    Returns:
        Number of reports read.
    """
    reports = {c.report.id: c for c in coded}
    index = EventIndex()
    index.join(reports.values())
    folds = index.folds()
    tables = (
        tell_accounts(event, reports, source_of=index.source_of, folds=folds) for event in index.events()
    )
    with open_whole(target) as stream:
        write_account_rows(tables, stream)
    return len(reports)


def write_account_rows(tables: Iterable[AccountTable], stream: TextIO) -> None:
    """Write a row for each account of some events."""
    CsvRows(stream, ACCOUNT_COLUMNS).write(
        (t.event.id, len(t.sources), _join(t.disputed), *_account(a)) for t in tables for a in t.accounts
    )


def write_event_rows(events: Iterable[CrossEvent], stream: TextIO) -> None:
    """Write a row for each event across reports."""
    CsvRows(stream, EVENT_COLUMNS).write(map(_event, events))


def write_commitment_rows(commitments: Iterable[Commitment], stream: TextIO) -> None:
    """Write a row for each answer to each commitment."""
    CsvRows(stream, COMMITMENT_COLUMNS).write(row for c in commitments for row in _commitment(c))


def _account(a: Account) -> tuple[object, ...]:
    return (
        a.id,
        a.report,
        a.publisher,
        a.published,
        a.source,
        " > ".join(a.speakers),
        a.stance,
        a.type,
        a.mode,
        _join(a.actors),
        _join(a.recipients),
        a.from_,
        a.to,
        a.place,
        a.country,
        a.geonameid,
        *_figures(a),
        a.factuality,
        _join(a.differs),
        " … ".join(map(_words, a.words)),
        a.words[0].start if a.words else None,
    )


def _event(e: CrossEvent) -> tuple[object, ...]:
    return (
        e.id,
        e.type,
        e.mode,
        e.from_,
        e.to,
        e.where and e.where.name,
        e.where and e.where.country,
        _join(e.actors),
        _join(e.recipients),
        *_figures(e),
        _join(e.factualities),
        _join(e.reports),
        _join(e.sources),
        _join(e.mentions),
    )


def _commitment(c: Commitment) -> Iterator[tuple[object, ...]]:
    own = (
        c.id,
        c.report,
        c.publisher,
        c.published,
        c.speaker,
        c.type,
        c.mode,
        _join(c.actors),
        _join(c.recipients),
        c.place,
        c.due_from,
        c.due,
        c.outcome,
        _words(c.words),
    )
    for a in c.answers:
        yield (*own, a.report, a.published, a.speaker, a.reading, _words(a.words))
    if not c.answers:
        yield (*own, None, None, None, None, None)


def _figures(told: Account | CrossEvent) -> Iterator[int | None]:
    for name in COUNT_NAMES:
        given: Range | None = getattr(told, name)
        yield from (given.low, given.high) if given else (None, None)


def _join(values: Iterable[str]) -> str:
    return "; ".join(values)


def _words(span: Span) -> str:
    return " ".join(span.text.split())
