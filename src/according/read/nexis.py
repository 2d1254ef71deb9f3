"""Exports of Nexis Uni: many stories a file, each closed by "End of Document"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from according.read.days import parse_day
from according.read.exports import Story

_END = re.compile(r"^[ \t\xa0]*End of Document[ \t\xa0]*$", re.MULTILINE)
_FIELD = re.compile(
    r"^[ \t\xa0]*(?P<name>Copyright|Section|Length|Byline|Dateline|Highlight|Body|Graphic|Classification"
    r"|Load-Date|Language|Publication-Type|Subject|Journal Code|Correction-Date)(?P<colon>[ \t\xa0]*:)?"
    r"(?P<value>[^\r\n]*)$",
    re.MULTILINE,
)
_ALONE = frozenset({"Body", "Graphic", "Classification"})
_AFTER = frozenset({"Graphic", "Classification", "Load-Date", "Correction-Date"})
_LENGTH = re.compile(r"([\d,.]+)\s*words", re.IGNORECASE)
_COVER = re.compile(r"(?:Client/Matter|Search Terms|Search Type|Narrowed by|Content Type|Job Number)\b")
_SPACES = " \t\xa0\r\n"


class _Field(NamedTuple):
    """A field of a story and where its line stands."""

    name: str
    value: str
    start: int
    end: int


def is_nexis(text: str) -> bool:
    r"""Tell whether a text is an export of Nexis Uni.

    Example:
        >>> is_nexis("Talks\nThe Herald\nMarch 3, 2020\nLength: 9 words\nBody\nTalks.\nEnd of Document")
        True
    """
    if _END.search(text) is None:
        return False
    names = {field.name for field in _fields(text)}
    return "Body" in names and bool(names & {"Length", "Load-Date", "Section", "Byline"})


def split_nexis(text: str) -> Iterator[Story]:
    """Part an export of Nexis Uni into its stories.

    What stands before the first story, such as the list of its contents, and
    the keywords and picture captions behind a story's text are left out.

    Args:
        text: The whole export.
    """
    start = lines = 0
    for mark in [*_END.finditer(text), None]:
        end = len(text) if mark is None else mark.start()
        chunk = text[start:end]
        # After the last story there may be a rest of the page; a story that is cut short has a body.
        if chunk.strip(_SPACES) and (mark is not None or any(f.name == "Body" for f in _fields(chunk))):
            yield _story(chunk, lines)
        after = end if mark is None else mark.end()
        lines += text.count("\n", start, after)
        start = after


def _fields(text: str) -> Iterator[_Field]:
    for found in _FIELD.finditer(text):
        name, value = found["name"], found["value"].strip(_SPACES)
        alone = not value and found["colon"] is None
        if name in _ALONE and not alone:
            continue
        if name not in _ALONE and name != "Copyright" and found["colon"] is None:
            continue
        yield _Field(name, value, found.start(), found.end())


def _story(chunk: str, lines_before: int) -> Story:
    fields = list(_fields(chunk))
    body_at = next((n for n, field in enumerate(fields) if field.name == "Body"), None)
    if body_at is None:
        # Some short items have no such line; their text begins behind the last field of the head.
        body_at = next((n - 1 for n, field in enumerate(fields) if field.name in _AFTER), len(fields) - 1)
    before = fields[: max(body_at, 0) + 1]
    after = fields[max(body_at, 0) + 1 :] if fields else []
    begin = before[-1].end if before and body_at >= 0 else 0
    close = next((field.start for field in after if field.name in _AFTER), len(chunk))
    head_end = before[0].start if before else begin
    lines = _head_lines(chunk[:head_end])
    title, publisher, day = _name_lines([line for line, _ in lines])
    first = next((line for text, line in lines if text == title), 0)
    values = {field.name: field.value for field in [*after, *before]}
    length = _LENGTH.search(values.get("Length", ""))
    return Story(
        title=title,
        body=chunk[begin:close].strip("\r\n").strip(_SPACES),
        byline=values.get("Byline") or None,
        deck=values.get("Highlight") or None,
        publisher=publisher,
        day=day,
        loaded=values.get("Load-Date") or None,
        dateline=values.get("Dateline") or None,
        line=lines_before + first + 1,
        section=values.get("Section") or None,
        length=int(re.sub(r"\D", "", length[1]) or 0) if length else None,
    )


def _head_lines(head: str) -> list[tuple[str, int]]:
    """The lines of a head that are not blank, with their numbers from 0."""
    lines = enumerate(head.split("\n"))
    return [(" ".join(line.split()), number) for number, line in lines if line.strip(_SPACES)]


def _name_lines(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Headline, outlet and day: the last line that begins with a day, and the two before it."""
    at = next((n for n in reversed(range(len(lines))) if n >= 1 and parse_day(lines[n])), None)
    if at is None:
        # The first story stands below the list of contents, which ends with how they were searched for.
        cover = next((n for n in reversed(range(len(lines))) if _COVER.match(lines[n])), -1)
        lines = lines[cover + 1 :]
        return (lines[0], lines[1] if len(lines) > 1 else None, None) if lines else (None, None, None)
    title = lines[at - 2] if at >= 2 else None
    return title or lines[at - 1], lines[at - 1] if title else None, lines[at]
