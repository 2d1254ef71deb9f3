"""Tidy tables as CSV, with a data dictionary and a frictionless data package beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from according.export.delimited import CsvRows
from according.export.folder import open_folder
from according.export.tables import TABLES, Table
from according.records import CodedReport


def write_csv_tables(coded: Iterable[CodedReport], target: Path) -> int:
    """Write every table, `data_dictionary.csv` and `datapackage.json` into a folder.

    Args:
        coded: Coded reports; each is looked at once.
        target: Folder that does not exist or is empty.

    Returns:
        Number of reports written.
    """
    count = 0
    with open_folder(target) as folder, ExitStack() as stack:
        writers = {}
        for table in TABLES.values():
            stream = stack.enter_context(
                (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
            )
            writers[table.name] = CsvRows(stream, [c.name for c in table.columns])
        for count, report in enumerate(coded, 1):  # noqa: B007 - the last number is wanted
            for table in TABLES.values():
                writers[table.name].write(table.rows(report))
        write_dictionary(folder)
        write_package(folder, ".csv")
        stack.close()
    return count


def write_dictionary(folder: Path) -> None:
    """Write `data_dictionary.csv`: what each column of each table means."""
    with (folder / "data_dictionary.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = CsvRows(stream, ("table", "column", "type", "description"))
        for table in TABLES.values():
            rows.write((table.name, c.name, c.type, c.description) for c in table.columns)


def write_package(folder: Path, suffix: str) -> None:
    """Write `datapackage.json` (Data Package standard, version 1)."""
    package = {
        "profile": "tabular-data-package" if suffix == ".csv" else "data-package",
        "name": "according-tables",
        "title": "Event mentions, statements and actors of coded news reports",
        "resources": [_resource(t, suffix) for t in TABLES.values()],
    }
    text = json.dumps(package, indent=2, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _resource(table: Table, suffix: str) -> dict[str, Any]:
    out: dict[str, Any] = {
        "name": table.name,
        "path": table.name + suffix,
        "description": table.description,
        "encoding": "utf-8",
        "schema": {
            "fields": [{"name": c.name, "type": c.type, "description": c.description} for c in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": here, "reference": {"resource": there, "fields": column}}
                for here, there, column in table.foreign
            ],
            "missingValues": [""],
        },
    }
    if suffix == ".csv":
        out |= {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv"}
    else:
        out |= {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
    return out
