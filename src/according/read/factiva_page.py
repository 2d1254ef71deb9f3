"""Exports of Factiva as web pages: many stories a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from according.read.exports import Story, read_stories
from according.read.factiva import TAGS, head_story, tagged_story
from according.read.markup import element_words
from according.read.model import Settings, Source, guarded
from according.records import Issue, Report

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:^|\s)article\s+\w\wArticle(?:\s|$)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"articleParagraph", re.IGNORECASE)
# Bits of text a tag may be made of: "<b>HD</b>&nbsp;".
_TAG_PIECES = 8
_DOCUMENT = re.compile(r"Document\s+([A-Za-z0-9]{18,40})")


def read_factiva_page(page: str, source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read the stories of a page that Factiva exported, with tagged fields or without.

    Args:
        page: The page.
        source: Where it comes from.
        settings: What is assumed where a story says nothing.
    """
    from lxml import html

    with guarded("markup-broken", "the page cannot be taken apart; export it again."):
        root = html.document_fromstring(page)
        articles = [element for element in root.iter("div") if _ARTICLE.search(_class(element))]
        # Where an end tag is lost, the next story stands within the one before it.
        for article in reversed(articles):
            article.drop_tree()
        stories = [_story(article) for article in articles]
    yield from read_stories(stories, source, settings)


def _class(element: HtmlElement) -> str:
    return str(element.get("class") or "")


def _story(article: HtmlElement) -> Story:
    values: dict[str, str] = {}
    waiting = [article]
    while waiting:
        row = waiting.pop()
        cells = [cell for cell in row if cell.tag in {"td", "th"}] if row.tag == "tr" else []
        tag = (
            "".join(islice(cells[0].itertext(), _TAG_PIECES)).strip(" \t\r\n\xa0") if len(cells) >= 2 else ""
        )
        if tag in TAGS:
            values[tag] = "\n\n".join(element_words(cell) for cell in cells[1:])
        else:
            waiting.extend(reversed(row))
    if "HD" in values:
        return tagged_story(values)
    return _untagged(article)


def _untagged(article: HtmlElement) -> Story:
    """A story whose fields are blocks in a fixed order above its paragraphs."""
    head: list[str] = []
    body: list[str] = []
    own_id: str | None = None
    for block in article.iter("div", "p"):
        if block is article or next(block.iterdescendants("div", "p"), None) is not None:
            continue
        words = element_words(block)
        found = _DOCUMENT.fullmatch(words.strip())
        if found is not None:
            own_id = found[1]
        elif block.tag == "p" and (_PARAGRAPH.search(_class(block)) or body):
            body.append(words)
        elif words and not body:
            head.append(" ".join(words.split()))
    text = "\n\n".join(part for part in body if part)
    story = head_story(head, text, own_id)
    if story is not None:
        return story
    # Not laid out as expected: nothing is lost, and nothing is taken for a headline.
    return Story(title=None, body="\n\n".join([*head, text]), id=own_id)
