"""A spaCy tree as plain lists, with the few walks the clause layer needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from according.language.misread import read_again
from according.language.regraft import regraft
from according.language.repair import repair
from according.language.shifted import shift_back

# Children that are no part of a phrase's own words: what follows a participant
# and only describes it, and other conjuncts.
_OUTSIDE = frozenset(
    {"relcl", "advcl", "conj", "cc", "appos", "parataxis", "punct", "acl", "ccomp", "dep", "preconj"}
)
_COLUMNS: list[int | str] = ["HEAD", "SENT_START", "DEP", "POS", "TAG", "LEMMA", "LOWER", "PREFIX"]
_DEEPEST = 500
_HALF = 2**63
_KEPT = "according_tree"
_INSIDE_PREPOSITIONS = frozenset({"of"})
# Nouns for people of whom "from" says what "of" says: "officials FROM the ministry".
_SENT = frozenset(
    {
        "official", "representative", "delegate", "negotiator", "minister", "lawmaker", "activist",
        "member", "doctor", "leader", "lawyer", "politician",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tree:
    """The parse of one report.

    Attributes:
        head, dep, pos, tag, lemma, lower: One entry a token.
        children: Indices of each token's children in text order.
        sent: Index of each token's sentence.
        capital: Whether each token begins with a capital.
    """

    head: list[int]
    dep: list[str]
    pos: list[str]
    tag: list[str]
    lemma: list[str]
    lower: list[str]
    children: list[list[int]]
    sent: list[int]
    capital: list[bool]

    @classmethod
    def of(cls, doc: Doc) -> Tree:
        """Copy what is needed out of a `Doc`; whoever asks again is given the same tree."""
        kept = doc.user_data.get(_KEPT)
        if isinstance(kept, cls):
            return kept
        tree = cls._copy(doc)
        read_again(tree)
        repair(tree)
        regraft(tree)
        shift_back(tree)
        if tree.is_broken():
            tree = cls._copy(doc)  # what was moved went round in a circle; the parse as it came does not
        doc.user_data[_KEPT] = tree
        return tree

    @classmethod
    def _copy(cls, doc: Doc) -> Tree:
        columns: list[list[Any]] = doc.to_array(_COLUMNS).T.tolist() if len(doc) else [[] for _ in _COLUMNS]
        strings = doc.vocab.strings
        names = {number: strings[number] for column in columns[2:] for number in set(column)}
        # Offsets to the head are signed numbers that come unsigned.
        head = [i + (off if off < _HALF else off - 2 * _HALF) for i, off in enumerate(columns[0])]
        children: list[list[int]] = [[] for _ in head]
        for i, h in enumerate(head):
            if h != i:
                children[h].append(i)
        sent, number = [], -1
        for start in columns[1]:
            number += start == 1 or number < 0
            sent.append(number)
        dep, pos, tag, lemma, lower, first = ([names[n] for n in column] for column in columns[2:])
        small, capital = [word.lower() for word in lemma], [letter.isupper() for letter in first]
        return cls(head, dep, pos, tag, small, lower, children, sent, capital)

    def is_broken(self) -> bool:
        """Whether some tokens hang on each other in a circle, so that no root is above them."""
        below = [i for i, h in enumerate(self.head) if h == i]
        seen = len(below)
        while below:
            below = [c for i in below for c in self.children[i]]
            seen += len(below)
        return seen != len(self.head)

    def move(self, i: int, to: int, dep: str) -> None:
        """Hang a token on another one, unless that one hangs on it."""
        if self.under(to, i):
            return
        self.children[self.head[i]].remove(i)
        self.head[i], self.dep[i] = to, dep
        self.children[to] = sorted((*self.children[to], i))

    def crown(self, i: int) -> None:
        """Make a child of the root the root in its place; the old one hangs on it."""
        old = self.head[i]
        self.children[old].remove(i)
        self.head[i], self.dep[i] = i, "ROOT"
        self.head[old], self.dep[old] = i, "dep"
        self.children[i] = sorted((*self.children[i], old))

    def first(self, i: int) -> int:
        """The first token of what hangs on a token from the left."""
        lefts = [c for c in self.children[i] if c < i]
        return min((self.first(c) for c in lefts[:1]), default=i)

    def last(self, i: int) -> int:
        """The last token of what hangs on a token from the right."""
        while self.children[i] and self.children[i][-1] > i:
            i = self.children[i][-1]
        return i

    def under(self, i: int, top: int) -> bool:
        """Whether a token stands in the subtree of another, itself included."""
        for _ in range(_DEEPEST):
            if i == top:
                return True
            if self.head[i] == i:
                return False
            i = self.head[i]
        return False

    def not_only(self, i: int) -> bool:
        """Whether a "not" denies nothing but that it is all: "not ONLY freed them but fed them"."""
        return self.lower[i] == "not" and self.lower[i + 1 : i + 2] in (["only"], ["merely"], ["simply"])

    def kids(self, i: int, *deps: str) -> list[int]:
        """Children of a token with one of these relations, in text order."""
        return [c for c in self.children[i] if self.dep[c] in deps]

    def kid(self, i: int, *deps: str) -> int | None:
        """The first child with one of these relations, or None."""
        for c in self.children[i]:
            if self.dep[c] in deps:
                return c
        return None

    def conjuncts(self, i: int) -> list[int]:
        """The token and everything coordinated with it to the right, nominal only where it is nominal."""
        out, now, seen = [i], i, {i}
        while True:
            following = [c for c in self.children[now] if self.dep[c] == "conj" and c not in seen]
            following = [
                c for c in following if self.pos[c] not in ("VERB", "AUX") or self.pos[i] in ("VERB", "AUX")
            ]
            if not following:
                return out
            out.extend(following)
            seen.update(following)
            now = following[-1]

    def phrase(self, i: int) -> tuple[int, int]:
        """Token range of the noun phrase headed by a token, without what only describes it."""
        start, end = i, i + 1
        for c in self.children[i]:
            dep = self.dep[c]
            if dep in _OUTSIDE or (dep == "prep" and not self._names_whose(i, c)):
                continue
            if dep in ("advmod", "npadvmod") and c > i:
                continue
            if dep == "amod" and c > i and (self.tag[c].startswith("V") or self.kid(c, "prep") is not None):
                continue  # "the ministry, WORRIED about the unrest,", "a group RESPONSIBLE for raids"
            if dep == "prep" and not self._belongs(i, c):
                continue
            a, b = self._whole(c)
            start, end = min(start, a), max(end, b)
        return start, end

    def _names_whose(self, i: int, preposition: int) -> bool:
        """Whether a prepositional phrase says whose people, or part of what, a noun names."""
        if self.lower[preposition] in _INSIDE_PREPOSITIONS:
            return True
        if self.lower[preposition] != "from" or preposition != i + 1 or self.lemma[i] not in _SENT:
            return False
        n = self.kid(preposition, "pobj")
        return n is not None and (
            self.pos[n] == "PROPN" or self.kid(n, "compound", "amod", "poss", "nummod") is not None
        )

    def _belongs(self, i: int, preposition: int) -> bool:
        """Whether an of-phrase is part of the name: not in "accused the chief OF BETRAYAL"."""
        objects = [c for c in self.children[preposition] if self.dep[c] == "pobj"]
        if not objects:
            return False
        return self.pos[i] != "PROPN" or self.pos[objects[0]] in ("PROPN", "PRON")

    def _whole(self, i: int) -> tuple[int, int]:
        start, end, stack = i, i + 1, [i]
        while stack:
            now = stack.pop()
            for c in self.children[now]:
                dep = self.dep[c]
                if dep in ("relcl", "parataxis", "advcl", "acl") or (
                    dep == "punct" and (c < start - 1 or c > end)
                ):
                    continue
                if dep == "appos" and c > i:
                    continue
                start, end = min(start, c), max(end, c + 1)
                stack.append(c)
        return start, end

    def reach(self, i: int) -> tuple[int, int]:
        """Token range of a predicate's clause: its subtree without coordinated clauses."""
        start, end, stack = i, i + 1, [i]
        verbal = self.pos[i] in ("VERB", "AUX")
        while stack:
            now = stack.pop()
            for c in self.children[now]:
                dep = self.dep[c]
                if (
                    now == i
                    and verbal
                    and (dep == "cc" or (dep == "conj" and self.pos[c] in ("VERB", "AUX")))
                ):
                    continue
                if dep == "punct" and now == i:
                    continue
                start, end = min(start, c), max(end, c + 1)
                stack.append(c)
        return start, end
