"""Make the tables of a store and bring an older store up to date."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from according.errors import SchemaVersionError
from according.store.engine import advisory_lock, reading, writing


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(files("according").joinpath("store", "migrations")))


def newest_version() -> str:
    """Give the version of the tables that this package works with."""
    return _scripts().get_current_head() or ""


def read_version(engine: Engine) -> str | None:
    """Give the version of the tables in a store, or None if it has none.

    Args:
        engine: Where the store is.
    """
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine, to: str | None = None) -> tuple[str | None, str]:
    """Bring the tables to the newest version, all of the way or not at all.

    Args:
        engine: Where the store is.
        to: An older version to stop at, such as a test begins with.

    Returns:
        Versions before and after.

    Raises:
        SchemaVersionError: The store was made by a newer package.
        StoreBusyError: Another process is writing.
    """
    scripts = _scripts()
    head = to or newest_version()
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            # Two processes may both find an empty database; the second waits here.
            connection.exec_driver_sql(advisory_lock(7215301))
        found = MigrationContext.configure(connection).get_current_revision()
        if found is not None and found not in {s.revision for s in scripts.walk_revisions()}:
            raise SchemaVersionError(
                engine.url.render_as_string(hide_password=True), found=found, expected=head
            )
        if found != head:
            _upgrade(connection, scripts, head)
    return found, head


def check_version(engine: Engine) -> None:
    """Make sure that the tables are those this package works with.

    Raises:
        SchemaVersionError: They are not.
    """
    found, expected = read_version(engine), newest_version()
    if found != expected:
        raise SchemaVersionError(
            engine.url.render_as_string(hide_password=True), found=found, expected=expected
        )


def _upgrade(connection: Connection, scripts: ScriptDirectory, to: str) -> None:
    def steps(revision: Any, _context: Any) -> Any:
        return scripts._upgrade_revs(to, revision)

    with EnvironmentContext(Config(), scripts, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
