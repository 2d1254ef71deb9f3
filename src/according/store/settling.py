"""Let lists, events, charts and exports show what coding and decisions together have.

A decision is kept first, by itself; then the mentions it changes are made anew
beside those of the coding, which stay as they are. Where that cannot be done at
once, since another process loads, the next join does it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from according.records import CodedReport
from according.store import schema
from according.store.columns import ROW_BITS
from according.store.deciding import find_open, live_of, of_report, read_codings
from according.store.effective import make_effective
from according.store.load import add_loose_ends, bump, leave_loose_ends, lock, number_actors, quad_of, slices
from according.store.rows import CodingRows, pack, unpack

HALF = 1 << (ROW_BITS - 1)
"""Place within a coding of the first row that decisions made."""

_PARTS = (schema.participants, schema.attributions, schema.counts, schema.mention_spans)


def mark_decided(connection: Connection, reports: Iterable[str], batches: Collection[str]) -> None:
    """Note reports that were decided on, for `apply_decisions`.

    Args:
        connection: The one that the decisions are added with.
        reports: Ids of the reports.
        batches: Blind assignments that the decisions belong to; one that this completes, or takes up
            again, bears on all its reports.
    """
    marked = set(reports)
    a = schema.assignments.c
    if batches:
        marked |= set(connection.scalars(select(a.report).where(a.batch.in_(sorted(batches)), a.blind)))
    add_loose_ends(connection, "report", marked)


def apply_decisions(connection: Connection) -> int:
    """Show what was decided on since this was last done; tell how many mentions changed.

    Args:
        connection: One that holds the lock on loading.
    """
    x = schema.loose_ends.c
    if connection.execute(select(x.id).where(x.kind == "report").limit(1)).first() is None:
        return 0
    lock(connection, "decide")
    reports = list(connection.scalars(select(x.id).where(x.kind == "report").order_by(x.id)))
    hidden = find_open(connection)
    changed = sum(_apply(connection, report, hidden) for report in reports)
    for some in slices(reports, 500):
        connection.execute(delete(schema.loose_ends).where(x.kind == "report", x.id.in_(some)))
    if changed:
        bump(connection)
    return changed


def _apply(connection: Connection, report: str, hidden: frozenset[str]) -> int:
    c, r, m = schema.codings.c, schema.reports.c, schema.mentions.c
    query = select(c.pk, c.report_pk, c.record, c.effective, c.replaced)
    query = query.join(schema.reports, r.pk == c.report_pk).where(r.id == report, c.current)
    row = connection.execute(query).first()
    if row is None:
        return 0
    coded = unpack(row.record)
    shown = coded if row.effective is None else unpack(row.effective)
    made = connection.execute(of_report(report)).all()
    decisions = live_of(made, [j for j in made if j.batch not in hidden])
    wanted = make_effective(coded, decisions, read_codings(connection, decisions, row.pk, coded)).coded
    old, new = ({n.id: n for n in whole.mentions} for whole in (shown, wanted))
    gone = [i for i in old if new.get(i) != old[i]]
    fresh = [i for i in new if old.get(i) != new[i]]
    if not gone and not fresh:
        return 0
    numbers = select(m.pk).where(m.report_pk == row.report_pk, m.current, m.id.in_(gone))
    pks = list(connection.scalars(numbers))
    leave_loose_ends(connection, m.pk.in_(pks))
    mine = m.pk.in_(pks)
    connection.execute(update(schema.mentions).where(mine).values(current=False, event_pk=None))
    connection.execute(delete(schema.mentions).where(mine, ~m.coded))
    _write(connection, wanted, row, fresh)
    add_loose_ends(connection, "fresh", fresh)
    values = {
        "effective": None if wanted.mentions == coded.mentions else pack(wanted),
        "replaced": row.replaced + len(fresh),
        "mention_count": len(new),
        "statement_count": len(wanted.statements),
    }
    connection.execute(update(schema.codings).where(c.pk == row.pk).values(values))
    return len(gone) + len(fresh)


def _write(connection: Connection, wanted: CodedReport, row: Any, fresh: list[str]) -> None:
    if not fresh:
        return
    coding, report, replaced = row.pk, row.report_pk, row.replaced
    first = {"mentions": HALF + replaced}
    for table in _PARTS:
        low, high = coding << ROW_BITS, (coding + 1) << ROW_BITS
        last = select(func.max(table.c.pk)).where(table.c.pk >= low + HALF, table.c.pk < high)
        found = connection.execute(last).scalar()
        first[table.name] = HALF if found is None else found - low + 1
    maker = CodingRows(wanted, coding, report, number_actors(connection, [wanted]))
    rows = maker.build_replaced(frozenset(fresh), first, quad_of)
    for table in (schema.mentions, *_PARTS):
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])
