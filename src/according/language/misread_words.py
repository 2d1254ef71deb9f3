"""Single words that the parser hangs on the wrong one: "a counter-offensive", "took three guards hostage".

Like `misread`, this puts right the copy of the parse that the clause layer reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from according.language.tree import Tree

_SUBJECTS = ("nsubj", "nsubjpass")
_SOME = frozenset({"some", "many", "most", "several", "all", "both", "none", "few", "others"})
_QUARRELS = frozenset({"strike", "protest", "clash", "quarrel", "march", "argue", "resign", "rally", "riot"})
_SEEMING = frozenset({"appear", "seem", "look", "believe", "think", "suspect"})
_SAME_PAST = frozenset({"set", "hit", "cut", "shut", "hurt", "put", "beat", "let", "cast", "burst", "spread"})
_HELD = frozenset({"hostage", "captive", "prisoner"})


def read_words_again(tree: Tree) -> None:
    """Put right single words and what hangs on them.

    Args:
        tree: A copy of a parse; it is changed in place.

    Example:
        >>> from according.language.pipeline import load_pipeline
        >>> from according.language.tree import Tree
        >>> tree = Tree.of(load_pipeline()("Inmates set mattresses on fire and took three guards hostage."))
        >>> tree.lower[tree.kids(6, "dobj")[0]], tree.tag[1]
        ('guards', 'VBD')
    """
    for i, word in enumerate(tree.lower):
        dep = tree.dep[i]
        if word == "counter":
            _counter(tree, i)
        elif word in _HELD and tree.pos[i] == "NOUN":
            _taken_hostage(tree, i)
        elif word in _SAME_PAST and tree.tag[i] == "VBP":
            _past_partner(tree, i)
        elif word == "over" and dep == "prt":
            _quarrelled_over(tree, i)
        elif word == "what" and dep in _SUBJECTS:
            _what_seems(tree, i)
            _what_they_said(tree, i)
        elif dep == "npadvmod" and word in _SOME:
            _most_of_them(tree, i)
        elif dep == "amod" and tree.tag[i] == "VBD":
            _told_before_object(tree, i)


def _counter(t: Tree, c: int) -> None:
    """Read "a COUNTER-OFFENSIVE" as one noun, where its parts hang side by side on a verb."""
    dash, noun = c + 1, c + 2
    if noun >= len(t.lower) or t.lower[dash] != "-" or t.head[c] == noun or t.head[c] != t.head[noun]:
        return
    if t.pos[noun] not in ("NOUN", "ADJ") or t.dep[noun] not in (*_SUBJECTS, "dobj", "pobj", "conj", "attr"):
        return
    for child in list(t.children[c]):
        if child < c:
            t.move(child, noun, t.dep[child])
    t.move(c, noun, "compound")
    t.move(dash, noun, "punct")
    t.pos[noun], t.tag[noun] = "NOUN", "NN"


def _taken_hostage(t: Tree, n: int) -> None:
    """Read "took three GUARDS HOSTAGE" as three guards who were made hostages, not as a compound."""
    v, people = t.head[n], n - 1
    if t.lemma[v] not in ("take", "hold", "keep") or n < v or t.head[people] != n:
        return
    if t.tag[people] not in ("NNS", "NNPS") or t.dep[people] != "compound":
        return
    t.move(people, v, "dobj")
    for child in list(t.children[n]):
        if child < people:
            t.move(child, people, t.dep[child])
    t.dep[n] = "oprd"


def _told_before_object(t: Tree, v: int) -> None:
    """Read "Iran test-FIRED two missiles" as a sentence, not as missiles that were fired."""
    n = t.head[v]
    doer = next((c for c in reversed(t.children[n]) if c < t.first(v)), None)
    if doer is None or n < v or t.last(doer) != t.first(v) - 1:
        return
    if t.pos[doer] != "PROPN" and t.tag[doer] != "NNS" and t.kid(doer, "det") is None:
        return
    for c in [c for c in t.children[n] if c < doer]:
        t.move(c, doer, t.dep[c] if t.dep[c] != "nsubj" else "compound")
    later = [c for c in t.children[n] if c > n and t.dep[c] in ("prep", "advcl", "punct", "npadvmod")]
    above, how = t.head[n], t.dep[n]
    if above == n:
        t.crown(v)
        t.dep[n] = "dobj"
    else:
        t.move(v, above, how)
        t.move(n, v, "dobj")
    t.move(doer, v, "nsubj")
    for c in later:
        t.move(c, v, t.dep[c])


def _what_seems(t: Tree, w: int) -> None:
    """Read "launched WHAT APPEARED TO BE A MISSILE" with the missile as what was launched."""
    c = t.head[w]
    v, be = t.head[c], t.kid(c, "xcomp")
    if t.lemma[c] not in _SEEMING or t.dep[c] != "ccomp" or t.pos[v] != "VERB" or be is None:
        return
    n = t.kid(be, "attr")
    if n is None or t.lemma[be] != "be" or t.kid(v, "dobj") is not None or c < v:
        return
    _is_meant(t, v, n, be, c, v)


def _what_they_said(t: Tree, w: int) -> None:
    """Read "bombed WHAT IT SAID WAS A DEPOT" with the depot as what was bombed."""
    be = t.head[w]
    s = t.head[be]
    v = t.head[s]
    n = t.kid(be, "attr")
    if t.lemma[be] != "be" or n is None or t.dep[be] != "ccomp" or t.dep[s] != "ccomp" or s == v:
        return
    if w > s or t.pos[v] != "VERB" or v > w or t.kid(v, "dobj") is not None:
        return
    _is_meant(t, v, n, be, s, n)


def _is_meant(t: Tree, v: int, n: int, be: int, comment: int, above: int) -> None:
    """Make a noun behind "was" the object of a verb; what only comments on it describes it."""
    later = [p for p in t.children[be] if p > n and t.dep[p] == "prep"]
    t.move(n, v, "dobj")
    t.move(comment, n, "relcl")
    for p in later:
        t.move(p, above, "prep")


def _past_partner(t: Tree, v: int) -> None:
    """Read "inmates SET mattresses on fire and took guards" as past, like the verb beside it."""
    if any(t.tag[c] == "VBD" and t.kid(c, *_SUBJECTS, "aux") is None for c in t.kids(v, "conj")):
        t.tag[v] = "VBD"


def _most_of_them(t: Tree, s: int) -> None:
    """Read "shot down MOST OF THE MISSILES" as its object, not as how far."""
    v = t.head[s]
    of = next((p for p in t.kids(s, "prep") if t.lower[p] == "of" and p == s + 1), None)
    if s > v and t.pos[v] == "VERB" and of is not None and t.kid(v, "dobj", "auxpass") is None:
        t.dep[s] = "dobj"


def _quarrelled_over(t: Tree, p: int) -> None:
    """Read "to STRIKE OVER pay" with what the strike is about."""
    if t.lemma[t.head[p]] in _QUARRELS and t.kid(p, "pobj") is not None:
        t.dep[p] = "prep"
