"""What the language step hands on: the parsed report and its clauses.

Everything here counts in tokens of the spaCy `Doc` (a token range is
half-open); `ParsedReport.span` turns a token range into a `Span` of the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from spacy.tokens import Doc, Token

from according.records import Region, Report, Span


class Function(StrEnum):
    """What an argument does in its clause, after undoing passive and the rest."""

    SUBJECT = "subject"  # the logical subject: of a passive, its by-phrase
    OBJECT = "object"  # the logical object: of a passive, its surface subject
    DATIVE = "dative"  # gave THE REBELS arms
    ATTRIBUTE = "attribute"  # predicate nominal or adjective: was A STRIKE
    OBLIQUE = "oblique"  # prepositional phrase; see Argument.preposition
    CLAUSE = "clause"  # complement clause; head is its predicate
    POSSESSOR = "possessor"  # ISRAEL's attack, THEIR attack
    MODIFIER = "modifier"  # IRANIAN attack, BOMB attack, MOSQUE attack


class Link(StrEnum):
    """How a clause hangs on the one that governs it."""

    ROOT = "root"
    COMPLEMENT = "complement"  # said THAT X; wants TO X
    RELATIVE = "relative"  # the strike THAT KILLED ten
    PARTICIPLE = "participle"  # the tunnel DUG from Gaza
    ADVERBIAL = "adverbial"  # see Clause.marker: if, after, because, while
    PURPOSE = "purpose"  # came TO DISCUSS
    COORDINATE = "coordinate"  # met AND agreed
    PREPOSITION = "preposition"  # before LEAVING; for KILLING
    SUBJECT = "subject"  # TO LEAVE would be ...
    NOMINAL = "nominal"  # an event noun, an argument of the governor


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a clause.

    Attributes:
        function: What it does.
        head: Index of its head token.
        start, end: Token range of the whole phrase (for a coordinated phrase,
            of this conjunct only), without a leading preposition and without
            following relative clauses or descriptive appositions.
        preposition: For obliques, the preposition in lower case ("on",
            "against", "according to"); else None.
        via: Operations that led here, e.g. ("passive",), ("relative",
            "control"), ("coordination",), ("light:hold",).
    """

    function: Function
    head: int
    start: int
    end: int
    preposition: str | None = None
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate (verb, noun or adjective) with its arguments.

    Attributes:
        head: Index of the predicate's token.
        lemma: Its lemma in lower case.
        pos: "verb", "noun" or "adj".
        particle: Verb particle ("out" of "carry out"), or None.
        arguments: In text order.
        passive: Whether the surface form is passive.
        tense: "past", "present", "future" or None (no finite verb).
        perfect, progressive: Aspect of the verb group.
        infinitive, gerund: Non-finite forms.
        modal: Modal lemma ("can", "could", "may", "might", "must", "should",
            "would", "will", "shall", "need", "ought", "have to", "be to",
            "be due to", "going to"), or None.
        negation: Index of the word that negates it ("not", "never", "no" of
            its subject or object, "without", "neither"), or None.
        question: Whether it is asked.
        imperative: Whether it is a command.
        governor: Index of the head of the clause it is embedded in or leans
            on, or None for a root.
        link: How it hangs there.
        marker: Lower-case subordinator ("if", "after", "that", "to", ...).
        support: For an event noun: the verb that carries it ("held a
            meeting", "was hit by an explosion", "an attack killed"), else None.
        support_kind: "light", "occur", "result", "undergo", "copula" or None.
        start, end: Token range of the clause: the predicate's subtree without
            coordinated main clauses.
        sent: Index of the sentence in the Doc.
    """

    head: int
    lemma: str
    pos: str
    arguments: tuple[Argument, ...]
    start: int
    end: int
    sent: int
    particle: str | None = None
    passive: bool = False
    tense: str | None = None
    perfect: bool = False
    progressive: bool = False
    infinitive: bool = False
    gerund: bool = False
    modal: str | None = None
    negation: int | None = None
    question: bool = False
    imperative: bool = False
    governor: int | None = None
    link: Link = Link.ROOT
    marker: str | None = None
    support: int | None = None
    support_kind: str | None = None

    def get(self, function: Function, preposition: str | None = None) -> tuple[Argument, ...]:
        """Arguments with a function, and for obliques with that preposition."""
        if preposition is None:
            return tuple([a for a in self.arguments if a.function is function])
        return tuple([a for a in self.arguments if a.function is function and a.preposition == preposition])


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """A report with its parse. The `Doc` never leaves the coding of one report.

    Attributes:
        report: The report, with its regions.
        doc: spaCy's parse; its text is `soften_lines(report.text)`.
        clauses: All predicates in text order: every verb, every adjective in
            predicate position, and every noun.
        by_head: Clause index by head token.
        region_of: For each token, the region it stands in, or None.
    """

    report: Report
    doc: Doc
    clauses: tuple[Clause, ...] = ()
    by_head: dict[int, int] = field(default_factory=dict)
    region_of: tuple[Region | None, ...] = ()

    def clause_at(self, head: int | None) -> Clause | None:
        """The clause whose predicate is the token at `head`, or None."""
        if head is None:
            return None
        index = self.by_head.get(head)
        return None if index is None else self.clauses[index]

    def chain(self, clause: Clause) -> tuple[Clause, ...]:
        """The clauses that govern this one, innermost first."""
        out: list[Clause] = []
        seen = {clause.head}
        now = self.clause_at(clause.governor)
        while now is not None and now.head not in seen:
            out.append(now)
            seen.add(now.head)
            now = self.clause_at(now.governor)
        return tuple(out)

    def span(self, start: int, end: int) -> Span:
        """Turn a token range into a span of the text, white space trimmed off."""
        last = self.doc[end - 1]
        while start < end - 1 and last.is_space:
            end -= 1
            last = self.doc[end - 1]
        first = self.doc[start]
        while start < end - 1 and first.is_space:
            start += 1
            first = self.doc[start]
        return Span.of(self.report.text, first.idx, last.idx + len(last))

    def token(self, index: int) -> Token:
        """The token at an index."""
        return self.doc[index]
