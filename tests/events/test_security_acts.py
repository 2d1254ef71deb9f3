"""What police and troops do short of battle: sent, on guard, patrolling, in operations, with others."""

from __future__ import annotations

import pytest

from according.coder import Coder
from according.records import Mention, Report

pytestmark = pytest.mark.model


def mention(coder: Coder, text: str, word: str) -> Mention | None:
    """The mention whose trigger holds a word, or None."""
    coded = coder.code(Report(id="r", text=text))
    return next((m for m in coded.mentions if word in m.trigger.text), None)


def words(found: Mention) -> list[str]:
    """The words of a mention's actors."""
    return [a.span.text for a in found.actors if a.span is not None]


SENT = [
    ("Many riot police were deployed in the capital.", "deployed", "police", ["Many riot police"]),
    ("Troops have been sent to the border town.", "sent", "troops", ["Troops"]),
    ("Kenya deployed 2,000 troops along the border.", "deployed", "troops", ["Kenya"]),
    (
        "Two companies of the Border Security Force were deployed near the shrine.",
        "deployed",
        "police",
        ["Two companies of the Border Security Force"],
    ),
    ("The railway police were put on alert in three districts.", "put", "police", ["The railway police"]),
    ("The traffic police kept a strict vigil at the crossing.", "vigil", "police", ["The traffic police"]),
    (
        "The army and the police continued intensive patrolling in the old quarter.",
        "patrolling",
        "police",
        ["The army", "the police"],
    ),
    ("The police intervened at the market.", "intervened", "police", ["The police"]),
    ("The city police sent teams to three villages.", "sent", "police", ["The city police"]),
    ("A police team rushed to the spot.", "rushed", "police", ["A police team"]),
    ("The police kept a high alert in the city.", "alert", "police", ["The police"]),
]


@pytest.mark.parametrize(("text", "word", "mode", "actors"), SENT)
def test_forces_that_are_sent_or_stand_guard(
    coder: Coder, text: str, word: str, mode: str, actors: list[str]
) -> None:
    found = mention(coder, text, word)
    assert found is not None
    assert (found.type, found.mode) == ("MOBILIZE", mode)
    assert words(found) == actors


NOT_SENT = [
    ("The city hospital was put on alert after the army's warning.", "put"),
    ("The officers were ordered to arrest every passenger without a ticket.", "ordered"),
    ("The ministry sent two inspectors to the bottling plant.", "sent"),
    ("The mayor intervened in the debate.", "intervened"),
    ("The firm sent teams to three villages.", "sent"),
    ("Shoppers rushed to the market.", "rushed"),
]


@pytest.mark.parametrize(("text", "word"), NOT_SENT)
def test_what_is_no_sending_of_forces(coder: Coder, text: str, word: str) -> None:
    found = mention(coder, text, word)
    assert found is None or found.type != "MOBILIZE"


WITH_OTHERS = [
    ("The army along with the police raided the house.", "raided", ["The army", "the police"]),
    ("Britain, together with France, condemned the verdict.", "condemned", ["Britain", "France"]),
    ("Besides the police, the army was deployed in the town.", "deployed", ["the police", "the army"]),
    ("The envoy, who met with the rebels, condemned the verdict.", "condemned", ["The envoy"]),
]


@pytest.mark.parametrize(("text", "word", "actors"), WITH_OTHERS)
def test_those_added_to_a_subject_act_with_it(coder: Coder, text: str, word: str, actors: list[str]) -> None:
    found = mention(coder, text, word)
    assert found is not None
    assert words(found) == actors


def test_doer_is_whose_operation_it_was(coder: Coder) -> None:
    found = mention(coder, "Ten tear gas shells were lobbed during the police action.", "lobbed")
    assert found is not None
    assert words(found) == ["police"]
    other = mention(coder, "Ten tear gas shells were lobbed during the concert.", "lobbed")
    assert other is not None
    assert words(other) == []


def test_deaths_belong_to_the_shots_that_caused_them(coder: Coder) -> None:
    text = "The guards fired six rounds killing two men and injuring four."
    found = mention(coder, text, "fired")
    assert found is not None and found.killed is not None and found.injured is not None
    assert (found.killed.low, found.injured.low) == (2, 4)
    assert mention(coder, text, "killing") is None


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("The police were able to arrest six men.", "happened"),
        ("The police are able to arrest six men.", "possible"),
        ("The police were not able to arrest the men.", "negated"),
    ],
)
def test_who_was_able_to_do_it_did_it(coder: Coder, text: str, factuality: str) -> None:
    found = mention(coder, text, "arrest")
    assert found is not None
    assert found.factuality == factuality


def test_people_are_taken_to_safety(coder: Coder) -> None:
    found = mention(coder, "The police shifted forty families to a safer place.", "shifted")
    assert found is not None and found.type == "AID"
    assert mention(coder, "The company shifted forty jobs to Poland.", "shifted") is None


@pytest.mark.parametrize(
    ("text", "word", "coded"),
    [
        ("The city police have banned pillion riding.", "banned", ("COERCE", "restrict")),
        ("The ministry has banned plastic bags.", "banned", None),
        ("The police questioned the shopkeeper for hours.", "questioned", ("ACCUSE", "investigate")),
        ("The police questioned the need for a new law.", "questioned", None),
        ("The police forced the priest to open the gate.", "forced", ("COERCE", None)),
        ("The rain forced the priest to open the gate.", "forced", None),
    ],
)
def test_what_police_forbid_ask_and_compel(
    coder: Coder, text: str, word: str, coded: tuple[str, str | None] | None
) -> None:
    found = mention(coder, text, word)
    assert (found and (found.type, found.mode)) == coded
