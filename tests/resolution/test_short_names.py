"""Short names, joint names and descriptions of what was named before."""

from __future__ import annotations

from datetime import date

import pytest

from according.coder import Coder
from according.records import Mention, Report

pytestmark = pytest.mark.model


def parties(coder: Coder, text: str, trigger: str) -> list[str | None]:
    """Names of the actors of a mention, or their words where they have none."""
    found: list[Mention] = [
        m
        for m in coder.code(Report(id="r", text=text, published=date(2017, 11, 1))).mentions
        if m.trigger.text == trigger
    ]
    return [p.name for p in found[-1].actors]


@pytest.mark.parametrize(
    ("text", "trigger", "names"),
    [
        ("North and South Korea exchanged fire.", "exchanged", ["North Korea", "South Korea"]),
        ("North and South Korea exchanged fire. The South retaliated.", "retaliated", ["South Korea"]),
        (
            "North and South Korea exchanged fire. Both countries met in Geneva.",
            "met",
            ["South Korea", "North Korea"],
        ),
        (
            "Troops of the ULF shelled a post. The United Lake Front [ULF] shelled Oruma.",
            "shelled",
            ["United Lake Front"],
        ),
        (
            "The European Commission met ministers in Oslo. The Commission urged Turkey to act.",
            "urged",
            ["European Commission"],
        ),
        (
            "President Kuchma met President Yeltsin. Ivan Petrov left. The two leaders signed an accord.",
            "signed",
            ["Leonid Kuchma", "Boris Yeltsin"],
        ),
        (
            "Hamas and Fatah met. The fate of the Hamas force after it hands power to Fatah is open.",
            "hands",
            ["Hamas"],
        ),
    ],
)
def test_who_acts(coder: Coder, text: str, trigger: str, names: list[str]) -> None:
    assert parties(coder, text, trigger) == names


def test_forces_of_others_are_not_of_the_country(coder: Coder) -> None:
    text = "The allied forces shelled Basra, an Iraqi officer said in Basra."
    coded = coder.code(Report(id="r", text=text))
    shelled = next(m for m in coded.mentions if m.trigger.text == "shelled")
    assert [(p.name, p.country) for p in shelled.actors] == [(None, None)]


def test_all_parties_to_a_war(coder: Coder) -> None:
    text = "Fighting went on in Syria. France urged all parties to respect the ceasefire in Syria."
    coded = coder.code(Report(id="r", text=text))
    urged = next(m for m in coded.mentions if m.trigger.text == "urged")
    assert [p.name for p in urged.recipients] == ["all parties to the Syrian conflict"]


def test_a_people_is_not_the_citizens_of_a_state(coder: Coder) -> None:
    coded = coder.code(Report(id="r", text="Some 1,500 ethnic Albanians marched in Istanbul."))
    marched = coded.mentions[0]
    assert [(p.name, p.country) for p in marched.actors] == [("ethnic Albanians", None)]


def test_an_embassy_does_not_bomb(coder: Coder) -> None:
    coded = coder.code(Report(id="r", text="Police arrested six men after the embassy bombing in Basra."))
    bombing = next(m for m in coded.mentions if m.type == "ASSAULT")
    assert bombing.actors == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Subcomandante Marcos met Mexican officials in Chiapas.", "Subcomandante Marcos"),
        ("Coach Jackson met reporters in Oruma.", "Jackson"),
        ("President Yeltsin met reporters in Oruma.", "Boris Yeltsin"),
    ],
)
def test_a_bare_surname_needs_its_country_or_title(coder: Coder, text: str, name: str) -> None:
    people = [e.name for e in coder.code(Report(id="r", text=text)).entities if e.kind == "person"]
    assert name in people
    assert not {"Ferdinand Marcos", "Jesse Jackson"} & set(people)


def test_the_one_who_meets_is_not_the_one_met(coder: Coder) -> None:
    text = "President Peres left Oruma. Peres met the president on Friday."
    coded = coder.code(Report(id="r", text=text))
    met = next(m for m in coded.mentions if m.trigger.text == "met")
    assert [p.name for p in met.actors] == ["Shimon Peres"]
    assert [p.name for p in met.recipients] == [None]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Prime Minister and Defence Minister Ada Orlow met envoys.", ["Defence Minister Ada Orlow"]),
        (
            "The president and Foreign Minister Ada Orlow met envoys.",
            ["The president", "Foreign Minister Ada Orlow"],
        ),
    ],
)
def test_two_titles_of_one_person(coder: Coder, text: str, spans: list[str]) -> None:
    met = next(m for m in coder.code(Report(id="r", text=text)).mentions if m.trigger.text == "met")
    assert [p.span.text for p in met.actors] == spans
