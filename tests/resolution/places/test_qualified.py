"""Names told apart by the region behind "in", and names that are only part of a longer one."""

from __future__ import annotations

import pytest
from spacy.language import Language

from according.coder import Coder
from according.language.model import ParsedReport
from according.records import Place, Report
from according.resolution.places import find_places

pytestmark = pytest.mark.model


def places(nlp: Language, text: str) -> dict[str, Place]:
    found = find_places(ParsedReport(Report(id="r", text=text), nlp(text)))
    return {p.span.text: p for p in found}


def test_a_region_behind_in_tells_which_town(nlp: Language) -> None:
    found = places(nlp, "Clashes broke out in Tripoli in northern Lebanon.")
    assert found["Tripoli"].country == "LBN"


def test_no_town_of_another_country_is_guessed(nlp: Language) -> None:
    palma = places(nlp, "Insurgents attacked the town of Palma in Mozambique's Cabo Delgado.")["Palma"]
    assert palma.lat is None or palma.country == "MOZ"


def test_a_hamlet_is_not_cut_out_of_a_longer_name(nlp: Language) -> None:
    found = places(nlp, "The drone hit a market in the Kora Bora valley.")
    assert "Bora" not in found


def test_a_language_is_no_place(nlp: Language) -> None:
    found = places(nlp, "Police arrested a priest in Cameroon's English-speaking regions.")
    assert "English" not in found


def test_where_takes_the_town_before_its_region_and_the_road_between_two() -> None:
    coder = Coder()
    text = "Gunmen attacked a checkpoint near Hyderabad in Pakistan's Sindh province."
    where = coder.code(Report(id="r", text=text)).mentions[0].where
    assert where is not None
    assert (where.country, "Hyderabad" in (where.name or "")) == ("PAK", True)
    text = "Rebels ambushed a convoy on the road between Bunia and Djugu in Congo."
    where = coder.code(Report(id="r", text=text)).mentions[0].where
    assert where is not None
    assert where.span is not None
    assert where.span.text.startswith("the road between Bunia")


def test_a_quarter_of_the_year_is_no_place() -> None:
    text = "Troops shelled the village in the third quarter of 2025."
    where = Coder().code(Report(id="r", text=text)).mentions[0].where
    assert where is None or "quarter" not in (where.name or "")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Drones struck the port of Hodeidah on Monday.", "Hodeidah", "YEM"),
        ("Militants attacked a post in Miranshah.", "Miranshah", "PAK"),
        ("Militiamen attacked a base at Fataki.", "Fataki", "COD"),
    ],
)
def test_towns_that_gazetteers_spell_otherwise(nlp: Language, text: str, name: str, country: str) -> None:
    assert places(nlp, text)[name].country == country
