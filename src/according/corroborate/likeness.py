"""How alike two tellings are: evidence for and against one happening.

Each piece of evidence is a number from 0 to 1 that is 0 where either side says
nothing, so that an absent value counts neither way. The score is a logistic
sum with the weights of `data/corroborate/weights.yml`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from according.corroborate.model import Party, Telling
from according.corroborate.words import stem, weigh

FAMILIES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "SANCTION", "RETREAT"), "force")
    | dict.fromkeys(("ACCUSE", "REJECT", "REQUEST", "THREATEN"), "words")
    | dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE"), "accord")
)
"""Types whose mentions may tell one happening; a type that is not listed stands alone."""

_NEIGHBOURS_OF: Mapping[str, str] = MappingProxyType(
    {
        "ASSAULT": "COERCE PROTEST MOBILIZE",
        "COERCE": "PROTEST SANCTION MOBILIZE",
        "MOBILIZE": "RETREAT",
        "ACCUSE": "REJECT REQUEST THREATEN",
        "REQUEST": "THREATEN REJECT",
        "REJECT": "THREATEN",
        "AGREE": "CONSULT COOPERATE CONCEDE SUPPORT AID",
        "CONSULT": "COOPERATE SUPPORT",
        "COOPERATE": "SUPPORT AID",
        "SUPPORT": "AID",
    }
)
NEIGHBOURS: frozenset[frozenset[str]] = frozenset(
    frozenset((one, two)) for one, others in _NEIGHBOURS_OF.items() for two in others.split()
)
"""Pairs of types between which coders of one happening differ most."""


def near_types(code: str) -> frozenset[str]:
    """Give a type and those that coders of one happening take for it.

    Example:
        >>> sorted(near_types("MOBILIZE"))
        ['ASSAULT', 'COERCE', 'MOBILIZE', 'RETREAT']
    """
    return frozenset({code}.union(*(pair for pair in NEIGHBOURS if code in pair)))


_NO_ACT: frozenset[int] = frozenset()
_NEAR_KM, _FAR_KM = 30.0, 150.0
_NEAR_DAYS = 2
_PUBLISHED_APART = 21
_NAMED = 4.5
_CLOSE = 0.8
_HARM_CHARS = 240
_HARM = frozenset(map(stem, ("kill", "die", "dead", "wound", "injure", "hurt", "injury", "casualty")))
_DONE = frozenset({"happened", "ongoing"})
_INFORMATION = 6.0


@dataclass(frozen=True, slots=True)
class Bag:
    """Weighed stems, with the length of their vector."""

    weights: Mapping[str, float]
    length: float

    @classmethod
    def of(cls, words: tuple[str, ...]) -> Bag:
        """Weigh stems by how rare they are in news."""
        weights = {w: weigh(w) for w in words}
        return cls(weights, math.sqrt(sum(v * v for v in weights.values())))

    def cosine(self, other: Bag) -> float:
        """Cosine of the two vectors; 0 where one is empty."""
        if not self.length or not other.length:
            return 0.0
        mine = self.weights
        return sum(mine[w] ** 2 for w in mine.keys() & other.weights.keys()) / (self.length * other.length)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A telling with its stems weighed once."""

    telling: Telling
    words: Bag
    topic: Bag
    names: Bag
    actors: Bag
    recipients: Bag
    parties: Bag

    @classmethod
    def of(cls, telling: Telling) -> Weighed:
        """Weigh a telling."""
        actors = tuple(w for p in telling.actors for w in p.words)
        recipients = tuple(w for p in telling.recipients for w in p.words)
        return cls(
            telling,
            Bag.of(telling.words),
            Bag.of(telling.topic),
            Bag.of(telling.names),
            Bag.of(actors),
            Bag.of(recipients),
            Bag.of(actors + recipients),
        )


def can_be_one(one: Telling, two: Telling) -> bool:
    """Tell whether two tellings may be of one happening at all, by type and days."""
    if one.type != two.type and frozenset((one.type, two.type)) not in NEIGHBOURS:
        return False
    return days_apart(one, two) <= _PUBLISHED_APART


def days_apart(one: Telling, two: Telling) -> int:
    """Days between the two happenings' days; 0 where they meet or one is not known."""
    a, b, c, d = one.day_from, one.day_to, two.day_from, two.day_to
    if b is not None and c is not None and b < c:
        return (c - b).days
    if a is not None and d is not None and d < a:
        return (a - d).days
    return 0


def find_evidence(one: Weighed, two: Weighed) -> dict[str, float]:
    """Collect the evidence on whether two tellings are of one happening.

    Args:
        one: A telling.
        two: Another; the order of the two makes no difference.

    Returns:
        Values from 0 to 1 by name; names that are left out are 0.
    """
    found = _plain_evidence(one, two) | _names(one, two) | _parties(one, two)
    found["topic"] = one.topic.cosine(two.topic)
    found["words"] = one.words.cosine(two.words)
    return {name: value for name, value in found.items() if value}


def _plain_evidence(one: Weighed, two: Weighed) -> dict[str, float]:
    """The evidence that takes no comparing of words."""
    a, b = one.telling, two.telling
    found = {"type" if a.type == b.type else "neighbour": 1.0}
    if a.stem == b.stem:
        found["stem"] = 1.0
    elif read_acts().get(a.stem, _NO_ACT) & read_acts().get(b.stem, _NO_ACT):
        found["act"] = 1.0
    if a.mode and b.mode:
        found["mode" if a.mode == b.mode else "mode_differs"] = 1.0
    found.update(_time(a, b))
    found.update(_place(a, b))
    if a.counts and b.counts:
        found.update(_counts(a, b))
    if a.report == b.report:
        found["same_event" if a.event == b.event else "own_event_differs"] = 1.0
        found["harm"] = float(_is_harm_of(a, b) or _is_harm_of(b, a))
    if (a.factuality == "planned") != (b.factuality == "planned"):
        found["told_differs"] = 1.0
    return found


def _names(one: Weighed, two: Weighed) -> dict[str, float]:
    if one.telling.report == two.telling.report or not one.names.length or not two.names.length:
        return {}
    shared = _shared(one.names, two.names)
    return {"names": shared} if shared else {"names_differ": 1.0}


def find_total(one: Weighed, two: Weighed, least: float | None = None) -> float | None:
    """Add up the evidence on two tellings, as `sum_evidence(find_evidence(one, two))` does.

    Args:
        one: A telling.
        two: Another.
        least: Stop as soon as this cannot be reached. Most pairs are told apart by little.

    Returns:
        The sum, to six digits; None if it is less than `least`.
    """
    weights = read_weights()
    total = sum_evidence(_plain_evidence(one, two))
    rest: tuple[Callable[[], dict[str, float]], ...] = (
        lambda: {"topic": one.topic.cosine(two.topic)},
        lambda: {**_names(one, two), **_parties(one, two)},
        lambda: {"words": one.words.cosine(two.words)},
    )
    if least is None:
        for find in rest:
            total += sum(weights[name] * value for name, value in find().items())
        return round(total, 6)
    ceilings = _ceilings(one, two)
    for find, ceiling in zip(rest, ceilings, strict=True):
        if total + ceiling < least:
            return None
        total += sum(weights[name] * value for name, value in find().items())
    return round(total, 6) if total >= least else None


def _ceilings(one: Weighed, two: Weighed) -> tuple[float, float, float]:
    """The most that words can add: all of them, without the topic, and those of the clause alone."""
    weights = read_weights()
    words = max(0.0, weights["words"])
    people = max(0.0, weights["names"], weights["names_differ"])
    if one.parties.length and two.parties.length:
        both = [n for n in ("actors", "recipients") if getattr(one, n).length and getattr(two, n).length]
        people += max(sum(max(0.0, weights[n]) for n in both), weights["parties"])
    people += words
    return people + max(0.0, weights["topic"]), people, words


def sum_evidence(evidence: Mapping[str, float]) -> float:
    """Add up evidence by its weights, and the bias."""
    weights = read_weights()
    return weights["bias"] + sum(weights[name] * value for name, value in evidence.items())


def to_score(total: float) -> float:
    """Turn a sum of evidence to a score from 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def score_pair(one: Weighed, two: Weighed) -> float:
    """Score, from 0 to 1, whether two tellings are of one happening."""
    return to_score(sum_evidence(find_evidence(one, two)))


@cache
def read_acts() -> Mapping[str, frozenset[int]]:
    """Read which triggers tell one act in different words: stem to numbers of rows."""
    import yaml

    text = files("according").joinpath("data/corroborate/acts.yml").read_text(encoding="utf-8")
    acts: dict[str, set[int]] = {}
    for number, row in enumerate(yaml.safe_load(text)):
        for word in row:
            acts.setdefault(stem(str(word)), set()).add(number)
    return MappingProxyType({word: frozenset(rows) for word, rows in acts.items()})


@cache
def read_weights() -> Mapping[str, float]:
    """Read the weights of the evidence, "bias" among them."""
    import yaml

    text = files("according").joinpath("data/corroborate/weights.yml").read_text(encoding="utf-8")
    rows = yaml.safe_load(text)["weights"]
    return MappingProxyType({str(name): float(row["weight"]) for name, row in rows.items()})


def _is_harm_of(a: Telling, b: Telling) -> bool:
    """Tell whether one mention gives the dead or hurt of an attack told just before it."""
    return (
        a.type == b.type == "ASSAULT"
        and 0 < a.start - b.start <= _HARM_CHARS
        and a.stem in _HARM
        and a.stem != b.stem
        and (a.mode is None or b.mode is None or a.mode == b.mode)
        and (a.factuality in _DONE) == (b.factuality in _DONE)
    )


def _parties(one: Weighed, two: Weighed) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, x, y in (("actors", one.actors, two.actors), ("recipients", one.recipients, two.recipients)):
        if x.length and y.length:
            found[name] = _shared(x, y)
            named = max(x.weights.values()) >= _NAMED and max(y.weights.values()) >= _NAMED
            found[f"{name}_differ"] = float(
                named and found[name] == 0 and not _may_be_one_side(one.telling, two.telling, name)
            )
    if one.parties.length and two.parties.length and not found.get("actors") and not found.get("recipients"):
        found["parties"] = _shared(one.parties, two.parties)
    return found


def _shared(x: Bag, y: Bag) -> float:
    """How much two bags share: rare words say much, and so do several; 1 is not reached."""
    mine = x.weights
    shared = mine.keys() & y.weights.keys()
    return 1 - math.exp(-sum(mine[w] for w in shared) / _INFORMATION) if shared else 0.0


def _may_be_one_side(a: Telling, b: Telling, side: str) -> bool:
    """Tell whether names that differ may be one side: two bodies of one country, but not two people."""
    one: tuple[Party, ...] = getattr(a, side)
    two: tuple[Party, ...] = getattr(b, side)
    if all(p.kind == "person" for p in one + two):
        return False
    return bool({p.country for p in one if p.country} & {p.country for p in two if p.country})


def _time(a: Telling, b: Telling) -> dict[str, float]:
    known = (a.day_from or a.day_to) and (b.day_from or b.day_to)
    if known:
        apart = days_apart(a, b)
        if apart == 0:
            return {"day": _tightness(a, b)}
        return {"day_near": 1.0} if apart <= _NEAR_DAYS else {"day_apart": 1.0}
    if a.published and b.published:
        gap = abs((a.published - b.published).days)
        return {"published_near": 1.0} if gap <= _NEAR_DAYS else {"published_apart": min(1.0, gap / 30)}
    return {}


def _tightness(a: Telling, b: Telling) -> float:
    """How much it says that two intervals meet: 1 for single days, little for months and open ends."""
    widths = [(t.day_to - t.day_from).days + 1 if t.day_from and t.day_to else 60 for t in (a, b)]
    return 1 / (1 + math.log2(max(1, *widths)) / 2)


def _place(a: Telling, b: Telling) -> dict[str, float]:
    if a.geonameid and a.geonameid == b.geonameid and a.place != a.country:
        return {"place": 1.0}
    if a.lat is not None and a.lon is not None and b.lat is not None and b.lon is not None:
        far = find_km(a.lat, a.lon, b.lat, b.lon)
        if far <= _NEAR_KM:
            return {"place": 1.0}
        if a.country == b.country:
            return {"same_country": 1.0} | ({"place_far": 0.5} if far > _FAR_KM else {})
        return {"place_far": 1.0}
    if a.place and b.place and a.place.casefold() == b.place.casefold():
        return {"place": 1.0}
    if a.country and b.country:
        return {"same_country": 1.0} if a.country == b.country else {"place_far": 1.0}
    return {}


def find_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Distance on the globe in kilometres.

    Example:
        >>> round(find_km(48.86, 2.35, 51.51, -0.13))
        343
    """
    p, q = math.radians(lat), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def _counts(a: Telling, b: Telling) -> dict[str, float]:
    best: dict[str, float] = {}
    theirs = {name: (low, high) for name, low, high in b.counts}
    for name, low, high in a.counts:
        if name not in theirs:
            continue
        x, y = low or high, theirs[name][0] or theirs[name][1]
        if not x or not y:
            continue
        ratio = min(x, y) / max(x, y)
        if ratio >= _CLOSE:
            best["count"] = max(ratio, best.get("count", 0.0))
        elif ratio < 1 / 3 and name in ("killed", "injured"):
            best["count_differs"] = 1.0
    return best
