"""Runs with a worker that needs no language model."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from small_runs import QUICK, WORKER, Run

from according.records import Issue, Report
from according.run import Outcome, Spec, run_corpus
from according.run.engines import LocalEngine


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run over reports into a folder of a name."""

    def go(items: Iterable[Report | Issue], name: str = "out", **options: Any) -> Outcome:
        limits = options.pop("limits", QUICK)
        engine = LocalEngine(Spec(), limits, options.pop("workers", 1), WORKER)
        return run_corpus(items, tmp_path / name, engine, Spec(), limits=limits, **options)

    return go
