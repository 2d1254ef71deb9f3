"""The accounts of every happening across reports, one a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from according.corroborate import EventIndex, tell_accounts
from according.corroborate.accounts import Account
from according.export.delimited import CsvRows
from according.records import CodedReport
from according.write.atomic import open_whole

COLUMNS: tuple[str, ...] = (
    "event",
    "sources",
    "disputed",
    "account",
    "report",
    "publisher",
    "published",
    "source",
    "speakers",
    "stance",
    "type",
    "mode",
    "actors",
    "recipients",
    "from",
    "to",
    "place",
    "country",
    "geonameid",
    "killed_low",
    "killed_high",
    "injured_low",
    "injured_high",
    "factuality",
    "differs",
    "words",
    "words_start",
)
"""Columns in order. `sources` counts independent sources of the happening; `differs` names the columns in
which another account of it says otherwise."""


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
    with open_whole(target) as stream:
        CsvRows(stream, COLUMNS).write(_rows(reports))
    return len(reports)


def _rows(reports: dict[str, CodedReport]) -> Iterator[tuple[object, ...]]:
    index = EventIndex()
    index.join(reports.values())
    folds = index.folds()
    for event in index.events():
        table = tell_accounts(event, reports, source_of=index.source_of, folds=folds)
        for account in table.accounts:
            yield (event.id, len(table.sources), "; ".join(table.disputed), *_cells(account))


def _cells(a: Account) -> tuple[object, ...]:
    killed, injured = a.killed, a.injured
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
        "; ".join(a.actors),
        "; ".join(a.recipients),
        a.from_,
        a.to,
        a.place,
        a.country,
        a.geonameid,
        killed and killed.low,
        killed and killed.high,
        injured and injured.low,
        injured and injured.high,
        a.factuality,
        "; ".join(a.differs),
        " … ".join(w.text for w in a.words),
        a.words[0].start if a.words else None,
    )
