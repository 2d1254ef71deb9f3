"""Find the names in a report and put all names of one actor together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc

from according.language.place_words import load_words
from according.language.tree import Tree
from according.records import EntityKind
from according.resolution.actors import ActorEntry, ActorList
from according.resolution.names import given, initials, is_acronym, similar, surname, units
from according.resolution.names_found_spans import SpanFinder, one_country
from according.resolution.names_guard import CONTINENTS, NO_STATE
from according.resolution.nominals import Nouns, load_nominals
from according.resolution.places.gazetteer import Candidate, load_gazetteer

_MAX_SAME_SURNAME = 40
# People of bodies with these codes may be met with in a report from anywhere.
_NO_COUNTRY = NO_STATE - {"MNC"}


@dataclass(slots=True)
class Draft:
    """An entity while it is put together."""

    number: int
    name: str
    kind: EntityKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    entry: ActorEntry | None = None
    words: tuple[str, ...] = ()
    aliases: set[str] = field(default_factory=set)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    titles: dict[str, tuple[int, int]] = field(default_factory=dict)
    org: int | None = None
    gender: str = ""
    described: bool = False
    why: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NameMention:
    """One use of a name."""

    start: int
    end: int
    head: int
    draft: int
    form: str


def _sizeable(place: Candidate) -> bool:
    """Whether a place is large or known enough for its bare name to tell the country."""
    return place.curated or place.population >= 15_000


def _large(place: Candidate) -> bool:
    """Whether a name the recogniser leaves open is rather this place than anything else."""
    return place.curated or (place.population >= 200_000 and not place.alternate)


class NameFinder(SpanFinder):
    """Collects the names of one report."""

    def __init__(
        self, doc: Doc, tree: Tree, actors: ActorList, nouns: Nouns, day: date | None = None
    ) -> None:
        self.day = day
        self.datelines: frozenset[int] = frozenset()
        self.located: dict[int, str] = {}
        super().__init__(doc, tree, actors, nouns)
        self.drafts: list[Draft] = []
        self.mentions: list[NameMention] = []
        self.covered: dict[int, int] = {}
        self._countries: set[str] = set()
        self._keys: dict[tuple[str, ...], int] = {}
        self._surnames: dict[str, list[int]] = {}
        self._acronyms: dict[str, int] = {}

    def find(self) -> None:
        """Fill `drafts`, `mentions` and `covered` (draft mention index by token)."""
        found = self.spans()
        self._countries = {f[3].country for f in found if f[3] is not None and f[3].country}
        full = [f for f in found if f[2] == "person" and f[1] - f[0] > 1 and f[3] is None]
        for start, end, *_ in full:  # full names first, so that an early surname finds its owner
            self._person(start, end)
        for start, end, kind, entry, form in sorted(found, key=lambda f: f[0]):
            self._add(start, end, kind, entry, form)
        self._bracketed()
        self._locate()

    def _locate(self) -> None:
        """Give places the country of the gazetteer, where the name leaves no doubt in this report."""
        seen = {d.country for d in self.drafts if d.country and d.kind in ("state", "place")}
        gazetteer = load_gazetteer()
        for draft in self.drafts:
            word = draft.kind == "organisation" and len(draft.words) == 1 and not is_acronym(draft.name)
            loose = draft.kind in ("unknown", "people") or word
            if loose and draft.entry is None and not draft.sectors:
                known = gazetteer.lookup(draft.name)
                there = draft.kind != "people" and any(c.country in seen and _sizeable(c) for c in known)
                if (draft.kind == "unknown" and any(_large(c) for c in known)) or (
                    (there or self._is_located(draft)) and self._befallen(draft)
                ):
                    draft.kind = "place"
            elif (
                draft.kind == "person"
                and draft.entry is None
                and len(draft.words) <= 2
                and self._taken(draft)
                and any(c.country in seen and _sizeable(c) for c in gazetteer.lookup(draft.name))
            ):
                draft.kind = "place"
            if draft.kind != "place" or draft.country is not None:
                continue
            resolved = dict.fromkeys(c for a, b in draft.mentions for c in (self._country_at(b),) if c)
            if len(resolved) == 1:
                draft.country = next(iter(resolved))
                draft.why.append("where the report's places are")
                continue
            state = self.actors.state_spelt_like(draft.words) if draft.name not in gazetteer else None
            if state is not None:
                draft.country, draft.kind = state.country, "state"
                draft.why.append(f"spelt like {state.name}")
                continue
            found = dict.fromkeys(
                c.country for c in gazetteer.lookup(draft.name) if c.country and _sizeable(c)
            )
            near = [c for c in found if c in seen]
            if len(found) == 1 or len(near) == 1:
                draft.country = near[0] if near else next(iter(found))
                draft.why.append("gazetteer")

    def _is_located(self, draft: Draft) -> bool:
        """Whether the places of the report know a name."""
        return any(self._country_at(b) for _, b in draft.mentions)

    def _country_at(self, end: int) -> str | None:
        """Country of the place whose name ends with a token, as the places of the report tell it."""
        last = self.doc[end - 1]
        return self.located.get(last.idx + len(last))

    def _befallen(self, draft: Draft) -> bool:
        """Whether a name is never who acts: "attacked DJIBO", "the road to DJIBO"."""
        deps = {self.tree.dep[self.head_of(a, b)] for a, b in draft.mentions}
        return deps <= {"dobj", "pobj", "nsubjpass", "conj", "appos"} and bool(deps - {"conj", "appos"})

    def _taken(self, draft: Draft) -> bool:
        """Whether a name stands only where towns do: "seized GOMA and BUKAVU", "fled to GOMA"."""
        t, words = self.tree, load_words()
        for a, b in draft.mentions:
            head = self.head_of(a, b)
            if t.lower[a - 1].rstrip(".") in self.words.titles:
                return False
            for _ in range(4):
                if t.dep[head] != "conj":
                    break
                head = t.head[head]
            above = t.head[head]
            taken = t.dep[head] in ("dobj", "nsubjpass") and t.lemma[above] in words.takes
            reached = t.dep[head] == "pobj" and t.lower[above] in (
                "in",
                "near",
                "into",
                "outside",
                "from",
                "at",
            )
            if not taken and not (reached and t.pos[t.head[above]] in ("VERB", "NOUN")):
                return False
        return True

    # linking ------------------------------------------------------------------

    def _add(self, start: int, end: int, kind: EntityKind, entry: ActorEntry | None, form: str) -> None:
        head = self.head_of(start, end)
        dateline = start in self.datelines
        if dateline and kind not in ("person", "organisation", "group"):
            draft = self._named(start, end, "place", country=entry.country if entry is not None else None)
            form = "place"
        elif entry is not None and form in ("capital", "seat") and not self._acts(head, form):
            draft = self._named(start, end, "place", country=entry.country)
            form = "place"
        elif entry is not None:
            draft = self._listed(entry)
        elif kind == "person":
            draft = self._person(start, end)
        else:
            draft = self._named(start, end, kind)
        self._mention(start, end, head, draft, form)

    def _mention(self, start: int, end: int, head: int, draft: Draft, form: str) -> None:
        draft.mentions.append((start, end))
        text = self.doc[start:end].text
        if form in ("name", "seat", "capital") and text != draft.name:
            draft.aliases.add(" ".join(text.split()))
        index = len(self.mentions)
        self.mentions.append(NameMention(start, end, head, draft.number, form))
        for i in range(start, end):
            self.covered[i] = index

    def _acts(self, head: int, form: str) -> bool:
        """Whether a capital or a seat stands for its government here."""
        t = self.tree
        dep = t.dep[head]
        if dep == "pobj" and t.lower[t.head[head]] in ("to", "on", "against", "from"):
            above = t.head[t.head[head]]
            heads = (above, *t.kids(above, "dobj")) if t.pos[above] == "VERB" else (above,)
            if any(t.lemma[h] in load_nominals().addressed for h in heads):
                return True
        if self._is_addressed(head) or dep == "dative":
            return True
        if form == "seat" and dep == "pobj" and t.lower[t.head[head]] == "to":
            return t.lemma[t.head[t.head[head]]] in load_nominals().hosted  # "a trip to the White House"
        if dep == "pobj" and t.lower[t.head[head]] in (
            "in",
            "at",
            "near",
            "to",
            "from",
            "around",
            "outside",
            "inside",
            "of",
            "into",
            "through",
            "on",
        ):
            return False
        if dep in ("nsubj", "poss", "agent", "conj") or (
            dep == "pobj" and t.lower[t.head[head]] in ("with", "between", "against", "by")
        ):
            after = self.doc[head + 1 : head + 3]
            return not (len(after) == 2 and after[0].text == "," and after[1].ent_type_ in ("GPE", "LOC"))
        if form == "seat" and dep == "compound":
            return t.lemma[t.head[head]] in load_nominals().deeds  # "a White House plan"
        return form == "seat"

    def _is_addressed(self, head: int) -> bool:
        """Whether something is said, asked or judged of a capital, which only its government can answer."""
        t = self.tree
        above = t.head[head]
        if t.dep[head] in ("dobj", "nsubjpass", "dative"):
            return t.pos[above] == "VERB" and t.lemma[above] in self.words.judged
        if t.dep[head] != "pobj":
            return False
        return f"{t.lemma[t.head[above]]} {t.lower[above]}" in self.words.turned_to

    def new(self, name: str, kind: EntityKind, **more: object) -> Draft:
        """Start an entity."""
        draft = Draft(len(self.drafts), name, kind, **more)  # type: ignore[arg-type]
        self.drafts.append(draft)
        return draft

    def listed(self, entry: ActorEntry) -> int:
        """Number of the draft of an entry of the actor list, made if there is none."""
        return self._listed(entry).number

    def _listed(self, entry: ActorEntry) -> Draft:
        key = ("=", entry.name)
        if key not in self._keys:
            sectors = entry.sectors if entry.kind == "person" else self._sectors_of(entry)
            draft = self.new(
                entry.name,
                entry.kind,
                country=entry.country,
                sectors=sectors,
                entry=entry,
                words=units(entry.name),
            )
            draft.why.append(f"actor list {entry.source}: {entry.name}")
            if sectors != entry.sectors:
                draft.why.append("in power on that day")
            self._keys[key] = draft.number
            if entry.kind == "person":
                self._surnames.setdefault(surname(draft.words), []).append(draft.number)
                draft.gender = self._gender(draft.words)
            else:
                self._acronyms.setdefault(initials(draft.words), draft.number)
                for name in (entry.name, *entry.names):
                    self._keys.setdefault(units(name), draft.number)
        return self.drafts[self._keys[key]]

    def _sectors_of(self, entry: ActorEntry) -> tuple[str, ...]:
        """Sectors of a body on the day of the report: a party or movement may be in power."""
        held = () if self.day is None else (o for o in entry.offices if o.held_on(self.day))
        return next((o.sectors for o in held if o.sectors), entry.sectors)

    def _named(self, start: int, end: int, kind: EntityKind, *, country: str | None = None) -> Draft:
        text = " ".join(self.doc[start:end].text.split())
        key = units(text) or (text.lower(),)
        if key in self._keys:
            return self.drafts[self._keys[key]]
        if is_acronym(text) and key[0] in self._acronyms:
            draft = self.drafts[self._acronyms[key[0]]]
            draft.why.append(f"{text}: first letters of {draft.name}")
        else:
            draft = self.new(text, kind, words=key, country=country or self._country_inside(start, end))
            draft.why.append("proper name in the report")
            role = self.nouns.role(self.head_of(start, end))
            if role is not None and kind != "place":
                draft.sectors = role.sectors
            if len(key) > 1:
                self._acronyms.setdefault(initials(key), draft.number)
        self._keys[key] = draft.number
        return draft

    def _country_inside(self, start: int, end: int) -> str | None:
        for i in range(start, end):
            if i and self.tree.lower[i].startswith("america") and self.tree.lower[i - 1] in CONTINENTS:
                continue
            entry = self.actors.state_word(self.doc[i].text)
            if entry is not None:
                return entry.country
        return None

    def _gender(self, words: tuple[str, ...]) -> str:
        first = words[0] if words else ""
        return "f" if first in self.words.female_names else "m" if first in self.words.male_names else ""

    def _person(self, start: int, end: int) -> Draft:
        text = " ".join(self.doc[start:end].text.split())
        words = units(text)
        last = surname(words) if words else text.lower()
        for number in self._candidates(last):
            draft = self.drafts[number]
            if self._compatible(draft.words, words):
                if len(words) > len(draft.words) and draft.entry is None:
                    draft.aliases.add(draft.name)
                    draft.name, draft.words = text, words
                return draft
        if len(words) == 1:  # "Nora" after "Nora Lind"
            called = [d for d in self.drafts if d.kind == "person" and last in given(d.words)][:2]
            if len(called) == 1:
                return called[0]
        listed = [e for e in self.actors.people_called(last) if self._compatible(units(e.name), words)]
        if len(words) == 1:
            listed = [e for e in listed if self._at_home(e, start)]
        if len(listed) == 1 and (len(words) == 1 or given(words)):
            return self._listed(listed[0])
        if len(listed) > 1 and self.day is not None:
            serving = [e for e in listed if any(o.held_on(self.day) for o in e.offices)]
            if len(serving) == 1:
                return self._listed(serving[0])
        draft = self.new(text, "person", words=words, gender=self._gender(words))
        if one_country(listed):
            draft.country = listed[0].country
            draft.why.append(f"everyone of this name in the actor list is of {draft.country}")
        draft.why.append("personal name in the report")
        self._surnames.setdefault(last, []).append(draft.number)
        return draft

    def _at_home(self, entry: ActorEntry, start: int) -> bool:
        """Whether a bare surname may be a listed person's: by his country in the report, or his title."""
        title = self.tree.lower[start - 1] if start > 0 else ""
        if any(title in o.title.lower().split() for o in entry.offices):
            return True
        return not entry.country or entry.country in self._countries or entry.country in _NO_COUNTRY

    def _candidates(self, last: str) -> list[int]:
        found = list(reversed(self._surnames.get(last, ())))[:_MAX_SAME_SURNAME]
        if found or len(last) < 5:
            return found
        near = [s for s in list(self._surnames)[-200:] if s != last and similar(s, last)]
        return [n for s in near for n in self._surnames[s]][:_MAX_SAME_SURNAME]

    @staticmethod
    def _compatible(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
        """Whether two names can be one person's: given names must not clash."""
        first, second = given(a), given(b)
        if not first or not second:
            return True
        if any(similar(x, y) for x in first for y in second):
            return True
        return first[0][0] == second[0][0] and (len(first[0]) == 1 or len(second[0]) == 1)

    def _bracketed(self) -> None:
        """Acronyms introduced in brackets: one entity with the name before them."""
        for m in list(self.mentions):
            i = m.start
            if (
                i < 2
                or self.doc[i - 1].text not in ("(", "[")
                or m.end >= len(self.doc)
                or self.doc[m.end].text not in (")", "]")
                or m.end - i > 2
            ):
                continue
            before = self.covered.get(i - 2)
            if before is None:
                continue
            full = self.drafts[self.mentions[before].draft]
            own = self.drafts[m.draft]
            if (
                own.number == full.number
                or full.kind in ("person", "place", "state")
                or (own.entry is not None and full.entry is not None)
                or not is_acronym(self.doc[i].text)
            ):
                continue
            self.merge(own.number, full.number)

    def merge(self, away: int, into: int) -> None:
        """Make two entities one."""
        a, b = self.drafts[away], self.drafts[into]
        if a.entry is not None and b.entry is None:
            a, b, away, into = b, a, into, away
        b.mentions = sorted(b.mentions + a.mentions)
        b.aliases |= a.aliases | {a.name}
        b.country = b.country or a.country
        b.sectors = b.sectors or a.sectors
        b.why.append(f"{a.name}: introduced beside the name")
        a.mentions = []
        for n, m in enumerate(self.mentions):
            if m.draft == away:
                self.mentions[n] = NameMention(m.start, m.end, m.head, into, m.form)
        for key, number in self._keys.items():
            if number == away:
                self._keys[key] = into
