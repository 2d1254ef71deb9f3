"""Saved web pages: the main text, with what the page says of title, author, date and outlet."""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from according.read.decode import UndecodableError, decode
from according.read.model import (
    Settings,
    Source,
    UnreadableError,
    check_text,
    guarded,
    make_id,
    parse_published,
    problem,
)
from according.records import Issue, Report

# The libraries tell of every odd page; what matters is told as an issue here.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

MAX_PAGE_BYTES = 20_000_000
"""Largest page that is taken apart."""
MIN_WORDS = 20
"""Fewer words than this are a menu or a notice, not a report."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_FACTIVA = re.compile(rb"""<div[^>]{0,80}class=["']?article\s+\w\wArticle\b""", re.IGNORECASE)
_ODD = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Encodings that no page has, and that are slow or mean something else."""
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read a saved page that is one report.

    The report's text is the page's headline, its author line and its main
    text, each on a line of its own.

    Args:
        source: The file.
        settings: What is assumed where the page says nothing.

    Yields:
        The report, or the issue that tells why there is none.
    """
    data = source.read(MAX_PAGE_BYTES)
    if data is None:
        yield problem(
            "file-too-large",
            f"the page has more than {MAX_PAGE_BYTES:,} bytes; save the report alone.",
            source=source.name,
            report=source.id,
        )
        return
    if not data.strip():
        yield problem("file-empty", "the file is empty; leave it out.", source=source.name, report=source.id)
        return
    if is_factiva_page(data):
        from according.read.factiva_page import read_factiva_page

        yield from read_factiva_page(_decode_page(data), source, settings)
        return
    yield from page_report(data, Page(source.name, source.id), settings)


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page comes from.

    Attributes:
        name: What it is called in messages.
        id: Id of its report, or None to make one from its text.
        url: Its address.
        captured: Day on which it was fetched; stands in for a date of
            publication that neither the page nor the user gives.
        charset: Encoding that came with it.
    """

    name: str
    id: str | None
    url: str | None = None
    captured: date | None = None
    charset: str | None = None


def page_report(data: bytes, page: Page, settings: Settings) -> Iterator[Report | Issue]:
    """Make a report of a page.

    Args:
        data: The page.
        page: Where it comes from.
        settings: What is assumed where the page says nothing.

    Yields:
        The report, after a remark if its date is the day of the capture; or
        the issue that tells why there is none.
    """
    try:
        report = _extract(_decode_page(data, page.charset), page, settings)
    except (UndecodableError, UnreadableError) as error:
        yield problem(error.code, str(error), source=page.name, report=page.id)
        return
    if report is None:
        yield problem(
            "main-text-missing",
            "no report's text was found on the page; save the text itself as a .txt file.",
            source=page.name,
            report=page.id,
        )
        return
    issue = check_text(report.text, source=page.name, report=report.id)
    if issue is not None:
        yield issue
        return
    if page.captured is not None and (report.published is None or report.published > page.captured):
        report = report.model_copy(update={"published": settings.published or page.captured})
        if settings.published is None:
            yield problem(
                "date-assumed",
                f"the page does not tell its date; it is taken to be of {page.captured}, the day it was"
                " captured. Give the date with --published if that is wrong.",
                source=page.name,
                report=report.id,
            )
    yield report


def is_factiva_page(data: bytes) -> bool:
    """Tell whether a page is an export of Factiva."""
    return _FACTIVA.search(data) is not None


def _decode_page(data: bytes, charset: str | None = None) -> str:
    """Decode a page: by its mark, as UTF-8, by what is declared of it, by its statistics."""
    declared = _CHARSET.search(data[:4096])
    names = [charset, declared.group(1).decode("ascii") if declared is not None else None]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = None
    for name in filter(None, names):
        if text is None:
            try:
                text = None if codecs.lookup(name).name in _ODD else data.decode(name)
            except (LookupError, ValueError):
                text = None
    return _DECLARATION.sub("", decode(data) if text is None else text)


def _extract(markup: str, page: Page, settings: Settings) -> Report | None:
    from trafilatura import bare_extraction

    if "\0" in markup:
        return None
    with guarded("markup-broken", "the page cannot be taken apart; save the text itself as a .txt file."):
        found = bare_extraction(
            markup,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    if found is None or isinstance(found, dict):
        return None
    main = (found.text or "").strip()
    if len(main.split()) < MIN_WORDS:
        return None
    title = _clean(found.title)
    parts = [main]
    author = _clean(found.author)
    if author and author.casefold() not in main[:400].casefold():
        parts.insert(0, "By " + author.replace("; ", " and "))
    if title and not main.startswith(title):
        parts.insert(0, title)
    text = "\n\n".join(parts)
    return Report(
        id=page.id or make_id(text),
        text=text,
        title=title,
        publisher=_clean(found.sitename) or settings.publisher,
        published=_date(found.date) or settings.published,
        url=page.url or _clean(found.url),
    )


def _clean(value: str | None) -> str | None:
    value = " ".join((value or "").split())
    return value or None


def _date(value: str | None) -> date | None:
    try:
        return parse_published(value)
    except ValueError:
        return None
