"""Find the words of a sentence that say where an event happened.

The nearest words win: the frame's own slot, a locative phrase of the
predicate, what was taken or struck if that is a place, a place that hangs on
one of the arguments, and at last the predicate that carries the event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Token

from according.events.model import Draft
from according.events.place_phrases import THERE, Phrase, PlacePhrases
from according.language.model import Argument, Clause, Function, Link

_SURE = frozenset(
    {"in", "at", "near", "inside", "outside", "across", "around", "throughout", "within", "along", "north of",
     "south of", "east of", "west of", "outside of", "inside of"}
)  # fmt: skip
_NAMED_ONLY = frozenset(
    {"from", "off", "over", "on", "through", "between", "by", "into", "toward", "towards"}
)
_TAKEN = frozenset({"ASSAULT", "COERCE", "RETREAT", "MOBILIZE", "AID"})
_TARGETS = frozenset({"on", "against", "at", "of", "into", "to", "from", "in", "over"})
_VERBAL = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "CONSULT", "AGREE"})
_SENDING = frozenset(
    {"deploy", "send", "dispatch", "mobilise", "mobilize", "launch"}
)  # what is sent is no place
# "Set fire to an office AFTER a killing": the office is not where the killing was.
_APART = frozenset({"after", "before", "following", "since", "over", "despite"})
_PARTIES = frozenset({"person", "group", "organisation", "people"})
_SETTINGS = frozenset({"in", "at", "on", "during", "after", "with", "against", "between"})
# "In CONNECTION with the raid in Basra": Basra is where the raid was.
_CAUSES = frozenset(
    {"connection", "relation", "response", "retaliation", "reaction", "protest", "revenge", "reprisal"}
)
_THOUGHT_OUT = frozenset({"plan", "plot", "prepare", "hatch", "order", "direct", "mastermind", "conceive"})
_INHERITING = frozenset({Link.RELATIVE, Link.PARTICIPLE, Link.PURPOSE, Link.NOMINAL, Link.PREPOSITION})


class PlaceFinder(PlacePhrases):
    """Finds the locative phrases of the events of one report."""

    def phrases(self, draft: Draft, types: Mapping[int, str]) -> Iterator[Phrase]:
        """Locative phrases of an event, best first.

        Args:
            draft: The event.
            types: Type by predicate head of all events of the report.
        """
        sent = self.parsed.doc[draft.head].sent
        means = {a.head for a in draft.instruments}  # the mine that was hit
        for phrase in self._all(draft, types):
            if sent.start <= phrase.head < sent.end and phrase.head not in means:
                yield phrase

    def _all(self, draft: Draft, types: Mapping[int, str]) -> Iterator[Phrase]:
        clause = draft.clause
        if draft.type == "ASSAULT" and any(_planned_there(clause, a) for a in clause.arguments):
            told = tuple(a for a in clause.arguments if not _planned_there(clause, a))
            clause = replace(clause, arguments=told)
        left = ("from", "out of") if draft.mode == "withdraw" else ()  # the country left is a place too
        taken = {a.head for a in (*draft.actors, *draft.recipients) if a.preposition not in left}
        yield from self._where_clause(clause)
        near = [*self._object(clause, draft), *self._own(clause, draft.type, taken)]
        near += [
            _phrase(a)
            for a in draft.places
            if self._is_place(a.head)
            and not self.compass.is_side(a.head)
            and not (draft.type == "ASSAULT" and _planned_there(draft.clause, a))
            and (
                a.preposition in _SURE
                or (a.function is Function.MODIFIER and a in clause.arguments)
                or (a.function is Function.SUBJECT and draft.mode == "seize")  # "the TOWN fell to them"
            )
        ]
        yield from (p for p in near if not self._of_topic(draft, p, types))
        yield from self._far_from(clause, draft)
        yield from self._taken(clause, draft)
        yield from self._hanging(clause, draft)
        yield from self._sides(clause)
        for head in draft.alternates:
            same = self.parsed.clause_at(head)
            if same is not None and draft.type == "ASSAULT" and same.lemma in _THOUGHT_OUT and same.passive:
                continue
            if same is not None and (draft.type not in _VERBAL or draft.type == "CONSULT"):
                yield from self._own(same, draft.type, taken)
                yield from self._hanging(same, draft)
        yield from self._meanwhile(clause, draft)
        yield from self._carried(draft, types)

    # the predicate's own phrases ------------------------------------------------

    def _own(self, clause: Clause, code: str, taken: set[int]) -> Iterator[Phrase]:
        """Locative obliques: "in Aleppo", "6 km from the border", of a meeting "to Tehran"."""
        late: list[Phrase] = []
        for a in clause.arguments:
            if a.function not in (Function.OBLIQUE, Function.DATIVE):
                continue
            if a.preposition == "to" and code == "CONSULT" and self._goes(clause) and self._is_place(a.head):
                late.append(_phrase(a))
                continue
            if a.preposition == "from" and self._is_named(a.head) and self._measured(a.start):
                yield self._widened(a.start, a.end, a.head, "from")
                continue
            if a.head in taken or (code == "SANCTION" and self.parsed.doc[a.head].lemma_ == "home"):
                continue  # "forced from their HOMES" tells no place
            if (
                a.preposition in ("from", "out of")
                and code in ("RETREAT", "CONCEDE")
                and self._is_spot(a.head)
            ):
                yield self._widened(a.start, a.end, a.head, "")  # the place that is left
                continue
            if a.preposition in _SURE and self._is_place(a.head) and not self.compass.is_side(a.head):
                inner = self._inner(a) if a.preposition == "in" else None
                if inner is not None:
                    yield inner
                yield self._widened(a.start, a.end, a.head, a.preposition or "")
            elif a.preposition in _NAMED_ONLY and self._is_spot(a.head):
                late.append(self._widened(a.start, a.end, a.head, ""))
            elif (a.preposition in ("from", "into") and code in _TAKEN and self._is_place(a.head)) or (
                a.preposition in _SURE | _NAMED_ONLY and self._is_part(a.head)
            ):
                late.append(_phrase(a))
        for phrase in (Phrase(*found) for found in self.compass.beside(clause, self._is_place)):
            yield self._from_site(phrase, phrase.start - 1)
        yield from self._behind_adverb(clause, code)
        yield from late

    def _sides(self, clause: Clause) -> Iterator[Phrase]:
        """Sides of a country: "attacked a convoy in the NORTH-WEST"."""
        for a in clause.get(Function.OBLIQUE):
            if a.preposition in (*THERE, "to") and self.compass.is_side(a.head):
                yield self._from_site(_phrase(a), a.start - 2)

    def _behind_adverb(self, clause: Clause, code: str) -> Iterator[Phrase]:
        """Places behind a small word of going: "moved back INTO VILLAGES in the south"."""
        if code not in _TAKEN:
            return
        for adverb in self.parsed.doc[clause.head].children:
            if adverb.lower_ in ("back", "deep", "deeper", "further", "farther", "away", "down", "up", "out"):
                for noun in self._children(adverb.i, ("into", "inside", "in", "from", "to", "along")):
                    if self._is_spot(noun.i):
                        yield self._extent(noun)

    def _of_topic(self, draft: Draft, phrase: Phrase, types: Mapping[int, str]) -> bool:
        """Whether a place after the object of a verb of speech is where that object is.

        "Condemned the attack in Homs", "discussed the crisis in Syria".
        """
        if draft.type not in _VERBAL or draft.clause.pos != "verb":
            return False
        doc = self.parsed.doc
        return any(
            draft.head < a.head < phrase.start
            and (
                types.get(a.head, draft.type) != draft.type or doc[a.head].lemma_.lower() in self.words.topics
            )
            for a in draft.clause.arguments
            if a.function is Function.OBJECT or a.preposition in ("for", "about", "on", "over", "of")
        )

    def _goes(self, clause: Clause) -> bool:
        """Whether the clause tells of going somewhere: "led a delegation to", "visit to"."""
        if clause.lemma in self.words.moves | self.words.journeys:
            return True
        doc = self.parsed.doc
        return any(doc[a.head].lemma_.lower() in self.words.journeys for a in clause.get(Function.OBJECT))

    def _inner(self, a: Argument) -> Phrase | None:
        """A town right before the region it is in, on another word: "a post near HYDERABAD IN SINDH"."""
        doc = self.parsed.doc
        town = doc[a.start - 2] if a.start >= 2 and doc[a.start - 1].lower_ == "in" else None
        if town is None or town.i not in self.named or not self.named & set(range(a.start, a.end)):
            return None
        if town.dep_ != "pobj" or town.head.lower_ not in THERE:
            return None
        return self._widened(town.left_edge.i, a.end, town.i, town.head.lower_)

    def _far_from(self, clause: Clause, draft: Draft) -> Iterator[Phrase]:
        """A measured distance anywhere behind an act of force: "a convoy 12 km from Bangui"."""
        if draft.type not in _TAKEN:
            return
        for token in self.parsed.doc[clause.head + 1 : clause.end]:
            if token.lower_ == "from" and self._measured(token.i + 1):
                for noun in token.children:
                    if noun.dep_ == "pobj" and self._is_named(noun.i):
                        yield self._widened(token.i + 1, noun.i + 1, noun.i, "from")

    # what was taken or struck ----------------------------------------------------

    def _taken(self, clause: Clause, draft: Draft) -> Iterator[Phrase]:
        """The object of an act of force if it is a place, also behind "control of"."""
        if draft.type == "PROTEST" and clause.pos == "verb":  # "blocked THE ROAD to the capital"
            blocked = [a for a in clause.get(Function.OBJECT) if self._is_site(a.head)]
            yield from (self._widened(a.start, a.end, a.head, "") for a in blocked)
        if draft.type not in _TAKEN and not (draft.type in ("CONCEDE", "CONSULT") and clause.pos == "verb"):
            return
        for a in clause.arguments:
            sent = a.function is Function.OBJECT and clause.lemma in _SENDING
            aimed = a.function is Function.OBLIQUE and a.preposition in _TARGETS
            if (a.function is Function.OBJECT or aimed) and not sent:
                yield from self._target(a, draft)
        for a in clause.get(Function.MODIFIER):  # "the HOMS bombing"
            if a.head in self.named and draft.type in _TAKEN and self._is_spot(a.head):
                yield _phrase(a)

    def _object(self, clause: Clause, draft: Draft) -> Iterator[Phrase]:
        """A town that was struck or taken, before the region it is in: "stormed DJIBO in the north"."""
        for a in clause.get(Function.OBJECT):
            if (
                draft.type in ("ASSAULT", "COERCE", "THREATEN")
                and a.head in self.named
                and self._is_spot(a.head)
            ):
                yield _phrase(a)

    def _target(self, a: Argument, draft: Draft) -> Iterator[Phrase]:
        lemma = self.parsed.doc[a.head].lemma_.lower()
        if lemma in self.words.holds or self._is_part(a.head):
            for inner in self._children(a.head, ("of", "over")):
                if self._is_place(inner.i):
                    yield self._extent(inner) if lemma in self.words.holds else _phrase(a)
        elif self._is_spot(a.head) and draft.type not in ("CONSULT", "CONCEDE", "AID"):
            yield self._widened(a.start, a.end, a.head, "")

    # places that hang on arguments -------------------------------------------------

    def _hanging(self, clause: Clause, draft: Draft) -> Iterator[Phrase]:
        """Places the parser hung on a name or thing: "met the envoy in GENEVA"."""
        for a in clause.arguments:
            if a.function in (Function.POSSESSOR, Function.MODIFIER, Function.CLAUSE):
                continue
            if a.function is Function.SUBJECT and clause.support_kind != "copula" and a.head < clause.head:
                continue  # the agent of a passive stands behind: "killed by rebels in MOSUL"
            if a.preposition == "in" and self.parsed.doc[a.head].lemma_.lower() in _CAUSES:
                continue
            kind = self.entities.kind_of(a.head)
            if a.function is Function.OBLIQUE and a.preposition not in _SETTINGS and kind not in _PARTIES:
                continue
            if (
                draft.type in _VERBAL
                and kind not in _PARTIES
                and a.preposition not in ("in", "at", "on", "during", "with")
            ):
                continue
            yield from self._below(self.parsed.doc[a.head], deep=kind not in _PARTIES, depth=0)

    def _below(self, token: Token, *, deep: bool, depth: int) -> Iterator[Phrase]:
        """Locative phrases under a noun, nearest first."""
        if depth > 4:
            return
        journey = token.lemma_.lower() in self.words.journeys or token.lower_ in ("access", "entry")
        for prep in token.children:
            if prep.dep_ != "prep":
                continue
            for noun in prep.children:
                if noun.dep_ != "pobj":
                    continue
                there = prep.lower_ in THERE or (journey and prep.lower_ == "to")
                if (there and self._is_place(noun.i)) or (prep.lower_ == "on" and self._is_part(noun.i)):
                    yield self._extent(noun, prep.lower_)
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "in", "at", "with", "against", "between"):
                for noun in child.children:
                    if noun.dep_ == "pobj" and not self._is_place(noun.i):
                        yield from self._below(noun, deep=deep, depth=depth + 1)
            elif child.dep_ in ("appos", "conj", "compound") and child.i > token.i:
                yield from self._below(child, deep=deep, depth=depth + 1)
            elif deep and child.dep_ in ("acl", "relcl"):
                clause = self.parsed.clause_at(child.i)
                if clause is not None and not self.speech.says(child.i):
                    yield from self._own(clause, "ASSAULT", set())

    # the predicate that carries the event -------------------------------------------

    def _where_clause(self, clause: Clause) -> Iterator[Phrase]:
        """What "where" points back to: "the town where ten died"."""
        doc = self.parsed.doc
        token = doc[clause.head]
        for _ in range(8):
            if any(c.lower_ == "where" and c.dep_ == "advmod" for c in token.children):
                top = token
                while top.dep_ == "conj" and top.head.i != top.i:
                    top = top.head
                if top.dep_ == "relcl":
                    place = top.head
                    while place.dep_ in ("conj", "appos") and self._is_place(place.head.i):
                        place = place.head
                    over = place.head.head
                    if place.dep_ == "pobj" and place.head.lower_ == "of" and self._is_place(over.i):
                        place = over
                    if self._is_named(place.i) or self._is_site(place.i):
                        yield self._extent(place)
                return
            if token.head.i == token.i or token.dep_ in ("relcl", "ccomp"):
                return
            token = token.head

    def _meanwhile(self, clause: Clause, draft: Draft) -> Iterator[Phrase]:
        """Where somebody was at the time: "was stabbed while jogging in the park"."""
        for child in self.parsed.doc[clause.head].children:
            inner = self.parsed.clause_at(child.i)
            if child.dep_ != "advcl" or inner is None or inner.marker not in ("while", "as", "when"):
                continue
            if inner.gerund or inner.progressive or child.tag_ == "VBG":
                yield from self._own(inner, draft.type, set())

    def _carried(self, draft: Draft, types: Mapping[int, str]) -> Iterator[Phrase]:
        clause = draft.clause
        apart = clause.pos == "noun" and self.parsed.doc[clause.head].head.lower_ in _APART
        for above in self.parsed.chain(clause)[:3]:
            if self.speech.says(above.head):
                return
            if above.lemma == "use" and clause.infinitive:  # "used the school to store arms"
                used = [a.head for a in above.get(Function.OBJECT) if self._is_spot(a.head)]
                yield from (self._extent(self.parsed.doc[head]) for head in used)
                return
            own = types.get(above.head)
            if own is None or own == draft.type:
                shared = own is not None and clause.link in (Link.ADVERBIAL, Link.COORDINATE)
                if clause.link not in _INHERITING and not (shared and draft.type not in _VERBAL):
                    return
                near = self._own(above, draft.type, set())
                yield from (p for p in near if not apart or self.named & set(range(p.start, p.end)))
                if own is not None and not apart:
                    yield from self._taken(above, draft)
                if own is not None or above.support_kind == "light":
                    yield from self._hanging(above, draft)
            elif own is not None:
                return
            clause = above


def _planned_there(clause: Clause, a: Argument) -> bool:
    """Whether a place is where an attack was thought out: "foiled an attack PLOTTED IN HAMBURG"."""
    behind = clause.support is not None and clause.support > clause.head
    return behind and any(v.removeprefix("light:") in _THOUGHT_OUT for v in a.via)


def _phrase(a: Argument) -> Phrase:
    return Phrase(a.start, a.end, a.head)
