"""How each outlet names an actor: the classifying words it uses, and in whose mouth.

"Terror group" in one report and "resistance movement" in another stay what
they are: words of a report, counted by publisher, entity and speaker.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from according.records import CodedReport, Entity, Span, Statement

_WORD = re.compile(r"[\w’'-]+")
_APPOSITION = re.compile(r",?\s*(?:\([^()]{1,20}\)\s*)?,\s+(?:an?|the)\s+([^,.;:()\n]{3,60})")
_BEFORE_CHARS = 40
_SENTENCE_END = re.compile(r"[.;:,!?()\n“”\"]")


@dataclass(frozen=True, slots=True)
class Label:
    """One use of a classifying word.

    Attributes:
        publisher: Who published the report, or None.
        entity: Canonical name of who is named.
        label: The word, in lower case.
        voice: Name of the innermost speaker in whose statement it stands,
            or None for the report's own voice.
        report: Id of the report.
        span: The words.
    """

    publisher: str | None
    entity: str
    label: str
    voice: str | None
    report: str
    span: Span


@cache
def load_labels() -> frozenset[str]:
    """The classifying words that ship with the package, in lower case."""
    raw = yaml.safe_load(files("according").joinpath("data/labels.yml").read_text(encoding="utf-8"))
    return frozenset(map(str, raw["labels"]))


def find_labels(coded: CodedReport) -> tuple[Label, ...]:
    """Find the classifying words a report uses of those it names.

    A word counts when it stands inside the phrase that names somebody, right
    before it ("the Lebanese terror group X"), or in an apposition after it
    ("X, an Islamist movement").

    Args:
        coded: A coded report.

    Returns:
        Every use, in text order.
    """
    text, known = coded.report.text, load_labels()
    found: dict[tuple[str, int], Label] = {}
    for entity in coded.entities:
        if entity.kind not in ("group", "organisation", "state", "person"):
            continue
        own = {
            w.lower()
            for name in (entity.name, *entity.aliases)
            for w in _WORD.findall(name)
            if w[:1].isupper()
        }
        for mention in entity.mentions:
            for start, end in _windows(text, mention):
                for word in _WORD.finditer(text, start, end):
                    label = word[0].lower()
                    if label in known and label not in own:
                        found.setdefault((entity.id, word.start()), _label(coded, entity, word))
    return tuple(sorted(found.values(), key=lambda use: (use.span.start, use.entity)))


def count_labels(uses: Iterable[Label]) -> list[tuple[str | None, str, str, str | None, int]]:
    """Count uses by publisher, entity, label and voice.

    Args:
        uses: Uses from any number of reports.

    Returns:
        Rows (publisher, entity, label, voice, uses), most used first.
    """
    counts = Counter((u.publisher, u.entity, u.label, u.voice) for u in uses)
    rows = [(*key, n) for key, n in counts.items()]
    return sorted(rows, key=lambda row: (-row[4], row[1], row[2], row[0] or "", row[3] or ""))


def _windows(text: str, mention: Span) -> list[tuple[int, int]]:
    before = text[max(0, mention.start - _BEFORE_CHARS) : mention.start]
    cut = max((m.end() for m in _SENTENCE_END.finditer(before)), default=0)
    words = list(_WORD.finditer(before, cut))
    near = words[-3].start() if len(words) >= 3 else words[0].start() if words else len(before)
    out = [(mention.start - len(before) + near, mention.end)]
    after = _APPOSITION.match(text, mention.end)
    if after is not None:
        out.append(after.span(1))
    return out


def _label(coded: CodedReport, entity: Entity, word: re.Match[str]) -> Label:
    inner: Statement | None = None
    for statement in coded.statements:
        if statement.source is not None and any(c.start <= word.start() < c.end for c in statement.content):
            size = sum(c.end - c.start for c in statement.content)
            if inner is None or size < sum(c.end - c.start for c in inner.content):
                inner = statement
    source = inner.source if inner is not None else None
    voice = None if source is None else source.name or source.span.text
    span = Span.of(coded.report.text, word.start(), word.end())
    return Label(coded.report.publisher, entity.name, word[0].lower(), voice, coded.report.id, span)
