"""Parquet: the tidy tables, or whole records nested as they are."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel

from according.export.csv_tables import write_dictionary, write_package
from according.export.folder import open_folder
from according.export.tables import TABLES, Table
from according.records import CodedReport
from according.write.atomic import open_whole_path

_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}
_PLAIN: dict[object, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
}
_ROWS = 20_000
_REPORTS = 200


def write_parquet_tables(coded: Iterable[CodedReport], target: Path) -> int:
    """Write every tidy table as a Parquet file into a folder.

    Columns are those of the CSV tables; absent values are null.

    Args:
        coded: Coded reports; each is looked at once.
        target: Folder that does not exist or is empty.

    Returns:
        Number of reports written.
    """
    count = 0
    with open_folder(target) as folder:
        with ExitStack() as stack:
            sinks = {t.name: stack.enter_context(_Sink(t, folder)) for t in TABLES.values()}
            for count, report in enumerate(coded, 1):  # noqa: B007 - the last number is wanted
                for table in TABLES.values():
                    sinks[table.name].add(table.rows(report))
        write_dictionary(folder)
        write_package(folder, ".parquet")
    return count


class _Sink:
    """One table's file, written in groups of rows."""

    def __init__(self, table: Table, folder: Path) -> None:
        self._schema = pa.schema(
            [pa.field(c.name, _TYPES[c.type], metadata={"description": c.description}) for c in table.columns]
        )
        self._path = folder / f"{table.name}.parquet"
        self._rows: list[tuple[object, ...]] = []

    def __enter__(self) -> _Sink:
        self._writer = pq.ParquetWriter(self._path, self._schema, compression="zstd")
        return self

    def add(self, rows: Iterable[tuple[object, ...]]) -> None:
        self._rows += rows
        if len(self._rows) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        columns = list(zip(*self._rows, strict=True)) or [()] * len(self._schema)
        arrays = [pa.array(c, type=f.type) for c, f in zip(columns, self._schema, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            self._flush()
        self._writer.close()


def write_parquet_records(coded: Iterable[CodedReport], target: Path) -> int:
    """Write whole records to one Parquet file, nested, one report a row.

    Field names are those of the JSON record.

    Args:
        coded: Coded reports; each is looked at once.
        target: File.

    Returns:
        Number of reports written.
    """
    count = 0
    with open_parquet_records(target) as writer:
        for count, report in enumerate(coded, 1):  # noqa: B007 - the last number is wanted
            writer.write(report)
    return count


@contextmanager
def open_parquet_records(target: Path) -> Iterator[ParquetRecordsWriter]:
    """Open a file for whole records that appears whole, or not at all, when the block ends.

    Args:
        target: File.

    Yields:
        What writes one report after the other.

    Raises:
        OutputError: The file cannot be written there.
    """
    schema = pa.schema(list(_struct(CodedReport)))
    with open_whole_path(target) as part, pq.ParquetWriter(part, schema, compression="zstd") as file:
        writer = ParquetRecordsWriter(file, schema)
        yield writer
        writer.flush()


class ParquetRecordsWriter:
    """Writes whole records, nested, one report a row, in groups of rows."""

    def __init__(self, file: pq.ParquetWriter, schema: pa.Schema) -> None:
        self._file, self._schema = file, schema
        self._rows: list[dict[str, Any]] = []

    def write(self, coded: CodedReport) -> None:
        """Write one report."""
        self._rows.append(coded.model_dump(by_alias=True))
        if len(self._rows) >= _REPORTS:
            self.flush()

    def flush(self) -> None:
        """Write the reports that are waiting for a group to be full."""
        self._file.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []


def _struct(model: type[BaseModel]) -> list[pa.Field]:
    return [
        pa.field(f.alias or name, arrow_type(f.annotation), metadata=_about(f.description))
        for name, f in model.model_fields.items()
    ]


def _about(description: str | None) -> dict[str, str] | None:
    return None if description is None else {"description": description}


def arrow_type(annotation: Any) -> pa.DataType:
    """Arrow type of a field of the record.

    Example:
        >>> str(arrow_type(tuple[str, ...]))
        'list<item: string>'
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return arrow_type(next(a for a in arguments if a is not type(None)))
    if origin is Literal:
        return pa.string()
    if origin is tuple:
        return pa.list_(arrow_type(arguments[0]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return pa.struct(_struct(annotation))
    return _PLAIN[annotation]
