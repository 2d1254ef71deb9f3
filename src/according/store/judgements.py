"""Decisions of people about mentions: only ever added, never changed, undone by a further one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import insert, select

from according.errors import NotStoredError, SearchQueryError
from according.store import schema
from according.store.base import PAGE, Page, check_limit, read_cursor, write_cursor
from according.store.deciding import (
    KINDS,
    Change,
    Kind,
    append_one,
    find_open,
    live_of,
    of_report,
    read_coding,
    read_codings,
    select_judgements,
    undone,
)
from according.store.effective import EffectiveReport, make_effective
from according.store.engine import reading, writing
from according.store.events import StoredEvents
from according.store.load import bump, lock, now
from according.store.queries import ReportQueries
from according.store.settling import mark_decided


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


class Judgements(ReportQueries):
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
        seen: int | None = None,
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
            seen: Number of the last decision on the mention that the user saw; see `Change`.

        Raises:
            NotStoredError: There is no such report, coding or mention.
            SearchQueryError: The kind or field is unknown, or the new value does not fit the field.
            StaleDecisionError: Somebody changed the mention after `seen`.
        """
        change = Change(report, mention, kind, field, after, note, batch, coding, seen)
        return self.append_judgements(user, [change], role=role)[0]

    def append_judgements(
        self, user: str, changes: Sequence[Change], *, role: str = "coder"
    ) -> tuple[Judgement, ...]:
        """Add several decisions, all of them or none.

        A decision that the user has made already, on what they saw, is not
        made again: a form that is sent twice counts once.

        Args:
            user: Who decides.
            changes: The decisions, in order.
            role: Role of the user.

        Raises:
            NotStoredError: There is no such report, coding or mention.
            SearchQueryError: A kind or field is unknown, or a new value does not fit its field.
            StaleDecisionError: Somebody changed a mention after it was looked at.
        """
        wrong = next((c.kind for c in changes if c.kind not in KINDS), None)
        if wrong is not None:
            raise SearchQueryError(f"{wrong!r} is no decision.", hint=f"Known: {', '.join(KINDS)}.")
        with writing(self.engine) as connection:
            lock(connection, "decide")
            hidden = find_open(connection)
            numbers = [append_one(connection, user, role, change, hidden) for change in changes]
            # Who skips what was assigned to them is done with it, and that may complete the assignment.
            telling = [c for c in changes if c.kind not in {"skip", "flag"} or (c.kind == "skip" and c.batch)]
            mark_decided(connection, {c.report for c in telling}, {c.batch for c in telling if c.batch})
            bump(connection)
            query = select_judgements().where(schema.judgements.c.pk.in_(numbers))
            rows = {row.pk: row for row in connection.execute(query)}
        if telling:
            StoredEvents(self.engine).show_decisions()
        return tuple(_judgement(rows[n]) for n in numbers)

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
            lock(connection, "decide")
            query = select_judgements().where(j.kind != "undo", j.pk.not_in(undone()))
            query = query.where(j.pk == judgement) if judgement else query.where(j.user == user)
            last = connection.execute(query.order_by(j.pk.desc()).limit(1)).first()
            if last is None:
                raise NotStoredError("decision to undo", str(judgement or user))
            row = {c: getattr(last, c) for c in ("coder", "coding_pk", "report", "mention", "batch")}
            undo = {"at": now(), "user": user, "role": role, "kind": "undo", "undoes": last.pk}
            connection.execute(insert(schema.judgements).values({**row, **undo}))
            mark_decided(connection, [last.report], [last.batch] if last.batch else [])
            bump(connection)
        StoredEvents(self.engine).show_decisions()
        return _judgement(last)

    def list_judgements(
        self,
        *,
        user: str | None = None,
        report: str | None = None,
        mention: str | None = None,
        batch: str | None = None,
        kind: str | None = None,
        live: bool = False,
        blind_for: str | None = None,
        limit: int = PAGE,
        cursor: str | None = None,
    ) -> Page[Judgement]:
        """List decisions, latest first.

        Args:
            user: Only of this user.
            report: Only on this report.
            mention: Only on this mention.
            batch: Only of this assignment.
            kind: Only of this kind.
            live: Leave out what was taken back, and the taking back.
            blind_for: Leave out what others decided in blind assignments that are still open.
            limit: At most so many, up to 500.
            cursor: `next` of the page before.
        """
        j = schema.judgements.c
        query = select_judgements()
        wanted = {j.user: user, j.report: report, j.mention: mention, j.batch: batch, j.kind: kind}
        for column, value in wanted.items():
            if value is not None:
                query = query.where(column == value)
        if live:
            query = query.where(j.kind != "undo", j.pk.not_in(undone()))
        if cursor:
            query = query.where(j.pk < read_cursor(cursor)[1])
        with reading(self.engine) as connection:
            if blind_for is not None:
                hidden = find_open(connection)
                query = query.where(
                    (j.user == blind_for) | j.batch.is_(None) | j.batch.not_in(sorted(hidden))
                )
            rows = connection.execute(query.order_by(j.pk.desc()).limit(check_limit(limit) + 1)).all()
            numbers = [r.pk for r in rows]
            gone = set(connection.scalars(select(j.undoes).where(j.undoes.in_(numbers))))
        items = tuple(_judgement(r, r.pk in gone) for r in rows[:limit])
        return Page(items, write_cursor("judgement", rows[limit - 1].pk) if len(rows) > limit else None)

    def iter_judgements(self, *, blind_for: str | None = None) -> Iterator[Judgement]:
        """Go through all decisions in the order they were made, what was taken back and the taking back too.

        Args:
            blind_for: Leave out what others decided in blind assignments that are still open.
        """
        j = schema.judgements.c
        last = 0
        while True:
            query = select_judgements().where(j.pk > last).order_by(j.pk).limit(500)
            with reading(self.engine) as connection:
                rows = connection.execute(query).all()
                numbers = [r.pk for r in rows]
                gone = set(connection.scalars(select(j.undoes).where(j.undoes.in_(numbers))))
                hidden = frozenset[str]() if blind_for is None else find_open(connection)
            if not rows:
                return
            last = rows[-1].pk
            for row in rows:
                if row.user == blind_for or row.batch not in hidden:
                    yield _judgement(row, row.pk in gone)

    def get_effective(
        self,
        report_id: str,
        *,
        user: str | None = None,
        batch: str | None = None,
        blind_for: str | None = None,
    ) -> EffectiveReport:
        """Give a report as coding and decisions together have it.

        A decision outranks every coding, later ones too: what was accepted
        stays as it was accepted, what was rejected stays out. Of two decisions
        on one mention the adjudicator's counts, then the later one. What is
        decided in a blind assignment counts when everybody asked is done.

        Args:
            report_id: Id of the report.
            user: Take only this user's decisions.
            batch: Take only the decisions of this assignment.
            blind_for: Count what this user decided in blind assignments that are still open.

        Raises:
            NotStoredError: There is no such report.
        """
        with reading(self.engine) as connection:
            coded, number, _ = read_coding(connection, report_id, None)
            rows = connection.execute(of_report(report_id)).all()
            of_one = user is not None or batch is not None
            hidden = frozenset[str]() if of_one else find_open(connection)
            taken = [
                r
                for r in rows
                if (user is None or r.user == user)
                and (batch is None or r.batch == batch)
                and (r.user == blind_for or r.batch not in hidden)
            ]
            decisions = live_of(rows, taken)
            view = make_effective(coded, decisions, read_codings(connection, decisions, number, coded))
        seen: dict[str, int] = {}
        for row in taken:
            seen[row.mention] = row.pk
        return replace(view, coding=number, seen=seen)


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
