"""What the exports of news databases share: a story, and the reports made of stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from according.read.days import parse_day
from according.read.model import Settings, Source, check_text, make_id, problem
from according.records import Issue, Report


@dataclass(frozen=True, slots=True)
class Story:
    """One story of an export, as its fields give it.

    Attributes:
        title: Headline.
        body: Text of the story, exactly as the export gives it.
        byline: Who wrote it.
        deck: Words that stand under the headline.
        publisher: Outlet.
        day: Date of publication as written.
        loaded: Day on which the database took it in, as written.
        dateline: Place it was filed from.
        id: The database's own id.
        line: Line of the export it begins on, from 1, where it has lines.
        section: Part of the paper. Kept for readers of the export; not part of a report.
        length: Words, as the export counts them. Likewise.
    """

    title: str | None
    body: str
    byline: str | None = None
    deck: str | None = None
    publisher: str | None = None
    day: str | None = None
    loaded: str | None = None
    dateline: str | None = None
    id: str | None = None
    line: int | None = None
    section: str | None = None
    length: int | None = None


def read_stories(stories: Iterable[Story], source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Make reports of the stories of one export.

    A report's text is headline, deck, author line and body, each a paragraph.

    Args:
        stories: The stories in order.
        source: The export.
        settings: What is assumed where a story says nothing.

    Yields:
        For each story its report, after remarks on its date; or the issue
        that tells why there is none.
    """
    any_story = False
    for number, story in enumerate(stories, start=1):
        any_story = True
        text = _text(story)
        own_id = story.id or (make_id(text) if source.id is None else f"{source.id}#{number}")
        issue = None
        if not story.body.strip():
            issue = problem(
                "text-empty",
                "the story has no text; export full documents.",
                source=source.name,
                line=story.line,
                report=own_id,
            )
        issue = issue or check_text(text, source=source.name, line=story.line, report=own_id)
        if issue is not None:
            yield issue
            continue
        published, remark = _published(story, settings)
        if remark is not None:
            code, message = remark
            yield _remark(code, message, source, story, own_id)
        yield Report(
            id=own_id,
            text=text,
            title=story.title,
            publisher=story.publisher or settings.publisher,
            published=published,
            dateline=story.dateline,
        )
    if not any_story:
        yield problem("file-empty", "the export holds no story.", source=source.name, report=source.id)


def _text(story: Story) -> str:
    parts = [story.title, story.deck]
    if story.byline:
        by = story.byline
        parts.append(by if by.casefold().startswith(("by ", "von ", "par ", "por ")) else f"By {by}")
    head = [part for part in parts if part]
    return "\n\n".join([*head, story.body])


def _published(story: Story, settings: Settings) -> tuple[date | None, tuple[str, str] | None]:
    """Day of publication, and what is to be remarked about it."""
    day = parse_day(story.day) if story.day else None
    if day is not None:
        return day, None
    loaded = parse_day(story.loaded) if story.loaded else None
    if loaded is not None:
        return loaded, (
            "date-assumed",
            f"the story does not tell its date; it is taken to be of {loaded}, the day it was loaded.",
        )
    if story.day:
        return None, (
            "date-wrong",
            f"{story.day[:60]!r} is not a date that can be read; the report is coded without it.",
        )
    return settings.published, None


def _remark(code: str, message: str, source: Source, story: Story, own_id: str) -> Issue:
    return problem(code, message, source=source.name, line=story.line, report=own_id)
