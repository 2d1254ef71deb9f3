"""What single lines look like: the patterns of `data/regions.yml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from according.data_files import read_data
from according.errors import CodebookSyntaxError

LONGEST = 800
"""Paragraphs longer than this, in code points, are never anything but body."""

_PLACE = r"[A-Z][\w.'’-]*(?: (?:de|del|la|las|los|al|el|es|and|of|the|le|du|d[’'])\b)?"
_CAPS = r"[^\W\d_a-z][^\W\d_a-z.'’-]*"
_NEXT_SENTENCE = re.compile(r"[a-z\d)”\"’][.!?][”\"’)]? (?=[A-Z“\"‘])")
_DASH = r"(?:\s*(?:—|–|--+|―|\ufffd|\)_|_)|\s+-|\.-)\s*"


@dataclass(frozen=True, slots=True)
class LineKinds:
    """Compiled patterns; each method judges one paragraph with folded white space.

    Attributes:
        unfinished: Words no title ends with.
        date: Pattern of a calendar date as datelines write it.
    """

    unfinished: frozenset[str]
    date: str
    dateline: re.Pattern[str]
    loose_dateline: re.Pattern[str]
    lower_dateline: re.Pattern[str]
    date_line: re.Pattern[str]
    boilerplate: re.Pattern[str]
    links: re.Pattern[str]
    byline: re.Pattern[str]
    biography: re.Pattern[str]
    caption_start: re.Pattern[str]
    caption_inside: re.Pattern[str]
    credit: re.Pattern[str]
    agency_credit: re.Pattern[str]
    credit_line: re.Pattern[str]
    share_words: frozenset[str]
    share_marks: frozenset[str]
    not_names: frozenset[str]
    not_biography: frozenset[str]
    not_datelines: frozenset[str]
    not_caption: re.Pattern[str]
    weak_credit: re.Pattern[str]
    photo_credit: re.Pattern[str]

    def is_boilerplate(self, words: str) -> bool:
        """Whether it is furniture of a page: share buttons, cookies, copyright and the like."""
        if len(words) >= LONGEST:
            return False
        if self.boilerplate.fullmatch(words):
            return True
        shares = [w.strip(".,:;|·•-").lower() for w in words.split()]
        shares = [w for w in shares if w]
        return (
            bool(shares) and self.share_words.issuperset(shares) and not self.share_marks.isdisjoint(shares)
        )

    def is_link_header(self, words: str) -> bool:
        """Whether it announces links to other reports."""
        return len(words) < 200 and self.links.fullmatch(words) is not None

    def is_byline(self, words: str) -> bool:
        """Whether it names who wrote the report."""
        return len(words) < 320 and self.byline.fullmatch(words) is not None

    def is_biography(self, words: str) -> bool:
        """Whether it tells who the reporter is."""
        return (
            len(words) < 400
            and self.biography.match(words) is not None
            and self.not_biography.isdisjoint(re.findall(r"\w+", words.lower()))
        )

    def is_name(self, words: str) -> bool:
        """Whether it is a person's name and nothing else."""
        parts = words.split()
        return (
            2 <= len(parts) <= 4
            and all(
                p[0].isupper() and p.strip(".").replace("-", "").replace("’", "").isalpha() for p in parts
            )
            and not words.isupper()
            and self.not_names.isdisjoint(p.lower() for p in parts)
        )

    def is_date_line(self, words: str) -> bool:
        """Whether it is a date of publication and nothing else."""
        return len(words) < 120 and self.date_line.fullmatch(words) is not None

    def is_caption(self, words: str, *, alone: bool) -> bool:
        """Whether it is a photo's caption or credit.

        Args:
            words: The paragraph.
            alone: Whether an agency's name in brackets at its end counts as a
                credit; at the end of a report it is the report's own source.
        """
        sentences = 1 + len(_NEXT_SENTENCE.findall(words))
        if len(words) >= LONGEST or sentences > 4:
            return False
        if self.caption_start.match(words) or self.credit_line.fullmatch(words) or self.credit.search(words):
            return True
        if len(words) > 450 or sentences > 3:
            return False
        if self.caption_inside.search(words) or self.photo_credit.search(words):
            return True
        if len(words) > 300 or words[:1].islower() or self.not_caption.search(words):
            return False
        if self.weak_credit.search(words):
            return True
        return alone and self.agency_credit.search(words) is not None

    def is_dateline(self, words: str) -> bool:
        """Whether it is a dateline and nothing else, as where a line end follows it."""
        if not 4 <= len(words) <= 80 or words.endswith(":"):
            return False
        return dateline_end(words + " X", self, first=False) >= len(words)


def fold(text: str, start: int, end: int) -> str:
    """The words of a stretch of text with single spaces; of a long one, its beginning."""
    return " ".join(text[start : min(end, start + 2 * LONGEST)].split())


def dateline_end(piece: str, kinds: LineKinds, *, first: bool) -> int:
    """Find where the dateline a paragraph opens with ends.

    Args:
        piece: The paragraph's beginning.
        kinds: The patterns.
        first: Whether the paragraph is the report's first of running text,
            where "Beirut - The army ..." is a dateline as well.

    Returns:
        Offset behind its dash or colon, or 0 if there is none.

    Example:
        >>> dateline_end("KABUL (Reuters) - A mortar hit the market.", load_line_kinds(), first=True)
        18
    """
    found = kinds.dateline.match(piece)
    if found is not None and not first and _is_heading(found[0]):
        found = None
    if found is None and first:
        found = kinds.loose_dateline.match(piece)
    if found is None and first and not any(c.isupper() for c in piece):
        found = kinds.lower_dateline.match(piece)
    if found is not None and found[0].strip(" :—–-_").lower() in kinds.not_datelines:
        found = None
    return found.end() if found else 0


def _is_heading(words: str) -> bool:
    """Whether words in capitals before a dash are too many for a bare place name."""
    return not re.search(r"[,(\d]", words) and len(re.findall(r"\w{2,}", words)) > 3


def _any_of(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), flags)


def _words(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@lru_cache(maxsize=1)
def load_line_kinds() -> LineKinds:
    """Read and compile the patterns, once.

    Raises:
        CodebookSyntaxError: A list of words holds something else.
    """
    data: dict[str, Any] = read_data("regions.yml")
    for key, words in data.items():
        if isinstance(words, list) and not all(isinstance(word, str) for word in words):
            raise CodebookSyntaxError(
                f"{key} holds something that is no string; quote it", path="regions.yml"
            )
    date, patterns = _date_patterns(data), _dateline_patterns(data)
    agencies = _words(data["agencies"])
    name = r"[A-Z][\w.'’-]+(?: (?:al|bin|de|van|von|der|di|el|[A-Z][\w.'’-]*)){1,4}"
    ignore = re.IGNORECASE
    return LineKinds(
        unfinished=frozenset(data["unfinished"]),
        date=date,
        **patterns,
        boilerplate=_any_of(data["boilerplate"], ignore),
        links=_any_of(data["links"], ignore),
        byline=_any_of(data["byline"]),
        biography=_biography(name, data["biography_nouns"]),
        caption_start=_any_of(data["caption_start"], ignore),
        caption_inside=_any_of(data["caption_inside"]),
        not_caption=re.compile(rf"\b(?:{_words(data['not_caption'])})\b", ignore),
        credit=_credit(data["credit_words"], agencies, data["not_credits"]),
        weak_credit=_credit(data["weak_credits"], agencies, data["not_credits"]),
        photo_credit=re.compile(
            r"\bPhotos?(?:graph)? (?:by|courtesy of) [A-Z][^.]{2,60}\.?$"
            rf"| ?(?:\||©) ?(?i:{agencies})\b[^|©.]{{0,40}}$"
        ),
        agency_credit=re.compile(rf"[(\[](?:{agencies})[)\]]\W{{0,2}}$", ignore),
        credit_line=_any_of(data["credit_lines"]),
        share_words=frozenset(data["share_words"]),
        share_marks=frozenset(data["share_marks"]),
        not_names=frozenset(data["not_names"]),
        not_biography=frozenset(data["not_biography"]),
        not_datelines=frozenset(data["not_datelines"]),
    )


def _biography(name: str, nouns: Iterable[str]) -> re.Pattern[str]:
    """A name, then what its bearer does for a living or writes for."""
    return re.compile(
        rf"{name}(?:,? who|) (?:(?:is|works as|serves as) (?:an? |the |our )?(?:[\w’'&.-]+ ){{0,8}}?"
        rf"(?:{_words(nouns)})s?\b[^.]{{0,120}}"
        r"|(?:reports|writes|reported|writes regularly) (?:for|from) (?:The |the )?[A-Z][^.]{0,80}"
        r"|(?:covers|reports on|writes about|writes on) [^.]{0,80} (?:for|from) (?:The |the )?[A-Z][^.]{0,60}"
        r")\.?(?: .{0,200})?$"
    )


def _credit(words: Iterable[str], agencies: str, remarks: Iterable[str]) -> re.Pattern[str]:
    """A credit in brackets at the end: one of some words, or an agency beside a slash."""
    inner = rf"(?![^()\[\]]*\b(?:{_words(remarks)})\b)"
    return re.compile(
        rf"[(\[]{inner}(?:[^()\[\]]{{0,120}}\W)?(?:{_words(words)})\b[^()\[\]]{{0,120}}[)\]]\W{{0,2}}$"
        rf"|[(\[]{inner}[^()\[\]/]{{2,80}}/ ?(?:[\w .-]{{1,40}}/ ?)?(?:{agencies})\b"
        rf"[^()\[\]]{{0,40}}[)\]]\W{{0,2}}$"
        rf"|[(\[](?:{agencies})(?: photo)? ?/[^()\[\]]{{2,80}}[)\]]\W{{0,2}}$",
        re.IGNORECASE,
    )


def _date_patterns(data: Mapping[str, Any]) -> str:
    month = rf"(?:(?i:{_words(data['months'])}))\.?"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    return rf"(?:\d{{1,2}} {month}(?:,? \d{{2,4}})?|{month} {day}(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d)"


def _dateline_patterns(data: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    date = _date_patterns(data)
    week = rf"(?i:{_words(data['weekdays'])})\.?"
    agency = r"\((?:[A-Z][^()\n]{1,48})\)"
    wires = rf"(?i:{_words(data['agencies'])}|thomson reuters|associated press)"
    caps = rf"{_CAPS}(?: {_CAPS}){{0,4}}"
    mixed = rf"{_PLACE}(?: {_PLACE}){{0,3}}"
    more = rf"(?:(?:, ?|/| and | \()(?:{mixed})\)?){{0,3}}"
    tags = r"(?:\[(?:TEXT|EXCERPTS?|REPORT|COMMUNIQUE|CONTINUED|[^\]\n]{1,160})\]\s*){0,4}"
    when = rf"(?:,? (?:{week},? )?{date})?"
    dated = rf",? (?:{week},? )?{date}"
    strict = (
        rf"(?:{caps}{more}{when}(?: ?{agency})?{_DASH}{tags}"
        rf"|{caps}{more}{when}(?: ?{agency})? ?: (?=[A-Z“\"‘'])"
        rf"|{mixed}{more}{when} ?{agency}{_DASH}{tags}"
        rf"|{mixed}{more}{dated} ?(?:{agency})?{_DASH}{tags}"
        rf"|{mixed}{more}{when} ?{agency} ?: "
        rf"|{caps}{more}{when} ?\((?:{wires})\) (?=[A-Z“\"‘'])"
        rf"|{agency}{_DASH})(?=\S)"
    )
    loose = (
        rf"{mixed}{more}(?:\s+[—–-]{{1,2}}\s+|—)(?=(?-i:[A-Z“\"‘'\d]))"
        rf"|(?:{_words(data['filed_from'])}): (?=[A-Z][^\n]{{80}})"
    )
    lower = r"[^\W\d_][\w.-]*(?: [^\W\d_][\w.-]*){0,2}(?: ?\([\w .-]{2,30}\)|, [\w .-]{2,24})?: (?=\S)"
    what = (
        r"(?:first )?(?:published|posted|updated|last (?:updated|modified)|date|created)\b(?: on| at)?\W{0,3}"
    )
    clock = r"(?:\W{1,4}(?:at )?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,5})?)?"
    figures = r"\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)"
    line = (
        rf"(?:(?:{what})?(?:{mixed}{more},? )?(?:{week},? )?(?:{date}|{figures}){clock}"
        r"|(?:published|posted|updated|last (?:updated|modified))\b.{0,80}\d.{0,40})\.?"
    )
    return {
        "dateline": re.compile(strict),
        "loose_dateline": re.compile(loose),
        "lower_dateline": re.compile(lower),
        "date_line": re.compile(line, re.IGNORECASE),
    }
