"""Every kind of bad input gives one issue, and other reports go on."""

import io
from pathlib import Path

import pytest

from according.read import read_reports
from according.records import Issue, Report

GOOD = b'{"id": "good", "text": "Rebels freed two nurses.", "published": "2017-10-31"}\n'


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "file-empty"),
        ("blank.txt", b" \r\n \n", "text-empty"),
        ("binary.txt", b"\x00\x01\x02\xff" * 50, "binary-file"),
        ("cut.txt", "Kämpfe in Köln".encode()[:-4] + b"\xc3", "utf8-truncated"),
        ("long.txt", b"a" * 5_000_000, "text-too-long"),
        ("menu.html", b"<html><body><a href='/'>Home</a></body></html>", "main-text-missing"),
        ("broken.jsonl", b'{"id": "x", "text": \n' + GOOD, "json-broken"),
        ("list.jsonl", b'["x"]\n' + GOOD, "json-not-object"),
        ("nofield.jsonl", b'{"id": "x", "body": "Calm."}\n' + GOOD, "text-missing"),
        ("huge.jsonl", b'{"id": "x", "text": "' + b"a" * 5_000_000 + b'"}\n' + GOOD, "text-too-long"),
        ("half.jsonl", b'{"id": "x", "text": "a\\ud800b"}\n' + GOOD, "text-broken"),
        ("twice.jsonl", GOOD + GOOD, "report-duplicate"),
    ],
)
def test_read_reports_bad_input_one_issue(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    items = list(read_reports([tmp_path / name]))
    issues = [item for item in items if isinstance(item, Issue)]
    assert [issue.code for issue in issues] == [code]
    assert name in issues[0].message
    assert [item.id for item in items if isinstance(item, Report)] == (["good"] if b"good" in data else [])


def test_read_reports_wrong_date_and_missing_id_are_coded_all_the_same() -> None:
    data = b'{"text": "Rebels freed two nurses.", "published": "31.10.2017"}\n'
    items = list(read_reports(["-"], stdin=io.BytesIO(data)))
    assert [item.code for item in items if isinstance(item, Issue)] == ["id-missing", "date-wrong"]
    (report,) = [item for item in items if isinstance(item, Report)]
    assert report.published is None
    assert report.id.startswith("r-")


def test_read_reports_text_kept_exactly(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffKämpfe\r\n\r\nZwei  Tote.\r\n".encode())
    (report,) = read_reports([tmp_path])
    assert isinstance(report, Report)
    assert report.text == "Kämpfe\r\n\r\nZwei  Tote.\r\n"
    assert report.id == "a.txt"
