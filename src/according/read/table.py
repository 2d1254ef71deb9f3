"""CSV and TSV: one report a row, columns by the names in the first row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from according.read.decode import decode, is_binary
from according.read.model import FIELDS, MAX_BYTES, Settings, Source, UnreadableError, problem
from according.read.rows import RecordReader
from according.records import Issue, Report

MAX_LINE_BYTES = 16_000_000
"""Longest line of a table that is taken apart."""
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_MARKS = {
    b"\xff\xfe\0\0": "utf-32-le",
    b"\0\0\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
_DELIMITERS = ",;\t|"
_MANY_BROKEN = 1_000


def read_csv(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read a table with commas, semicolons, tabs or bars between its cells.

    Args:
        source: The file.
        settings: Column names and what is assumed of reports.

    Yields:
        For each row its report, or the issue that tells why there is none.
    """
    return _read(source, settings, None)


def read_tsv(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read a table with tabs between its cells.

    Args:
        source: The file.
        settings: Column names and what is assumed of reports.

    Yields:
        As `read_csv`.
    """
    return _read(source, settings, "\t")


def _read(source: Source, settings: Settings, delimiter: str | None) -> Iterator[Report | Issue]:
    # The limit of the module is the whole process's; it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    lines = _Lines(source)
    first = next(lines, None)
    if first is None:
        yield problem("file-empty", "the file is empty; leave it out.", source=source.name)
        return
    rows = csv.reader(_chain(first, lines), delimiter=delimiter or _guess_delimiter(first), strict=True)
    reports = RecordReader(source, settings, "column")
    header: Sequence[str] | None = None
    before = broken = 0
    any_row = False
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            broken += 1
            yield problem(
                "row-broken",
                f"the row's quotes or cells cannot be made out ({error}); quote cells that hold quotes or"
                " line ends.",
                source=source.name,
                line=before + 1,
            )
            if broken >= _MANY_BROKEN or header is None:
                raise UnreadableError(
                    "table-broken", "the file is no table that can be read; write it again as CSV."
                ) from error
            before = rows.line_num
            continue
        if row is None:
            break
        line, before = before + 1, rows.line_num
        if not any(row):
            continue
        cells = [lines.decode(cell) for cell in row]
        if header is None:
            header = _header(cells, settings)
            continue
        yield from _report(cells, header, reports, source, line)
        any_row = True
    yield from reports.close()
    if not any_row and not broken:
        yield problem("file-empty", "the table has no rows; leave it out.", source=source.name)


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _guess_delimiter(header: str) -> str:
    """The character that parts the names in the first row."""
    bare = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _header(cells: list[str], settings: Settings) -> list[str]:
    """Names of the columns; those that name a field but for case or spaces are taken for it."""
    names = [cell.strip() for cell in cells]
    wanted = {settings.name(field).casefold(): settings.name(field) for field in FIELDS}
    names = [name if name in wanted.values() else wanted.get(name.casefold(), name) for name in names]
    text = settings.name("text")
    if text not in names and "event_text" not in names:
        raise UnreadableError(
            "text-missing",
            f"no column {text!r} (columns here: {', '.join(names[:8])}); name the text's column with"
            " --field text=NAME.",
            line=1,
        )
    twice = {name for name in names if name in wanted.values() and names.count(name) > 1}
    if twice:
        raise UnreadableError(
            "table-broken", f"two columns are called {sorted(twice)[0]!r}; rename one.", line=1
        )
    return names


def _report(
    cells: list[str], header: Sequence[str], reports: RecordReader, source: Source, line: int
) -> Iterator[Report | Issue]:
    if len(cells) > len(header) and any(cells[len(header) :]):
        yield problem(
            "row-broken",
            f"the row has {len(cells)} cells, the first row {len(header)}; quote cells that hold the"
            " character between cells.",
            source=source.name,
            line=line,
        )
        return
    yield from reports.read(dict(zip(header, cells, strict=False)), line)


class _Lines:
    """Lines as the reader of tables wants them.

    Bytes of encodings that keep ASCII are passed on one character a byte, so
    that each cell can be decoded by itself; others are decoded here.
    """

    def __init__(self, source: Source) -> None:
        mark = next((mark for mark in _MARKS if source.head.startswith(mark)), None)
        self._wide = None if mark is None else _MARKS[mark]
        if mark is None and is_binary(source.head):
            raise UnreadableError("binary-file", "the file is not text; save it again as CSV.")
        self._stream = source.stream
        if self._wide is None and source.head.startswith(b"\xef\xbb\xbf"):
            self._stream.read(3)
        elif mark is not None:
            self._stream.read(len(mark))
        self._number = 0
        self._unit = 4 if self._wide and "32" in self._wide else 2

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self._number += 1
        raw = self._wide_line() if self._wide else self._line()
        if not raw:
            raise StopIteration
        if self._wide is None:
            return raw.decode("latin-1")
        try:
            return raw.decode(self._wide)
        except UnicodeDecodeError as error:
            raise UnreadableError(
                "utf8-broken",
                f"the line is not {self._wide}; get another copy.",
                line=self._number,
            ) from error

    def _line(self) -> bytes:
        line = self._stream.readline(MAX_LINE_BYTES + 1)
        if len(line) > MAX_LINE_BYTES:
            raise UnreadableError(
                "line-too-long",
                f"the line has more than {MAX_LINE_BYTES:,} bytes; the file is no table of reports.",
                line=self._number,
            )
        return line

    def _wide_line(self) -> bytes:
        """A line of a wide encoding, whose line end is more than one byte."""
        end = "\n".encode(self._wide or "utf-16-le")
        line = bytearray()
        while piece := self._line():
            line += piece
            lacking = -len(line) % self._unit
            if lacking:
                line += self._stream.read(lacking)
            if line.endswith(end) or len(line) > MAX_LINE_BYTES:
                break
        return bytes(line)

    def decode(self, cell: str) -> str:
        """Turn a cell that is one character a byte into text."""
        if self._wide is not None or cell.isascii():
            return cell
        raw = cell.encode("latin-1")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return decode(raw)
