"""The word lists of the time grammar, read once from YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from according.data_files import read_data
from according.errors import CodebookSyntaxError


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists; keys and phrases are in lower case. See `data/times/words.yml`."""

    months: dict[str, int]
    shy_months: tuple[str, ...]
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    units: dict[str, tuple[str, bool, int]]
    seasons: dict[str, str]
    dayparts: dict[str, str]
    decades: dict[str, int]
    about: tuple[str, ...]
    vague: tuple[str, ...]
    part: tuple[str, ...]
    references: dict[str, str]
    sets: dict[str, str]
    fixed_feasts: dict[str, str]
    weekday_feasts: dict[str, tuple[int, int, int]]
    easter_feasts: dict[str, int]
    islamic_feasts: dict[str, tuple[int, int, int]]
    orthodox_feasts: dict[str, int]
    hebrew_feasts: dict[str, tuple[str, int]]
    future_cues: tuple[str, ...]
    prepositions: dict[str, str]
    past_cues: tuple[str, ...]
    day_ordinals: dict[str, int]
    century_ordinals: dict[str, int]
    day_words: dict[str, int]
    zones: tuple[str, ...]
    key_stems: tuple[str, ...]
    full_months: tuple[str, ...]

    @property
    def feasts(self) -> tuple[str, ...]:
        """Names of all feasts."""
        lists = (self.fixed_feasts, self.weekday_feasts, self.easter_feasts, self.islamic_feasts)
        return tuple(name for names in (*lists, self.orthodox_feasts, self.hebrew_feasts) for name in names)


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Read the word lists.

    Raises:
        CodebookSyntaxError: The file lacks a list or holds an unknown one.
    """
    path = files("according") / "data" / "times" / "words.yml"
    raw: dict[str, Any] = read_data("times/words.yml")
    raw["references"] = {phrase: code for code, phrases in raw["references"].items() for phrase in phrases}
    raw["prepositions"] = {word: kind for kind, words in raw["prepositions"].items() for word in words}
    lists: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
    for name in ("units", "weekday_feasts", "islamic_feasts", "hebrew_feasts"):
        lists[name] = {k: tuple(v) for k, v in lists[name].items()}
    try:
        return Words(**lists)
    except TypeError as error:
        raise CodebookSyntaxError(str(error), path=str(path)) from error


def number_of(words: str) -> float | None:
    """Read a number written in figures or words.

    Args:
        words: Lower-case words, such as "12", "1,500", "5 1/2", "twenty-four",
            "a", "half a dozen", "two and a half".

    Returns:
        The number, or None where the words give none ("several").

    Example:
        >>> number_of("twenty-four"), number_of("5 1/2"), number_of("several")
        (24.0, 5.5, None)
    """
    words = re.sub(r"\s+", " ", words.strip())
    if found := re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(?: (\d)/(\d))?", words):
        extra = int(found[2]) / int(found[3]) if found[2] and found[3] != "0" else 0
        return float(found[1].replace(",", "")) + extra
    fixed = {"a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5}
    fixed |= {"a dozen": 12.0, "half a dozen": 6.0, "two dozen": 24.0}
    if words in fixed:
        return fixed[words]
    half = 0.0
    if words.endswith(" and a half"):
        words, half = words[: -len(" and a half")], 0.5
    total = 0.0
    for word in re.split(r"[ -]+", words):
        if word in ("and", "a"):
            continue
        value = load_words().numbers.get(word)
        if value is None:
            return None
        total = (total or 1) * value if value >= 100 else total + value
    return total + half
