"""Read "left six dead and ten wounded": one row of people by what became of them.

The row is read off its words in order, because the parser takes "dead" and
"wounded" now for adjectives, now for predicates, and their numbers now for
objects, now for subjects.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from according.events.model import Draft
from according.language.model import Argument, Clause, Function, Link, ParsedReport

_STATES = {
    "dead": "killed", "killed": "killed", "injured": "injured", "wounded": "injured", "hurt": "injured",
    "hospitalised": "injured", "hospitalized": "injured",
}  # fmt: skip
_MOST = 30
_LONGEST = 9
_HOW = frozenset({"ADV", "ADP", "CCONJ", "PUNCT"})


@dataclass(frozen=True, slots=True)
class LeftGroup:
    """Some people and what became of them.

    Attributes:
        start: First token of the phrase that names them.
        head: Its head: a noun, or a bare number.
        state: Token of "dead", "wounded" and the like.
        field: killed or injured.
    """

    start: int
    head: int
    state: int
    field: str


def left_groups(parsed: ParsedReport, leave: int) -> tuple[LeftGroup, ...]:
    """Find who was left dead, injured or wounded.

    Args:
        parsed: The report.
        leave: Token of a form of "leave".

    Returns:
        Groups in text order; empty where nobody is told to be left so.
    """
    doc = parsed.doc
    out: list[LeftGroup] = []
    start = leave + 1
    for i in range(leave + 1, min(leave + _MOST, len(doc))):
        token = doc[i]
        if token.is_sent_start or token.text in (";", ":", "(", '"', "”"):
            break
        if token.lower_ in ("and", "or", ",", "but", "while", "with") and i == start:
            start += 1
        elif (field := _STATES.get(token.lower_)) is not None:
            if i + 1 < len(doc) and doc[i + 1].pos_ in ("NOUN", "PROPN", "NUM") and out == []:
                break  # "left dead bodies", "left wounded men behind"
            head = next((k for k in range(i - 1, start - 1, -1) if doc[k].pos_ not in _HOW), None)
            if head is not None:
                out.append(LeftGroup(start, head, i, field))
            start = i + 1
        elif i - start > _LONGEST or (token.pos_ in ("VERB", "AUX") and token.lower_ != "left"):
            break
    return tuple(g for g in out if doc[g.head].pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ", "DET"))


def fold_left(
    parsed: ParsedReport,
    by_head: dict[int, Draft],
    merged: dict[int | None, int],
    carried: dict[int | None, int],
) -> None:
    """Fold those left dead and wounded into the act that left them so.

    Args:
        parsed: The report.
        by_head: Drafts by their heads; changed in place.
        merged: Where the predicates went that are folded already.
        carried: The noun that each verb carries.
    """
    leaves = [c for c in parsed.clauses if c.lemma == "leave" and c.pos == "verb"]
    for leave in leaves:
        groups = left_groups(parsed, leave.head)
        heads = [h for g in groups for h in (g.state, g.head) if _is_result(by_head.get(h))]
        if not groups:
            continue
        act = _act(parsed, leave, by_head, merged, carried, heads)
        if act is None:
            continue
        for head in dict.fromkeys(heads):
            if head == act.head or head not in by_head:
                continue
            told = by_head.pop(head)
            act = replace(
                act, alternates=(*act.alternates, head), steps=(*act.steps, f"left {told.clause.lemma}")
            )
            merged[head] = act.head
        if not act.recipients or act.head in heads:
            act = replace(act, recipients=_people(groups))
        if leave.head not in act.alternates:
            act = replace(act, alternates=(*act.alternates, leave.head))
        by_head[act.head] = act


def _people(groups: tuple[LeftGroup, ...]) -> tuple[Argument, ...]:
    return tuple(
        Argument(Function.OBJECT, g.head, g.start, g.head + 1, None, ("light:leave",)) for g in groups
    )


def _is_result(draft: Draft | None) -> bool:
    return draft is not None and draft.type == "ASSAULT" and draft.clause.lemma in (
        "dead", "kill", "injure", "wound", "hurt", "injured", "wounded", "killed", "die",
    )  # fmt: skip


def _act(
    parsed: ParsedReport,
    leave: Clause,
    by_head: dict[int, Draft],
    merged: dict[int | None, int],
    carried: dict[int | None, int],
    heads: list[int],
) -> Draft | None:
    """The act of force that left people so; where the report names none, the first of the results."""
    above = leave.governor if leave.link is not Link.ROOT else None
    tried = [carried.get(leave.head), *(a.head for a in leave.arguments if a.head < leave.head), above]
    for head in tried:
        for _ in range(4):
            if head not in merged:
                break
            head = merged[head]
        if head is None:
            continue
        found = by_head.get(head) or by_head.get(carried.get(head, -1))
        if found is not None and found.type == "ASSAULT" and found.head not in heads:
            return found
    return by_head.get(heads[0]) if heads else None
