"""Read news reports and write down what they say happened, and according to whom."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from according.coder import Coder, code
    from according.errors import AccordingError
    from according.read import read_reports
    from according.records import CodedReport, Mention, Report, Span, Statement
    from according.store import Filter, Store, open_store

__version__ = "0.1.0"
__all__ = [
    "AccordingError",
    "CodedReport",
    "Coder",
    "Filter",
    "Mention",
    "Report",
    "Span",
    "Statement",
    "Store",
    "code",
    "open_store",
    "read_reports",
]

# Several threads that share a small matrix product wait for each other far longer than they work;
# whoever wants more processes asks for them. This must be said before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_LAZY = {
    "AccordingError": "according.errors",
    "Coder": "according.coder",
    "code": "according.coder",
    "read_reports": "according.read",
    **dict.fromkeys(("CodedReport", "Mention", "Report", "Span", "Statement"), "according.records"),
    **dict.fromkeys(("Filter", "Store", "open_store"), "according.store"),
}


def __getattr__(name: str) -> Any:
    # the language model takes a second to import and pydantic half of one; most commands need neither
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'according' has no attribute {name!r}")
