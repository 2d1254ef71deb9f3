"""Facts about raw text that several steps need: its size limit and its line layout."""

from __future__ import annotations

import itertools
import re

MAX_CHARS = 1_000_000
"""Longest text that is coded, in code points."""


# Where a long text is cut, the best place first.
_CUTS = ("\n\n", "\n", ". ", " ")


def cut_blocks(text: str, most: int) -> list[str]:
    r"""Cut a long text into blocks, at the ends of paragraphs where there are any.

    Args:
        text: A text.
        most: Most code points of a block, white space at its end left out.

    Returns:
        The blocks, which together are the text; the text itself when it is short.

    Example:
        >>> cut_blocks("One.\n\nTwo. Three.", 10)
        ['One.\n\n', 'Two. ', 'Three.']
    """
    blocks: list[str] = []
    start = 0
    while len(text) - start > most:
        for mark in _CUTS:
            end = text.rfind(mark, start, start + most)
            if end > start:
                end += len(mark)
                break
        else:
            end = start + most
        while end < len(text) and text[end].isspace():
            end += 1
        blocks.append(text[start:end])
        start = end
    if start < len(text) or not blocks:
        blocks.append(text[start:])
    return blocks


# A single line end with the words around it; a blank line is never one.
_LINE_END = re.compile(r"(?<=[^\s])[ \t]*(?:\r\n|\n|\r)([ \t]*)(?=([^\s]+))")
# A wrapped line may fall this many characters short of what would have fitted.
_SLACK = 8
_INDENT = 2
_NARROWEST, _WIDEST = 50, 110


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
    running = [a for a in inner if _NARROWEST <= len(a) <= _WIDEST and a[-1] not in '.!?:"”’)']
    return len(running) >= 0.6 * len(inner)


def soften_lines(text: str) -> str:
    r"""Write blanks for the line ends that merely wrap a paragraph.

    A parser takes a line end for a word of the sentence and loses its way;
    what is read must not depend on the width at which a text was wrapped.
    Ends of paragraphs, titles and the lines of a list stay, all as \n.

    Args:
        text: A report's text.

    Returns:
        A text of the same length that differs in white space only.

    Example:
        >>> soften_lines("Police held six\nmen.\n\nA title\nThe text.")
        'Police held six men.\n\nA title\nThe text.'
    """
    wrapped = is_hard_wrapped(text)
    width = max((n for line in text.splitlines() if (n := len(line.rstrip())) <= _WIDEST), default=0)

    def blank(found: re.Match[str]) -> str:
        before, after = text[found.start() - 1], text[found.end()]
        line = found.start() - max(text.rfind("\n", 0, found.start()), text.rfind("\r", 0, found.start())) - 1
        full = line + 1 + len(found[2]) > width - _SLACK
        if (wrapped and full and len(found[1]) < _INDENT) or (
            after.islower() and (before.isalnum() or before in ",'’")
        ):
            return " " * (found.end() - found.start())
        return found.group()

    return _LINE_END.sub(blank, text).replace("\r\n", " \n")
