"""One happening told by two predicates becomes one draft.

The rules are those of the coding guide: the event noun wins over the verb
that carries it and over verbs of its result; a noun that only points back
gives way to the verb; coordinated predicates that share everything are one.
"""

from __future__ import annotations

from dataclasses import replace

from according.events.gathered import fold_gathered
from according.events.left import fold_left
from according.events.model import Draft
from according.events.one_act import (
    agrees,
    among,
    answered_mode,
    further_result,
    given_for,
    gives_word,
    held,
    is_comment,
    is_demonstrated,
    is_told_twice,
    judge_alike,
    names_no_one,
    objects,
)
from according.events.results import RESULTS, ResultFolder, filled_from, without_counts
from according.language.model import Argument, Function, Link, ParsedReport

_VIOLENT = frozenset({"ASSAULT"})
_KEEPS_NOUN_AND_VERB = frozenset({"REQUEST", "REJECT", "THREATEN", "ACCUSE", "SANCTION"})
_GIVES_WAY = frozenset({"CONCEDE", "RETREAT"})
_CUTS = frozenset({"SANCTION", "COERCE"})  # "suspended aid" is no aid
_KINDLY = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID"})
# Types whose object may be the noun of an act that is only what is answered, ended or broken: the answer is
# the happening. Violence that is stopped, and acts that are refused themselves, stay mentions of their own.
_ANSWERED = {
    "REJECT": frozenset({"REQUEST", "AGREE"}),
    "AGREE": frozenset({"REQUEST", "AGREE"}),
    "CONCEDE": frozenset(
        {"COERCE", "SANCTION", "THREATEN", "PROTEST", "REQUEST", "AGREE", "REJECT", "ACCUSE"}
    ),
    "RETREAT": frozenset({"COERCE", "SANCTION"}),
    "SANCTION": _KINDLY,
    "SUPPORT": frozenset({"AGREE", "SUPPORT"}),
    "ASSAULT": frozenset({"RETREAT", "AGREE", "CONCEDE"}),
    "COERCE": frozenset({"CONSULT"}),  # "broke up a MEETING"
}
# Of promises and plans only those that are made to somebody are answered; a decision is an act of its own.
_MADE_TO = frozenset({"offer", "proposal", "invitation", "promise", "pledge", "commitment", "overture"})
_ACCORDING = frozenset(
    {"sign", "ratify", "adopt", "approve", "renew", "reaffirm", "reiterate", "honour", "honor"}
)
_INTO = frozenset({"to", "out of", "from"})  # "bowed TO demands", "pulled OUT OF talks"
_CUSTODY = frozenset({"arrest", "custody", "detention", "confinement"})
_KEPT = frozenset({"under", "in", "into", "to"})  # "placed UNDER house arrest"
_SETTING = frozenset({"for", "in", "at", "during", "on"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_SAYING_AGAIN = frozenset({"repeat", "renew", "reiterate", "issue", "make", "send", "deliver", "carry out"})
_SENDING = frozenset({"fire", "launch", "drop", "lob", "hurl", "plant", "throw", "shoot", "lay"})


class Folder(ResultFolder):
    """Folds the drafts of one report."""

    def __init__(self, parsed: ParsedReport) -> None:
        super().__init__(parsed)
        self._carried: dict[int | None, int] = {}
        self._hitting: dict[int | None, int] = {}

    def fold(self, drafts: list[Draft]) -> list[Draft]:
        """Fold drafts that tell one happening.

        Args:
            drafts: In text order.

        Returns:
            What remains, in text order; the tokens of folded predicates stand
            in `alternates`.
        """
        by_head = {d.head: d for d in drafts}
        self._carried = {
            d.clause.support: d.head
            for d in drafts
            if d.clause.support is not None and d.clause.support_kind != "copula"
        }
        self._hitting = {
            a.head: d.head
            for d in drafts
            if d.type in _VIOLENT and d.clause.pos == "verb"
            for a in d.clause.get(Function.SUBJECT)
        }
        for head in sorted(by_head):
            draft = by_head.get(head)
            if draft is None:
                continue
            if draft.clause.pos == "noun":
                self._fold_noun(draft, by_head)
            else:
                self._fold_verb(draft, by_head)
        for head in sorted(by_head):
            draft = by_head.get(head)
            if draft is not None and draft.type in _VIOLENT:
                self._fold_dead_beside(draft, by_head)
                self._fold_when(draft, by_head)
                self._fold_with(draft, by_head)
        fold_left(self.parsed, by_head, self._merged, self._carried)
        fold_gathered(self.parsed, by_head, self._merged)
        return [without_counts(self.parsed, by_head[h]) for h in sorted(by_head)]

    # nouns ----------------------------------------------------------------

    def _fold_noun(self, noun: Draft, by_head: dict[int, Draft]) -> None:
        support = noun.clause.support
        while support in self._merged:
            support = self._merged[support]
        verb = by_head.get(support) if support is not None else None
        if verb is None and noun.type in ("AGREE", "RETREAT", "CONCEDE"):
            above = by_head.get(noun.clause.governor) if noun.clause.governor is not None else None
            if above is not None and any(a.head == noun.head for a in above.clause.get(Function.OBJECT)):
                verb = above if agrees(above, noun) else None
                support = above.head
        blamed = by_head.get(noun.clause.governor) if noun.clause.governor is not None else None
        if (
            noun.type == "ACCUSE"
            and noun.mode == "disapprove"
            and blamed is not None
            and blamed.type == "ACCUSE"
        ):
            # an evaluation inside an accusation adds nothing
            del by_head[noun.head]
            return
        if (
            blamed is not None
            and blamed.clause.lemma in ("responsibility", "responsible")
            and blamed.type == noun.type
            and noun.clause.marker == "for"
        ):  # "claimed responsibility for the attack" tells of one attack
            self._merge(blamed, noun, by_head, "responsibility for")
            return
        kind = noun.clause.support_kind
        if kind == "copula":
            self._fold_copula(noun, by_head)
            return
        if self._fold_answered(noun, by_head):
            return
        self._fold_treated(noun, by_head)
        if verb is None or support is None:
            return
        if kind == "result":
            self._fold_result(noun, verb, by_head)
        elif agrees(verb, noun):
            by_head[verb.head] = replace(
                verb, alternates=(*verb.alternates, noun.head), steps=(*verb.steps, "noun of agreement")
            )
            del by_head[noun.head]
        elif verb.type in _GIVES_WAY or (verb.type in _CUTS and noun.type in _KINDLY):
            if (
                noun.type not in _VIOLENT
            ):  # "lifted the ban" is no new ban, "stopped the raids" tells of raids
                by_head[verb.head] = replace(
                    filled_from(verb, noun, actors=False), alternates=(*verb.alternates, noun.head)
                )
                del by_head[noun.head]
                self._merged[noun.head] = verb.head
        elif verb.type in _KEEPS_NOUN_AND_VERB and verb.type != noun.type:
            return
        elif gives_word(verb, by_head) and noun.type in _KINDLY - {"AGREE"}:
            return  # "agreed to talks", "offered aid": the word is given, the act is to come
        else:
            merged = replace(
                noun,
                mode=noun.mode
                or ("third-party" if verb.mode == "third-party" and noun.type == verb.type else None),
                alternates=(*noun.alternates, verb.head),
                steps=(*noun.steps, f"carried by {verb.clause.lemma}"),
            )
            by_head[noun.head] = filled_from(merged, verb)
            del by_head[verb.head]

    def _fold_answered(self, noun: Draft, by_head: dict[int, Draft]) -> bool:
        """Fold "rejected a REQUEST", "lifted the BAN", "broke off TALKS" into the answer that is given."""
        verb = by_head.get(noun.clause.governor) if noun.clause.governor is not None else None
        if verb is None or verb.clause.pos != "verb" or noun.clause.support == verb.head:
            return False
        place = [a for a in verb.clause.arguments if a.head == noun.head]
        if verb.type == noun.type == "PROTEST":
            if not any(a.preposition in _SETTING or held(verb, a) for a in place) or not among(noun, verb):
                return False
        elif verb.type == noun.type == "SANCTION":
            if verb.mode != "convict" or noun.mode != "convict":
                return False  # "handed him a jail term" is one sentence
        elif verb.type == noun.type == "COERCE":
            if noun.clause.lemma not in _CUSTODY or not any(a.preposition in _KEPT for a in place):
                return False
        elif verb.type == noun.type == "THREATEN":
            if verb.clause.lemma not in _SAYING_AGAIN:
                return False  # "repeated its threat" is one threat
        elif noun.type not in _ANSWERED.get(verb.type, ()) or not any(
            a.function is Function.OBJECT or (a.preposition in _INTO and verb.type != "ASSAULT")
            for a in place
        ):
            return False
        if noun.type == "AGREE" and verb.type in ("REJECT", "AGREE") and noun.clause.lemma not in _MADE_TO:
            return False
        if verb.type == "SUPPORT" and noun.type == "AGREE" and verb.clause.lemma not in _ACCORDING:
            return False
        filled = filled_from(verb, noun, actors=False)
        if not verb.recipients and verb.type == "REJECT":
            filled = replace(filled, recipients=noun.actors)
        by_head[verb.head] = replace(
            filled,
            mode=answered_mode(verb, noun),
            alternates=(*verb.alternates, noun.head),
            steps=(*verb.steps, f"{noun.clause.lemma} answered" if verb.type != "PROTEST" else "setting"),
        )
        del by_head[noun.head]
        self._merged[noun.head] = verb.head
        return True

    def _fold_result(self, noun: Draft, verb: Draft, by_head: dict[int, Draft]) -> None:
        if noun.type not in _VIOLENT or verb.type not in (*_VIOLENT, "SANCTION"):
            return
        bare = not noun.clause.get(Function.POSSESSOR) and not any(
            a.function is Function.OBLIQUE and not any(v.startswith("light:") for v in a.via)
            for a in noun.clause.arguments
        )
        definite = any(t.lower_ in _DEFINITE for t in self.parsed.doc[noun.head].lefts)
        if bare and definite and not noun.actors:
            by_head[verb.head] = replace(
                filled_from(verb, noun),
                actors=verb.actors,
                mode=verb.mode or noun.mode,
                alternates=(*verb.alternates, noun.head),
                steps=(*verb.steps, "noun points back"),
            )
            del by_head[noun.head]
            return
        by_head[noun.head] = replace(
            filled_from(noun, verb, actors=False),
            alternates=(*noun.alternates, verb.head),
            steps=(*noun.steps, f"result {verb.clause.lemma}"),
        )
        del by_head[verb.head]
        self._merged[verb.head] = noun.head
        self._fold_partner(noun.head, verb, by_head)
        own = by_head.get(noun.clause.governor) if noun.clause.governor is not None else None
        if (
            own is not None
            and own.type == noun.type
            and any(a.head == noun.head for a in own.clause.get(Function.SUBJECT))
        ):  # "a car bomb exploded, killing nine"
            self._merge(by_head[noun.head], own, by_head, "own predicate")

    def _fold_copula(self, noun: Draft, by_head: dict[int, Draft]) -> None:
        for argument in noun.clause.get(Function.ATTRIBUTE):
            subject = by_head.get(argument.head)
            if subject is not None and subject.type == noun.type:
                by_head[noun.head] = replace(
                    filled_from(noun, subject),
                    alternates=(*noun.alternates, subject.head),
                    steps=(*noun.steps, "predicate nominal"),
                )
                del by_head[subject.head]

    # verbs ----------------------------------------------------------------

    def _left_so(self, verb: Draft, by_head: dict[int, Draft]) -> bool:
        """Fold "left six DEAD and ten WOUNDED" into what left them so."""
        clause = verb.clause
        left = self.parsed.clause_at(clause.support)
        head = self._merged.get(clause.governor)
        if clause.lemma in ("dead", "wounded", "injured") and left is not None and left.lemma == "leave":
            head = self._carried.get(clause.support)
        elif clause.link is not Link.COORDINATE or clause.lemma not in RESULTS:
            return False
        noun = by_head.get(head) if head is not None else None
        if noun is None or noun.type != verb.type or noun.head == verb.head:
            return False
        by_head[noun.head] = replace(
            filled_from(noun, verb, actors=False),
            alternates=(*noun.alternates, verb.head),
            steps=(*noun.steps, f"result {clause.lemma}"),
        )
        del by_head[verb.head]
        self._merged[verb.head] = noun.head
        return True

    def _fold_sent(self, verb: Draft, by_head: dict[int, Draft]) -> bool:
        """Fold "rockets FIRED BY THE MILITIA hit a mill" into what the rockets did."""
        hit = by_head.get(self._hitting.get(verb.clause.governor, -1))
        if verb.clause.lemma not in _SENDING or hit is None or hit.head == verb.head or hit.actors:
            return False
        if verb.clause.link not in (Link.PARTICIPLE, Link.RELATIVE) or not verb.clause.passive:
            return False
        by_head[hit.head] = replace(
            filled_from(hit, verb),
            mode=hit.mode or (verb.mode if verb.type == hit.type else None),
            alternates=(*hit.alternates, verb.head),
            steps=(*hit.steps, f"{verb.clause.lemma} by"),
        )
        del by_head[verb.head]
        self._merged[verb.head] = hit.head
        return True

    def _fold_verb(self, verb: Draft, by_head: dict[int, Draft]) -> None:
        clause = verb.clause
        if self._left_so(verb, by_head) or self._fold_sent(verb, by_head) or self._planned(verb, by_head):
            return
        governor = clause.governor
        while governor in self._merged:
            governor = self._merged[governor]
        outer = by_head.get(governor) if governor is not None else None
        joined = by_head.get(self.parsed.doc[verb.head].head.i) if clause.pos == "adj" else None
        if joined is not None and joined.head < verb.head and judge_alike(joined, verb):
            self._merge(joined, verb, by_head, "coordinated")  # "UNJUSTIFIED AND ILLEGAL"
            return
        said = outer or self._noun_of(governor, by_head)
        if said is not None and is_comment(said, verb):
            # "condemned the raid, calling it a crime": an evaluation inside an accusation adds nothing
            by_head[said.head] = replace(said, alternates=(*said.alternates, verb.head))
            del by_head[verb.head]
            return
        if outer is not None and self._is_cause(verb, outer):
            # "three died in police firing": the firing is the happening, the deaths its result
            by_head[verb.head] = replace(
                filled_from(verb, outer, actors=False),
                alternates=(*verb.alternates, outer.head, *outer.alternates),
                steps=(*verb.steps, f"result {outer.clause.lemma}"),
            )
            del by_head[outer.head]
            self._merged[outer.head] = verb.head
            self._fold_partner(verb.head, outer, by_head)
            return
        outer = outer or by_head.get(self._merged.get(clause.governor, -1)) or given_for(verb, by_head)
        protest = outer if outer is not None and outer.type == "PROTEST" else None
        protest = protest or self._noun_of(clause.governor, by_head)
        around = self._protest_at(verb, by_head) if protest is None else None
        protest = protest if protest is not None and is_demonstrated(protest, verb) else around
        if protest is not None:
            # what demonstrators demand or denounce is their protest
            told = filled_from(protest, verb, actors=False) if around is None else protest
            if not told.recipients:
                told = replace(told, recipients=self._meant(verb, by_head))
            by_head[protest.head] = replace(
                told,
                alternates=(*protest.alternates, verb.head),
                steps=(*protest.steps, f"topic {verb.clause.lemma}"),
            )
            del by_head[verb.head]
            self._merged[verb.head] = protest.head
            return
        if outer is not None and is_told_twice(outer, verb):
            self._merge(outer, verb, by_head, "purpose")
            return
        if outer is None or outer.type != verb.type:
            outer = self._noun_of(clause.governor, by_head) or self._shot_at(clause, by_head) or outer
        if outer is None or outer.head == verb.head or outer.type != verb.type:
            return
        if verb.type in _VIOLENT and self._is_result(outer, verb):
            self._merge(outer, verb, by_head, "result")
        elif (
            verb.type in ("COERCE", "SANCTION", "THREATEN")
            and clause.link is Link.COMPLEMENT
            and outer.clause.pos == "verb"
        ):
            self._merge(outer, verb, by_head, "forced to")  # "made the paper close" is one act
        elif clause.link is Link.COORDINATE and outer.clause.pos != "noun" and self._shares_all(outer, verb):
            self._merge(outer, verb, by_head, "coordinated")

    @staticmethod
    def _is_result(outer: Draft, verb: Draft) -> bool:
        """Whether a verb tells what came of a violent act: "shelled a base, WOUNDING four"."""
        clause, noun = verb.clause, outer.clause.pos == "noun"
        if clause.link is Link.PARTICIPLE and clause.gerund and clause.governor != outer.head:
            return True
        if clause.link is Link.ADVERBIAL:
            return clause.gerund and clause.marker is None
        if clause.link in (Link.RELATIVE, Link.PARTICIPLE):
            return noun
        return clause.link is Link.COORDINATE and further_result(outer, verb)

    @staticmethod
    def _is_cause(verb: Draft, outer: Draft) -> bool:
        clause = verb.clause
        return (
            verb.type in _VIOLENT
            and outer.type in _VIOLENT
            and clause.link is Link.PREPOSITION
            and clause.marker in ("in", "by", "during", "from")
            and outer.clause.lemma in RESULTS
            and not outer.actors
        )

    def _noun_of(self, governor: int | None, by_head: dict[int, Draft]) -> Draft | None:
        """The event noun that a governing verb carries."""
        head = self._carried.get(governor)
        return None if head is None else by_head.get(head)

    def _protest_at(self, verb: Draft, by_head: dict[int, Draft]) -> Draft | None:
        """The protest at the place a participle hangs on: "blocked the road DEMANDING water"."""
        noun = self.parsed.clause_at(verb.clause.governor)
        if noun is None or verb.clause.link is not Link.PARTICIPLE or not verb.clause.gerund:
            return None
        protest = by_head.get(noun.governor) if noun.governor is not None else None
        protest = protest or self._noun_of(noun.governor, by_head)
        if protest is None or protest.type != "PROTEST" or not names_no_one(noun.lemma):
            return None
        return protest if verb.type in ("REQUEST", "ACCUSE", "PROTEST") else None

    def _meant(self, verb: Draft, by_head: dict[int, Draft]) -> tuple[Argument, ...]:
        """Whom a demand is about that names nobody else: "calling for the removal of THE MAYOR"."""
        for argument in verb.clause.arguments:
            wanted = by_head.get(argument.head)
            if wanted is not None and argument.function is not Function.SUBJECT:
                freed = wanted.mode == "release" or wanted.type == "AID"
                return wanted.actors or (() if freed else wanted.recipients)
        return ()

    def _merge(self, keep: Draft, drop: Draft, by_head: dict[int, Draft], step: str) -> None:
        tokens = keep.tokens
        if step == "coordinated" and drop.head - max(keep.tokens) <= 2:
            tokens = tuple(range(min(keep.tokens), max(drop.tokens) + 1))
        by_head[keep.head] = replace(
            filled_from(keep, drop, actors=False),
            tokens=tokens,
            alternates=(*keep.alternates, drop.head),
            mode=keep.mode or drop.mode,
            steps=(*keep.steps, f"{step} {drop.clause.lemma}"),
        )
        del by_head[drop.head]
        self._merged[drop.head] = keep.head

    def _shares_all(self, first: Draft, second: Draft) -> bool:
        if first.mode != second.mode and first.mode and second.mode:
            return False
        if {a.head for a in first.actors} != {a.head for a in second.actors}:
            return False
        kills = {"kill", "wound", "injure"}
        if first.clause.lemma in kills and second.clause.lemma in kills:
            return True
        if not first.recipients and second.recipients and objects(first):
            # "donated and delivered tents TO THE SCHOOL"
            return objects(first) == objects(second) and first.clause.governor != second.head
        return {a.head for a in first.recipients} == {a.head for a in second.recipients} and objects(
            first
        ) == objects(second)
