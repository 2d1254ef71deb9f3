"""Migrations, busy and broken databases, backups, and the commands."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event, text, update

from according.cli import main
from according.errors import SchemaVersionError, StoreBusyError, StoreError, StoreMissingError
from according.store import Filter, Store, open_store, schema
from according.store.engine import advisory_lock, make_engine, read_url, reading, writing
from according.store.migrate import migrate, newest_version, read_version
from store_factory import make_report


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    return int(stop.value.code or 0)


def test_the_migrations_give_the_tables_of_the_schema(store: Store) -> None:
    with reading(store.engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, schema.metadata)
    own = [d for d in found if not _of_one_database(d)]
    assert own == []


def _of_one_database(difference: object) -> bool:
    """The search index and that of counted columns are made by hand and are not in the schema."""
    return "search" in str(difference) or "ix_mentions_counted" in str(difference)


def plan_of_facets(store: Store) -> str:
    """How the database goes about counting facets."""
    seen: list[tuple[str, Any]] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def _note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if "fit AS" in statement:
            seen.append((statement, values))

    store.facets(fields=("type", "party", "place", "speaker"), of="events")
    event.remove(store.engine, "before_cursor_execute", _note)
    ((statement, values),) = seen
    ask = "EXPLAIN QUERY PLAN" if store.dialect == "sqlite" else "EXPLAIN"
    with reading(store.engine) as connection:
        if store.dialect == "postgresql":  # a table of a few rows is read whole otherwise
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        return "\n".join(
            str(row[-1]) for row in connection.exec_driver_sql(f"{ask} {statement}", values).all()
        )


def test_counting_reads_an_index_and_not_the_long_rows(store: Store) -> None:
    store.load([make_report(n) for n in range(20)])
    store.optimise()
    plan = plan_of_facets(store)
    if store.dialect == "sqlite":
        assert "SEARCH mentions USING COVERING INDEX ix_mentions_counted (current=?)" in plan
        assert "SCAN mentions" not in plan
    else:
        assert "Index Only Scan using ix_mentions_counted on mentions" in plan


def test_a_store_of_version_0005_is_brought_up_to_date_with_names_that_no_index_takes(store_url: str) -> None:
    engine = make_engine(read_url(store_url), create=True)
    assert migrate(engine, "0005") == (None, "0005")
    with Store(engine) as old:
        old.load([make_report(1), make_report(2, place="Ystad")])
        # As they were loaded then; random words, which PostgreSQL cannot press together.
        long = " ".join(sha256(bytes([n])).hexdigest() for n in range(40))
        for table, names in {
            "mentions": ("publisher", "place", "place_folded"),
            "reports": ("publisher",),
        }.items():
            for name in names:
                with writing(engine) as connection:
                    some = f"(SELECT min(pk) FROM {table})"
                    connection.execute(
                        text(f"UPDATE {table} SET {name} = :long WHERE pk = {some}"), {"long": long}
                    )
        with pytest.raises(SchemaVersionError):
            open_store(store_url)
    with open_store(store_url, create=True) as store:
        assert read_version(store.engine) == newest_version()
        assert list(store.check()) == []
        assert store.count_mentions(Filter(place=long)) == 1
        assert store.count_mentions(Filter(publisher=(long,))) == 1
        counted = store.facets(fields=("place", "publisher"))
        assert {f.label for f in counted["place"]} == {long[:180], "Ystad"}
        assert {f.label for f in counted["publisher"]} == {long[:180], "Herald"}


def test_names_of_any_length_are_loaded_and_found(store: Store) -> None:
    name = "\U00020000".join(sha256(bytes([n])).hexdigest() for n in range(100))
    coded = make_report(1, place=name, publisher=name, actor=name, speaker=name)
    store.load([coded])
    assert store.get_report("r1") == coded
    for wanted in (Filter(place=name), Filter(publisher=(name,)), Filter(actor=name), Filter(speaker=name)):
        assert store.count_mentions(wanted) == 1, wanted


def test_the_database_looks_at_its_tables_after_a_large_load(store_url: str) -> None:
    def has_looked(store: Store) -> bool:
        with reading(store.engine) as connection:
            if store.dialect == "sqlite":
                asked = "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'reports'"
            else:
                asked = "SELECT count(*) FROM pg_stats WHERE schemaname = current_schema()"
            return bool(connection.execute(text(asked)).scalar())

    with open_store(store_url, create=True) as store:
        store.load([make_report(1)])
        assert not has_looked(store)
        store.load([make_report(n) for n in range(2, 250)], join=False)
        assert not has_looked(store)
        store.join_events()
        assert has_looked(store)


def test_migrating_twice_changes_nothing(store: Store) -> None:
    assert migrate(store.engine) == (newest_version(), newest_version())


def test_a_store_of_a_newer_package_is_refused(store: Store, store_url: str) -> None:
    with writing(store.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaVersionError, match="9999"):
        open_store(store_url)
    with pytest.raises(SchemaVersionError):
        migrate(store.engine)


def test_a_migration_that_fails_leaves_no_table(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from according.store.migrations import ddl_0001

    broken = {k: (*v, "CREATE NONSENSE") for k, v in ddl_0001.STATEMENTS.items()}
    with monkeypatch.context() as patch:
        for name, statements in broken.items():
            patch.setitem(ddl_0001.STATEMENTS, name, statements)
        with pytest.raises(Exception, match="NONSENSE"):
            open_store(store_url, create=True)
    with open_store(store_url, check=False, create=False) as store:
        assert read_version(store.engine) is None
    with open_store(store_url, create=True) as store:
        store.load([make_report(1)])
        assert store.count_mentions() == 1


def test_a_busy_store_is_waited_for_and_then_told(store_url: str) -> None:
    with open_store(store_url, create=True) as one, open_store(store_url, timeout_s=0.2) as two:
        with writing(one.engine) as connection:
            connection.execute(text("DELETE FROM meta"))
            if one.dialect == "postgresql":
                connection.execute(text(advisory_lock(7215302)))
            assert two.count_reports() == 0, "reading goes on"
            with pytest.raises(StoreBusyError) as busy:
                two.load([make_report(1)])
        assert "another process" in str(busy.value)
        assert two.load([make_report(1)]).added == 1


def test_what_is_not_a_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        open_store(tmp_path / "none.db")
    with pytest.raises(StoreMissingError, match="folder"):
        open_store(tmp_path / "no" / "folder.db", create=True)
    letter = tmp_path / "letter.db"
    letter.write_text("Dear reader, this is no database at all. " * 40, encoding="utf-8")
    with pytest.raises(StoreError, match="not a database"):
        open_store(letter)
    with pytest.raises(StoreError, match="not supported"):
        open_store("mysql://db/news")
    with pytest.raises(StoreError):
        open_store("postgresql://nobody@127.0.0.1:1/none", timeout_s=2)


def test_a_damaged_store_does_not_pass_the_check(store: Store) -> None:
    store.load([make_report(1), make_report(2)])
    assert list(store.check()) == []
    with writing(store.engine) as connection:
        c, m = schema.codings.c, schema.mentions.c
        connection.execute(update(schema.codings).where(c.pk == 1).values(record=b"rubbish"))
        connection.execute(update(schema.mentions).where(m.id == "m-2").values(event_pk=None))
    wrong = list(store.check())
    assert any("cannot be read" in w for w in wrong)
    assert any(w.startswith("event ") for w in wrong)


def test_a_backup_is_a_whole_store(store: Store, tmp_path: Path) -> None:
    store.load([make_report(n) for n in range(3)])
    target = tmp_path / "copy"
    if store.dialect == "postgresql" and shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed")
    assert store.backup(target) == target.stat().st_size > 1000
    with pytest.raises(StoreError, match="already"):
        store.backup(target)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
    if store.dialect == "sqlite":
        with open_store(target) as copy:
            assert [r.id for r in copy.list_reports().items] == [r.id for r in store.list_reports().items]
            assert list(copy.check()) == []
    else:
        listed = subprocess.run(
            ["pg_restore", "--list", str(target)], capture_output=True, text=True, check=True
        )
        assert "TABLE DATA" in listed.stdout
        assert "judgements" in listed.stdout


def test_sqlite_is_set_up_for_many_readers(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.db", create=True) as store, reading(store.engine) as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    plain = sqlite3.connect(tmp_path / "news.db")
    assert plain.execute("SELECT count(*) FROM reports").fetchone() == (0,)
    plain.close()


def test_the_commands(store_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    coded = tmp_path / "coded.jsonl"
    reports = [make_report(1), make_report(2, killed=9, publisher="Courier")]
    coded.write_text("".join(r.to_json() + "\n" for r in reports), encoding="utf-8")
    newer = tmp_path / "newer.jsonl"
    newer.write_text(make_report(1, type_="COERCE").to_json() + "\n", encoding="utf-8")
    assert run("load", str(coded), "--store", store_url, "--coder", "one") == 0
    assert "2 added" in capsys.readouterr().err
    assert run("load", str(newer), "--store", store_url, "--coder", "two") == 0
    assert "1 recoded" in capsys.readouterr().err
    assert run("search", "attacked", "--publisher", "Courier", "--store", store_url) == 0
    assert "r2" in capsys.readouterr().out
    assert run("search", "attacked", "--type", "COERCE", "--format", "json", "--store", store_url) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "r1"
    assert run("search", "attacked", "--format", "csv", "--store", store_url) == 0
    assert capsys.readouterr().out.startswith("id,publisher")
    assert run("search", "!!!", "--store", store_url) == 2
    assert "store-query" in capsys.readouterr().err
    assert run("diff", "one", "two", "--store", store_url) == 1
    assert "type: ASSAULT -> COERCE" in capsys.readouterr().out
    assert run("diff", str(coded), str(newer)) == 1
    shown = capsys.readouterr()
    assert "ASSAULT -> COERCE" in shown.out
    assert "1 only in" in shown.err
    assert run("diff", str(coded), str(coded)) == 0
    capsys.readouterr()
    assert run("store", "info", "--store", store_url) == 0
    assert "two: 1 codings, 1 current" in capsys.readouterr().out
    assert run("store", "migrate", "--store", store_url) == 0
    assert run("store", "check", "--store", store_url) == 0
    assert "sound" in capsys.readouterr().err
    assert run("search", "x", "--store", str(tmp_path / "none.db")) == 2
    assert "store-missing" in capsys.readouterr().err
