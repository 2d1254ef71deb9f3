"""The other side of clashes and of hosted talks, named by the verb that they hang on."""

from __future__ import annotations

from dataclasses import replace

from according.events.linked_gatherings import MEETS_IN, GatheringLinker
from according.events.model import Draft
from according.language.model import Argument, Function

_WRITTEN = frozenset({"telegram", "letter", "message", "note", "cable", "condolence", "greeting"})

_SETTING_OFF = frozenset(
    {"trigger", "spark", "provoke", "prompt", "ignite", "cause", "start", "begin", "join"}
)
_FALLING = frozenset({"die", "perish", "fall", "kill", "wound", "injure", "hurt", "lose"})
_HOSTING = frozenset({"host", "mediate", "broker", "facilitate", "sponsor"})


class SideLinker(GatheringLinker):
    """Finds the side that a noun leaves to its verb, in one report."""

    def _clashed(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "GUNMEN opened fire, triggering clashes with the army": it was they who clashed with it."""
        clause = draft.clause
        above = self.parsed.clause_at(clause.governor)
        if (
            draft.type != "ASSAULT"
            or clause.pos != "noun"
            or not draft.linked.frame.symmetric
            or above is None
        ):
            return draft
        guests = self._parties(clause.get(Function.OBLIQUE, "with"))
        if not guests or draft.recipients or {a.head for a in draft.actors} - {a.head for a in guests}:
            return draft
        if above.pos != "verb" or above.passive or above.lemma in _FALLING:
            return draft
        token = self.parsed.doc[draft.head]
        during = token.dep_ == "pobj" and token.head.lower_ in MEETS_IN
        set_off = token.dep_ == "dobj" and above.lemma in _SETTING_OFF
        hosts = self._parties(above.get(Function.SUBJECT))
        if not (during or set_off) or not hosts or self._same(guests, hosts):
            return draft
        steps = (*draft.steps, f"who {above.lemma} them")
        return replace(draft, actors=hosts, recipients=guests, steps=steps)

    def _hosted(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "THE SIDES met in talks hosted by Oman": Oman is no side of them."""
        clause = draft.clause
        if draft.type not in ("CONSULT", "AGREE") or clause.pos != "noun":
            return draft
        acts = [t for t in self.parsed.doc[draft.head].children if t.dep_ == "acl" and t.lemma_ in _HOSTING]
        agents = {n.i for t in acts for a in t.children if a.dep_ == "agent" for n in a.children}
        if not agents or not {a.head for a in draft.actors} <= agents:
            return draft
        above = self.parsed.clause_at(clause.governor)
        sides: tuple[Argument, ...] = ()
        if above is not None and above.pos == "verb" and self.parsed.doc[draft.head].head.lower_ in MEETS_IN:
            sides = self._parties(above.get(Function.SUBJECT))
        sides = () if self._same(sides, draft.recipients) else sides
        mode = "third-party" if draft.type == "CONSULT" else draft.mode
        return replace(draft, actors=sides, mode=mode, steps=(*draft.steps, "who met there"))

    def _with_help(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "took the town with the help of ALLIES": they helped whoever took it."""
        if not draft.linked.trigger.id.endswith(".with_the_help_of"):
            return draft
        governor = self.parsed.clause_at(draft.clause.governor)
        while governor is not None and governor.pos == "noun":
            governor = self.parsed.clause_at(governor.governor)
        found = () if governor is None else self._parties(governor.get(Function.SUBJECT))
        if not found or self._same(found, draft.actors):
            return draft
        helped = by_head.get(governor.head) if governor is not None else None
        told = draft.factuality if helped is None else helped.factuality
        return replace(draft, recipients=found, factuality=told, steps=(*draft.steps, "who was helped"))

    def _written(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "In a telegram to Y, X condemned the raid": X sent it."""
        token = self.parsed.doc[draft.head]
        if draft.actors or draft.clause.lemma not in _WRITTEN or token.dep_ != "pobj":
            return draft
        governor = self.parsed.clause_at(draft.clause.governor)
        if token.head.lower_ != "in" or governor is None or governor.pos != "verb":
            return draft
        found = self._parties(governor.get(Function.SUBJECT))
        if not found or self._same(found, draft.recipients):
            return draft
        return replace(draft, actors=found, steps=(*draft.steps, "who wrote it"))

    def _in_support(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "bombed the town in support of THE ARMY": who bombed is who supports."""
        if draft.type not in ("COOPERATE", "AID") or draft.actors or draft.clause.pos != "noun":
            return draft
        token = self.parsed.doc[draft.head]
        governor = self.parsed.clause_at(draft.clause.governor)
        if token.dep_ != "pobj" or token.head.lower_ != "in" or governor is None:
            return draft
        told = self._telling.get(governor.head, ())
        found = next((d.actors for d in told if d.actors), ()) or self._parties(
            governor.get(Function.SUBJECT)
        )
        if not found or self._same(found, draft.recipients):
            return draft
        return replace(draft, actors=found, steps=(*draft.steps, f"who {governor.lemma} in it"))
