"""Nouns that name several parties at once: "the two leaders", "both sides"."""

from __future__ import annotations

from according.resolution.coreference_pronouns import PronounResolver
from according.resolution.names_found import Draft
from according.resolution.sides import find_sides

_NEAR = 60
_MODIFIERS = frozenset({"compound", "nmod", "amod", "npadvmod", "poss"})
# Words before a joint noun that show that its parties are known.
_KNOWN = frozenset({"the", "both", "these", "those", "his", "her", "its", "their"})
# Nouns that are of two by themselves.
_PARTNERS = frozenset({"president", "minister", "side", "neighbour", "neighbor", "counterpart", "rival"})
# Nouns for the parties of a conflict or of talks.
_SIDES = frozenset({"side", "party", "rival", "foe", "enemy", "belligerent", "adversary"})


class JointResolver(PronounResolver):
    """Resolves joint references to the parties named last."""

    @staticmethod
    def _fits(role: str, kind: str) -> bool:
        return (role == "person") == (kind == "person") and kind != "place"

    def _definite(self, i: int) -> str | None:
        t = self.tree
        for c in t.children[i]:
            if (
                c < i
                and t.dep[c] in ("det", "poss", "predet", "nummod", "preconj", "amod")
                and t.lower[c]
                in ("the", "this", "that", "these", "those", "both", "two", "his", "her", "its", "their")
            ):
                return t.lower[c]
        return None

    def _two_offices(self, i: int) -> int | None:
        """The name behind two titles: "Vice-Premier and Finance Minister NAME" is one person."""
        t = self.tree
        role = self.nouns.role(i)
        if (
            role is None
            or role.kind != "person"
            or self.nouns.plural(i)
            or t.kids(i, "det", "poss", "nummod")
        ):
            return None
        for c in t.kids(i, "conj"):
            m = self.by_head.get(c)
            if m is None or self.finder.drafts[m.draft].kind != "person" or m.start - i > 5:
                continue
            between = [t.lower[k] for k in range(i + 1, m.start)]
            if between[:1] == ["and"] and len(between) > 1 and self.nouns.role(m.start - 1) is not None:
                return c
        return None

    def _short_body(self, i: int) -> tuple[int, ...]:
        """Read "the Council", with a capital, as the council named last."""
        t = self.tree
        head = self.finder.doc[i]
        if t.pos[i] != "PROPN" or not head.text[:1].isupper() or head.text.isupper():
            return ()
        lefts = [t.lower[c] for c in t.children[i] if c < i]
        role = self.nouns.role(i)
        bare = not lefts and role is not None and role.kind == "organisation"  # "CONGRESS rejected it"
        if (lefts != ["the"] and not bare) or t.kids(i, "prep", "appos") or (lefts and head.is_sent_start):
            return ()
        for c in reversed(self.recent):
            for draft in self._drafts(c.ids):
                named = draft.kind in ("organisation", "group") and len(draft.words) > 1
                if named and t.lower[i] in (draft.words[-1], draft.words[0]) and not bare:
                    return (draft.number,)
                if bare and draft.kind == "organisation" and draft.words[-1:] == (t.lower[i],):
                    return (draft.number,)
        return ()

    def _joint_nominal(self, i: int) -> tuple[int, ...]:
        t = self.tree
        lowers = {t.lower[c] for c in t.children[i]}
        two = bool(lowers & {"two", "both"}) or (
            t.lower[i] in ("two", "both") and (not t.kids(i, "prep") or bool(lowers & {"the"}))
        )
        lemma = t.lemma[i]
        if t.lower[i] in ("two", "both"):
            if t.dep[i] not in ("nsubj", "nsubjpass", "dobj", "pobj") or t.kids(i, "prep"):
                return ()
            if t.lower[i] == "both":
                return self._both(i)
            if self._two_others(i):
                return ()
            return self._pair(frozenset({"person"}))
        if not self.nouns.plural(i) or t.kids(i, "relcl", "acl", "prep"):
            return ()
        if not lowers & _KNOWN and lemma not in self.words.heads | _PARTNERS:
            return ()  # "two diplomats said" are somebody new
        without = self._opposite(i)
        named = [c for c in t.kids(i, "amod", "compound", "poss") if c in self.finder.covered]
        if named:
            return ()
        if lemma in _SIDES and "all" not in lowers and (two or self._bare(i)):
            facing = self._opponents(i) or find_sides(t, self.links, self.finder.drafts, i)
            if facing:
                return facing
        for kind, lemmas in self.words.joint.items():
            if lemma not in lemmas:
                continue
            if not two and not (
                kind == "person" and lemma in ("leader", "minister", "president", "rival") and self._bare(i)
            ):
                continue
            if kind == "person" and lemma in ("man", "woman") and self._definite(i) in (None, "two"):
                return ()  # "two men carried a banner" tells of others
            if kind == "person" and lemma == "official":
                return self._officials()
            if kind == "person":
                self._met = self._peers(lemma, without) or self._pair(frozenset({"person"}), without=without)
                return self._met
            if kind == "state":
                return self._two_states(i, without)
            return self._pair(frozenset({"group"})) or self._pair(frozenset({"group", "organisation"}))
        if two and lemma == "side":
            sides = frozenset({"state", "group", "organisation"})
            return self._pair(sides)
        return ()

    def _two_states(self, i: int, without: tuple[int, ...]) -> tuple[int, ...]:
        """The two states that "both countries" are, of which neither does something to them."""
        again = self._joint_states(i, without)
        if again:
            return again
        near = self._pair(frozenset({"state"}), since=self.tree.sent[i] - 1, without=without)
        if without and not near:
            facing = self._as_states(find_sides(self.tree, self.links, self.finder.drafts, i))
            if facing and not set(facing) & set(without):
                return facing
        return (
            (self._told_together(i) if self.tree.lemma[i] == "side" else ())
            or near
            or self._of_two_states(i)
            or self._states(self._met)
            or self._pair(frozenset({"state"}), without=without)
            or self._states(self._pair(frozenset({"person"})))
        )

    def _joint_states(self, i: int, without: tuple[int, ...]) -> tuple[int, ...]:
        """The two states that "both countries" named just before."""
        t = self.tree
        for c in reversed(self.recent):
            if t.sent[i] - t.sent[c.head] > 1:
                return ()
            joint = len(c.ids) == 2 and t.lemma[c.head] in self.words.joint["state"]
            if joint and not set(c.ids) & set(without):
                return c.ids if all(d.kind == "state" for d in self._drafts(c.ids)) else ()
        return ()

    def _as_states(self, ids: tuple[int, ...]) -> tuple[int, ...]:
        """The states of two parties, who may be named by their diplomats or armies."""
        owners = [self.finder.actors.state(d.country) for d in self._drafts(ids)]
        numbers = [self.finder.listed(o) for o in owners if o is not None]
        return tuple(dict.fromkeys(numbers)) if len(set(numbers)) == 2 else ()

    def _both(self, i: int) -> tuple[int, ...]:
        """Read "urged BOTH to show restraint" as the two parties that were named together last."""
        t = self.tree
        if t.dep[i] not in ("dobj", "pobj"):
            return ()
        near = [c for c in reversed(self.recent) if t.sent[i] - t.sent[c.head] <= 1]
        joint = next((c.ids for c in near if len(c.ids) == 2 and c.plural), ())
        return joint or find_sides(t, self.links, self.finder.drafts, i)

    def _parties(self, sentence: int) -> list[int]:
        """The parties of a sentence, unnamed ones too; not where it is set, nor what only describes."""
        t = self.tree
        found: list[int] = []
        for c in self.recent:
            if t.sent[c.head] != sentence or self._located(c.head) or t.dep[c.head] in _MODIFIERS:
                continue
            for draft in self._drafts(c.ids):
                party = draft.kind in ("state", "group", "organisation") and "JRN" not in draft.sectors
                if party and draft.number not in found:
                    found.append(draft.number)
        return found

    def _told_together(self, i: int) -> tuple[int, ...]:
        """The only two parties of the sentence before: "X left after clashes with Y. BOTH SIDES ..."."""
        found = self._parties(self.tree.sent[i] - 1) if self.tree.sent[i] else []
        names = [self.finder.drafts[n].name for n in found]
        apart = len(found) == 2 and not any(a != b and b.startswith(a) for a in names for b in names)
        return tuple(found) if apart else ()

    def _of_two_states(self, i: int) -> tuple[int, ...]:
        """The states of the parties told just now: "Pakistani and Afghan forces ... THE TWO NEIGHBOURS"."""
        for sentence in (self.tree.sent[i], self.tree.sent[i] - 1):
            codes = dict.fromkeys(self.finder.drafts[n].country for n in self._parties(sentence))
            owners = [self.finder.actors.state(c) for c in codes if c]
            states = [o for o in owners if o is not None]
            if len(codes) == 2 == len(states):
                return tuple(self.finder.listed(o) for o in states)
        return ()

    def _opponents(self, i: int) -> tuple[int, ...]:
        """Two parties between whom something is told just before: "fighting between troops and rebels"."""
        t = self.tree
        for c in reversed(self.recent):
            if t.sent[i] - t.sent[c.head] > 1:
                break
            if t.dep[c.head] == "pobj" and t.lower[t.head[c.head]] == "between":
                both = (c.head, *t.kids(c.head, "conj"))
                ids = tuple(n for k in both for n in self.links.get(k, ())[:1])
                if len(set(ids)) == 2:
                    return ids
        return ()

    def _officials(self) -> tuple[int, ...]:
        """The last two persons named, if both hold an office."""
        pair = self._pair(frozenset({"person"}))
        return pair if all(d.org is not None or d.entry is not None for d in self._drafts(pair)) else ()

    def _two_others(self, i: int) -> bool:
        """Whether two people without a name stand nearer than any named: "TWO AGENTS were charged"."""
        t = self.tree
        for k in range(i - 1, max(i - _NEAR, 0), -1):
            m = self.by_head.get(k)
            if m is not None and self.finder.drafts[m.draft].kind == "person":
                return False
            if t.lower[k] == "two" and t.dep[k] == "nummod" and self.nouns.plural(t.head[k]):
                return not t.kids(t.head[k], "det")
        return False

    def _opposite(self, i: int) -> tuple[int, ...]:
        """Who does something to a joint object, and is none of them: "the envoy spoke with BOTH LEADERS"."""
        t = self.tree
        now = i
        for _ in range(4):
            if t.pos[now] in ("VERB", "AUX") or t.dep[now] in ("nsubj", "nsubjpass", "ROOT"):
                break
            now = t.head[now]
        subject = t.kid(now, "nsubj") if t.pos[now] == "VERB" else None
        if subject is not None and t.lower[subject] in ("which", "who", "that") and t.dep[now] == "relcl":
            subject = t.head[now]
        return self.links.get(subject, ()) if subject is not None and subject < i else ()

    def _bare(self, i: int) -> bool:
        return all(self.tree.dep[c] in ("det", "punct", "case", "prep") for c in self.tree.children[i])

    def _located(self, i: int) -> bool:
        """Whether a state is only where something is: "the fighting in UKRAINE"."""
        t = self.tree
        return t.dep[i] == "pobj" and t.lower[t.head[i]] in ("in", "at", "near", "across", "inside")

    def _pair(
        self, kinds: frozenset[str], *, since: int = 0, without: tuple[int, ...] = ()
    ) -> tuple[int, ...]:
        """The last two parties of some kinds, those of one sentence first."""
        found: list[tuple[int, int]] = []
        for c in reversed(self.recent):
            if self.tree.sent[c.head] < since:
                continue
            for n in c.ids:
                draft = self.finder.drafts[n]
                where = draft.kind == "state" and self._located(c.head)
                if (
                    draft.kind in kinds
                    and not draft.described
                    and not where
                    and n not in without
                    and all(n != m for m, _ in found)
                ):
                    found.append((n, self.tree.sent[c.head]))
        by_sentence: dict[int, list[int]] = {}
        for n, sentence in found:
            by_sentence.setdefault(sentence, []).append(n)
        if not found and kinds == {"person"}:  # in a title, before the names
            ahead = [m for m in self.finder.mentions[:40] if self.finder.drafts[m.draft].kind == "person"]
            first = tuple(dict.fromkeys(m.draft for m in ahead))
            return first[:2] if len(first) == 2 else ()
        pair: tuple[int, ...] = next((tuple(sorted(v)) for v in by_sentence.values() if len(v) == 2), ())
        if kinds != {"person"} and len(found) > 2:
            return self._foremost([n for n, _ in found[:4]]) or pair or tuple(sorted(n for n, _ in found[:2]))
        if not pair and len(found) >= 2:
            pair = tuple(sorted(n for n, _ in found[:2]))
        return pair

    def _foremost(self, numbers: list[int]) -> tuple[int, ...]:
        """The two of several parties that the report names far more often than the others."""
        named = sorted(numbers, key=lambda n: -len(self.finder.drafts[n].mentions))
        second, third = (len(self.finder.drafts[n].mentions) for n in named[1:3])
        return tuple(sorted(named[:2])) if second > 1 and second >= 2 * third else ()

    def _peers(self, lemma: str, without: tuple[int, ...]) -> tuple[int, ...]:
        """The last two people named together, or apart, who hold such an office: "the two PRESIDENTS"."""
        if lemma not in ("leader", "president", "minister", "premier", "king", "general"):
            return ()
        heads = self.words.heads | {"king", "queen", "chancellor", "emir", "sultan", "pope"}
        wanted = heads if lemma == "leader" else frozenset({lemma})
        found: list[int] = []
        for c in reversed(self.recent):
            drafts = self._drafts(c.ids)
            fit = [
                d.number
                for d in drafts
                if d.kind == "person" and d.number not in without and self._holds(d, wanted)
            ]
            if len(fit) == 2 == len(drafts):
                return tuple(sorted(fit))
            found += [n for n in fit if n not in found]
        return tuple(sorted(found[:2])) if len(found) == 2 else ()

    @staticmethod
    def _holds(draft: Draft, wanted: frozenset[str]) -> bool:
        """Whether a person's title, or an office in the actor list, ends in one of these words."""
        titles = [*draft.titles, *(o.title.lower() for o in (draft.entry.offices if draft.entry else ()))]
        return any(word in wanted for title in titles for word in title.replace("-", " ").split()[-1:])

    def _states(self, people: tuple[int, ...]) -> tuple[int, ...]:
        """The states of two people: "both countries" after their ministers met."""
        owners = [self.finder.actors.state(self.finder.drafts[n].country) for n in people]
        numbers = tuple(dict.fromkeys(self.finder.listed(o) for o in owners if o is not None))
        return numbers if len(numbers) == 2 else ()

    def _met_by(self, i: int, number: int) -> bool:
        """Whether the verb's own subject is that person: "Peres met THE PRESIDENT"."""
        t = self.tree
        verb = t.head[t.head[i]] if t.dep[i] == "pobj" else t.head[i]
        subject = self._subject_of(verb)
        return subject is not None and subject != i and number in self.links.get(subject, ())

    def _shares_owner(self, i: int) -> bool:
        """Whether an owner stands with a later one: "the president and the premier OF THE REPUBLIC"."""
        t = self.tree
        later = t.conjuncts(i)[1:]
        return any(t.lower[p] in ("of", "for") for c in later for p in t.kids(c, "prep"))
