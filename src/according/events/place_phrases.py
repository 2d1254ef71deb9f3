"""What a place is, and how far the words reach that tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from according.events.compass import Compass
from according.events.model import Entities, Speech
from according.language.model import ParsedReport
from according.language.place_words import load_words
from according.records import Place

THERE = frozenset(
    {"in", "at", "near", "inside", "outside", "across", "around", "throughout", "within", "along"}
)
_CLOSED = frozenset({"relcl", "acl", "appos", "conj", "advcl", "parataxis"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A locative phrase: token range without its preposition, and its head token."""

    start: int
    end: int
    head: int


class PlacePhrases:
    """Tells the places of one report from its other words, and where their phrases begin and end."""

    def __init__(
        self, parsed: ParsedReport, entities: Entities, places: Sequence[Place], speech: Speech
    ) -> None:
        self.parsed = parsed
        self.entities = entities
        self.speech = speech
        self.named: set[int] = set()
        self.words = load_words()
        self.compass = Compass(parsed)
        for place in places:
            if not (place.why or "").startswith("adjective"):
                span = parsed.doc.char_span(place.span.start, place.span.end, alignment_mode="expand")
                if span is not None:
                    self.named.update(range(span.start, span.end))

    def _widened(self, start: int, end: int, head: int, preposition: str) -> Phrase:
        """Take "near", "inside", a measured distance and a place that follows into the phrase."""
        doc = self.parsed.doc
        if not self._is_named(head):
            end = self._followed(end, head)
        at = start - 1
        if (
            preposition in ("near", "inside", "around", "outside")
            and at >= 0
            and doc[at].lower_ == preposition
        ):
            return Phrase(at, end, head)
        if preposition == "from" and self._measured(start):
            at -= 1
            while at > 0 and (
                doc[at - 1].like_num or doc[at - 1].lower_ in ("about", "some", "around", "just")
            ):
                at -= 1
            return Phrase(at, end, head)
        return Phrase(start, end, head)

    def _followed(self, end: int, head: int) -> int:
        """Where a spot ends with what says where it is: "the road TO KIDAL", "five hills IN THE SOUTH"."""
        doc = self.parsed.doc
        if end + 1 >= len(doc):
            return end
        word, nouns = doc[end].lower_, [t for t in doc[end].children if t.dep_ == "pobj"]
        if word in THERE:
            ends = [self._extent(t).end for t in nouns]
            named = [self._extent(t).end for t in nouns if self._is_named(t.i)]
            sides = [e for t, e in zip(nouns, ends, strict=True) if self.compass.is_side(t.i)]
            held = [e for e in ends if any(self._is_named(k) for k in range(end, e))]
            return next(iter((*named, *held, *sides)), end)
        if word == "between":
            return next((t.right_edge.i + 1 for t in nouns if t.pos_ == "PROPN" and not _is_time(t)), end)
        if word == "to" and doc[head].lemma_.lower() in self.words.ways:
            return next((self._extent(t).end for t in nouns if self._is_place(t.i)), end)
        return self.compass.end_of(end, self._is_place) or end  # "three villages NORTH OF THE CITY"

    def _from_site(self, phrase: Phrase, at: int) -> Phrase:
        """Begin a phrase with the spot right before it: "VILLAGES south of the river"."""
        if at < 0 or not self._is_site(at):
            return phrase
        return Phrase(self.parsed.doc[at].left_edge.i, phrase.end, at)

    def _measured(self, start: int) -> bool:
        """Whether a distance stands before "from": "6 km from", "two miles from"."""
        doc = self.parsed.doc
        if start < 3 or doc[start - 1].lower_ != "from":
            return False
        return doc[start - 2].lower_.lstrip("0123456789.,") in self.words.distances

    def _is_named(self, head: int) -> bool:
        return head in self.named

    def _is_site(self, head: int) -> bool:
        token = self.parsed.doc[head]
        if token.lemma_.lower() not in self.words.sites:
            return False
        named = token.pos_ == "PROPN" or token.text[:1].isupper()
        owned = bool(self._children(head, ("of",))) and token.lower_ != "office"
        bare = not owned and not any(t.text[:1].isupper() for t in token.lefts)
        return not (named and bare) and token.pos_ in ("NOUN", "PROPN")  # "the House" is a body

    def _is_spot(self, head: int) -> bool:
        """A place that is no state: a town, a region, a site."""
        if self.entities.kind_of(head) in ("state", "person", "group"):
            return False
        return head in self.named or self._is_site(head)

    def _is_place(self, head: int) -> bool:
        if _is_time(self.parsed.doc[head]):
            return False  # "in the third QUARTER"
        return head in self.named or self._is_site(head) or self.entities.kind_of(head) in ("place", "state")

    def _is_part(self, head: int) -> bool:
        """A share of a place: "three sides of Mosul", "15 percent of the city"."""
        token = self.parsed.doc[head]
        lemma = token.lemma_.lower()
        return (lemma in self.words.parts or token.lower_ in self.words.parts or lemma == "%") and any(
            self._is_place(t.i) for t in self._children(head, ("of",))
        )

    def _children(self, head: int, prepositions: Sequence[str]) -> list[Token]:
        return [
            noun
            for prep in self.parsed.doc[head].children
            if prep.dep_ == "prep" and prep.lower_ in prepositions
            for noun in prep.children
            if noun.dep_ == "pobj"
        ]

    def _extent(self, token: Token, preposition: str = "") -> Phrase:
        """A noun with its modifiers and prepositional phrases, without clauses and appositions."""
        start, end = token.left_edge.i, token.i + 1
        for child in token.rights:
            if child.dep_ in _CLOSED or child.is_punct or child.is_space or child.dep_ == "cc":
                break
            end = max(end, child.right_edge.i + 1)
        for cut in self.parsed.doc[token.i + 1 : end]:
            if cut.dep_ in ("relcl", "appos") or cut.is_space:
                end = min(end, cut.left_edge.i)
                break
        return self._widened(start, max(end, token.i + 1), token.i, preposition)


def _is_time(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME")
