"""What a speaker does beside what he says, and headlines of two sentences."""

from __future__ import annotations

import pytest
from spacy.language import Language

from according.language.mend_told import mend_told

pytestmark = pytest.mark.model

BESIDE = [
    ("The army said the truce would hold but accused the rebels of raids.", "accused"),
    ("Kyiv said it had repelled the attack and accused Moscow of shelling homes.", "accused"),
    ("The minister said the talks were useful and thanked Qatar for its help.", "thanked"),
    ("The senator said the cabinet should never have met them and demanded an inquiry.", "demanded"),
]
INSIDE = [
    ("The governor said the rebels attacked the town and threatened residents.", "threatened"),
    ("The president said the premier had criticised the deal and urged parliament to reject it.", "urged"),
]


@pytest.mark.parametrize(("text", "act"), BESIDE, ids=lambda x: x)
def test_what_a_speaker_does_besides_is_no_part_of_what_he_said(nlp: Language, text: str, act: str) -> None:
    verb = next(t for t in nlp(text) if t.text == act)
    assert verb.head.text == "said"
    assert verb.dep_ == "conj"


@pytest.mark.parametrize(("text", "act"), INSIDE, ids=lambda x: x)
def test_what_others_did_stays_in_what_was_said(nlp: Language, text: str, act: str) -> None:
    verb = next(t for t in nlp(text) if t.text == act)
    assert verb.head.text != "said"


def test_a_headline_of_two_sentences_has_two_speakers(nlp: Language) -> None:
    doc = nlp("Cairo rejects French proposal, Tripoli says it will not attend")
    assert next(t for t in doc if t.text == "rejects").dep_ != "ccomp"


def test_what_somebody_had_done_is_a_verb(nlp: Language) -> None:
    doc = nlp('The army said the militia had "deliberately targeted civilians" in the town.')
    verb = next(t for t in doc if t.text == "targeted")
    assert (verb.pos_, verb.head.text) == ("VERB", "said")
    assert "civilians" in [t.text for t in verb.children if t.dep_ == "dobj"]


def test_people_of_a_state_are_one_object(nlp: Language) -> None:
    doc = nlp("Armenia accused Azerbaijani forces on Tuesday of shelling a village.")
    assert [t.text for t in doc[1].children if t.dep_ == "dobj"] == ["forces"]


def test_the_letter_of_a_platform_ends_a_sentence_and_that_of_a_name_does_not(nlp: Language) -> None:
    assert len(list(nlp('"We will stay," he wrote on X. He left the town.').sents)) == 2
    assert len(list(nlp("Francis X. Moreau met the mayor.").sents)) == 1


def test_mending_twice_changes_nothing(nlp: Language) -> None:
    doc = nlp(BESIDE[0][0])
    before = doc.to_array(["HEAD", "DEP", "TAG"]).tolist()
    mend_told(doc)
    assert doc.to_array(["HEAD", "DEP", "TAG"]).tolist() == before
