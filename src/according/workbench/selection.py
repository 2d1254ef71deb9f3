"""What the user has chosen to see: filters that stand in the address of every page."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Query
from pydantic import Field

from according.errors import SearchQueryError
from according.records import Factuality
from according.store import Filter
from according.store.words import parse_query

Name = Annotated[str | None, Query(max_length=200)]
Day = Annotated[date | Literal[""] | None, Query(description="A day such as 2024-03-31.")]
Score = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | Literal[""] | None
QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
_NO_EVENT = "none"
_CODE_LENGTH = 3
FACTUALITIES: tuple[Factuality, ...] = ("happened", "ongoing", "planned", "wanted", "possible", "negated")


@dataclass(frozen=True, slots=True)
class Selection:
    """One choice of mentions, and through them of reports, events and actors.

    A name matches whole, in any case, or else by a part of it; codes of
    countries and sectors match whole. None lets everything through.

    Attributes:
        q: Words that the report contains.
        type: PLOVER type.
        mode: PLOVER mode.
        quad: Quad class, 1 to 4.
        actor: Name or country code of somebody who acts or is acted on.
        by: Name or country code of somebody who acts.
        on: Name or country code of somebody who is acted on.
        country: Country of the place: its code or its name.
        place: Name of the place.
        day_from: First day on which it can have been.
        day_to: Last day on which it can have been.
        factuality: As coded.
        speaker: Name of somebody in the chain of speakers.
        publisher: Name of the publisher, or a part of it.
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

    def is_chosen(self, name: str, value: str) -> bool:
        """Tell whether a filter has a value, as addresses write it."""
        mine = getattr(self, name)
        return mine is not None and _write(mine) == value

    def to_query_with(self, name: str, value: str | None) -> str:
        """The query with one filter set, or taken out by None."""
        return self.to_query(**{name: value})

    def to_filter(self) -> Filter:
        """The choice as the store takes it. Words that nothing can be searched by find nothing."""
        return Filter(
            type=_several(self.type),
            mode=_several(self.mode),
            quad=(self.quad,) if self.quad else (),
            factuality=_several(self.factuality),
            actor=self.by,
            recipient=self.on,
            party=self.actor,
            country=_several(self.country and find_country(self.country)),
            place=self.place,
            day_from=self.day_from,
            day_to=self.day_to,
            speaker=self.speaker,
            publisher=_several(self.publisher),
            min_sources=self.min_sources,
            disputed=self.disputed,
            score_from=self.score_from,
            score_to=self.score_to,
            text=None if self.trouble else self.q,
            event=_NO_EVENT if self.trouble else None,
        )

    @property
    def trouble(self) -> str:
        """What is wrong with the words that are searched for, or ""."""
        try:
            if self.q is not None:
                parse_query(self.q)
        except SearchQueryError as error:
            return f"{error.message} {error.hint}".strip()
        return ""

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


@lru_cache(maxsize=1000)
def find_country(written: str) -> str:
    """Give the code of a country that is named or written with two letters; other words stay, in capitals.

    Example:
        >>> find_country("us"), find_country("Syria"), find_country("kos")
        ('USA', 'SYR', 'KOS')
    """
    word = written.strip()
    if len(word) == _CODE_LENGTH:
        return word.upper()
    import pycountry  # its tables are read when they are first asked for

    try:
        return str(pycountry.countries.lookup(word).alpha_3)
    except LookupError:
        near = [
            c for c in pycountry.countries if word.casefold() in c.name.casefold().replace(",", "").split()
        ]
        return str(near[0].alpha_3) if len(near) == 1 else word.upper()


def _several(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _write(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def read_selection(
    q: Name = None,
    type: Name = None,
    mode: Name = None,
    quad: Literal["", "1", "2", "3", "4"] | None = None,
    actor: Name = None,
    by: Name = None,
    on: Name = None,
    country: Name = None,
    place: Name = None,
    day_from: Day = None,
    day_to: Day = None,
    factuality: Literal["", "happened", "ongoing", "planned", "wanted", "possible", "negated"] | None = None,
    speaker: Name = None,
    publisher: Name = None,
    min_sources: Annotated[int, Field(ge=1, le=100_000)] | Literal[""] | None = None,
    disputed: Literal["", "yes", "no"] | None = None,
    score_from: Score = None,
    score_to: Score = None,
) -> Selection:
    """Read the filters of an address. Empty values, as forms send them, choose nothing."""
    return Selection(
        q=_text(q),
        type=_text(type),
        mode=_text(mode),
        quad=int(quad) if quad else None,
        actor=_text(actor),
        by=_text(by),
        on=_text(on),
        country=find_country(named) if (named := _text(country)) else None,
        place=_text(place),
        day_from=day_from or None,
        day_to=day_to or None,
        factuality=factuality or None,
        speaker=_text(speaker),
        publisher=_text(publisher),
        min_sources=min_sources or None,
        disputed=None if not disputed else disputed == "yes",
        score_from=None if score_from == "" else score_from,
        score_to=None if score_to == "" else score_to,
    )


def _text(value: str | None) -> str | None:
    # PostgreSQL keeps no NUL in text, so none is ever found.
    return (value or "").replace("\0", "").strip() or None
