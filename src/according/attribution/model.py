"""What the attribution step hands on: statements, before entities have names."""

from __future__ import annotations

from dataclasses import dataclass

from according.records import Manner, Stance

Chars = tuple[int, int]


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """One attribution relation: a source says, believes or wants some content.

    All pairs are half-open character offsets into the report's text.

    Attributes:
        source: The speaker's whole noun phrase, or None.
        source_head: Token that the speaker is known by (of a relative
            pronoun, its antecedent), or None.
        cue: The words of speech, belief or will, or None.
        cue_head: Main token of the cue, or None.
        cue_lemma: Its lemma with particle and preposition ("call for").
        cue_kind: "verb", "noun", "adverb", "adjective", "preposition",
            "colon", "dash".
        cue_class: Class of the cue in the cue list ("say", "judge", ...).
        content: What is said, in text order; several pieces where the cue
            interrupts or a quotation runs over paragraphs.
        manner: "direct", "indirect" or "mixed".
        stance: How the speaker stands to the content.
        parent: Index of the innermost statement whose content this one
            stands in, or None.
        presupposes: The content is taken for granted by the speaker
            ("condemned the raid"), not asserted by him.
        answers: It is a bare answer to another's words ("..., Baku denies"),
            whose account theirs stays.
        stands_for: What a speaker who is a relative pronoun stands for
            ("the officials, who said"), or None.
    """

    source: Chars | None
    source_head: int | None
    cue: Chars | None
    cue_head: int | None
    cue_lemma: str
    cue_kind: str
    cue_class: str
    content: tuple[Chars, ...]
    manner: Manner
    stance: Stance
    parent: int | None = None
    presupposes: bool = False
    answers: bool = False
    stands_for: Chars | None = None

    def holds(self, start: int, end: int) -> bool:
        """Whether these characters stand inside one piece of the content."""
        return any(a <= start and end <= b for a, b in self.content)


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One speaker of a chain.

    Attributes:
        draft: Index of the statement.
        stance: The stance that counts after equal speakers are collapsed.
    """

    draft: int
    stance: Stance
