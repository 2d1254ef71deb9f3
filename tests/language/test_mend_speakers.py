"""Speakers that come late, and infinitives behind a time."""

from __future__ import annotations

import pytest
from spacy.language import Language

from according.language.mend_speakers import mend_speakers
from according.language.pipeline import load_pipeline


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


@pytest.mark.parametrize(
    ("text", "word", "head"),
    [
        ("The rebels offered on Friday to release ten soldiers.", "release", "offered"),
        ("The rebels offered on Friday to release ten soldiers.", "rebels", "offered"),
        ("Troops killed six men, the army said, days after gunmen raided a mission.", "killed", "said"),
        ("The army said it was leaving, adding that the road was safe.", "adding", "said"),
        (
            "Rebels shelled the town on Monday, according to residents, who said two died.",
            "said",
            "residents",
        ),
        ("In Seoul, the head of the committee, Park Jin, warned of a new war.", "head", "warned"),
    ],
)
def test_heads(nlp: Language, text: str, word: str, head: str) -> None:
    found = [t.head.text for t in nlp(text) if t.text == word]
    assert found == [head]


def test_twice_changes_nothing(nlp: Language) -> None:
    doc = nlp("A lawyer, who said police had beaten her client, asked for an inquiry.")
    before = [(t.head.i, t.dep_) for t in doc]
    mend_speakers(doc)
    assert [(t.head.i, t.dep_) for t in doc] == before
