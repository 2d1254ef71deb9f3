"""Word sequences of reports, for finding what one report has from another."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, sha256

from according.records import Report, Span

SHINGLE_WORDS = 5
MIN_PARAGRAPH_WORDS = 18
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_QUOTED = re.compile(r"“[^”]{12,1500}”|\"[^\"]{12,1500}\"")
_BLANK = re.compile(r"(?:[ \t\xa0]*(?:\r\n|\r|\n)){2,}")
_LINE_END = re.compile(r"[\r\n]+")
_MASK = (1 << 64) - 1
_BASE = 0x9E3779B97F4A7C15
_LEAVING = pow(_BASE, SHINGLE_WORDS, 1 << 64)
_ASIDE = frozenset({"byline", "dateline", "boilerplate", "caption"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body with its word sequences.

    Attributes:
        start: First code point in the report.
        end: One past the last.
        shingles: Hashes of its word sequences, sorted, each once.
    """

    start: int
    end: int
    shingles: array[int]


@dataclass(frozen=True, slots=True)
class Shingled:
    """What is kept of a report to compare it with others.

    Attributes:
        digest: Hash of its words in order, spacing and case aside; None where it has hardly any.
        paragraphs: Those long enough to compare.
        shingles: Hashes of all its word sequences, sorted, each once.
    """

    digest: str | None
    paragraphs: tuple[Paragraph, ...]
    shingles: array[int]


def shingle(report: Report) -> Shingled:
    """Cut a report into word sequences.

    Titles count; bylines, datelines, captions and boilerplate do not. Words
    within quotation marks are left out of the sequences: two reporters who
    heard one speech quote the same words without copying each other.

    Args:
        report: A report, with regions if it has been coded.
    """
    kept = [(r.start, r.end) for r in report.regions if r.kind not in _ASIDE] or [(0, len(report.text))]
    words: list[str] = []
    paragraphs: list[Paragraph] = []
    everything: set[int] = set()
    for start, end in kept:
        for a, b in _split(report.text, start, end):
            text = report.text[a:b]
            words += (w.casefold() for w in _WORD.findall(text))
            found, count = _sequences(text)
            everything |= found
            if count >= MIN_PARAGRAPH_WORDS:
                paragraphs.append(Paragraph(a, b, array("Q", sorted(found))))
    enough = len(words) >= MIN_PARAGRAPH_WORDS
    digest = sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest() if enough else None
    return Shingled(digest, tuple(paragraphs), array("Q", sorted(everything)))


def find_share(part: Collection[int], whole: set[int]) -> float:
    """Share of the first's sequences, each there once, that the second has; 0 for none."""
    return len(whole.intersection(part)) / len(part) if part else 0.0


def make_span(report: Report, paragraph: Paragraph) -> Span:
    """Give a paragraph's words with their place."""
    return Span.of(report.text, paragraph.start, paragraph.end)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Paragraphs: parted by blank lines, or by line ends where there is no blank line."""
    parting = _BLANK if _BLANK.search(text, start, end) else _LINE_END
    at = start
    for gap in parting.finditer(text, start, end):
        if at < gap.start():
            yield at, gap.start()
        at = gap.end()
    if at < end:
        yield at, end


def _sequences(text: str) -> tuple[set[int], int]:
    """Hashes of word sequences outside quotation marks, and how many words those have."""
    found: set[int] = set()
    count = 0
    for piece in _QUOTED.split(text):
        words = [_hash(w) for w in _WORD.findall(piece.casefold())]
        count += len(words)
        rolling = 0
        for i, word in enumerate(words):
            rolling = (rolling * _BASE + word) & _MASK
            if i >= SHINGLE_WORDS:
                rolling = (rolling - words[i - SHINGLE_WORDS] * _LEAVING) & _MASK
            if i >= SHINGLE_WORDS - 1:
                found.add(rolling)
    return found, count


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())
