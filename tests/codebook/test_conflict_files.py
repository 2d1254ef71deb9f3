"""The files of the conflict types are broad, and nothing in them is out of reach."""

from __future__ import annotations

import pytest

from according.codebook.link import Codebook
from according.codebook.load import load_codebook

MODES = {
    "ACCUSE": {"disapprove", "investigate", "allege"},
    "REJECT": {"assist", "change", "yield", "meet"},
    "THREATEN": {"restrict", "arrest", "relations", "expel", "territory", "violence"},
    "PROTEST": {"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"},
    "SANCTION": {"convict", "expel", "withdraw", "discontinue"},
    "MOBILIZE": {"troops", "weapons", "police", "militia"},
    "COERCE": {
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
        "misinformation", "cyber",
    },
    "ASSAULT": {
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
        "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
    },
}  # fmt: skip
PARTICLES = {
    "up", "down", "out", "off", "away", "back", "over", "apart", "in", "on", "through", "about",
    "aside", "along", "around", "together", "forward", "forth", "by", "under", "across", "ahead",
}  # fmt: skip
EVERYDAY = {
    "make", "take", "give", "put", "go", "come", "hold", "keep", "leave", "get", "set", "bring",
    "call", "say", "send", "turn", "run", "cut", "break",
}  # fmt: skip


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


@pytest.mark.parametrize("code", MODES)
def test_type_has_its_modes(code: str, codebook: Codebook) -> None:
    assert {m.code for m in codebook.types[code].modes} == MODES[code]


@pytest.mark.parametrize(("code", "mode"), [(c, m) for c, ms in MODES.items() for m in sorted(ms)])
def test_mode_is_reached_by_several_words(code: str, mode: str, codebook: Codebook) -> None:
    mine = [t.trigger for t in codebook.triggers if t.type == code and not t.skip]
    lemmas = {t.lemma for t in mine if t.mode == mode}
    assert len(lemmas) >= 4, lemmas


@pytest.mark.parametrize("code", MODES)
def test_type_has_verbs_nouns_and_look_alikes(code: str, codebook: Codebook) -> None:
    mine = [t for t in codebook.triggers if t.type == code]
    assert {t.trigger.pos for t in mine if not t.skip} >= {"verb", "noun"}
    assert sum(t.skip for t in mine) >= 20


@pytest.mark.parametrize("code", MODES)
def test_type_has_examples_both_ways(code: str, codebook: Codebook) -> None:
    examples = codebook.types[code].examples
    assert sum(e.expect != "none" for e in examples) >= 6
    assert sum(e.expect == "none" for e in examples) >= 4


@pytest.mark.parametrize("code", MODES)
def test_phrasal_verbs_end_in_a_particle(code: str, codebook: Codebook) -> None:
    """A verb is looked up alone or with its particle; any other two words would never be found."""
    wrong = [
        t.id
        for t in codebook.triggers
        if t.type == code
        and t.trigger.pos == "verb"
        and " " in t.trigger.lemma
        and (len(t.trigger.lemma.split()) > 2 or t.trigger.lemma.split()[1] not in PARTICLES)
    ]
    assert wrong == []


@pytest.mark.parametrize("code", MODES)
def test_everyday_verbs_always_carry_a_condition(code: str, codebook: Codebook) -> None:
    bare = [
        t.id
        for t in codebook.triggers
        if t.type == code
        and not t.skip
        and t.trigger.lemma in EVERYDAY
        and t.trigger.pos == "verb"
        and not any(not name.startswith("!") for names in t.trigger.when.values() for name in names)
    ]
    assert bare == []


def test_skips_name_their_reason(codebook: Codebook) -> None:
    for t in codebook.triggers:
        if t.skip and t.type in MODES:
            assert ".skip." in t.id and t.reason == t.id.rsplit(".", 1)[-1]
