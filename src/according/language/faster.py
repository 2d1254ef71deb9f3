"""Do the language model's arithmetic faster, with the same results for a text however texts are batched.

spaCy's own matrix product keeps to a library that is slow on many processors;
numpy's takes a third of the time. Its last bits may depend on the shape of
the matrices, though, so rows are multiplied in blocks of one size: a text's
parse is then the same alone and among others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from thinc.api import NumpyOps

BLOCK = 128
"""Rows multiplied at a time."""

Matrix = NDArray[Any]


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
        >>> bool((multiply(x, x[:5].T) == x @ x[:5].T).all())
        True
    """
    rows, width = x.shape
    product = np.empty((rows, y.shape[1]), dtype=x.dtype) if out is None else out
    full = rows - rows % BLOCK
    for start in range(0, full, BLOCK):
        np.matmul(x[start : start + BLOCK], y, out=product[start : start + BLOCK])
    if full < rows:
        padded = np.zeros((BLOCK, width), dtype=x.dtype)
        padded[: rows - full] = x[full:]
        product[full:] = np.matmul(padded, y)[: rows - full]
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
