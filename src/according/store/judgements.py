"""Decisions of people about mentions: only ever added, never changed, undone by a further one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Select, insert, select

from according.errors import NotStoredError, SearchQueryError
from according.records import CodedReport, Mention
from according.store import schema
from according.store.base import PAGE, Page, check_limit, read_cursor, write_cursor
from according.store.effective import Decision, EffectiveReport, make_effective
from according.store.engine import reading, writing
from according.store.filters import Filter, mention_conditions
from according.store.load import bump, now
from according.store.queries import MentionOrder, MentionQueries, MentionRow, ReportQueries
from according.store.rows import unpack

Kind = Literal["accept", "reject", "edit", "skip", "flag"]
KINDS: tuple[Kind, ...] = ("accept", "reject", "edit", "skip", "flag")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision, as it was made.

    Attributes:
        pk: Number; later decisions have higher ones.
        at: When, UTC.
        user: Who.
        role: Their role at the time.
        coder: Coder version of the coding that was judged.
        coding: Number of that coding.
        report: Id of the report.
        mention: Id of the mention.
        kind: accept, reject, edit, skip, flag or undo.
        field: Field of the mention that was edited, or None.
        before: Its value before, as in the record.
        after: Its value after.
        note: Remark, or None.
        batch: Name of the assignment it belongs to, or None.
        undoes: Number of the decision it takes back, or None.
        undone: It was taken back.
    """

    pk: int
    at: str
    user: str
    role: str
    coder: str
    coding: int
    report: str
    mention: str
    kind: str
    field: str | None
    before: Any
    after: Any
    note: str | None
    batch: str | None
    undoes: int | None
    undone: bool


class Judgements(ReportQueries, MentionQueries):
    """Decisions and what follows from them."""

    def append_judgement(
        self,
        user: str,
        report: str,
        mention: str,
        kind: Kind,
        *,
        field: str | None = None,
        after: Any = None,
        note: str | None = None,
        batch: str | None = None,
        role: str = "coder",
        coding: int | None = None,
    ) -> Judgement:
        """Add a decision. What the field was before is noted from the record.

        Args:
            user: Who decides.
            report: Id of the report.
            mention: Id of the mention.
            kind: accept, reject, edit, skip or flag.
            field: For edit: name of a field of the mention.
            after: For edit: its new value, as it stands in the record's JSON.
            note: Remark.
            batch: Assignment it belongs to.
            role: Role of the user; those of adjudicators and admins outrank others.
            coding: Number of the coding that was looked at; the current one if left out.

        Raises:
            NotStoredError: There is no such report, coding or mention.
            SearchQueryError: The kind or field is unknown, or the new value does not fit the field.
        """
        if kind not in KINDS:
            raise SearchQueryError(f"{kind!r} is no decision.", hint=f"Known: {', '.join(KINDS)}.")
        with writing(self.engine) as connection:
            coded, coding_pk, coder = _judged_coding(connection, report, coding)
            known = {m.id: m for m in coded.mentions}
            own = _live(connection, report)
            effective = {m.id: m for m in make_effective(coded, own, _others(connection, own)).coded.mentions}
            judged = effective.get(mention) or known.get(mention)
            if judged is None:
                raise NotStoredError("mention", mention)
            before = _check_edit(judged, field, after) if kind == "edit" else None
            row = {
                "at": now(), "user": user, "role": role, "coder": coder, "coding_pk": coding_pk,
                "report": report, "mention": mention, "kind": kind, "field": field,
                "before": _json(before) if kind == "edit" else None,
                "after": _json(after) if kind == "edit" else None,
                "note": note, "batch": batch, "undoes": None,
            }  # fmt: skip
            pk = connection.execute(insert(schema.judgements).values(row).returning(schema.judgements.c.pk))
            number = int(pk.scalar_one())
            bump(connection)
            found = connection.execute(_select().where(schema.judgements.c.pk == number)).one()
        return _judgement(found)

    def undo(self, user: str, judgement: int | None = None, *, role: str = "coder") -> Judgement:
        """Take a decision back by adding one that says so.

        Args:
            user: Who takes it back.
            judgement: Number of the decision; the user's own last one if left out.
            role: Role of the user.

        Returns:
            The decision that was taken back.

        Raises:
            NotStoredError: There is none to take back, or it was taken back before.
        """
        j = schema.judgements.c
        with writing(self.engine) as connection:
            query = _select().where(j.kind != "undo", j.pk.not_in(_undone()))
            query = query.where(j.pk == judgement) if judgement else query.where(j.user == user)
            last = connection.execute(query.order_by(j.pk.desc()).limit(1)).first()
            if last is None:
                raise NotStoredError("decision to undo", str(judgement or user))
            row = {c: getattr(last, c) for c in ("coder", "coding_pk", "report", "mention", "batch")}
            undo = {"at": now(), "user": user, "role": role, "kind": "undo", "undoes": last.pk}
            connection.execute(insert(schema.judgements).values({**row, **undo}))
            bump(connection)
        return _judgement(last)

    def list_judgements(
        self,
        *,
        user: str | None = None,
        report: str | None = None,
        mention: str | None = None,
        batch: str | None = None,
        live: bool = False,
        limit: int = PAGE,
        cursor: str | None = None,
    ) -> Page[Judgement]:
        """List decisions, latest first.

        Args:
            user: Only of this user.
            report: Only on this report.
            mention: Only on this mention.
            batch: Only of this assignment.
            live: Leave out what was taken back, and the taking back.
            limit: At most so many, up to 500.
            cursor: `next` of the page before.
        """
        j = schema.judgements.c
        query = _select()
        for column, value in ((j.user, user), (j.report, report), (j.mention, mention), (j.batch, batch)):
            if value is not None:
                query = query.where(column == value)
        if live:
            query = query.where(j.kind != "undo", j.pk.not_in(_undone()))
        if cursor:
            query = query.where(j.pk < read_cursor(cursor)[1])
        with reading(self.engine) as connection:
            rows = connection.execute(query.order_by(j.pk.desc()).limit(check_limit(limit) + 1)).all()
            numbers = [r.pk for r in rows]
            gone = set(connection.scalars(select(j.undoes).where(j.undoes.in_(numbers))))
        items = tuple(_judgement(r, r.pk in gone) for r in rows[:limit])
        return Page(items, write_cursor("judgement", rows[limit - 1].pk) if len(rows) > limit else None)

    def get_effective(
        self, report_id: str, *, user: str | None = None, batch: str | None = None
    ) -> EffectiveReport:
        """Give a report as coding and decisions together have it.

        A decision outranks every coding, later ones too: what was accepted
        stays as it was accepted, what was rejected stays out. Of two decisions
        on one mention the adjudicator's counts, then the later one.

        Args:
            report_id: Id of the report.
            user: Take only this user's decisions.
            batch: Take only the decisions of this assignment.

        Raises:
            NotStoredError: There is no such report.
        """
        with reading(self.engine) as connection:
            coded, _, _ = _judged_coding(connection, report_id, None)
            decisions = [
                d
                for d in _live(connection, report_id)
                if (user is None or d.user == user) and (batch is None or d.batch == batch)
            ]
            return make_effective(coded, decisions, _others(connection, decisions))

    def queue(
        self,
        user: str,
        wanted: Filter | None = None,
        *,
        order: MentionOrder = "score",
        limit: int = PAGE,
        batch: str | None = None,
    ) -> tuple[MentionRow, ...]:
        """List what a user has not decided on yet; what others decided does not matter.

        Args:
            user: Who reviews.
            wanted: Which mentions.
            order: As `list_mentions`; lowest score first if left out.
            limit: At most so many.
            batch: Only the mentions assigned to the user under this name.
        """
        j, m, r = schema.judgements.c, schema.mentions.c, schema.reports.c
        done = (
            select(m.pk)
            .join(schema.reports, r.pk == m.report_pk)
            .join(schema.judgements, (j.report == r.id) & (j.mention == m.id))
            .where(j.user == user, j.kind.not_in(("undo", "flag")), j.pk.not_in(_undone()), m.current)
        )
        if batch is not None:
            done = done.where(j.batch == batch)
        a, u = schema.assignments.c, schema.users.c
        with reading(self.engine) as connection:
            conditions = [
                *mention_conditions(connection, wanted or Filter()),
                m.pk.not_in(done.correlate(None)),
            ]
            if batch is not None:
                given = select(a.mention).join(schema.users, u.pk == a.user_pk)
                conditions.append(m.id.in_(given.where(u.name == user, a.batch == batch)))
            return self.read_page(connection, conditions, order, check_limit(limit))


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


def _undone() -> Select[Any]:
    j = schema.judgements.alias("undoing").c
    return select(j.undoes).where(j.undoes.is_not(None)).correlate(None)


def _select() -> Select[Any]:
    return select(schema.judgements)


def _judged_coding(connection: Connection, report: str, coding: int | None) -> tuple[CodedReport, int, str]:
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


def _live(connection: Connection, report: str) -> list[Decision]:
    j = schema.judgements.c
    query = _select().where(j.report == report, j.kind != "undo", j.pk.not_in(_undone()))
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
        for row in connection.execute(query.order_by(j.pk))
    ]


def _others(connection: Connection, decisions: list[Decision]) -> dict[int, CodedReport]:
    """Give the codings that were judged, by number."""
    c = schema.codings.c
    query = select(c.pk, c.record).where(c.pk.in_(sorted({d.coding for d in decisions})))
    return {row.pk: unpack(row.record) for row in connection.execute(query)}


def _judgement(row: Any, undone: bool = False) -> Judgement:
    return Judgement(
        pk=row.pk,
        at=row.at,
        user=row.user,
        role=row.role,
        coder=row.coder,
        coding=row.coding_pk,
        report=row.report,
        mention=row.mention,
        kind=row.kind,
        field=row.field,
        before=json.loads(row.before) if row.before else None,
        after=json.loads(row.after) if row.after else None,
        note=row.note,
        batch=row.batch,
        undoes=row.undoes,
        undone=undone,
    )
