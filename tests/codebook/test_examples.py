"""Every example of every type is coded as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from according.codebook.check import check_example

if TYPE_CHECKING:
    from according.coder import Coder

TYPES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE",
    "MOBILIZE", "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
)  # fmt: skip


@pytest.fixture(scope="module")
def coder() -> Coder:
    from according.coder import Coder

    return Coder()


@pytest.mark.model
@pytest.mark.parametrize("code", TYPES)
def test_examples_are_coded_as_they_say(code: str, coder: Coder) -> None:
    kind = coder.codebook.types[code]
    problems = [p for e in kind.examples for p in check_example(kind, e, coder)]
    assert problems == [], "\n".join(map(str, problems))
