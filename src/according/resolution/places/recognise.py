"""Tell which words of a report are place names.

The small language model's names are one witness among several: the
gazetteer, capitals, prepositions, datelines and "Town, State" count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from according.language.place_words import PlaceWords, load_words
from according.language.words import Words
from according.resolution.places.gazetteer import Candidate, PlaceIndex
from according.resolution.places.names import fold

_SPOKEN = frozenset({"speaking", "language", "medium", "speaker", "speakers"})
_MIN_STRUCK = 5_000
MAX_WORDS = 6
_SURE = frozenset({"gazetteer and language model", "followed by its state or country", "dateline"})
_LINKS = frozenset({"of", "and", "the", "de", "del", "la", "al", "ez", "az", "es", "e"})
_BIG_TOWN = 100_000
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_INITIAL = re.compile(r"^(?:[A-Z]\.)+$")
_SHORT = re.compile(r"^[A-Z]{2}$")


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of tokens read as a place name.

    Attributes:
        start, end: Token range.
        name: Its words without a leading "the".
        how: The evidence.
        only: The one thing it can mean (abbreviations, adjectives), or None.
        within: Index range of the qualifying name after a comma or "in", or None.
        loose: Whether the qualifier stands behind "in".
    """

    start: int
    end: int
    name: str
    how: str
    only: Candidate | None = None
    within: tuple[int, int] | None = None
    loose: bool = False


def recognise(doc: Doc, index: PlaceIndex) -> list[Found]:
    """Find the place names of a parsed text, in text order, none overlapping.

    Args:
        doc: The parse.
        index: The gazetteer.

    Returns:
        What was found, with the evidence.
    """
    words = load_words()
    label = _labels(doc)
    surnames = {e[-1].text for e in doc.ents if e.label_ == "PERSON" and _titled(e)}
    found: list[Found] = []
    texts = Words.of(doc).text
    capitals = [text[:1].isupper() for text in texts]
    i = 0
    while i < len(doc):
        hit = _at(doc, i, index, words, label, surnames) if capitals[i] else None
        if hit is None or (found and hit.start < found[-1].end):
            i += 1
            continue
        found.append(hit)
        i = hit.end
    found = _struck(doc, found, index, words, label)
    return _qualify(doc, _repeats(doc, found, words, label))


def _struck(
    doc: Doc, found: list[Found], index: PlaceIndex, words: PlaceWords, label: list[tuple[str, int, int]]
) -> list[Found]:
    """Add towns of the report's countries that were attacked or taken: "insurgents stormed DJIBO"."""
    taken = {k for f in found for k in range(f.start, f.end)}
    countries = {
        c.country for f in found for c in ((f.only,) if f.only else index.curated.get(fold(f.name), ())) if c
    }
    more = []
    for token in doc if countries else ():
        if token.dep_ not in ("dobj", "nsubjpass", "conj") or token.i in taken or not _capital(token):
            continue
        first = token
        while first.dep_ == "conj" and first.head.pos_ == "PROPN":
            first = first.head
        verb = first.head
        if first.dep_ not in ("dobj", "nsubjpass") or verb.lemma_.lower() not in words.struck:
            continue
        text = token.text
        if token.pos_ != "PROPN" or label[token.i][0] == "PERSON" or fold(text) in words.common:
            continue
        if label[token.i][2] - label[token.i][1] > 1 or token.left_edge.i != token.i:
            continue
        if any(c.country in countries and c.population > _MIN_STRUCK for c in index.lookup(text)):
            more.append(Found(token.i, token.i + 1, text, "town of the report's country, taken or struck"))
    return sorted([*found, *more], key=lambda f: f.start)


def _titled(ent: Span) -> bool:
    return len(ent) > 1


def _repeats(
    doc: Doc, found: list[Found], words: PlaceWords, label: list[tuple[str, int, int]]
) -> list[Found]:
    """Add further occurrences of one-word names that were found with good evidence elsewhere."""
    sure = {f.name for f in found if f.end - f.start == 1 and f.how in _SURE}
    taken = {k for f in found for k in range(f.start, f.end)}
    more = [
        Found(i, i + 1, text, "named as a place elsewhere in the report")
        for i, text in enumerate(Words.of(doc).text)
        if text in sure and i not in taken and not _in_name(doc, i, i + 1, label, words)
    ]
    return sorted([*found, *more], key=lambda f: f.start)


def _labels(doc: Doc) -> list[tuple[str, int, int]]:
    out = [("", 0, 0)] * len(doc)
    for ent in doc.ents:
        for k in range(ent.start, ent.end):
            out[k] = (ent.label_, ent.start, ent.end)
    return out


def _capital(token: Token) -> bool:
    return token.text[:1].isupper()


def _candidates(doc: Doc, i: int) -> Iterator[int]:
    """Ends of the stretches from token i that could be a name, longest first."""
    ends = []
    for j in range(i + 1, min(len(doc), i + MAX_WORDS) + 1):
        last = doc[j - 1]
        if last.is_space or (last.is_punct and last.text not in "-–'’.") or last.text == "'s":
            break
        if _capital(last):
            ends.append(j)
        elif not (last.text in "-–'’." or last.lower_ in _LINKS):
            break
    return reversed(ends)


def _at(
    doc: Doc,
    i: int,
    index: PlaceIndex,
    words: PlaceWords,
    label: list[tuple[str, int, int]],
    surnames: set[str],
) -> Found | None:
    for j in _candidates(doc, i):
        text = doc[i:j].text
        hit = _judge(doc, i, j, text, index, words, label, surnames)
        if hit is not None:
            if j - i == 1 and _only_narrows(doc, i, index, words, label):
                return None
            return _whole(doc, hit, index, words, label) or hit
        if j - i > 1 and text in index:
            return None  # "Kansas" is no place of its own in "Kansas City Royals"
    kind, start, end = label[i]
    if kind in _PLACE_LABELS and start == i:
        return _unlisted(doc, start, end, words)
    return None


def _only_narrows(
    doc: Doc, i: int, index: PlaceIndex, words: PlaceWords, label: list[tuple[str, int, int]]
) -> bool:
    """Whether a point of the compass is no place here but part of one: "SOUTH Florida"."""
    end = label[i][2]
    if doc[i].lower_ not in words.directions or end <= i + 1:
        return False
    rest = doc[i + 1 : end].text.removesuffix("'s").strip()
    return fold(rest) in index.curated or index.known_town(rest) > _BIG_TOWN // 10


def _whole(
    doc: Doc, hit: Found, index: PlaceIndex, words: PlaceWords, label: list[tuple[str, int, int]]
) -> Found | None:
    """The longer name of which a hamlet's is only a part: "TORA | BORA valley"."""
    kind, start, end = label[hit.start]
    if kind not in _PLACE_LABELS or start != hit.start or hit.end >= end or hit.only is not None:
        return None
    after = doc[hit.end]
    if hit.end - hit.start > 1 and doc[hit.end - 1].lower_ in words.features:
        return None  # "Prince William COUNTY Circuit Court"
    if not _capital(after) or after.pos_ != "PROPN" or after.lower_ in words.features | words.directions:
        return None
    if fold(hit.name) in index.curated or index.known_town(hit.name) > _BIG_TOWN // 10:
        return None
    return _unlisted(doc, start, end, words)


def _unlisted(doc: Doc, start: int, end: int, words: PlaceWords) -> Found | None:
    """A name that only the language model takes for a place."""
    if doc[start].lower_ == "the":
        start += 1
    while end > start and (doc[end - 1].text in {"'s", "’s"} or doc[end - 1].is_space):
        end -= 1
    if end <= start or not _capital(doc[start]) or doc[end - 1].lower_ in words.not_places:
        return None
    before = doc[start - 1].lower_ if start else ""
    text = doc[start:end].text
    head = doc[end - 1].lower_
    if before in words.prepositions or head in words.features:
        return Found(start, end, text, "named as a place in the text, unknown to the gazetteer")
    return None


def _judge(
    doc: Doc, i: int, j: int, text: str, index: PlaceIndex, words: PlaceWords,
    label: list[tuple[str, int, int]], surnames: set[str],
) -> Found | None:  # fmt: skip
    """Weigh the evidence for the tokens i to j."""
    if j - i == 1 and doc[i].lower_ in words.not_places:
        return None
    if j - i == 1 and _tail(doc, i, words) and label[i][0] in _PLACE_LABELS and label[i][1] < i:
        whole = label[i][1] + (doc[label[i][1]].lower_ == "the")
        name = doc[whole : i + 1].text
        return Found(whole, j, name, "named as a place in the text, unknown to the gazetteer")
    before = doc[i - 1] if i else None
    after = doc[j] if j < len(doc) else None
    adjective = index.adjectives.get(text)
    if adjective is not None:
        spoken = after is not None and after.text == "-" and doc[min(j + 1, len(doc) - 1)].lower_ in _SPOKEN
        if spoken or _in_name(doc, i, j, label, words):
            return None
        return Found(i, j, text, f"adjective or people of {adjective.name}", only=adjective)
    short = index.abbreviations.get(text)
    if (
        short is not None
        and before is not None
        and (before.text == "," or (before.lower_ in words.prepositions and not _SHORT.match(text)))
    ):
        return Found(i, j, text, "state abbreviation", only=short)
    key = fold(text)
    if text == "US" and not (before is not None and before.lower_ == "the") and doc[i].pos_ == "PRON":
        return None
    curated = key in index.curated and key not in index.weak
    people = index.known_town(text)
    division = index.is_division(text)
    if not curated and people < 0 and not division and key not in index.curated:
        return _feature(doc, i, j, text, words, label, index)
    if _in_name(doc, i, j, label, words) or (after is not None and after.lower_ in words.not_after):
        return None
    kind, _start, _end = label[i]
    located = before is not None and before.lower_ in words.prepositions
    comma = (
        after is not None and after.text == "," and j + 1 < len(doc) and _capital(doc[j + 1])
        and _is_wider(doc, j + 1, index)
    )  # fmt: skip
    if curated:
        if j - i == 1 and text in surnames and not located and kind == "PERSON":
            return None
        return Found(i, j, text, "name of a country or region")
    if comma:
        return Found(i, j, text, "followed by its state or country")
    if key in words.common and not (kind in _PLACE_LABELS and located):
        return None
    if text in surnames and not (located and kind in _PLACE_LABELS):
        return None
    if kind in _PLACE_LABELS:
        return Found(i, j, text, "gazetteer and language model")
    if located and kind not in {"DATE", "TIME", "PERSON", "ORG", "NORP"} and (people >= 0 or j - i > 1):
        return Found(i, j, text, f"gazetteer, after {before.lower_!r}" if before is not None else "gazetteer")
    if located and kind in {"ORG", "PERSON"} and people >= _BIG_TOWN // 10:
        return Found(i, j, text, "gazetteer, after a preposition of place")
    if people >= _BIG_TOWN and kind != "PERSON" and len(text) > 3:
        return Found(i, j, text, "large town")
    if division and fold(doc[j - 1].text) in words.features:
        return Found(i, j, text, "administrative division")
    if _dateline(doc, i, j):
        return Found(i, j, text, "dateline")
    return None


def _feature(
    doc: Doc, i: int, j: int, text: str, words: PlaceWords, label: list[tuple[str, int, int]],
    index: PlaceIndex,
) -> Found | None:  # fmt: skip
    """Read "Mill Road", "Lake Orla", "Tarn County": a name with a word for a feature."""
    if j - i < 2 or label[i][0] == "PERSON":
        return None
    last, first = doc[j - 1].lower_, doc[i].lower_
    if last not in words.features and first not in words.leading:
        return None
    if first in words.common - words.towns - words.features or first in words.titles or doc[i].like_num:
        return None
    rest = doc[i + 1 : j].text
    if doc[i].is_sent_start and doc[i].pos_ == "ADJ" and rest in index:
        return None  # "Former Hall County"
    whole = all(_capital(t) for t in doc[i:j])
    if whole and not _runs_on(doc, i, j):
        return Found(i, j, text, "named feature, unknown to the gazetteer")
    return None


def _tail(doc: Doc, i: int, words: PlaceWords) -> bool:
    """Whether a word is only the end of a name: "Danube DELTA", "Central PLATEAU"."""
    generic = doc[i].lower_ in words.features or doc[i].lower_ in words.directions
    return generic and i > 0 and _capital(doc[i - 1]) and doc[i - 1].pos_ in ("PROPN", "ADJ", "NOUN")


def _runs_on(doc: Doc, i: int, j: int) -> bool:
    return j < len(doc) and _capital(doc[j]) and doc[j].pos_ == "PROPN" and not doc[j].is_sent_start


def _in_name(doc: Doc, i: int, j: int, label: list[tuple[str, int, int]], words: PlaceWords) -> bool:
    """Tell whether the tokens are part of a longer name of a person, body or product."""
    kind, start, end = label[i]
    after = doc[j] if j < len(doc) else None
    before = doc[i - 1] if i else None
    if before is not None and (
        before.lower_ in words.titles or (_INITIAL.match(before.text) and kind == "PERSON")
    ):
        return True
    if kind == "PERSON" and (start < i or end > j):
        return True
    if after is not None and _capital(after) and after.lower_ in words.body_heads:
        return True
    of = before is not None and before.lower_ == "of" and i > 1
    if of and _capital(doc[i - 2]) and doc[i - 2].lower_ in words.body_heads:
        return True
    if kind in {"ORG", "WORK_OF_ART", "PRODUCT", "LAW", "EVENT"} and end > j and start <= i:
        nxt = doc[j]
        return _capital(nxt) and nxt.lower_ not in words.offices
    return kind in {"ORG", "WORK_OF_ART", "PRODUCT"} and start < i and doc[i - 1].is_title


def _is_wider(doc: Doc, i: int, index: PlaceIndex) -> bool:
    for j in (i + 3, i + 2, i + 1):
        if j <= len(doc):
            text = doc[i:j].text
            if text in index.abbreviations or fold(text) in index.curated or index.is_division(text):
                return True
    return False


def _dateline(doc: Doc, i: int, j: int) -> bool:
    """A name in capitals at the start of a line, before a bracket or a dash."""
    first = i == 0 or "\n" in doc[i - 1].text
    if not first or not doc[i].text.isupper() or j >= len(doc):
        return False
    return doc[j].text in {"(", "-", "--", "—", "–", ","}


def _qualify(doc: Doc, found: list[Found]) -> list[Found]:
    """Tie "Paris" to "Texas" in "Paris, Texas", "Paris (Texas)" and "Paris in northern Texas"."""
    words = load_words()
    out = []
    for n, one in enumerate(found):
        nxt = found[n + 1] if n + 1 < len(found) else None
        tied = nxt is not None and nxt.start == one.end + 1 and doc[one.end].text in {",", "("}
        if tied and nxt is not None and not nxt.how.startswith("adjective"):
            one = replace(one, within=(nxt.start, nxt.end))
        elif nxt is not None and one.only is None and not nxt.how.startswith("adjective"):
            between = [t.lower_ for t in doc[one.end : nxt.start]] if nxt.start - one.end < 4 else []
            if between[:1] == ["in"] and all(w == "the" or w in words.directions for w in between[1:]):
                one = replace(one, within=(nxt.start, nxt.end), loose=True)
        out.append(one)
    return out
