"""When two annotations mean the same thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from according.evaluate.gold import GoldEvent, Named, Stretch

A = TypeVar("A")
B = TypeVar("B")

_WORD = re.compile(r"[\w-]+")
_TOKEN = re.compile(r"\w+")
_EMPTY_WORDS = frozenset(
    {"a", "an", "the", "this", "that", "and", "his", "her", "its", "their", "'s", "’s"}
    | {"at", "by", "for", "from", "in", "of", "on", "to", "with"}
    | {"dr", "mr", "mrs", "ms", "sir"}
)


def telling_words(text: str | None) -> frozenset[str]:
    """Give the words of a name that tell who is meant.

    Example:
        >>> sorted(telling_words("the Army of the North"))
        ['army', 'north']
    """
    found = _WORD.findall((text or "").lower())
    return frozenset(w for w in found if len(w) > 1 and w not in _EMPTY_WORDS)


def shared_length(a: Stretch, b: Stretch) -> int:
    """Count the code points two stretches share; 0 where one has no words."""
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return 0
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def same_party(a: Named, b: Named) -> bool:
    """Tell whether two parties are one: words overlap, or names share half of the shorter's words."""
    if shared_length(a, b):
        return True
    ours, theirs = telling_words(a.name or a.text), telling_words(b.name or b.text)
    if not ours or not theirs:
        return not ours and not theirs
    return len(ours & theirs) >= max(1, min(len(ours), len(theirs)) / 2)


def count_same(gold: Sequence[Named], found: Sequence[Named]) -> int:
    """Count the gold parties that were found, each found one used once."""
    left = list(found)
    hits = 0
    for party in gold:
        place = next((i for i, p in enumerate(left) if same_party(party, p)), None)
        if place is not None:
            del left[place]
            hits += 1
    return hits


def same_parties(a: Sequence[Named], b: Sequence[Named]) -> bool:
    """Tell whether two lists hold the same parties, in any order."""
    return len(a) == len(b) == count_same(a, b)


def same_chain(a: Sequence[Named], b: Sequence[Named]) -> bool:
    """Tell whether two chains of speakers are the same, link by link."""
    return len(a) == len(b) and all(same_party(x, y) for x, y in zip(a, b, strict=True))


def same_innermost(a: Sequence[Named], b: Sequence[Named]) -> bool:
    """Tell whether the last speaker of two chains is the same, or both are the report's own voice."""
    return same_party(a[-1], b[-1]) if a and b else not a and not b


def pair_up(gold: Sequence[A], found: Sequence[B], weigh: Callable[[A, B], float]) -> list[tuple[int, int]]:
    """Pair two lists one to one, the heaviest pair first.

    Args:
        gold: One list.
        found: The other.
        weigh: How well two items fit; 0 for not at all.

    Returns:
        Places in the two lists. Equal weights are settled by place.

    Example:
        >>> pair_up([1, 5], [5, 2], lambda a, b: 1 / (1 + abs(a - b)) if abs(a - b) < 2 else 0)
        [(1, 0), (0, 1)]
    """
    weights = ((weigh(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    pairs: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for _, i, j in sorted((-w, i, j) for w, i, j in weights if w > 0):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs


def weigh_trigger(gold: GoldEvent, found: GoldEvent) -> float:
    """Weigh how far triggers share their words; the gold one counts thrice as much as an alternative."""
    others = (shared_length(t, found.trigger) for t in gold.alt_triggers)
    return max((3 * shared_length(gold.trigger, found.trigger), *others))


def weigh_event(gold: GoldEvent, found: GoldEvent) -> float:
    """Weigh like `weigh_trigger`, for the same type or an accepted one; the gold type counts twice."""
    if gold.type == found.type:
        return 2 * weigh_trigger(gold, found)
    return weigh_trigger(gold, found) if found.type in gold.alt_types else 0


def words_within(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Number the words of a text that spans touch.

    Example:
        >>> sorted(words_within("He said: we won.", [(9, 16)]))
        [2, 3]
    """
    found: set[int] = set()
    merged = sorted(spans)
    place = 0
    for number, word in enumerate(_TOKEN.finditer(text)):
        # Spans may nest, so only those that end before this word are behind us for good.
        while place < len(merged) and merged[place][1] <= word.start():
            place += 1
        if any(s < word.end() and word.start() < e for s, e in _from(merged, place, word.end())):
            found.add(number)
    return frozenset(found)


def _from(spans: Sequence[tuple[int, int]], place: int, stop: int) -> list[tuple[int, int]]:
    out = []
    for at in range(place, len(spans)):
        if spans[at][0] >= stop:
            break
        out.append(spans[at])
    return out


def weigh_content(a: frozenset[int], b: frozenset[int]) -> float:
    """Weigh two contents by the share of words they have in common; 0 below a half."""
    both, either = len(a & b), len(a | b)
    return both / either if both and both * 2 >= either else 0
