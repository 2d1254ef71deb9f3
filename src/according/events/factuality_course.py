"""Signs that an act is under way, comes again and again, or is what another act leads to."""

from __future__ import annotations

from spacy.tokens import Token

from according.events.factuality_refused import Refusals
from according.language.model import Clause, Function, Link

_AGAIN = frozenset(
    {"repeatedly", "long", "often", "consistently", "regularly", "always", "continually", "continuously",
     "frequently", "constantly", "routinely", "persistently", "still", "usually", "periodically"}
)  # fmt: skip
_EVERY = frozenset({"every", "each"})
_SPANS = frozenset({"year", "month", "week", "decade", "generation", "day"})
# Clauses and phrases that set what was going on beside something past: "were firing WHEN he arrived".
_THEN = frozenset({"when", "as", "while", "before", "until", "after", "once"})
_TODAY = frozenset({"now", "currently", "today", "still"})
# Plurals that name one gathering.
_ONE = frozenset({"talk", "negotiation", "consultation", "discussion", "election", "proceeding", "hostility"})
# What is not denied, confirmed or excluded may have happened, or may yet.
_OPEN = frozenset({"deny", "exclude", "rule out"})
_GATHERINGS = frozenset({"summit", "conference", "visit", "trip", "tour", "session", "meeting"})
# Verbs that in the present tense tell what somebody does time and again; others may open a headline.
_DOING = frozenset({"carry out", "conduct", "commit", "wage", "mount", "make", "lead", "perform"})
# Verbs by which one act brings about another, with their prepositions.
_LEADING = frozenset({"lead to", "result in", "end in", "end with", "culminate in", "contribute to"})


class Course(Refusals):
    """Tells what goes on, recurs or follows in one report."""

    def says(self, token: int) -> bool:
        """Whether the predicate at a token is a word of saying; given by who makes the reader."""
        raise NotImplementedError

    def _is_told_as_present(self, clause: Clause) -> bool:
        """Whether a past form only follows a verb of saying: "said it WAS SHARING intelligence"."""
        if not clause.progressive or clause.tense != "past" or clause.perfect:
            return False
        told = clause
        above = self.parsed.clause_at(told.governor)
        while above is not None and told.link is Link.COORDINATE:
            told, above = above, self.parsed.clause_at(above.governor)
        if above is None or told.link is not Link.COMPLEMENT or not self.says(above.head):
            return False
        if above.head > told.head or not (above.tense == "past" or above.gerund):
            return False
        doc = self.parsed.doc
        if any(t.is_quote for t in doc[above.head : clause.head]):
            return False  # the speaker's own words keep their tense
        return not any(self._sets_then(t, above.head) for t in doc[clause.head].children)

    def _sets_then(self, child: Token, said: int) -> bool:
        """Whether a phrase or clause sets the act at a time that is past."""
        if child.dep_ == "advcl":
            marks = {t.lower_ for t in child.children if t.dep_ in ("mark", "advmod")}
            return bool(marks & _THEN)
        if child.i < said or child.lower_ in _TODAY:
            return False
        return any(t.ent_type_ in ("DATE", "TIME") and t.lower_ not in _TODAY for t in child.subtree)

    def _comes_again(self, verb: Clause) -> bool:
        """Whether a verb tells of what is done over and over: "has REPEATEDLY urged", "for years"."""
        for child in self.parsed.doc[verb.head].children:
            if child.dep_ == "advmod" and child.lower_ in _AGAIN and child.i < verb.head:
                return True
            held = [t for t in child.children if t.dep_ == "pobj"] if child.lower_ == "for" else []
            if any(t.tag_ == "NNS" and t.lemma_ in _SPANS for t in held):
                return True
            every = child.dep_ == "npadvmod" and child.lemma_ in _SPANS
            if every and any(t.lower_ in _EVERY for t in child.lefts):
                return True
        return False

    def _is_habit(self, noun: Clause, verb: Clause) -> bool:
        """Whether the present tense tells of what goes on: "fighters still CARRY OUT attacks"."""
        if verb.tense != "present" or verb.perfect or verb.passive or verb.modal or verb.negation is not None:
            return False
        token, doc = self.parsed.doc[verb.head], self.parsed.doc
        if token.tag_ not in ("VBZ", "VBP") or noun.lemma in self.words.performed or self._is_titled(verb):
            return False
        name = verb.lemma if verb.particle is None else f"{verb.lemma} {verb.particle}"
        many = doc[noun.head].tag_ == "NNS" and noun.lemma not in _ONE and name in _DOING
        return many or self._comes_again(verb)

    def _is_led_to(self, verb: Clause, clause: Clause) -> bool:
        """Whether another act brings this one about: "the round would LEAD TO a meeting"."""
        return verb.pos == "verb" and f"{verb.lemma} {clause.marker}" in _LEADING

    def _is_left_open(self, verb: Clause) -> bool:
        """Whether somebody neither owns to an act nor denies it, or does not exclude it."""
        word = f"{verb.lemma} {verb.particle}" if verb.particle else verb.lemma
        if word not in _OPEN:
            return False
        doc, token = self.parsed.doc, self.parsed.doc[verb.head]
        joined = any(t.lower_ in ("nor", "neither") for t in doc[max(token.i - 3, 0) : token.i])
        return verb.negation is not None or joined

    def _is_said_by_it(self, verb: Clause, clause: Clause) -> bool:
        """Whether a gerund tells how something was done: "ended the summit BY CALLING for peace"."""
        return clause.gerund and clause.marker == "by" and verb.pos == "verb"

    def _is_over(self, noun: Clause, verb: Clause) -> bool:
        """Whether a gathering was held to its end: "ENDED their two-day summit"."""
        return verb.lemma in ("end", "conclude") and verb.tense == "past" and noun.lemma in _GATHERINGS

    def _is_called_something(self, verb: Clause, clause: Clause) -> bool:
        """Whether an act is only given a name: "CALLED the raid a disgrace", not "called for a raid"."""
        if verb.lemma != "call" or clause.marker is not None:
            return False
        token = self.parsed.doc[verb.head]
        named = [t for t in token.children if t.dep_ in ("oprd", "ccomp", "acomp") and t.i >= clause.head]
        if any(t.dep_ == "oprd" or t.pos_ not in ("VERB", "AUX") for t in named):
            return True
        return any(a.function is Function.ATTRIBUTE and a.head > verb.head for a in verb.arguments)

    def _is_excluded(self, governor: Clause) -> bool:
        """Whether it is "out of the question"."""
        return any(
            a.preposition == "out of" and self.parsed.doc[a.head].lower_ == "question"
            for a in governor.get(Function.OBLIQUE)
        )

    def _is_titled(self, clause: Clause) -> bool:
        region = self.parsed.region_of[clause.head] if self.parsed.region_of else None
        return region is not None and region.kind in ("title", "caption")

    def _reported_future(self, clause: Clause) -> bool:
        """Whether "would" is the future of a past word of saying ("said it would send")."""
        governor = self.parsed.clause_at(clause.governor)
        while governor is not None and clause.link is Link.COORDINATE:
            clause, governor = governor, self.parsed.clause_at(governor.governor)
        return governor is not None and clause.link is Link.COMPLEMENT and self.says(governor.head)
