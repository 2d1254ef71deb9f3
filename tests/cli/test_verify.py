"""Verifying finds every value that does not lead back to its words or its record."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from according.errors import ReportFormatError
from according.records import (
    Attribution,
    CodedReport,
    Entity,
    Event,
    Mention,
    Participant,
    Region,
    Relation,
    Report,
    Skipped,
    Source,
    Span,
    Statement,
)
from according.verify import find_mismatches, verify_file

TEXT = "Rebels killed two nurses in Goma, the army said. Talks failed."


def span(words: str) -> Span:
    return Span.of(TEXT, TEXT.index(words), TEXT.index(words) + len(words))


def whole(**changes: object) -> CodedReport:
    """A record in which everything fits together, with some parts replaced."""
    record = CodedReport(
        report=Report(id="a", text=TEXT, regions=(Region(kind="body", start=0, end=len(TEXT)),)),
        entities=(
            Entity(id="e1", name="Rebels", kind="group", mentions=(span("Rebels"),)),
            Entity(id="e2", name="army", kind="organisation", mentions=(span("army"),)),
        ),
        statements=(
            Statement(
                id="s1",
                source=Source(span=span("the army"), entity="e2"),
                cue=span("said"),
                content=(span("Rebels killed two nurses in Goma"),),
                manner="indirect",
                stance="asserts",
            ),
        ),
        mentions=(
            Mention(
                id="m1",
                event="v1",
                trigger=span("killed"),
                clause=span("Rebels killed two nurses in Goma"),
                type="ASSAULT",
                actors=(Participant(span=span("Rebels"), entity="e1"),),
                factuality="happened",
                attribution=(
                    Attribution(
                        span=span("the army"),
                        name=None,
                        entity="e2",
                        cue=span("said"),
                        stance="asserts",
                        statement="s1",
                    ),
                ),
                rule="r",
                score=1,
            ),
        ),
        relations=(Relation(type="member", subject="e1", object="e2", span=span("Rebels")),),
        events=(Event(id="v1", type="ASSAULT", mentions=("m1",), actors=("e1",), factuality="happened"),),
    )
    return record.model_copy(update=changes)


def test_find_mismatches_none_where_everything_fits() -> None:
    assert list(find_mismatches(whole())) == []


def regions(*bounds: tuple[int, int]) -> Report:
    return Report(id="a", text=TEXT, regions=tuple(Region(kind="body", start=a, end=b) for a, b in bounds))


END = len(TEXT)
M, S, E, V = whole().mentions[0], whole().statements[0], whole().entities, whole().events[0]


@pytest.mark.parametrize(
    ("changes", "wheres"),
    [
        ({"report": Report(id="a", text=TEXT.replace("nurses", "nuns.."))}, 2 * ["content"]),
        ({"entities": E[:1]}, ["source.entity", "attribution[0].entity", "relations[0].object"]),
        ({"entities": E[1:]}, ["actors[0].entity", "relations[0].subject", "events[0].actors[0]"]),
        ({"entities": (*E, E[0])}, ["entities[2].id"]),
        ({"statements": ()}, ["mentions[0].attribution[0].statement"]),
        ({"statements": (S.model_copy(update={"parent": "s9"}),)}, ["statements[0].parent"]),
        ({"mentions": ()}, ["events[0].mentions[0]"]),
        ({"mentions": (M, M)}, ["mentions[1].id"]),
        ({"events": ()}, ["mentions[0].event"]),
        ({"events": (V, V.model_copy(update={"id": "v2"}))}, ["events[1].mentions"]),
        ({"events": (V.model_copy(update={"recipients": ("e9",)}),)}, ["events[0].recipients[0]"]),
        ({"report": regions((0, 10), (5, END))}, ["report.regions[1]"]),
        ({"report": regions((0, 10), (20, END))}, ["report.regions[1]"]),
        ({"report": regions((0, 10))}, ["report.regions[0]"]),
        ({"report": regions((5, END))}, ["report.regions[0]"]),
        ({"report": regions((0, END + 1))}, ["report.regions[0]"]),
        ({"report": regions((0, 0), (0, END))}, ["report.regions[0]"]),
        (
            {"skipped": (Skipped(trigger=Span(start=3, end=3, text=""), type="X", reason="y"),)},
            ["skipped[0].trigger"],
        ),
        (
            {"skipped": (Skipped(trigger=Span(start=END, end=END + 3, text="abc"), type="X", reason="y"),)},
            ["skipped[0].trigger"],
        ),
    ],
)
def test_find_mismatches_each_fault_where_it_is(changes: dict[str, object], wheres: list[str]) -> None:
    found = [where for where, _ in find_mismatches(whole(**changes))]
    assert len(found) == len(wheres), found
    for where, wanted in zip(found, wheres, strict=True):
        assert wanted in where or where.startswith("mentions[0].clause")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_find_mismatches_any_moved_span_is_found(data: st.DataObject) -> None:
    record = whole()
    trigger = record.mentions[0].trigger
    start = data.draw(st.integers(0, len(TEXT) + 3))
    end = data.draw(st.integers(start, len(TEXT) + 9))
    moved = Span(start=start, end=end, text=trigger.text)
    changed = whole(mentions=(record.mentions[0].model_copy(update={"trigger": moved}),))
    found = [where for where, _ in find_mismatches(changed)]
    assert found == ([] if TEXT[start:end] == trigger.text else ["mentions[0].trigger"])


def test_verify_file_counts_and_tells_lines(tmp_path: Path) -> None:
    path = tmp_path / "coded.jsonl"
    lines = [
        whole().to_json(),
        "",
        whole().to_json(),
        '{"schema": "according/2"}',
        "[",
        whole(events=()).to_json(),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = verify_file(path)
    found = list(result)
    assert [(m.line, m.report) for m in found] == [(3, "a"), (4, None), (5, None), (6, "a"), (6, "a")]
    assert (result.reports, result.spans) == (3, 33)
    assert found[0].what == "already stands in line 1"
    assert str(found[4]) == f"{path}:6: a mentions[0].event: no one of events has the id 'v1'"


def test_verify_file_that_is_missing_or_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.jsonl", tmp_path):
        with pytest.raises(ReportFormatError):
            list(verify_file(path))
