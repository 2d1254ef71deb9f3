"""Find named entities as spaCy's own component does, many words at a time.

The component goes through a text from left to right and decides at each word
whether an entity begins, goes on or ends there. What it goes by is the word
and, within an entity, the entity's first word and the word before. So outside
of entities every word of a batch can be decided at once, and within them all
entities that might have begun go on side by side; which of them did begin is
read off in the end. The choices are those of the component.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from according.language.encoder import Encoder, read_encoder
from according.language.faster import Matrix, multiply

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

_NEVER = np.float32(-np.inf)


class Recognizer:
    """Finds named entities with the weights of a spaCy component."""

    def __init__(self, slow: Any, encoder: Encoder) -> None:
        """Read the weights.

        Args:
            slow: The component; it is asked itself where a text has entities already.
            encoder: Made of its network.
        """
        self.slow = slow
        self._encoder = encoder
        tok2vec, lower, upper = slow.model.layers
        linear = tok2vec.layers[-1]
        self._narrow, self._narrow_bias = linear.get_param("W").T, linear.get_param("b")
        feats, self._hidden, self._pieces, width = lower.get_param("W").shape
        self._state = lower.get_param("W").reshape(feats * self._hidden * self._pieces, width).T
        self._none = lower.get_param("pad").reshape(feats, -1)
        self._state_bias = lower.get_param("b").reshape(-1)
        weights, bias = upper.get_param("W"), upper.get_param("b")
        moves = [slow.moves.get_class_name(n) for n in range(slow.moves.n_moves)]
        # Moves while no entity is open, and while one is; "U-" without a label is for given entities.
        free = [n for n, move in enumerate(moves) if move[0] in "BUO" and move != "U-"]
        within = [n for n, move in enumerate(moves) if move[0] in "IL"]
        self._free = (np.ascontiguousarray(weights[free].T), bias[free])
        self._within = (np.ascontiguousarray(weights[within].T), bias[within])
        self._label = [moves[n][2:] for n in free]
        self._begins, self._units = (np.array([moves[n][0] == kind for n in free]) for kind in "BU")
        at = {moves[n]: place for place, n in enumerate(within)}
        # The moves that go on with what a move has begun, and that end it.
        self._on, self._off = (
            np.array([at.get(f"{kind}-{label}", 0) for label in self._label]) for kind in "IL"
        )

    def __call__(self, doc: Doc) -> Doc:
        """Find the entities of one text."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:
        """Find the entities of texts, in order."""
        stream = iter(docs)
        while told := list(islice(stream, batch_size)):
            given = [doc.has_annotation("ENT_IOB") for doc in told]
            plain = [doc for doc, known in zip(told, given, strict=True) if not known]
            found = iter(self._find(plain) if plain else ())
            for doc, known in zip(told, given, strict=True):
                if known:
                    yield self.slow(doc)
                else:
                    doc.set_ents([Span(doc, *span) for span in next(found)])
                    yield doc

    def _find(self, docs: Sequence[Doc]) -> list[list[tuple[int, int, str]]]:
        """First word, word after the last, and label of every entity."""
        words = np.concatenate(self._encoder.encode(docs))
        narrow = multiply(words, self._narrow)
        narrow += self._narrow_bias
        state = multiply(narrow, self._state).reshape(len(words), len(self._none), -1)
        told = [doc.to_array(["IS_SPACE", "SENT_START"]).astype("int64") for doc in docs]
        space = np.concatenate([one[:, 0] for one in told]) == 1
        # Whether an entity cannot go on behind a word: a sentence or the text ends there.
        ends = np.ones(len(words), dtype=bool)
        ends[:-1] = np.concatenate([one[:, 1] for one in told])[1:] == 1
        ends[np.cumsum([len(doc) for doc in docs]) - 1] = True
        first, length = self._begin(state, space, ends)
        return _read_off(docs, first, length, self._label)

    def _score(self, summed: Matrix, moves: tuple[Matrix, Matrix]) -> Matrix:
        """Scores of moves, from the summed features of states."""
        summed += self._state_bias
        best = summed.reshape(len(summed), self._hidden, self._pieces).max(axis=2)
        scores = multiply(best, moves[0])
        scores += moves[1]
        return scores

    def _begin(self, state: Matrix, space: Flags, ends: Flags) -> tuple[Numbers, Numbers]:
        """For every word the best move if no entity is open, and how long the entity is that it begins."""
        scores = self._score(state[:, 0] + self._none[1] + self._none[2], self._free)
        scores[np.ix_(space | ends, self._begins)] = _NEVER
        scores[np.ix_(space, self._units)] = _NEVER
        first = scores.argmax(axis=1)
        length = self._units[first].astype("int64")
        begun = np.flatnonzero(self._begins[first])
        step = 0
        while len(begun):
            step += 1
            now = begun + step
            scores = self._score(state[now, 0] + state[begun, 1] + state[now - 1, 2], self._within)
            rows, moves = np.arange(len(now)), first[begun]
            on, off = self._on[moves], self._off[moves]
            # Of two scores that are the same, the move that comes first counts.
            ahead = scores[rows, on] - scores[rows, off]
            done = ends[now] | (ahead < 0) | ((ahead == 0) & (off < on))
            length[begun[done]] = step + 1
            begun = begun[~done]
        return first, length


def _read_off(
    docs: Sequence[Doc], first: Numbers, length: Numbers, labels: Sequence[str]
) -> list[list[tuple[int, int, str]]]:
    """Take the entities of each text from left to right, those that would begin within another left out."""
    found: list[list[tuple[int, int, str]]] = []
    start = 0
    for doc in docs:
        spans: list[tuple[int, int, str]] = []
        free = 0
        for at in np.flatnonzero(length[start : start + len(doc)]).tolist():
            if at >= free:
                free = at + int(length[start + at])
                spans.append((at, free, labels[first[start + at]]))
        found.append(spans)
        start += len(doc)
    return found


@Language.factory("according_recognizer", default_config={"slow": "ner"})
def make_recognizer(nlp: Language, name: str, slow: str) -> Recognizer:
    """Make the component that does what the component named `slow` does.

    Raises:
        ValueError: It is of another make.
    """
    component: Any = nlp.get_pipe(slow)
    encoder = _read(component)
    if encoder is None:
        raise ValueError(f"{slow}: a component of another make.")
    return Recognizer(component, encoder)


def _read(component: Any) -> Encoder | None:
    """The encoder of a component whose choices `Recognizer` knows; None for others."""
    model = getattr(component, "model", None)
    if model is None or model.name != "parser_model" or not model.attrs["has_upper"]:
        return None
    tok2vec, lower, upper = model.layers
    kinds = {component.moves.get_class_name(n)[0] for n in range(component.moves.n_moves)}
    if (
        component.cfg["beam_width"] != 1
        or model.attrs["unseen_classes"]
        or [layer.name for layer in tok2vec.layers[1:]] != ["list2array", "linear"]
        or (lower.name, upper.name) != ("precomputable_affine", "linear")
        or lower.get_dim("nF") != 3
        or lower.get_dim("nP") < 2
        or kinds != set("BILUO")
    ):
        return None
    return read_encoder(tok2vec.layers[0])


def put_in(nlp: Language) -> None:
    """Put the quick component in the place of the pipeline's own, where it is of the make it knows."""
    if "ner" in nlp.pipe_names and _read(nlp.get_pipe("ner")) is not None:
        nlp.add_pipe("according_recognizer", after="ner")
        nlp.disable_pipe("ner")
