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

# Word, tag and relation of a token that stands between others.
_GAP = (" ", "_SP", "dep")

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
        # A blank between two tokens parts them: no pattern reaches across.
        word, tag, dep = _GAP
        self._parted = not any(
            Row((token,), 0, row.words).fits([word], [tag], [dep]) for row in rows for token in row.tokens
        )
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
        new = [key for key in dict.fromkeys(keys) if key not in known]
        known.update(zip(new, self._ask_each(new), strict=True))
        answers = [known[key] for key in keys]
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

    def _ask_each(self, keys: list[_Key]) -> list[_Answer]:
        """What the slow steps say of tokens that have nothing to do with each other."""
        if not self._parted:
            return [self._ask((key,))[0] for key in keys]
        strings = self._vocab.strings
        gap = (strings.add(_GAP[0]), strings.add(_GAP[1]), strings.add(_GAP[2]))
        row: list[_Key] = []
        places: list[int] = []
        for key in keys:
            # Only beside such a word can a pattern over several tokens fit.
            alone = self._vocab[key[0]].lower in self._rows
            row += [gap, key, gap] if alone else [key]
            places.append(len(row) - (2 if alone else 1))
        answers = self._ask(tuple(row))
        return [answers[place] for place in places]

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
    _index(lemmatizer)
    steps = ["attribute_ruler", "lemmatizer", mend]
    nlp.add_pipe("according_morphology", config={"steps": steps}, after="lemmatizer")
    for step in steps:
        nlp.disable_pipe(step)


def _index(lemmatizer: Lemmatizer) -> None:
    """Make sets of a lemmatizer's word lists, through which it would go from the beginning for every word."""
    if lemmatizer.lookups.has_table("lemma_index"):
        table: Any = lemmatizer.lookups.get_table("lemma_index")
        for part_of_speech, words in list(table.items()):
            table[part_of_speech] = frozenset(words)


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
