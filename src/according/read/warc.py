"""WARC: the web pages that a crawler or an archive captured."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import IO, TYPE_CHECKING

from according.read.html import MAX_PAGE_BYTES, Page, page_report
from according.read.model import Settings, Source, UnreadableError, guarded, problem
from according.records import Issue, Report

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_BROKEN = "the archive is damaged here, and what follows is not read; get a whole copy."
_HTML = ("text/html", "application/xhtml+xml")


def read_warc(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read the pages of a web archive, one record after the other.

    Only answers of servers (`response`) with status 200 that are HTML are
    read; pictures, requests and the like are passed over.

    Args:
        source: The archive, compressed or not.
        settings: What is assumed where a page says nothing.

    Yields:
        Reports, called after their records' own ids, and issues.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    stream = _Stream(source.stream)
    with guarded("warc-broken", _BROKEN):
        records = iter(
            ArchiveIterator(
                stream,  # type: ignore[arg-type]
                record_types=WarcRecordType.response,
                parse_http=False,
            )
        )
    number = 0
    any_page = False
    while True:
        with guarded("warc-broken", f"record {number + 1}: {_BROKEN}"):
            record = next(records, None)
        if record is None:
            break
        number += 1
        for item in _read_record(record, number, source, settings):
            any_page = True
            yield item
    if not source.head.startswith(b"WARC/"):
        raise UnreadableError("warc-broken", "the file is no web archive; get another copy.")
    if not stream.is_whole:
        raise UnreadableError("warc-broken", f"the archive is cut short; {_BROKEN}")
    if not any_page:
        yield problem("file-empty", "the archive holds no page.", source=source.name, report=source.id)


def _read_record(
    record: WarcRecord, number: int, source: Source, settings: Settings
) -> Iterator[Report | Issue]:
    name = f"{source.name}#{number}"
    with guarded("warc-broken", f"record {number}: {_BROKEN}"):
        url = record.headers.get("WARC-Target-URI")
        own_id = (record.headers.get("WARC-Record-ID") or "").strip("<> ") or None
        length = record.headers.get("Content-Length")
    if own_id is None and source.id is not None:
        own_id = f"{source.id}#{number}"
    if url is not None:
        name = f"{name} ({url[:200]})"
    if length is None:
        return  # The end of the archive is missing, and that is told there.
    if record.content_length > MAX_PAGE_BYTES:
        # A film or a picture may be as large as it likes; a page may not.
        with guarded("warc-broken", f"record {number}: {_BROKEN}"):
            record.parse_http()
            is_page = _is_page(record)
        if is_page:
            yield problem(
                "file-too-large",
                f"the page has more than {MAX_PAGE_BYTES:,} bytes.",
                source=name,
                report=own_id,
            )
        return
    with guarded("warc-broken", f"record {number}: {_BROKEN}"):
        wanted = record.content_length
        whole = record.freeze() and record.content_length >= wanted
        if not whole:
            raise UnreadableError("warc-broken", f"record {number}: the archive is cut short; {_BROKEN}")
        record.parse_http(auto_decode="all")
        if not _is_page(record):
            return
        body = record.reader.read(MAX_PAGE_BYTES + 1)
        charset = record.http_charset
        captured = _day(record)
    if len(body) > MAX_PAGE_BYTES:
        yield problem(
            "file-too-large", f"the page has more than {MAX_PAGE_BYTES:,} bytes.", source=name, report=own_id
        )
        return
    yield from page_report(body, Page(name, own_id, url, captured, charset), settings)


def _is_page(record: WarcRecord) -> bool:
    """Whether the record is a page that the server gave as asked."""
    headers = record.http_headers
    if headers is None or headers.status_code != 200:
        return False
    kind = (record.http_content_type or "").split(";")[0].strip().lower()
    return kind in _HTML


def _day(record: WarcRecord) -> date | None:
    """Day of the capture."""
    given = record.headers.get("WARC-Date")
    try:
        return date.fromisoformat((given or "")[:10])
    except ValueError:
        return None


class _Stream:
    """A stream as the archive library wants one: it asks for the place, but need not go back."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner, self._place, self._tail = inner, 0, b""

    @property
    def is_whole(self) -> bool:
        """Whether what was read ends where a record does: with two line ends."""
        return self._tail.endswith((b"\r\n\r\n", b"\n\n"))

    def read(self, size: int = -1) -> bytes:
        data = self._inner.read(size)
        self._place += len(data)
        if data:
            self._tail = (self._tail + data[-4:])[-4:]
        return data

    def tell(self) -> int:
        return self._place

    def seekable(self) -> bool:
        return False

    def seek(self, *place: int) -> int:
        raise OSError("the stream cannot be rewound")
