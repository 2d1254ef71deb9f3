"""The words of a piece of HTML, such as the entry of a feed; what XML is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from according.read.model import UnreadableError, guarded

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure"}
    | {"footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"}
    | {"section", "table", "td", "th", "tr", "ul"}
)
_DROPPED = frozenset({"script", "style", "template", "noscript", "iframe", "head", "title"})
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&#?\w+;")
_SPACES = re.compile(r"[ \t\r\n\f]+")


_WIDE_ENTITY = ("<!ENTITY".encode("utf-16-le"), "<!ENTITY".encode("utf-16-be"))


def refuse_entities(data: bytes) -> None:
    """Refuse XML that defines entities of its own, which can grow without bound.

    Args:
        data: The XML.

    Raises:
        UnreadableError: It does.
    """
    if b"<!ENTITY" in data or any(mark in data for mark in _WIDE_ENTITY):
        raise UnreadableError(
            "xml-entities", "the XML defines entities, which are not opened; save it without them."
        )


def words_of(markup: str) -> str:
    r"""Get the words of a piece of HTML, a paragraph a line, a blank line between.

    Args:
        markup: HTML, or plain text, which is returned as it is.

    Raises:
        UnreadableError: The markup cannot be taken apart.

    Example:
        >>> words_of("<p>Rebels <b>fled</b>.</p><p>Two&nbsp;died.</p>")
        'Rebels fled.\n\nTwo\xa0died.'
    """
    if not _MARKUP.search(markup):
        return markup.strip()
    from lxml import html

    with guarded("markup-broken", "the markup cannot be taken apart; save the text alone."):
        return element_words(html.fragment_fromstring(markup, create_parent="div"))


def element_words(element: HtmlElement) -> str:
    """Get the words of an element, a paragraph a line, a blank line between.

    Args:
        element: The element; scripts and styles in it are left out.
    """
    pieces: list[str] = []
    _collect(element, pieces)
    lines = (_SPACES.sub(" ", line).strip(" ") for line in "".join(pieces).split("\0"))
    return "\n\n".join(line for line in lines if line)


def _collect(top: HtmlElement, pieces: list[str]) -> None:
    """Gather text in order, with a mark where a block begins or ends; no recursion, markup may be deep."""
    stack: list[HtmlElement | str] = [top]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        tag = item.tag if isinstance(item.tag, str) else ""
        if item is not top and item.tail:
            stack.append(item.tail)
        if not tag or tag in _DROPPED:
            continue
        block = tag in _BLOCKS
        if block:
            stack.append("\0")
        stack.extend(reversed(item))
        if item.text:
            stack.append(item.text)
        if block:
            stack.append("\0")
