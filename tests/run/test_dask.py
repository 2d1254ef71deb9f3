"""The same shards on a real Dask cluster of processes, with a worker killed in the middle."""

from __future__ import annotations

import builtins
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from small_runs import contents

from according.errors import MissingExtraError, WorkerError
from according.records import Issue, Report
from according.run import Limits, Spec, run_corpus
from according.run.dask import DaskEngine, code_reports
from according.run.engines import LocalEngine

LIMITS = Limits(seconds=120, memory_mb=0)
TEXTS = (
    "Rebels attacked a base near Aleppo on Monday, killing 12 soldiers, officials said.",
    "The minister denied that the talks in Geneva had failed.",
    "Police arrested 30 protesters in Minsk on Sunday.",
    "Two villages were shelled overnight, according to a monitoring group.",
)


def corpus(count: int = 60) -> list[Report | Issue]:
    return [Report(id=f"r{n}", text=f"{TEXTS[n % 4]} Part {n}.") for n in range(count)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason="Dask distributed is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as running:
            yield running


@pytest.mark.slow
@pytest.mark.model
def test_dask_gives_the_same_bytes_with_a_worker_killed_in_the_middle(cluster: Any, tmp_path: Path) -> None:
    run_corpus(corpus(), tmp_path / "here", LocalEngine(Spec(), LIMITS, 1), Spec(), limits=LIMITS, size=6)
    engine = DaskEngine(Spec(), LIMITS, scheduler=cluster.scheduler_address)
    victims: list[int] = []

    def kill() -> None:
        """Kill a worker of the cluster as soon as some parts are there and others are not."""
        end = time.monotonic() + 60
        while time.monotonic() < end and not list((tmp_path / "there" / "parts").glob("*.json")):
            time.sleep(0.02)
        pid = next(iter(cluster.workers.values())).pid
        psutil.Process(pid).kill()
        victims.append(pid)

    killer = threading.Thread(target=kill)
    killer.start()
    outcome = run_corpus(corpus(), tmp_path / "there", engine, Spec(), limits=LIMITS, size=6)
    killer.join()
    assert victims
    assert (outcome.counts.received, outcome.counts.coded) == (60, 60)
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


@pytest.mark.model
def test_the_function_a_cluster_runs_takes_and_gives_plain_data() -> None:
    rows = [{"id": "a", "text": TEXTS[0]}, {"id": "b", "text": "x" * 1_000_001}]
    line, issue = code_reports(Spec(), LIMITS, rows)
    assert isinstance(line, str) and '"ASSAULT"' in line
    assert isinstance(issue, dict) and (issue["code"], issue["report"]) == ("report-too-long", "b")


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="Dask distributed is not installed")
    monkeypatch.setattr("according.run.dask.ANSWER_SECONDS", 1)
    with pytest.raises(WorkerError, match="does not answer"):
        run_corpus(
            corpus(1), tmp_path / "out", DaskEngine(Spec(), LIMITS, scheduler="tcp://127.0.0.1:9"), Spec()
        )


def test_dask_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "distributed":
            raise ImportError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"according\[dask\]"):
        run_corpus(corpus(1), tmp_path / "out", DaskEngine(Spec(), LIMITS), Spec())
