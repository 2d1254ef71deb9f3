"""Quotations: marks of all kinds, paired, also over paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Opening and closing forms. A run of straight marks ("" or three of them, as
# spreadsheets write them) counts as one mark.
_MARK = re.compile(r"\"+|''|``|[“”„«»]|(?<!\w)[‘‹](?=\S)|[›]|(?<!\w)'(?=\w[^'\n]{2,200}'(?!\w))|[’'](?!\w)")
_OPENS = {"“": "”", "„": "“”", "«": "»", "‘": "’", "‹": "›", "``": "''"}
_BREAK = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks, marks included.

    Attributes:
        start, end: Characters of the report's text.
        inner_start, inner_end: The words without their marks.
        closed: Whether a closing mark was found in the same paragraph; an
            unclosed quotation runs to the end of its paragraph and goes on in
            the next.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool

    def text(self, whole: str) -> str:
        """The words without their marks."""
        return whole[self.inner_start : self.inner_end]


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Find the outermost quotations of a text, in order.

    A double mark that is never closed in its paragraph counts as opening only
    when the next paragraph opens with a mark again (a quotation that goes on)
    or when it stands at the paragraph's start.

    Example:
        >>> [q.text(t) for t in ['He said “yes” and «no».'] for q in find_quotations(t)]
        ['yes', 'no']
    """
    out: list[Quotation] = []
    for start, end in paragraphs(text):
        out.extend(_in_paragraph(text, start, end))
    return tuple(out)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Character ranges of the paragraphs (lines) of a text, white space trimmed."""
    out, at = [], 0
    for m in _BREAK.finditer(text):
        if text[at : m.start()].strip():
            out.append((at, m.start()))
        at = m.end()
    if text[at:].strip():
        out.append((at, len(text.rstrip())))
    return out


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    out: list[Quotation] = []
    marks = [(m.start(), m.end(), m.group()) for m in _MARK.finditer(text, start, end)]
    i = 0
    while i < len(marks):
        a, b, mark = marks[i]
        if not _can_open(text, a, b, mark, start):
            i += 1
            continue
        close = _closing(text, marks, i, end)
        if close is not None:
            out.append(Quotation(a, marks[close][1], b, marks[close][0], closed=True))
            i = close + 1
            continue
        if mark[0] not in "'‘‹" or mark == "''":
            at_start = a == start
            if at_start and end - a > 20:
                out.append(Quotation(a, end, b, end, closed=False))
                break
            before = text[start:a].rstrip()
            if before.endswith((",", ":", ".", "?", "!")) and end - a > 20:
                out.append(Quotation(a, end, b, end, closed=False))
                break
        i += 1
    return out


def _can_open(text: str, a: int, b: int, mark: str, start: int) -> bool:
    if mark in ("”", "»", "›", "’"):
        return False
    if b >= len(text) or text[b].isspace():
        return False
    if mark[0] in "\"'":
        before = text[a - 1] if a > start else " "
        return before.isspace() or before in "([—–-:,/…“‘" or (not before.isalnum() and before not in ".!?”’")
    return True


def _closing(text: str, marks: list[tuple[int, int, str]], i: int, end: int) -> int | None:
    _, b, mark = marks[i]
    if mark in _OPENS:
        depth = 0
        for j in range(i + 1, len(marks)):
            other = marks[j][2]
            if other == mark and mark != "``":
                depth += 1
            elif other in _OPENS[mark] or (mark == "“" and other[0] == '"' and _ends(text, marks[j], end)):
                if mark == "‘" and not _closes_single(text, b, marks[j]):
                    continue
                if depth == 0:
                    return j
                depth -= 1
        return None
    single = mark == "'"
    for j in range(i + 1, len(marks)):
        other = marks[j][2]
        if single:
            if other in ("'", "’") and _ends(text, marks[j], end):
                return j
            continue
        alike = (other[0] == mark[0] and other not in ("'",)) or other == "”"
        if alike and _ends(text, marks[j], end):
            return j
    return None


def _closes_single(text: str, b: int, mark: tuple[int, int, str]) -> bool:
    return (
        not text[b : mark[0]].endswith("s") or text[mark[1] : mark[1] + 1] in ",.;:!?)\n" or mark[0] - b < 60
    )


def _ends(text: str, mark: tuple[int, int, str], end: int) -> bool:
    a, b, _ = mark
    if b >= end:
        return True
    after, before = text[b], text[a - 1]
    return not before.isspace() and not after.isalnum()
