"""The formats that can be read, and which one a file is."""

from __future__ import annotations

import re

from according.read.model import Format, Reader

HEAD_BYTES = 1024
"""How much of a file is looked at to tell its format."""

_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE | re.DOTALL,
)


def _text() -> Reader:
    from according.read.text import read_text

    return read_text


def _json_lines() -> Reader:
    from according.read.json_lines import read_json_lines

    return read_json_lines


def _html() -> Reader:
    from according.read.html import read_html

    return read_html


def _is_json_lines(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def _is_html(head: bytes) -> bool:
    return _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


FORMATS: tuple[Format, ...] = (
    Format("JSON Lines", (".jsonl", ".ndjson", ".jl"), _is_json_lines, _json_lines),
    Format("HTML", (".html", ".htm", ".xhtml"), _is_html, _html),
    Format("plain text", (".txt", ".text"), lambda head: True, _text),
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
    """
    lower = name.lower()
    for known in FORMATS:
        if lower.endswith(known.suffixes):
            return known
    return next(known for known in FORMATS if known.sniff(head))


def is_known(name: str) -> bool:
    """Tell whether a file in a folder is taken for a report by its suffix."""
    lower = name.lower()
    return any(lower.endswith(known.suffixes) for known in FORMATS)
