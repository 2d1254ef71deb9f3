"""The actor list: loading, refusing what is wrong, finding names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from according.errors import CodebookSyntaxError
from according.resolution.actors import ActorList, load_actors
from according.resolution.names import units

OWN = """
- name: "Northland"
  kind: state
  country: "NLX"
  demonyms: ["Northish"]
  capitals: ["Frostholm"]
- {name: "Front of the al-Mazra Valley", kind: group, country: "NLX", sectors: ["REB"], names: ["FMV"]}
- name: "Ada Quill"
  kind: person
  country: "NLX"
  offices: [{title: "president", org: "Northland", sectors: ["GOV"], from: "2001", to: "2004-03"}]
"""


def match(actors: ActorList, text: str) -> list[tuple[str, str, str]]:
    tokens = text.split()
    words = []
    for i, token in enumerate(tokens):
        words += [(u, i) for u in units(token)]
    return [(" ".join(tokens[m.start : m.end]), m.entry.name, m.form) for m in actors.matches(words, tokens)]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_names_forms_and_spellings_are_found(own: Path) -> None:
    actors = load_actors([own])
    found = match(actors, "Northish troops met the Front of the El-Mazra Valley in Frostholm")
    assert found == [
        ("Northish", "Northland", "demonym"),
        ("Front of the El-Mazra Valley", "Front of the al-Mazra Valley", "name"),
        ("Frostholm", "Northland", "capital"),
    ]


def test_acronyms_are_matched_in_capitals_only(own: Path) -> None:
    actors = load_actors([own])
    assert match(actors, "FMV") == [("FMV", "Front of the al-Mazra Valley", "name")]
    assert match(actors, "fmv") == []
    assert match(actors, "gave us hope") == []


def test_offices_hold_between_their_dates(own: Path) -> None:
    office = load_actors([own]).named("Ada Quill").offices[0]  # type: ignore[union-attr]
    assert office.held_on(date(2001, 1, 1))
    assert not office.held_on(date(2000, 12, 31))
    assert not office.held_on(date(2004, 6, 1))
    assert office.held_on(None)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ('- {name: "A", country: "FRA"}\n- {name: "B", colour: "red"}\n', 2, "colour"),
        ('- {name: "A"}\n- {name: "C"}\n- {name: "A"}\n', 3, "twice"),
        ('- {name: "A", country: 30}\n', 1, "country"),
        ('- {name: "A", kind: "clan"}\n', 1, "clan"),
        ('- {name: "A", sectors: "GOV"}\n', 1, "sectors"),
        ('- {country: "FRA"}\n', 1, "name"),
        ('- {name: "A", offices: [{title: "king", from: "soon"}]}\n', 1, "soon"),
        ("name: A\n", 1, "list"),
        ('- {name: "A"\n- {name: "B"}\n', 2, "YAML"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    path = tmp_path / "bad.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookSyntaxError) as caught:
        load_actors([path])
    assert caught.value.path == str(path)
    assert caught.value.line == line
    assert word in str(caught.value)


def test_every_state_code_leads_to_the_state_itself() -> None:
    actors = load_actors()
    assert actors.state("USA").name == "United States"  # type: ignore[union-attr]
    assert actors.state("GEO").name == "Georgia"  # type: ignore[union-attr]
    assert actors.state(None) is None


def test_long_role_nouns_stand_beside_short_ones() -> None:
    roles = load_actors().roles
    assert roles["foreign minister"].sectors == ("GOV",)
    assert roles["judge"].sectors == ("JUD",)
    assert (roles["soldier"].kind, roles["soldier"].plural) == ("person", "group")
    assert (roles["protester"].kind, roles["protester"].plural) == ("person", "people")
    assert len(roles) > 1000


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Republic of Congo", "COG"),
        ("Democratic Republic of Congo", "COD"),
        ("Northern Irish", "GBR"),
        ("Papua New Guineans", "PNG"),
        ("Equatorial Guineans", "GNQ"),
        ("Former Yugoslav Republic of Macedonia", "MKD"),
        ("Élysée Palace", "FRA"),
        ("Associated Press of Pakistan", "PAK"),
    ],
)
def test_longer_names_are_not_those_they_contain(text: str, country: str) -> None:
    tokens = text.split()
    words = [(units(token)[0], i) for i, token in enumerate(tokens)]
    found = list(load_actors().matches(words, tokens))
    assert [(m.start, m.end, m.entry.country) for m in found] == [(0, len(tokens), country)]


@pytest.mark.parametrize("text", ["Türk", "Hague", "CCTV", "Chancellery"])
def test_words_that_mean_other_things_name_no_listed_actor(text: str) -> None:
    assert match(load_actors(), text) == []
