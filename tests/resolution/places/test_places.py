"""Places are found, told apart, and left open where the report does not say which."""

from __future__ import annotations

import pytest
from spacy.language import Language

from according.language.model import ParsedReport
from according.records import Place, Report
from according.resolution.places import find_places, load_gazetteer, where_for
from according.resolution.places.gazetteer import Candidate
from according.resolution.places.resolve import distance_km


def parse(nlp: Language, text: str) -> ParsedReport:
    return ParsedReport(report=Report(id="r", text=text), doc=nlp(text))


def by_words(nlp: Language, text: str) -> dict[str, Place]:
    places = find_places(parse(nlp, text))
    for p in places:
        assert text[p.span.start : p.span.end] == p.span.text
        assert p.why
    assert [p.span.start for p in places] == sorted(p.span.start for p in places)
    return {p.span.text: p for p in places}


@pytest.mark.parametrize(
    ("name", "country"),
    [("Kenya", "KEN"), ("Kosovo", "KOS"), ("Darfur", "SDN"), ("Donbass", "UKR"), ("Deir Ezzor", "SYR"),
     ("St. Louis", "USA"), ("Kiev", "UKR")],
)  # fmt: skip
def test_gazetteer_knows_names_in_several_spellings(name: str, country: str) -> None:
    assert country in {c.country for c in load_gazetteer().lookup(name)}


def test_unknown_name_has_no_candidates() -> None:
    assert load_gazetteer().lookup("Xqzzlburg") == ()
    assert "Xqzzlburg" not in load_gazetteer()


def test_distance_between_paris_and_london() -> None:
    paris = Candidate("Paris", "city", "FRA", None, 48.857, 2.352)
    london = Candidate("London", "city", "GBR", None, 51.507, -0.128)
    assert distance_km(paris, london) == pytest.approx(344, abs=3)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "words", "country", "admin1"),
    [
        ("A fire broke out in Paris, Texas, on Monday.", "Paris", "USA", "Texas"),
        ("A fire broke out in Paris on Monday.", "Paris", "FRA", "Île-de-France"),
        ("Two farmers from Jordan, Minnesota, won the prize.", "Jordan", "USA", "Minnesota"),
    ],
)
def test_qualifier_decides(nlp: Language, text: str, words: str, country: str, admin1: str) -> None:
    place = by_words(nlp, text)[words]
    assert place.country == country
    assert place.precision == "city"
    assert (place.admin1 or "").startswith(admin1[:3]) or country == "FRA"


@pytest.mark.model
def test_list_of_countries_is_no_qualifier(nlp: Language) -> None:
    found = by_words(nlp, "Envoys from China, Japan and Mongolia will meet in Vienna.")
    assert {found["China"].country, found["Japan"].country, found["Mongolia"].country} == {
        "CHN",
        "JPN",
        "MNG",
    }
    assert found["China"].precision == "country"


@pytest.mark.model
def test_names_of_persons_and_bodies_are_not_places(nlp: Language) -> None:
    found = by_words(nlp, "Mr. Jordan told the Boston Globe that Paris Hilton would visit Nairobi.")
    assert set(found) == {"Nairobi"}


@pytest.mark.model
def test_adjectives_can_be_left_out(nlp: Language) -> None:
    parsed = parse(nlp, "Kenyan officials flew to Kampala.")
    with_them = {p.span.text: p for p in find_places(parsed)}
    assert with_them["Kenyan"].country == "KEN"
    assert (with_them["Kenyan"].why or "").startswith("adjective")
    assert [p.span.text for p in find_places(parsed, adjectives=False)] == ["Kampala"]


@pytest.mark.model
def test_abstains_where_no_such_place_is_known(nlp: Language) -> None:
    place = by_words(nlp, "The mayor of Nairobi, Nebraska, resigned.").get("Nairobi")
    assert place is not None
    assert place.lat is None
    assert "Nebraska" in (place.why or "")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "phrase", "name", "country"),
    [
        ("Gunmen killed five people in Mogadishu.", "in Mogadishu", "Mogadishu", "SOM"),
        ("Shells fell on Homs and Aleppo.", "on Homs and Aleppo", "Homs and Aleppo", "SYR"),
        ("Clashes broke out in northern Iraq.", "in northern Iraq", "northern Iraq", "IRQ"),
        ("Militants reached Mosul. They then left the city.", "the city", "Mosul", "IRQ"),
    ],
)
def test_where_of_a_locative_phrase(nlp: Language, text: str, phrase: str, name: str, country: str) -> None:
    parsed = parse(nlp, text)
    at = text.index(phrase)
    span = parsed.doc.char_span(at, at + len(phrase))
    assert span is not None
    where = where_for(parsed, span.start, span.end, span.end - 1, find_places(parsed))
    assert where is not None
    assert (where.name, where.country) == (name, country)
    assert where.span is not None
    assert not where.span.text.startswith(("in ", "on "))


@pytest.mark.model
def test_where_is_none_without_a_place(nlp: Language) -> None:
    parsed = parse(nlp, "They met in secret.")
    assert where_for(parsed, 2, 4, 3, find_places(parsed)) is None
