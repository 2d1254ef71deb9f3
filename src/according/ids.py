"""Ids made from content, so that two runs give the same ones."""

from __future__ import annotations

import hashlib


def content_id(prefix: str, *parts: object, length: int = 10) -> str:
    """Make a short id out of what it names.

    Args:
        prefix: Letter that tells what kind of thing the id names.
        parts: Values that identify the thing; their `str` forms are hashed.
        length: Hexadecimal digits to keep.

    Returns:
        `prefix`, a hyphen and the first digits of a SHA-256 over the parts.

    Example:
        >>> content_id("m", "report-1", 13, 18, "CONSULT") == content_id("m", "report-1", 13, 18, "CONSULT")
        True
    """
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}-{digest[:length]}"
