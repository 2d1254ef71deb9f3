"""Exports of Factiva as text: with tagged fields (HD, PD, SN, LP, TD, ...) or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from according.read.days import parse_day
from according.read.exports import Story

_HEAD_TAGS = ["SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "CX"]
_BODY_TAGS = ("LP", "TD")
_TAIL_TAGS = ["CT", "RF", "ART", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "CLM", "DE"]
TAGS = frozenset([*_HEAD_TAGS, *_BODY_TAGS, *_TAIL_TAGS])
"""Tags of the fields of a story."""

_TAG = re.compile(r"^[ \t\xa0]*(?P<tag>[A-Z]{2,3})(?P<gap>[ \t\xa0]+|$)(?P<value>.*)$")
_DOCUMENT = re.compile(r"^[ \t\xa0]*Document[ \t\xa0]+(?P<id>[A-Za-z0-9]{18,40})[ \t\xa0]*$", re.MULTILINE)
_WORDS = re.compile(r"^(?P<count>\d[\d,.]*)[ \xa0]words$", re.IGNORECASE)
_TIME = re.compile(r"^\d\d:\d\d(?: [A-Z]{2,4})?$")
_COPYRIGHT = re.compile(r"^(?:\(c\)|©|copyright\b|all rights reserved)", re.IGNORECASE)
_HEAD_LINES = 14
_REST = re.compile(r"search summary|factiva, inc|dow jones", re.IGNORECASE)


def is_factiva(text: str) -> bool:
    """Tell whether a text is an export of Factiva, tagged or not."""
    return _is_tagged(text) or _is_plain(text)


def split_factiva(text: str) -> Iterator[Story]:
    """Part an export of Factiva into its stories.

    Args:
        text: The whole export.
    """
    return _split_tagged(text) if _is_tagged(text) else _split_plain(text)


def tagged_story(values: Mapping[str, str], line: int | None = None) -> Story:
    """Make a story of its tagged fields.

    Args:
        values: Values by tag. The text is the lead (LP) and what follows (TD).
        line: Line of the export it begins on.
    """
    parts = [values[tag].strip("\r\n").strip() for tag in _BODY_TAGS if values.get(tag, "").strip()]
    number = _WORDS.match(_one_line(values.get("WC", "")) or "")
    found = re.search(r"[A-Za-z0-9]{18,40}", values.get("AN", ""))
    return Story(
        title=_one_line(values.get("HD", "")),
        body="\n\n".join(parts),
        byline=_one_line(values.get("BY", "")),
        publisher=_one_line(values.get("SN", "")),
        day=_one_line(values.get("PD", "")),
        id=found[0] if found else None,
        line=line,
        section=_one_line(values.get("SE", "")),
        length=int(re.sub(r"\D", "", number["count"])) if number else None,
    )


def head_story(lines: list[str], body: str, own_id: str | None, line: int | None = None) -> Story | None:
    """Make a story of the lines above its text, which have no tags.

    Args:
        lines: Lines that are not blank: section, headline, author, words,
            day, time, outlet, code, language, copyright.
        body: The text below them.
        own_id: Factiva's own id.
        line: Line of the export it begins on.

    Returns:
        The story, or None if the lines do not count its words and tell its day.
    """
    at = next((n for n, text in enumerate(lines) if n and _WORDS.match(text)), None)
    if at is None or at + 1 >= len(lines) or parse_day(lines[at + 1]) is None:
        return None
    count = _WORDS.match(lines[at])
    rest = [text for text in lines[at + 2 :] if not _TIME.match(text)]
    section, title, byline = _above(lines[:at])
    return Story(
        title=title,
        body=body.strip("\r\n").strip(),
        byline=byline,
        publisher=rest[0] if rest else None,
        day=lines[at + 1],
        id=own_id,
        line=line,
        section=section,
        length=int(re.sub(r"\D", "", count["count"])) if count else None,
    )


def _above(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Section, headline and author among the lines above the count of words."""
    by = next((n for n, text in enumerate(lines) if n and text.casefold().startswith("by ")), None)
    named = lines[:by] if by is not None else lines
    title = max(named, key=lambda text: len(text.split()))
    at = named.index(title)
    byline = lines[by] if by is not None else " ".join(named[at + 1 :])
    return " ".join(named[:at]) or None, title, byline or None


def _one_line(value: str) -> str | None:
    return " ".join(value.split()) or None


def _is_tagged(text: str) -> bool:
    tags = [found["tag"] for found in map(_TAG.match, text.splitlines()[:4000]) if found]
    first = tags.index("HD") if "HD" in tags else None
    return first is not None and {"PD", "SN"} <= set(tags[first:]) and bool({"LP", "TD"} & set(tags[first:]))


def _split_tagged(text: str) -> Iterator[Story]:
    values: dict[str, list[str]] = {}
    tag: str | None = None
    begin = 1
    for number, line in enumerate(text.split("\n"), start=1):
        found = _next_tag(line.rstrip("\r"), tag)
        if found is None:
            if tag is not None:
                values[tag].append(line.rstrip("\r"))
            continue
        name, value = found
        if name in values or (name in {"SE", "HD"} and "AN" in values):
            yield _tagged(values, begin)
            values = {}
        if not values:
            begin = number
        tag = name
        values[tag] = [value]
    if "HD" in values:
        yield _tagged(values, begin)


def _tagged(values: Mapping[str, list[str]], line: int) -> Story:
    return tagged_story({tag: "\n".join(lines) for tag, lines in values.items()}, line)


def _next_tag(line: str, current: str | None) -> tuple[str, str] | None:
    """The tag a line begins with, if it can stand there, and what follows it.

    Inside the text only a tag that stands alone, or before a tab, counts:
    words such as "IN" or "RE" may begin a paragraph.
    """
    found = _TAG.match(line)
    if found is None or found["tag"] not in TAGS:
        return None
    tag, gap, value = found["tag"], found["gap"], found["value"]
    if current is None:
        return (tag, value) if tag in {"SE", "HD"} else None
    clear = "\t" in gap or not value.strip()
    if current in _BODY_TAGS and not clear and not (tag == "AN" and _DOCUMENT.match(value)):
        return None
    if tag == "LA" and not clear and len(value.split()) > 2:
        return None
    return tag, value


def _is_plain(text: str) -> bool:
    found = _DOCUMENT.search(text)
    if found is None:
        return False
    lines = [line.strip() for line in text[: found.start()].splitlines()]
    return any(
        _WORDS.match(line) and any(map(parse_day, filter(None, lines[n + 1 : n + 4])))
        for n, line in enumerate(lines)
    )


def _split_plain(text: str) -> Iterator[Story]:
    start, lines = 0, 1
    for mark in [*_DOCUMENT.finditer(text), None]:
        end = len(text) if mark is None else mark.start()
        chunk = text[start:end]
        line = lines + chunk.count("\n", 0, len(chunk) - len(chunk.lstrip()))
        story = _plain(chunk, None if mark is None else mark["id"], line)
        if story is not None:
            yield story
        elif mark is not None or (chunk.strip() and not _REST.search(chunk)):
            # Not laid out as expected: the text is kept whole, and nothing is taken for a headline.
            yield Story(title=None, body=chunk.strip(), id=None if mark is None else mark["id"], line=line)
        after = end if mark is None else mark.end()
        lines += text.count("\n", start, after)
        start = after


def _plain(chunk: str, own_id: str | None, line: int) -> Story | None:
    offset = 0
    lines: list[str] = []
    for raw in chunk.splitlines(keepends=True):
        offset += len(raw)
        words = " ".join(raw.split())
        if not words:
            continue
        lines.append(words)
        if len(lines) > _HEAD_LINES:
            break
        if _COPYRIGHT.match(words):
            story = head_story(lines, chunk[offset:], own_id, line)
            return story and replace(story, body=_without_rights(story.body))
    return None


def _without_rights(body: str) -> str:
    """Leave out a second line of the notice of copyright."""
    first, _, rest = body.partition("\n")
    return rest.strip("\r\n").strip() if _COPYRIGHT.match(first.strip()) else body
