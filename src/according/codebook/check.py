"""Check a codebook: what the loader cannot refuse, and its examples.

`check_codebook` first looks at the codebook itself, then codes every example
of every type and compares what was coded with what the example expects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from according.codebook.link import Codebook, LinkedTrigger
from according.codebook.model import EventType, Example
from according.records import CodedReport, Mention, Participant, Report

ProblemKind = Literal[
    "no-positive-example", "no-negative-example", "mode-without-trigger", "unused-class", "same-conditions",
    "example-missed", "example-wrong", "example-coded",
]  # fmt: skip
EXPECTATIONS = frozenset({"trigger", "mode", "actor", "recipient", "factuality"})


class Coder(Protocol):
    """What the check asks of a coder."""

    def code(self, report: Report) -> CodedReport:
        """Code one report."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a codebook.

    Attributes:
        kind: Stable slug.
        where: File and line where that is known, else the type's code.
        subject: Id of the example, trigger or class it is about.
        message: What is wrong, as one sentence.
    """

    kind: ProblemKind
    where: str
    subject: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: [{self.kind}] {self.subject}: {self.message}"


def check_codebook(codebook: Codebook, coder: Coder | None = None) -> list[Problem]:
    """Check a codebook.

    Args:
        codebook: A codebook that loaded.
        coder: Codes the examples with this codebook; without one only the
            codebook itself is looked at.

    Returns:
        Problems in the order of the files; empty when there is none.

    Example:
        >>> from according.codebook.load import load_codebook
        >>> [p for p in check_codebook(load_codebook()) if p.kind == "no-positive-example"]
        []
    """
    problems = [p for kind in codebook.types.values() for p in _check_type(codebook, kind)]
    problems += _check_classes(codebook)
    problems += _check_twins(codebook)
    if coder is not None:
        for kind in codebook.types.values():
            for example in kind.examples:
                problems += check_example(kind, example, coder)
    return problems


def _check_type(codebook: Codebook, kind: EventType) -> Iterator[Problem]:
    if not any(e.expect != "none" for e in kind.examples):
        yield Problem("no-positive-example", kind.code, kind.code, "no example says what the type is.")
    if not any(e.expect == "none" for e in kind.examples):
        yield Problem("no-negative-example", kind.code, kind.code, "no example says what the type is not.")
    used = {t.mode for t in kind.triggers}
    for mode in kind.modes:
        if mode.code not in used:
            yield Problem("mode-without-trigger", kind.code, mode.code, "no trigger leads to this mode.")


def _check_classes(codebook: Codebook) -> Iterator[Problem]:
    used = {n.lstrip("!") for t in codebook.triggers for names in t.trigger.when.values() for n in names}
    used |= {n for rule in codebook.folding for n in rule.under}
    for name in codebook.classes:
        if name not in used | codebook.inherited | ENGINE_CLASSES:
            yield Problem("unused-class", "codebook.yml", name, "no trigger's condition names this class.")


# Classes that the coder itself looks up, not a trigger.
ENGINE_CLASSES = frozenset({"quantity_noun"})


def _check_twins(codebook: Codebook) -> Iterator[Problem]:
    """Two triggers of one word that nothing tells apart: the later one can never win."""
    for group in codebook.index.values():
        seen: dict[object, LinkedTrigger] = {}
        for t in group:
            key = (frozenset((s, frozenset(n)) for s, n in t.trigger.when.items()), t.rank, t.trigger.weight)
            first = seen.setdefault(key, t)
            if first is not t and first.id != t.id and first.trigger.lemma == t.trigger.lemma:
                yield Problem(
                    "same-conditions", t.where, t.id, f"nothing tells it from {first.id} ({first.where})."
                )


def check_example(kind: EventType, example: Example, coder: Coder) -> list[Problem]:
    """Code one example and compare.

    Args:
        kind: The type whose example it is.
        example: The example.
        coder: Codes it.

    Returns:
        Nothing when the coding is as expected.
    """
    coded = coder.code(Report(id=example.id, text=example.text))
    found = [m for m in coded.mentions if m.type == kind.code]
    if example.expect == "none":
        faults = [f"{m.trigger.text!r} was coded as {m.type} by {m.rule}." for m in found]
        return [Problem("example-coded", kind.code, example.id, fault) for fault in faults]
    if not found:
        others = ", ".join(f"{m.type} on {m.trigger.text!r}" for m in coded.mentions) or "nothing"
        return [Problem("example-missed", kind.code, example.id, f"no {kind.code} was coded, but {others}.")]
    faults = min((list(_differences(example.expect, m)) for m in found), key=len)
    return [Problem("example-wrong", kind.code, example.id, fault) for fault in faults]


def _differences(expect: Mapping[str, str | list[str] | None], mention: Mention) -> Iterator[str]:
    for key in expect:
        if key not in EXPECTATIONS:
            yield f"an example cannot expect {key!r}; it may name {', '.join(sorted(EXPECTATIONS))}."
    if "trigger" in expect and mention.trigger.text != expect["trigger"]:
        yield f"the trigger is {mention.trigger.text!r}, not {expect['trigger']!r}."
    if "mode" in expect and mention.mode != expect["mode"]:
        yield f"the mode is {mention.mode!r}, not {expect['mode']!r}."
    if "factuality" in expect and mention.factuality != expect["factuality"]:
        yield f"the factuality is {mention.factuality!r}, not {expect['factuality']!r}."
    if "actor" in expect:
        yield from _people("actor", expect["actor"], mention.actors)
    if "recipient" in expect:
        yield from _people("recipient", expect["recipient"], mention.recipients)


def _people(role: str, wanted: str | list[str] | None, found: Iterable[Participant]) -> Iterator[str]:
    """Compare participants: each expected word ends one phrase, and no phrase is left over."""
    names = sorted({p.span.text for p in found})
    words = [] if wanted is None else [wanted] if isinstance(wanted, str) else sorted(wanted)
    left = list(names)
    for word in words:
        fitting = next((n for n in left if n == word or n.endswith(" " + word)), None)
        if fitting is None:
            break
        left.remove(fitting)
    else:
        if not left:
            return
    yield f"the {role} is {names}, not {words}."
