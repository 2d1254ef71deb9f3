"""The country that a report, or a paragraph of it, is about.

"The police detained 34 of them" says of no country; a reader takes it for the
one the paragraph speaks of, or else for the one most of the report is set in.
"""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc

from according.language.tree import Tree
from according.language.words import Words
from according.resolution.names_found import NameFinder
from according.resolution.names_guard import NO_STATE

WHERE = frozenset({"in", "at", "near", "inside", "across", "throughout", "around"})
"""Prepositions before the place where something is."""

_AREAS = frozenset(
    {
        "state", "province", "region", "district", "city", "town", "village", "county", "governorate",
        "territory", "capital", "port", "area", "suburb", "island", "oblast", "prefecture", "municipality",
    }
)  # fmt: skip
_GATHERINGS = frozenset({"talk", "negotiation", "summit", "conference", "forum"})
# How much more a place where something is counts than a mere name of a country.
_SET = 3
# Share of all that is named which the country of a report must have.
_MOST = 0.45
# How much oftener the country of a report must be named than any other.
_AHEAD = 1.25
# Share of all that is named which a country must have to be the only one told of, and how often it is named.
_SOLE = 0.8
_SOLE_TIMES = 4
# How often a paragraph must name its one country.
_OFTEN = 2


class Setting:
    """Which countries the sentences of a report name, and where they are set.

    Args:
        doc: The report's tokens.
        tree: Their parse.
        finder: The names found in it.
        own: Country of the body whose statement the report is, which is
            not what the report is about.
    """

    def __init__(self, doc: Doc, tree: Tree, finder: NameFinder, own: str | None = None) -> None:
        self._own = own
        self._named: dict[int, list[str]] = {}
        self._set: dict[int, list[str]] = {}
        self._all: Counter[str] = Counter()
        self._located: set[str] = set()
        self._paragraph = _paragraphs(doc, tree)
        for m in finder.mentions:
            country = finder.drafts[m.draft].country
            if not country or country in NO_STATE:
                continue
            sentence = tree.sent[m.head]
            top = _whole(tree, m.head)
            above = tree.head[top]
            met = tree.lemma[tree.head[above]] in _GATHERINGS  # "hours after talks in DOHA"
            if tree.dep[top] == "pobj" and tree.lower[above] in WHERE and not met:
                self._set.setdefault(sentence, []).append(country)
                self._all[country] += _SET
                self._located.add(country)
            if len(country) == 3:
                self._named.setdefault(sentence, []).append(country)
                self._all[country] += 1

    def near(self, sentence: int) -> tuple[Counter[str], bool]:
        """Countries of a sentence, and whether something is set in them rather than that they are named."""
        located = self._set.get(sentence)
        return Counter(located or self._named.get(sentence, [])), bool(located)

    def of_paragraph(self, sentence: int) -> str | None:
        """The one country that the paragraph names, up to a sentence and with it; None if several or none."""
        found: Counter[str] = Counter()
        for k in range(sentence, -1, -1):
            if self._paragraph[k] != self._paragraph[sentence]:
                break
            found.update(self._named.get(k, ()))
        if len(found) != 1:
            return None
        country, times = next(iter(found.items()))
        return country if times >= _OFTEN and country != self._own else None

    def main(self) -> str | None:
        """The country where most of the report is set, or None."""
        found = {c: n for c, n in self._all.items() if c != self._own}
        most = max(found.values(), default=0)
        located = {c: n for c, n in found.items() if c in self._located}
        often = {c: n for c, n in located.items() if 2 * n > most}
        counts = often or found
        if not counts:
            return None
        country, *others = sorted(counts, key=lambda c: -counts[c])
        if others and counts[country] < _AHEAD * counts[others[0]]:
            return None
        sure = country in self._located or counts[country] > 1
        return (
            country
            if sure and counts[country] >= _MOST * sum((located if often else found).values())
            else None
        )

    def sole(self) -> str | None:
        """The country of a report that hardly names another, or None."""
        named = Counter({c: n for c, n in self._all.items() if c != self._own})
        if not named:
            return None
        country, times = named.most_common(1)[0]
        return country if times >= _SOLE_TIMES and times >= _SOLE * named.total() else None


def _whole(tree: Tree, i: int) -> int:
    """The noun that a place's name belongs to: "Zamfara STATE", "the CITY of Odesa"."""
    for _ in range(3):
        head = tree.head[i]
        if tree.dep[i] in ("compound", "nmod") and tree.lemma[head] in _AREAS:
            i = head
        elif tree.dep[i] == "pobj" and tree.lower[head] == "of" and tree.lemma[tree.head[head]] in _AREAS:
            i = tree.head[head]
        else:
            break
    return i


def _paragraphs(doc: Doc, tree: Tree) -> list[int]:
    """Number of the paragraph of each sentence."""
    out: list[int] = []
    number, last = 0, -1
    for sentence, word in zip(tree.sent, Words.of(doc).text, strict=True):
        if sentence != last:
            last = sentence
            out.append(number)
        if "\n" in word and word.isspace():
            number += 1
    return out
