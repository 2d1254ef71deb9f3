"""What a speaker takes for granted is not his account: whose voice tells it.

In "called for an inquiry into the attack" the caller does not report the
attack; the next outer voice does. In a direct quotation everything is the
speaker's own.
"""

from __future__ import annotations

from collections.abc import Mapping

from according.events.model import Draft, Speech
from according.language.model import Clause, Function, Link, ParsedReport

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "recent"})
_PAST = frozenset({"after", "since", "when"})
_ENDINGS = frozenset({"end", "halt", "stop", "cease", "cessation", "suspend", "quit"})
_CHARGING = frozenset({"accuse", "blame", "suspect"})
_BESIDE = frozenset({"during", "after", "following", "amid", "since", "despite"})
_ASKING = frozenset({"who", "why", "how", "where", "when", "which", "whose"})
_TOPIC_TYPES = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "CONSULT"})
_TOPIC_PREPOSITIONS = frozenset(
    {"of", "about", "over", "into", "on", "for", "against", "to", "with", "after", "in", None}
)


def is_presupposed(parsed: ParsedReport, draft: Draft, by_head: Mapping[int, Draft], speech: Speech) -> bool:
    """Tell whether the innermost speaker takes a happening for granted.

    Args:
        parsed: The report.
        draft: The mention.
        by_head: All drafts by the heads of their predicates.
        speech: Who speaks where.

    Returns:
        True for definite nouns, restrictive relatives, and topics of talks,
        demands and complaints outside direct quotation.
    """
    if not speech.quoted(draft.head) and _in_apposition(parsed, draft):
        return True
    if (
        draft.factuality not in ("happened", "ongoing")
        or speech.quoted(draft.head)
        or {"demand", "who was helped"} & set(draft.steps)
    ):
        return False
    clause = _beside(parsed, draft.clause)
    if clause.pos == "noun":
        if draft.actors and draft.recipients and clause.link is Link.NOMINAL and _dated(parsed, clause):
            return False  # "to avenge the killing of two guards by villagers on Sunday" brings it all in
        if clause.marker in _BESIDE and draft.factuality == "happened" and speech.wanted(clause.head):
            return True  # "offered to leave during A MEETING in Oslo": they met
        if _is_told(clause, speech) or _is_charged(parsed, clause):
            return False
        return _noun(parsed, clause, by_head)
    if clause.link in (Link.RELATIVE, Link.PARTICIPLE):
        if speech.wanted(clause.head) and draft.factuality == "happened":
            return True  # "pledged to respect a truce BROKERED in May": nobody wants what is past
        return _relative(parsed, clause, by_head)
    if clause.link is Link.COMPLEMENT and clause.tense == "past" and _is_asked(parsed, clause):
        return speech.wanted(clause.head)  # "promised to look into who SHOT him"
    if clause.link is Link.ADVERBIAL and clause.marker in _PAST and clause.tense == "past":
        return speech.wanted(clause.head)  # "vowed to end it after ten boys WERE SEIZED in May"
    return False


def _is_asked(parsed: ParsedReport, clause: Clause) -> bool:
    """Whether a clause is an embedded question whose answer is open, and not the deed: "WHO shot him"."""
    first = parsed.doc[parsed.doc[clause.head].left_edge.i]
    return first.lower_ in _ASKING


def _beside(parsed: ParsedReport, clause: Clause) -> Clause:
    """The clause that a coordinated one goes on with: "the bandits who seized them and RELEASED them"."""
    while clause.link is Link.COORDINATE and clause.pos == "verb" and not clause.infinitive:
        above = parsed.clause_at(clause.governor)
        if above is None or above.link not in (Link.COORDINATE, Link.RELATIVE) or above.head > clause.head:
            break
        clause = above
    return clause


def _is_charged(parsed: ParsedReport, clause: Clause) -> bool:
    """Whether an act is what somebody is accused of: "blamed the rebels for THE RAID"."""
    above = parsed.clause_at(clause.governor)
    return above is not None and above.lemma in _CHARGING and clause.marker in ("of", "for")


def _dated(parsed: ParsedReport, clause: Clause) -> bool:
    """Whether a noun tells when it happened."""
    return any(t.ent_type_ in ("DATE", "TIME") for t in parsed.doc[clause.head].subtree if t.i != clause.head)


def _is_told(clause: Clause, speech: Speech) -> bool:
    """Whether a noun is itself what is reported: "confirmed THE ARREST of two men"."""
    return (
        clause.governor is not None
        and clause.link is Link.NOMINAL
        and clause.marker is None
        and speech.reports(clause.governor)
    )


def _in_apposition(parsed: ParsedReport, draft: Draft) -> bool:
    """Whether a happening only describes somebody between commas: "Y, a group THAT BOMBED the port,"."""
    if draft.clause.link not in (Link.RELATIVE, Link.PARTICIPLE, Link.COMPLEMENT):
        return False
    token = parsed.doc[draft.head]
    for _ in range(6):
        if token.dep_ == "appos":
            first = token.left_edge.i
            described = any(a.head == token.i and a.via for a in draft.clause.arguments)
            return described and first > 0 and parsed.doc[first - 1].text == ","
        if token.dep_ not in ("relcl", "acl", "xcomp") or token.head == token:
            return False
        token = token.head
    return False


def _noun(parsed: ParsedReport, clause: Clause, by_head: Mapping[int, Draft]) -> bool:
    if clause.support_kind in ("undergo", "occur", "copula"):
        return False
    support = parsed.clause_at(clause.support)
    if support is not None and support.lemma in _ENDINGS:
        return True
    if clause.support_kind == "light":
        return support is not None and support.lemma in ("join", "continue") and _owned(parsed, clause.head)
    if clause.support_kind == "result":
        return False
    topic = _topic(parsed, clause, by_head)
    subject = any(t.dep_ in ("nsubj", "nsubjpass") for t in (parsed.doc[clause.head],))
    return topic or (_definite(parsed, clause.head) and not subject)


def _relative(parsed: ParsedReport, clause: Clause, by_head: Mapping[int, Draft]) -> bool:
    if clause.governor is None:
        return False
    noun = parsed.doc[clause.governor]
    for argument in clause.arguments:  # "the tunnel into the valley that was dug": the tunnel, not the valley
        if "relative" in argument.via and argument.head < noun.i:
            noun = parsed.doc[argument.head]
    if any(t.is_punct and t.text in ",–—(" for t in parsed.doc[noun.i + 1 : clause.head]):
        return False
    outer = parsed.clause_at(clause.governor)
    return _definite(parsed, noun.i) or (outer is not None and _topic(parsed, outer, by_head))


def _topic(parsed: ParsedReport, clause: Clause, by_head: Mapping[int, Draft]) -> bool:
    """Whether a noun is what talks, demands, complaints or endings are about."""
    for _ in range(4):
        governor = parsed.clause_at(clause.governor)
        if governor is None or clause.link is not Link.NOMINAL or clause.marker not in _TOPIC_PREPOSITIONS:
            return False
        if any(clause.head == a.head for a in governor.get(Function.SUBJECT)):
            return False
        if governor.lemma in _ENDINGS:
            return True
        outer = by_head.get(governor.head)
        if outer is not None and outer.type in _TOPIC_TYPES:
            return True
        clause = governor
    return False


def _definite(parsed: ParsedReport, head: int) -> bool:
    return any(t.lower_ in _DEFINITE or t.dep_ == "poss" for t in parsed.doc[head].lefts)


def _owned(parsed: ParsedReport, head: int) -> bool:
    return any(t.dep_ == "poss" for t in parsed.doc[head].lefts)
