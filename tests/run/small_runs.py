"""Runs with a worker that needs no language model."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from according.records import Issue, Report
from according.run import Limits, Outcome

WORKER = (sys.executable, str(Path(__file__).with_name("faulty_worker.py")))
QUICK = Limits(seconds=3, memory_mb=300)

Run = Callable[..., Outcome]


def reports(count: int, text: str = "Calm.") -> list[Report | Issue]:
    return [Report(id=f"r{n}", text=f"{text} {n}") for n in range(count)]


def contents(folder: Path) -> dict[str, bytes]:
    """Everything that stands in a run's folder, but the lock."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != ".lock"
    }
