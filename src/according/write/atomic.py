"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from according.errors import OutputError


@contextmanager
def open_whole(target: str | Path, *, stdout: TextIO | None = None) -> Iterator[TextIO]:
    """Open a file for writing that takes its name only when it is complete.

    Lines are written to a temporary file in the same folder, which takes the
    target's place when the block ends well and is removed when it does not.

    Args:
        target: Path, or "-" for standard output, which is written directly.
        stdout: Stream that "-" stands for; standard output if left out.

    Yields:
        A UTF-8 text stream that writes line ends as given.

    Raises:
        OutputError: The file cannot be written there.
    """
    if str(target) == "-":
        stream = stdout if stdout is not None else _standard_output()
        yield stream
        stream.flush()
        return
    path = Path(target)
    if path.is_dir():
        raise OutputError(f"{path}: this is a folder.", hint="Name a file in it.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}).",
            hint="Choose a folder that exists and can be written to.",
        ) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}.", hint="Nothing was written there.") from error
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


@contextmanager
def open_whole_path(target: Path) -> Iterator[Path]:
    """Give the path of a temporary file that takes the target's place when the block ends well.

    For writers that open files by themselves.

    Raises:
        OutputError: The file cannot be written there.
    """
    if target.is_dir():
        raise OutputError(f"{target}: this is a folder.", hint="Name a file in it.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise OutputError(
            f"{target}: cannot be written ({error.strerror}).",
            hint="Choose a folder that exists and can be written to.",
        ) from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o666 & ~_umask())
        part.replace(target)
    except OSError as error:
        raise OutputError(
            f"{target}: {error.strerror or error}.", hint="Nothing was written there."
        ) from error
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _umask() -> int:
    # There is no way to ask for the mask without setting it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _standard_output() -> TextIO:
    out = sys.stdout
    reconfigure = getattr(out, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="")
    return out
