"""DOCX: one report, or an export of Nexis Uni or Factiva."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.read.documents import document_reports, read_document
from according.read.markup import refuse_entities
from according.read.model import Settings, Source, UnreadableError, guarded
from according.records import Issue, Report

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_UNPACKED = 500_000_000
"""Most bytes the parts of a document may unpack to."""
MAX_PARTS = 10_000
_BROKEN = "the document is damaged or no DOCX; save it again."
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "pPr", "rPr", "txbxContent", "Fallback", "object"})
_CHARS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def read_docx(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read a DOCX document; headers, footers, notes and text that was struck out are left out.

    Args:
        source: The document.
        settings: What is assumed of its reports.

    Yields:
        Reports, and issues.
    """
    data = read_document(source)
    yield from document_reports(_text(data), source, settings)


def _text(data: bytes) -> str:
    """The text of a document, a paragraph a line, cells of tables parted by tabs."""
    _check_parts(data)
    from docx import Document

    with guarded("docx-broken", _BROKEN):
        body = Document(io.BytesIO(data)).element.body
        return "\n".join(_lines(body))


def _check_parts(data: bytes) -> None:
    """Refuse a document whose parts are too large, or define entities."""
    with guarded("docx-broken", _BROKEN), zipfile.ZipFile(io.BytesIO(data)) as parts:
        listed = parts.infolist()
        if len(listed) > MAX_PARTS or sum(part.file_size for part in listed) > MAX_UNPACKED:
            raise UnreadableError(
                "archive-too-large",
                f"the document unpacks to more than {MAX_UNPACKED:,} bytes; save its text alone.",
            )
        for part in listed:
            if part.filename.endswith((".xml", ".rels")):
                with parts.open(part) as stream:
                    refuse_entities(stream.read(65_536))


def _lines(body: _Element) -> Iterator[str]:
    """Paragraphs in order; a row of a table is one line if its cells are single paragraphs."""
    for child in body:
        name = _name(child)
        if name == "p":
            yield "".join(_chars(child))
        elif name == "tbl":
            own = (row for row in child.iter() if _name(row) == "tr")
            for row in (row for row in own if next(row.iterancestors(child.tag)) is child):
                cells = ["\n".join(_lines(cell)) for cell in row if _name(cell) == "tc"]
                yield "\t".join(cells)
        elif name in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}:
            yield from _lines(child)


def _chars(paragraph: _Element) -> Iterator[str]:
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = _name(element)
        if name == "t":
            yield element.text or ""
        elif name in _CHARS:
            yield _CHARS[name]
        elif name not in _SKIPPED:
            stack.extend(reversed(element))


def _name(element: _Element) -> str:
    """Name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
