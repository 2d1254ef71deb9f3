"""Parties a mention's own predicate does not govern, each by a chain the rule names."""

from __future__ import annotations

from datetime import date

import pytest

from according.coder import Coder
from according.records import Mention, Report

pytestmark = pytest.mark.model

# text, trigger of the mention, its actors, its recipients, the step that `rule` shows
CASES = [
    (
        "Marsh said the northern army shelled the port. These strikes killed nine dockers.",
        "killed",
        ["the northern army"],
        ["nine dockers"],
        "the same strikes",
    ),
    (
        "Rebels attacked a barracks on Friday, killing three soldiers. At least 12 others were injured.",
        "injured",
        ["Rebels"],
        ["At least 12 others"],
        "others of the same attack",
    ),
    (
        "The Red Brigade dug the tunnel last year. The army blew up the tunnel on Monday.",
        "blew up",
        ["The army"],
        ["The Red Brigade"],
        "whose tunnel it is",
    ),
    (
        "Hezbollah has held the town of Oruma since May. Syrian forces retook Oruma on Monday.",
        "retook",
        ["Syrian forces"],
        ["Hezbollah"],
        "who holds Oruma",
    ),
    (
        "The army tried to retake the town. Officials said retaking the town was a victory.",
        "retaking",
        ["The army"],
        [],
        "as told of retake",
    ),
    (
        "Government troops seized the mill in their battle with the Red Brigade.",
        "seized",
        ["Government troops"],
        ["the Red Brigade"],
        "battle with",
    ),
    (
        "Secretary Okafor raised the matter in a call with Foreign Minister Lind on Friday.",
        "call",
        ["Secretary Okafor"],
        ["Foreign Minister Lind"],
        "who spoke or acted at it",
    ),
    (
        "During a meeting with visiting French Defence Minister Anne Roux, Okafor alleged that rebels lied.",
        "meeting",
        ["visiting French Defence Minister Anne Roux"],
        ["Okafor"],
        "who spoke or acted at it",
    ),
    (
        "Young men are seeking to join the rebels' fight against the junta.",
        "fight",
        ["the rebels"],
        ["the junta"],
        "owner of what is joined",
    ),
    (
        "The coalition bombed depots in support of Kurdish operations to isolate Raqqa.",
        "isolate",
        ["Kurdish"],
        [],
        "whose operation it is",
    ),
    (
        "Rebels dug the tunnel for the purpose of kidnapping soldiers.",
        "dug",
        ["Rebels"],
        ["soldiers"],
        "whom it is to kidnap",
    ),
]


def mention(coder: Coder, text: str, trigger: str) -> Mention:
    coded = coder.code(Report(id="r", text=text, published=date(2021, 6, 10)))
    return next(m for m in coded.mentions if m.trigger.text == trigger)


@pytest.mark.parametrize(("text", "trigger", "actors", "recipients", "step"), CASES)
def test_chain(
    coder: Coder, text: str, trigger: str, actors: list[str], recipients: list[str], step: str
) -> None:
    found = mention(coder, text, trigger)
    assert [p.span.text for p in found.actors] == actors
    assert [p.span.text for p in found.recipients] == recipients
    assert step in found.rule.split("; ")


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Rebels shelled the port. Police arrested two men. The shooting began at noon.", "shooting"),
        ("Rebels killed two men in Oruma. Five men were killed in Adana on Friday.", "killed"),
        ("Someone shot a guard. The shooting took place in Oruma.", "shooting"),
    ],
)
def test_no_chain_no_party(coder: Coder, text: str, trigger: str) -> None:
    coded = coder.code(Report(id="r", text=text, published=date(2021, 6, 10)))
    last = [m for m in coded.mentions if m.trigger.text == trigger][-1]
    assert last.actors == ()


def test_a_row_of_victims_is_parted_at_the_second_verb(coder: Coder) -> None:
    text = "The raid killed six soldiers, including a major, and two guards died in rescue efforts."
    found = mention(coder, text, "killed")
    assert (found.killed.low, found.killed.high) == (6, 6)  # type: ignore[union-attr]
    assert [p.span.text for p in mention(coder, text, "rescue efforts").actors] == ["two guards"]


@pytest.mark.parametrize(
    ("text", "trigger", "when"),
    [
        ("In the past 24 hours, Iraqi forces shelled the town.", "shelled", "the past 24 hours"),
        ("Troops have been trying to retake the city since October.", "retake", "since October"),
        ("The siege of Oruma began early last month.", "siege", "early last month"),
        ("Rebels fought for two weeks near Oruma.", "fought", None),
    ],
)
def test_times_beside_another_verb(coder: Coder, text: str, trigger: str, when: str | None) -> None:
    found = mention(coder, text, trigger).when
    assert (None if found is None else found.span.text) == when  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "recipients"),
    [
        ("Karlov's assassination shocked Ankara.", "assassination", [], ["Karlov"]),
        ("Police condemned their killing of the envoy.", "killing", ["their"], ["the envoy"]),
        ("Residents reported the resumption of shelling in Oruma.", "shelling", [], []),
        ("Separatists attacked the villages of Nuli and Avnevi.", "attacked", ["Separatists"], []),
        ("Heavy fighting in the region killed at least a dozen yesterday.", "Heavy fighting", [], []),
    ],
)
def test_who_suffers_and_who_only_tells(
    coder: Coder, text: str, trigger: str, actors: list[str], recipients: list[str]
) -> None:
    found = mention(coder, text, trigger)
    assert [p.span.text for p in found.actors] == actors
    assert [p.span.text for p in found.recipients] == recipients
