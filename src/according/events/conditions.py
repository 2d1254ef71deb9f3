"""The conditions of triggers, in the form in which they are tried.

A condition in the codebook is a slot and a list of words. Its word classes are
put together here once a codebook, so that one look-up tells whether a filler
is among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from according.codebook.link import KINDS, Codebook, LinkedTrigger

_ROLES = frozenset({"actor", "recipient"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Fillers that a condition allows, or that it forbids.

    Attributes:
        lemmas: Lemmas of the filler.
        kinds: Kinds of entity.
        types: Event types the filler is coded as.
        sectors: Sectors of a body, or of several people.
        any: Every filler.
    """

    lemmas: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    any: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a trigger.

    Attributes:
        slot: Where to look, as written.
        forbidden: No filler may be among these; None: nothing is forbidden.
        allowed: One filler must be among these; None: nothing is asked.
        empty: Whether "none" is among the words: an empty slot will do.
        bare: Whether "none" is the only word.
    """

    slot: str
    forbidden: Wanted | None
    allowed: Wanted | None
    empty: bool
    bare: bool


def conditions_of(codebook: Codebook, linked: LinkedTrigger) -> tuple[Condition, ...]:
    """Give the conditions of a trigger, made when first asked for.

    Args:
        codebook: The codebook the trigger stands in; it keeps them.
        linked: The trigger.

    Returns:
        Its conditions, in the order in which they are written.
    """
    kept: dict[str, tuple[Condition, ...]] = codebook.derived.setdefault("conditions", {})
    found = kept.get(linked.id)
    if found is None:
        shared: dict[tuple[str, tuple[str, ...]], Condition] = codebook.derived.setdefault("condition", {})
        found = ()
        for key in linked.trigger.when.items():
            condition = shared.get(key)
            if condition is None:
                condition = shared[key] = read_condition(*key, codebook.classes)
            found += (condition,)
        kept[linked.id] = found
    return found


def read_condition(slot: str, words: tuple[str, ...], classes: Mapping[str, frozenset[str]]) -> Condition:
    """Read one condition.

    Args:
        slot: Slot as written.
        words: Word classes, entity kinds, "=lemma", "type:CODE", "sector:CODE", "any",
            "none"; each may begin with "!".
        classes: Word classes by name.

    Returns:
        The condition.

    Example:
        >>> found = read_condition("object", ("=vote", "!person"), {})
        >>> sorted(found.allowed.lemmas), sorted(found.forbidden.kinds)
        (['vote'], ['person'])
    """
    forbidden = [word[1:] for word in words if word.startswith("!")]
    allowed = [word for word in words if not word.startswith("!")]
    return Condition(
        slot,
        _wanted(forbidden, classes) if forbidden else None,
        _wanted(allowed, classes) if allowed else None,
        "none" in words,
        words == ("none",),
    )


def _wanted(words: list[str], classes: Mapping[str, frozenset[str]]) -> Wanted:
    lemmas: set[str] = set()
    kinds, types, sectors = set(), set(), set()
    for word in words:
        if word.startswith("type:"):
            types.add(word[5:])
        elif word.startswith("sector:"):
            sectors.add(word[7:])
        elif word in KINDS:
            kinds.add(word)
        elif word.startswith("="):
            lemmas.add(word[1:])
        else:
            lemmas |= classes.get(word, frozenset())
    return Wanted(frozenset(lemmas), frozenset(kinds), frozenset(types), frozenset(sectors), "any" in words)


@lru_cache(maxsize=4096)
def part_slot(slot: str) -> tuple[str, str]:
    """Part a slot of a slot: where to look first, and where to look in what is found there ("" if nowhere).

    Example:
        >>> part_slot("object.possessor"), part_slot("prep:on|against")
        (('object', 'possessor'), ('prep:on|against', ''))
    """
    outer, _, inner = slot.partition(".")
    return outer, inner


@lru_cache(maxsize=4096)
def prepositions_of(slot: str) -> frozenset[str] | None:
    """Prepositions that a slot names; None for a slot that is no prepositional one."""
    return frozenset(slot[5:].split("|")) if slot.startswith("prep:") else None
