"""How often each value of a filter occurs under a filter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from sqlalchemy import CTE, Connection, Select, String, cast, func, literal, or_, select, text, union_all

from according.errors import SearchQueryError
from according.store import schema
from according.store.base import StoreBase
from according.store.filters import Filter, mention_conditions

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
    "party",
    "speaker",
    "min_sources",
    "disputed",
)
"""Fields that values can be counted of."""

_PEOPLE = frozenset({"actor", "recipient", "party", "speaker"})
_OF_EVENTS = frozenset({"min_sources", "disputed"})
_STEPS = (2, 3, 5)
_KEPT = ("pk", "event_pk", "report_pk", "type", "mode", "quad", "factuality", "country", "publisher")


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


class FacetQueries(StoreBase):
    """Questions about how often values occur."""

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
            fields: Of `FACETS`; `min_sources` and `disputed` always count events.
            limit: Most frequent values of each field.

        Raises:
            SearchQueryError: A field is unknown.
        """
        unknown = [f for f in fields if f not in FACETS]
        if unknown:
            raise SearchQueryError(f"{unknown[0]!r} is not counted.", hint=f"Known: {', '.join(FACETS)}.")
        wanted = wanted or Filter()
        # Fields that are not filtered share one look at the mentions.
        together: dict[Filter, list[str]] = {}
        for name in fields:
            together.setdefault(wanted.without(name), []).append(name)
        found: dict[str, tuple[Facet, ...]] = {}
        for others, names in together.items():
            count = partial(_count, wanted=others, fields=tuple(names), of=of, limit=limit)
            found |= self._cached(("facets", tuple(names), of, limit, others), count)
        return {name: found[name] for name in fields}


def _count(
    connection: Connection, *, wanted: Filter, fields: tuple[str, ...], of: FacetOf, limit: int
) -> dict[str, tuple[Facet, ...]]:
    m = schema.mentions.c
    kept = [m[name] for name in _KEPT] + ([m.place_folded, m.place] if "place" in fields else [])
    # Where one facet alone is counted, it would else be joined from its far end, row by row.
    conditions = mention_conditions(connection, wanted)
    fit = select(*kept).where(*conditions).cte("fit").prefix_with("MATERIALIZED")
    unit = fit.c[{"mentions": "pk", "reports": "report_pk", "events": "event_pk"}[of]]
    parts = [_facet(fit, name, unit, of).order_by(text("number DESC"), text("value")).limit(limit)
             for name in fields if name not in _OF_EVENTS]  # fmt: skip
    if _OF_EVENTS.intersection(fields):
        events = _events(fit if len(conditions) > 1 else None)
        parts += [_of_events(events, name) for name in fields if name in _OF_EVENTS]
    found: dict[str, list[Facet]] = {name: [] for name in fields}
    for row in connection.execute(union_all(*(select(p.subquery()) for p in parts))):
        if row.value is not None and row.number:
            found[row.field].append(Facet(row.value, row.label, int(row.number)))
    return {
        name: tuple(rows if name in _OF_EVENTS else sorted(rows, key=lambda f: (-f.count, f.value)))
        for name, rows in found.items()
    }


def _facet(fit: CTE, name: str, unit: Any, of: FacetOf) -> Select[Any]:
    m = fit.c
    whole = of == "mentions" and name not in _PEOPLE
    number = (func.count() if whole else func.count(unit.distinct())).label("number")
    field = literal(name).label("field")
    if name in _PEOPLE:
        link, x = schema.attributions if name == "speaker" else schema.participants, schema.actors.c
        told = link.c.mention_pk == m.pk
        if name in ("actor", "recipient"):
            told &= link.c.side == name
        # Joined outwards, so that SQLite begins with what fits and not with everybody; who is
        # nobody's actor meets none below.
        tally = select(link.c.actor_pk.label("pk"), number).select_from(fit).outerjoin(link, told)
        counted = tally.group_by(link.c.actor_pk).subquery()
        people: Select[Any] = select(
            field, x.id.label("value"), x.name.label("label"), counted.c.number.label("number")
        )
        return people.join_from(counted, schema.actors, x.pk == counted.c.pk)
    column = m["place_folded" if name == "place" else name]
    value = cast(column, String)
    label = func.min(m.place) if name == "place" else value
    query: Select[Any] = select(field, value.label("value"), label.label("label"), number)
    return query.where(column.is_not(None)).group_by(column)


def _events(fit: CTE | None) -> CTE:
    """Give the events that steps of `_of_events` can count, of the mentions that fit or of all, read once."""
    e = schema.events.c
    query = select(e.source_count, e.disputed).where(or_(e.source_count >= _STEPS[0], e.disputed))
    if fit is not None:
        query = query.where(e.pk.in_(select(fit.c.event_pk).where(fit.c.event_pk.is_not(None))))
    return query.cte("weighed").prefix_with("MATERIALIZED")


def _of_events(events: CTE, name: str) -> Select[Any]:
    e = events.c
    field, number = literal(name).label("field"), func.count().label("number")
    steps: list[Any] = []
    if name == "disputed":
        shown = (literal("yes").label("value"), literal("disputed").label("label"))
        steps.append(select(field, *shown, number).where(e.disputed))
    else:
        for n in _STEPS:
            shown = (literal(str(n)).label("value"), literal(f"{n} or more").label("label"))
            steps.append(select(field, *shown, number).where(e.source_count >= n))
    whole: Select[Any] = select(union_all(*steps).subquery())
    return whole
