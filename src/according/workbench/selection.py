"""What the user has chosen to see: filters that stand in the address of every page."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Query

from according.records import Factuality

Name = Annotated[str | None, Query(max_length=200)]
QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
FACTUALITIES: tuple[Factuality, ...] = ("happened", "ongoing", "planned", "wanted", "possible", "negated")


@dataclass(frozen=True, slots=True)
class Selection:
    """One choice of mentions, and through them of reports, events and actors.

    Names match when they contain the words, in any case; codes of countries
    match whole. None lets everything through.

    Attributes:
        q: Words that the report contains.
        type: PLOVER type.
        mode: PLOVER mode.
        quad: Quad class, 1 to 4.
        actor: Name or country code of somebody who acts or is acted on.
        by: Name or country code of somebody who acts.
        on: Name or country code of somebody who is acted on.
        country: Country code of the place.
        place: Name of the place.
        day_from: First day on which it can have been.
        day_to: Last day on which it can have been.
        factuality: As coded.
        speaker: Name of somebody in the chain of speakers.
        publisher: Name of the publisher, whole.
        min_sources: Least number of independent sources of the event.
        disputed: True for events whose accounts disagree, False for the others.
        score_from: Least score.
        score_to: Greatest score.
    """

    q: str | None = None
    type: str | None = None
    mode: str | None = None
    quad: int | None = None
    actor: str | None = None
    by: str | None = None
    on: str | None = None
    country: str | None = None
    place: str | None = None
    day_from: date | None = None
    day_to: date | None = None
    factuality: Factuality | None = None
    speaker: str | None = None
    publisher: str | None = None
    min_sources: int | None = None
    disputed: bool | None = None
    score_from: float | None = None
    score_to: float | None = None

    def to_query(self, **changes: object) -> str:
        """Write the choice as the query of an address.

        Args:
            changes: Values to set in it; None takes one out. Names that are no
                filters (a cursor, a page's own option) are added.

        Example:
            >>> Selection(type="ASSAULT", quad=4).to_query(quad=None, week=1)
            'type=ASSAULT&week=1'
        """
        values: dict[str, Any] = {**asdict(self), **changes}
        told = {k: _write(v) for k, v in values.items() if v is not None and v != ""}
        return urlencode(told)

    def describe(self) -> list[tuple[str, str, str]]:
        """List what is chosen: label, value and the query without it."""
        rows = []
        for name, value in asdict(self).items():
            if value is not None:
                shown = QUADS[value] if name == "quad" else _write(value)
                rows.append((LABELS[name], shown, self.to_query(**{name: None})))
        return rows

    def but(self, **changes: Any) -> Selection:
        """The same choice with some values changed."""
        return replace(self, **changes)


LABELS = {
    "q": "words",
    "type": "type",
    "mode": "mode",
    "quad": "class",
    "actor": "takes part",
    "by": "acts",
    "on": "is acted on",
    "country": "country",
    "place": "place",
    "day_from": "from",
    "day_to": "to",
    "factuality": "factuality",
    "speaker": "according to",
    "publisher": "publisher",
    "min_sources": "independent sources at least",
    "disputed": "disputed",
    "score_from": "score from",
    "score_to": "score to",
}
"""What a reader calls each filter."""


def _write(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _day(value: str | None, name: str) -> date | None:
    if value is None or not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError as error:
        raise UnreadableFilterError(name, "a day such as 2024-03-31") from error


class UnreadableFilterError(ValueError):
    """A filter in an address has a value that means nothing.

    Attributes:
        name: Name of the filter.
        wanted: What it would take.
    """

    def __init__(self, name: str, wanted: str) -> None:
        super().__init__(f"{LABELS[name]} takes {wanted}.")
        self.name, self.wanted = name, wanted


def _number(value: str | None, name: str, low: float, high: float) -> float | None:
    if value is None or not value.strip():
        return None
    try:
        number = float(value)
    except ValueError as error:
        raise UnreadableFilterError(name, f"a number from {low:g} to {high:g}") from error
    if not low <= number <= high:
        raise UnreadableFilterError(name, f"a number from {low:g} to {high:g}")
    return number


def read_selection(
    q: Name = None,
    type: Name = None,
    mode: Name = None,
    quad: Annotated[str | None, Query(pattern="^([1-4])?$")] = None,
    actor: Name = None,
    by: Name = None,
    on: Name = None,
    country: Name = None,
    place: Name = None,
    day_from: Annotated[str | None, Query(max_length=10, description="First day, 2024-03-31.")] = None,
    day_to: Annotated[str | None, Query(max_length=10, description="Last day, 2024-03-31.")] = None,
    factuality: Literal["", "happened", "ongoing", "planned", "wanted", "possible", "negated"] | None = None,
    speaker: Name = None,
    publisher: Name = None,
    min_sources: Annotated[str | None, Query(max_length=6, description="1 to 100000.")] = None,
    disputed: Literal["", "yes", "no"] | None = None,
    score_from: Annotated[str | None, Query(max_length=20, description="0 to 1.")] = None,
    score_to: Annotated[str | None, Query(max_length=20, description="0 to 1.")] = None,
) -> Selection:
    """Read the filters of an address. Empty values, as forms send them, choose nothing.

    Raises:
        UnreadableFilterError: A day or number means nothing.
    """
    least = _number(min_sources, "min_sources", 1, 100_000)
    return Selection(
        q=_text(q),
        type=_text(type),
        mode=_text(mode),
        quad=int(quad) if quad else None,
        actor=_text(actor),
        by=_text(by),
        on=_text(on),
        country=_text(country),
        place=_text(place),
        day_from=_day(day_from, "day_from"),
        day_to=_day(day_to, "day_to"),
        factuality=factuality or None,
        speaker=_text(speaker),
        publisher=_text(publisher),
        min_sources=None if least is None else int(least),
        disputed=None if not disputed else disputed == "yes",
        score_from=_number(score_from, "score_from", 0, 1),
        score_to=_number(score_to, "score_to", 0, 1),
    )


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None
