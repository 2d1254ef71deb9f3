"""Tell the parts of a report: title, byline, dateline, caption, body, boilerplate.

A report's text is kept as received, so everything a page or a wire puts round
the story is still in it. Each paragraph gets one kind by its looks, its place
and its neighbours (`data/regions.yml` holds the patterns); a dateline, and a
title that the text runs into its first paragraph, are parted from the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from according.records import Region, RegionKind, Report
from according.region_lines import LineKinds, dateline_end, fold, load_line_kinds
from according.texts import is_hard_wrapped

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BLANK = re.compile(r"[ \t\xa0]*(?:\r\n|\r|\n)[ \t\xa0]*(?:\r\n|\r|\n)")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*$")
_TITLE_CHARS = 200
_HEAD = 8
"""Paragraphs from the top among which bylines and titles are looked for."""
_TAIL = 5
_LINKS = 8
"""Lines at most that one announcement of links takes with it."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One paragraph, or a piece of one.

    Attributes:
        start, end: Where it stands, without white space at its ends.
        words: Its words with single spaces, at most `region_lines.LONGEST`.
        kind: What it is.
        repeats: Start of the earlier part it repeats.
    """

    start: int
    end: int
    words: str
    kind: RegionKind = "body"
    repeats: int | None = None


def find_regions(text: str, *, title: str | None = None) -> tuple[Region, ...]:
    r"""Divide a report's text into regions.

    Args:
        text: The report's text.
        title: Its title where that came with it; it need not stand in the text.

    Returns:
        Regions in text order, without overlap. Each character that is not
        white space stands in exactly one. Titles, captions and repeated
        paragraphs are regions of their own; other neighbours of one kind are
        one region.

    Example:
        >>> text = "Rebels free hostages\n\nGOMA, Congo (AP) — Rebels freed two nurses on Monday."
        >>> [(r.kind, text[r.start:r.end]) for r in find_regions(text)][:2]
        [('title', 'Rebels free hostages'), ('dateline', 'GOMA, Congo (AP) —')]
    """
    kinds = load_line_kinds()
    parts = _split_title(_paragraphs(text), text, title)
    parts = _mark_boilerplate(parts, kinds)
    parts = _mark_lone_datelines(parts, kinds)
    parts = _mark_head(parts, title, kinds)
    parts = _mark_captions(parts, kinds)
    parts = _mark_bylines(parts, kinds)
    parts = _mark_decks(parts, kinds)
    parts = _split_datelines(parts, text, kinds)
    return _merge(_mark_repeats(parts))


def find_title(text: str) -> str | None:
    r"""Get the title a plain text opens with.

    Args:
        text: The report's text.

    Returns:
        The words of its first title, with single spaces, or None.

    Example:
        >>> find_title("Rebels free hostages\n\nRebels freed two nurses on Monday.")
        'Rebels free hostages'
    """
    for region in find_regions(text):
        if region.kind == "title":
            return " ".join(text[region.start : region.end].split())
    return None


def with_regions(report: Report) -> Report:
    """Give a report its regions, and its dateline where it has none.

    Args:
        report: Any report; regions it already has are kept.

    Returns:
        The report with `regions` and, if the text opens with one, `dateline`.
    """
    if report.regions:
        return report
    regions = find_regions(report.text, title=report.title)
    first = next((r for r in regions if r.kind == "dateline"), None)
    update: dict[str, object] = {"regions": regions}
    if report.dateline is None and first is not None:
        words = " ".join(report.text[first.start : first.end].split())
        update["dateline"] = re.sub(r"\s*(?:[-–—_:]+)?\s*(?:\[[^\]]*\]\s*)*$", "", words) or None
    return report.model_copy(update=update)


def _paragraphs(text: str) -> list[_Part]:
    """Cut the text at line ends, or where lines are only wrapped, at blank lines and after short lines."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text)]
    lines = [_trim(text, a, b) for a, b in lines if text[a:b].strip()]
    if is_hard_wrapped(text):
        joined: list[tuple[int, int]] = []
        for a, b in lines:
            last = text.rfind("\n", 0, joined[-1][1]) if joined else 0
            short = bool(joined) and joined[-1][1] - max(last, joined[-1][0]) < 45
            if joined and not short and not _BLANK.search(text, joined[-1][1], a):
                joined[-1] = (joined[-1][0], b)
            else:
                joined.append((a, b))
        lines = joined
    return [_Part(a, b, fold(text, a, b)) for a, b in lines]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _key(words: str) -> str:
    """What two tellings of one title or caption have in common."""
    return re.sub(r"\W+", " ", words.casefold()).strip()


def _split_title(parts: list[_Part], text: str, title: str | None) -> list[_Part]:
    """Part a known title from the paragraph it is run into."""
    words = (title or "").split()
    if not words or not parts or len(title or "") > 4 * _TITLE_CHARS:
        return parts
    first = parts[0]
    run = re.compile(r"\s+".join(map(re.escape, words)) + r"\s*[.:;|—–-]?\s+(?=\S)")
    found = run.match(text, first.start, first.end)
    if found is None or found.end() >= first.end:
        return parts
    a, b = _trim(text, first.start, found.end())
    return [
        _Part(a, b, fold(text, a, b)),
        _Part(found.end(), first.end, fold(text, found.end(), first.end)),
        *parts[1:],
    ]


def _mark_boilerplate(parts: Sequence[_Part], kinds: LineKinds) -> list[_Part]:
    """Find boilerplate; headline-like lines after an announcement of links belong to it."""
    out: list[_Part] = []
    links = 0
    for part in parts:
        if kinds.is_link_header(part.words):
            links = _LINKS
        elif kinds.is_boilerplate(part.words):
            pass
        elif links and len(part.words) < 120 and not _ENDS_SENTENCE.search(part.words):
            links -= 1
        else:
            links = 0
            out.append(part)
            continue
        out.append(replace(part, kind="boilerplate"))
    return out


def _mark_lone_datelines(parts: Sequence[_Part], kinds: LineKinds) -> list[_Part]:
    """Find datelines near the top that stand in a line of their own."""
    out = list(parts)
    for i, part in enumerate(parts[:_HEAD]):
        if part.kind == "body" and i + 1 < len(parts) and kinds.is_dateline(part.words):
            out[i] = replace(part, kind="dateline")
    return out


def _mark_head(parts: Sequence[_Part], title: str | None, kinds: LineKinds) -> list[_Part]:
    """Find the title: the given one wherever it stands, else a first line that looks like one."""
    out = list(parts)
    wanted = _key(title or "")
    if wanted:
        for i, part in enumerate(out):
            if len(part.words) < 2 * _TITLE_CHARS and _key(part.words) == wanted:
                out[i] = replace(part, kind="title")
        if any(part.kind == "title" for part in out):
            return out
    body = [i for i, part in enumerate(out) if part.kind == "body"]
    if len(body) < 2 or body[0] > 3:
        return out
    first, following = out[body[0]], out[body[1]]
    if _is_headline(first, following, kinds):
        key = _key(first.words)
        for i in body:
            if len(out[i].words) < 2 * _TITLE_CHARS and _key(out[i].words) == key:
                out[i] = replace(out[i], kind="title")
    return out


def _is_headline(part: _Part, following: _Part, kinds: LineKinds) -> bool:
    words = part.words.split()
    if not len(words) >= 2 or len(part.words) > _TITLE_CHARS or kinds.is_byline(part.words):
        return False
    if kinds.is_caption(part.words, alone=True) or dateline_end(part.words, kinds, first=True):
        return False
    if part.words.endswith((":", ",", "-", "–", "—")) or words[-1].lower() in kinds.unfinished:
        return False
    if following.words[:1].islower() and not part.words.islower() and not following.words.islower():
        return False
    if not _ENDS_SENTENCE.search(part.words):
        return True
    above = len(part.words) <= 120 and dateline_end(following.words, kinds, first=False) > 0
    if above and not _has_inner_sentence(part.words):
        return True
    if part.words.endswith(("?", "!", "?’", "!’", "?'", "!'")) or re.search(
        r"\b[A-Z](?:\.[A-Z])+\.$", part.words
    ):
        return len(following.words) > len(part.words)
    return len(part.words) <= 150 and _is_title_case(words) and not _has_inner_sentence(part.words)


def _has_inner_sentence(words: str) -> bool:
    return re.search(r"[a-z][.!?] [A-Z“\"]", words) is not None


def _is_title_case(words: Sequence[str]) -> bool:
    """Whether nearly all longer words have a capital, which running text never has."""
    long = [w.strip("\"'“”‘’(),.:;!?") for w in words]
    long = [w for w in long if len(w) >= 4 and w[:1].isalpha()]
    return len(long) >= 3 and sum(w[0].isupper() for w in long) >= 0.8 * len(long)


def _mark_captions(parts: Sequence[_Part], kinds: LineKinds) -> list[_Part]:
    out = list(parts)
    last = max((i for i, p in enumerate(out) if p.kind == "body"), default=-1)
    for i, part in enumerate(out):
        if part.kind == "body" and kinds.is_caption(part.words, alone=i != last):
            out[i] = replace(part, kind="caption")
    return out


def _mark_bylines(parts: Sequence[_Part], kinds: LineKinds) -> list[_Part]:
    """Find bylines and biographies near the top and the bottom."""
    out = list(parts)
    has_title = any(p.kind == "title" for p in out[:_HEAD])
    running = 0
    tail = len([p for p in out if p.kind != "boilerplate"]) - _TAIL
    at = 0
    for i, part in enumerate(out):
        if part.kind == "boilerplate":
            continue
        at += 1
        near = running == 0 or at > tail
        if part.kind == "body" and near and len(out) > 1:
            by_name = has_title and running == 0 and kinds.is_name(part.words)
            if by_name or kinds.is_byline(part.words) or kinds.is_biography(part.words):
                out[i] = replace(part, kind="byline")
            elif running == 0 and kinds.is_date_line(part.words):
                out[i] = replace(part, kind="dateline")
        if out[i].kind == "body" and _ENDS_SENTENCE.search(part.words):
            running += 1
    return out


def _mark_decks(parts: Sequence[_Part], kinds: LineKinds) -> list[_Part]:
    """Find the lines under a title that belong to it: no full stop, or the title ends with a semicolon."""
    out = list(parts)
    for i, (above, part) in enumerate(pairwise(parts[:_HEAD])):
        above = out[i]
        if above.kind != "title" or part.kind != "body" or i + 2 >= len(out):
            continue
        if len(part.words) > _TITLE_CHARS or dateline_end(part.words, kinds, first=True):
            continue
        open_ended = above.words.endswith(";")
        plain = not _ENDS_SENTENCE.search(part.words) and not part.words.endswith((":", ","))
        words = part.words.split()
        if open_ended or (plain and len(words) >= 3 and words[-1].lower() not in kinds.unfinished):
            out[i + 1] = replace(part, kind="title")
    return out


def _split_datelines(parts: Sequence[_Part], text: str, kinds: LineKinds) -> list[_Part]:
    """Part datelines from the paragraphs they open; only a plain sign of one counts below the first."""
    out: list[_Part] = []
    first = True
    for part in parts:
        if part.kind != "body":
            out.append(part)
            continue
        piece = text[part.start : min(part.end, part.start + 400)]
        begin, stop = 0, dateline_end(piece, kinds, first=first)
        if not stop and first and not any(p.kind == "title" for p in out):
            begin, stop = _run_in(piece, kinds)
        first = False
        if not stop:
            out.append(part)
            continue
        if begin:
            a, b = _trim(text, part.start, part.start + begin)
            out.append(_Part(a, b, fold(text, a, b), kind="title"))
        a, b = _trim(text, part.start + begin, part.start + stop)
        out.append(_Part(a, b, fold(text, a, b), kind="dateline"))
        a, b = _trim(text, part.start + stop, part.end)
        if a < b:
            out.append(_Part(a, b, fold(text, a, b)))
    return out


def _run_in(piece: str, kinds: LineKinds) -> tuple[int, int]:
    """Find a dateline that a headline was run into: "Rebels free nurses. GOMA — Rebels ..."."""
    for found in re.finditer(r"[\w’'”\")] ?[.?!][’'”\"]? +(?=[A-Z]{3})", piece[:_TITLE_CHARS]):
        stop = dateline_end(piece[found.end() :], kinds, first=False)
        if stop:
            return found.end(), found.end() + stop
    return 0, 0


def _mark_repeats(parts: Sequence[_Part]) -> list[_Part]:
    """Point titles, captions and long paragraphs at the earlier part with the same words."""
    seen: dict[str, int] = {}
    out: list[_Part] = []
    for part in parts:
        key = _key(part.words)
        telling = part.kind in ("title", "caption") or (part.kind == "body" and len(part.words) >= 60)
        if telling and key in seen and len(part.words) < 2000:
            part = replace(part, repeats=seen[key])
        elif telling:
            seen[key] = part.start
        out.append(part)
    return out


def _merge(parts: Sequence[_Part]) -> tuple[Region, ...]:
    out: list[Region] = []
    for part in parts:
        joins = part.kind in ("body", "boilerplate", "byline") and part.repeats is None
        if joins and out and out[-1].kind == part.kind and out[-1].repeats is None:
            out[-1] = out[-1].model_copy(update={"end": part.end})
        else:
            out.append(Region(kind=part.kind, start=part.start, end=part.end, repeats=part.repeats))
    return tuple(out)
