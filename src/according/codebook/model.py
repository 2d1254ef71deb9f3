"""The codebook as data: types, modes, contexts, triggers and their frames.

A codebook is a folder of YAML files: `codebook.yml` (name, version, contexts,
sectors, word classes, frames, coding rules) and one file an event type. All
codes are quoted strings.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from according.records import Factuality

# Where a role may be filled from. "subject", "object", "dative",
# "possessor", "modifier", "attribute", or "prep:against|on" (obliques with one
# of these prepositions); "object.possessor" looks into the filler of a slot
# ("actor" and "recipient" there are the roles of the mention coded on it).
# Several are tried in order.
Slot = str
Pos = Literal["verb", "noun", "adj"]


class Raw(BaseModel):
    """Base of what stands in the YAML: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Frame(Raw):
    """Which grammatical function fills which role.

    Attributes:
        actor, recipient, place, theme, instrument: Slots, tried in order; the
            first that is filled wins, except that `actor` and `recipient`
            take every conjunct.
        symmetric: Joint subjects and "between A and B" are all actors; a
            "with B" is the recipient.
    """

    actor: tuple[Slot, ...] = ()
    recipient: tuple[Slot, ...] = ()
    place: tuple[Slot, ...] = ()
    theme: tuple[Slot, ...] = ()
    instrument: tuple[Slot, ...] = ()
    symmetric: bool = False


class Trigger(Raw):
    """A word that evokes an event type.

    Attributes:
        id: Unique, "<type>.<lemma>.<pos>[.<sense>]" in lower case.
            In the file one entry may stand for several triggers: `lemma` is
            then a list of lemmas and "*" in the id stands for each.
        lemma: Lemma; a phrasal verb has its particle ("carry out"); a noun
            compound has its modifiers ("air strike", "hunger strike").
        pos: Part of speech.
        frame: Name of a frame of codebook.yml, or a frame written out.
        mode, contexts: Codes.
        when: Conditions by slot, all of which must hold. Each value lists
            word classes ("weapon"), entity kinds ("person", "group", "state",
            "organisation", "place", "people"), sectors of bodies and of
            people in the plural ("sector:COP"), lemmas ("=minister"), "any"
            (the slot is filled) or "none" (it is empty); one match is enough.
            A leading "!" forbids: "!sport". Besides the slots of a frame,
            "sentence" looks at the lemmas of the whole sentence, "speaker" at
            the source of the statement it stands in, "modal" at the modal verb,
            "infinitive" and "finite" at complement clauses of that form,
            "support" at the verb that carries a noun ("held a meeting"),
            "marker" at the conjunction or preposition before it. A
            noun that only counts ("dozens of soldiers") is seen through.
        priority: Higher wins among triggers on the same word; default 0, each
            condition that holds adds 1.
        weight: Prior trust in the trigger, 0 to 1; part of the score.
    """

    id: str
    lemma: str
    pos: Pos
    frame: str | Frame
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    when: dict[Slot, tuple[str, ...]] = Field(default_factory=dict)
    priority: int = 0
    weight: float = Field(default=0.8, ge=0, le=1)


class Example(Raw):
    """A sentence that must, or must not, be coded.

    Attributes:
        id: Unique within its type.
        text: The sentence.
        expect: "none", or what the mention of this type must be: `trigger`,
            `mode`, `factuality`, and `actor` and `recipient` as the words
            their phrases end in ("rebels" for "the rebels").
        note: Why the example is there.
    """

    id: str
    text: str
    expect: Literal["none"] | dict[str, str | list[str] | None]
    note: str | None = None


class Mode(Raw):
    """A subdivision of a type."""

    code: str
    label: str
    definition: str


class EventType(Raw):
    """One event type as it stands in its file."""

    code: str
    label: str
    definition: str
    quad: Literal[1, 2, 3, 4]
    requires_recipient: bool = False
    modes: tuple[Mode, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    skips: tuple[Trigger, ...] = Field(
        default=(), description="Look-alikes: the same form with the same kind of conditions, never coded."
    )
    examples: tuple[Example, ...] = ()


class Context(Raw):
    """A topic an event of any type may carry; several are allowed.

    Attributes:
        code, label, definition: As for types.
        words: Lemmas that suggest it when they stand in the mention's clause.
        sectors: Sector codes of participants that suggest it.
        types: When given, only events of these types take the context from
            `words` and `sectors`.
    """

    code: str
    label: str
    definition: str
    words: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


class Sector(Raw):
    """A role of a participant in society: government, rebels, media, ..."""

    code: str
    label: str
    definition: str


class FoldingRule(Raw):
    """A coding rule that changes the base type of a mention by its factuality.

    Triggers code the base type ("meet" is CONSULT); the rules say what an
    announced or wanted act becomes. The first rule that applies wins.

    Attributes:
        id: Unique.
        types: Base types it applies to.
        modes: Modes it applies to; any when empty.
        lemmas: Lemmas of the predicate, or of the verb that carries a noun,
            with a verb's particle ("break down"); any when empty.
        factuality: Values it applies to.
        own: True: only acts the speaker or the report announces as the
            actor's own plan; False: only acts that somebody else wants,
            fears or denies; None: both.
        under: What governs the mention, as conditions on the chain of
            governing clauses: "type:AGREE" (coded as that type), a word
            class, "=lemma", "none" (nothing coded governs it). Any when empty.
        modals: Modal verbs it applies to ("will" stands for any future); any when empty.
        said: True: only acts that their own doer announces, not what others
            report of him.
        joint: True: only acts of several parties together.
        becomes: The type to write, or None: the base type stays.
        mode: The mode to write with a changed type.
        tells: The factuality to write with a changed type, or None: it stays.
        note: Where the rule comes from.
    """

    id: str
    types: tuple[str, ...]
    modes: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    factuality: tuple[str, ...]
    own: bool | None = None
    modals: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    said: bool = False
    joint: bool = False
    becomes: str | None = None
    mode: str | None = None
    tells: Factuality | None = None
    note: str = ""


class Header(Raw):
    """What stands in `codebook.yml`: the parts that all types share.

    Attributes:
        name, version: What records and manifests call the codebook.
        extends: Name of a codebook that ships with the package whose frames,
            word classes and sectors this one may use; its own of the same
            name win. Types, contexts and folding rules are not taken over.
        parties: Word classes whose words name somebody who can act or be
            acted on, beside the people, groups, states and bodies that the
            program knows by itself ("mill" in a dispute over pay).
        frames, classes, contexts, sectors, folding: The shared parts.
    """

    name: str
    version: str
    extends: str | None = None
    parties: tuple[str, ...] = ()
    frames: dict[str, Frame] = Field(default_factory=dict)
    classes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    contexts: tuple[Context, ...] = ()
    sectors: tuple[Sector, ...] = ()
    folding: tuple[FoldingRule, ...] = ()
