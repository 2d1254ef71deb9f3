"""Rows that lists, charts and the API are made of: each mention, report, event and actor in short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from according.codebook.link import Codebook
from according.codebook.load import load_codebook
from according.fields import describe_voice
from according.records import CodedReport, Entity, Factuality, Mention, Participant, Precision, Span


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody who takes part in a mention.

    Attributes:
        name: Name across reports, or None where the report gives none.
        words: Words of the report.
        country: Country code, or None.
        sectors: PLOVER sector codes.
        kind: Kind of entity.
    """

    name: str | None
    words: str
    country: str | None
    sectors: tuple[str, ...]
    kind: str

    @property
    def label(self) -> str:
        """The name, or else the words."""
        return self.name or self.words


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One mention in short; None where the report does not tell.

    Attributes:
        id: Id of the mention.
        report: Id of the report.
        event: Id of the event across reports, or "" before it is known.
        publisher: Outlet.
        published: Day of publication.
        title: Title of the report.
        type: PLOVER type.
        mode: PLOVER mode.
        quad: Quad class, 1 to 4; 0 for types of another codebook.
        actors: Who acts.
        recipients: Who is acted on.
        speakers: Names in the chain of speakers, outermost first.
        voice: "PalInfo, quoting Nasrallah".
        factuality: As coded.
        day_from: First day it can have been.
        day_to: Last day it can have been.
        place: Name of the place.
        country: Country of the place.
        lat: Latitude in degrees.
        lon: Longitude in degrees.
        precision: How exactly the place is known.
        killed: Lowest and highest number killed.
        injured: Lowest and highest number injured.
        words: Words of the clause.
        score: The coder's score.
    """

    id: str
    report: str
    event: str
    publisher: str | None
    published: date | None
    title: str | None
    type: str
    mode: str | None
    quad: int
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    speakers: tuple[str, ...]
    voice: str
    factuality: Factuality
    day_from: date | None
    day_to: date | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    precision: Precision | None
    killed: tuple[int | None, int | None] | None
    injured: tuple[int | None, int | None] | None
    words: str
    score: float

    @property
    def day(self) -> date | None:
        """The day it counts for in time: the first it can have been, or None."""
        return self.day_from or self.day_to


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report in short.

    Attributes:
        id: Id of the report.
        title: Its title.
        publisher: Outlet.
        published: Day of publication.
        mentions: Number of mentions in it.
        matching: Number of those that fit the choice.
        snippet: Words around what was searched for, in pieces (text, is a hit).
    """

    id: str
    title: str | None
    publisher: str | None
    published: date | None
    mentions: int
    matching: int
    snippet: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event across reports in short.

    Attributes:
        id: Id of the event.
        type: Type of most mentions.
        mode: Mode of most mentions.
        quad: Quad class.
        actors: Names, most often told first.
        recipients: Names, most often told first.
        day_from: First day it can have been.
        day_to: Last day it can have been.
        place: Name of the place.
        country: Country of the place.
        factualities: Every reading told.
        killed: Lowest and highest figure told.
        injured: Lowest and highest figure told.
        mentions: Number of mentions.
        reports: Number of reports.
        sources: Number of independent sources.
        disputed: True when accounts disagree on what happened or on its cost.
        words: A clause that tells it.
    """

    id: str
    type: str
    mode: str | None
    quad: int
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    day_from: date | None
    day_to: date | None
    place: str | None
    country: str | None
    factualities: tuple[Factuality, ...]
    killed: tuple[int | None, int | None] | None
    injured: tuple[int | None, int | None] | None
    mentions: int
    reports: int
    sources: int
    disputed: bool
    words: str


@dataclass(frozen=True, slots=True)
class ActorRow:
    """Somebody who takes part in mentions, across reports.

    Attributes:
        name: Name across reports.
        kind: Kind of entity.
        country: Country code, or None.
        sectors: Sector codes.
        acts: Number of mentions in which they act.
        acted_on: Number of mentions in which they are acted on.
        speaks: Number of mentions told through them.
        reports: Number of reports that name them.
    """

    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    acts: int
    acted_on: int
    speaks: int
    reports: int


@cache
def codebook() -> Codebook:
    """PLOVER's codebook, read once: reading it takes longer than a page may."""
    return load_codebook()


@cache
def quads() -> dict[str, int]:
    """PLOVER's quad class of each event type."""
    return {code: kind.quad for code, kind in codebook().types.items()}


def read_rows(coded: CodedReport) -> Iterator[MentionRow]:
    """Cut a coded report's mentions down to rows; the event across reports is left open."""
    precisions = {(p.span.start, p.span.end): p for p in coded.places}
    names = {e.id: e for e in coded.entities}
    report = coded.report
    for m in coded.mentions:
        where = m.where
        place = precisions.get((where.span.start, where.span.end)) if where and where.span else None
        precision = place.precision if place else None
        if where and precision is None and where.lat is not None:
            precision = "city" if where.geonameid else "country"
        yield MentionRow(
            id=m.id,
            report=report.id,
            event="",
            publisher=report.publisher,
            published=report.published,
            title=report.title,
            type=m.type,
            mode=m.mode,
            quad=quads().get(m.type, 0),
            actors=tuple(_side(p, names) for p in m.actors),
            recipients=tuple(_side(p, names) for p in m.recipients),
            speakers=tuple(link.name for link in m.attribution if link.name),
            voice=describe_voice(report.publisher, m.attribution),
            factuality=m.factuality,
            day_from=m.when.from_ if m.when else None,
            day_to=m.when.to if m.when else None,
            place=where.name if where else None,
            country=where.country if where else None,
            lat=where.lat if where else None,
            lon=where.lon if where else None,
            precision=precision,
            killed=_range(m, "killed"),
            injured=_range(m, "injured"),
            words=" ".join(m.clause.text.split())[:300],
            score=m.score,
        )


def _side(participant: Participant, names: dict[str, Entity]) -> Side:
    entity = names.get(participant.entity or "")
    name = participant.name or (entity.name if entity else None)
    words = " ".join(participant.span.text.split())
    return Side(name, words, participant.country, participant.sectors, participant.kind)


def _range(mention: Mention, name: str) -> tuple[int | None, int | None] | None:
    count = getattr(mention, name)
    return None if count is None else (count.low, count.high)


@dataclass(frozen=True, slots=True)
class NameRow:
    """Somebody a report names.

    Attributes:
        name: Name across reports.
        kind: Kind of entity.
        country: Country code, or None.
        sectors: Sector codes.
        report: Id of the report.
        publisher: Outlet, or None.
        used: Words the report uses for them, most frequent first.
        roles: Offices the report gives them, with their words where it has some.
    """

    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    report: str
    publisher: str | None
    used: tuple[str, ...]
    roles: tuple[tuple[str, Span | None], ...]


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation that a report states.

    Attributes:
        subject: Name of the one side.
        type: Kind of relation.
        other: Name of the other side, or the value.
        report: Id of the report.
        publisher: Outlet, or None.
        voice: Who states it.
        span: The words.
    """

    subject: str
    type: str
    other: str
    report: str
    publisher: str | None
    voice: str
    span: Span


_NAMED = frozenset({"person", "group", "state", "organisation"})
_NAMES_KEPT = 8


def read_names(coded: CodedReport) -> Iterator[NameRow]:
    """List the people, groups, states and organisations a report names."""
    for entity in coded.entities:
        if entity.kind in _NAMED and entity.name[:1].isupper():
            words = Counter(" ".join(s.text.split()) for s in entity.mentions)
            roles = tuple((f"{r.title} of {r.org}" if r.org else r.title, r.span) for r in entity.roles)
            yield NameRow(
                name=entity.name,
                kind=entity.kind,
                country=entity.country,
                sectors=entity.sectors,
                report=coded.report.id,
                publisher=coded.report.publisher,
                used=tuple(w for w, _ in words.most_common(_NAMES_KEPT)),
                roles=roles,
            )


def read_relations(coded: CodedReport) -> Iterator[RelationRow]:
    """List the relations a report states."""
    names = {e.id: e.name for e in coded.entities}
    for relation in coded.relations:
        yield RelationRow(
            subject=names.get(relation.subject, relation.subject),
            type=relation.type,
            other=names.get(relation.object or "") or relation.value or "",
            report=coded.report.id,
            publisher=coded.report.publisher,
            voice=describe_voice(coded.report.publisher, relation.attribution),
            span=relation.span,
        )
