"""The fields of a mention in reading order, each with its plain-text value and its words.

The page, the summary and `explain` show the same fields; this is the one list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from according.records import Attribution, Count, Mention, Participant, Span, When, Where


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a mention, ready to be shown.

    Attributes:
        name: Name in the record ("actors").
        label: What a reader calls it ("actor").
        value: Its value as plain text.
        spans: The words it was read from; empty when it follows from others.
    """

    name: str
    label: str
    value: str
    spans: tuple[Span, ...] = ()


def list_fields(mention: Mention) -> tuple[Field, ...]:
    """List the fields of a mention that have a value, in reading order.

    Args:
        mention: Any mention.

    Returns:
        The fields; the trigger comes first.
    """
    fields = [
        Field("trigger", "what", type_and_mode(mention), (mention.trigger,)),
        *(Field("actors", "actor", describe_participant(p), (p.span,)) for p in mention.actors),
        *(Field("recipients", "recipient", describe_participant(p), (p.span,)) for p in mention.recipients),
        *(Field("instruments", "instrument", s.text, (s,)) for s in mention.instruments),
        Field("factuality", "factuality", mention.factuality),
    ]
    if mention.when is not None:
        fields.append(Field("when", "when", describe_when(mention.when), _one(mention.when.span)))
    if mention.where is not None:
        fields.append(Field("where", "where", describe_where(mention.where), _one(mention.where.span)))
    for name in ("killed", "injured", "detained", "size"):
        count: Count | None = getattr(mention, name)
        if count is not None:
            fields.append(Field(name, name, describe_count(count), (count.span,)))
    if mention.contexts:
        fields.append(Field("contexts", "context", ", ".join(mention.contexts)))
    if mention.quoted:
        fields.append(Field("quoted", "quoted", " … ".join(s.text for s in mention.quoted), mention.quoted))
    links = [s for link in mention.attribution for s in (link.span, link.cue) if s is not None]
    fields.append(Field("attribution", "according to", describe_chain(mention.attribution), tuple(links)))
    return tuple(fields)


def type_and_mode(mention: Mention) -> str:
    """The type, with the mode behind a stroke if there is one."""
    return f"{mention.type}/{mention.mode}" if mention.mode else mention.type


def describe_participant(participant: Participant) -> str:
    """Name, country and sectors of a participant: "Iraq [IRQ GOV]"."""
    codes = " ".join(filter(None, (participant.country, *participant.sectors)))
    name = participant.name or participant.span.text
    name = f"{name}, {participant.role}" if participant.role else name
    return f"{name} [{codes}]" if codes else name


def describe_when(when: When) -> str:
    """The days of a time, or its words where no day is known."""
    first, last = when.from_, when.to
    if first is None and last is None:
        return when.span.text if when.span is not None else "not known"
    if first == last:
        return str(first)
    if first is None:
        return f"until {last}"
    return f"from {first}" if last is None else f"{first} to {last}"


def describe_where(where: Where) -> str:
    """The place with its country."""
    name = where.name or (where.span.text if where.span is not None else "not known")
    return f"{name} [{where.country}]" if where.country else name


def describe_count(count: Count) -> str:
    """The range of a count in words.

    Example:
        >>> describe_count(Count(span=Span(start=0, end=13, text="at least five"), low=5))
        'at least 5'
    """
    if count.low is None and count.high is None:
        return f"not given apart ({count.span.text})"
    if count.low == count.high:
        return f"{count.low:,}"
    if count.low is None:
        return f"at most {count.high:,}"
    return f"at least {count.low:,}" if count.high is None else f"{count.low:,} to {count.high:,}"


def describe_chain(chain: Sequence[Attribution]) -> str:
    """The speakers from the outlet inwards, each with the stance taken."""
    if not chain:
        return "the report itself"
    return " › ".join(f"{describe_speaker(link)} ({link.stance})" for link in chain)


def describe_voice(publisher: str | None, chain: Sequence[Attribution]) -> str:
    """Who tells it, as a reader would say it: "PalInfo, quoting Nasrallah".

    Args:
        publisher: The outlet, or None.
        chain: The speakers, outermost first; empty is the report's own voice.

    Example:
        >>> describe_voice("PalInfo", ())
        'PalInfo, in its own words'
    """
    outlet = publisher or "the report"
    if not chain:
        return f"{outlet}, in its own words"
    return ", ".join((outlet, *(f"{_manner_of(link)} {describe_speaker(link)}" for link in chain)))


def _manner_of(link: Attribution) -> str:
    return "quoting" if link.name or link.span is not None else "hedging with"


def describe_speaker(link: Attribution) -> str:
    """Who speaks, or the hedging word where nobody is named."""
    if link.name:
        return link.name
    words = link.span or link.cue
    return f"“{words.text}”" if words is not None else "somebody unnamed"


def _one(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)
