"""Words that the parser hangs in the wrong place by habit, hung where they belong.

Each rule is one construction of news English that the small pipeline reads
wrongly more often than not. The `Doc` stays as it is; only the clause layer's
tree is changed. Every rule looks at a token's near neighbours, so the cost
grows with the length of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.language.regraft_parties import (
    DAYS,
    described_people,
    misread_adjective,
    second_act,
    second_passive,
    second_subject,
    struck_object,
    term_given,
    told_first,
)
from according.language.verbs import load_verb_classes

if TYPE_CHECKING:
    from according.language.tree import Tree

_NOUNS = ("NOUN", "PROPN")
_PHONES = frozenset({"phone", "telephone", "video", "hotline", "link", "videoconference"})
_HARMS = frozenset({"kill", "wound", "injure", "maim", "destroy", "leave", "claim", "hurt", "damage"})
_ATTACKS = frozenset(
    {
        "attack", "bombing", "explosion", "blast", "shooting", "raid", "strike", "airstrike", "shelling",
        "ambush", "assault", "bombardment", "firing", "stabbing", "clash", "massacre", "fire", "crash",
    }
)  # fmt: skip
_LOOSE = ("dep", "conj", "ccomp", "advcl", "parataxis")
_FINDING = frozenset({"find", "discover", "see", "leave", "spot"})
_DONE_TO = frozenset(
    {
        "shoot", "stab", "kill", "murder", "behead", "hang", "burn", "beat", "strangle", "slaughter",
        "injure", "wound", "hack", "bludgeon", "mutilate", "torture", "execute", "slay", "gun", "lynch",
    }
)  # fmt: skip
_FOLLOWS = _HARMS | {
    "force", "cause", "prompt", "spark", "trigger", "drive", "send", "displace", "bring", "raise", "deepen",
    "open", "clear", "allow", "plunge", "throw", "disrupt", "block", "cut", "trap", "ignite", "provoke",
}  # fmt: skip
_DISCUSSING = frozenset({"discuss", "raise", "review", "debate", "negotiate", "share", "thrash"})
# What is itself with somebody: "discuss ties WITH Oslo".
_SHARED = frozenset(
    {
        "tie", "relation", "relationship", "cooperation", "war", "conflict", "border", "trade",
        "talk", "deal", "agreement", "link", "peace", "truce", "ceasefire", "dispute", "treaty",
        "negotiation", "meeting", "contact", "dialogue",
    }
)  # fmt: skip
_PARTNERS = frozenset(
    {
        "counterpart", "minister", "president", "leader", "official", "delegation", "envoy",
        "ambassador", "premier", "colleague", "ally", "king", "prince", "general", "negotiator",
        "mediator", "secretary",
    }
)  # fmt: skip
_PARTICLES = frozenset({"off", "out", "up", "down", "back", "over", "away"})
_THERE = frozenset({"in", "at", "outside", "near", "on", "through", "around", "across", "inside"})
_PLACES = frozenset(
    {
        "square", "street", "road", "capital", "city", "town", "village", "embassy", "consulate",
        "parliament", "building", "campus", "university", "park", "mosque", "church", "court",
        "headquarters", "ministry", "palace", "district", "province", "region", "country", "border",
        "centre", "center", "stadium", "suburb", "neighbourhood", "neighborhood", "area", "prison",
        "office",
    }
)  # fmt: skip


def regraft(tree: Tree) -> None:
    """Hang misplaced words where they belong.

    Args:
        tree: The parse; it is changed in place. Doing it twice changes
            nothing.

    Example:
        >>> from according.language.pipeline import load_pipeline
        >>> from according.language.tree import Tree
        >>> tree = Tree.of(load_pipeline()("Soldiers sealed off the university."))
        >>> [tree.lemma[c] for c in tree.kids(1, "dobj")]
        ['university']
    """
    for i, dep in enumerate(tree.dep):
        if dep == "npadvmod":
            _subject(tree, i)
            struck_object(tree, i)
            term_given(tree, i)
        elif dep == "dobj":
            term_given(tree, i)
        elif dep == "xcomp" and tree.tag[i] == "VBG":
            described_people(tree, i)
        elif dep == "nsubj":
            second_subject(tree, i)
        elif dep == "amod":
            misread_adjective(tree, i)
        elif dep == "prt":
            _particle(tree, i)
        elif dep == "prep":
            _preposition(tree, i)
        elif dep == "ROOT" and tree.tag[i] == "VBN":
            _reduced(tree, i)
        elif dep == "relcl":
            _restrict(tree, i)
            if tree.lemma[i] in _HARMS:
                _harm(tree, i)
        elif dep == "acl" and tree.tag[i] in ("VBN", "VBD"):
            _main_verb(tree, i)
            told_first(tree, i)
        elif dep == "acl" and tree.tag[i] == "VBG":
            _consequence(tree, i)
        elif dep in ("ccomp", "xcomp") and tree.lemma[i] in _DONE_TO:
            _found_so(tree, i)
        elif dep == "conj" and tree.tag[i] in ("VBD", "VBZ", "VBN"):
            second_act(tree, i)
            second_passive(tree, i)


def _preposition(t: Tree, i: int) -> None:
    """Hang a prepositional phrase, or what stands beside it, where it belongs."""
    word = t.lower[i]
    if word == "against":
        _opposed(t, i)
    elif word == "by":
        _agent(t, i)
        _agent_behind_place(t, i)
    elif word == "as":
        _described(t, i)
    elif word == "due":
        _due_to(t, i)
    elif word in ("on", "upon"):
        _called_on(t, i)
    elif word in ("with", "to"):
        _by_phone(t, i)
        _discussed(t, i)


def _found_so(t: Tree, v: int) -> None:
    """Read "found A BOY shot in an alley" as a boy who was shot, not as somebody who shot."""
    g, n = t.head[v], t.kid(v, "nsubj")
    if t.lemma[g] not in _FINDING or t.tag[v] not in ("VBN", "VBD") or n is None or not g < n < v:
        return
    if t.kid(v, "dobj", "aux", "auxpass", "mark", "prt") is not None or t.tag[n] in ("PRP", "WP"):
        return
    if any(t.lower[c] == "at" for c in t.kids(v, "prep") if c == v + 1):
        return
    t.move(n, g, "dobj")
    t.move(v, n, "acl")
    t.tag[v] = "VBN"


def _restrict(t: Tree, v: int) -> None:
    """Read "ships off Libya THAT ARE SUSPECTED": a name takes no such clause, so it is about the ships."""
    n = t.head[v]
    who = t.kid(v, "nsubj", "nsubjpass")
    if who is None or t.lower[who] != "that" or t.pos[n] != "PROPN" or t.dep[n] != "pobj":
        return
    if t.kid(n, "det") is not None:
        return
    for _ in range(4):
        n = t.head[n]
        if t.pos[n] == "NOUN":
            if t.dep[n] != "compound":
                t.move(v, n, "relcl")
            return
        if t.pos[n] == "VERB":
            noun = next((o for o in t.kids(n, "dobj") if o < v and t.pos[o] == "NOUN"), None)
            if noun is not None:
                t.move(v, noun, "relcl")
            return


def _subject(t: Tree, n: int) -> None:
    """Read "SWEDEN suspended aid" with its subject, not with a measure of time."""
    v = t.head[n]
    if t.pos[n] != "PROPN" or n >= v or t.tag[v] not in ("VBN", "VBD") or t.lower[n] in DAYS:
        return
    if t.kid(v, "nsubj", "nsubjpass", "aux", "auxpass", "agent") is not None or t.kid(v, "dobj") is None:
        return
    if t.dep[v] not in ("ROOT", "ccomp", "conj") or any(t.pos[k] not in ("ADV",) for k in range(n + 1, v)):
        return
    t.dep[n] = "nsubj"


def _particle(t: Tree, p: int) -> None:
    """Give a verb with a particle its object: "sealed off THE UNIVERSITY", "kidnapped up to NINE MEN"."""
    v = t.head[p]
    if t.pos[v] != "VERB" or t.lower[p] not in _PARTICLES or t.kid(v, "dobj") is not None:
        return
    found = t.kid(p, "pobj")
    if found is None and t.lower[p] == "up":
        to = t.kid(p, "prep")
        found = t.kid(to, "pobj") if to == p + 1 and t.lower[to] == "to" else None
        if found is not None and t.kid(found, "nummod") is None and t.tag[found] != "CD":
            found = None
    if found is not None and found > p:
        t.move(found, v, "dobj")


def _agent(t: Tree, p: int) -> None:
    """Read "funded mainly BY the state" with its doer."""
    v, n = t.head[p], t.kid(p, "pobj")
    if t.tag[v] != "VBN" or n is None or t.kid(v, "agent", "dobj", "aux") is not None or t.lower[n] in DAYS:
        return
    if t.pos[n] == "PROPN" or (t.pos[n] == "NOUN" and t.tag[n] == "NNS" and t.kid(n, "nummod") is None):
        t.dep[p] = "agent"


def _agent_behind_place(t: Tree, p: int) -> None:
    """Read "led out of the town BY THE RED CROSS" with who led them: no town is by somebody."""
    place, n = t.head[p], t.kid(p, "pobj")
    if n is None or t.dep[place] != "pobj" or t.lemma[place] not in _PLACES or t.pos[place] != "NOUN":
        return
    v = t.head[place]
    while t.dep[v] == "prep":
        v = t.head[v]
    if t.pos[v] != "VERB" or t.kid(v, "auxpass") is None or t.kid(v, "agent") is not None or v > p:
        return
    if (t.pos[n] == "PROPN" and t.lower[n] not in DAYS) or t.lemma[n] in load_verb_classes().forces:
        t.move(p, v, "agent")


def _opposed(t: Tree, p: int) -> None:
    """Read "rallied in the square AGAINST the war": the square is not against it."""
    n = t.head[p]
    q = t.head[n]
    if t.pos[n] not in _NOUNS or t.dep[n] != "pobj" or t.lower[q] not in _THERE or t.dep[q] != "prep":
        return
    if t.pos[n] == "NOUN" and t.lower[n] not in _PLACES:
        return
    h = t.head[q]
    if t.pos[h] not in ("VERB", *_NOUNS) or h > q:
        return
    t.move(p, h, "prep")


def _described(t: Tree, p: int) -> None:
    """Read "denounced as a crime THE ARREST of the priests": the arrest is denounced."""
    v, n = t.head[p], t.kid(p, "pobj")
    if t.pos[v] != "VERB" or n is None or t.kid(v, "dobj", "nsubjpass") is not None:
        return
    found = t.kid(n, "appos")
    if found is None or t.pos[found] != "NOUN" or t.kid(found, "poss", "det") is None:
        return
    if t.lower[t.first(found) - 1] != ",":
        t.move(found, v, "dobj")


def _due_to(t: Tree, p: int) -> None:
    """Read "died DUE TO torture" as one preposition with its noun."""
    to = t.kid(p, "pcomp", "prep")
    n = t.kid(to, "pobj") if to is not None and t.lower[to] == "to" else None
    if n is not None:
        t.move(n, p, "pobj")


def _reduced(t: Tree, v: int) -> None:
    """Read "Rockets fired by rebels HIT a mill": what was fired hit it."""
    n = t.kid(v, "nsubj", "nsubjpass")
    if n is None or n > v or t.kid(v, "agent") is None or t.kid(v, "aux", "auxpass") is not None:
        return
    w = next((c for c in t.children[v] if c > v and t.tag[c] == "VBD" and t.dep[c] in _LOOSE), None)
    if (
        w is None
        or t.kid(w, "nsubj", "nsubjpass", "aux", "mark", "cc") is not None
        or t.kid(w, "dobj") is None
    ):
        return
    if t.first(w) != w or t.lower[w - 1] in ("and", "or", ","):
        return
    t.crown(w)
    t.move(n, w, "nsubj")
    t.move(v, n, "acl")


def _by_phone(t: Tree, p: int) -> None:
    """Read "spoke by telephone WITH the envoy": the telephone is with nobody."""
    n = t.head[p]
    by = t.head[n]
    called = t.lemma[n] in _PHONES and t.dep[n] == "pobj" and t.lower[by] in ("by", "on", "over", "via")
    if called and t.pos[t.head[by]] == "VERB":
        t.move(p, t.head[by], "prep")
        t.dep[by] = "prep"


def _called_on(t: Tree, p: int) -> None:
    """Read "CALL ON all parties to meet" with its phrase: nobody calls the parties something."""
    v = t.head[p]
    n = t.kid(v, "dobj")
    if t.lemma[v] != "call" or p != v + 1 or n is None or t.kid(p, "pobj") is not None:
        return
    if t.first(n) == p + 1:
        t.move(n, p, "pobj")


def _discussed(t: Tree, p: int) -> None:
    """Read "will discuss the request WITH HIS COUNTERPART": the request is with nobody."""
    n, who = t.head[p], t.kid(p, "pobj")
    v = t.head[n]
    if t.lower[p] != "with" or who is None or t.dep[n] != "dobj" or t.lemma[v] not in _DISCUSSING:
        return
    if (
        t.pos[n] != "NOUN"
        or t.lemma[n] in _SHARED
        or p < n
        or any(t.lower[c] == "with" for c in t.kids(v, "prep"))
    ):
        return
    if t.pos[who] == "PROPN" or t.kid(who, "poss") is not None or t.lemma[who] in _PARTNERS:
        t.move(p, v, "prep")


def _harm(t: Tree, v: int) -> None:
    """Read "the bombing of a clinic THAT KILLED two": it was the bombing that killed them."""
    n = t.head[v]
    who = t.kid(v, "nsubj")
    if who is None or t.lower[who] not in ("that", "which") or t.dep[n] != "pobj" or t.lemma[n] in _ATTACKS:
        return
    for _ in range(3):  # "the bombings at embassies in Kenya, WHICH KILLED nine"
        p = t.head[n]
        act = t.head[p]
        if t.dep[n] != "pobj" or t.dep[p] != "prep":
            return
        if t.pos[act] == "VERB":  # the parser hung "at embassies" on the verb before the bombings
            act = next((o for o in t.kids(act, "dobj") if o < p), act)
        if t.pos[act] not in _NOUNS:
            return
        if t.lemma[act] in _ATTACKS:
            t.move(v, act, "relcl")
            return
        n = act


def _consequence(t: Tree, v: int) -> None:
    """Read "retook the town in May, FORCING thousands to flee" as what the retaking did, not May."""
    n = t.head[v]
    if (
        t.pos[n] not in (*_NOUNS, "NUM")
        or n > v
        or t.lower[t.first(v) - 1] != ","
        or t.lemma[v] not in _FOLLOWS
    ):
        return
    for _ in range(6):
        if t.pos[n] == "VERB":
            if t.tag[n] != "VBG":
                t.move(v, n, "advcl")
            return
        if t.dep[n] in ("nsubj", "nsubjpass", "ROOT", "conj"):
            return
        n = t.head[n]


def _main_verb(t: Tree, v: int) -> None:
    """Read "Doctors from two charities DONATED and delivered tents" as a sentence, not as a noun."""
    w = t.kid(v, "conj")
    if w is None or t.tag[w] != "VBD" or t.kid(w, "dobj") is None or t.kid(v, "agent", "aux", "auxpass"):
        return
    n = t.head[v]
    root = n
    for _ in range(4):
        if t.dep[root] == "ROOT":
            break
        root = t.head[root]
    if (
        t.dep[root] != "ROOT"
        or t.pos[root] not in _NOUNS
        or root > v
        or any(t.pos[c] == "VERB" for c in t.children[root])
    ):
        return
    t.children[n].remove(v)
    t.head[v], t.dep[v], t.tag[v] = v, "ROOT", "VBD"
    t.head[root], t.dep[root] = v, "nsubj"
    t.children[v] = sorted((*t.children[v], root))
