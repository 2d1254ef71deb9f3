"""Events across reports, kept in the store: made from the current codings, renewed when they change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, update

from according.corroborate import CrossEvent, EventIndex, Fold, Telling
from according.errors import StoreBusyError
from according.records import Report
from according.store import schema
from according.store.engine import writing
from according.store.keeping import FEW, KEPT, mend_commitments
from according.store.load import bump, get_meta, lock, quad_of, set_meta, slices, try_lock
from according.store.rows import NO_DAY, Row
from according.store.settling import apply_decisions
from according.store.shelf import StoredShelf, current, unpack_report

PART = 20_000
"""Reports joined in one transaction; more take more memory."""

SLICE = 500
_DENIED = frozenset({"negated"})
_DONE = frozenset({"happened", "ongoing"})


class StoredEvents:
    """Keeps the tables of events in step with the codings."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def join(self, watch: Callable[[int], None] | None = None) -> int:
        """Join the reports that were loaded and not yet joined.

        Nothing is lost if it is stopped: each part is one transaction, and the
        next call goes on.

        Args:
            watch: Is told how many reports are joined, after each part.

        Returns:
            How many events are new or have changed.
        """
        changed = done = 0
        while True:
            with writing(self._engine) as connection:
                lock(connection)
                apply_decisions(connection)
                part = _join_part(connection)
            if part is None:
                return changed
            changed += part[1]
            done += part[0]
            if watch is not None:
                watch(done)

    def show_decisions(self) -> None:
        """Show what was decided in lists, events and charts; while another process loads, its join does."""
        with suppress(StoreBusyError), writing(self._engine) as connection:
            c = schema.codings.c
            if not try_lock(connection) or not apply_decisions(connection):
                return
            waits = select(c.pk).where(c.current, ~c.joined).limit(1)
            if connection.execute(waits).first() is None:
                _join_part(connection)


def _join_part(connection: Connection) -> tuple[int, int] | None:
    """Join some reports; tell how many, and how many events changed. None if nothing waits."""
    c, x = schema.codings.c, schema.loose_ends.c
    waiting = select(c.pk).where(c.current, ~c.joined).order_by(c.pk).limit(PART)
    codings = list(connection.scalars(waiting))
    loose: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(select(x.kind, x.id).where(x.kind != "report")):
        loose[row.kind].append(row.id)
    if not codings and not loose:
        return None
    shelf = StoredShelf(connection, loose["fresh"])
    index = EventIndex(shelf)
    lost = [e for some in slices(sorted(loose["event"]), SLICE) for e in _read_events(connection, some)]
    index.look_again(loose["mention"], loose["copy"], lost)
    joined = index.join_tellings(_read_tellings(connection, codings), _read_fresh(connection, loose["fresh"]))
    _drop_events(connection, joined.gone)
    _write_events(connection, joined.events)
    _drop_folds(connection, joined.folds_gone)
    _write_folds(connection, joined.folds)
    shelf.write(index.take_changes())
    for some in slices(codings, SLICE):
        connection.execute(update(schema.codings).where(c.pk.in_(some)).values(joined=True))
    connection.execute(delete(schema.loose_ends).where(x.kind != "report"))
    bump(connection)
    touched = {m for e in lost for m in e.mentions} | set(loose["fresh"]) | set(_ids_of(connection, codings))
    _mend(connection, touched)
    return len(codings), len(joined.events)


def _ids_of(connection: Connection, codings: list[int]) -> Iterator[str]:
    m = schema.mentions.c
    for some in slices(codings, SLICE):
        yield from connection.scalars(select(m.id).where(m.coding_pk.in_(some), current(m.current)))


def _mend(connection: Connection, touched: set[str]) -> None:
    """Keep the commitments in step where that is little work; else they are worked out anew later."""
    known, before = get_meta(connection, KEPT), get_meta(connection, "joined") or ""
    now = get_meta(connection, "generation") or ""
    set_meta(connection, "joined", now)
    if known == before and len(touched) <= FEW:
        mend_commitments(connection, touched)
        set_meta(connection, KEPT, now)


def _read_events(connection: Connection, ids: list[str]) -> Iterator[CrossEvent]:
    e = schema.events.c
    for record in connection.scalars(select(e.record).where(e.id.in_(ids)).order_by(e.id)):
        yield CrossEvent.model_validate_json(record)


def _read_tellings(connection: Connection, codings: list[int]) -> Iterator[tuple[Report, list[Telling]]]:
    c, m = schema.codings.c, schema.mentions.c
    for some in slices(codings, SLICE):
        tellings: dict[int, list[Telling]] = defaultdict(list)
        query = select(m.coding_pk, m.telling).where(m.coding_pk.in_(some), m.current).order_by(m.pk)
        for row in connection.execute(query):
            tellings[row.coding_pk].append(Telling.from_json(row.telling))
        for coding in connection.execute(select(c.pk, c.record).where(c.pk.in_(some)).order_by(c.pk)):
            yield unpack_report(coding.record), tellings[coding.pk]


def _read_fresh(connection: Connection, ids: list[str]) -> Iterator[Telling]:
    """Read mentions that decisions made anew; those of reports that are not joined come with these."""
    c, m = schema.codings.c, schema.mentions.c
    for some in slices(sorted(ids), SLICE):
        query = select(m.telling).join(schema.codings, c.pk == m.coding_pk)
        query = query.where(m.id.in_(some), current(m.current), c.joined).order_by(m.pk)
        yield from map(Telling.from_json, connection.scalars(query))


def _drop_events(connection: Connection, ids: Iterable[str]) -> None:
    rows = [{"gone": i} for i in ids]
    if rows:
        connection.execute(delete(schema.events).where(schema.events.c.id == bindparam("gone")), rows)


def _drop_folds(connection: Connection, ids: Iterable[str]) -> None:
    rows = [{"gone": i} for i in ids]
    if rows:
        connection.execute(delete(schema.folds).where(schema.folds.c.id == bindparam("gone")), rows)


def _write_events(connection: Connection, events: Iterable[CrossEvent]) -> None:
    events = list(events)
    if not events:
        return
    _drop_events(connection, [e.id for e in events])
    disputes = _find_disputes(connection, events)
    published = _first_published(connection, events)
    rows = [_event_row(e, disputes[e.id], published.get(e.mentions[0])) for e in events]
    connection.execute(insert(schema.events), rows)
    _write_members(connection, events)


def _write_members(connection: Connection, events: Iterable[CrossEvent]) -> None:
    e = schema.events.c
    events = list(events)
    pks: dict[str, int] = {}
    for some in slices([event.id for event in events], SLICE):
        pks.update((row.id, row.pk) for row in connection.execute(select(e.id, e.pk).where(e.id.in_(some))))
    rows = [{"member": m, "number": pks[e.id]} for e in events for m in e.mentions]
    if rows:
        m = schema.mentions.c
        connection.execute(
            update(schema.mentions)
            .where(m.id == bindparam("member"), current(m.current))
            .values(event_pk=bindparam("number")),
            rows,
        )


def _first_published(connection: Connection, events: list[CrossEvent]) -> dict[str, date | None]:
    """Give the day of publication of founding mentions."""
    m = schema.mentions.c
    ids = [e.mentions[0] for e in events]
    found: dict[str, date | None] = {}
    for part in slices(ids, SLICE):
        some = m.id.in_(part)
        found.update(
            (r.id, r.published)
            for r in connection.execute(select(m.id, m.published).where(some, current(m.current)))
        )
    return found


def _event_row(event: CrossEvent, disputed: tuple[str, ...], published: date | None) -> Row:
    first, last, where, killed = event.from_, event.to, event.where, event.killed
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "quad": quad_of(event.type),
        "first_day": first or last,
        "last_day": last or first,
        "sort_day": first or last or published or NO_DAY,
        "place": where.name if where else None,
        "country": where.country if where else None,
        "mention_count": len(event.mentions),
        "report_count": len(event.reports),
        "source_count": len(event.sources),
        "disputed": bool(disputed),
        "disputed_on": " ".join(disputed),
        "killed_low": killed.low if killed else None,
        "killed_high": killed.high if killed else None,
        "record": event.model_dump_json(by_alias=True),
    }


def _find_disputes(connection: Connection, events: list[CrossEvent]) -> dict[str, tuple[str, ...]]:
    """Tell on what the mentions of each event differ: whether it happened, who did it, its counts."""
    wanted = {m: e.id for e in events if len(e.mentions) > 1 for m in e.mentions}
    actors: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    counts: dict[tuple[str, str], list[tuple[int | None, int | None]]] = defaultdict(list)
    denied: set[str] = set()
    m, p, k, a = schema.mentions.c, schema.participants.c, schema.counts.c, schema.attributions.c
    ids = sorted(wanted)
    for part in slices(ids, SLICE):
        some = (m.id.in_(part), current(m.current))
        for row in connection.execute(
            select(m.id, p.name, p.country)
            .join(schema.participants, p.mention_pk == m.pk)
            .where(*some, p.side == "actor", p.actor_pk.is_not(None))
        ):
            actors[wanted[row.id]][row.id].add(row.country or row.name)
        for told in connection.execute(
            select(m.id, k.name, k.low, k.high)
            .join(schema.counts, k.mention_pk == m.pk)
            .where(*some, m.factuality.in_(_DONE))
        ):
            counts[wanted[told.id], told.name].append((told.low, told.high))
        for said in connection.execute(
            select(m.id).join(schema.attributions, a.mention_pk == m.pk).where(*some, a.stance == "denies")
        ):
            denied.add(wanted[said.id])
    found: dict[str, tuple[str, ...]] = {}
    for event in events:
        on = []
        read = set(event.factualities)
        if event.id in denied or (read & _DENIED and read & _DONE):
            on.append("whether")
        named = list(actors[event.id].values())
        if any(not one & two for one in named for two in named):
            on.append("actor")
        on += [n for n in ("killed", "injured", "detained", "size") if _differ(counts[event.id, n])]
        found[event.id] = tuple(on)
    return found


def _differ(ranges: list[tuple[int | None, int | None]]) -> bool:
    """Tell whether some two ranges have no number in common."""
    if len(ranges) < 2:
        return False
    lowest_top = min((h for _, h in ranges if h is not None), default=None)
    highest_bottom = max((low for low, _ in ranges if low is not None), default=None)
    return lowest_top is not None and highest_bottom is not None and highest_bottom > lowest_top


def _write_folds(connection: Connection, folds: Iterable[Fold]) -> None:
    folds = list(folds)
    _drop_folds(connection, [f.id for f in folds])
    rows = [
        {
            "id": f.id,
            "copy": f.copy_,
            "original": f.original,
            "kind": f.kind,
            "effect": f.effect,
            "record": f.model_dump_json(by_alias=True),
        }
        for f in folds
    ]
    if rows:
        connection.execute(insert(schema.folds), rows)


def count_events(connection: Connection) -> int:
    """Count the events across reports."""
    return int(connection.execute(select(func.count()).select_from(schema.events)).scalar_one())
