"""Who is to do what an infinitive says: "called for THE JUNTA to go", "gave THE MINERS a week to leave"."""

from __future__ import annotations

from according.language.surface import RELATIVE_PRONOUNS, Surfaces

# Verbs by which somebody calls something what stands behind "as".
_NAMING = frozenset(
    {
        "describe",
        "denounce",
        "condemn",
        "dismiss",
        "regard",
        "see",
        "view",
        "characterise",
        "characterize",
        "brand",
        "portray",
        "depict",
    }
)
_NEEDED = frozenset(
    {"essential", "vital", "crucial", "important", "imperative", "necessary", "urgent", "critical"}
)
_ANSWERS = frozenset(
    {
        "refuse",
        "reject",
        "decline",
        "accept",
        "ignore",
        "heed",
        "defy",
        "dismiss",
        "spurn",
        "obey",
        "resist",
        "receive",
        "rebuff",
    }
)
# What asks somebody else than its owner to act.
_ADDRESSED = frozenset(
    {
        "invitation",
        "request",
        "appeal",
        "call",
        "demand",
        "plea",
        "order",
        "instruction",
        "summons",
        "ultimatum",
    }
)
# Verbs by which somebody gets time, leave or a chance to do something.
_GIVING = frozenset({"give", "grant", "allow", "offer", "deny", "hand"})


class Askings(Surfaces):
    """Finds who is asked, allowed or pressed to act, where the parse does not say it."""

    def asking(self, v: int) -> int | None:
        """The word of asking or waiting whose "for" opens a clause: "CALLED for the junta to go"."""
        t = self.tree
        h = t.head[v]
        if t.dep[v] not in ("advcl", "relcl", "acl") or h > v or not self._infinitive(v):
            return None
        asked = self._asked(v)
        if asked is not None:
            return t.head[t.head[asked]]
        if self._marker(v) != "for" or t.kid(v, "nsubj", "nsubjpass") is None:
            return None
        if any(t.lower[a] in _NEEDED for a in t.kids(h, "acomp")):
            return h  # "it is VITAL for them to meet"
        asking = [n for n in (h, *t.kids(h, "nsubj")) if t.lemma[n] in self.classes.for_to]
        return asking[0] if asking else None  # "CALLS are growing for him to go"

    def _asked(self, v: int) -> int | None:
        """Who is to act, where the parser took "for" for a preposition: "a demand for THE REBELS to go"."""
        t = self.tree
        to = t.kid(v, "aux")
        if to is None or t.lower[to] != "to" or t.kid(v, "nsubj", "nsubjpass") is not None:
            return None
        for p in range(to - 1, max(to - 8, 0), -1):
            above = t.head[p]
            if t.dep[p] == "pobj" and t.lower[above] == "for" and t.phrase(p)[1] >= to:
                return p if t.lemma[t.head[above]] in self.classes.for_to else None
        return None

    def _receiver(self, v: int) -> int | None:
        """Who is to do what he is given time or leave for: "gave THE MINERS a week to go"."""
        t = self.tree
        n = t.head[v]
        g = t.head[n]
        if (
            t.dep[v] not in ("acl", "relcl")
            or not self._infinitive(v)
            or t.kid(v, "nsubj", "nsubjpass") is not None
        ):
            return None
        if t.dep[n] == "pobj" and t.lower[g] == "under" and t.lemma[n] == "pressure":
            bearer = t.kid(t.head[g], "dobj", "nsubj", "nsubjpass")  # "put HER under pressure to go"
            return bearer if bearer is None or t.lower[bearer] not in RELATIVE_PRONOUNS else None
        if t.dep[n] != "dobj" or t.lemma[g] not in _GIVING:
            return None
        receivers = [c for c in t.kids(g, "dative", "nsubjpass") if t.pos[c] != "ADP"]
        return receivers[0] if receivers else None

    def _named_as(self, v: int) -> int | None:
        """What is called done: "described THE VOTE as rigged"."""
        t = self.tree
        h = t.head[v]
        if (
            t.tag[v] != "VBN"
            or t.dep[v] not in ("advcl", "pcomp")
            or t.kid(v, "nsubj", "nsubjpass", "aux") is not None
        ):
            return None
        if t.dep[v] == "pcomp":
            marked, h = t.lower[h] == "as", t.head[h]
        else:
            marked = self._marker(v) == "as"
        if not marked or h not in self._verb_set or t.lemma[h] not in _NAMING or h > v:
            return None
        return t.kid(h, "nsubjpass") if self.passive(h) else t.kid(h, "dobj")

    def _find_surface(self, v: int) -> tuple[int | None, tuple[str, ...]]:
        t = self.tree
        n = t.head[v]
        if (
            t.dep[v] == "acl"
            and self._infinitive(v)
            and t.lemma[n] in _ADDRESSED
            and t.kid(n, "poss") is not None
        ):
            h = t.head[n]  # "refused the king's invitation TO MEDIATE"
            if t.dep[n] == "dobj" and h in self._verb_set and t.lemma[h] in _ANSWERS:
                token, via = self.surface(h)
                return token, (*via, "control") if token is not None else ()
        found = self._asked(v) if self.asking(v) is not None else self._receiver(v) or self._named_as(v)
        return (found, ("control",)) if found is not None else super()._find_surface(v)
