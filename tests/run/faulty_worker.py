"""A worker whose coder needs no language model and does to its process what a report's text says."""

from __future__ import annotations

import os
import signal
import sys
import time
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from according.errors import CodebookSyntaxError
from according.records import CodedReport, Issue, Report
from according.run.worker import main


def meet(folder: Path) -> bool:
    """Wait until another worker is here as well; False if none comes."""
    (folder / str(os.getpid())).touch()
    for _ in range(400):
        if len(list(folder.iterdir())) > 1:
            return True
        time.sleep(0.05)
    return False


class FaultyCoder:
    def __init__(self, **_: Any) -> None:
        if os.environ.get("FAULTY_LOAD"):
            raise CodebookSyntaxError("unknown key.", path="assault.yml", line=3, hint="Remove it.")

    def code(self, report: Report) -> CodedReport:
        return CodedReport(report=report)

    def code_many(self, reports: Iterable[Report]) -> Iterator[CodedReport | Issue]:
        for report in reports:
            word = report.text.split(maxsplit=1)[0]
            if word == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            elif word == "once":
                mark = Path(report.text.split(maxsplit=1)[1])
                if not mark.exists():
                    mark.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
            elif word == "break":
                raise ZeroDivisionError("of a kind nobody thought of")
            elif word == "hang":
                time.sleep(600)
            elif word == "greedy":
                bytearray(400 * 2**20)
            elif word == "slow":
                time.sleep(0.02)
            elif word == "meet":
                if not meet(Path(report.text.split(maxsplit=1)[1])):
                    word = "bad"
            elif word == "list":
                raise CodebookSyntaxError("not valid YAML.", path="lists.yml", line=7)
            elif word == "print":
                print("a library that prints", flush=True)
            if word == "bad":
                yield Issue(code="code-failed", message="coding failed.", report=report.id)
            else:
                yield CodedReport(report=report)


if __name__ == "__main__":
    # In the place of the module that loads the language model, which takes seconds.
    stand_in = types.ModuleType("according.coder")
    stand_in.Coder = FaultyCoder  # type: ignore[attr-defined]
    sys.modules["according.coder"] = stand_in
    sys.exit(main(sys.argv[1:]))
