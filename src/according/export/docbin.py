"""spaCy's DocBin: the reports as `Doc`s with the coding as span groups."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from according.records import CodedReport
from according.records import Span as RecordSpan
from according.write.atomic import open_whole_path

GROUPS = ("triggers", "actors", "recipients", "statements", "cues", "entities", "times", "places")
"""Span groups; the label of a trigger is its type, of an entity its kind, of a statement its stance."""


def write_docbin(coded: Iterable[CodedReport], target: Path) -> int:
    """Write reports to one `.spacy` file.

    Words are those of spaCy's blank English tokenizer; a span that cuts through a word is widened to it.
    `doc.user_data` has the report's id under "report" and the whole record as JSON under "according".

    Args:
        coded: Coded reports.
        target: File; read it back with `DocBin(store_user_data=True).from_disk(target)`.

    Returns:
        Number of reports written.
    """
    import spacy
    from spacy.tokens import DocBin
    from spacy.tokens import Span as DocSpan

    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    out = DocBin(store_user_data=True)
    count = 0
    for count, report in enumerate(coded, 1):  # noqa: B007 - the last number is wanted
        doc = nlp.make_doc(report.report.text)
        groups: dict[str, list[DocSpan]] = {name: [] for name in GROUPS}
        for name, label, span in _spans(report):
            found = doc.char_span(span.start, span.end, label=label, alignment_mode="expand")
            if found is not None:
                groups[name].append(found)
        for name, spans in groups.items():
            doc.spans[name] = spans
        doc.user_data["report"] = report.report.id
        doc.user_data["according"] = report.to_json()
        out.add(doc)
    with open_whole_path(target) as part:
        out.to_disk(part)
    return count


def _spans(coded: CodedReport) -> Iterable[tuple[str, str, RecordSpan]]:
    for m in coded.mentions:
        yield "triggers", m.type, m.trigger
        yield from (("actors", p.kind, p.span) for p in m.actors)
        yield from (("recipients", p.kind, p.span) for p in m.recipients)
    for s in coded.statements:
        yield from (("statements", s.stance, c) for c in s.content)
        if s.cue is not None:
            yield "cues", s.stance, s.cue
    for e in coded.entities:
        yield from (("entities", e.kind, span) for span in e.mentions)
    yield from (("times", t.type, t.span) for t in coded.times)
    yield from (("places", p.precision or "unknown", p.span) for p in coded.places)
