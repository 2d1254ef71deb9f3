"""The codebook as the pages need it: read once, since reading it takes longer than a page may."""

from __future__ import annotations

from functools import cache

from according.codebook.link import Codebook
from according.codebook.load import load_codebook


@cache
def codebook() -> Codebook:
    """PLOVER's codebook."""
    return load_codebook()


@cache
def quads() -> dict[str, int]:
    """PLOVER's quad class of each event type."""
    return {code: kind.quad for code, kind in codebook().types.items()}
