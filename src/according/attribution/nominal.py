"""Statements that nouns, adjectives, adverbs and prepositions introduce."""

from __future__ import annotations

from spacy.tokens import Token

from according.attribution.cues import Cue
from according.attribution.holders import asides, past_opening
from according.attribution.model import StatementDraft
from according.attribution.scene import Scene
from according.language.model import Function
from according.language.words import Words

_SHORTEST = 8
_DENYING = frozenset({"deny", "reject", "dismiss", "refute"})
_UNOWNED = frozenset({"report", "fear", "want"})


def find_nominal(scene: Scene) -> list[StatementDraft]:
    """Find the statements that are not introduced by a verb."""
    out: list[StatementDraft] = []
    cues = scene.cues
    words = Words.of(scene.doc)
    forms = {*cues.adjectives, *cues.adverbs, *cues.labels, *cues.prepositions, "by", "under"}
    for i, (lower, pos) in enumerate(zip(words.lower, words.pos, strict=True)):
        lemma = words.lemma[i].lower()
        if lower not in forms and (pos != "NOUN" or lemma not in cues.nouns):
            continue
        token = scene.doc[i]
        draft = None
        if pos == "NOUN" and lemma in cues.nouns:
            draft = _noun(scene, token, cues.nouns[lemma])
        elif pos in ("ADJ", "VERB") and lower in cues.adjectives and token.dep_ not in ("amod", "compound"):
            draft = _adjective(scene, token, cues.adjectives[lower])
        elif pos == "ADV" and lower in cues.adverbs:
            draft = _adverb(scene, token, cues.adverbs[lower][0])
        elif token.dep_ == "amod" and lower in cues.labels:
            draft = _label(scene, token, cues.labels[lower][0])
        if draft is None and lower in cues.prepositions:
            draft = _preposition(scene, token, cues.prepositions[lower])
        if draft is None and lower in ("by", "under") and token.dep_ == "prep":
            draft = _account(scene, token)
        if draft is not None:
            out.append(draft)
    return out


def _under(token: Token, cue: Cue) -> tuple[str, list[Token], Token | None]:
    """What holds the content of a noun or adjective: its kind, tokens, and the preposition."""
    for child in token.children:
        if child.i < token.i:
            continue
        marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "aux")}
        finite = child.dep_ == "ccomp" or (child.dep_ == "acl" and "that" in marks)
        if "that" in cue.takes and finite and "to" not in marks:
            return "that", [child], None
        if "to" in cue.takes and child.dep_ in ("acl", "xcomp") and "to" in marks:
            return "to", [child], None
        if child.dep_ == "prep" and child.lower_ in cue.takes:
            held = [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
            if held:
                return "prep", held, child
    verb = token.head
    if token.pos_ == "NOUN" and token.dep_ == "nsubj" and verb.lemma_ == "be" and "that" in cue.takes:
        for child in verb.children:
            # "the hope is that prices fall"
            if child.dep_ == "ccomp" and child.i > verb.i and any(c.lower_ == "that" for c in child.children):
                return "that", [child], None
    return "", [], None


def _noun(scene: Scene, noun: Token, cues: tuple[Cue, ...]) -> StatementDraft | None:
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in _DENYING:
        return None  # "denied a report that ...": what is denied is the denier's
    for cue in cues:
        kind, held, preposition = _under(noun, cue)
        if not held or held[0].lemma_ == "responsibility":  # a "claim of responsibility" is no account
            continue
        source, head = _owner(scene, noun)
        if source is None and not (kind == "that" or (cue.name in _UNOWNED and kind in ("that", "prep"))):
            continue
        if (
            source is None
            and cue.name == "want"
            and noun.dep_ != "nsubj"
            and noun.lemma_.lower() not in ("call", "demand", "appeal")
        ):
            continue
        tokens = set().union(*(scene.subtree(t, asides(scene, t)) for t in held))
        content = scene.pieces(tokens)
        if not content:
            continue
        others = [] if preposition is None else [preposition.i]
        return StatementDraft(
            source, head, scene.cue(noun.i, others), noun.i, noun.lemma_.lower(), "noun", cue.name, content,
            "indirect", cue.stance, presupposes=cue.presupposes,
        )  # fmt: skip
    return None


def _owner(scene: Scene, noun: Token) -> tuple[tuple[int, int] | None, int | None]:
    for child in noun.children:
        if child.dep_ == "poss":
            return scene.noun_phrase(child), child.i
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "from") and child.i > noun.i:
            for held in child.children:
                if held.dep_ == "pobj" and (
                    held.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") or held.pos_ == "PROPN"
                ):
                    return scene.noun_phrase(held), held.i
    clause = scene.clauses.get(noun.i)
    if clause is not None and clause.support_kind == "light":
        for argument in clause.get(Function.SUBJECT):
            return scene.noun_phrase(scene.doc[argument.head]), argument.head
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_.lower() in scene.cues.words("carriers"):
        return scene.source(verb.i)
    return None, None


def _adjective(scene: Scene, adjective: Token, cues: tuple[Cue, ...]) -> StatementDraft | None:
    for cue in cues:
        kind, held, preposition = _under(adjective, cue)
        made = adjective.head.lemma_ == "make" and adjective.lower_ == "clear"
        if not held and "that" in cue.takes and (adjective.dep_ == "acomp" or made):
            held = [c for c in adjective.head.children if c.dep_ == "ccomp" and c.i > adjective.i]
        after = _that_follows(scene, adjective) if "that" in cue.takes and not preposition else set()
        if not held and not after:
            continue
        verb = adjective.head
        source, head = scene.source(verb.i if verb.lemma_ == "make" else adjective.i)
        if source is None and adjective.dep_ == "acomp":
            source, head = scene.source(verb.i)
        if source is None or head is None or scene.doc[head].lower_ in ("it", "this", "that", "there"):
            continue
        tokens = past_opening(scene, set().union(*(scene.subtree(t) for t in held)) if held else after)
        content = scene.pieces(tokens)
        if not content:
            continue
        a, b = scene.cue(adjective.i, [] if preposition is None else [preposition.i])
        if (
            (adjective.dep_ == "acomp" or verb.lemma_ == "make")
            and verb.i < adjective.i
            and adjective.i - verb.i < 4
        ):
            a = min(a, scene.cue(verb.i)[0])
        return StatementDraft(
            source, head, (a, b), adjective.i, adjective.lower_, "adjective", cue.name, content,
            "indirect", cue.stance,
            presupposes=cue.presupposes or kind == "prep",
        )  # fmt: skip
    return None


def _that_follows(scene: Scene, adjective: Token) -> set[int]:
    """The rest of the sentence after "was clear that", where the parser hung it elsewhere."""
    following = adjective.i + 1
    made = adjective.head.lemma_ == "make" and adjective.lower_ == "clear"
    if (adjective.dep_ != "acomp" and not made) or following + 1 >= adjective.sent.end:
        return set()
    token = scene.doc[following]
    if token.lower_ != "that" or token.tag_ != "IN":
        return set()
    return set(range(following + 1, adjective.sent.end))


def _adverb(scene: Scene, adverb: Token, cue: Cue) -> StatementDraft | None:
    head = adverb.head
    tokens = scene.subtree(head, [adverb.i])
    if head.pos_ in ("VERB", "AUX"):
        for child in head.children:
            if (child.dep_ in ("conj", "cc") and child.i > head.i) or (
                child.dep_ in ("ccomp", "parataxis") and child.i < head.i
            ):
                tokens -= scene.subtree(child)
    content = scene.pieces(tokens)
    if not content:
        return None
    return StatementDraft(
        None, None, (adverb.idx, adverb.idx + len(adverb.text)), adverb.i, adverb.lower_, "adverb", cue.name,
        content, "indirect", cue.stance,
    )  # fmt: skip


def _label(scene: Scene, label: Token, cue: Cue) -> StatementDraft | None:
    content = scene.pieces(
        scene.subtree(label.head, [label.i]) - {c.i for c in label.head.children if c.dep_ == "det"}
    )
    if not content:
        return None
    return StatementDraft(
        None, None, (label.idx, label.idx + len(label.text)), label.i, label.lower_, "adjective", cue.name,
        content, "indirect", cue.stance,
    )  # fmt: skip


def _preposition(scene: Scene, token: Token, cues: tuple[Cue, ...]) -> StatementDraft | None:
    doc = scene.doc
    for cue in cues:
        words = [doc[token.i + k].lower_ for k in range(1, len(cue.rest) + 1) if token.i + k < len(doc)]
        if tuple(words) != cue.rest or (not cue.rest and cue.lemma == "per" and token.pos_ != "ADP"):
            continue
        last = doc[token.i + len(cue.rest)]
        held = [c for c in last.children if c.dep_ in ("pobj", "dobj", "pcomp") and c.i > last.i]
        if not held:
            continue
        if cue.name == "cite":
            continue
        if cue.lemma == "per" and held[0].ent_type_ not in ("ORG", "PERSON"):
            continue
        content = _around(scene, token, held[0])
        if not content:
            continue
        a, b = token.idx, last.idx + len(last.text)
        speaker = _author(scene, held[0]) or held[0]
        return StatementDraft(
            scene.noun_phrase(speaker), speaker.i, (a, b), token.i, " ".join([cue.lemma, *cue.rest]),
            "preposition", cue.name, content, "indirect", cue.stance,
        )  # fmt: skip
    return None


def _author(scene: Scene, noun: Token) -> Token | None:
    """Whose report it is: "a report by the agency"."""
    if noun.lemma_.lower() not in scene.cues.words("documents"):
        return None
    for by in noun.children:
        if by.dep_ == "prep" and by.lower_ == "by":
            for held in by.children:
                if held.dep_ == "pobj":
                    return held
    return None


def _account(scene: Scene, token: Token) -> StatementDraft | None:
    """Find "by one estimate" and "under her plan": the account or plan, and the rest of the sentence."""
    held = [c for c in token.children if c.dep_ == "pobj" and c.i > token.i]
    if not held or token.sent.end - token.sent.start < _SHORTEST:
        return None
    noun, lemma = held[0], held[0].lemma_.lower()
    owners = [c for c in noun.children if c.dep_ == "poss"]
    edge = token.i == token.sent.start or scene.doc[token.i - 1].text == ","
    if token.lower_ == "by" and edge and lemma in scene.cues.words("accounts"):
        source, head, start, end = scene.noun_phrase(noun), noun.i, token.idx, token.idx + len(token.text)
        cue_class, wanted = "according", False
    elif token.lower_ == "under" and edge and owners and lemma in scene.cues.words("plans"):
        source, head = scene.noun_phrase(owners[0]), owners[0].i
        start, end = noun.idx, noun.idx + len(noun.text)
        cue_class, wanted = "want", True
    else:
        return None
    content = _around(scene, token, noun)
    if not content:
        return None
    return StatementDraft(
        source, head, (start, end), token.i, lemma, "preposition", cue_class, content, "indirect",
        "wants" if wanted else "asserts",
    )  # fmt: skip


def _participle_over(scene: Scene, token: Token) -> Token | None:
    """The clause "KILLING 12 according to the ministry", where somebody else says the rest."""
    verb = token.head
    if token.i == token.sent.start or scene.doc[token.i - 1].text == "," or verb.tag_ != "VBG":
        return None
    if (
        verb.dep_ not in ("advcl", "acl")
        or not verb.left_edge.i
        or scene.doc[verb.left_edge.i - 1].text != ","
    ):
        return None
    says = any(t.lemma_ == "say" and t.i < verb.i and t.dep_ == "ROOT" for t in token.sent)
    return verb if says else None


def _around(scene: Scene, token: Token, held: Token) -> tuple[tuple[int, int], ...]:
    """The clause that an "according to" phrase covers: its sentence without the phrase."""
    top = token
    while (
        top.dep_ in ("prep", "pcomp", "pobj") and top.head.i != top.i and top.head.pos_ not in ("VERB", "AUX")
    ):
        top = top.head
        if top.pos_ in ("NOUN", "PROPN") and top.head.pos_ in ("VERB", "AUX"):
            break
    phrase = {token.i} | scene.subtree(held)  # with what is told of the speaker: "officials, WHO SAID"
    phrase |= set(range(token.i, max(phrase) + 1))
    sent = token.sent
    inner = _participle_over(scene, token)
    if inner is not None:
        return scene.pieces(set(range(inner.left_edge.i, inner.right_edge.i + 1)) - phrase)
    tokens = {i for i in range(sent.start, sent.end) if i not in phrase}
    head = token.head
    while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
        head = head.head
    if head.pos_ in ("VERB", "AUX") and token.i == sent.start:
        for child in head.children:
            if (
                child.dep_ == "conj"
                and child.i > head.i
                and any(c.dep_ == "cc" and c.lower_ == "but" for c in head.children)
            ):
                tokens -= scene.subtree(child)
    return scene.pieces(tokens)
