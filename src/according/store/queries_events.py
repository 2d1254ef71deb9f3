"""Events across reports, copies, and how often each value occurs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Select, func, or_, select, text
from sqlalchemy.sql import column, table

from according.corroborate import CrossEvent, Fold
from according.errors import NotStoredError, SearchQueryError
from according.store import schema
from according.store.base import PAGE, Page, StoreBase, after, check_limit, write_cursor
from according.store.engine import reading
from according.store.filters import Filter, events_of_mentions, mention_conditions
from according.store.queries import MentionRow, mentions_of_event

EventOrder = Literal["day", "sources", "mentions"]
FacetOf = Literal["mentions", "reports", "events"]
FACETS = (
    "type",
    "mode",
    "quad",
    "factuality",
    "country",
    "publisher",
    "place",
    "actor",
    "recipient",
    "speaker",
)
"""Fields that values can be counted of."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as it stands in a list.

    Attributes:
        pk: Number in the store.
        event: The event with the ids of its mentions, names, figures and sources.
        mentions: How many mentions tell it.
        reports: In how many reports.
        sources: How many independent sources.
        disputed_on: What accounts differ on: `whether`, `actor`, `killed`, …
    """

    pk: int
    event: CrossEvent
    mentions: int
    reports: int
    sources: int
    disputed_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """How often a value occurs.

    Attributes:
        value: As `Filter` takes it.
        label: As people read it.
        count: Mentions, reports or events that have it.
    """

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure of people killed that somebody gives, with its words."""

    mention: str
    report: str
    publisher: str | None
    speaker: str | None
    low: int | None
    high: int | None
    start: int
    end: int
    words: str
    is_copy: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What is claimed about the people an event killed.

    Attributes:
        low: Lowest figure of any claim; what an ACLED-like count takes.
        best: The figure most claims give, copies not counted; the lowest of those as frequent.
            None if only copies give one.
        high: Highest figure of any claim.
        claims: All of them.
    """

    low: int
    best: int | None
    high: int
    claims: tuple[Claim, ...]


class EventQueries(StoreBase):
    """Questions about events across reports."""

    def list_events(
        self,
        wanted: Filter | None = None,
        *,
        order: EventOrder = "day",
        limit: int = PAGE,
        cursor: str | None = None,
    ) -> Page[EventRow]:
        """List events.

        Args:
            wanted: Which; all if left out.
            order: `day` latest first, `sources` or `mentions` most first.
            limit: At most so many, up to 500.
            cursor: `next` of the page before, in the same order.

        Raises:
            SearchQueryError: The cursor, the limit or the words searched for are no such thing.
        """
        e = schema.events.c
        key = {"sources": e.source_count, "mentions": e.mention_count}.get(order, e.sort_day)
        with reading(self.engine) as connection:
            query = _select_events().add_columns(key.label("at"))
            query = query.where(*events_of_mentions(connection, wanted or Filter()))
            query = after(query, key, e.pk, cursor, rising=False).limit(check_limit(limit) + 1)
            rows = connection.execute(query).all()
        end = write_cursor(rows[limit - 1].at, rows[limit - 1].pk) if len(rows) > limit else None
        return Page(tuple(map(_event, rows[:limit])), end)

    def count_events(self, wanted: Filter | None = None) -> int:
        """Count events."""
        wanted = wanted or Filter()

        def make(connection: Connection) -> int:
            query = select(func.count()).select_from(schema.events)
            return int(connection.execute(query.where(*events_of_mentions(connection, wanted))).scalar_one())

        return self._cached(("count_events", wanted), make)

    def get_event(self, event_id: str) -> tuple[EventRow, tuple[MentionRow, ...]]:
        """Give an event and its mentions, first published first.

        Raises:
            NotStoredError: There is none.
        """
        with reading(self.engine) as connection:
            row = connection.execute(_select_events().where(schema.events.c.id == event_id)).first()
            if row is None:
                raise NotStoredError("event", event_id)
            return _event(row), mentions_of_event(connection, row.pk)

    def get_figures(self, event_id: str) -> Figures | None:
        """Give low, best and high of the people killed, with the claims behind them; None if nobody says."""
        ucdp = table("figures_ucdp", *map(column, ("event", "low", "best", "high", "claims")))
        with reading(self.engine) as connection:
            row = connection.execute(select(ucdp).where(ucdp.c.event == event_id)).first()
        if row is None:
            return None
        claims = [Claim(**{**c, "is_copy": bool(c["is_copy"])}) for c in json.loads(row.claims)]
        return Figures(row.low, row.best, row.high, tuple(claims))

    def list_folds(self, report_id: str | None = None) -> tuple[Fold, ...]:
        """List the copies among reports.

        Args:
            report_id: Only those in which this report is the copy or the original.
        """
        f = schema.folds.c
        query = select(f.record).order_by(f.id)
        if report_id is not None:
            query = query.where(or_(f.copy == report_id, f.original == report_id))
        with reading(self.engine) as connection:
            return tuple(Fold.model_validate_json(r) for r in connection.scalars(query))

    def facets(
        self,
        wanted: Filter | None = None,
        *,
        of: FacetOf = "mentions",
        fields: tuple[str, ...] = ("type", "factuality", "country", "publisher", "quad"),
        limit: int = 20,
    ) -> dict[str, tuple[Facet, ...]]:
        """Count values under a filter, for each field as if that field were not filtered.

        Args:
            wanted: The filter.
            of: What is counted.
            fields: Of `FACETS`.
            limit: Most frequent values of each field.

        Raises:
            SearchQueryError: A field is unknown.
        """
        unknown = [f for f in fields if f not in FACETS]
        if unknown:
            raise SearchQueryError(f"{unknown[0]!r} is not counted.", hint=f"Known: {', '.join(FACETS)}.")
        wanted = wanted or Filter()
        out = {}
        for name in fields:
            others = wanted.without(name)

            def make(connection: Connection, name: str = name, others: Filter = others) -> tuple[Facet, ...]:
                query = _facet(name, of).where(*mention_conditions(connection, others))
                query = query.order_by(text("number DESC"), text("value")).limit(limit)
                rows = connection.execute(query)
                return tuple(Facet(str(r.value), str(r.label or r.value), int(r.number)) for r in rows)

            out[name] = self._cached(("facet", name, of, limit, others), make)
        return out


def _facet(name: str, of: FacetOf) -> Select[Any]:
    m = schema.mentions.c
    if of == "mentions":
        number: Any = (
            func.count() if name not in {"actor", "recipient", "speaker"} else func.count(m.pk.distinct())
        )
    else:
        number = func.count((m.report_pk if of == "reports" else m.event_pk).distinct())
    number = number.label("number")
    if name in {"actor", "recipient", "speaker"}:
        link = schema.attributions if name == "speaker" else schema.participants
        x = schema.actors.c
        query = select(x.id.label("value"), func.min(x.name).label("label"), number)
        query = query.select_from(schema.mentions).join(link, link.c.mention_pk == m.pk)
        query = query.join(schema.actors, x.pk == link.c.actor_pk).group_by(x.id)
        return query if name == "speaker" else query.where(link.c.side == name)
    field = m["place_folded" if name == "place" else name]
    label = func.min(m.place) if name == "place" else field
    query = select(field.label("value"), label.label("label"), number)
    return query.where(field.is_not(None)).group_by(field)


def _select_events() -> Select[Any]:
    e = schema.events.c
    return select(e.pk, e.record, e.mention_count, e.report_count, e.source_count, e.disputed_on)


def _event(row: Any) -> EventRow:
    return EventRow(
        row.pk,
        CrossEvent.model_validate_json(row.record),
        row.mention_count,
        row.report_count,
        row.source_count,
        tuple(row.disputed_on.split()),
    )
