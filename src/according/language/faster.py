"""Do the language model's arithmetic faster, with the same results for a text however texts are batched.

spaCy's own matrix product keeps to a library that is slow on many processors;
numpy's takes a third of the time. Its last bits may depend on the shape of
the matrices, though, and on some processors on where in a matrix a row stands.
So rows are multiplied in blocks of one size, in the places of a block where
each is told the same: a text's parse is then the same alone and among others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from thinc.api import NumpyOps

BLOCK = 128
"""Rows multiplied at a time."""

Matrix = NDArray[Any]
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Places:
    """The rows of a block in which a product does not depend on where it stands.

    Attributes:
        first, end: Half-open range of rows.
        turned: Whether the product is to be worked out column by column.
    """

    first: int
    end: int
    turned: bool

    @property
    def rows(self) -> int:
        """How many rows of a block can be used."""
        return self.end - self.first


@lru_cache(maxsize=256)
def find_places(width: int, columns: int) -> Places:
    """Try out which rows of a block this processor multiplies in the same way.

    Args:
        width: Columns of what is multiplied.
        columns: Columns of what it is multiplied by.

    Returns:
        The longest run of such rows: the whole block on most processors.
    """
    found: list[Places] = []
    for turned in (False, True):
        numbers = np.random.default_rng(0)
        y = numbers.random((width, columns), dtype="f") - np.float32(0.5)
        kinds: list[tuple[bytes, ...]] = [()] * BLOCK
        for _ in range(_TRIES):
            x = np.tile(numbers.random(width, dtype="f"), (BLOCK, 1))
            product = multiply_block(x, y, Places(0, BLOCK, turned))
            kinds = [(*kind, row.tobytes()) for kind, row in zip(kinds, product, strict=True)]
        found.append(Places(*_longest_run(kinds), turned))
        if found[-1].rows == BLOCK:
            break
    return max(found, key=lambda places: places.rows)


def _longest_run(kinds: list[tuple[bytes, ...]]) -> tuple[int, int]:
    best, start = (0, 0), 0
    for end in range(1, len(kinds) + 1):
        if end == len(kinds) or kinds[end] != kinds[start]:
            if end - start > best[1] - best[0]:
                best = start, end
            start = end
    return best


def multiply_block(x: Matrix, y: Matrix, places: Places, out: Matrix | None = None) -> Matrix:
    """Multiply one block of rows.

    Args:
        x: `BLOCK` rows.
        y: What to multiply them by.
        places: How the product is to be worked out.
        out: Where to put it.

    Returns:
        The product.
    """
    if not places.turned:
        return np.matmul(x, y, out=out)
    turned = np.empty((y.shape[1], len(x)), dtype=x.dtype)
    np.matmul(x, y, out=turned.T)
    if out is None:
        return np.ascontiguousarray(turned.T)
    out[...] = turned.T
    return out


def multiply(x: Matrix, y: Matrix, out: Matrix | None = None) -> Matrix:
    """Multiply two matrices in blocks of rows.

    Args:
        x: Rows to multiply.
        y: What to multiply them by.
        out: Where to put the product, if it is to stand somewhere.

    Returns:
        The product; each of its rows depends on that row of `x` alone.

    Example:
        >>> x = np.arange(600, dtype="f").reshape(200, 3)
        >>> bool(np.allclose(multiply(x, x[:5].T), x @ x[:5].T))
        True
    """
    rows, width = x.shape
    product = np.empty((rows, y.shape[1]), dtype=x.dtype) if out is None else out
    places = find_places(width, y.shape[1])
    if places.rows == BLOCK:
        full = rows - rows % BLOCK
        for start in range(0, full, BLOCK):
            multiply_block(x[start : start + BLOCK], y, places, product[start : start + BLOCK])
    else:
        full = 0
    block = np.zeros((BLOCK, width), dtype=x.dtype)
    for start in range(full, rows, places.rows):
        some = x[start : start + places.rows]
        block[places.first : places.first + len(some)] = some
        told = multiply_block(block, y, places)
        product[start : start + len(some)] = told[places.first : places.first + len(some)]
    return product


class BlockOps(NumpyOps):  # type: ignore[misc]
    """thinc's operations, with matrix products by `multiply`."""

    def gemm(
        self, x: Matrix, y: Matrix, out: Matrix | None = None, trans1: bool = False, trans2: bool = False
    ) -> Matrix:
        """Multiply two matrices, each transposed first if so told; see `multiply`."""
        return multiply(x.T if trans1 else x, y.T if trans2 else y, out)


def use_blocks(nlp: Language) -> None:
    """Let every network of a pipeline that runs on the processor use `BlockOps`."""
    ops = BlockOps()
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if model is None or not hasattr(model, "walk"):
            continue
        for node in model.walk():
            if type(node.ops) is NumpyOps:
                node.ops = ops
