"""brat standoff: a `.txt` and an `.ann` file a report, and the configuration that brat needs to show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from according.export.folder import open_folder
from according.export.tables import speaker_name
from according.records import CodedReport, EntityKind, Factuality, Mention, Span, Stance, Statement

_SAFE = re.compile(r"[^\w.-]+")
_KINDS: dict[EntityKind, str] = {
    "person": "Person",
    "group": "Group",
    "state": "State",
    "organisation": "Organisation",
    "place": "Place",
    "people": "People",
    "unknown": "Unknown",
}
_FACTUALITIES: tuple[Factuality, ...] = ("happened", "ongoing", "planned", "wanted", "possible", "negated")
_STANCES: tuple[Stance, ...] = ("asserts", "alleges", "denies", "orders", "wants")


def write_brat(coded: Iterable[CodedReport], target: Path) -> int:
    """Write reports as a brat collection.

    Triggers are events with actors, recipients, time and place as arguments; factuality is an
    attribute; the chain of speakers and the rule are notes. Words that run over a line end are given in
    pieces, as brat asks.

    Args:
        coded: Coded reports.
        target: Folder that does not exist or is empty.

    Returns:
        Number of reports written.
    """
    count, types, names = 0, set[str](), set[str]()
    with open_folder(target) as folder:
        for count, report in enumerate(coded, 1):  # noqa: B007 - the last number is wanted
            name = _file_name(report.report.id, names)
            (folder / f"{name}.txt").write_text(report.report.text, encoding="utf-8", newline="")
            (folder / f"{name}.ann").write_text(standoff(report), encoding="utf-8", newline="")
            types |= {m.type for m in report.mentions}
        (folder / "annotation.conf").write_text(_configuration(sorted(types)), encoding="utf-8")
    return count


def _file_name(report: str, taken: set[str]) -> str:
    stem = _SAFE.sub("_", report).strip("._")[:100] or "report"
    name, n = stem, 1
    while name.lower() in taken:
        n += 1
        name = f"{stem}-{n}"
    taken.add(name.lower())
    return name


def standoff(coded: CodedReport) -> str:
    """The `.ann` file of one report."""
    return "".join(line + "\n" for line in _Lines(coded).lines())


class _Lines:
    """Numbers the annotations of one report."""

    def __init__(self, coded: CodedReport) -> None:
        self.coded = coded
        self.texts: dict[tuple[str, int, int], str] = {}
        self.out: list[str] = []
        self.notes = self.attributes = 0

    def lines(self) -> Iterator[str]:
        for n, m in enumerate(self.coded.mentions, 1):
            self._event(n, m)
        for s in self.coded.statements:
            self._statement(s)
        yield from self.out

    def _text(self, kind: str, span: Span) -> str | None:
        """Id of a text-bound annotation; None where there is nothing but white space."""
        key = (kind, span.start, span.end)
        if key not in self.texts:
            pieces = [
                (m.start() + span.start, m.end() + span.start) for m in re.finditer(r"[^\r\n]+", span.text)
            ]
            text = self.coded.report.text
            pieces = [(a, b) for a, b in pieces if text[a:b].strip()]
            if not pieces:
                return None
            name = f"T{len(self.texts) + 1}"
            self.texts[key] = name
            where = ";".join(f"{a} {b}" for a, b in pieces)
            self.out.append(f"{name}\t{kind} {where}\t{' '.join(text[a:b] for a, b in pieces)}")
        return self.texts[key]

    def _event(self, n: int, m: Mention) -> None:
        trigger = self._text(m.type, m.trigger)
        if trigger is None:
            return
        arguments = [("Actor", _KINDS[p.kind], p.span) for p in m.actors]
        arguments += [("Recipient", _KINDS[p.kind], p.span) for p in m.recipients]
        arguments += [("Instrument", "Instrument", s) for s in m.instruments]
        if m.when is not None and m.when.span is not None:
            arguments.append(("When", "Time", m.when.span))
        if m.where is not None and m.where.span is not None:
            arguments.append(("Where", "Place", m.where.span))
        counts: dict[str, int] = {}
        parts = []
        for role, kind, span in arguments:
            text = self._text(kind, span)
            if text is not None:
                counts[role] = counts.get(role, 0) + 1
                parts.append(f" {role}{counts[role] if counts[role] > 1 else ''}:{text}")
        self.out.append(f"E{n}\t{m.type}:{trigger}{''.join(parts)}")
        self.attributes += 1
        self.out.append(f"A{self.attributes}\tFactuality E{n} {m.factuality}")
        said = " > ".join(speaker_name(a) for a in m.attribution) or "the report itself"
        self._note(f"E{n}", f"according to {said}; {m.mode or 'no mode'}; rule {m.rule}; score {m.score:.2f}")

    def _statement(self, s: Statement) -> None:
        for content in s.content:
            text = self._text("Statement", content)
            if text is None:
                continue
            self.attributes += 1
            self.out.append(f"A{self.attributes}\tStance {text} {s.stance}")
            who = (s.source.name or s.source.span.text) if s.source else "(unnamed)"
            self._note(text, f"according to {who} ({s.manner})")

    def _note(self, of: str, text: str) -> None:
        self.notes += 1
        self.out.append(f"#{self.notes}\tAnnotatorNotes {of}\t{' '.join(text.split())}")


def _configuration(types: list[str]) -> str:
    kinds = "|".join(dict.fromkeys(_KINDS.values()))
    roles = f"Actor*:{kinds}, Recipient*:{kinds}, Instrument*:Instrument, When?:Time, Where?:Place"
    return "\n".join(
        [
            "[entities]",
            *dict.fromkeys([*_KINDS.values(), "Instrument", "Time", "Statement"]),
            "[relations]",
            "[events]",
            *(f"{t}\t{roles}" for t in types),
            "[attributes]",
            f"Factuality\tArg:<EVENT>, Value:{'|'.join(_FACTUALITIES)}",
            f"Stance\tArg:Statement, Value:{'|'.join(_STANCES)}",
            "",
        ]
    )
