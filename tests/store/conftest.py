"""Stores to test with, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from according.store import Store, open_store


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url, create=True) as opened:
        yield opened
