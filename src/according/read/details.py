"""Details of a report that stand in a file beside it: `NAME.meta.json`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from according.read.model import problem
from according.records import Issue, Record, Report

SUFFIX = ".meta.json"


class Details(Record):
    """What `NAME.meta.json` may give."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None


def with_details(report: Report, path: Path) -> Iterator[Report | Issue]:
    """Fill in what a report does not say of itself from the file beside it.

    `NAME.meta.json` may give `title`, `publisher` and `published` of the
    report in `NAME.txt` or `NAME.html`; what was read already stays.

    Args:
        report: The report read from `path`.
        path: The report's own file.

    Yields:
        An issue first where the file beside it cannot be used, then the
        report with the details it lacked.
    """
    beside = path.with_suffix(SUFFIX)
    if not beside.is_file():
        yield report
        return
    try:
        details = Details.model_validate_json(beside.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        yield problem(
            "details-wrong",
            f"{where}: {first['msg']}; it may give title, publisher and published (YYYY-MM-DD).",
            source=str(beside),
            report=report.id,
        )
        yield report
        return
    given = details.model_dump(exclude_none=True)
    yield report.model_copy(update={k: v for k, v in given.items() if getattr(report, k) is None})
