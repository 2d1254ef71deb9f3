"""A user's own actor list, in its three formats, wins over the package's and says so."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from according import Coder, Report
from according.cli import app
from according.errors import CodebookSyntaxError
from according.resolution.actors import load_actors
from according.resolution.actors_user import hash_list, read_user_entries

TEXT = "Fighters of the Ember Column attacked a police post near Mopti on Friday, Governor Lena Okaru said."

YAML = """\
- {name: "Ember Column", kind: group, country: "MLI", sectors: ["REB"], names: [Colonne Braise]}
- {name: "Lena Okaru", country: "MLI", offices: [{title: "governor of Mopti", from: "2024"}]}
"""
CSV = """\
name,kind,country,sectors,aliases,office,from,to
Ember Column,group,MLI,REB;PTY,"Colonne Braise; ECO",,,
Lena Okaru,person,MLI,,,governor of Mopti,2024,
Lena Okaru,person,MLI,,,mayor of Mopti,2019-03,2023-11
"""
FTM = [
    {
        "id": "a",
        "schema": "Organization",
        "properties": {"name": ["Ember Column"], "alias": ["Colonne Braise"], "country": ["ml"]},
    },
    {
        "id": "b",
        "schema": "Person",
        "properties": {
            "name": ["Lena Okaru"],
            "nationality": ["ml"],
            "position": ["governor of Mopti"],
            "topics": ["role.pep", "gov.executive"],
        },
    },
    {"id": "c", "schema": "Address", "properties": {"full": ["1 Market Street"]}},
]


def _write(folder: Path, suffix: str) -> Path:
    path = folder / f"mine{suffix}"
    if suffix == ".jsonl":
        path.write_text("\n".join(json.dumps(e) for e in FTM) + "\n")
    else:
        path.write_text(YAML if suffix == ".yml" else CSV)
    return path


@pytest.mark.parametrize("suffix", [".yml", ".csv", ".jsonl"])
def test_each_format_gives_the_same_actors(tmp_path: Path, suffix: str) -> None:
    column, okaru = read_user_entries(_write(tmp_path, suffix))
    assert (column.name, column.country, column.names[0]) == ("Ember Column", "MLI", "Colonne Braise")
    assert (okaru.kind, okaru.country, okaru.offices[0].title) == ("person", "MLI", "governor of Mopti")
    assert column.source == f"mine{suffix}"


def test_rows_of_one_name_are_one_actor_with_several_offices(tmp_path: Path) -> None:
    okaru = read_user_entries(_write(tmp_path, ".csv"))[1]
    assert [(o.title, o.from_, o.to) for o in okaru.offices] == [
        ("governor of Mopti", date(2024, 1, 1), None),
        ("mayor of Mopti", date(2019, 3, 1), date(2023, 11, 30)),
    ]


@pytest.mark.model
@pytest.mark.parametrize("suffix", [".yml", ".csv", ".jsonl"])
def test_the_list_codes_a_report_and_every_code_says_so(tmp_path: Path, suffix: str) -> None:
    coded = Coder(actors=_write(tmp_path, suffix)).code(Report(id="r", text=TEXT))
    column = next(e for e in coded.entities if e.name == "Ember Column")
    assert column.country == "MLI"
    assert f"mine{suffix}" in (column.why or "")


def test_a_users_codes_win_and_the_names_of_the_package_stay(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,kind,country,sectors\nHezbollah,organisation,LBN,PTY\n")
    entry = load_actors([path]).named("Hizbullah")
    assert entry is not None
    assert (entry.kind, entry.sectors, entry.source) == ("organisation", ("PTY",), "mine.csv")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "title,kind\nX,group\n", r"a\.csv:1.*'title'"),
        ("a.csv", "name,kind\n,group\n", r"a\.csv:2.*name"),
        ("a.csv", "name,kind\nX,militia\n", r"a\.csv:2.*kind: 'militia'"),
        ("a.csv", "name,office,from\nX,chair,May 2003\n", r"a\.csv:2.*from: 'May 2003'"),
        ("a.csv", "name\nX,Y\n", r"a\.csv:2.*more cells"),
        ("a.csv", 'name\n"X\n', r"a\.csv.*not valid CSV"),
        ("a.jsonl", '{"schema": "Person"\n', r"a\.jsonl:1.*not valid JSON"),
        ("a.jsonl", '{"id": "x"}\n', r"a\.jsonl:1.*schema"),
        ("a.jsonl", '{"schema": "Person", "properties": {"name": "X"}}\n', r"a\.jsonl:1.*name: a list"),
        ("a.yml", "- {nam: X}\n", r"a\.yml:1.*'nam'"),
        ("a.xlsx", "PK", r"a\.xlsx.*cannot be read"),
    ],
)
def test_what_is_wrong_is_said_with_file_line_and_field(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(CodebookSyntaxError, match=message):
        read_user_entries(path)


def test_the_hash_follows_the_bytes(tmp_path: Path) -> None:
    path = _write(tmp_path, ".csv")
    before = hash_list(path)
    path.write_text(CSV + "More,group,,,,,,\n")
    assert hash_list(path) != before


@pytest.mark.model
def test_one_flag_brings_the_list_to_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(TEXT)
    mine = str(_write(tmp_path, ".csv"))
    result = CliRunner().invoke(app, ["code", str(tmp_path / "r.txt"), "--actors", mine])
    assert result.exit_code == 0, result.output
    assert '"Ember Column"' in result.output
    assert "actor list mine.csv" in result.output
