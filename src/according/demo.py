"""Code the example reports and show what comes out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError
from rich.console import Console

from according.errors import ConfigError
from according.page import render_page
from according.read import read_reports
from according.records import CodedReport, Issue, Record, Report
from according.summary import summarise
from according.write import open_whole, open_writer

if TYPE_CHECKING:
    from according.coder import Coder

EXAMPLES = Path("examples") / "reports"


class Details(Record):
    """What `NAME.meta.json` may give."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None


def run_demo(
    out: Path, examples: Path | None = None, *, coder: Coder | None = None, console: Console | None = None
) -> list[CodedReport]:
    """Code reports, print a summary and write the records, a table and a page.

    Args:
        out: Folder to write `coded.jsonl`, `events.csv` and `report.html` to.
        examples: Folder of reports; `examples/reports` of a checkout if left out.
        coder: The coder to use; a new one if left out.
        console: Where the summary goes; standard output if left out.

    Returns:
        The coded reports.

    Raises:
        ConfigError: There is no such folder, or nothing in it could be coded.
        OutputError: A file cannot be written.
    """
    folder = EXAMPLES if examples is None else examples
    if not folder.exists():
        raise ConfigError(
            f"{folder}: no such folder.",
            hint="Run this in a checkout of the project, or name a folder of reports.",
        )
    console = console or Console()
    problems: list[Issue] = []
    reports: list[Report] = []
    for item in read_reports([folder]):
        if isinstance(item, Report):
            reports.append(add_details(item, folder))
        else:
            problems.append(item)
    if coder is None:
        from according.coder import Coder  # loads the language model, which nothing above needs

        coder = Coder()
    coded: list[CodedReport] = []
    for result in coder.code_many(reports):
        if isinstance(result, CodedReport):
            coded.append(result)
            console.print(summarise(result))
        else:
            problems.append(result)
    for issue in problems:
        console.print(f"{issue.code}: {issue.message}", style="red", markup=False)
    if not coded:
        raise ConfigError(f"{folder}: no report could be coded.", hint="The reasons stand above.")
    write_all(coded, out)
    mentions = sum(len(c.mentions) for c in coded)
    written = ", ".join(str(out / name) for name in ("coded.jsonl", "events.csv", "report.html"))
    console.print(f"{len(coded)} reports, {mentions} mentions. Written: {written}", soft_wrap=True)
    return coded


def add_details(report: Report, folder: Path) -> Report:
    """Fill in what a report does not say of itself from the file beside it.

    `NAME.meta.json` may give `title`, `publisher` and `published` of the
    report in `NAME.txt` or `NAME.html`; what was read already stays.

    Args:
        report: A report whose id is its file's path within the folder.
        folder: The folder.

    Returns:
        The report, with the details it lacked.

    Raises:
        ConfigError: The file beside it is not as it should be.
    """
    path = (folder / report.id).with_suffix(".meta.json")
    if not path.is_file():
        return report
    try:
        details = Details.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise ConfigError(
            f"{path}: {where}: {first['msg']}.",
            hint="It may give title, publisher and published (YYYY-MM-DD).",
        ) from error
    given = details.model_dump(exclude_none=True)
    return report.model_copy(update={k: v for k, v in given.items() if getattr(report, k) is None})


def write_all(coded: list[CodedReport], out: Path) -> None:
    """Write the records, the table of mentions and the page into a folder.

    Raises:
        OutputError: A file cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    for name in ("coded.jsonl", "events.csv"):
        with open_writer(out / name) as writer:
            for record in coded:
                writer.write(record)
    with open_whole(out / "report.html") as stream:
        stream.write(render_page(coded))
