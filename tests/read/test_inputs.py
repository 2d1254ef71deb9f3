"""What there is to read: files, folders, patterns, each with a stable id."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from made import zipped

from according.errors import ReportFormatError
from according.read import InputFile, list_inputs, read_input, read_reports
from according.records import Issue, Report


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "wire" / "deep").mkdir(parents=True)
    (tmp_path / "wire" / "b.txt").write_text("Rebels left.", encoding="utf-8")
    (tmp_path / "wire" / "deep" / "a.txt").write_text("Rebels came back.", encoding="utf-8")
    (tmp_path / "wire" / ".hidden.txt").write_text("x", encoding="utf-8")
    (tmp_path / "wire" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "wire" / "photo.jpg.gz").write_bytes(b"\x1f\x8b")
    (tmp_path / "wire" / "c.zip").write_bytes(zipped({"in/d.txt": b"Talks resume."}))
    return tmp_path


def test_inputs_of_a_folder_in_order_with_sizes(corpus: Path) -> None:
    found = [i for i in list_inputs([corpus / "wire"]) if isinstance(i, InputFile)]
    assert [(i.id, i.size) for i in found] == [
        ("b.txt", 12),
        ("c.zip", (corpus / "wire" / "c.zip").stat().st_size),
        ("deep/a.txt", 17),
    ]


def test_reading_inputs_one_by_one_gives_what_reading_all_gives(corpus: Path) -> None:
    paths = [corpus / "wire", corpus / "wire" / "deep" / "a.txt", corpus / "wire" / "b.txt"]
    together = list(read_reports(paths))
    single = [item for i in list_inputs(paths) if isinstance(i, InputFile) for item in read_input(i)]
    ids = [r.id for r in together if isinstance(r, Report)]
    assert ids == ["b.txt", "c.zip/in/d.txt", "deep/a.txt", "a.txt"]
    assert [r.id for r in single if isinstance(r, Report)] == [*ids, "b.txt"]
    assert [i.code for i in together if isinstance(i, Issue)] == ["report-duplicate"]


def test_two_files_of_one_name_keep_apart(corpus: Path) -> None:
    (corpus / "a.txt").write_text("Another.", encoding="utf-8")
    second = corpus / "wire" / "deep" / "a.txt"
    found = [i for i in list_inputs([corpus / "a.txt", second]) if isinstance(i, InputFile)]
    assert [i.id for i in found] == ["a.txt", second.as_posix()]


def test_patterns(corpus: Path) -> None:
    reports = read_reports([str(corpus / "**" / "*.txt")])
    assert [r.text for r in reports if isinstance(r, Report)] == ["Rebels left.", "Rebels came back."]
    with pytest.raises(ReportFormatError, match="no file fits"):
        read_reports([str(corpus / "*.rtf")])
    with pytest.raises(ReportFormatError, match="no such file"):
        read_reports([corpus / "none.txt"])


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("Calm.", encoding="utf-8")
    (report,) = read_reports([str(tmp_path / "a[1].txt")])
    assert isinstance(report, Report)
    assert report.id == "a[1].txt"


def test_standard_input_of_any_format() -> None:
    items = list(read_reports(["-"], stdin=io.BytesIO(zipped({"d.txt": b"Talks resume."}))))
    assert [i.text for i in items if isinstance(i, Report)] == ["Talks resume."]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (issue,) = read_reports([tmp_path])
    assert isinstance(issue, Issue)
    assert issue.code == "folder-empty"
