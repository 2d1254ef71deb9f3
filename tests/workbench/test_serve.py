"""`according serve` opens what it is given: a store, or coded files for the time."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import event

from according.cli.serve import open_named
from according.errors import ReportFormatError, StoreMissingError
from according.records import CodedReport
from according.store import open_store
from according.workbench.lists import count_facets
from according.workbench.selection import Selection
from according.workbench.warming import Warmer
from store_factory import make_report


def test_a_store_is_opened_as_it_is(tmp_path: Path, reports: list[CodedReport]) -> None:
    path = tmp_path / "news.any"
    with open_store(path, create=True) as made:
        made.load(reports)
    with open_named([str(path)]) as opened:
        assert opened.count_reports() == len(reports)
    with open_named([f"sqlite:///{path}"]) as opened:
        assert opened.count_reports() == len(reports)


def test_the_environment_names_a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORDING_STORE", str(tmp_path / "my news.db"))
    open_store(create=True).close()
    with open_named([]) as opened:
        assert opened.count_reports() == 0


def test_coded_files_are_loaded_for_the_time(tmp_path: Path, reports: list[CodedReport]) -> None:
    (tmp_path / "in").mkdir()
    for i, coded in enumerate(reports):
        (tmp_path / "in" / f"{i}.jsonl").write_text(coded.to_json() + "\n", encoding="utf-8")
    with open_named([str(tmp_path / "in" / "0.jsonl"), str(tmp_path / "in")]) as opened:
        place = Path(str(opened.engine.url.database))
        assert opened.count_reports() == len(reports) and opened.count_events() == 3
        assert place.exists()
    assert not place.exists()


def test_what_is_neither_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError), open_named([str(tmp_path / "none.db")]):
        pass
    odd = tmp_path / "odd.db"
    odd.write_text("no store\n")
    with pytest.raises(ReportFormatError), open_named([str(odd)]):
        pass


def test_what_pages_show_first_is_counted_when_the_store_is_at_rest(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.db", create=True) as store:
        store.load([make_report(1)], "one")
        warmer = Warmer(store)
        assert [warmer.look() for _ in range(3)] == [False, True, False]
        store.append_judgement("ada", "r1", "m-1", "reject")
        assert not warmer.look(), "it has just changed"
        assert warmer.look()
        asked: list[str] = []
        event.listen(store.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
        assert store.count_events() == 0 and count_facets(store, Selection()) == ()
        assert not any("count(" in statement for statement in asked), "it is kept"
        warmer.start()
        warmer.stop()
