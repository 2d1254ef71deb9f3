"""CSV: one event mention a row."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

from according.records import Attribution, CodedReport, Count, Mention, Participant

COLUMNS: tuple[str, ...] = (
    "report",
    "mention",
    "event",
    "published",
    "publisher",
    "type",
    "mode",
    "contexts",
    "factuality",
    "actors",
    "actor_countries",
    "actor_sectors",
    "recipients",
    "recipient_countries",
    "recipient_sectors",
    "when_from",
    "when_to",
    "when_text",
    "where",
    "where_country",
    "lat",
    "lon",
    "geonameid",
    "killed_low",
    "killed_high",
    "injured_low",
    "injured_high",
    "detained_low",
    "detained_high",
    "size_low",
    "size_high",
    "attribution",
    "stances",
    "trigger",
    "trigger_start",
    "trigger_end",
    "clause",
    "clause_start",
    "clause_end",
    "rule",
    "score",
)
"""Columns in order. Several participants stand in one cell, parted by "; ", their codes likewise."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Rows:
    """Ends rows with a bare line feed.

    The csv module quotes a cell with a carriage return only if that stands in
    its own line end.
    """

    END = "\r\n"

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, row: str) -> int:
        """Write one row."""
        return self._stream.write(row.removesuffix(self.END) + "\n")


class CsvWriter:
    """Write coded reports as rows of a table, one for each mention.

    A cell of text that a spreadsheet would run as a formula gets an
    apostrophe in front.

    Example:
        >>> import io
        >>> out = io.StringIO()
        >>> writer = CsvWriter(out)
        >>> out.getvalue()[:20]
        'report,mention,event'
    """

    def __init__(self, stream: TextIO) -> None:
        self._rows = csv.writer(Rows(stream), lineterminator=Rows.END)
        self._rows.writerow(COLUMNS)

    def write(self, coded: CodedReport) -> None:
        """Write one report's mentions."""
        for mention in coded.mentions:
            self._rows.writerow([_cell(value) for value in _row(coded, mention)])


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def _row(coded: CodedReport, mention: Mention) -> list[object]:
    report, when, where = coded.report, mention.when, mention.where
    return [
        report.id,
        mention.id,
        mention.event,
        report.published,
        report.publisher,
        mention.type,
        mention.mode,
        "; ".join(mention.contexts),
        mention.factuality,
        *_participants(mention.actors),
        *_participants(mention.recipients),
        when and when.from_,
        when and when.to,
        when and when.span and when.span.text,
        where and (where.name or (where.span and where.span.text)),
        where and where.country,
        where and where.lat,
        where and where.lon,
        where and where.geonameid,
        *_count(mention.killed),
        *_count(mention.injured),
        *_count(mention.detained),
        *_count(mention.size),
        " > ".join(_speaker(link) for link in mention.attribution),
        " > ".join(link.stance for link in mention.attribution),
        mention.trigger.text,
        mention.trigger.start,
        mention.trigger.end,
        mention.clause.text,
        mention.clause.start,
        mention.clause.end,
        mention.rule,
        mention.score,
    ]


def _speaker(link: Attribution) -> str:
    return link.name or (link.span.text if link.span is not None else "(unnamed)")


def _participants(people: Sequence[Participant]) -> tuple[str, str, str]:
    return (
        "; ".join(who.name or who.span.text for who in people),
        _aligned([who.country or "" for who in people]),
        _aligned([" ".join(who.sectors) for who in people]),
    )


def _aligned(values: Sequence[str]) -> str:
    """Join values so that the n-th belongs to the n-th participant; "" if all are empty."""
    return "; ".join(values) if any(values) else ""


def _count(count: Count | None) -> tuple[int | None, int | None]:
    return (None, None) if count is None else (count.low, count.high)
