"""Verbs that the parser takes for nouns, and rows that it takes apart, in our copy of its tree."""

from __future__ import annotations

import pytest
from spacy.language import Language

from according.language.tree import Tree

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "word", "head", "relation"),
    [
        ("A sniper shot and killed a police commander in Gao last week.", "sniper", "shot", "nsubj"),
        ("Mali army, rebels trade fire near border", "rebels", "army", "conj"),
        ("Police fire tear gas as thousands march against fuel price rise in Harare", "gas", "fire", "dobj"),
        (
            "Protesters barricaded roads in Mbare, while in Bulawayo a crowd looted shops and burned cars.",
            "crowd",
            "looted",
            "nsubj",
        ),
        (
            "Goita met the president, prime minister and defence minister of Niger in Niamey.",
            "minister",
            "president",
            "conj",
        ),
        (
            "The army said it had killed 20 militants and the rebels four in a clash.",
            "rebels",
            "killed",
            "dep",
        ),
        (
            "The measures had been held up by Slovakia, whose prime minister, Robert Fico, lifted his veto.",
            "minister",
            "lifted",
            "nsubj",
        ),
        ("Land dispute in India's Manipur leaves four dead as mobs torch houses", "mobs", "torch", "nsubj"),
        (
            "Hundreds of teachers, some with their children, marched through Nairobi.",
            "some",
            "Hundreds",
            "appos",
        ),
        (
            "Zimbabwe's president asked the bloc to lift what he called illegal sanctions on his family.",
            "sanctions",
            "lift",
            "dobj",
        ),
    ],
)
def test_who_hangs_on_whom(nlp: Language, text: str, word: str, head: str, relation: str) -> None:
    tree = Tree.of(nlp(text))
    i = tree.lower.index(word)
    assert (tree.lower[tree.head[i]], tree.dep[i]) == (head.lower(), relation)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The police fire brigade arrived.", "fire"),
        ("The army said it had killed 20 militants and 4 rebels in a clash.", "rebels"),
        ("The army strike killed four.", "strike"),
    ],
)
def test_nouns_stay_nouns(nlp: Language, text: str, word: str) -> None:
    tree = Tree.of(nlp(text))
    assert tree.pos[tree.lower.index(word)] in ("NOUN", "PROPN")
