"""Clauses of verbs: passive, control, raising, relatives, participles, coordination."""

from __future__ import annotations

from collections.abc import Iterable

from according.language.askings import Askings
from according.language.expand import expand
from according.language.model import Argument, Clause, Function, Link
from according.language.surface import RELATIVE_PRONOUNS

_IRREGULAR = frozenset({"be", "have", "do"})
_MODALS = {
    "ca": "can",
    "wo": "will",
    "'ll": "will",
    "’ll": "will",
    "'d": "would",
    "’d": "would",
    "sha": "shall",
}
# Verbs with a noun for their object, also where a clause seems to follow: "took in families fleeing".
_TAKES_A_NOUN = frozenset(
    {
        "accept", "receive", "admit", "host", "shelter", "arrest", "detain", "deport", "rescue", "free",
        "release", "expel", "evict", "help", "treat", "kill", "attack", "support", "fund", "arm",
        "protect", "assist", "meet", "welcome", "refuse", "reject", "sue", "fine", "jail", "ban",
        "sign", "approve", "target",
    }
)  # fmt: skip
_PLACE_RELATIVES = frozenset({"where"})


class Verbals(Askings):
    """Builds the verb clauses of one report."""

    def clauses(self) -> list[Clause]:
        """One clause a verb, in text order."""
        return [self._clause(v) for v in self.verbs]

    # the clause -------------------------------------------------------------

    def _clause(self, v: int) -> Clause:
        t = self.tree
        passive = self.passive(v)
        governor, link, marker = self._embedding(v)
        particle = t.kid(v, "prt")
        if particle is None:  # "brushed ASIDE", taken for an adverb
            particle = next((c for c in t.kids(v, "advmod") if t.tag[c] == "RP"), None)
        auxiliaries = self._auxiliaries(v)
        start, end = t.reach(v)
        return Clause(
            head=v,
            lemma=t.lemma[v],
            pos="verb",
            arguments=tuple(sorted(self._arguments(v, passive), key=lambda a: (a.head, a.function.value))),
            start=start,
            end=end,
            sent=t.sent[v],
            particle=None if particle is None else t.lower[particle],
            passive=passive,
            tense=self._tense(v, auxiliaries),
            perfect=any(t.lemma[a] in ("have", "'ve", "’ve") for a in auxiliaries),
            progressive=(t.tag[v] == "VBG" and any(t.lemma[a] == "be" for a in auxiliaries))
            or any(t.tag[a] == "VBG" for a in auxiliaries),
            infinitive=self._infinitive(v),
            gerund=t.tag[v] == "VBG" and not auxiliaries,
            modal=self._modal(v, auxiliaries),
            negation=self._negation(v),
            question=self._question(v),
            imperative=self._imperative(v, auxiliaries, link),
            governor=governor,
            link=link,
            marker=marker,
        )

    def _tense(self, v: int, auxiliaries: list[int]) -> str | None:
        t = self.tree
        for a in auxiliaries:
            if t.lower[a] in ("will", "shall", "wo", "sha", "'ll", "’ll"):
                return "future"
        for token in (*auxiliaries, v):
            tag = t.tag[token]
            if tag == "VBD":
                return "past"
            if tag == "VBP" and token == v and t.lower[v] != t.lemma[v] and t.lemma[v] not in _IRREGULAR:
                return "past"  # "Troops RETOOK the town", read as a present
            if tag in ("VBZ", "VBP", "MD"):
                return "present"
        if t.tag[v] == "VBN" and not auxiliaries and t.dep[v] in ("ROOT", "acl", "advcl", "amod"):
            return "past"
        return None

    def _modal(self, v: int, auxiliaries: Iterable[int]) -> str | None:
        t = self.tree
        for a in auxiliaries:
            if t.tag[a] == "MD":
                return _MODALS.get(t.lower[a], t.lemma[a] if t.lemma[a] != "" else t.lower[a])
            if t.lemma[a] in ("need", "dare", "ought"):
                return t.lemma[a]
        h = t.head[v]
        if t.dep[v] == "xcomp" and self._infinitive(v) and h in self._verb_set:
            if t.lemma[h] == "have" and not t.kids(h, "dobj"):
                # what "had to be" done was done, unless somebody says that it had to be
                told = t.lower[h] == "had" and t.dep[h] in ("ROOT", "conj", "advcl", "relcl")
                return None if told else "have to"
            if t.lemma[h] == "be" and not t.kids(h, "acomp", "attr"):
                return "be to"
            if t.lemma[h] == "go" and t.tag[h] == "VBG":
                return "going to"
        return None

    def _negation(self, v: int) -> int | None:
        t = self.tree
        for c in t.children[v]:
            dep = t.dep[c]
            if dep == "neg" or (
                dep in ("advmod", "preconj", "cc") and t.lower[c] in ("never", "neither", "nor", "not")
            ):
                if t.not_only(c):
                    continue
                return c
            if dep == "cc":
                continue
            if dep in ("nsubj", "nsubjpass", "dobj", "attr"):
                word = self._negative_phrase(c)
                if word is not None:
                    return word
        p = t.head[v]
        if t.dep[v] == "pcomp" and t.lower[p] == "without":
            return p
        if (
            t.dep[v] == "conj"
            and t.head[v] in self._verb_set
            and t.kid(v, "nsubj", "nsubjpass", "aux", "auxpass") is None
        ):
            link = [c for c in t.children[t.head[v]] if t.dep[c] == "cc" and t.lower[c] in ("or", "nor")]
            if link:
                return self._negation(t.head[v])
        return None

    def _negative_phrase(self, n: int) -> int | None:
        t = self.tree
        if t.lower[n] in self.classes.negative_words:
            return n
        for c in t.children[n]:
            if c < n and t.lower[c] in ("no", "neither"):
                return c
        first = t.first(n)  # "NOT A SINGLE looter was held"
        if (
            t.lower[first] == "not"
            and first + 1 < len(t.lower)
            and t.lower[first + 1] in ("a", "an", "one", "even")
        ):
            return first
        return None

    def _question(self, v: int) -> bool:
        t = self.tree
        if t.dep[v] != "ROOT":
            return False
        return any(t.lower[c] == "?" for c in t.children[v])

    def _imperative(self, v: int, auxiliaries: list[int], link: Link) -> bool:
        t = self.tree
        return (
            t.tag[v] in ("VB", "VBP")
            and link in (Link.ROOT, Link.COMPLEMENT)
            and not auxiliaries
            and t.kid(v, "nsubj", "nsubjpass", "csubj", "expl") is None
            and t.dep[v] != "xcomp"
            and self.surface(v)[0] is None
        )

    def _embedding(self, v: int) -> tuple[int | None, Link, str | None]:
        t = self.tree
        dep, h = t.dep[v], t.head[v]
        marker = self._marker(v)
        infinitive = self._infinitive(v)
        if dep == "ROOT" or h == v:
            return None, Link.ROOT, None
        if dep == "conj":
            return self.partner(v) or h, Link.COORDINATE, marker
        if dep == "xcomp" and infinitive and self._only_aims(h):
            return h, Link.PURPOSE, "to"
        if dep in ("ccomp", "xcomp", "oprd"):
            return h, Link.COMPLEMENT, marker or ("to" if infinitive else None)
        asking = self.asking(v)
        if asking is not None:
            return asking, Link.COMPLEMENT, "for"
        if dep == "advcl":
            return (h, Link.PURPOSE, "to") if infinitive and marker is None else (h, Link.ADVERBIAL, marker)
        if dep == "acl":
            complement = infinitive or marker == "that"
            return (
                h,
                Link.COMPLEMENT if complement else Link.PARTICIPLE,
                marker or ("to" if infinitive else None),
            )
        if self.bare_gerund(v):
            return t.head[t.head[h]], Link.PREPOSITION, t.lower[t.head[h]]
        if dep == "pobj":
            return t.head[h], Link.PREPOSITION, t.lower[h]
        if self.hidden_gerund(v) is not None:
            return t.head[t.head[h]], Link.PREPOSITION, t.lower[t.head[h]]
        if dep == "amod":
            return h, Link.PARTICIPLE, "amod"
        if dep == "relcl":
            if infinitive and (marker == "for" or t.kid(v, "nsubj", "nsubjpass") is None):
                return h, Link.COMPLEMENT, marker or "to"  # "time FOR the king TO go"
            return h, Link.RELATIVE, marker
        if dep == "pcomp":
            return t.head[h], Link.PREPOSITION, t.lower[h]
        if dep in ("csubj", "csubjpass"):
            return h, Link.SUBJECT, marker
        return h, Link.COORDINATE if dep in ("parataxis", "dep", "intj") else Link.ADVERBIAL, marker

    # arguments --------------------------------------------------------------

    def _arguments(self, v: int, passive: bool) -> list[Argument]:
        t = self.tree
        out: list[Argument] = []
        subject, via = self.surface(v)
        hidden = self.hidden_gerund(v)
        objects = [hidden] if hidden is not None else []
        for c in t.kids(v, "dobj"):
            self_ = t.lower[c] in ("himself", "herself", "itself", "themselves")
            objects += t.kids(c, "conj") if self_ else [c]  # "killed himself and SIX OTHERS"
        if subject is not None:
            if passive:
                receiver = bool(objects) and t.lemma[v] in self.classes.ditransitive
                function = Function.DATIVE if receiver else Function.OBJECT
                out += expand(self.tree, function, subject, (*via, "passive"))
            else:
                out += expand(self.tree, Function.SUBJECT, subject, via)
        for c in t.kids(v, "npadvmod") if t.dep[v] == "amod" else ():
            if t.pos[c] == "PROPN" and t.lower[c + 1] == "-" and c + 2 == v:  # "the QATARI-brokered truce"
                out += expand(self.tree, Function.SUBJECT, c, ("passive",))
        agent = self._agent(v)
        if agent is not None:
            out += expand(self.tree, Function.SUBJECT, agent, ("passive",))
        for obj in objects:
            token, how = self._antecedent(obj, v)
            out += expand(self.tree, Function.OBJECT, token, how)
        if not objects:
            out += self._counted_objects(v)
        out += self._datives(v)
        for c in t.kids(v, "attr", "acomp", "oprd"):
            out += expand(self.tree, Function.ATTRIBUTE, c, ())
        out += self.obliques(v)
        out += self._complements(v)
        out += self._gaps(v, passive, out)
        return out

    def _counted_objects(self, v: int) -> list[Argument]:
        """The object of "killed up to 16 people", which the parser takes for a prepositional phrase."""
        t = self.tree
        for p in t.kids(v, "prep"):
            if t.lower[p] == "to" and p == v + 2 and t.lower[p - 1] == "up":
                return [
                    a
                    for c in t.kids(p, "pobj")
                    if t.kid(c, "nummod") is not None or t.tag[c] == "CD"
                    for a in expand(self.tree, Function.OBJECT, c, ("counted",))
                ]
        return []

    def _datives(self, v: int) -> list[Argument]:
        t = self.tree
        out = []
        for c in t.kids(v, "dative"):
            if t.pos[c] == "ADP":
                for obj in t.kids(c, "pobj"):
                    out += expand(self.tree, Function.DATIVE, obj, (), t.lower[c])
            else:
                out += expand(self.tree, Function.DATIVE, c, ())
        return out

    def obliques(self, i: int) -> list[Argument]:
        """Prepositional phrases of a verb, noun or adjective."""
        t = self.tree
        out: list[Argument] = []
        for p in t.kids(i, "prep"):
            for q in self._prepositions(p):
                name = self._preposition_name(q)
                obj = t.kid(q, "pobj")
                if obj is None:
                    obj = self.described(q)
                if obj is not None:
                    token, how = self._antecedent(obj, i)
                    out += expand(self.tree, Function.OBLIQUE, token, how, name)
                inner = t.kid(q, "prep")
                if obj is None and inner is not None:  # "because of", "from inside"
                    obj = t.kid(inner, "pobj")
                    if obj is not None:
                        out += expand(self.tree, Function.OBLIQUE, obj, (), f"{name} {t.lower[inner]}")
        return out

    def _prepositions(self, p: int) -> list[int]:
        """A preposition and those coordinated with it ("in and around")."""
        t = self.tree
        found = [p]
        for c in t.kids(p, "conj"):
            if t.pos[c] in ("ADP", "SCONJ"):
                found += self._prepositions(c)
        return found

    def _preposition_name(self, p: int) -> str:
        t = self.tree
        before = [
            t.lower[c]
            for c in t.children[p]
            if c < p and t.dep[c] in ("pcomp", "advmod", "amod", "prep") and c == p - 1
        ]
        if t.lower[p] == "to" and t.lower[p - 1] == "according" and p:
            return "according to"
        return (
            " ".join((*before, t.lower[p]))
            if before and before[0] in ("because", "out", "instead", "along")
            else t.lower[p]
        )

    def _complements(self, v: int) -> list[Argument]:
        t = self.tree
        out = []
        asked = [c for c in t.kids(v, "advcl") if self.asking(c) == v]
        name = None if t.lemma[v] == "be" else "for"
        out += [Argument(Function.CLAUSE, c, *t.reach(c), name) for c in asked]
        for c in t.kids(v, "ccomp", "xcomp"):
            start, end = t.reach(c)
            out.append(Argument(Function.CLAUSE, c, start, end, None))
            if (
                t.lemma[v] in self.classes.object_control
                and (self._infinitive(c) or (t.tag[c] == "VB" and not t.kids(c, "aux")))
                and not self.passive(v)
                and not t.kids(v, "dobj", "dative")
            ):
                own = t.kid(c, "nsubj", "nsubjpass")
                if own is not None:  # "urged THE REBELS to leave" read as one clause
                    out += expand(self.tree, Function.OBJECT, own, ("raising",))
            described = t.kid(c, "nsubj") if t.tag[c] == "VBG" and not t.kids(c, "aux", "mark") else None
            if described is not None and t.lemma[v] in _TAKES_A_NOUN and not t.kids(v, "dobj"):
                out += expand(self.tree, Function.OBJECT, described, ("participle",))
        for p in t.kids(v, "prep", "agent"):
            for c in t.kids(p, "pcomp"):
                if t.lower[p] == "with" and t.kid(c, "nsubj", "nsubjpass") is not None:
                    continue  # "was shelled, WITH SIX VILLAGERS REPORTED killed"
                if c in self._verb_set:
                    start, end = t.reach(c)
                    out.append(Argument(Function.CLAUSE, c, start, end, t.lower[p]))
        return out

    def _gaps(self, v: int, passive: bool, have: list[Argument]) -> list[Argument]:
        """Objects understood from a relative clause, an infinitive or a coordinated verb."""
        t = self.tree
        out: list[Argument] = []
        has_object = any(a.function in (Function.OBJECT, Function.ATTRIBUTE, Function.CLAUSE) for a in have)
        dep, h = t.dep[v], t.head[v]
        if dep == "relcl" and t.pos[h] not in ("VERB", "AUX"):
            subject = t.kid(v, "nsubj", "nsubjpass")
            where = [c for c in t.kids(v, "advmod") if t.lower[c] in _PLACE_RELATIVES]
            if where:
                out += expand(self.tree, Function.OBLIQUE, h, ("relative",), "in")
            elif (
                subject is not None
                and t.lower[subject] not in RELATIVE_PRONOUNS
                and not passive
                and not has_object
            ):
                stranded = any(t.kid(p, "pobj", "pcomp") is None for p in t.kids(v, "prep"))
                if not stranded and not any("relative" in a.via for a in have):
                    out += expand(self.tree, Function.OBJECT, h, ("relative",))
        elif not has_object and not passive:
            shared = [c for c in t.kids(v, "conj") if c in self._verb_set]
            joined = shared and shared[0] - v == 2 and t.lemma[v] not in self.classes.objectless
            finite = t.tag[v] != "VBG" and not self._infinitive(v)
            if shared and shared[0] - v <= 3 and (finite or joined):
                for obj in t.kids(shared[0], "dobj"):
                    out += expand(self.tree, Function.OBJECT, obj, ("coordination",))
        return out
