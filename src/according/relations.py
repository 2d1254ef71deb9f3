"""Standing relations between entities: offices, membership, aliases, bases."""

from __future__ import annotations

from according.language.model import ParsedReport
from according.language.tree import Tree
from according.records import Relation, Span
from according.resolution.entities import EntityIndex

_LEADERS = frozenset(
    {"leader", "head", "chief", "chairman", "chairwoman", "president", "founder", "boss", "secretary-general"}
)
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_MEMBERS = frozenset(
    {
        "member",
        "operative",
        "fighter",
        "militant",
        "official",
        "soldier",
        "activist",
        "lawmaker",
        "senator",
        "commander",
        "employee",
    }
)
_RIVALS = frozenset({"rival", "enemy", "foe", "adversary", "arch-rival", "archrival"})
_VERBS = {
    "control": "controls",
    "back": "sponsors",
    "sponsor": "sponsors",
    "fund": "sponsors",
    "finance": "sponsors",
    "lead": "leader_of",
    "head": "leader_of",
    "rule": "controls",
}
_ADJECTIVES = {
    "allied": "allied_with",
    "close": "close_to",
    "loyal": "close_to",
    "linked": "close_to",
    "affiliated": "affiliated_with",
}


def find_relations(parsed: ParsedReport, index: EntityIndex) -> tuple[Relation, ...]:
    """Read the standing relations a report states, each with its words.

    Args:
        parsed: The report.
        index: Its entities.

    Returns:
        Relations in text order, none twice with the same words.
    """
    found = [
        *_offices(index),
        *_nouns(parsed, index),
        *_based(parsed, index),
        *_predicates(parsed, index),
        *_brackets(parsed, index),
        *_rivals(parsed, index),
    ]
    unique: dict[tuple[str, str, str | None, str | None, int], Relation] = {}
    for r in found:
        unique.setdefault((r.type, r.subject, r.object, r.value, r.span.start), r)
    return tuple(sorted(unique.values(), key=lambda r: (r.span.start, r.span.end, r.type, r.subject)))


def _offices(index: EntityIndex) -> list[Relation]:
    return [
        Relation(type="office", subject=e.id, value=role.title, span=role.span)
        for e in index.entities
        if e.kind == "person"
        for role in e.roles
        if role.span is not None
    ]


def _nouns(parsed: ParsedReport, index: EntityIndex) -> list[Relation]:
    """The leader of a group, the spokesman of a ministry, the rivals of a party."""
    out: list[Relation] = []
    for i, lemma in enumerate(Tree.of(parsed.doc).lemma):
        kind = (
            "leader_of"
            if lemma in _LEADERS
            else "speaks_for"
            if lemma in _SPEAKERS
            else "member_of"
            if lemma in _MEMBERS
            else None
        )
        if kind is None:
            continue
        token = parsed.doc[i]
        if token.pos_ not in ("NOUN", "PROPN"):
            continue
        people = [i for i in index.at(token.i) if index.get(i).kind == "person"]
        if not people and token.dep_ == "compound":
            people = [i for i in index.at(token.head.i) if index.get(i).kind == "person"]
        bodies = [c.i for c in token.lefts if c.dep_ in ("poss", "compound", "amod", "nmod")] + [
            o.i
            for p in token.rights
            if p.dep_ == "prep" and p.lower_ in ("of", "for")
            for o in p.children
            if o.dep_ == "pobj"
        ]
        for body in bodies:
            for other in index.at(body):
                if people and index.get(other).kind in ("group", "organisation", "state"):
                    low, high = min(body, token.i), max(body, token.i) + 1
                    out.append(
                        Relation(
                            type=kind,
                            subject=people[0],
                            object=other,
                            value=token.lower_,
                            span=parsed.span(low, high),
                        )
                    )
    return out


def _based(parsed: ParsedReport, index: EntityIndex) -> list[Relation]:
    """Read "the Gaza-based group", "is based in Damascus"."""
    out: list[Relation] = []
    for i, word in enumerate(Tree.of(parsed.doc).lower):
        if word != "based":
            continue
        token = parsed.doc[i]
        if token.dep_ == "amod":
            place = next(
                (c for c in token.lefts if c.dep_ in ("npadvmod", "compound", "nmod") or c.pos_ == "PROPN"),
                None,
            )
            owners = index.at(token.head.i)
        else:
            place = next(
                (
                    o
                    for p in token.children
                    if p.dep_ == "prep" and p.lower_ in ("in", "at")
                    for o in p.children
                    if o.dep_ == "pobj"
                ),
                None,
            )
            subject = next((c for c in token.children if c.dep_ in ("nsubjpass", "nsubj")), None)
            owners = index.at(subject.i if subject is not None else token.head.i)
        if place is not None and owners:
            low, high = min(place.i, token.i), max(place.i, token.i) + 1
            objects = index.at(place.i)
            out.append(
                Relation(
                    type="based_in",
                    subject=owners[0],
                    object=objects[0] if objects else None,
                    value=place.text,
                    span=parsed.span(low, high),
                )
            )
    return out


def _predicates(parsed: ParsedReport, index: EntityIndex) -> list[Relation]:
    """Subjects and objects of verbs and adjectives that state a relation."""
    out: list[Relation] = []
    tree = Tree.of(parsed.doc)
    for i, pos in enumerate(tree.pos):
        kind = _VERBS.get(tree.lemma[i]) if pos == "VERB" else _ADJECTIVES.get(tree.lower[i])
        if kind is None:
            continue
        token = parsed.doc[i]
        if token.pos_ == "VERB" and token.lemma_.lower() in _VERBS:
            subjects = [c.i for c in token.lefts if c.dep_ == "nsubj"]
            objects = [c.i for c in token.rights if c.dep_ == "dobj"]
        else:
            subjects = [c.i for c in token.head.lefts if c.dep_ in ("nsubj", "nsubjpass")]
            if token.dep_ in ("acl", "amod"):
                subjects = [token.head.i]
            objects = [
                o.i
                for p in token.rights
                if p.dep_ == "prep" and p.lower_ in ("to", "with")
                for o in p.children
                if o.dep_ == "pobj"
            ]
        for s in subjects:
            for o in objects:
                if index.at(s) and index.at(o) and index.at(s) != index.at(o):
                    low, high = min(s, token.i, o), max(s, token.i, o) + 1
                    out.append(
                        Relation(
                            type=kind,
                            subject=index.at(s)[0],
                            object=index.at(o)[0],
                            span=parsed.span(low, high),
                        )
                    )
    return out


def _brackets(parsed: ParsedReport, index: EntityIndex) -> list[Relation]:
    """Short names introduced in brackets: "Palestinian Islamic Jihad (PIJ)"."""
    out: list[Relation] = []
    for e in index.entities:
        for before, span in zip(e.mentions, e.mentions[1:], strict=False):
            gap = parsed.report.text[before.end : span.start]
            if gap.strip() == "(" and len(gap) <= 3 and parsed.report.text[span.end : span.end + 1] == ")":
                whole = Span.of(parsed.report.text, before.start, span.end + 1)
                out.append(Relation(type="alias", subject=e.id, value=span.text, span=whole))
    return out


def _rivals(parsed: ParsedReport, index: EntityIndex) -> list[Relation]:
    """Read "the rival factions X and Y", "X's rival Y"."""
    out: list[Relation] = []
    for i, lemma in enumerate(Tree.of(parsed.doc).lemma):
        if lemma not in _RIVALS:
            continue
        token = parsed.doc[i]
        head = token.head if token.dep_ in ("amod", "compound", "nmod") else token
        named = [head, *head.conjuncts, *(c for c in head.children if c.dep_ == "appos")]
        named += [c for n in named if n.dep_ == "appos" for c in n.conjuncts]
        owners = [i for c in head.children if c.dep_ == "poss" for i in index.at(c.i)]
        others = [i for n in sorted(named, key=lambda t: t.i) for i in index.at(n.i)]
        pair = list(dict.fromkeys([*owners[:1], *others]))
        if len(pair) < 2:
            continue
        tokens = [token.i, *(n.i for n in named), *(c.i for c in head.children if c.dep_ == "poss")]
        span = parsed.span(min(tokens), max(tokens) + 1)
        out.append(Relation(type="rival_of", subject=pair[0], object=pair[1], value=token.lower_, span=span))
    return out
