"""Parses that are put right before clauses are read."""

from __future__ import annotations

import pytest
from spacy.language import Language

from according.language.mend import mend_parse

pytestmark = pytest.mark.model

TURNED = [
    ("Two men died in police firing on Sunday.", "police", "firing"),
    ("Villagers fled after army shelling of the valley.", "army", "shelling"),
]


@pytest.mark.parametrize(("text", "doer", "act"), TURNED, ids=lambda x: x)
def test_an_event_noun_is_the_head_of_its_doer(nlp: Language, text: str, doer: str, act: str) -> None:
    doc = nlp(text)
    token = next(t for t in doc if t.text == act)
    assert token.pos_ == "NOUN"
    assert token.dep_ == "pobj"
    assert [t.text for t in token.lefts if t.dep_ == "compound"] == [doer]


def test_people_who_act_stay_people(nlp: Language) -> None:
    doc = nlp("Officers saw policemen firing from the roof.")
    token = next(t for t in doc if t.text == "firing")
    assert token.pos_ == "VERB"


def test_mending_twice_changes_nothing_and_keeps_sentences(nlp: Language) -> None:
    doc = nlp("Two men died in police firing on Sunday. The mayor left.")
    before = [(t.text, t.dep_, t.head.i, t.is_sent_start) for t in doc]
    assert [(t.text, t.dep_, t.head.i, t.is_sent_start) for t in mend_parse(doc)] == before
    assert len(list(doc.sents)) == 2
