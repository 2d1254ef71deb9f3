"""Fill a trigger's roles from the arguments of its predicate.

Actor, recipient and place come from the predicate's own arguments, which the
clause layer has tied to it; a role with no argument stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from according.codebook.model import Frame
from according.events.counts import load_count_words
from according.events.match import Matcher, is_money
from according.events.model import Entities
from according.events.reach import Reach
from according.events.role_places import SURE_PLACE_PREPOSITIONS
from according.events.role_tests import PREMISES, RoleTests
from according.language.model import Argument, Clause, Function, ParsedReport

_INTENSE = frozenset(
    {
        "fierce", "heavy", "deadly", "intense", "sporadic", "renewed", "fresh", "bloody", "violent",
        "ongoing", "isolated", "bitter", "massive", "huge", "sustained", "relentless", "overnight",
    }
)  # fmt: skip
_PARTIES = frozenset({"person", "group", "state", "organisation", "people"})
_FORCE = frozenset({"ASSAULT", "MOBILIZE", "COERCE"})
# Types whose object is mostly what somebody else did, said or asked.
_ANSWERING = frozenset({"REJECT", "ACCUSE", "SUPPORT", "REQUEST", "SANCTION", "CONCEDE", "PROTEST"})
# Types whose object goes over to somebody, and words inside an object that ask for a "to" of their own.
_GIVING = frozenset({"AID", "RETREAT", "COOPERATE", "CONCEDE"})
_ASKS_TO = frozenset(
    {
        "access", "add", "answer", "apply", "attach", "belong", "bring", "come", "connect", "deliver",
        "devote", "due", "end", "entitle", "escape", "exile", "export", "flee", "fly", "get", "give",
        "go", "grant", "hand", "help", "lead", "limit", "link", "loan", "loyal", "move", "offer", "owe",
        "pay", "prior", "promise", "refer", "relate", "report", "respond", "return", "road", "route",
        "sell", "send", "ship", "solution", "supply", "threat", "tie", "transfer", "travel", "trip",
        "turn", "visit", "way", "witness",
    }
)  # fmt: skip
_THEMES = ("object", "prep:on|against|at|to|of|for|with|from|over")
_OWNER = ("possessor", "modifier", "of", "for")
_MAKER = ("possessor", "by", "from", "of", "against", "with", "to", "for", "on", "modifier")
# Types that have a side and another side: "fighting between A and B".
_FACING = frozenset({"ASSAULT", "CONSULT"})
_ASKING = frozenset({"REQUEST", "PROTEST", "REJECT"})
# What is done to whoever stands behind "of": "condemned the treatment of REFUGEES" blames no refugees.
_SUFFERED = frozenset(
    {
        "treatment", "mistreatment", "ill-treatment", "plight", "suffering", "neglect", "handling",
        "displacement", "exclusion",
    }
)  # fmt: skip
_ACCORDS = frozenset(
    {"pact", "deal", "accord", "treaty", "agreement", "protocol", "charter", "truce", "ceasefire"}
)
_VOICING = frozenset({"express", "convey", "voice", "send", "extend", "offer", "relay", "share", "transmit"})
_DOER = ("possessor", "by", "from", "modifier")
_FUNCTION_NAMES = frozenset({"possessor", "subject", "modifier"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Arguments by role."""

    actors: tuple[Argument, ...] = ()
    recipients: tuple[Argument, ...] = ()
    places: tuple[Argument, ...] = ()
    instruments: tuple[Argument, ...] = ()


class RoleFiller(RoleTests):
    """Fills roles for the clauses of one report."""

    def __init__(self, parsed: ParsedReport, entities: Entities, matcher: Matcher) -> None:
        super().__init__(parsed, entities, matcher)
        self.reach = Reach(parsed, entities, matcher, self.is_party)

    def fill(self, clause: Clause, frame: Frame, type_code: str = "") -> Roles:
        """Fill the roles of a frame.

        Args:
            clause: The predicate.
            frame: Which function fills which role.
            type_code: The event type; where an act of force comes "from" a
                country is a place, not its doer.

        Returns:
            The arguments by role. A symmetric frame gives joint subjects and
            "between A and B" as actors.
        """
        taken: set[int] = set()
        every = "prep:between|among" in "".join(frame.actor) or frame.actor == ("subject", "object")
        actors = self._parties(clause, frame.actor, taken, every=every)
        actors = tuple(a for a in actors if not self._is_means(a.head))
        actors = self._own_makers(clause, actors) or actors
        others = type_code == "PROTEST" and clause.pos == "noun" and self._is_others(clause)
        if others:
            actors = tuple(a for a in actors if self._protests(clause, a))
        if not actors and not others:
            actors = self._agents(clause, frame.actor) or self._low_agents(clause, frame.actor, type_code)
        if not actors and type_code in _FORCE and clause.pos == "verb":
            actors = self._in_operation(clause)
        if type_code in _FORCE:
            actors = tuple(
                a
                for a in actors
                if not (
                    a.function is Function.MODIFIER and self.parsed.doc[a.head].lemma_.lower() in PREMISES
                )
                if a.preposition != "from" or self.entities.kind_of(a.head) not in ("state", "place")
                if not self.is_scene(clause, a)
            )
        looked_into = tuple(a for a in actors if self._is_looked_into(clause, a, type_code))
        actors = tuple(a for a in actors if a not in looked_into)
        taken.update(a.head for a in actors)
        recipients = looked_into or self._parties(clause, frame.recipient, taken, doers=actors)
        if type_code in _FORCE and recipients and all(self._is_premises(a.head) for a in recipients):
            recipients = (
                self._owners(clause, frame.recipient, taken, ("possessor", "of", "for"), houses=True)
                or recipients
            )
        if not recipients and type_code in _FORCE:
            recipients = self._owners(clause, frame.recipient, taken, _OWNER)
        elif not recipients and type_code in _ANSWERING and frame.actor != ("speaker",):
            recipients = self._owners(clause, _THEMES, taken, _MAKER)
        if not recipients and type_code in _GIVING:
            recipients = self._strayed(clause, frame, taken)
        if not recipients and not self._is_harmed(clause, frame, type_code):
            recipients = self.reach.recipients(clause, type_code, actors)
        if type_code in _ASKING:
            recipients = tuple(a for a in recipients if not self._is_freed(clause, a))
        if type_code == "CONSULT":
            recipients = tuple(a for a in recipients if not self._is_site(a.head))
        if frame.symmetric and not actors and all(a.preposition != "against" for a in recipients):
            actors, recipients = recipients, ()
        if frame.symmetric and type_code in _FACING and not recipients:
            actors, recipients = _facing(actors)
        taken.update(a.head for a in recipients)
        places = self.places(clause, frame)
        instruments = tuple(
            a for slot in frame.instrument for a in self.matcher.fill(clause, slot) if a.head not in taken
        )
        return Roles(actors, recipients, places, instruments)

    def _is_harmed(self, clause: Clause, frame: Frame, type_code: str) -> bool:
        """Whether whoever stands below it suffered: "a violation of OUR borders", "vowed to avenge HER"."""
        if type_code == "ACCUSE":
            return frame.actor == ("speaker",)
        return type_code == "THREATEN" and any(
            self.parsed.doc[a.head].lemma_.lower() == "avenge" for a in clause.get(Function.CLAUSE)
        )

    def _parties(
        self,
        clause: Clause,
        slots: tuple[str, ...],
        taken: set[int],
        *,
        every: bool = False,
        doers: tuple[Argument, ...] = (),
    ) -> tuple[Argument, ...]:
        out: list[Argument] = []
        for slot in slots:
            found = [
                a
                for a in self.matcher.fill(clause, slot)
                if a.head not in taken
                and not (
                    slot == "prep:for.subject" and "gerund" in a.via
                )  # "a call for sending arms" asks nobody
                and not self._is_own(a, doers)
                and (self.is_party(a, placed=slot.endswith("prep:in")) or self._is_victim(a, clause))
            ]
            out += [a for a in found if all(a.head != b.head for b in out)]
            if out and not every:
                break
        if clause.lemma in load_count_words().fields:  # "74 people, including eight guests, were killed"
            out = [a for n, a in enumerate(out) if not n or "including" not in a.via]
        return tuple(self._joined(out))

    def _is_victim(self, argument: Argument, clause: Clause) -> bool:
        """Whether a noun of unknown kind is a person since only people are killed, hurt or arrested."""
        return (
            argument.function is Function.OBJECT
            and clause.pos == "verb"
            and (
                clause.lemma in self.matcher.codebook.classes.get("done_to_people", ())
                or (
                    clause.lemma in load_count_words().fields
                    and clause.lemma not in ("seize", "hold", "capture", "claim")
                )
            )
            and self.parsed.doc[argument.head].pos_ in ("NOUN", "PROPN", "NUM")
            and self.parsed.doc[argument.head].ent_type_ not in ("DATE", "TIME", "MONEY", "PERCENT")
            and self.entities.kind_of(argument.head) == "unknown"
            and not self._is_event_name(argument.head)
        )

    def _owners(
        self,
        clause: Clause,
        slots: tuple[str, ...],
        taken: set[int],
        order: tuple[str, ...],
        *,
        houses: bool = False,
    ) -> tuple[Argument, ...]:
        """Parties behind a thing that is acted on.

        Of a thing struck, its owner: "a REBEL position". Of an appeal, plan
        or call that is refused, backed or condemned, its maker: "rejected an
        appeal by THE WIDOWS".
        """
        for slot in slots:
            for argument in self.matcher.fill(clause, slot):
                nested = self.parsed.clause_at(argument.head)
                if nested is None or argument.function is Function.CLAUSE or argument.head in taken:
                    continue
                if self.entities.kind_of(argument.head) in _PARTIES and not houses:
                    continue
                if order is _MAKER and clause.lemma in _VOICING and nested.pos == "noun":
                    continue  # "conveyed the sympathy of THE PEOPLE": it is theirs
                blamed = order is _MAKER and (
                    nested.lemma in _SUFFERED or self._is_other_blow(nested, clause)
                )
                found = self._behind(nested, taken, _DOER if blamed else order)
                if found:
                    return tuple(found)
        return ()

    def _strayed(self, clause: Clause, frame: Frame, taken: set[int]) -> tuple[Argument, ...]:
        """The receiver whose "to" the parser hung inside the thing given.

        "Returned the ring stolen from the dean to THE MUSEUM": the last "to"
        below the object that no word there asks for.
        """
        if not any("to" in slot[5:].split("|") for slot in frame.recipient if slot.startswith("prep:")):
            return ()
        doc = self.parsed.doc
        for argument in reversed(clause.get(Function.OBJECT)):
            for token in reversed(list(doc[argument.head].subtree)):
                above = token.head
                if token.lower_ != "to" or token.dep_ not in ("prep", "dative") or token.i < argument.head:
                    continue
                if (
                    above.i == argument.head
                    or above.lemma_.lower() in _ASKS_TO
                    or above.pos_ in ("ADJ", "ADV")
                ):
                    return ()
                for child in token.children:
                    found = Argument(
                        Function.OBLIQUE, child.i, child.left_edge.i, child.i + 1, "to", ("strayed",)
                    )
                    if child.dep_ == "pobj" and child.i not in taken and self.is_party(found):
                        return (found,)
                return ()
        return ()

    def _own_makers(self, clause: Clause, actors: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """Who does what a noun says by its own "by", where the verb that carries it only has an onlooker.

        "The king attended a rally BY WORKERS".
        """
        if clause.pos != "noun" or not actors or not any(v.startswith("light:") for v in actors[0].via):
            return ()
        support = self.parsed.clause_at(clause.support)
        if support is None or support.passive:
            return ()
        return tuple(a for a in clause.get(Function.OBLIQUE, "by") if self.is_party(a))

    def _is_others(self, clause: Clause) -> bool:
        """Whether a protest is one its verb's subject need take no part in: "to end PROTESTS"."""
        support = self.parsed.clause_at(clause.support)
        if support is None or clause.get(Function.POSSESSOR):
            return False
        return clause.support_kind == "result" or support.lemma in ("end", "stop", "halt")

    def _protests(self, clause: Clause, argument: Argument) -> bool:
        """Whether an argument takes part in it all the same: "NURSES ended a strike"."""
        if argument.function is not Function.SUBJECT:
            return True
        killed = clause.support_kind == "result"  # "soldiers killed two IN PROTESTS"
        return not killed and self.entities.kind_of(argument.head) in ("people", "group")

    def _is_force(self, nested: Clause) -> bool:
        """Whether a noun is an act of force."""
        linked = self.matcher.match(nested)
        return linked is not None and linked.type in _FORCE

    def _agents(self, clause: Clause, slots: tuple[str, ...]) -> tuple[Argument, ...]:
        """Who is behind a subject that is a thing: "GOVERNMENT missiles struck"."""
        for slot in slots:
            for argument in self.matcher.fill(clause, slot):
                nested = self.parsed.clause_at(argument.head)
                if nested is None or argument.function is not Function.SUBJECT:
                    continue
                found = self._behind(
                    nested, {argument.head}, ("possessor", "subject", "by", "from", "modifier")
                )
                if not found and self._is_means(argument.head):  # "ITS jets struck a camp"
                    found = [a for a in nested.get(Function.POSSESSOR) if self.entities.at(a.head)]
                if found:
                    return tuple(found)
        return ()

    def _in_operation(self, clause: Clause) -> tuple[Argument, ...]:
        """Whose operation an act of force was part of: "shells were lobbed during the POLICE action"."""
        operations = self.matcher.codebook.classes.get("force_operation", ())
        for argument in clause.get(Function.OBLIQUE):
            nested = self.parsed.clause_at(argument.head)
            if nested is None or argument.preposition not in ("in", "during"):
                continue
            if nested.lemma in operations and not self._is_force(nested):
                return tuple(self._behind(nested, {argument.head}, _DOER))
        return ()

    def _low_agents(self, clause: Clause, slots: tuple[str, ...], type_code: str) -> tuple[Argument, ...]:
        """Read "the killings of villagers BY POLICE" where the parser hung the doer on something near."""
        if clause.pos != "noun" or type_code not in _FORCE or "by" not in "".join(slots):
            return ()
        for argument in clause.get(Function.OBLIQUE):
            nested = self.parsed.clause_at(argument.head)
            if nested is None or argument.preposition not in ("of", "on", "against", "in", "at"):
                continue
            if self.matcher.match(nested) is None:
                found = tuple(a for a in nested.get(Function.OBLIQUE, "by") if self.is_party(a))
                if found:
                    return found
        governor = self.parsed.clause_at(clause.governor)
        if governor is None or governor.pos != "verb" or governor.passive:
            return ()
        objects = {a.head for a in governor.get(Function.OBJECT)}
        return tuple(
            a
            for a in governor.get(Function.OBLIQUE, "by")
            if clause.head in objects and a.head > clause.head and self.is_party(a)
        )

    def _behind(self, nested: Clause, taken: set[int], order: tuple[str, ...]) -> list[Argument]:
        """The parties of a noun by the first of these functions or prepositions that has one."""
        for name in order:
            found = (
                nested.get(Function(name)) if name in _FUNCTION_NAMES else nested.get(Function.OBLIQUE, name)
            )
            parties = [
                a
                for a in found
                if a.head not in taken
                and (self.is_party(a) or (order is _OWNER and self._dwells(a)))
                and "copula" not in a.via
            ]
            parties = [a for a in parties if self.parsed.doc[a.head].pos_ != "PRON" or name == "subject"]
            if name in ("subject",):
                parties = [a for a in parties if any(v.startswith("light:") for v in a.via)]
            if name == "modifier":  # "a PRO-FRENCH town" is not the French's
                parties = [a for a in parties if not self._is_prefixed(a.head)]
            if name == "modifier":  # of "SYRIAN government warplanes" the first says whose
                parties = [a for n, a in enumerate(parties) if not n or "coordination" in a.via]
            if parties:
                return parties
        return []

    def is_party(self, argument: Argument, *, placed: bool = False) -> bool:
        """Whether an argument names somebody who can act or be acted on.

        Args:
            argument: The argument.
            placed: Whether a country after "in" is meant as its government,
                as in "sought asylum in Kenya".
        """
        token = self.parsed.doc[argument.head]
        if argument.function is Function.CLAUSE or token.lower_ in ("who", "whoever", "which", "what"):
            return False
        if any(r.kind == "dateline" and r.start <= token.idx < r.end for r in self.parsed.report.regions[:8]):
            return False
        if (
            token.pos_ in ("VERB", "AUX", "ADP")
            or is_money(token)
            or token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT")
        ):
            return False
        if token.lemma_.lower() in self.matcher.codebook.parties:
            return True
        if argument.function is Function.MODIFIER and token.lower_ in _INTENSE:
            return False  # "FIERCE clashes" at the head of a sentence looks like a name
        counted = self.matcher.counted(argument.head)
        if counted and all(self._is_means(i) for i in counted):
            return False  # "shot down MOST OF THE DRONES"
        if token.pos_ == "NOUN" and token.lemma_.lower() in _ACCORDS:
            return False  # "the grain pact" is no pact that acts, as "the Warsaw Pact" does
        if argument.preposition in ("from", "in", "into", "to", "of") and token.lower_ in ("office", "power"):
            return False  # "removed from office"
        if argument.preposition == "in" and token.lower_ in ("all", "total"):
            return False
        if token.lower_ in ("other", "another") and argument.function is not Function.OBJECT:
            before = self.parsed.doc[max(token.i - 1, 0)].lower_
            if before in ("each", "one") and argument.preposition not in (
                "with",
                "against",
                "at",
                "to",
                "on",
            ):
                return False  # "miles from each other"
        kind = self.entities.kind_of(argument.head)
        if kind == "unknown" and self._is_prefixed(argument.head):
            return False  # "anti-Semitism"
        if token.pos_ == "PROPN" and kind in ("unknown", "place") and _names_someone(argument, kind):
            return kind == "place" or argument.preposition is None or not self._is_event_name(argument.head)
        if argument.function is Function.MODIFIER:
            if token.lemma_.lower() == "personnel":
                return False  # a "personnel carrier"
            return kind in _PARTIES and (
                token.pos_ == "PROPN"
                or token.ent_type_ in ("NORP", "GPE", "ORG", "PERSON")
                or token.text[:1].isupper()
                or (token.pos_ == "NOUN" and kind in ("organisation", "group", "state"))
            )
        if not placed and argument.preposition in SURE_PLACE_PREPOSITIONS and kind in ("state", "place"):
            return False
        return kind in _PARTIES


def _facing(actors: tuple[Argument, ...]) -> tuple[tuple[Argument, ...], tuple[Argument, ...]]:
    """Part "between A and B" into one side and the other."""
    if len({a.head for a in actors}) < 2 or any(a.preposition not in ("between", "among") for a in actors):
        return actors, ()
    return actors[:1], actors[1:]


def _names_someone(argument: Argument, kind: str) -> bool:
    """Whether a name of unknown kind, or of a place, stands where only somebody who acts can stand."""
    if argument.function is Function.SUBJECT or (kind == "place" and argument.function is Function.DATIVE):
        return True
    return kind == "unknown" and (
        argument.function in (Function.OBJECT, Function.DATIVE)
        or argument.preposition in ("against", "by", "with", "from", "to")
    )
