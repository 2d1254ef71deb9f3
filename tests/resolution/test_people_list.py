"""The list of people: names once, codes known, offices that begin before they end."""

import re
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml

from according.codebook.load import load_codebook

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@pytest.fixture(scope="module")
def people() -> list[dict[str, Any]]:
    path = files("according") / "data" / "actors" / "people.yml"
    entries: list[dict[str, Any]] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return entries


def test_people_every_name_belongs_to_one(people: list[dict[str, Any]]) -> None:
    owner: dict[str, str] = {}
    for person in people:
        for name in {person["name"], *person.get("names", ())}:
            assert owner.setdefault(name.casefold(), person["name"]) == person["name"]
    assert len({p["name"] for p in people}) == len(people) >= 450


def test_people_codes_are_known(people: list[dict[str, Any]]) -> None:
    sectors = set(load_codebook().sectors)
    assert len(sectors) == 25
    for person in people:
        assert re.fullmatch("[A-Z]{3}", person["country"])
        for office in person["offices"]:
            assert set(office) == {"title", "org", "sectors", "from", "to"}
            assert office["title"] and office["org"]
            assert sectors.issuperset(office["sectors"])


def test_people_offices_begin_before_they_end(people: list[dict[str, Any]]) -> None:
    for person in people:
        for office in person["offices"]:
            dates = [office[key] for key in ("from", "to") if office[key] is not None]
            for value in dates:
                assert _DATE.fullmatch(value)
                parts = [int(part) for part in value.split("-")]
                assert date(*(*parts, 1, 1)[:3])
            if len(dates) == 2:
                first, last = (value[: min(map(len, dates))] for value in dates)
                assert first <= last, person["name"]


@pytest.mark.parametrize(
    ("name", "country", "day", "titles"),
    [
        ("Margaret Thatcher", "GBR", "1985-06-01", ["prime minister"]),
        ("Margaret Thatcher", "GBR", "1995-06-01", []),
        ("Emmanuel Macron", "FRA", "2018-06-01", ["president"]),
        ("Kofi Annan", "UNO", "2000-06-01", ["secretary-general"]),
        ("Joseph Kony", "UGA", "2010-06-01", ["leader"]),
    ],
)
def test_people_offices_held_on_a_day(
    people: list[dict[str, Any]], name: str, country: str, day: str, titles: list[str]
) -> None:
    (person,) = (p for p in people if p["name"] == name)
    assert person["country"] == country
    held = [o for o in person["offices"] if (o["from"] or "") <= day <= (o["to"] or "9999")]
    assert [o["title"] for o in held] == titles


@pytest.mark.parametrize(
    ("name", "day", "sectors"),
    [
        ("Richard Nixon", "1958-06-01", ["GOV"]),
        ("Pol Pot", "1977-06-01", ["GOV"]),
        ("Pol Pot", "1985-06-01", ["REB"]),
        ("Pervez Musharraf", "2000-06-01", ["GOV"]),
        ("Jaroslaw Kaczynski", "2007-01-01", ["GOV"]),
        ("Jaroslaw Kaczynski", "2018-01-01", ["PTY"]),
        ("Gulbuddin Hekmatyar", "2018-01-01", ["PTY"]),
        ("Joao Bernardo Vieira", "2002-06-01", None),
    ],
)
def test_people_sectors_of_the_first_office_held(
    people: list[dict[str, Any]], name: str, day: str, sectors: list[str] | None
) -> None:
    (person,) = (p for p in people if p["name"] == name)
    held = [o for o in person["offices"] if (o["from"] or "") <= day <= (o["to"] or "9999")]
    assert (held[0]["sectors"] if held else None) == sectors


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("Reza Pahlavi", "Reza Pahlavi"),
        ("Robert F. Kennedy Jr.", "Robert F. Kennedy Jr."),
        ("Abu Ammar", None),
        ("Abu Ala", None),
    ],
)
def test_people_names_that_others_bear(people: list[dict[str, Any]], name: str, owner: str | None) -> None:
    owners = [p["name"] for p in people if name in (p["name"], *p.get("names", ()))]
    assert owners == ([owner] if owner else [])
