"""The formats that can be read, and which one a file is."""

from __future__ import annotations

import re
from importlib import import_module
from typing import cast

from according.read.model import Format, Reader

HEAD_BYTES = 1024
"""How much of a file is looked at to tell its format."""

_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<\?xml-stylesheet[^>]*\?>\s*)*(?:<!--.*?-->\s*)*"
    rb"<(?:rss|feed|rdf:RDF|atom:feed)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARK = b"\xef\xbb\xbf"


class _Load:
    """Imports a reader when it is first needed."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def __call__(self) -> Reader:
        return cast(Reader, getattr(import_module(f"according.read.{self._module}"), self._name))


def _is_json_lines(head: bytes) -> bool:
    return head.removeprefix(_MARK).lstrip()[:1] == b"{" and not head.startswith(b"{\\rtf")


def _is_html(head: bytes) -> bool:
    return _MARKUP.match(head.removeprefix(_MARK)) is not None


def _is_feed(head: bytes) -> bool:
    return _FEED.match(head.removeprefix(_MARK)) is not None


class _Begins:
    """Tells a format by its first bytes."""

    def __init__(self, *marks: bytes) -> None:
        self._marks = marks

    def __call__(self, head: bytes) -> bool:
        return head.startswith(self._marks)


def _is_docx(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and (b"word/" in head or b"[Content_Types].xml" in head)


def _never(head: bytes) -> bool:
    return False


FORMATS: tuple[Format, ...] = (
    Format("WARC", (".warc",), _Begins(b"WARC/"), _Load("warc", "read_warc")),
    Format("gzip", (".gz",), _Begins(b"\x1f\x8b"), _Load("archive", "read_gzip"), packs=True),
    Format("Zstandard", (".zst",), _Begins(b"\x28\xb5\x2f\xfd"), _Load("archive", "read_zstd"), packs=True),
    Format("DOCX", (".docx",), _is_docx, _Load("docx", "read_docx")),
    Format("ZIP", (".zip",), _Begins(b"PK\x03\x04", b"PK\x05\x06"), _Load("archive", "read_zip"), packs=True),
    Format("RTF", (".rtf", ".doc"), _Begins(b"{\\rtf"), _Load("rtf", "read_rtf")),
    Format("PDF", (".pdf",), _Begins(b"%PDF-"), _Load("pdf", "read_pdf")),
    Format("Parquet", (".parquet", ".pq"), _Begins(b"PAR1"), _Load("parquet", "read_parquet")),
    Format("feed", (".rss", ".atom", ".xml"), _is_feed, _Load("feed", "read_feed")),
    Format("CSV", (".csv",), _never, _Load("table", "read_csv")),
    Format("TSV", (".tsv", ".tab"), _never, _Load("table", "read_tsv")),
    Format(
        "JSON Lines", (".jsonl", ".ndjson", ".jl"), _is_json_lines, _Load("json_lines", "read_json_lines")
    ),
    Format("HTML", (".html", ".htm", ".xhtml"), _is_html, _Load("html", "read_html")),
    Format("plain text", (".txt", ".text"), lambda head: True, _Load("text", "read_text")),
)
"""All formats; the first that claims a file's suffix, or else its first bytes, reads it."""


def find_format(name: str, head: bytes) -> Format:
    """Tell which format a file is.

    Args:
        name: File name, or "-".
        head: The file's first bytes.

    Returns:
        The format that owns the name's suffix, or else knows the content.

    Example:
        >>> find_format("story", b"<!DOCTYPE html><html>").name
        'HTML'
        >>> find_format("stories.jsonl.gz", b"").name
        'gzip'
    """
    lower = name.lower()
    for known in FORMATS:
        if lower.endswith(known.suffixes):
            return known
    return next(known for known in FORMATS if known.sniff(head))


def is_known(name: str) -> bool:
    """Tell whether a file in a folder is taken for one with reports by its suffix.

    A compressed file is known by what its name says is in it.

    Example:
        >>> is_known("a.TXT.gz"), is_known("photo.jpg.gz"), is_known("all.zip")
        (True, False, True)
    """
    lower = name.lower()
    for known in FORMATS:
        if lower.endswith(known.suffixes):
            return known.name not in {"gzip", "Zstandard"} or is_known(unpacked_name(lower))
    return False


def unpacked_name(name: str) -> str:
    """Name of what a compressed file holds: without `.gz` or `.zst`."""
    lower = name.lower()
    return next((name[: -len(end)] for end in (".gz", ".zst") if lower.endswith(end)), name)
