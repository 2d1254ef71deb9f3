"""Re-read coded reports: every span against its text, every id against what it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ValidationError

from according.errors import ReportFormatError
from according.records import CodedReport, Region, Span


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing in a coded file that does not lead back to its words.

    Attributes:
        path: The file.
        line: Its line, from 1.
        report: Id of the report, or None if the line is no record.
        where: Path of the value in the record: `mentions[0].trigger`.
        what: What is wrong.
    """

    path: str
    line: int
    report: str | None
    where: str
    what: str

    def __str__(self) -> str:
        name = f" {self.report}" if self.report else ""
        return f"{self.path}:{self.line}:{name} {self.where}: {self.what}"


@dataclass(slots=True)
class Verification:
    """Iterating over it reads the file and yields mismatches; the counts grow meanwhile.

    Attributes:
        path: The file.
        reports: Records read so far.
        spans: Spans read so far.
    """

    path: Path
    reports: int = 0
    spans: int = 0
    _seen: dict[str, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Mismatch]:
        try:
            with self.path.open("rb") as stream:
                for number, line in enumerate(stream, 1):
                    if line.strip():
                        yield from self._line(number, line)
        except OSError as error:
            raise ReportFormatError(
                f"{error.strerror}.", path=str(self.path), hint="Check the path."
            ) from error

    def _line(self, number: int, line: bytes) -> Iterator[Mismatch]:
        name = str(self.path)
        try:
            coded = CodedReport.from_json(line)
        except ValidationError as error:
            detail = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, detail["loc"])) or "line"
            yield Mismatch(name, number, None, where, f"not a coded report: {detail['msg']}")
            return
        self.reports += 1
        report = coded.report.id
        if report in self._seen:
            yield Mismatch(name, number, report, "report.id", f"already stands in line {self._seen[report]}")
        self._seen.setdefault(report, number)
        for where, what in find_mismatches(coded):
            yield Mismatch(name, number, report, where, what)
        self.spans += sum(1 for _ in _spans(coded, ""))


def verify_file(path: Path) -> Verification:
    """Check a file of coded reports; see `Verification`."""
    return Verification(path)


def find_mismatches(coded: CodedReport) -> Iterator[tuple[str, str]]:
    """Check one coded report.

    Args:
        coded: The report.

    Yields:
        For each mismatch, the path of the value and what is wrong with it.

    Example:
        >>> from according.records import Report, Skipped
        >>> bad = Skipped(trigger=Span(start=0, end=6, text="struck"), type="ASSAULT", reason="sport")
        >>> list(find_mismatches(CodedReport(report=Report(id="a", text="Storm."), skipped=(bad,))))
        [('skipped[0].trigger', "says 'struck', but the text has 'Storm.' at 0-6")]
    """
    text = coded.report.text
    for where, span in _spans(coded, ""):
        there = text[span.start : span.end]
        if span.start >= span.end:
            yield where, f"is empty ({span.start}-{span.end})"
        elif there != span.text:
            yield (
                where,
                f"says {_short(span.text)}, but the text has {_short(there)} at {span.start}-{span.end}",
            )
    yield from _regions(coded.report.regions, text)
    yield from _ids(coded)


def _short(words: str) -> str:
    return repr(words if len(words) <= 80 else words[:77] + "...")


def _spans(value: object, where: str) -> Iterator[tuple[str, Span]]:
    """Find every span of a record, however deep, with its path."""
    if isinstance(value, Span):
        yield where, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _spans(getattr(value, name), f"{where}.{name}" if where else name)
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from _spans(item, f"{where}[{i}]")


def _regions(regions: tuple[Region, ...], text: str) -> Iterator[tuple[str, str]]:
    last = 0
    for i, region in enumerate(regions):
        where = f"report.regions[{i}]"
        if not last <= region.start < region.end <= len(text):
            yield where, f"{region.start}-{region.end} is out of order or outside the text"
        elif text[last : region.start].strip():
            yield where, f"text before it, from {last}, stands in no region"
        last = max(last, region.end)
    if regions and text[last:].strip():
        yield f"report.regions[{len(regions) - 1}]", f"text after it, from {last}, stands in no region"


def _ids(coded: CodedReport) -> Iterator[tuple[str, str]]:
    """Check that ids are unique and that every reference names something."""
    known: dict[str, set[str]] = {}
    for kind in ("entities", "statements", "mentions", "events"):
        known[kind] = set()
        for i, item in enumerate(getattr(coded, kind)):
            if item.id in known[kind]:
                yield f"{kind}[{i}].id", f"{item.id!r} is used twice"
            known[kind].add(item.id)
    for where, kind, target in _references(coded):
        if target is not None and target not in known[kind]:
            yield where, f"no one of {kind} has the id {target!r}"
    of_event = {m.id: m.event for m in coded.mentions}
    for i, event in enumerate(coded.events):
        for target in event.mentions:
            if of_event.get(target, event.id) != event.id:
                yield f"events[{i}].mentions", f"{target!r} says it belongs to {of_event[target]!r}"


def _references(coded: CodedReport) -> Iterator[tuple[str, str, str | None]]:
    """List (path, kind, id) of everything that names something else in the record."""
    for i, statement in enumerate(coded.statements):
        yield f"statements[{i}].parent", "statements", statement.parent
        if statement.source is not None:
            yield f"statements[{i}].source.entity", "entities", statement.source.entity
    for i, mention in enumerate(coded.mentions):
        where = f"mentions[{i}]"
        yield f"{where}.event", "events", mention.event
        for role in ("actors", "recipients"):
            for j, who in enumerate(getattr(mention, role)):
                yield f"{where}.{role}[{j}].entity", "entities", who.entity
        for j, link in enumerate(mention.attribution):
            yield f"{where}.attribution[{j}].entity", "entities", link.entity
            yield f"{where}.attribution[{j}].statement", "statements", link.statement
    for i, relation in enumerate(coded.relations):
        yield f"relations[{i}].subject", "entities", relation.subject
        yield f"relations[{i}].object", "entities", relation.object
        for j, link in enumerate(relation.attribution):
            yield f"relations[{i}].attribution[{j}].entity", "entities", link.entity
            yield f"relations[{i}].attribution[{j}].statement", "statements", link.statement
    for i, event in enumerate(coded.events):
        for j, target in enumerate(event.mentions):
            yield f"events[{i}].mentions[{j}]", "mentions", target
        for role in ("actors", "recipients"):
            for j, target in enumerate(getattr(event, role)):
                yield f"events[{i}].{role}[{j}]", "entities", target
