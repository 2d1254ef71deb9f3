"""Count what the first pages show before anybody asks, whenever the store changed and is at rest."""

from __future__ import annotations

from threading import Event, Thread

from according.errors import AccordingError
from according.store import Store
from according.workbench.charts import KINDS, make_chart
from according.workbench.lists import count_facets
from according.workbench.pages_charts import make_bundle
from according.workbench.selection import Selection

PAUSE_S = 2.0
"""Seconds between two looks; a store that changed between them is not at rest."""


class Warmer:
    """Looks at a store from time to time.

    Example:
        >>> import tempfile
        >>> from according.store import open_store
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with open_store(f"{folder}/news.db", create=True) as store:
        ...         warmer = Warmer(store)
        ...         warmer.look(), warmer.look(), warmer.look()
        (False, True, False)
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: str | None = None
        self._warmed: str | None = None
        self._stopped = Event()
        self._thread = Thread(target=self._run, daemon=True, name="warmer")

    def start(self) -> None:
        """Look until it is stopped."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more, and wait for the look that is under way."""
        self._stopped.set()
        self._thread.join()

    def look(self) -> bool:
        """Count if the store changed since it was last counted and did not since the last look."""
        state = self._store.generation()
        at_rest, self._seen = state == self._seen, state
        if not at_rest or state == self._warmed:
            return False
        for count in (self._store.count_reports, self._store.count_events, self._store.count_commitments):
            count()
        self._store.count_actors()
        count_facets(self._store, Selection(), "events")
        count_facets(self._store, Selection(), "reports")
        for kind in KINDS:
            make_chart(kind, self._store, Selection())
        self._warmed = state
        return True

    def _run(self) -> None:
        make_bundle()
        while not self._stopped.wait(PAUSE_S):
            try:
                self.look()
            except AccordingError:
                continue  # busy or away; whoever asks for a page is told
