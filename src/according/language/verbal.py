"""Clauses of verbs: passive, control, raising, relatives, participles, coordination."""

from __future__ import annotations

from collections.abc import Iterable

from according.language.model import Argument, Clause, Function, Link
from according.language.tree import Tree
from according.language.verbs import VerbClasses

_RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom", "whose"})
_EMPTY_SUBJECTS = frozenset({"there"})
_MODALS = {"ca": "can", "wo": "will", "'ll": "will", "’ll": "will", "'d": "would", "’d": "would", "sha": "shall"}
_PLACE_RELATIVES = frozenset({"where"})
_TIME_MARKERS = frozenset({"when", "while", "after", "before", "since", "until", "till", "once", "as", "where", "whenever"})


class Verbals:
    """Builds the verb clauses of one report."""

    def __init__(self, tree: Tree, classes: VerbClasses) -> None:
        self.tree = tree
        self.classes = classes
        self.verbs = [i for i in range(len(tree.head)) if self._is_predicate(i)]
        self._verb_set = frozenset(self.verbs)
        self._surface: dict[int, tuple[int | None, tuple[str, ...]]] = {}

    def clauses(self) -> list[Clause]:
        """One clause a verb, in text order."""
        return [self._clause(v) for v in self.verbs]

    # predicates -----------------------------------------------------------

    def _is_predicate(self, i: int) -> bool:
        t = self.tree
        if t.pos[i] == "VERB":
            return not (t.dep[i] in ("aux", "auxpass", "case", "prep", "mark"))
        if t.pos[i] == "AUX":
            return t.dep[i] not in ("aux", "auxpass")
        # participles the tagger takes for adjectives keep their verb tag
        return t.tag[i] in ("VBN", "VBG", "VBD") and t.dep[i] in ("ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj")

    def passive(self, v: int) -> bool:
        """Whether a verb form is passive, with or without an auxiliary."""
        t = self.tree
        if t.kids(v, "auxpass") or t.kids(v, "nsubjpass", "csubjpass"):
            return True
        if t.tag[v] not in ("VBN", "VBD"):
            return False
        dep = t.dep[v]
        if t.kids(v, "agent"):
            return True
        if t.tag[v] == "VBD" or t.kids(v, "aux", "nsubj"):
            return False
        if dep in ("acl", "amod", "advcl", "oprd", "xcomp", "ccomp"):
            return not t.kids(v, "dobj") or dep == "amod" or t.lemma[v] in self.classes.ditransitive
        if dep == "conj":
            h = t.head[v]
            return h in self._verb_set and t.tag[h] == "VBN" and self.passive(h)
        return dep == "ROOT" and not t.kids(v, "dobj")

    # subjects -------------------------------------------------------------

    def surface(self, v: int) -> tuple[int | None, tuple[str, ...]]:
        """The token that stands, or is understood, as the surface subject of a verb."""
        if v not in self._surface:
            self._surface[v] = (None, ())  # a cycle ends here
            self._surface[v] = self._find_surface(v)
        return self._surface[v]

    def _find_surface(self, v: int) -> tuple[int | None, tuple[str, ...]]:
        t = self.tree
        own = t.kid(v, "nsubj", "nsubjpass")
        if own is not None:
            if t.lower[own] in _EMPTY_SUBJECTS:
                return None, ()
            return self._antecedent(own, v)
        if t.kid(v, "expl", "csubj", "csubjpass") is not None:
            return None, ()
        dep, h = t.dep[v], t.head[v]
        if dep == "conj" and self.partner(v) is not None:
            token, via = self.surface(self.partner(v) or h)
            return token, (*via, "coordination") if token is not None else ()
        if dep in ("xcomp", "ccomp", "advcl", "oprd"):
            return self._controller(v, h, dep)
        if dep in ("acl", "amod"):
            return self._of_noun(v, h)
        if dep == "relcl":
            # "the town attacked by rebels" read as a relative clause
            return (h, ("relative",)) if t.pos[h] not in ("VERB", "AUX") else (None, ())
        if dep == "pcomp":
            return self._of_preposition(v, h)
        return None, ()

    def partner(self, v: int) -> int | None:
        """The verb a coordinated verb goes with, or None.

        A finite verb that the parser hung on an infinitive ("urged them to
        leave and accused ...") goes with the finite verb above it.
        """
        t = self.tree
        h = t.head[v]
        if t.dep[v] != "conj" or h not in self._verb_set:
            return None
        finite = t.tag[v] in ("VBD", "VBZ", "VBP") and t.kid(v, "aux") is None
        steps = 0
        while finite and self._infinitive(h) and t.head[h] in self._verb_set and t.head[h] != h and steps < 5:
            h, steps = t.head[h], steps + 1
        return h

    def _antecedent(self, token: int, v: int) -> tuple[int, tuple[str, ...]]:
        """Put the noun in the place of its relative pronoun."""
        t = self.tree
        if t.lower[token] in _RELATIVE_PRONOUNS and t.tag[token] in ("WDT", "WP", "IN", "WP$", "DT"):
            now, steps = v, 0
            while t.dep[now] in ("conj", "ccomp", "xcomp") and t.head[now] in self._verb_set and steps < 4:
                now, steps = t.head[now], steps + 1
            if t.dep[now] == "relcl":
                return t.head[now], ("relative",)
        return token, ()

    def _controller(self, v: int, g: int, dep: str) -> tuple[int | None, tuple[str, ...]]:
        t = self.tree
        if g not in self._verb_set:
            return self._adjective_controller(v, g)
        finite = bool(t.kids(v, "aux")) and not self._infinitive(v) or t.tag[v] in ("VBD", "VBZ", "VBP", "MD")
        if dep == "ccomp" and finite:
            return None, ()
        lemma = t.lemma[g]
        if dep in ("xcomp", "ccomp"):
            obj = self._surface_object(g)
            if obj is not None and lemma not in self.classes.subject_control:
                return obj, ("control",)
        token, via = self.surface(g)
        if dep == "advcl" and self.passive(g) and t.tag[v] == "VBG" and not self._marker(v):
            by = self._agent(g)
            return (by, ("participle",)) if by is not None else (None, ())
        label = "participle" if dep == "advcl" else "control"
        return token, ((*via, label) if token is not None else ())

    def _adjective_controller(self, v: int, g: int) -> tuple[int | None, tuple[str, ...]]:
        """Subject of "ready to attack", "due to meet": that of the copula."""
        t = self.tree
        if t.pos[g] in ("NOUN", "PROPN", "PRON") and t.dep[v] in ("xcomp", "advcl"):
            return self._of_noun(v, g)
        h = t.head[g]
        if t.dep[g] in ("acomp", "attr", "oprd", "conj", "advcl", "xcomp", "ccomp") and h in self._verb_set:
            token, via = self.surface(h)
            return token, ((*via, "control") if token is not None else ())
        own = t.kid(g, "nsubj")
        return (own, ("control",)) if own is not None else (None, ())

    def _of_noun(self, v: int, n: int) -> tuple[int | None, tuple[str, ...]]:
        """Subject of a participle or infinitive after a noun."""
        t = self.tree
        if t.tag[v] in ("VBG", "VBN", "VBD") and not self._infinitive(v):
            if t.tag[v] != "VBG" and t.kids(v, "dobj") and t.lemma[v] not in self.classes.ditransitive:
                return self._headline_subject(n), ("participle",)
            return n, ("participle",)
        owner = t.kid(n, "poss")
        if owner is not None:
            return owner, ("control", "possessive")
        # "made an attempt to seize": the noun is an object; its verb's subject acts
        h = t.head[n]
        if t.dep[n] in ("dobj", "attr") and h in self._verb_set:
            token, via = self.surface(h)
            return token, ((*via, "control") if token is not None else ())
        for p in t.kids(n, "prep"):
            if t.lower[p] in ("by", "of", "for"):
                obj = t.kid(p, "pobj")
                if obj is not None:
                    return obj, ("control",)
        for m in t.kids(n, "amod", "compound", "nmod"):
            if t.pos[m] == "PROPN" or t.tag[m] in ("NNP", "NNPS") or t.lower[m][:1] != t.lower[m]:
                return m, ("control",)
        return None, ()

    def _headline_subject(self, n: int) -> int:
        """Subject of a past tense read as a participle: "Strikes on a base wounded four"."""
        t = self.tree
        now, steps = n, 0
        while t.head[now] != now and steps < 20:
            now, steps = t.head[now], steps + 1
        return now if t.pos[now] in ("NOUN", "PROPN") else n

    def _of_preposition(self, v: int, p: int) -> tuple[int | None, tuple[str, ...]]:
        """Subject of a gerund after a preposition."""
        t = self.tree
        g = t.head[p]
        if g not in self._verb_set:
            return self._of_noun_gerund(g)
        if t.lower[p] in self.classes.object_gerund_prepositions and t.dep[p] == "prep":
            obj = self._surface_object(g)
            if obj is not None:
                return obj, ("control",)
        token, via = self.surface(g)
        return token, ((*via, "gerund") if token is not None else ())

    def _of_noun_gerund(self, n: int) -> tuple[int | None, tuple[str, ...]]:
        t = self.tree
        owner = t.kid(n, "poss")
        if owner is not None:
            return owner, ("gerund", "possessive")
        h = t.head[n]
        if t.dep[n] in ("dobj", "attr", "acomp") and h in self._verb_set:
            token, via = self.surface(h)
            return token, ((*via, "gerund") if token is not None else ())
        return None, ()

    def _surface_object(self, g: int) -> int | None:
        """The object a governor controls with: of a passive, its surface subject."""
        t = self.tree
        if self.passive(g):
            return self.surface(g)[0]
        obj = t.kid(g, "dobj", "dative")
        if obj is not None and t.dep[obj] == "dative" and t.pos[obj] == "ADP":
            obj = t.kid(obj, "pobj")
        if obj is None and t.lemma[g] in ("call", "appeal", "rely", "plead", "prevail", "count"):
            for p in t.kids(g, "prep"):
                if t.lower[p] in ("on", "upon", "to", "with"):
                    obj = t.kid(p, "pobj")
        return obj

    def _agent(self, v: int) -> int | None:
        by = self.tree.kid(v, "agent")
        return None if by is None else self.tree.kid(by, "pobj")

    # the clause -------------------------------------------------------------

    def _clause(self, v: int) -> Clause:
        t = self.tree
        passive = self.passive(v)
        governor, link, marker = self._embedding(v)
        particle = t.kid(v, "prt")
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
            progressive=t.tag[v] == "VBG" and any(t.lemma[a] == "be" for a in auxiliaries)
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

    def _auxiliaries(self, v: int) -> list[int]:
        """Auxiliaries of a verb, those of the verb it is coordinated with included when it has none."""
        t = self.tree
        own = t.kids(v, "aux", "auxpass")
        h = t.head[v]
        if own or t.dep[v] != "conj" or h not in self._verb_set or t.kid(v, "nsubj", "nsubjpass") is not None:
            return own
        if t.tag[v] == t.tag[h] and t.tag[v] in ("VB", "VBN", "VBG"):
            return self._auxiliaries(h)
        return own

    def _infinitive(self, v: int) -> bool:
        return any(self.tree.tag[a] == "TO" for a in self._auxiliaries(v))

    def _tense(self, v: int, auxiliaries: list[int]) -> str | None:
        t = self.tree
        for a in auxiliaries:
            if t.lower[a] in ("will", "shall", "wo", "sha", "'ll", "’ll"):
                return "future"
        for token in (*auxiliaries, v):
            tag = t.tag[token]
            if tag == "VBD":
                return "past"
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
                return "have to"
            if t.lemma[h] == "be" and not t.kids(h, "acomp", "attr"):
                return "be to"
            if t.lemma[h] == "go" and t.tag[h] == "VBG":
                return "going to"
        return None

    def _negation(self, v: int) -> int | None:
        t = self.tree
        for c in t.children[v]:
            dep = t.dep[c]
            if dep == "neg" or (dep in ("advmod", "preconj", "cc") and t.lower[c] in ("never", "neither", "nor", "not")):
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
        if t.dep[v] == "conj" and t.head[v] in self._verb_set and t.kid(v, "nsubj", "nsubjpass", "aux", "auxpass") is None:
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

    def _marker(self, v: int) -> str | None:
        t = self.tree
        mark = t.kid(v, "mark")
        if mark is not None:
            return t.lower[mark]
        for c in t.kids(v, "advmod"):
            if t.lower[c] in _TIME_MARKERS or t.lower[c] in self.classes.conditional_markers:
                return t.lower[c]
        return None

    def _embedding(self, v: int) -> tuple[int | None, Link, str | None]:
        t = self.tree
        dep, h = t.dep[v], t.head[v]
        marker = self._marker(v)
        infinitive = self._infinitive(v)
        if dep == "ROOT" or h == v:
            return None, Link.ROOT, None
        if dep == "conj":
            return self.partner(v) or h, Link.COORDINATE, marker
        if dep in ("ccomp", "xcomp", "oprd"):
            return h, Link.COMPLEMENT, marker or ("to" if infinitive else None)
        if dep == "advcl":
            return (h, Link.PURPOSE, "to") if infinitive and marker is None else (h, Link.ADVERBIAL, marker)
        if dep == "acl":
            complement = infinitive or marker == "that"
            return h, Link.COMPLEMENT if complement else Link.PARTICIPLE, marker or ("to" if infinitive else None)
        if dep == "amod":
            return h, Link.PARTICIPLE, "amod"
        if dep == "relcl":
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
        objects = [c for c in t.kids(v, "dobj") if t.lower[c] not in ("himself", "itself", "themselves")]
        if subject is not None:
            if passive:
                receiver = bool(objects) and t.lemma[v] in self.classes.ditransitive
                function = Function.DATIVE if receiver else Function.OBJECT
                out += self._expand(function, subject, (*via, "passive"))
            else:
                out += self._expand(Function.SUBJECT, subject, via)
        agent = self._agent(v)
        if agent is not None:
            out += self._expand(Function.SUBJECT, agent, ("passive",))
        for obj in objects:
            token, how = self._antecedent(obj, v)
            out += self._expand(Function.OBJECT, token, how)
        out += self._datives(v)
        for c in t.kids(v, "attr", "acomp", "oprd"):
            out += self._expand(Function.ATTRIBUTE, c, ())
        out += self.obliques(v)
        out += self._complements(v)
        out += self._gaps(v, passive, out)
        return out

    def _expand(
        self, function: Function, head: int, via: tuple[str, ...], preposition: str | None = None
    ) -> list[Argument]:
        """An argument for the head and one for each of its conjuncts."""
        t = self.tree
        out = []
        for n, token in enumerate(t.conjuncts(head)):
            start, end = t.phrase(token)
            out.append(Argument(function, token, start, end, preposition, (*via, "coordination") if n else via))
        return out

    def _datives(self, v: int) -> list[Argument]:
        t = self.tree
        out = []
        for c in t.kids(v, "dative"):
            if t.pos[c] == "ADP":
                for obj in t.kids(c, "pobj"):
                    out += self._expand(Function.DATIVE, obj, (), t.lower[c])
            else:
                out += self._expand(Function.DATIVE, c, ())
        return out

    def obliques(self, i: int) -> list[Argument]:
        """Prepositional phrases of a verb, noun or adjective."""
        t = self.tree
        out: list[Argument] = []
        for p in t.kids(i, "prep"):
            for q in self._prepositions(p):
                name = self._preposition_name(q)
                obj = t.kid(q, "pobj")
                if obj is not None:
                    token, how = self._antecedent(obj, i)
                    out += self._expand(Function.OBLIQUE, token, how, name)
                inner = t.kid(q, "prep")
                if obj is None and inner is not None:  # "because of", "from inside"
                    obj = t.kid(inner, "pobj")
                    if obj is not None:
                        out += self._expand(Function.OBLIQUE, obj, (), f"{name} {t.lower[inner]}")
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
        before = [t.lower[c] for c in t.children[p] if c < p and t.dep[c] in ("pcomp", "advmod", "amod", "prep") and c == p - 1]
        if t.lower[p] == "to" and t.lower[p - 1] == "according" and p:
            return "according to"
        return " ".join((*before, t.lower[p])) if before and before[0] in ("because", "out", "instead", "along") else t.lower[p]

    def _complements(self, v: int) -> list[Argument]:
        t = self.tree
        out = []
        for c in t.kids(v, "ccomp", "xcomp"):
            start, end = t.reach(c)
            out.append(Argument(Function.CLAUSE, c, start, end, None))
            if (
                t.lemma[v] in self.classes.object_control
                and self._infinitive(c)
                and not self.passive(v)
                and not t.kids(v, "dobj", "dative")
            ):
                own = t.kid(c, "nsubj", "nsubjpass")
                if own is not None:  # "urged THE REBELS to leave" read as one clause
                    out += self._expand(Function.OBJECT, own, ("raising",))
        for p in t.kids(v, "prep", "agent"):
            for c in t.kids(p, "pcomp"):
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
                out += self._expand(Function.OBLIQUE, h, ("relative",), "in")
            elif subject is not None and t.lower[subject] not in _RELATIVE_PRONOUNS and not passive and not has_object:
                stranded = any(t.kid(p, "pobj", "pcomp") is None for p in t.kids(v, "prep"))
                if not stranded and not any("relative" in a.via for a in have):
                    out += self._expand(Function.OBJECT, h, ("relative",))
        elif not has_object and not passive:
            shared = [c for c in t.kids(v, "conj") if c in self._verb_set]
            if shared and shared[0] - v <= 3 and t.tag[v] != "VBG" and not self._infinitive(v):
                for obj in t.kids(shared[0], "dobj"):
                    out += self._expand(Function.OBJECT, obj, ("coordination",))
        return out
