"""A tree whose tokens hang on each other in a circle is noticed."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from according.language import tree as tree_module
from according.language.tree import Tree


def sentence() -> Doc:
    return Doc(
        spacy.blank("en").vocab, ["Rebels", "fled", "north"], heads=[1, 1, 1],
        deps=["nsubj", "ROOT", "advmod"],
        pos=["NOUN", "VERB", "ADV"], tags=["NNS", "VBD", "RB"], lemmas=["rebel", "flee", "north"],
    )  # fmt: skip


def turn(tree: Tree) -> None:
    for i, to in ((0, 2), (2, 0)):
        tree.children[tree.head[i]].remove(i)
        tree.head[i] = to
        tree.children[to].append(i)


def test_nothing_is_hung_below_itself() -> None:
    tree = Tree.of(sentence())
    tree.move(0, 2, "dep")
    tree.move(2, 0, "dep")
    assert tree.head == [2, 1, 1]
    assert not tree.is_broken()


def test_a_circle_is_noticed() -> None:
    tree = Tree.of(sentence())
    assert not tree.is_broken()
    turn(tree)
    assert tree.is_broken()


def test_a_repair_that_goes_in_a_circle_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree_module, "regraft", turn)
    assert Tree.of(sentence()).head == [1, 1, 1]
