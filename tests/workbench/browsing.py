"""A served workbench and what is measured in the pages of a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from according.store import Store
from according.workbench.app import create_app
from according.workbench.server import open_socket
from according.workbench.settings import Settings

WAIT_MS = 120_000
"""A busy machine may take long; what is waited for comes sooner as a rule."""

SHOTS = Path(__file__).parents[1] / "artefacts" / "workbench"


@contextmanager
def serving(store: Store) -> Iterator[str]:
    """Serve a store on a free port; the port is open at once, and whoever asks waits for the server."""
    import uvicorn

    settings = Settings("test", port=0)
    listening = open_socket(settings)
    config = uvicorn.Config(create_app(store, settings), log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(30)
    listening.close()


class Visits:
    """Opens windows of one browser on one address, and takes down what they complain of.

    Attributes:
        problems: What the console said, what a report's script tried, what was fetched from elsewhere.
    """

    def __init__(self, chromium: Any, address: str) -> None:
        self.problems: list[str] = []
        self._chromium, self._address = chromium, address
        self._windows: list[Any] = []

    def __call__(self, *, wide: int = 1280, script: bool = True, theme: str = "light") -> Any:
        """Open a window."""
        context = self._chromium.new_context(
            viewport={"width": wide, "height": 800},
            color_scheme=theme,
            java_script_enabled=script,
            base_url=self._address,
        )
        self._windows.append(context)
        context.set_default_timeout(WAIT_MS)
        page = context.new_page()
        page.script = script
        page.on("console", self._listen)
        page.on("pageerror", lambda e: self.problems.append(str(e)))
        page.on("dialog", lambda d: (self.problems.append(d.message), d.dismiss()))
        page.on("request", self._watch)
        return page

    def expect(self, status: int) -> None:
        """Forget that pages were answered with this status: the test asked for it."""
        self.problems[:] = [p for p in self.problems if f"status of {status}" not in p]

    def close(self) -> None:
        """Close all windows."""
        for context in self._windows:
            context.close()

    def _listen(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(message.text)

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self._address, "blob:", "data:")):
            self.problems.append(request.url)
