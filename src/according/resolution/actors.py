"""The actor list: known states, groups, organisations and people, and role nouns.

The lists are YAML files in `data/actors/`; a user's own file may hold entries
of any kind and wins over them. Codes are quoted strings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import yaml

from according.errors import CodebookSyntaxError
from according.records import EntityKind
from according.resolution.names import is_acronym, similar, skeleton, units

_DATA = Path(__file__).parent.parent / "data" / "actors"
_KINDS = frozenset({"person", "group", "state", "organisation", "place", "people", "unknown"})
_COMMON = frozenset({"name", "kind", "country", "sectors", "names", "note", "wikidata"})
_KEYS = {
    "states": _COMMON | {"demonyms", "capitals", "seats"},
    "groups": _COMMON | {"members"},
    "organisations": _COMMON | {"members", "seats"},
    "people": _COMMON | {"offices", "gender"},
}
_ANY = frozenset().union(*_KEYS.values())
_ROLE_KEYS = frozenset({"lemma", "lemmas", "kind", "plural", "sectors", "country", "note"})
_OFFICE_KEYS = frozenset({"title", "org", "sectors", "from", "to"})
_DEFAULT_KIND = {"states": "state", "groups": "group", "organisations": "organisation", "people": "person"}
_FORMS = (
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
    """

    entry: ActorEntry
    form: str
    start: int
    end: int


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


@dataclass(frozen=True)
class ActorList:
    """All entries with an index over their names.

    Attributes:
        entries: In order, a user's own first.
        roles: Role nouns by lemma.
    """

    entries: tuple[ActorEntry, ...]
    roles: dict[str, RoleNoun] = field(default_factory=dict)
    _index: dict[str, list[tuple[tuple[str, ...], str, str, ActorEntry]]] = field(
        default_factory=dict, repr=False
    )
    _by_country: dict[str, ActorEntry] = field(default_factory=dict, repr=False)
    _surnames: dict[str, list[ActorEntry]] = field(default_factory=dict, repr=False)
    _by_name: dict[str, ActorEntry] = field(default_factory=dict, repr=False)

    def matches(self, words: Sequence[tuple[str, int]], texts: Sequence[str]) -> Iterator[NameMatch]:
        """Find names in a report, longest first at each place, none overlapping.

        Args:
            words: The report's words with their token indices.
            texts: The report's tokens as written.

        Yields:
            Matches in text order.
        """
        i = 0
        while i < len(words):
            found = self._at(words, texts, i)
            if found is None:
                i += 1
                continue
            size, match = found
            yield match
            i += size

    def _at(
        self, words: Sequence[tuple[str, int]], texts: Sequence[str], i: int
    ) -> tuple[int, NameMatch] | None:
        for key, form, written, entry in self._index.get(words[i][0], ()):
            size = len(key)
            if i + size > len(words) or any(words[i + k][0] != key[k] for k in range(1, size)):
                continue
            start, end = words[i][1], words[i + size - 1][1] + 1
            first = texts[start]
            if size == 1 and is_acronym(written):
                if first.replace(".", "") != written.replace(".", ""):
                    continue
            elif not written.islower() and not any(texts[words[i + k][1]][:1].isupper() for k in range(size)):
                continue
            return size, NameMatch(entry, form, start, end)
        return None

    def state(self, country: str | None) -> ActorEntry | None:
        """The state with a country code, or None."""
        return self._by_country.get(country) if country else None

    def named(self, name: str) -> ActorEntry | None:
        """The entry whose name or other name this is (any spelling), or None."""
        return self._by_name.get(" ".join(units(name)))

    def state_word(self, word: str) -> ActorEntry | None:
        """The state that one word names or belongs to: "Iran", "Iranian"; else None."""
        folded = units(word)
        if len(folded) != 1:
            return None
        for key, form, written, entry in self._index.get(folded[0], ()):
            fits = key == folded and (not is_acronym(written) or is_acronym(word))
            if fits and entry.kind == "state" and form in ("name", "demonym"):
                return entry
        return None

    def people_called(self, surname: str) -> Sequence[ActorEntry]:
        """People of the list with a surname (folded), in this or a like spelling."""
        exact = self._surnames.get(surname)
        if exact or len(surname) < 4:
            return exact or ()
        near = self._surnames.get("~" + skeleton(surname), ())
        return [e for e in near if any(similar(units(n)[-1], surname) for n in (e.name, *e.names))]


def _build(entries: Iterable[ActorEntry], roles: dict[str, RoleNoun]) -> ActorList:
    entries = tuple(entries)
    out = ActorList(entries, roles)
    for entry in entries:
        if entry.kind == "state" and entry.country:
            have = out._by_country.get(entry.country)
            if have is None or _standing(entry) > _standing(have):
                out._by_country[entry.country] = entry
        for form, written in _written(entry):
            key = units(written)
            if not key:
                continue
            if form == "name":
                out._by_name.setdefault(" ".join(key), entry)
            if key[0] == "the" and len(key) > 1:
                key = key[1:]
            bucket = out._index.setdefault(key[0], [])
            if not any(k == key and is_acronym(w) == is_acronym(written) for k, _, w, _ in bucket):
                bucket.append((key, form, written, entry))
        if entry.kind == "person":
            for last in dict.fromkeys(units(n)[-1] for n in (entry.name, *entry.names) if len(units(n)) > 1):
                out._surnames.setdefault(last, []).append(entry)
                alike = out._surnames.setdefault("~" + skeleton(last), [])
                if entry not in alike:
                    alike.append(entry)
    for bucket in out._index.values():
        bucket.sort(key=lambda item: -len(item[0]))
    return out


def _standing(entry: ActorEntry) -> tuple[bool, int, int]:
    """Ranks the entries that share a country code: the state itself before its dependencies and claims."""
    return (
        "PRE" not in entry.sectors,
        bool(entry.capitals) + bool(entry.seats),
        len(entry.names) + len(entry.demonyms),
    )


def _written(entry: ActorEntry) -> Iterator[tuple[str, str]]:
    yield "name", entry.name
    for key, form in _FORMS:
        for written in getattr(entry, key):
            yield form, written


def load_actors(paths: Iterable[Path] | None = None) -> ActorList:
    """Load the actor lists of the package, and a user's own before them.

    Args:
        paths: A user's own files; their entries win.

    Returns:
        The actor list.

    Raises:
        CodebookSyntaxError: A file is no YAML list, has an unknown key, an
            empty or doubled name, or a code that is no quoted string.

    Example:
        >>> load_actors().state("FRA").name
        'France'
    """
    return _load(tuple(Path(p) for p in paths or ()))


@lru_cache(maxsize=8)
def _load(own: tuple[Path, ...]) -> ActorList:
    entries: list[ActorEntry] = []
    roles: dict[str, RoleNoun] = {}
    files = [(p, "own") for p in own]
    files += [
        (p, p.stem) for p in sorted(_DATA.glob("*.yml"), key=_order) if not p.stem.startswith("nominals")
    ]
    for path, stem in files:
        if stem.startswith(("roles", "sectors")):
            for role in _read_roles(path):
                roles.setdefault(role.lemma, role)
        else:
            entries += _read_entries(path, stem)
    return _build(entries, roles)


def _order(path: Path) -> tuple[int, str]:
    stems = ("states", "organisations", "groups", "people")
    kind = next((n for n, s in enumerate(stems) if path.stem.startswith(s)), len(stems))
    return kind, path.stem


class _File:
    """One YAML list with line numbers for messages."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.read_text(encoding="utf-8")
            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            self.items = yaml.load(self.text, Loader=loader)
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


def _read_entries(path: Path, stem: str) -> list[ActorEntry]:
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
                **{key: file.strings(n, item, key) for key, _ in _FORMS},
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


def _read_roles(path: Path) -> Iterator[RoleNoun]:
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
