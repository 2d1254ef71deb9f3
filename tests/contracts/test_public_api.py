"""What the package offers under its own name."""

from __future__ import annotations

import according


def test_public_names_are_sorted_and_exist() -> None:
    assert according.__all__ == sorted(according.__all__)
    assert {"Coder", "code", "read_reports", "CodedReport"} <= set(according.__all__)
    assert [n for n in according.__all__ if getattr(according, n, None) is None] == []


def test_public_names_are_documented() -> None:
    assert [n for n in according.__all__ if not getattr(according, n).__doc__] == []
