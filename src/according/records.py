"""The record: what one coded report is made of.

Every type here is frozen plain data. Offsets are half-open, in Unicode code
points, into `Report.text`; for every `Span`, `text[start:end] == span.text`.
Absent values are None or an empty tuple, never an empty string.

The JSON Schema of the record comes from these types (`according schema`).
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

_LINE_ENDS = {chr(code): f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}

RegionKind = Literal["title", "byline", "dateline", "caption", "body", "boilerplate"]
EntityKind = Literal["person", "group", "state", "organisation", "place", "people", "unknown"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal["country", "admin1", "city", "site"]
Manner = Literal["direct", "indirect", "mixed"]
Stance = Literal["asserts", "alleges", "denies", "orders", "wants"]
Factuality = Literal["happened", "ongoing", "planned", "wanted", "possible", "negated"]


class Record(BaseModel):
    """Base of all record types: frozen, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class Span(Record):
    """A stretch of the report's text.

    Example:
        >>> Span.of("Rebels fled.", 0, 6)
        Span(start=0, end=6, text='Rebels')
    """

    start: int = Field(ge=0, description="First code point, counted from 0.")
    end: int = Field(ge=0, description="One past the last code point.")
    text: str = Field(description="The words themselves: report.text[start:end].")

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Cut a span out of a text.

        Args:
            text: The report's text.
            start: First code point.
            end: One past the last code point.

        Returns:
            The span with its words.
        """
        return cls(start=start, end=end, text=text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


class Region(Record):
    """A part of the report with one function: title, body, caption and so on."""

    kind: RegionKind
    start: int
    end: int
    repeats: int | None = Field(
        default=None,
        description="Start of an earlier region whose words this one repeats; it is not coded again.",
    )


class Report(Record):
    """One news report as received.

    `text` is kept exactly: no normalising of line ends, spaces or quotes.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_inferred: bool = Field(
        default=False, description="True when `published` was read out of the text and not given with it."
    )
    dateline: str | None = None
    url: str | None = None
    language: str = "en"
    regions: tuple[Region, ...] = ()


class Role(Record):
    """An office or function a person holds, as the report or the actor list says."""

    title: str
    org: str | None = None
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    span: Span | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Entity(Record):
    """Somebody or something the report speaks of, with all its names in the report."""

    id: str
    name: str
    kind: EntityKind
    country: str | None = Field(
        default=None, description="ISO 3166 alpha-3, KOS, or IGO UNO EUR NGO ISM IMG MNC."
    )
    sectors: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    why: str | None = Field(default=None, description="How name, country and sectors were reached.")


class Time(Record):
    """A time expression: TIMEX3 type and value, and the days it covers."""

    span: Span
    type: TimeType
    value: str
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    anchor: str | None = Field(default=None, description="What the value was reckoned from.")

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Place(Record):
    """A place name with where it lies; no coordinates when the text leaves it open."""

    span: Span
    name: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    precision: Precision | None = None
    why: str | None = None


class Source(Record):
    """Who is quoted in a statement."""

    span: Span
    name: str | None = None
    entity: str | None = None


class Statement(Record):
    """One attribution relation: a source says, believes or wants some content."""

    id: str
    source: Source | None
    cue: Span | None
    content: tuple[Span, ...]
    manner: Manner
    stance: Stance
    parent: str | None = Field(default=None, description="The statement whose content this one stands in.")


class Attribution(Record):
    """One link of a mention's chain of speakers."""

    span: Span | None
    name: str | None
    entity: str | None
    cue: Span | None
    stance: Stance
    statement: str


class Participant(Record):
    """Who acts or is acted on."""

    span: Span
    name: str | None = None
    entity: str | None = None
    kind: EntityKind = "unknown"
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = Field(default=None, description="The office named for this person, if one is.")


class When(Record):
    """When the event took place, as days; null ends are open or unknown."""

    span: Span | None
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    why: str | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Where(Record):
    """Where the event took place."""

    span: Span | None
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None


class Count(Record):
    """A number of people: at least `low`, at most `high`; null ends are open."""

    span: Span
    low: int | None = None
    high: int | None = None


class Mention(Record):
    """One telling of one happening: the event mention."""

    id: str
    event: str
    trigger: Span
    clause: Span
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    instruments: tuple[Span, ...] = ()
    factuality: Factuality
    attribution: tuple[Attribution, ...] = Field(
        default=(), description="Chain of speakers, outermost first; empty is the report's own voice."
    )
    when: When | None = None
    where: Where | None = None
    killed: Count | None = None
    injured: Count | None = None
    detained: Count | None = None
    size: Count | None = None
    quoted: tuple[Span, ...] = ()
    rule: str = Field(
        description="Id of the codebook trigger that fired, then the steps that filled the fields."
    )
    score: float = Field(ge=0, le=1)


class Relation(Record):
    """A standing relation between two entities: office, membership, alias, base, ..."""

    type: str
    subject: str
    object: str | None = None
    value: str | None = None
    span: Span
    attribution: tuple[Attribution, ...] = ()


class Event(Record):
    """Mentions of one report that tell one happening."""

    id: str
    type: str
    mode: str | None = None
    mentions: tuple[str, ...]
    actors: tuple[str, ...] = Field(default=(), description="Entity ids.")
    recipients: tuple[str, ...] = Field(default=(), description="Entity ids.")
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    where: Where | None = None
    factuality: Factuality
    killed: Count | None = None
    injured: Count | None = None
    detained: Count | None = None
    size: Count | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Skipped(Record):
    """Something that looked like an event and was not coded, with the reason."""

    trigger: Span
    type: str
    reason: str


class Issue(Record):
    """A problem that was noted and did not stop the run."""

    code: str
    message: str
    span: Span | None = None
    path: str | None = Field(default=None, description="File the problem stands in.")
    line: int | None = Field(default=None, description="Line of that file, counted from 1.")
    report: str | None = Field(default=None, description="Id of the report, where it is known.")


class CodedReport(Record):
    """One report with everything that was found in it: one line of output."""

    schema_: Literal["according/1"] = Field(default="according/1", alias="schema")
    report: Report
    entities: tuple[Entity, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    events: tuple[Event, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    issues: tuple[Issue, ...] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def to_json(self) -> str:
        """Write the record as one line of JSON, with no line break at its end.

        Characters that some readers take for line ends (next line, line and
        paragraph separators) are written as escapes.
        """
        line = self.model_dump_json(by_alias=True)
        if not line.isascii():
            for end, written in _LINE_ENDS.items():
                line = line.replace(end, written)
        return line

    @classmethod
    def from_json(cls, line: str | bytes) -> CodedReport:
        """Read a record back from one line of JSON.

        Raises:
            pydantic.ValidationError: The line is not a coded report.
        """
        return cls.model_validate_json(line)
