"""What is known across reports: tellings, events, folds.

A `Telling` is one mention with just what it takes to tell whether two mentions
speak of one happening; a `CrossEvent` is the happening several reports tell; a
`Fold` says that one report repeats another. All are frozen plain data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal

from pydantic import ConfigDict, Field

from according.records import EntityKind, Factuality, Record, Span, Where

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FoldKind = Literal["exact", "near", "partial", "credit"]
FoldEffect = Literal["whole", "part", "none"]
CountName = Literal["killed", "injured", "detained", "size"]
COUNT_NAMES: tuple[CountName, ...] = ("killed", "injured", "detained", "size")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part, as far as two reports can be compared on it.

    Attributes:
        name: Resolved name, or the words of the report.
        words: Stems of the name.
        kind: Kind of entity.
        country: Country code, or None.
        sectors: PLOVER sector codes.
    """

    name: str
    words: tuple[str, ...]
    kind: EntityKind = "unknown"
    country: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """One mention, cut down to what tells happenings apart. It can be kept and read back as JSON.

    Attributes:
        id: Id of the mention; no two reports share one.
        report: Id of the report.
        event: Id of the report's own event that holds the mention.
        start: Where the trigger stands in the report, in code points.
        publisher: Outlet, or None.
        published: Day of publication, or None.
        type: PLOVER type.
        mode: PLOVER mode, or None.
        stem: Stem of the trigger; a verb and its noun share it.
        factuality: As coded.
        actors: Who acts.
        recipients: Who is acted on.
        day_from: First day it can have been, or None.
        day_to: Last day it can have been, or None.
        place: Name of the place, or None.
        country: Country of the place, or None.
        lat: Latitude in degrees, or None.
        lon: Longitude in degrees, or None.
        geonameid: Id of the place, or None.
        counts: Name, low and high of each count.
        words: Stems of the clause, without the trigger's.
        topic: Stems that mark the report as a whole.
        names: Stems of the rarer names in the report.
    """

    id: str
    report: str
    event: str
    start: int
    publisher: str | None
    published: date | None
    type: str
    mode: str | None
    stem: str
    factuality: Factuality
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    day_from: date | None = None
    day_to: date | None = None
    place: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    counts: tuple[tuple[CountName, int | None, int | None], ...] = ()
    words: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Write the telling as one line of JSON."""
        return _adapter().dump_json(self).decode("utf-8")

    @classmethod
    def from_json(cls, line: str | bytes) -> Telling:
        """Read a telling back.

        Raises:
            pydantic.ValidationError: The line is no telling.
        """
        return _adapter().validate_json(line)

    @property
    def order(self) -> tuple[date, str, int, str]:
        """Key that puts tellings by day of publication, report and place in it; undated ones last."""
        return (self.published or date.max, self.report, self.start, self.id)


@cache
def _adapter() -> TypeAdapter[Telling]:
    from pydantic import TypeAdapter

    return TypeAdapter(Telling)


class Range(Record):
    """Figures told for one count: the lowest and the highest of any account."""

    low: int | None = Field(default=None, description="Lowest figure told.")
    high: int | None = Field(
        default=None, description="Highest figure told; null if only lower ends are told."
    )


class CrossEvent(Record):
    """One happening with all mentions, of any report, that tell it.

    The id is made from the founding mention, the one published first (then by
    report id and place in the report). It does not depend on the order of
    loading, and stays while no earlier report of the happening comes in.
    """

    id: str
    type: str = Field(description="Type of most mentions.")
    mode: str | None = None
    mentions: tuple[str, ...] = Field(description="Ids of mentions, first published first.")
    reports: tuple[str, ...]
    publishers: tuple[str, ...] = ()
    actors: tuple[str, ...] = Field(default=(), description="Names, most often told first.")
    recipients: tuple[str, ...] = Field(default=(), description="Names, most often told first.")
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    where: Where | None = Field(default=None, description="The place most mentions give; no span.")
    factualities: tuple[Factuality, ...] = Field(default=(), description="Every reading told.")
    killed: Range | None = None
    injured: Range | None = None
    detained: Range | None = None
    size: Range | None = None
    sources: tuple[str, ...] = Field(
        default=(), description="Independent sources: publishers and agencies after folding copies."
    )

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Fold(Record):
    """A report, or a part of it, that repeats what somebody else wrote."""

    id: str
    copy_: str = Field(alias="copy", description="Id of the report that repeats.")
    original: str | None = Field(
        description="Id of the report it repeats; null where only a credit line says so."
    )
    agency: str | None = Field(default=None, description="News agency the report credits.")
    kind: FoldKind
    effect: FoldEffect = Field(
        description="Whole report folded, only the given parts, or none (credited help, its words not known)."
    )
    share: float = Field(ge=0, le=1, description="Share of the copy's word sequences that the original has.")
    spans: tuple[Span, ...] = Field(
        default=(), description="Parts of the copy that are repeated, or the credit line."
    )
    why: str

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Joined(Record):
    """What changed when reports joined what was there."""

    events: tuple[CrossEvent, ...] = Field(
        default=(), description="Events that are new or have changed, as they are now."
    )
    gone: tuple[str, ...] = Field(
        default=(), description="Ids of events that are no more: merged, split or renamed."
    )
    folds: tuple[Fold, ...] = Field(default=(), description="Folds that are new or have changed.")
    folds_gone: tuple[str, ...] = Field(default=(), description="Ids of folds that no longer hold.")


class Corroboration(Record):
    """Everything known across a set of reports."""

    events: tuple[CrossEvent, ...] = Field(default=(), description="Earliest first.")
    folds: tuple[Fold, ...] = ()
    full_blocks: int = Field(
        default=0, description="Groups of look-alike mentions too large to compare in full; 0 is usual."
    )
