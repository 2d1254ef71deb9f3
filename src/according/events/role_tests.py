"""What a word that stands for a party is to an act: a house, a dweller, one who is freed or looked into."""

from __future__ import annotations

from according.events.match import MEANS
from according.events.role_places import PlaceRoles
from according.language.model import Argument, Clause, Function

# Bodies that are also houses: an "embassy bombing" is no act of the embassy.
PREMISES = frozenset(
    {
        "house", "home", "embassy", "consulate", "mission", "school", "university", "college", "church",
        "mosque", "synagogue", "temple", "hospital", "clinic", "hotel", "bank", "court", "courthouse",
        "airport", "station", "market", "museum", "theatre", "theater", "club", "nightclub", "office",
        "headquarters", "newspaper", "train", "metro", "subway", "bus",
    }
)  # fmt: skip
_HOSTILE = frozenset({"ASSAULT", "MOBILIZE", "COERCE", "SANCTION", "ACCUSE"})
# "The PAN-AMERICAN highway" is no American's.
_PREFIXES = ("pro", "anti", "non", "ex", "post", "pre", "pan", "trans", "inter", "cross")
_SITES = frozenset(
    {
        "factory", "plant", "hospital", "clinic", "school", "base", "camp", "site", "mine", "hotel",
        "museum", "market", "airport", "port", "stadium", "church", "mosque", "temple", "prison", "jail",
        "shrine", "memorial", "cemetery", "farm", "barracks", "shipyard", "warehouse", "laboratory",
        "centre", "center", "building", "house", "home", "theatre", "theater", "border", "front",
        "frontline", "checkpoint", "bridge", "dam", "scene", "campus",
    }
)  # fmt: skip
_FREEING = frozenset(
    {"return", "release", "freedom", "liberation", "repatriation", "reunification", "rescue", "recovery"}
)


class RoleTests(PlaceRoles):
    """Tells what words are to the acts of one report."""

    def _is_looked_into(self, clause: Clause, argument: Argument, type_code: str) -> bool:
        """Whether a person's name before an inquiry says into whom: "the MILLER investigation"."""
        return (
            type_code == "ACCUSE"
            and clause.pos == "noun"
            and argument.function is Function.MODIFIER
            and self.entities.kind_of(argument.head) == "person"
        )

    def _is_freed(self, clause: Clause, argument: Argument) -> bool:
        """Whether somebody is whom a demand would free or bring back, and not who is to do it.

        "Demanded THE BOY's return", "demanded that THE BOY be freed".
        """
        token = self.parsed.doc[argument.head]
        if argument.head == clause.head or any(a.head == argument.head for a in clause.arguments):
            return False
        while token.dep_ == "conj" and token.head.i != token.i:
            token = token.head
        above = token.head
        if above.dep_ == "prep" or above.pos_ == "ADP":
            above = above.head
        if token.dep_ == "nsubjpass":
            return self.entities.kind_of(argument.head) in ("person", "people")
        return above.lemma_.lower() in _FREEING and above.pos_ == "NOUN"

    def _is_premises(self, head: int) -> bool:
        """Whether a noun names a body's house rather than the body."""
        token = self.parsed.doc[head]
        return token.pos_ == "NOUN" and token.lemma_.lower() in PREMISES

    def _is_site(self, head: int) -> bool:
        """Whether a noun names only where somebody is shown round: "toured the PLANT"."""
        token = self.parsed.doc[head]
        return token.pos_ == "NOUN" and token.lemma_.lower() in _SITES

    def _dwells(self, argument: Argument) -> bool:
        """Whether a noun before a place says who lives or hides there: "a TERRORIST camp"."""
        lemma = self.parsed.doc[argument.head].lemma_.lower()
        classes = self.matcher.codebook.classes
        return argument.function is Function.MODIFIER and any(
            lemma in classes.get(c, ()) for c in ("militant", "civilian")
        )

    def _is_prefixed(self, head: int) -> bool:
        """Whether a word follows "pro-", "anti-" and the like."""
        doc = self.parsed.doc
        if head < 2 or doc[head - 1].text != "-":
            return doc[head].lower_.startswith(tuple(f"{p}-" for p in _PREFIXES))
        return doc[head - 2].lower_ in _PREFIXES

    def _is_event_name(self, head: int) -> bool:
        clause = self.parsed.clause_at(head)
        return clause is not None and self.matcher.match(clause) is not None

    def _is_means(self, head: int) -> bool:
        """Whether a word names a weapon, a vehicle or an aircraft, which does nothing of itself."""
        token = self.parsed.doc[head]
        if token.pos_ != "NOUN":
            return False
        if head and f"{token.nbor(-1).lower_} {token.lemma_.lower()}" in self.matcher.codebook.classes.get(
            "unconventional_weapon", ()
        ):
            return True  # a "nerve agent" is no agent
        if self.entities.kind_of(head) in ("person", "people"):
            return False
        if any(t.lower_ == "suicide" for t in token.lefts):
            return False
        classes = self.matcher.codebook.classes
        return any(token.lemma_.lower() in classes.get(c, ()) for c in MEANS)

    def _is_other_blow(self, nested: Clause, clause: Clause) -> bool:
        """Whether a noun is a hostile act of another type, whose target is not who is blamed or asked."""
        linked, outer = self.matcher.match(nested), self.matcher.match(clause)
        return (
            linked is not None
            and not linked.skip
            and linked.type in _HOSTILE
            and (outer is None or outer.type != linked.type)
        )
