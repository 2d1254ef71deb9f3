"""Code the example reports and show what comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from according.errors import ConfigError
from according.page import render_page
from according.read import read_reports
from according.records import CodedReport, Issue, Report
from according.summary import summarise
from according.write import open_whole, open_writer

if TYPE_CHECKING:
    from according.coder import Coder

EXAMPLES = Path("examples") / "reports"


def run_demo(
    out: Path, examples: Path | None = None, *, coder: Coder | None = None, console: Console | None = None
) -> list[CodedReport]:
    """Code reports, print a summary and write the records, a table and a page.

    Args:
        out: Folder to write `coded.jsonl`, `events.csv`, `report.html` and the store `according.db` to.
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
            reports.append(item)
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
    store = out / "according.db"
    events = fill_store(coded, store)
    console.print(f"Loaded into {store}: {events} events across reports", soft_wrap=True)
    console.print(f"To look at them in the browser: according serve {store}", soft_wrap=True)
    return coded


def fill_store(coded: list[CodedReport], path: Path) -> int:
    """Load reports into a SQLite store and join their mentions to events; tell how many events it holds.

    Raises:
        StoreError: The file is something else, or another process is writing to it.
    """
    from according.store import open_store

    with open_store(path, create=True) as store:
        store.load(coded)
        return store.count_events()


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
