"""What the event step works with: drafts of mentions, in tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from according.codebook.link import LinkedTrigger
from according.language.model import Argument, Clause, ParsedReport
from according.records import EntityKind, Participant


class Entities(Protocol):
    """What the event step asks of the entity index."""

    def at(self, token: int) -> tuple[str, ...]:
        """Entity ids of the noun phrase headed by a token."""

    def kind_of(self, token: int) -> EntityKind:
        """Kind of the noun phrase headed by a token."""

    def is_same(self, head_a: int, head_b: int) -> bool:
        """Whether two phrases name the same entity or the same unnamed party."""

    def sectors_of(self, token: int) -> tuple[str, ...]:
        """Sectors of the noun phrase headed by a token."""

    def participants(self, parsed: ParsedReport, start: int, end: int, head: int) -> tuple[Participant, ...]:
        """The participants a phrase names."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention before its values are resolved.

    Attributes:
        clause: The predicate.
        linked: The trigger that fired.
        type, mode: Codes after word sense and folding.
        tokens: Heads of all tokens of the trigger.
        alternates: Heads of other predicates that tell the same happening.
        actors, recipients, places, instruments: Arguments.
        factuality: What the innermost speaker says of it.
        steps: Names of the rules that shaped it, for `Mention.rule`.
    """

    clause: Clause
    linked: LinkedTrigger
    type: str
    mode: str | None
    tokens: tuple[int, ...]
    actors: tuple[Argument, ...] = ()
    recipients: tuple[Argument, ...] = ()
    places: tuple[Argument, ...] = ()
    instruments: tuple[Argument, ...] = ()
    alternates: tuple[int, ...] = ()
    factuality: str = "happened"
    steps: tuple[str, ...] = ()

    @property
    def head(self) -> int:
        """Index of the predicate's token."""
        return self.clause.head


@dataclass(frozen=True, slots=True)
class SkippedDraft:
    """A look-alike that was not coded."""

    head: int
    type: str
    reason: str


class Speech(Protocol):
    """What the event step asks of the statements."""

    def says(self, token: int) -> bool:
        """Whether the token is a word of saying or believing."""

    def reports(self, token: int) -> bool:
        """Whether the token is a verb whose object is what is reported ("confirmed the arrest")."""

    def wanted(self, token: int) -> bool:
        """Whether the innermost statement over the token tells what somebody wants or orders."""

    def speaker(self, token: int) -> int | None:
        """Head of the innermost speaker whose content holds the token, or None."""

    def quoted(self, token: int) -> bool:
        """Whether the token stands in a direct quotation."""
