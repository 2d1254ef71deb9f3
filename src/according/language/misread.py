"""Words that the parser takes for another part of speech, and rows it takes apart.

In headlines and in a few constructions of news English a verb looks like a
noun ("Police FIRE tear gas", "a sniper SHOT and killed"), and the second of
several subjects or objects like a description of the first. The copy of the
parse that the clause layer reads is put right here; the `Doc` stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.language.misread_words import read_words_again
from according.language.verbs import load_verb_classes

if TYPE_CHECKING:
    from according.language.tree import Tree

_NOUNS = ("NOUN", "PROPN")
_SUBJECTS = ("nsubj", "nsubjpass")
_CALLS = frozenset({"call", "describe", "term", "dub", "label", "brand", "denounce", "see", "consider"})
_SAME = frozenset({"hurt", "hit", "cut", "shut", "beset"})
_SOME = frozenset({"some", "many", "most", "several", "all", "both", "none", "few", "others"})
_PAST = {"shot": "shoot"}
_FINITE = ("VBD", "VBZ", "VBP", "MD")


def read_again(tree: Tree) -> None:
    """Put right what was taken for another part of speech.

    Args:
        tree: A copy of a parse; it is changed in place.

    Example:
        >>> from according.language.pipeline import load_pipeline
        >>> from according.language.tree import Tree
        >>> tree = Tree.of(load_pipeline()("A sniper shot and killed a police commander in Gao last week."))
        >>> tree.lower[tree.kids(2, "nsubj")[0]], tree.pos[2]
        ('sniper', 'VERB')
    """
    homographs = load_verb_classes().homographs
    read_words_again(tree)
    for i, dep in enumerate(tree.dep):
        if tree.pos[i] in _NOUNS:
            if tree.lemma[i] in homographs:
                _told_by_subject(tree, i)
                _told_by_partner(tree, i)
                _told_by_headline(tree, i)
            if dep == "appos":
                _office(tree, i)
            elif dep in ("npadvmod", "pobj"):
                _someone(tree, i)
            elif dep == "conj":
                _left_out(tree, i)
        if dep == "acomp" and tree.tag[i] == "JJ":
            _passive_pair(tree, i)
        if tree.lower[i] == "whose" and dep == "poss":
            _whose(tree, i)
        elif tree.lower[i] == "what" and dep == "dobj":
            _so_called(tree, i)
        elif dep == "acl" and tree.tag[i] == "VBN":
            _too(tree, i)
        elif dep == "conj" and tree.tag[i] == "VBP" and tree.lower[i] in _SAME:
            _left_hurt(tree, i)
        elif dep == "dative" and tree.pos[i] in _NOUNS:
            _fined(tree, i)
        elif dep == "prep" and tree.lower[i] == "by":
            _barred_by(tree, i)
    for i, dep in enumerate(tree.dep):
        if dep == "nsubj" and tree.lower[i] in _SOME:
            _some_of_them(tree, i)
        if dep in ("nsubj", "npadvmod", "dep") and tree.pos[i] in _NOUNS:
            _pair_of_subjects(tree, i)


def _make_verb(t: Tree, i: int, tag: str) -> None:
    t.pos[i], t.tag[i], t.lemma[i] = "VERB", tag, _PAST.get(t.lower[i], t.lemma[i])


def _passive_pair(t: Tree, i: int) -> None:
    """Read "the rebels are ARMED and financed by X" as two things done to them, not as what they are like."""
    be, v = t.head[i], t.kid(i, "conj")
    if t.lemma[be] != "be" or v is None or t.tag[v] != "VBN" or t.kid(v, "agent") is None:
        return
    if not t.lower[i].endswith("ed") or t.kid(v, *_SUBJECTS) is not None:
        return
    if t.head[be] == be:
        t.crown(i)
    else:
        above, relation = t.head[be], t.dep[be]
        t.move(i, above, relation)
        t.move(be, i, "auxpass")
    t.dep[be] = "auxpass"
    for c in list(t.children[be]):
        t.move(c, i, "nsubjpass" if t.dep[c] == "nsubj" else t.dep[c])
    _make_verb(t, i, "VBN")
    t.lemma[i] = "equip" if t.lower[i] == "equipped" else t.lower[i][:-2]


def _told_by_subject(t: Tree, i: int) -> None:
    """Read "rebels TRADE fire" and "as thousands MARCH" as verbs: a noun has no subject."""
    own = t.kids(i, "nsubj")
    if (
        not own
        or own[-1] > i
        or t.last(own[-1]) != i - 1
        or t.kid(i, "cop", "det", "poss", "amod") is not None
    ):
        return
    above = t.head[i]
    if t.dep[i] == "pobj" and t.lower[above] == "as" and t.dep[above] == "prep":
        top = t.head[above]
        t.move(i, top, "advcl")
        t.move(above, i, "mark")
    elif t.dep[i] not in ("ROOT", "ccomp", "advcl", "conj", "parataxis", "dep"):
        return
    _make_verb(t, i, "VBP")


def _told_by_partner(t: Tree, i: int) -> None:
    """Read "a sniper SHOT and killed him" as a verb, since it has a verb for its partner."""
    partner = t.kid(i, "conj")
    doer = t.kid(i, "compound")
    if partner is None or doer is None or t.tag[partner] not in ("VBD", "VBN") or t.tag[i] != "NN":
        return
    if doer != i - 1 or t.lower[i + 1] != "and" or partner != i + 2 or t.kid(partner, "dobj") is None:
        return
    if t.kid(partner, *_SUBJECTS, "aux", "auxpass") is not None:
        return
    for c in list(t.kids(i, "det", "amod", "compound", "nummod", "poss")):
        if c != doer:
            t.move(c, doer, t.dep[c])
    t.dep[doer] = "nsubj"
    _make_verb(t, i, "VBD")


def _told_by_headline(t: Tree, i: int) -> None:
    """Read "Police FIRE tear gas as ..." as a sentence: a headline without a verb has it among its nouns."""
    n = t.head[i]
    if t.dep[n] == "pobj":
        _told_behind_as(t, i, n)
    if t.dep[i] != "compound" or t.dep[n] != "ROOT" or t.pos[n] not in _NOUNS or i > n:
        return
    doer = i - 1
    first = min(t.first(n), t.first(doer) if doer >= 0 else 0)
    if doer < first or (first and t.sent[first - 1] == t.sent[first]) or t.head[doer] not in (i, n):
        return
    classes = load_verb_classes()
    many = t.tag[doer] == "NNS" or t.lemma[doer] in classes.forces
    if not many and not (t.pos[doer] == "PROPN" and t.lemma[i] in classes.only_verbs):
        return
    k = i
    while k < len(t.tag) and t.sent[k] == t.sent[n]:
        if t.tag[k] in _FINITE and t.head[k] == n and t.dep[k] not in ("advcl", "relcl", "acl"):
            return
        k += 1
    for c in [c for c in (*t.children[n], *t.children[i]) if first <= c < doer]:
        t.move(c, doer, "compound")
    t.children[n].remove(i)
    t.head[i], t.dep[i] = i, "ROOT"
    t.head[n], t.dep[n] = i, "dobj"
    t.children[i] = sorted((*t.children[i], n))
    t.move(doer, i, "nsubj")
    for c in list(t.children[n]):
        if c > n and t.dep[c] in ("prep", "advcl", "punct", "npadvmod"):
            t.move(c, i, t.dep[c])
    _make_verb(t, i, "VBP")


def _told_behind_as(t: Tree, i: int, n: int) -> None:
    """Read "... as mobs TORCH houses" as a clause of time."""
    p, doer = t.head[n], i - 1
    if t.dep[i] != "compound" or t.lower[p] != "as" or t.dep[p] != "prep" or t.pos[t.head[p]] != "VERB":
        return
    if (t.first(n) != p + 1 and doer <= p) or t.head[doer] not in (i, n):
        return
    if t.tag[doer] != "NNS" and t.lemma[doer] not in load_verb_classes().forces:
        return
    above = t.head[p]
    for c in [c for c in (*t.children[n], *t.children[i]) if p < c < doer]:
        t.move(c, doer, "compound")
    t.move(i, above, "advcl")
    t.move(n, i, "dobj")
    t.move(doer, i, "nsubj")
    t.move(p, i, "mark")
    _make_verb(t, i, "VBP")


def _office(t: Tree, a: int) -> None:
    """Read "met the president, PRIME MINISTER and foreign minister of X" as three, not one described."""
    n, last = t.head[a], t.kid(a, "conj")
    offices = load_verb_classes().offices
    if last is None or a < n or not {t.lemma[a], t.lemma[n], t.lemma[last]} <= offices:
        return
    if t.lower[t.first(a) - 1] != "," or t.first(a) - 2 != n or t.kid(a, "det", "poss") is not None:
        return
    if not any(t.lower[c] == "and" for c in t.kids(a, "cc")):
        return
    t.move(a, n, "conj")


def _someone(t: Tree, n: int) -> None:
    """Read "while in Oruma A CROWD looted shops" with its subject, not with a measure of time or a place."""
    v = n + 1
    if v >= len(t.tag) or t.tag[v] not in ("VBD", "VBZ", "VBP") or t.pos[n] != "NOUN":
        return
    if not (
        t.head[n] == v or (t.head[t.head[n]] == v and t.lower[t.head[n]] in ("outside", "inside", "nearby"))
    ):
        return
    if t.lemma[n] in load_verb_classes().measures_of_time or t.dep[v] == "relcl":
        return
    if (
        t.kid(v, *_SUBJECTS, "expl", "aux", "auxpass") is not None
        or t.kid(n, "det", "nummod", "amod") is None
    ):
        return
    if t.kid(v, "dobj", "prep", "ccomp") is not None:
        t.move(n, v, "nsubj")


def _left_out(t: Tree, n: int) -> None:
    """Free "the army killed six rebels and THE REBELS TWO soldiers": the rebels were not killed."""
    number = n + 1
    if number >= len(t.tag) or t.tag[number] != "CD":
        return
    if t.kid(n, "det") is None or t.kid(n, "nummod") not in (None, number):
        return
    first = t.head[n]
    v = t.head[first]
    if t.dep[first] != "dobj" or t.pos[v] != "VERB" or t.lower[t.first(n) - 1] != "and":
        return
    other = t.head[number]
    if other in (v, n):
        other = number
    elif t.dep[other] != "conj" or t.first(other) != number or t.head[other] not in (first, n):
        return
    if t.kid(v, "nsubj") is not None:
        t.move(n, v, "dep")
        t.move(other, n, "dep")


def _whose(t: Tree, w: int) -> None:
    """Read "Toran, WHOSE PREMIER, Ann Moss, lifted the veto" as a clause about Toran and its premier."""
    n = t.head[w]
    owner = t.head[n]
    if t.dep[n] not in ("appos", "conj", "dep") or t.pos[owner] not in _NOUNS or owner > w:
        return
    end = t.last(n)
    v = next((k for k in range(end + 1, min(end + 4, len(t.tag))) if t.tag[k] in _FINITE), None)
    if v is None or t.sent[v] != t.sent[n] or t.kid(v, *_SUBJECTS, "cc", "mark") is not None:
        return
    if t.dep[v] not in ("conj", "ccomp", "advcl", "dep", "parataxis") or not t.under(owner, t.head[v]):
        return
    if any(t.lower[k] not in (",", "-", "—", "–") for k in range(end + 1, v)):
        return
    t.move(v, owner, "relcl")
    t.move(n, v, "nsubj")


def _so_called(t: Tree, w: int) -> None:
    """Read "lift WHAT HE CALLED SANCTIONS on them": they are what is to be lifted."""
    c = t.head[w]
    v = t.head[c]
    if t.lemma[c] not in _CALLS or t.dep[c] != "ccomp" or t.pos[v] != "VERB" or t.kid(v, "dobj") is not None:
        return
    n = t.kid(c, "oprd", "attr")
    for p in t.kids(c, "prep"):
        n = t.kid(p, "pobj") if n is None and t.lower[p] == "as" else n
    if n is None or n < c or t.pos[n] not in _NOUNS:
        return
    t.move(n, v, "dobj")
    for p in t.kids(c, "prep"):
        if p > n:
            t.move(p, n, "prep")
    t.move(c, n, "relcl")


def _left_hurt(t: Tree, v: int) -> None:
    """Read "40 were detained and six officers HURT in clashes" as a passive whose auxiliary is left out."""
    h = t.head[v]
    if t.kid(h, "auxpass") is not None and t.kid(v, "dobj", "aux") is None and t.kid(v, "nsubj") is not None:
        t.tag[v] = "VBN"


def _too(t: Tree, v: int) -> None:
    """Read "two were killed and FIVE GUARDS WOUNDED in a raid" as two passives: guards are not killed."""
    n = t.head[v]
    h = t.head[n]
    if t.dep[n] != "conj" or t.pos[h] != "VERB" or not h < n < v or t.kid(h, "auxpass") is None:
        return
    if t.pos[n] in _NOUNS and t.kid(h, "dobj") is None and t.last(n) == t.last(v):
        t.move(v, h, "conj")
        t.move(n, v, "nsubjpass")


def _fined(t: Tree, n: int) -> None:
    """Read "fined THE EDITOR 500 roubles" with its object, where the sum hangs on him."""
    v = t.head[n]
    if t.kid(v, "dobj") is None and n > v and t.lemma[v] in ("fine", "sue", "charge", "bill"):
        t.dep[n] = "dobj"


def _barred_by(t: Tree, p: int) -> None:
    """Read "was barred from standing BY THE COURT" with who barred him."""
    g, n = t.head[p], t.kid(p, "pobj")
    v = t.head[t.head[g]]
    if t.dep[g] != "pcomp" or t.tag[g] != "VBG" or t.lower[t.head[g]] != "from" or n is None:
        return
    if t.kid(v, "auxpass") is not None and t.kid(v, "agent") is None and t.kid(g, "dobj") is None:
        t.move(p, v, "agent")


def _some_of_them(t: Tree, s: int) -> None:
    """Read "Hundreds of teachers, SOME in tears, marched" with the teachers as those who marched."""
    v = t.head[s]
    first = next((c for c in t.kids(v, "nsubj") if c < s), None)
    if first is not None and s < v and t.lower[t.first(s) - 1] == "," and t.kid(s, "prep") is not None:
        t.move(s, first, "appos")


def _pair_of_subjects(t: Tree, i: int) -> None:
    """Read "army, REBELS trade fire" and "Japan, THAILAND sign pact", headlines of two subjects."""
    v = t.head[i]
    second = next((s for s in t.kids(v, "nsubj") if i < s < v), None)
    first = t.first(i)
    if second is None or t.pos[second] not in _NOUNS or t.tag[v] not in ("VBP", "VB"):
        return
    if (first and t.sent[first - 1] == t.sent[first]) or t.lower[i + 1] != ",":
        return
    if t.first(second) != i + 2 or t.last(second) + 1 != v:
        return
    # Two names that hang side by side are two even before "are", and with an article: "the Gambia".
    names = t.dep[i] != "nsubj" and t.pos[i] == t.pos[second] == "PROPN"
    if not names and (t.pos[v] != "VERB" or t.kid(second, "det", "poss") is not None):
        return
    t.dep[i] = "nsubj"
    t.move(second, i, "conj")
