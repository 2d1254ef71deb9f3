"""Parties of a mention that the report names with another mention of the same happening.

"The blast killed five" names no doer; the sentence before it does. A mention
takes parties from another one only where the words point there: a definite
noun ("these strikes"), "others", a predicate of the same stem with the same
object, or a thing or place that the report gives to somebody ("the tunnel
dug by X", "X, which holds the town"). The step's name is left in
`Draft.steps`. Every look is over a bounded number of mentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from according.events.counts import load_count_words
from according.events.linked_gatherings import is_party
from according.events.model import Draft, Entities
from according.language.model import Argument, Clause, Function, ParsedReport

_REACH = 60
_NEAR = 4
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
_LINKING = frozenset(
    {
        "AID",
        "ASSAULT",
        "COERCE",
        "MOBILIZE",
        "SANCTION",
        "RETREAT",
        "CONCEDE",
        "REJECT",
        "SUPPORT",
        "COOPERATE",
    }
)
_FORCE = frozenset({"ASSAULT", "COERCE"})
_GENERAL = frozenset({"assault", "attack", "raid"})
_TWO_SIDED = frozenset(
    {"shootout", "clash", "battle", "fight", "fighting", "firefight", "gunfight", "war", "retaliate"}
)
_VAGUE = frozenset({"violence", "incident", "operation", "conflict", "crisis"})
_NOBODY = frozenset(
    {"someone", "somebody", "anyone", "anybody", "everyone", "other", "no", "none", "nobody", "those", "who"}
)
_DETAIL = frozenset({"prep", "relcl", "acl", "npadvmod", "appos", "nmod", "poss"})
_TOLD = frozenset({"happened", "ongoing"})
_DEADLY = frozenset({"kill", "die", "perish", "injure", "wound", "hurt"})
_BLASTS = frozenset({"blast", "explosion", "detonation"})
_BLAST_MODES = frozenset({"explosives", "destroy", "suicide-attack", "aerial", "heavy-weapons"})
_STRIKE_MODES = frozenset({"aerial", "drone", "heavy-weapons"})
_MAKING = frozenset({"dig", "build", "construct"})
_USING = frozenset({"own", "use", "operate", "run"})
_PREMISES = frozenset(
    {
        "base",
        "camp",
        "building",
        "factory",
        "warehouse",
        "hideout",
        "compound",
        "workshop",
        "depot",
        "facility",
        "office",
    }
)
_HOLDING = frozenset({"hold", "control", "rule", "occupy"})
_STRONGHOLD = frozenset(
    {"stronghold", "bastion", "capital", "enclave", "redoubt", "fortress", "territory", "heartland"}
)
_OTHERS = frozenset({"other", "others", "another"})
_SAME = {"CONCEDE": "RETREAT"}
_INDEFINITE = frozenset({"a", "an", "some", "any", "another", "no", "more"})
_PARTICLES = frozenset({"over", "up", "out", "off", "down", "back"})
_PLACE_NOUNS = frozenset(
    {"area", "city", "town", "village", "territory", "building", "place", "region", "base", "site"}
)


class ReportLinker:
    """Fills parties of mentions from other mentions of one report."""

    def __init__(self, parsed: ParsedReport, entities: Entities) -> None:
        self.parsed, self.entities = parsed, entities
        self._makers: dict[str, list[Argument]] = {}
        self._holders: dict[str, list[Argument]] = {}
        for clause in parsed.clauses:
            if clause.pos == "verb":
                self._note(clause)
            elif clause.lemma in _STRONGHOLD:
                self._note_stronghold(clause)

    def link(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Fill what other mentions tell, in text order so that chains of mentions work."""
        out = list(drafts)
        for k, draft in enumerate(out):
            if draft.type not in _LINKING or "demand" in draft.steps or draft.factuality == "negated":
                continue
            before = list(reversed(out[max(k - _REACH, 0) : k]))
            after = out[k + 1 : k + 1 + _REACH]
            draft = self._back_reference(draft, before)
            draft = self._rescued(self._others(draft, before), before)
            draft = self._same_act(draft, (*before, *after))
            draft = self._made(draft)
            out[k] = self._held(draft)
        return out

    # rules ----------------------------------------------------------------

    def _back_reference(self, draft: Draft, before: Sequence[Draft]) -> Draft:
        """Read "These strikes hit ...": the strikes told before, and who made them."""
        if draft.actors:
            return draft
        nouns = [a.head for a in draft.clause.get(Function.SUBJECT)]
        if draft.clause.lemma in _DEADLY:
            nouns += [a.head for p in ("in", "during") for a in draft.clause.get(Function.OBLIQUE, p)]
        nouns += [h for h in (*draft.alternates, draft.head) if self.parsed.doc[h].pos_ == "NOUN"]
        for noun in dict.fromkeys(nouns):
            token = self.parsed.doc[noun]
            if token.pos_ != "NOUN" or not any(t.lower_ in _DEFINITE for t in token.lefts):
                continue
            if (noun == draft.head and draft.recipients) or any(t.dep_ in _DETAIL for t in token.children):
                continue  # "the attack on the port" tells of itself
            found = (
                o
                for o in before
                if self._near(token.i, o) and self._points(noun, o) and self._told_so(noun, o)
            )
            other = next(found, None)
            if other is not None and self._lends(draft, other):
                steps = (*draft.steps, f"the same {token.lower_}")
                recipients = other.recipients if noun == draft.head else draft.recipients
                mode = draft.mode
                if other.type == draft.type == "ASSAULT" and other.mode and mode in (None, "destroy"):
                    mode = other.mode  # "these strikes damaged two bridges": the means is known
                return replace(draft, actors=other.actors, recipients=recipients, mode=mode, steps=steps)
        return draft

    def _told_so(self, noun: int, other: Draft) -> bool:
        """Whether a mention tells what stands before the noun: "the MOSQUE attack" is no other attack."""
        doc = self.parsed.doc
        named = {t.lemma_.lower() for t in doc[noun].lefts if t.dep_ == "compound" and t.pos_ == "NOUN"}
        return not named or any(t.lemma_.lower() in named for t in doc[other.head].sent)

    def _lends(self, draft: Draft, other: Draft) -> bool:
        """Whether a mention has actors that another one of the same happening may take."""
        if not other.actors or "demand" in other.steps or self._share(draft.recipients, other.actors):
            return False
        if other.factuality not in _TOLD and other.factuality != draft.factuality:
            return False
        return not any(
            self.parsed.doc[a.head].lower_ in _NOBODY
            or any(t.lower_ in _NOBODY for t in self.parsed.doc[a.head].lefts)
            for a in other.actors
        )

    def _points(self, noun: int, other: Draft) -> bool:
        """Whether a definite noun may name what another mention tells."""
        lemma = self.parsed.doc[noun].lemma_.lower()
        if lemma not in _VAGUE and any(_kin(lemma, n) for n in self._names(other)):
            return True
        if other.factuality not in ("happened", "ongoing"):
            return False
        if lemma in _BLASTS:
            return other.type == "ASSAULT" and other.mode in _BLAST_MODES
        if lemma in ("strike", "bombardment"):
            return other.type == "ASSAULT" and other.mode in _STRIKE_MODES
        if lemma in ("action", "act", "move", "measure"):
            return other.type in ("ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "REJECT")
        return lemma in _GENERAL and other.type == "ASSAULT" and not self._names(other) & _TWO_SIDED

    def _others(self, draft: Draft, before: Sequence[Draft]) -> Draft:
        """Read "At least 12 OTHERS were injured": by the same attack."""
        if draft.actors or draft.type != "ASSAULT" or draft.clause.pos != "verb":
            return draft
        victims = draft.clause.get(Function.OBJECT)
        if not any(t.lower_ in _OTHERS for a in victims for t in self.parsed.doc[a.start : a.head + 1]):
            return draft
        for other in before:
            near = other.clause.sent == draft.clause.sent
            hit = other.type == "ASSAULT" and (near or self._harmed(other))
            if hit and self._lends(draft, other) and self._near(draft.head, other):
                mode = draft.mode or other.mode
                steps = (*draft.steps, "others of the same attack")
                return replace(draft, actors=other.actors, mode=mode, steps=steps)
        return draft

    def _harmed(self, draft: Draft) -> bool:
        """Whether an attack is told with somebody killed or hurt, of whom others can be told besides."""
        fields = load_count_words().fields
        heads = (draft.head, *draft.alternates, draft.clause.support)
        lemmas = {self.parsed.doc[h].lemma_.lower() for h in heads if h is not None}
        return any(fields.get(lemma) in ("killed", "injured") for lemma in lemmas)

    def _rescued(self, draft: Draft, before: Sequence[Draft]) -> Draft:
        """Read "two guards died in rescue efforts": the guards came to the aid of those hit before."""
        carrier = self.parsed.clause_at(draft.clause.support)
        if draft.type != "AID" or carrier is None or carrier.lemma not in ("die", "perish", "drown"):
            return draft
        dead = draft.actors or draft.recipients
        hit = next(
            (o for o in before if o.type == "ASSAULT" and o.recipients and self._near(draft.head, o)), None
        )
        while hit is not None and self._share(hit.recipients, dead):
            rest = before[list(before).index(hit) + 1 :]
            hit = next(
                (o for o in rest if o.type == "ASSAULT" and o.recipients and self._near(draft.head, o)), None
            )
        return replace(
            draft,
            actors=dead,
            recipients=hit.recipients if hit is not None else (),
            steps=(*draft.steps, "who died helping"),
        )

    def _same_act(self, draft: Draft, others: Sequence[Draft]) -> Draft:
        """Read "retaking the town" after "troops sought to retake the town": one act told twice."""
        weak = self._members_only(draft)
        if (draft.actors and not weak) or draft.clause.lemma in _VAGUE:
            return draft
        if not weak and not self._definite(draft):
            return draft
        for other in others:
            if _SAME.get(draft.type, draft.type) != _SAME.get(other.type, other.type):
                continue
            if not any(_kin(a, b) for a in self._names(draft) for b in self._names(other)):
                continue
            if weak and len({i for a in other.actors for i in self.entities.at(a.head)}) < 2:
                continue
            if not self._same_theme(draft, other):
                continue
            if not self._lends(draft, other):
                return draft
            if draft.recipients and other.recipients and not self._share(draft.recipients, other.recipients):
                return draft
            steps = (*draft.steps, f"as told of {other.clause.lemma}")
            recipients = draft.recipients or other.recipients
            return replace(draft, actors=other.actors, recipients=recipients, steps=steps)
        return draft

    def _made(self, draft: Draft) -> Draft:
        """Read "blew up the tunnel" where the report says who dug it."""
        themes = [t for t in self._things(draft) if len(self._distinct(self._makers.get(t, []))) == 1]
        if not themes:
            return draft
        maker = (min(self._makers[themes[0]], key=lambda a: abs(a.head - draft.head)),)
        steps = (*draft.steps, f"whose {themes[0]} it is")
        if draft.type == "ASSAULT" and not draft.recipients and not self._share(maker, draft.actors):
            return replace(draft, recipients=maker, steps=steps)
        if draft.type == "MOBILIZE" and not draft.actors and draft.clause.lemma in _MAKING:
            return replace(draft, actors=maker, steps=steps)
        return draft

    def _held(self, draft: Draft) -> Draft:
        """Read "retook the town" where the report says who holds it."""
        if draft.type not in ("COERCE", "ASSAULT") or draft.recipients:
            return draft
        if draft.type == "COERCE" and draft.mode != "seize":
            return draft
        for argument in self._theme(draft):
            for entity in self._places(argument.head):
                holders = self._distinct(self._holders.get(entity, []))
                named = [h for h in holders if self.entities.at(h.head)]
                if len(holders) == 1 and named and not self._share(holders, draft.actors):
                    steps = (*draft.steps, f"who holds {self.parsed.doc[argument.head].text}")
                    return replace(draft, recipients=tuple(holders), steps=steps)
        return draft

    # what the report says of things and places --------------------------------

    def _note(self, clause: Clause) -> None:
        subjects = [a for a in clause.get(Function.SUBJECT) if is_party(self.parsed, self.entities, a)]
        if not subjects:
            return
        for argument in clause.get(Function.OBJECT):
            token = self.parsed.doc[argument.head]
            made = clause.lemma in _MAKING or (clause.lemma in _USING and token.lemma_ in _PREMISES)
            if made and token.tag_ == "NN":
                self._makers.setdefault(token.lemma_.lower(), []).extend(subjects[:1])
            if clause.negation is not None or not self._holder(subjects[0], clause.lemma):
                continue
            places = [argument.head]
            if token.lemma_.lower() == "control":
                places = [t.i for p in token.children if p.lower_ == "of" for t in p.children]
            if clause.lemma in _HOLDING or (clause.lemma == "have" and places != [argument.head]):
                for place in places:
                    for entity in self._places(place):
                        self._holders.setdefault(entity, []).extend(subjects[:1])

    def _holder(self, argument: Argument, lemma: str) -> bool:
        """Whether a party can hold a place against others: an armed group, or a state that occupies it."""
        kind = self.entities.kind_of(argument.head)
        return kind == "group" or (kind == "state" and lemma in ("occupy", "control"))

    def _note_stronghold(self, clause: Clause) -> None:
        """Note "the town, a REBEL stronghold" and "the REBEL stronghold of the town"."""
        owners = [
            a
            for a in (*clause.get(Function.POSSESSOR), *clause.get(Function.MODIFIER))
            if self.entities.kind_of(a.head) in ("group", "organisation")
            and is_party(self.parsed, self.entities, a)
        ]
        if not owners:
            return
        token = self.parsed.doc[clause.head]
        places = [t.i for p in token.children if p.lower_ in ("of", "in") for t in p.children]
        if token.dep_ in ("appos", "attr"):
            places.append(token.head.i)
            places += [t.i for p in token.head.children if p.lower_ == "of" for t in p.children]
            places += [t.i for t in token.head.children if t.dep_ == "nsubj"]
        for place in places:
            for entity in self.entities.at(place):
                if self.entities.kind_of(place) in ("place", "state"):
                    self._holders.setdefault(entity, []).extend(owners[:1])

    # helpers --------------------------------------------------------------

    def _places(self, head: int) -> tuple[str, ...]:
        """The places a phrase names, also in "the town of X"."""
        token = self.parsed.doc[head]
        ids = self.entities.at(head)
        if token.lemma_.lower() in _PLACE_NOUNS:
            ids += tuple(
                i
                for p in token.children
                if p.lower_ == "of"
                for t in p.children
                for i in self.entities.at(t.i)
            )
        return ids

    def _near(self, token: int, other: Draft) -> bool:
        """Whether another mention stands a few sentences before a token."""
        clause = self.parsed.clause_at(token)
        return clause is not None and 0 <= clause.sent - other.clause.sent <= _NEAR

    def _names(self, draft: Draft) -> set[str]:
        """The words that name an act: its predicate and those folded into it."""
        out = {draft.clause.lemma, (draft.clause.lemma + (draft.clause.particle or ""))}
        for head in (*draft.alternates, *draft.tokens):
            out.add(self.parsed.doc[head].lemma_.lower())
        return {n for n in out if len(n) > 3}

    def _definite(self, draft: Draft) -> bool:
        """Whether a mention points to a happening told elsewhere: a gerund, or a definite noun."""
        if draft.clause.pos == "verb":
            return draft.clause.gerund or draft.clause.passive
        lefts = {t.lower_ for t in self.parsed.doc[draft.head].lefts}
        return bool(lefts & _DEFINITE) or (bool(self._theme(draft)) and not lefts & _INDEFINITE)

    def _theme(self, draft: Draft) -> list[Argument]:
        """What an act is done to or about."""
        clause = draft.clause
        found = [a for a in clause.arguments if a.function is Function.OBJECT]
        for name in ("of", "on", "against", "for"):
            found += clause.get(Function.OBLIQUE, name)
        return found

    def _things(self, draft: Draft) -> list[str]:
        """Nouns of the things an act is done to, its compounds among them: "TUNNEL detonation"."""
        found = self._theme(draft)
        if draft.clause.pos == "noun":
            found += [a for a in draft.clause.get(Function.MODIFIER) if "compound" in a.via]
        tokens = [self.parsed.doc[a.head] for a in found]
        return [t.lemma_.lower() for t in tokens if t.tag_ == "NN"]

    def _same_theme(self, draft: Draft, other: Draft) -> bool:
        """Whether two mentions are about one thing, or the first says nothing of it."""
        mine, theirs = self._theme(draft), self._theme(other)
        if not mine or self._members_only(draft):
            return True
        if not theirs:
            return False
        if self._share(mine, theirs):
            return True
        if draft.recipients:
            return False  # "five men were killed" and "two men were killed" are not one
        words = {self.parsed.doc[a.head].lemma_.lower() for a in mine}
        others = {self.parsed.doc[a.head].lemma_.lower() for a in theirs}
        return bool(words & others) or (words <= _PLACE_NOUNS and bool(others & _PLACE_NOUNS))

    def _members_only(self, draft: Draft) -> bool:
        """Whether the only actor is the people or state both sides belong to: "NORTHERN reconciliation"."""
        return (
            draft.type == "SUPPORT"
            and len(draft.actors) == 1
            and draft.actors[0].function is Function.MODIFIER
            and self.entities.kind_of(draft.actors[0].head) in ("state", "people")
        )

    def _share(self, one: Sequence[Argument], two: Sequence[Argument]) -> bool:
        if {a.head for a in one} & {a.head for a in two}:
            return True
        ids = {i for a in one for i in self.entities.at(a.head)}
        return bool(ids & {i for a in two for i in self.entities.at(a.head)})

    def _distinct(self, found: Sequence[Argument]) -> list[Argument]:
        """One argument a party."""
        out: dict[tuple[str, ...], Argument] = {}
        for a in found:
            out.setdefault(self.entities.at(a.head) or (f"#{a.head}",), a)
        return list(out.values())


def _kin(a: str, b: str) -> bool:
    """Whether two lemmas are of one stem: "liberate" and "liberation", "strike" and "airstrike"."""
    if a == b or (min(len(a), len(b)) >= 5 and (a.endswith(b) or b.endswith(a))):
        return True
    short, long = sorted((a, b), key=len)
    if len(short) >= 4 and long.startswith(short) and long[len(short) :] in _PARTICLES:
        return True  # "hand control over", "the handover"
    if long in (f"{short}ing", f"{short[:-1]}ing"):
        return True  # "fired on the crowd", "the firing"
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    return shared >= max(5, len(short) - 2)
