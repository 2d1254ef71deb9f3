"""Signs in the words around a predicate that decide whether it is told as having happened."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Token

from according.events.factuality_course import Course
from according.events.factuality_words import MANDATING, PAPERS, SETTING_DOWN, TERMS
from according.language.model import Clause, Function, Link
from according.language.verbs import load_verb_classes

_NEEDED = frozenset({"essential", "vital", "necessary", "crucial", "imperative", "indispensable", "needed"})
_AIMS = frozenset({"goal", "objective", "aim", "purpose", "intention", "intent", "mission", "ambition"})
_KNOWLEDGE = frozenset({"information", "tip", "evidence", "clue", "detail", "tip-off"})
# Words of a time to come, of a condition, and of days and months that are named without a year.
_COMING = frozenset(
    {"next", "tomorrow", "later", "shortly", "soon", "tonight", "upcoming", "coming", "forthcoming"}
)
_UNCERTAIN = frozenset({"if", "unless", "otherwise", "whether", "could", "might", "were", "possibly"})
_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "week", "month"}
)
_MONTHS = frozenset(
    {
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    }
)  # fmt: skip
_PLANNING = frozenset({"plan", "plot", "organise", "organize", "prepare", "coordinate"})
_PROTESTS = frozenset(
    {
        "strike",
        "march",
        "rally",
        "protest",
        "demonstration",
        "walkout",
        "stoppage",
        "general strike",
        "sit-in",
        "vigil",
        "bandh",
        "hartal",
        "shutdown",
        "boycott",
    }
)
_WELL = frozenset({"well", "carefully", "meticulously", "poorly", "badly", "cleverly", "expertly"})


class FactualitySigns(Course):
    """Looks for the signs in one report."""

    def _is_needed(self, copula: Clause, noun: Clause) -> bool:
        """Whether an act is said to be needed, not to have been done: "a CEASEFIRE is essential"."""
        if copula.lemma not in ("be", "remain", "become") or copula.tense != "present" or noun.marker:
            return False
        return any(self.parsed.doc[a.head].lemma_.lower() in _NEEDED for a in copula.get(Function.ATTRIBUTE))

    def _is_aim(self, copula: Clause, noun: Clause) -> bool:
        """Whether an act is what somebody is out for: "the goal is THE DESTRUCTION of the army"."""
        if copula.lemma not in ("be", "remain", "become") or noun.marker:
            return False
        subjects = {self.parsed.doc[a.head].lemma_.lower() for a in copula.get(Function.SUBJECT)}
        return bool(subjects & _AIMS)

    @staticmethod
    def _called_out(verb: Clause, clause: Clause) -> str | None:
        """Status of a protest that somebody has called: "called A STRIKE", "A STRIKE called by the union"."""
        if verb.lemma != "call" or verb.particle or clause.marker or clause.lemma not in _PROTESTS:
            return None
        return "planned" if verb.head < clause.head else "happened"

    def _is_due(self, verb: Clause, clause: Clause) -> bool:
        """Whether somebody is still to come for what a noun names: "is DUE in Rome for TALKS"."""
        if verb.lemma not in ("be", "arrive", "come", "go") or clause.marker != "for":
            return False
        return any(t.lower_ == "due" for t in self.parsed.doc[verb.head].children)

    def _is_performed(self, clause: Clause, wish: Clause) -> bool:
        """Whether wishing is a polite way of doing it: "we WOULD LIKE TO THANK the medics"."""
        if clause.lemma not in load_verb_classes().performed or clause.link is not Link.COMPLEMENT:
            return False
        if wish.negation is not None or wish.question or not clause.infinitive:
            return False
        polite = wish.modal == "would" and wish.lemma in ("like", "wish")
        return polite or (wish.lemma in ("want", "wish") and wish.tense == "present" and self._is_own(wish))

    def _is_own(self, clause: Clause) -> bool:
        """Whether the speaker speaks of himself."""
        return any(self.parsed.doc[a.head].lower_ in ("i", "we") for a in clause.get(Function.SUBJECT))

    def _came_of_it(self, clause: Clause) -> bool:
        """Whether an infinitive tells what followed: "came home, ONLY TO be jailed"."""
        doc = self.parsed.doc
        before = doc[max(clause.head - 4, 0) : clause.head]
        return any(a.lower_ == "only" and b.lower_ == "to" for a, b in pairwise(before))

    def _was_planned(self, clause: Clause, verb: Clause) -> bool:
        """Whether it is told where or by whom an act that is known was planned, not what for."""
        if verb.lemma not in _PLANNING or not verb.passive or verb.tense != "past" or verb.modal:
            return False
        said = {a.preposition for a in verb.get(Function.OBLIQUE)}
        told = bool(said & {"in", "from", "with", "inside", "outside"}) or any(
            t.dep_ == "agent" for t in self.parsed.doc[verb.head].children
        )
        return told and "for" not in said and self._is_definite(clause)

    def _is_only_judged(self, clause: Clause, copula: Clause | None) -> bool:
        """Whether what is only possible is what to call a known act: "THE attack could be a war crime"."""
        if copula is None or copula.lemma != "be" or copula.modal is None or not self._is_definite(clause):
            return False
        return any(a.head == clause.head for a in copula.get(Function.SUBJECT)) and bool(
            copula.get(Function.ATTRIBUTE)
        )

    def _is_imagined(self, verb: Clause, clause: Clause) -> bool:
        """Whether an act is only thought of: "AN attack on the island COULD draw in others"."""
        return (
            verb.pos == "verb"
            and verb.modal in ("could", "would", "may", "might")
            and not self._is_definite(clause)
            and any(a.head == clause.head for a in verb.get(Function.SUBJECT))
            and not any(t.dep_ == "poss" for t in self.parsed.doc[clause.head].lefts)
        )

    def _is_yet_to(self, clause: Clause) -> bool:
        """Whether an act has not come about: "has YET to be agreed"."""
        doc = self.parsed.doc
        return any(
            t.lower_ == "yet" for t in doc[max(clause.head - 5, doc[clause.head].sent.start) : clause.head]
        )

    def _is_answered(self, verb: Clause, told: Clause) -> bool:
        """Whether a denial only answers what was told before it: "A accuses B of raids, B DENIES"."""
        if verb.lemma not in ("deny", "reject", "dismiss") or told.link is not Link.COMPLEMENT:
            return False
        subject = verb.get(Function.SUBJECT)
        return told.head < verb.head and bool(subject) and told.head < subject[0].head

    def _is_dated_ahead(self, clause: Clause) -> bool:
        """Whether "would" is the future of a past report: "the two WOULD meet in Accra next week".

        Somebody's words are often told on without another word of saying. What
        hangs on a condition has no date.
        """
        if clause.perfect or clause.link not in (Link.ROOT, Link.COORDINATE, Link.RELATIVE):
            return False
        doc = self.parsed.doc
        if any(t.lower_ in _UNCERTAIN for t in doc[clause.head].sent):
            return False
        told = doc[clause.start : clause.end]
        return any(t.lower_ in _COMING for t in told) or any(
            t.lower_ in ("on", "in", "this") and b.lower_ in (_DAYS if t.lower_ != "in" else _MONTHS)
            for t, b in pairwise(told)
        )

    def _is_praised(self, token: Token) -> bool:
        """Whether a word before a noun says how well it was done: "a WELL-planned attack"."""
        before = [t.lower_ for t in self.parsed.doc[max(token.i - 2, 0) : token.i]]
        return any(word in _WELL for word in before)

    def _informs(self, verb: Clause) -> bool:
        """Whether what leads to an act is only knowledge that somebody may have."""
        return any(
            self.parsed.doc[a.head].lemma_.lower() in _KNOWLEDGE for a in verb.get(Function.SUBJECT)
        ) or (verb.governor is not None and self.parsed.doc[verb.governor].lemma_.lower() in _KNOWLEDGE)

    def _is_definite(self, clause: Clause) -> bool:
        """Whether a noun names an act that is taken as known."""
        definite = ("the", "this", "these", "that", "those", "recent")
        return any(t.lower_ in definite for t in self.parsed.doc[clause.head].lefts)

    def _is_mandative(self, governor: Clause, clause: Clause) -> bool:
        """Whether a that-clause tells what shall be: "insisted that the two sides RESPECT it"."""
        if governor.lemma not in MANDATING or governor.tense != "past" or clause.modal is not None:
            return False
        return (
            self.parsed.doc[clause.head].tag_ in ("VB", "VBP")
            and not clause.perfect
            and not clause.progressive
        )

    def _is_term(self, noun: Clause, clause: Clause) -> bool:
        """Whether an infinitive tells for what somebody is given time: "gave them a week TO LEAVE"."""
        given = self.parsed.clause_at(noun.support)
        return (
            noun.lemma in TERMS
            and clause.infinitive
            and given is not None
            and given.lemma in ("give", "grant", "allow", "set")
        )

    def _is_blocked(self, clause: Clause) -> bool:
        """Whether an act of speech stands in a text that was stopped: "vetoed a statement CONDEMNING it"."""
        text = self.parsed.clause_at(clause.governor)
        stop = self.parsed.clause_at(text.governor) if text is not None and text.pos == "noun" else None
        return (
            stop is not None
            and stop.lemma in ("veto", "block", "vote down", "shelve", "scuttle", "torpedo")
            and stop.negation is None
            and any(a.head == clause.governor for a in stop.get(Function.OBJECT))
        )

    def _no_longer(self, clause: Clause) -> bool:
        """Whether it is told that the act has come, or shall come, to an end."""
        doc, head = self.parsed.doc, clause.head
        before = {t.lower_ for t in doc[max(head - 4, doc[head].sent.start) : head + 1]}
        return "longer" in before and bool(before & {"no", "any"})

    def _historic(self, clause: Clause) -> bool:
        """Whether the clause above tells in the present what is past: "is killed when a bomb EXPLODES"."""
        above = self.parsed.clause_at(clause.governor)
        return (
            above is not None
            and above.tense in ("present", "past")
            and above.modal is None
            and (above.passive or above.perfect)
        )

    def _is_excluded(self, governor: Clause) -> bool:
        """Whether it is "out of the question"."""
        return any(
            a.preposition == "out of" and self.parsed.doc[a.head].lower_ == "question"
            for a in governor.get(Function.OBLIQUE)
        )

    def _is_set_down(self, clause: Clause) -> bool:
        """Whether an act of speech stands in a paper signed or passed: "a statement CONDEMNING it"."""
        above = self.parsed.clause_at(clause.governor)
        if above is not None and above.pos == "noun" and above.lemma in PAPERS:
            above = self.parsed.clause_at(above.governor)
        return above is not None and above.lemma in SETTING_DOWN and above.tense == "past"

    def _judgement(self, governor: Clause, clause: Clause) -> Clause:
        """The adjective that governs a clause hung on its copula: "it is VITAL that they leave"."""
        if clause.link is Link.COMPLEMENT and governor.lemma in ("be", "remain", "become", "seem"):
            for argument in governor.get(Function.ATTRIBUTE):
                judged = self.parsed.clause_at(argument.head)
                if judged is not None and judged.pos == "adj":
                    return judged
        return governor

    def _in_headline(self, clause: Clause) -> bool:
        """Whether a clause hangs on nothing that is still to come: "Truce collapses after guard IS SHOT"."""
        above = self.parsed.clause_at(clause.governor)
        if above is None or above.pos == "noun":
            return True
        return self._is_titled(clause) and above.tense != "future" and not above.modal

    def _apply(self, effect: str, governor: Clause, status: str) -> str:
        if status == "negated":
            return "negated"
        if governor.negation is not None:
            if effect != "negated":
                return "negated"
            ahead = governor.tense == "future" or governor.modal is not None
            return (
                "possible" if ahead and status == "happened" else status
            )  # "would not keep us from LEAVING"
        if effect == "ongoing" and governor.tense == "future":
            return "planned"
        if status in ("possible", "wanted") and effect == "planned":
            return status
        return effect
