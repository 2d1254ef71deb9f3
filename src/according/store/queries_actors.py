"""Actors across reports: lists and dossiers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, Subquery, func, literal, select, text, union, union_all

from according.errors import NotStoredError
from according.store import schema
from according.store.base import PAGE, Page, StoreBase, after, check_limit, write_cursor
from according.store.engine import reading
from according.store.filters import Filter, find_actors, mention_conditions
from according.store.rows import fold

_TOP = 20
_NAMES = 8
_PARTS = {"actor": "acts", "recipient": "acted_on", "speaker": "speaks"}
_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "his", "her", "its", "their", "him", "them", "who", "we", "i")
)


@dataclass(frozen=True, slots=True)
class ActorRow:
    """Somebody across reports.

    Attributes:
        id: Id across reports (`a-…`).
        name: Name.
        kind: person, group, state, …
        country: Country code, or None.
        sectors: PLOVER sectors.
        listed: The name is one of the actor list.
        mentions: In how many mentions (as actor or recipient).
        acts: In how many they act.
        acted_on: In how many they are acted on.
        speaks: How many mentions are told through them.
        reports: In how many reports any of these stand.
    """

    id: str
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    listed: bool
    mentions: int
    acts: int = 0
    acted_on: int = 0
    speaks: int = 0
    reports: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """A value and how often it occurs; `id` is set where the value is an actor."""

    value: str
    count: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A standing relation that a report states.

    Attributes:
        type: office, membership, alliance, …
        subject: Name of whom it is said of.
        subject_id: Their id across reports, or None.
        object: Name of the other side, or None.
        object_id: Their id, or None.
        value: Such as the title of an office, or None.
        words: The words that say so.
        start: Where they stand in the report.
        report: Id of the report.
        speakers: Who says so; "" is the report itself.
        publisher: Who published the report, or None.
    """

    type: str
    subject: str
    subject_id: str | None
    object: str | None
    object_id: str | None
    value: str | None
    words: str
    start: int
    report: str
    speakers: str
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the reports say of somebody, and what they say themselves.

    Attributes:
        actor: Who.
        names: All names the reports use.
        does: Types of what they do.
        undergoes: Types of what is done to them.
        against: To whom they do it.
        by: Who does it to them.
        says: Types of what is told through them.
        statements: How many statements they are the source of.
        reports: In how many reports they occur.
        facts: Standing relations, most recent reports first.
        called: The words each publisher uses for them, most used first.
    """

    actor: ActorRow
    names: tuple[str, ...]
    does: tuple[Tally, ...]
    undergoes: tuple[Tally, ...]
    against: tuple[Tally, ...]
    by: tuple[Tally, ...]
    says: tuple[Tally, ...]
    statements: int
    reports: int
    facts: tuple[Fact, ...]
    called: tuple[tuple[str | None, tuple[Tally, ...]], ...] = ()


class ActorQueries(StoreBase):
    """Questions about actors."""

    def list_actors(
        self,
        name: str | None = None,
        wanted: Filter | None = None,
        *,
        limit: int = PAGE,
        cursor: str | None = None,
    ) -> Page[ActorRow]:
        """List actors, most often mentioned first.

        Args:
            name: Part of a name, without regard to case and accents.
            wanted: Which mentions are counted; actors without one are left out.
            limit: At most so many, up to 500.
            cursor: `next` of the page before.
        """
        with reading(self.engine) as connection:
            tally = _tally(connection, wanted or Filter())
            query = _named(select(schema.actors, tally.c.number), tally, name)
            query = after(query, tally.c.number, schema.actors.c.pk, cursor, rising=False)
            rows = connection.execute(query.limit(check_limit(limit) + 1)).all()
            parts = _parts(connection, wanted or Filter(), [r.pk for r in rows[:limit]])
        end = write_cursor(rows[limit - 1].number, rows[limit - 1].pk) if len(rows) > limit else None
        return Page(tuple(replace(_actor(r, r.number), **parts[r.pk]) for r in rows[:limit]), end)

    def find_actors(self, name: str) -> tuple[str, ...]:
        """Give the ids of the actors that a name means: exactly this name, else a part of one."""
        a = schema.actors.c
        with reading(self.engine) as connection:
            pks = find_actors(connection, name)
            return tuple(connection.scalars(select(a.id).where(a.pk.in_(pks)).order_by(a.pk)))

    def count_actors(self, name: str | None = None, wanted: Filter | None = None) -> int:
        """Count the actors that `list_actors` lists."""
        wanted = wanted or Filter()

        def make(connection: Connection) -> int:
            tally = _tally(connection, wanted)
            return int(connection.execute(_named(select(func.count()), tally, name)).scalar_one())

        return self._cached(("count_actors", name, wanted), make)

    def get_dossier(self, actor: str, wanted: Filter | None = None) -> Dossier:
        """Give what the reports say of somebody.

        Args:
            actor: Id across reports (`a-…`).
            wanted: Which mentions are counted.

        Raises:
            NotStoredError: There is no such actor.
        """
        wanted = wanted or Filter()
        return self._cached(("dossier", actor, wanted), lambda c: _dossier(c, actor, wanted))


def _tally(connection: Connection, wanted: Filter) -> Subquery:
    """Count mentions by actor."""
    m, p = schema.mentions.c, schema.participants.c
    # The conditions stand in a subquery of their own, so that no table meets itself.
    fit = select(m.pk).where(*mention_conditions(connection, wanted)).correlate(None)
    query = select(p.actor_pk.label("pk"), func.count(p.mention_pk.distinct()).label("number"))
    query = query.where(p.mention_pk.in_(fit), p.actor_pk.is_not(None))
    return query.group_by(p.actor_pk).subquery()


def _named(query: Select[Any], tally: Subquery, name: str | None) -> Select[Any]:
    a, n = schema.actors.c, schema.actor_names.c
    query = query.select_from(schema.actors).join(tally, tally.c.pk == a.pk)
    if name and name.strip():
        like = n.folded.contains(fold(name), autoescape=True)
        query = query.where(a.pk.in_(select(n.actor_pk).where(like)))
    return query


def _parts(connection: Connection, wanted: Filter, actors: list[int]) -> dict[int, dict[str, Any]]:
    """Count for each actor the mentions they act in, are acted on in and are quoted on, and the reports."""
    m, p, x = schema.mentions.c, schema.participants.c, schema.attributions.c
    fit = select(m.pk, m.report_pk).where(*mention_conditions(connection, wanted)).cte("fit")
    fit = fit.prefix_with("MATERIALIZED")
    sides = []
    for link, side in ((p, p.side), (x, literal("speaker"))):
        query = select(link.actor_pk, side.label("side"), fit.c.pk, fit.c.report_pk)
        query = query.join_from(fit, link.actor_pk.table, link.mention_pk == fit.c.pk)
        # Not by the bare column, or SQLite looks each mention up once for every actor.
        sides.append(query.where(func.coalesce(link.actor_pk, 0).in_(actors)))
    told = union_all(*sides).cte("told").prefix_with("MATERIALIZED")
    t = told.c
    by_side = select(t.actor_pk, t.side, func.count(t.pk.distinct())).group_by(t.actor_pk, t.side)
    reports = select(t.actor_pk, literal("reports"), func.count(t.report_pk.distinct())).group_by(t.actor_pk)
    found: dict[int, dict[str, Any]] = {pk: {} for pk in actors}
    for pk, name, number in connection.execute(union_all(by_side, reports)):
        found[pk][_PARTS.get(name, name)] = number
    return found


def _actor(row: Any, mentions: int) -> ActorRow:
    return ActorRow(row.id, row.name, row.kind, row.country, tuple(row.sectors.split()), row.listed, mentions)


def _dossier(connection: Connection, actor: str, wanted: Filter) -> Dossier:
    a, n, m, p = schema.actors.c, schema.actor_names.c, schema.mentions.c, schema.participants.c
    row = connection.execute(select(schema.actors).where(a.id == actor)).first()
    if row is None:
        raise NotStoredError("actor", actor)
    conditions = mention_conditions(connection, wanted)
    mine = select(p.mention_pk).where(p.actor_pk == row.pk)
    query = select(func.count()).select_from(schema.mentions)
    total = connection.execute(query.where(*conditions, m.pk.in_(mine.correlate(None)))).scalar_one()
    x, c = schema.attributions.c, schema.codings.c
    said = select(x.mention_pk).where(x.actor_pk == row.pk)
    entities = schema.entities.c
    reports = (
        select(func.count(c.report_pk.distinct()))
        .select_from(schema.entities)
        .join(schema.codings, c.pk == entities.coding_pk)
        .where(entities.actor_pk == row.pk, c.current)
    )
    return Dossier(
        actor=_actor(row, int(total)),
        names=tuple(connection.scalars(select(n.name).where(n.actor_pk == row.pk).order_by(n.name))),
        does=_types(connection, conditions, mine.where(p.side == "actor")),
        undergoes=_types(connection, conditions, mine.where(p.side == "recipient")),
        against=_others(connection, row.pk, conditions, "actor", "recipient"),
        by=_others(connection, row.pk, conditions, "recipient", "actor"),
        says=_types(connection, conditions, said),
        statements=_count_statements(connection, row.pk),
        reports=int(connection.execute(reports).scalar_one()),
        facts=_facts(connection, row.pk),
        called=_called(connection, row.pk),
    )


def _count_statements(connection: Connection, pk: int) -> int:
    """Count what an actor is the source of: as coded, and where a decision names a speaker anew."""
    s, c, x, m = schema.statements.c, schema.codings.c, schema.attributions.c, schema.mentions.c
    coded = select(s.coding_pk, s.id.label("name")).join(schema.codings, c.pk == s.coding_pk)
    known = select(s.pk).where(s.coding_pk == m.coding_pk, s.id == x.statement)
    named = (
        select(m.coding_pk, x.statement.label("name"))
        .join(schema.mentions, m.pk == x.mention_pk)
        .where(
            x.actor_pk == pk,
            m.current,
            ~m.coded,
            ~known.correlate(schema.mentions, schema.attributions).exists(),
        )
    )
    both = union(coded.where(s.actor_pk == pk, c.current), named).subquery()
    return int(connection.execute(select(func.count()).select_from(both)).scalar_one())


def _called(connection: Connection, pk: int) -> tuple[tuple[str | None, tuple[Tally, ...]], ...]:
    """Count the words that each publisher uses for an actor; pronouns and bare nouns are no names."""
    e, s, c, r = schema.entities.c, schema.entity_spans.c, schema.codings.c, schema.reports.c
    number = func.count().label("number")
    query = (
        select(r.publisher, s.words, number)
        .select_from(schema.entities)
        .join(schema.entity_spans, s.entity_pk == e.pk)
        .join(schema.codings, c.pk == e.coding_pk)
        .join(schema.reports, r.pk == c.report_pk)
        .where(e.actor_pk == pk, c.current)
        .group_by(r.publisher, s.words)
        .order_by(number.desc(), s.words)
    )
    used: dict[str | None, Counter[str]] = {}
    for row in connection.execute(query):
        words = " ".join(row.words.split())
        if words.lower() not in _PRONOUNS and any(w[:1].isupper() for w in words.split()):
            used.setdefault(row.publisher, Counter())[words] += row.number
    outlets = sorted(used.items(), key=lambda item: (item[0] is None, item[0] or ""))
    return tuple((name, tuple(Tally(w, n) for w, n in told.most_common(_NAMES))) for name, told in outlets)


def _types(connection: Connection, conditions: Any, mentions: Any) -> tuple[Tally, ...]:
    m = schema.mentions.c
    query = select(m.type, func.count().label("number")).where(
        *conditions, m.pk.in_(mentions.correlate(None))
    )
    rows = connection.execute(query.group_by(m.type).order_by(text("number DESC"), m.type))
    return tuple(Tally(r.type, r.number) for r in rows)


def _others(connection: Connection, pk: int, conditions: Any, side: str, other: str) -> tuple[Tally, ...]:
    one, two = schema.participants.alias("one"), schema.participants.alias("two")
    a, m = schema.actors.c, schema.mentions.c
    query = (
        select(a.id, func.min(a.name).label("name"), func.count(two.c.mention_pk.distinct()).label("number"))
        .select_from(one)
        .join(schema.mentions, m.pk == one.c.mention_pk)
        .join(two, two.c.mention_pk == one.c.mention_pk)
        .join(schema.actors, a.pk == two.c.actor_pk)
        .where(one.c.actor_pk == pk, one.c.side == side, two.c.side == other, *conditions)
        .group_by(a.id)
        .order_by(text("number DESC"), a.id)
        .limit(_TOP)
    )
    return tuple(Tally(r.name, r.number, r.id) for r in connection.execute(query))


def _facts(connection: Connection, pk: int) -> tuple[Fact, ...]:
    t, c, r = schema.relations.c, schema.codings.c, schema.reports.c
    one, two = schema.entities.alias("one"), schema.entities.alias("two")
    x, y = schema.actors.alias("x"), schema.actors.alias("y")
    query = (
        select(
            t.type, one.c.name.label("subject"), x.c.id.label("subject_id"), two.c.name.label("object"),
            y.c.id.label("object_id"), t.value, t.words, t.start, r.id.label("report"), t.speakers,
            r.publisher,
        )
        .join(schema.codings, c.pk == t.coding_pk)
        .join(schema.reports, r.pk == c.report_pk)
        .join(one, (one.c.coding_pk == t.coding_pk) & (one.c.id == t.subject))
        .outerjoin(two, (two.c.coding_pk == t.coding_pk) & (two.c.id == t.object))
        .outerjoin(x, x.c.pk == t.subject_pk)
        .outerjoin(y, y.c.pk == t.object_pk)
        .where((t.subject_pk == pk) | (t.object_pk == pk), c.current == literal(True))
        .order_by(r.sort_day.desc(), t.pk)
        .limit(200)
    )  # fmt: skip
    return tuple(Fact(**row._mapping) for row in connection.execute(query))
