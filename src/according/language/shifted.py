"""Objects that news English puts last: "freed on bail TWO MINISTERS", "killed in a raid SIX MEN".

A long object stands behind the time or the place, and the small pipeline makes
it part of that. The copy of the parse that the clause layer reads is put right
here; the `Doc` stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.language.verbs import load_verb_classes

if TYPE_CHECKING:
    from according.language.tree import Tree

_NOUNS = ("NOUN", "PROPN")
_BEGINS = ("DT", "CD", "PRP$")
_WHEN = frozenset({"after", "before", "by", "while", "since"})


def shift_back(tree: Tree) -> None:
    """Give verbs the objects that stand behind their time or place.

    Args:
        tree: A copy of a parse; it is changed in place. Doing it twice changes
            nothing.

    Example:
        >>> from according.language.pipeline import load_pipeline
        >>> from according.language.tree import Tree
        >>> tree = Tree.of(load_pipeline()("The army killed in an air strike two commanders of the militia."))
        >>> [tree.lower[c] for c in tree.kids(2, "dobj")]
        ['commanders']
    """
    classes = load_verb_classes()
    for v, pos in enumerate(tree.pos):
        if pos != "VERB":
            continue
        if tree.lemma[v] in classes.with_object:
            _last_object(tree, v)
        if tree.dep[v] == "acl" and tree.lemma[v] == "call":
            _caller(tree, v)
        elif tree.dep[v] == "pcomp" and tree.tag[v] == "VBG":
            _doers_clause(tree, v)


def _last_object(t: Tree, v: int) -> None:
    """Read "freed on bail TWO MINISTERS" and "killed in a raid SIX MEN" with their objects."""
    if t.kid(v, "dobj", "ccomp", "xcomp", "dative", "auxpass", "nsubjpass", "agent", "oprd") is not None:
        return
    if t.kid(v, "nsubj") is None or (t.tag[v] == "VBN" and t.kid(v, "aux") is None):
        return
    p = next((c for c in t.kids(v, "prep") if c > v), None)
    if p is None or any(t.dep[c] not in ("prt", "advmod") for c in t.children[v] if v < c < p):
        return
    objects = t.kids(p, "pobj")
    if len(objects) > 1:
        n = objects[1]
        if t.tag[t.first(n)] in _BEGINS and t.pos[n] in _NOUNS:
            t.move(n, v, "dobj")
    elif objects:
        _split(t, v, p, objects[0])


def _split(t: Tree, v: int, p: int, n: int) -> None:
    """Part "on bail | two former ministers" where a second phrase begins inside of the first."""
    if t.pos[n] not in _NOUNS or n < p:
        return
    for k in range(p + 2, n):
        ends = k - 1
        if t.tag[k] not in _BEGINS or t.lower[k][:1].isdigit() or t.pos[ends] not in _NOUNS:
            continue
        if t.dep[ends] not in ("compound", "nmod") or not t.under(ends, n) or not t.under(k, n):
            continue
        for c in range(p + 1, k):
            if c != ends and t.head[c] >= k:
                t.move(c, ends, t.dep[c])
        for c in [c for c in t.children[ends] if c >= k]:
            t.move(c, n, t.dep[c])
        t.move(n, v, "dobj")
        t.move(ends, p, "pobj")
        return


def _caller(t: Tree, v: int) -> None:
    """Read "Oran's emir CALLED the premier on Monday" as a call, not as an emir of that name."""
    n, named = t.head[v], t.kid(v, "oprd", "dobj")
    if t.dep[n] != "ROOT" or t.pos[n] not in _NOUNS or named is None or not n < v < named:
        return
    if t.lemma[n] not in load_verb_classes().offices or t.kid(v, "agent", "aux", "auxpass") is not None:
        return
    titled = t.kid(named, "poss", "det", "compound", "amod") is not None
    if not titled or any(t.pos[c] == "VERB" and c != v for c in t.children[n]):
        return
    t.crown(v)
    t.move(n, v, "nsubj")
    t.dep[named], t.tag[v] = "dobj", "VBD"
    for c in [c for c in t.children[n] if c > v]:
        t.move(c, v, t.dep[c])


def _doers_clause(t: Tree, g: int) -> None:
    """Read "will boycott talks that open on Monday after ACCUSING Oran" as what the boycotter did.

    A thing accuses nobody, so the clause of time hangs on the verb above the
    relative clause.
    """
    classes = load_verb_classes()
    p = t.head[g]
    w = t.head[p]
    if t.lower[p] not in _WHEN or t.dep[p] != "prep" or t.dep[w] != "relcl":
        return
    if t.lemma[g] not in classes.speaking_acts and t.lemma[g] not in classes.saying:
        return
    n, who = t.head[w], t.kid(w, "nsubj", "nsubjpass")
    if t.pos[n] != "NOUN" or t.lemma[n] not in classes.speechless or who is None:
        return
    if t.lower[who] in ("that", "which") and t.dep[n] in ("dobj", "pobj"):
        above = t.head[n] if t.dep[n] == "dobj" else t.head[t.head[n]]
        if t.pos[above] == "VERB":
            t.move(p, above, "prep")
