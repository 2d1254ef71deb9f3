"""What commands write for people: messages and progress, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Counter(Protocol):
    """Something that counts reports done, for people to watch."""

    def __call__(self, done: int, aside: int) -> None:
        """Show how many reports are done and how many of them were set aside."""


def tell(message: str) -> None:
    """Write a line on standard error."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def fail(message: str) -> None:
    """Write an error on standard error."""
    tell(f"according: {message}")


@contextmanager
def progress() -> Iterator[Counter]:
    """Show progress on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, aside: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("loading")
        yield lambda done, aside: bar.update(task, description=f"{done:,} reports, {aside:,} set aside")
