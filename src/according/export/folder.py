"""Exports of several files: a folder that appears whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from according.errors import OutputError


@contextmanager
def open_folder(target: Path) -> Iterator[Path]:
    """Give a temporary folder that takes the target's name when the block ends well.

    Args:
        target: Folder that does not exist, or is empty.

    Raises:
        OutputError: There is something already, or it cannot be written there.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise OutputError(f"{target}: there is something already.", hint="Name a new or empty folder.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    except OSError as error:
        raise OutputError(
            f"{target}: cannot be written ({error.strerror}).", hint="Choose another folder."
        ) from error
    try:
        yield part
        part.chmod(0o755)
        if target.exists():
            target.rmdir()
        part.rename(target)
    except OSError as error:
        raise OutputError(
            f"{target}: {error.strerror or error}.", hint="Nothing was written there."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
