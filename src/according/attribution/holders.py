"""Where the content of a verb stands: its clause, infinitive, object or prepositional phrase."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from according.attribution.cues import Cue
from according.attribution.scene import Scene
from according.language.model import Link

_OBJECTS = ("dobj", "dative")
_ASIDE = 7
# Phrases that say when something was demanded or told, and not what.
_SETTINGS = frozenset({"during", "amid", "after", "before", "following", "ahead", "despite"})
_CLAUSE = 5
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Tags of finite verbs."""


def contents_of(scene: Scene, verb: Token, cue: Cue, rest: list[int]) -> Iterator[tuple[str, set[int]]]:
    """Find what may be the content of a cue verb.

    Args:
        scene: The report.
        verb: The cue.
        cue: Its entry in the cue list, which says what may hold the content.
        rest: Tokens of its particle and preposition.

    Yields:
        The name of the holder ("that", "obj", ...) and the tokens of the
        content.
    """
    if (
        rest
        and cue.takes & {"obj", "obj-to"}
        and scene.doc[rest[-1]].dep_ in ("prep", "agent", "aux", "mark")
    ):
        yield from _after_preposition(scene, verb, rest)
        return
    if "predicated" in cue.takes:
        yield from _predicated(scene, verb)
    if "quote" in cue.takes or "that" in cue.takes:
        yield from _clausal(scene, verb)
    if "obj-to" in cue.takes:
        yield from _object_and_infinitive(scene, verb)
    if "to" in cue.takes:
        for child in verb.children:
            if (
                child.dep_ == "xcomp"
                and child.i > verb.i
                and child.tag_ in ("VB", "VBG")
                and not kids_of(verb, "dobj")
            ):
                tokens = scene.subtree(child)
                for other in verb.children:
                    # "wants to cut taxes, build roads and ...": bare verbs the parser hung one level too high
                    bare = other.dep_ == "conj" and other.tag_ == "VB" and child.tag_ == "VB"
                    if bare and other.i > child.i and not kids_of(other, "aux", "nsubj"):
                        tokens |= scene.subtree(other)
                yield "to", tokens
    if "raised" in cue.takes:
        subject = kids_of(verb, "nsubj")
        under = [c for c in verb.children if c.dep_ in ("xcomp", "oprd", "acomp", "ccomp") and c.i > verb.i]
        under = under or [c for c in kids_of(verb, "prep") if c.lower_ == "like"]
        if under and under[0].dep_ == "ccomp":
            yield "raised", scene.subtree(under[0])
        elif under and subject:
            told = set() if subject[0].tag_ in ("WDT", "WP") else scene.subtree(subject[0])
            yield "raised", told | scene.subtree(under[0])
    if "obj" in cue.takes:
        objects = [c for c in kids_of(verb, *_OBJECTS) if c.i > verb.i and not c.lower_.endswith("self")]
        if objects:
            tokens = scene.subtree(objects[-1], asides(scene, objects[-1]))
            for child in verb.children:
                setting = child.lower_ in _SETTINGS or _is_time(child)
                if (child.i > objects[-1].i and child.dep_ == "prep" and not setting) or (
                    child.i > objects[-1].i and child.dep_ == "oprd"
                ):
                    tokens |= scene.subtree(child)
            between = [c for c in kids_of(verb, "npadvmod") if min(tokens) < c.i < max(tokens)]
            for child in between:
                tokens |= scene.subtree(child)
            yield "obj", tokens
        fronted = [c for c in kids_of(verb, "dobj") if c.i < verb.i]
        charge = [c for c in kids_of(verb, "prep") if c.i > verb.i and c.lower_ in ("of", "for")]
        if fronted and not objects and cue.name == "accuse" and charge:
            # "whose fighters it accused of attacking a base"
            yield "obj", set().union(*(_held(scene, c) for c in charge))
        elif fronted and not objects and fronted[0].tag_ in ("WDT", "WP"):
            yield "obj", {fronted[0].i}


def _held(scene: Scene, preposition: Token) -> set[int]:
    return set().union(*(scene.subtree(c) for c in preposition.children))


def asides(scene: Scene, noun: Token) -> list[int]:
    """Relative clauses of a noun after a comma: the report's own remark, no part of what is said."""
    return [
        c.i
        for c in noun.subtree
        if c.dep_ == "relcl"
        and c.left_edge.i > 0
        and c.left_edge.lower_ in ("who", "which", "whose", "where")
        and scene.doc[c.left_edge.i - 1].text in (",", "–", "—", "--")
    ]


def _is_time(preposition: Token) -> bool:
    return any(c.ent_type_ in ("DATE", "TIME") for c in preposition.children)


def _after_preposition(scene: Scene, verb: Token, rest: list[int]) -> Iterator[tuple[str, set[int]]]:
    holder = scene.doc[rest[-1]]
    if holder.dep_ == "mark" and holder.head.i > holder.i:
        # "pressed for the army to leave"
        yield "prep", scene.subtree(holder.head, [holder.i])
        return
    under = [c for c in holder.children if c.dep_ in ("pobj", "pcomp", "prep", "ccomp") and c.i > holder.i]
    if not under and holder.lower_ == "for":
        yield from _for_to(scene, holder)
    if not under:
        return
    tokens = set().union(*(scene.subtree(c, asides(scene, c)) for c in under))
    if holder.lower_ == "as":
        for child in kids_of(verb, "dobj"):
            tokens |= scene.subtree(child)
        tokens.add(holder.i)
    for child in verb.children:
        if (
            child.dep_ in ("xcomp", "advcl")
            and child.i > max(tokens)
            and any(c.lower_ == "to" for c in child.children)
        ):
            tokens |= scene.subtree(child)
    yield "prep", tokens


def _for_to(scene: Scene, holder: Token) -> Iterator[tuple[str, set[int]]]:
    """What follows "for" up to its infinitive, where the parser tore the two apart."""
    doc = scene.doc
    for i in range(holder.i + 2, min(holder.i + 12, holder.sent.end)):
        if doc[i].is_punct or doc[i].pos_ == "VERB":
            return
        if doc[i].lower_ == "to" and doc[i].head.tag_ == "VB" and doc[i].head.i > i:
            yield "prep", set(range(holder.i + 1, doc[i].head.right_edge.i + 1))
            return


def _predicated(scene: Scene, verb: Token) -> Iterator[tuple[str, set[int]]]:
    for child in verb.children:
        if (
            child.dep_ == "ccomp"
            and child.i > verb.i
            and child.pos_ not in ("VERB", "AUX")
            and kids_of(child, "nsubj")
        ):
            if not any(c.dep_ == "cop" or c.pos_ == "AUX" for c in child.children):
                yield "predicated", scene.subtree(child)
        elif child.dep_ == "oprd" and child.i > verb.i:
            objects = kids_of(verb, "dobj", "nsubj")
            after = [o for o in objects if o.i > verb.i or (o.dep_ == "dobj" and o.tag_ in ("WP", "WDT"))]
            tokens = scene.subtree(child)
            for o in after:
                tokens |= scene.subtree(o)
            yield "predicated", tokens


def _clausal(scene: Scene, verb: Token) -> Iterator[tuple[str, set[int]]]:
    held = list(verb.children)
    # "Should prices rise, they fear that ...": the clause with "that" is what is said
    complements = [c for c in held if c.dep_ == "ccomp"]
    marked = [c for c in complements if any(k.lower_ == "that" for k in kids_of(c, "mark"))]
    for child in marked or held:
        if child.dep_ not in ("ccomp", "parataxis"):
            continue
        if child.dep_ == "parataxis" and child.i > verb.i:
            continue
        if child.i < verb.i or _parenthetical(scene, verb):
            if child.i < verb.i and not kids_of(verb, "nsubj") and any(c.i > verb.i for c in complements):
                continue  # "Rebels free soldiers, say talks go on": who frees them also says so
            tokens = _before(scene, verb, child)
        elif _is_finite(child) and not _is_participle(scene, child):
            tokens = past_opening(scene, scene.subtree(child, _alien(scene, child)))
        else:
            continue
        if tokens:
            yield "that", tokens
            return
    for child in kids_of(verb, "advcl"):
        # "wrote early in the day that prices fell": the parser takes the clause for an adverbial
        marks = [k for k in kids_of(child, "mark") if k.lower_ == "that"]
        joined = scene.cues.words("before_that")
        if child.i > verb.i and marks and scene.doc[marks[0].i - 1].lower_ not in joined:
            yield "that", scene.subtree(child)
            return
    busy = kids_of(verb, "dobj", "xcomp", "ccomp", "conj", "oprd", "acomp", "relcl")
    if verb.dep_ in ("parataxis", "ccomp", "advcl", "dep") and kids_of(verb, "nsubj") and not busy:
        yield from _interrupting(scene, verb)
    yield from _between_commas(scene, verb)
    if verb.pos_ == "VERB" and verb.tag_ != "VBN":
        yield from _distant(scene, verb)


def past_opening(scene: Scene, tokens: set[int]) -> set[int]:
    """Reach on over the comma after an opening clause: "said that while talks go on, fighting continues"."""
    words = [i for i in sorted(tokens) if scene.doc[i].lower_ not in ("that", "“", '"')]
    if not words or scene.doc[words[0]].lower_ not in scene.cues.words("clause_openers"):
        return tokens
    last = words[-1]
    end = scene.doc[last].sent.end
    if last + 2 >= end or scene.doc[last + 1].text != ",":
        return tokens
    following = scene.doc[last + 2 : end]
    if any(t.dep_ in ("nsubj", "nsubjpass", "expl") for t in following):
        return tokens | set(range(last + 1, end))
    return tokens


def reach_on(scene: Scene, verb: Token, tokens: set[int]) -> set[int]:
    """Mend content that stops short: before a colon, before its own finite verb, or at a dangling "or"."""
    after = [i for i in tokens if i > verb.i]
    if not after or scene.quoted(verb) is not None:
        return tokens
    last = max(after)
    sent = scene.doc[last].sent
    while last > verb.i and scene.doc[last].is_punct:
        last -= 1
    if last + 1 >= sent.end:
        return tokens
    following = scene.doc[last + 1]
    colon = following.text == ":" and sent.end - last > _CLAUSE
    garden = following.tag_ in FINITE and following.lower_ not in ("said", "says", "say", "added", "told")
    if colon or garden:
        return tokens | set(range(last + 1, sent.end))
    if scene.doc[last].dep_ == "cc":
        more = [c for c in verb.children if c.dep_ == "conj" and c.i > last and c.tag_ == "VB"]
        return tokens | scene.subtree(more[0]) if more else tokens - {last}
    return tokens


def _distant(scene: Scene, verb: Token) -> Iterator[tuple[str, set[int]]]:
    """A that-clause the parser hung on a noun or phrase between it and its verb."""
    doc = scene.doc
    for i in range(verb.i + 1, min(verb.i + 20, verb.sent.end)):
        token = doc[i]
        if token.pos_ in ("VERB", "AUX") or token.text in (",", ";", ":"):
            return
        if token.lower_ == "that" and token.dep_ in ("mark", "nsubj", "dobj") and token.tag_ in ("IN", "WDT"):
            predicate = token.head
            if token.dep_ == "mark" and verb.is_ancestor(predicate):
                yield "that", scene.subtree(predicate)
            return


def _interrupting(scene: Scene, verb: Token) -> Iterator[tuple[str, set[int]]]:
    """A cue with nothing of its own between commas: what is said was parsed as the main clause."""
    own = scene.subtree(verb)
    first, last = min(own), max(own)
    doc, sent = scene.doc, verb.sent
    marks = [scene.doc[i].lower_ for i in own if scene.doc[i].dep_ == "mark"]
    if last - verb.i > 4 or first <= sent.start or any(m != "as" for m in marks):
        return
    opened = doc[first - 1].text in (",", "–", "—") or doc[first].text == ","
    closed = last + 1 >= sent.end or doc[last + 1].is_punct or doc[last].is_punct
    if opened and closed and doc[first - 1].i >= sent.start:
        yield "that", set(range(sent.start, sent.end)) - own


def _between_commas(scene: Scene, verb: Token) -> Iterator[tuple[str, set[int]]]:
    """Read a cue between commas off the text: "the island, as an aide pointed out, seldom floods"."""
    doc, sent = scene.doc, verb.sent
    subjects = [s for s in kids_of(verb, "nsubj") if s.i < verb.i and s.tag_ not in ("WDT", "WP")]
    if not subjects or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return
    if kids_of(verb, "dobj") and verb.lemma_ != "tell":
        return
    first = max((s.left_edge.i for s in subjects), default=verb.i)
    if first > sent.start and doc[first - 1].lower_ == "as":
        first -= 1
    if first - 1 <= sent.start or doc[first - 1].text != ",":
        return
    last = verb.i
    while last + 1 < sent.end and not doc[last + 1].is_punct:
        last += 1
        if doc[last].pos_ in ("VERB", "AUX") or last - verb.i > _ASIDE:
            return
    if last + 1 >= sent.end or doc[last + 1].text not in (",", "."):
        return
    yield "that", set(range(sent.start, first)) | set(range(last + 1, sent.end))


def _parenthetical(scene: Scene, verb: Token) -> bool:
    """Whether the cue stands between commas inside what is said: "In May, she said, prices fell"."""
    doc = scene.doc
    if verb.dep_ != "ROOT" or verb.i + 1 >= len(doc) or doc[verb.i + 1].text != ",":
        return False
    subject = kids_of(verb, "nsubj")
    first = subject[0].left_edge.i if subject and subject[0].i < verb.i else verb.i
    return first - 1 > verb.sent.start and doc[first - 1].text == ","


def _alien(scene: Scene, complement: Token) -> list[int]:
    """Coordinated verbs of speech that the parser hung on the complement but that go on with the speaker."""
    out = []
    for child in complement.children:
        if (
            child.dep_ == "conj"
            and child.lemma_.lower() in ("add", "say", "tell", "ask")
            and not kids_of(child, "nsubj")
        ):
            out.append(child.i)
            out.extend(
                c.i
                for c in complement.children
                if c.dep_ in ("cc", "punct")
                and c.i > complement.i
                and c.i < child.i
                and not any(k.i > c.i for k in complement.children if k.dep_ not in ("cc", "punct", "conj"))
            )
    return out


def _before(scene: Scene, verb: Token, complement: Token) -> set[int]:
    """Content before (and perhaps also after) its cue: the sentence without the cue's own words."""
    own = {verb.i}
    for child in verb.children:
        if child.i == complement.i or child.dep_ == "punct":
            continue
        if child.dep_ in ("conj", "cc") and child.i < verb.i:
            continue
        own |= scene.subtree(child)
    parenthetical = complement.i > verb.i
    if parenthetical:
        # the phrase before the cue is part of what is said
        for child in verb.children:
            if child.dep_ in ("prep", "advmod", "npadvmod", "advcl") and child.right_edge.i < verb.i - 1:
                own -= scene.subtree(child)
    first = min((i for i in own if i > complement.i or parenthetical), default=verb.i)
    tokens = scene.subtree(complement) - own
    sent = verb.sent
    if verb.dep_ == "ROOT":
        tokens |= {i for i in range(sent.start, first) if i not in own}
    return tokens


def _is_participle(scene: Scene, token: Token) -> bool:
    """Whether a supposed clause only describes what was found: "found a boy SHOT in an alley"."""
    clause = scene.clauses.get(token.i)
    return clause is not None and clause.link is Link.PARTICIPLE


def _is_finite(token: Token) -> bool:
    if token.tag_ in FINITE:
        return True
    kids = list(token.children)
    if any(k.dep_ in ("aux", "auxpass", "cop") and k.tag_ in FINITE for k in kids):
        return True
    if any(k.dep_ in ("nsubj", "nsubjpass", "expl") for k in kids):
        return not any(k.dep_ == "aux" and k.lower_ == "to" for k in kids) and token.tag_ != "VBG"
    return any(k.tag_ in ("WRB", "WP", "WDT") or k.lower_ in ("whether", "if", "how", "why") for k in kids)


def _object_and_infinitive(scene: Scene, verb: Token) -> Iterator[tuple[str, set[int]]]:
    for child in verb.children:
        # after an object and a phrase the parser takes the infinitive for an adverbial
        loose = (
            child.dep_ == "advcl" and bool(kids_of(verb, "dobj")) and verb.lemma_ in ("tell", "urge", "order")
        )
        if child.i < verb.i or not (child.dep_ in ("xcomp", "ccomp") or loose) or _is_finite(child):
            continue
        if not any(k.dep_ == "aux" and k.lower_ == "to" for k in child.children):
            continue
        objects = [o for o in kids_of(verb, *_OBJECTS) if verb.i < o.i < child.i]
        inner = kids_of(child, "nsubj", "nsubjpass")
        if not objects and not inner:
            continue
        tokens = scene.subtree(child)
        for o in objects:
            tokens |= scene.subtree(o)
        yield "obj-to", tokens


def kids_of(token: Token, *deps: str) -> list[Token]:
    """Children of a token with one of these relations."""
    return [c for c in token.children if c.dep_ in deps]
