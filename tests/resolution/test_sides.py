"""Whom "the two sides", "both" and "the police" of a report mean."""

from __future__ import annotations

from datetime import date

import pytest

from according.coder import Coder
from according.records import Mention, Report

pytestmark = pytest.mark.model

TALKS = (
    "Colombia suspended talks with the ELN on Monday after the rebels ambushed a convoy. President "
    "Gustavo Petro said he would not negotiate with the ELN again.\n\nCuba and Norway appealed for calm. "
)
WAR = (
    "The army shelled RSF positions in Sudan on Friday. The RSF said the army had burned a market, and the "
    "army accused the RSF of looting.\n\nAn American envoy visited Egypt. "
)


def mention(coder: Coder, text: str, trigger: str) -> Mention:
    coded = coder.code(Report(id="r", text=text, published=date(2024, 5, 6)))
    return next(m for m in reversed(coded.mentions) if m.trigger.text == trigger)


def test_the_two_sides_are_who_faced_each_other_and_no_mediators(coder: Coder) -> None:
    found = mention(coder, TALKS + "The two sides signed a ceasefire last August.", "signed")
    assert [p.name for p in found.actors] == ["Colombia", "National Liberation Army (Colombia)"]


def test_sides_of_a_war_need_not_be_named_together(coder: Coder) -> None:
    found = mention(coder, WAR + "He urged both sides to let aid in.", "urged")
    assert {p.name for p in found.recipients} == {"Sudanese army", "Rapid Support Forces"}


def test_both_are_the_parties_named_together_before(coder: Coder) -> None:
    text = "Russia mediated between Armenia and Azerbaijan last year. It urged both to show restraint."
    assert [p.name for p in mention(coder, text, "urged").recipients] == ["Armenia", "Azerbaijan"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The RSF attacked a town in Darfur. Sudan called for help.", "Rapid Support Forces"),
        ("RSF condemned the arrest of a reporter in Turkey.", "Reporters Without Borders"),
    ],
)
def test_an_acronym_of_two_bodies_is_the_one_whose_country_is_named(
    coder: Coder, text: str, name: str
) -> None:
    actors = coder.code(Report(id="r", text=text)).mentions[0].actors
    assert [p.name for p in actors] == [name]


def test_police_belong_to_the_country_of_their_paragraph(coder: Coder) -> None:
    text = (
        "Armenia accused Azerbaijan of an attack. They had met in Tbilisi, where officials of Georgia and "
        "Georgian envoys hosted them.\n\nArmenia's opposition called on Armenian Prime Minister Nikol "
        "Pashinyan to resign. The police detained 34 people."
    )
    assert [p.country for p in mention(coder, text, "detained").actors] == ["ARM"]


def test_brussels_is_the_union_where_the_report_names_that(coder: Coder) -> None:
    text = "Brussels suspended visas for Georgian diplomats. The European Union called the vote unfair."
    assert [p.name for p in mention(coder, text, "suspended").actors] == ["European Union"]
    text = "Brussels suspended visas for Georgian diplomats. Belgium is a member of the European Union."
    assert [p.name for p in mention(coder, text, "suspended").actors] == ["Belgium"]
