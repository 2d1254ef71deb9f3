"""Read numbers that share a verb told once: "killed two in Kirkuk and THREE IN MOSUL"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from according.events.counts import find_count, load_count_words
from according.language.model import Argument, Clause, ParsedReport
from according.records import Count, Span

_THERE = frozenset({"in", "at", "near", "outside", "around"})
_ENDS = (";", ":", '"', "“", "”", "—")
_MOST = 40


def with_gapped(parsed: ParsedReport, clause: Clause, victims: Sequence[Argument], count: Count) -> Count:
    """Add the numbers that stand at further places to the number that the verb has.

    A number joined by "and" is added where both have a place of their own. A row
    behind a comma that does not come to more than the first number only spells that
    out ("killed nine people, three in Mosul and six in Kirkuk").

    Args:
        parsed: The report.
        clause: The predicate.
        victims: Those it names.
        count: Their number.

    Returns:
        The number of all, or the one given where none stands behind it.
    """
    last = max((a.head for a in victims if a.head > clause.head), default=None)
    if last is None:
        return count
    rest = _numbers(parsed, clause, last)
    if not rest or None in (count.low, *(c.low for _, c in rest)):
        return count
    total = sum(c.low or 0 for _, c in rest)
    if not rest[0][0] and total <= (count.low or 0):
        return count
    highs = [count.high, *(c.high for _, c in rest)]
    span = Span.of(parsed.report.text, count.span.start, rest[-1][1].span.end)
    high = None if None in highs else sum(h or 0 for h in highs)
    return Count(span=span, low=(count.low or 0) + total, high=high)


def _numbers(parsed: ParsedReport, clause: Clause, last: int) -> list[tuple[bool, Count]]:
    """The numbers behind the victims that have a place each, and whether "and" joins them."""
    doc = parsed.doc
    out: list[tuple[bool, Count]] = []
    placed = False
    for i in range(last + 1, min(last + _MOST, len(doc) - 2)):
        token, joint = doc[i], doc[i - 1].lower_
        if token.is_sent_start or token.pos_ in ("VERB", "AUX") or token.text in _ENDS:
            break
        if token.lower_ in _THERE and token.dep_ == "prep":
            placed = True
        if token.tag_ != "CD" or joint not in ("and", ",", "another"):
            continue
        head = _astray(token)
        if head is None and _placed(doc[i + 1]):
            head = i
        if head is None:
            continue
        if not placed:
            return []  # "nine people, THREE in Mosul": of the nine
        count = find_count(parsed, i, head + 1, head)
        if count is not None:
            out.append((joint != ",", count))
    return out


def _astray(number: Token) -> int | None:
    """The people a number counts whom the parser joined to a place: "in Kirkuk and three POLICEMEN"."""
    noun = number.head
    if number.dep_ != "nummod" or noun.dep_ != "conj" or noun.lemma_.lower() not in load_count_words().people:
        return None
    place = noun.head
    return noun.i if place.dep_ == "pobj" and place.head.lower_ in _THERE else None


def _placed(token: Token) -> bool:
    """Whether a preposition leads to a place: "IN the other", not "in 2014"."""
    if token.lower_ not in _THERE:
        return False
    held = [t for t in token.children if t.dep_ == "pobj"]
    return bool(held) and not any(t.ent_type_ in ("DATE", "TIME") or t.like_num for t in held)
