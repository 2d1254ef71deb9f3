"""The store: open one, load into it, ask it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine

from according.errors import StoreBusyError
from according.records import CodedReport
from according.store.base import StoreBase
from according.store.diff import Diffs
from according.store.engine import make_engine, read_url
from according.store.events import StoredEvents
from according.store.judgements import Judgements
from according.store.load import BATCH, CoderVersion, Loaded, load_reports
from according.store.migrate import check_version, migrate
from according.store.people import People
from according.store.queries_actors import ActorQueries
from according.store.queries_charts import ChartQueries, CommitmentQueries
from according.store.queries_commitments import StoredCommitments
from according.store.queries_facets import FacetQueries
from according.store.reviewing import Reviewing
from according.store.search import Search
from according.store.settling import apply_decisions
from according.store.tables import Tables
from according.store.upkeep import Upkeep

DEFAULT_STORE = "according.db"
_MANY = 200
_SHARE = 20
"""When so many reports are joined at once, and one in so many, the database looks at its tables anew."""


class Store(
    Tables,
    StoredCommitments,
    Judgements,
    Reviewing,
    CommitmentQueries,
    ActorQueries,
    ChartQueries,
    FacetQueries,
    Search,
    Diffs,
    People,
    Upkeep,
    StoreBase,
):
    """An open store. Make one with `open_store`; it may be used from several threads."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._events = StoredEvents(engine)

    def load(
        self,
        coded: Iterable[CodedReport],
        coder: CoderVersion | str | None = None,
        *,
        join: bool = True,
        batch: int = BATCH,
        watch: Callable[[Loaded], None] | None = None,
    ) -> Loaded:
        """Load coded reports and join their mentions to events across reports.

        A report that is there with this coding is passed over, so a load that
        was stopped is simply run again.

        Args:
            coded: Reports with what was found in them.
            coder: What coded them; this package's version if left out.
            join: Make the events at the end. Later loads, or `join_events`, make up for it.
            batch: Reports a transaction takes.
            watch: Is told after each transaction.

        Raises:
            StoreBusyError: Another process is writing and did not finish in time.
        """
        if not isinstance(coder, CoderVersion):
            coder = CoderVersion(coder) if coder else this_coder()
        loaded = load_reports(self.engine, coded, coder, batch=batch, watch=watch, finish=apply_decisions)
        if join:
            self.join_events()
        return loaded

    def join_events(self, watch: Callable[[int], None] | None = None) -> int:
        """Join what was loaded and not joined yet to events across reports.

        Args:
            watch: Is told how many reports are joined, from time to time.

        Returns:
            How many events are new or have changed.
        """
        waiting = self.count_waiting()
        changed = self._events.join(watch)
        self.keep_commitments()
        if waiting >= _MANY and waiting * _SHARE >= self.count_reports():
            with suppress(StoreBusyError):
                self.optimise()
        return changed

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def this_coder() -> CoderVersion:
    """Name the coder that this package is, with its own codebook and language model."""
    from according import __version__

    return CoderVersion(f"according {__version__}", package=__version__)


def open_store(
    store: str | Path | None = None, *, create: bool = False, timeout_s: float = 10.0, check: bool = True
) -> Store:
    """Open a store.

    Args:
        store: Path of a SQLite file, or a URL (`sqlite:///…`, `postgresql://…`). If
            left out, the environment variable ACCORDING_STORE, else `according.db`.
        create: Make the file and the tables if they are not there, and bring older tables up to date.
        timeout_s: Seconds to wait for a busy database.
        check: Make sure that the tables are those this package works with.

    Raises:
        StoreMissingError: There is no such file.
        SchemaVersionError: The tables are of another version.
        StoreBusyError: Another process is writing.
        StoreError: The database cannot be reached.

    Example:
        >>> import tempfile
        >>> from according.records import CodedReport, Report
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with open_store(f"{folder}/news.db", create=True) as store:
        ...         loaded = store.load([CodedReport(report=Report(id="r1", text="A truce holds."))])
        ...         found = [hit.id for hit in store.search("truce").items]
        >>> loaded.added, found
        (1, ['r1'])
    """
    url = read_url(store or os.environ.get("ACCORDING_STORE") or DEFAULT_STORE)
    engine = make_engine(url, timeout_s=timeout_s, create=create)
    try:
        if create:
            before, after = migrate(engine)
            if before not in (None, after):
                StoredEvents(engine).show_decisions()
        elif check:
            check_version(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)
