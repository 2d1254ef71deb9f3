"""The chain of speakers over a word: who says that who says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from according.attribution.model import ChainLink, StatementDraft
from according.language.model import ParsedReport

_MAX_DEPTH = 50


def attribution_chain(
    parsed: ParsedReport,
    drafts: Sequence[StatementDraft],
    token: int,
    *,
    speech_act: bool = False,
    presupposed: bool = False,
    same_speaker: Callable[[int, int], bool] | None = None,
    near: Sequence[int] | None = None,
) -> tuple[ChainLink, ...]:
    """Give the speakers of an event, outermost first.

    Args:
        parsed: The report.
        drafts: Its statements.
        token: The event's trigger.
        speech_act: The event is an act of speech of its own speaker
            ("we condemn"): he performs it, so it is told by the next outer
            voice.
        presupposed: The event is taken for granted ("discussed the attack"):
            it belongs to the next outer voice than the one that presupposes
            it. In a direct quotation everything stays the speaker's.
        same_speaker: Whether two speakers (by `source_head`) are the same;
            by default their words are compared.
        near: Indices of the statements that may hold the trigger; all by
            default.

    Returns:
        One link a speaker; empty when the report itself speaks.
    """
    word = parsed.doc[token]
    start, end = word.idx, word.idx + len(word.text)
    candidates = range(len(drafts)) if near is None else near
    over = [
        i
        for i in candidates
        if drafts[i].holds(start, end) and drafts[i].cue_head != token and not drafts[i].answers
    ]
    over.sort(key=lambda i: (-_depth(drafts, i), sum(b - a for a, b in drafts[i].content)))
    if over and _leaves(drafts[over[0]], speech_act=speech_act, presupposed=presupposed):
        over = over[1:]
    # what the outer speakers take for granted is not theirs either: "praised her readiness to host talks"
    over = [i for n, i in enumerate(over) if n == 0 or not drafts[i].presupposes]
    links: list[ChainLink] = []
    for index in reversed(over):
        draft = drafts[index]
        if links and _same(parsed, drafts[links[-1].draft], draft, same_speaker):
            links[-1] = ChainLink(links[-1].draft, draft.stance)
            continue
        links.append(ChainLink(index, draft.stance))
    return tuple(links)


def _leaves(inner: StatementDraft, *, speech_act: bool, presupposed: bool) -> bool:
    """Whether the event belongs to the next outer voice and not to the innermost speaker."""
    if inner.presupposes or speech_act:
        return True
    return presupposed and inner.manner != "direct"


def _depth(drafts: Sequence[StatementDraft], index: int) -> int:
    depth, now = 0, drafts[index].parent
    while now is not None and depth < _MAX_DEPTH:
        depth, now = depth + 1, drafts[now].parent
    return depth


def _same(
    parsed: ParsedReport,
    outer: StatementDraft,
    inner: StatementDraft,
    same_speaker: Callable[[int, int], bool] | None,
) -> bool:
    a, b = outer.source_head, inner.source_head
    if a is None or b is None:
        return False
    if parsed.doc[b].lower_ in ("we", "i"):
        return True
    if same_speaker is not None:
        return same_speaker(a, b)
    return parsed.doc[a].lower_ == parsed.doc[b].lower_
