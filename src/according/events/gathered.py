"""One gathering told by two predicates: "met in talks hosted by Qatar" tells of one meeting."""

from __future__ import annotations

from dataclasses import replace

from according.events.model import Draft
from according.events.results import filled_from
from according.language.model import Link, ParsedReport

_TALKED_OVER = frozenset({"discuss", "review", "debate", "raise", "consider", "examine"})
_MEETING = frozenset(
    {"meet", "gather", "convene", "sit down", "confer", "get together", "speak", "talk", "reconvene"}
)
_TALKS = frozenset(
    {"talk", "talks", "meeting", "negotiation", "dialogue", "discussion", "consultation", "session"}
)
_SETTING = frozenset({"in", "for", "at", "during"})
_HOSTING = frozenset({"host", "mediate", "broker", "facilitate", "sponsor", "convene", "moderate"})


def fold_gathered(parsed: ParsedReport, by_head: dict[int, Draft], merged: dict[int | None, int]) -> None:
    """Fold the talks that a meeting is set in, and whoever hosts them, into the meeting.

    Args:
        parsed: The report.
        by_head: Drafts by their heads; changed in place.
        merged: Where the predicates went that are folded already.
    """
    for head in sorted(by_head):
        told = by_head.get(head)
        if told is None or told.type != "CONSULT":
            continue
        outer, hosted = _outer(parsed, told, by_head)
        if outer is None or outer.head == head:
            continue
        steps = (*outer.steps, f"set in {told.clause.lemma}")
        mode = outer.mode or ("third-party" if hosted else told.mode)
        outer = filled_from(outer, told, actors=False)
        by_head[outer.head] = replace(outer, mode=mode, alternates=(*outer.alternates, head), steps=steps)
        del by_head[head]
        merged[head] = outer.head


def _outer(parsed: ParsedReport, told: Draft, by_head: dict[int, Draft]) -> tuple[Draft | None, bool]:
    """The meeting that a draft only gives a setting or a host, and whether it is a host."""
    clause = told.clause
    host = clause.lemma in _HOSTING and clause.passive and clause.link in (Link.PARTICIPLE, Link.RELATIVE)
    noun = parsed.clause_at(clause.governor) if host else clause
    if noun is None or noun.pos != "noun" or noun.lemma not in _TALKS:
        return None, False
    if host and (own := by_head.get(noun.head)) is not None and own.actors:
        return own, True
    outer = by_head.get(noun.governor) if noun.governor is not None else None
    if outer is None:  # "met the general in talks hosted by X": the talks may hang on the general
        outer = next((d for d in by_head.values() if noun.governor in {a.head for a in d.recipients}), None)
    if outer is None or outer.type != "CONSULT" or outer.clause.lemma not in _MEETING | _TALKED_OVER:
        return None, False
    if not outer.actors or noun.marker not in _SETTING or noun.head < outer.head:
        return None, False
    carrier = parsed.clause_at(clause.support)
    hosted = host or (carrier is not None and carrier.lemma in _HOSTING)
    known = {a.head for a in (*outer.actors, *outer.recipients)}
    new = {a.head for a in (*told.actors, *told.recipients)} - known
    return (outer if hosted or not new else None), hosted
