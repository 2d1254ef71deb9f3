"""Outputs appear whole or not at all, and read back as they were."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from according.errors import OutputError
from according.records import (
    Attribution,
    CodedReport,
    Count,
    Issue,
    Mention,
    Participant,
    Report,
    Span,
    When,
    Where,
)
from according.write import find_writer, issue_line, open_whole, open_writer
from according.write.csv_events import COLUMNS, CsvWriter
from according.write.jsonl import JsonLinesWriter

TEXT = '=Rebels, the army said, killed "two" nurses in Goma on Monday.'


def span(words: str) -> Span:
    return Span.of(TEXT, TEXT.index(words), TEXT.index(words) + len(words))


def coded(**changes: object) -> CodedReport:
    mention = Mention(
        id="m-1",
        event="v-1",
        trigger=span("killed"),
        clause=span("=Rebels, the army said, killed"),
        type="ASSAULT",
        contexts=("crime", "health"),
        actors=(Participant(span=span("=Rebels"), kind="group", sectors=("REB", "PTY")),),
        recipients=(
            Participant(span=span("nurses"), kind="people", country="COD", sectors=("MED",)),
            Participant(span=span("army"), name="Army of Congo", kind="organisation"),
        ),
        factuality="happened",
        attribution=(
            Attribution(
                span=span("army"), name=None, entity=None, cue=span("said"), statement="s-1", stance="asserts"
            ),
        ),
        when=When.model_validate(
            {"from": date(2017, 10, 30), "to": date(2017, 10, 30), "span": span("Monday")}
        ),
        where=Where(span=span("Goma"), name="Goma", country="COD", lat=-1.67, lon=29.22),
        killed=Count(span=span("two"), low=2, high=None),
        rule="assault.kill.v",
        score=0.5,
    )
    report = Report(id="a", text=TEXT, published=date(2017, 10, 31))
    return CodedReport(report=report, mentions=(mention.model_copy(update=changes),))


def rows(record: CodedReport) -> list[dict[str, str]]:
    out = io.StringIO()
    CsvWriter(out).write(record)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_csv_one_row_a_mention_with_every_value_in_its_column() -> None:
    (row,) = rows(coded())
    assert tuple(row) == COLUMNS
    assert {k: v for k, v in row.items() if v} == {
        "report": "a",
        "mention": "m-1",
        "event": "v-1",
        "published": "2017-10-31",
        "type": "ASSAULT",
        "contexts": "crime; health",
        "factuality": "happened",
        "actors": "'=Rebels",
        "actor_sectors": "REB PTY",
        "recipients": "nurses; Army of Congo",
        "recipient_countries": "COD; ",
        "recipient_sectors": "MED; ",
        "when_from": "2017-10-30",
        "when_to": "2017-10-30",
        "when_text": "Monday",
        "where": "Goma",
        "where_country": "COD",
        "lat": "-1.67",
        "lon": "29.22",
        "killed_low": "2",
        "attribution": "army",
        "stances": "asserts",
        "trigger": "killed",
        "trigger_start": str(TEXT.index("killed")),
        "trigger_end": str(TEXT.index("killed") + 6),
        "clause": "'=Rebels, the army said, killed",
        "clause_start": "0",
        "clause_end": str(TEXT.index("killed") + 6),
        "rule": "assault.kill.v",
        "score": "0.5",
    }


def test_csv_absent_values_are_empty_cells() -> None:
    (row,) = rows(
        coded(when=None, where=None, killed=None, actors=(), recipients=(), attribution=(), contexts=())
    )
    for column in ("when_from", "where", "lat", "killed_low", "actors", "recipient_countries", "attribution"):
        assert row[column] == ""


@settings(max_examples=100, deadline=None)
@given(st.sampled_from("=+-@\t\r"), st.text(max_size=20))
def test_csv_no_cell_of_text_runs_as_a_formula(first: str, rest: str) -> None:
    (row,) = rows(coded(rule=first + rest))
    assert row["rule"].startswith("'")


def test_csv_quotes_and_line_ends_stand_in_one_cell() -> None:
    (row,) = rows(coded(rule='a "b",\nc;\r\nd'))
    assert row["rule"] == 'a "b",\nc;\r\nd'


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_json_lines_one_line_a_report_reads_back_as_it_was(text: str) -> None:
    out = io.StringIO()
    writer = JsonLinesWriter(out)
    record = CodedReport(report=Report(id="a", text=text, title=text or None))
    writer.write(record)
    writer.write(record)
    lines = out.getvalue().splitlines()
    assert [CodedReport.from_json(line) for line in lines] == [record, record]
    assert out.getvalue().endswith("\n")


def test_issue_line_without_what_it_does_not_know() -> None:
    line = issue_line(Issue(code="file-empty", message="empty\u2028file\x85"))
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"code": "file-empty", "message": "empty\u2028file\x85"}


@pytest.mark.parametrize("name", ["a.jsonl", "A.JSONL", "b.ndjson", "c.csv"])
def test_open_writer_format_by_ending(tmp_path: Path, name: str) -> None:
    with open_writer(tmp_path / name) as writer:
        writer.write(coded())
        assert not (tmp_path / name).exists()
    text = (tmp_path / name).read_bytes().decode("utf-8")
    assert "\r" not in text
    assert text.startswith("report,mention,") if name.endswith("csv") else text.startswith("{")
    assert [p.name for p in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["a.json", "a", "a.csv.gz", ".jsonl/"])
def test_find_writer_unknown_ending(name: str) -> None:
    with pytest.raises(OutputError, match=r"\.jsonl"):
        find_writer(name)


def test_open_writer_standard_output() -> None:
    out = io.StringIO()
    with open_writer("-", stdout=out) as writer:
        writer.write(coded())
    assert CodedReport.from_json(out.getvalue()) == coded()


def test_open_whole_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old\n", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), open_whole(path) as stream:
        stream.write("new\n" * 100_000)
        raise ZeroDivisionError
    assert path.read_text(encoding="utf-8") == "old\n"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]
    with open_whole(path) as stream:
        stream.write("new\r\n\n")
    assert path.read_bytes() == b"new\r\n\n"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
def test_open_whole_file_has_the_usual_rights(tmp_path: Path) -> None:
    with open_whole(tmp_path / "made") as stream:
        stream.write("x")
    (tmp_path / "plain").write_text("x", encoding="utf-8")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("made", "plain")}
    assert len(modes) == 1


def test_open_whole_unwritable_target(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="folder"), open_whole(tmp_path):
        pass
    with pytest.raises(OutputError, match="cannot be written"), open_whole(tmp_path / "no" / "out"):
        pass
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"), open_whole(tmp_path / "file" / "out"):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
