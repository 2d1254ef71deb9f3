"""Clauses of nouns and adjectives: light verbs, possessives, prepositions, copulas."""

from __future__ import annotations

from dataclasses import replace

from according.language.expand import expand
from according.language.model import Argument, Clause, Function, Link
from according.language.tree import Tree
from according.language.verbs import VerbClasses

_DIED_OF = frozenset({"from", "of", "due", "because", "under"})
_NOMINAL_POS = frozenset({"NOUN", "PROPN"})
# Verbs that charge nobody: "warned them of strikes", "cleared it of mines".
_TELLING = frozenset({"warn", "remind", "inform", "assure", "deprive", "rob", "strip"})
_VERB_ROLES = (Function.SUBJECT, Function.OBJECT, Function.ATTRIBUTE, Function.OBLIQUE, Function.DATIVE)


_NAMING = frozenset({"call", "declare", "consider", "pronounce"})
# "The court found him guilty": what a judge finds is by him.
_JUDGING = frozenset({"find", "hold", "declare", "pronounce", "judge", "deem"})


class Nominals:
    """Builds the clauses of nouns and predicate adjectives, given those of the verbs."""

    def __init__(self, tree: Tree, classes: VerbClasses, verbs: list[Clause]) -> None:
        self.tree = tree
        self.classes = classes
        self.verbs = {c.head: c for c in verbs}
        self.roles: dict[int, list[tuple[Clause, Argument]]] = {}
        for clause in verbs:
            for argument in clause.arguments:
                if argument.function in _VERB_ROLES:
                    self.roles.setdefault(argument.head, []).append((clause, argument))

    def clauses(self) -> list[Clause]:
        """One clause a noun and a predicate adjective."""
        t = self.tree
        out = []
        for i, pos in enumerate(t.pos):
            if i in self.verbs:
                continue
            if pos in _NOMINAL_POS and t.dep[i] not in ("compound", "nmod"):
                out.append(self._noun(i))
            elif pos in _NOMINAL_POS and self._is_carried(i):
                out.append(self._carried(i))
            elif pos == "ADJ" and (
                t.dep[i] in ("acomp", "attr", "oprd", "ROOT", "ccomp", "advcl", "xcomp", "acl", "relcl")
                or (t.dep[i] == "conj" and t.dep[t.head[i]] in ("acomp", "attr", "oprd", "ROOT"))
                or self._after_noun(i)
            ):
                out.append(self._adjective(i))
        return out

    # nouns ------------------------------------------------------------------

    def _noun(self, n: int) -> Clause:
        t = self.tree
        own = self._own_arguments(n)
        support, kind, borrowed = self._support(n)
        arguments = own + [a for a in borrowed if a.head != n and not _holds(own, a)]
        arguments += [a for a in self._charged(n) if not _holds(arguments, a)]
        measure = self._measure(n)
        if measure is not None:
            arguments += [a for a in self._of_measure(measure, n) if not _holds(arguments, a)]
            if support is None:
                support, kind, borrowed = self._support(measure)
                arguments += [a for a in borrowed if a.head not in (n, measure) and not _holds(arguments, a)]
        arguments += [a for a in self._shared(n) if not _holds(arguments, a)]
        verb = self.verbs.get(support) if support is not None and kind != "result" else None
        governor, marker = self._governor(n)
        start, end = t.reach(n)
        return Clause(
            head=n,
            lemma=t.lemma[n],
            pos="noun",
            arguments=tuple(sorted(arguments, key=lambda a: (a.head, a.function.value))),
            start=start if verb is None else min(start, verb.start),
            end=end if verb is None else max(end, verb.end),
            sent=t.sent[n],
            tense=verb.tense if verb else None,
            negation=self._negation(n),
            governor=governor,
            link=Link.ROOT if governor is None else Link.NOMINAL,
            marker=marker,
            support=support,
            support_kind=kind,
        )

    def _after_noun(self, i: int) -> bool:
        """Whether an adjective follows its noun with words of its own: "a group RESPONSIBLE for raids"."""
        t = self.tree
        h = t.head[i]
        return t.dep[i] == "amod" and i > h and t.pos[h] in _NOMINAL_POS and bool(t.kids(i, "prep", "xcomp"))

    def _is_carried(self, i: int) -> bool:
        """Whether a noun only modifies a noun of effort: the RECONCILIATION process."""
        t = self.tree
        return t.lemma[t.head[i]] in self.classes.carrier_nouns and t.tag[i] in ("NN", "NNS")

    def _carried(self, i: int) -> Clause:
        """The clause of a noun that modifies a noun of effort; it has that noun's arguments."""
        outer = self._noun(self.tree.head[i])
        own = self._own_arguments(i)
        more = tuple(a for a in outer.arguments if a.head != i and not _holds(own, a))
        return replace(
            outer,
            head=i,
            lemma=self.tree.lemma[i],
            arguments=tuple(sorted((*own, *more), key=lambda a: (a.head, a.function.value))),
        )

    def _own_arguments(self, n: int) -> list[Argument]:
        t = self.tree
        out: list[Argument] = []
        for c in t.kids(n, "poss"):
            out += expand(self.tree, Function.POSSESSOR, c, ())
        for c in t.kids(n, "amod", "compound", "nmod", "nummod"):
            leader = self._leader(c)
            if leader is not None:
                out.append(Argument(Function.MODIFIER, leader, *t.phrase(leader), None, ("led",)))
            if t.dep[c] == "nummod" or t.tag[c] in ("VBN", "VBG", "CD"):
                continue
            if self._body_after(c):
                continue
            start, end = t.phrase(c)
            start = c - 1 if c and t.head[c - 1] == n and self._body_after(c - 1) else start
            out.append(Argument(Function.MODIFIER, c, start, end, None, (t.dep[c],)))
            out += [
                Argument(Function.MODIFIER, x, *t.phrase(x), None, ("coordination",))
                for x in t.conjuncts(c)[1:]
            ]
        for p in t.kids(n, "prep"):
            out += self._prepositional(p)
        for c in t.kids(n, "agent"):
            for obj in t.kids(c, "pobj"):
                out += expand(self.tree, Function.OBLIQUE, obj, (), "by")
        asked = [c for h in (n, t.head[n]) for c in t.kids(h, "advcl")]
        for c in (*t.kids(n, "acl", "ccomp", "xcomp", "relcl"), *asked):
            clause = self.verbs.get(c)
            if clause is None or clause.link is not Link.COMPLEMENT:
                continue
            if c not in asked or clause.governor == n:
                name = "for" if clause.marker == "for" and t.lemma[n] in self.classes.for_to else None
                out.append(Argument(Function.CLAUSE, c, clause.start, clause.end, name))
        return out

    def _body_after(self, c: int) -> bool:
        """Whether a modifier says whose body the next one is: "SYRIAN army offensive" has one doer."""
        t = self.tree
        return (
            c + 1 < len(t.head)
            and t.dep[c] in ("amod", "compound", "nmod")
            and t.head[c + 1] == t.head[c]
            and t.dep[c + 1] in ("compound", "nmod")
            and t.lower[c + 1] in self.classes.bodies
            and t.capital[c]
        )

    def _leader(self, c: int) -> int | None:
        """Who leads what a noun names: "the NATO-led mission"."""
        t = self.tree
        if t.lower[c] != "led" or t.dep[c] != "amod":
            return None
        leader = t.kid(c, "npadvmod", "compound", "nmod", "amod")
        return leader if leader is not None and t.lower[c - 1] in ("-", "‑", "–") else None

    def _prepositional(self, p: int) -> list[Argument]:
        t = self.tree
        out: list[Argument] = []
        for obj in t.kids(p, "pobj"):
            out += expand(self.tree, Function.OBLIQUE, obj, (), t.lower[p])
        for inner in t.kids(p, "prep"):
            for obj in t.kids(inner, "pobj"):
                out += expand(self.tree, Function.OBLIQUE, obj, (), f"{t.lower[p]} {t.lower[inner]}")
        for gerund in t.kids(p, "pcomp"):
            if gerund in self.verbs:
                clause = self.verbs[gerund]
                out.append(Argument(Function.CLAUSE, gerund, clause.start, clause.end, t.lower[p]))
        for other in t.kids(p, "conj"):
            if t.pos[other] == "ADP":
                out += self._prepositional(other)
        return out

    def _support(self, n: int) -> tuple[int | None, str | None, list[Argument]]:
        """The verb that carries an event noun, and what the noun takes over from it."""
        roles = self._roles_of(n)
        for verb, role in roles:
            if verb.lemma in ("be", "remain") and any(
                other is not verb
                and other.governor is not None
                and other.lemma in self.classes.occur
                and other.infinitive
                for other, _ in roles
            ):
                continue  # "talks ARE due to resume"
            name = verb.lemma if verb.particle is None else f"{verb.lemma} {verb.particle}"
            if name == "take" and any(self.tree.lemma[a.head] == "part" for a in verb.get(Function.OBJECT)):
                name = "take part"
            word = f"{name} {role.preposition}" if role.preposition else name
            via = f"light:{name}"
            if role.function is Function.OBJECT and (
                name in self.classes.undergo and name not in self.classes.light
            ):
                return verb.head, "undergo", _as(verb, {Function.SUBJECT: Function.OBJECT}, via)
            if role.function is Function.OBLIQUE and (word in self.classes.undergo):
                return (
                    verb.head,
                    "undergo",
                    _as(verb, {Function.SUBJECT: Function.OBJECT, Function.OBJECT: Function.OBJECT}, via),
                )
            if role.function is Function.OBJECT and name in self.classes.light and not self._named(verb, n):
                return verb.head, "light", _as(verb, {Function.SUBJECT: Function.SUBJECT}, via, dative=True)
            if role.function is Function.OBLIQUE and word in self.classes.light:
                return verb.head, "light", _as(verb, {Function.SUBJECT: Function.SUBJECT}, via)
            if role.function is Function.SUBJECT and not verb.passive and name in self.classes.occur:
                return verb.head, "occur", _as(verb, {}, via)
            if role.function is Function.SUBJECT and name in self.classes.result:
                return verb.head, "result", _as(verb, {Function.OBJECT: Function.OBJECT}, via)
            if (
                role.function is Function.OBLIQUE
                and (name in self.classes.result or name in ("die", "perish"))
                and (
                    role.preposition in ("in", "during", "with", "by")
                    or (name in ("die", "perish") and role.preposition in _DIED_OF)
                )
            ):
                victims = {Function.OBJECT: Function.OBJECT, Function.SUBJECT: Function.SUBJECT}
                if name in ("die", "perish"):
                    victims = {Function.SUBJECT: Function.OBJECT}
                return verb.head, "result", _as(verb, victims, via, obliques=False)
            if role.function is Function.ATTRIBUTE and verb.lemma in ("be", "become", "remain"):
                return verb.head, "copula", _as(verb, {Function.SUBJECT: Function.ATTRIBUTE}, via)
        whole = self._part_of(n)
        if whole is not None:
            return (
                None,
                None,
                _as(whole, {Function.SUBJECT: Function.SUBJECT}, "part of", obliques=False),
            )
        return None, None, []

    def _named(self, verb: Clause, n: int) -> bool:
        """Whether an act is only called something: "called THE RAID a disgrace" calls for no raid."""
        t = self.tree
        return verb.lemma in _NAMING and any(t.dep[c] == "oprd" and c > n for c in t.children[verb.head])

    def _measure(self, n: int) -> int | None:
        """The noun that only counts or stages another: "a WAVE of attacks", "the RESUMPTION of talks"."""
        t = self.tree
        of = t.head[n]
        m = t.head[of]
        if t.dep[n] != "pobj" or t.lower[of] != "of" or t.pos[m] != "NOUN":
            return None
        return m if t.lemma[m] in self.classes.measure_nouns else None

    def _of_measure(self, m: int, n: int) -> list[Argument]:
        """What a noun that counts or stages another has for it: "a wave of attacks BY REBELS"."""
        return [
            _via(a, f"measure:{self.tree.lemma[m]}")
            for a in self._own_arguments(m)
            if a.head != n
            and (
                a.function is Function.POSSESSOR
                or (a.function is Function.OBLIQUE and a.preposition not in ("of", "for", "since"))
            )
        ]

    def _charged(self, n: int) -> list[Argument]:
        """The doer of what somebody is accused of: "accused THE ARMY of shelling"."""
        t = self.tree
        of = t.head[n]
        verb = self.verbs.get(t.head[of])
        if t.dep[n] != "pobj" or t.lower[of] != "of" or verb is None:
            return []
        if verb.lemma not in self.classes.charging or verb.lemma in _TELLING:
            return []
        return [_with(a, Function.SUBJECT, f"charge:{verb.lemma}") for a in verb.get(Function.OBJECT)]

    def _part_of(self, n: int) -> Clause | None:
        """The verb whose act is told "as part of" the noun's."""
        t = self.tree
        of = t.head[n]
        part = t.head[of]
        if t.dep[n] != "pobj" or t.lower[of] != "of" or t.lemma[part] != "part" or t.dep[part] != "pobj":
            return None
        return self.verbs.get(t.head[t.head[part]])

    def _roles_of(self, n: int) -> list[tuple[Clause, Argument]]:
        found = self.roles.get(n, [])
        rank = {"relative": 1, "participle": 1, "control": 3}
        return sorted(found, key=lambda pair: max((rank.get(x, 2) for x in pair[1].via), default=0))

    def _shared(self, n: int) -> list[Argument]:
        """Arguments that coordinated nouns share: "attacks and raids on the town"."""
        t = self.tree
        out: list[Argument] = []
        right = [c for c in t.kids(n, "conj") if t.pos[c] in _NOMINAL_POS]
        if right and not t.kids(n, "prep") and right[0] - n <= 4:
            last = t.conjuncts(n)[-1]
            for p in t.kids(last, "prep", "agent"):
                out += [_via(a, "coordination") for a in self._prepositional(p)]
        if t.dep[n] == "conj" and t.pos[t.head[n]] in _NOMINAL_POS and not t.kids(n, "poss", "det"):
            h = t.head[n]
            for c in t.kids(h, "poss"):
                out += [_via(a, "coordination") for a in expand(self.tree, Function.POSSESSOR, c, ())]
        if t.dep[n] == "conj" and t.pos[t.head[n]] in _NOMINAL_POS:
            _, kind, borrowed = self._support(t.head[n])
            if kind in ("light", "undergo"):
                out += [_via(a, "coordination") for a in borrowed]
        return out

    def _negation(self, n: int) -> int | None:
        t = self.tree
        for c in t.children[n]:
            if (
                c < n
                and t.dep[c] in ("det", "neg", "preconj", "advmod")
                and t.lower[c] in ("no", "neither", "not", "never")
                and not t.not_only(c)
                and not (t.lower[c] == "not" and t.lower[c + 1] == "just")
            ):
                return c
        h = t.head[n]
        if t.dep[n] == "pobj" and t.lower[h] == "without":
            return h
        return None

    def _governor(self, n: int) -> tuple[int | None, str | None]:
        """The predicate or noun this noun is an argument of, and the preposition between."""
        t = self.tree
        marker, now, steps = None, n, 0
        while t.dep[now] in ("conj", "appos") and t.pos[t.head[now]] in _NOMINAL_POS and steps < 50:
            now, steps = t.head[now], steps + 1
        if t.dep[now] == "ROOT":
            return None, None
        h = t.head[now]
        steps = 0
        while t.pos[h] in ("ADP", "SCONJ", "PART", "ADV") and t.head[h] != h and steps < 5:
            marker, h, steps = t.lower[h] if marker is None else marker, t.head[h], steps + 1
        if t.dep[now] in ("compound", "nmod", "poss"):
            marker = t.dep[now]
        return h, marker

    # adjectives -------------------------------------------------------------

    def _adjective(self, i: int) -> Clause:
        t = self.tree
        copula = self.verbs.get(t.head[i])
        out: list[Argument] = []
        if copula is not None and t.dep[i] in ("acomp", "attr", "oprd", "conj"):
            # of "was found guilty" the object of the verb is the adjective's subject
            role = Function.OBJECT if t.dep[i] == "oprd" and copula.get(Function.OBJECT) else Function.SUBJECT
            out += [_with(a, Function.SUBJECT, "copula") for a in copula.arguments if a.function is role]
            if role is Function.OBJECT:  # "the court found him guilty": guilty BY the court
                out += [
                    Argument(
                        Function.OBLIQUE, a.head, a.start, a.end, "by", (*a.via, f"light:{copula.lemma}")
                    )
                    for a in copula.get(Function.SUBJECT)
                ]
            # of "it is vital that they leave" the parser hangs the clause on the copula
            out += [a for a in copula.arguments if a.function in (Function.OBLIQUE, Function.CLAUSE)]
        elif self._after_noun(i):
            out += [_with(a, Function.SUBJECT, "copula") for a in expand(t, Function.SUBJECT, t.head[i], ())]
        else:
            if copula is not None and t.dep[i] == "ccomp" and copula.lemma in _JUDGING:
                out += [
                    Argument(
                        Function.OBLIQUE, a.head, a.start, a.end, "by", (*a.via, f"light:{copula.lemma}")
                    )
                    for a in copula.get(Function.SUBJECT)
                ]
            out += [
                x for c in t.kids(i, "nsubj", "nsubjpass") for x in expand(self.tree, Function.SUBJECT, c, ())
            ]
        for p in t.kids(i, "prep"):
            out += self._prepositional(p)
        for c in t.kids(i, "xcomp", "ccomp", "advcl"):
            if c in self.verbs and (t.dep[c] != "advcl" or self.verbs[c].infinitive):
                out.append(Argument(Function.CLAUSE, c, self.verbs[c].start, self.verbs[c].end))
        negation = copula.negation if copula else None
        for c in t.children[i]:
            if t.dep[c] == "neg" or t.lower[c] in ("not", "never", "neither"):
                negation = c
        linked = copula is not None and t.dep[i] in ("acomp", "attr", "oprd", "conj")
        start, end = t.reach(i)
        return Clause(
            head=i,
            lemma=t.lemma[i],
            pos="adj",
            arguments=tuple(sorted(out, key=lambda a: (a.head, a.function.value))),
            start=min(start, copula.start) if copula and linked else start,
            end=max(end, copula.end) if copula and linked else end,
            sent=t.sent[i],
            tense=copula.tense if copula and linked else None,
            perfect=bool(copula and linked and copula.perfect),
            modal=copula.modal if copula and linked else None,
            infinitive=bool(copula and linked and copula.infinitive),
            negation=negation,
            governor=t.head[i] if t.dep[i] != "ROOT" else None,
            link=Link.ROOT if t.dep[i] == "ROOT" else Link.COMPLEMENT,
            support=copula.head if copula and linked else None,
            support_kind="copula" if copula and linked else None,
        )


def _holds(have: list[Argument], argument: Argument) -> bool:
    return any(a.head == argument.head and a.function is argument.function for a in have)


def _with(a: Argument, function: Function, via: str) -> Argument:
    return Argument(function, a.head, a.start, a.end, a.preposition, (*a.via, via))


def _via(a: Argument, via: str) -> Argument:
    return _with(a, a.function, via)


def _as(
    verb: Clause, moves: dict[Function, Function], via: str, *, dative: bool = False, obliques: bool = True
) -> list[Argument]:
    """Arguments of a verb as arguments of the noun it carries."""
    out = [_with(a, moves[a.function], via) for a in verb.arguments if a.function in moves]
    if obliques:
        out += [_via(a, via) for a in verb.arguments if a.function is Function.OBLIQUE]
    if dative:
        out += [_via(a, via) for a in verb.arguments if a.function is Function.DATIVE]
    return out
