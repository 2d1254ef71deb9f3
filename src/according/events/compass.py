"""Places told by the points of the compass: "south of Marib", "in the north-west"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from according.language.model import Clause, ParsedReport
from according.language.place_words import load_words

_PLAIN = frozenset({"central", "downtown"})


class Compass:
    """Finds the phrases of one report that say on which side of a place something was."""

    def __init__(self, parsed: ParsedReport) -> None:
        self.doc = parsed.doc
        words = load_words()
        self.points = frozenset(w for w in words.directions - _PLAIN if not w.endswith("ern"))
        self.distances = words.distances

    def beside(self, clause: Clause, is_place: Callable[[int], bool]) -> Iterator[tuple[int, int, int]]:
        """Phrases such as "20 km SOUTH OF MOPTI" that hang on a predicate or on its object.

        Args:
            clause: The predicate.
            is_place: Whether a token heads a place.

        Yields:
            Start, end and head of each phrase.
        """
        for token in self.doc[clause.start : clause.end]:
            if token.lower_ not in self.points or not self._hangs_on(token, clause.head):
                continue
            end = self.end_of(token.i, is_place)
            if end is not None:
                yield self._with_distance(token.i), end, self._named(token.i) or token.i

    def end_of(self, at: int, is_place: Callable[[int], bool]) -> int | None:
        """Where "north of the city" ends, if that stands at a token.

        Args:
            at: Index of the point of the compass.
            is_place: Whether a token heads a place.

        Returns:
            One past the last token, or None where no such phrase stands there.
        """
        noun = self._named(at)
        if noun is None or not is_place(noun):
            return None
        end = noun + 1
        for child in self.doc[noun].rights:
            if child.dep_ != "prep" or child.lower_ not in ("of", "in"):
                break
            end = child.right_edge.i + 1
        return end

    def is_side(self, head: int) -> bool:
        """Whether a token is a side told with its article: "in the SOUTH"."""
        token = self.doc[head]
        return token.text in self.points and token.left_edge.lower_ == "the"

    def _named(self, at: int) -> int | None:
        """The noun after "of" behind a point of the compass."""
        if (
            at + 2 >= len(self.doc)
            or self.doc[at].lower_ not in self.points
            or self.doc[at + 1].lower_ != "of"
        ):
            return None
        return next((t.i for t in self.doc[at + 1].children if t.dep_ == "pobj"), None)

    def _hangs_on(self, token: Token, head: int) -> bool:
        above = token.head
        if above.i == head and token.i != head:
            return True
        return above.dep_ in ("dobj", "nsubjpass") and above.head.i == head and above.i < token.i

    def _with_distance(self, at: int) -> int:
        """Take "about 20 km" in front into the phrase."""
        doc = self.doc
        if at < 1 or doc[at - 1].lower_.lstrip("0123456789.,") not in self.distances:
            return at
        at -= 1
        while at > 0 and (doc[at - 1].like_num or doc[at - 1].lower_ in ("about", "some", "around", "just")):
            at -= 1
        return at
