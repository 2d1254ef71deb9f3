"""Entities, pronouns and nominals, participants and relations on parsed sentences."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from spacy.language import Language

from according.language.model import ParsedReport
from according.records import Report
from according.regions import with_regions
from according.relations import find_relations
from according.resolution.actors import load_actors
from according.resolution.entities import EntityIndex, find_entities

pytestmark = pytest.mark.model


def index(nlp: Language, text: str, **more: object) -> tuple[ParsedReport, EntityIndex]:
    report = Report(id="r", text=text, **more)  # type: ignore[arg-type]
    parsed = ParsedReport(report, nlp(text))
    return parsed, find_entities(parsed, load_actors())


def names(nlp: Language, text: str, word: str, **more: object) -> list[str]:
    parsed, found = index(nlp, text, **more)
    token = [t.i for t in parsed.doc if t.text == word][-1]
    return [found.get(i).name for i in found.at(token)]


def test_pronouns_point_to_people_and_bodies(nlp: Language) -> None:
    text = "Robert Carver met reporters in Oslo. He praised the army."
    assert names(nlp, text, "He") == ["Robert Carver"]
    text = "Hezbollah rejected the offer. It called the terms unfair."
    assert names(nlp, text, "It") == ["Hezbollah"]


def test_short_and_full_names_are_one(nlp: Language) -> None:
    _, found = index(
        nlp, "Foreign Minister Robert Carver spoke in Oslo on Friday. Later, Carver left for Paris."
    )
    people = [e for e in found.entities if e.kind == "person"]
    assert [e.name for e in people] == ["Robert Carver"]
    assert [m.text for m in people[0].mentions] == ["Robert Carver", "Carver"]
    assert people[0].sectors == ("GOV",)


def test_countries_come_from_the_title(nlp: Language) -> None:
    _, found = index(nlp, "Norwegian Foreign Minister Robert Carver visited the camp.")
    person = next(e for e in found.entities if e.kind == "person")
    assert person.country == "NOR"
    assert "foreign minister" in [r.title for r in person.roles]
    assert person.why


def test_unnamed_members_keep_their_description(nlp: Language) -> None:
    parsed, found = index(nlp, "Two senior Iranian officials criticised the plan.")
    head = next(t.i for t in parsed.doc if t.text == "officials")
    (one,) = found.participants(parsed, 0, head + 1, head)
    assert (one.name, one.kind, one.country) == ("Iranian officials", "group", "IRN")
    assert one.span.text == "Two senior Iranian officials"


def test_unnamed_people_have_no_name(nlp: Language) -> None:
    parsed, found = index(nlp, "Gunmen killed three protesters on Monday.")
    head = next(t.i for t in parsed.doc if t.text == "protesters")
    (one,) = found.participants(parsed, head - 1, head + 1, head)
    assert (one.name, one.kind, one.sectors, one.entity) == (None, "people", ("CVL",), None)
    assert found.kind_of(0) == "group"


def test_the_two_leaders_are_both(nlp: Language) -> None:
    text = "Robert Carver met Pierre Lacaze in Oslo. The two leaders discussed trade."
    parsed, found = index(nlp, text)
    head = next(t.i for t in parsed.doc if t.text == "leaders")
    both = found.participants(parsed, head - 2, head + 1, head)
    assert {p.name for p in both} == {"Robert Carver", "Pierre Lacaze"}
    assert {p.span.text for p in both} == {"The two leaders"}


def test_acronyms_in_brackets_are_the_same_body(nlp: Language) -> None:
    text = "The Northern Farmers Union (NFU) called a strike. The NFU wants higher prices."
    parsed, found = index(nlp, text)
    assert names(nlp, text, "NFU") == ["Northern Farmers Union"]
    assert [(r.type, r.value) for r in find_relations(parsed, found) if r.type == "alias"] == [
        ("alias", "NFU")
    ]


def test_ids_follow_first_mention_and_spans_hold(nlp: Language) -> None:
    text = "France and Germany warned Iran. Iran dismissed the warning by Paris."
    _, found = index(nlp, text)
    assert [e.id for e in found.entities] == [f"e{n}" for n in range(1, len(found.entities) + 1)]
    assert [e.name for e in found.entities][:3] == ["France", "Germany", "Iran"]
    assert all(text[m.start : m.end] == m.text for e in found.entities for m in e.mentions)


def test_offices_by_date(nlp: Language, tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text(
        '- {name: "Ada Quillfeather", country: "NOR",'
        ' offices: [{title: "president", from: "2001", to: "2004"}]}\n',
        encoding="utf-8",
    )
    titles = []
    for year in (2002, 2009):
        text = "Ada Quillfeather spoke in Oslo."
        parsed = ParsedReport(Report(id="r", text=text, published=date(year, 5, 1)), nlp(text))
        person = find_entities(parsed, load_actors([own])).entities[0]
        assert (person.name, person.country) == ("Ada Quillfeather", "NOR")
        titles.append([r.title for r in person.roles])
    assert titles == [["president"], []]


def test_coordinated_adjectives_are_two_parties(nlp: Language) -> None:
    parsed, found = index(nlp, "French and Egyptian warships began an exercise on Monday.")
    head = next(t.i for t in parsed.doc if t.text == "warships")
    both = found.participants(parsed, 0, head + 1, head)
    assert [(p.name, p.country) for p in both] == [("French warships", "FRA"), ("Egyptian warships", "EGY")]


def test_relations_carry_their_words(nlp: Language) -> None:
    text = "Robert Carver, the leader of Hezbollah, spoke in Beirut. A Hamas spokesman did not reply."
    parsed, found = index(nlp, text)
    relations = [
        (r.type, found.get(r.subject).name, r.object and found.get(r.object).name)
        for r in find_relations(parsed, found)
    ]
    assert ("leader_of", "Robert Carver", "Hezbollah") in relations
    assert all(text[r.span.start : r.span.end] == r.span.text for r in find_relations(parsed, found))


def test_a_body_s_own_statement_speaks_as_we(nlp: Language) -> None:
    text = "We condemn the attack on the convoy. We urge all sides to stop."
    assert names(nlp, text, "We", publisher="UK Government") == ["United Kingdom"]
    assert names(nlp, text, "We", publisher="Reuters") == []


def test_an_object_pronoun_is_not_the_subject_its_verb_shares(nlp: Language) -> None:
    text = "President Robert Carver met Prime Minister Henrik Dahl and urged him to free the prisoners."
    assert names(nlp, text, "him") == ["Henrik Dahl"]


def test_examples_stand_for_their_kind(nlp: Language) -> None:
    text = "The villagers fled from militias like Hezbollah."
    assert names(nlp, text, "militias") == ["Hezbollah"]


def test_forces_take_the_country_of_the_place(nlp: Language) -> None:
    text = "Fighting went on in Khartoum on Monday. Troops shelled a market in Omdurman."
    parsed, found = index(nlp, text)
    at = next(t.i for t in parsed.doc if t.text == "Troops")
    (party,) = found.participants(parsed, at, at + 1, at)
    assert (party.name, party.country, party.kind) == ("Sudanese troops", "SDN", "organisation")


def test_datelines_are_places(nlp: Language) -> None:
    text = "NAIROBI (Reuters) - Rebels attacked a convoy in the north on Friday."
    parsed = ParsedReport(with_regions(Report(id="r", text=text)), nlp(text))
    found = find_entities(parsed, load_actors())
    assert [(e.name, e.kind) for e in found.entities if e.name == "NAIROBI"] == [("NAIROBI", "place")]


def test_names_are_found_without_capitals(nlp: Language) -> None:
    text = "leaders of hezbollah met officials of iran in beirut on monday, a newspaper said."
    _, found = index(nlp, text)
    assert {"Hezbollah", "Iran"} <= {e.name for e in found.entities}


def test_a_ministry_has_the_country_of_its_minister(nlp: Language) -> None:
    text = (
        "Norwegian Defence Minister Robert Carver left on Friday. The Defence Ministry confirmed the visit."
    )
    assert names(nlp, text, "Ministry") == ["Norwegian Ministry of Defence"]


def test_a_religion_is_no_surname(nlp: Language) -> None:
    _, found = index(nlp, "Muslim groups marched through the town after the Friday prayers.")
    assert [e.name for e in found.entities if e.kind == "person"] == []


def test_spans_keep_the_words_of_a_number(nlp: Language) -> None:
    parsed, found = index(nlp, "Police arrested up to 12 French engineers.")
    head = next(t for t in parsed.doc if t.text == "engineers")
    (party,) = found.participants(parsed, head.left_edge.i, head.i + 1, head.i)
    assert party.span.text == "up to 12 French engineers"


def test_we_is_a_speaker_named_after_his_words(nlp: Language) -> None:
    assert names(nlp, '"We will sue the port," said Ilse Brandt.', "We") == ["Ilse Brandt"]


def test_two_of_a_kind_without_an_article_are_somebody_new(nlp: Language) -> None:
    text = "Robert Carver met Anna Lind in Oslo. They signed a letter, two diplomats familiar with it said."
    assert names(nlp, text, "diplomats") == []


def test_both_leaders_are_not_the_one_who_calls_them(nlp: Language) -> None:
    text = (
        "President Dano Vell and Prime Minister Ruta Kesk traded insults. "
        "Foreign Minister Olaf Bern spoke with both leaders by telephone."
    )
    assert names(nlp, text, "leaders") == ["Dano Vell", "Ruta Kesk"]


def test_both_sides_are_those_the_report_names_most(nlp: Language) -> None:
    text = (
        "Niger recalled its envoy from Benin. Niger said Benin armed rebels, and Benin closed the border. "
        "Niger refused talks that Togo had offered to Benin. The United Nations urged both sides to talk."
    )
    assert sorted(names(nlp, text, "sides")) == ["Benin", "Niger"]


def test_a_minister_without_a_country_is_of_where_the_report_is_written(nlp: Language) -> None:
    text = (
        "PRISTINA - Kosovo closed a road on Monday. Kosovo said it was unsafe. Kosovo has few such "
        "roads. Neither China nor Kosovo paid. Interior Minister Gezim Lhota said it would stay shut."
    )
    report = with_regions(Report(id="r", text=text))
    parsed = ParsedReport(report, nlp(text))
    found = find_entities(parsed, load_actors())
    token = next(t.i for t in parsed.doc if t.text == "Lhota")
    assert [found.get(i).country for i in found.at(token)] == ["KOS"]


def test_a_name_reached_or_crossed_is_a_place(nlp: Language) -> None:
    parsed, found = index(nlp, "Guards let no trucks into Tendrel, and the Jarnik crossing stayed shut.")
    kinds = {parsed.doc[t].text: found.kind_of(t) for t in range(len(parsed.doc))}
    assert kinds["Tendrel"] == "place"


def test_a_stop_is_nobody(nlp: Language) -> None:
    _, found = index(nlp, '"We leave today," Col. Abdoulaye Keïta, the prime minister, told reporters.')
    assert all(any(c.isalpha() for c in e.name) for e in found.entities)
