"""Block keys: only tellings that share a key are compared.

A key joins a window of days, a family of types and one telling word, name or
place; so the number of comparisons grows with the number of mentions and not
with its square.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

from according.corroborate.likeness import FAMILIES
from according.corroborate.model import Telling
from according.corroborate.words import weigh

WINDOW_DAYS = 4
_MARGIN = 1
_WIDEST = 14
_BEFORE_PUBLICATION = 7
_NAMES, _WORDS, _TOPIC = 4, 3, 4
_TOPIC_UNDATED = 16
_UNDATED = "-"
_RARE = 6.5
"""Weight from which a word is telling without a window of days."""
_PLACE, _ACT, _OWN_REPORT = 4.0, 1.5, 20.0


@dataclass(frozen=True, slots=True)
class Feature:
    """Something two tellings of one happening may share.

    Attributes:
        weight: How much it says that two share it.
        keys: 64-bit keys, one for each window of days; two tellings share the feature if they share a key.
    """

    weight: float
    keys: tuple[int, ...]


def find_features(telling: Telling) -> tuple[Feature, ...]:
    """Give what a telling can be found by.

    Args:
        telling: Any telling.

    Returns:
        Features whose keys do not depend on other tellings.
    """
    family = FAMILIES.get(telling.type, telling.type)
    windows = _windows(telling)
    names = _rarest(chain.from_iterable(p.words for p in telling.actors + telling.recipients), _NAMES)
    topic = telling.topic[: _TOPIC_UNDATED if windows == [_UNDATED] else _TOPIC]
    words = dict.fromkeys((*names, *_rarest(telling.words, _WORDS), *topic))
    found = [(weigh(w), f"w:{w}") for w in words]
    if telling.place:
        found.append((_PLACE, f"p:{telling.geonameid or telling.place.casefold()}"))
    if telling.country and (telling.day_from or telling.day_to):
        found.append((_ACT, f"c:{telling.country}:{telling.type}:{telling.mode}"))
    features = [
        Feature(weight, tuple(_hash(f"{family}|{window}|{name}") for window in windows))
        for weight, name in found
    ]
    features += [Feature(weigh(w), (_hash(f"{family}|rare|{w}"),)) for w in names if weigh(w) >= _RARE]
    features.append(Feature(_OWN_REPORT, (_hash(f"{telling.report}|{family}"),)))
    return tuple(features)


def _rarest(words: Iterable[str], size: int) -> list[str]:
    found = {w for w in words if weigh(w) >= 2.0}
    return sorted(found, key=lambda w: (-weigh(w), w))[:size]


def _windows(telling: Telling) -> list[str]:
    """Stretches of days that the happening touches; where its day is open, those before publication."""
    first, last = telling.day_from, telling.day_to
    if first is None or last is None or (last - first).days > _WIDEST:
        if telling.published is None:
            if first is None and last is None:
                return [_UNDATED]
            first = last = first or last
        else:
            first, last = _shift(telling.published, -_BEFORE_PUBLICATION), telling.published
    assert first is not None and last is not None  # noqa: S101 - both were filled above
    weeks = range(
        (first.toordinal() - _MARGIN) // WINDOW_DAYS, (last.toordinal() + _MARGIN) // WINDOW_DAYS + 1
    )
    return [str(w) for w in weeks]


def _shift(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() + days))


@lru_cache(maxsize=100_000)
def _hash(text: str) -> int:
    # Signed, as databases keep whole numbers of 64 bits.
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
