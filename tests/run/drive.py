"""A run in a process of its own, to be killed: `drive.py REPORTS FOLDER WORKERS SIZE FILE_LIMIT`."""

from __future__ import annotations

import sys
from pathlib import Path

from according.errors import AccordingError
from according.read import read_reports
from according.run import Limits, Spec, run_corpus
from according.run.engines import LocalEngine

WORKER = (sys.executable, str(Path(__file__).with_name("faulty_worker.py")))


def main(words: list[str]) -> int:
    reports, folder, workers, size, file_limit = words
    if int(file_limit):
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(file_limit), resource.RLIM_INFINITY))
    limits = Limits(seconds=20, memory_mb=0)
    engine = LocalEngine(Spec(), limits, int(workers), WORKER)
    try:
        outcome = run_corpus(
            read_reports([reports]),
            Path(folder),
            engine,
            Spec(),
            limits=limits,
            resume=True,
            size=int(size),
            notice=lambda done, aside: print(done, aside, flush=True),
        )
    except AccordingError as error:
        print(error, file=sys.stderr)
        return 2
    print("finished", outcome.counts, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
