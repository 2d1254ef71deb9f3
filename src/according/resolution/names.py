"""Compare names: one form for all spellings of a name, and likeness of two names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz
from spacy.tokens import Doc

from according.language.words import Words

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?|&")
_ARTICLES = frozenset({"al", "el", "ad", "ar", "as", "ash", "at", "az", "an", "ul", "ur", "bin", "ibn"})
_HYPHENS = frozenset("-‐‑–")
_APOSTROPHES = re.compile(r"['’‘`ʻʿʾ´]")


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without diacritics, dots and apostrophes.

    Example:
        >>> fold("U.N."), fold("Élysée"), fold("Da’esh")
        ('un', 'elysee', 'daesh')
    """
    plain = word
    if not word.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return _APOSTROPHES.sub("", plain).replace(".", "").casefold()


def units(name: str) -> tuple[str, ...]:
    """Cut a name into folded words; hyphens part words, the Arabic article is one form.

    Example:
        >>> units("Saleh el-Arouri") == units("Saleh al-Arouri")
        True
    """
    words = [fold(w) for w in _WORD.findall(_APOSTROPHES.sub("", name).replace("-", " ").replace("–", " "))]
    return tuple("al" if w == "el" else w for w in words if w)


def is_acronym(name: str) -> bool:
    """Whether a name is written in capitals and must be matched so.

    Example:
        >>> is_acronym("U.N."), is_acronym("IS"), is_acronym("Iran")
        (True, True, False)
    """
    letters = [c for c in name if c.isalpha()]
    return (
        " " not in name
        and len(letters) <= 8
        and sum(c.isupper() for c in letters) >= 2
        and letters[-1].isupper()
    )


def doc_units(doc: Doc) -> list[tuple[str, int]]:
    """The report's words as `units` makes them, each with its token index.

    Hyphens and white space between words are passed over; other punctuation
    stands as a word of its own, so that no name runs across it.
    """
    texts = Words.of(doc).text
    parts = {text: _parts(text) for text in set(texts)}
    return [(part, i) for i, text in enumerate(texts) for part in parts[text]]


@lru_cache(maxsize=65536)
def _parts(text: str) -> tuple[str, ...]:
    """The folded words of one token."""
    if text.isspace() or text in _HYPHENS:
        return ()
    word = fold(text)
    found = word.replace("-", " ").split() if "-" in word else [word]
    return tuple("al" if part == "el" else part for part in found if part)


def initials(words: tuple[str, ...]) -> str:
    """First letters of the words that count in an acronym.

    Example:
        >>> initials(("organization", "of", "african", "unity"))
        'oau'
    """
    return "".join(
        w[0] for w in words if w not in ("of", "the", "and", "for", "in", "on", "al", "de", "to", "&")
    )


def surname(words: tuple[str, ...]) -> str:
    """The word a person is called by after the first mention.

    Example:
        >>> surname(units("Saleh al-Arouri"))
        'arouri'
    """
    rest = [w for w in words if w not in ("jr", "sr", "ii", "iii")]
    return rest[-1] if rest else (words[-1] if words else "")


def given(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words before the surname, without articles."""
    return tuple(w for w in words[:-1] if w not in _ARTICLES)


def similar(a: str, b: str) -> bool:
    """Whether two folded words may be spellings of one name.

    Example:
        >>> similar("haniyeh", "haniya"), similar("khamenei", "khomeini"), similar("smith", "smart")
        (True, False, False)
    """
    if a == b:
        return True
    if min(len(a), len(b)) < 4 or a[0] != b[0]:
        return False
    if min(len(a), len(b)) == 4:  # "Asad", "Assad": doubled letters only
        return re.sub(r"(.)\1", r"\1", a) == re.sub(r"(.)\1", r"\1", b)
    if skeleton(a) == skeleton(b) and abs(len(a) - len(b)) <= 2:
        return fuzz.ratio(a, b) >= 76
    return fuzz.ratio(a, b) >= 92


def skeleton(word: str) -> str:
    """Consonants of a word with common transliteration pairs made one.

    Example:
        >>> skeleton("qaddafi") == skeleton("gaddafi")
        True
    """
    s = word.replace("gh", "g").replace("kh", "k").replace("q", "g").replace("ph", "f").replace("w", "v")
    s = s.replace("dh", "d").replace("th", "t").replace("sch", "sh").replace("c", "k").replace("z", "s")
    s = re.sub(r"[aeiouyh]", "", s[1:])
    return word[0].replace("q", "g").replace("k", "k") + re.sub(r"(.)\1+", r"\1", s)
