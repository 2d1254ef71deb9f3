"""The place of an event is read from its own sentence, and only where the event was."""

from __future__ import annotations

import pytest
from spacy.language import Language

from according.coder import Coder
from according.language.model import ParsedReport
from according.records import Mention, Report
from according.resolution.places import find_places, load_gazetteer, where_for
from according.resolution.places.name_table import NameTable
from according.resolution.places.names import fold, fold_all


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def mention(coder: Coder, text: str, type_code: str) -> Mention:
    found = [m for m in coder.code(Report(id="w", text=text)).mentions if m.type == type_code]
    assert found, f"no {type_code} in {text!r}"
    for m in found:
        if m.where is not None and m.where.span is not None:
            assert text[m.where.span.start : m.where.span.end] == m.where.span.text
    return found[0]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "type_code", "words", "name", "country"),
    [
        ("Gunmen attacked a police post in Maiduguri on Friday.", "ASSAULT", None, "Maiduguri", "NGA"),
        ("Soldiers seized control of Kismayo on Sunday.", "COERCE", "Kismayo", "Kismayo", "SOM"),
        ("Troops stormed the compound at dawn.", "ASSAULT", "the compound", "compound", None),
        (
            "The president met the envoy in Nairobi, Kenya, on Tuesday.",
            "CONSULT", "Nairobi, Kenya", "Nairobi", "KEN",
        ),
        (
            "Rebels fired mortars at an army convoy about 12 km from Bangui.",
            "ASSAULT", "about 12 km from Bangui", "near Bangui", "CAF",
        ),
    ],
)  # fmt: skip
def test_where_of_an_event(
    coder: Coder, text: str, type_code: str, words: str | None, name: str, country: str | None
) -> None:
    where = mention(coder, text, type_code).where
    assert where is not None
    assert where.span is not None
    assert words is None or where.span.text == words
    assert name in (where.name or "")
    assert where.country == country


@pytest.mark.model
def test_place_of_what_is_talked_of_is_not_where_it_is_talked_of(coder: Coder) -> None:
    assert mention(coder, "Norway condemned the attack in Kano.", "ACCUSE").where is None


@pytest.mark.model
def test_vague_plurals_are_no_place(coder: Coder) -> None:
    where = mention(coder, "Militants attacked villages and killed ten people.", "ASSAULT").where
    assert where is None


@pytest.mark.model
@pytest.mark.parametrize(
    ("phrase", "head", "name", "country"),
    [
        ("the French embassy in Tripoli", "embassy", "French embassy in Tripoli", "LBY"),
        ("the French embassy", "embassy", "French embassy", None),
        ("French territory", "territory", "French territory", "FRA"),
        ("the city of Tripoli", "city", "Tripoli", "LBY"),
        ("a market in southern Tripoli", "market", "market in southern Tripoli", "LBY"),
    ],
)
def test_spot_lies_where_its_words_say(
    nlp: Language, phrase: str, head: str, name: str, country: str | None
) -> None:
    text = f"Gunmen entered {phrase} on Monday, said a spokesman for Libya."
    parsed = ParsedReport(report=Report(id="w", text=text), doc=nlp(text))
    at = text.index(phrase)
    span = parsed.doc.char_span(at, at + len(phrase))
    assert span is not None
    token = next(t for t in span if t.text == head)
    where = where_for(parsed, span.start, span.end, token.i, find_places(parsed))
    assert where is not None
    assert (where.name, where.country) == (name, country)


@pytest.mark.model
@pytest.mark.parametrize(
    ("phrase", "name"), [("the town", "Gulu"), ("a town", "town"), ("the region", "region")]
)
def test_only_a_definite_town_points_back(nlp: Language, phrase: str, name: str) -> None:
    text = f"Rebels left Gulu. Later they shelled {phrase}."
    parsed = ParsedReport(report=Report(id="w", text=text), doc=nlp(text))
    span = parsed.doc.char_span(text.index(phrase), text.index(phrase) + len(phrase))
    assert span is not None
    where = where_for(parsed, span.start, span.end, span.end - 1, find_places(parsed))
    assert where is not None
    assert where.name == name
    assert (where.lat is None) == (name != "Gulu")


@pytest.mark.parametrize(
    "name", ["St. Étienne", "Deir ez-Zor", "São  Paulo", "Al Ḩudaydah", " Qal‘at ", "N'Djamena", "Łódź"]
)
def test_folding_many_names_is_folding_each(name: str) -> None:
    assert fold_all(["x", name, "St. x"]) == ["x", fold(name), "saint x"]
    assert fold(fold(name)) == fold(name)


def test_rows_of_a_name_are_kept_in_order_without_repeats() -> None:
    table = NameTable.of((("x", "y")[row == 7], row) for row in (4, 4, 9, 7, 2))
    assert table.get("x") == (4, 9, 2)
    assert table.get("y") == (7,) and "y" in table
    assert table.get("z") == () and "z" not in table


def test_division_lies_amid_its_towns() -> None:
    found = [c for c in load_gazetteer().lookup("Bavaria") if c.kind == "admin1"]
    assert found
    assert found[0].country == "DEU"
    assert 47.3 < found[0].lat < 50.6
    assert 8.9 < found[0].lon < 13.9


@pytest.mark.parametrize(
    ("publisher", "country"),
    [("news.example.co.uk", "GBR"), ("example.ke", "KEN"), ("example.com", None), ("example.tv", None),
     ("The Nairobi Courier", None)],
)  # fmt: skip
def test_country_of_a_domain(publisher: str, country: str | None) -> None:
    assert load_gazetteer().country_of_domain(publisher) == country
