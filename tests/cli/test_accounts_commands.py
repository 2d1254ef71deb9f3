"""`according accounts` and `according commitments` on coded files."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from according.cli import app, main
from according.records import CodedReport, Count, Mention, Participant, Region, Report, Span, When

RUN = CliRunner()


def code(name: str, text: str, trigger: str, *, killed: int | None = None, **fields: object) -> CodedReport:
    def span(words: str) -> Span:
        return Span.of(text, text.index(words), text.index(words) + len(words))

    mention = Mention.model_validate(
        {
            "id": f"m-{name}",
            "event": f"v-{name}",
            "trigger": span(trigger),
            "clause": Span.of(text, 0, len(text)),
            "type": "ASSAULT",
            "actors": (Participant(span=span("Raiders"), name="Raiders"),),
            "factuality": "happened",
            "when": When.model_validate({"span": None, "from": "2021-05-03", "to": "2021-05-03"}),
            "killed": Count(span=span(trigger), low=killed, high=killed) if killed else None,
            "rule": "assault.attack.v",
            "score": 0.9,
        }
        | fields
    )
    report = Report.model_validate(
        {
            "id": name,
            "text": text,
            "publisher": f"{name} Post",
            "published": "2021-05-04",
            "regions": (Region(kind="body", start=0, end=len(text)),),
        }
    )
    return CodedReport(report=report, mentions=(mention,))


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    reports = [
        code("one", "Raiders attacked the mill at Dorn and killed 4.", "attacked", killed=4),
        code("two", "Raiders attacked the mill at Dorn, killing 6.", "attacked", killed=6),
        code(
            "three",
            "Raiders will attack the mill on June 1.",
            "attack",
            factuality="planned",
            when=When.model_validate({"span": None, "from": "2021-06-01", "to": "2021-06-01"}),
        ),
    ]
    path = tmp_path / "coded.jsonl"
    path.write_text("".join(r.to_json() + "\n" for r in reports), encoding="utf-8")
    return path


def test_all_lists_the_events_that_several_reports_tell(coded: Path) -> None:
    result = RUN.invoke(app, ["accounts", "all", str(coded)])
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert line.startswith("x-")
    assert "2 reports, 2 sources" in line
    (row,) = csv.DictReader(
        StringIO(RUN.invoke(app, ["accounts", "all", str(coded), "--format", "csv"]).stdout)
    )
    assert (row["killed_low"], row["killed_high"]) == ("4", "6")
    every = RUN.invoke(app, ["accounts", "all", str(coded), "--reports", "1", "--format", "json"]).stdout
    assert len(every.splitlines()) == 2


def test_an_event_is_found_by_its_id_or_a_mention(coded: Path) -> None:
    event = RUN.invoke(app, ["accounts", "all", str(coded)]).stdout.split()[0]
    shown = [RUN.invoke(app, ["accounts", name, str(coded)]).stdout for name in (event, "m-one", "m-two")]
    assert shown[0] == shown[1] == shown[2]
    assert "killed 4 ≠" in shown[0]
    data = json.loads(RUN.invoke(app, ["accounts", event, str(coded), "--format", "json"]).stdout)
    assert [a["killed"]["low"] for a in data["accounts"]] == [4, 6]
    rows = csv.DictReader(
        StringIO(RUN.invoke(app, ["accounts", event, str(coded), "--format", "csv"]).stdout)
    )
    assert [r["report"] for r in rows] == ["one", "two"]


def test_an_id_that_nothing_has_is_wrong_usage(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["accounts", "x-0", str(coded)])
    assert stop.value.code == 2
    assert "[config]" in capsys.readouterr().err


def test_a_report_given_twice_counts_once_and_is_told_of(coded: Path) -> None:
    result = RUN.invoke(app, ["accounts", "all", str(coded), str(coded)])
    assert "2 reports, 2 sources" in result.stdout
    assert result.stderr.count("was read before") == 3


def test_commitments_are_listed_and_chosen_by_outcome(
    coded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = RUN.invoke(app, ["commitments", str(coded)]).stdout
    assert "2021-06-01  open  ASSAULT: Raiders" in text
    assert RUN.invoke(app, ["commitments", str(coded), "--outcome", "kept"]).stdout.strip() == ""
    line = RUN.invoke(app, ["commitments", str(coded), "--format", "json"]).stdout
    assert json.loads(line)["due"] == "2021-06-01"
    assert RUN.invoke(app, ["commitments", str(coded), "--format", "csv"]).stdout.count("\n") == 2
    with pytest.raises(SystemExit) as stop:
        main(["commitments", str(coded), "--outcome", "forgotten"])
    assert stop.value.code == 2
    assert "forgotten" in capsys.readouterr().err
