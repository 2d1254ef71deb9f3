"""Figures against annotated reports, worked out by hand on a small text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from according.cli import main
from according.errors import GoldError
from according.evaluate import (
    GoldReport,
    compare_coders,
    gold_of,
    krippendorff_alpha,
    parse_gold,
    read_gold,
    score_reports,
)
from according.evaluate.matching import words_within
from according.records import Attribution, CodedReport, Count, Mention, Participant, Report, Span, Where

TEXT = "Rebels shelled Homs, killing five. Officials said troops arrested a teacher in Hama."


def at(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def event(id_: str, trigger: str, type_: str, **fields: Any) -> dict[str, Any]:
    evidence = (
        at(TEXT.split(". ")[0])
        if TEXT.index(trigger) < 34
        else at("Officials said troops arrested a teacher in Hama")
    )
    base = {"id": id_, "trigger": at(trigger), "evidence": evidence, "type": type_, "status": "happened"}
    return base | fields


def gold(**changes: Any) -> GoldReport:
    shelled = event(
        "e1",
        "shelled",
        "ASSAULT",
        mode="heavy-weapons",
        actors=[at("Rebels") | {"name": "Free Army", "country": "SYR"}],
        where=at("Homs") | {"name": "Homs"},
        killed=at("five") | {"low": 5, "high": 5},
    )
    arrested = event(
        "e2",
        "arrested",
        "COERCE",
        alt_types=["ASSAULT"],
        actors=[at("troops") | {"name": ""}],
        recipients=[at("a teacher") | {"name": ""}],
        attribution=[at("Officials") | {"name": "", "stance": "asserts"}],
    )
    said = TEXT.index("troops")
    statement = {"source": at("Officials") | {"name": ""}, "cue": at("said"), "content": [[said, len(TEXT)]]}
    return parse_gold(
        {"id": "r1", "text": TEXT, "events": [shelled, arrested], "statements": [statement], **changes}
    )


def test_a_report_against_itself_is_all_right() -> None:
    figures = score_reports([gold()], {"r1": gold()})
    assert all(f.score.f1 == 1 for f in figures.found.values())
    assert all(s.accuracy in (1, None) for s in figures.shares.values())
    assert not figures.missed and not figures.false and figures.bad_offsets == 0


def test_each_fault_lowers_its_own_figure() -> None:
    shelled, arrested = (e.model_dump(by_alias=True) for e in gold().events)
    shelled |= {"where": None, "killed": {**at("five"), "low": 4, "high": None}}
    arrested |= {"type": "ASSAULT", "status": "negated", "recipients": []}
    figures = score_reports([gold()], {"r1": gold(events=[shelled, arrested], statements=[])})
    assert figures.found["events"].hit == 2  # the other type is an accepted one
    assert figures.found["whole"].hit == 1
    assert figures.found["recipients"].score.recall == 0
    assert figures.found["actors"].score.f1 == 1
    assert figures.found["counts"].hit == 0 and figures.found["counts"].gold == 1
    assert figures.shares["where"].accuracy == 0
    assert figures.shares["status"].accuracy == 0.5
    assert figures.found["statements"].score.recall == 0


def test_missed_false_and_uncoded_are_named() -> None:
    false = event("x", "killing", "ASSAULT")
    figures = score_reports([gold()], {"r1": gold(events=[false])})
    assert [w.trigger for w in figures.missed] == ["shelled", "arrested"]
    assert [w.trigger for w in figures.false] == ["killing"]
    absent = score_reports([gold()], {})
    assert (
        absent.not_coded == ("r1",) and absent.found["events"].gold == 2 and absent.found["events"].hit == 0
    )


def test_another_text_is_refused() -> None:
    other = GoldReport(id="r1", text=TEXT + " ")
    with pytest.raises(GoldError, match="differs"):
        score_reports([gold()], {"r1": other})
    with pytest.raises(GoldError, match="different texts"):
        compare_coders([gold()], [other])


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\xff", "not JSON"),
        (b"[" * 100_000, "not JSON|Input should"),
        (b"[1]", "object"),
        (b'{"id": "a"}', "text"),
        (
            json.dumps(
                {
                    "id": "a",
                    "text": TEXT,
                    "events": [event("e", "shelled", "ASSAULT") | {"trigger": at("Homs") | {"text": "Hama"}}],
                }
            ),
            "does not stand",
        ),
        (json.dumps({"id": "a", "text": "Short.", "events": [event("e", "arrested", "ASSAULT")]}), "outside"),
    ],
)
def test_broken_gold_is_refused(raw: str | bytes, words: str) -> None:
    with pytest.raises(GoldError, match=words):
        parse_gold(raw)


def test_a_report_may_not_come_twice(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps(gold().to_dict()), encoding="utf-8")
    with pytest.raises(GoldError, match="already given"):
        list(read_gold(tmp_path))
    (tmp_path / "b.json").unlink()
    assert list(read_gold(tmp_path)) == [gold()]
    with pytest.raises(GoldError, match="no annotated report"):
        list(read_gold(tmp_path.parent / tmp_path.name / ".."))


def coded() -> CodedReport:
    def span(words: str) -> Span:
        return Span(**at(words))

    mention = Mention(
        id="m1",
        event="v1",
        trigger=span("shelled"),
        clause=span("Rebels shelled Homs, killing five"),
        type="ASSAULT",
        mode="heavy-weapons",
        actors=(Participant(span=span("Rebels"), name="Free Army", country="SYR", kind="group"),),
        factuality="happened",
        attribution=(
            Attribution(span=None, name=None, entity=None, cue=None, stance="alleges", statement="s1"),
        ),
        where=Where(span=span("Homs"), name="Homs", country="SYR"),
        killed=Count(span=span("five"), low=5, high=5),
        rule="r",
        score=0.9,
    )
    return CodedReport(report=Report(id="r1", text=TEXT), mentions=(mention,))


def test_coded_reports_are_written_as_gold_and_read_again() -> None:
    written = gold_of(coded())
    assert parse_gold(json.dumps(written.to_dict())) == written
    only = written.events[0]
    assert (only.status, only.killed and only.killed.low, only.attribution[0].stance) == (
        "happened",
        5,
        "alleges",
    )
    figures = score_reports([written], {"r1": written})
    assert figures.found["whole"].score.f1 == 1


def test_nested_spans_are_all_seen() -> None:
    assert words_within("a b c d e", [(0, 9), (2, 3)]) == {0, 1, 2, 3, 4}
    assert words_within("a b c d e", [(4, 5), (0, 1)]) == {0, 2}


def test_alpha_is_krippendorffs_own_example() -> None:
    # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: nominal data with gaps.
    judges = [
        "1 2 3 3 2 1 4 1 2 - - -",
        "1 2 3 3 2 2 4 1 2 5 - 3",
        "- 3 3 3 2 3 4 2 2 5 1 -",
        "1 2 3 3 2 4 4 1 2 5 1 -",
    ]
    rows = zip(*(j.split() for j in judges), strict=True)
    alpha = krippendorff_alpha([tuple(None if v == "-" else v for v in row) for row in rows])
    assert alpha == pytest.approx(0.743, abs=0.0005)


def test_coders_who_differ() -> None:
    shelled, arrested = (e.model_dump(by_alias=True) for e in gold().events)
    arrested |= {"type": "ASSAULT", "actors": [at("troops") | {"name": ""}, at("Officials") | {"name": ""}]}
    found = compare_coders([gold()], [gold(events=[shelled, arrested])])
    assert (found.events.hit, found.fields["type"].same, found.fields["actors"].same) == (2, 1, 1)
    assert found.fields["status"].alpha is None  # one value only: chance cannot be told
    assert {d.field for d in found.differences} == {"type", "actors"}
    assert found.trigger_alpha is not None and 0 < found.trigger_alpha < 1
    missing = compare_coders([gold()], [gold(events=[shelled])])
    assert (
        missing.events.score.recall == 0.5 and missing.trigger_alpha is not None and missing.trigger_alpha < 1
    )


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main([str(w) for w in words])
    out = capsys.readouterr()
    return int(str(stop.value.code)), out.out, out.err


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, file = tmp_path / "gold", tmp_path / "coded.jsonl"
    folder.mkdir()
    (folder / "r1.json").write_text(json.dumps(gold().to_dict()), encoding="utf-8")
    stray = CodedReport(report=Report(id="stray", text="Nothing."))
    file.write_text(f"{coded().to_json()}\n{stray.to_json()}\n", encoding="utf-8")
    code, out, err = run(capsys, "evaluate", file, folder, "--show", 5)
    assert code == 0 and "P 1.000  R 0.500" in out and "missed | r1 | COERCE | arrested" in out
    assert "1 coded reports have no annotated one" in err
    code, out, _ = run(capsys, "evaluate", file, folder, "--format", "json")
    assert json.loads(out)["found"]["events"]["recall"] == 0.5
    code, out, err = run(capsys, "agree", file, folder, "--show", 3)
    assert code == 0 and "1 events found by both, of 1 and 2" in out and "attribution" in out
    code, out, _ = run(capsys, "agree", file, folder, "--format", "json")
    assert json.loads(out)["fields"]["type"]["same"] == 1
    assert run(capsys, "evaluate", file, tmp_path / "none")[0] == 2
    assert run(capsys, "evaluate", file, folder, "--format", "xml")[0] == 2
    file.write_text(f"{stray.to_json()}\n", encoding="utf-8")
    code, _, err = run(capsys, "agree", file, folder)
    assert code == 2 and "no report in common" in err
