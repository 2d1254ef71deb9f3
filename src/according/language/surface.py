"""Which tokens are verb predicates, and who is the surface subject of each.

A subject may be understood: from the verb above (control, raising), from the
noun a participle or relative clause hangs on, or from a coordinated verb.
"""

from __future__ import annotations

from according.language.tree import Tree
from according.language.verbs import VerbClasses
from according.language.voice import agent_of, is_elided, is_headline_passive, made_thing

RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom", "whose"})
# Verbs that control with their object, and after which an infinitive may be a purpose ("sent troops to").
_MEANS = frozenset(
    {
        "send", "deploy", "dispatch", "use", "make", "have", "take", "pay", "hire", "train", "lead",
        "call", "invite",
    }
)  # fmt: skip
_TELLING = frozenset(
    {
        "report", "confirm", "describe", "note", "mention", "condemn", "denounce", "deplore", "recall",
        "cite", "hear", "see", "witness", "document", "investigate", "welcome", "fear", "allege",
    }
)  # fmt: skip
# Texts in which somebody says something: "issued a STATEMENT criticising the cabinet".
# What is done to a text by others than its authors.
_AGAINST = frozenset(
    {"veto", "block", "reject", "oppose", "dismiss", "criticise", "criticize", "condemn", "ignore", "receive"}
)
_TEXTS = frozenset(
    {
        "statement", "letter", "report", "resolution", "message", "note", "speech", "tweet", "motion",
        "petition", "declaration", "communique", "communiqué", "memo", "decree", "editorial", "video",
        "post", "ruling", "verdict", "article", "appeal", "bill", "order", "telegram", "broadcast",
        "sermon", "edict", "fatwa", "audio", "recording", "interview", "opinion", "dispatch",
        "complaint", "lawsuit", "suit", "manifesto",
    }
)  # fmt: skip
_EMPTY_SUBJECTS = frozenset({"there"})
_TIME_MARKERS = frozenset(
    {"when", "while", "after", "before", "since", "until", "till", "once", "as", "where", "whenever"}
)


class Surfaces:
    """Finds the predicates of one report and their surface subjects."""

    def __init__(self, tree: Tree, classes: VerbClasses) -> None:
        self.tree = tree
        self.classes = classes
        self.verbs = [i for i in range(len(tree.head)) if self._is_predicate(i)]
        self._verb_set = frozenset(self.verbs)
        self._surface: dict[int, tuple[int | None, tuple[str, ...]]] = {}

    # predicates -----------------------------------------------------------

    def _is_predicate(self, i: int) -> bool:
        t = self.tree
        if t.pos[i] == "VERB":
            return t.dep[i] not in ("aux", "auxpass", "case", "prep", "mark")
        if t.pos[i] == "AUX":
            return t.dep[i] not in ("aux", "auxpass")
        # participles the tagger takes for adjectives keep their verb tag
        return t.tag[i] in ("VBN", "VBG", "VBD") and t.dep[i] in (
            "ROOT",
            "ccomp",
            "xcomp",
            "advcl",
            "relcl",
            "acl",
            "conj",
        )

    def passive(self, v: int) -> bool:
        """Whether a verb form is passive, with or without an auxiliary."""
        t = self.tree
        if t.kids(v, "auxpass") or t.kids(v, "nsubjpass", "csubjpass"):
            return True
        if t.tag[v] not in ("VBN", "VBD"):
            return False
        dep = t.dep[v]
        if t.kids(v, "nsubj") and t.kids(v, "dobj") and not t.kids(v, "auxpass"):
            return False  # "shortened by an hour the curfew"
        if t.kids(v, "agent") or is_elided(t, v, self._passive_before) or is_headline_passive(t, v):
            return True
        if t.tag[v] == "VBD" or t.kids(v, "aux", "nsubj"):
            return False
        if dep in ("acl", "amod", "advcl", "oprd", "xcomp", "ccomp"):
            return not t.kids(v, "dobj") or dep == "amod" or t.lemma[v] in self.classes.ditransitive
        if dep == "conj":
            h = t.head[v]
            return h in self._verb_set and t.tag[h] == "VBN" and self.passive(h)
        return dep == "ROOT" and not t.kids(v, "dobj")

    def _passive_before(self, h: int) -> bool:
        return h in self._verb_set and self.tree.tag[h] == "VBN" and self.passive(h)

    # subjects -------------------------------------------------------------

    def surface(self, v: int) -> tuple[int | None, tuple[str, ...]]:
        """The token that stands, or is understood, as the surface subject of a verb."""
        if v not in self._surface:
            self._surface[v] = (None, ())  # a cycle ends here
            self._surface[v] = self._find_surface(v)
        return self._surface[v]

    def _find_surface(self, v: int) -> tuple[int | None, tuple[str, ...]]:
        t = self.tree
        subjects = t.kids(v, "nsubj", "nsubjpass")
        before = [s for s in subjects if s < v]
        # of two, the first is a dateline or a heading: "LIMA (Agency): The court freed him"
        own = before[-1] if before else subjects[0] if subjects else None
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
        if dep == "ccomp" and t.tag[v] == "VB" and v < h and not t.kids(v, "aux", "mark"):
            return None, ()  # "Stop the war," they chanted: those who chant are not to act
        if dep in ("xcomp", "ccomp", "advcl", "oprd"):
            return self._controller(v, h, dep)
        if self.hidden_gerund(v) is not None:
            return self._of_preposition(v, t.head[h])
        if dep in ("acl", "amod"):
            return self._of_noun(v, h)
        if dep == "pobj":  # "in police firing"
            owner = t.kid(v, "compound", "poss", "nmod", "amod")
            return (owner, ("gerund",)) if owner is not None and t.pos[owner] != "ADJ" else (None, ())
        if dep == "relcl" and self._infinitive(v) and t.pos[h] in ("NOUN", "PROPN"):
            led = t.dep[h] == "dobj" and t.lemma[t.head[h]] in ("lead", "send", "deploy", "dispatch", "train")
            return (h, ("control",)) if led else self._of_noun(v, h)
        if dep == "relcl":
            # "the town attacked by rebels" read as a relative clause
            return (h, ("relative",)) if t.pos[h] not in ("VERB", "AUX") else (None, ())
        if dep == "pcomp":
            return self._of_preposition(v, h)
        return None, ()

    def hidden_gerund(self, v: int) -> int | None:
        """The object of a gerund that was read as an adjective: "accused of BEATING students".

        Returns:
            The noun that is its object, or None when it is a true modifier
            ("of fleeing students").
        """
        t = self.tree
        n = t.head[v]
        if t.dep[v] != "amod" or t.tag[v] != "VBG" or t.dep[n] != "pobj" or t.head[n] != v - 1:
            return None
        if t.lemma[v] in self.classes.adjectival_participles or t.kid(n, "det", "poss") is not None:
            return None
        return n

    def described(self, p: int) -> int | None:
        """The person behind a preposition whose describing participle was read as a gerund.

        "Met with VISITING premier Ana Roca": she is met, nothing is visited.
        """
        t = self.tree
        v = t.kid(p, "pcomp")
        if (
            v is None
            or v != p + 1
            or t.tag[v] != "VBG"
            or t.lemma[v] not in self.classes.adjectival_participles
        ):
            return None
        obj = t.kid(v, "dobj")
        return (
            obj if obj is not None and t.pos[obj] == "PROPN" and t.kid(obj, "det", "poss") is None else None
        )

    def bare_gerund(self, v: int) -> bool:
        """Whether a participle after a bare noun is the happening itself: "died in police FIRING"."""
        t = self.tree
        n = t.head[v]
        return (
            t.dep[v] == "acl"
            and t.tag[v] == "VBG"
            and n == v - 1
            and t.dep[n] == "pobj"
            and t.lower[t.head[n]] in ("in", "during", "after", "by")
            and t.kid(n, "det", "poss", "amod", "nummod") is None
        )

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
        if t.lower[token] in RELATIVE_PRONOUNS and t.tag[token] in ("WDT", "WP", "IN", "WP$", "DT"):
            now, steps = v, 0
            while t.dep[now] in ("conj", "ccomp", "xcomp") and t.head[now] in self._verb_set and steps < 4:
                now, steps = t.head[now], steps + 1
            if t.dep[now] == "relcl":
                return made_thing(t, t.head[now], now), ("relative",)
        return token, ()

    def _controller(self, v: int, g: int, dep: str) -> tuple[int | None, tuple[str, ...]]:
        t = self.tree
        if g not in self._verb_set:
            return self._adjective_controller(v, g)
        finite = (bool(t.kids(v, "aux")) and not self._infinitive(v)) or t.tag[v] in (
            "VBD",
            "VBZ",
            "VBP",
            "MD",
        )
        if dep == "ccomp" and finite:
            return None, ()
        lemma = t.lemma[g]
        pressed = dep == "advcl" and self._infinitive(v) and lemma in self.classes.object_control - _MEANS
        if dep in ("xcomp", "ccomp") or pressed:
            obj = self._surface_object(g)
            if obj is not None and lemma not in self.classes.subject_control and not self._carries(g, obj):
                return obj, ("control",)
        token, via = self.surface(g)
        if dep == "advcl" and self.passive(g) and t.tag[v] == "VBG" and not self._marker(v):
            by = self._agent(g)
            return (by, ("participle",)) if by is not None else (None, ())
        label = "participle" if dep == "advcl" else "control"
        return token, ((*via, label) if token is not None else ())

    def _only_aims(self, g: int) -> bool:
        """Whether an infinitive after a verb tells its purpose, since the verb's object is all it takes."""
        obj = self.tree.kid(g, "dobj") if g in self._verb_set else None
        return obj is not None and self._carries(g, obj)

    def _carries(self, g: int, obj: int) -> bool:
        """Whether a verb only carries its object, so that an infinitive after it is its subject's.

        "Prisoners began a hunger strike TO DEMAND": it is they who demand.
        """
        t = self.tree
        return (
            t.lemma[g] in self.classes.light
            and t.lemma[g] not in self.classes.object_control
            and t.lemma[g] not in self.classes.raising_to_object
            and t.pos[obj] == "NOUN"
            and t.dep[obj] == "dobj"
        )

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
            if t.tag[v] == "VBG" and t.lemma[n] in _TEXTS:
                return self._author(n)
            return n, ("participle",)
        h = t.head[n]
        if t.dep[n] == "dobj" and h in self._verb_set and t.lemma[h] in self.classes.object_control - _MEANS:
            return n, ("control",)
        owner = t.kid(n, "poss")
        if owner is not None:
            return owner, ("control", "possessive")
        # "made an attempt to seize": the noun is an object; its verb's subject acts
        h = t.head[n]
        if t.dep[n] in ("dobj", "attr") and h in self._verb_set:
            token, via = self.surface(h)
            return token, ((*via, "control") if token is not None else ())
        verb = self._verb_over(n)
        if verb is not None:
            return self._doer(verb)
        for p in t.kids(n, "prep"):
            if t.lower[p] in ("by", "of", "for"):
                obj = t.kid(p, "pobj")
                if obj is not None:
                    return obj, ("control",)
        for m in t.kids(n, "amod", "compound", "nmod"):
            if t.pos[m] == "PROPN" or t.tag[m] in ("NNP", "NNPS") or t.lower[m][:1] != t.lower[m]:
                return m, ("control",)
        return None, ()

    def _author(self, n: int) -> tuple[int | None, tuple[str, ...]]:
        """Who speaks in a text: its owner, or who issues, reads or signs it."""
        t = self.tree
        owner = t.kid(n, "poss")
        if owner is not None:
            return owner, ("participle", "possessive")
        h = t.head[n]
        if t.dep[n] == "dobj" and h in self._verb_set and not self.passive(h) and t.lemma[h] not in _AGAINST:
            token, via = self.surface(h)
            if token is not None:
                return token, (*via, "participle")
        for p in t.kids(n, "prep"):
            obj = t.kid(p, "pobj") if t.lower[p] in ("by", "from") else None
            if obj is not None:
                return obj, ("participle",)
        return n, ("participle",)

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
            if t.lemma[h] in self.classes.object_gerund_verbs:
                return n, ("control",)
            if t.lemma[h] in _TELLING:
                return None, ()  # "residents reported the resumption of shelling"
            token, via = self.surface(h)
            return token, ((*via, "gerund") if token is not None else ())
        verb = self._verb_over(n)
        return (None, ()) if verb is None else self._doer(verb)

    def _verb_over(self, n: int) -> int | None:
        """The verb above a noun of effort or purpose: "BEGAN a phase of the effort to"."""
        t = self.tree
        now = n
        for _ in range(3):
            p = t.head[now]
            if t.dep[now] in ("dobj", "attr") and p in self._verb_set:
                return p
            if t.dep[now] != "pobj" or t.lower[p] not in ("of", "in", "for", "as", "with"):
                return None
            if t.head[p] in self._verb_set:
                return t.head[p]
            now = t.head[p]
        return None

    def _doer(self, verb: int) -> tuple[int | None, tuple[str, ...]]:
        """Who does what a verb says: of a passive, its agent."""
        if self.passive(verb):
            agent = self._agent(verb)
            return (agent, ("control",)) if agent is not None else (None, ())
        token, via = self.surface(verb)
        return token, ((*via, "control") if token is not None else ())

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
        if obj is None and t.lemma[g] in (
            "call",
            "press",
            "push",
            "appeal",
            "ask",
            "wait",
            "vote",
            "plead",
            "campaign",
        ):
            for p in t.kids(g, "prep"):
                if t.lower[p] == "for":  # "called for THE ENVOY to be expelled"
                    obj = t.kid(p, "pobj")
        return obj

    def _agent(self, v: int) -> int | None:
        by = agent_of(self.tree, v)
        return None if by is None else self.tree.kid(by, "pobj")

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

    def _marker(self, v: int) -> str | None:
        t = self.tree
        mark = t.kid(v, "mark")
        if mark is not None:
            return t.lower[mark]
        for c in t.kids(v, "advmod"):
            if t.lower[c] in _TIME_MARKERS or t.lower[c] in self.classes.conditional_markers:
                return t.lower[c]
        return None
