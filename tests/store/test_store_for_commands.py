"""Commands that take a store where no coded file is named, on both databases."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from according.cli import app, main
from according.store import open_store
from store_factory import make_report

RUN = CliRunner()


@pytest.fixture
def filled_url(store_url: str) -> Iterator[str]:
    reports = [
        make_report(1),
        make_report(2, killed=9, publisher="Courier", speaker="Bo Ek"),
        make_report(3, type_="RETREAT", act="will leave", factuality="planned", day=date(2020, 6, 1)),
    ]
    with open_store(store_url, create=True) as store:
        store.load(reports)
    yield store_url


def run(url: str, *arguments: str) -> Result:
    result = RUN.invoke(app, [*arguments, "--store", url], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_accounts_come_from_a_store(filled_url: str) -> None:
    (line,) = run(filled_url, "accounts", "all").stdout.splitlines()
    event = line.split()[0]
    assert "2 reports, 2 sources" in line
    (row,) = rows(run(filled_url, "accounts", "all", "--format", "csv").stdout)
    assert (row["event"], row["killed_low"], row["killed_high"]) == (event, "5", "9")
    every = run(filled_url, "accounts", "all", "--reports", "1", "--format", "json").stdout.splitlines()
    assert [json.loads(x)["type"] for x in every] == ["RETREAT", "ASSAULT"]
    shown = [run(filled_url, "accounts", name).stdout for name in (event, "m-1", "m-2")]
    assert shown[0] == shown[1] == shown[2]
    assert "killed 5 ≠" in shown[0]
    told = rows(run(filled_url, "accounts", event, "--format", "csv").stdout)
    assert [(r["report"], r["speakers"], r["killed_low"]) for r in told] == [
        ("r1", "Ada Orlow", "5"),
        ("r2", "Bo Ek", "9"),
    ]


def test_accounts_of_a_store_are_those_of_its_file(filled_url: str, tmp_path: Path) -> None:
    coded = tmp_path / "coded.jsonl"
    with open_store(filled_url) as store:
        coded.write_text("".join(r.to_json() + "\n" for r in store.iter_reports()), encoding="utf-8")
    for command in (["accounts", "m-1"], ["commitments"], ["labels"]):
        from_file = RUN.invoke(app, [*command, str(coded)])
        assert from_file.exit_code == 0
        assert run(filled_url, *command).stdout == from_file.stdout


def test_commitments_come_from_a_store(filled_url: str) -> None:
    assert "2020-06-01  open  RETREAT: Norland" in run(filled_url, "commitments").stdout
    assert run(filled_url, "commitments", "--outcome", "kept").stdout.strip() == ""
    (row,) = rows(run(filled_url, "commitments", "--format", "csv").stdout)
    assert (row["due"], row["report"], row["answer_report"]) == ("2020-06-01", "r3", "")
    with open_store(filled_url) as store:
        store.load([make_report(4, type_="RETREAT", act="will leave", day=date(2020, 5, 30))])
        (kept,) = store.list_commitments()
    assert (kept.outcome, [a.report for a in kept.answers]) == ("kept", ["r4"])


def test_a_store_is_exported(filled_url: str, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    run(filled_url, "export", "--as", "accounts", "-o", str(target))
    told = rows(target.read_text(encoding="utf-8"))
    assert [r["report"] for r in told] == ["r1", "r2", "r3"]


def test_files_and_a_store_are_not_both_taken(
    filled_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["accounts", "all", "x.jsonl"], ["commitments", "x.jsonl"], ["labels", "x.jsonl"]):
        with pytest.raises(SystemExit) as stop:
            main([*command, "--store", filled_url])
        assert stop.value.code == 2
        assert "both given" in capsys.readouterr().err


def test_what_a_store_does_not_have_is_told(filled_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["accounts", "x-none", "--store", filled_url])
    assert stop.value.code == 2
    assert "store-not-stored" in capsys.readouterr().err


def test_without_file_and_store_the_environment_names_the_store(
    filled_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACCORDING_STORE", filled_url)
    assert "2 reports" in RUN.invoke(app, ["accounts", "all"]).stdout
    monkeypatch.delenv("ACCORDING_STORE")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stop:
        main(["commitments"])
    assert stop.value.code == 2
    assert "store-missing" in capsys.readouterr().err
