"""Reports and mentions as they stand in lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from according.records import Span


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as it stands in a list.

    Attributes:
        pk: Number in the store.
        id: Id of the report.
        title: Title, or None.
        publisher: Outlet, or None.
        published: Day of publication, or None.
        published_inferred: The day was read out of the text.
        url: Address, or None.
        mentions: How many mentions the current coding has.
        statements: How many statements.
        coder: Name of the coder version of the current coding.
        start: First words of the text.
    """

    pk: int
    id: str
    title: str | None
    publisher: str | None
    published: date | None
    published_inferred: bool
    url: str | None
    mentions: int
    statements: int
    coder: str
    start: str


@dataclass(frozen=True, slots=True)
class PartyRow:
    """Who acts, is acted on or speaks.

    Attributes:
        name: Resolved name, or the words.
        words: The words of the report, or None.
        actor: Id across reports (`a-…`), or None where only described.
        country: Country code, or None.
        sectors: PLOVER sectors.
        stance: Of a speaker: asserts, denies, …; else None.
        cue: Of a speaker: the cue word, if there is one.
    """

    name: str
    words: str | None
    actor: str | None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    stance: str | None = None
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class CountRow:
    """A number of people a mention gives, with its words."""

    low: int | None
    high: int | None
    words: str


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A mention as it stands in a list.

    Attributes:
        pk: Number in the store.
        id: Id of the mention.
        report: Id of the report.
        title: Title of the report.
        publisher: Outlet.
        published: Day of publication.
        event: Id of the event across reports, or None before it is joined.
        type: PLOVER type.
        mode: PLOVER mode, or None.
        quad: Quad class 1 to 4, or None.
        contexts: PLOVER contexts.
        factuality: As coded.
        trigger: The evoking words.
        clause: The clause they stand in.
        actors: Who acts.
        recipients: Who is acted on.
        speakers: Chain of speakers, outermost first.
        first_day: First day it can have been.
        last_day: Last day it can have been.
        place: Name of the place.
        country: Country code of the place.
        lat: Latitude in degrees.
        lon: Longitude in degrees.
        precision: country, admin1, city or site.
        counts: By name: killed, injured, detained, size.
        score: 0 to 1.
        rule: Trigger id and steps.
    """

    pk: int
    id: str
    report: str
    title: str | None
    publisher: str | None
    published: date | None
    event: str | None
    type: str
    mode: str | None
    quad: int | None
    contexts: tuple[str, ...]
    factuality: str
    trigger: Span
    clause: Span
    actors: tuple[PartyRow, ...]
    recipients: tuple[PartyRow, ...]
    speakers: tuple[PartyRow, ...]
    first_day: date | None
    last_day: date | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    counts: dict[str, CountRow]
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One coding of a report.

    Attributes:
        pk: Number in the store.
        coder: Name of the coder version.
        current: It is the one that lists show.
        loaded_at: When it was loaded, UTC.
        mentions: How many mentions it has.
        text_hash: Hash of the report as it was then.
    """

    pk: int
    coder: str
    current: bool
    loaded_at: str
    mentions: int
    text_hash: str
