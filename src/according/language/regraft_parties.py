"""Subjects and objects in the wrong place: "army chief Moss and rebel commander Lind met".

Called by `regraft`; each function changes the tree in place around one token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from according.language.tree import Tree

DAYS = frozenset(
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
        "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    }
)  # fmt: skip
"""Words by which a parser's object is seen to be a date."""

# How long somebody is given to do something, and by which verbs.
_TERMS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "deadline"})
_GIVING = frozenset({"give", "grant", "allow"})
# What is said or done to people, and what people do who are described by it.
_TO_PEOPLE = frozenset(
    {
        "warn", "urge", "threaten", "tell", "ask", "order", "arrest", "detain", "attack", "accuse",
        "condemn", "criticise", "criticize", "praise", "thank", "support", "back", "fire", "sack", "disperse",
        "confront", "punish", "beat", "address", "blame", "join", "free", "jail", "kill", "meet", "call",
    }
)  # fmt: skip
_DOING = frozenset(
    {
        "strike",
        "protest",
        "demonstrate",
        "march",
        "flee",
        "return",
        "visit",
        "riot",
        "oppose",
        "rule",
        "retreat",
    }
)
_SAID = frozenset({"say", "add", "report", "tell", "state", "announce", "claim", "confirm", "argue", "note"})
# What somebody does in words beside saying something.
_SPEAKING = frozenset(
    {
        "accuse", "appeal", "ask", "blame", "call", "condemn", "confirm", "criticise", "criticize",
        "decline", "defend", "demand", "denounce", "deny", "dismiss", "express", "insist", "order",
        "pledge", "praise", "promise", "refuse", "reiterate", "reject", "request", "thank", "threaten",
        "urge", "vow", "warn", "welcome",
    }
)  # fmt: skip


def second_act(t: Tree, v: int) -> None:
    """Hang a finite verb beside the saying whose content cannot share its auxiliary.

    "Moss said talks WERE CONTINUING but ACCUSED Kyiv": it is Moss who accused.
    """
    near = h = t.head[v]
    while t.dep[h] == "xcomp":
        h = t.head[h]
    g = t.head[h]
    if t.dep[h] != "ccomp" or t.lemma[g] not in _SAID or t.tag[g] not in ("VBD", "VBZ") or not g < h < v:
        return
    if t.kid(h, "aux", "auxpass") is None or t.kid(h, "nsubj", "nsubjpass") is None:
        return
    finite = t.tag[v] in ("VBD", "VBZ") and t.tag[near] in ("VBN", "VBG", "VB")
    active = t.tag[v] == "VBN" and t.tag[near] in ("VBG", "VB") and t.kid(v, "dobj") is not None
    if not (finite or active) or t.lemma[v] not in _SPEAKING:
        return
    if t.kid(v, "nsubj", "nsubjpass", "aux", "auxpass", "agent") is None:
        t.tag[v] = "VBD" if active else t.tag[v]
        t.move(v, g, "conj")


def told_first(t: Tree, v: int) -> None:
    """Read "GUNMEN on motorbikes KILLED nine and abducted six, residents said" as who did it."""
    n = t.head[v]
    for _ in range(3):
        if t.dep[n] in ("nsubj", "dep"):
            break
        n = t.head[n]
    s = t.head[n]
    if (
        t.dep[n] not in ("nsubj", "dep")
        or t.lemma[s] not in _SAID
        or t.kid(v, "dobj") is None
        or not n < v < s
    ):
        return
    speakers = [c for c in t.kids(s, "nsubj") if c > v]
    if not speakers or t.kid(v, "agent", "aux", "auxpass") is not None:
        return
    t.move(v, s, "ccomp")
    t.tag[v] = "VBD"
    t.move(n, v, "nsubj")
    for c in [c for c in t.kids(n, "conj") if c > v and t.tag[c] == "VBD"]:
        t.move(c, v, "conj")
    for c in [c for c in t.kids(n, "cc") if c > v]:
        t.move(c, v, "cc")


def struck_object(t: Tree, n: int) -> None:
    """Read "shelled ALEPPO on Friday" as what was shelled, not as when or how."""
    v = t.head[n]
    if t.pos[n] != "PROPN" or t.pos[v] != "VERB" or t.first(n) != v + 1 or t.lower[n] in DAYS:
        return
    if n + 1 < len(t.pos) and t.pos[n + 1] in ("PROPN", "NOUN", "ADJ"):
        return
    if t.kid(v, "dobj", "nsubjpass", "ccomp", "dative") is None and t.kid(v, "nsubj") is not None:
        t.dep[n] = "dobj"


def misread_adjective(t: Tree, a: int) -> None:
    """Read "gathered OUTSIDE parliament" as where, and "shot DEAD two men" as what became of them."""
    n, v = t.head[a], t.head[t.head[a]]
    if t.dep[n] != "dobj" or t.pos[v] != "VERB" or a != v + 1 or t.first(n) != a:
        return
    if t.lower[a] in ("outside", "inside"):
        t.move(a, v, "prep")
        t.move(n, a, "pobj")
    elif t.lower[a] == "dead" and t.lemma[v] == "shoot":
        t.move(a, v, "oprd")


def second_subject(t: Tree, n: int) -> None:
    """Read "army chief MOSS and rebel commander LIND met" as two who met."""
    if t.pos[n] != "PROPN" or _swallowed(t, n):
        return
    v, w = t.head[n], t.first(n) - 1
    a = t.kid(v, "nsubj")
    if a is None or not a < w < n or t.dep[w] != "conj" or t.pos[w] != "NOUN":
        return
    top = t.head[w]
    if top == a or (t.dep[top] == "appos" and t.head[top] == a):
        t.move(w, n, "compound")
        t.move(n, a, "conj")


def _swallowed(t: Tree, n: int) -> bool:
    """Free "army chief MOSS and" from the name behind it: "army chief Moss and rebel commander LIND met"."""
    for c in t.kids(n, "compound"):
        p = t.kid(c, "appos")
        w = None if p is None else t.kid(p, "conj")
        if p is None or w is None or t.pos[c] != "NOUN" or t.pos[p] != "PROPN" or t.pos[w] != "NOUN":
            continue
        if c < p < w < n and all(t.head[k] == n or t.dep[k] == "compound" for k in range(w + 1, n)):
            dep, head = t.dep[n], t.head[n]
            t.move(c, head, dep)
            t.move(w, n, "compound")
            t.move(n, c, "conj")
            return True
    return False


def second_passive(t: Tree, v: int) -> None:
    """Read "was found guilty of ordering it and JAILED": what goes with the passive, not with the gerund."""
    h = t.head[v]
    if t.dep[v] != "conj" or t.tag[v] != "VBN":
        return
    if (
        t.tag[h] != "VBG"
        or t.dep[h] != "pcomp"
        or t.kid(v, "nsubj", "nsubjpass", "aux", "auxpass", "dobj") is not None
    ):
        return
    above = t.head[t.head[h]]
    for _ in range(2):
        if t.tag[above] == "VBN" and t.kid(above, "auxpass") is not None:
            t.move(v, above, "conj")
            return
        above = t.head[above]


def term_given(t: Tree, n: int) -> None:
    """Read "gave the miners A WEEK TO LEAVE": the infinitive says what the time is for."""
    v = t.head[n]
    if t.lemma[n] not in _TERMS or t.lemma[v] not in _GIVING or n < v:
        return
    if t.kid(v, "dative", "dobj", "nsubjpass") in (None, n):
        return
    for x in (*t.kids(v, "advcl", "xcomp"), *t.kids(n, "relcl")):
        to = t.kid(x, "aux")
        if x > n and to is not None and t.lower[to] == "to" and t.kid(x, "nsubj", "mark") is None:
            receiver = t.kid(v, "dobj")
            if receiver is not None and receiver < n:
                t.move(receiver, v, "dative")
            t.move(n, v, "dobj")
            t.move(x, n, "acl")


def described_people(t: Tree, v: int) -> None:
    """Read "warned STRIKING doctors that": those who strike are warned."""
    h, n = t.head[v], t.kid(v, "dobj")
    if v != h + 1 or n is None or n < v or t.lemma[h] not in _TO_PEOPLE or t.kid(h, "dobj") is not None:
        return
    if t.lemma[v] not in _DOING or t.kid(n, "det", "poss") is not None:
        return
    rest = [c for c in t.children[v] if c > n]
    t.move(n, h, "dobj")
    t.move(v, n, "amod")
    for c in rest:
        t.move(c, h, t.dep[c])
