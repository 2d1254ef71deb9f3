"""Statements that a verb introduces: "said that", "urged them to", "criticised", "is believed to"."""

from __future__ import annotations

from spacy.tokens import Token

from according.attribution.beside import set_beside
from according.attribution.cues import Cue
from according.attribution.holders import asides, contents_of, kids_of, reach_on
from according.attribution.model import StatementDraft
from according.attribution.scene import Scene
from according.language.verbs import load_verb_classes
from according.language.words import Words
from according.records import Stance

_HUMAN_PRONOUNS = frozenset(
    {"he", "she", "they", "who", "we", "i", "many", "some", "others", "one", "those", "both"}
)
_PEOPLE = frozenset({"PERSON", "ORG", "NORP", "GPE"})
_PATTERNS = ("predicated", "that", "obj-to", "to", "raised", "prep", "obj")


def find_verbal(scene: Scene, taken: set[int]) -> list[StatementDraft]:
    """Find the statements of verbs outside those that introduce a whole quotation.

    Args:
        scene: The report.
        taken: Cue tokens that already introduce a quotation.
    """
    out = []
    for i, pos in enumerate(Words.of(scene.doc).pos):
        if pos not in ("VERB", "AUX") or i in taken:
            continue
        token = scene.doc[i]
        cues = scene.cues.verbs.get(scene.lemma(token), ())
        passive = any(c.dep_ in ("auxpass", "nsubjpass", "agent") for c in token.children)
        if passive or (token.dep_ in ("acl", "relcl") and token.tag_ == "VBN"):
            draft = _passive(scene, token)
            if draft is not None:
                out.append(draft)
                continue
        if not cues or (token.tag_ == "VBN" and token.dep_ in ("amod", "compound")):
            continue
        draft = _active(scene, token, cues, passive=passive)
        if draft is not None:
            out.append(draft)
    return out


def _by_agent(scene: Scene, verb: Token, cues: tuple[Cue, ...]) -> StatementDraft | None:
    """A passive with its speaker: "the plan was rejected by the council"."""
    agents = [h for a in kids_of(verb, "agent") for h in kids_of(a, "pobj")]
    cue = next((c for c in cues if "obj" in c.takes and not c.rest), None)
    if (
        not agents
        or cue is None
        or cue.name in ("claim", "order-object")
        or not _speaks(scene, agents[0].i, cue)
    ):
        return None
    if verb.dep_ == "acl" and cue.lemma in ("back", "support") and _speaks(scene, verb.head.i, cue):
        return None  # "the army, BACKED BY mercenaries"
    subjects = [s for s in kids_of(verb, "nsubjpass") if s.tag_ not in ("WDT", "WP")]
    if subjects:
        tokens = scene.subtree(subjects[0])
    elif verb.dep_ in ("acl", "relcl"):
        tokens = scene.subtree(verb.head, [verb.i])
    else:
        return None
    content = scene.pieces(tokens)
    if not content:
        return None
    start, end = scene.cue(verb.i)
    by = kids_of(verb, "agent")[0]
    if by.i == verb.i + 1:
        end = by.idx + len(by.text)
    return StatementDraft(
        scene.noun_phrase(agents[0]), agents[0].i, (start, end), verb.i, cue.lemma, "verb", cue.name, content,
        "indirect", cue.stance, presupposes=True,
    )  # fmt: skip


def _active(scene: Scene, verb: Token, cues: tuple[Cue, ...], *, passive: bool) -> StatementDraft | None:
    if passive:
        return _by_agent(scene, verb, cues)
    source, head = scene.source(verb.i)
    if _is_polite(scene, verb, head):
        return None
    best: tuple[int, int, Cue, list[int], str, set[int]] | None = None
    for cue in cues:
        rest = _rest_words(verb, cue)
        if rest is None or (cue.documents and not _is_document(scene, head)):
            continue
        for pattern, tokens in contents_of(scene, verb, cue, rest):
            citing = verb.tag_ == "VBG" and cue.lemma in ("cite", "quote") and head is not None
            if pattern == "obj" and (
                not (citing or _speaks(scene, head, cue)) or _called_home(scene, verb, cue)
            ):
                continue
            if pattern == "to" and head is None:
                continue
            rank = (-len(rest), _PATTERNS.index(pattern))
            if best is None or rank < best[:2]:
                best = (*rank, cue, rest, pattern, tokens)
    if best is None:
        return None
    _, _, cue, rest, pattern, tokens = best
    if pattern == "raised":
        source = head = None  # to whom it seems so is not said
    if head in tokens and pattern == "that":
        # a cue set between commas took the subject of what is said
        nearer = [s for s in kids_of(verb, "nsubj") if s.i not in tokens]
        if nearer:
            source, head = scene.noun_phrase(nearer[-1]), nearer[-1].i
    if pattern in ("that", "to", "obj") and cue.takes & {"that", "to"}:
        tokens = reach_on(scene, verb, tokens)
    if cue.name == "say":
        tokens = tokens - set_beside(scene, verb, tokens)
    content = scene.pieces(tokens - {verb.i})
    if not content or (cue.name == "refuse" and _is_speech(scene, tokens, verb)):
        return None
    stance, left_open = _negated(scene, verb, cue)
    return StatementDraft(
        source, head, scene.cue(verb.i, rest), verb.i, " ".join([cue.lemma, *cue.rest]),
        "verb", cue.name, content, "indirect", stance,
        presupposes=cue.presupposes or left_open or (pattern == "obj" and cue.name == "talk"),
        stands_for=scene.antecedent(verb.i, source),
    )  # fmt: skip


def _is_polite(scene: Scene, verb: Token, head: int | None) -> bool:
    """Whether a wish is a polite way of doing it at once: "we WOULD LIKE to thank the medics"."""
    if scene.lemma(verb) not in ("like", "want", "wish"):
        return False
    done = [c for c in kids_of(verb, "xcomp") if scene.lemma(c) in load_verb_classes().performed]
    would = any(c.lower_ in ("would", "'d", "’d") for c in kids_of(verb, "aux"))
    own = head is not None and scene.doc[head].lower_ in ("i", "we") and verb.tag_ == "VBP"
    return bool(done) and (would or own) and not kids_of(verb, "neg")


def _called_home(scene: Scene, verb: Token, cue: Cue) -> bool:
    """Whether somebody is recalled, and not something that was: "RECALLED its ambassador"."""
    objects = kids_of(verb, "dobj")
    return cue.lemma == "recall" and bool(objects) and _speaks(scene, objects[-1].i, cue)


def _negated(scene: Scene, verb: Token, cue: Cue) -> tuple[Stance, bool]:
    """Stance of a cue under negation, and whether its content is left open by the speaker.

    "Did not believe that" denies; "did not say", "would not confirm" and
    "neither confirmed nor denied" leave the content to the voice around it;
    "declined to say" is a refusal.
    """
    above = verb.head
    if (
        verb.dep_ == "xcomp"
        and above.lemma_.lower() in scene.cues.words("refusals")
        and cue.stance != "wants"
    ):
        return "wants", True
    marked = kids_of(verb, "neg") or [
        c for c in kids_of(verb, "preconj", "cc") if c.lower_ in ("neither", "nor")
    ]
    joined = verb.dep_ == "conj" and any(
        c.lower_ in ("neither", "nor") and c.i < verb.i for c in kids_of(above, "preconj", "cc", "advmod")
    )
    if not marked and not joined:
        return cue.stance, False
    if cue.name == "believe" and cue.stance == "alleges":
        return "denies", False
    return cue.stance, cue.name == "reject" or cue.stance in ("asserts", "alleges", "denies")


def _is_speech(scene: Scene, tokens: set[int], verb: Token) -> bool:
    """Whether what is refused is a saying with a content of its own ("declined to say whether")."""
    for child in verb.children:
        if child.dep_ == "xcomp" and child.i in tokens and child.lemma_.lower() in scene.cues.verbs:
            return any(c.dep_ == "ccomp" for c in child.children)
    return False


def _speaks(scene: Scene, head: int | None, cue: Cue) -> bool:
    if head is None:
        return False
    token = scene.doc[head]
    if token.lower_ in _HUMAN_PRONOUNS or token.ent_type_ in _PEOPLE:
        return True
    if cue.documents:
        return _is_document(scene, head)
    if token.lower_ == "it":
        return cue.name in scene.cues.words("bodies_do")
    lemma = token.lemma_.lower()
    if lemma in scene.cues.words("shares") or token.ent_type_ in ("CARDINAL", "PERCENT"):
        # "dozens of members": those who are counted speak
        of = [h for c in kids_of(token, "prep") if c.lower_ == "of" for h in kids_of(c, "pobj")]
        if of and of[0].i != head:
            return _speaks(scene, of[0].i, cue)
    return (
        token.pos_ == "PROPN"
        or lemma in scene.cues.words("persons")
        or lemma in scene.cues.words("organisations")
    )


def _is_document(scene: Scene, head: int | None) -> bool:
    return head is not None and scene.doc[head].lemma_.lower() in scene.cues.words("documents")


def _rest_words(verb: Token, cue: Cue) -> list[int] | None:
    """Tokens of the words after the verb that its entry asks for, in order; None if one is missing."""
    out: list[int] = []
    at = verb.i
    doc = verb.doc
    for word in cue.rest:
        reach = 5 if word == "as" else 3
        found = None
        for j in range(at + 1, min(at + reach + (8 if word == "as" else 0), len(doc))):
            token = doc[j]
            if token.lower_ == word and (
                token.head.i == verb.i
                or token.head.i in out
                or (word != "as" and token.head.head.i == verb.i)
            ):
                found = j
                break
            if token.is_sent_start:
                break
        if found is None:
            return None
        out.append(found)
        at = found
    return out


def _passive(scene: Scene, verb: Token) -> StatementDraft | None:
    cues = scene.cues.passives.get(verb.lemma_.lower(), ())
    if not cues or any(c.dep_ == "agent" for c in verb.children):
        return None
    under = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "oprd") and c.i > verb.i]
    charged = verb.lemma_.lower() in scene.cues.words("charges")
    with_phrase = ("as", "of", "for", "with") if charged else ("as",)
    under += [c for c in verb.children if c.dep_ == "prep" and c.lower_ in with_phrase and c.i > verb.i]
    if not under:
        return None
    subject = kids_of(verb, "nsubjpass")
    tokens: set[int] = set()
    for child in under:
        tokens |= scene.subtree(child, [child.i] if child.lower_ in ("of", "for", "with") else ())
        for held in child.children:
            tokens |= scene.subtree(held)
    if subject and subject[0].lower_ not in ("it", "that", "which", "who"):
        tokens |= scene.subtree(subject[0], asides(scene, subject[0]))
    elif not subject and verb.dep_ in ("acl", "relcl"):
        noun = verb.head
        tokens |= scene.subtree(noun, [verb.i])
    if verb.lemma_.lower() in ("tell", "ask", "urge") and under[0].dep_ == "ccomp":
        tokens = scene.subtree(under[0])
    content = scene.pieces(tokens)
    if not content:
        return None
    cue = cues[-1] if under[0].dep_ == "xcomp" and cues[-1].name == "scheduled" else cues[0]
    return StatementDraft(
        None,
        None,
        scene.cue(verb.i),
        verb.i,
        verb.lemma_.lower(),
        "verb",
        cue.name,
        content,
        "indirect",
        cue.stance,
    )
