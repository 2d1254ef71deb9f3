"""Words of reports, cut to stems and weighed by how rare they are in news."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?", re.UNICODE)
_ENDINGS = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "ies", "er", "ed", "es", "s",
    "al", "e", "y",
)  # fmt: skip
_NUMBER = 4.0
_ABSENT = 1.0
"""Reports counted for a word that the table does not have."""


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Cut a word to what its forms share; a verb and its noun mostly come out alike.

    Example:
        >>> stem("shooting") == stem("Shot"), stem("bombings") == stem("bombed")
        (True, True)
    """
    word = word.casefold().replace("’", "'").removesuffix("'s")
    word = _read_irregular().get(word, word)
    for ending in _ENDINGS:
        if (
            word.endswith(ending)
            and len(word) - len(ending) >= 3
            and not (ending == "s" and word.endswith("ss"))
        ):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def find_stems(text: str) -> list[str]:
    """List the stems of a text's words in order; single letters are left out.

    Example:
        >>> find_stems("Rebels shot a soldier.")
        ['rebel', 'shoot', 'soldi']
    """
    return [stem(w) for w in _WORD.findall(text) if len(w) > 1]


@cache
def _read_irregular() -> Mapping[str, str]:
    import yaml

    text = files("according").joinpath("data/corroborate/irregular.yml").read_text(encoding="utf-8")
    rows: dict[str, list[str]] = yaml.safe_load(text)
    return MappingProxyType({form: word for word, forms in rows.items() for form in forms})


@cache
def read_table() -> Mapping[str, float]:
    """Read the shipped table: natural log of (reports / reports with the stem)."""
    lines = files("according").joinpath("data/corroborate/words.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    total = int(rows[0][1])
    return MappingProxyType(
        {word: math.log(total / int(count)) for word, count in rows[1:]} | {"": math.log(total / _ABSENT)}
    )


def weigh(word: str) -> float:
    """How much a stem tells: 0 for one in every report, most for one the table does not have."""
    if word.isdigit():
        return _NUMBER
    table = read_table()
    return table.get(word, table[""])


def pick_topic(stems: Iterable[str], size: int = 40) -> tuple[str, ...]:
    """Choose the stems that mark a text: often used in it, rare elsewhere.

    Args:
        stems: Stems of the whole text.
        size: How many to keep.

    Returns:
        The stems, most telling first; ties by the alphabet.
    """
    counts = Counter(stems)
    scored = sorted(((-(1 + math.log(n)) * weigh(w), w) for w, n in counts.items() if weigh(w) >= 1.5))
    return tuple(w for _, w in scored[:size])
