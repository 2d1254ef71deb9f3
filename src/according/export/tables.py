"""Coded reports as tidy tables: one row one thing, one cell one value.

The same columns are written as CSV and as flat Parquet, and described in the
data dictionary and the data package beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from according.records import Attribution, CodedReport, Count, Event, Mention, Participant, Span, Where

CellType = Literal["string", "integer", "number", "date", "boolean"]
Cell = object
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: Header.
        type: Type of its values; an absent value is empty in every table.
        description: What it means, as one sentence.
    """

    name: str
    type: CellType
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table and how its rows come from a coded report.

    Attributes:
        name: File name without its ending.
        description: What a row is.
        columns: In order.
        key: Columns that together name a row.
        foreign: Column here, table and column there.
        rows: Gives the rows of one report.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: tuple[tuple[str, str, str], ...]
    rows: Callable[[CodedReport], Iterator[Row]]


def _columns(text: str) -> tuple[Column, ...]:
    """Columns from lines "name type description"."""
    out = []
    for line in filter(None, text.splitlines()):
        name, kind, description = line.split(None, 2)
        out.append(Column(name, kind, description.strip()))  # type: ignore[arg-type]
    return tuple(out)


_SPAN = """\
{0} string {1}
{0}_start integer First character of it in the report's text, counted in code points from 0.
{0}_end integer One past its last character.
"""
_COUNTS = "".join(
    f"{k}_low integer {what}: at least.\n{k}_high integer {what}: at most; empty where it is left open.\n"
    for k, what in (
        ("killed", "People killed"),
        ("injured", "People injured"),
        ("detained", "People detained"),
        ("size", "People taking part, moved or otherwise counted"),
    )
)
_WHERE = """\
where string Name of the place.
where_country string Country of the place, ISO 3166 alpha-3.
lat number Latitude in degrees; empty where only a country or nothing is known.
lon number Longitude in degrees.
geonameid integer GeoNames id of the place.
"""

REPORT_COLUMNS = _columns("""
report string Id of the report.
title string Title.
publisher string The outlet.
published date Day of publication.
published_inferred boolean Whether that day was read out of the text.
dateline string Place and day before the first sentence.
url string Address.
language string Language code.
characters integer Length of the text in code points.
mentions integer Event mentions coded in it.
events integer Happenings these mentions tell.
statements integer Statements found in it.
""")
EVENT_COLUMNS = _columns(
    """
event string Id of the happening as this report tells it.
report string Id of the report.
type string Code of the event type.
mode string Code of the mode.
mentions integer How many mentions tell it.
actors string Names of the actors, parted by "; ".
recipients string Names of the recipients, parted by "; ".
from date First day it can have taken place on.
to date Last day.
"""
    + _WHERE
    + "factuality string happened, ongoing, planned, wanted, possible or negated.\n"
    + _COUNTS
)
MENTION_COLUMNS = _columns(
    """
mention string Id of the mention.
report string Id of the report.
event string Id of the happening it tells.
type string Code of the event type.
mode string Code of the mode.
contexts string Codes of the contexts, parted by "; ".
factuality string happened, ongoing, planned, wanted, possible or negated.
speakers string Chain of speakers, outermost first, parted by " > "; empty is the report's own voice.
stance string Stance of the innermost speaker: asserts, alleges, denies, orders or wants.
from date First day it can have taken place on.
to date Last day.
time_words string The words that say when.
"""
    + _WHERE
    + _COUNTS
    + _SPAN.format("trigger", "The word that evokes the event.")
    + _SPAN.format("clause", "The clause it stands in.")
    + """
quoted boolean Whether part of the clause stands in quotation marks of the report's own.
rule string The rule that coded it.
score number How likely it is right, 0 to 1.
"""
)
PARTICIPANT_COLUMNS = _columns(
    """
mention string Id of the mention.
report string Id of the report.
role string actor or recipient.
position integer Place among those of its role, from 1.
name string Canonical name.
entity string Id of the entity in the report.
kind string person, group, state, organisation, place, people or unknown.
country string ISO 3166 alpha-3, or KOS IGO UNO EUR NGO ISM IMG MNC.
sector string Main sector code.
sectors string All sector codes, parted by "; ".
title string Office named for the person.
"""
    + _SPAN.format("words", "The words that name it.")
)
STATEMENT_COLUMNS = _columns(
    """
statement string Id of the statement.
report string Id of the report.
source string Canonical name of who speaks.
source_words string The words that name the source.
entity string Id of the source's entity in the report.
cue string The word of saying, thinking or wanting.
manner string direct, indirect or mixed.
stance string asserts, alleges, denies, orders or wants.
parent string Statement in whose content this one stands.
content string What is said, its parts joined by " … ".
start integer First character of the content in the report's text.
end integer One past its last character.
"""
)
SPEAKER_COLUMNS = _columns("""
mention string Id of the mention.
report string Id of the report.
position integer Place in the chain, 1 is the outermost.
name string Canonical name of the speaker.
entity string Id of the speaker's entity in the report.
words string The words that name the speaker.
cue string The word of saying.
stance string asserts, alleges, denies, orders or wants.
statement string Id of the statement.
""")
ENTITY_COLUMNS = _columns("""
entity string Id of the entity in the report.
report string Id of the report.
name string Canonical name.
kind string person, group, state, organisation, place, people or unknown.
country string ISO 3166 alpha-3, or KOS IGO UNO EUR NGO ISM IMG MNC.
sectors string Sector codes, parted by "; ".
aliases string Other names of it in the report, parted by "; ".
offices string Offices named, parted by "; ".
times_named integer How often the report names it.
why string How name and codes were reached.
""")


def _reports(coded: CodedReport) -> Iterator[Row]:
    r = coded.report
    yield (
        r.id,
        r.title,
        r.publisher,
        r.published,
        r.published_inferred,
        r.dateline,
        r.url,
        r.language,
        len(r.text),
        len(coded.mentions),
        len(coded.events),
        len(coded.statements),
    )


def count_cells(count: Count | None) -> tuple[int | None, int | None]:
    """Low and high of a count; both None when there is none."""
    return (None, None) if count is None else (count.low, count.high)


def where_cells(where: Where | None) -> tuple[Cell, ...]:
    """Name, country, latitude, longitude and GeoNames id of a place."""
    if where is None:
        return (None,) * 5
    name = where.name or (None if where.span is None else where.span.text)
    return (name, where.country, where.lat, where.lon, where.geonameid)


def _events(coded: CodedReport) -> Iterator[Row]:
    names = {e.id: e.name for e in coded.entities}
    for e in coded.events:
        yield (
            e.id,
            coded.report.id,
            e.type,
            e.mode,
            len(e.mentions),
            _joined(names.get(i) for i in e.actors),
            _joined(names.get(i) for i in e.recipients),
            e.from_,
            e.to,
            *where_cells(e.where),
            e.factuality,
            *_counts(e),
        )


def _counts(of: Event | Mention) -> tuple[Cell, ...]:
    return (
        *count_cells(of.killed),
        *count_cells(of.injured),
        *count_cells(of.detained),
        *count_cells(of.size),
    )


def _mentions(coded: CodedReport) -> Iterator[Row]:
    for m in coded.mentions:
        when = m.when
        yield (
            m.id,
            coded.report.id,
            m.event,
            m.type,
            m.mode,
            _joined(m.contexts),
            m.factuality,
            " > ".join(speaker_name(a) for a in m.attribution) or None,
            m.attribution[-1].stance if m.attribution else None,
            when and when.from_,
            when and when.to,
            when.span.text if when and when.span else None,
            *where_cells(m.where),
            *_counts(m),
            *_span(m.trigger),
            *_span(m.clause),
            bool(m.quoted),
            m.rule,
            m.score,
        )


def _participants(coded: CodedReport) -> Iterator[Row]:
    for m in coded.mentions:
        for role, people in (("actor", m.actors), ("recipient", m.recipients)):
            for n, p in enumerate(people, 1):
                yield (
                    m.id,
                    coded.report.id,
                    role,
                    n,
                    participant_name(p),
                    p.entity,
                    p.kind,
                    p.country,
                    p.sectors[0] if p.sectors else None,
                    _joined(p.sectors),
                    p.role,
                    *_span(p.span),
                )


def _statements(coded: CodedReport) -> Iterator[Row]:
    for s in coded.statements:
        source = s.source
        yield (
            s.id,
            coded.report.id,
            source and source.name,
            source and source.span.text,
            source and source.entity,
            s.cue and s.cue.text,
            s.manner,
            s.stance,
            s.parent,
            " … ".join(c.text for c in s.content) or None,
            s.content[0].start if s.content else None,
            s.content[-1].end if s.content else None,
        )


def _speakers(coded: CodedReport) -> Iterator[Row]:
    for m in coded.mentions:
        for n, a in enumerate(m.attribution, 1):
            yield (
                m.id,
                coded.report.id,
                n,
                a.name,
                a.entity,
                a.span and a.span.text,
                a.cue and a.cue.text,
                a.stance,
                a.statement,
            )


def _entities(coded: CodedReport) -> Iterator[Row]:
    for e in coded.entities:
        yield (
            e.id,
            coded.report.id,
            e.name,
            e.kind,
            e.country,
            _joined(e.sectors),
            _joined(e.aliases),
            _joined(dict.fromkeys(r.title for r in e.roles)),
            len(e.mentions),
            e.why,
        )


def speaker_name(link: Attribution) -> str:
    """Name of a speaker, else the words, else "(unnamed)"."""
    return link.name or (link.span.text if link.span is not None else "(unnamed)")


def participant_name(who: Participant) -> str:
    """Canonical name of a participant, else the words that name it."""
    return who.name or " ".join(who.span.text.split())


def _span(span: Span) -> tuple[str, int, int]:
    return span.text, span.start, span.end


def _joined(values: object) -> str | None:
    return "; ".join(v for v in values if v) or None  # type: ignore[attr-defined]


_OF_REPORT = ("report", "reports", "report")
_OF_MENTION = ("mention", "mentions", "mention")
TABLES: Mapping[str, Table] = MappingProxyType(
    {
        t.name: t
        for t in (
            Table("reports", "One report.", REPORT_COLUMNS, ("report",), (), _reports),
            Table(
                "events",
                "One happening as one report tells it.",
                EVENT_COLUMNS,
                ("event",),
                (_OF_REPORT,),
                _events,
            ),
            Table(
                "mentions",
                "One telling of a happening.",
                MENTION_COLUMNS,
                ("mention",),
                (_OF_REPORT, ("event", "events", "event")),
                _mentions,
            ),
            Table(
                "actors",
                "One actor or recipient of one mention.",
                PARTICIPANT_COLUMNS,
                ("mention", "role", "position"),
                (_OF_REPORT, _OF_MENTION),
                _participants,
            ),
            Table(
                "statements", "One statement.", STATEMENT_COLUMNS, ("statement",), (_OF_REPORT,), _statements
            ),
            Table(
                "speakers",
                "One link in the chain of speakers of one mention.",
                SPEAKER_COLUMNS,
                ("mention", "position"),
                (_OF_REPORT, _OF_MENTION),
                _speakers,
            ),
            Table(
                "entities",
                "One person, group, state or other body in one report.",
                ENTITY_COLUMNS,
                ("entity", "report"),
                (_OF_REPORT,),
                _entities,
            ),
        )
    }
)
"""The tables by name."""
