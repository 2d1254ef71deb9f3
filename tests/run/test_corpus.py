"""Runs over corpora: what is written, what goes on, what is set aside."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from small_runs import QUICK, WORKER, Run, contents, reports

from according.errors import CodebookSyntaxError, OutputError, RunBusyError, RunExistsError
from according.records import CodedReport, Issue, Report
from according.run import Limits, Spec, run_corpus
from according.run.corpus import read_manifest
from according.run.cut import cut_shards
from according.run.engines import LocalEngine, cut_pieces
from according.run.lock import hold
from according.run.model import Shard


def lines(folder: Path) -> list[CodedReport]:
    return [
        CodedReport.from_json(line)
        for part in sorted((folder / "parts").glob("*.jsonl"))
        for line in part.read_text(encoding="utf-8").splitlines()
    ]


def issues(folder: Path) -> list[dict[str, str]]:
    return [json.loads(x) for x in (folder / "issues.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_run_writes_every_report_in_order_and_a_manifest_that_agrees(run: Run, tmp_path: Path) -> None:
    items = reports(60)
    items.insert(7, Issue(code="text-empty", message="x:1: the text is empty."))
    items.insert(9, Issue(code="date-wrong", message="x:2: no date.", report="r8"))
    items[20] = Report(id="b", text="bad")
    outcome = run(items, size=10, workers=2)
    assert str(outcome.counts) == "61 reports in = 59 coded + 2 set aside; 1 coded with a remark"
    assert [c.report.id for c in lines(tmp_path / "out")] == [
        r.id for r in items if isinstance(r, Report) and r.id != "b"
    ]
    assert [i["code"] for i in issues(tmp_path / "out")] == ["text-empty", "date-wrong", "code-failed"]
    manifest = read_manifest(tmp_path / "out")
    assert manifest["reports"] == {"received": 61, "coded": 59, "aside": 2, "noted": 1}
    assert manifest["issues"] == {"code-failed": 1, "date-wrong": 1, "text-empty": 1}
    assert len(manifest["parts"]) >= 3
    for part in manifest["parts"]:
        data = (tmp_path / "out" / part["name"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == part["sha256"] and len(data) == part["bytes"]
        assert data.count(b"\n") == part["coded"]
    assert sum(p["received"] for p in manifest["parts"]) == 61


def test_the_bytes_do_not_depend_on_the_number_of_workers(run: Run, tmp_path: Path) -> None:
    run(reports(50), "one", size=6)
    run(reports(50), "three", size=6, workers=3)
    assert contents(tmp_path / "one") == contents(tmp_path / "three")


def test_an_empty_corpus_gives_an_empty_run(run: Run, tmp_path: Path) -> None:
    assert run([]).counts.received == 0
    assert read_manifest(tmp_path / "out")["parts"] == []


def test_resuming_a_finished_run_codes_nothing(run: Run, tmp_path: Path) -> None:
    first = run(reports(30), size=5)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "out" / "parts").iterdir()}
    again = run(reports(30), size=5, resume=True)
    assert again.kept == len(first.parts) == len(again.parts)
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "out" / "parts").iterdir()} == before


@pytest.mark.parametrize("where", [0, 40, 99])
def test_resuming_makes_anew_what_changed_and_little_else(run: Run, tmp_path: Path, where: int) -> None:
    run(reports(100), size=8)
    changed = reports(100)
    changed[where] = Report(id=f"r{where}", text="Another text.")
    again = run(changed, size=8, resume=True)
    assert again.kept == len(again.parts) - 1
    run(changed, "fresh", size=8)
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_a_report_put_in_moves_the_later_parts_and_does_not_code_them_again(run: Run, tmp_path: Path) -> None:
    run(reports(200), size=8)
    longer = [Report(id="new", text="First."), *reports(200)]
    again = run(longer, size=8, resume=True)
    assert again.kept >= len(again.parts) // 2
    run(longer, "fresh", size=8)
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


@pytest.mark.parametrize("harm", ["cut", "flip", "lose", "describe", "undescribe"])
def test_a_part_that_was_harmed_is_made_anew(run: Run, tmp_path: Path, harm: str) -> None:
    run(reports(30), size=5)
    whole = contents(tmp_path / "out")
    part = sorted((tmp_path / "out" / "parts").glob("*.jsonl"))[1]
    told = part.with_suffix(".json")
    data = part.read_bytes()
    if harm == "cut":
        part.write_bytes(data[:-20])
    elif harm == "flip":
        part.write_bytes(data.replace(b"Calm", b"Calx", 1))
    elif harm == "lose":
        part.unlink()
    elif harm == "describe":
        told.write_text("{", encoding="utf-8")
    else:
        told.unlink()
    again = run(reports(30), size=5, resume=True)
    assert again.kept == len(again.parts) - 1
    assert contents(tmp_path / "out") == whole


def test_a_changed_setup_codes_everything_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(reports(20), size=5)
    monkeypatch.setattr("according.run.fingerprint.hash_code", lambda: "another version")
    again = run(reports(20), size=5, resume=True)
    assert again.kept == 0
    assert len(list((tmp_path / "out" / "parts").glob("*.jsonl"))) == len(again.parts)


def test_a_folder_that_holds_something_is_refused(run: Run, tmp_path: Path) -> None:
    run(reports(3))
    with pytest.raises(RunExistsError, match="--resume"):
        run(reports(3))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RunExistsError, match="not empty"):
        run(reports(3), "mine")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
    with pytest.raises(RunExistsError, match="no finished run"):
        read_manifest(tmp_path / "mine")


def test_two_runs_do_not_write_to_one_folder(run: Run, tmp_path: Path) -> None:
    run(reports(3))
    with hold(tmp_path / "out"), pytest.raises(RunBusyError):
        run(reports(3), resume=True)


def test_a_folder_that_cannot_be_made_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        run(reports(1), "file/out")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("die", "report-crashed"),
        ("break", "report-crashed"),
        ("hang", "report-timeout"),
        ("greedy", "report-memory"),
    ],
)
def test_a_report_that_harms_its_worker_is_set_aside_and_the_rest_go_on(
    run: Run, tmp_path: Path, word: str, code: str
) -> None:
    items = reports(12)
    items[5] = Report(id="harm", text=f"{word} now")
    outcome = run(items, workers=2, size=6)
    assert (outcome.counts.received, outcome.counts.coded, outcome.counts.aside) == (12, 11, 1)
    (told,) = issues(tmp_path / "out")
    assert (told["code"], told["report"]) == (code, "harm")
    assert [c.report.id for c in lines(tmp_path / "out")] == [f"r{n}" for n in range(12) if n != 5]
    if word == "break":
        assert "ZeroDivisionError: of a kind nobody thought of" in told["message"]


def test_a_report_whose_worker_died_by_chance_is_coded_after_all(run: Run, tmp_path: Path) -> None:
    items = reports(8)
    items[3] = Report(id="r3", text=f"once {tmp_path / 'mark'}")
    outcome = run(items)
    assert (tmp_path / "mark").exists()
    assert (outcome.counts.coded, outcome.counts.aside) == (8, 0)


def test_reports_set_aside_by_a_limit_get_another_chance_when_it_is_raised(run: Run) -> None:
    items = [*reports(3), Report(id="s", text="greedy now")]
    assert run(items, limits=QUICK).counts.codes == {"report-memory": 1}
    kept = run(items, limits=QUICK, resume=True)
    assert (kept.kept, kept.counts.codes) == (1, {"report-memory": 1})
    more = run(items, limits=Limits(seconds=30, memory_mb=0), resume=True)
    assert (more.kept, more.counts.codes) == (0, {})


def test_what_a_library_prints_does_not_fall_among_the_results(run: Run) -> None:
    assert run(reports(4, "print")).counts.coded == 4


def test_a_data_file_that_cannot_be_used_stops_the_run(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CodebookSyntaxError, match=r"lists\.yml:7"):
        run([*reports(3), Report(id="x", text="list")])
    monkeypatch.setenv("FAULTY_LOAD", "1")
    with pytest.raises(CodebookSyntaxError, match=r"assault\.yml:3: unknown key\. Remove it\."):
        run(reports(3), "other")
    assert not (tmp_path / "other" / "manifest.json").exists()


def test_no_worker_outlives_a_run_that_fails(tmp_path: Path) -> None:
    def reading() -> Iterator[Report]:
        yield from (Report(id=f"r{n}", text=f"slow {n}") for n in range(40))
        raise OSError("the drive was taken out")

    engine = LocalEngine(Spec(), QUICK, 2, WORKER)
    with pytest.raises(OSError, match="taken out"):
        run_corpus(reading(), tmp_path / "out", engine, Spec(), limits=QUICK, size=5)
    left = [p for p in psutil.Process().children(recursive=True) if "faulty_worker" in " ".join(p.cmdline())]
    assert left == []


def test_two_workers_share_the_last_shard(run: Run, tmp_path: Path) -> None:
    (tmp_path / "meeting").mkdir()
    items = reports(64)
    items[0], items[32] = (Report(id=f"m{n}", text=f"meet {tmp_path / 'meeting'}") for n in range(2))
    outcome = run(items, workers=2, size=100, limits=Limits(seconds=60, memory_mb=300))
    assert (outcome.counts.coded, len(outcome.parts)) == (64, 1)
    assert [coded.report for coded in lines(tmp_path / "out")] == items


def test_shards_are_cut_into_pieces_and_lose_nothing() -> None:
    aside = Issue(code="text-empty", message="x:1: the text is empty.")
    shards = [Shard(0, tuple(reports(70))), Shard(1, (aside,)), Shard(2, tuple(reports(3)))]
    pieces = list(cut_pieces(shards))
    assert [(p.shard.number, p.place, p.of, len(p.reports)) for p in pieces] == [
        (0, 0, 3, 32), (0, 1, 3, 32), (0, 2, 3, 6), (1, 0, 1, 0), (2, 0, 1, 3),
    ]  # fmt: skip
    assert [r for p in pieces for r in p.reports] == [*reports(70), *reports(3)]


def test_shards_are_cut_by_ids_and_lose_nothing() -> None:
    items = reports(1000)
    shards = list(cut_shards(items, size=20))
    assert [i for s in shards for i in s.items] == items
    assert [s.number for s in shards] == list(range(len(shards)))
    assert all(len(s.items) <= 40 for s in shards)
    assert 20 <= len(shards) <= 90
    rest = random.Random(4).sample(items, 1000)
    assert {s.input_hash for s in cut_shards(rest, size=20)} != {s.input_hash for s in shards}


def test_a_shard_of_long_reports_is_cut_early() -> None:
    long = [Report(id=f"r{n}", text="x" * 1000) for n in range(50)]
    assert [len(s.items) for s in cut_shards(long, size=100, chars=10_000)] == [10] * 5
    with pytest.raises(ValueError, match="at least one"):
        list(cut_shards(long, size=0))
