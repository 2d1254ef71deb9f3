"""The clause layer on parsed sentences: who is the logical subject, object and so on."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from according.language.clauses import find_clauses
from according.language.model import Clause, Function, Link

pytestmark = pytest.mark.model


def clause_of(nlp: Language, text: str, lemma: str, pos: str = "verb") -> tuple[Doc, Clause]:
    doc = nlp(text)
    found = [c for c in find_clauses(doc) if c.lemma == lemma and c.pos == pos]
    assert found, f"no {pos} {lemma!r} among {[(c.lemma, c.pos) for c in find_clauses(doc)]}"
    return doc, found[0]


def words(doc: Doc, clause: Clause, function: Function, preposition: str | None = None) -> list[str]:
    return [doc[a.head].text for a in clause.get(function, preposition)]


CASES = [
    # text, lemma, subjects, objects
    ("Rebels shelled the base.", "shell", ["Rebels"], ["base"]),
    ("The base was shelled by rebels and militias.", "shell", ["rebels", "militias"], ["base"]),
    ("The rebels who shelled the base fled.", "shell", ["rebels"], ["base"]),
    ("The base which rebels shelled burned.", "shell", ["rebels"], ["base"]),
    ("The tunnel dug by the militia collapsed.", "dig", ["militia"], ["tunnel"]),
    ("Protesters demanding reform blocked the road.", "demand", ["Protesters"], ["reform"]),
    ("The army tried to seize the town.", "seize", ["army"], ["town"]),
    ("The president urged the rebels to free the hostages.", "free", ["rebels"], ["hostages"]),
    ("The president promised the rebels to free the hostages.", "free", ["president"], ["hostages"]),
    ("The rebels were forced to leave the town.", "leave", ["rebels"], ["town"]),
    ("The minister is believed to have met the envoy.", "meet", ["minister"], ["envoy"]),
    ("He accused the police of beating students.", "beat", ["police"], ["students"]),
    ("The police apologised for beating students.", "beat", ["police"], ["students"]),
    ("The group left the town after signing the accord.", "sign", ["group"], ["accord"]),
    ("Rebels attacked and destroyed the base.", "attack", ["Rebels"], ["base"]),
    ("Rebels attacked and destroyed the base.", "destroy", ["Rebels"], ["base"]),
    (
        "Police and soldiers arrested the students and teachers.",
        "arrest",
        ["Police", "soldiers"],
        ["students", "teachers"],
    ),
    ("Soldiers shelled the town, killing civilians.", "kill", ["Soldiers"], ["civilians"]),
    ("Israel urged the group to disarm and accused it of murder.", "accuse", ["Israel"], ["it"]),
]


@pytest.mark.parametrize(("text", "lemma", "subjects", "objects"), CASES)
def test_logical_arguments(
    nlp: Language, text: str, lemma: str, subjects: list[str], objects: list[str]
) -> None:
    doc, clause = clause_of(nlp, text, lemma)
    assert words(doc, clause, Function.SUBJECT) == subjects
    assert words(doc, clause, Function.OBJECT) == objects


def test_dative_in_both_forms(nlp: Language) -> None:
    doc, clause = clause_of(nlp, "France gave the group new weapons.", "give")
    assert words(doc, clause, Function.DATIVE) == ["group"]
    doc, clause = clause_of(nlp, "France gave weapons to the rebels.", "give")
    assert "rebels" in words(doc, clause, Function.DATIVE) + words(doc, clause, Function.OBLIQUE, "to")


def test_light_verb_gives_its_arguments_to_the_noun(nlp: Language) -> None:
    doc, clause = clause_of(nlp, "The two ministers held talks in Geneva with the envoy.", "talk", "noun")
    assert words(doc, clause, Function.SUBJECT) == ["ministers"]
    assert words(doc, clause, Function.OBLIQUE, "with") == ["envoy"]
    assert words(doc, clause, Function.OBLIQUE, "in") == ["Geneva"]
    assert clause.support_kind == "light"


def test_undergoing_verb_turns_the_roles_round(nlp: Language) -> None:
    doc, clause = clause_of(nlp, "The convoy came under attack near the border.", "attack", "noun")
    assert words(doc, clause, Function.OBJECT) == ["convoy"]
    assert clause.support_kind == "undergo"


def test_victims_of_an_attack_that_killed(nlp: Language) -> None:
    doc, clause = clause_of(nlp, "An attack on the mosque killed twelve worshippers.", "attack", "noun")
    assert words(doc, clause, Function.OBJECT) == ["worshippers"]
    assert words(doc, clause, Function.OBLIQUE, "on") == ["mosque"]
    assert clause.support_kind == "result"


def test_possessor_and_prepositions_of_a_noun(nlp: Language) -> None:
    doc, clause = clause_of(
        nlp, "They discussed the army's destruction of the bridge.", "destruction", "noun"
    )
    assert words(doc, clause, Function.POSSESSOR) == ["army"]
    assert words(doc, clause, Function.OBLIQUE, "of") == ["bridge"]


def test_between_gives_both_parties(nlp: Language) -> None:
    doc, clause = clause_of(nlp, "Talks between Sudan and Egypt failed.", "talk", "noun")
    assert words(doc, clause, Function.OBLIQUE, "between") == ["Sudan", "Egypt"]


NEGATED = [
    ("The rebels did not attack the base.", "attack"),
    ("The rebels never attacked the base.", "attack"),
    ("No soldiers attacked the base.", "attack"),
    ("Nobody attacked the base.", "attack"),
    ("They left without attacking the base.", "attack"),
]


@pytest.mark.parametrize(("text", "lemma"), NEGATED)
def test_negation(nlp: Language, text: str, lemma: str) -> None:
    _, clause = clause_of(nlp, text, lemma)
    assert clause.negation is not None


VERB_GROUPS = [
    ("The army will attack the town.", "attack", {"tense": "future", "modal": "will"}),
    ("The army could attack the town.", "attack", {"modal": "could"}),
    ("The army must leave the town.", "leave", {"modal": "must"}),
    ("The army has attacked the town.", "attack", {"perfect": True}),
    ("The army is attacking the town.", "attack", {"progressive": True, "tense": "present"}),
    ("The army has to leave the town.", "leave", {"modal": "have to", "infinitive": True}),
    ("If the army attacks the town, people will flee.", "attack", {"link": Link.ADVERBIAL, "marker": "if"}),
    ("The envoy flew to Cairo to meet the minister.", "meet", {"link": Link.PURPOSE}),
    ("The minister said that rebels attacked the town.", "attack", {"link": Link.COMPLEMENT}),
    ("The town was attacked.", "attack", {"passive": True, "tense": "past"}),
]


@pytest.mark.parametrize(("text", "lemma", "expected"), VERB_GROUPS)
def test_verb_group(nlp: Language, text: str, lemma: str, expected: dict[str, object]) -> None:
    _, clause = clause_of(nlp, text, lemma)
    assert {key: getattr(clause, key) for key in expected} == expected


def test_copula_gives_the_adjective_its_subject(nlp: Language) -> None:
    doc, clause = clause_of(nlp, "The group was responsible for the bombing.", "responsible", "adj")
    assert words(doc, clause, Function.SUBJECT) == ["group"]
    assert words(doc, clause, Function.OBLIQUE, "for") == ["bombing"]


def test_hand_built_passive_needs_no_model() -> None:
    doc = Doc(
        Vocab(),
        words=["Rebels", "were", "shot", "by", "troops", "."],
        spaces=[True] * 4 + [False, False],
        heads=[2, 2, 2, 2, 3, 2],
        deps=["nsubjpass", "auxpass", "ROOT", "agent", "pobj", "punct"],
        pos=["NOUN", "AUX", "VERB", "ADP", "NOUN", "PUNCT"],
        tags=["NNS", "VBD", "VBN", "IN", "NNS", "."],
        lemmas=["rebel", "be", "shoot", "by", "troop", "."],
    )
    clause = next(c for c in find_clauses(doc) if c.lemma == "shoot")
    assert clause.passive
    assert words(doc, clause, Function.SUBJECT) == ["troops"]
    assert words(doc, clause, Function.OBJECT) == ["Rebels"]


def test_every_governor_chain_ends(nlp: Language) -> None:
    text = "He said she thought they wanted us to help them find the men who attacked the base we built. " * 3
    clauses = {c.head: c for c in find_clauses(nlp(text))}
    for clause in clauses.values():
        seen, now = set(), clause
        while now.governor is not None and now.governor in clauses and now.head not in seen:
            seen.add(now.head)
            now = clauses[now.governor]
        assert now.governor not in seen or now.governor is None
