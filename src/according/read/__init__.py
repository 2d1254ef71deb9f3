"""Read reports from files, folders and standard input."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import IO, cast

from according.errors import ReportFormatError, UnknownSettingError
from according.read.details import with_details
from according.read.model import FIELDS, NOTED, Settings, Source, name_of, problem
from according.read.registry import HEAD_BYTES, find_format, is_known
from according.records import Issue, Report

__all__ = ["FIELDS", "NOTED", "read_reports"]


def read_reports(
    paths: Iterable[str | Path],
    *,
    fields: Mapping[str, str] | None = None,
    published: date | None = None,
    publisher: str | None = None,
    stdin: IO[bytes] | None = None,
) -> Iterator[Report | Issue]:
    """Read reports in order, telling of every one that cannot be read.

    Each report's text is kept as received. An issue whose code is in `NOTED`
    stands beside a report that follows; any other stands for one report that
    is set aside.

    Args:
        paths: Files, folders (searched for known suffixes, in sorted order)
            and "-" for standard input, which is JSON Lines if it begins with
            "{" and otherwise one plain text or page.
        fields: Names the input uses for fields of `FIELDS`, by field:
            `{"text": "body"}`.
        published: Date of reports that carry none.
        publisher: Publisher of reports that carry none.
        stdin: Stream that "-" stands for; standard input if left out.

    Yields:
        Reports, each with an id that no earlier one has, and issues.

    Raises:
        ReportFormatError: A path does not exist.
        UnknownSettingError: `fields` names a field that reports do not have.
    """
    chosen = list(paths)
    for name in fields or {}:
        if name not in FIELDS:
            raise UnknownSettingError(name, nearest=_nearest(name))
    for path in chosen:
        if str(path) != "-" and not Path(path).exists():
            raise ReportFormatError(
                "there is no such file or folder.", path=str(path), reason="missing", hint="Check the path."
            )
    settings = Settings(dict(fields or {}), published, publisher)
    return _without_duplicates(_read_all(chosen, settings, stdin))


def _nearest(name: str) -> str:
    from rapidfuzz import process

    found = process.extractOne(name, FIELDS, score_cutoff=60)
    return found[0] if found else ""


def _read_all(
    paths: list[str | Path], settings: Settings, stdin: IO[bytes] | None
) -> Iterator[tuple[str, bool, Report | Issue]]:
    """Yield what the paths hold, each with where it came from and whether its id is the file's name."""
    for path in paths:
        if str(path) == "-":
            stream = stdin if stdin is not None else sys.stdin.buffer
            yield from _read_stream("-", None, stream, settings)
            continue
        top = Path(path)
        if not top.is_dir():
            yield from _read_file(top, None, settings)
            continue
        files = sorted(p for p in top.rglob("*") if is_known(p.name) and _is_visible(p, top) and p.is_file())
        if not files:
            yield (
                str(path),
                False,
                problem(
                    "folder-empty",
                    "the folder holds no file of a known kind; name the file itself.",
                    source=str(path),
                ),
            )
        for file in files:
            yield from _read_file(file, top, settings)


def _is_visible(path: Path, top: Path) -> bool:
    return not any(part.startswith(".") for part in path.relative_to(top).parts)


def _read_file(
    path: Path, root: Path | None, settings: Settings
) -> Iterator[tuple[str, bool, Report | Issue]]:
    try:
        with path.open("rb") as stream:
            for name, own, item in _read_stream(str(path), name_of(path, root), stream, settings):
                if isinstance(item, Report) and own:
                    for told in with_details(item, path):
                        yield name, own and isinstance(told, Report), told
                else:
                    yield name, own, item
    except OSError as error:
        yield (
            str(path),
            False,
            problem(
                "file-unreadable",
                f"{error.strerror or error}; check the file and its permissions.",
                source=str(path),
            ),
        )


def _read_stream(
    name: str, own_id: str | None, stream: IO[bytes], settings: Settings
) -> Iterator[tuple[str, bool, Report | Issue]]:
    head = stream.read(HEAD_BYTES)
    whole = cast(IO[bytes], io.BufferedReader(_Rejoined(head, stream)))
    reader = find_format(name, head).load()
    for item in reader(Source(name, own_id, whole, head), settings):
        yield name, isinstance(item, Report) and item.id == own_id, item


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were already taken off, as if they had not been."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        super().__init__()
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        if self._head:
            data, self._head = self._head[: len(view)], self._head[len(view) :]
        else:
            data = self._rest.read(len(view))
        view[: len(data)] = data
        return len(data)


def _without_duplicates(items: Iterable[tuple[str, bool, Report | Issue]]) -> Iterator[Report | Issue]:
    """Set aside reports whose id is taken; ids that are mere file names give way to the whole path."""
    first: dict[str, str] = {}
    for source, from_name, item in items:
        if isinstance(item, Issue):
            yield item
            continue
        report = item
        if from_name and report.id in first and first[report.id] != source:
            report = report.model_copy(update={"id": Path(source).as_posix()})
        if report.id in first:
            yield problem(
                "report-duplicate",
                f"the id {report.id!r} was already used by a report of {first[report.id]}; this one is left"
                " out. Give every report an id of its own.",
                source=source,
                report=report.id,
            )
            continue
        first[report.id] = source
        yield report
