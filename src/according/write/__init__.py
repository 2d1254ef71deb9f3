"""Write coded reports; the file name's ending tells the format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TextIO

from according.errors import OutputError
from according.records import CodedReport
from according.write.atomic import open_whole
from according.write.csv_events import CsvWriter
from according.write.jsonl import JsonLinesWriter, issue_line

__all__ = ["WRITERS", "Writer", "find_writer", "issue_line", "open_whole", "open_writer"]


class Writer(Protocol):
    """Something that takes coded reports one by one."""

    def write(self, coded: CodedReport) -> None:
        """Write one report."""


WRITERS: Mapping[str, Callable[[TextIO], Writer]] = MappingProxyType(
    {
        ".jsonl": JsonLinesWriter,
        ".ndjson": JsonLinesWriter,
        ".csv": CsvWriter,
    }
)
"""Writers by suffix."""


def find_writer(target: str | Path) -> Callable[[TextIO], Writer]:
    """Tell which writer a file name asks for.

    Args:
        target: Path, or "-" for JSON Lines on standard output.

    Raises:
        OutputError: No format has the suffix.
    """
    suffix = ".jsonl" if str(target) == "-" else Path(target).suffix.lower()
    if suffix not in WRITERS:
        raise OutputError(
            f"{target}: no output format has the ending {suffix or '(none)'!r}.",
            hint=f"Use one of {', '.join(sorted(WRITERS))}, .parquet, or - for standard output.",
        )
    return WRITERS[suffix]


@contextmanager
def open_writer(target: str | Path, *, stdout: TextIO | None = None) -> Iterator[Writer]:
    """Open an output that appears whole, or not at all, when the block ends.

    Args:
        target: Path, or "-" for standard output.
        stdout: Stream that "-" stands for; standard output if left out.

    Raises:
        OutputError: The format is unknown or the file cannot be written.
    """
    make = find_writer(target)
    with open_whole(target, stdout=stdout) as stream:
        yield make(stream)
