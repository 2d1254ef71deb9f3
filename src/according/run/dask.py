"""Code shards on Dask distributed: one machine, or a cluster that is already there."""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from according.errors import MissingExtraError, WorkerError
from according.records import Issue, Report
from according.run.child import Child
from according.run.engines import Watch
from according.run.model import Coding, Limits, Shard, Spec
from according.run.shard import code_shard

if TYPE_CHECKING:
    from distributed import Client, Future

ANSWER_SECONDS = 30.0
"""How long a scheduler has to answer."""

_LOST = "the machine or process that coded the report was lost more than once"
_held = threading.local()


def code_reports(spec: Spec, limits: Limits, reports: list[dict[str, Any]]) -> list[str | dict[str, Any]]:
    """Code a shard's reports: the pure function that a cluster runs.

    It takes and gives plain data, keeps one worker process for each thread
    that calls it, and depends on nothing but its arguments and the installed
    package; so any engine may run it anywhere, and again.

    Args:
        spec: Codebook and language model.
        limits: What one report may take.
        reports: Reports as `Report.model_dump(mode="json")` gives them.

    Returns:
        For every report, in order, its line of output, or its issue as
        `Issue.model_dump()` gives it.
    """
    child = _child(spec, limits)
    codings = code_shard(child, [Report.model_validate(r) for r in reports])
    return [c.model_dump(exclude_none=True) if isinstance(c, Issue) else c for c in codings]


def _child(spec: Spec, limits: Limits) -> Child:
    kept: Child | None = getattr(_held, "child", None)
    if kept is None or (kept.spec, kept.limits) != (spec, limits):
        if kept is not None:
            kept.close()
        _held.child = kept = Child(spec, limits)
        atexit.register(kept.close)
    return kept


@dataclass(frozen=True, slots=True)
class DaskEngine:
    """Codes shards on a Dask cluster.

    Attributes:
        spec: What the workers load; a codebook's folder must be there on
            every machine under the same name.
        limits: What one report may take.
        workers: Worker processes of the cluster that is started here when
            there is no scheduler.
        scheduler: Address of a running scheduler, "tcp://host:8786".
    """

    spec: Spec
    limits: Limits
    workers: int = 1
    scheduler: str | None = None

    def run(self, shards: Iterable[Shard], watch: Watch) -> Iterator[tuple[Shard, list[Coding]]]:
        """Code shards; see `Engine`. Results come a shard at a time, and so does what `watch` is told.

        Raises:
            MissingExtraError: Dask is not installed.
            WorkerError: The scheduler does not answer.
        """
        with self._connect() as client:
            for shard, codings in _Jobs(client, self.spec, self.limits).run(iter(shards)):
                for coding in codings:
                    watch(coding)
                yield shard, codings

    @contextmanager
    def _connect(self) -> Iterator[Client]:
        try:
            from distributed import Client, LocalCluster
        except ImportError as error:
            raise MissingExtraError("--engine dask", extra="dask") from error
        if self.scheduler is None:
            with (
                LocalCluster(
                    n_workers=self.workers,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                ) as cluster,
                Client(cluster) as client,
            ):
                yield client
            return
        try:
            client = Client(self.scheduler, timeout=ANSWER_SECONDS)
        except (OSError, ValueError) as error:
            raise WorkerError(
                f"the Dask scheduler {self.scheduler} does not answer.", hint="Check the address."
            ) from error
        with client:
            yield client


class _Jobs:
    """The shards that are on the cluster at one time."""

    def __init__(self, client: Client, spec: Spec, limits: Limits) -> None:
        self.client, self.spec, self.limits = client, spec, limits
        self.waiting: dict[Future[Any], Shard] = {}

    def run(self, shards: Iterator[Shard]) -> Iterator[tuple[Shard, list[Coding]]]:
        """Keep the cluster busy, and read no further ahead than that takes."""
        from distributed import as_completed

        done = as_completed()
        for shard in islice(shards, self._room()):
            done.add(self._submit(shard))
        for future in done:
            shard = self.waiting.pop(future)
            codings = self._result(future, shard)
            for following in islice(shards, max(0, self._room() - len(self.waiting))):
                done.add(self._submit(following))
            yield shard, codings

    def _room(self) -> int:
        """Shards to have on the cluster: two a thread, so that none waits for the next."""
        threads: dict[str, int] = self.client.nthreads()
        return max(2, 2 * sum(threads.values()))

    def _submit(self, shard: Shard) -> Future[Any]:
        future = self._send(shard.reports)
        self.waiting[future] = shard
        return future

    def _send(self, reports: list[Report]) -> Future[Any]:
        plain = [report.model_dump(mode="json") for report in reports]
        return self.client.submit(code_reports, self.spec, self.limits, plain, pure=False)

    def _result(self, future: Future[Any], shard: Shard) -> list[Coding]:
        """A shard's outcome; where it took worker after worker with it, its reports are tried one by one."""
        from distributed import KilledWorker

        try:
            return _read(future.result())
        except KilledWorker:
            return [self._alone(report) for report in shard.reports]

    def _alone(self, report: Report) -> Coding:
        from distributed import KilledWorker

        try:
            return _read(self._send([report]).result())[0]
        except KilledWorker:
            return Issue(code="report-crashed", message=f"{_LOST}.", report=report.id)


def _read(results: list[str | dict[str, Any]]) -> list[Coding]:
    return [r if isinstance(r, str) else Issue.model_validate(r) for r in results]
