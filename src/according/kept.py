"""Keep what is slow to work out from files in the user's cache folder.

What is kept is plain bytes with a checksum, under a name that changes with
everything it was worked out from. It is written whole or not at all, so that
processes may share the folder. Where nothing can be read or written, the work
is simply done again.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

FOLDER_SETTING = "ACCORDING_CACHE"
"""Environment variable that names the cache folder; empty or "off": nothing is kept."""

VERSIONS_KEPT = 4
"""Files of one name that are left when a new one is written: several versions may be in use."""

_DIGEST = hashlib.sha256().digest_size


def cache_folder() -> Path | None:
    """Give the folder where things are kept.

    Returns:
        The folder that `ACCORDING_CACHE` names, else the system's place for
        caches; None when nothing is to be kept.
    """
    told = os.environ.get(FOLDER_SETTING)
    if told is not None:
        return None if told.strip().lower() in ("", "off") else Path(told)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / "according" / "Cache" if base else None
    if sys.platform == "darwin":
        return _home("Library", "Caches", "according")
    base = os.environ.get("XDG_CACHE_HOME")
    return Path(base) / "according" if base and Path(base).is_absolute() else _home(".cache", "according")


def _home(*parts: str) -> Path | None:
    try:
        return Path.home().joinpath(*parts)
    except RuntimeError:  # a user without a home
        return None


def key_of(*parts: bytes | str) -> str:
    """Make a key that changes with each of its parts.

    Example:
        >>> key_of("a", "bc") == key_of("ab", "c")
        False
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:40]


def sources(files: Iterable[Path]) -> bytes:
    """Give the text of source files, as a part of a key: when the code changes, so does what it makes."""
    return b"\0".join(path.read_bytes() for path in sorted(files))


def keep(name: str, key: str, make: Callable[[], bytes]) -> bytes:
    """Give what is kept under a name and a key, and make and keep it if it is not there.

    Args:
        name: What it is, in letters and "-".
        key: Changes with everything it depends on; see `key_of`.
        make: Makes it.

    Returns:
        The bytes that `make` gave, now or in an earlier process.
    """
    folder = cache_folder()
    if folder is None:
        return make()
    path = folder / f"{name}-{key}.bin"
    found = _read(path)
    if found is None:
        found = make()
        _write(path, found, name)
    return found


def _read(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    content = data[_DIGEST:]
    return content if hashlib.sha256(content).digest() == data[:_DIGEST] else None


def _write(path: Path, content: bytes, name: str) -> None:
    """Write a file that appears whole; a folder that cannot be written to is passed over."""
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, temporary = tempfile.mkstemp(prefix=f".{name}-", suffix=".part", dir=path.parent)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(hashlib.sha256(content).digest() + content)
        Path(temporary).replace(path)
        temporary = None
        _prune(path, name)
    except OSError:
        return
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _prune(path: Path, name: str) -> None:
    """Drop the oldest of a name, so that the folder does not grow with every version."""
    same = [p for p in path.parent.glob(f"{name}-*.bin") if len(p.stem) == len(path.stem)]
    for old in sorted(same, key=lambda p: p.stat().st_mtime, reverse=True)[VERSIONS_KEPT:]:
        if old != path:
            old.unlink(missing_ok=True)
