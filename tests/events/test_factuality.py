"""Whether a happening is told as having happened: one sentence a class of English."""

from __future__ import annotations

import pytest
from spacy.language import Language

from according.coder import parse_report
from according.events.factuality import Factuality
from according.records import Report

pytestmark = pytest.mark.model

SAYS = {"say", "tell", "believe", "claim", "report"}

CASES = [
    ("Rebels attacked the convoy on Monday.", "attack", "verb", "happened"),
    ("Rebels have attacked the convoy.", "attack", "verb", "happened"),
    ("Rebels are attacking the convoy.", "attack", "verb", "ongoing"),
    ("Rebels have been attacking convoys for weeks.", "attack", "verb", "ongoing"),
    ("Rebels keep attacking convoys.", "attack", "verb", "ongoing"),
    ("Rebels continued to attack the convoy.", "attack", "verb", "ongoing"),
    ("Rebels will attack the convoy.", "attack", "verb", "planned"),
    ("Rebels plan to attack the convoy.", "attack", "verb", "planned"),
    ("Rebels vowed to attack the convoy.", "attack", "verb", "planned"),
    ("The minister said the army would attack the town on Friday.", "attack", "verb", "planned"),
    ("Rebels could attack the convoy.", "attack", "verb", "possible"),
    ("Rebels may have attacked the convoy.", "attack", "verb", "possible"),
    ("If rebels attack the convoy, the army will respond.", "attack", "verb", "possible"),
    ("Did rebels attack the convoy?", "attack", "verb", "possible"),
    ("The envoy urged the rebels to free the hostages.", "free", "verb", "wanted"),
    ("The rebels must free the hostages.", "free", "verb", "wanted"),
    ("The envoy demanded that the rebels free the hostages.", "free", "verb", "wanted"),
    ("Rebels did not attack the convoy.", "attack", "verb", "negated"),
    ("Rebels never attacked the convoy.", "attack", "verb", "negated"),
    ("Rebels denied attacking the convoy.", "attack", "verb", "negated"),
    ("Rebels refused to free the hostages.", "free", "verb", "negated"),
    ("Rebels failed to seize the town.", "seize", "verb", "negated"),
    ("Rebels managed to seize the town.", "seize", "verb", "happened"),
    ("It is too early to withdraw the troops.", "withdraw", "verb", "negated"),
    ("The rebels should be disarmed so that they can no longer attack convoys.", "attack", "verb", "ongoing"),
    ("The envoy said that rebels attacked the convoy.", "attack", "verb", "happened"),
    ("The envoy told reporters that rebels attacked the convoy.", "attack", "verb", "happened"),
    ("Rebels carried out an attack on the convoy.", "attack", "noun", "happened"),
    ("Rebels are planning an attack on the convoy.", "attack", "noun", "planned"),
    ("The envoy called for an end to the attacks on convoys.", "attack", "noun", "ongoing"),
    ("No attack took place.", "attack", "noun", "negated"),
    ("The two sides will hold talks in May.", "talk", "noun", "planned"),
    ("The planned talks between the two sides are in doubt.", "talk", "noun", "planned"),
    ("The army described its battle with the rebels.", "battle", "noun", "ongoing"),
]


@pytest.mark.parametrize(("text", "lemma", "pos", "expected"), CASES)
def test_factuality(nlp: Language, text: str, lemma: str, pos: str, expected: str) -> None:
    parsed = parse_report(Report(id="r", text=text), nlp(text))
    clause = next(c for c in parsed.clauses if c.lemma == lemma and c.pos == pos)
    reader = Factuality(parsed, lambda token: parsed.doc[token].lemma_ in SAYS)
    assert reader.read(clause) == expected


def test_a_speech_act_in_the_present_is_performed(nlp: Language) -> None:
    text = "The minister condemns the raid."
    parsed = parse_report(Report(id="r", text=text), nlp(text))
    clause = next(c for c in parsed.clauses if c.lemma == "condemn")
    reader = Factuality(parsed, lambda token: False)
    assert reader.read(clause, verbal=True) == "happened"


def test_a_noun_carried_by_a_verb_below_it_is_read_once(nlp: Language) -> None:
    text = "THE JUNTA AND THE ARMY HIGH COMMAND CONTINUE TERRIFYING AND KILLING THE LIBERIAN PEOPLE."
    parsed = parse_report(Report(id="r", text=text), nlp(text))
    reader = Factuality(parsed, lambda token: False)
    assert {reader.read(c) for c in parsed.clauses if c.lemma == "kill"} <= {"happened", "ongoing"}
