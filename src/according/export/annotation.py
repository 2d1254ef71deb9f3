"""W3C Web Annotations: mentions, statements and entities tied to their words, one annotation a line.

Positions count Unicode code points, as the Web Annotation Data Model (2017, section 4.2.5) asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from according.export.tables import participant_name, speaker_name
from according.records import CodedReport, Span
from according.write.atomic import open_whole

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32


def write_annotations(coded: Iterable[CodedReport], target: Path) -> int:
    """Write the annotations of reports as JSON Lines of JSON-LD.

    Args:
        coded: Coded reports.
        target: File, or "-".

    Returns:
        Number of reports written.
    """
    count = 0
    with open_whole(target) as stream:
        for count, report in enumerate(coded, 1):  # noqa: B007 - the last number is wanted
            for annotation in find_annotations(report):
                stream.write(json.dumps(annotation, ensure_ascii=False) + "\n")
    return count


def find_annotations(coded: CodedReport) -> Iterator[dict[str, Any]]:
    """Give the annotations of one report."""
    for m in coded.mentions:
        tags = [m.type, *([m.mode] if m.mode else []), *m.contexts]
        roles = [("actor", p) for p in m.actors] + [("recipient", p) for p in m.recipients]
        said = " > ".join(speaker_name(a) for a in m.attribution)
        described = [
            f"factuality: {m.factuality}",
            f"according to: {said or 'the report itself'}",
            f"rule: {m.rule}",
        ]
        described += [f"{role}: {participant_name(p)}" for role, p in roles]
        yield _annotation(coded, m.id, "classifying", tags, described, [m.trigger])
        for n, (role, p) in enumerate(roles, 1):
            names = [f"{role} of {m.type}", *([p.country] if p.country else []), *p.sectors]
            yield _annotation(
                coded, f"{m.id}.{role}{n}", "identifying", names, [participant_name(p)], [p.span]
            )
    for s in coded.statements:
        who = s.source.name or s.source.span.text if s.source else "(unnamed)"
        described = [f"according to: {who}", f"manner: {s.manner}", f"stance: {s.stance}"]
        yield _annotation(coded, s.id, "commenting", ["statement", s.stance], described, list(s.content))
    for e in coded.entities:
        tags = [e.kind, *([e.country] if e.country else []), *e.sectors]
        yield _annotation(coded, e.id, "identifying", tags, [e.name], list(e.mentions))


def _annotation(
    coded: CodedReport, part: str, motivation: str, tags: list[str], described: list[str], spans: list[Span]
) -> dict[str, Any]:
    source = coded.report.url or f"urn:according:report:{quote(coded.report.id, safe='')}"
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    bodies += [
        {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": text}
        for text in described
    ]
    targets = [
        {"type": "SpecificResource", "source": source, "selector": _selectors(coded.report.text, span)}
        for span in spans
    ]
    report_part = f"{quote(coded.report.id, safe='')}:{quote(part, safe='')}"
    return {
        "@context": CONTEXT,
        "id": f"urn:according:{report_part}",
        "type": "Annotation",
        "motivation": motivation,
        "generator": {"type": "Software", "name": f"according {version('according')}"},
        "body": bodies,
        "target": targets,
    }


def _selectors(text: str, span: Span) -> list[dict[str, Any]]:
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": span.text,
            "prefix": text[max(0, span.start - _AROUND) : span.start],
            "suffix": text[span.end : span.end + _AROUND],
        },
    ]
