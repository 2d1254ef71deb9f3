"""Acts of speech among the drafts: demands, refusals and threats, and whom they are directed to."""

from __future__ import annotations

from dataclasses import replace

from according.codebook.link import Codebook
from according.events.factuality import Factuality
from according.events.match import Matcher, speakers
from according.events.model import Draft, Entities, SkippedDraft, Speech
from according.events.roles import RoleFiller
from according.events.spokesmen import is_joint, is_of, speaks_for_state
from according.language.model import Argument, Clause, Function, Link, ParsedReport

_DEONTIC = frozenset({"must", "should", "ought", "have to"})
_COMPEL = frozenset({"force", "make", "compel", "oblige", "coerce", "pressure"})
_THREATENED = {
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
    "COERCE": "restrict",
    "SANCTION": "relations",
    "PROTEST": "restrict",
}
_UNCODED = frozenset({"boilerplate", "byline"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
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


class SpeechActs:
    """Reads the acts of speech of one report off its drafts."""

    def __init__(self, parsed: ParsedReport, codebook: Codebook, entities: Entities, speech: Speech) -> None:
        self.parsed = parsed
        self.codebook = codebook
        self.entities = entities
        self.speech = speech
        self.matcher = Matcher(parsed, codebook, entities, speech)
        self.roles = RoleFiller(parsed, entities, self.matcher)
        self.factuality = Factuality(parsed, speech.says)
        self.skipped: list[SkippedDraft] = []

    def demands(self, drafts: list[Draft]) -> list[Draft]:
        """REQUESTs made by "must" and "should" in somebody's mouth.

        The act that is asked for is a draft of its own; the demand stands on
        the deontic word, with the speaker as actor.
        """
        out: list[Draft] = []
        if "REQUEST" not in self.codebook.types:
            return out
        asked = {d.head for d in drafts if d.type == "REQUEST" and d.clause.pos == "verb"}
        for draft in drafts:
            carrier = draft.clause
            if carrier.pos == "noun" and carrier.support is not None:
                carrier = self.parsed.clause_at(carrier.support) or carrier
            clause = self._modal_clause(carrier)
            if clause is None or clause.negation is not None or clause.perfect:
                continue  # "should have asked us" finds fault and asks for nothing
            speaker = self.speech.speaker(clause.head)
            if speaker is None or any(self._same(speaker, a.head) for a in draft.actors):
                continue
            token = self._modal_token(clause)
            if self._voiced_in_protest(clause, drafts) or (
                clause.link is Link.COMPLEMENT and clause.governor in asked  # "insisted that they MUST go"
            ):
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
        return [*out, *self._bare_demands({d.head for d in out}, asked)]

    def _bare_demands(self, made: set[int], asked: set[int]) -> list[Draft]:
        """REQUESTs made by "must" in somebody's mouth of a party whose act is of no type: "must hurry"."""
        out: list[Draft] = []
        for clause in self.parsed.clauses:
            if clause.pos != "verb" or clause.modal not in _DEONTIC or self._uncoded(clause.head):
                continue
            found = self.codebook.triggers_for(clause.modal, "verb")
            if not found or clause.negation is not None or clause.passive or clause.perfect:
                continue
            token, speaker = self._modal_token(clause), self.speech.speaker(clause.head)
            if clause.link is Link.COMPLEMENT and clause.governor in asked:
                continue
            if token is None or token in made or speaker is None or clause.link is Link.RELATIVE:
                continue
            parties = tuple(a for a in clause.get(Function.SUBJECT) if self.roles.is_party(a))
            if (
                not parties
                or any(self._same(speaker, a.head) for a in parties)
                or not self._addressed(parties)
            ):
                continue
            out.append(
                Draft(
                    clause=replace(clause, head=token),
                    linked=found[0],
                    type=found[0].type,
                    mode=found[0].trigger.mode,
                    tokens=(token,),
                    actors=speakers(self.parsed, speaker),
                    recipients=parties,
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

    def _inner(self, draft: Draft, by_head: dict[int, Draft]) -> Draft | None:
        """The act that a speech act is about: its complement, object or what that object names."""
        seen: list[int] = []
        if draft.type == "THREATEN" and any(
            self.parsed.doc[a.head].lemma_.lower() == "avenge" for a in draft.clause.get(Function.CLAUSE)
        ):
            return None  # whoever is avenged is not threatened
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
            ahead = draft.factuality in ("planned", "possible")
            if mode is not None and ahead and self._conditional(draft.clause):
                if not self._is_own_threat(draft, by_head):
                    out.append(replace(draft, factuality="possible"))
                    continue
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

    def _is_own_threat(self, act: Draft, by_head: dict[int, Draft]) -> bool:
        """Whether the doer himself announces it, in words that are not already coded as his threat."""
        above = None if act.clause.governor is None else by_head.get(act.clause.governor)
        if above is not None and above.type == "THREATEN":
            return False  # "WARNED that it would fire if attacked": the warning is the threat
        speaker = self.speech.speaker(act.head)
        if speaker is None or not act.actors:
            return True
        return any(
            self.parsed.doc[a.head].lower_ in ("we", "i")
            or self._same(speaker, a.head)
            or speaks_for_state(self.parsed, self.entities, speaker, a.head)
            or is_of(self.parsed, self.entities, speaker, a.head)
            or is_joint(self.parsed, self.entities, a.head)
            for a in act.actors
        )

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
                return not any(
                    self._same(a.head, b.head) or speaks_for_state(self.parsed, self.entities, b.head, a.head)
                    for a in act.actors
                    for b in draft.actors
                )
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
        return a == b or self.entities.is_same(a, b)

    def _uncoded(self, head: int) -> bool:
        region = self.parsed.region_of[head] if self.parsed.region_of else None
        return region is not None and (region.kind in _UNCODED or region.repeats is not None)


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
