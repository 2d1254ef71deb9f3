"""One row of either side, in terms that both have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CELLS = ("type", "day", "country", "place", "actor", "recipient", "killed")
"""What is compared, cell by cell."""


@dataclass(frozen=True, slots=True)
class Row:
    """A happening as one data set has it.

    Attributes:
        id: Its id there.
        types: PLOVER types it can be; one for our rows, several where a layout's type covers several.
        day_from, day_to: Days it can have taken place on; None where none is told.
        near: Day by which it must have taken place (publication), used to align rows without a day.
        country: ISO 3166 alpha-3, or None.
        place: Name of the place.
        lat, lon: Degrees; None where not known.
        sides: Names of actors, then of recipients. Layouts without direction have all in the first.
        countries: Country codes of actors, then of recipients.
        directed: Whether actors and recipients are told apart.
        killed: Lowest and highest figure; None ends are unknown.
        words: The clause or note it rests on.
        source: Report or outlet.
    """

    id: str
    types: frozenset[str]
    day_from: date | None = None
    day_to: date | None = None
    near: date | None = None
    country: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    sides: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    countries: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    directed: bool = True
    killed: tuple[int | None, int | None] = (None, None)
    words: str = ""
    source: str = ""
