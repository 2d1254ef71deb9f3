"""One argument for a phrase and one for everything coordinated with it."""

from __future__ import annotations

from according.language.model import Argument, Function
from according.language.tree import Tree

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


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
        The phrase, its conjuncts, the names it gives as examples
        ("officials, including X and Y"), and who is added to it ("the army,
        along with the police").
    """
    out = []
    for n, token in enumerate(tree.conjuncts(head)):
        start, end = tree.phrase(token)
        out.append(Argument(function, token, start, end, preposition, (*via, "coordination") if n else via))
    for p in tree.kids(head, "prep"):
        if tree.lower[p] == "including":
            for example in (c for c in tree.kids(p, "pobj") if tree.pos[c] == "PROPN"):
                out += expand(tree, function, example, (*via, "including"), preposition)
    if function in (Function.SUBJECT, Function.OBJECT):
        for other in _joined(tree, head):
            start, end = tree.phrase(other)
            out.append(Argument(function, other, start, end, preposition, (*via, "addition")))
    return out


def _joined(tree: Tree, head: int) -> list[int]:
    """Those whom a preposition adds to a subject: "the army, ALONG WITH the police, raided"."""
    out: list[int] = []
    verb = tree.head[head]
    before = [p for p in tree.kids(verb, "prep", "advmod") if p < verb] if tree.dep[head] in _SUBJECTS else []
    for p in (*tree.kids(head, "prep", "advmod"), *before):
        word, inner = p, tree.kid(p, "prep")
        if inner is not None and tree.lower[p] in ("along", "together"):
            word = inner
        with_ = tree.lower[word] == "with" and word and tree.lower[word - 1] in ("along", "together")
        if not with_ and tree.lower[p] not in ("besides", "alongside"):
            continue
        for other in tree.kids(word, "pobj"):
            if tree.pos[other] in ("NOUN", "PROPN"):
                out += tree.conjuncts(other)
    return out
