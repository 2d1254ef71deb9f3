"""The codebook that ships with the package is whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from according.codebook.check import check_codebook, check_example
from according.codebook.link import Codebook
from according.codebook.load import load_codebook
from according.codebook.model import Example
from according.codebook.show import show_trigger, show_type, show_word
from according.errors import UnknownCodeError
from according.records import CodedReport, Mention, Report, Span

REFERENCE = Path(__file__).parents[2].parent / "shared" / "plover.json"
COOPERATION = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST")


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


@pytest.mark.shared
def test_types_modes_contexts_and_quads_are_those_of_the_ontology(codebook: Codebook) -> None:
    if not REFERENCE.exists():
        pytest.skip("the ontology's reference table is not beside the checkout")
    events = json.loads(REFERENCE.read_text())["events"]
    quads = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
    assert {k: sorted(m.code for m in v.modes) for k, v in codebook.types.items()} == {
        k: sorted(v["modes"]) for k, v in events.items()
    }
    assert {k: quads[v.quad - 1] for k, v in codebook.types.items()} == {
        k: v["quad"] for k, v in events.items()
    }


def test_counts_of_the_ontology(codebook: Codebook) -> None:
    assert len(codebook.types) == 16
    assert sum(len(t.modes) for t in codebook.types.values()) == 67
    assert len(codebook.contexts) == 37
    assert len(codebook.sectors) == 25


def test_the_codebook_is_broad(codebook: Codebook) -> None:
    assert len(codebook.triggers) > 2500
    for code in COOPERATION:
        kind = codebook.types[code]
        assert len(kind.triggers) > 60, code
        assert sum(e.expect != "none" for e in kind.examples) >= 6, code
        assert sum(e.expect == "none" for e in kind.examples) >= 4, code
        assert {t.pos for t in kind.triggers} >= {"verb", "noun"}, code


def test_cooperative_types_have_no_static_problem(codebook: Codebook) -> None:
    mine = [p for p in check_codebook(codebook) if p.where.split(".")[0].upper() in COOPERATION]
    assert mine == [], "\n".join(map(str, mine))


def test_future_acts_fold(codebook: Codebook) -> None:
    rules = [r for r in codebook.folding if r.own and not r.under and not r.modals and not r.lemmas]
    plain = {t: r.becomes for r in rules for t in r.types}
    assert plain == {
        "CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE",
    }  # fmt: skip


def test_refusals_fold(codebook: Codebook) -> None:
    refused = {t: (r.becomes, r.mode, r.tells) for r in codebook.folding if r.modals for t in r.types}
    assert refused["CONSULT"] == ("REJECT", "meet", "happened")
    assert refused["AID"] == ("REJECT", "assist", "happened")
    assert refused["CONCEDE"] == refused["RETREAT"] == ("REJECT", "yield", "happened")


def test_show_a_type_a_word_and_a_trigger(codebook: Codebook) -> None:
    text = show_type(codebook, "RETREAT")
    assert text.startswith("RETREAT  Retreat  (material cooperation)") and "ceasefire:" in text
    with pytest.raises(UnknownCodeError, match="RETREAT"):
        show_type(codebook, "RETREET")
    word = show_word(codebook, "release")
    assert "RETREAT/release" in word and "not coded: media" in word
    assert show_word(codebook, "xylophone") == "No trigger has the lemma 'xylophone'."
    trigger = next(t for t in codebook.triggers_for("pardon", "verb") if not t.skip)
    assert "CONCEDE" in show_trigger(trigger) and "    actor: subject" in show_trigger(trigger)


class FixedCoder:
    """Finds one mention in every text."""

    def __init__(self, mention: Mention | None) -> None:
        self.mention = mention

    def code(self, report: Report) -> CodedReport:
        return CodedReport(report=report, mentions=() if self.mention is None else (self.mention,))


def mention(kind: str, mode: str | None = None) -> Mention:
    span = Span(start=0, end=4, text="left")
    return Mention(
        id="m1",
        event="e1",
        trigger=span,
        clause=span,
        type=kind,
        mode=mode,
        factuality="happened",
        rule="r",
        score=1,
    )


@pytest.mark.parametrize(
    ("expect", "found", "kinds"),
    [
        ({"trigger": "left", "mode": "withdraw"}, mention("RETREAT", "withdraw"), []),
        ({"trigger": "left", "mode": "withdraw"}, mention("RETREAT"), ["example-wrong"]),
        ({"trigger": "quit", "mode": "release"}, mention("RETREAT"), ["example-wrong", "example-wrong"]),
        ({"actor": "Troops"}, mention("RETREAT"), ["example-wrong"]),
        ({"actor": None, "factuality": "happened"}, mention("RETREAT"), []),
        ({"triger": "left"}, mention("RETREAT"), ["example-wrong"]),
        ({"trigger": "left"}, mention("AID"), ["example-missed"]),
        ({"trigger": "left"}, None, ["example-missed"]),
        ("none", mention("RETREAT"), ["example-coded"]),
        ("none", mention("AID"), []),
    ],
)
def test_examples_are_compared(
    codebook: Codebook, expect: dict[str, str] | str, found: Mention | None, kinds: list[str]
) -> None:
    example = Example.model_validate({"id": "x", "text": "They left.", "expect": expect})
    problems = check_example(codebook.types["RETREAT"], example, FixedCoder(found))
    assert [p.kind for p in problems] == kinds
