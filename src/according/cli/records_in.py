"""Read coded reports back from a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from according.errors import ReportFormatError
from according.records import CodedReport


def read_coded(path: Path) -> Iterator[CodedReport]:
    """Read a file that `according code` wrote as JSON Lines.

    Raises:
        ReportFormatError: The file cannot be opened, or a line is no coded report.
    """
    from pydantic import ValidationError

    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if not line.strip():
                    continue
                try:
                    yield CodedReport.from_json(line)
                except ValidationError as error:
                    raise ReportFormatError(
                        f"not a coded report ({error.error_count()} fields are wrong).",
                        path=str(path),
                        line=number,
                        hint="Give a .jsonl file that `according code` wrote.",
                    ) from error
    except OSError as error:
        raise ReportFormatError(f"{error.strerror}.", path=str(path), hint="Check the path.") from error
