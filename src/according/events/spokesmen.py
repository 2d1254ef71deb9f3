"""Who speaks for whom: a minister for his government, a spokesman for his body."""

from __future__ import annotations

from spacy.tokens import Token

from according.events.model import Entities
from according.language.model import ParsedReport
from according.records import Participant

# A speaker's title and name have at most so many words on one side.
_LONGEST_TITLE = 12
_JOINT = frozenset({"EUR", "IGO", "UNO"})
_STATE = frozenset({"GOV", "LEG", "MIL"})


def speaks_for(parsed: ParsedReport, entities: Entities, speaker: int, head: int) -> bool:
    """Whether a member of a government tells what his government will do.

    Args:
        parsed: The report.
        entities: Who the noun phrases name.
        speaker: Head of the speaker's phrase.
        head: Head of the phrase of whom he speaks.
    """
    if entities.kind_of(head) != "state":
        return False
    one, other = _named(parsed, entities, speaker), _named(parsed, entities, head)
    return "GOV" in one.sectors and other.country in (None, one.country)


def speaks_for_state(parsed: ParsedReport, entities: Entities, speaker: int, head: int) -> bool:
    """Whether somebody of a state's government, parliament or army tells what his state will do.

    Args:
        parsed: The report.
        entities: Who the noun phrases name.
        speaker: Head of the speaker's phrase.
        head: Head of the phrase of whom he speaks.
    """
    if entities.kind_of(head) != "state":
        return False
    one, other = _named(parsed, entities, speaker), _named(parsed, entities, head)
    return bool(_STATE & set(one.sectors)) and one.country is not None and one.country == other.country


def is_spokesman(parsed: ParsedReport, entities: Entities, speaker: int, head: int) -> bool:
    """Whether somebody is the voice of a body: "ARMY SPOKESMAN Ali said THE ARMY agreed to leave".

    Args:
        parsed: The report.
        entities: Who the noun phrases name.
        speaker: Head of the speaker's phrase.
        head: Head of the phrase of whom he speaks.
    """
    one = _named(parsed, entities, speaker)
    words = _about(parsed, speaker)
    if not any("spokes" in t.lower_ for t in words) and "spokes" not in (one.role or "").lower():
        return False
    return is_of(parsed, entities, speaker, head) or speaks_for(parsed, entities, speaker, head)


def is_of(parsed: ParsedReport, entities: Entities, speaker: int, head: int) -> bool:
    """Whether a speaker is introduced with a body: "THE AGENCY's director", "an ARMY officer".

    Args:
        parsed: The report.
        entities: Who the noun phrases name.
        speaker: Head of the speaker's phrase.
        head: Head of the phrase of the body.
    """
    named = [t for t in _about(parsed, speaker) if t.i != head and t.pos_ in ("NOUN", "PROPN")]
    return any(entities.is_same(t.i, head) or t.lower_ == parsed.doc[head].lower_ for t in named)


def is_joint(parsed: ParsedReport, entities: Entities, head: int) -> bool:
    """Whether a phrase names a body of states, for which any of its members may speak."""
    return _named(parsed, entities, head).country in _JOINT


def _named(parsed: ParsedReport, entities: Entities, head: int) -> Participant:
    """Whom the word at the head of a phrase names."""
    return entities.participants(parsed, head, head + 1, head)[0]


def _about(parsed: ParsedReport, speaker: int) -> list[Token]:
    return [t for t in parsed.doc[speaker].subtree if abs(t.i - speaker) < _LONGEST_TITLE]
