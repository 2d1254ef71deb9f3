"""Plain text: one report a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from according.read.decode import UndecodableError, decode
from according.read.documents import document_reports
from according.read.model import MAX_BYTES, Settings, Source, problem
from according.records import Issue, Report
from according.texts import MAX_CHARS

MAX_EXPORT_BYTES = 100_000_000
"""Largest export of a news database that is taken apart."""
_EXPORT_LINE = re.compile(
    rb"^[ \t]*(?:End of Document|Document [A-Za-z0-9]{18,40}|HD\b.*)[ \t\r]*$", re.MULTILINE
)


def read_text(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read a file that is one report.

    The text is kept exactly as it stands; its first line is also taken as
    the title if it looks like one. A file that Nexis Uni or Factiva exported
    as text is parted into its reports.

    Args:
        source: The file.
        settings: What is assumed of it.

    Yields:
        The report or reports, or the issue that tells why there is none.
    """
    data = source.read(MAX_EXPORT_BYTES)
    if data is None or (len(data) > MAX_BYTES and not looks_exported(data)):
        yield problem(
            "text-too-long",
            f"the file holds more than {MAX_CHARS:,} characters; split it into single reports.",
            source=source.name,
            report=source.id,
        )
        return
    if not data:
        yield problem("file-empty", "the file is empty; leave it out.", source=source.name, report=source.id)
        return
    try:
        text = decode(data)
    except UndecodableError as error:
        yield problem(error.code, str(error), source=source.name, report=source.id)
        return
    yield from document_reports(text, source, settings)


def looks_exported(data: bytes) -> bool:
    """Tell from its bytes whether a long text may be an export of many reports."""
    return _EXPORT_LINE.search(data) is not None
