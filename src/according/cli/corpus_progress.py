"""Show how far a run is: a bar with rate and time left, plain lines, or JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from according.cli.streams import tell

Notice = Callable[[int, int], None]

LINE_SECONDS = 10.0
"""How often a line is written where there is no terminal."""

JSON_SECONDS = 1.0
"""How often a JSON line is written."""

# One report a file; of other files nobody can tell without reading them.
_SINGLE = frozenset({".txt", ".text", ".html", ".htm", ".xhtml", ".docx", ".rtf", ".pdf"})
_LINES = frozenset({".jsonl", ".ndjson", ".jl"})


def estimate_reports(paths: list[str], *, skip: Path) -> int | None:
    """Tell about how many reports the paths hold, at a glance.

    Args:
        paths: Files and folders.
        skip: A folder that is not looked into: the output.

    Returns:
        Their number, or None if there are files whose number of reports only
        reading them would tell.
    """
    total = 0
    for path in paths:
        top = Path(path)
        if path == "-" or not top.exists():
            return None
        files = [top] if top.is_file() else [p for p in top.rglob("*") if p.is_file()]
        for file in files:
            if file != top and (
                file.is_relative_to(skip) or any(p.startswith(".") for p in file.relative_to(top).parts)
            ):
                continue
            suffix = file.suffix.lower()
            if suffix in _SINGLE:
                total += 1
            elif suffix in _LINES:
                total += _count_lines(file)
            elif file == top or suffix not in {".json", ".md", ""}:
                return None
    return total


def _count_lines(path: Path) -> int:
    try:
        with path.open("rb") as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(2**20), b""))
    except OSError:
        return 0


class Progress:
    """Counts reports and reckons rate and time left.

    The rate is that of this run; reports that an earlier run had coded come
    in at once and are left out of it.
    """

    def __init__(self, total: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self.total, self.done, self.aside = total, 0, 0
        self._clock = clock
        self._started = clock()
        self._first: float | None = None
        self._counted = 0

    def add(self, done: int, aside: int) -> None:
        """Count reports that are done, one or a kept part at a time."""
        self.done += done
        self.aside += aside
        if done == 1:
            self._counted += 1
            # The workers' loading is no part of the rate.
            self._first = self._clock() if self._first is None else self._first

    @property
    def rate(self) -> float:
        """Reports a second, 0 while that is not known."""
        if self._first is None or self._counted < 2:
            return 0.0
        return (self._counted - 1) / max(self._clock() - self._first, 1e-6)

    @property
    def seconds_left(self) -> float | None:
        """Seconds to the end, or None while they cannot be told."""
        if self.total is None or not self.rate or self.done > self.total:
            return None
        return (self.total - self.done) / self.rate

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return self._clock() - self._started

    def to_json(self) -> str:
        """One line for a program that watches."""
        left = self.seconds_left
        return json.dumps(
            {
                "done": self.done,
                "aside": self.aside,
                "total": self.total,
                "seconds": round(self.seconds, 1),
                "rate": round(self.rate, 2),
                "seconds_left": None if left is None else round(left),
            }
        )

    def __str__(self) -> str:
        of = f" of about {self.total:,}" if self.total is not None and self.total >= self.done else ""
        rate = f", {self.rate:.1f} a second" if self.rate else ""
        left = self.seconds_left
        more = "" if left is None else f", {_duration(left)} left"
        return f"{self.done:,}{of} reports, {self.aside:,} set aside{rate}{more}"


def _duration(seconds: float) -> str:
    """Say a length of time: "2 h 05 min", "3 min", "20 s"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


@contextmanager
def show_run(form: str, total: int | None) -> Iterator[Notice]:
    """Show progress on standard error while the block lasts.

    Args:
        form: "auto": a bar on a terminal, else a line now and then; "json": a
            line of JSON every second; "none".
        total: About how many reports there are, if that is known.
    """
    progress = Progress(total)
    if form == "none":
        yield progress.add
    elif form == "json":
        yield from _lines(progress, progress.to_json, JSON_SECONDS, last=True)
    elif sys.stderr.isatty():
        yield from _bar(progress)
    else:
        yield from _lines(progress, progress.__str__, LINE_SECONDS, last=False)


def _lines(progress: Progress, say: Callable[[], str], every: float, *, last: bool) -> Iterator[Notice]:
    told = time.monotonic()

    def notice(done: int, aside: int) -> None:
        nonlocal told
        progress.add(done, aside)
        if time.monotonic() - told >= every:
            told = time.monotonic()
            tell(say())

    yield notice
    if last:
        tell(say())


def _bar(progress: Progress) -> Iterator[Notice]:
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.description}"),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("loading", total=progress.total)

        def notice(done: int, aside: int) -> None:
            progress.add(done, aside)
            bar.update(task, completed=progress.done, description=str(progress))

        yield notice
