"""Passives without their auxiliary, in headlines and where the verb before has it, and what is done to."""

from __future__ import annotations

from collections.abc import Callable

from according.language.tree import Tree

_LAND = frozenset({"territory", "territories", "land", "soil", "side", "area", "waters"})
_MAKING = frozenset({"blow", "dig", "build", "demolish", "dismantle", "construct", "seal"})
_SUFFERED = frozenset({"kill", "wound", "injure", "hurt", "arrest", "detain", "capture", "displace", "maim"})
# Verbs that need an object: without one, what stands before them is what they were done to.
_DONE_TO = frozenset(
    {
        "arrest", "detain", "kill", "wound", "injure", "murder", "assassinate", "kidnap", "abduct",
        "behead", "execute", "jail", "imprison", "deport", "gun", "lynch", "acquit", "indict",
        "evacuate", "hospitalise", "hospitalize", "free", "rescue", "sack", "oust", "expel",
        "extradite", "torture",
    }
)  # fmt: skip
_CAUSES = frozenset(
    {
        "attack", "bomb", "bombing", "blast", "explosion", "strike", "airstrike", "fighting", "clash",
        "raid", "shelling", "violence", "fire", "war", "shooting", "battle", "missile", "rocket",
        "mine", "unrest",
    }
)  # fmt: skip
_SHOT = frozenset({"shoot", "stab"})
_TERMS = frozenset({"year", "month", "week", "day", "hour", "count", "charge"})
_AIMED = frozenset({"at", "into", "toward", "towards", "over", "from", "through", "on"})
_BLAMED = frozenset({"charge", "accuse", "convict", "sentence"})


def is_elided(t: Tree, v: int, passive: Callable[[int], bool]) -> bool:
    """Whether the auxiliary stands with the verb before: "six were killed and ten others WOUNDED"."""
    h = t.head[v]
    if t.dep[v] != "conj" or t.lemma[v] not in _SUFFERED or t.kids(v, "dobj", "aux"):
        return False
    own = t.kid(v, "nsubj")
    if own is None or own < h:
        return False
    left_so = t.lower[h] in ("dead", "injured", "wounded") and t.pos[h] != "VERB"
    return left_so or passive(h)


def is_headline_passive(t: Tree, v: int) -> bool:
    """Whether a headline leaves "was" out: "Editor ARRESTED in Oruma", "Man CHARGED with murder"."""
    needed = t.lemma[v] in _DONE_TO or (
        t.lemma[v] in _BLAMED and any(t.lower[p] in ("with", "of", "to", "for") for p in t.kids(v, "prep"))
    )
    if t.lemma[v] in _SHOT:  # "Teen shot in Oruma", but not "The guard shot at them"
        own = t.kid(v, "nsubj")
        aimed = any(
            t.lower[p] in _AIMED or any(t.lower[o] == "air" for o in t.kids(p, "pobj"))
            for p in t.kids(v, "prep")
        )
        aimed = aimed or (v + 1 < len(t.lower) and t.lower[v + 1] in ("back", "up", "off", "out", "down"))
        needed = own is not None and not aimed and t.kid(own, "det", "poss") is None
    dead = [c for c in t.kids(v, "oprd") if t.lower[c] != "dead"]
    if not needed or dead or t.kids(v, "dobj", "dative", "ccomp", "xcomp", "aux"):
        return False
    joined = t.kid(v, "conj")
    if (
        joined is not None
        and joined <= v + 2
        and t.kid(joined, "dobj") is not None
        and not t.kids(joined, "nsubj")
    ):
        return False  # "two policemen shot and wounded a man"
    own = t.kid(v, "nsubj")
    if own is None or own > v or t.pos[own] not in ("NOUN", "PROPN", "NUM") or t.lemma[own] in _CAUSES:
        return False
    for k in range(v + 1, min(v + 5, len(t.tag))):
        if t.lower[k] in (",", ";", "and"):
            return True  # "two killed, ten injured": the number counts others
        if t.tag[k] == "CD" and t.lemma[t.head[k]] in _TERMS:
            continue  # "jailed for seven YEARS"
        if t.tag[k] == "CD" or t.lemma[k] in ("dozen", "score", "hundred"):
            return False
    return True


def agent_of(t: Tree, v: int) -> int | None:
    """The "by" of a passive, also where the next passive has it: "looted and burnt BY A MOB"."""
    by = t.kid(v, "agent")
    if by is not None or t.tag[v] != "VBN":
        return by
    joined = next((c for c in t.kids(v, "conj") if v < c <= v + 2 and t.tag[c] == "VBN"), None)
    own = ("nsubj", "nsubjpass", "aux", "auxpass", "dobj")
    if joined is None or t.kid(joined, *own) is not None or t.kid(v, "dobj", "prep") is not None:
        return None
    return t.kid(joined, "agent")


def made_thing(t: Tree, noun: int, verb: int) -> int:
    """The thing, not the land, that is blown up: "a TUNNEL into their land that was dug"."""
    if t.lower[noun] not in _LAND or t.lemma[verb] not in _MAKING or t.dep[noun] != "pobj":
        return noun
    now = t.head[noun]
    for _ in range(3):
        now = t.head[now]
        if t.pos[now] == "NOUN":
            return now
    return noun
