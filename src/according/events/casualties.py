"""Tie numbers of people to the mentions they belong to: killed, injured, detained, taking part."""

from __future__ import annotations

from collections.abc import Sequence

from according.events.counts import find_count, load_count_words
from according.events.model import Draft, Entities
from according.language.model import Argument, Clause, Function, ParsedReport
from according.records import Count, Span

_COUNTED = frozenset({"ASSAULT", "AID", "COERCE", "PROTEST", "MOBILIZE", "RETREAT", "SANCTION"})
_SINGULAR = frozenset({"NN", "NNP"})
_DEATHS = frozenset({"dead", "death", "casualty", "injury", "fatality"})
_TOLD = frozenset({"happened", "ongoing"})
_SHOOTING = frozenset({"shoot", "gun", "stab", "beat", "hack", "burn", "club", "stone", "knife", "slash"})
_BODY = frozenset(
    {
        "leg",
        "arm",
        "head",
        "chest",
        "back",
        "stomach",
        "foot",
        "hand",
        "shoulder",
        "neck",
        "abdomen",
        "face",
        "thigh",
    }
)
_ANYONE = frozenset({"person", "people", "other", "victim"})
_MOVED = frozenset({"expel", "deport"})


def attach_counts(parsed: ParsedReport, draft: Draft, entities: Entities) -> dict[str, Count]:
    """Read the numbers of people killed, injured, detained or taking part.

    Coordinated victims are added up ("four soldiers and a driver"), a list
    that only spells out the number before it is not ("three people, two
    soldiers and a driver").

    Args:
        parsed: The report.
        draft: A draft, folded; the predicates folded into it are read too.
        entities: Tells a single person from a thing.

    Returns:
        Counts by field: killed, injured, detained, size. `size` counts those
        who march, are sent, flee or are driven out.
    """
    if draft.type not in _COUNTED:
        return {}
    return _Reader(parsed, draft, entities).read()


class _Reader:
    """Reads the counts of one draft."""

    def __init__(self, parsed: ParsedReport, draft: Draft, entities: Entities) -> None:
        self.parsed, self.draft, self.entities = parsed, draft, entities
        self.words = load_count_words()
        self.out: dict[str, Count] = {}

    def read(self) -> dict[str, Count]:
        draft = self.draft
        heads = [draft.head, *draft.alternates]
        if draft.clause.support is not None and draft.clause.support_kind in ("result", "light"):
            heads.append(draft.clause.support)
        joint = self._killed_and_injured(heads)
        for head in dict.fromkeys(heads):
            clause = self.parsed.clause_at(head)
            if clause is not None:
                self._clause(clause, joint=joint)
        if "size" not in self.out:
            size = self._size()
            if size is not None:
                self.out["size"] = size
        return self.out

    def _clause(self, clause: Clause, *, joint: bool) -> None:
        field = self._field(clause)
        if field is not None and not (field == "detained" and self.draft.type == "AID"):
            count = self._total(self._victims(clause)) or self._beside(clause)
            if count is not None:
                self._put(field, count.model_copy(update={"low": None, "high": None}) if joint else count)
        if clause.pos == "noun" and field is not None and field not in self.out:
            lefts = [t.i for t in self.parsed.doc[clause.head].lefts]
            start = min(lefts) if lefts else clause.head
            count = find_count(self.parsed, start, clause.head + 1, clause.head)
            if count is not None:
                self._put(field, count)
        for argument in clause.get(Function.OBJECT):
            lemma = self.parsed.doc[argument.head].lemma_.lower()
            if lemma in _DEATHS:
                count = find_count(self.parsed, argument.start, argument.end, argument.head)
                if count is not None:
                    self._put(self.words.fields.get(lemma, "killed"), count)

    def _put(self, field: str, count: Count) -> None:
        self.out.setdefault(field, count)

    def _field(self, clause: Clause) -> str | None:
        """The field a predicate fills: "shot dead" and "beaten to death" kill, "shot in the leg" hurts."""
        lemma = clause.lemma
        if lemma in _SHOOTING and clause.pos == "verb":
            children = list(self.parsed.doc[clause.head].children)
            if any(t.lower_ in ("dead", "fatally") for t in children):
                return "killed"
            objects = {o.lemma_.lower() for p in children if p.dep_ == "prep" for o in p.children}
            if "death" in objects:
                return "killed"
            return "injured" if objects & _BODY else self.words.fields.get(lemma)
        return self.words.fields.get(f"{lemma} {clause.particle}") or self.words.fields.get(lemma)

    def _victims(self, clause: Clause) -> list[Argument]:
        subject = (clause.lemma in ("die", "perish", "drown") and not clause.passive) or clause.pos == "adj"
        function = Function.SUBJECT if subject else Function.OBJECT
        found = [a for a in clause.arguments if a.function is function]
        # "74 people, including eight guests": the guests are of the 74
        return [a for n, a in enumerate(found) if not n or "including" not in a.via]

    def _total(self, victims: Sequence[Argument]) -> Count | None:
        """The number of all victims together; open upwards where one of them has no number."""
        counts: list[Count] = []
        lists_first, missing = False, False
        for argument in victims:
            count = find_count(self.parsed, argument.start, argument.end, argument.head) or self._one(
                argument
            )
            if count is None:
                missing = missing or not counts or not self._covered(argument)
                continue
            lists_first = lists_first or (
                not counts and self.parsed.doc[argument.head].lemma_.lower() in _ANYONE
            )
            counts.append(count)
        if not counts:
            return None
        first, rest = counts[0], counts[1:]
        if not rest and not missing:
            return first
        if lists_first and len(rest) > 1 and sum(c.low or 0 for c in rest) == first.low:
            return first
        lows = [c.low for c in counts]
        highs = [c.high for c in counts]
        low = None if all(n is None for n in lows) else sum(n or 0 for n in lows)
        high = None if missing or None in highs else sum(n or 0 for n in highs)
        if low is not None and low < 1 and missing:
            return first
        text = self.parsed.report.text
        start, end = min(c.span.start for c in counts), max(c.span.end for c in counts)
        return Count(span=Span.of(text, start, end), low=low, high=high)

    def _covered(self, argument: Argument) -> bool:
        """Whether the number before covers a coordinated noun: "13 women and CHILDREN"."""
        token = self.parsed.doc[argument.head]
        return "coordination" in argument.via and not any(
            t.dep_ in ("det", "poss", "nummod", "amod", "compound") for t in token.lefts
        )

    def _one(self, argument: Argument) -> Count | None:
        """One person, named without a number: "killed his sister"."""
        if self.draft.factuality not in _TOLD:
            return None
        token = self.parsed.doc[argument.head]
        named = token.ent_type_ == "PERSON"
        single = token.tag_ in _SINGULAR and (
            named
            or any(t.dep_ in ("det", "poss") and t.lower_ not in ("no", "any", "every") for t in token.lefts)
        )
        person = named or token.lemma_.lower() in self.words.people
        if not single or not (person or self.entities.kind_of(argument.head) == "person"):
            return None
        return Count(span=self.parsed.span(argument.head, argument.head + 1), low=1, high=1)

    def _beside(self, clause: Clause) -> Count | None:
        """A bare number right before a participle: "left three dead and TEN injured"."""
        i = clause.head - 1
        if clause.pos != "verb" or i < 0 or not self.parsed.doc[i].like_num:
            return None
        if self.parsed.doc[i].head.i != clause.head:
            return None
        return find_count(self.parsed, self.parsed.doc[i].left_edge.i, i + 1, i)

    def _size(self) -> Count | None:
        draft = self.draft
        if draft.type in self.words.size_types:
            counted = list(draft.actors)
            if draft.type == "MOBILIZE":
                counted += [a for a in draft.clause.get(Function.OBJECT) if self._people(a)]
        elif draft.mode in _MOVED:
            counted = list(draft.recipients)
        else:
            return None
        for argument in counted:
            count = find_count(self.parsed, argument.start, argument.end, argument.head)
            if count is not None:
                return count
        return None

    def _people(self, argument: Argument) -> bool:
        return self.parsed.doc[argument.head].lemma_.lower() in self.words.people

    def _killed_and_injured(self, heads: list[int]) -> bool:
        """Whether one number counts killed and injured together: "60 were killed and injured"."""
        fields = self.words.fields
        told = {fields.get(self.parsed.doc[h].lemma_.lower()): h for h in heads}
        if not {"killed", "injured"} <= set(told):
            return False
        one, two = (self.parsed.clause_at(told[k]) for k in ("killed", "injured"))
        if one is None or two is None:
            return False
        return bool({a.head for a in self._victims(one)} & {a.head for a in self._victims(two)})
