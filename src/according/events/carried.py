"""Times that one event lends another: "a meeting during which they discussed ..."."""

from __future__ import annotations

from collections.abc import Iterable

from according.events.model import Draft
from according.language.model import Argument, Function, Link, ParsedReport
from according.records import Time

_GATHERINGS = frozenset(
    {"meeting", "talk", "talks", "visit", "call", "session", "summit", "conversation", "conference"}
)
_MISSIONS = frozenset({"delegation", "mission", "team", "group", "party", "visit", "trip", "tour"})
_DEFINITE = frozenset({"the", "this", "that", "those", "these", "their"})


def share_times(parsed: ParsedReport, drafts: Iterable[Draft], times: dict[int, Time]) -> dict[int, Time]:
    """Give a draft the time of the event it is said to be part of.

    Args:
        parsed: The report.
        drafts: All drafts.
        times: Time by draft head, as the predicates themselves govern them.

    Returns:
        The same with more drafts: those told "during which", and what a call
        or meeting was for.
    """
    drafts = list(drafts)
    carried = {d.clause.support: d.head for d in drafts if d.clause.support is not None}
    out = dict(times)
    for draft in drafts:
        if draft.head in out or draft.clause.governor is None:
            continue
        within = any(
            "relative" in a.via or parsed.doc[a.head].lower_ == "which"
            for a in draft.clause.get(Function.OBLIQUE, "during")
        )
        purpose = draft.type == "CONSULT" and draft.clause.link is Link.PURPOSE
        mission = (
            draft.type == "CONSULT" and draft.clause.link is Link.RELATIVE and _is_mission(parsed, draft)
        )
        if not within and not purpose and not mission:
            continue
        reach = parsed.chain(draft.clause)[: 4 if within or mission else 1]
        for head in (h for c in reach for h in (c.head, carried.get(c.head))):
            if head is not None and head in out and parsed.doc[head].sent == parsed.doc[draft.head].sent:
                out[draft.head] = out[head]
                break
    return out


def _is_mission(parsed: ParsedReport, draft: Draft) -> bool:
    """Whether a relative clause tells what a delegation did where it went: "a mission, which met"."""
    heads = {a.head for a in draft.actors} | {draft.clause.governor}
    return any(h is not None and parsed.doc[h].lemma_.lower() in _MISSIONS for h in heads)


def setting_of(parsed: ParsedReport, draft: Draft) -> Argument | None:
    """The gathering a draft is set in: "during THE MEETING", "at THE TALKS".

    Args:
        parsed: The report.
        draft: A mention.

    Returns:
        The phrase, when it points back to a gathering told before.
    """
    heads = (draft.clause.head, draft.clause.governor if draft.clause.link is Link.PURPOSE else None)
    for clause in (parsed.clause_at(h) for h in heads):
        for argument in clause.get(Function.OBLIQUE, "during") if clause is not None else ():
            token = parsed.doc[argument.head]
            if token.lemma_.lower() in _GATHERINGS and any(t.lower_ in _DEFINITE for t in token.lefts):
                return argument
    return None
