"""PDF with text in it: one report a file."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

from according.read.documents import read_document, single_report
from according.read.model import Settings, Source, UnreadableError, guarded
from according.records import Issue, Report
from according.texts import MAX_CHARS

MAX_PAGES = 2_000
"""Most pages of a document."""
_BROKEN = "the PDF is damaged; get another copy."

# The library tells of every oddity of a file; what matters is told as an issue here.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read_pdf(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read a PDF; the text is that of its pages, a blank line between two.

    Args:
        source: The document.
        settings: What is assumed of the report.

    Yields:
        The report, or the issue that tells why there is none.
    """
    text = _text(read_document(source))
    if not text.strip():
        raise UnreadableError(
            "pdf-no-text", "the PDF holds pictures of pages and no text; run text recognition over it first."
        )
    yield from single_report(text, source, settings)


def _text(data: bytes) -> str:
    from pypdf import PdfReader

    with guarded("pdf-broken", _BROKEN):
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("pdf-encrypted", "the PDF asks for a password; save it without one.")
        count = len(reader.pages)
    if count > MAX_PAGES:
        raise UnreadableError("file-too-large", f"the PDF has more than {MAX_PAGES:,} pages; split it.")
    pages: list[str] = []
    size = 0
    for number in range(count):
        with guarded("pdf-broken", f"page {number + 1}: {_BROKEN}"):
            page = reader.pages[number].extract_text()
        pages.append(page)
        size += len(page)
        if size > MAX_CHARS:
            raise UnreadableError(
                "text-too-long",
                f"the text has more than {MAX_CHARS:,} characters; split the PDF into single reports.",
            )
    return "\n\n".join(page.strip("\n") for page in pages if page.strip())
