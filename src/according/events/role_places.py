"""Fill the place of a trigger from the arguments of its predicate."""

from __future__ import annotations

from dataclasses import replace

from according.codebook.model import Frame
from according.events.match import Matcher
from according.events.model import Entities
from according.language.model import Argument, Clause, Function, ParsedReport

_PLACE_PREPOSITIONS = frozenset(
    {
        "in", "at", "near", "inside", "outside", "across", "around", "along", "throughout", "within",
        "off", "over", "on", "north of", "south of", "east of", "west of", "outside of", "by", "from",
        "into", "through", "between",
    }
)  # fmt: skip
SURE_PLACE_PREPOSITIONS = frozenset(
    {"in", "at", "near", "inside", "outside", "across", "around", "throughout", "within", "along"}
)


# Violence that a place before the noun suffers; a raid or a strike is rather that of whom it names.
_SCENED = frozenset(
    {
        "blast", "bombing", "explosion", "massacre", "killing", "shooting", "slaying", "riot", "unrest",
        "violence", "bloodshed", "kidnapping", "murder", "assassination", "fighting", "clash", "hijacking",
        "siege",
    }
)  # fmt: skip


class PlaceRoles:
    """Finds the places of acts of one report, and tells its parties apart."""

    def __init__(self, parsed: ParsedReport, entities: Entities, matcher: Matcher) -> None:
        self.parsed = parsed
        self.matcher = matcher
        self.entities = entities

    def places(self, clause: Clause, frame: Frame) -> tuple[Argument, ...]:
        """Where an act took place, the surest phrase first.

        Args:
            clause: The predicate.
            frame: Which function may name a place.
        """
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
                if a.function is not Function.SUBJECT
                and (self.entities.kind_of(a.head) == "place" or self.is_scene(clause, a))
            ]
        unique: dict[int, Argument] = {}
        for a in out:
            unique.setdefault(a.head, a)
        return tuple(
            sorted(unique.values(), key=lambda a: (a.preposition not in SURE_PLACE_PREPOSITIONS, a.head))
        )

    def is_scene(self, clause: Clause, argument: Argument) -> bool:
        """Whether a place before a noun of violence says where it was: "the PERU bombing"."""
        token = self.parsed.doc[argument.head]
        return (
            argument.function is Function.MODIFIER
            and clause.lemma in _SCENED
            and token.dep_ in ("compound", "nmod")
            and token.ent_type_ in ("GPE", "LOC", "FAC")
            and not token.text.isupper()
            and "." not in token.text
            and not any(t.dep_ in ("det", "amod") and t.ent_type_ == "NORP" for t in token.lefts)
            and self.entities.kind_of(argument.head) in ("place", "state")
            and not any(
                a.function is Function.OBLIQUE and a.preposition in ("of", "on", "against")
                for a in clause.arguments
            )
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

    def _joined(self, found: list[Argument]) -> list[Argument]:
        """One party out of "women and children" under one number or article."""
        out: list[Argument] = []
        for a in found:
            last = out[-1] if out else None
            token = self.parsed.doc[a.head]
            if (
                last is not None
                and "coordination" in a.via
                and token.pos_ == "NOUN"
                and self.parsed.doc[last.head].pos_ == "NOUN"
                and not any(t.dep_ in ("det", "poss", "nummod", "amod", "compound") for t in token.lefts)
                and self.entities.kind_of(a.head) == self.entities.kind_of(last.head) == "people"
            ):
                out[-1] = replace(last, end=max(last.end, a.end))
                continue
            if token.pos_ == "PRON" and any(self._is_one(a.head, b.head) for b in out):
                continue  # of "the regime's attacks and ITS siege" there is one party
            out.append(a)
        return out

    def _is_own(self, argument: Argument, actors: tuple[Argument, ...]) -> bool:
        """Whether "its" is the doer's own: "Norway closed ITS borders" is done to nobody."""
        own = self.parsed.doc[argument.head].tag_ == "PRP$"
        return own and any(self._is_one(argument.head, a.head) for a in actors)

    def _is_one(self, a: int, b: int) -> bool:
        """Whether two phrases name the same party."""
        return bool(set(self.entities.at(a)) & set(self.entities.at(b)))
