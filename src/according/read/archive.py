"""Compressed files: `.gz` and `.zst` with one file in them, `.zip` with many, all within limits."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO, cast

from according.read.dispatch import read_stream
from according.read.model import Settings, Source, UnreadableError, guarded, problem
from according.read.registry import is_known, unpacked_name
from according.read.spool import seekable
from according.records import Issue, Report

MAX_MEMBERS = 100_000
"""Most files that one archive may hold."""
MAX_RATIO = 200
"""Most bytes that one compressed byte may grow to, once `RATIO_FROM` are reached."""
RATIO_FROM = 16_000_000
"""Bytes of unpacked data from which on the ratio counts."""
MAX_UNPACKED = 50_000_000_000
"""Most bytes that one compressed file may grow to."""

_BROKEN = "the compressed data is damaged or cut short; get a whole copy."
_ZSTD_PIECE = 1024


def read_gzip(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read what a `.gz` file holds, by the name without `.gz`.

    Args:
        source: The file.
        settings: What is assumed of its reports.
    """
    counted = _Counted(source.stream)
    return _read_packed(source, gzip.GzipFile(fileobj=counted), counted, settings)


def read_zstd(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read what a `.zst` file holds, by the name without `.zst`.

    Args:
        source: The file.
        settings: What is assumed of its reports.
    """
    counted = _Counted(source.stream)
    return _read_packed(source, _Zstd(cast(IO[bytes], counted)), counted, settings)


def _read_packed(
    source: Source, opened: object, counted: _Counted, settings: Settings
) -> Iterator[Report | Issue]:
    bounded = _Bounded(cast(IO[bytes], opened), lambda: counted.count)
    stream = cast(IO[bytes], bounded)
    yield from read_stream(
        source.name, source.id, stream, settings, kind=unpacked_name(source.name), packed=True
    )


def read_zip(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read the files of a `.zip` archive that are of a known kind.

    Each is read from the archive; nothing is written to disk.

    Args:
        source: The archive.
        settings: What is assumed of its reports.

    Yields:
        Reports, called after the archive and the file in it, and issues.
    """
    with seekable(source) as stream:
        with guarded("archive-broken", _BROKEN):
            archive = zipfile.ZipFile(stream)
        with archive:
            yield from _read_members(archive, source, settings)


def _read_members(archive: zipfile.ZipFile, source: Source, settings: Settings) -> Iterator[Report | Issue]:
    members = [m for m in archive.infolist() if not m.is_dir() and not _is_clutter(m.filename)]
    if len(members) > MAX_MEMBERS:
        raise UnreadableError(
            "archive-too-large",
            f"the archive holds {len(members):,} files, more than {MAX_MEMBERS:,}; split it.",
        )
    chosen = [m for m in members if is_known(m.filename)]
    if not chosen:
        yield problem(
            "folder-empty", "the archive holds no file of a known kind.", source=source.name, report=source.id
        )
    left = MAX_UNPACKED
    for member in chosen:
        name = f"{source.name}/{member.filename}"
        refused = _refusal(member)
        if refused is not None:
            yield problem(refused.code, str(refused), source=name)
            continue
        own_id = None if source.id is None else f"{source.id}/{member.filename}"
        try:
            with guarded("archive-broken", _BROKEN):
                opened = archive.open(member)
        except UnreadableError as error:
            yield problem(error.code, str(error), source=name, report=own_id)
            continue
        with opened:
            bounded = _Bounded(opened, partial(int, member.compress_size), left)
            stream = cast(IO[bytes], bounded)
            yield from read_stream(name, own_id, stream, settings, kind=member.filename, packed=True)
            left -= bounded.count


def _is_clutter(name: str) -> bool:
    """Whether a member is hidden or what a system leaves in archives."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)


def _refusal(member: zipfile.ZipInfo) -> UnreadableError | None:
    """Why a member is not read, if so."""
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return UnreadableError("archive-path", "the name leads out of the archive; the file is not read.")
    if member.flag_bits & 0x1:
        return UnreadableError("archive-encrypted", "the file asks for a password; unpack it first.")
    return None


class _Counted(io.RawIOBase):
    """A stream that counts what is read of it."""

    def __init__(self, inner: IO[bytes]) -> None:
        super().__init__()
        self._inner = inner
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        data = self._inner.read(-1 if size is None else size)
        self.count += len(data)
        return data

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)


class _Bounded(io.BufferedIOBase):
    """Unpacked bytes, which end with an error when there are far more than honest text gives."""

    def __init__(self, inner: IO[bytes], packed: Callable[[], int], most: int = MAX_UNPACKED) -> None:
        super().__init__()
        self._inner, self._packed, self._most = inner, packed, most
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        with guarded("archive-broken", _BROKEN):
            data = self._inner.read(-1 if size is None else size)
        self.count += len(data)
        if self.count > self._most or (
            self.count > RATIO_FROM and self.count > MAX_RATIO * max(self._packed(), 1)
        ):
            raise UnreadableError(
                "archive-too-large",
                f"the compressed data grows to more than {self._most:,} bytes, or to more than"
                f" {MAX_RATIO} times its size; unpack it by hand if you trust it.",
            )
        return data


class _Zstd(io.RawIOBase):
    """Unpacks Zstandard frames and notices one that is cut short."""

    def __init__(self, inner: IO[bytes]) -> None:
        super().__init__()
        from zstandard import ZstdDecompressor

        self._inner = inner
        self._maker = ZstdDecompressor(max_window_size=2**27)
        self._frame = self._maker.decompressobj()
        self._begun = False
        self._ready = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        # Small pieces in, so that a block of few bytes cannot unfold to gigabytes at once.
        while not self._ready:
            piece = self._inner.read(_ZSTD_PIECE)
            if not piece:
                if self._begun:
                    raise EOFError("the last frame is not complete")
                return b""
            self._ready = self._unpack(piece)
        if size is None or size < 0:
            size = len(self._ready)
        data, self._ready = self._ready[:size], self._ready[size:]
        return data

    def _unpack(self, piece: bytes) -> bytes:
        out = b""
        while piece:
            self._begun = True
            out += self._frame.decompress(piece)
            if not self._frame.eof:
                break
            piece = self._frame.unused_data
            self._frame = self._maker.decompressobj()
            self._begun = False
        return out
