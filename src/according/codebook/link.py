"""The linked codebook: names resolved and checked, triggers indexed.

Conditions and slots stay as written; `events.match` alone reads them.
Everything is frozen; one codebook object may be shared by all reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from according.codebook.model import Context, EventType, FoldingRule, Frame, Header, Mode, Sector, Trigger
from according.records import EntityKind

KINDS: frozenset[str] = frozenset(get_args(EntityKind))
# Functions of `language.model.Function`, and what else conditions may look at; see `Trigger.when`.
FUNCTIONS = frozenset(
    {"subject", "object", "dative", "attribute", "clause", "possessor", "modifier"}
    | {"sentence", "speaker", "modal", "infinitive", "finite", "support", "marker"}
)
_ROLES = frozenset({"actor", "recipient"})


@dataclass(frozen=True, slots=True)
class LinkedTrigger:
    """A trigger ready for use.

    Attributes:
        trigger: As it stands in the file.
        type: Code of the event type it evokes (of a skip: looks like).
        frame: The frame it names.
        skip: Whether a match means "not an event".
        reason: For a skip, why it is none: the last part of its id.
        where: File and line, "aid.yml:31".
    """

    trigger: Trigger
    type: str
    frame: Frame
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
        return self.trigger.priority + len(self.trigger.when)


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
        derived: What readers of the codebook work out of it and keep.
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
    derived: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

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

    def classes_of(self, *names: str) -> frozenset[str]:
        """The words of several word classes together; a class that is not defined has none."""
        kept: dict[tuple[str, ...], frozenset[str]] = self.derived.setdefault("together", {})
        if names not in kept:
            kept[names] = frozenset().union(*(self.classes.get(name, frozenset()) for name in names))
        return kept[names]

    def mode(self, type_code: str, mode_code: str) -> Mode | None:
        """Give a mode of a type, or None when the type has no such mode."""
        found = self.types.get(type_code)
        return None if found is None else next((m for m in found.modes if m.code == mode_code), None)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a codebook is put together from, read and found sound.

    Attributes:
        header: The shared part, with what another codebook lent.
        types: The event types in the order of their files.
        places: File and line of every trigger and skip, in the order of the types.
        inherited: Names of the word classes that another codebook lent.
        digest: SHA-256 of all files.
    """

    header: Header
    types: tuple[EventType, ...]
    places: tuple[str, ...]
    inherited: frozenset[str]
    digest: str


def assemble(folder: Path, parts: Parts) -> Codebook:
    """Link a codebook: frames to triggers, triggers to the words they stand on.

    Args:
        folder: Where it was read from.
        parts: Its parts; every name in them is known to be defined.

    Returns:
        The codebook.
    """
    header = parts.header
    linked = tuple(_linked(header, parts.types, parts.places))
    index: dict[tuple[str, str], list[LinkedTrigger]] = {}
    for one in linked:
        lemma = one.trigger.lemma
        for form in (lemma, lemma.replace("-", " ")) if "-" in lemma else (lemma,):
            index.setdefault((form, one.trigger.pos), []).append(one)
    classes = {name: with_blanks(words) for name, words in header.classes.items()}
    return Codebook(
        name=header.name,
        version=header.version,
        hash=parts.digest,
        path=folder,
        types=MappingProxyType({kind.code: kind for kind in parts.types}),
        contexts=MappingProxyType({c.code: c for c in header.contexts}),
        sectors=MappingProxyType({s.code: s for s in header.sectors}),
        frames=MappingProxyType(dict(header.frames)),
        classes=classes,
        parties=frozenset(w for name in header.parties for w in classes[name]),
        inherited=parts.inherited,
        folding=header.folding,
        triggers=linked,
        index=MappingProxyType({k: tuple(sorted(v, key=lambda t: -t.rank)) for k, v in index.items()}),
        by_id=MappingProxyType({t.id: t for t in linked}),
    )


def _linked(header: Header, types: Iterable[EventType], places: Iterable[str]) -> Iterator[LinkedTrigger]:
    where = iter(places)
    for kind in types:
        for skip, triggers in ((False, kind.triggers), (True, kind.skips)):
            for trigger in triggers:
                frame = header.frames[trigger.frame] if isinstance(trigger.frame, str) else trigger.frame
                reason = trigger.id.rsplit(".", 1)[-1] if skip else None
                yield LinkedTrigger(trigger, kind.code, frame, skip, reason, next(where))


def with_blanks(words: Iterable[str]) -> frozenset[str]:
    """Add "cease fire" to "cease-fire": the parser takes hyphenated words apart."""
    return frozenset(form for word in words for form in (word, word.replace("-", " ")))


def check_slot(slot: str) -> None:
    """Refuse a slot that does not exist; `events.match` says what each one means.

    Args:
        slot: "subject", "object", "prep:against|on", "object.possessor", ...

    Raises:
        ValueError: There is no such slot.

    Example:
        >>> check_slot("clause.recipient")
        >>> check_slot("objekt")
        Traceback (most recent call last):
        ValueError: there is no slot 'objekt'
    """
    outer, dot, inner = slot.partition(".")
    if dot:
        check_slot(outer)
        if inner not in _ROLES:
            check_slot(inner)
    elif slot.startswith("prep:"):
        if not all(name.strip() for name in slot[5:].split("|")):
            raise ValueError(f"the slot {slot!r} names an empty preposition")
    elif slot not in FUNCTIONS:
        raise ValueError(f"there is no slot {slot!r}")


def check_condition(
    slot: str,
    names: Iterable[str],
    classes: Mapping[str, frozenset[str]],
    types: frozenset[str],
    sectors: frozenset[str] = frozenset(),
) -> None:
    """Refuse a condition that names what does not exist.

    Args:
        slot: Slot as written.
        names: Word classes, entity kinds, "=lemma", "type:CODE",
            "sector:CODE", "any", "none"; each may begin with "!".
        classes: Word classes by name.
        types: Codes of the event types.
        sectors: Codes of the sectors.

    Raises:
        ValueError: The slot does not exist.
        LookupError: A name is neither a class nor a kind nor a type nor a
            sector; its argument is the name.
    """
    check_slot(slot)
    for name in names:
        word = name.removeprefix("!")
        if word.startswith("type:"):
            if word[5:] not in types:
                raise LookupError(word[5:])
        elif word.startswith("sector:"):
            if word[7:] not in sectors:
                raise LookupError(word[7:])
        elif not (word in ("any", "none") or word.startswith("=") or word in KINDS or word in classes):
            raise LookupError(word)
