"""CSV, TSV, Parquet and the stories of NGEC: one report a row, cells exactly as they stand."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from according.read import read_reports
from according.read.dispatch import read_stream
from according.read.model import Settings
from according.records import Issue, Report

TEXT = 'He said: "Rebels, not soldiers, left."\r\n\r\nTwo  died; Kämpfe went on.'
ROWS = [
    {
        "id": "1",
        "text": TEXT,
        "title": "A",
        "publisher": "Herald",
        "published": "2017-10-31",
        "url": "http://h/1",
    },
    {"id": "2", "text": "Calm.", "title": "", "publisher": "", "published": "", "url": ""},
]


def read(path: Path, **how: object) -> tuple[list[Report], list[Issue]]:
    items = list(read_reports([path], **how))  # type: ignore[arg-type]
    return [i for i in items if isinstance(i, Report)], [i for i in items if isinstance(i, Issue)]


def table(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-32", "utf-16-be-mark"])
@pytest.mark.parametrize(
    ("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.csv", "|"), ("a.tsv", "\t")]
)
def test_tables_keep_each_cell(tmp_path: Path, name: str, delimiter: str, encoding: str) -> None:
    words = table(ROWS, delimiter)
    data = b"\xfe\xff" + words.encode("utf-16-be") if encoding.endswith("mark") else words.encode(encoding)
    (tmp_path / name).write_bytes(data)
    (first, second), issues = read(tmp_path)
    assert issues == []
    assert first == Report(
        id="1", text=TEXT, title="A", publisher="Herald", published=date(2017, 10, 31), url="http://h/1"
    )
    assert second == Report(id="2", text="Calm.")


def test_columns_by_other_names(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(' Body ,DAY,nr\n"Rebels left.",2017-10-31,7\n', encoding="utf-8")
    fields = {"text": "body", "published": "day", "id": "nr"}
    (report,), issues = read(tmp_path, fields=fields, publisher="Herald")
    assert issues == []
    assert (report.id, report.text, report.published, report.publisher) == (
        "7",
        "Rebels left.",
        date(2017, 10, 31),
        "Herald",
    )


def test_bad_rows_are_told_with_their_line(tmp_path: Path) -> None:
    rows = 'id,text\n1,"Rebels\nleft."\n2,Rebels, not soldiers\n\n3,"Rebels" left"\n4,Calm.\n5,\n6,"open\n'
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    reports, issues = read(tmp_path)
    assert [r.id for r in reports] == ["1", "4"]
    assert [(i.code, i.line) for i in issues] == [
        ("row-broken", 4),
        ("row-broken", 6),
        ("text-empty", 8),
        ("row-broken", 9),
    ]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "file-empty"),
        ("a.csv", b"\n\n", "file-empty"),
        ("a.csv", b"id,body\n1,x\n", "text-missing"),
        ("a.csv", b"text,text\n1,x\n", "table-broken"),
        ("a.csv", b"\x00\x01\x02" * 90, "binary-file"),
        ("a.csv", b'"text\n' + b"x" * 17_000_000, "line-too-long"),
        ("a.tsv", "text\nx".encode("utf-16")[:-1], "utf8-broken"),
        ("a.parquet", b"", "parquet-broken"),
        ("a.parquet", b"PAR1 and so on PAR1", "parquet-broken"),
    ],
)
def test_tables_that_cannot_be_read_give_one_issue(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    reports, issues = read(tmp_path)
    assert (reports, [i.code for i in issues]) == ([], [code])


def test_parquet_in_batches_with_dates(tmp_path: Path) -> None:
    count = 300
    columns = {
        "id": pa.array(range(count), pa.int64()),
        "body": pa.array([f"Rebels left town {n}." for n in range(count)], pa.large_string()),
        "published": pa.array([date(2017, 10, 31)] * count, pa.date32()),
        "publisher": pa.array(["Herald"] * count).dictionary_encode(),
        "noise": pa.array([b"\0" * 50] * count),
    }
    pq.write_table(pa.table(columns), tmp_path / "a.parquet", row_group_size=100)
    reports, issues = read(tmp_path, fields={"text": "body"})
    assert issues == []
    assert [r.id for r in reports] == [str(n) for n in range(count)]
    assert {(r.published, r.publisher) for r in reports} == {(date(2017, 10, 31), "Herald")}


def test_parquet_rows_that_are_no_reports(tmp_path: Path) -> None:
    columns = {
        "text": pa.array(["Calm.", None, "", "Talks resume."]),
        "published": pa.array([datetime(2017, 10, 31, 23, 30)] * 4),
    }
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    (first, second), issues = read(tmp_path)
    assert (first.published, second.text) == (date(2017, 10, 31), "Talks resume.")
    assert [(i.code, i.line) for i in issues] == [("id-missing", 1), ("text-missing", 2), ("text-empty", 3)]


def test_parquet_that_lacks_rows_it_tells_of() -> None:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"id": ["1", "2"], "text": ["Calm.", "Rebels left."]}), buffer)
    # A column's own count of values, 2, stands behind its codec in the footer.
    broken = buffer.getvalue().replace(b"\x15\x02\x16\x04", b"\x15\x02\x16\x00")
    assert broken != buffer.getvalue()
    items = list(read_stream("a.parquet", "a.parquet", io.BytesIO(broken), Settings()))
    assert [(item.code, "2 rows" in item.message) for item in items if isinstance(item, Issue)] == [
        ("parquet-broken", True)
    ]


def test_parquet_from_a_stream() -> None:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"id": ["p"], "text": ["Calm."]}), buffer)
    buffer.seek(0)
    (report,) = read_reports(["-"], stdin=buffer)
    assert isinstance(report, Report)
    assert report.id == "p"


def test_stories_of_ngec_are_read_once_each(tmp_path: Path) -> None:
    story = {
        "story_id": "s1",
        "event_text": "Rebels left.",
        "pub_date": "2019-08-01",
        "headline": "Rebels leave",
        "publisher": "Herald",
        "event_type": "RETREAT",
        "version": "NGEC",
        "date_raw": "No date detected",
    }
    lines = [
        story,
        {**story, "event_type": "COOPERATE"},
        {"id": "s2", "event_text": "Calm.", "event_type": []},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (first, second), issues = read(tmp_path)
    assert first == Report(
        id="s1", text="Rebels left.", title="Rebels leave", publisher="Herald", published=date(2019, 8, 1)
    )
    assert (second.id, second.text) == ("s2", "Calm.")
    assert [i.code for i in issues] == ["story-repeated"]
    assert issues[0].message.startswith(f"{tmp_path / 'a.jsonl'}: 1 records")


def test_two_stories_of_ngec_with_one_id_are_told(tmp_path: Path) -> None:
    lines = [{"id": "s", "event_text": "Calm."}, {"id": "s", "event_text": "Rebels left."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    _, issues = read(tmp_path)
    assert [i.code for i in issues] == ["report-duplicate"]
