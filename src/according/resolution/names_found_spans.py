"""Find where names stand in a report and what kind of thing each one names."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from according.language.place_words import load_words
from according.language.tree import Tree
from according.language.words import Words
from according.records import EntityKind
from according.resolution.actors import ActorEntry, ActorList
from according.resolution.names import doc_units, is_acronym, surname, units
from according.resolution.names_guard import NameGuard, as_bloc, decided
from according.resolution.nominals import Nouns, load_nominals
from according.resolution.places.gazetteer import load_gazetteer

Found = tuple[int, int, EntityKind, ActorEntry | None, str]
"""A name's first token, its end, its kind, its entry in the actor list, and the form of the name."""

_NER_KIND: dict[str, EntityKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "people",
}
_LED = ("-led", "-backed", "-based", "-held", "-controlled", "-run", "-born", "-sponsored", "-allied")
_TOWNS = frozenset(
    {"village", "town", "city", "district", "province", "suburb", "hamlet", "municipality", "island"}
)
_CROSSED = frozenset({"crossing", "border", "bridge", "pass", "strait", "valley", "dam", "refinery", "camp"})
_WHERE = frozenset({"in", "near", "at", "around", "outside", "inside"})


def one_country(entries: Sequence[ActorEntry]) -> bool:
    """Whether there are entries and all are of one country."""
    return len({e.country for e in entries}) == 1


def is_caseless(texts: Sequence[str]) -> bool:
    """Whether a text is written all in small letters or all in capitals.

    Example:
        >>> is_caseless("the army shelled two towns on friday".split())
        True
    """
    words = [t for t in texts if t[:1].isalpha()]
    capitals = sum(t[:1].isupper() for t in words)
    small = sum(t.islower() for t in words)
    return len(words) >= 5 and (capitals <= len(words) // 50 or small == 0)


class SpanFinder:
    """Finds the spans of names: those of the actor list, of the recogniser, and runs of proper nouns."""

    def __init__(self, doc: Doc, tree: Tree, actors: ActorList, nouns: Nouns) -> None:
        self.doc, self.tree, self.actors, self.nouns = doc, tree, actors, nouns
        self.words = load_nominals()
        self._first: dict[str, list[str]] = {}
        self.caseless = False

    def spans(self) -> list[Found]:
        """The names of the report, none overlapping."""
        doc = self.doc
        out: list[Found] = []
        texts = Words.of(doc).text
        taken: set[int] = set()
        ents = [e for e in doc.ents if e.label_ in _NER_KIND]
        ner = {i: e for e in ents for i in range(e.start, e.end)}
        self.caseless = is_caseless(texts)
        matches = as_bloc(decided(list(self.actors.matches(doc_units(doc), texts, caseless=self.caseless))))
        guard = NameGuard(doc, self.nouns, matches, caseless=self.caseless)
        for match in matches:
            e = ner.get(match.start)
            if not guard.accepts(match, e):
                continue
            inside = (
                e is not None
                and (e.start < match.start or e.end > match.end)
                and e.label_ in ("PERSON", "ORG", "FAC")
            )
            if (
                inside
                and e is not None
                and (
                    match.entry.kind in ("state", "person")
                    or (e.label_ == "PERSON" and match.end - match.start == 1)
                )
                and self._larger(match.start, match.end, e.start, e.end)
            ):
                continue
            if (
                match.form == "name"
                and match.entry.kind == "person"
                and match.end - match.start == 1
                and e is None
            ):
                continue
            if self._lower_common(match.start, match.end):
                continue
            out.append((match.start, match.end, match.entry.kind, match.entry, match.form))
            taken.update(range(match.start, match.end))
        titled = self._titled(ents)
        for e in ents:
            start, end = self._trim(e.start, self._whole_name(e))
            if start >= end or taken & set(range(start, end)):
                continue
            if not any(c.isalpha() for c in doc[start:end].text):
                continue
            kind = self._repair(start, end, _NER_KIND[e.label_])
            if kind == "organisation" and end - start > 2 and doc[end - 1].lower_ in titled:
                start, kind = end - 2, "person"  # "Minister for the North Ann Moss", then "Minister Moss"
            if kind is not None:
                out.append((start, end, kind, None, "name"))
                taken.update(range(start, end))
        out += self._runs(taken)
        return self._places(out)

    def _whole_name(self, e: Span) -> int:
        """End of a person's name whose last part was taken for a place: "Amir Khan | Vardeq"."""
        doc = self.doc
        if e.label_ != "PERSON" or e.end >= len(doc) or e.root.dep_ != "compound" or e.root.head.i != e.end:
            return e.end
        last = doc[e.end]
        alone = last.ent_iob_ == "B" and (e.end + 1 == len(doc) or doc[e.end + 1].ent_iob_ != "I")
        return e.end + 1 if alone and last.ent_type_ == "GPE" and last.pos_ == "PROPN" else e.end

    def _titled(self, ents: Sequence[Span]) -> set[str]:
        """Surnames that stand behind a title: "Minister MOSS"."""
        return {
            e[-1].lower_
            for e in ents
            if e.label_ == "PERSON"
            and e.start > 0
            and self.tree.lower[e[-1].i - 1].rstrip(".") in self.words.titles
        }

    def _places(self, found: list[Found]) -> list[Found]:
        """Make one kind of a single word that is a place in one phrase and a person in another."""
        places: set[str] = set()
        people: set[str] = set()
        for start, end, kind, entry, _ in found:
            if entry is None and end - start == 1:
                located = self.tree.dep[start] == "pobj" and self.tree.lower[self.tree.head[start]] in _WHERE
                reached = kind in ("person", "people") and self._reached(start)
                if reached or (located and kind in ("place", "person", "people")):
                    places.add(self.doc[start].text)
                elif not located and kind == "person" and self._human(start):
                    people.add(self.doc[start].text)
            elif kind == "person":
                people.add(self.doc[end - 1].text)
        places -= people
        return [
            (a, b, "place" if entry is None and self.doc[a:b].text in places else kind, entry, form)
            for a, b, kind, entry, form in found
        ]

    def _reached(self, i: int) -> bool:
        """Whether a name stands where only a place does: "aid INTO Kidal", "ships sailed TO Odesa"."""
        t, words = self.tree, load_words()
        above = t.head[i]
        if t.dep[i] == "compound":  # "the Jarinje CROSSING"
            return t.pos[above] == "NOUN" and t.lower[above] in _CROSSED
        if t.dep[i] != "pobj" or t.lower[above] not in ("into", "to"):
            return False
        verb = t.head[above]
        return t.lower[above] == "into" or (t.pos[verb] == "VERB" and t.lemma[verb] in words.moves)

    def _human(self, i: int) -> bool:
        """Whether a name stands where a person rather than a place does."""
        t = self.tree
        if t.dep[i] == "pobj":
            return t.lower[t.head[i]] not in ("from", "to", "of", "outside", "into", "towards", "toward")
        return t.dep[i] not in ("conj", "compound", "nmod", "npadvmod", "appos")

    def _lower_common(self, start: int, end: int) -> bool:
        """A short name that is an ordinary word here: "US" against "us", "turkey"."""
        if self.caseless and end - start == 1 and self.doc[start].is_stop:
            return True
        return (
            end - start == 1
            and self.doc[start].text.islower()
            and self.tree.pos[start] in ("VERB", "AUX", "PRON", "ADP")
        )

    def _larger(self, start: int, end: int, a: int, b: int) -> bool:
        """Whether a name of the list is only part of a longer name: "Iran" in "Iran Air"."""
        after = [i for i in range(end, b) if self.tree.pos[i] == "PROPN" and self.doc[i].text[:1].isupper()]
        before = [
            i
            for i in range(a, start)
            if self.tree.pos[i] == "PROPN"
            and self.tree.lower[i] not in self.words.titles
            and self.doc[i].text[:1].isupper()
        ]
        if any(self.tree.lower[i] in self.words.titles for i in after):
            return False
        return bool(after or before)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        t, words = self.tree, self.words
        role = self.nouns.role(end - 1)
        body = role is not None and role.kind in ("organisation", "group")  # "the Defense Ministry"
        while start < end and (
            t.pos[start] in ("DET", "PUNCT", "SPACE", "ADP", "NUM", "VERB", "PART")
            or (t.lower[start] in words.titles and start + 1 < end and not body)
        ):
            start += 1
        while end > start and (
            t.pos[end - 1] in ("PUNCT", "SPACE", "PART", "ADP", "VERB")
            or t.lower[end - 1] in ("'s", "’s")
            or (end - 1 > start and t.pos[end - 1] == "NOUN" and self.doc[end - 1].text.islower())
        ):
            end -= 1
        if start < end and t.lower[end - 1].rstrip(".") in words.titles and self._before_name(end):
            return end, end  # "Brig" of "Brig. Gen. NAME"
        if start < end and all(t.lemma[i] in words.counting for i in range(start, end)):
            return end, end  # "Dozens of protesters"
        for i in range(start, end):
            if "\n" in self.doc[i].text:
                return (start, i) if i > start else (i + 1, end)
        return start, end

    def _before_name(self, i: int) -> bool:
        """Whether a name goes on after a token, be it after a full stop of an abbreviation."""
        while i < len(self.doc) and self.doc[i].text == ".":
            i += 1
        return i < len(self.doc) and self.tree.pos[i] == "PROPN" and self.doc[i].text[:1].isupper()

    def _repair(self, start: int, end: int, kind: EntityKind) -> EntityKind | None:
        """Right the recogniser's kind by title, role noun and verb."""
        t = self.tree
        head = self.head_of(start, end)
        if not self.caseless and not any(self.doc[i].text[:1].isupper() for i in range(start, end)):
            return None
        if (
            start > 0
            and t.lower[start - 1].rstrip(".") in self.words.titles
            and t.dep[start - 1] in ("compound", "nmod", "amod", "appos")
            and not (kind == "place" and t.dep[head] in ("compound", "nmod", "amod"))
        ):
            return "person"
        ordinary = end - start == 1 and t.lower[start] in self.words.ordinary and t.dep[start] == "compound"
        if self.tree.lower[end - 1].endswith(_LED) or ordinary:
            return None  # "the U.S.-led campaign", "SHELL fire"
        bare = kind == "person" and end - start == 1 and self.nouns.role(head) is not None
        if bare and surname(units(self.doc[start].text) or ("",)) not in self._known_surnames():
            return None  # "State Councilor and Foreign Minister NAME"
        if kind != "place" and self._town(head):
            return "place"
        role = self.nouns.role(head)
        if role is not None and end - start > 1 and t.lower[end - 1] == "state" and kind == "place":
            return "place"  # "Borno State", which is no state of the world
        if role is None and kind in ("organisation", "place") and self._titled_beside(start, end):
            return "person"
        if (
            role is not None
            and end - start == 1
            and self._opens(start)
            and t.lemma[start] in self.actors.roles
        ):
            return None  # "Kidnappers took ...", at the head of a sentence
        if role is not None and end - start > 1 and kind != "person":
            return role.kind if role.kind in ("organisation", "group", "place", "unknown") else "organisation"
        if kind == "person" and role is not None and role.kind in ("organisation", "group"):
            return role.kind if end - start > 1 else None
        if end - start == 1 and kind != "person" and not is_acronym(self.doc[start].text):
            located = t.dep[head] == "pobj" and t.lower[t.head[head]] in ("in", "at", "near", "around")
            if not located and surname(units(self.doc[start].text) or ("",)) in self._known_surnames():
                return "person"
        acts = kind == "place" and end - start == 1 and t.dep[head] == "nsubj"
        if acts and (self._is_somebody(start) or self._says(head)):
            return "person"
        if kind not in ("place", "people") and end - start == 1 and self._is_somebody(start):
            return "person"
        return kind

    def _titled_beside(self, start: int, end: int) -> bool:
        """Whether a name of two or three words stands behind an office and a comma: "its leader, NAME,"."""
        t = self.tree
        if not 2 <= end - start <= 3 or start < 2 or t.lower[start - 1] != ",":
            return False
        if end >= len(t.lower) or t.lower[end] not in (",", ".", ";", ")", "and", "said"):
            return False
        if any(not self.doc[i].text[:1].isupper() or is_acronym(self.doc[i].text) for i in range(start, end)):
            return False
        head = self.head_of(start, end)
        if t.dep[head] not in ("appos", "nsubj", "nsubjpass", "conj", "dobj", "pobj"):
            return False
        back = start - 2
        noun = t.head[head] if t.dep[head] == "appos" and t.head[head] < start else back
        for i in dict.fromkeys((noun, back)):
            role = self.nouns.role(i)
            if role is not None and role.kind == "person" and not self.nouns.plural(i):
                return t.pos[i] in ("NOUN", "PROPN")
        return self._office_before(back)

    def _office_before(self, i: int) -> bool:
        """Whether an office and its body end at a token: "the Defence Minister of KENYA"."""
        t = self.tree
        for _ in range(4):
            if t.dep[i] not in ("pobj", "prep", "compound", "nmod"):
                break
            i = t.head[i]
        role = self.nouns.role(i)
        return (
            role is not None
            and role.kind == "person"
            and not self.nouns.plural(i)
            and t.lemma[i] in (self.words.heads | self.words.titles)
        )

    def _is_somebody(self, i: int) -> bool:
        """Whether a word is a surname in the list; one that is only like it must be no place ("Sinai")."""
        last = surname(units(self.doc[i].text) or ("",))
        called = self.actors.people_called(last)
        if not one_country(called):
            return False
        exact = any(units(n)[-1] == last for e in called for n in (e.name, *e.names))
        return exact or self.doc[i].text not in load_gazetteer()

    def _town(self, head: int) -> bool:
        """Whether a name stands behind "the villages of", alone or coordinated."""
        t = self.tree
        for _ in range(4):
            if t.dep[head] == "conj":
                head = t.head[head]
        over = t.head[t.head[head]]
        return t.dep[head] == "pobj" and t.lower[t.head[head]] == "of" and t.lemma[over] in _TOWNS

    def _opens(self, i: int) -> bool:
        """Whether a token is a plural that has its capital only from the head of a sentence."""
        t = self.tree
        return (
            i == 0 or t.sent[i] != t.sent[i - 1] or self.doc[i - 1].text in ("_", "--", '"', "``", "“")
        ) and (t.tag[i] in ("NNS", "NNPS") or t.lower[i].endswith("s"))

    def _says(self, head: int) -> bool:
        t = self.tree
        return t.lemma[t.head[head]] in (
            "say",
            "tell",
            "add",
            "argue",
            "insist",
            "explain",
            "vow",
            "praise",
            "recall",
            "reply",
        )

    def _known_surnames(self) -> set[str]:
        if not self._first:
            for e in self.doc.ents:
                if e.label_ == "PERSON" and len(e) > 1:
                    self._first.setdefault(surname(units(e.text)), [])
        return set(self._first)

    def _runs(self, taken: set[int]) -> list[Found]:
        """Runs of proper nouns that the recogniser passed over."""
        t = self.tree
        out: list[Found] = []
        i, n = 0, len(t.pos)
        while i < n:
            if (
                t.pos[i] != "PROPN"
                or i in taken
                or not self.doc[i].text[:1].isupper()
                or self.doc[i].ent_type_ in ("DATE", "TIME", "MONEY", "CARDINAL")
            ):
                i += 1
                continue
            end = i + 1
            while (
                end < n
                and t.sent[end] == t.sent[i]
                and end not in taken
                and (
                    t.pos[end] == "PROPN"
                    or (
                        self.doc[end].text in ("-", ".")
                        and end + 1 < n
                        and t.pos[end + 1] == "PROPN"
                        and not self.doc[end].whitespace_
                    )
                )
            ):
                end += 1
            start, stop = self._trim(i, end)
            if start < stop and any(c.isalpha() for c in self.doc[start:stop].text):
                kind = self._guess(start, stop)
                if kind is not None:
                    out.append((start, stop, kind, None, "name"))
            i = end
        return out

    def _guess(self, start: int, end: int) -> EntityKind | None:
        t = self.tree
        head = self.head_of(start, end)
        role = self.nouns.role(head)
        if role is not None:
            return (
                role.kind
                if end - start > 1 and role.kind in ("organisation", "group") and t.dep[head] != "compound"
                else None
            )
        if start > 0 and t.lower[start - 1].rstrip(".") in self.words.titles:
            return "person"
        if t.lower[start] in self.words.male_names or t.lower[start] in self.words.female_names:
            return "person"
        if t.dep[head] in ("compound", "nmod", "amod"):
            return None
        if self._says(head) and t.dep[head] == "nsubj":
            return "organisation" if is_acronym(self.doc[head].text) else "person"
        if end - start == 1 and surname(units(self.doc[start].text) or ("",)) in self._known_surnames():
            return "person"
        return "organisation" if is_acronym(self.doc[head].text) else "unknown"

    def head_of(self, start: int, end: int) -> int:
        """The token of a name that the others hang on."""
        t = self.tree
        tops = [i for i in range(end - 1, start - 1, -1) if not start <= t.head[i] < end or t.head[i] == i]
        for top in tops:
            now, steps = t.head[top], 0
            while steps < 8 and now not in tops and t.head[now] != now:
                now, steps = t.head[now], steps + 1
            if now == top or now not in tops:
                return top
        return tops[0] if tops else end - 1
