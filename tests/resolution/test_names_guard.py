"""Names of the list that mean something else here, and bodies that are in power on the day."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from according.language.model import ParsedReport
from according.records import Entity, Report
from according.resolution.actors import load_actors
from according.resolution.entities import find_entities

pytestmark = pytest.mark.model


def entities(nlp: Language, text: str, day: date | None = None) -> dict[str, Entity]:
    parsed = ParsedReport(Report(id="r", text=text, published=day), nlp(text))
    return {e.name: e for e in find_entities(parsed, load_actors()).entities}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Peru's Congress voted to remove the president in Lima.", "US Congress"),
        ("The German Foreign Office summoned the ambassador.", "Foreign and Commonwealth Office"),
        ("The House of Representatives in Nigeria passed the bill.", "US House of Representatives"),
        ("Solidarity protests were held in Madrid.", "Solidarity"),
        ("Shell fire killed two men in Kharkiv.", "Shell"),
        ("Good party officials met in Lima.", "Good Party"),
        ("Popular will is strong, a minister said.", "Popular Will"),
        ("Amal Clooney met the president of Malta.", "Amal Movement"),
        ("WHO IS BEHIND IT? Police said a bomb killed two people.", "World Health Organization"),
        ("Police in Erie, PA, arrested two men on Monday.", "Palestinian Authority"),
        ("Ships left a port on the Sea of Azov.", "Azov Regiment"),
    ],
)  # fmt: skip
def test_ordinary_words_and_bodies_of_others_are_not_the_listed_ones(
    nlp: Language, text: str, name: str
) -> None:
    assert name not in entities(nlp, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Congress passed the bill in Washington, the United States said.", "US Congress"),
        ("The Foreign Office in London summoned the ambassador.", "Foreign and Commonwealth Office"),
        ("Shell said it would leave Nigeria.", "Shell"),
        ("Popular Will called for a march in Caracas.", "Popular Will"),
        ("The WHO said on Monday that nine people had died.", "World Health Organization"),
        ("Britain's Labour Party condemned the attack.", "Labour Party (UK)"),
    ],
)
def test_the_listed_ones_are_still_found(nlp: Language, text: str, name: str) -> None:
    assert name in entities(nlp, text)


@pytest.mark.parametrize(
    ("day", "sectors"),
    [
        (date(2000, 5, 1), ("GOV",)),
        (date(2015, 5, 1), ("REB",)),
        (date(2023, 5, 1), ("GOV",)),
        (None, ("REB",)),
    ],
)
def test_a_movement_is_coded_by_whether_it_is_in_power(
    nlp: Language, day: date | None, sectors: tuple[str, ...]
) -> None:
    taliban = entities(nlp, "The Taliban arrested two journalists in Kabul.", day)["Taliban"]
    assert taliban.sectors == sectors


def test_fighters_of_a_paramilitary_are_no_rebels(nlp: Language) -> None:
    found = entities(nlp, "Wagner fighters killed 20 civilians in Mali.")
    assert found["Wagner Group fighters"].sectors == ("PRM",)


def test_a_government_of_a_part_is_not_the_states(nlp: Language) -> None:
    found = entities(nlp, "The Gujarat government signed a deal in India. India welcomed it.")
    assert "Gujarat government" in found


@pytest.mark.parametrize(
    ("name", "day", "title"),
    [
        ("Yulia Svyrydenko", date(2025, 9, 1), "prime minister"),
        ("Amir Khan Muttaqi", date(2024, 1, 1), "foreign minister"),
        ("Bassirou Diomaye Faye", date(2025, 1, 1), "president"),
        ("Kash Patel", date(2025, 6, 1), "director"),
    ],
)
def test_holders_of_recent_offices_are_known(nlp: Language, name: str, day: date, title: str) -> None:
    person = entities(nlp, f"{name} spoke to reporters on Monday.", day)[name]
    assert title in [r.title for r in person.roles]
