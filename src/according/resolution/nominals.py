"""Nouns that name parties without a name: their kind, sectors and what they point back to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from according.data_files import read_data
from according.errors import CodebookSyntaxError
from according.language.tree import Tree
from according.resolution.actors import ActorList, RoleNoun

_LISTS = (
    "loose",
    "held",
    "heads",
    "relational",
    "counting",
    "titles",
    "male",
    "female",
    "male_names",
    "female_names",
    "addressed",
    "judged",
    "turned_to",
    "hosted",
    "deeds",
    "person_endings",
    "not_persons",
    "done_to_people",
    "kin",
    "police",
    "soldiers",
    "shared",
    "members",
    "freeing",
    "taking",
    "local_offices",
    "foreigners",
    "done_to_things",
    "ordinary",
)

_FORCE_WINDOW = 200


@dataclass(frozen=True, slots=True)
class NominalWords:
    """Word lists of `data/actors/nominals.yml`; see there for what each one means."""

    back: dict[str, frozenset[str]]
    joint: dict[str, frozenset[str]]
    loose: frozenset[str]
    held: frozenset[str]
    heads: frozenset[str]
    relational: frozenset[str]
    counting: frozenset[str]
    titles: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    male_names: frozenset[str]
    female_names: frozenset[str]
    addressed: frozenset[str]
    judged: frozenset[str]
    turned_to: frozenset[str]
    hosted: frozenset[str]
    deeds: frozenset[str]
    person_endings: frozenset[str]
    not_persons: frozenset[str]
    done_to_people: frozenset[str]
    kin: frozenset[str]
    police: frozenset[str]
    soldiers: frozenset[str]
    shared: frozenset[str]
    members: frozenset[str]
    freeing: frozenset[str]
    taking: frozenset[str]
    local_offices: frozenset[str]
    foreigners: frozenset[str]
    done_to_things: frozenset[str]
    ordinary: frozenset[str]


@cache
def load_nominals() -> NominalWords:
    """Read the lists that ship with the package.

    Raises:
        CodebookSyntaxError: A list is missing or unknown.
    """
    name = "data/actors/nominals.yml"
    raw = read_data(name.removeprefix("data/"))
    wanted = {"version", "back", "joint", *_LISTS}
    if set(raw) != wanted:
        raise CodebookSyntaxError(f"lists differ: {sorted(set(raw) ^ wanted)}", path=name)
    return NominalWords(
        back={k: frozenset(v) for k, v in raw["back"].items()},
        joint={k: frozenset(v) for k, v in raw["joint"].items()},
        **{key: frozenset(raw[key]) for key in _LISTS},
    )


# Bodies that are of states only where nothing else is told: "a coalition of REBELS".
_JOINED = frozenset({"coalition", "alliance"})


class Nouns:
    """Looks up the role nouns of one report."""

    def __init__(self, tree: Tree, actors: ActorList) -> None:
        self.tree = tree
        self.roles = actors.roles
        self.words = load_nominals()
        self._cache: dict[int, RoleNoun | None] = {}

    def role(self, head: int) -> RoleNoun | None:
        """The longest role noun that ends at a token: "foreign minister", then "minister"."""
        if head not in self._cache:
            self._cache[head] = self._role(head)
        return self._cache[head]

    def _role(self, head: int) -> RoleNoun | None:
        t = self.tree
        if t.lemma[head] == "office" and head >= 2 and t.tag[head - 1] == "POS":
            of = self.role(head - 2)  # "the prosecutor's OFFICE"
            if of is not None and set(of.sectors) & {"GOV", "JUD", "LEG", "COP", "MIL"}:
                return RoleNoun("office", "organisation", "organisation", of.sectors)
        lasts = dict.fromkeys((t.lemma[head], t.lower[head], t.lower[head].removesuffix("s")))
        before: list[str] = []
        i = head - 1
        while (
            i >= 0
            and len(before) < 3
            and t.sent[i] == t.sent[head]
            and t.pos[i] in ("NOUN", "PROPN", "ADJ", "VERB", "PUNCT", "ADP", "DET")
        ):
            before.insert(0, t.lower[i])
            i -= 1
        for size in range(len(before), -1, -1):
            for last in lasts:
                words = [*before[len(before) - size :], last]
                for key in (" ".join(words), " ".join(words).replace(" - ", "-")):
                    if key in self.roles:
                        police = key == "officer" and self._of_police(head)
                        return self.roles["police officer" if police else key]
        return self._formed(head)

    def _of_police(self, head: int) -> bool:
        """Whether officers are of the police: the force named last before them, or first after, is."""
        t, words = self.tree, load_nominals()
        near = (*range(head, max(head - _FORCE_WINDOW, -1), -1), *range(head + 1, min(head + 60, len(t.pos))))
        for i in near:
            if t.lemma[i] in words.police or t.lower[i] in words.police:
                return True
            if t.lemma[i] in words.soldiers or t.lower[i] in words.soldiers:
                return False
        return False

    def _formed(self, head: int) -> RoleNoun | None:
        """The role of a noun that is formed like one: a "dockWORKER" is a worker, a "cartoonIST" somebody."""
        t, words = self.tree, load_nominals()
        lemma = t.lemma[head]
        if t.pos[head] != "NOUN" or not lemma.isalpha() or lemma in words.not_persons:
            return None
        hyphened = head >= 2 and t.lower[head - 1] == "-"
        for size in range(min(9, len(lemma) - (0 if hyphened else 2)), 2, -1):
            ending = lemma[-size:]
            if ending in words.person_endings:
                known = self.roles.get(ending)
                return RoleNoun(lemma, "person", "people", known.sectors if known is not None else ())
        return None

    def plural(self, head: int) -> bool:
        """Whether the noun is plural."""
        return self.tree.tag[head] in ("NNS", "NNPS")

    def counted(self, head: int) -> int:
        """The noun that a counting noun counts: "dozens of PROTESTERS"; else the noun itself."""
        t, words = self.tree, load_nominals()
        if t.lemma[head] in words.counting or t.pos[head] in ("NUM", "DET", "PRON", "ADJ"):
            for p in t.kids(head, "prep"):
                obj = t.kid(p, "pobj") if t.lower[p] == "of" else None
                if obj is not None and t.pos[obj] != "NUM":  # "a CROWD of about 5,000"
                    return obj
        if t.lemma[head] in _JOINED and not t.kids(head, "amod", "compound"):
            for p in t.kids(head, "prep"):
                obj = t.kid(p, "pobj") if t.lower[p] == "of" else None
                joined = self.role(obj) if obj is not None else None
                if obj is not None and joined is not None and joined.plural in ("group", "people"):
                    return obj
        return head
