"""What links mentions and finds copies, kept in the store: read as far as new reports touch it."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, false, func, insert, select, tuple_

from according.corroborate import CrossEvent, Fold, Telling
from according.corroborate.agencies import find_agency
from according.corroborate.shelf import Changes, Links, Rank, Shelf
from according.records import Report
from according.store import schema
from according.store.load import slices

_SLICE = 2000
_NO_DAY = date.max.toordinal()


class StoredShelf(Shelf):
    """The tables of a store, through one connection and so in one view."""

    def __init__(self, connection: Connection, fresh: Collection[str] = ()) -> None:
        """Begin.

        Args:
            connection: Where to read and write.
            fresh: Mentions of joined reports that are to be joined anew, as if the shelf had them not.
        """
        self._connection = connection
        self._fresh = frozenset(fresh)
        k, c = schema.link_keys.c, schema.codings.c
        self._nothing = (
            connection.execute(select(k.key).limit(1)).first() is None
            and connection.execute(select(c.pk).where(c.joined).limit(1)).first() is None
        )

    def read_blocks(self, keys: Collection[int]) -> Mapping[int, list[str]]:
        """Give the mentions behind block keys."""
        k, m = schema.link_keys.c, schema.mentions.c
        query = (
            select(k.key, m.id)
            .select_from(schema.link_keys)
            .join(schema.mentions, m.pk == k.mention_pk)
            .where(current(m.current))
        )
        found: dict[int, list[str]] = defaultdict(list)
        for row in self._some(query, k.key, keys):
            found[row.key].append(row.id)
        return found

    def read_tellings(self, ids: Collection[str]) -> Mapping[str, tuple[Telling, Links]]:
        """Give mentions that were joined, with their links."""
        m, c, e = schema.mentions.c, schema.codings.c, schema.links.c
        query = (
            select(m.pk, m.id, m.telling)
            .select_from(schema.mentions)
            .join(schema.codings, c.pk == m.coding_pk)
        )
        known = set(ids) - self._fresh
        rows = list(self._some(query.where(current(m.current), c.joined), m.id, known))
        names = {row.pk: row.id for row in rows}
        linked = select(e.one_pk, e.evidence, m.id).select_from(schema.links)
        linked = linked.join(schema.mentions, m.pk == e.two_pk).where(current(m.current))
        links: dict[str, dict[str, float]] = defaultdict(dict)
        for row in self._some(linked, e.one_pk, names):
            links[names[row.one_pk]][row.id] = row.evidence
        return {row.id: (Telling.from_json(row.telling), links[row.id]) for row in rows}

    def read_events(self, mentions: Collection[str]) -> Iterable[CrossEvent]:
        """Give the events that mentions are in."""
        m, e = schema.mentions.c, schema.events.c
        query = select(m.event_pk).where(current(m.current), m.event_pk.is_not(None)).distinct()
        pks = {row.event_pk for row in self._some(query, m.id, mentions)}
        for row in self._some(select(e.record), e.pk, pks):
            yield CrossEvent.model_validate_json(row.record)

    def read_mentions(self, reports: Collection[str]) -> Iterable[str]:
        """Give the mentions of reports that were joined."""
        m, r, c = schema.mentions.c, schema.reports.c, schema.codings.c
        query = select(m.id).select_from(schema.mentions).join(schema.reports, r.pk == m.report_pk)
        query = query.join(schema.codings, c.pk == m.coding_pk).where(current(m.current), c.joined)
        return [row.id for row in self._some(query, r.id, reports) if row.id not in self._fresh]

    def read_copies(self, keys: Collection[int]) -> Mapping[int, list[Rank]]:
        """Give the reports behind keys of word sequences."""
        k, c, r = schema.copy_keys.c, schema.codings.c, schema.reports.c
        query = select(k.key, r.id, r.published, r.publisher).select_from(schema.copy_keys)
        query = query.join(schema.codings, c.pk == k.coding_pk).join(schema.reports, r.pk == c.report_pk)
        found: dict[int, list[Rank]] = defaultdict(list)
        for row in self._some(query.where(current(c.current)), k.key, keys):
            day = row.published.toordinal() if row.published else _NO_DAY
            found[row.key].append((day, find_agency(row.publisher) is None, row.id))
        return found

    def read_reports(self, ids: Collection[str]) -> Iterable[Report]:
        """Give reports that were joined."""
        r, c = schema.reports.c, schema.codings.c
        query = (
            select(c.record)
            .select_from(schema.codings)
            .join(schema.reports, r.pk == c.report_pk)
            .where(current(c.current), c.joined)
        )
        for row in self._some(query, r.id, ids):
            yield unpack_report(row.record)

    def read_folds(self, copies: Collection[str]) -> Iterable[Fold]:
        """Give the folds of copies."""
        f = schema.folds.c
        for row in self._some(select(f.record).order_by(f.id), f.copy, copies):
            yield Fold.model_validate_json(row.record)

    def read_copiers(self, originals: Collection[str]) -> Iterable[str]:
        """Give the reports folded to others."""
        f = schema.folds.c
        return [row.copy for row in self._some(select(f.copy), f.original, originals)]

    def write(self, changes: Changes) -> None:
        """Keep what changed."""
        self._nothing = False
        mentions = {m for _, m in changes.blocks + changes.blocks_left}
        mentions |= {m for one, two, _ in changes.links for m in (one, two)}
        m, r, c = schema.mentions.c, schema.reports.c, schema.codings.c
        pks: dict[str, int] = {
            row.id: row.pk for row in self._some(select(m.id, m.pk).where(current(m.current)), m.id, mentions)
        }
        blocks = {(key, pks[i]) for key, i in changes.blocks}
        left = {(key, pks[i]) for key, i in changes.blocks_left}
        self._delete(schema.link_keys, left - blocks)
        _insert(self._connection, schema.link_keys, sorted(blocks - left))
        pairs = [(pks[one], pks[two], total) for one, two, total in changes.links]
        _insert(self._connection, schema.links, sorted(pairs + [(two, one, t) for one, two, t in pairs]))
        names = {rank[-1] for _, rank in changes.copies} | {i for _, i in changes.copies_left}
        query = (
            select(r.id, c.pk)
            .select_from(schema.reports)
            .join(schema.codings, c.report_pk == r.pk)
            .where(current(c.current))
        )
        codings: dict[str, int] = {row.id: row.pk for row in self._some(query, r.id, names)}
        copies = {(key, codings[rank[-1]]) for key, rank in changes.copies}
        left = {(key, codings[i]) for key, i in changes.copies_left}
        self._delete(schema.copy_keys, left - copies)
        _insert(self._connection, schema.copy_keys, sorted(copies - left))

    def _delete(self, table: Table, rows: Collection[tuple[int, int]]) -> None:
        columns = tuple(table.primary_key.columns)
        for some in slices(sorted(rows), _SLICE):
            self._connection.execute(delete(table).where(tuple_(*columns).in_(some)))

    def _some(self, query: Any, column: Any, values: Iterable[Any]) -> Iterator[Any]:
        """Ask for rows with these values, so many at a time."""
        for some in () if self._nothing else slices(sorted(values), _SLICE):
            yield from self._connection.execute(query.where(column.in_(some)))


def current(flag: ColumnElement[bool]) -> ColumnElement[bool]:
    """Ask for current rows without the indexes that begin with that flag.

    Without statistics SQLite takes such an index for as good as one on ids, and reads the whole table.
    """
    return func.coalesce(flag, false())


def unpack_report(record: bytes) -> Report:
    """Give the report of a packed coding, without reading the coding itself."""
    return Report.model_validate(json.loads(zlib.decompress(record))["report"])


def _insert(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert many small rows; PostgreSQL takes them as arrays, which is many times faster."""
    names = [column.name for column in table.columns]
    for some in slices(list(rows), 20_000):
        if connection.dialect.name != "postgresql":
            connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in some])
            continue
        arrays = ", ".join(
            f"%({column.name})s::{column.type.compile(connection.dialect)}[]" for column in table.columns
        )
        sql = f"INSERT INTO {table.name} ({', '.join(names)}) SELECT * FROM unnest({arrays})"
        values = dict(zip(names, map(list, zip(*some, strict=True)), strict=True))
        connection.exec_driver_sql(sql, values)
