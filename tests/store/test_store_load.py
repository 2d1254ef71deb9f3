"""Loading: once each, whole or not at all, even when killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from according.records import CodedReport
from according.store import Filter, Store, open_store, schema
from according.store.engine import reading
from store_factory import make_report


def test_a_report_comes_back_just_as_it_was_loaded(store: Store, sample: CodedReport) -> None:
    store.load([sample])
    assert store.get_report("r1") == sample
    assert store.get_report("r1").to_json() == sample.to_json()


def test_loading_again_changes_nothing(store: Store) -> None:
    reports = [make_report(n) for n in range(5)]
    first = store.load(reports)
    before = store.info()
    again = store.load(reports)
    assert (first.added, first.known, again.added, again.known) == (5, 0, 0, 5)
    assert store.info() == before
    assert list(store.check()) == []


def test_the_same_report_twice_in_one_load_counts_once(store: Store) -> None:
    loaded = store.load([make_report(1), make_report(1)])
    assert (loaded.received, loaded.added, loaded.known) == (2, 1, 1)


def test_a_new_coder_version_stands_beside_the_old(store: Store) -> None:
    store.load([make_report(1), make_report(2)], "one")
    loaded = store.load([make_report(1, type_="COERCE")], "two")
    assert (loaded.added, loaded.recoded) == (0, 1)
    assert [(c.coder, c.current) for c in store.list_codings("r1")] == [("two", True), ("one", False)]
    assert {m.type for m in store.list_mentions().items} == {"COERCE", "ASSAULT"}
    assert store.get_report("r1", coding=store.list_codings("r1")[1].pk) == make_report(1)
    changes = list(store.diff())
    assert [(c.report, c.kind, c.field, c.before, c.after) for c in changes] == [
        ("r1", "changed", "type", "ASSAULT", "COERCE")
    ]
    assert list(store.diff("one", "two")) == changes
    assert {m for e in store.iter_events() for m in e.event.mentions} == {"m-1", "m-2"}
    assert list(store.check()) == []


def test_loading_an_old_coding_again_does_not_bring_it_back(store: Store) -> None:
    store.load([make_report(1)], "one")
    store.load([make_report(1, type_="COERCE")], "two")
    assert store.load([make_report(1)], "one").known == 1
    assert store.list_mentions().items[0].type == "COERCE"


def test_a_changed_text_is_kept_beside_the_old_and_told(store: Store) -> None:
    store.load([make_report(1)])
    loaded = store.load([make_report(1, more=" More was known later.")])
    assert [i.code for i in loaded.issues] == ["report-changed"]
    assert "More was known" in store.get_report("r1").report.text
    assert store.count_reports() == 1
    assert [h.id for h in store.search("later").items] == ["r1"]
    assert list(store.check()) == []


def test_a_text_with_nul_comes_back(store: Store) -> None:
    odd = make_report(1, more=" \x00 odd é 🙂")
    store.load([odd])
    assert store.get_report("r1") == odd


def test_a_failing_batch_leaves_nothing_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from according.store import load

    def fail(*_: object) -> None:
        raise RuntimeError("stopped in the middle")

    with monkeypatch.context() as patch:
        patch.setattr(load, "bump", fail)
        with pytest.raises(RuntimeError, match="stopped"):
            store.load([make_report(n) for n in range(3)])
    assert store.info().rows["reports"] == store.info().rows["mentions"] == 0


CHILD = """
import sys
from according.records import CodedReport
from according.store import open_store
with open(sys.argv[2], encoding="utf-8") as lines, open_store(sys.argv[1]) as store:
    reports = [CodedReport.from_json(line) for line in lines]
    store.load(reports, batch=4, watch=lambda done: print(done.received, flush=True))
"""


def test_a_killed_load_loses_and_doubles_nothing(store_url: str, tmp_path: Path) -> None:
    reports = [make_report(n, place=f"Lund {n % 7}") for n in range(400)]
    file = tmp_path / "coded.jsonl"
    file.write_text("".join(r.to_json() + "\n" for r in reports), encoding="utf-8")
    with open_store(store_url, create=True) as store:
        kept = []
        for delay in (0.0, 0.013):
            child = subprocess.Popen(
                [sys.executable, "-c", CHILD, store_url, str(file)],
                stdout=subprocess.PIPE,
                env=dict(os.environ),
            )
            assert child.stdout is not None
            # Wait until it writes what was not there, then kill it a moment later.
            while int(child.stdout.readline() or 10**6) <= (kept[-1] if kept else 0):
                pass
            time.sleep(delay)
            child.send_signal(signal.SIGKILL)
            child.wait()
            child.stdout.close()
            rows = store.info().rows
            kept.append(rows["reports"])
            assert rows["reports"] == rows["codings"] == rows["mentions"]
            assert kept[-1] % 4 == 0
        assert 0 < kept[0] < kept[1] < 400, "each load must have been killed half way"
        store.load(reports, batch=4)
        assert store.info().rows["mentions"] == 400
        with reading(store.engine) as connection:
            ids = connection.execute(select(func.count(schema.reports.c.id.distinct()))).scalar_one()
        assert ids == 400
        assert [r.report.id for r in store.iter_reports()] == [r.report.id for r in reports]
        assert list(store.check()) == []
        whole = sorted((e.event.id, e.event.mentions) for e in store.iter_events())
    with open_store(str(tmp_path / "at-once.db"), create=True) as fresh:
        fresh.load(reports)
        assert sorted((e.event.id, e.event.mentions) for e in fresh.iter_events()) == whole


def test_loading_in_parts_gives_the_events_of_loading_at_once(store: Store, tmp_path: Path) -> None:
    reports = [make_report(n, place=("Lund", "Malmo")[n % 2], killed=5 + n % 3) for n in range(12)]
    for report in reports:
        store.load([report])
    with open_store(tmp_path / "other.db", create=True) as other:
        other.load(reversed(reports))
        ours, theirs = list(store.iter_events()), list(other.iter_events())
    assert sorted(e.event.model_dump_json() for e in ours) == sorted(
        e.event.model_dump_json() for e in theirs
    )
    assert sorted(e.disputed_on for e in ours) == sorted(e.disputed_on for e in theirs)
    assert list(store.check()) == []


def test_a_second_process_that_loads_is_seen(store_url: str) -> None:
    with open_store(store_url, create=True) as one, open_store(store_url) as two:
        one.load([make_report(1)])
        two.load([make_report(2)])
        one.load([make_report(3)])
        assert one.count_mentions() == two.count_mentions() == 3
        inside = {m for e in one.iter_events() for m in e.event.mentions}
        assert inside == {"m-1", "m-2", "m-3"}
        assert list(one.check()) == []


def test_recoding_some_reports_gives_the_events_of_a_new_store(store: Store, tmp_path: Path) -> None:
    old = [make_report(n, place=("Lund", "Malmo")[n % 2], killed=5 + n % 3) for n in range(10)]
    store.load(old, "one")
    newer = [make_report(n, type_="COERCE" if n < 2 else "ASSAULT", killed=9) for n in (0, 1, 4, 7)]
    loaded = store.load(newer, "two", join=False)
    assert loaded.recoded == 4
    store.join_events()
    now = {c.report.id: c for c in [*old, *newer]}
    with open_store(tmp_path / "other.db", create=True) as other:
        other.load(now.values())
        ours, theirs = list(store.iter_events()), list(other.iter_events())
        assert store.list_folds() == other.list_folds()
    assert {e.event for e in ours} == {e.event for e in theirs}
    assert {m.event for m in store.iter_mentions()} == {e.event.id for e in ours}
    assert list(store.check()) == []


def test_a_load_goes_on_from_what_was_joined(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from according.store.shelf import StoredShelf

    with open_store(store_url, create=True) as store:
        store.load([make_report(n, place="Lund") for n in range(3)])
        far = {"actor": "Westrel", "recipient": "Ostanor", "place": "Oslo", "speaker": None}
        store.load([make_report(n, day=date(2010, 1, n), **far) for n in range(10, 20)])
    read: set[str] = set()
    whole = StoredShelf.read_tellings

    def count(self: StoredShelf, ids: Collection[str]) -> object:
        read.update(ids)
        return whole(self, ids)

    monkeypatch.setattr(StoredShelf, "read_tellings", count)
    with open_store(store_url) as store:
        store.load([make_report(99, place="Lund")])
        (event,) = {m.event for m in store.iter_mentions(Filter(report=("r1", "r99")))}
        assert event is not None
    assert read <= {"m-0", "m-1", "m-2"}, "mentions of other years were read"
    assert "m-1" in read


def test_events_are_joined_in_parts(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from according.store import events

    reports = [make_report(n, place=("Lund", "Malmo")[n % 2]) for n in range(9)]
    with open_store(tmp_path / "other.db", create=True) as other:
        other.load(reports)
        whole = {e.event for e in other.iter_events()}
    monkeypatch.setattr(events, "PART", 2)
    store.load(reports, join=False)
    seen: list[int] = []
    store.join_events(watch=seen.append)
    assert seen == [2, 4, 6, 8, 9]
    assert {e.event for e in store.iter_events()} == whole
