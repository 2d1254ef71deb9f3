"""Read reports from files, folders, archives, feeds and standard input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import IO

from according.errors import UnknownSettingError
from according.read.dispatch import read_one
from according.read.inputs import InputFile, list_inputs
from according.read.model import FIELDS, NOTED, Settings, problem
from according.records import Issue, Report

__all__ = ["FIELDS", "NOTED", "InputFile", "list_inputs", "read_input", "read_reports"]


def read_reports(
    paths: Iterable[str | Path],
    *,
    fields: Mapping[str, str] | None = None,
    published: date | None = None,
    publisher: str | None = None,
    stdin: IO[bytes] | None = None,
    fetch_links: bool = False,
) -> Iterator[Report | Issue]:
    """Read reports in order, telling of every one that cannot be read.

    Each report's text is kept as received. An issue whose code is in `NOTED`
    stands beside a report that follows; any other stands for one report that
    is set aside, or for the rest of a file that breaks off. Large files are
    read piece by piece and never held whole.

    Args:
        paths: Files, folders (searched for known suffixes, in sorted order),
            patterns such as `"wire/**/*.txt"`, http(s) addresses, and "-" for
            standard input, whose format is told by its first bytes.
        fields: Names the input uses for fields of `FIELDS`, by field:
            `{"text": "body"}`. For JSON Lines, CSV, TSV and Parquet.
        published: Date of reports that carry none.
        publisher: Publisher of reports that carry none.
        stdin: Stream that "-" stands for; standard input if left out.
        fetch_links: Whether to fetch the pages that the entries of feeds link
            to; see `according.read.fetch` for its limits.

    Yields:
        Reports, each with an id that no earlier one has, and issues.

    Raises:
        ReportFormatError: A path does not exist.
        UnknownSettingError: `fields` names a field that reports do not have.
    """
    settings = _settings(fields, published, publisher, fetch_links)
    inputs = list(list_inputs(paths))
    return _without_duplicates(_read_all(inputs, settings, stdin))


def read_input(
    item: InputFile,
    *,
    fields: Mapping[str, str] | None = None,
    published: date | None = None,
    publisher: str | None = None,
    stdin: IO[bytes] | None = None,
    fetch_links: bool = False,
) -> Iterator[Report | Issue]:
    """Read one input that `list_inputs` found, by itself.

    Reading all inputs of a list one after the other gives what `read_reports`
    gives, except that an id which two inputs share is not noticed.

    Args:
        item: The input.
        fields: As for `read_reports`.
        published: As for `read_reports`.
        publisher: As for `read_reports`.
        stdin: As for `read_reports`.
        fetch_links: As for `read_reports`.

    Yields:
        Reports, each with an id that no earlier one has, and issues.

    Raises:
        UnknownSettingError: `fields` names a field that reports do not have.
    """
    settings = _settings(fields, published, publisher, fetch_links)
    return _without_duplicates(_read_all([item], settings, stdin))


def _settings(
    fields: Mapping[str, str] | None, published: date | None, publisher: str | None, fetch_links: bool
) -> Settings:
    for name in fields or {}:
        if name not in FIELDS:
            raise UnknownSettingError(name, nearest=_nearest(name))
    fetcher = None
    if fetch_links:
        from according.read.fetch import Fetcher

        fetcher = Fetcher()
    return Settings(dict(fields or {}), published, publisher, fetcher)


def _nearest(name: str) -> str:
    from rapidfuzz import process

    found = process.extractOne(name, FIELDS, score_cutoff=60)
    return found[0] if found else ""


def _read_all(
    inputs: Iterable[InputFile | Issue], settings: Settings, stdin: IO[bytes] | None
) -> Iterator[tuple[str, Report | Issue]]:
    """Yield what the inputs hold, each with where it came from."""
    for found in inputs:
        if isinstance(found, Issue):
            yield found.path or "", found
            continue
        for item in read_one(found, settings, stdin):
            yield found.path, item


def _without_duplicates(items: Iterable[tuple[str, Report | Issue]]) -> Iterator[Report | Issue]:
    """Set aside reports whose id is taken."""
    first: dict[str, str] = {}
    for source, item in items:
        if isinstance(item, Report):
            if item.id in first:
                yield problem(
                    "report-duplicate",
                    f"the id {item.id!r} was already used by a report of {first[item.id]}; this one is left"
                    " out. Give every report an id of its own.",
                    source=source,
                    report=item.id,
                )
                continue
            first[item.id] = source
        yield item
