"""Bodies and their heads that a noun points to: "the IS group", "the Hamas leader", "the coalition"."""

from __future__ import annotations

from according.resolution.coreference_joint import JointResolver
from according.resolution.coreference_pronouns import STATE_BODIES

ALLIES = frozenset({"coalition", "alliance"})
"""Nouns for bodies of allies, which one report has one of."""


class BodyResolver(JointResolver):
    """Resolves nouns that stand beside the name of a body, or for forces named before."""

    def _label(self, i: int) -> tuple[int, ...]:
        """Read "the IS group", "ISIL positions": the body itself."""
        t = self.tree
        own = t.lemma[i] in self.words.back["group"] | self.words.back[
            "organisation"
        ] and not self.nouns.plural(i)
        if not own and t.lemma[i] not in self.words.held:
            return ()
        near = [c for c in t.kids(i, "compound", "nmod", "amod") if c in self.finder.covered]
        m = self.finder.covered[near[0]] if near else None
        if (
            m is None
            or t.head[self.finder.mentions[m].head] != i
            or t.dep[self.finder.mentions[m].head] not in ("compound", "nmod", "amod")
        ):
            return ()
        draft = self.finder.drafts[self.finder.mentions[m].draft]
        return (draft.number,) if draft.kind == "group" else ()

    def _examples(self, i: int) -> tuple[int, ...]:
        """Read "militias like X": the bodies that stand for the kind."""
        t = self.tree
        role = self.nouns.role(i) if self.nouns.plural(i) else None
        if role is None or role.plural not in ("group", "organisation"):
            return ()
        for p in t.kids(i, "prep"):
            if t.lower[p] == "like" or (t.lower[p] == "as" and t.lower[p - 1] == "such"):
                heads = [h for obj in t.kids(p, "pobj") for h in t.conjuncts(obj)]
                if heads and all(h in self.by_head for h in heads):
                    return tuple(dict.fromkeys(self.by_head[h].draft for h in heads))
        return ()

    def _headed(self, i: int) -> tuple[int, ...]:
        """Read "the Hamas leader": the person the report names as heading that body."""
        t = self.tree
        if t.lemma[i] not in self.words.heads or self.nouns.plural(i):
            return ()
        for c in t.kids(i, "compound", "poss", "nmod", "amod"):
            m = self.finder.covered.get(c)
            if m is None:
                continue
            body = self.finder.mentions[m].draft
            found = self._led.get(body, ())
            if len(found) == 1 or (found and t.sent[i] <= 1):
                return (found[0],)
        return ()

    def _again(self, i: int) -> tuple[int, ...]:
        """Forces named before: "military forces" after "Iraqi forces"; "the coalition"."""
        t = self.tree
        if (
            t.pos[i] not in ("NOUN", "PROPN")
            or any(c in self.finder.covered for c in t.children[i])
            or t.kids(i, "relcl", "acl")
        ):
            return ()
        if any(
            t.lower[c] in ("a", "an", "some", "other", "another", "opposition", "enemy", "rebel", "more")
            or t.dep[c] in ("nummod", "poss")
            for c in t.children[i]
        ):
            return ()
        if any(t.lower[p] == "of" for p in t.kids(i, "prep")):
            return ()
        role = self.nouns.role(i)
        if role is None or role.kind != "organisation":
            return ()
        alone = t.lemma[i] in STATE_BODIES and [t.lower[c] for c in t.children[i] if c < i] == ["the"]
        if not ("MIL" in role.sectors or t.lemma[i] in ALLIES or alone):
            return ()
        number = self._bodies.get(t.lemma[i])
        return () if number is None else (number,)
