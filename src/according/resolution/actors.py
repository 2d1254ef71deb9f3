"""The actor list: known states, groups, organisations and people, and role nouns.

The lists are YAML files in `data/actors/`; a user's own file may hold entries
of any kind and wins over them. Codes are quoted strings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from according.resolution.actors_read import (
    FORMS,
    ActorEntry,
    NameMatch,
    Office,
    RoleNoun,
    read_entries,
    read_roles,
)
from according.resolution.actors_user import completed, read_user_entries
from according.resolution.names import is_acronym, similar, skeleton, units

__all__ = ["ActorEntry", "ActorList", "NameMatch", "Office", "RoleNoun", "load_actors"]

# Last words of names of media that with a small letter are no part of one.
_ORDINARY = frozenset({"today", "now", "times", "week", "world", "post", "live", "monitor", "report"})
_DATA = Path(__file__).parent.parent / "data" / "actors"


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

    def matches(
        self, words: Sequence[tuple[str, int]], texts: Sequence[str], *, caseless: bool = False
    ) -> Iterator[NameMatch]:
        """Find names in a report, longest first at each place, none overlapping.

        Args:
            words: The report's words with their token indices.
            texts: The report's tokens as written.
            caseless: Whether the report tells nothing by its capitals.

        Yields:
            Matches in text order.
        """
        i = 0
        while i < len(words):
            found = self._at(words, texts, i, caseless)
            if found is None:
                i += 1
                continue
            size, match = found
            yield match
            i += size

    def _at(
        self, words: Sequence[tuple[str, int]], texts: Sequence[str], i: int, caseless: bool
    ) -> tuple[int, NameMatch] | None:
        bucket = self._index.get(words[i][0], ())
        for key, form, written, entry in bucket:
            size = len(key)
            if i + size > len(words) or any(words[i + k][0] != key[k] for k in range(1, size)):
                continue
            start, end = words[i][1], words[i + size - 1][1] + 1
            first = texts[start]
            if caseless:
                if size == 1 and is_acronym(written) and len(written) < 3:
                    continue
            elif size == 1 and is_acronym(written):
                if first.replace(".", "") != written.replace(".", ""):
                    continue
            elif not written.islower() and not any(texts[words[i + k][1]][:1].isupper() for k in range(size)):
                continue
            last = texts[words[i + size - 1][1]]
            if size > 1 and "JRN" in entry.sectors and not caseless and last in _ORDINARY:
                continue  # "visited Russia today" names no broadcaster
            alike = is_acronym(written)
            rivals = tuple(
                e
                for k, f, w, e in bucket
                if k == key and e is not entry and f == form and is_acronym(w) == alike
            )
            return size, NameMatch(entry, form, start, end, rivals)
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

    def state_spelt_like(self, words: tuple[str, ...]) -> ActorEntry | None:
        """The state whose name a single folded word misspells: "ethopia"; else None."""
        if len(words) != 1 or len(words[0]) < 6:
            return None
        names = {units(e.name): e for e in self._by_country.values()}
        near = [
            e
            for key, e in names.items()
            if len(key) == 1 and key[0][0] == words[0][0] and fuzz.ratio(key[0], words[0]) >= 90
        ]
        return near[0] if len(near) == 1 else None

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
            short = is_acronym(written) or "(" in entry.name
            if not any(
                k == key and is_acronym(w) == is_acronym(written) and (f != form or not short)
                for k, f, w, _ in bucket
            ):
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
    if "(" in entry.name:
        yield "name", entry.name.partition(" (")[0]
    for key, form in FORMS:
        for written in getattr(entry, key):
            yield form, written


def load_actors(paths: Iterable[Path] | None = None) -> ActorList:
    """Load the actor lists of the package, and a user's own before them.

    Args:
        paths: A user's own files, YAML, CSV or FollowTheMoney; their entries
            win, and one that bears the name of an entry of the package
            keeps that entry's other names.

    Returns:
        The actor list.

    Raises:
        CodebookSyntaxError: A file is no list, has an unknown key, an
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
    files = [
        (p, p.stem) for p in sorted(_DATA.glob("*.yml"), key=_order) if not p.stem.startswith("nominals")
    ]
    for path, stem in files:
        if stem.startswith(("roles", "sectors")):
            for role in read_roles(path):
                roles.setdefault(role.lemma, role)
        else:
            entries += read_entries(path, stem)
    known = {entry.name: entry for entry in reversed(entries)}
    mine = [entry for path in own for entry in read_user_entries(path)]
    mine = [completed(entry, known[entry.name]) if entry.name in known else entry for entry in mine]
    return _build([*mine, *entries], roles)


def _order(path: Path) -> tuple[int, str]:
    stems = ("states", "organisations", "groups", "people")
    kind = next((n for n, s in enumerate(stems) if path.stem.startswith(s)), len(stems))
    return kind, path.stem
