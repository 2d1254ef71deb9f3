"""Find every statement of a report and how statements stand in each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from according.attribution.broken import find_broken
from according.attribution.cues import CueList
from according.attribution.model import StatementDraft
from according.attribution.nominal import find_nominal
from according.attribution.quoted import find_quoted, find_set_out
from according.attribution.scene import Scene
from according.attribution.verbs import find_verbal
from according.language.model import ParsedReport
from according.records import Manner

# Characters a bucket of statements covers.
_STRETCH = 1000
# Words that make a quotation a sentence of its own.
_UTTERANCE = 4


def find_statements(parsed: ParsedReport, cues: CueList) -> tuple[StatementDraft, ...]:
    """Find who says what in a report.

    Args:
        parsed: The report.
        cues: The cue list.

    Returns:
        Statements in the order of their first content, each with the index of
        the innermost statement it stands in.

    Example:
        >>> from according.attribution.cues import load_cues
        >>> from according.language.model import ParsedReport
        >>> from according.language.pipeline import load_pipeline
        >>> from according.records import Report
        >>> text = "Rebels denied that they shelled the town."
        >>> parsed = ParsedReport(Report(id="1", text=text), load_pipeline()(text))
        >>> [(text[slice(*s.source)], s.cue_lemma, s.stance) for s in find_statements(parsed, load_cues())]
        [('Rebels', 'deny', 'denies')]
    """
    scene = Scene(parsed, cues)
    quoted = find_quoted(scene)
    set_out = find_set_out(scene)
    taken = {d.cue_head for d in (*quoted, *set_out) if d.cue_head is not None}
    found = [*quoted, *set_out, *find_verbal(scene, taken), *find_nominal(scene)]
    found = find_broken(scene, _unique([d for d in found if _kept(scene, d)]))
    found = _answered(_gone_on(scene, found))
    found = [replace(d, manner=_manner(scene, d)) for d in found]
    found.sort(key=lambda d: (d.content[0][0], -d.content[-1][1], d.cue or (0, 0)))
    near = _by_stretch(found)
    nested = [replace(d, parent=_parent(found, i, near)) for i, d in enumerate(found)]
    return tuple(_cited(scene, parsed, nested))


def _answered(found: list[StatementDraft]) -> list[StatementDraft]:
    """Give a bare denial behind somebody's words those words: "A accuses B of raids, B DENIES" (the raids).

    The account stays that of the other speaker: what B denies is a statement of its own.
    """
    out = list(found)
    for n, draft in enumerate(found):
        if draft.stance != "denies" or draft.cue is None or draft.cue[0] < draft.content[-1][1]:
            continue
        told = [
            d
            for d in found
            if d is not draft
            and d.cue is not None
            and draft.holds(*d.cue)
            and d.stance in ("alleges", "asserts")
        ]
        if len(told) == 1 and draft.manner != "direct":
            out[n] = replace(draft, content=told[0].content, answers=True)
    return out


def _over_citing(
    parsed: ParsedReport, draft: StatementDraft, found: list[StatementDraft], by_cue: dict[int, int]
) -> int | None:
    """The statement in which somebody is cited: "the daily, QUOTING AN AIDE, said that", or None."""
    if draft.cue_lemma not in ("cite", "quote") or draft.cue_head is None:
        return None
    verb, clause = parsed.doc[draft.cue_head], parsed.clause_at(draft.cue_head)
    if verb.tag_ != "VBG" or clause is None:
        return None
    if clause.governor in by_cue:
        return by_cue[clause.governor]
    over = [i for i, d in enumerate(found) if d is not draft and d.source_head == verb.head.i]
    return over[0] if len(over) == 1 and verb.dep_ in ("acl", "advcl") else None


def _can_be_cited(scene: Scene, token: Token) -> bool:
    """Whether somebody or a paper is cited, and not a reason: "citing SECURITY CONCERNS"."""
    if token.pos_ in ("PROPN", "PRON") or token.ent_type_ in ("PERSON", "ORG", "NORP", "GPE"):
        return True
    lemma = token.lemma_.lower()
    return any(lemma in scene.cues.words(name) for name in ("persons", "organisations", "documents"))


def _cited(scene: Scene, parsed: ParsedReport, found: list[StatementDraft]) -> list[StatementDraft]:
    """Make whoever is cited the inner speaker of what is said: "X said ..., citing Y"."""
    by_cue = {d.cue_head: i for i, d in enumerate(found) if d.cue_head is not None}
    out = []
    for draft in found:
        outer = _over_citing(parsed, draft, found, by_cue)
        named = (
            parsed.doc.char_span(*draft.content[0], alignment_mode="expand") if outer is not None else None
        )
        if outer is None or named is None or not _can_be_cited(scene, named.root):
            out.append(draft)
            continue
        said = found[outer]
        out.append(
            replace(
                draft,
                source=draft.content[0],
                source_head=named.root.i,
                content=said.content,
                manner=said.manner,
                stance="asserts",
                parent=outer,
            )
        )
    return out


def _kept(scene: Scene, draft: StatementDraft) -> bool:
    """Leave out a quoted speaker's words on himself in passing ("I think"), and speech that is only named."""
    if draft.cue_kind == "verb" and draft.cue_head is not None and _only_named(scene, draft.cue_head):
        return False
    return _told(scene, draft)


def _only_named(scene: Scene, cue: int) -> bool:
    """Whether an infinitive names an act of speech that need not have been performed ("the right to ask")."""
    verb = scene.doc[cue]
    if verb.tag_ != "VB" or not any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        return False
    if verb.dep_ not in ("xcomp", "acl", "ccomp", "relcl", "pcomp"):
        return False
    return verb.head.lemma_.lower() not in scene.cues.words("leads_to_speech")


def _told(scene: Scene, draft: StatementDraft) -> bool:
    if draft.cue is None or draft.source_head is None or draft.manner == "direct":
        return draft.cue is None or scene.quotation_at(draft.cue[0]) is None or draft.manner == "direct"
    around = scene.quotation_at(draft.cue[0])
    if around is None or draft.source is None or draft.source[0] < around.start:
        return True
    speaker = scene.doc[draft.source_head]
    if speaker.pos_ != "PRON":
        told = scene.cues.words("told_in_quotations")
        cue = None if draft.cue_head is None else scene.doc[draft.cue_head]
        performed = cue is not None and cue.tag_ != "VB" and cue.dep_ not in ("pcomp", "acl", "amod")
        return performed and draft.cue_kind in ("verb", "adjective") and draft.cue_class in told
    return speaker.lower_ == "we" and draft.cue_class in scene.cues.words("own_words")


def _gone_on(scene: Scene, drafts: list[StatementDraft]) -> list[StatementDraft]:
    """Give a whole quotation without a cue to the speaker of the sentence before it."""
    out = list(drafts)
    told = [n for n, d in enumerate(out) if d.cue_kind == "verb" and d.cue_class == "say" and d.cue]
    used = [piece for d in out for piece in d.content]
    for quote in scene.quotations:
        words = quote.text(scene.text).strip()
        if len(words.split()) < _UTTERANCE or not words[0].isupper() or words[-1] not in ".?!":
            continue
        if any(a < quote.end and quote.start < b for a, b in used):
            continue
        gap = scene.text[: quote.start].rstrip()
        if not gap or gap[-1] != "." or "\n" in scene.text[len(gap) : quote.start]:
            continue
        before = scene.doc.char_span(len(gap) - 1, len(gap), alignment_mode="expand")
        if before is None:
            continue
        sent = before[0].sent
        for n in told:
            cue = out[n].cue
            if cue is not None and sent.start_char <= cue[0] < len(gap) and out[n].parent is None:
                out[n] = replace(out[n], content=tuple(sorted((*out[n].content, (quote.start, quote.end)))))
                break
    return out


def _unique(drafts: Sequence[StatementDraft]) -> list[StatementDraft]:
    out: list[StatementDraft] = []
    heads: set[int] = set()
    keys: set[tuple[object, ...]] = set()
    for draft in drafts:
        key = (draft.cue, draft.content)
        if key in keys or (draft.cue_head is not None and draft.cue_head in heads):
            continue
        keys.add(key)
        if draft.cue_head is not None:
            heads.add(draft.cue_head)
        out.append(draft)
    return out


def _manner(scene: Scene, draft: StatementDraft) -> Manner:
    if draft.manner == "direct" or all(_whole_quotation(scene, *piece) for piece in draft.content):
        return "direct"
    quoted = any(scene.has_quotation(a, b) for a, b in draft.content)
    return "mixed" if quoted else "indirect"


def _whole_quotation(scene: Scene, start: int, end: int) -> bool:
    quote = scene.quotation_at(start)
    return quote is not None and quote.start == start and end <= quote.end


def _by_stretch(drafts: Sequence[StatementDraft]) -> dict[int, list[int]]:
    """Statements by the stretches of text their content touches, so that looking for a parent stays cheap."""
    out: dict[int, list[int]] = {}
    for index, draft in enumerate(drafts):
        stretches = {n for a, b in draft.content for n in range(a // _STRETCH, b // _STRETCH + 1)}
        for n in stretches:
            out.setdefault(n, []).append(index)
    return out


def _parent(drafts: Sequence[StatementDraft], index: int, near: dict[int, list[int]]) -> int | None:
    own = drafts[index]
    at = own.cue or own.content[0]
    size = _size(own)
    best: int | None = None
    for i in near.get(at[0] // _STRETCH, ()):
        other = drafts[i]
        if i == index or not other.holds(*at):
            continue
        if own.cue is None and (_size(other), -i) <= (size, -index):
            continue
        if best is None or _size(other) < _size(drafts[best]):
            best = i
    return best


def _size(draft: StatementDraft) -> int:
    return sum(b - a for a, b in draft.content)
