"""Factuality: whether a happening is told as having happened.

The status is what the innermost speaker says of it. It is read off the
predicate's own tense, modality and negation, and then off the words that
govern it, up to the first word of saying. Lists are in `data/factuality.yml`.
"""

from __future__ import annotations

from collections.abc import Callable

from according.events.factuality_signs import FactualitySigns
from according.events.factuality_words import (
    BRINGING,
    PARCELS,
    PHONED,
    UNMET,
    FactualityWords,
    load_factuality_words,
)
from according.language.model import Clause, Function, Link, ParsedReport
from according.language.verbs import load_verb_classes

_SUBORDINATORS = frozenset({"after", "when", "once", "until", "before", "as soon as", "till"})
_AWAITING = frozenset({"until", "till", "before"})
_GOING = frozenset(
    {"arrive", "head", "go", "come", "travel", "fly", "return", "leave", "attend", "visit", "sit"}
)
_OPPOSING = frozenset({"oppose", "opposed", "reject", "denounce", "resist"})
# What stands behind these words is the occasion, not what is wanted or planned.
_SINCE = frozenset({"after", "following", "since", "amid", "during", "despite"})
# Gerunds behind these words are still to come ("close TO leaving", "insisted ON leaving").
_AHEAD = frozenset(
    {"to", "toward", "towards", "about", "on", "from", "against", "into", "without", "at", "as"}
)
_SETTINGS = frozenset({"in", "during", "at", "after", "before", "amid", "following", "since"})
_ACCOUNTS = frozenset({"report", "claim", "rumour", "rumor", "allegation", "accusation", "suggestion"})
# Whoever calls them has them held.
_CONVENED = frozenset(
    {"meeting", "session", "summit", "conference", "assembly", "gathering", "talk", "visit", "trip", "tour"}
)
_CONDITIONAL = frozenset({"if", "unless", "whether", "provided", "providing", "assuming"})


class Factuality(FactualitySigns):
    """Reads the factuality of predicates of one report."""

    def __init__(
        self, parsed: ParsedReport, says: Callable[[int], bool], words: FactualityWords | None = None
    ) -> None:
        """Prepare for one report.

        Args:
            parsed: The report.
            says: Whether the predicate at a token is a word of saying or
                believing, whose complement is the speaker's own account.
            words: Lists to use; the package's own by default.
        """
        super().__init__(parsed, words or load_factuality_words())
        self._says = says
        self._reading: set[int] = set()

    def says(self, token: int) -> bool:
        """Whether the predicate at a token is a word of saying or believing."""
        return self._says(token)

    def read(self, clause: Clause, *, verbal: bool = False) -> str:
        """Give the factuality of a predicate.

        Args:
            clause: The predicate.
            verbal: Whether it is an act of speech, which a present tense
                performs rather than prolongs.

        Returns:
            happened, ongoing, planned, wanted, possible or negated.
        """
        if clause.head in self._reading:  # a misread noun may be carried by a verb that hangs below it
            return "happened"
        self._reading.add(clause.head)
        try:
            return self._read(clause, verbal)
        finally:
            self._reading.discard(clause.head)

    def _read(self, clause: Clause, verbal: bool) -> str:
        if clause.pos == "noun":
            return self._noun(clause, verbal)
        carrier = clause
        if clause.pos == "adj" and clause.support is not None:
            carrier = self.parsed.clause_at(clause.support) or clause
        status = self._own(clause, verbal)
        return self._outer(carrier, status)

    # the predicate itself -----------------------------------------------------

    def _own(self, clause: Clause, verbal: bool) -> str:
        conditional = clause.link is Link.ADVERBIAL and clause.marker in _CONDITIONAL
        if clause.negation is not None:
            return "possible" if conditional else "ongoing" if self._no_longer(clause) else "negated"
        if self._no_longer(clause):
            return "ongoing"
        if clause.tense == "future":
            return "possible" if conditional else "planned"
        if clause.marker == "whether":
            return "possible"
        if clause.modal == "be to" and clause.perfect:
            return "negated"  # "were to have met": it did not come about
        if clause.modal == "have to" and self._is_yet_to(clause):
            return "negated"
        if clause.perfect and clause.modal in UNMET:
            return UNMET[clause.modal]
        modal = self.words.modals.get(clause.modal or "")
        if modal == "planned" and clause.modal == "would":
            ahead = self._reported_future(clause) or self._is_dated_ahead(clause)
            return "planned" if ahead else "possible"
        if modal is not None:
            return modal
        if clause.question:
            return "possible"
        if clause.imperative:
            return "happened" if clause.lemma in load_verb_classes().performed else "wanted"
        if (clause.link is Link.ADVERBIAL and clause.marker in _CONDITIONAL) or clause.marker == "whether":
            return "possible"
        if clause.tense == "present":
            if clause.link is Link.ADVERBIAL and clause.marker in _SUBORDINATORS and not clause.perfect:
                told = (clause.marker not in _AWAITING and self._historic(clause)) or (
                    clause.marker == "after"
                    and (clause.passive or self._is_titled(clause))
                    and self._in_headline(clause)
                )
                return "happened" if told else "planned"
            return self._present(clause, verbal)
        if clause.link is Link.PURPOSE:
            return "planned"
        if clause.infinitive and clause.link is Link.ROOT and clause.get(Function.SUBJECT):
            return "planned"  # "Kenya TO SEND police to Haiti"
        if clause.gerund and clause.link is Link.PARTICIPLE:
            if verbal and self._is_blocked(clause):
                return "negated"
            return "happened" if verbal and self._is_set_down(clause) else "ongoing"
        if clause.marker in ("until", "till") and self._is_awaited(clause):
            return "possible"
        return "ongoing" if self._is_told_as_present(clause) else "happened"

    def _is_awaited(self, clause: Clause) -> bool:
        """Whether what lasts until the act is still to come: "should stay until they WERE FREED"."""
        above = self.parsed.clause_at(clause.governor)
        return (
            clause.link is Link.ADVERBIAL
            and above is not None
            and self.read(above) in ("wanted", "planned", "possible")
        )

    def _present(self, clause: Clause, verbal: bool) -> str:
        if clause.progressive:
            return "ongoing"
        if clause.lemma in self.words.standing and not clause.perfect and not clause.passive:
            return "ongoing"
        if verbal and clause.perfect and self._comes_again(clause):
            return "ongoing"
        if clause.perfect or verbal or clause.passive:
            return "happened"
        if self._is_titled(clause):
            return "happened"
        return (
            "ongoing"
            if clause.tense == "present" and self.parsed.doc[clause.head].tag_ in ("VBZ", "VBP")
            else "happened"
        )

    # what governs it ------------------------------------------------------------

    def _outer(self, clause: Clause, status: str) -> str:
        finite = clause.tense is not None or clause.modal is not None
        seen = {clause.head}
        governor = self.parsed.clause_at(clause.governor)
        while governor is not None and governor.head not in seen:
            seen.add(governor.head)
            told = self._by_link(clause, governor, status, finite=finite)
            if told is not None:
                return told
            governor = self._judgement(governor, clause)
            if self._is_performed(clause, governor):
                return self.read(governor, verbal=True) if governor.tense == "past" else "happened"
            if self._is_left_open(governor):
                return "possible"
            effect = "inherit" if self._is_said_by_it(governor, clause) else self._operator(governor, clause)
            if effect == "inherit" and clause.link is not Link.PURPOSE:
                return self._combine(status, self.read(governor, verbal=self.says(governor.head)))
            if effect is not None and clause.link in (
                Link.COMPLEMENT,
                Link.PREPOSITION,
                Link.NOMINAL,
                Link.SUBJECT,
            ):
                if clause.marker != "against" and self._is_refused(effect, governor):
                    return "negated"
                told = self._apply(effect, governor, status)
                if effect == "ongoing" and governor.lemma in self.words.going_on:
                    outer = self.read(governor)  # "it is vital that they KEEP talking"
                    return outer if outer in ("wanted", "possible", "negated") else told
                return told
            if clause.link is Link.PREPOSITION and governor.lemma in (
                "die",
                "kill",
                "injure",
                "wound",
                "hurt",
            ):
                return self._combine(status, self.read(governor))
            if clause.link is Link.PREPOSITION:
                return "planned" if clause.marker in _AHEAD else status
            if self.says(governor.head):
                return "negated" if self._is_denied(governor) else status
            if clause.link is Link.COMPLEMENT and finite and clause.tense == "past" and not clause.marker:
                return status  # "agreed to look into who SHOT him"
            if clause.link is Link.COMPLEMENT and not finite and clause.infinitive:
                if governor.pos == "noun":
                    return (
                        "negated"
                        if self._is_refused("planned", governor)
                        else self._combine(status, "planned")
                    )
                return self._combine(status, self.read(governor))
            clause, governor = governor, self.parsed.clause_at(governor.governor)
            finite = clause.tense is not None or clause.modal is not None
        return status

    def _by_link(self, clause: Clause, governor: Clause, status: str, *, finite: bool) -> str | None:
        """Status of a clause that is settled by how it hangs on its governor; None where it is not."""
        if clause.link is Link.COORDINATE and not finite:
            return self._combine(status, self.read(governor))
        if clause.link in (Link.RELATIVE, Link.PARTICIPLE):
            return status
        if clause.link is Link.ADVERBIAL:
            return status if finite or clause.marker else self._combine(status, self.read(governor))
        if clause.link is Link.PURPOSE and governor.negation is not None and governor.lemma in _GOING:
            return "negated"  # "will not travel to Rome to meet the bishop"
        if clause.link is Link.PURPOSE and self._came_of_it(clause):
            return self._combine("happened", self.read(governor))
        if clause.link is Link.SUBJECT and self._is_excluded(governor):
            return "negated"
        if self._is_answered(governor, clause):
            return status
        return None

    def _operator(self, governor: Clause, clause: Clause) -> str | None:
        table = self.words.operators
        if clause.link is Link.COORDINATE or self._is_called_something(governor, clause):
            return None
        if governor.lemma == "order" and governor.marker == "in" and clause.infinitive:
            return "planned"  # "in order to"
        if (
            governor.pos == "adj"
            and clause.infinitive
            and any(t.lower_ == "too" for t in self.parsed.doc[governor.head].children)
        ):
            return "negated"
        if governor.lemma == "campaign" and governor.pos == "noun" and clause.infinitive:
            return "planned"
        if governor.lemma == "able" and governor.tense == "past" and governor.modal is None:
            return "inherit"  # who was able to do it did it
        if self._is_term(governor, clause):
            return "wanted"  # "gave them a week TO LEAVE"
        if governor.lemma == "time":  # "it is time to END it", and not "at the time of the RAID"
            return "wanted" if clause.infinitive else table.get(f"time {clause.marker}")
        if (called := self._called_out(governor, clause)) is not None:
            return called
        if governor.lemma == "call" and governor.particle is None and clause.lemma in _CONVENED:
            return "inherit" if clause.marker is None else table.get(f"call {clause.marker}")
        if governor.lemma == "call" and clause.lemma in PHONED and not governor.get(Function.OBLIQUE, "on"):
            return "inherit"  # "called to CONGRATULATE the winner"
        if clause.marker == "whether" and governor.lemma in table:
            return "possible"
        if governor.lemma in self.words.says_when_finite and clause.tense is not None:
            return "wanted" if self._is_mandative(governor, clause) else None
        if clause.link is Link.NOMINAL and governor.pos == "verb" and clause.marker is None:
            effect = table.get(f"{governor.lemma} {governor.particle}") or table.get(governor.lemma)
            doing = any(
                a.head == clause.head and (a.function is Function.SUBJECT or governor.lemma == "aim")
                for a in governor.arguments
            )
            named = any(
                a.head == clause.head and a.function is Function.ATTRIBUTE for a in governor.arguments
            )
            if (doing or named) and effect in ("planned", "wanted", "possible"):
                return None  # "THE RAID threatens the truce", "called it A CRIME"
            return effect if effect in ("negated", "planned", "wanted", "possible", "ongoing") else None
        if clause.link is Link.NOMINAL and governor.pos == "verb" and clause.marker in _SETTINGS:
            return table.get(f"{governor.lemma} {clause.marker}")  # "asked for it IN A MEETING": they met
        for word in (
            f"{governor.lemma} {clause.marker}",
            f"{governor.lemma} {governor.particle}",
            governor.lemma,
        ):
            if word in table:
                return table[word]
        return None

    @staticmethod
    def _combine(inner: str, outer: str) -> str:
        if inner == "negated" or outer == "negated":
            return "negated"
        return outer if inner in ("happened", "ongoing") else inner

    # nouns ------------------------------------------------------------------------

    def _noun(self, clause: Clause, verbal: bool) -> str:
        if clause.negation is not None:
            return "negated"
        for token in self.parsed.doc[clause.head].lefts:
            status = self.words.modifiers.get(token.lower_)
            if status is not None and not self._is_praised(token):
                return "negated" if status == "planned" and self._called_off(clause) else status
        support = self.parsed.clause_at(clause.support)
        if support is not None and support.gerund and clause.support_kind == "occur":
            return self._outer_noun(clause)  # "plans protests STARTING on Monday"
        copula = support or self.parsed.clause_at(clause.governor)
        if copula is not None and self._is_excluded(copula):
            return "negated"
        if copula is not None and self._is_needed(copula, clause):
            return "wanted"
        if copula is not None and self._is_aim(copula, clause):
            return "planned" if copula.negation is None else "negated"
        if support is not None and support.lemma in self.words.endings and support.negation is None:
            return "happened" if self._is_over(clause, support) else "ongoing"
        if clause.lemma in self.words.durative and self._under_way(clause, support):
            return "ongoing"
        if self._is_only_judged(clause, copula):
            return "happened"
        if support is not None and clause.support_kind != "result":
            return self._carried(clause, support, verbal)
        if support is not None and support.negation is None:
            return self.read(support, verbal=True)
        return self._outer_noun(clause)  # an attack that kills nobody is made all the same

    def _carried(self, clause: Clause, support: Clause, verbal: bool) -> str:
        """Status of an act by the verb that carries its noun: "PLANNED an attack"."""
        status = self.read(support, verbal=True)
        effect = self.words.operators.get(f"{support.lemma} {support.particle}")
        if effect is None:
            effect = self.words.operators.get(support.lemma)
        called = self._called_out(support, clause)
        if called is not None:
            return called if status == "happened" else status
        if support.lemma == "call" and support.particle is None and clause.lemma in _CONVENED:
            return status
        if effect == "planned" and clause.lemma in self.words.performed:
            return status
        if support.lemma == "announce" and clause.lemma in self.words.done:
            return status
        if effect == "planned" and self._was_planned(clause, support):
            return "happened"
        if effect == "planned" and self._called_off(clause):
            return "negated"  # "foiled an attack planned for May"
        if effect in ("planned", "negated", "wanted", "possible") and not self._is_called_something(
            support, clause
        ):
            return self._apply(effect, support, status)
        if status == "happened" and not verbal and self._is_habit(clause, support):
            return "ongoing"
        return "ongoing" if support.progressive and support.tense == "present" else status

    def _under_way(self, clause: Clause, support: Clause | None) -> bool:
        """Whether nothing says that a drawn-out act is over, to come, or merely wanted."""
        if support is not None and clause.support_kind == "result":
            return support.tense != "past" and self._outer_noun(clause) == "happened"
        if support is None:
            return self._outer_noun(clause) == "happened"
        if clause.support_kind == "occur":
            return (
                support.lemma in ("begin", "start", "continue", "rage", "intensify", "go on")
                and support.tense != "future"
            )
        owned = any(t.dep_ == "poss" for t in self.parsed.doc[clause.head].lefts)
        return owned and support.lemma in ("join", "continue", "lead", "enter", "take part in")

    def _outer_noun(self, clause: Clause) -> str:
        governor = self.parsed.clause_at(clause.governor)
        if governor is None or (clause.marker in _SINCE and governor.pos == "verb"):
            return "happened"
        raised = self.parsed.clause_at(governor.governor) if governor.infinitive else None
        if raised is not None and governor.link is Link.COMPLEMENT and clause.head < governor.head:
            governor = raised  # "demanded SUPPORT from the state to repair it"
        if governor.lemma == "suspect" and governor.pos == "noun" and clause.marker in ("in", "of"):
            return "happened"  # "a suspect in THE BOMBING"
        if governor.lemma == "lead" and clause.marker == "to" and self._informs(governor):
            return "possible"  # "a reward for information leading to HIS ARREST"
        if any(a.head == clause.head and "passive" in a.via for a in governor.get(Function.SUBJECT)):
            return "happened"  # "driven out by THE BOMBING": nobody drives at it
        if self._is_due(governor, clause):
            return "planned"
        if clause.marker in ("on", *_SETTINGS) and clause.head < governor.head and governor.pos == "verb":
            return "happened"  # "ON A VISIT to Rome he called for calm" calls for no visit
        if clause.marker == "for" and governor.pos == "verb" and governor.lemma in _GOING:
            return self._combine("happened", self.read(governor))  # "is due to travel to Rome FOR TALKS"
        if clause.marker == "of" and governor.lemma in _ACCOUNTS and self._is_denied(governor):
            return "negated"
        if self._is_left_open(governor):
            return "possible"
        if self._is_led_to(governor, clause):
            return self._combine("happened", self.read(governor, verbal=True))
        effect = self._operator(governor, clause)
        if effect == "planned" and governor.lemma == "announce" and clause.lemma in self.words.done:
            return "happened"
        if effect is None and self._is_imagined(governor, clause):
            return "possible"
        if effect in (None, "inherit"):
            governed = (
                governor.pos == "noun"
                and clause.marker not in ("compound", "nmod", "poss")
                and governor.marker not in ("after", "before", "since", "during", "in", "amid", "following")
            )
            grand = (
                self._operator(outer, governor)
                if governed and (outer := self.parsed.clause_at(governor.governor))
                else None
            )
            if (f"{governor.lemma} {clause.marker}" if clause.marker else governor.lemma) in BRINGING:
                brought = self._combine("happened", self.read(governor, verbal=True))
                if not self._is_definite(clause) or brought != "ongoing":
                    return brought
            staged = grand == "negated" and governor.lemma in PARCELS  # "blocked a package of SANCTIONS"
            told = staged or grand in ("wanted", "possible", "planned")
            return grand if grand is not None and told and clause.marker == "of" else "happened"
        definite = self._is_definite(clause)
        if definite and effect == "possible" and governor.pos == "verb":
            return "happened"
        if (
            effect == "negated"
            and governor.lemma in _OPPOSING
            and (definite or any(t.dep_ == "poss" for t in self.parsed.doc[clause.head].lefts))
        ):
            return "happened"  # "opposed to THE GROUP'S truce": there is one
        if clause.marker != "against" and self._is_refused(effect, governor):
            return "negated"
        return self._apply(effect, governor, "happened")
