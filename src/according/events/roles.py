"""Fill a trigger's roles from the arguments of its predicate.

Actor, recipient and place come from the predicate's own arguments, which the
clause layer has tied to it; a role with no argument stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from according.codebook.model import Frame
from according.events.match import Matcher
from according.events.model import Entities
from according.language.model import Argument, Clause, Function, ParsedReport

_PARTIES = frozenset({"person", "group", "state", "organisation", "people"})
_PLACE_PREPOSITIONS = frozenset(
    {
        "in",
        "at",
        "near",
        "inside",
        "outside",
        "across",
        "around",
        "along",
        "throughout",
        "within",
        "off",
        "over",
        "on",
        "north of",
        "south of",
        "east of",
        "west of",
        "outside of",
        "by",
        "from",
        "into",
        "through",
        "between",
    }
)
_SURE_PLACE_PREPOSITIONS = frozenset(
    {"in", "at", "near", "inside", "outside", "across", "around", "throughout", "within", "along"}
)


@dataclass(frozen=True, slots=True)
class Roles:
    """Arguments by role."""

    actors: tuple[Argument, ...] = ()
    recipients: tuple[Argument, ...] = ()
    places: tuple[Argument, ...] = ()
    instruments: tuple[Argument, ...] = ()


class RoleFiller:
    """Fills roles for the clauses of one report."""

    def __init__(self, parsed: ParsedReport, entities: Entities, matcher: Matcher) -> None:
        self.parsed = parsed
        self.matcher = matcher
        self.entities = entities

    def fill(self, clause: Clause, frame: Frame) -> Roles:
        """Fill the roles of a frame.

        Args:
            clause: The predicate.
            frame: Which function fills which role.

        Returns:
            The arguments by role. A symmetric frame gives joint subjects and
            "between A and B" as actors.
        """
        taken: set[int] = set()
        actors = self._parties(clause, frame.actor, taken, every="prep:between|among" in "".join(frame.actor))
        taken.update(a.head for a in actors)
        recipients = self._parties(clause, frame.recipient, taken)
        if frame.symmetric and not actors and recipients:
            actors, recipients = recipients, ()
        taken.update(a.head for a in recipients)
        places = self._places(clause, frame)
        instruments = tuple(
            a for slot in frame.instrument for a in self.matcher.fill(clause, slot) if a.head not in taken
        )
        return Roles(actors, recipients, places, instruments)

    def _parties(
        self, clause: Clause, slots: tuple[str, ...], taken: set[int], *, every: bool = False
    ) -> tuple[Argument, ...]:
        out: list[Argument] = []
        for slot in slots:
            found = [a for a in self.matcher.fill(clause, slot) if a.head not in taken and self.is_party(a)]
            out += [a for a in found if all(a.head != b.head for b in out)]
            if out and not every:
                break
        return tuple(out)

    def is_party(self, argument: Argument) -> bool:
        """Whether an argument names somebody who can act or be acted on."""
        if argument.function is Function.CLAUSE:
            return False
        token = self.parsed.doc[argument.head]
        if token.pos_ in ("VERB", "AUX", "ADP") or token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT"):
            return False
        clause = self.parsed.clause_at(argument.head)
        if (
            clause is not None
            and self.matcher.match(clause) is not None
            and not self.entities.at(argument.head)
        ):
            return False
        kind = self.entities.kind_of(argument.head)
        if argument.function is Function.MODIFIER:
            return kind in _PARTIES and (
                token.pos_ == "PROPN"
                or token.ent_type_ in ("NORP", "GPE", "ORG", "PERSON")
                or token.text[:1].isupper()
            )
        if argument.preposition in _SURE_PLACE_PREPOSITIONS and kind in ("state", "place"):
            return False
        return kind in _PARTIES

    def _places(self, clause: Clause, frame: Frame) -> tuple[Argument, ...]:
        out: list[Argument] = []
        for slot in frame.place:
            out += [a for a in self.matcher.fill(clause, slot) if self._is_place(a)]
        for a in clause.arguments:
            if a.function is Function.OBLIQUE and a.preposition in _PLACE_PREPOSITIONS and self._is_place(a):
                if (
                    a.preposition in ("from", "into", "by", "on", "over", "off", "through")
                    and self.entities.kind_of(a.head) != "place"
                ):
                    continue
                out.append(a)
        for slot in (*frame.recipient, *frame.actor):
            for party in self.matcher.fill(clause, slot):
                out += self._stray_places(party)
            out += [
                a
                for a in self.matcher.fill(clause, slot)
                if a.function is not Function.SUBJECT and self.entities.kind_of(a.head) == "place"
            ]
        unique: dict[int, Argument] = {}
        for a in out:
            unique.setdefault(a.head, a)
        return tuple(
            sorted(unique.values(), key=lambda a: (a.preposition not in _SURE_PLACE_PREPOSITIONS, a.head))
        )

    def _stray_places(self, party: Argument) -> list[Argument]:
        """Places the parser hung on a name: "met the envoy in GENEVA"."""
        nested = self.parsed.clause_at(party.head)
        if nested is None or party.function in (Function.SUBJECT, Function.POSSESSOR, Function.MODIFIER):
            return []
        return [
            a
            for a in nested.arguments
            if a.function is Function.OBLIQUE and a.preposition in ("in", "at", "near") and self._is_place(a)
        ]

    def _is_place(self, argument: Argument) -> bool:
        return self.entities.kind_of(argument.head) in ("place", "state")
