"""Reports annotated by hand, and coded reports in the same shape.

The layout is one JSON object a report: `id`, `title`, `publisher`, `date`,
`text`, `events` and `statements`, with offsets in code points into `text`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from according.errors import GoldError
from according.records import Attribution, CodedReport, Count, Mention, Participant, Span, Statement

COUNTS = ("killed", "injured", "detained", "size")


class _Gold(BaseModel):
    """Notes that annotators add of their own are let through unread."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Stretch(_Gold):
    """Words by their offsets; both are None for what has no words of its own."""

    start: int | None = None
    end: int | None = None
    text: str = ""


class Named(Stretch):
    """Words that name somebody or something."""

    name: str | None = None
    country: str | None = None
    kind: str | None = None
    stance: str | None = None


class GoldWhen(Stretch):
    """Days of an event, as ISO dates."""

    from_: str | None = Field(default=None, alias="from")
    to: str | None = None


class GoldCount(Stretch):
    """A number of people."""

    low: int | None = None
    high: int | None = None


class GoldEvent(_Gold):
    """One annotated event mention. `alt_types` and `alt_triggers` are accepted second readings."""

    id: str
    trigger: Stretch
    evidence: Stretch
    type: str
    mode: str | None = None
    alt_types: tuple[str, ...] = ()
    alt_triggers: tuple[Stretch, ...] = ()
    actors: tuple[Named, ...] = ()
    recipients: tuple[Named, ...] = ()
    status: str
    attribution: tuple[Named, ...] = ()
    when: GoldWhen | None = None
    where: Named | None = None
    killed: GoldCount | None = None
    injured: GoldCount | None = None
    detained: GoldCount | None = None
    size: GoldCount | None = None


class GoldStatement(_Gold):
    """Somebody says something: `content` as pairs of offsets."""

    source: Named | None = None
    cue: Stretch | None = None
    content: tuple[tuple[int, int], ...]
    manner: str = "indirect"


class GoldReport(_Gold):
    """One annotated report."""

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    events: tuple[GoldEvent, ...] = ()
    statements: tuple[GoldStatement, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the layout as plain data, as a gold file holds it."""
        return self.model_dump(mode="json", by_alias=True)


def read_gold(path: Path) -> Iterator[GoldReport]:
    """Read annotated reports.

    Args:
        path: A folder of `.json` files with one report each (read in order of
            their names), one such file, or a `.jsonl` file with one report a line.

    Raises:
        GoldError: It cannot be read, holds no report, breaks the layout, has
            offsets outside the text, or tells one report twice.
    """
    seen: dict[str, str] = {}
    for where, raw in _sources(path):
        report = parse_gold(raw, where)
        if report.id in seen:
            raise GoldError(where, f"the report {report.id!r} was already given by {seen[report.id]}.")
        seen[report.id] = where
        yield report
    if not seen:
        raise GoldError(str(path), "holds no annotated report (.json).")


def parse_gold(raw: str | bytes | Mapping[str, Any], where: str = "gold") -> GoldReport:
    """Read one annotated report and check its offsets.

    Raises:
        GoldError: It breaks the layout, or words do not stand where it says.

    Example:
        >>> report = parse_gold({"id": "r1", "text": "Rebels fled.", "events": [], "statements": []})
        >>> report.id, report.events
        ('r1', ())
    """
    try:
        data = json.loads(raw) if isinstance(raw, str | bytes) else raw
        report = GoldReport.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(p) for p in first["loc"]) or "the object"
        raise GoldError(where, f"{field}: {first['msg']}.") from error
    except (ValueError, RecursionError) as error:
        raise GoldError(where, "is not JSON in UTF-8.") from error
    for event in report.events:
        for name, part in _stretches(event):
            if part.start is None or part.end is None:
                continue
            if not 0 <= part.start < part.end <= len(report.text):
                raise GoldError(where, f"event {event.id}: the offsets of {name} lie outside the text.")
            if part.text and report.text[part.start : part.end] != part.text:
                raise GoldError(
                    where, f"event {event.id}: {part.text!r} ({name}) does not stand at its offsets."
                )
    return report


def _stretches(event: GoldEvent) -> Iterator[tuple[str, Stretch]]:
    yield "trigger", event.trigger
    yield "evidence", event.evidence
    for name in ("alt_triggers", "actors", "recipients", "attribution"):
        for part in getattr(event, name):
            yield name, part
    for name in ("when", "where", *COUNTS):
        part = getattr(event, name)
        if part is not None:
            yield name, part


def _sources(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir():
            for file in sorted(path.glob("*.json")):
                yield str(file), file.read_bytes()
        elif path.suffix == ".jsonl":
            for number, line in enumerate(path.read_bytes().splitlines(), 1):
                if line.strip():
                    yield f"{path}:{number}", line
        else:
            yield str(path), path.read_bytes()
    except OSError as error:
        raise GoldError(str(path), f"{error.strerror}.") from error


def gold_of(coded: CodedReport) -> GoldReport:
    """Write a coded report in the layout of annotated ones.

    The program writes one reading only, so there are no alternatives.

    Args:
        coded: As the coder gave it, or as people have corrected it.
    """
    report = coded.report
    return GoldReport(
        id=report.id,
        text=report.text,
        title=report.title,
        publisher=report.publisher,
        date=report.published.isoformat() if report.published else None,
        events=tuple(event_of(m) for m in coded.mentions),
        statements=tuple(_statement(s) for s in coded.statements),
    )


def event_of(mention: Mention) -> GoldEvent:
    """Write one mention as an annotated event."""
    when, where = mention.when, mention.where
    return GoldEvent(
        id=mention.id,
        trigger=_stretch(mention.trigger),
        evidence=_stretch(mention.clause),
        type=mention.type,
        mode=mention.mode,
        actors=tuple(_party(p) for p in mention.actors),
        recipients=tuple(_party(p) for p in mention.recipients),
        status=mention.factuality,
        attribution=tuple(_speaker(a) for a in mention.attribution),
        when=GoldWhen(
            **_at(when.span),
            from_=when.from_.isoformat() if when.from_ else None,
            to=when.to.isoformat() if when.to else None,
        )
        if when
        else None,
        where=Named(**_at(where.span), name=where.name or "", country=where.country or "") if where else None,
        killed=_count(mention.killed),
        injured=_count(mention.injured),
        detained=_count(mention.detained),
        size=_count(mention.size),
    )


def _at(span: Span | None) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text} if span else {}


def _stretch(span: Span) -> Stretch:
    return Stretch(**_at(span))


def _party(party: Participant) -> Named:
    return Named(**_at(party.span), name=party.name or "", country=party.country or "", kind=party.kind)


def _speaker(link: Attribution) -> Named:
    # A hedge ("reportedly") has no noun: its cue is its words.
    return Named(**_at(link.span), name=link.name or "", stance=link.stance)


def _count(count: Count | None) -> GoldCount | None:
    return GoldCount(**_at(count.span), low=count.low, high=count.high) if count else None


def _statement(statement: Statement) -> GoldStatement:
    source, cue = statement.source, statement.cue
    return GoldStatement(
        source=Named(**_at(source.span), name=source.name or "") if source else None,
        cue=_stretch(cue) if cue else None,
        content=tuple((c.start, c.end) for c in statement.content),
        manner=statement.manner,
    )
