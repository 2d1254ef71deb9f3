"""Parties that an event's own predicate does not govern, by an explained chain.

The clause layer ties a predicate to its own arguments. A few constructions
name a party one step away: the infinitive behind "operations to", the second
party of "said in a call with", the agent behind "shelling and air strikes by".
Each rule here is one such step and leaves its name in `Draft.steps`, which
`Mention.rule` shows. What no rule explains stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from according.events.linked_sides import SideLinker
from according.events.match import speakers
from according.events.model import Draft
from according.language.model import Argument, Clause, Function, Link

_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_EFFORT = frozenset(
    {
        "operation", "effort", "campaign", "bid", "attempt", "plan", "offensive", "drive", "battle",
        "push", "mission", "plot", "decision", "threat",
    }
)  # fmt: skip
_CONTESTS = frozenset({"battle", "fight", "fighting", "war", "struggle", "campaign", "clash", "offensive"})
_OWN_ACT = frozenset(
    {
        "cease", "suspend", "resume", "continue", "begin", "start", "launch", "plan", "prepare",
        "intensify", "escalate", "renew", "pause", "plot",
    }
)  # fmt: skip
_ENDED_BY_ANYONE = frozenset({"end", "stop", "halt"})
_UNDERTAKINGS = frozenset(
    {
        "advance", "push", "offensive", "operation", "campaign", "crackdown", "purge", "raid", "sweep",
        "swoop", "drive", "incursion", "manoeuvre", "maneuver", "blitz", "rampage", "counteroffensive",
        "counter-offensive", "show",
    }
)  # fmt: skip
_HARM = frozenset({"kill", "wound", "injure", "hit", "target", "maim", "hurt", "murder"})
_SUFFERED = frozenset(
    {
        "assassination", "murder", "killing", "kidnapping", "abduction", "arrest", "detention",
        "execution", "beheading", "poisoning", "imprisonment", "deportation", "expulsion", "torture",
        "slaying", "capture", "conviction", "indictment", "sentencing",
    }
)  # fmt: skip
_ARMED = frozenset(
    {"gunman", "sniper", "shooter", "attacker", "assailant", "soldier", "policeman", "officer", "rebel"}
)
_DEADLY = frozenset({"kill", "die", "perish", "injure", "wound", "hurt"})
_WHEN = frozenset({"when", "as", "after"})


class ClauseLinker(SideLinker):
    """Finds parties one step away from the predicate, within its sentence."""

    def link(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Fill the parties of each draft that a rule of this module explains."""
        by_head = {d.head: d for d in drafts}
        self._times = self._by_occasion(drafts)
        self._telling = self._by_predicate(drafts)
        self._orders = {
            a.head: c for c in self.parsed.clauses if c.lemma == "order" for a in c.get(Function.OBJECT)
        }
        out = []
        for draft in drafts:
            if "demand" not in draft.steps:
                for rule in (
                    self._owner_of_fight,
                    self._effort_to,
                    self._own_act,
                    self._gathering,
                    self._protesting,
                    self._sought,
                    self._clashed,
                    self._hosted,
                    self._harming,
                    self._occasion,
                    self._contest,
                    self._undertaking,
                    self._blamed,
                    self._awaited,
                    self._ordered,
                    self._duty,
                    self._own_side,
                    self._aimed_at,
                    self._victim,
                    self._purpose_of_talks,
                    self._in_support,
                    self._written,
                    self._with_help,
                    self._on_visit,
                    self._mode_by_setting,
                    self._ended_by_others,
                ):
                    draft = rule(draft, by_head)
            out.append(draft)
        by_head = {d.head: d for d in out}
        return [self._coordinated(d, by_head) for d in out]

    def _crowd(self, found: Sequence[Argument]) -> bool:
        """Whether all are people or groups that may protest, and no force."""
        return all(
            self.entities.kind_of(a.head) in ("people", "group")
            and not {"COP", "MIL", "GOV"} & set(self.entities.sectors_of(a.head))
            for a in found
        )

    # rules ----------------------------------------------------------------

    def _owner_of_fight(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "join THE ALLIES' fight": it is theirs, not the joiner's."""
        support = self.parsed.clause_at(draft.clause.support)
        owners = self._parties(draft.clause.get(Function.POSSESSOR))
        if draft.clause.pos != "noun" or support is None or support.lemma != "join" or not owners:
            return draft
        return replace(draft, actors=owners, steps=(*draft.steps, "owner of what is joined"))

    def _effort_to(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "REBEL operations to isolate the town": who acts owns the noun before the infinitive."""
        doc, head = self.parsed.doc, draft.head
        if not draft.clause.infinitive or head < 2 or doc[head - 1].lower_ != "to":
            return draft
        noun = self.parsed.clause_at(head - 2)
        if noun is None or noun.pos != "noun" or noun.lemma not in _EFFORT:
            return draft
        owners = self._parties((*noun.get(Function.POSSESSOR), *noun.get(Function.MODIFIER)))
        owners = owners or self._parties(noun.get(Function.OBLIQUE, "by"))
        if not owners or self._same(owners, draft.recipients):
            return draft
        return replace(draft, actors=owners, steps=(*draft.steps, f"whose {noun.lemma} it is"))

    def _own_act(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "THE ARMY resumed air strikes": who begins, plans or ceases an act is its doer."""
        governor = self.parsed.clause_at(draft.clause.governor)
        if draft.clause.pos != "noun" or draft.actors or governor is None or governor.pos != "verb":
            return draft
        if draft.head < governor.head or draft.clause.get(Function.POSSESSOR):
            own = draft.clause.get(Function.POSSESSOR)
            if not own or self.parsed.doc[own[0].head].pos_ != "PRON" or draft.head < governor.head:
                return draft
        if self.parsed.doc[draft.head].dep_ == "pobj":
            return draft
        asked = governor.link is Link.COMPLEMENT and any(
            "control" in a.via for a in governor.get(Function.SUBJECT)
        )
        if governor.lemma not in _OWN_ACT and not (governor.lemma in _ENDED_BY_ANYONE and asked):
            return draft
        found = self._parties(governor.get(Function.SUBJECT))
        if not found or self._same(found, draft.recipients):
            return draft
        if draft.type == "PROTEST" and governor.lemma in _ENDED_BY_ANYONE and not self._crowd(found):
            return draft  # the police who are to halt a march do not march
        found += self._joined(governor, found)
        return replace(draft, actors=found, steps=(*draft.steps, f"who is to {governor.lemma} it"))

    def _ended_by_others(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "the mayor promised to stop SUCH attacks": whoever ends them of himself need not make them."""
        support = self.parsed.clause_at(draft.clause.support)
        if draft.type != "ASSAULT" or draft.clause.pos != "noun" or support is None or not draft.actors:
            return draft
        if support.lemma not in _ENDED_BY_ANYONE or not all(
            any(v.startswith("light:") for v in a.via) for a in draft.actors
        ):
            return draft
        such = any(t.lower_ == "such" for t in self.parsed.doc[draft.head].lefts)
        above = by_head.get(support.governor) if support.governor is not None else None
        own = above is not None and above.type == "AGREE" and self._same(above.actors, draft.actors)
        peaceful = all(self._keeps_peace(a) for a in draft.actors)
        if not (such or (own and peaceful)):
            return draft
        return replace(draft, actors=(), steps=(*draft.steps, f"others {support.lemma} it"))

    def _keeps_peace(self, argument: Argument) -> bool:
        """Whether somebody is an official or a body of state that does not fight itself."""
        sectors = set(self.entities.sectors_of(argument.head))
        kind = self.entities.kind_of(argument.head)
        if sectors & {"MIL", "REB", "UAF", "PRM"} or kind in ("group", "people"):
            return False
        return kind in ("person", "organisation") or self.parsed.doc[argument.head].pos_ == "NOUN"

    def _harming(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "strikes that kill CIVILIANS"."""
        if draft.type != "ASSAULT" or draft.clause.pos != "noun" or draft.recipients:
            return draft
        token = self.parsed.doc[draft.head]
        for noun in (token, *token.conjuncts):
            for child in noun.children:
                clause = self.parsed.clause_at(child.i) if child.dep_ in ("relcl", "acl") else None
                if clause is None or clause.lemma not in _HARM or clause.passive or child.i < noun.i:
                    continue
                found = self._parties(clause.get(Function.OBJECT))
                if found:
                    return replace(draft, recipients=found, steps=(*draft.steps, f"whom they {clause.lemma}"))
        return draft

    def _occasion(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "five were killed when THE ARMY opened fire": who did what they died of."""
        clause = draft.clause
        if draft.type != "ASSAULT" or draft.actors or clause.lemma not in _DEADLY:
            return draft
        if not clause.passive and clause.lemma not in ("die", "perish"):
            return draft  # "the explosion killed five as the army advanced"
        for told, other in self._times.get(draft.head, ()):
            if other.factuality != draft.factuality or self._same(other.actors, draft.recipients):
                continue
            if any(self.parsed.doc[a.head].pos_ == "PRON" for a in other.actors):
                continue
            steps = (*draft.steps, f"when they {told.lemma}")
            return replace(draft, actors=other.actors, mode=draft.mode or other.mode, steps=steps)
        return draft

    def _by_occasion(self, drafts: Sequence[Draft]) -> dict[int, list[tuple[Clause, Draft]]]:
        """Attacks told in "when", "as" and "after" clauses, by the predicate these belong to."""
        out: dict[int, list[tuple[Clause, Draft]]] = {}
        for draft in drafts:
            if draft.type != "ASSAULT" or draft.linked.frame.symmetric or not draft.actors:
                continue
            support = draft.clause.support if draft.clause.support_kind != "result" else None
            told = self.parsed.clause_at(support) or draft.clause
            if told.gerund and told.link is Link.PREPOSITION:  # "resorted to firing"
                told = self.parsed.clause_at(told.governor) or told
            if told.governor is None or told.progressive:
                continue
            if told.link is Link.ADVERBIAL and told.marker in _WHEN:
                out.setdefault(told.governor, []).append((told, draft))
        return out

    def _contest(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "seized the mill in their battle with THE MILITIA"."""
        if draft.type not in _FORCE or draft.recipients or not draft.actors:
            return draft
        for argument in draft.clause.get(Function.OBLIQUE):
            noun = self.parsed.clause_at(argument.head)
            if noun is None or noun.lemma not in _CONTESTS or argument.preposition not in ("in", "during"):
                continue
            found = self._parties(
                (*noun.get(Function.OBLIQUE, "with"), *noun.get(Function.OBLIQUE, "against"))
            )
            if found and not self._same(found, draft.actors):
                return replace(draft, recipients=found, steps=(*draft.steps, f"{noun.lemma} with"))
        return draft

    def _undertaking(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "THE POLICE detained ten in a raid": who acts in the course of it undertakes it."""
        clause = draft.clause
        if (
            draft.type not in _FORCE
            or draft.actors
            or clause.pos != "noun"
            or clause.lemma not in _UNDERTAKINGS
        ):
            return draft
        token = self.parsed.doc[draft.head]
        above = by_head.get(clause.governor) if clause.governor is not None else None
        if token.dep_ != "pobj" or token.head.lower_ not in ("in", "during") or above is None:
            return draft
        if above.type not in _FORCE or not above.actors or self._same(above.actors, draft.recipients):
            return draft
        return replace(
            draft, actors=above.actors, steps=(*draft.steps, f"in which they {above.clause.lemma}")
        )

    def _awaited(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "will not lift the ban until THE UNIONS yield": they are the ones refused."""
        if draft.type not in ("REJECT", "THREATEN") or draft.recipients:
            return draft
        heads = {draft.head, draft.clause.support, draft.clause.governor}
        for clause in self.parsed.clauses:
            if clause.governor not in heads or clause.link is not Link.ADVERBIAL:
                continue
            if clause.marker not in ("until", "till", "unless", "if"):
                continue
            found = self._parties(clause.get(Function.SUBJECT))
            if (
                found
                and not self._same(found, draft.actors)
                and self.parsed.doc[found[0].head].pos_ != "PRON"
            ):
                return replace(draft, recipients=found, steps=(*draft.steps, f"who is to {clause.lemma}"))
        return draft

    def _ordered(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "THE JUDGE ordered him jailed": a judge does it by his order, others only want it."""
        clause = draft.clause
        if (
            draft.actors
            or not clause.passive
            or clause.link is not Link.PARTICIPLE
            or clause.governor is None
        ):
            return draft
        order = self._orders.get(clause.governor)
        found = self._parties(order.get(Function.SUBJECT)) if order is not None else ()
        if not found or self._same(found, draft.recipients):
            return draft
        judged = all("JUD" in self.entities.sectors_of(a.head) for a in found)
        told = draft.factuality if judged or draft.factuality != "happened" else "wanted"
        return replace(draft, actors=found, factuality=told, steps=(*draft.steps, "who ordered it"))

    def _blamed(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "pressed for X to act", "charged that X had planned": whoever is to act, or acted."""
        if draft.type not in ("REQUEST", "ACCUSE") or draft.mode == "investigate" or draft.recipients:
            return draft
        found: tuple[Argument, ...] = ()
        for clause in self._contents(draft.clause):
            subjects = self._parties(clause.get(Function.SUBJECT))
            subjects = tuple(a for a in subjects if a.head > draft.head and not a.via)
            found += subjects
            found += self._joined(clause, subjects)
        found = tuple(a for a in found if not self._same((a,), draft.actors))
        if not found:
            return draft
        return replace(draft, recipients=found, steps=(*draft.steps, "who is to act or acted"))

    def _contents(self, clause: Clause) -> list[Clause]:
        """What is asked for or alleged: "that X do", "for X to do", "the need for X to do"."""
        doc = self.parsed.doc
        heads = [a.head for a in clause.get(Function.CLAUSE) if not self._is_named_so(a.head)]
        nouns = [a.head for a in clause.get(Function.OBJECT) if doc[a.head].lemma_ == "need"]
        for top in (clause.head, *nouns):
            heads += [
                t.i
                for t in doc[top].children
                if t.dep_ in ("advcl", "acl", "relcl", "ccomp")
                and t.i > top
                and any(c.dep_ == "mark" and c.lower_ == "for" for c in t.children)
            ]
        for h in list(heads):
            heads += [t.i for t in doc[h].conjuncts if t.i > h and any(c.dep_ == "nsubj" for c in t.children)]
        return [c for h in dict.fromkeys(heads) if (c := self.parsed.clause_at(h)) is not None]

    def _is_named_so(self, head: int) -> bool:
        """Whether a clause only gives something a name: "at what he CALLED a crime"."""
        return any(t.lower_ == "what" for t in self.parsed.doc[head].lefts)

    def _duty(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "X has a responsibility to": X is asked, by who speaks."""
        if draft.type != "REQUEST" or draft.clause.lemma not in ("responsibility", "duty", "obligation"):
            return draft
        owners = tuple(a for a in draft.actors or draft.recipients if a.head < draft.head)
        others = {a.head for a in draft.recipients} - {a.head for a in owners}
        if draft.clause.pos != "noun" or not owners or others:
            return draft
        speaker = self.speech.speaker(draft.head)
        head = speaker if speaker is not None else self._we(draft.head)
        actors = () if head is None or head in {a.head for a in owners} else speakers(self.parsed, head)
        return replace(draft, actors=actors, recipients=owners, steps=(*draft.steps, "whose duty it is"))

    def _we(self, head: int) -> int | None:
        """The nearest "we" of a body's own statement before a token."""
        doc = self.parsed.doc
        for i in range(head - 1, max(head - 400, -1), -1):
            if doc[i].lower_ == "we" and self.entities.at(i) and self.speech.speaker(i) is None:
                return i
        return None

    def _aimed_at(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "dug it for the purpose of kidnapping SOLDIERS": those it is meant against."""
        if draft.type != "MOBILIZE" or draft.recipients:
            return draft
        for argument in draft.clause.arguments:
            heads = [argument.head] if argument.function is Function.CLAUSE else []
            noun = self.parsed.clause_at(argument.head)
            if noun is not None and noun.lemma in ("purpose", "aim", "goal", "intention", "view"):
                heads += [a.head for a in noun.get(Function.CLAUSE)]
            for head in heads:
                other = by_head.get(head)
                if other is not None and other.type in _FORCE and other.recipients:
                    steps = (*draft.steps, f"whom it is to {other.clause.lemma}")
                    return replace(draft, recipients=other.recipients, steps=steps)
        return draft

    def _victim(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "THE ENVOY's assassination": the owner of such a noun suffers it."""
        clause = draft.clause
        if clause.pos != "noun" or draft.recipients or not draft.actors:
            return draft
        suffered = clause.lemma in _SUFFERED or (
            clause.lemma == "shooting" and all(self._is_shot(a) for a in draft.actors)
        )
        if not suffered or any(not _owns(a) for a in draft.actors):
            return draft
        if any(a.preposition == "of" for a in clause.get(Function.OBLIQUE)):
            return draft  # "their killing of the envoy"
        agents = self._parties(clause.get(Function.OBLIQUE, "by"))
        steps = (*draft.steps, f"whose {clause.lemma} it was")
        return replace(draft, actors=agents, recipients=draft.actors, steps=steps)

    def _is_shot(self, argument: Argument) -> bool:
        """Whether somebody before "shooting" is who was shot: a person who bears no arms."""
        word = self.parsed.doc[argument.head].lemma_.lower()
        return self.entities.kind_of(argument.head) == "person" and word not in _ARMED

    @staticmethod
    def _by_predicate(drafts: Sequence[Draft]) -> dict[int, list[Draft]]:
        """Drafts by each predicate that tells them: their own, those folded in, and the verb that carries."""
        out: dict[int, list[Draft]] = {}
        for draft in {d.head: d for d in drafts}.values():
            support = () if draft.clause.support is None else (draft.clause.support,)
            for token in dict.fromkeys((draft.head, *support, *draft.alternates)):
                out.setdefault(token, []).append(draft)
        return out

    def _coordinated(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "shelling and air strikes by THE ARMY": coordinated acts share what stands outside both."""
        if draft.type not in _FORCE or draft.clause.pos != "noun":
            return draft
        for token in self.parsed.doc[draft.head].conjuncts:
            other = by_head.get(token.i)
            if other is None or other.type not in _FORCE:
                continue
            first, last = sorted((draft.head, other.head))
            for role in ("actors", "recipients"):
                theirs = getattr(other, role)
                shared = tuple(
                    a for a in theirs if (a.head > last if draft.head == first else a.head < first)
                )
                known = {a.head for a in (*draft.actors, *draft.recipients)}
                if shared and not getattr(draft, role) and not {a.head for a in shared} & known:
                    steps = (*draft.steps, f"shared with {other.clause.lemma}")
                    draft = (
                        replace(draft, actors=shared, steps=steps)
                        if role == "actors"
                        else replace(draft, recipients=shared, steps=steps)
                    )
        return draft


def _owns(argument: Argument) -> bool:
    """Whether somebody has what a noun names: "HIS capture", "HE has no convictions"."""
    return argument.function is Function.POSSESSOR or "light:have" in argument.via
