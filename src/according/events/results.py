"""The dead and hurt that another verb tells are folded into the act that made them so."""

from __future__ import annotations

from dataclasses import replace

from according.events.model import Draft
from according.language.model import Argument, Clause, Function, Link, ParsedReport

_VIOLENT = frozenset({"ASSAULT"})
RESULTS = frozenset({"die", "kill", "injure", "wound", "hurt", "perish"})
_RESULT = "result"
_CAUSE_WORDS = frozenset({"in", "by", "during", "from", "after", "of"})


class ResultFolder:
    """Folds verbs of killing, hurting and dying of one report."""

    def __init__(self, parsed: ParsedReport) -> None:
        self.parsed = parsed
        self._merged: dict[int | None, int] = {}

    def _fold_partner(self, head: int, result: Draft, by_head: dict[int, Draft]) -> None:
        """Fold the verb before that shares the cause: "two were KILLED and six injured in the raid"."""
        above, link = result.clause.governor, result.clause.link
        if above is not None and link is Link.PARTICIPLE and self.parsed.doc[above].like_num:
            above, link = self.parsed.doc[above].head.i, Link.COORDINATE  # "... and SIX injured in"
        partner = by_head.get(above) if above is not None else None
        if (
            partner is None
            or link not in (Link.COORDINATE, Link.COMPLEMENT)
            or not self._is_bare_result(partner)
            or any(a.preposition in _CAUSE_WORDS for a in partner.clause.get(Function.OBLIQUE))
        ):
            return
        self._take_result(head, partner, by_head)

    def _take_result(self, head: int, result: Draft, by_head: dict[int, Draft]) -> None:
        """Fold a verb that tells of the dead or hurt into the act that made them so."""
        act = by_head[head]
        by_head[head] = replace(
            filled_from(act, result, actors=False),
            alternates=(*act.alternates, result.head, *result.alternates),
            steps=(*act.steps, f"result {result.clause.lemma}"),
        )
        del by_head[result.head]
        self._merged[result.head] = head

    @staticmethod
    def _is_bare_result(draft: Draft) -> bool:
        """Whether a verb only tells who was killed or hurt, not by whom."""
        return (
            draft.type in _VIOLENT
            and draft.clause.pos == "verb"
            and draft.clause.lemma in RESULTS
            and not draft.actors
            and (draft.clause.passive or draft.clause.lemma in ("die", "perish"))
        )

    def _fold_when(self, act: Draft, by_head: dict[int, Draft]) -> None:
        """Give an act the deaths told with its time: "three DIED when the police opened fire".

        Dying alone is no act; a verb of killing keeps its own mention. Who
        acts himself ("died when HE opened fire") is not the act's victim.
        """
        clause = act.clause if act.clause.pos == "verb" else self.parsed.clause_at(act.clause.support)
        if act.clause.lemma in RESULTS or act.clause.support_kind not in (None, "light"):
            return
        if any(self.parsed.doc[a.head].pos_ == "PRON" for a in act.actors):
            return
        for _ in range(2):
            if clause is None or clause.negation is not None or clause.modal is not None:
                return
            outer = self.parsed.clause_at(clause.governor)
            if clause.link is Link.ADVERBIAL and clause.marker in ("when", "as", "after"):
                if outer is not None and outer.head not in by_head and _tells_of_death(outer):
                    by_head[act.head] = replace(
                        act,
                        recipients=act.recipients or outer.get(Function.SUBJECT),
                        alternates=(*act.alternates, outer.head),
                        steps=(*act.steps, f"result {outer.lemma}"),
                    )
                return
            clause = outer if clause.link in (Link.PREPOSITION, Link.COMPLEMENT) else None

    def _shot_at(self, clause: Clause, by_head: dict[int, Draft]) -> Draft | None:
        """The act whose means a result was hung on: "FIRED several rounds killing two"."""
        means = self.parsed.clause_at(clause.governor)
        if clause.link is not Link.PARTICIPLE or not clause.gerund or clause.lemma not in RESULTS:
            return None
        act = by_head.get(means.governor) if means is not None and means.governor is not None else None
        if act is None or means is None or act.type not in _VIOLENT or act.clause.pos != "verb":
            return None
        if any(a.head == means.head for a in act.recipients):
            return None
        return act if any(a.head == means.head for a in act.clause.get(Function.OBJECT)) else None


def _tells_of_death(clause: Clause) -> bool:
    return (
        clause.lemma in ("die", "perish")
        and clause.negation is None
        and clause.modal is None
        and clause.tense == "past"
    )


def filled_from(keep: Draft, other: Draft, *, actors: bool = True) -> Draft:
    """Fill empty roles of one draft from another."""

    def pick(a: tuple[Argument, ...], b: tuple[Argument, ...]) -> tuple[Argument, ...]:
        return a or tuple(x for x in b if x.head != keep.head)

    return replace(
        keep,
        actors=pick(keep.actors, other.actors) if actors else keep.actors,
        recipients=pick(keep.recipients, other.recipients) + _further_victims(keep, other),
        places=pick(keep.places, other.places),
    )


def _further_victims(keep: Draft, other: Draft) -> tuple[Argument, ...]:
    """Those whom another verb of killing or hurting names: "killing two guards and wounding SIX BOYS"."""
    if not (keep.type == other.type == "ASSAULT" and other.clause.pos == "verb" and keep.recipients):
        return ()
    if other.clause.lemma not in RESULTS or other.factuality != keep.factuality:
        return ()
    known = {a.head for a in (*keep.recipients, *keep.actors)} | {keep.head}
    return tuple(replace(a, via=(*a.via, _RESULT)) for a in other.recipients if a.head not in known)


def without_counts(parsed: ParsedReport, draft: Draft) -> Draft:
    """Drop bare numbers among further victims: "hit a patrol, wounding TWO" counts those already named."""
    named = tuple(
        a for a in draft.recipients if _RESULT not in a.via or parsed.doc[a.head].pos_ not in ("NUM", "PRON")
    )
    return draft if named == draft.recipients else replace(draft, recipients=named)
