"""Tie times and numbers to the drafts they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from according.events.counts import find_count, load_count_words
from according.events.model import Draft
from according.language.model import Argument, Function, ParsedReport
from according.records import Count, Time

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
_GATHERINGS = frozenset({"call", "meeting", "conversation", "session", "visit"})
_SINGULAR = frozenset({"NN", "NNP"})


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
        while steps < 60:
            if token.i in owners:
                for head in owners[token.i]:
                    out.setdefault(head, time)
                break
            lent = _lent(parsed, token, owners) if token.pos_ in ("VERB", "AUX") else None
            if lent is not None:
                for head in owners[lent]:
                    out.setdefault(head, time)
                break
            if token.head.i == token.i or (token.pos_ in ("VERB", "AUX") and token.i != span.root.i):
                break
            token, steps = token.head, steps + 1
    return out


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


def attach_counts(parsed: ParsedReport, draft: Draft) -> dict[str, Count]:
    """Read the numbers of people killed, injured, detained or taking part.

    Args:
        parsed: The report.
        draft: A draft, folded; the predicates folded into it are read too.

    Returns:
        Counts by field: killed, injured, detained, size.
    """
    words = load_count_words()
    out: dict[str, Count] = {}
    if draft.type not in ("ASSAULT", "AID", "COERCE", "PROTEST", "MOBILIZE", "RETREAT", "SANCTION"):
        return out
    heads = [draft.head, *draft.alternates]
    if draft.clause.support is not None and draft.clause.support_kind in ("result", "light"):
        heads.append(draft.clause.support)
    joint = _killed_and_injured(parsed, heads)
    for head in dict.fromkeys(heads):
        clause = parsed.clause_at(head)
        if clause is None:
            continue
        field = words.fields.get(f"{clause.lemma} {clause.particle}") or words.fields.get(clause.lemma)
        if field is not None and not (field == "detained" and draft.type == "AID"):
            for argument in _victims(clause.arguments, clause.lemma, clause.passive):
                count = find_count(parsed, argument.start, argument.end, argument.head) or _one(
                    parsed, argument, field
                )
                if count is not None:
                    out.setdefault(
                        field, count.model_copy(update={"low": None, "high": None}) if joint else count
                    )
        if clause.pos == "noun" and field is not None and field not in out:
            count = find_count(parsed, *_noun_phrase(parsed, head), head)
            if count is not None:
                out[field] = count
        for argument in clause.arguments:
            if argument.function is Function.OBJECT and parsed.doc[argument.head].lemma_.lower() in (
                "dead",
                "death",
                "casualty",
                "injury",
            ):
                name = words.fields.get(parsed.doc[argument.head].lemma_.lower(), "killed")
                count = find_count(parsed, argument.start, argument.end, argument.head)
                if count is not None:
                    out.setdefault(name, count)
    if draft.type in words.size_types and "size" not in out:
        for argument in draft.actors:
            count = find_count(parsed, argument.start, argument.end, argument.head)
            if count is not None:
                out["size"] = count
                break
    return out


def _killed_and_injured(parsed: ParsedReport, heads: list[int]) -> bool:
    """Whether one number counts killed and injured together: "60 were killed and injured"."""
    fields = load_count_words().fields
    told = {
        fields.get(parsed.doc[h].lemma_.lower()): h for h in heads if fields.get(parsed.doc[h].lemma_.lower())
    }
    if not {"killed", "injured"} <= set(told):
        return False
    one, two = (parsed.clause_at(told[k]) for k in ("killed", "injured"))
    if one is None or two is None:
        return False
    return bool(
        {a.head for a in _victims(one.arguments, one.lemma, one.passive)}
        & {a.head for a in _victims(two.arguments, two.lemma, two.passive)}
    )


def _victims(arguments: tuple[Argument, ...], lemma: str, passive: bool) -> list[Argument]:
    function = Function.SUBJECT if lemma in ("die", "perish", "drown") and not passive else Function.OBJECT
    return [a for a in arguments if a.function is function]


def _one(parsed: ParsedReport, argument: Argument, field: str) -> Count | None:
    """One person, named without a number: "killed his sister"."""
    token = parsed.doc[argument.head]
    single = token.tag_ in _SINGULAR and (
        token.ent_type_ == "PERSON"
        or any(t.dep_ in ("det", "poss") and t.lower_ not in ("no", "any", "every") for t in token.lefts)
    )
    people = load_count_words().people
    if (
        field != "killed"
        or not single
        or (token.ent_type_ != "PERSON" and token.lemma_.lower() not in people)
    ):
        return None
    return Count(span=parsed.span(argument.head, argument.head + 1), low=1, high=1)


def _noun_phrase(parsed: ParsedReport, head: int) -> tuple[int, int]:
    lefts = [t.i for t in parsed.doc[head].lefts]
    return (min(lefts) if lefts else head), head + 1
