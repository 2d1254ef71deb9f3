"""Names of the actor list that the words around them show to mean something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span

from according.resolution.actors import ActorEntry, NameMatch
from according.resolution.names import is_acronym, units
from according.resolution.nominals import Nouns, load_nominals

CONTINENTS = frozenset({"south", "latin", "central", "north", "native", "inter", "pan"})
"""Words before "American" that make it a continent's and not the United States'."""

NO_STATE = frozenset({"IMG", "ISM", "UNO", "IGO", "EUR", "NGO", "MNC"})
"""Codes that stand for no country."""

_OPENING = frozenset({'"', "“", "``", "‘", "(", "—", "--", "_", "*", "•"})
_ABROAD = frozenset({"JRN", "BUS", "EDU"})


def is_common(entry: ActorEntry) -> bool:
    """Whether bodies of other countries bear the same name, so that the list adds whose it is."""
    return "(" in entry.name


def as_bloc(matches: list[NameMatch]) -> list[NameMatch]:
    """Take "Brussels" for the European Union, where a report names that one and not Belgium."""
    bloc = next((m.entry for m in matches if m.entry.name == "European Union"), None)
    if bloc is None or any(m.entry.name == "Belgium" and m.form != "capital" for m in matches):
        return matches
    return [
        replace(m, entry=bloc, form="seat") if m.entry.name == "Belgium" and m.form == "capital" else m
        for m in matches
    ]


def decided(matches: list[NameMatch]) -> list[NameMatch]:
    """Settle which of several bodies an acronym names: one named in full, or of a country that is named."""
    if not any(m.rivals for m in matches):
        return matches
    sure = [m.entry for m in matches if not m.rivals]
    countries = [e.country for e in sure if e.country]

    def fits(entry: ActorEntry) -> tuple[bool, int]:
        return entry in sure, countries.count(entry.country or "")

    return [
        replace(m, entry=max((m.entry, *m.rivals), key=fits), rivals=()) if m.rivals else m for m in matches
    ]


class NameGuard:
    """Decides whether a name of the list is meant, by the report's other names and the words beside it.

    Args:
        doc: The report's tokens.
        nouns: Its role nouns.
        matches: All names of the list in the report.
        caseless: Whether the report tells nothing by its capitals.
    """

    def __init__(self, doc: Doc, nouns: Nouns, matches: Sequence[NameMatch], *, caseless: bool) -> None:
        self.doc, self.tree, self.nouns, self.caseless = doc, nouns.tree, nouns, caseless
        self.words = load_nominals()
        self.owners = {m.end: m.entry.country for m in matches if m.entry.kind == "state"}
        self.countries = {m.entry.country for m in matches if m.entry.country and not self._is_shared(m)}

    def accepts(self, match: NameMatch, ent: Span | None) -> bool:
        """Whether a match names its entry.

        Args:
            match: A name of the list.
            ent: What the recogniser sees at its first word.
        """
        if self._is_shared(match):
            bare = is_common(match.entry) and self._text(match) not in match.entry.names
            if match.entry.country not in self.countries and (self.countries or bare):
                return False  # a "Democratic Party", a "Congress" elsewhere
        if self._is_of_the_south(match):
            return False
        return not (self._of_another(match) or self._is_word(match, ent) or self._is_shouted(match))

    def _is_of_the_south(self, match: NameMatch) -> bool:
        """Whether "American" is of the continent and not of the United States: "SOUTH American countries"."""
        lower, before = self.tree.lower, match.start - 1
        if before < 0 or not lower[match.start].startswith("america"):
            return False
        if lower[before] in ("-", "–") and before:
            before -= 1
        return lower[before] in CONTINENTS

    def _text(self, match: NameMatch) -> str:
        return " ".join(self.doc[match.start : match.end].text.split())

    def _is_shared(self, match: NameMatch) -> bool:
        return is_common(match.entry) or (
            match.form == "name" and self._text(match).lower() in self.words.shared
        )

    def _of_another(self, match: NameMatch) -> bool:
        """Whether the words before say that the body is another country's: "PERU'S Congress"."""
        entry = match.entry
        if entry.kind not in ("organisation", "group") or entry.country in (None, *NO_STATE):
            return False
        if set(entry.sectors) & _ABROAD or (entry.kind == "group" and "PTY" not in entry.sectors):
            return False
        before = match.start - 1
        if before >= 0 and self.tree.tag[before] == "POS":
            before -= 1
        owner = self.owners.get(before + 1)
        return owner is not None and owner != entry.country

    def _opens(self, i: int) -> bool:
        """Whether a word has its capital only from the head of a sentence."""
        if i == 0 or self.tree.sent[i] != self.tree.sent[i - 1]:
            return True
        return self.doc[i - 1].text in _OPENING or "\n" in self.doc[i - 1].text

    def _is_word(self, match: NameMatch, ent: Span | None) -> bool:
        """Whether an ordinary word or phrase stands at the head of a sentence: "SOLIDARITY protests"."""
        if self.caseless or match.form != "name" or not self._opens(match.start):
            return False
        size = match.end - match.start
        if size == 1:
            if self.tree.lower[match.start] not in self.words.ordinary:
                return False
            return ent is None or ent.label_ != "ORG" or self._describes(match.start)
        if match.entry.kind != "group":
            return False
        last = self.doc[match.end - 1].text
        written = next(
            (n for n in (match.entry.name, *match.entry.names) if units(n) == units(self._text(match))), ""
        )
        return last.islower() and written.split()[-1:] != [last]

    def _describes(self, i: int) -> bool:
        """Whether a word tells what a thing is about, or is followed by whom it is for: "SHELL fire"."""
        t = self.tree
        if t.dep[i] in ("compound", "amod", "nmod"):
            role = self.nouns.role(t.head[i])
            return role is None or role.kind not in ("person", "group")
        return i + 1 < len(t.lower) and t.lower[i + 1] in ("for", "of")

    def _is_shouted(self, match: NameMatch) -> bool:
        """Whether letters that spell a word stand among words in capitals: "WHO IS BEHIND IT?"."""
        i = match.start
        text = self.doc[i].text
        if match.end - i > 1 or not is_acronym(text):
            return False
        if len(text) == 2 and i >= 2 and self.doc[i - 1].text == "," and self.tree.pos[i - 2] == "PROPN":
            return self.tree.dep[i] != "conj"  # "Erie, PA"
        if not self.doc[i].is_stop:
            return False
        near = [self.doc[k].text for k in (i - 1, i + 1) if 0 <= k < len(self.doc)]
        return any(len(w) > 1 and w.isalpha() and w.isupper() for w in near)
