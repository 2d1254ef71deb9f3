"""Sentences that a line break or an abbreviation cut in two: statements that reach over the cut."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span, Token

from according.attribution.holders import kids_of
from according.attribution.model import Chars, StatementDraft
from according.attribution.scene import Scene

_REACHING = frozenset({"say", "claim", "deny", "believe", "report"})
_LONGEST_NAME = 12


def find_broken(scene: Scene, found: list[StatementDraft]) -> list[StatementDraft]:
    """Mend the statements of sentences that were cut in two.

    Args:
        scene: The report.
        found: Statements found sentence by sentence.

    Returns:
        The same statements, those that stop at a cut reaching to the end of
        the whole sentence, and the statements whose content was cut off.
    """
    spans = list(scene.doc.sents)
    pairs = {i for i in range(len(spans) - 1) if _cut(scene, spans[i], spans[i + 1])}
    if not pairs:
        return found
    out = list(found)
    for i in sorted(pairs):
        last = i + 1
        while last in pairs:
            last += 1
        first = i
        while first - 1 in pairs:
            first -= 1
        whole = (spans[first].start, spans[last].end)
        for part in (spans[i], spans[i + 1]):
            out = _mend(scene, part, whole, out)
    return out


def _cut(scene: Scene, left: Span, right: Span) -> bool:
    words = [t for t in left if not t.is_space]
    after = next((t for t in right if not t.is_space), None)
    if not words or after is None or scene.text[left.start_char : right.start_char].count("\n\n"):
        return False
    last = words[-1]
    title = last.lower_ if last.text != "." or len(words) < 2 else words[-2].lower_ + "."
    if title in scene.cues.words("titles_with_stop"):
        return after.text[:1].isupper()
    return last.text[-1].isalnum() and after.text[:1].islower()


def _mend(
    scene: Scene, part: Span, whole: tuple[int, int], found: list[StatementDraft]
) -> list[StatementDraft]:
    end = _end(scene, whole[1])
    held = {d.cue_head: n for n, d in enumerate(found) if d.cue_head is not None}
    for verb in part:
        if verb.pos_ != "VERB" or verb.tag_ not in ("VBD", "VBZ", "VBP") or not kids_of(verb, "nsubj"):
            continue
        if not any(
            "that" in c.takes and c.name == "say" for c in scene.cues.verbs.get(verb.lemma_.lower(), ())
        ):
            continue
        known = held.get(verb.i)
        if known is not None:
            draft = found[known]
            stops = scene.trim(part.start_char, part.end_char)
            if draft.cue_class in _REACHING and stops and draft.content[-1][1] == stops[1] < end:
                *others, (a, _) = draft.content
                found[known] = replace(draft, content=(*others, (a, end)))
                continue
            if draft.manner == "direct" or draft.content[-1][0] > verb.idx:
                continue
        draft_of = _of(scene, verb, part, whole, end)
        if draft_of is None:
            continue
        if known is None:
            found.append(draft_of)
        else:
            found[known] = draft_of
        held[verb.i] = len(found) - 1 if known is None else known
    return found


def _of(scene: Scene, verb: Token, part: Span, whole: tuple[int, int], end: int) -> StatementDraft | None:
    doc = scene.doc
    subject = kids_of(verb, "nsubj")[0]
    left = subject.left_edge.i
    source, head = scene.noun_phrase(subject), subject.i
    pieces: list[Chars | None] = []
    if left <= part.start + 1 and part.start > whole[0]:
        opening = _comma_before(scene, part.start, whole[0])
        if opening is None or any(not t.is_space and t.is_alpha for t in doc[verb.i + 3 : part.end]):
            return None
        source = (doc[opening + 1].idx, source[1])
        pieces = [scene.trim(doc[whole[0]].idx, doc[opening].idx)]
    elif part.end < whole[1] and subject.i < verb.i:
        if doc[left - 1].text == "," and left - 1 > whole[0]:
            pieces.append(scene.trim(doc[whole[0]].idx, doc[left - 1].idx))
        start = verb.i + 2 if doc[verb.i + 1].lower_ == "that" else verb.i + 1
        pieces.append(scene.trim(doc[start].idx, end))
    content = tuple(p for p in pieces if p is not None)
    if not content:
        return None
    return StatementDraft(
        source, head, scene.cue(verb.i), verb.i, verb.lemma_.lower(), "verb", "say", content,
        "indirect", "asserts",
    )  # fmt: skip


def _comma_before(scene: Scene, at: int, start: int) -> int | None:
    for i in range(at - 1, max(start, at - _LONGEST_NAME), -1):
        token = scene.doc[i]
        if token.text == ",":
            return i
        if token.pos_ in ("VERB", "AUX"):
            return None
    return None


def _end(scene: Scene, token: int) -> int:
    last = scene.doc[token - 1]
    cut = scene.trim(scene.doc[0].idx, last.idx + len(last.text))
    return cut[1] if cut else last.idx
