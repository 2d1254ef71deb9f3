"""From clauses to drafts of mentions: trigger, roles, factuality."""

from __future__ import annotations

from dataclasses import replace

from according.codebook.link import Codebook
from according.events.factuality import Factuality
from according.events.match import Matcher, speakers
from according.events.model import Draft, Entities, SkippedDraft, Speech
from according.events.roles import RoleFiller, Roles
from according.language.model import Argument, Clause, Function, Link, ParsedReport

VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_DEONTIC = frozenset({"must", "should", "ought", "have to"})
_COMPEL = frozenset({"force", "make", "compel", "oblige", "coerce", "pressure"})
_THREATENED = {
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
    "COERCE": "restrict",
    "SANCTION": "relations",
    "PROTEST": "restrict",
}
_SUICIDE = frozenset({"kill", "hang", "shoot", "drown", "poison", "stab"})
_UNCODED = frozenset({"boilerplate", "byline"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
_ABOUT = frozenset({"of", "into", "on", "against", "for"})
MODE_OF_WANTED = {
    "AID": "assist",
    "COOPERATE": "assist",
    "SUPPORT": "assist",
    "RETREAT": "yield",
    "CONCEDE": "yield",
    "CONSULT": "meet",
    "REQUEST": "assist",
}


def mode_of_wanted(wanted: Draft) -> str | None:
    """The mode of a demand or refusal, by what is demanded: to go is a change, to let go a yielding."""
    return "change" if wanted.mode == "resign" else MODE_OF_WANTED.get(wanted.type)


class Drafter:
    """Finds the drafts of one report."""

    def __init__(self, parsed: ParsedReport, codebook: Codebook, entities: Entities, speech: Speech) -> None:
        self.parsed = parsed
        self.codebook = codebook
        self.entities = entities
        self.speech = speech
        self.matcher = Matcher(parsed, codebook, entities, speech)
        self.roles = RoleFiller(parsed, entities, self.matcher)
        self.factuality = Factuality(parsed, speech.says)
        self.skipped: list[SkippedDraft] = []

    def find(self) -> list[Draft]:
        """Every predicate on which a trigger fires, before folding, in text order."""
        out: list[Draft] = []
        for clause in self.parsed.clauses:
            if self._uncoded(clause.head):
                continue
            linked = self.matcher.match(clause)
            if linked is None:
                continue
            if linked.skip:
                reason = linked.trigger.id.rsplit(".", 1)[-1]
                self.skipped.append(SkippedDraft(clause.head, linked.type, reason))
                continue
            roles = self._claimed(clause, self.roles.fill(clause, linked.frame, linked.type))
            draft = Draft(
                clause,
                linked,
                linked.type,
                linked.trigger.mode,
                self._trigger_tokens(clause, linked.trigger.lemma),
                roles.actors,
                roles.recipients,
                roles.places,
                roles.instruments,
            )
            empty = self._empty(draft)
            if empty is not None:
                self.skipped.append(SkippedDraft(clause.head, linked.type, empty))
                continue
            out.append(draft)
        return out

    def _claimed(self, clause: Clause, roles: Roles) -> Roles:
        """Responsibility is that of whoever claims or denies it."""
        governor = self.parsed.clause_at(clause.governor)
        if clause.lemma != "responsibility" or roles.actors or governor is None or governor.pos != "verb":
            return roles
        subjects = tuple(a for a in governor.get(Function.SUBJECT) if self.roles.is_party(a))
        return replace(roles, actors=subjects)

    def with_factuality(self, drafts: list[Draft]) -> list[Draft]:
        """Read the factuality of each draft."""
        read = {d.head: self.factuality.read(d.clause, verbal=d.type in VERBAL) for d in drafts}
        types = {d.head: d.type for d in drafts}
        carriers = {d.clause.support: d.head for d in drafts if d.clause.support is not None}
        out = []
        for d in drafts:
            status = read[d.head]
            told = d.clause
            if told.pos == "noun" and told.support_kind == "light":
                told = self.parsed.clause_at(told.support) or told
            governor = told.governor
            if d.type in VERBAL and told.link is Link.PURPOSE and governor is not None:
                # the purpose of a call or meeting that took place was met
                carried = carriers.get(governor, governor)
                if types.get(carried) == "CONSULT":
                    status = read[carried]
            out.append(replace(d, factuality=status))
        return out

    def demands(self, drafts: list[Draft]) -> list[Draft]:
        """REQUESTs made by "must" and "should" in somebody's mouth.

        The act that is asked for is a draft of its own; the demand stands on
        the deontic word, with the speaker as actor.
        """
        out: list[Draft] = []
        if "REQUEST" not in self.codebook.types:
            return out
        for draft in drafts:
            carrier = draft.clause
            if carrier.pos == "noun" and carrier.support is not None:
                carrier = self.parsed.clause_at(carrier.support) or carrier
            clause = self._modal_clause(carrier)
            if clause is None or clause.negation is not None:
                continue
            speaker = self.speech.speaker(clause.head)
            if speaker is None or any(self._same(speaker, a.head) for a in draft.actors):
                continue
            token = self._modal_token(clause)
            if self._voiced_in_protest(clause, drafts):
                continue
            if token is None or any(token in d.tokens for d in out):
                continue
            subject = clause.get(Function.OBJECT if clause.passive else Function.SUBJECT)
            recipients = () if clause.passive else tuple(a for a in subject if self.roles.is_party(a))
            out.append(
                replace(
                    draft,
                    clause=replace(clause, head=token),
                    type="REQUEST",
                    mode=mode_of_wanted(draft),
                    tokens=(token,),
                    actors=speakers(self.parsed, speaker),
                    recipients=recipients,
                    places=(),
                    instruments=(),
                    alternates=(draft.head,),
                    factuality="happened",
                    steps=("demand",),
                )
            )
        return [*out, *self._bare_demands({d.head for d in out})]

    def _bare_demands(self, made: set[int]) -> list[Draft]:
        """REQUESTs made by "must" in somebody's mouth of a party whose act is of no type: "must hurry"."""
        out: list[Draft] = []
        for clause in self.parsed.clauses:
            if clause.pos != "verb" or clause.modal not in _DEONTIC or self._uncoded(clause.head):
                continue
            found = self.codebook.triggers_for(clause.modal, "verb")
            if not found or clause.negation is not None or clause.passive or clause.perfect:
                continue
            token, speaker = self._modal_token(clause), self.speech.speaker(clause.head)
            if token is None or token in made or speaker is None or clause.link is Link.RELATIVE:
                continue
            asked = tuple(a for a in clause.get(Function.SUBJECT) if self.roles.is_party(a))
            if not asked or any(self._same(speaker, a.head) for a in asked) or not self._addressed(asked):
                continue
            out.append(
                Draft(
                    clause=replace(clause, head=token),
                    linked=found[0],
                    type=found[0].type,
                    mode=found[0].trigger.mode,
                    tokens=(token,),
                    actors=speakers(self.parsed, speaker),
                    recipients=asked,
                    alternates=(clause.head,),
                    factuality="happened",
                    steps=("demand",),
                )
            )
        return out

    def _addressed(self, asked: tuple[Argument, ...]) -> bool:
        """Whether those of whom something is demanded are named, or a definite state, body or group."""
        for a in asked:
            token, kind = self.parsed.doc[a.head], self.entities.kind_of(a.head)
            definite = any(t.lower_ in _DEFINITE or t.dep_ == "poss" for t in token.lefts)
            if token.pos_ == "PROPN" or (definite and kind in ("state", "organisation", "group")):
                return True
        return False

    def _voiced_in_protest(self, clause: Clause, drafts: list[Draft]) -> bool:
        """Whether demonstrators demand it: "staged rallies, SAYING he must go"."""
        for outer in self.parsed.chain(clause)[:3]:
            if outer.gerund and outer.link is Link.ADVERBIAL and outer.marker is None:
                return any(
                    d.type == "PROTEST" and outer.governor in (d.head, d.clause.support) for d in drafts
                )
        return False

    def defiance(self, drafts: list[Draft]) -> list[Draft]:
        """Refusals made by "nobody can force us to ..." in somebody's mouth."""
        out: list[Draft] = []
        if "REJECT" not in self.codebook.types:
            return out
        for draft in drafts:
            governor = self.parsed.clause_at(draft.clause.governor)
            if (
                draft.clause.link is not Link.COMPLEMENT
                or governor is None
                or governor.lemma not in _COMPEL
                or governor.negation is None
                or governor.modal not in ("can", "could", "will", "would", "must")
            ):
                continue
            speaker = self.speech.speaker(governor.head)
            if speaker is None or any(governor.head in d.tokens for d in out):
                continue
            out.append(
                replace(
                    draft,
                    clause=governor,
                    type="REJECT",
                    mode=mode_of_wanted(draft),
                    tokens=(governor.head,),
                    actors=speakers(self.parsed, speaker),
                    recipients=(),
                    places=(),
                    instruments=(),
                    alternates=(draft.head,),
                    factuality="happened",
                    steps=("demand", "defiance"),
                )
            )
        return out

    def filled(self, drafts: list[Draft]) -> list[Draft]:
        """Speech acts whose parties stand in what is asked, promised or blamed.

        A demand that names no one goes to whoever is to act; a promise goes
        to whoever is to receive; a deontic or evaluative word is its
        speaker's.
        """
        by_head = {d.head: d for d in drafts}
        out = []
        for draft in drafts:
            if draft.type in ("REQUEST", "ACCUSE", "AGREE", "THREATEN", "REJECT") and not draft.recipients:
                inner = self._inner(draft, by_head)
                if inner is not None:
                    found = inner.actors if draft.type in ("REQUEST", "ACCUSE") else inner.recipients
                    mine = {a.head for a in draft.actors}
                    found = tuple(
                        a
                        for a in found
                        if a.function is not Function.OBJECT or draft.type not in ("REQUEST", "ACCUSE")
                        if a.head not in mine and not any(self._same(a.head, m) for m in mine)
                    )
                    draft = replace(draft, recipients=found)
            if draft.type == "REJECT" and draft.clause.lemma == "be" and not draft.recipients:
                about = [
                    d for d in drafts if d.clause.governor == draft.head and d.clause.link is Link.SUBJECT
                ]
                draft = replace(draft, recipients=about[0].recipients if about else ())
            draft = self._exercised_together(draft)
            outer = by_head.get(draft.clause.governor) if draft.clause.governor is not None else None
            if outer is not None and _is_sought(draft, outer):
                draft = replace(
                    draft,
                    actors=outer.recipients,
                    recipients=outer.actors,
                    factuality="wanted",
                    steps=(*draft.steps, "asked for"),
                )
            if draft.type in ("REQUEST", "ACCUSE") and not draft.actors and draft.clause.pos == "adj":
                speaker = self.speech.speaker(draft.head)
                if speaker is not None:
                    draft = replace(draft, actors=speakers(self.parsed, speaker))
            out.append(draft)
        return out

    def _exercised_together(self, draft: Draft) -> Draft:
        """Read exercises of several states as cooperation; those of one are a show of force."""
        drill = draft.clause.lemma.split()[-1] in self.codebook.classes.get("exercise_word", ())
        if draft.type != "MOBILIZE" or not drill or "COOPERATE" not in self.codebook.types:
            return draft
        doc = self.parsed.doc
        states = {
            t.lower_
            for a in (*draft.actors, *draft.recipients)
            for t in doc[a.start : a.end]
            if t.ent_type_ in ("NORP", "GPE") and self.entities.kind_of(t.i) in ("state", "people", "place")
        }
        parties = {self.entities.at(a.head) for a in (*draft.actors, *draft.recipients)} - {()}
        if len(states) < 2 and len(parties) < 2:
            return draft
        return replace(draft, type="COOPERATE", mode=None, steps=(*draft.steps, "exercised together"))

    def _inner(self, draft: Draft, by_head: dict[int, Draft]) -> Draft | None:
        """The act that a speech act is about: its complement, object or what that object names."""
        seen: list[int] = []
        for argument in draft.clause.arguments:
            if argument.function in (Function.CLAUSE, Function.OBJECT, Function.OBLIQUE):
                if argument.head in by_head:
                    return by_head[argument.head]
                seen.append(argument.head)
        for head in seen:
            nested = self.parsed.clause_at(head)
            for argument in nested.arguments if nested is not None else ():
                if (
                    argument.function in (Function.CLAUSE, Function.OBLIQUE, Function.OBJECT)
                    and argument.head in by_head
                ):
                    return by_head[argument.head]
        return None

    def threats(self, drafts: list[Draft]) -> list[Draft]:
        """Coercive acts announced with a condition are threats: "will strike unless ..."."""
        out = []
        by_head = {d.head: d for d in drafts}
        for draft in drafts:
            if self._warns_of_others(draft, by_head):
                self.skipped.append(SkippedDraft(draft.head, draft.type, "warning of what others do"))
                continue
            mode = _THREATENED.get(draft.type)
            if (
                mode is not None
                and draft.factuality in ("planned", "possible")
                and self._conditional(draft.clause)
            ):
                mode = "arrest" if draft.mode == "arrest" else "expel" if draft.mode == "expel" else mode
                draft = replace(
                    draft,
                    type="THREATEN",
                    mode=mode,
                    factuality="happened",
                    steps=(*draft.steps, "conditional threat"),
                )
            out.append(draft)
        return out

    def _conditional(self, clause: Clause) -> bool:
        carrier = self.parsed.clause_at(clause.support) if clause.pos == "noun" else clause
        if carrier is None or carrier.modal not in ("will", "would", "may", "going to", "shall"):
            return False
        return any(
            child.dep_ == "advcl" and any(g.lower_ in ("unless", "if") for g in child.children)
            for child in self.parsed.doc[carrier.head].children
        )

    def _warns_of_others(self, draft: Draft, by_head: dict[int, Draft]) -> bool:
        """Whether somebody only warns of what others will do: "warned that REBELS would attack"."""
        if draft.type != "THREATEN" or draft.clause.lemma != "warn":
            return False
        for argument in draft.clause.get(Function.CLAUSE):
            act = by_head.get(argument.head)
            if act is None or (act.clause.tense is None and act.clause.modal is None):
                continue
            if act.type in _THREATENED and act.actors:
                return not any(self._same(a.head, b.head) for a in act.actors for b in draft.actors)
        return False

    def _modal_clause(self, clause: Clause) -> Clause | None:
        if clause.modal in _DEONTIC:
            return clause
        for outer in self.parsed.chain(clause)[:2]:
            if clause.link not in (Link.COMPLEMENT, Link.COORDINATE, Link.PURPOSE):
                return None
            if outer.pos == "noun" and outer.support is not None:
                outer = self.parsed.clause_at(outer.support) or outer  # "should take MEASURES to"
            if outer.modal in _DEONTIC:
                return outer
            clause = outer
        return None

    def _modal_token(self, clause: Clause) -> int | None:
        for child in self.parsed.doc[clause.head].children:
            if child.dep_ == "aux" and child.lemma_.lower() in ("must", "should", "ought"):
                return int(child.i)
        head = self.parsed.doc[clause.head].head
        return int(head.i) if clause.modal == "have to" and head.lemma_ == "have" else None

    def _same(self, a: int, b: int) -> bool:
        return a == b or bool(set(self.entities.at(a)) & set(self.entities.at(b)))

    # filters ------------------------------------------------------------------

    def _uncoded(self, head: int) -> bool:
        region = self.parsed.region_of[head] if self.parsed.region_of else None
        return region is not None and (region.kind in _UNCODED or region.repeats is not None)

    def _empty(self, draft: Draft) -> str | None:
        """Why a draft is no mention of a particular happening, or None."""
        clause = draft.clause
        if clause.pos == "verb" and clause.marker == "amod":
            return "modifier"
        if draft.type == "ASSAULT" and clause.lemma in _SUICIDE and self._reflexive(clause):
            return "suicide"
        if clause.pos != "noun":
            return None
        if clause.lemma == "responsibility" and self._unclaimed(clause):
            return "unclaimed"
        token = self.parsed.doc[clause.head]
        if self._is_name(clause):
            return "name"
        if clause.support_kind is None and self.entities.kind_of(clause.head) in (
            "group",
            "organisation",
            "person",
        ):
            return "participant"
        filled = bool(draft.actors or draft.recipients or draft.places)
        carried = clause.support_kind in ("light", "undergo", "occur", "copula")
        dated = any(t.ent_type_ in ("DATE", "TIME") for t in token.subtree if t.i != token.i)
        if filled or carried or dated:
            return None
        if clause.support_kind == "result":
            return "back-reference" if any(t.lower_ in _DEFINITE for t in token.lefts) else None
        if self._told_of_what(clause) or self._placed_above(clause):
            return None
        if any(t.lower_ in _DEFINITE or t.dep_ == "poss" for t in token.lefts):
            return "back-reference"
        return "generic"

    def _unclaimed(self, clause: Clause) -> bool:
        """Whether nobody claims an act: "no group has claimed responsibility"."""
        governor = self.parsed.clause_at(clause.governor)
        return (
            governor is not None
            and governor.lemma in ("claim", "take", "accept")
            and (governor.negation is not None)
        )

    def _placed_above(self, clause: Clause) -> bool:
        """Whether a place beside the noun hangs on the verb of speech: "condemned two attacks IN BASRA"."""
        governor = self.parsed.clause_at(clause.governor)
        if governor is None or governor.pos != "verb" or clause.link is not Link.NOMINAL:
            return False
        linked = self.matcher.match(governor)
        if linked is None or linked.type not in ("ACCUSE", "SUPPORT", "REQUEST", "REJECT"):
            return False
        return any(
            a.preposition in ("in", "at", "near", "on")
            and self.parsed.doc[a.head].head.i == clause.head + 1
            and self.entities.kind_of(a.head) in ("place", "state")
            for a in governor.get(Function.OBLIQUE)
        )

    def _told_of_what(self, clause: Clause) -> bool:
        """Whether the noun itself tells of what particular thing: "the bombing of the hospital"."""
        doc = self.parsed.doc
        linked = self.matcher.match(clause)
        if linked is not None and linked.type == "PROTEST":  # "a rally calling for his removal"
            return any(t.dep_ in ("acl", "relcl") and t.pos_ == "VERB" for t in doc[clause.head].children)
        return any(
            a.function is Function.OBLIQUE
            and a.preposition in _ABOUT
            and not a.via
            and (
                doc[a.head].pos_ == "PROPN"
                or any(t.lower_ in _DEFINITE or t.dep_ == "poss" for t in doc[a.head].lefts)
            )
            for a in clause.arguments
        )

    def _reflexive(self, clause: Clause) -> bool:
        return any(
            t.dep_ == "dobj" and t.lower_.endswith(("self", "selves"))
            for t in self.parsed.doc[clause.head].children
        )

    def _is_name(self, clause: Clause) -> bool:
        """Whether an event noun is part of a proper name: "the Cessation of Hostilities"."""
        token = self.parsed.doc[clause.head]
        if (
            token.pos_ != "PROPN"
            or not token.text[:1].isupper()
            or token.text.isupper()
            or token.is_sent_start
        ):
            return False
        region = self.parsed.region_of[clause.head] if self.parsed.region_of else None
        if region is not None and region.kind == "title":
            return False
        words = [t for t in token.sent if t.is_alpha and len(t) > 3]
        return sum(t.text[:1].isupper() for t in words) < 0.7 * len(words)

    def _trigger_tokens(self, clause: Clause, lemma: str) -> tuple[int, ...]:
        doc, head = self.parsed.doc, clause.head
        words = lemma.split()
        if len(words) < 2:
            return (head,)
        if clause.pos == "noun":
            first = head
            while (
                first > 0
                and doc[first - 1].head.i in range(first - 1, head + 1)
                and head - first < len(words) - 1
            ):
                first -= 1
            return tuple(range(first, head + 1))
        found = [t.i for t in doc[head].children if t.lower_ in words[1:] and head < t.i <= head + 2]
        return (head, *found)


def _is_sought(draft: Draft, outer: Draft) -> bool:
    """Whether help is what somebody asks for: "sought ASYLUM in Ghana" is no help by those who seek."""
    return (
        outer.type == "REQUEST"
        and outer.clause.pos == "verb"
        and draft.type in ("AID", "SUPPORT", "CONCEDE")
        and draft.clause.pos == "noun"
        and any(a.head == draft.head for a in outer.clause.get(Function.OBJECT))
        and {a.head for a in draft.actors} == {a.head for a in outer.actors}
    )
