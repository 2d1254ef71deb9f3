"""Where shards are coded: here, in several worker processes, or on a Dask cluster."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from according.records import Report
from according.run.child import WORKER, Child
from according.run.model import Coding, Limits, Shard, Spec
from according.run.shard import batches, code_shard

Watch = Callable[[Coding], None]


class Engine(Protocol):
    """Something that codes shards."""

    def run(self, shards: Iterable[Shard], watch: Watch) -> Iterator[tuple[Shard, list[Coding]]]:
        """Code shards and yield each with its outcome as soon as it is done, in any order.

        `shards` is read no further ahead than there is work for. `watch` is
        told of every report; it is called in one thread at a time.
        """


@dataclass(frozen=True, slots=True)
class Piece:
    """Reports of a shard that one worker codes at a time.

    Attributes:
        shard: The shard.
        place: Place of the piece in it, from 0.
        of: How many pieces the shard has.
        reports: The reports, in order; none in the only piece of a shard without any.
    """

    shard: Shard
    place: int
    of: int
    reports: list[Report]


def cut_pieces(shards: Iterable[Shard]) -> Iterator[Piece]:
    """Cut shards into pieces, so that the last ones keep every worker busy to the end."""
    for shard in shards:
        parts = list(batches(shard.reports)) or [[]]
        yield from (Piece(shard, place, len(parts), reports) for place, reports in enumerate(parts))


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
        jobs: queue.Queue[Piece | None] = queue.Queue()
        results: _Results = queue.Queue()
        children = [Child(self.spec, self.limits, self.program) for _ in range(self.workers)]
        threads = [
            threading.Thread(target=_serve, args=(child, jobs, results), daemon=True) for child in children
        ]
        stream = cut_pieces(shards)
        done: dict[int, dict[int, list[Coding]]] = {}
        started = waiting = 0
        try:
            while True:
                # One piece a worker, and one more that lies ready for whoever is done first.
                while waiting <= self.workers and (piece := next(stream, None)) is not None:
                    jobs.put(piece)
                    waiting += 1
                    if started < min(waiting, self.workers):
                        threads[started].start()
                        started += 1
                if not waiting:
                    return
                result = results.get()
                if isinstance(result, BaseException):
                    raise result
                if not isinstance(result, tuple):
                    watch(result)
                    continue
                waiting -= 1
                piece, codings = result
                held = done.setdefault(piece.shard.number, {})
                held[piece.place] = codings
                if len(held) == piece.of:
                    del done[piece.shard.number]
                    yield piece.shard, [coding for place in range(piece.of) for coding in held[place]]
        finally:
            for _ in threads[:started]:
                jobs.put(None)
            for child in children:
                child.close()


_Results = queue.Queue[tuple[Piece, list[Coding]] | Coding | BaseException]


def _serve(child: Child, jobs: queue.Queue[Piece | None], results: _Results) -> None:
    """Feed one worker process from a thread of its own."""
    while (piece := jobs.get()) is not None:
        try:
            results.put((piece, code_shard(child, piece.reports, results.put)))
        except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that waits
            results.put(error)
            return
