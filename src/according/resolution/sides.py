"""The two parties of a conflict or of talks, which "the two sides" are.

The last two names before "the two sides" are often those of mediators. Who is
set against whom, or talks with whom, in the report so far tells better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from according.language.tree import Tree
from according.language.verbs import load_verb_classes
from according.resolution.names_found import Draft

_FACING = frozenset({"against", "with", "on", "at", "from"})
_VERBS = ("VERB", "AUX")
# How often two parties must be set against each other, and how much oftener than any others.
_OFTEN = 2
_FAR = 400


def find_sides(
    tree: Tree, links: Mapping[int, tuple[int, ...]], drafts: Sequence[Draft], before: int
) -> tuple[int, ...]:
    """The two parties that a report has most often facing each other, so far.

    Args:
        tree: The report's parse.
        links: Numbers of the drafts that heads of phrases name.
        drafts: The names found.
        before: Token up to which the report is read.

    Returns:
        Numbers of two drafts in order; none where no pair stands out.
    """
    pairs: Counter[frozenset[object]] = Counter()
    named: dict[object, Counter[int]] = {}

    def of(head: int) -> set[object]:
        out = set()
        for h in tree.conjuncts(head):
            for n in links.get(h, ()):
                key = _party(drafts[n], drafts)
                if key is not None:
                    out.add(key)
                    if drafts[n].kind != "person":
                        named.setdefault(key, Counter())[n] += 1
        return out

    aloof = load_verb_classes().aloof
    for v in range(max(0, before - _FAR), before):
        if tree.pos[v] not in _VERBS:
            continue
        doers = {k for s in tree.kids(v, "nsubj", "nsubjpass") for k in of(s)}
        faced = _told_of(tree, v) if tree.lemma[v] in aloof else _faced(tree, v)
        others = {k for o in faced for k in of(o)}
        for a in doers:
            for b in others - doers:
                pairs[frozenset((a, b))] += 1
    best = [(p, n) for p, n in pairs.most_common(2) if all(k in named for k in p)]
    if not best or best[0][1] < _OFTEN or (len(best) > 1 and best[1][1] == best[0][1]):
        return ()
    return tuple(sorted(named[k].most_common(1)[0][0] for k in best[0][0]))


def _faced(tree: Tree, v: int) -> list[int]:
    """Whom a verb's doer faces: its object, the doer of a passive, who stands behind "against" or "with"."""
    out: list[int] = []
    for c in tree.children[v]:
        if tree.dep[c] in ("dobj", "attr"):
            out.append(c)
            out += [o for p in tree.kids(c, "prep") if tree.lower[p] in _FACING for o in tree.kids(p, "pobj")]
        elif tree.dep[c] == "agent" or (tree.dep[c] == "prep" and tree.lower[c] in _FACING):
            out += tree.kids(c, "pobj")
        elif tree.dep[c] == "xcomp":
            out += _faced(tree, c)
    return out


def _told_of(tree: Tree, v: int) -> list[int]:
    """Of whom a speaker tells: "the rebels said the ARMY had shelled them"."""
    if tree.lemma[v] != "say":
        return []
    return [s for c in tree.kids(v, "ccomp") if c > v for s in tree.kids(c, "nsubj", "nsubjpass")]


def _party(draft: Draft, drafts: Sequence[Draft]) -> object | None:
    """What a name stands for: a country for its state, army and ministers; a group for its leaders."""
    if draft.kind == "person" and draft.org is not None and drafts[draft.org].kind == "group":
        return draft.org
    if draft.kind == "group":
        return draft.number
    official = draft.kind in ("state", "person") or bool({"MIL", "GOV"} & set(draft.sectors))
    return draft.country if official and draft.country and len(draft.country) == 3 else None
