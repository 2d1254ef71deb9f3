"""The demonstration writes its files, loads a store and says what it could not code."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from according.demo import run_demo
from according.errors import ConfigError
from according.records import CodedReport, Issue, Report
from according.store import open_store


class Fake:
    """Gives the sample for every report, and fails on those whose text says so."""

    def __init__(self, sample: CodedReport) -> None:
        self.sample = sample

    def code_many(self, reports: Iterable[Report]) -> Iterator[CodedReport | Issue]:
        for report in reports:
            failed = "unreadable" in report.text
            yield Issue(code="code-failed", message="no luck [b]") if failed else self.sample


def run(tmp_path: Path, sample: CodedReport, *texts: str) -> tuple[list[CodedReport], str]:
    folder = tmp_path / "in"
    folder.mkdir()
    for i, text in enumerate(texts):
        (folder / f"{i}.txt").write_text(text, encoding="utf-8")
    console = Console(file=io.StringIO(), width=200)
    coded = run_demo(tmp_path / "out", folder, coder=Fake(sample), console=console)  # type: ignore[arg-type]
    return coded, console.file.getvalue()  # type: ignore[attr-defined]


def test_it_writes_records_table_and_page(tmp_path: Path, sample: CodedReport) -> None:
    coded, shown = run(tmp_path, sample, "Rebels attacked a base.", "Talks began in Lund.")
    lines = (tmp_path / "out" / "coded.jsonl").read_text(encoding="utf-8").splitlines()
    assert [CodedReport.from_json(line) for line in lines] == coded == [sample, sample]
    assert len((tmp_path / "out" / "events.csv").read_text(encoding="utf-8").splitlines()) >= 5
    assert 'id="report-1"' in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "ASSAULT  rebels [REB] → base" in shown
    assert "happened · 2020-05-04 · Lund [SWE] · killed: at least 5" in shown
    assert "according to Ada Orlow (asserts)" in shown


def test_it_ends_with_a_store_to_look_at(tmp_path: Path, sample: CodedReport) -> None:
    _, shown = run(tmp_path, sample, "Rebels attacked a base.")
    path = tmp_path / "out" / "according.db"
    assert shown.splitlines()[-1] == f"To look at them in the browser: according serve {path}"
    with open_store(path) as store:
        assert store.get_report(sample.report.id) == sample and store.count_events() == 2


def test_a_report_that_fails_is_named_and_the_others_go_on(tmp_path: Path, sample: CodedReport) -> None:
    coded, shown = run(tmp_path, sample, "Rebels attacked a base.", "This is unreadable.")
    assert len(coded) == 1
    assert "code-failed: no luck [b]" in shown


def test_a_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        run_demo(tmp_path, tmp_path / "none")
