"""RTF: one report, or an export of Nexis Uni or Factiva."""

from __future__ import annotations

import re
from collections.abc import Iterator

from according.read.documents import document_reports, read_document
from according.read.model import Settings, Source, UnreadableError, guarded
from according.records import Issue, Report

_CELL = re.compile(r"\\(?:nest)?cell(?![a-zA-Z])")
_FONT = re.compile(r"\\f(\d{1,5})(?!\d)[^;]{0,300}?\\fcharset(\d{1,3})")
MAX_FONTS = 2_000
"""Fonts of a document whose character sets are looked at."""
_OLE = b"\xd0\xcf\x11\xe0"


def read_rtf(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read an RTF document; headers, footers, notes and pictures are left out.

    Args:
        source: The document.
        settings: What is assumed of its reports.

    Yields:
        Reports, and issues.
    """
    data = read_document(source)
    yield from document_reports(_text(data), source, settings)


def _text(data: bytes) -> str:
    """The text of an RTF document, a paragraph a line, cells of tables parted by tabs."""
    if data.startswith(_OLE):
        raise UnreadableError(
            "rtf-broken", "the file is a document of Word 97 to 2003; save it as .docx or .rtf."
        )
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise UnreadableError("rtf-broken", "the file is not RTF; give it the ending of what it is.")
    from striprtf.striprtf import rtf_to_text

    with guarded("rtf-broken", "the RTF cannot be taken apart; save the document again."):
        text = rtf_to_text(_prepared(data), errors="replace")  # type: ignore[no-untyped-call]
        # Characters beyond the first plane come as two halves.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return str(text)


def _prepared(data: bytes) -> str:
    r"""RTF as the library should see it.

    The space after `\field` ends the word and means nothing else; it keeps the library from
    putting the addresses of links into the text. Cells end in a tab, which no text holds, and
    not in "|", which one may.
    """
    try:
        raw = data.decode("utf-8")
    except UnicodeDecodeError:
        raw = data.decode("cp1252", errors="replace")
    return _CELL.sub(r"\\tab ", _with_plain_fonts(raw).replace("\\field{", "\\field {"))


def _with_plain_fonts(raw: str) -> str:
    """The document with a font table that tells numbers and character sets and no more.

    The library's search through a font table takes the square of its length, which a hostile
    document can make as long as it likes.
    """
    from striprtf.striprtf import font_table_group

    group = font_table_group(raw)  # type: ignore[no-untyped-call]
    if not group:
        return raw
    found = _FONT.findall(group)[:MAX_FONTS]
    fonts = "".join(f"{{\\f{number}\\fcharset{chars} x;}}" for number, chars in found)
    return raw.replace(group, f"{{\\fonttbl{fonts}}}", 1)
