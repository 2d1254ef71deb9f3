"""Work out what a network tells of each word in its context, quicker than the network's own layers do.

spaCy's small pipelines describe a word by its form, then by its form and what
stands around it, in layers. The first depends on the form alone, so it is worked
out once a form and kept; the others go over all texts of a batch in blocks of
rows that stay in the processor's cache. The numbers are those of the layers, to
the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, chain

from according.language.faster import BLOCK, Matrix, find_places, multiply_block

KEPT = 40_000
"""Most word forms kept (some 15 MB); beyond that all are forgotten and worked out anew."""


@dataclass(frozen=True)
class Layer:
    """One layer over a word and its two neighbours.

    Attributes:
        weights: Of shape (3 x width, pieces x width): the pieces among which
            the greatest is taken stand one after the other.
        bias: Of shape (pieces x width).
        gain, shift: What the normalised result is multiplied by and added to.
    """

    weights: Matrix
    bias: Matrix
    gain: Matrix
    shift: Matrix


class Encoder:
    """Describes the words of texts by vectors."""

    def __init__(self, columns: Sequence[Any], embed: Model[Any, Any], layers: Sequence[Layer]) -> None:
        self._columns = list(columns)
        self._embed = embed
        self._layers = tuple(layers)
        self.width = int(layers[0].gain.shape[0])
        self._index: dict[tuple[int, ...], int] = {}
        self._forms = np.empty((1024, self.width), dtype="f")
        self._lock = Lock()

    def encode(self, docs: Sequence[Doc]) -> list[Matrix]:
        """Describe every word.

        Args:
            docs: Texts cut into words.

        Returns:
            For each text a matrix with a row for each word.
        """
        pad = len(self._layers)
        x = np.zeros((sum(map(len, docs)) + pad * (len(docs) + 1) + 2, self.width), dtype="f")
        starts: list[int] = []
        end = 1 + pad
        with self._lock:
            for doc, places in zip(docs, self._look_up(docs), strict=True):
                starts.append(end)
                x[end : end + len(doc)] = self._forms[places]
                end += len(doc) + pad
        y = np.zeros_like(x)
        for layer in self._layers:
            _apply(layer, x, y)
            x, y = y, x
        return [x[start : start + len(doc)] for start, doc in zip(starts, docs, strict=True)]

    def _look_up(self, docs: Sequence[Doc]) -> list[list[int]]:
        """Places of the forms of the texts' words in `_forms`; new ones are put there."""
        told = [list(map(tuple, doc.to_array(self._columns).tolist())) for doc in docs]
        index = self._index
        if len(index) > KEPT:
            index.clear()
        new = [key for key in dict.fromkeys(key for keys in told for key in keys) if key not in index]
        if new:
            start, end = len(index), len(index) + len(new)
            if end > len(self._forms):
                grown = np.empty((max(end, 2 * len(self._forms)), self.width), dtype="f")
                grown[:start] = self._forms[:start]
                self._forms = grown
            self._forms[start:end] = self._embed.predict([np.array(new, dtype="uint64")])[0]
            index.update(zip(new, range(start, end), strict=True))
        return [[index[key] for key in keys] for keys in told]


class EncoderStep:
    """Does what a tok2vec component does: gives each text the vectors of its words for other components."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def __call__(self, doc: Doc) -> Doc:
        """Describe the words of one text."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:
        """Describe the words of texts, in order."""
        stream = iter(docs)
        while told := list(islice(stream, batch_size)):
            for doc, vectors in zip(told, self.encoder.encode(told), strict=True):
                doc.tensor = vectors
            yield from told


def _apply(layer: Layer, x: Matrix, y: Matrix) -> None:
    """Put a layer's result and what came in together into `y`; first and last row stay zero."""
    width = x.shape[1]
    near = np.zeros((BLOCK, 3 * width), dtype="f")
    product = np.empty((BLOCK, layer.weights.shape[1]), dtype="f")
    best = np.empty((BLOCK, width), dtype="f")
    square = np.empty((BLOCK, width), dtype="f")
    places = find_places(*layer.weights.shape)
    for start in range(1, len(x) - 1, places.rows):
        end = min(start + places.rows, len(x) - 1)
        here = slice(places.first, places.first + end - start)
        near[here, :width] = x[start - 1 : end - 1]
        near[here, width : 2 * width] = x[start:end]
        near[here, 2 * width :] = x[start + 1 : end + 1]
        multiply_block(near, layer.weights, places, product)
        product += layer.bias
        np.maximum(product[:, :width], product[:, width : 2 * width], out=best)
        for piece in range(2 * width, product.shape[1], width):
            np.maximum(best, product[:, piece : piece + width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        np.multiply(best, best, out=square)
        best *= (square.mean(axis=1, keepdims=True) + 1e-08) ** (-1.0 / 2.0)
        best *= layer.gain
        best += layer.shift
        np.add(best[here], x[start:end], out=y[start:end])


def read_encoder(model: Model[Any, Any]) -> Encoder | None:
    """Make an encoder of a network's weights.

    Args:
        model: The network of a tok2vec component, or that part of another component's.

    Returns:
        The encoder; None when the network is of another make than those of
        spaCy's small pipelines.
    """
    if len(model.layers) != 2 or not model.has_ref("embed") or not model.has_ref("encode"):
        return None
    embed, encode = model.get_ref("embed"), model.get_ref("encode")
    names = [layer.name.partition("(")[0] for layer in embed.layers]
    if names != ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]:
        return None
    residuals = [node for node in encode.walk() if node.name.startswith("residual(")]
    layers = [_read_layer(node) for node in residuals if len(node.layers) == 1]
    known = [layer for layer in layers if layer is not None]
    if not layers or len(known) < len(layers) or encode.attrs.get("pad") != len(layers):
        return None
    return Encoder(embed.layers[0].attrs["columns"], chain(*embed.layers[1:]), known)


def _read_layer(residual: Model[Any, Any]) -> Layer | None:
    """The weights of one layer; None when it is of another make."""
    parts = [node for node in residual.layers[0].walk() if not node.layers and node.name != "dropout"]
    if [node.name for node in parts] != ["expand_window", "maxout", "layernorm"]:
        return None
    window, maxout, norm = parts
    pieces, width = int(maxout.get_dim("nP")), int(maxout.get_dim("nO"))
    weights: Any = maxout.get_param("W")
    bias, gain, shift = (
        np.asarray(p) for p in (maxout.get_param("b"), norm.get_param("G"), norm.get_param("b"))
    )
    if window.attrs["window_size"] != 1 or pieces < 2 or weights.shape != (width, pieces, 3 * width):
        return None
    return Layer(
        np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(3 * width, pieces * width)),
        np.ascontiguousarray(bias.T.reshape(pieces * width)),
        gain,
        shift,
    )


@Language.factory("according_encoder", default_config={"slow": "tok2vec"})
def make_encoder(nlp: Language, name: str, slow: str) -> EncoderStep:
    """Make the component that does what the component named `slow` does.

    Raises:
        ValueError: Its network is of another make.
    """
    encoder = _read(nlp.get_pipe(slow))
    if encoder is None:
        raise ValueError(f"{slow}: a network of another make.")
    return EncoderStep(encoder)


def _read(component: Any) -> Encoder | None:
    model = getattr(component, "model", None)
    return None if model is None else read_encoder(model)


def put_in(nlp: Language) -> None:
    """Put the quick component in the place of the pipeline's own, where it is of the make it knows."""
    if "tok2vec" in nlp.pipe_names and _read(nlp.get_pipe("tok2vec")) is not None:
        nlp.add_pipe("according_encoder", after="tok2vec")
        nlp.disable_pipe("tok2vec")
