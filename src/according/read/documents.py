"""What is done with the text of a document: it is one report, or an export of many."""

from __future__ import annotations

from collections.abc import Iterator

from according.read.exports import read_stories
from according.read.factiva import is_factiva, split_factiva
from according.read.model import Settings, Source, UnreadableError, check_text, make_id
from according.read.nexis import is_nexis, split_nexis
from according.records import Issue, Report
from according.regions import find_title

MAX_DOCUMENT_BYTES = 200_000_000
"""Largest document that is taken apart."""


def read_document(source: Source) -> bytes:
    """Read a whole document.

    Args:
        source: The document.

    Raises:
        UnreadableError: It is too large, or empty.
    """
    data = source.read(MAX_DOCUMENT_BYTES)
    if data is None:
        raise UnreadableError(
            "file-too-large", f"the document has more than {MAX_DOCUMENT_BYTES:,} bytes; split it."
        )
    if not data:
        raise UnreadableError("file-empty", "the file is empty; leave it out.")
    return data


def document_reports(text: str, source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Make reports of a document's text: those of an export, or the whole as one.

    Args:
        text: The text of the document.
        source: The document.
        settings: What is assumed of its reports.
    """
    if is_nexis(text):
        yield from read_stories(split_nexis(text), source, settings)
    elif is_factiva(text):
        yield from read_stories(split_factiva(text), source, settings)
    else:
        yield from single_report(text, source, settings)


def single_report(text: str, source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Make one report of a document's text.

    Args:
        text: The text of the document.
        source: The document.
        settings: What is assumed of the report.
    """
    issue = check_text(text, source=source.name, report=source.id)
    if issue is not None:
        yield issue
        return
    yield Report(
        id=source.id or make_id(text),
        text=text,
        title=find_title(text),
        publisher=settings.publisher,
        published=settings.published,
    )
