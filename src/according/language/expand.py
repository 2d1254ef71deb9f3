"""One argument for a phrase and one for everything coordinated with it."""

from __future__ import annotations

from according.language.model import Argument, Function
from according.language.tree import Tree


def expand(
    tree: Tree, function: Function, head: int, via: tuple[str, ...], preposition: str | None = None
) -> list[Argument]:
    """Make the arguments a phrase stands for.

    Args:
        tree: The parse.
        function: What the phrase does in its clause.
        head: Its head token.
        via: How it was reached.
        preposition: The preposition before it, if there is one.

    Returns:
        The phrase, its conjuncts, and the names it gives as examples
        ("officials, including X and Y").
    """
    out = []
    for n, token in enumerate(tree.conjuncts(head)):
        start, end = tree.phrase(token)
        out.append(Argument(function, token, start, end, preposition, (*via, "coordination") if n else via))
    for p in tree.kids(head, "prep"):
        if tree.lower[p] == "including":
            for example in (c for c in tree.kids(p, "pobj") if tree.pos[c] == "PROPN"):
                out += expand(tree, function, example, (*via, "including"), preposition)
    return out
