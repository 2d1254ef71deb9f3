"""Choose what each place name of a report refers to.

A name's candidates are weighed by their size, by the qualifier beside the
name ("Paris, Texas"), by the countries and states the report speaks of, and
by nearness to what the report's other names may refer to.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, replace

from according.language.place_words import load_words
from according.resolution.places.gazetteer import Candidate, PlaceIndex
from according.resolution.places.names import fold
from according.resolution.places.recognise import Found

MAX_CANDIDATES = 20
MAX_NAMES = 80
_RANGE_KM = 120.0
_TINY = 5_000
# A bare name means a country rather than a town, and a town rather than the province around it.
_KIND_BONUS = {"country": 4.0, "region": 2.0, "admin1": -1.0, "admin2": -1.5, "city": 0.0, "site": 1.0}
_CURATED_BONUS = {"country": 1.0, "region": 1.0, "admin1": 4.0, "admin2": 1.0, "city": 4.0, "site": 1.0}
_COUNTRY_WEIGHT = 3.5
_SAYS_DIVISION = re.compile(r"(?i)\b(?:county|co|parish|province|governorate|district|oblast|state)\b")
_KNOWN = 15_000
_HAMLET_VOTE = 0.3
_HOME_VOTE = 1.0
_PRIOR_VOTES = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name was taken to be, and why; `place` is None when it was left open."""

    place: Candidate | None
    why: str


@dataclass(frozen=True, slots=True)
class Background:
    """Votes of a report's names for countries and for states."""

    countries: dict[str, float]
    states: dict[tuple[str, str], float]


def distance_km(one: Candidate, other: Candidate) -> float:
    """Distance between two places along the earth's surface, in kilometres."""
    la, lb = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((lb - la) / 2) ** 2
    half += math.cos(la) * math.cos(lb) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, half)))


def _size(c: Candidate) -> float:
    return (
        math.log10(c.population + 300) + _KIND_BONUS[c.kind] + (_CURATED_BONUS[c.kind] if c.curated else 0.0)
        - (0.8 if c.alternate else 0.0)
    )  # fmt: skip


def choose(
    found: list[Found], text_of: dict[tuple[int, int], str], index: PlaceIndex, home: str | None = None
) -> list[Choice]:
    """Resolve all names of one report.

    Args:
        found: The names.
        text_of: Name by token range, for qualifiers.
        index: The gazetteer.
        home: Country the publisher writes from, if known.

    Returns:
        One choice a name, in the same order.
    """
    options = {f.name: _options(f, index) for f in found}
    background = _background(found, options, home)
    near = _nearness(options)
    senses: dict[str, Choice] = {}
    qualified = {}
    for n, one in enumerate(found):
        if one.within is not None and one.only is None:
            choice = _by_qualifier(one, text_of[one.within], index)
            if choice is not None:
                qualified[n] = choice
                senses.setdefault(one.name, Choice(choice.place, "as where the report qualifies the name"))
    out = []
    for n, one in enumerate(found):
        if n in qualified:
            out.append(qualified[n])
            continue
        if one.only is not None:
            out.append(Choice(one.only, "stands for it"))
            continue
        if one.name not in senses:
            senses[one.name] = _best(options[one.name], background, near.get(one.name, {}))
        out.append(senses[one.name])
    for n, one in enumerate(found):
        if out[n].place is None and not options[one.name]:
            out[n] = _by_namesake(one.name, senses, background, index) or out[n]
    return out


def _by_namesake(
    name: str, senses: dict[str, Choice], background: Background, index: PlaceIndex
) -> Choice | None:
    """Where "Manhattan Regional Airport" is: at Manhattan, which serves as a rough point."""
    words = name.split()
    lists = load_words()
    if words[-1].lower() not in lists.serving:
        return None
    for end in range(len(words) - 1, 0, -1):
        town = " ".join(words[:end])
        if town not in index or fold(town) in lists.common:
            continue
        known = tuple(sorted(index.lookup(town), key=_size, reverse=True)[:MAX_CANDIDATES])
        place = (senses.get(town) or _best(known, background, {})).place
        if (
            place is None
            or place.kind in ("country", "region")
            or not background.countries[place.country or ""]
        ):
            return None
        site = replace(place, name=name, kind="site", geonameid=None, population=0)
        return Choice(site, f"placed at {place.name}, after which it is named")
    return None


def _options(one: Found, index: PlaceIndex) -> tuple[Candidate, ...]:
    if one.only is not None:
        return (one.only,)
    return tuple(sorted(index.lookup(one.name), key=_size, reverse=True)[:MAX_CANDIDATES])


def _background(
    found: list[Found], options: dict[str, tuple[Candidate, ...]], home: str | None
) -> Background:
    """Count the countries and states that the report's clear names speak of.

    A name is clear when one of its candidates is far larger than the rest; it
    speaks for a country also when all its candidates lie there. The only
    hamlet of a name says little, since many hamlets are in no gazetteer.
    """
    countries: dict[str, float] = defaultdict(float)
    states: dict[tuple[str, str], float] = defaultdict(float)
    if home is not None:
        countries[home] += _HOME_VOTE
    for one in found:
        known = options[one.name]
        if not known:
            continue
        top = known[0]
        weight = 1.0 if top.curated or top.population >= _KNOWN else _HAMLET_VOTE
        clear = len(known) == 1 or _size(top) - _size(known[1]) > 3
        if top.country and (clear or all(c.country == top.country for c in known)):
            countries[top.country] += weight
        if top.country and clear and top.admin1 and top.kind != "country":
            states[top.country, top.admin1] += 2 if top.kind == "admin1" else weight
    return Background(countries, states)


def _nearness(options: dict[str, tuple[Candidate, ...]]) -> dict[str, dict[int, float]]:
    """For each candidate, how many other names of the report have a candidate close by."""
    towns = [
        (name, [c for c in known if c.kind in ("city", "admin2", "site")])
        for name, known in list(options.items())[:MAX_NAMES]
    ]
    towns = [(name, known) for name, known in towns if known]
    folded = {name: fold(name) for name, _ in towns}
    rivals = {name: [_Point.of(c, weight) for c, weight in _weights(known)] for name, known in towns}
    out: dict[str, dict[int, float]] = {}
    for name, known in towns:
        others = [rivals[o] for o, _ in towns if o != name and folded[o] not in folded[name]]
        scores = {}
        for n, c in enumerate(known):
            here = rivals[name][n]
            total = 0.0
            for points in others:
                total += max([math.exp(-here.distance_km(r) / _RANGE_KM) * r.weight for r in points])
            scores[id(c)] = total
        out[name] = scores
    return out


@dataclass(frozen=True, slots=True)
class _Point:
    """A candidate as nearness looks at it, with what its distances take reckoned once."""

    lat: float
    lon: float
    cos: float
    weight: float

    @classmethod
    def of(cls, c: Candidate, weight: float) -> _Point:
        lat = math.radians(c.lat)
        return cls(lat, c.lon, math.cos(lat), weight)

    def distance_km(self, other: _Point) -> float:
        """As `distance_km` of the two candidates."""
        half = math.sin((other.lat - self.lat) / 2) ** 2
        half += self.cos * other.cos * math.sin(math.radians(other.lon - self.lon) / 2) ** 2
        return 12742.0 * math.asin(math.sqrt(min(1.0, half)))


def _weights(rivals: list[Candidate]) -> list[tuple[Candidate, float]]:
    """How much each candidate of a name counts: the smaller ones and those of many less."""
    sizes = [_size(r) for r in rivals]
    best = max(sizes)
    root = math.sqrt(len(rivals))
    return [(r, 1.0 / (1.0 + max(0.0, best - size)) / root) for r, size in zip(rivals, sizes, strict=True)]


def _best(known: tuple[Candidate, ...], background: Background, near: dict[int, float]) -> Choice:
    if not known:
        return Choice(None, "not in the gazetteer")
    countries, states = background.countries, background.states
    all_countries = sum(countries.values()) + _PRIOR_VOTES
    all_states = sum(states.values()) + _PRIOR_VOTES

    def score(c: Candidate) -> float:
        total = _size(c)
        if c.country:
            share = countries[c.country] / all_countries
            total += _COUNTRY_WEIGHT * share + (0.5 if countries[c.country] else 0.0)
            if c.admin1 and states[c.country, c.admin1]:
                total += 1.0 + 2.5 * states[c.country, c.admin1] / all_states
        return total + min(3.0, 2.5 * near.get(id(c), 0.0))

    ranked = sorted(known, key=score, reverse=True)
    top = ranked[0]
    supported = (
        near.get(id(top), 0.0) > 0.1
        or (top.country is not None and countries[top.country] > 0)
    )  # fmt: skip
    if len(ranked) > 3 and not supported and top.population < _TINY and not top.curated:
        return Choice(
            None, f"{len(ranked)} small places have this name and nothing in the report tells which"
        )
    if len(known) == 1:
        return Choice(top, "only place of this name")
    why = "fits the report's other places" if top is not known[0] else "largest place of this name"
    return Choice(top, f"{why}, of {len(known)}")


def _may_be_narrowed(top: Candidate, c: Candidate, outer: Candidate) -> bool:
    """Keep lists apart from qualifiers: "China, Japan" names no town, "Jordan, Minnesota" does."""
    if not top.curated or top.kind in ("city", "site") or c.curated:
        return True
    return top.kind == "country" and outer.kind == "admin1"


def _by_qualifier(one: Found, qualifier: str, index: PlaceIndex) -> Choice | None:
    """The candidate that lies in the state or country named after it."""
    wider = index.lookup(qualifier)
    short = index.abbreviations.get(qualifier)
    wider = (short, *wider) if short is not None else wider
    ranked = sorted(index.lookup(one.name), key=_size, reverse=True)
    for outer in wider:
        for c in ranked:
            if not _may_be_narrowed(ranked[0], c, outer):
                continue
            inside_state = outer.kind == "admin1" and (c.country, c.admin1) == (outer.country, outer.admin1)
            inside_country = outer.kind == "country" and c.country == outer.country and c.kind != "country"
            named = outer.kind == "region" or (outer.kind == "admin2" and _SAYS_DIVISION.search(qualifier))
            close = bool(named) and c.country == outer.country and distance_km(c, outer) < 150
            if (inside_state and c.kind != "admin1") or inside_country or close:
                return Choice(c, f"named with {qualifier}")
    sharp = ("country",) if one.loose else ("country", "admin1")
    narrow = [w for w in wider if w.kind in sharp and w.curated]
    if narrow and ranked and ranked[0].kind == "city":
        return Choice(None, f"no place of this name is known in {qualifier}")
    return None
