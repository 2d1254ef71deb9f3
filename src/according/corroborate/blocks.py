"""Block keys: only tellings that share a key are compared.

A key joins a window of days, a family of types and one telling word, name or
place; so the number of comparisons grows with the number of mentions and not
with its square.
"""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from itertools import chain

from according.corroborate.likeness import FAMILIES
from according.corroborate.model import Telling
from according.corroborate.words import weigh

WINDOW_DAYS = 4
_MARGIN = 1
_WIDEST = 14
_BEFORE_PUBLICATION = 7
_NAMES, _WORDS, _TOPIC = 4, 4, 4
_TOPIC_UNDATED = 16
_UNDATED = "-"
_RARE = 6.5
"""Weight from which a word is telling without a window of days."""


def find_keys(telling: Telling) -> tuple[int, ...]:
    """Give the block keys of a telling.

    Args:
        telling: Any telling.

    Returns:
        Distinct 64-bit keys; they do not depend on other tellings.
    """
    family = FAMILIES.get(telling.type, telling.type)
    names = _rarest(chain.from_iterable(p.words for p in telling.actors + telling.recipients), _NAMES)
    windows = _windows(telling)
    topic = telling.topic[: _TOPIC_UNDATED if windows == [_UNDATED] else _TOPIC]
    words = [*_rarest(telling.words, _WORDS), *topic]
    features = {f"w:{w}" for w in (*names, *words)}
    if telling.place:
        features.add(f"p:{telling.geonameid or telling.place.casefold()}")
    if telling.country and (telling.day_from or telling.day_to):
        features.add(f"c:{telling.country}:{telling.type}:{telling.mode}")
    keys = {_hash(f"{family}|{window}|{f}") for window in windows for f in features}
    keys |= {_hash(f"{family}|rare|{w}") for w in names if weigh(w) >= _RARE}
    keys.add(_hash(f"{telling.report}|{family}"))
    return tuple(sorted(keys))


def _rarest(words: object, size: int) -> list[str]:
    found = {w for w in words if weigh(w) >= 2.0}  # type: ignore[attr-defined]
    return sorted(found, key=lambda w: (-weigh(w), w))[:size]


def _windows(telling: Telling) -> list[str]:
    """Weeks that the happening touches; where its day is open, those before publication."""
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


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
