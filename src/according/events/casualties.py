"""Tie numbers of people to the mentions they belong to: killed, injured, detained, taking part."""

from __future__ import annotations

from collections.abc import Sequence

from according.events.counts import find_count, load_count_words
from according.events.gapped import with_gapped
from according.events.left import left_groups
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
_HITTING = frozenset({"shoot", "stab"})
_SENT = frozenset({"put", "send", "land"})
_SHOTS = frozenset({"gunfire", "bullet", "gunshot", "crossfire", "shrapnel", "shot"})
_TAKING_PLACE = frozenset({"take", "occur", "happen", "result", "come", "be"})
_CORPSES = frozenset({"body", "corpse", "skeleton"})
_COUNTERS = frozenset({"number", "count"})
_TRYING = frozenset({"attempt", "try", "bid", "seek", "plot", "effort", "fail", "want", "conspire", "plan"})
_NEAR = 6  # sentences
_FAR = 300  # tokens
_PRONOUNS = frozenset({"he", "she", "him", "her"})
_MANY = frozenset({"family", "police", "personnel", "crew", "leadership", "dead", "couple", "people"})
_PARTICLES = ("prt", "advmod")
_BEARING = frozenset({"die", "perish", "drown", "lose"})
_SUSTAINING = frozenset({"sustain", "suffer", "receive"})
_WOUNDS = frozenset({"injury", "wound", "burn", "bruise", "fracture", "cut"})
_STATES = frozenset({"condition", "coma", "hospital", "care"})
_ANYONE = frozenset({"person", "people", "other", "victim"})
_HELD = frozenset({"arrest", "abduct"})
_MOVED = frozenset({"expel", "deport"})


def attach_counts(
    parsed: ParsedReport, draft: Draft, entities: Entities, dead: Sequence[int] = ()
) -> dict[str, Count]:
    """Read the numbers of people killed, injured, detained or taking part.

    Coordinated victims are added up ("four soldiers and a driver"), a list
    that only spells out the number before it is not ("three people, two
    soldiers and a driver").

    Args:
        parsed: The report.
        draft: A draft, folded; the predicates folded into it are read too.
        entities: Tells a single person from a thing, and who is the same.
        dead: Heads of the phrases that name somebody who died, from `told_dead`:
            who was shot and died later is counted among the dead.

    Returns:
        Counts by field: killed, injured, detained, size. `size` counts those
        who march, are sent, flee or are driven out.
    """
    if draft.type not in _COUNTED:
        return {}
    return _Reader(parsed, draft, entities, dead).read()


class _Reader:
    """Reads the counts of one draft."""

    def __init__(
        self, parsed: ParsedReport, draft: Draft, entities: Entities, dead: Sequence[int] = ()
    ) -> None:
        self.parsed, self.draft, self.entities = parsed, draft, entities
        self.dead = dead
        self.words = load_count_words()
        self.out: dict[str, Count] = {}

    def read(self) -> dict[str, Count]:
        draft = self.draft
        heads = [h for h in (draft.head, *draft.alternates) if not self._died_of(h)]
        if draft.clause.support is not None and draft.clause.support_kind in ("result", "light"):
            heads.append(draft.clause.support)
        joint = self._killed_and_injured(heads)
        clauses = [c for h in dict.fromkeys(heads) if (c := self.parsed.clause_at(h)) is not None]
        for clause in clauses:
            if clause.lemma == "leave" and clause.pos == "verb":
                self._left(clause)
        fatal = any(self._field(c) == "killed" for c in clauses)
        for clause in clauses:
            if not (fatal and clause.lemma in _HITTING and self._field(clause) == "injured"):
                self._clause(clause, joint=joint)
        if "detained" not in self.out and draft.mode in _HELD:
            held = self._total(draft.recipients)  # "taken into custody", "thrown in jail"
            if held is not None:
                self.out["detained"] = held
        toll = self._toll() or self._deaths_in()
        if toll is not None:
            self.out["killed"] = toll
        if "size" not in self.out:
            size = self._size()
            if size is not None:
                self.out["size"] = size
        return self.out

    def _clause(self, clause: Clause, *, joint: bool) -> None:
        field = self._field(clause)
        if field in ("killed", "injured") and (self._attempted(clause) or self._only_things(clause)):
            return
        if field == "killed" and clause.pos == "noun" and self._only_tried(clause):
            return
        if field == "injured" and not joint and self._died(clause):
            field = "killed"
        if field == "detained" and (
            self.draft.type == "AID" or self.draft.mode == "seize" or self._only_things(clause)
        ):
            return  # "seized 40 bags", "hijacked three lorries": nobody is held
        if field == "injured" and self._only_things(clause):
            return  # "three lorries were burned"
        if field is not None:
            victims = self._victims(clause)
            count = self._total(victims) or self._beside(clause)
            if count is not None:
                count = with_gapped(self.parsed, clause, victims, count)
                self._put(field, count.model_copy(update={"low": None, "high": None}) if joint else count)
        if clause.pos == "noun" and field is not None and field not in self.out:
            lefts = [t.i for t in self.parsed.doc[clause.head].lefts]
            start = min(lefts) if lefts else clause.head
            count = find_count(self.parsed, start, clause.head + 1, clause.head)
            if count is not None:
                self._put(field, count)
        for argument in clause.get(Function.OBJECT):
            lemma = self.parsed.doc[argument.head].lemma_.lower()
            left_so = self._left_so(clause, argument)
            if left_so is not None:
                count = find_count(self.parsed, argument.start, argument.head + 1, argument.head)
                if count is not None or (count := self._one(argument)) is not None:
                    self._put(left_so, count)
            elif lemma in _DEATHS:
                count = find_count(self.parsed, argument.start, argument.end, argument.head)
                if count is not None:
                    self._put(self.words.fields.get(lemma, "killed"), count)

    def _left(self, clause: Clause) -> None:
        """Read the row of "left six dead and ten wounded"."""
        for group in left_groups(self.parsed, clause.head):
            count = find_count(self.parsed, group.start, group.head + 1, group.head)
            if count is not None:
                self._put(group.field, count)

    def _left_so(self, clause: Clause, argument: Argument) -> str | None:
        """The field of "left one DEAD", read as a phrase of its own."""
        if clause.lemma != "leave" or clause.pos != "verb":
            return None
        words = {t.lower_ for t in self.parsed.doc[argument.head].children if t.i > argument.head}
        if "dead" in words:
            return "killed"
        if words & {"injured", "wounded", "hurt"}:
            return "injured"
        held = [
            p for h in (clause.head, argument.head) for p in self.parsed.doc[h].children if p.lower_ == "in"
        ]
        state = {o.lemma_.lower() for p in held for o in p.children}
        return "injured" if state & _STATES and self._people(argument) else None

    def _died_of(self, head: int) -> bool:
        """Whether a noun is the wound somebody died of, who is then counted once, as dead."""
        clause = self.parsed.clause_at(head)
        verb = None if clause is None else self.parsed.clause_at(clause.support)
        return (
            clause is not None
            and verb is not None
            and clause.pos == "noun"
            and verb.lemma in ("die", "succumb", "perish")
            and self.words.fields.get(clause.lemma) == "injured"
        )

    def _attempted(self, clause: Clause) -> bool:
        """Whether it was only tried: "a bid to KILL him"."""
        governor = self.parsed.clause_at(clause.governor)
        return clause.infinitive and governor is not None and governor.lemma in _TRYING

    def _only_tried(self, clause: Clause) -> bool:
        """Whether a noun names the attempt: "escaped an ASSASSINATION ATTEMPT", "a MURDER plot"."""
        token = self.parsed.doc[clause.head]
        return token.dep_ == "compound" and token.head.lemma_.lower() in _TRYING

    def _died(self, clause: Clause) -> bool:
        """Whether somebody who was hit, hurt or wounded is told to have died."""
        # "killed three and wounded FIVE": a bare number counts others than those before
        victims = [v for v in (a.head for a in self._victims(clause)) if self.parsed.doc[v].tag_ != "CD"]
        return any(self.entities.is_same(v, d) or self._back_to(v, d) for v in victims for d in self.dead)

    def _back_to(self, one: int, other: int) -> bool:
        """Whether "the driver" or "the victim" names again who was told of a few sentences before."""
        first, again = (self.parsed.doc[i] for i in sorted((one, other)))
        if one == other or again.tag_ not in _SINGULAR or not any(t.lower_ == "the" for t in again.lefts):
            return False
        between = self.parsed.doc[first.i + 1 : min(again.i + 1, first.i + _FAR)]
        near = again.i < first.i + _FAR and sum(bool(t.is_sent_start) for t in between) <= _NEAR
        if first.lower_ in _PRONOUNS:
            return near and again.lemma_.lower() == "victim"
        return near and first.tag_ in _SINGULAR and again.lemma_.lower() in ("victim", first.lemma_.lower())

    def _hurt(self, clause: Clause) -> bool:
        """Whether a shot or a blade is told to have met somebody: "was SHOT", not "shot at"."""
        for token in self.parsed.doc[clause.head].children:  # "was shot AT NOON" met somebody
            if token.lower_ == "at" and not (clause.passive and any(token.children)):
                return False
        return any(
            self.entities.kind_of(a.head) in ("person", "people", "group") or self._people(a)
            for a in self._victims(clause)
        )

    def _toll(self) -> Count | None:
        """The number a toll has come to: "the death toll from the raid ROSE TO 45"."""
        doc = self.parsed.doc
        now = doc[self.draft.head]
        for _ in range(4):
            if now.dep_ in ("pobj", "acl", "relcl", "prep"):
                now = now.head
            else:
                break
        word = now.lemma_.lower()
        counted = word in _COUNTERS and self._field(self.draft.clause) == "killed"
        if (word != "toll" and not counted) or now.i == self.draft.head:
            return None
        if now.dep_ not in ("nsubj", "nsubjpass", "dobj") or now.head.pos_ not in ("VERB", "AUX"):
            return None
        places = [t for t in now.head.children if t.dep_ in ("prep", "dobj", "attr") and t.i > now.i]
        for token in places:
            numbers = [c for c in token.children if c.dep_ == "pobj"] if token.dep_ == "prep" else [token]
            if token.dep_ == "prep" and token.lower_ not in ("to", "at", "past", "above"):
                continue
            for number in numbers:
                count = find_count(self.parsed, number.left_edge.i, number.i + 1, number.i)
                if count is not None and number.ent_type_ not in ("DATE", "TIME", "PERCENT", "MONEY"):
                    return count
        return None

    def _deaths_in(self) -> Count | None:
        """The number of deaths that an act made: "40 of the DEATHS took place due to police firing"."""
        now = self.parsed.doc[self.draft.head]
        for _ in range(4):
            if now.pos_ in ("VERB", "AUX") and now.i != self.draft.head:
                break
            now = now.head
        if now.lemma_.lower() not in _TAKING_PLACE or self.draft.type != "ASSAULT":
            return None
        for token in now.children:
            of = [o for p in token.children if p.lower_ == "of" for o in p.children]
            counted = [token] if token.lemma_.lower() == "death" else of if token.like_num else []
            if token.dep_ == "nsubj" and any(t.lemma_.lower() == "death" for t in counted):
                return find_count(self.parsed, token.left_edge.i, token.i + 1, token.i)
        return None

    def _put(self, field: str, count: Count) -> None:
        self.out.setdefault(field, count)

    def _field(self, clause: Clause) -> str | None:
        """The field a predicate fills: "shot dead" and "beaten to death" kill, "shot in the leg" hurts."""
        lemma = clause.lemma
        if lemma in _SHOOTING and clause.pos == "verb":
            children = list(self.parsed.doc[clause.head].children)
            following = [t.lower_ for t in self.parsed.doc[clause.head + 1 : clause.head + 2]]
            if "dead" in following or any(t.lower_ in ("dead", "fatally") for t in children):
                return "killed"
            objects = {o.lemma_.lower() for p in children if p.dep_ == "prep" for o in p.children}
            if "death" in objects:
                return "killed"
            if children and lemma == "burn" and any(t.lower_ == "alive" for t in children):
                return "killed"
            if objects & _BODY or (lemma in _HITTING and self._hurt(clause)):
                return "injured"
            return self.words.fields.get(self._phrasal(clause)) or self.words.fields.get(lemma)
        if lemma in _SENT and clause.pos == "verb":
            objects = {o.lemma_.lower() for p in self.parsed.doc[clause.head].children for o in p.children}
            return "injured" if "hospital" in objects else None
        if lemma in ("hit", "strike", "graze", "catch") and self.draft.clause.lemma in _SHOTS:
            return "injured"
        if lemma == "treat":
            return "injured" if self.draft.type == "ASSAULT" else None
        if lemma in _SUSTAINING:
            borne = {self.parsed.doc[a.head].lemma_.lower() for a in clause.get(Function.OBJECT)}
            return "injured" if borne & _WOUNDS and self.draft.type == "ASSAULT" else None
        if lemma == "lose":
            lost = {self.parsed.doc[a.head].lemma_.lower() for a in clause.get(Function.OBJECT)}
            return "killed" if "life" in lost else None
        return self.words.fields.get(self._phrasal(clause)) or self.words.fields.get(lemma)

    def _phrasal(self, clause: Clause) -> str:
        """A verb with its particle, also where the parser took that for an adverb: "gun DOWN"."""
        near = [t.lower_ for t in self.parsed.doc[clause.head + 1 : clause.head + 2] if t.dep_ in _PARTICLES]
        return f"{clause.lemma} {clause.particle or next(iter(near), '')}"

    def _victims(self, clause: Clause) -> list[Argument]:
        dying = clause.lemma in (*_BEARING, *_SUSTAINING) and not clause.passive
        function = Function.SUBJECT if dying or clause.pos == "adj" else Function.OBJECT
        found = [a for a in clause.arguments if a.function is function]
        if not found and clause.pos == "noun":  # "the killing OF 48 CIVILIANS"
            found = [a for a in clause.arguments if a.function is Function.OBLIQUE and a.preposition == "of"]
        # "74 people, including eight guests": the guests are of the 74
        return [a for n, a in enumerate(found) if not n or "including" not in a.via]

    def _total(self, victims: Sequence[Argument]) -> Count | None:
        """The number of all victims together; open upwards where one of them has no number."""
        counts: list[Count] = []
        lists_first, missing = False, False
        people = [a for a in victims if self.parsed.doc[a.head].lemma_.lower() not in self.words.things]
        for argument in people or victims:
            count = (
                find_count(self.parsed, argument.start, argument.end, argument.head)
                or self._one(argument)
                or self._bodies(argument)
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

    def _bodies(self, argument: Argument) -> Count | None:
        """The number of the dead by their bodies: "13 BODIES of villagers slaughtered by a mob"."""
        token = self.parsed.doc[argument.head]
        found = token.head.head
        if token.dep_ != "pobj" or token.head.lower_ != "of" or found.lemma_.lower() not in _CORPSES:
            return None
        return find_count(self.parsed, found.left_edge.i, found.i + 1, found.i)

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
        kind = self.entities.kind_of(argument.head)
        if token.lower_ in _PRONOUNS and kind == "person":
            return Count(span=self.parsed.span(argument.head, argument.head + 1), low=1, high=1)
        named = token.ent_type_ == "PERSON" or (token.tag_ == "NNP" and kind == "person")
        single = token.tag_ in _SINGULAR and (
            named
            or any(t.dep_ in ("det", "poss") and t.lower_ not in ("no", "any", "every") for t in token.lefts)
            or token.left_edge.is_sent_start  # "Man killed in shooting"
        )
        if token.lemma_.lower() in _MANY:
            return None  # "killed an entire FAMILY"
        person = named or token.lemma_.lower() in self.words.people
        if not single or not (person or kind == "person"):
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

    def _only_things(self, clause: Clause) -> bool:
        """Whether what is seized or burned is nobody: a lorry, a ship."""
        lemmas = [self.parsed.doc[a.head].lemma_.lower() for a in self._victims(clause)]
        return bool(lemmas) and all(lemma in self.words.things for lemma in lemmas)

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
