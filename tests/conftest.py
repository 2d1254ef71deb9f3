"""Fixtures that all tests share."""

from __future__ import annotations

import pytest
from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    from according.language.pipeline import load_pipeline

    return load_pipeline()
