"""Parts of speech, features and lemmas, each word form looked up once.

spaCy's attribute ruler and lemmatizer look at one token at a time, and what
they say depends on the word, its tag and its relation alone; a few patterns
span two tokens ("gon na", "there is"). So they are asked once for each such
triple, or short row of triples, and their answer is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

KEPT = 400_000
"""Most answers kept; beyond that they are forgotten and asked for anew, so that memory is bounded."""

# What a token may be asked for so that the answer follows from word, tag and relation.
_FORM = frozenset({"LOWER", "ORTH", "TEXT", "TAG", "DEP", "IS_SPACE"})

_Key = tuple[int, int, int]
_Answer = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class Row:
    """A pattern over several tokens.

    Attributes:
        tokens: What each token must be: tests by "LOWER", "TAG" and "DEP".
        anchor: Which of them has `words`.
        words: Words that it may be, in lower case.
    """

    tokens: tuple[dict[str, Any], ...]
    anchor: int
    words: frozenset[str]

    def fits(self, lower: list[str], tag: list[str], dep: list[str]) -> bool:
        """Tell whether tokens in a row are as the pattern wants them."""
        return all(
            _passes(value, {"LOWER": lower, "TAG": tag, "DEP": dep}[name][n])
            for n, token in enumerate(self.tokens)
            for name, value in token.items()
        )


def _passes(wanted: Any, value: str) -> bool:
    if isinstance(wanted, str):
        return value == wanted
    if "IN" in wanted:
        return value in wanted["IN"]
    return re.search(wanted["REGEX"], value) is not None


def _numbers(doc: Doc, attribute: str) -> list[int]:
    """One attribute of every token, as spaCy numbers it."""
    found: list[Any] = doc.to_array([attribute]).ravel().tolist()
    return found


class Morphology:
    """Does what the ruler, the lemmatizer and what mends lemmas do, word form by word form."""

    def __init__(self, vocab: Vocab, steps: tuple[Any, ...], rows: list[Row]) -> None:
        self._vocab = vocab
        self._steps = steps
        self._rows: dict[int, list[Row]] = {}
        for row in rows:
            for word in row.words:
                self._rows.setdefault(vocab.strings.add(word), []).append(row)
        self._known: dict[tuple[_Key, ...], list[_Answer]] = {}
        self._known_one: dict[_Key, _Answer] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set part of speech, features and lemma of every token."""
        if len(doc) == 0:
            return doc
        if len(self._known_one) + len(self._known) > KEPT:
            self._known_one.clear()
            self._known.clear()
        keys: list[_Key] = list(map(tuple, doc.to_array(["ORTH", "TAG", "DEP"]).tolist()))
        known = self._known_one
        answers: list[_Answer] = []
        for key in keys:
            answer = known.get(key)
            if answer is None:
                answer = known[key] = self._ask((key,))[0]
            answers.append(answer)
        for start, end in self._ranges(doc):
            asked = tuple(keys[start:end])
            if asked not in self._known:
                self._known[asked] = self._ask(asked)
            answers[start:end] = self._known[asked]
        told: Any = np.array([a[:3] for a in answers], dtype="uint64")
        doc.from_array(["POS", "MORPH", "LEMMA"], told)
        for index, (key, found) in enumerate(zip(keys, answers, strict=True)):
            if found[3:] != key[1:]:
                doc[index].tag, doc[index].dep = found[3:]
        return doc

    def _ranges(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """Stretches in which a pattern over several tokens fits; those that overlap as one."""
        start = end = 0
        for index, word in enumerate(_numbers(doc, "LOWER")):
            for row in self._rows.get(word, ()):
                first = index - row.anchor
                last = first + len(row.tokens)
                if first < 0 or last > len(doc):
                    continue
                tokens = [doc[i] for i in range(first, last)]
                if not row.fits(
                    [t.lower_ for t in tokens], [t.tag_ for t in tokens], [t.dep_ for t in tokens]
                ):
                    continue
                if first >= end:
                    if end:
                        yield start, end
                    start, end = first, last
                else:
                    start, end = min(start, first), max(end, last)
        if end:
            yield start, end

    def _ask(self, keys: tuple[_Key, ...]) -> list[_Answer]:
        """What the slow steps say of tokens in a row."""
        row = Doc(self._vocab, words=[self._vocab.strings[orth] for orth, _, _ in keys])
        for token, (_, tag, dep) in zip(row, keys, strict=True):
            token.tag, token.dep = tag, dep
        for step in self._steps:
            row = step(row)
        features = _numbers(row, "MORPH")
        return [(t.pos, features[t.i], t.lemma, t.tag, t.dep) for t in row]


@Language.factory("according_morphology", default_config={"steps": []})
def make_morphology(nlp: Language, name: str, steps: list[str]) -> Morphology:
    """Make the component that does what the components named in `steps` do."""
    rows = find_rows(nlp.get_pipe("attribute_ruler")) or []
    return Morphology(nlp.vocab, tuple(nlp.get_pipe(step) for step in steps), rows)


def put_in(nlp: Language, mend: str) -> None:
    """Put the quick component in the place of the slow ones, where they are of the kind it knows.

    Args:
        nlp: A pipeline.
        mend: Name of the component that mends lemmas, after all others.
    """
    names = nlp.pipe_names
    if not {"parser", "attribute_ruler", "lemmatizer"} <= set(names):
        return
    lemmatizer = nlp.get_pipe("lemmatizer")
    if not isinstance(lemmatizer, Lemmatizer) or lemmatizer.mode != "rule":
        return
    if not names.index("parser") < names.index("attribute_ruler") < names.index("lemmatizer"):
        return
    if find_rows(nlp.get_pipe("attribute_ruler")) is None:
        return
    steps = ["attribute_ruler", "lemmatizer", mend]
    nlp.add_pipe("according_morphology", config={"steps": steps}, after="lemmatizer")
    for step in steps:
        nlp.disable_pipe(step)


def find_rows(ruler: Any) -> list[Row] | None:
    """Give a ruler's patterns over several tokens; None if it has any that `Morphology` cannot read."""
    if type(ruler) is not AttributeRuler:
        return None
    rows: list[Row] = []
    entries: list[Any] = ruler.patterns
    for entry in entries:
        for pattern in entry["patterns"]:
            if len(pattern) == 1 and set(pattern[0]) <= _FORM:
                continue
            row = _row(pattern)
            if row is None:
                return None
            rows.append(row)
    return rows


def _row(pattern: list[dict[str, Any]]) -> Row | None:
    for token in pattern:
        for name, value in token.items():
            plain = isinstance(value, str) or (isinstance(value, dict) and set(value) <= {"IN", "REGEX"})
            if name not in ("LOWER", "TAG", "DEP") or not plain:
                return None
    for n, token in enumerate(pattern):
        words = token.get("LOWER")
        if isinstance(words, str):
            return Row(tuple(pattern), n, frozenset({words}))
        if isinstance(words, dict) and "IN" in words:
            return Row(tuple(pattern), n, frozenset(words["IN"]))
    return None
