"""Whose people a pronoun names, both sides of a fight, and where and when they are told."""

from __future__ import annotations

from datetime import date

import pytest

from according.coder import Coder
from according.records import CodedReport, Mention, Report

pytestmark = pytest.mark.model


def coded(coder: Coder, text: str) -> CodedReport:
    return coder.code(Report(id="r", text=text, published=date(2026, 10, 21)))


def mention(coder: Coder, text: str, trigger: str) -> Mention:
    return next(m for m in coded(coder, text).mentions if m.trigger.text == trigger)


@pytest.mark.parametrize(
    ("text", "trigger", "country", "sectors"),
    [
        ("Uganda said its troops killed ten men in Congo.", "killed", "UGA", ("MIL",)),
        ("The Baloch Liberation Army said one of its members attacked it.", "attacked", "PAK", ("REB",)),
        ("A CODECO spokesman, Basa Zuku, denied that his men attacked.", "attacked", "COD", ("REB",)),
    ],
)  # fmt: skip
def test_people_of_whoever_a_pronoun_names(
    coder: Coder, text: str, trigger: str, country: str, sectors: tuple[str, ...]
) -> None:
    (actor,) = mention(coder, text, trigger).actors
    assert (actor.country, actor.sectors) == (country, sectors)


def test_a_nationality_beside_the_noun_wins(coder: Coder) -> None:
    met = mention(coder, "The Chinese minister met his Japanese counterpart in Hanoi.", "met")
    assert [p.country for p in met.recipients] == ["JPN"]


def test_its_jets_are_the_armys(coder: Coder) -> None:
    text = "The Nigerian military said on Sunday its jets had struck a camp in Zamfara."
    (actor,) = mention(coder, text, "struck").actors
    assert (actor.name, actor.country) == ("Nigerian military", "NGA")


def test_both_sides_are_the_parties_of_the_sentence_before(coder: Coder) -> None:
    text = (
        "The Rwanda-backed M23 rebels left the town after clashes with Wazalendo fighters in Congo. "
        "Both sides accused each other of breaking a truce."
    )
    parties = {p.name for p in mention(coder, text, "accused").actors}
    assert parties == {"March 23 Movement", "Wazalendo fighters"}


def test_the_two_neighbours_are_the_states_of_the_forces(coder: Coder) -> None:
    text = (
        "Pakistani and Afghan forces exchanged fire on Monday. The two neighbours later held talks in Doha."
    )
    talks = mention(coder, text, "talks")
    assert {p.country for p in (*talks.actors, *talks.recipients)} == {"PAK", "AFG"}


def test_what_borders_both_is_neither(coder: Coder) -> None:
    text = "Pakistan and Afghanistan held talks. China, which borders both countries, urged them to agree."
    assert {p.country for p in mention(coder, text, "urged").recipients} == {"PAK", "AFG"}


def test_peacekeepers_are_of_the_un_and_not_of_the_country(coder: Coder) -> None:
    text = "Peacekeepers killed four attackers at a UN base in eastern Congo."
    assert [p.country for p in mention(coder, text, "killed").actors] == ["UNO"]


def test_a_second_act_belongs_to_who_said_the_first(coder: Coder) -> None:
    text = "Kremlin spokesman Dmitry Peskov said talks were continuing but accused Kyiv of delay."
    assert [p.name for p in mention(coder, text, "accused").actors] == ["Dmitry Peskov"]


def test_a_verb_is_not_swallowed_by_the_noun_before_it(coder: Coder) -> None:
    text = "Gunmen on motorbikes killed at least 27 people and abducted six women, residents said on Monday."
    for trigger in ("killed", "abducted"):
        assert [p.span.text for p in mention(coder, text, trigger).actors if p.span] == ["Gunmen"]


def test_a_time_before_the_speaker_is_of_the_act(coder: Coder) -> None:
    text = "Fighters attacked the base at Fataki, in Ituri province, before dawn on Tuesday, MONUSCO said."
    attacked = mention(coder, text, "attacked")
    assert attacked.when is not None
    assert attacked.when.from_ == date(2026, 10, 20)
    assert attacked.where is not None
    assert attacked.where.country == "COD"


def test_the_place_left_is_the_place(coder: Coder) -> None:
    text = "The M23 rebels withdrew from the town of Nyabiondo, in Masisi territory, on Monday."
    where = mention(coder, text, "withdrew").where
    assert where is not None
    assert "Nyabiondo" in (where.name or "")


def test_accidents_and_what_is_ruled_out_are_no_acts(coder: Coder) -> None:
    text = "A gas explosion at a factory killed nine workers on Monday. Police ruled out a militant attack."
    assert not [
        m
        for m in coded(coder, text).mentions
        if m.type in ("ASSAULT", "REJECT") and m.factuality == "happened"
    ]


def test_one_body_under_two_names_is_one_actor(coder: Coder) -> None:
    text = "The Pakistani Taliban, or TTP, attacked a post on Monday."
    assert len(mention(coder, text, "attacked").actors) == 1


def test_a_state_government_and_a_towns_authorities_are_not_the_nations(coder: Coder) -> None:
    text = "Rights groups accuse Karachi's authorities of torture in Pakistan. Pakistan denies it."
    assert all(p.name != "Pakistani government" for p in mention(coder, text, "accuse").recipients)


def test_local_officials_are_of_the_country_of_the_report(coder: Coder) -> None:
    text = "Gunmen killed nine people in Nigeria's Zamfara state. Governor Dauda Halilu condemned it."
    assert [p.country for p in mention(coder, text, "condemned").actors] == ["NGA"]


def test_them_who_are_freed_were_taken(coder: Coder) -> None:
    text = (
        "Suspected jihadists kidnapped a Chinese engineer and two guards. Beijing urged Bamako to free them."
    )
    (them,) = mention(coder, text, "free").recipients
    assert them.sectors != ("REB",)


def test_a_court_is_of_the_place_it_sits_in(coder: Coder) -> None:
    (court,) = mention(coder, "A court in Istanbul jailed three journalists.", "jailed").actors
    assert (court.country, court.sectors) == ("TUR", ("JUD",))


def test_what_is_overrun_keeps_the_town_it_is_in(coder: Coder) -> None:
    text = "Fighters overran a military base in the northern Burkina Faso town of Djibo on Sunday."
    where = mention(coder, text, "overran").where
    assert where is not None
    assert where.country == "BFA"


def test_an_adviser_is_of_the_state_the_report_is_written_in(coder: Coder) -> None:
    text = (
        "MANILA (AP) - Guerrillas freed 25 Philippine soldiers on Saturday.\n\n"
        "The rebels called it a gesture.\n\n"
        "Presidential adviser Carlos Moreno thanked Norway, which hosted the talks."
    )
    assert [p.country for p in mention(coder, text, "thanked").actors] == ["PHL"]
