"""Keep a codebook that was read and found sound, so that it is read but once a version.

What is kept is JSON: the shared part and the types as their models write them,
and the line of every trigger. Nothing is checked again when it is read back,
since the key changes with every byte of the codebook and of this package's
code that reads it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import ValidationError

from according.codebook.link import Codebook, Parts, assemble
from according.codebook.model import EventType, Header
from according.kept import keep, key_of, sources


def assemble_kept(folder: Path, contents: Sequence[tuple[str, bytes]], read: Callable[[], Parts]) -> Codebook:
    """Give a codebook from what is kept of it, or read it and keep it.

    Args:
        folder: Folder of the codebook.
        contents: Names and bytes of all files it is made of.
        read: Reads and checks it.

    Returns:
        The linked codebook.

    Raises:
        CodebookError: `read` found something wrong; nothing is kept then.
    """
    code = sources(Path(__file__).parent.glob("*.py"))
    key = key_of(code, *(part for pair in contents for part in pair))
    read_now: list[Parts] = []

    def make() -> bytes:
        read_now.append(read())
        return _write(read_now[0])

    kept = keep("codebook", key, make)
    if read_now:
        return assemble(folder, read_now[0])
    try:
        parts = _read(kept)
    except (ValueError, LookupError, TypeError, ValidationError):
        parts = read()
    return assemble(folder, parts)


def _write(parts: Parts) -> bytes:
    head = {
        "header": parts.header.model_dump(mode="json", exclude_defaults=True),
        "digest": parts.digest,
        "inherited": sorted(parts.inherited),
        "places": parts.places,
    }
    lines = [json.dumps(head), *(kind.model_dump_json(exclude_defaults=True) for kind in parts.types)]
    return "\n".join(lines).encode("utf-8")


def _read(data: bytes) -> Parts:
    first, *rest = data.split(b"\n")
    head = json.loads(first)
    return Parts(
        header=Header.model_validate(head["header"]),
        types=tuple(EventType.model_validate_json(line) for line in rest),
        places=tuple(head["places"]),
        inherited=frozenset(head["inherited"]),
        digest=head["digest"],
    )
