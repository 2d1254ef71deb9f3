"""What the parser regularly hangs in the wrong place, put right in our copy of its tree."""

from __future__ import annotations

import pytest
from spacy.language import Language

from according.language.tree import Tree

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "word", "head", "relation"),
    [
        ("The town is facing daily shelling and airstrikes by the army.", "airstrikes", "shelling", "conj"),
        (
            "The envoy urged the junta to lift the siege, allow food convoys in, and to free the captives.",
            "allow",
            "lift",
            "conj",
        ),
        ("The council accused the army and its allies of bombardment.", "of", "accused", "prep"),
        ("The council accused members of the army.", "of", "members", "prep"),
        (
            "The truce collapsed on Sunday as rebels and government forces accused each other of shelling.",
            "rebels",
            "accused",
            "nsubj",
        ),
        ("The police fined the drivers and left.", "left", "fined", "conj"),
    ],
)
def test_who_hangs_on_whom(nlp: Language, text: str, word: str, head: str, relation: str) -> None:
    tree = Tree.of(nlp(text))
    i = tree.lower.index(word)
    assert (tree.lower[tree.head[i]], tree.dep[i]) == (head, relation)


def test_a_mended_tree_is_a_tree(nlp: Language) -> None:
    text = "The envoy urged the junta to lift the siege, allow food in, and to free the captives."
    tree = Tree.of(nlp(text))
    roots = [i for i, h in enumerate(tree.head) if h == i]
    assert len(roots) == 1
    for i, h in enumerate(tree.head):
        assert tree.under(i, roots[0])
        assert i == h or i in tree.children[h]
