"""Reading the day of publication out of a report's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from according.records import Region
from according.resolution.times.find import find_times

_STORY = re.compile(
    r"\b(?:this (?:story|article|report) (?:is|was) (?:from|published(?: on)?)"
    r"|(?:first |last )?(?:published|updated|posted)(?: on| at)?)\s{0,2}:?\s{0,2}",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\b(?:[0-3]?\d (?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]* (?:\d\d|\d{4}))\b"
)
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", re.IGNORECASE)
_LINE_END = re.compile(r"\s*(?:\([^)\n]{2,20}\)\s*)?(?:[-–—]{1,2}\s|\n|$)")
_RUNNING = re.compile(r"[a-z]{2,} [a-z]{2,} ")
_OLD_PHOTO = re.compile(r"\b(?:file|archive|stock|undated|then|former|handout)\b", re.IGNORECASE)
_HEAD = 600


def infer_published(text: str, regions: Sequence[Region]) -> tuple[date | None, str]:
    """Infer the day of publication.

    Looked for in turn: "This story is from March 12, 2002" and "Published: ..."; a wire header
    ("4 FEB 90"); a dateline or byline with a full date; a weekday with its full date near the
    beginning; a caption with a full date.

    Args:
        text: The report's text.
        regions: Its regions.

    Returns:
        The day or None, and why.
    """
    for found in _STORY.finditer(text):
        if day := _full_day(text[found.end() : found.end() + 40], at_start=True):
            return day, f"the report says so: {text[found.start() : found.end()].strip()}"
    if (found_head := _HEADER.search(text, 0, _HEAD)) and (day := _full_day(found_head[0])):
        return day, "header of the report"
    for kind in ("dateline", "byline"):
        for region in regions:
            if region.kind == kind and (day := _full_day(text[region.start : region.end])):
                return day, f"date in the {kind}"
    for region in regions:
        words = text[region.start : region.end]
        if region.kind == "caption" and not _OLD_PHOTO.search(words) and (day := _full_day(words)):
            return day, "date in the caption"
    head = text[:_HEAD]
    for time in find_times(head):
        line = head.rfind("\n", 0, time.span.start) + 1
        lead = head[line : time.span.start]
        after = head[time.span.end : time.span.end + 30]
        if not _is_full(time.value):
            continue
        if len(lead) < 40 and _LINE_END.match(after) and not _RUNNING.search(lead):
            return time.from_, "dateline"
        if _WEEKDAY.match(time.span.text):
            return time.from_, "weekday with its date near the beginning"
    return None, "no date of publication in the text"


def _is_full(value: str) -> bool:
    return re.match(r"\d{4}-\d\d-\d\d", value) is not None


def _full_day(text: str, *, at_start: bool = False) -> date | None:
    for time in find_times(text):
        if _is_full(time.value) and not (at_start and time.span.start > 12):
            return time.from_
    return None
