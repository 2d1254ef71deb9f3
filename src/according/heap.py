"""Spare the garbage collector what a process loads once and keeps."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def load_for_good() -> Iterator[None]:
    """Leave the collector off within the block, and never let it go through what was made there.

    Codebook, lists and language model are some hundred thousand objects that
    stay to the end; going through them again and again takes a twentieth of
    the time. For programs of our own: a library has no business to freeze what
    its caller made.

    Example:
        >>> with load_for_good():
        ...     made = [[]]
        >>> gc.isenabled() and gc.get_freeze_count() > 0
        True
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
