"""Read one input: tell its format, hand it to the reader, and tell of what cannot be read."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast
from urllib.parse import urlsplit

from according.read.decode import UndecodableError
from according.read.details import with_details
from according.read.inputs import STDIN, InputFile, is_url
from according.read.model import Settings, Source, UnreadableError, problem
from according.read.registry import HEAD_BYTES, find_format
from according.records import Issue, Report


def read_one(item: InputFile, settings: Settings, stdin: IO[bytes] | None) -> Iterator[Report | Issue]:
    """Read what one input holds.

    Args:
        item: The input.
        settings: What is assumed of its reports.
        stdin: Stream that "-" stands for; standard input if None.
    """
    if item.path == STDIN:
        stream = stdin if stdin is not None else sys.stdin.buffer
        yield from read_stream(STDIN, None, stream, settings)
    elif is_url(item.path):
        yield from _read_url(item.path, settings)
    else:
        yield from _read_file(item, settings)


def read_stream(
    name: str,
    own_id: str | None,
    stream: IO[bytes],
    settings: Settings,
    *,
    kind: str | None = None,
    path: Path | None = None,
    packed: bool = False,
) -> Iterator[Report | Issue]:
    """Read what a stream holds.

    Args:
        name: What it is called in messages.
        own_id: Id of a report that is the whole stream, or None.
        stream: The bytes.
        settings: What is assumed of its reports.
        kind: Name whose ending tells the format, where `name` does not.
        path: The file whose bytes they are.
        packed: Whether they come out of a compressed file.
    """
    try:
        head = _read_head(stream)
        whole = cast(IO[bytes], io.BufferedReader(_Rejoined(head, stream)))
        known = find_format(name if kind is None else kind, head)
        if known.packs and packed:
            yield problem(
                "archive-nested",
                "a compressed file inside another is not opened; unpack it first.",
                source=name,
                report=own_id,
            )
            return
        reader = known.load()
        yield from reader(Source(name, own_id, whole, head, path, packed), settings)
    except (UnreadableError, UndecodableError) as error:
        yield problem(error.code, str(error), source=name, line=getattr(error, "line", None), report=own_id)


def _read_head(stream: IO[bytes]) -> bytes:
    """The first bytes, also of a stream that hands them out in small pieces."""
    head = b""
    while len(head) < HEAD_BYTES and (more := stream.read(HEAD_BYTES - len(head))):
        head += more
    return head


def _read_file(item: InputFile, settings: Settings) -> Iterator[Report | Issue]:
    path = Path(item.path)
    try:
        with path.open("rb") as stream:
            for found in read_stream(item.path, item.id, stream, settings, path=path):
                if isinstance(found, Report) and found.id == item.id:
                    yield from with_details(found, path)
                else:
                    yield found
    except OSError as error:
        yield problem(
            "file-unreadable",
            f"{error.strerror or error}; check the file and its permissions.",
            source=item.path,
        )


def _read_url(url: str, settings: Settings) -> Iterator[Report | Issue]:
    from according.read.fetch import Fetcher, FetchError

    fetcher = settings.fetcher or Fetcher()
    try:
        page = fetcher.get(url)
    except FetchError as error:
        yield problem("url-not-fetched", f"{error}; check the address, or save the file.", source=url)
        return
    fetcher.trust(page.url)
    kind = urlsplit(page.url).path
    if page.is_html and find_format(kind, b"").name != "HTML":
        kind = "page.html"
    yield from read_stream(url, url, io.BytesIO(page.body), settings, kind=kind)


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were already taken off, as if they had not been."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        super().__init__()
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        if self._head:
            data, self._head = self._head[: len(view)], self._head[len(view) :]
        else:
            data = self._rest.read(len(view))
        view[: len(data)] = data
        return len(data)
