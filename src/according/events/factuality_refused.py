"""What is refused, called off or denied, and so does not come about."""

from __future__ import annotations

from according.events.factuality_words import FactualityWords
from according.language.model import Clause, Function, ParsedReport

_DENYING = frozenset({"deny", "reject", "dismiss", "refute"})


class Refusals:
    """Tells refusals, cancellations and denials in one report."""

    def __init__(self, parsed: ParsedReport, words: FactualityWords) -> None:
        self.parsed = parsed
        self.words = words

    def _is_refused(self, effect: str, noun: Clause) -> bool:
        """Whether what a noun asks or offers is refused: "rejected a request TO MEET"."""
        verb = self.parsed.clause_at(noun.governor)
        if (
            noun.pos != "noun"
            or noun.lemma not in self.words.asked
            or effect not in ("wanted", "planned")
            or verb is None
            or verb.negation is not None
        ):
            return False
        word = f"{verb.lemma} {verb.particle}" if verb.particle else verb.lemma
        return self.words.operators.get(word) == "negated" and any(
            a.head == noun.head and a.function is Function.OBJECT for a in verb.arguments
        )

    def _called_off(self, clause: Clause) -> bool:
        """Whether what was planned is cancelled: "called off a planned VISIT"."""
        behind = clause.support is not None and clause.support > clause.head  # "foiled an attack PLANNED for"
        above = self.parsed.clause_at(
            clause.support if clause.support is not None and not behind else clause.governor
        )
        if above is None or above.negation is not None or above.pos != "verb":
            return False
        word = f"{above.lemma} {above.particle}" if above.particle else above.lemma
        return self.words.operators.get(word) == "negated" and any(
            a.head == clause.head and a.function is Function.OBJECT for a in above.arguments
        )

    def _is_denied(self, account: Clause) -> bool:
        """Whether an account that a noun names is denied: "denied a REPORT that they fled"."""
        verb = self.parsed.clause_at(account.governor) if account.pos == "noun" else None
        return (
            verb is not None
            and verb.lemma in _DENYING
            and verb.negation is None
            and any(a.head == account.head for a in verb.get(Function.OBJECT))
        )
