"""Connect to a store, and say clearly when it is busy or not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from according.errors import StoreBusyError, StoreError, StoreMissingError

_LOCKED = ("55P03", "40001", "40P01")
_WRITES = "according_writes"


def read_url(store: str | Path) -> URL:
    """Turn what the user gives into a database URL.

    Args:
        store: Path of a SQLite file, or a URL (`sqlite:///…`, `postgresql://…`).

    Returns:
        The URL. `postgres://` is read as `postgresql://`, and psycopg 3 is the driver.

    Raises:
        StoreError: It is a URL of something else.

    Example:
        >>> read_url("news.db").drivername, read_url("postgres://team@db/news").drivername
        ('sqlite', 'postgresql+psycopg')
    """
    text = str(store)
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise StoreError(f"{text!r} is not a database URL.", hint="Give a file or postgresql://…") from error
    backend = url.get_backend_name()
    if backend in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(
            f"{backend!r} databases are not supported.", hint="Give a SQLite file or postgresql://…"
        )
    return url.set(drivername="sqlite")


def make_engine(url: URL, *, timeout_s: float = 10.0, create: bool = False) -> Engine:
    """Make the engine of a store.

    Args:
        url: What `read_url` gave.
        timeout_s: Seconds to wait for a busy database.
        create: Let a SQLite file that is not there be made.

    Raises:
        StoreMissingError: The SQLite file is not there.
        StoreError: The driver is not installed.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, timeout_s, create)
    try:
        engine = create_engine(
            url, connect_args={"connect_timeout": max(2, int(timeout_s))}, pool_pre_ping=True
        )
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            "the PostgreSQL driver is not installed.", hint="Install according[postgres]."
        ) from error

    @event.listens_for(engine, "connect")
    def _limit(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {int(timeout_s * 1000)}")
            # Pages count tens of thousands of rows: sorted in memory, by queries too short to compile.
            cursor.execute("SET work_mem = '64MB'")
            cursor.execute("SET jit = off")
        connection.commit()

    return engine


def _sqlite(url: URL, timeout_s: float, create: bool) -> Engine:
    path = url.database or ""
    if path not in {"", ":memory:"}:
        file = Path(path)
        if not create and not file.is_file():
            raise StoreMissingError(path)
        if not file.absolute().parent.is_dir():
            raise StoreMissingError(path, what="the folder does not exist")
    engine = create_engine(url, connect_args={"timeout": timeout_s, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # Transactions are begun by hand below: the driver's own begin too late for DDL and for reads.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-65536"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock at once: a reader that turns writer could never wait for one.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection to read with, in one consistent view.

    Raises:
        StoreBusyError: Another process held the database for too long.
        StoreError: The database cannot be reached or is damaged.
    """
    with clear_errors(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection to write with; all of it is kept, or nothing.

    Raises:
        StoreBusyError: Another process held the database for too long.
        StoreError: The database cannot be reached or is damaged.
    """
    with clear_errors(engine), engine.execution_options(**{_WRITES: True}).begin() as connection:
        yield connection


@contextmanager
def clear_errors(engine: Engine) -> Iterator[None]:
    """Turn the driver's errors into ours."""
    where = engine.url.render_as_string(hide_password=True)
    try:
        yield
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        if getattr(error.orig, "sqlstate", None) in _LOCKED or "database is locked" in reason:
            raise StoreBusyError(where) from error
        if isinstance(error, OperationalError) or "not a database" in reason or "malformed" in reason:
            raise StoreError(
                f"{where}: {reason}.", hint="Check the path or URL, and that the server runs."
            ) from error
        raise


def advisory_lock(number: int) -> str:
    """The statement that waits for a lock of PostgreSQL: one for each store, that is, each schema."""
    return f"SELECT pg_advisory_xact_lock({number}, hashtext(coalesce(current_schema(), '')))"
