"""Classifying words are found, tied to who uses them, and counted."""

from __future__ import annotations

from according.labels import count_labels, find_labels
from according.records import CodedReport, Entity, Report, Source, Span, Statement

TEXT = (
    "The Red Dawn terror group attacked a bridge. Red Dawn, an outlawed movement, denied it. "
    "The minister said the so-called Red Dawn had failed."
)


def coded() -> CodedReport:
    def span(words: str, nth: int = 0) -> Span:
        start = -1
        for _ in range(nth + 1):
            start = TEXT.index(words, start + 1)
        return Span.of(TEXT, start, start + len(words))

    group = Entity(
        id="e1",
        name="Red Dawn",
        kind="group",
        mentions=(span("The Red Dawn terror group"), span("Red Dawn", 1), span("Red Dawn", 2)),
    )
    said = Statement(
        id="s-1",
        source=Source(span=span("The minister"), name=None),
        cue=span("said"),
        content=(span("the so-called Red Dawn had failed"),),
        manner="indirect",
        stance="asserts",
    )
    return CodedReport(
        report=Report(id="r1", text=TEXT, publisher="Herald"), entities=(group,), statements=(said,)
    )


def test_words_inside_before_and_after_a_name() -> None:
    uses = find_labels(coded())
    assert [(u.label, u.voice) for u in uses] == [
        ("terror", None),
        ("outlawed", None),
        ("so-called", "The minister"),
    ]
    assert all(TEXT[u.span.start : u.span.end].lower() == u.label for u in uses)


def test_counts_are_by_publisher_entity_label_and_voice() -> None:
    rows = count_labels([*find_labels(coded()), *find_labels(coded())])
    assert ("Herald", "Red Dawn", "terror", None, 2) in rows
    assert ("Herald", "Red Dawn", "so-called", "The minister", 2) in rows


def test_a_name_is_no_label() -> None:
    text = "Islamic Resistance Movement officials met."
    entity = Entity(
        id="e1", name="Islamic Resistance Movement", kind="group", mentions=(Span.of(text, 0, 27),)
    )
    report = CodedReport(report=Report(id="r1", text=text), entities=(entity,))
    assert find_labels(report) == ()
