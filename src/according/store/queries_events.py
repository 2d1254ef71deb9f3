"""Events across reports, and copies among reports."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Select, func, or_, select
from sqlalchemy.sql import column, table

from according.corroborate import CrossEvent, Fold
from according.errors import NotStoredError
from according.store import schema
from according.store.base import PAGE, Page, StoreBase, after, check_limit, write_cursor
from according.store.engine import reading
from according.store.filters import Filter, events_of_mentions
from according.store.queries import MentionRow, mentions_of_event

EventOrder = Literal["day", "sources", "mentions"]


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
        words: The clause of the mention that was loaded first.
    """

    pk: int
    event: CrossEvent
    mentions: int
    reports: int
    sources: int
    disputed_on: tuple[str, ...]
    words: str = ""


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
            words = _first_words(connection, [row.pk for row in rows[:limit]])
        end = write_cursor(rows[limit - 1].at, rows[limit - 1].pk) if len(rows) > limit else None
        return Page(tuple(_event(row, words.get(row.pk, "")) for row in rows[:limit]), end)

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
            words = _first_words(connection, [row.pk])
            return _event(row, words.get(row.pk, "")), mentions_of_event(connection, row.pk)

    def get_figures(self, event_id: str) -> Figures | None:
        """Give low, best and high of the people killed, with the claims behind them; None if nobody says."""
        ucdp = table("figures_ucdp", *map(column, ("event", "low", "best", "high", "claims")))
        with reading(self.engine) as connection:
            row = connection.execute(select(ucdp).where(ucdp.c.event == event_id)).first()
        if row is None:
            return None
        claims = [Claim(**{**c, "is_copy": bool(c["is_copy"])}) for c in json.loads(row.claims)]
        return Figures(row.low, row.best, row.high, tuple(claims))

    def list_shared_events(self, report_id: str) -> dict[str, str]:
        """Give the events that more than one mention tells, by the mentions of a report."""
        e, m, r = schema.events.c, schema.mentions.c, schema.reports.c
        query = (
            select(m.id, e.id.label("event"))
            .join(schema.reports, r.pk == m.report_pk)
            .join(schema.events, e.pk == m.event_pk)
            .where(r.id == report_id, m.current, e.mention_count > 1)
        )
        with reading(self.engine) as connection:
            return {row.id: row.event for row in connection.execute(query)}

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


def _select_events() -> Select[Any]:
    e = schema.events.c
    return select(e.pk, e.record, e.mention_count, e.report_count, e.source_count, e.disputed_on)


def _first_words(connection: Connection, events: list[int]) -> dict[int, str]:
    m = schema.mentions.c
    query = select(m.event_pk, m.clause_words).where(m.event_pk.in_(events), m.current)
    found: dict[int, str] = {}
    for row in connection.execute(query.order_by(m.pk)):
        found.setdefault(row.event_pk, row.clause_words)
    return found


def _event(row: Any, words: str = "") -> EventRow:
    return EventRow(
        row.pk,
        CrossEvent.model_validate_json(row.record),
        row.mention_count,
        row.report_count,
        row.source_count,
        tuple(row.disputed_on.split()),
        words,
    )
