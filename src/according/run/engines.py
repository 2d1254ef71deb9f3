"""Where shards are coded: here, in several worker processes, or on a Dask cluster."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from according.run.child import WORKER, Child
from according.run.model import Coding, Limits, Shard, Spec
from according.run.shard import code_shard

Watch = Callable[[Coding], None]


class Engine(Protocol):
    """Something that codes shards."""

    def run(self, shards: Iterable[Shard], watch: Watch) -> Iterator[tuple[Shard, list[Coding]]]:
        """Code shards and yield each with its outcome as soon as it is done, in any order.

        `shards` is read no further ahead than there is work for. `watch` is
        told of every report; it is called in one thread at a time.
        """


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Codes shards in worker processes of this machine.

    Attributes:
        spec: What the workers load.
        limits: What one report may take.
        workers: Number of worker processes.
        program: Program the workers run.
    """

    spec: Spec
    limits: Limits
    workers: int = 1
    program: tuple[str, ...] = WORKER

    def run(self, shards: Iterable[Shard], watch: Watch) -> Iterator[tuple[Shard, list[Coding]]]:
        """Code shards; see `Engine`."""
        jobs: queue.Queue[Shard | None] = queue.Queue()
        results: queue.Queue[tuple[Shard, list[Coding]] | Coding | BaseException] = queue.Queue()
        children = [Child(self.spec, self.limits, self.program) for _ in range(self.workers)]
        threads = [
            threading.Thread(target=_serve, args=(child, jobs, results), daemon=True) for child in children
        ]
        stream = iter(shards)
        started = waiting = 0
        try:
            while True:
                # One shard a worker, and one more that lies ready for whoever is done first.
                while waiting <= self.workers and (shard := next(stream, None)) is not None:
                    jobs.put(shard)
                    waiting += 1
                    if started < min(waiting, self.workers):
                        threads[started].start()
                        started += 1
                if not waiting:
                    return
                result = results.get()
                if isinstance(result, BaseException):
                    raise result
                if isinstance(result, tuple):
                    waiting -= 1
                    yield result
                else:
                    watch(result)
        finally:
            for _ in threads[:started]:
                jobs.put(None)
            for child in children:
                child.close()


def _serve(
    child: Child,
    jobs: queue.Queue[Shard | None],
    results: queue.Queue[tuple[Shard, list[Coding]] | Coding | BaseException],
) -> None:
    """Feed one worker process from a thread of its own."""
    while (shard := jobs.get()) is not None:
        try:
            results.put((shard, code_shard(child, shard.reports, results.put)))
        except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that waits
            results.put(error)
            return
