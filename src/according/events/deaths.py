"""Whom a report tells to have died, in whatever sentence it says so."""

from __future__ import annotations

from according.events.counts import load_count_words
from according.language.model import Clause, Function, ParsedReport

_DYING = frozenset({"die", "perish", "succumb"})


def told_dead(parsed: ParsedReport) -> tuple[int, ...]:
    """Find the heads of all phrases that name somebody who died.

    "He died in hospital", "was pronounced dead", "were killed": so that a
    person who was shot in one sentence and died in another is counted among
    the dead. What is denied, feared or still to come is left out.

    Args:
        parsed: The report.

    Returns:
        Head tokens in text order.
    """
    out: list[int] = []
    for clause in parsed.clauses:
        if clause.negation is not None or clause.modal is not None or clause.tense == "future":
            continue
        function = _function_of_dead(clause)
        if function is not None:
            out += [a.head for a in clause.get(function)]
    return tuple(sorted(set(out)))


def _function_of_dead(clause: Clause) -> Function | None:
    if clause.pos == "adj":
        return Function.SUBJECT if clause.lemma == "dead" else None
    if clause.pos != "verb":
        return None
    if clause.lemma in _DYING and not clause.passive:
        return Function.SUBJECT
    killed = load_count_words().fields.get(clause.lemma) == "killed" and clause.lemma != "claim"
    return Function.OBJECT if killed else None
