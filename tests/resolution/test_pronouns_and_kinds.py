"""Whom pronouns mean, and what kind of thing a name is where the recogniser errs."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from according.coder import Coder
from according.language.model import ParsedReport
from according.records import CodedReport, Report
from according.resolution.actors import load_actors
from according.resolution.entities import EntityIndex, find_entities

pytestmark = pytest.mark.model


def coded(coder: Coder, text: str) -> CodedReport:
    return coder.code(Report(id="r", text=text, published=date(2026, 10, 21)))


def index(nlp: Language, text: str) -> tuple[ParsedReport, EntityIndex]:
    parsed = ParsedReport(Report(id="r", text=text), nlp(text))
    return parsed, find_entities(parsed, load_actors())


@pytest.mark.parametrize(
    ("text", "trigger", "sectors"),
    [
        ("Police arrested 12 activists on Friday and will release them on Monday.", "release", ("CVL",)),
        (
            "The rebels released the hostages on 12 October, four days after seizing them.",
            "seizing",
            ("CVL",),
        ),
        (
            "EU foreign ministers imposed sanctions on three Belarusian officials. "
            "The bloc accused them of fraud.",
            "accused",
            ("GOV",),
        ),
        (
            "The junta arrested six union leaders. The United Nations urged the military to release them.",
            "release",
            ("LAB",),
        ),
    ],
)
def test_them_is_never_who_acts(coder: Coder, text: str, trigger: str, sectors: tuple[str, ...]) -> None:
    mention = next(m for m in coded(coder, text).mentions if m.trigger.text == trigger)
    (them,) = mention.recipients
    assert them.span is not None
    assert them.span.text == "them"
    assert them.sectors == sectors
    assert them.country != "EUR"


def test_a_lawyer_speaks_of_whom_he_defends(nlp: Language) -> None:
    text = "Karim Haddad was detained on Sunday. Haddad's lawyer said police had beaten him."
    parsed, found = index(nlp, text)
    him = next(t.i for t in parsed.doc if t.text == "him")
    assert [found.get(i).name for i in found.at(him)] == ["Karim Haddad"]


def test_the_group_is_rather_the_subject_than_the_last_body(nlp: Language) -> None:
    text = "Hamas handed over three hostages to the Red Cross. Israel accused the group of torturing them."
    parsed, found = index(nlp, text)
    group = next(t.i for t in parsed.doc if t.text == "group")
    assert [found.get(i).name for i in found.at(group)] == ["Hamas"]


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Rebels attacked a police station on Friday. They killed 12 officers.", "COP"),
        ("Three officers and nine soldiers died in the attack.", "MIL"),
    ],
)
def test_officers_are_of_the_force_named_beside_them(nlp: Language, text: str, sector: str) -> None:
    parsed, found = index(nlp, text)
    head = next(t.i for t in parsed.doc if t.text == "officers")
    assert found.sectors_of(head) == (sector,)


@pytest.mark.parametrize(
    "text",
    [
        "The Defence Minister of Kenya, Aden Barre, said troops would pull out.",
        "The rebels took 17 women. Their leader, Bakura Modu, said they would be freed.",
        "The minister for transport, Kipto Murkanen, visited the site.",
    ],
)
def test_a_name_behind_an_office_is_a_person(nlp: Language, text: str) -> None:
    _, found = index(nlp, text)
    last = text.split(",")[1].split()[-1]
    entity = next(e for e in found.entities if e.name.endswith(last))
    assert entity.kind == "person"


def test_a_town_that_the_recogniser_takes_for_people_is_a_place(coder: Coder) -> None:
    text = "Two soldiers were killed in Aleppo on Tuesday when rebels fired rockets at a checkpoint."
    entity = next(e for e in coded(coder, text).entities if e.name == "Aleppo")
    assert (entity.kind, entity.country) == ("place", "SYR")
    where = coded(coder, "The jihadists attacked Djibo, in northern Burkina Faso.").mentions[0].where
    assert where is not None
    assert (where.name, where.country) == ("Djibo", "BFA")


def test_a_state_within_a_country_is_no_government(coder: Coder) -> None:
    entities = coded(coder, "Boko Haram insurgents abducted 17 women in Borno state.").entities
    assert all("GOV" not in e.sectors for e in entities)


def test_one_short_name_of_two_bodies_is_told_apart(coder: Coder) -> None:
    sudan = coded(coder, "RSF fighters attacked a camp near Nyala in Sudan.")
    assert "Rapid Support Forces" in [e.name for e in sudan.entities]
    press = coded(coder, "RSF condemned the arrest of two journalists in Algeria.")
    assert "Reporters Without Borders" in [e.name for e in press.entities]


def test_two_titled_names_are_both_subjects(coder: Coder) -> None:
    text = "Army chief Abdel Fattah al-Burhan and rebel commander Mohamed Hamdan Dagalo met in Geneva."
    (met,) = coded(coder, text).mentions
    parties = {p.name for p in (*met.actors, *met.recipients)}
    assert parties == {"Abdel Fattah al-Burhan", "Mohamed Hamdan Dagalo"}
