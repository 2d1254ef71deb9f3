"""Recipients that stand inside what is done: in its object, its topic, its complement.

"Condemned the decision of THE COURT" and "suspended aid to THE REBELS" name
their recipient one step below the predicate. The search goes down through
things and acts only, nearest first, and stops at the first that names a party.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from according.events.match import Matcher
from according.events.model import Entities
from according.language.model import Argument, Clause, Function, ParsedReport

# Types whose recipient may stand below the predicate, and the functions and
# prepositions of a noun that are looked into, best first.
REACHING = frozenset(
    {
        "ACCUSE",
        "AGREE",
        "AID",
        "CONCEDE",
        "COOPERATE",
        "MOBILIZE",
        "PROTEST",
        "REJECT",
        "REQUEST",
        "RETREAT",
        "SANCTION",
        "SUPPORT",
        "THREATEN",
    }
)
_FURTHER = ("for", "of", "on", "over", "toward", "towards", "between", "among", "into", "at", "about")
_ORDER = ("possessor", "object", "dative", "against", "to", "with", "from", "by", *_FURTHER)
# Of an offer or a decision that is answered, its maker comes first.
_ANSWERING = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
_ANSWER_ORDER = ("possessor", "by", "from", "object", "dative", "against", "to", "with", *_FURTHER)
# Of a grievance or a war that people rise or arm for, only whoever it is against.
_AGAINST = frozenset({"MOBILIZE", "PROTEST"})
# Types that answer or undo what was put forward or laid on somebody: "a plan DRAFTED BY the chiefs".
_UNDOING = frozenset({"CONCEDE", "REJECT", "RETREAT", "SANCTION"})
_LAID = ("on", "upon", "against", "to", "for", "at", "from")
# "Stressed the need for talks between the two": those who speak are the two.
_JOINT = frozenset({"AGREE", "SUPPORT", "COOPERATE"})
_TOPIC = frozenset({*_ORDER, "towards", "regarding", "concerning", "out of"})
_MAKERS = frozenset({"possessor", "of", "by", "from"})
_FUNCTIONS = frozenset({"possessor", "object", "dative", "modifier"})
_CLAUSES = frozenset({"AGREE", "REJECT", "THREATEN", "CONCEDE", "REQUEST"})
# Types that answer acts: the recipient is the doer of the act, which is read off that act's own roles.
_OF_ACTS = frozenset({"ACCUSE", "REQUEST"})
_DEPTH = 4


class Reach:
    """Looks below the predicates of one report."""

    def __init__(
        self, parsed: ParsedReport, entities: Entities, matcher: Matcher, is_party: Callable[[Argument], bool]
    ) -> None:
        """Prepare for one report.

        Args:
            parsed: The report.
            entities: Who the noun phrases name.
            matcher: Which predicates are acts of their own.
            is_party: Whether an argument names somebody who can act or be
                acted on.
        """
        self.parsed = parsed
        self.entities = entities
        self.matcher = matcher
        self.is_party = is_party
        self._own: frozenset[str] = frozenset()
        self._taken: frozenset[int] = frozenset()

    def recipients(
        self, clause: Clause, type_code: str, actors: tuple[Argument, ...]
    ) -> tuple[Argument, ...]:
        """Find whom an act is directed to, below its predicate.

        Args:
            clause: The predicate.
            type_code: The event type.
            actors: Who does it, and so cannot be its recipient.

        Returns:
            The nearest parties, or nothing.
        """
        if type_code not in REACHING:
            return ()
        taken = frozenset(a.head for a in actors)
        self._taken = taken
        self._own = frozenset(i for a in actors for i in self.entities.at(a.head))
        layer = [a for a in self._themes(clause, type_code) if a.head not in taken]
        seen = {clause.head, *taken}
        for depth in range(_DEPTH):
            below: list[Argument] = []
            for theme in layer:
                if theme.head in seen:
                    continue
                seen.add(theme.head)
                nested = self.parsed.clause_at(theme.head)
                if nested is None or (type_code in _OF_ACTS and self.is_act(nested)):
                    continue
                found = self._parties(nested, type_code, depth) or self._attributed(nested, type_code)
                if found:
                    return found
                below += self._below(nested)
            layer = below
        return ()

    def is_act(self, clause: Clause) -> bool:
        """Whether a predicate is an act of its own, with roles of its own."""
        linked = self.matcher.match(clause)
        return linked is not None and not linked.skip

    def _themes(self, clause: Clause, type_code: str) -> Iterator[Argument]:
        for argument in clause.arguments:
            if self._leads_on(argument) or (argument.function is Function.CLAUSE and type_code in _CLAUSES):
                yield argument

    def _below(self, nested: Clause) -> list[Argument]:
        purposes = [
            Argument(Function.CLAUSE, c.i, c.left_edge.i, c.right_edge.i + 1)
            for c in self.parsed.doc[nested.head].rights
            if c.dep_ == "advcl"
            and nested.infinitive
            and (inner := self.parsed.clause_at(c.i)) is not None
            and inner.infinitive
        ]
        return purposes + [
            a
            for a in nested.arguments
            if (a.function is Function.CLAUSE or self._leads_on(a))
            and not any(v.startswith("light:") for v in a.via)
        ]

    def _leads_on(self, argument: Argument) -> bool:
        """Whether a phrase is what the act is about, not when, where or why it is done."""
        if self.parsed.doc[argument.head].lower_ == "behalf":
            return False
        if argument.function is Function.OBLIQUE and argument.preposition not in _TOPIC:
            return False
        if argument.function not in (Function.OBJECT, Function.OBLIQUE):
            return False
        return not self.is_party(argument) and self.parsed.doc[argument.head].ent_type_ not in (
            "DATE",
            "TIME",
        )

    def _is_own_force(self, argument: Argument) -> bool:
        """Whether somebody only sends or moves his own people: "withdraw ITS TROOPS"."""
        doc = self.parsed.doc
        if argument.preposition == "of" and doc[argument.head].lemma_.lower() in (
            "troop",
            "soldier",
            "force",
            "unit",
        ):
            return not any(t.dep_ in ("amod", "poss", "nmod", "compound") for t in doc[argument.head].lefts)
        return argument.function is Function.OBJECT and (
            doc[argument.head].lemma_.lower() in self.matcher.codebook.classes.get("security_force", ())
            or any(t.tag_ == "PRP$" for t in doc[argument.head].lefts)
        )

    def _parties(self, nested: Clause, type_code: str, depth: int) -> tuple[Argument, ...]:
        led = tuple(a for a in nested.get(Function.MODIFIER) if "led" in a.via and self.is_party(a))
        if led:  # "help for the NATO-led war"
            return led
        if type_code in _AGAINST:
            order: tuple[str, ...] = ("against",)
        else:
            order = _ANSWER_ORDER if type_code in _ANSWERING else _ORDER
        goods = nested.lemma in self.matcher.codebook.classes.get("goods", ())
        if type_code not in _AGAINST and (not depth or goods):
            order = (*order, "modifier")  # "CHINESE goods" under a duty are China's
        for name in order:
            if name in ("between", "among") and type_code in _JOINT:
                continue
            if name == "at" and depth:
                continue  # "the handling of a meeting AT THE HOME of the dean"
            if name in _MAKERS and type_code in ("AGREE", "SUPPORT") and self._commits(nested, type_code):
                continue  # "repeated the commitment of the league": its own
            if name in _FUNCTIONS:
                found = nested.get(Function(name))
            else:
                found = tuple(
                    a
                    for a in nested.arguments
                    if a.preposition == name and a.function in (Function.OBLIQUE, Function.DATIVE)
                )
            found = self._others(found)
            if name == "of" and type_code == "AGREE" and not self._is_plea(nested):
                found = tuple(a for a in found if self._is_named(a))
            if name == "modifier" and type_code == "AGREE":
                found = tuple(a for a in found if self.parsed.doc[a.head].pos_ != "NOUN")
            if found:
                return found
        return ()

    def _is_named(self, argument: Argument) -> bool:
        """Whether a phrase names a body or a people, and not just people: "a list of candidates"."""
        words = self.parsed.doc[argument.start : argument.end]
        return any(t.pos_ == "PROPN" or t.ent_type_ in ("NORP", "GPE", "ORG", "PERSON") for t in words)

    def _is_plea(self, nested: Clause) -> bool:
        """Whether a noun is what somebody asked for: "agreed to the demands OF THE UNION"."""
        return nested.lemma in self.matcher.codebook.classes.get("demand_word", ())

    def _commits(self, nested: Clause, type_code: str) -> bool:
        """Whether a noun is a commitment or a kind word, which is the actor's own side's."""
        linked = self.matcher.match(nested)
        own = linked is not None and linked.type == type_code
        kind = type_code == "SUPPORT" and nested.lemma in self.matcher.codebook.classes.get(
            "good_feeling", ()
        )
        return nested.pos == "noun" and (own or kind)

    def _others(self, found: Iterable[Argument]) -> tuple[Argument, ...]:
        """Those of some phrases that name a party who is not the actor."""
        return tuple(
            a
            for a in found
            if a.head not in self._taken
            and self.is_party(a)
            and not self._is_own_force(a)
            and "copula" not in a.via
            and not any(v.startswith("light:") for v in a.via)
            and self.parsed.doc[a.head].pos_ != "PRON"
            and not self._own & set(self.entities.at(a.head))
        )

    def _attributed(self, nested: Clause, type_code: str) -> tuple[Argument, ...]:
        """Whoever made a thing, or bears it, by the participle or relative clause behind the thing.

        "Rejected a plan drafted by THE CHIEFS", "lifted the limits imposed on
        THE UNIONS".
        """
        if type_code not in _ANSWERING and type_code not in _UNDOING:
            return ()
        for child in self.parsed.doc[nested.head].rights:
            told = self.parsed.clause_at(child.i) if child.dep_ in ("acl", "relcl") else None
            if told is None or told.pos != "verb" or told.infinitive:
                continue
            made = any(a.head == nested.head for a in told.get(Function.OBJECT))
            if not made:
                continue
            makers = self._others(told.get(Function.SUBJECT)) if type_code in _ANSWERING else ()
            borne = (a for name in _LAID for a in told.get(Function.OBLIQUE, name))
            found = makers or (self._others(borne) if type_code in _UNDOING else ())
            if found:
                return found
        return ()
