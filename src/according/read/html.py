"""Saved web pages: the main text, with what the page says of title, author, date and outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from according.read.decode import UndecodableError, decode
from according.read.model import Settings, Source, check_text, make_id, parse_published, problem
from according.records import Issue, Report

MAX_PAGE_BYTES = 20_000_000
"""Largest page that is taken apart."""
MIN_WORDS = 20
"""Fewer words than this are a menu or a notice, not a report."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
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
    try:
        page = _decode_page(data)
    except UndecodableError as error:
        yield problem(error.code, str(error), source=source.name, report=source.id)
        return
    report = _extract(page, source, settings)
    if report is None:
        yield problem(
            "main-text-missing",
            "no report's text was found on the page; save the text itself as a .txt file.",
            source=source.name,
            report=source.id,
        )
        return
    yield check_text(report.text, source=source.name, report=report.id) or report


def _decode_page(data: bytes) -> str:
    """Decode a page: by its mark, as UTF-8, by what it declares, by its statistics."""
    declared = _CHARSET.search(data[:4096])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = None
    if text is None and declared is not None:
        try:
            text = data.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            text = None
    return _DECLARATION.sub("", decode(data) if text is None else text)


def _extract(page: str, source: Source, settings: Settings) -> Report | None:
    from trafilatura import bare_extraction

    if "\0" in page:
        return None
    found = bare_extraction(
        page,
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
        id=source.id or make_id(text),
        text=text,
        title=title,
        publisher=_clean(found.sitename) or settings.publisher,
        published=_date(found.date) or settings.published,
        url=_clean(found.url),
    )


def _clean(value: str | None) -> str | None:
    value = " ".join((value or "").split())
    return value or None


def _date(value: str | None) -> date | None:
    try:
        return parse_published(value)
    except ValueError:
        return None
