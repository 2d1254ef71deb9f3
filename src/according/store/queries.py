"""Reports and mentions: lists, whole records, facets, search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from according.errors import NotStoredError
from according.records import CodedReport, Span
from according.store import schema
from according.store.base import PAGE, Page, StoreBase, after, check_limit, write_cursor
from according.store.engine import reading
from according.store.filters import Filter, mention_conditions, report_conditions
from according.store.query_rows import CodingRow as CodingRow
from according.store.query_rows import CountRow as CountRow
from according.store.query_rows import MentionRow as MentionRow
from according.store.query_rows import PartyRow as PartyRow
from according.store.query_rows import ReportRow as ReportRow
from according.store.rows import unpack

MentionOrder = Literal["day", "published", "score", "score-down"]


class ReportQueries(StoreBase):
    """Questions about reports."""

    def list_reports(
        self, wanted: Filter | None = None, *, limit: int = PAGE, cursor: str | None = None
    ) -> Page[ReportRow]:
        """List reports, latest published first.

        Args:
            wanted: Which; all if left out.
            limit: At most so many, up to 500.
            cursor: `next` of the page before.

        Raises:
            SearchQueryError: The cursor, the limit or the words searched for are no such thing.
        """
        with reading(self.engine) as connection:
            r, c = schema.reports.c, schema.codings.c
            query = (
                select(
                    r.pk, r.id, r.title, r.publisher, r.published, r.published_inferred, r.url,
                    c.mention_count, c.statement_count, schema.coders.c.name,
                    func.substr(r.text, 1, 200).label("start"), r.sort_day,
                )
                .join(schema.codings, and_(c.report_pk == r.pk, c.current))
                .join(schema.coders, schema.coders.c.pk == c.coder_pk)
                .where(*report_conditions(connection, wanted or Filter()))
            )  # fmt: skip
            query = after(query, r.sort_day, r.pk, cursor, rising=False).limit(check_limit(limit) + 1)
            rows = connection.execute(query).all()
        items = tuple(ReportRow(*row[:11]) for row in rows[:limit])
        end = write_cursor(rows[limit - 1].sort_day, rows[limit - 1].pk) if len(rows) > limit else None
        return Page(items, end)

    def count_reports(self, wanted: Filter | None = None) -> int:
        """Count reports."""
        wanted = wanted or Filter()

        def make(connection: Connection) -> int:
            query = select(func.count()).select_from(schema.reports)
            return int(connection.execute(query.where(*report_conditions(connection, wanted))).scalar_one())

        return self._cached(("count_reports", wanted), make)

    def count_fitting(self, reports: Sequence[str], wanted: Filter) -> dict[str, int]:
        """Count the mentions of some reports that fit; reports without one are left out.

        Args:
            reports: Ids of reports.
            wanted: Which mentions.
        """
        m, r = schema.mentions.c, schema.reports.c
        with reading(self.engine) as connection:
            pks = {row.pk: row.id for row in connection.execute(
                select(r.pk, r.id).where(r.id.in_(reports), r.current)
            )}  # fmt: skip
            query = select(m.report_pk, func.count().label("number")).where(m.report_pk.in_(list(pks)))
            query = query.where(*mention_conditions(connection, wanted, about_report=False))
            rows = connection.execute(query.group_by(m.report_pk))
            return {pks[row.report_pk]: row.number for row in rows}

    def get_report(self, report_id: str, *, coding: int | None = None, decided: bool = False) -> CodedReport:
        """Give a report with everything that was found in it, just as it was loaded.

        Args:
            report_id: Id of the report.
            coding: Number of one of its codings (`list_codings`); the current one if left out.
            decided: Put people's decisions in, as lists and events show them.

        Raises:
            NotStoredError: There is no such report or coding.
        """
        c, r = schema.codings.c, schema.reports.c
        record = func.coalesce(c.effective, c.record) if decided else c.record
        query = select(record).join(schema.reports, r.pk == c.report_pk).where(r.id == report_id)
        query = query.where(c.current) if coding is None else query.where(c.pk == coding)
        with reading(self.engine) as connection:
            found = connection.execute(query).scalar()
        if found is None:
            raise NotStoredError("report" if coding is None else f"coding {coding} of report", report_id)
        return unpack(found)

    def list_codings(self, report_id: str) -> tuple[CodingRow, ...]:
        """List all codings of a report, latest first."""
        c, r, k = schema.codings.c, schema.reports.c, schema.coders.c
        query = (
            select(c.pk, k.name, c.current, c.loaded_at, c.mention_count, r.hash)
            .join(schema.reports, r.pk == c.report_pk)
            .join(schema.coders, k.pk == c.coder_pk)
            .where(r.id == report_id)
            .order_by(c.pk.desc())
        )
        with reading(self.engine) as connection:
            return tuple(CodingRow(*row) for row in connection.execute(query))

    def iter_reports(
        self, wanted: Filter | None = None, *, coder: str | None = None
    ) -> Iterator[CodedReport]:
        """Go through whole coded reports in the order they were loaded.

        Args:
            wanted: Which; all if left out.
            coder: Name of a coder version; the latest codings of it, just as they were loaded, instead
                of what the current ones and decisions together have.
        """
        c, r, k = schema.codings.c, schema.reports.c, schema.coders.c
        last = 0
        while True:
            with reading(self.engine) as connection:
                record: ColumnElement[bytes] = (
                    func.coalesce(c.effective, c.record) if coder is None else c.record
                )
                query = select(c.pk, record.label("record")).join(schema.reports, r.pk == c.report_pk)
                if coder is None:
                    query = query.where(c.current)
                else:
                    newest = (
                        select(func.max(c.pk))
                        .join(schema.coders, k.pk == c.coder_pk)
                        .where(k.name == coder)
                        .group_by(c.report_pk)
                    )
                    query = query.where(c.pk.in_(newest.correlate(None)))
                query = query.where(*report_conditions(connection, wanted or Filter()))
                rows = connection.execute(query.where(c.pk > last).order_by(c.pk).limit(100)).all()
            if not rows:
                return
            last = rows[-1].pk
            for row in rows:
                yield unpack(row.record)


class MentionQueries(StoreBase):
    """Questions about mentions."""

    def list_mentions(
        self,
        wanted: Filter | None = None,
        *,
        order: MentionOrder = "day",
        limit: int = PAGE,
        cursor: str | None = None,
    ) -> Page[MentionRow]:
        """List mentions, as the current codings and decisions together have them.

        Args:
            wanted: Which; all if left out.
            order: `day` latest first (the day of publication stands in where there is
                none, for the order only), `published` latest first, `score` lowest
                first (a queue for review), `score-down` highest first.
            limit: At most so many, up to 500.
            cursor: `next` of the page before, in the same order.

        Raises:
            SearchQueryError: The cursor, the limit or the words searched for are no such thing.
        """
        m = schema.mentions.c
        key = _order_key(order)
        with reading(self.engine) as connection:
            query = _select_mentions().add_columns(key.label("at"))
            query = query.where(*mention_conditions(connection, wanted or Filter()))
            query = after(query, key, m.pk, cursor, rising=order == "score").limit(check_limit(limit) + 1)
            rows = connection.execute(query).all()
            items = read_mentions(connection, rows[:limit])
        end = write_cursor(rows[limit - 1].at, rows[limit - 1].pk) if len(rows) > limit else None
        return Page(items, end)

    @staticmethod
    def read_page(
        connection: Connection, conditions: Sequence[Any], order: MentionOrder, limit: int
    ) -> tuple[MentionRow, ...]:
        """Give the first mentions that meet conditions on their table, in an order."""
        m = schema.mentions.c
        key = _order_key(order)
        query = after(_select_mentions().where(*conditions), key, m.pk, None, rising=order == "score")
        return read_mentions(connection, connection.execute(query.limit(limit)).all())

    def iter_mentions(self, wanted: Filter | None = None) -> Iterator[MentionRow]:
        """Go through mentions, latest day first."""
        cursor = None
        while True:
            page = self.list_mentions(wanted, limit=500, cursor=cursor)
            yield from page.items
            cursor = page.next
            if cursor is None:
                return

    def count_mentions(self, wanted: Filter | None = None) -> int:
        """Count mentions."""
        wanted = wanted or Filter()

        def make(connection: Connection) -> int:
            query = select(func.count()).select_from(schema.mentions)
            return int(connection.execute(query.where(*mention_conditions(connection, wanted))).scalar_one())

        return self._cached(("count_mentions", wanted), make)

    def find_mentions(self, ids: Sequence[str], *, coded: bool = False) -> tuple[MentionRow, ...]:
        """Give those of some mentions that are there.

        Args:
            ids: Their ids, up to 500.
            coded: As the current codings have them, without the decisions.
        """
        if not ids:
            return ()
        with reading(self.engine) as connection:
            conditions = mention_conditions(connection, Filter(id=tuple(ids)), coded=coded)
            return self.read_page(connection, conditions, "score", check_limit(len(ids)))

    def get_mention(self, mention_id: str, *, coded: bool = False) -> MentionRow:
        """Give one mention.

        Args:
            mention_id: Its id.
            coded: As the current coding has it, without the decisions.

        Raises:
            NotStoredError: There is none, or a decision took it out.
        """
        found = self.find_mentions((mention_id,), coded=coded)
        if not found:
            raise NotStoredError("mention", mention_id)
        return found[0]


def _order_key(order: MentionOrder) -> ColumnElement[Any]:
    m = schema.mentions.c
    if order == "published":
        return schema.reports.c.sort_day
    return m.sort_day if order == "day" else m.score


def _select_mentions() -> Select[Any]:
    m, r, e = schema.mentions.c, schema.reports.c, schema.events.c
    return (
        select(schema.mentions, r.id.label("report_id"), r.title, e.id.label("event_id"))
        .join(schema.reports, r.pk == m.report_pk)
        .outerjoin(schema.events, e.pk == m.event_pk)
    )


def mentions_of_event(connection: Connection, event_pk: int) -> tuple[MentionRow, ...]:
    """Give the mentions of an event, first published first."""
    m = schema.mentions.c
    query = _select_mentions().where(m.event_pk == event_pk, m.current)
    return read_mentions(
        connection, connection.execute(query.order_by(schema.reports.c.sort_day, m.pk)).all()
    )


def read_mentions(connection: Connection, rows: Sequence[Any]) -> tuple[MentionRow, ...]:
    """Put mentions together with their people, speakers and counts."""
    people: dict[int, dict[str, list[PartyRow]]] = defaultdict(lambda: defaultdict(list))
    counts: dict[int, dict[str, CountRow]] = defaultdict(dict)
    p, a, k, x = schema.participants.c, schema.attributions.c, schema.counts.c, schema.actors.c
    pks = [row.pk for row in rows]
    if pks:
        joined = select(p.mention_pk, p.side, p.name, p.words, x.id, p.country, p.sectors)
        joined = joined.outerjoin(schema.actors, x.pk == p.actor_pk).where(p.mention_pk.in_(pks))
        for row in connection.execute(joined.order_by(p.pk)):
            people[row.mention_pk][row.side].append(PartyRow(*row[2:6], tuple(row.sectors.split())))
        said = select(a.mention_pk, a.name, a.words, x.id, x.country, x.sectors, a.stance, a.cue_words)
        said = said.outerjoin(schema.actors, x.pk == a.actor_pk).where(a.mention_pk.in_(pks))
        for link in connection.execute(said.order_by(a.pk)):
            sectors = tuple((link.sectors or "").split())
            who = (link.name or "?", link.words, link.id, link.country, sectors, link.stance, link.cue_words)
            people[link.mention_pk]["speaker"].append(PartyRow(*who))
        for told in connection.execute(
            select(k.mention_pk, k.name, k.low, k.high, k.words).where(k.mention_pk.in_(pks)).order_by(k.pk)
        ):
            counts[told.mention_pk][told.name] = CountRow(told.low, told.high, told.words)
    return tuple(_mention(row, people[row.pk], counts[row.pk]) for row in rows)


def _mention(row: Any, people: dict[str, list[PartyRow]], counts: dict[str, CountRow]) -> MentionRow:
    return MentionRow(
        pk=row.pk,
        id=row.id,
        report=row.report_id,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        event=row.event_id,
        type=row.type,
        mode=row.mode,
        quad=row.quad,
        contexts=tuple(row.contexts.split()),
        factuality=row.factuality,
        trigger=Span(start=row.trigger_start, end=row.trigger_end, text=row.trigger_words),
        clause=Span(start=row.clause_start, end=row.clause_end, text=row.clause_words),
        actors=tuple(people["actor"]),
        recipients=tuple(people["recipient"]),
        speakers=tuple(people["speaker"]),
        first_day=None if row.day_open == "from" else row.first_day,
        last_day=None if row.day_open == "to" else row.last_day,
        place=row.place,
        country=row.country,
        lat=row.lat,
        lon=row.lon,
        precision=row.precision,
        counts=counts,
        score=row.score,
        rule=row.rule,
    )
