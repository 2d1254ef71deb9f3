"""Counts over time, between actors and on the map; what was promised."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Select, func, select, text

from according.store import schema
from according.store.base import PAGE, Page, StoreBase
from according.store.filters import Filter, mention_conditions
from according.store.queries import MentionQueries, MentionRow

Unit = Literal["day", "week", "month", "year"]
Split = Literal["type", "quad", "factuality"]


@dataclass(frozen=True, slots=True)
class Moment:
    """How many mentions fall into a stretch of time.

    Attributes:
        start: First day of the stretch.
        split: Type, quad class or factuality, as text.
        count: Mentions.
        events: Events across reports that they tell.
    """

    start: date
    split: str
    count: int
    events: int


@dataclass(frozen=True, slots=True)
class Edge:
    """How often one does something to another.

    Attributes:
        actor: Id across reports of who acts.
        actor_name: Their name.
        recipient: Id of who is acted on.
        recipient_name: Their name.
        quad: Quad class 1 to 4, or None.
        count: Mentions.
        events: Events across reports.
    """

    actor: str
    actor_name: str
    recipient: str
    recipient_name: str
    quad: int | None
    count: int
    events: int


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place and what is told to have happened there.

    Attributes:
        name: Name of the place.
        country: Country code, or None.
        lat: Latitude in degrees; None for a country.
        lon: Longitude in degrees; None for a country.
        precision: country, admin1, city or site; only the last two are points. None if unknown.
        count: Mentions.
        events: Events across reports.
    """

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    count: int
    events: int


class ChartQueries(StoreBase):
    """Questions that charts answer."""

    def timeline(
        self, wanted: Filter | None = None, *, unit: Unit = "month", split: Split = "quad"
    ) -> tuple[Moment, ...]:
        """Count mentions over time; set `actor` and `recipient` of the filter for a dyad.

        Mentions that give no day, or whose days reach over more than one
        stretch, are counted in the stretch of their first day only if they
        have one; those without a day are not counted at all.

        Args:
            wanted: Which mentions.
            unit: Length of a stretch; weeks begin on Monday.
            split: What to count apart.
        """
        wanted = wanted or Filter()
        return self._cached(("timeline", wanted, unit, split), lambda c: _timeline(c, wanted, unit, split))

    def network(self, wanted: Filter | None = None, *, limit: int = 200) -> tuple[Edge, ...]:
        """Count who does how much of what to whom, most first."""
        wanted = wanted or Filter()
        return self._cached(("network", wanted, limit), lambda c: _network(c, wanted, limit))

    def map_points(self, wanted: Filter | None = None, *, limit: int = 2000) -> tuple[MapPoint, ...]:
        """Count mentions by place, most first."""
        wanted = wanted or Filter()
        return self._cached(("map", wanted, limit), lambda c: _map_points(c, wanted, limit))


class CommitmentQueries(MentionQueries):
    """Questions about what was announced for a day."""

    def list_planned(
        self, wanted: Filter | None = None, *, limit: int = PAGE, cursor: str | None = None
    ) -> Page[MentionRow]:
        """List mentions of what is planned or promised, latest day first.

        Args:
            wanted: Further conditions; its factuality is not looked at.
            limit: At most so many.
            cursor: `next` of the page before.
        """
        kept = (wanted or Filter()).without("factuality").write()
        planned = Filter.read(
            {**kept, "factuality": ["planned"], "day_from": kept.get("day_from") or "0001-01-02"}
        )
        return self.list_mentions(planned, limit=limit, cursor=cursor)


def _timeline(connection: Connection, wanted: Filter, unit: Unit, split: Split) -> tuple[Moment, ...]:
    m = schema.mentions.c
    by = m[split]
    query: Select[Any] = select(m.first_day, by, m.event_pk, func.count().label("number"))
    query = query.where(*mention_conditions(connection, wanted), m.first_day.is_not(None))
    counts: Counter[tuple[date, str]] = Counter()
    events: dict[tuple[date, str], set[int]] = {}
    for day, value, event, number in connection.execute(query.group_by(m.first_day, by, m.event_pk)):
        key = (_start(day, unit), "" if value is None else str(value))
        counts[key] += number
        if event is not None:
            events.setdefault(key, set()).add(event)
    return tuple(Moment(*key, counts[key], len(events.get(key, ()))) for key in sorted(counts))


def _start(day: date, unit: Unit) -> date:
    if unit == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[unit]


def _network(connection: Connection, wanted: Filter, limit: int) -> tuple[Edge, ...]:
    m = schema.mentions.c
    one, two = schema.participants.alias("one"), schema.participants.alias("two")
    a, b = schema.actors.alias("a"), schema.actors.alias("b")
    query = (
        select(
            a.c.id, func.min(a.c.name), b.c.id, func.min(b.c.name), m.quad,
            func.count(m.pk.distinct()).label("number"), func.count(m.event_pk.distinct()),
        )
        .select_from(schema.mentions)
        .join(one, (one.c.mention_pk == m.pk) & (one.c.side == "actor"))
        .join(two, (two.c.mention_pk == m.pk) & (two.c.side == "recipient"))
        .join(a, a.c.pk == one.c.actor_pk)
        .join(b, b.c.pk == two.c.actor_pk)
        .where(*mention_conditions(connection, wanted), a.c.pk != b.c.pk)
        .group_by(a.c.id, b.c.id, m.quad)
        .order_by(text("number DESC"), a.c.id, b.c.id)
        .limit(limit)
    )  # fmt: skip
    return tuple(Edge(*row) for row in connection.execute(query))


def _map_points(connection: Connection, wanted: Filter, limit: int) -> tuple[MapPoint, ...]:
    m = schema.mentions.c
    query = (
        select(
            func.min(m.place), m.country, m.lat, m.lon, m.precision, func.count().label("number"),
            func.count(m.event_pk.distinct()),
        )
        .where(*mention_conditions(connection, wanted), m.place_folded.is_not(None))
        .group_by(m.place_folded, m.country, m.lat, m.lon, m.precision)
        .order_by(text("number DESC"), m.place_folded)
        .limit(limit)
    )  # fmt: skip
    return tuple(MapPoint(*row) for row in connection.execute(query))
