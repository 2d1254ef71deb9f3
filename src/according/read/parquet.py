"""Parquet: one report a row, read in batches."""

from __future__ import annotations

from collections.abc import Iterator

from according.read.model import FIELDS, Settings, Source, UnreadableError, guarded, problem
from according.read.rows import RecordReader
from according.read.spool import seekable
from according.records import Issue, Report

BATCH = 64
"""Rows that are held at a time."""
_BROKEN = "the file is no whole Parquet file; get another copy."
_STORY_COLUMNS = ("event_text", "story_id", "headline", "pub_date", "publication", "date")


def read_parquet(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read a Parquet file; only the columns that reports need are loaded.

    Args:
        source: The file.
        settings: Column names and what is assumed of reports.

    Yields:
        For each row its report, or the issue that tells why there is none.
    """
    from pyarrow import parquet

    reports = RecordReader(source, settings, "column")
    with seekable(source) as stream:
        with guarded("parquet-broken", _BROKEN):
            table = parquet.ParquetFile(stream)
            names = list(table.schema_arrow.names)
            rows = table.metadata.num_rows
        text = settings.name("text")
        if text not in names and "event_text" not in names:
            raise UnreadableError(
                "text-missing",
                f"no column {text!r} (columns here: {', '.join(map(str, names[:8]))}); name the text's column"
                " with --field text=NAME.",
            )
        wanted = {settings.name(field) for field in FIELDS} | set(_STORY_COLUMNS)
        with guarded("parquet-broken", _BROKEN):
            batches = table.iter_batches(BATCH, columns=[name for name in names if name in wanted])
        number = 0
        while True:
            with guarded("parquet-broken", f"row {number + 1}: {_BROKEN}"):
                batch = next(batches, None)
                records = [] if batch is None else batch.to_pylist()
            if batch is None:
                break
            for record in records:
                number += 1
                yield from reports.read(record, number)
        if not number and not rows:
            yield problem("file-empty", "the table has no rows; leave it out.", source=source.name)
        elif number < rows:
            raise UnreadableError(
                "parquet-broken", f"the file tells of {rows:,} rows and holds {number:,}; get another copy."
            )
    yield from reports.close()
