"""Put right what the parser regularly gets wrong about who hangs on whom.

The small pipeline mistakes a few constructions in the same way each time. They
are turned round in our copy of its tree, before clauses are made, so that
everything after it sees the right predicate with the right arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.language.verbs import load_verb_classes

if TYPE_CHECKING:
    from according.language.tree import Tree

_NOUNS = ("NOUN", "PROPN")
_VERBS = ("VERB", "AUX")
_SUBJECTS = ("nsubj", "nsubjpass")
_FINITE = ("VBD", "VBZ", "VBP")
_DASHES = frozenset({"—", "–", "--", "-", "_"})
_WAYS = frozenset({"back", "home", "over", "away", "ashore", "abroad", "ahead"})
_HANDED = frozenset({"hand", "turn", "sign"})
_TIME_PREPOSITIONS = frozenset({"as", "after", "before", "since", "until", "till"})


def repair(tree: Tree) -> None:
    """Mend a tree in place.

    Args:
        tree: A copy of a parse.

    Example:
        >>> from according.language.pipeline import load_pipeline
        >>> from according.language.tree import Tree
        >>> tree = Tree.of(load_pipeline()("The town is facing shelling and airstrikes by rebels."))
        >>> tree.lower[tree.head[tree.lower.index("airstrikes")]]
        'shelling'
    """
    _part_clauses(tree)
    _free_datelines(tree)
    _join_nouns(tree)
    _join_infinitives(tree)
    _join_bare(tree)
    _join_compounds(tree)
    _free_clauses(tree)
    _give_charges(tree)
    _at_once(tree)
    _free_particles(tree)
    _free_ways(tree)
    _free_of_commas(tree)
    _free_subjects(tree)


def _part_clauses(t: Tree) -> None:
    """Give back an object that was read as the next verb's subject.

    In "the raid killed six soldiers, including a major, and two guards
    fled", the whole row may be read as the subject of "fled", which
    leaves "killed" without an object.
    """
    for w in range(len(t.head)):
        v, s = t.head[w], t.kid(w, "nsubj")
        if t.dep[w] != "conj" or t.pos[w] != "VERB" or t.pos[v] != "VERB" or s is None or s < v:
            continue
        if t.kid(v, "dobj", "ccomp", "xcomp", "prep") is not None or t.kid(v, "nsubj") is None:
            continue
        if t.first(s) != v + 1 or t.pos[s] not in _NOUNS:
            continue
        own = _last_conjunct(t, s, w)
        if own is not None:
            t.move(s, v, "dobj")
            t.move(own, w, "nsubj")


def _last_conjunct(t: Tree, s: int, w: int) -> int | None:
    """The noun that stands last before a verb behind ", and", somewhere under its supposed subject."""
    for c in range(w - 1, s, -1):
        if t.dep[c] != "conj" or t.pos[c] not in _NOUNS:
            continue
        first = t.first(c)
        return c if t.lower[first - 1] in ("and", "but") and t.lower[first - 2] == "," else None
    return None


def _free_datelines(t: Tree) -> None:
    """Give "LIMA — A car bomb exploded" its subject, where the place was taken for it."""
    for i in range(len(t.head) - 2):
        v = t.head[i]
        if t.dep[i] not in _SUBJECTS or t.pos[i] != "PROPN" or t.pos[v] not in _VERBS:
            continue
        first = t.first(i)
        if first and t.sent[first - 1] == t.sent[first]:
            continue
        told = next((c for c in t.children[i] if c > i and t.dep[c] == "appos" and t.pos[c] in _NOUNS), None)
        if told is None or told > v or t.lower[t.first(told) - 1] not in _DASHES:
            continue
        if sum(t.lower[k] in _DASHES for k in range(i, v)) > 1:
            continue  # "Lima - a city of markets - was quiet"
        relation = t.dep[i]
        t.move(told, v, relation)
        t.move(i, told, "dep")


def _join_nouns(t: Tree) -> None:
    """Join a noun to the noun before it that was read as a second predicate.

    In "faces shelling and air strikes" the parser may coordinate the strikes
    with the facing, which leaves them without their doer and their victims.
    """
    for w in range(len(t.head)):
        v = t.head[w]
        if t.dep[w] != "conj" or t.pos[w] not in _NOUNS or w < v or t.pos[v] not in _VERBS:
            continue
        first = t.first(w)
        if t.tag[w].startswith("V") or t.kid(w, *_SUBJECTS) is not None:
            continue
        if t.lower[first - 1] not in ("and", "or"):
            continue
        before = [c for c in t.children[v] if c < first and t.dep[c] in ("dobj", "attr", "prep")]
        partner = before[-1] if before else None
        if partner is not None and t.dep[partner] == "prep":
            partner = t.kid(partner, "pobj")
        if partner is not None and t.pos[partner] in _NOUNS:
            t.move(w, partner, "conj")


def _join_infinitives(t: Tree) -> None:
    """Give the later members of a row of infinitives back to the first.

    In "to end the siege, allow supplies in and to free the captives" the
    second and third are often hung on the main verb, or on one another.
    """
    rows: dict[int, tuple[int, int]] = {}
    lead: dict[int, int] = {}
    for w in range(len(t.head)):
        if t.tag[w] != "VB":
            continue
        aux = [c for c in t.kids(w, "aux", "auxpass") if c < w]
        begins, s = t.first(w), t.sent[w]
        if any(t.tag[c] == "TO" for c in aux):
            if t.lower[begins - 1] == "and" and s in rows:
                first, member = rows.pop(s)
                if t.dep[w] == "conj" and t.head[w] != first and t.under(t.head[w], member):
                    t.move(w, first, "conj")
            elif t.lower[begins - 1] != ",":
                lead[s] = w
            else:
                lead.setdefault(s, w)
        elif (
            s in lead
            and not aux
            and t.dep[w] in ("dep", "conj", "parataxis")
            and t.kid(w, *_SUBJECTS) is None
            and t.lower[begins - 1] == ","
            and not t.under(t.head[w], lead[s])
        ):
            t.move(w, lead[s], "conj")
            rows[s] = (lead[s], w)
        elif s in lead and not aux and t.dep[w] == "ROOT" and "," in (t.lower[w - 1], t.lower[w - 2]):
            above = next((c for c in t.kids(w, "ccomp") if c < w and t.under(lead[s], c)), None)
            if above is not None and t.kid(w, *_SUBJECTS) is None:
                t.crown(above)
                t.move(w, lead[s], "conj")
                rows[s] = (lead[s], w)


def _join_bare(t: Tree) -> None:
    """Give "is due to greet the men who survived and MEET the mayor" its second infinitive.

    A bare infinitive is no partner of a finite verb.
    """
    for w in range(len(t.head)):
        h = t.head[w]
        if t.tag[w] != "VB" or t.dep[w] != "conj" or t.tag[h] not in ("VBD", "VBZ") or h > w:
            continue
        if t.kid(w, "aux", "auxpass", "neg", *_SUBJECTS) is not None:
            continue
        for _ in range(8):
            if t.head[h] == h:
                break
            h = t.head[h]
            if t.tag[h] == "VB" and h < w:
                t.move(w, h, "conj")
                break


def _join_compounds(t: Tree) -> None:
    """Read "federal and state ARREST warrants" as warrants of arrest, not as an arrest of its own."""
    for w in range(len(t.head)):
        h = t.head[w]
        n = t.head[h]
        if t.dep[w] != "conj" or t.pos[w] != "NOUN" or t.kid(w, "compound") is None:
            continue
        if t.dep[h] in ("amod", "compound", "nmod") and n == w + 1 and t.pos[n] in _NOUNS:
            t.move(w, n, "compound")


def _free_clauses(t: Tree) -> None:
    """Read "the truce broke as rebels and guards ACCUSED each other" as a clause of time.

    The parser may take the subject for the object of a preposition, and the
    verb for a second predicate of the main clause.
    """
    for v in range(len(t.head)):
        h = t.head[v]
        if t.dep[v] == "advcl" and t.tag[v] in _FINITE:
            _give_subject(t, v)
            _take_occasion(t, v)
            continue
        if t.dep[v] != "conj" or t.tag[v] not in _FINITE or t.pos[h] not in _VERBS or v < h:
            continue
        if t.kid(v, *_SUBJECTS, "expl") is not None or any(h < c < v for c in t.kids(h, "cc")):
            continue
        begins = t.first(v)
        for p in reversed([c for c in t.kids(h, "prep") if h < c < begins]):
            n = t.kid(p, "pobj")
            if t.lower[p] not in _TIME_PREPOSITIONS or n is None or t.pos[n] not in (*_NOUNS, "PRON"):
                continue
            between = [c for c in t.children[h] if p < c < begins]
            if all(t.dep[c] in ("prep", "punct", "advmod", "npadvmod") for c in between):
                t.move(n, v, "nsubjpass" if t.kid(v, "auxpass") is not None else "nsubj")
                t.move(p, v, "mark")
                t.move(v, h, "advcl")
                for c in between:
                    if t.dep[c] == "prep":  # "activists ON THE GROUND"
                        t.move(c, n, "prep")
            break
        else:
            _free_below(t, h, v)


def _free_below(t: Tree, h: int, v: int) -> None:
    """Do the same where the time hangs on a noun: "the worst raid since THE ARMY, backed by X, ATTACKED"."""
    if t.lower[v - 1] != ",":
        return
    for p in range(v - 2, h, -1):
        n = t.kid(p, "pobj") if t.dep[p] == "prep" and t.lower[p] in _TIME_PREPOSITIONS else None
        if n is not None and t.last(n) == v - 2 and t.kid(n, "acl", "relcl", "appos") is not None:
            t.move(n, v, "nsubj")
            t.move(p, v, "mark")
            t.move(v, h, "advcl")
            return


def _give_subject(t: Tree, v: int) -> None:
    """Give "since THE ARMY, backed by X, launched a raid" its subject, read as the object of "since"."""
    mark = t.kid(v, "mark")
    n = t.kid(mark, "pobj") if mark is not None and t.lower[mark] in _TIME_PREPOSITIONS else None
    if n is not None and n < v and t.kid(v, *_SUBJECTS, "expl") is None:
        t.move(n, v, "nsubjpass" if t.kid(v, "auxpass") is not None else "nsubj")


def _take_occasion(t: Tree, v: int) -> None:
    """Read "fired a missile after STRIKE on the port KILLS 12" as what the strike does, in a headline."""
    h = t.head[v]
    if t.tag[v] != "VBZ" or t.kid(v, "mark", *_SUBJECTS) is not None:
        return
    found = [p for p in t.kids(h, "prep") if h < p < v and t.lower[p] in _TIME_PREPOSITIONS]
    n = t.kid(found[-1], "pobj") if found else None
    if n is None or t.last(n) != v - 1 or t.pos[n] != "NOUN" or t.kid(n, "det") is not None:
        return
    t.move(n, v, "nsubj")
    t.move(found[-1], v, "mark")
    for c in t.kids(h, "npadvmod", "dobj"):
        if c == v + 1 and t.tag[c] == "CD":
            t.move(c, v, "dobj")


def _give_charges(t: Tree) -> None:
    """Give "accused the council and its allies of FRAUD" its charge: it is no part of the allies."""
    classes = load_verb_classes()
    for p, word in enumerate(t.lower):
        n = t.head[p]
        if word == "of" and t.dep[p] in ("conj", "prep") and p and t.lower[p - 1] == "and":
            _give_second_charge(t, p, classes.charging)
        if word != "of" or t.dep[p] != "prep" or t.pos[n] not in (*_NOUNS, "PRON"):
            continue
        while t.dep[n] == "conj" and t.pos[t.head[n]] in _NOUNS:
            n = t.head[n]
        v = t.head[n]
        if t.dep[n] not in ("dobj", "nsubjpass") or t.pos[v] != "VERB" or t.lemma[v] not in classes.charging:
            continue
        charge = t.kid(p, "pobj", "pcomp")
        if charge is None or any(t.lower[c] == "of" for c in t.kids(v, "prep")):
            continue
        if (
            t.lemma[v] in ("strip", "deprive", "rob")
            or t.tag[charge] == "VBG"
            or _is_deed(t, charge, classes.deed_endings, classes.deeds)
        ):
            t.move(p, v, "prep")


def _give_second_charge(t: Tree, p: int, charging: frozenset[str]) -> None:
    """Give "accused them of looting a shop in May and OF BOMBING a village" its second charge."""
    charge = t.kid(p, "pcomp", "pobj")
    if charge is None or not (t.tag[charge] == "VBG" or t.lower[charge].endswith("ing")):
        return
    v = t.head[p]
    for _ in range(10):
        if (t.lemma[v] in charging and t.pos[v] == "VERB") or t.head[v] == v:
            break
        v = t.head[v]
    if (
        t.lemma[v] in charging
        and t.pos[v] == "VERB"
        and any(t.lower[c] == "of" and c < p for c in t.kids(v, "prep"))
    ):
        t.move(p, v, "prep")


def _at_once(t: Tree) -> None:
    """Read "cease at once AIR STRIKES": they are what is to cease, not where."""
    for p, word in enumerate(t.lower[:-1]):
        n = t.kid(p, "pobj") if word == "at" and t.lower[p + 1] == "once" else None
        if n is not None and n > p + 1 and t.pos[t.head[p]] == "VERB" and t.kid(t.head[p], "dobj") is None:
            t.move(n, t.head[p], "dobj")


def _free_particles(t: Tree) -> None:
    """Read "will hand OVER 30 trucks" as handing them over: there are no more than thirty."""
    for o, word in enumerate(t.lower):
        v = o - 1
        if word != "over" or v < 0 or t.lemma[v] not in _HANDED or t.pos[v] != "VERB":
            continue
        if t.dep[o] in ("quantmod", "advmod") and t.head[o] > o and t.pos[t.head[o]] in ("NUM", "NOUN"):
            t.move(o, v, "prt")


def _free_ways(t: Tree) -> None:
    """Read "sent back TO PERU" as where somebody is sent: the way back has no end of its own."""
    for w, word in enumerate(t.lower):
        v = t.head[w]
        if word not in _WAYS or t.dep[w] not in ("advmod", "prt") or t.pos[v] != "VERB" or w < v:
            continue
        for p in t.kids(w, "prep"):
            if t.lower[p] in ("to", "from", "into", "in") and p > w:
                t.move(p, v, "prep")


def _free_of_commas(t: Tree) -> None:
    """Hang "the police, WORKING with X, seized it" on the verb, where the parser hung it on the comma."""
    for w in range(len(t.head)):
        comma = t.head[w]
        if w == comma or t.dep[comma] != "punct" or t.tag[w] != "VBG" or t.head[comma] == comma:
            continue
        t.move(w, t.head[comma], "advcl")


def _free_subjects(t: Tree) -> None:
    """Read "TWO MEN held since May have been freed" with the men as those freed: they did not hold that."""
    for v in range(len(t.head)):
        r = t.head[v]
        if (
            t.dep[v] != "ccomp"
            or t.tag[v] != "VBN"
            or v > r
            or t.kid(v, "aux", "auxpass", "mark") is not None
        ):
            continue
        n = t.kid(v, "nsubj")
        auxiliaries = [c for c in t.kids(r, "aux", "auxpass") if c > v]
        if n is None or t.kid(r, *_SUBJECTS, "expl", "csubj") is not None or not auxiliaries:
            continue
        if t.last(v) + 1 != auxiliaries[0]:
            continue
        t.move(n, r, "nsubjpass" if t.kid(r, "auxpass") is not None else "nsubj")
        t.move(v, n, "acl")


def _is_deed(t: Tree, i: int, endings: frozenset[str], deeds: frozenset[str]) -> bool:
    """Whether a noun is something one can be accused of, and not somebody or a place."""
    if t.pos[i] != "NOUN":
        return False
    return t.lemma[i] in deeds or any(t.lemma[i].endswith(e) for e in endings)
