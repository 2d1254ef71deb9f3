"""The words of a parsed text as plain lists, made once a text: a spaCy token is slow to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

_KEPT = "according_words"
_COLUMNS: list[int | str] = ["ORTH", "LOWER", "LEMMA", "POS", "IDX"]


@dataclass(frozen=True, slots=True)
class Words:
    """What the pipeline says of each word; one entry a token.

    Attributes:
        text, lower, lemma, pos: As spaCy writes them.
        start: Offset of the first code point.
    """

    text: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    start: list[int]

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """Copy the words out of a `Doc`; whoever asks again is given the same.

        Example:
            >>> from according.language.pipeline import load_pipeline
            >>> Words.of(load_pipeline()("Rebels fled.")).start
            [0, 7, 11]
        """
        kept = doc.user_data.get(_KEPT)
        if isinstance(kept, cls):
            return kept
        columns: list[list[Any]] = doc.to_array(_COLUMNS).T.tolist() if len(doc) else [[] for _ in _COLUMNS]
        strings = doc.vocab.strings
        names = {number: strings[number] for column in columns[:4] for number in set(column)}
        text, lower, lemma, pos = ([names[n] for n in column] for column in columns[:4])
        words = cls(text, lower, lemma, pos, columns[4])
        doc.user_data[_KEPT] = words
        return words
