"""Compressed files: whole, cut short, hostile."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
import zstandard
from made import docx, zipped

from according.read import archive, read_reports
from according.records import Issue, Report

LINES = b"".join(b'{"id": "r%d", "text": "Rebels left the town."}\n' % n for n in range(3_000))


def read(path: Path) -> tuple[list[Report], list[Issue]]:
    items = list(read_reports([path]))
    return [i for i in items if isinstance(i, Report)], [i for i in items if isinstance(i, Issue)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl.gz", gzip.compress(LINES)),
        ("a.jsonl.gz", gzip.compress(LINES[:50_000]) + gzip.compress(LINES[50_000:])),
        ("a.jsonl.zst", zstandard.compress(LINES)),
        ("a.jsonl.zst", zstandard.compress(LINES[:50_000]) + zstandard.compress(LINES[50_000:])),
        ("packed", gzip.compress(LINES)),
        ("packed", zstandard.compress(LINES)),
    ],
)
def test_one_file_in_gzip_and_zstandard(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    reports, issues = read(tmp_path / name)
    assert issues == []
    assert [r.id for r in reports] == [f"r{n}" for n in range(3_000)]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
def test_a_file_that_is_cut_short_gives_what_is_there_and_says_so(tmp_path: Path, name: str) -> None:
    data = gzip.compress(LINES) if name.endswith("gz") else zstandard.compress(LINES)
    (tmp_path / name).write_bytes(data[:-200])
    reports, issues = read(tmp_path / name)
    assert len(reports) < 3_000
    assert [i.code for i in issues][-1] == "archive-broken"


def test_text_in_gzip_has_the_id_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"Rebels left."))
    (report,), _ = read(tmp_path)
    assert (report.id, report.text) == ("a.txt.gz", "Rebels left.")


def test_zip_holds_many_files(tmp_path: Path) -> None:
    files = {
        "one/a.txt": b"Rebels left.",
        "two.docx": docx(["Rebels came back."]),
        "three.jsonl": b'{"id": "j1", "text": "Talks resume."}\n',
        "__MACOSX/one/._a.txt": b"x",
        "photo.jpg": b"\xff\xd8\xff",
    }
    (tmp_path / "all.zip").write_bytes(zipped(files))
    reports, issues = read(tmp_path)
    assert issues == []
    assert [r.id for r in reports] == ["all.zip/one/a.txt", "all.zip/two.docx", "j1"]


@pytest.mark.parametrize(
    ("member", "data", "code"),
    [
        ("../../etc/a.txt", b"x", "archive-path"),
        ("/etc/a.txt", b"x", "archive-path"),
        ("..\\..\\a.txt", b"x", "archive-path"),
        ("C:/a.txt", b"x", "archive-path"),
        ("in.zip", zipped({"a.txt": b"x"}), "archive-nested"),
        ("in.txt.gz", gzip.compress(b"x"), "archive-nested"),
    ],
)
def test_members_that_are_refused(tmp_path: Path, member: str, data: bytes, code: str) -> None:
    (tmp_path / "all.zip").write_bytes(zipped({member: data, "b.txt": b"Rebels left."}))
    reports, issues = read(tmp_path)
    assert [r.id for r in reports] == ["all.zip/b.txt"]
    assert [i.code for i in issues] == [code]
    assert not (tmp_path / "etc").exists()


def test_gzip_in_gzip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz.gz").write_bytes(gzip.compress(gzip.compress(b"x")))
    _, issues = read(tmp_path)
    assert [i.code for i in issues] == ["archive-nested"]


def test_a_member_with_a_password_is_told(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"Rebels left."}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "all.zip").write_bytes(data)
    reports, issues = read(tmp_path)
    assert (reports, [i.code for i in issues]) == ([], ["archive-encrypted"])


def test_a_damaged_member_is_told_and_the_rest_read(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"Rebels left the town.", "b.txt": b"Calm."}, zipfile.ZIP_STORED)
    (tmp_path / "all.zip").write_bytes(data.replace(b"Rebels left", b"Rebels lost", 1))
    reports, issues = read(tmp_path)
    assert [r.id for r in reports] == ["all.zip/b.txt"]
    assert [i.code for i in issues] == ["archive-broken"]


@pytest.mark.parametrize("kind", ["gz", "zst", "zip"])
def test_bombs_are_stopped(tmp_path: Path, kind: str) -> None:
    row = b'{"id": "r", "text": "' + b"a" * 100 + b'"}\n'
    bomb = row * 600_000
    packed = {
        "gz": lambda: gzip.compress(bomb, 9),
        "zst": lambda: zstandard.compress(bomb, 19),
        "zip": lambda: zipped({"a.jsonl": bomb}),
    }[kind]()
    (tmp_path / f"a.jsonl.{kind}").write_bytes(packed)
    codes: dict[str, int] = {}
    for item in read_reports([tmp_path]):
        if isinstance(item, Issue):
            codes[item.code] = codes.get(item.code, 0) + 1
    assert codes["archive-too-large"] == 1
    assert codes["report-duplicate"] < 590_000


def test_archives_with_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    (tmp_path / "all.zip").write_bytes(zipped({f"{n}.txt": b"x" for n in range(3)}))
    _, issues = read(tmp_path)
    assert [i.code for i in issues] == ["archive-too-large"]
