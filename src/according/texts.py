"""Facts about raw text that several steps need: its size limit and its line layout."""

from __future__ import annotations

import itertools

MAX_CHARS = 1_000_000
"""Longest text that is coded, in code points."""


def is_hard_wrapped(text: str) -> bool:
    r"""Tell whether single line ends are mere wrapping at a fixed width.

    Args:
        text: A report's text.

    Returns:
        True when most single line ends stand between lines of nearly the
        same length (50 to 110 characters) that do not end a sentence.

    Example:
        >>> is_hard_wrapped("A title\nOne paragraph of text.\nAnother.")
        False
    """
    lines = [line.rstrip() for line in text.splitlines()]
    inner = [a for a, b in itertools.pairwise(lines) if a and b]
    if len(inner) < 3:
        return False
    running = [a for a in inner if 50 <= len(a) <= 110 and a[-1] not in '.!?:"”’)']
    return len(running) >= 0.6 * len(inner)
