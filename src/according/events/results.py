"""The dead and hurt that another verb tells are folded into the act that made them so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from according.events.model import Draft
from according.language.model import Argument, Clause, Function, Link, ParsedReport

_VIOLENT = frozenset({"ASSAULT"})
RESULTS = frozenset({"die", "kill", "injure", "wound", "hurt", "perish"})
_RESULT = "result"
_TREATED = frozenset({"treat", "hospitalise", "hospitalize", "sustain", "suffer", "receive", "lose"})
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
        died = self.parsed.clause_at(above) if partner is None and above is not None else None
        if died is not None and link is Link.COORDINATE and self._is_death(died):  # "five DIED and two ..."
            act = by_head[head]
            by_head[head] = replace(
                act,
                recipients=(*died.get(Function.SUBJECT), *act.recipients),
                alternates=(*act.alternates, died.head),
                steps=(*act.steps, f"result {died.lemma}"),
            )
            return
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
                if outer is not None and _tells_of_death(outer) and outer.head in by_head:
                    told = by_head[outer.head]
                    if self._is_bare_result(told) and told.factuality == act.factuality:
                        self._take_result(act.head, told, by_head)
                elif outer is not None and _tells_of_death(outer):
                    by_head[act.head] = replace(
                        act,
                        recipients=act.recipients or outer.get(Function.SUBJECT),
                        alternates=(*act.alternates, outer.head),
                        steps=(*act.steps, f"result {outer.lemma}"),
                    )
                return
            clause = outer if clause.link in (Link.PREPOSITION, Link.COMPLEMENT) else None

    def _is_death(self, clause: Clause) -> bool:
        """Whether a clause tells that somebody died or lost his life."""
        return _tells_of_death(clause, lambda i: self.parsed.doc[i].lemma_.lower())

    def _fold_with(self, result: Draft, by_head: dict[int, Draft]) -> None:
        """Fold those told behind "with" into the act before: "the town was shelled, WITH SIX KILLED"."""
        doc = self.parsed.doc
        if not self._is_bare_result(result) or result.head not in by_head:
            return
        top = doc[result.head]
        for _ in range(3):
            first = top.left_edge.i
            if doc[first].lower_ == "with" or (first and doc[first - 1].lower_ == "with"):
                break
            top = top.head
        else:
            return
        verb = top.head if top.dep_ == "advcl" else top.head.head if top.dep_ == "pcomp" else None
        if verb is None or verb.i > first:
            return
        for act in sorted(by_head.values(), key=lambda d: -d.head):
            near = act.head == verb.i or act.clause.support == verb.i or self._under_subject(act.head, verb.i)
            if act.type in _VIOLENT and act.head < first and near and act.clause.lemma not in RESULTS:
                self._take_result(act.head, result, by_head)
                return

    def _under_subject(self, head: int, verb: int) -> bool:
        """Whether a noun is the subject of a verb, or hangs on it: "the toll from THE BOMBING rose"."""
        now = self.parsed.doc[head]
        for _ in range(4):
            if now.dep_ in ("nsubj", "nsubjpass"):
                return now.head.i == verb
            now = now.head
        return False

    def _fold_treated(self, noun: Draft, by_head: dict[int, Draft]) -> None:
        """Fold "fourteen were TREATED for wounds after the blast" into the act that wounded them."""
        verb = by_head.get(noun.clause.governor) if noun.clause.governor is not None else None
        if (
            noun.type in _VIOLENT
            and verb is not None
            and verb.type == noun.type
            and verb.clause.lemma in _TREATED
            and noun.clause.marker in ("after", "following", "in", "from", "during")
        ):
            self._take_result(noun.head, verb, by_head)
            self._fold_partner(noun.head, verb, by_head)

    def _fold_dead_beside(self, hurt: Draft, by_head: dict[int, Draft]) -> None:
        """Give those who died to the verb that tells of the hurt: "five DIED and eleven were hurt"."""
        if not self._is_bare_result(hurt) or hurt.clause.link is not Link.COORDINATE:
            return
        died = self.parsed.clause_at(hurt.clause.governor)
        if died is None or died.head in by_head or died.head in self._merged or not self._is_death(died):
            return
        by_head[hurt.head] = replace(
            hurt,
            recipients=(*died.get(Function.SUBJECT), *hurt.recipients),
            alternates=(*hurt.alternates, died.head),
            steps=(*hurt.steps, f"result {died.lemma}"),
        )

    def _planned(self, verb: Draft, by_head: dict[int, Draft]) -> bool:
        """Fold a participle that tells nothing but of its noun: "cancelled a protest PLANNED for Friday"."""
        if verb.type != "PROTEST" or verb.clause.link is not Link.PARTICIPLE or verb.clause.gerund:
            return False
        for a in verb.clause.get(Function.OBJECT):
            told, home = by_head.get(a.head), self._merged.get(a.head)
            if home == verb.head or (home is None and (told is None or told.type != verb.type)):
                continue
            if told is not None:
                by_head[told.head] = replace(
                    filled_from(told, verb), alternates=(*told.alternates, verb.head)
                )
            self._merged[verb.head] = a.head if home is None else home
            del by_head[verb.head]
            return True
        return False

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


def _tells_of_death(clause: Clause, lemma_of: Callable[[int], str] | None = None) -> bool:
    dead = clause.lemma in ("die", "perish")
    if clause.lemma == "lose" and lemma_of is not None:
        dead = any(lemma_of(a.head) == "life" for a in clause.get(Function.OBJECT))
    return dead and clause.negation is None and clause.modal is None and clause.tense == "past"


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
