"""The linked codebook: names resolved, slots and conditions parsed, triggers indexed.

What the YAML says in words stands here in the form the event step works with.
Everything is frozen; one codebook object may be shared by all reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import get_args

from according.codebook.model import Context, EventType, FoldingRule, Frame, Mode, Sector, Trigger
from according.records import EntityKind

KINDS: frozenset[str] = frozenset(get_args(EntityKind))
# Functions of `language.model.Function`, and what else conditions may look at; see `Trigger.when`.
FUNCTIONS = frozenset(
    {"subject", "object", "dative", "attribute", "clause", "possessor", "modifier"}
    | {"sentence", "speaker", "modal", "infinitive", "finite", "support", "marker"}
)
_ROLES = frozenset({"actor", "recipient"})


@dataclass(frozen=True, slots=True)
class ParsedSlot:
    """A slot taken apart.

    Attributes:
        function: Value of `language.model.Function` ("subject", "oblique",
            ...), or "sentence".
        prepositions: For obliques, those that fit; an oblique slot without
            any ("prep:*") takes every preposition.
        inner: For a slot of a slot ("object.possessor": whoever owns the
            object; "clause.recipient": who the complement is done to), the
            slot to look for there; "actor" and "recipient" are the roles of
            the mention coded there.
    """

    function: str
    prepositions: frozenset[str] = frozenset()
    inner: ParsedSlot | None = None

    def accepts(self, function: str, preposition: str | None) -> bool:
        """Tell whether an argument with this function and preposition fills the slot.

        A dative or complement clause that was introduced by one of the
        prepositions of an oblique slot ("gave arms TO them", "talked ABOUT
        leaving") fills that slot as well.
        """
        if self.function == "oblique":
            if preposition is None or function not in ("oblique", "dative", "clause"):
                return False
            return not self.prepositions or preposition in self.prepositions
        return function == self.function


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a trigger, with its word classes spelt out.

    The condition holds when no filler of the slot is forbidden and, if
    anything is required, one filler is among it (`none`: there is no filler).

    Attributes:
        slot: Where to look.
        lemmas, kinds, types: Required: lemmas of the filler's head (or of
            "modifier head"), entity kinds, event types the filler is coded as.
        any, none: The slot is filled; it is empty.
        not_lemmas, not_kinds, not_types: Forbidden.
        names: The condition as it stands in the file, for explanations.
    """

    slot: ParsedSlot
    lemmas: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    any: bool = False
    none: bool = False
    not_lemmas: frozenset[str] = frozenset()
    not_kinds: frozenset[str] = frozenset()
    not_types: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()

    @property
    def requires(self) -> bool:
        """Whether something must be there; a condition may also only forbid."""
        return bool(self.lemmas or self.kinds or self.types or self.any)


@dataclass(frozen=True, slots=True)
class LinkedFrame:
    """A frame with its slots parsed; see `Frame`."""

    actor: tuple[ParsedSlot, ...] = ()
    recipient: tuple[ParsedSlot, ...] = ()
    place: tuple[ParsedSlot, ...] = ()
    theme: tuple[ParsedSlot, ...] = ()
    instrument: tuple[ParsedSlot, ...] = ()
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class LinkedTrigger:
    """A trigger ready for use.

    Attributes:
        trigger: As it stands in the file.
        type: Code of the event type it evokes (of a skip: looks like).
        frame: The frame it names, as written.
        roles: That frame with slots parsed.
        conditions: All must hold.
        skip: Whether a match means "not an event".
        reason: For a skip, why it is none: the last part of its id.
        where: File and line, "aid.yml:31".
    """

    trigger: Trigger
    type: str
    frame: Frame
    roles: LinkedFrame
    conditions: tuple[Condition, ...]
    skip: bool
    reason: str | None
    where: str

    @property
    def id(self) -> str:
        """The trigger's id."""
        return self.trigger.id

    @property
    def rank(self) -> int:
        """Its place among competitors whose conditions all hold: higher wins."""
        return self.trigger.priority + len(self.conditions)


@dataclass(frozen=True)
class Codebook:
    """A codebook as the coder uses it.

    Attributes:
        name, version: As the codebook calls itself.
        hash: SHA-256 of all its files, hexadecimal; goes into manifests.
        path: Folder it was read from.
        types: By code, in the order of the files' names.
        contexts, sectors: By code.
        frames: By name.
        classes: Word classes by name.
        parties: Lemmas that name somebody who can act, by the codebook's word.
        inherited: Names of the word classes that another codebook lent.
        folding: Rules in the order in which they are tried.
        triggers: All triggers and skips.
    """

    name: str
    version: str
    hash: str
    path: Path
    types: Mapping[str, EventType]
    contexts: Mapping[str, Context]
    sectors: Mapping[str, Sector]
    frames: Mapping[str, Frame]
    classes: dict[str, frozenset[str]]
    parties: frozenset[str]
    inherited: frozenset[str]
    folding: tuple[FoldingRule, ...]
    triggers: tuple[LinkedTrigger, ...]
    index: Mapping[tuple[str, str], tuple[LinkedTrigger, ...]]
    by_id: Mapping[str, LinkedTrigger]

    def triggers_for(self, lemma: str, pos: str) -> tuple[LinkedTrigger, ...]:
        """Give every trigger and skip of a word.

        Args:
            lemma: Lower-case lemma; a phrasal verb with its particle, a
                compound noun with its modifiers.
            pos: "verb", "noun" or "adj".

        Returns:
            Highest rank first; triggers of equal rank in file order.

        Example:
            >>> from according.codebook.load import load_codebook
            >>> [t.type for t in load_codebook().triggers_for("disarm", "verb")][:1]
            ['RETREAT']
        """
        return self.index.get((lemma, pos), ())

    def mode(self, type_code: str, mode_code: str) -> Mode | None:
        """Give a mode of a type, or None when the type has no such mode."""
        found = self.types.get(type_code)
        return None if found is None else next((m for m in found.modes if m.code == mode_code), None)


@lru_cache(maxsize=4096)
def parse_slot(slot: str) -> ParsedSlot:
    """Take a slot apart.

    Args:
        slot: "subject", "prep:against|on", "prep:*", ...

    Raises:
        ValueError: There is no such slot.

    Example:
        >>> parse_slot("prep:out of|from").prepositions == {"out of", "from"}
        True
    """
    if "." in slot:
        outer, inner = slot.split(".", 1)
        return replace(parse_slot(outer), inner=ParsedSlot(inner) if inner in _ROLES else parse_slot(inner))
    if slot.startswith("prep:"):
        names = frozenset(p.strip() for p in slot[5:].split("|"))
        if "" in names:
            raise ValueError(f"the slot {slot!r} names an empty preposition")
        return ParsedSlot("oblique", frozenset() if names == {"*"} else names)
    if slot not in FUNCTIONS:
        raise ValueError(f"there is no slot {slot!r}")
    return ParsedSlot(slot)


@lru_cache(maxsize=1024)
def link_frame(frame: Frame) -> LinkedFrame:
    """Parse the slots of a frame.

    Raises:
        ValueError: It names a slot that does not exist.
    """
    return LinkedFrame(
        actor=tuple(parse_slot(s) for s in frame.actor),
        recipient=tuple(parse_slot(s) for s in frame.recipient),
        place=tuple(parse_slot(s) for s in frame.place),
        theme=tuple(parse_slot(s) for s in frame.theme),
        instrument=tuple(parse_slot(s) for s in frame.instrument),
        symmetric=frame.symmetric,
    )


def link_condition(
    slot: str, names: tuple[str, ...], classes: Mapping[str, frozenset[str]], types: frozenset[str]
) -> Condition:
    """Spell out one condition.

    Args:
        slot: Slot as written.
        names: Word classes, entity kinds, "=lemma", "type:CODE", "any",
            "none"; each may begin with "!".
        classes: Word classes by name.
        types: Codes of the event types.

    Raises:
        ValueError: The slot does not exist.
        LookupError: A name is neither a class nor a kind nor a type; its
            argument is the name.
    """
    sets: dict[str, set[str]] = {
        sign + name: set() for sign in ("", "not_") for name in ("lemmas", "kinds", "types")
    }
    flags = {"any": False, "none": False}
    for name in names:
        sign, word = ("not_", name[1:]) if name.startswith("!") else ("", name)
        if word in flags:
            # "!any" is "none" and the other way round
            flags[word if not sign else ("none" if word == "any" else "any")] = True
        elif word.startswith("="):
            sets[sign + "lemmas"] |= {word[1:], word[1:].replace("-", " ")}
        elif word.startswith("type:"):
            if word[5:] not in types:
                raise LookupError(word[5:])
            sets[sign + "types"].add(word[5:])
        elif word in KINDS:
            sets[sign + "kinds"].add(word)
        elif word in classes:
            sets[sign + "lemmas"] |= classes[word]
        else:
            raise LookupError(word)
    return Condition(
        slot=parse_slot(slot),
        names=names,
        any=flags["any"],
        none=flags["none"],
        **{k: frozenset(v) for k, v in sets.items()},
    )
