"""A served workbench and what is measured in the pages of a real browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from according.store import Store
from according.workbench.app import create_app
from according.workbench.server import open_socket
from according.workbench.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IN_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
WAIT_MS = 120_000
"""A busy machine may take long; what is waited for comes sooner as a rule."""

SHOTS = Path(__file__).parents[1] / "artefacts" / "workbench"
CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (c) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = (c) => { const [r, g, b] = rgb(c).map((v) => { v /= 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126*r + 0.7152*g + 0.0722*b; };
  const back = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (rgb(c)[3] > 250) return c; } return 'rgb(255,255,255)'; };
  return [...document.querySelectorAll(
      'p,dt,dd,td,th,h1,h2,a,label,li,button,.seg,code,summary,footer,.words,.chip,.soft')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.textContent.trim()
      && !e.classList.contains('skip'))
    .map((e) => { const a = light(getComputedStyle(e).color), b = light(back(e));
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.outerHTML.slice(0, 90)]; })
    .filter(([ratio]) => ratio < 4.5); }"""

UNNAMED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a')]
  .filter((e) => !(e.labels && e.labels.length) && !e.getAttribute('aria-label') && !e.textContent.trim())
  .map((e) => e.outerHTML.slice(0, 90))"""


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
