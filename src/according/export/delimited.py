"""Write rows as CSV or TSV so that spreadsheets and loaders read back what was written."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TextIO

from according.write.csv_events import Rows

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvRows:
    """Comma-separated rows with quotes where needed and bare line feeds between rows.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """

    def __init__(self, stream: TextIO, header: Sequence[str]) -> None:
        self._rows = csv.writer(Rows(stream), lineterminator=Rows.END)
        self._rows.writerow(header)

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Write rows; None becomes an empty cell."""
        for row in rows:
            self._rows.writerow([_csv_cell(value) for value in row])


class TabRows:
    """Tab-separated rows without quotes, as POLECAT and GDELT files are.

    White space in a cell becomes a blank.
    """

    def __init__(self, stream: TextIO, header: Sequence[str] | None) -> None:
        self._stream = stream
        if header is not None:
            stream.write("\t".join(header) + "\n")

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Write rows; None becomes an empty cell."""
        for row in rows:
            self._stream.write("\t".join(" ".join(plain(value).split()) for value in row) + "\n")


def plain(value: object) -> str:
    """A cell's text: dates in ISO form, booleans as true and false, None empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _csv_cell(value: object) -> str:
    text = plain(value)
    if isinstance(value, str) and text.startswith(_FORMULA):
        return "'" + text
    return text
