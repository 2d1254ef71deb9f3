"""Tie times to the drafts they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from according.events.model import Draft
from according.language.model import ParsedReport
from according.records import Time

_ASPECT = frozenset(
    {
        "begin",
        "start",
        "continue",
        "keep",
        "attempt",
        "try",
        "seek",
        "struggle",
        "fail",
        "manage",
        "resume",
        "schedule",
        "expect",
        "set",
    }
)
_MODALS = frozenset({"can", "could", "may", "might", "must", "should", "would", "will", "shall"})
_LIMITS = (" by", " until", " till", " before", " for")
_MONTH = len("2000-01")
_GATHERINGS = frozenset(
    {
        "call",
        "meeting",
        "conversation",
        "session",
        "visit",
        "talk",
        "talks",
        "negotiation",
        "discussion",
        "summit",
    }
)


def attach_times(parsed: ParsedReport, drafts: Iterable[Draft], times: Iterable[Time]) -> dict[int, Time]:
    """Give each draft the time expression that its own predicate governs.

    A time belongs to the first event predicate above it in the tree. A verb
    that is no event stands in the way: the time of the saying is not the
    event's.

    Args:
        parsed: The report.
        drafts: All drafts.
        times: Time expressions found in the text.

    Returns:
        Time by draft head; the first in the text where there are several.
    """
    owners: dict[int, list[int]] = {}
    for d in drafts:
        if "demand" in d.steps:
            continue
        for owner in {
            d.head,
            *d.tokens,
            *d.alternates,
            *([d.clause.support] if d.clause.support is not None else []),
        }:
            owners.setdefault(owner, []).append(d.head)
    out: dict[int, Time] = {}
    for time in times:
        if time.type == "SET" or (time.type == "DURATION" and not _tells_when(time)):
            continue
        span = parsed.doc.char_span(time.span.start, time.span.end, alignment_mode="expand")
        if span is None or not len(span) or any(t.ent_type_ == "PERSON" for t in span):
            continue
        token, steps = span.root, 0
        if token.dep_ in ("compound", "nmod") and token.head.i not in owners and token.head.pos_ == "NOUN":
            continue  # "the Christmas party"
        if _of_saying(token):
            continue
        cause = _caused(parsed, token, time, owners)
        if cause is not None:
            for head in owners[cause]:
                out.setdefault(head, time)
            continue
        while steps < 60:
            if token.i in owners:
                for head in owners[token.i]:
                    out.setdefault(head, time)
                break
            lent = _given(parsed, token, span.root, owners)
            if lent is not None:
                for head in owners[lent]:
                    out.setdefault(head, time)
                break
            if token.head.i == token.i and token.i == span.root.i:
                for head in _behind(token, owners):
                    out.setdefault(head, time)
            if token.head.i == token.i or (token.pos_ in ("VERB", "AUX") and token.i != span.root.i):
                break
            token, steps = token.head, steps + 1
    return out


def is_to_come(parsed: ParsedReport, draft: Draft, before: str) -> bool:
    """Whether an act is told as one that still lies ahead.

    Args:
        parsed: The report.
        draft: The act.
        before: The last characters before its time.

    Returns:
        True for what is planned, and for what is wanted or possible where the
        verb is no perfect: "could attack on Friday", not "may have attacked on
        Friday".
    """
    clause = draft.clause
    if draft.factuality not in ("planned", "wanted", "possible") or clause.perfect:
        return False
    if before.rstrip().endswith(_LIMITS):
        return True  # "if it does not leave by Friday", "called a march for Friday"
    above = parsed.clause_at(clause.governor)
    if above is not None and above.perfect and above.tense == "past":
        return False  # "had planned to meet on Friday"
    if draft.factuality == "planned":
        return True
    if clause.pos != "verb":
        return False  # "called for calm on Friday" may be a call of that day
    return (clause.modal or "") in _MODALS or clause.infinitive


def _given(parsed: ParsedReport, token: Token, time: Token, owners: dict[int, list[int]]) -> int | None:
    """The event to which a verb that is none itself gives its time."""
    if token.pos_ not in ("VERB", "AUX"):
        return None
    told = _told_after(token, time, owners)
    lent = _lent(parsed, token, owners) if told is None else told
    return _described(token, time, owners) if lent is None else lent


def _described(verb: Token, time: Token, owners: dict[int, list[int]]) -> int | None:
    """The event that a clause behind it dates: "the CLASHES that broke out on Friday"."""
    noun = verb.head
    if (
        verb.dep_ not in ("relcl", "acl")
        or verb.tag_ == "VB"
        or verb.lemma_ == "date"
        or noun.i not in owners
    ):
        return None
    own = time.head == verb or (time.head.dep_ == "prep" and time.head.head == verb)
    return noun.i if own and noun.pos_ in ("NOUN", "PROPN") else None


def _told_after(verb: Token, time: Token, owners: dict[int, list[int]]) -> int | None:
    """What was said before a time and the speaker: "rebels attacked it BEFORE DAWN, police said"."""
    if verb.pos_ != "VERB" or verb.i in owners or verb.i < time.i:
        return None
    speaker = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if speaker is None or not time.i < speaker.left_edge.i:
        return None
    said = [c for c in verb.children if c.dep_ == "ccomp" and c.i < time.i and c.i in owners]
    return said[-1].i if said else None


def _behind(day: Token, owners: dict[int, list[int]]) -> list[int]:
    """Events that the parser hung on a day in front of them: "the following DAY the army arrested six"."""
    return [head for c in day.children if c.dep_ == "relcl" for head in owners.get(c.i, ())]


def _of_saying(time: Token) -> bool:
    """Whether a time stands right behind a word of saying: "police said ON TUESDAY they held two"."""
    start = time.head if time.dep_ == "pobj" else time
    verb = start.head
    if start.dep_ not in ("prep", "npadvmod") or verb.dep_ != "ccomp" or verb.head.i != start.left_edge.i - 1:
        return False
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.i > time.i for c in verb.children)


def _caused(parsed: ParsedReport, time: Token, told: Time, owners: dict[int, list[int]]) -> int | None:
    """The act in connection with which something was done, when a month or year directly follows it.

    "Were arrested in connection with the bombings in Peru LAST YEAR": a day
    would rather be that of the arrest.
    """
    verb = time.head
    if time.dep_ not in ("npadvmod", "prep", "pobj") or verb.pos_ != "VERB" or len(told.value) > _MONTH:
        return None
    doc = parsed.doc
    for token in reversed(doc[verb.i + 1 : time.left_edge.i]):
        if token.is_punct:
            return None
        if token.i in owners and token.pos_ == "NOUN":
            above = token.head.head
            linked = token.dep_ == "pobj" and above.lemma_.lower() in ("connection", "relation")
            return token.i if linked else None
    return None


def _lent(parsed: ParsedReport, verb: Token, owners: dict[int, list[int]]) -> int | None:
    """The event whose time stands with a verb that is none itself.

    "TROOPS have sought since May to retake the town", "the siege began in
    May", "the strikes destroyed two depots on Friday", "raised it in a call on
    Friday".
    """
    for child in verb.children:
        if child.dep_ == "xcomp" and verb.lemma_.lower() in _ASPECT and child.i in owners:
            return child.i
        if child.dep_ in ("nsubj", "nsubjpass") and child.pos_ == "NOUN" and child.i in owners:
            return child.i
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("in", "during"):
            for noun in child.children:
                if noun.lemma_.lower() in _GATHERINGS and noun.i in owners:
                    return noun.i
    return None


def _tells_when(time: Time) -> bool:
    """Whether a length of time says when: "in the past 24 hours", not "for two weeks"."""
    words = time.span.text.lower().split()
    return time.from_ is not None or bool({"past", "last", "previous", "next", "coming"} & set(words[:2]))
