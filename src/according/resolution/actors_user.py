"""A user's own actor list: YAML as the package's lists, CSV, or FollowTheMoney JSON lines.

Entries of any format become the same `ActorEntry`, so that the rest of the program does not know where
an actor came from but for the file's name, which every code's `why` gives.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

from according.errors import CodebookSyntaxError
from according.records import EntityKind
from according.resolution.actors_read import ActorEntry, Office, read_entries

_KINDS = frozenset(get_args(EntityKind))
_COLUMNS = (
    "name", "kind", "country", "sectors", "names", "aliases", "demonyms", "capitals", "seats", "members",
    "office", "org", "from", "to", "note",
)  # fmt: skip
_LISTS = ("demonyms", "capitals", "seats", "members")

# FollowTheMoney schemata that are actors. Others (addresses, passports, ownerships, ...) describe them.
_SCHEMATA: Mapping[str, EntityKind] = {
    "Person": "person",
    "Organization": "organisation",
    "PublicBody": "organisation",
    "Company": "organisation",
    "LegalEntity": "organisation",
}
# FollowTheMoney topics that say which sector somebody belongs to.
_TOPICS = {
    "gov": "GOV",
    "gov.national": "GOV",
    "gov.state": "GOV",
    "gov.muni": "GOV",
    "gov.head": "GOV",
    "gov.executive": "GOV",
    "gov.legislative": "LEG",
    "gov.judicial": "JUD",
    "gov.security": "MIL",
    "role.judge": "JUD",
    "role.journo": "JRN",
    "role.act": "SOC",
    "role.spy": "SPY",
    "role.lobby": "BUS",
    "role.oligarch": "ELI",
    "role.pep": "ELI",
    "pol.party": "PTY",
    "pol.union": "LAB",
    "rel": "REL",
    "mil": "MIL",
    "asset": "BUS",
    "corp.public": "BUS",
    "fin.bank": "BUS",
}


def read_user_entries(path: Path) -> list[ActorEntry]:
    """Read a user's actor list in whichever format its suffix says.

    Args:
        path: `.yml` or `.yaml` (a list as in the package's files), `.csv` or `.tsv` (columns `name`, and
            any of kind, country, sectors, names or aliases, demonyms, capitals, seats, members, office,
            org, from, to, note; several values in a cell are parted by ";"; rows with the same name
            are one actor), `.json`, `.jsonl` or `.ftm` (FollowTheMoney entities, one a line).

    Returns:
        Entries in the order of the file.

    Raises:
        CodebookSyntaxError: The file cannot be read, or a row of it is wrong; names file, line and field.
    """
    readers: dict[str, Callable[[Path], list[ActorEntry]]] = {
        ".yml": lambda p: read_entries(p, "own"),
        ".yaml": lambda p: read_entries(p, "own"),
        ".csv": _read_csv,
        ".tsv": _read_csv,
        ".json": _read_ftm,
        ".jsonl": _read_ftm,
        ".ftm": _read_ftm,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise CodebookSyntaxError(
            "an actor list of this kind cannot be read.",
            path=str(path),
            hint=f"Use one of {', '.join(readers)}.",
        )
    return reader(path)


def hash_list(path: Path) -> str:
    """SHA-256 of an actor list's bytes, hexadecimal, for manifests."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def completed(own: ActorEntry, known: ActorEntry) -> ActorEntry:
    """Add to a user's entry the names by which the package knows the same actor.

    The user's codes, kind and offices win; what the user leaves out is the package's.
    """
    merged: dict[str, Any] = {
        key: tuple(dict.fromkeys((*getattr(own, key), *getattr(known, key)))) for key in ("names", *_LISTS)
    }
    return replace(
        own,
        country=own.country or known.country,
        sectors=own.sectors or known.sectors,
        offices=own.offices or known.offices,
        **merged,
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookSyntaxError(f"cannot be read: {error}", path=str(path)) from error


def _values(cell: str | None) -> tuple[str, ...]:
    return tuple(v for part in (cell or "").split(";") if (v := part.strip()))


def _read_csv(path: Path) -> list[ActorEntry]:
    def fail(line: int, message: str) -> CodebookSyntaxError:
        return CodebookSyntaxError(message, path=str(path), line=line)

    text = _text(path)
    tabs = path.suffix.lower() == ".tsv"
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if tabs else ",", strict=True)
    header = [h.strip() for h in rows.fieldnames or ()]
    unknown = [h for h in header if h not in _COLUMNS]
    if "name" not in header or unknown:
        what = f"unknown column {unknown[0]!r}" if unknown else "no column 'name'"
        raise fail(1, f"{what}; known are {', '.join(_COLUMNS)}.")
    rows.fieldnames = header
    out: dict[str, ActorEntry] = {}
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return list(out.values())
        except csv.Error as error:
            raise fail(rows.line_num, f"not valid CSV: {error}.") from error
        entry = _row_entry(row, path, rows.line_num, fail)
        first = out.get(entry.name)
        out[entry.name] = entry if first is None else _joined(first, entry)


def _row_entry(
    row: Mapping[str | None, Any], path: Path, line: int, fail: Callable[[int, str], CodebookSyntaxError]
) -> ActorEntry:
    if None in row:
        raise fail(line, "the row has more cells than the header.")
    name = (row.get("name") or "").strip()
    if not name:
        raise fail(line, "name: an actor needs a name.")
    office = (row.get("office") or "").strip()
    kind = (row.get("kind") or "").strip() or ("person" if office else "group")
    if kind not in _KINDS:
        raise fail(line, f"kind: {kind!r} is none of {', '.join(sorted(_KINDS))}.")
    offices: tuple[Office, ...] = ()
    if office:
        days = [_day(row.get(key), key, line, fail, first=key == "from") for key in ("from", "to")]
        offices = (Office(office, (row.get("org") or "").strip() or None, (), days[0], days[1]),)
    return ActorEntry(
        name=name,
        kind=cast(EntityKind, kind),
        country=(row.get("country") or "").strip() or None,
        sectors=_values(row.get("sectors")),
        names=(*_values(row.get("names")), *_values(row.get("aliases"))),
        offices=offices,
        source=path.name,
        **{key: _values(row.get(key)) for key in _LISTS},
    )


def _joined(first: ActorEntry, more: ActorEntry) -> ActorEntry:
    """Several rows of one actor: usually one an office."""
    keys = ("sectors", "names", "offices", *_LISTS)
    merged: dict[str, Any] = {
        key: tuple(dict.fromkeys((*getattr(first, key), *getattr(more, key)))) for key in keys
    }
    return replace(first, country=first.country or more.country, **merged)


def _day(
    cell: str | None, field: str, line: int, fail: Callable[[int, str], CodebookSyntaxError], *, first: bool
) -> date | None:
    """A day from a date that may lack its day or month: the first or last day it can mean."""
    if not cell or not cell.strip():
        return None
    parts = cell.strip().split("-")
    try:
        numbers = [int(p) for p in parts]
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else (1 if first else 12)
        if len(numbers) == 3:
            return date(year, month, numbers[2])
        after = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1) if first else date.fromordinal(after.toordinal() - 1)
    except (ValueError, IndexError) as error:
        raise fail(line, f"{field}: {cell!r} is no date; write 2005-01-15, 2005-01 or 2005.") from error


def _read_ftm(path: Path) -> list[ActorEntry]:
    out: list[ActorEntry] = []
    for line, text in enumerate(_text(path).split("\n"), 1):
        if not text.strip():
            continue
        try:
            raw = json.loads(text)
        except ValueError as error:
            raise CodebookSyntaxError(f"not valid JSON: {error}", path=str(path), line=line) from error
        if not isinstance(raw, dict) or not isinstance(raw.get("schema"), str):
            raise CodebookSyntaxError("schema: a FollowTheMoney entity has one.", path=str(path), line=line)
        properties = raw.get("properties") or {}
        if not isinstance(properties, dict):
            raise CodebookSyntaxError("properties: a mapping is expected.", path=str(path), line=line)
        kind = _SCHEMATA.get(raw["schema"])
        if kind is not None:
            out += _ftm_entry(properties, kind, path, line)
    return out


def _ftm_entry(
    properties: Mapping[str, Any], kind: EntityKind, path: Path, line: int
) -> Iterator[ActorEntry]:
    def of(key: str) -> tuple[str, ...]:
        value = properties.get(key) or []
        if not isinstance(value, list) or any(not isinstance(v, str) for v in value):
            raise CodebookSyntaxError(f"{key}: a list of texts is expected.", path=str(path), line=line)
        return tuple(v.strip() for v in value if v.strip())

    names = of("name")
    if not names:
        return
    topics = of("topics")
    sectors = tuple(dict.fromkeys(s for t in topics if (s := _TOPICS.get(t))))
    codes = [c for code in (*of("country"), *of("nationality"), *of("jurisdiction")) if (c := _country(code))]
    country = "IGO" if "gov.igo" in topics else codes[0] if len(set(codes)) == 1 else None
    yield ActorEntry(
        name=names[0],
        kind=kind,
        country=country,
        sectors=sectors,
        names=(*names[1:], *of("alias"), *of("abbreviation")),
        offices=tuple(Office(title) for title in of("position")),
        source=path.name,
    )


def _country(code: str) -> str | None:
    """ISO 3166 alpha-3 of a FollowTheMoney country code, None when it is none of a state."""
    import pycountry

    if code.lower() == "xk":
        return "KOS"
    found = pycountry.countries.get(alpha_2=code.upper()) if len(code) == 2 else None
    return None if found is None else str(found.alpha_3)
