"""Coding a stream: order, balance, issues, several processes; exits of the command line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from according.cli import EXIT_BUG, EXIT_INTERRUPTED, main
from according.cli.coding import BATCH, Balance, code_all
from according.errors import ConfigError, InternalError
from according.records import CodedReport, Issue, Report


@dataclass(frozen=True)
class Fake:
    """Codes every report with nothing found, sets aside those whose text says so."""

    dies_on: str = ""
    loses: str = ""

    def code_many(self, reports: Iterable[Report]) -> Iterator[CodedReport | Issue]:
        for report in reports:
            if report.text == self.dies_on:
                os._exit(9)
            if report.text == self.loses:
                continue
            if report.text == "bad":
                yield Issue(code="code-failed", message="no", report=report.id)
            else:
                yield CodedReport(report=report)


@dataclass(frozen=True)
class MakeFake:
    dies_on: str = ""
    loses: str = ""

    def __call__(self) -> Fake:
        return Fake(self.dies_on, self.loses)


def reports(count: int, text: str = "Calm.") -> list[Report | Issue]:
    return [Report(id=f"r{n}", text=text) for n in range(count)]


def names(results: Iterable[CodedReport | Issue]) -> list[str]:
    return [r.code if isinstance(r, Issue) else r.report.id for r in results]


@pytest.mark.parametrize("workers", [1, 2])
def test_code_all_keeps_order_and_counts(workers: int) -> None:
    items = reports(3 * BATCH)
    items[5] = Report(id="r5", text="bad")
    items.insert(2, Issue(code="text-empty", message="empty", path="x"))
    items.insert(4, Issue(code="date-wrong", message="no date", report="r3"))
    balance = Balance()
    results = list(code_all(items, MakeFake(), balance, workers=workers))
    coded = [r.report.id for r in results if isinstance(r, CodedReport)]
    assert coded == [f"r{n}" for n in range(3 * BATCH) if n != 5]
    assert sorted(r.code for r in results if isinstance(r, Issue)) == [
        "code-failed",
        "date-wrong",
        "text-empty",
    ]
    assert (balance.received, balance.coded, balance.aside, balance.noted) == (
        3 * BATCH + 1,
        3 * BATCH - 1,
        2,
        1,
    )
    assert balance.codes == {"text-empty": 1, "date-wrong": 1, "code-failed": 1}
    assert str(balance) == "49 reports in = 47 coded + 2 set aside; 1 coded with a remark"
    balance.check()


def test_code_all_issue_comes_before_the_report_it_stands_beside() -> None:
    items = [
        *reports(1),
        Issue(code="date-wrong", message="no date", report="r9"),
        Report(id="r9", text="Calm."),
    ]
    assert names(code_all(items, MakeFake(), Balance())) == ["r0", "date-wrong", "r9"]


def test_code_all_trailing_issues_are_not_lost() -> None:
    items = [*reports(1), Issue(code="text-empty", message="empty")]
    assert names(code_all(items, MakeFake(), Balance())) == ["r0", "text-empty"]
    assert names(code_all([items[1]], MakeFake(), Balance())) == ["text-empty"]
    assert names(code_all([], MakeFake(), Balance())) == []


def test_code_all_reads_no_further_ahead_than_it_must() -> None:
    taken = 0

    def endless() -> Iterator[Report]:
        nonlocal taken
        while True:
            taken += 1
            yield Report(id=f"r{taken}", text="Calm.")

    results = code_all(endless(), MakeFake(), Balance())
    assert names([next(results)]) == ["r1"]
    assert taken <= 2


def test_balance_check_notices_a_lost_report() -> None:
    balance = Balance()
    list(code_all([*reports(1), Report(id="x", text="gone")], MakeFake(loses="gone"), balance))
    with pytest.raises(InternalError, match="2 reports came in, but 1 were coded"):
        balance.check()


def test_code_all_worker_that_dies_is_told() -> None:
    with pytest.raises(InternalError, match="worker process died"):
        list(code_all(reports(2, "die"), MakeFake(dies_on="die"), Balance(), workers=2))


def use_fake(monkeypatch: pytest.MonkeyPatch, make: MakeFake) -> None:
    monkeypatch.setattr("according.cli.code.MakeCoder", lambda *options: make)


def exit_of(*words: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert isinstance(stop.value.code, int)
    return stop.value.code


def test_code_into_a_file_shows_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use_fake(monkeypatch, MakeFake())
    for name, text in (("a", "Calm."), ("b", "bad"), ("c", "Calm.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert exit_of("code", str(tmp_path), "-o", str(out), "--progress", "json") == 1
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert {k: told[-1][k] for k in ("done", "aside", "total")} == {"done": 3, "aside": 1, "total": 3}
    assert exit_of("code", str(tmp_path / "a.txt"), "-o", str(out), "--progress", "none") == 0
    assert capsys.readouterr().err == "1 reports in = 1 coded + 0 set aside\n"


def test_code_exit_tells_whether_reports_were_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use_fake(monkeypatch, MakeFake())
    (tmp_path / "a.txt").write_text("Calm.", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert exit_of("code", str(tmp_path / "a.txt"), "-o", str(out)) == 0
    assert capsys.readouterr().err == "1 reports in = 1 coded + 0 set aside\n"
    assert (tmp_path / "issues.jsonl").read_text(encoding="utf-8") == ""
    (tmp_path / "b.txt").write_text("bad", encoding="utf-8")
    assert exit_of("code", str(tmp_path / "b.txt"), "-o", str(out)) == 1
    assert capsys.readouterr().err == "[code-failed] b.txt: no\n1 reports in = 0 coded + 1 set aside\n"
    assert '"code-failed"' in (tmp_path / "issues.jsonl").read_text(encoding="utf-8")


def test_code_into_parquet_gives_records_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_fake(monkeypatch, MakeFake())
    for name, text in (("a", "Calm."), ("b", "bad"), ("c", "Rebels left.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out.parquet"
    assert exit_of("code", str(tmp_path), "-o", str(out)) == 1
    records = [CodedReport.model_validate(row) for row in pq.read_table(out).to_pylist()]
    assert [(r.report.id, r.report.text) for r in records] == [("a.txt", "Calm."), ("c.txt", "Rebels left.")]
    monkeypatch.setattr(Fake, "code_many", None)  # what fails leaves the old file as it was
    before = out.read_bytes()
    assert exit_of("code", str(tmp_path / "a.txt"), "-o", str(out)) == EXIT_BUG
    assert out.read_bytes() == before


def test_code_that_loses_a_report_is_a_bug_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use_fake(monkeypatch, MakeFake(loses="gone"))
    (tmp_path / "a.txt").write_text("gone", encoding="utf-8")
    assert exit_of("code", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out.jsonl")) == EXIT_BUG
    assert "a bug in according" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (ConfigError("the pan is hot."), 2, "the pan is hot."),
        (InternalError("two and two are five."), EXIT_BUG, "please report it"),
        (ZeroDivisionError("division by zero"), EXIT_BUG, "ZeroDivisionError: division by zero"),
        (KeyboardInterrupt(), EXIT_INTERRUPTED, "interrupted"),
    ],
)
def test_main_failure_one_line_and_its_exit(
    error: BaseException,
    code: int,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def make(*options: object) -> object:
        raise error

    monkeypatch.setattr("according.cli.code.MakeCoder", make)
    monkeypatch.delenv("ACCORDING_DEBUG", raising=False)
    (tmp_path / "a.txt").write_text("Calm.", encoding="utf-8")
    assert exit_of("code", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out.jsonl")) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert says in told.err and told.err.count("\n") == 1
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the pipe of another process")
def test_main_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    import subprocess

    words = "from according.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", words, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0
