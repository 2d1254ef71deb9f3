"""Look after a store: what is in it, is it sound, make a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, func, select, text

from according.errors import StoreError
from according.store import schema
from according.store.base import StoreBase
from according.store.columns import ROW_BITS
from according.store.engine import clear_errors, reading, writing
from according.store.migrate import newest_version, read_version
from according.store.rows import hash_coding, unpack
from according.store.settling import HALF
from according.verify import find_mismatches

_COUNTED: tuple[Table, ...] = (
    schema.reports, schema.codings, schema.coders, schema.mentions, schema.statements, schema.actors,
    schema.events, schema.folds, schema.skipped, schema.issues, schema.judgements, schema.users,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Info:
    """What a store holds.

    Attributes:
        where: Path or URL, without password.
        version: Version of its tables.
        newest: Version this package works with.
        rows: Rows by table.
        current_mentions: Mentions of current codings.
        waiting: Codings that are not joined to events yet.
        size: Bytes on disk, as the database counts them.
    """

    where: str
    version: str | None
    newest: str
    rows: dict[str, int]
    current_mentions: int
    waiting: int
    size: int


class Upkeep(StoreBase):
    """Looking after a store."""

    def info(self) -> Info:
        """Tell what the store holds."""
        m = schema.mentions.c
        with reading(self.engine) as connection:
            rows = {t.name: _count(connection, t) for t in _COUNTED}
            current = connection.execute(select(func.count()).select_from(schema.mentions).where(m.current))
            mentions = int(current.scalar_one())
            size = (
                "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
                if self.dialect == "sqlite"
                else "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class"
                " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
            )
            total = int(connection.execute(text(size)).scalar_one())
        where = self.engine.url.render_as_string(hide_password=True)
        waiting = self.count_waiting()
        return Info(where, read_version(self.engine), newest_version(), rows, mentions, waiting, total)

    def count_waiting(self) -> int:
        """Count the codings that are not joined to events yet."""
        c = schema.codings.c
        query = select(func.count()).select_from(schema.codings).where(c.current, ~c.joined)
        with reading(self.engine) as connection:
            return int(connection.execute(query).scalar_one())

    def optimise(self) -> None:
        """Let the database count what its tables hold, so that it finds the shortest way to an answer."""
        if self.dialect == "sqlite":
            with writing(self.engine) as connection:
                connection.exec_driver_sql("ANALYZE")
            return
        # Only where no row is left over from a change does PostgreSQL answer from an index alone.
        with clear_errors(self.engine), self.engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            alone.exec_driver_sql(f"VACUUM (ANALYZE, SKIP_LOCKED) {', '.join(schema.metadata.tables)}")

    def check(self) -> Iterator[str]:
        """Go through everything and tell what is wrong; nothing comes out of a sound store."""
        with reading(self.engine) as connection:
            if self.dialect == "sqlite":
                yield from (
                    str(r[0]) for r in connection.execute(text("PRAGMA integrity_check")) if r[0] != "ok"
                )
                broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                yield from (f"{r[0]}: row {r[1]} points at a row of {r[2]} that is not there" for r in broken)
            yield from _check_current(connection)
            yield from _check_records(connection)
            yield from _check_events(connection)

    def backup(self, target: Path) -> int:
        """Copy the store into a file while others go on using it.

        Args:
            target: A SQLite file for a SQLite store; for PostgreSQL an archive that `pg_restore` reads.
                It must not be there yet, and appears only when complete.

        Returns:
            Its size in bytes.

        Raises:
            StoreError: The file is there, cannot be written, or `pg_dump` is not installed or fails.
        """
        if target.exists():
            raise StoreError(f"{target}: the file is there already.", hint="Give another name.")
        try:
            handle, name = tempfile.mkstemp(dir=target.absolute().parent, prefix=f".{target.name}.")
        except OSError as error:
            raise StoreError(f"{target}: {error.strerror}.", hint="Check the path.") from error
        os.close(handle)
        part = Path(name)
        try:
            if self.dialect == "sqlite":
                part.unlink()
                self._copy_sqlite(part)
            else:
                self._dump_postgres(part)
            part.replace(target)
        finally:
            with suppress(OSError):
                part.unlink()
        return target.stat().st_size

    def _copy_sqlite(self, part: Path) -> None:
        with reading(self.engine) as connection:
            # VACUUM cannot run inside a transaction; the driver's own connection is in none.
            cursor = connection.connection.cursor()
            cursor.execute("VACUUM INTO ?", (str(part),))
            cursor.close()

    def _dump_postgres(self, part: Path) -> None:
        dump = shutil.which("pg_dump")
        if dump is None:
            raise StoreError("pg_dump is not installed.", hint="Install PostgreSQL's client programs.")
        url = self.engine.url.set(drivername="postgresql")
        environment = {**os.environ, **({"PGPASSWORD": url.password} if url.password else {})}
        plain = url.set(password=None, query={}).render_as_string(hide_password=False)
        schemas = _search_path(self)
        command = [dump, "--format=custom", f"--file={part}", *(f"--schema={s}" for s in schemas), plain]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise StoreError(f"pg_dump failed: {' '.join(ran.stderr.split())}.")


def _search_path(store: StoreBase) -> list[str]:
    with reading(store.engine) as connection:
        return [str(connection.execute(text("SELECT current_schema()")).scalar_one())]


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _check_current(connection: Connection) -> Iterator[str]:
    c, r = schema.codings.c, schema.reports.c
    query = select(r.id, func.count(c.pk).label("number")).outerjoin(
        schema.codings, (c.report_pk == r.pk) & c.current
    )
    for row in connection.execute(query.group_by(r.id).having(func.count(c.pk) != 1)):
        yield f"report {row.id}: {row.number} current codings, not one"


def _check_records(connection: Connection) -> Iterator[str]:
    c, m, r = schema.codings.c, schema.mentions.c, schema.reports.c
    own = m.pk % (1 << ROW_BITS) < HALF
    numbers = select(m.coding_pk, func.count().label("number")).where(own).group_by(m.coding_pk)
    stored: dict[int, int] = {row.coding_pk: row.number for row in connection.execute(numbers)}
    numbers = select(m.coding_pk, func.count().label("number")).where(m.current).group_by(m.coding_pk)
    shown: dict[int, int] = {row.coding_pk: row.number for row in connection.execute(numbers)}
    query = select(c.pk, c.hash, c.record, c.effective, c.current, c.mention_count, r.id).join(
        schema.reports, r.pk == c.report_pk
    )
    last = 0
    while rows := connection.execute(query.where(c.pk > last).order_by(c.pk).limit(100)).all():
        last = rows[-1].pk
        for row in rows:
            where = f"coding {row.pk} of report {row.id}"
            try:
                coded = unpack(row.record)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with the bytes is what is reported
                yield f"{where}: the record cannot be read ({type(error).__name__})"
                continue
            if hash_coding(coded) != row.hash:
                yield f"{where}: the record is not the one that was loaded"
            if len(coded.mentions) != stored.get(row.pk, 0):
                yield f"{where}: the table has {stored.get(row.pk, 0)} of {len(coded.mentions)} mentions"
            if row.current and row.mention_count != shown.get(row.pk, 0):
                yield f"{where}: {shown.get(row.pk, 0)} of {row.mention_count} mentions are shown"
            if row.effective is not None:
                yield from (
                    f"{where}, decided on: {place}: {what}"
                    for place, what in find_mismatches(unpack(row.effective))
                )
            yield from (f"{where}: {place}: {what}" for place, what in find_mismatches(coded))


def _check_events(connection: Connection) -> Iterator[str]:
    e, m = schema.events.c, schema.mentions.c
    if connection.execute(select(schema.loose_ends.c.id).limit(1)).first() is not None:
        return  # what is stale will be looked at again by the next load
    lost = select(func.count()).select_from(schema.mentions)
    gone = connection.execute(
        lost.where(m.event_pk.is_not(None), m.event_pk.not_in(select(e.pk)))
    ).scalar_one()
    if gone:
        yield f"{gone} mentions are of an event that is not there"
    inside = select(m.event_pk, func.count().label("number")).where(m.current).group_by(m.event_pk).subquery()
    query = select(e.id, e.mention_count, inside.c.number).outerjoin(inside, inside.c.event_pk == e.pk)
    for row in connection.execute(query.where(func.coalesce(inside.c.number, 0) != e.mention_count)):
        yield f"event {row.id}: {row.mention_count} mentions, but {row.number or 0} point at it"
