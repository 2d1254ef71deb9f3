"""Accounts of an event, and what became of commitments, from what is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, Connection, func, select

from according.corroborate import (
    AccountTable,
    Commitment,
    FoldIndex,
    Telling,
    match_commitments,
    tell_accounts,
)
from according.errors import NotStoredError
from according.records import CodedReport, Mention
from according.store import schema
from according.store.engine import reading
from according.store.filters import Filter, report_conditions
from according.store.load import slices
from according.store.queries import ReportQueries
from according.store.queries_events import EventQueries
from according.store.rows import unpack

_ROUNDS = 5


class AccountQueries(ReportQueries, EventQueries):
    """Who says what about an event, and what was promised."""

    def get_accounts(self, event: str) -> AccountTable:
        """Put the accounts of an event side by side.

        Args:
            event: Id of an event across reports, or of a mention in it.

        Raises:
            NotStoredError: There is none.
        """
        row, _ = self.get_event(self._find_event(event))
        reports = self._with_originals(row.event.reports)
        # Who copies whom is a matter between these reports and their originals alone.
        index = FoldIndex()
        for coded in reports.values():
            index.add(coded.report)
        index.refresh()
        return tell_accounts(row.event, reports, source_of=index.source_of, folds=index.folds())

    def list_commitments(self, wanted: Filter | None = None) -> tuple[Commitment, ...]:
        """List what was planned or promised for a day, and whether later reports say it was done.

        Args:
            wanted: Reports to look at, answers included; all if left out.
        """
        with reading(self.engine) as connection:
            conditions = report_conditions(connection, wanted or Filter())
            last = connection.execute(select(func.max(schema.reports.c.published)).where(*conditions))
            return match_commitments(
                _read_tellings(connection, wanted or Filter()),
                lambda ids: read_shown_mentions(connection, ids),
                last=last.scalar(),
            )

    def _find_event(self, name: str) -> str:
        e, m = schema.events.c, schema.mentions.c
        by_mention = select(e.id).join(schema.mentions, m.event_pk == e.pk).where(m.id == name, m.current)
        with reading(self.engine) as connection:
            found = connection.execute(select(e.id).where(e.id == name)).scalar()
            found = found or connection.execute(by_mention).scalar()
        if found is None:
            raise NotStoredError("event or mention", name)
        return str(found)

    def _with_originals(self, ids: tuple[str, ...]) -> dict[str, CodedReport]:
        """Give reports and those they copy from, and so on back."""
        c, r, f = schema.codings.c, schema.reports.c, schema.folds.c
        found: dict[str, CodedReport] = {}
        wanted = set(ids)
        with reading(self.engine) as connection:
            for _ in range(_ROUNDS):
                some = select(r.id, shown_record()).join(schema.codings, c.report_pk == r.pk)
                for row in connection.execute(some.where(r.id.in_(sorted(wanted)), c.current)):
                    found[row.id] = unpack(row.record)
                originals = select(f.original).where(f.copy.in_(sorted(wanted)), f.original.is_not(None))
                wanted = set(connection.scalars(originals)) - set(found)
                if not wanted:
                    break
        return found


def shown_record() -> ColumnElement[bytes]:
    """The packed report of a coding, with decisions in it."""
    c = schema.codings.c
    return func.coalesce(c.effective, c.record).label("record")


def _read_tellings(connection: Connection, wanted: Filter) -> Iterator[Telling]:
    m, r = schema.mentions.c, schema.reports.c
    query = select(m.pk, m.telling).where(m.current)
    conditions = report_conditions(connection, wanted)
    if wanted != Filter():
        query = query.where(m.report_pk.in_(select(r.pk).where(*conditions).correlate(None)))
    last = 0
    while rows := connection.execute(query.where(m.pk > last).order_by(m.pk).limit(5000)).all():
        last = rows[-1].pk
        yield from (Telling.from_json(row.telling) for row in rows)


def read_shown_mentions(connection: Connection, ids: Collection[str]) -> dict[str, Mention]:
    """Give mentions whole, with those beside them, as coding and decisions together have them."""
    c, m = schema.codings.c, schema.mentions.c
    found: dict[str, Mention] = {}
    for some in slices(sorted(ids), 500):
        codings = select(m.coding_pk).where(m.id.in_(some), m.current)
        for record in connection.scalars(select(shown_record()).where(c.pk.in_(codings))):
            found.update((mention.id, mention) for mention in unpack(record).mentions)
    return found
