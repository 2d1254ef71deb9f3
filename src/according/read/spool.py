"""A source from which any byte can be read, for formats that begin at their end."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from according.read.model import Source, UnreadableError

MAX_SPOOLED = 20_000_000_000
"""Most bytes of a stream that are put on disk."""
_IN_MEMORY = 16_000_000
_PIECE = 1_000_000


@contextmanager
def seekable(source: Source) -> Iterator[IO[bytes]]:
    """Open a source so that it can be read in any order.

    The file itself is opened where there is one; a stream is copied to a
    temporary file, which is gone afterwards.

    Args:
        source: The source.

    Raises:
        UnreadableError: The stream is longer than `MAX_SPOOLED`.
    """
    if source.path is not None:
        with source.path.open("rb") as stream:
            yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        while piece := source.stream.read(_PIECE):
            copy.write(piece)
            if copy.tell() > MAX_SPOOLED:
                raise UnreadableError(
                    "file-too-large", f"the stream has more than {MAX_SPOOLED:,} bytes; save it as a file."
                )
        copy.seek(0)
        yield cast(IO[bytes], copy)
