"""RSS and Atom: one report an entry."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

from according.read.days import parse_day
from according.read.fetch import FetchError
from according.read.html import Page, page_report
from according.read.markup import refuse_entities, words_of
from according.read.model import (
    NOTED,
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

MAX_FEED_BYTES = 20_000_000
"""Largest feed that is taken apart."""


def read_feed(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read the entries of an RSS or Atom feed.

    A report's text is the entry's headline and its content or summary. Where
    links are fetched, the page an entry links to takes the place of the entry,
    which stays where the page cannot be had.

    Args:
        source: The feed.
        settings: What is assumed of entries; its `fetcher` follows links.

    Yields:
        Reports, called after the entries' own ids, and issues.
    """
    data = source.read(MAX_FEED_BYTES)
    if data is None:
        raise UnreadableError("file-too-large", f"the feed has more than {MAX_FEED_BYTES:,} bytes; split it.")
    if not data.strip():
        yield problem("file-empty", "the file is empty; leave it out.", source=source.name, report=source.id)
        return
    refuse_entities(data)
    import feedparser

    broken = "the file is no RSS or Atom feed; save the reports themselves."
    with guarded("feed-broken", broken):
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
        entries = list(feed.entries)
        about: Mapping[str, Any] = feed.feed
        known = bool(feed.version)
        fault = feed.get("bozo_exception")
    if not entries and (fault is not None or not known):
        raise UnreadableError("feed-broken", broken)
    if not entries:
        yield problem("file-empty", "the feed has no entries; leave it out.", source=source.name)
    for number, entry in enumerate(entries, start=1):
        with guarded("feed-broken", f"entry {number} cannot be read."):
            report, remarks = _report(entry, about, source, settings, number)
        yield from _best(report, remarks, source, settings, number)
    if entries and fault is not None and type(fault).__name__ == "SAXParseException":
        yield problem(
            "feed-broken",
            f"the feed breaks off or is not well formed ({str(fault)[:100]}); {len(entries)} entries were"
            " read, and more may be missing.",
            source=source.name,
        )


def _best(
    report: Report, remarks: list[Issue], source: Source, settings: Settings, number: int
) -> Iterator[Report | Issue]:
    """The page behind the entry where it may be had, else the entry."""
    if settings.fetcher is not None and report.url is not None:
        found = list(_fetched(report, source, settings, number))
        if any(isinstance(item, Report) for item in found):
            yield from found
            return
        yield from (item for item in found if isinstance(item, Issue) and item.code in NOTED)
    issue = check_text(report.text, source=source.name, line=None, report=report.id)
    if issue is not None:
        yield issue
        return
    yield from remarks
    yield report


def _fetched(report: Report, source: Source, settings: Settings, number: int) -> Iterator[Report | Issue]:
    """The linked page as a report with the entry's own details."""
    if settings.fetcher is None or report.url is None:
        return
    name = f"{source.name}#{number} ({report.url[:200]})"
    try:
        page = settings.fetcher.get_link(report.url)
    except FetchError as error:
        yield problem(
            "link-not-fetched", f"{error}; the entry's own words are coded.", source=name, report=report.id
        )
        return
    plain = Settings(published=report.published, publisher=report.publisher)
    for item in page_report(page.body, Page(name, report.id, report.url, None, page.charset), plain):
        if isinstance(item, Report):
            yield item.model_copy(
                update={
                    "title": item.title or report.title,
                    "published": report.published or item.published,
                    "publisher": item.publisher or report.publisher,
                }
            )
        elif item.code not in NOTED:
            yield problem(
                "link-not-fetched",
                "no report's text was found on the page; the entry's own words are coded.",
                source=name,
                report=report.id,
            )


def _report(
    entry: Mapping[str, Any], about: Mapping[str, Any], source: Source, settings: Settings, number: int
) -> tuple[Report, list[Issue]]:
    title = " ".join(_words(entry.get("title_detail") or {}).split()) or None
    contents = entry.get("content") or []
    body = max((_words(item) for item in contents), key=len, default="")
    body = body or _words(entry.get("summary_detail") or {})
    parts = [title] if title and not body.startswith(title) else []
    text = "\n\n".join([*parts, *([body] if body else [])])
    given = str(entry.get("published") or entry.get("updated") or "")
    published = _day(given)
    url = str(entry.get("link") or "") or None
    about_source = entry.get("source") or {}
    publisher = str(about_source.get("title") or about.get("title") or "").strip() or None
    own_id = str(entry.get("id") or "") or url
    if own_id is None:
        own_id = make_id(text) if source.id is None else f"{source.id}#{number}"
    remarks = []
    if given and published is None:
        remarks.append(
            problem(
                "date-wrong",
                f"entry {number}: {given[:60]!r} is not a date; the report is coded without it.",
                source=source.name,
                report=own_id,
            )
        )
    report = Report(
        id=own_id,
        text=text,
        title=title,
        publisher=publisher or settings.publisher,
        published=published or (None if given else settings.published),
        url=url,
    )
    return report, remarks


def _words(content: Mapping[str, Any]) -> str:
    value = str(content.get("value") or "")
    return value.strip() if content.get("type") == "text/plain" else words_of(value)


def _day(given: str) -> date | None:
    """The calendar day of a date as feeds write it, in its own time zone."""
    try:
        return parsedate_to_datetime(given).date()
    except (ValueError, TypeError, IndexError):
        pass
    try:
        return parse_published(given)
    except ValueError:
        return parse_day(given)
