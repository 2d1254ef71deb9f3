"""Entries of the actor lists and their strict reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import yaml

from according.data_files import LOADER
from according.errors import CodebookSyntaxError
from according.records import EntityKind

_KINDS = frozenset({"person", "group", "state", "organisation", "place", "people", "unknown"})
_COMMON = frozenset({"name", "kind", "country", "sectors", "names", "note", "wikidata"})
_KEYS = {
    "states": _COMMON | {"demonyms", "capitals", "seats"},
    "groups": _COMMON | {"members", "offices"},
    "organisations": _COMMON | {"members", "seats"},
    "people": _COMMON | {"offices", "gender"},
}
_ANY = frozenset().union(*_KEYS.values())
_ROLE_KEYS = frozenset({"lemma", "lemmas", "kind", "plural", "sectors", "country", "note"})
_OFFICE_KEYS = frozenset({"title", "org", "sectors", "from", "to"})
_DEFAULT_KIND = {"states": "state", "groups": "group", "organisations": "organisation", "people": "person"}
FORMS = (
    ("names", "name"),
    ("demonyms", "demonym"),
    ("capitals", "capital"),
    ("seats", "seat"),
    ("members", "member"),
)


@dataclass(frozen=True, slots=True)
class Office:
    """An office a person holds or held; open ends are None."""

    title: str
    org: str | None = None
    sectors: tuple[str, ...] = ()
    from_: date | None = None
    to: date | None = None

    def held_on(self, day: date | None) -> bool:
        """Whether the office was held on a day; without a day, always."""
        if day is None:
            return True
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor of the list."""

    name: str
    kind: EntityKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    source: str = ""

    @property
    def adjective(self) -> str | None:
        """The first demonym: "French"."""
        return self.demonyms[0] if self.demonyms else None


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name of the list found in a text.

    Attributes:
        entry: The actor.
        form: What kind of word named it: name, demonym, capital, seat, member.
        start, end: Half-open range of tokens.
        rivals: Other actors that the same word names ("RSF").
    """

    entry: ActorEntry
    form: str
    start: int
    end: int
    rivals: tuple[ActorEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A noun for an office, occupation or body.

    Attributes:
        lemma: Lower case, singular, words parted by blanks.
        kind: Kind of what it names in the singular.
        plural: Kind in the plural.
        sectors: Sector codes, the main one first.
        country: Code that the noun itself implies, or None.
    """

    lemma: str
    kind: EntityKind
    plural: EntityKind
    sectors: tuple[str, ...] = ()
    country: str | None = None


class _File:
    """One YAML list with line numbers for messages."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.read_text(encoding="utf-8")
            self.items = yaml.load(self.text, Loader=LOADER)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = None if mark is None else mark.line + 1
            raise CodebookSyntaxError(
                f"not valid YAML: {getattr(error, 'problem', error)}", path=str(path), line=line
            ) from error
        except (OSError, UnicodeDecodeError) as error:
            raise CodebookSyntaxError(f"cannot be read: {error}", path=str(path)) from error
        if self.items is None:
            self.items = []
        if not isinstance(self.items, list) or any(not isinstance(i, dict) for i in self.items):
            raise CodebookSyntaxError("an actor list is a YAML list of mappings", path=str(path), line=1)

    def fail(self, index: int, message: str) -> CodebookSyntaxError:
        """An error that names the line of an item."""
        node = yaml.compose(self.text, Loader=yaml.SafeLoader)
        line = node.value[index].start_mark.line + 1 if isinstance(node, yaml.SequenceNode) else None
        return CodebookSyntaxError(message, path=str(self.path), line=line)

    def strings(self, index: int, item: dict[str, Any], key: str) -> tuple[str, ...]:
        """A list of strings under a key; empty when the key is absent."""
        value = item.get(key) or []
        if not isinstance(value, list) or any(not isinstance(v, str) or not v.strip() for v in value):
            raise self.fail(index, f"{key} must be a list of quoted strings")
        return tuple(value)

    def string(self, index: int, item: dict[str, Any], key: str) -> str | None:
        """A string under a key, or None."""
        value = item.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise self.fail(index, f"{key} must be a string, not {value!r}")
        return value

    def kind(self, index: int, value: object, default: str) -> EntityKind:
        """An entity kind."""
        kind = default if value is None else value
        if kind not in _KINDS:
            raise self.fail(index, f"unknown kind {kind!r}; known are {', '.join(sorted(_KINDS))}")
        return cast(EntityKind, kind)


def read_entries(path: Path, stem: str) -> list[ActorEntry]:
    """Read a list of actors.

    Args:
        path: The file.
        stem: Begins with the kind of list, which tells the keys allowed.

    Raises:
        CodebookSyntaxError: The file breaks the format; see `load_actors`.
    """
    file = _File(path)
    group = next((g for g in _KEYS if stem.startswith(g)), None)
    allowed = _KEYS[group] if group else _ANY
    out: list[ActorEntry] = []
    seen: set[str] = set()
    for n, item in enumerate(file.items):
        unknown = sorted(set(item) - allowed)
        if unknown:
            raise file.fail(n, f"unknown key {unknown[0]!r}; known are {', '.join(sorted(allowed))}")
        name = file.string(n, item, "name")
        if name is None:
            raise file.fail(n, "an entry needs a name")
        if name in seen:
            raise file.fail(n, f"{name!r} stands twice in this file")
        seen.add(name)
        default = _DEFAULT_KIND.get(
            group or "", "person" if "offices" in item else "state" if "demonyms" in item else "group"
        )
        out.append(
            ActorEntry(
                name=name,
                kind=file.kind(n, item.get("kind"), default),
                country=file.string(n, item, "country"),
                sectors=file.strings(n, item, "sectors"),
                offices=tuple(_read_office(file, n, o) for o in item.get("offices") or ()),
                source=path.name,
                **{key: file.strings(n, item, key) for key, _ in FORMS},
            )
        )
    return out


def _read_office(file: _File, index: int, raw: object) -> Office:
    if not isinstance(raw, dict) or set(raw) - _OFFICE_KEYS or not isinstance(raw.get("title"), str):
        raise file.fail(
            index, f"an office has a title and may have {', '.join(sorted(_OFFICE_KEYS - {'title'}))}"
        )
    return Office(
        raw["title"],
        file.string(index, raw, "org"),
        file.strings(index, raw, "sectors"),
        _read_date(file, index, raw.get("from"), first=True),
        _read_date(file, index, raw.get("to"), first=False),
    )


def _read_date(file: _File, index: int, raw: object, *, first: bool) -> date | None:
    if raw is None or isinstance(raw, date):
        return raw
    parts = str(raw).split("-")
    try:
        numbers = [int(p) for p in parts]
        if len(numbers) == 1:
            return date(numbers[0], 1, 1) if first else date(numbers[0], 12, 31)
        if len(numbers) == 2:
            month = date(numbers[0], numbers[1], 1)
            return month if first else month.replace(day=28)
        return date(*numbers)
    except (ValueError, TypeError) as error:
        raise file.fail(index, f'{raw!r} is no date; write "2005-01-15", "2005-01" or "2005"') from error


def read_roles(path: Path) -> Iterator[RoleNoun]:
    """Read a list of role nouns.

    Raises:
        CodebookSyntaxError: The file breaks the format; see `load_actors`.
    """
    file = _File(path)
    seen: set[str] = set()
    for n, item in enumerate(file.items):
        unknown = sorted(set(item) - _ROLE_KEYS)
        if unknown:
            raise file.fail(n, f"unknown key {unknown[0]!r}; known are {', '.join(sorted(_ROLE_KEYS))}")
        one = file.string(n, item, "lemma")
        lemmas = ((one,) if one else ()) + file.strings(n, item, "lemmas")
        if not lemmas:
            raise file.fail(n, "a role needs a lemma")
        kind = file.kind(n, item.get("kind"), "person")
        plural = file.kind(n, item.get("plural"), "group" if kind == "person" else kind)
        for lemma in lemmas:
            if lemma in seen:
                raise file.fail(n, f"{lemma!r} stands twice in this file")
            seen.add(lemma)
            yield RoleNoun(
                lemma, kind, plural, file.strings(n, item, "sectors"), file.string(n, item, "country")
            )
