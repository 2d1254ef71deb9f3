"""`according code`: read reports, code them, write the records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from according.cli.code_options import (
    ActorFile,
    CodebookFolder,
    Engine,
    FetchLinks,
    FieldNames,
    LanguageModel,
    LimitMemory,
    LimitSeconds,
    Output,
    Paths,
    Progress,
    Published,
    Publisher,
    Resume,
    Scheduler,
    Workers,
)

if TYPE_CHECKING:
    from according.cli.coding import CoderLike
    from according.records import Issue, Report
    from according.write import Writer

    Read = Callable[[], Iterator[Report | Issue]]


@dataclass(frozen=True, slots=True)
class MakeCoder:
    """Makes the coder the options ask for, in whichever process."""

    codebook: Path | None
    language_model: str | None
    actors: Path | None = None

    def __call__(self) -> CoderLike:
        """Load codebook and language model."""
        from according.heap import load_for_good

        with load_for_good():
            from according.coder import Coder

            return Coder(codebook=self.codebook, language_model=self.language_model, actors=self.actors)


def code(
    paths: Paths,
    output: Output = "-",
    published: Published = None,
    publisher: Publisher = None,
    codebook: CodebookFolder = None,
    actors: ActorFile = None,
    field: FieldNames = None,
    language_model: LanguageModel = None,
    workers: Workers = 1,
    fetch_links: FetchLinks = False,
    resume: Resume = False,
    engine: Engine = "local",
    scheduler: Scheduler = None,
    limit_seconds: LimitSeconds = 300.0,
    limit_memory: LimitMemory = 4000,
    progress: Progress = "auto",
) -> None:
    """Code reports: who did what to whom, when, where, and according to whom.

    Example: according code reports/ -o coded.jsonl --published 2017-10-31

    Problems are listed in issues.jsonl beside the output. Exits 0 if every
    report was coded, 1 if some were set aside.

    If the output is a folder (coded/), it is written in parts that survive
    whatever stops the run; the same command with --resume goes on with it.
    """
    from according.cli.corpus import RunOptions, is_folder, run_folder
    from according.read import read_reports

    read = partial(
        read_reports,
        paths,
        fields=_fields(field or []),
        published=_day(published),
        publisher=publisher,
        fetch_links=fetch_links,
    )
    if is_folder(output):
        options = RunOptions(
            Path(output), codebook, actors, language_model, workers, resume, engine, scheduler,
            limit_seconds, limit_memory, progress,
        )  # fmt: skip
        run_folder(paths, read, options)
        return
    _refuse_run_options(resume=resume, engine=engine, scheduler=scheduler)
    _code_file(paths, output, read, MakeCoder(codebook, language_model, actors), workers, progress)


def _refuse_run_options(*, resume: bool, engine: str, scheduler: str | None) -> None:
    from according.errors import ConfigError

    for used, name in ((resume, "--resume"), (engine != "local", "--engine"), (scheduler, "--scheduler")):
        if used:
            raise ConfigError(f"{name} needs a folder to write to.", hint="For example -o coded/")


def _code_file(
    paths: list[str], output: str, read: Read, make_coder: MakeCoder, workers: int, progress: str
) -> None:
    """Code into one file, which appears whole or not at all."""
    from according.cli.coding import Balance, code_all
    from according.cli.corpus_progress import estimate_reports, show_run
    from according.cli.streams import tell
    from according.records import Issue
    from according.write import issue_line, open_whole

    beside = _issues_path(output, paths)
    balance = Balance()
    issues: list[Issue] = []
    done = aside = 0
    total = estimate_reports(paths, skip=Path(output))
    with _open_output(output) as writer, show_run(progress, total) as notice:
        for result in code_all(read(), make_coder, balance, workers=workers):
            if isinstance(result, Issue):
                issues.append(result)
            else:
                writer.write(result)
            notice(balance.coded + balance.aside - done, balance.aside - aside)
            done, aside = balance.coded + balance.aside, balance.aside
        balance.check()
    if beside is not None:
        with open_whole(beside) as stream:
            stream.writelines(issue_line(issue) + "\n" for issue in issues)
    _tell_issues(issues, beside)
    tell(str(balance))
    if balance.aside:
        raise typer.Exit(1)


def _open_output(output: str) -> AbstractContextManager[Writer]:
    """Open what the ending of an output asks for."""
    from according.write import open_writer

    if Path(output).suffix.lower() != ".parquet":
        return open_writer(output)
    from according.export.parquet import open_parquet_records

    return open_parquet_records(Path(output))


def _tell_issues(issues: list[Issue], beside: Path | None, most: int = 20) -> None:
    """Show the issues: all if they stand nowhere else, else the first few."""
    from according.cli.streams import tell

    shown = issues if beside is None else issues[:most]
    for issue in shown:
        where = "" if issue.path or issue.report is None else f"{issue.report}: "
        tell(f"[{issue.code}] {where}{issue.message}")
    if len(shown) < len(issues):
        tell(f"... and {len(issues) - len(shown):,} more; all stand in {beside}")


def _fields(pairs: list[str]) -> dict[str, str]:
    from according.errors import ConfigError

    fields: dict[str, str] = {}
    for pair in pairs:
        name, _, theirs = pair.partition("=")
        if not name or not theirs:
            raise ConfigError(
                f"--field {pair!r}: not of the form NAME=THEIRS.", hint="For example --field text=body."
            )
        fields[name.strip()] = theirs.strip()
    return fields


def _day(value: str | None) -> date | None:
    from according.errors import ConfigError
    from according.read.model import parse_published

    if value is None:
        return None
    try:
        return parse_published(value)
    except ValueError as error:
        raise ConfigError(f"--published: {error}.", hint="Write it like 2017-10-31.") from error


def _issues_path(output: str, paths: list[str]) -> Path | None:
    """Where the issues go; refuse an output that would overwrite an input or the issues."""
    from according.errors import ConfigError

    if output == "-":
        return None
    target = Path(output)
    beside = target.parent / "issues.jsonl"
    if target.name == beside.name:
        raise ConfigError("the output cannot be called issues.jsonl.", hint="The issues are written there.")
    inputs = {Path(p).resolve() for p in paths if p != "-"}
    if target.resolve() in inputs or beside.resolve() in inputs:
        raise ConfigError(f"{output}: writing there would overwrite an input.", hint="Choose another folder.")
    return beside
