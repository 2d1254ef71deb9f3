"""Counts over time, between actors and on the map; what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import CTE, ColumnElement, Connection, case, func, select

from according.store import schema
from according.store.base import PAGE, Page, StoreBase
from according.store.filters import Filter, mention_conditions
from according.store.queries import MentionQueries, MentionRow

Unit = Literal["day", "week", "month", "year"]
Split = Literal["type", "quad", "factuality"]
_POINTS = ("city", "site")
_WHERE = ("country", "lat", "lon", "precision")
_QUADS = (1, 2, 3, 4)


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
        quad: Quad class of most mentions, or None.
    """

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    count: int
    events: int
    quad: int | None = None

    @property
    def is_point(self) -> bool:
        """The report names a city or something smaller, and where it lies is known."""
        return self.precision in _POINTS and self.lat is not None and self.lon is not None


@dataclass(frozen=True, slots=True)
class Area:
    """A country, and what is told to have happened somewhere in it.

    Attributes:
        country: Country code.
        count: Mentions whose place is known to the country or its division alone.
        events: Events across reports.
    """

    country: str
    count: int
    events: int


class ChartQueries(StoreBase):
    """Questions that charts answer."""

    def timeline(
        self, wanted: Filter | None = None, *, unit: Unit = "month", split: Split = "quad"
    ) -> tuple[Moment, ...]:
        """Count mentions over time; set `actor` and `recipient` of the filter for a dyad.

        A mention counts in the stretch of its first day; those without a day
        are not counted at all.

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
        """Count mentions by place, most first; `MapPoint.is_point` tells which may stand as points."""
        wanted = wanted or Filter()
        return self._cached(("map", wanted, limit), lambda c: _map_points(c, wanted, limit))

    def map_areas(self, wanted: Filter | None = None) -> tuple[Area, ...]:
        """Count mentions by country where nothing smaller can be shown as a point, most first."""
        wanted = wanted or Filter()
        return self._cached(("areas", wanted), lambda c: _map_areas(c, wanted))

    def count_left_out(self, wanted: Filter | None = None) -> tuple[int, int]:
        """Count the events that charts cannot show: those without a day, and those without a place."""
        wanted = wanted or Filter()
        return self._cached(("left out", wanted), lambda c: _left_out(c, wanted))


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
    start = _start(m.first_day, unit, connection.dialect.name).label("start")
    query = select(start, m[split], func.count(), func.count(m.event_pk.distinct()))
    query = query.where(*mention_conditions(connection, wanted), m.first_day.is_not(None))
    found = [
        Moment(date.fromisoformat(day), "" if value is None else str(value), mentions, events)
        for day, value, mentions, events in connection.execute(query.group_by(start, m[split]))
    ]
    return tuple(sorted(found, key=lambda moment: (moment.start, moment.split)))


def _start(day: ColumnElement[Any], unit: Unit, dialect: str) -> ColumnElement[Any]:
    """Give the first day of the stretch a day lies in, as text."""
    if dialect != "sqlite":
        return func.to_char(func.date_trunc(unit, day), "YYYY-MM-DD")
    if unit == "week":
        return func.date(day, "weekday 0", "-6 days")
    return func.strftime({"day": "%Y-%m-%d", "month": "%Y-%m-01", "year": "%Y-01-01"}[unit], day)


def _network(connection: Connection, wanted: Filter, limit: int) -> tuple[Edge, ...]:
    one, two = schema.participants.alias("one"), schema.participants.alias("two")
    a, b = schema.actors.alias("a"), schema.actors.alias("b")
    fit = _fit(connection, wanted, "pk", "event_pk", "quad")
    f = fit.c
    tally = (
        select(
            one.c.actor_pk.label("a"), two.c.actor_pk.label("b"), f.quad.label("quad"),
            func.count(f.pk.distinct()).label("number"), func.count(f.event_pk.distinct()).label("events"),
        )
        # Joined outwards, so that SQLite begins with what fits and meets each mention's parties in an index.
        .select_from(fit)
        .outerjoin(one, (one.c.mention_pk == f.pk) & (one.c.side == "actor"))
        .outerjoin(two, (two.c.mention_pk == f.pk) & (two.c.side == "recipient"))
        .where(one.c.actor_pk != two.c.actor_pk)
        .group_by(one.c.actor_pk, two.c.actor_pk, f.quad)
        .subquery()
    )  # fmt: skip
    t = tally.c
    query = (
        select(a.c.id, a.c.name, b.c.id, b.c.name, t.quad, t.number, t.events)
        .join_from(tally, a, a.c.pk == t.a)
        .join(b, b.c.pk == t.b)
        .order_by(t.number.desc(), a.c.id, b.c.id, t.quad)
        .limit(limit)
    )
    return tuple(Edge(*row) for row in connection.execute(query))


def _map_points(connection: Connection, wanted: Filter, limit: int) -> tuple[MapPoint, ...]:
    m = _fit(connection, wanted, "event_pk", "quad", "place_folded", "place", *_WHERE).c
    number = func.count().label("number")
    query = (
        select(
            func.min(m.place), m.country, m.lat, m.lon, m.precision, number,
            func.count(m.event_pk.distinct()),
            *(func.sum(case((m.quad == quad, 1), else_=0)) for quad in _QUADS),
        )
        .where(m.place_folded.is_not(None))
        .group_by(m.place_folded, m.country, m.lat, m.lon, m.precision)
        .order_by(number.desc(), m.place_folded)
        .limit(limit)
    )  # fmt: skip
    found = []
    for row in connection.execute(query):
        name, country, lat, lon, precision, count, events, *by_quad = row
        most, quad = max((n, -q) for n, q in zip(by_quad, _QUADS, strict=True))
        found.append(MapPoint(name, country, lat, lon, precision, count, events, -quad if most else None))
    return tuple(found)


def _fit(connection: Connection, wanted: Filter, *columns: str) -> CTE:
    """Give columns of the mentions that fit, read before anything else is asked of them.

    What is asked would else lead the database to an index that begins with it, and from there to every
    whole row, where the index of all that is counted has what it takes.
    """
    m = schema.mentions.c
    query = select(*(m[name] for name in columns)).where(*mention_conditions(connection, wanted))
    return query.cte("fit").prefix_with("MATERIALIZED")


def _is_point(m: Any) -> ColumnElement[bool]:
    known: ColumnElement[bool] = m.precision.in_(_POINTS) & m.lat.is_not(None) & m.lon.is_not(None)
    return func.coalesce(known, False)


def _map_areas(connection: Connection, wanted: Filter) -> tuple[Area, ...]:
    m = _fit(connection, wanted, "event_pk", *_WHERE).c
    number = func.count().label("number")
    query = select(m.country, number, func.count(m.event_pk.distinct()))
    query = query.where(m.country.is_not(None), ~_is_point(m))
    rows = connection.execute(query.group_by(m.country).order_by(number.desc(), m.country))
    return tuple(Area(*row) for row in rows)


def _left_out(connection: Connection, wanted: Filter) -> tuple[int, int]:
    m = schema.mentions.c
    shown = func.max(case((_is_point(m) | m.country.is_not(None), 1), else_=0))
    told = select(func.max(m.first_day).label("day"), shown.label("shown"))
    told = told.where(*mention_conditions(connection, wanted), m.event_pk.is_not(None))
    events = told.group_by(m.event_pk).subquery()
    undated, unplaced = (
        func.sum(case((missing, 1), else_=0)) for missing in (events.c.day.is_(None), events.c.shown == 0)
    )
    row = connection.execute(select(undated, unplaced).select_from(events)).one()
    return int(row[0] or 0), int(row[1] or 0)
