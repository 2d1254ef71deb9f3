"""What is kept in the cache folder is never needed, never trusted when damaged, and never half written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from array import array
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from according.codebook.load import DEFAULT, load_codebook
from according.errors import CodebookSyntaxError
from according.kept import VERSIONS_KEPT, cache_folder, keep, key_of
from according.resolution.places.name_table import pack, unpack


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ACCORDING_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def never() -> bytes:
    raise AssertionError("made again")


def test_a_thing_is_made_once(folder: Path) -> None:
    assert keep("thing", "k1", lambda: b"made") == b"made"
    assert keep("thing", "k1", never) == b"made"
    assert keep("thing", "k2", lambda: b"other") == b"other"
    assert sorted(p.name for p in folder.iterdir()) == ["thing-k1.bin", "thing-k2.bin"]


@pytest.mark.parametrize("damage", [b"", b"short", None])
def test_a_damaged_file_is_made_anew(folder: Path, damage: bytes | None) -> None:
    keep("thing", "k", lambda: b"made")
    path = folder / "thing-k.bin"
    path.write_bytes(path.read_bytes()[:-1] + b"?" if damage is None else damage)
    assert keep("thing", "k", lambda: b"again") == b"again"
    assert keep("thing", "k", never) == b"again"


def test_a_folder_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("ACCORDING_CACHE", str(tmp_path / "file" / "cache"))
    assert keep("thing", "k", lambda: b"1") == b"1"
    assert keep("thing", "k", lambda: b"2") == b"2"


@pytest.mark.parametrize("told", ["", "off", " OFF "])
def test_nothing_is_kept_when_told_so(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORDING_CACHE", told)
    assert cache_folder() is None
    assert keep("thing", "k", lambda: b"1") == b"1"


def test_old_versions_are_dropped(folder: Path) -> None:
    for number in range(VERSIONS_KEPT + 3):
        keep("thing", f"k{number}", lambda: b"made")
        os.utime(folder / f"thing-k{number}.bin", (number, number))
    left = sorted(p.name for p in folder.iterdir())
    assert len(left) == VERSIONS_KEPT
    assert f"thing-k{VERSIONS_KEPT + 2}.bin" in left


def test_many_writers_at_once_leave_one_whole_file(folder: Path) -> None:
    content = os.urandom(200_000)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: keep("thing", "k", lambda: content), range(40)))
    assert set(found) == {content}
    assert [p.name for p in folder.iterdir()] == ["thing-k.bin"]


def test_processes_share_the_folder(folder: Path) -> None:
    script = "from according.codebook.load import load_codebook; print(load_codebook().hash)"
    runs = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env={**os.environ})
        for _ in range(3)
    ]
    told = {run.communicate(timeout=120)[0] for run in runs}
    assert told == {load_codebook().hash.encode() + b"\n"}
    assert len(list(folder.iterdir())) == 1


def test_a_codebook_that_was_kept_is_the_one_that_was_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Path(shutil.copytree(DEFAULT, tmp_path / "book"))
    kept = [load_codebook(book), load_codebook(book)][1]
    monkeypatch.setenv("ACCORDING_CACHE", "off")
    read = load_codebook(book)
    assert kept == read
    assert [t.where for t in kept.triggers] == [t.where for t in read.triggers]
    assert list(kept.index) == list(read.index)


def test_a_changed_codebook_is_read_anew_and_a_broken_one_refused(folder: Path, tmp_path: Path) -> None:
    book = Path(shutil.copytree(DEFAULT, tmp_path / "book"))
    before = load_codebook(book)
    path = book / "aid.yml"
    path.write_text(path.read_text() + "# a remark\n")
    assert load_codebook(book).hash != before.hash
    path.write_text(path.read_text() + "oops: [\n")
    for _ in range(2):
        with pytest.raises(CodebookSyntaxError, match=r"aid\.yml"):
            load_codebook(book)


def test_arrays_that_were_cut_off_are_no_arrays() -> None:
    data = pack({"a": array("I", range(10))})
    assert unpack(data)["a"].tolist() == list(range(10))
    for cut in (2, 4):
        with pytest.raises(ValueError, match=r"bytes|cut off"):
            unpack(data[:-cut])


def test_a_key_changes_with_the_bounds_of_its_parts() -> None:
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("abc", "")}) == 4
