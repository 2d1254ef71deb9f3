"""Whoever is cited speaks within what is said."""

from __future__ import annotations

import pytest

from according.coder import Coder
from according.records import Report

pytestmark = pytest.mark.model

CASES = [
    "Citing the health ministry, the agency said the army shelled the town.",
    "The army shelled the town, the agency reported, citing the health ministry.",
]


@pytest.mark.parametrize("text", CASES)
def test_the_cited_speaker_stands_inside(coder: Coder, text: str) -> None:
    coded = coder.code(Report(id="r", text=text))
    mention = next(m for m in coded.mentions if m.type == "ASSAULT")
    assert [a.span.text for a in mention.attribution if a.span] == ["the agency", "the health ministry"]
