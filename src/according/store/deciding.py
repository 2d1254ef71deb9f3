"""Add one decision: on what its maker saw, checked against what was changed meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Select, insert, select

from according.errors import NotStoredError, SearchQueryError, StaleDecisionError
from according.records import CodedReport, Mention
from according.store import schema
from according.store.effective import Decision, make_effective
from according.store.load import now
from according.store.rows import unpack

Kind = Literal["accept", "reject", "edit", "skip", "flag"]
KINDS: tuple[Kind, ...] = ("accept", "reject", "edit", "skip", "flag")
_ANSWERS = ("accept", "reject", "edit", "skip")


@dataclass(frozen=True, slots=True)
class Change:
    """A decision that is to be added.

    Attributes:
        report: Id of the report.
        mention: Id of the mention.
        kind: accept, reject, edit, skip or flag.
        field: For edit: name of a field of the mention.
        after: For edit: its new value, as it stands in the record's JSON.
        note: Remark.
        batch: Assignment it belongs to.
        coding: Number of the coding that was looked at; the current one if left out.
        seen: Number of the last decision on the mention that the user saw (`EffectiveReport.seen`),
            0 for none. If left out, nobody is told of what was changed meanwhile.
    """

    report: str
    mention: str
    kind: Kind
    field: str | None = None
    after: Any = None
    note: str | None = None
    batch: str | None = None
    coding: int | None = None
    seen: int | None = None


def append_one(connection: Connection, user: str, role: str, change: Change, hidden: frozenset[str]) -> int:
    """Add one decision and give its number; that of the first one if it was made already."""
    coded, coding_pk, coder = read_coding(connection, change.report, change.coding)
    rows = connection.execute(of_report(change.report)).all()
    visible = [r for r in rows if _is_visible(r, user, change.batch, hidden)]
    if change.seen is not None:
        again = _check_seen(change, user, visible, {r.undoes for r in rows})
        if again is not None:
            return again
    decisions = live_of(rows, visible)
    effective = make_effective(
        coded, decisions, read_codings(connection, decisions, coding_pk, coded)
    ).coded.mentions
    judged = next((m for m in (*effective, *coded.mentions) if m.id == change.mention), None)
    if judged is None:
        raise NotStoredError("mention", change.mention)
    is_edit = change.kind == "edit"
    before = _check_edit(judged, change.field, change.after) if is_edit else None
    row = {
        "at": now(), "user": user, "role": role, "coder": coder, "coding_pk": coding_pk,
        "report": change.report, "mention": change.mention, "kind": change.kind, "field": change.field,
        "before": _json(before) if is_edit else None, "after": _json(change.after) if is_edit else None,
        "note": change.note, "batch": change.batch, "undoes": None,
    }  # fmt: skip
    added = insert(schema.judgements).values(row).returning(schema.judgements.c.pk)
    return int(connection.execute(added).scalar_one())


def _check_seen(change: Change, user: str, visible: list[Any], undone: set[int | None]) -> int | None:
    """Refuse what was decided on an older state; give the number of the same decision made before."""
    later = [r for r in visible if r.mention == change.mention and r.pk > (change.seen or 0)]
    for row in later:
        same = (row.user, row.kind, row.field) == (user, change.kind, change.field) and row.pk not in undone
        if same and (change.kind != "edit" or row.after == _json(change.after)):
            return int(row.pk)
    changed = [r for r in later if r.kind in {"edit", "undo", "reject"}]
    if changed and change.kind in {"accept", "edit"}:
        raise StaleDecisionError(change.mention, user=changed[-1].user, seen=later[-1].pk)
    return None


def _is_visible(row: Any, user: str, batch: str | None, hidden: frozenset[str]) -> bool:
    """Whether a user who decides under an assignment, or under none, works on top of a decision."""
    if batch is not None:
        return bool(row.batch == batch and row.user == user)
    return row.user == user or row.batch not in hidden


def find_open(connection: Connection) -> frozenset[str]:
    """Give the blind assignments in which somebody has still to decide or skip.

    Till then everybody sees of them only what they decided themselves.
    """
    a, u, j = schema.assignments.c, schema.users.c, schema.judgements.c
    done = (
        select(j.pk)
        .where(j.batch == a.batch, j.user == u.name, j.report == a.report, j.mention == a.mention)
        .where(j.kind.in_(_ANSWERS), j.pk.not_in(undone()))
        .correlate(schema.assignments, schema.users)
    )
    query = select(a.batch).join(schema.users, u.pk == a.user_pk).where(a.blind, ~done.exists())
    return frozenset(connection.scalars(query.distinct()))


def of_report(report: str) -> Select[Any]:
    """Select the decisions on a report, earliest first."""
    return select_judgements().where(schema.judgements.c.report == report).order_by(schema.judgements.c.pk)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _check_edit(mention: Mention, field: str | None, after: Any) -> Any:
    """Make sure that the value fits the field; give the value before."""
    from pydantic import ValidationError

    record = mention.model_dump(mode="json", by_alias=True)
    if field is None or field not in record or field in {"id", "event"}:
        raise SearchQueryError(f"a mention's {field!r} cannot be edited.")
    try:
        Mention.model_validate_json(_json({**record, field: after}))
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
        raise SearchQueryError(f"{field}: the new value does not fit: {reason}.") from error
    return record[field]


def undone() -> Select[Any]:
    """Select the numbers of what was taken back."""
    j = schema.judgements.alias("undoing").c
    return select(j.undoes).where(j.undoes.is_not(None)).correlate(None)


def select_judgements() -> Select[Any]:
    """Select decisions as they stand in their table."""
    return select(schema.judgements)


def read_coding(connection: Connection, report: str, coding: int | None) -> tuple[CodedReport, int, str]:
    """Read a coding of a report, the current one if none is named, with its number and its coder's name.

    Raises:
        NotStoredError: There is none.
    """
    c, r, k = schema.codings.c, schema.reports.c, schema.coders.c
    query = (
        select(c.record, c.pk, k.name)
        .join(schema.reports, r.pk == c.report_pk)
        .join(schema.coders, k.pk == c.coder_pk)
        .where(r.id == report, c.current if coding is None else c.pk == coding)
    )
    row = connection.execute(query).first()
    if row is None:
        raise NotStoredError("report" if coding is None else f"coding {coding} of report", report)
    return unpack(row.record), row.pk, row.name


def live_of(rows: Iterable[Any], taken: Iterable[Any]) -> list[Decision]:
    """Give those of the rows taken that no row has undone, earliest first."""
    undone = {row.undoes for row in rows}
    return [
        Decision(
            pk=row.pk,
            user=row.user,
            role=row.role,
            coding=row.coding_pk,
            mention=row.mention,
            kind=row.kind,
            field=row.field,
            after=json.loads(row.after) if row.after else None,
            batch=row.batch,
        )
        for row in taken
        if row.kind != "undo" and row.pk not in undone
    ]


def read_codings(
    connection: Connection, decisions: list[Decision], number: int, coded: CodedReport
) -> dict[int, CodedReport]:
    """Give the codings that were judged, by number; the one that is known is not read again."""
    c = schema.codings.c
    missing = sorted({d.coding for d in decisions} - {number})
    found = {number: coded}
    if missing:
        query = select(c.pk, c.record).where(c.pk.in_(missing))
        found |= {row.pk: unpack(row.record) for row in connection.execute(query)}
    return found
