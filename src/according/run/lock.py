"""One run at a time writes to a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from according.errors import OutputError, RunBusyError

LOCK = ".lock"


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder while the block lasts.

    The system lets go of the lock when the process ends, however it ends.
    Where it has no such locks, nothing is held.

    Args:
        folder: A folder that exists.

    Raises:
        RunBusyError: Another process holds it.
        OutputError: The lock cannot be made.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    try:
        stream = (folder / LOCK).open("ab")
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror}).") from error
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise RunBusyError(
                f"{folder}: another run is writing there.", hint="Wait for it, or choose another folder."
            ) from error
        yield
