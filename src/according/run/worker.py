"""The worker: a process that codes the reports it is sent, one job after another.

It is started as `python -m according.run.worker SPEC`, reads jobs from its
standard input and writes what became of each report, in order, to its
standard output. It ends when its input does, so that it does not outlive the
run that started it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from according.errors import AccordingError
from according.heap import load_for_good
from according.records import Issue, Report
from according.run.frames import read_frame, write_frame

if TYPE_CHECKING:
    from according.coder import Coder

OUT_OF_MEMORY = 3
"""Exit status of a worker that could not get the memory it asked for."""


def main(arguments: list[str]) -> int:
    """Load the coder and serve jobs until the input ends.

    Args:
        arguments: One word: JSON with `codebook`, `language_model`,
            `actors` and `memory_mb`.

    Returns:
        Exit status.
    """
    spec = json.loads(arguments[0])
    jobs = sys.stdin.buffer
    # Whatever a library prints must not fall among the messages.
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        with load_for_good():
            coder = _load(spec)
    except AccordingError as error:
        write_frame(results, {"failed": describe_error(error)})
        return 2
    limit_memory(int(spec.get("memory_mb") or 0))
    write_frame(results, {"ready": os.getpid()})
    while (job := read_frame(jobs)) is not None:
        try:
            _serve(coder, [Report.model_validate(r) for r in job["reports"]], results)
        except MemoryError:
            write_frame(results, {"memory": True})
            return OUT_OF_MEMORY
        except AccordingError as error:
            write_frame(results, {"failed": describe_error(error)})
            return 2
    return 0


def _load(spec: dict[str, Any]) -> Coder:
    from according.coder import Coder

    codebook, actors = spec.get("codebook"), spec.get("actors")
    coder = Coder(
        codebook=None if codebook is None else Path(codebook),
        language_model=spec.get("language_model"),
        actors=None if actors is None else Path(actors),
    )
    # Lists that are read with the first report are read now, so that an error in one stops the run.
    coder.code(Report(id="first", text="Rebels said on Monday that ten soldiers died in Paris."))
    return coder


def _serve(coder: Coder, reports: list[Report], results: IO[bytes]) -> None:
    for result in coder.code_many(reports):
        if isinstance(result, Issue):
            write_frame(results, {"issue": result.model_dump(exclude_none=True)})
        else:
            write_frame(results, {"line": result.to_json()})


def describe_error(error: AccordingError) -> dict[str, str]:
    """Put an error into plain words that `child.rebuild_error` can make it from."""
    return {"type": type(error).__name__, "message": error.message, "hint": error.hint}


def limit_memory(megabytes: int) -> None:
    """Let this process grow no further than a number of megabytes of memory.

    The limit is set on address space, as far above what is taken now as the
    memory in use is below `megabytes`; where the system has no such limit,
    nothing happens.

    Args:
        megabytes: Limit; 0 for none.
    """
    if not megabytes:
        return
    try:
        import resource

        space, used = (
            int(n) * resource.getpagesize()
            for n in Path("/proc/self/statm").read_text(encoding="ascii").split()[:2]
        )
    except (ImportError, OSError):
        return
    room = max(megabytes * 2**20 - used, 0)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = space + room if hard == resource.RLIM_INFINITY else min(space + room, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
