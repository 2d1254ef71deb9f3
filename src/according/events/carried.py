"""Times that one event lends another: "a meeting during which they discussed ..."."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from according.events.model import Draft
from according.language.model import Argument, Function, Link, ParsedReport
from according.records import Time

_GATHERINGS = frozenset(
    {"meeting", "talk", "talks", "visit", "call", "session", "summit", "conversation", "conference"}
)
_MISSIONS = frozenset({"delegation", "mission", "team", "group", "party", "visit", "trip", "tour"})
_WITHIN = frozenset({"in", "during", "at"})
_SETTING_TYPES = frozenset({"CONSULT", "PROTEST"})
_REAL = frozenset({"happened", "ongoing"})
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
    by_head = {d.head: d for d in drafts} | {
        d.clause.support: d for d in drafts if d.clause.support is not None
    }
    for draft in sorted(drafts, key=lambda d: d.head):
        if draft.head in out or "demand" in draft.steps or draft.factuality not in _REAL:
            continue
        held = _lender(parsed, draft, by_head, out)
        if held is not None:
            out[draft.head] = out[held.head]
    return out


def _lender(
    parsed: ParsedReport, draft: Draft, by_head: Mapping[int, Draft], times: Mapping[int, Time]
) -> Draft | None:
    """The dated act that another act of its sentence is told as part or companion of."""
    clause = draft.clause
    for found in _settings(parsed, draft, by_head):
        if found.head in times:
            return found
    above = by_head.get(clause.governor) if clause.governor is not None else None
    if above is None or above.head not in times or above.factuality not in _REAL:
        return None
    if clause.gerund and (
        (
            clause.link in (Link.ADVERBIAL, Link.PARTICIPLE)
            and clause.marker is None
            and above.head < draft.head
        )
        or (clause.link is Link.PREPOSITION and clause.marker == "by")
    ):
        return above  # "jailed six on Friday, ACCUSING them of theft", "ended the talks by URGING calm"
    if clause.link is not Link.COORDINATE or clause.tense != "past" or above.clause.tense != "past":
        return None
    verb, time = parsed.doc[draft.head], times[above.head]
    own_subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    fronted = time.span.start < parsed.doc[above.clause.support or above.head].idx
    day = time.from_ is not None and time.from_ == time.to
    if own_subject or verb.idx < time.span.start or not (fronted or day or time.type == "TIME"):
        return None
    return above  # "shelled the town on Friday and ARRESTED twenty men"


def _settings(parsed: ParsedReport, draft: Draft, by_head: Mapping[int, Draft]) -> Iterator[Draft]:
    """Acts in which a draft is set, and acts set in it: "URGED calm in TALKS", "arrested during a MARCH"."""
    token = parsed.doc[draft.head]
    if draft.clause.pos == "verb":
        inside = [t for prep in token.children if prep.lower_ in _WITHIN for t in prep.children]
        heads = [t.i for t in inside if t.dep_ == "pobj"]
    elif token.dep_ == "pobj" and token.head.lower_ in _WITHIN and draft.type in _SETTING_TYPES:
        heads = [token.head.head.i]
    else:
        return
    for head in heads:
        other = by_head.get(head)
        if other is None or other.factuality not in _REAL:
            continue
        if draft.clause.pos != "verb" or other.type in _SETTING_TYPES:
            yield other


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
