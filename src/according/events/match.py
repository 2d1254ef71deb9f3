"""Find the trigger that fires on a predicate.

All triggers of the predicate's lemma are tried; of those whose conditions
hold, the most specific wins. Look-alikes (`skips`) compete on equal terms.
"""

from __future__ import annotations

from spacy.tokens import Token

from according.codebook.link import Codebook, LinkedTrigger
from according.codebook.model import Slot
from according.events.conditions import Condition, Wanted, conditions_of, part_slot, prepositions_of
from according.events.model import Entities, Speech
from according.language.model import Argument, Clause, Function, ParsedReport

_PARTICLES = frozenset(
    {
        "up",
        "down",
        "out",
        "off",
        "over",
        "back",
        "away",
        "in",
        "on",
        "through",
        "apart",
        "aside",
        "forward",
        "together",
    }
)
# Classes of things that do nothing of themselves.
MEANS = ("aircraft", "artillery", "drone_word", "vehicle", "vessel", "explosive", "firearm")
_OBLIQUE = frozenset({Function.OBLIQUE, Function.DATIVE, Function.CLAUSE})
_FUNCTIONS = {f.value: f for f in Function}


class Matcher:
    """Chooses triggers for the clauses of one report."""

    def __init__(
        self, parsed: ParsedReport, codebook: Codebook, entities: Entities, speech: Speech | None = None
    ) -> None:
        self.parsed = parsed
        self.codebook = codebook
        self.entities = entities
        self.speech = speech
        self._found: dict[int, LinkedTrigger | None] = {}
        self._sentences: dict[int, frozenset[str]] = {}
        self._looked_up: dict[int, frozenset[str]] = {}
        self._particles: dict[int, str] = {}

    def match(self, clause: Clause) -> LinkedTrigger | None:
        """The trigger, or skip, that fires on a clause; None when none does."""
        if clause.head not in self._found:
            self._found[clause.head] = None  # a cycle of "type:" conditions ends here
            self._found[clause.head] = self._match(clause)
        return self._found[clause.head]

    def keys(self, clause: Clause) -> list[str]:
        """Lemmas to look up, most specific first."""
        doc, lemma, head = self.parsed.doc, clause.lemma, clause.head
        if clause.pos == "verb":
            words = [clause.particle] if clause.particle else []
            bare = not clause.get(Function.OBJECT) and not clause.particle
            words += [
                t.lower_
                for t in doc[head].children
                if t.i > head and t.lower_ in _PARTICLES and self._like_particle(t, bare)
            ]
            keys = [*(f"{lemma} {w}" for w in dict.fromkeys(words)), lemma]
            if head >= 2 and doc[head - 1].text == "-" and not doc[head - 1].whitespace_:
                keys.insert(0, f"{doc[head - 2].lower_}-{lemma}")  # "baton-charged"
            return keys
        found = []
        if clause.pos == "noun":
            if head >= 2 and doc[head - 1].text == "-" and not doc[head - 1].whitespace_:
                found.append(f"{doc[head - 2].lower_}-{lemma}")  # "a counter-protest"
            before = [t for t in doc[head].lefts if t.dep_ in ("compound", "amod", "nmod", "poss")]
            nested = [t for b in before for t in b.lefts if t.dep_ in ("compound", "amod")]
            near = sorted({t.i for t in (*before, *nested)})
            if len(near) >= 2:
                found.append(f"{doc[near[-2]].lemma_} {doc[near[-1]].lemma_} {lemma}".lower())
            found += [f"{doc[i].lemma_} {lemma}".lower() for i in reversed(near)]
            found += [
                f"{doc[i].lower_} {lemma}" for i in reversed(near) if doc[i].lower_ != doc[i].lemma_.lower()
            ]
        return [*found, lemma]

    @staticmethod
    def _like_particle(token: Token, bare: bool) -> bool:
        """Whether an adverb or preposition may be a particle the parser took for something else."""
        if token.dep_ == "prep":
            held = [c for c in token.children if c.dep_ in ("pobj", "pcomp")]
            return not held or (bare and not any(c.ent_type_ in ("DATE", "TIME") for c in held))
        return token.dep_ in ("advmod", "prt")

    def _match(self, clause: Clause) -> LinkedTrigger | None:
        best: LinkedTrigger | None = None
        best_rank = -1.0
        particle = ""
        for key in self.keys(clause):
            self._particles[clause.head] = _particle(key) if clause.pos == "verb" else ""
            tried: dict[int, bool] = {}  # what stands in the place of an object hangs on the particle
            longer = (4.0 if clause.pos == "verb" else 3.0) * (key != clause.lemma)
            for linked in self.codebook.triggers_for(key, clause.pos):
                rank = linked.rank + longer + linked.trigger.weight / 10
                if rank > best_rank and self._all_hold(clause, linked, tried):
                    best, best_rank, particle = linked, rank, self._particles[clause.head]
        self._particles[clause.head] = particle
        return best

    # conditions ---------------------------------------------------------------

    def _all_hold(self, clause: Clause, linked: LinkedTrigger, tried: dict[int, bool]) -> bool:
        """Whether all conditions hold; triggers of one word share many, which are tried once."""
        for condition in conditions_of(self.codebook, linked):
            key = id(condition)
            holds = tried.get(key)
            if holds is None:
                holds = tried[key] = self._holds(clause, condition)
            if not holds:
                return False
        return True

    def _holds(self, clause: Clause, condition: Condition) -> bool:
        slot, forbidden, allowed = condition.slot, condition.forbidden, condition.allowed
        if slot == "sentence":
            words = self._sentence(clause)
            if forbidden is not None and not forbidden.lemmas.isdisjoint(words):
                return False
            return allowed is None or not allowed.lemmas.isdisjoint(words)
        word = self._word(clause, slot)
        if word is not None:
            if condition.empty and (condition.bare or not word):
                return not word
            if forbidden is not None and _fits(word, forbidden):
                return False
            return allowed is None or _fits(word, allowed)
        found = self.fill(clause, slot)
        if condition.empty and (condition.bare or not found):
            return not found
        if forbidden is not None and any(self._among(a.head, forbidden) for a in found):
            return False
        return allowed is None or any(self._among(a.head, allowed) for a in found)

    def _word(self, clause: Clause, slot: Slot) -> str | None:
        """The word that a slot for a single word names, "" when there is none; None for other slots."""
        if slot == "marker":
            return clause.marker or ""
        if slot == "modal":
            return clause.modal or ""
        return self._support(clause) if slot == "support" else None

    def fill(self, clause: Clause, slot: Slot) -> tuple[Argument, ...]:
        """Arguments a slot names; "object.possessor" looks into the object's own arguments."""
        if slot == "speaker":
            return () if self.speech is None else speakers(self.parsed, self.speech.speaker(clause.head))
        if slot in ("infinitive", "finite"):
            return tuple(a for a in fill(clause, "clause") if self._infinitive(a) == (slot == "infinitive"))
        outer, inner = part_slot(slot)
        found = fill(clause, outer)
        if not found and outer == "object" and (particle := self._particles.get(clause.head)):
            found = fill(clause, f"prep:{particle}")  # "fired ON THE CROWD"
        if not inner:
            return found
        out: list[Argument] = []
        for argument in found:
            nested = self.parsed.clause_at(argument.head)
            if nested is None:
                continue
            if inner in ("actor", "recipient"):
                linked = self.match(nested)
                slots = getattr(linked.frame, inner) if linked is not None else ()
                out += [a for s in slots for a in fill(nested, s)]
            else:
                out += fill(nested, inner)
        return tuple(out)

    def _infinitive(self, argument: Argument) -> bool:
        inner = self.parsed.clause_at(argument.head)
        return inner is not None and inner.infinitive

    def _support(self, clause: Clause) -> str:
        """Lemma of the verb that carries a noun, or ""."""
        return "" if clause.support is None else self.parsed.doc[clause.support].lemma_.lower()

    def _among(self, head: int, wanted: Wanted) -> bool:
        """Whether a filler is among those wanted."""
        if wanted.any or not wanted.lemmas.isdisjoint(self._words(head)):
            return True
        if (
            wanted.kinds
            and not is_money(self.parsed.doc[head])
            and self.entities.kind_of(head) in wanted.kinds
        ):
            return True
        if any(self._of_sector(head, code) for code in wanted.sectors):
            return True
        if not wanted.types:
            return False
        clause = self.parsed.clause_at(head)
        inner = self.match(clause) if clause is not None else None
        return inner is not None and not inner.skip and inner.type in wanted.types

    def _words(self, head: int) -> frozenset[str]:
        """Under which words a filler is looked up: its own, and what it counts."""
        words = self._looked_up.get(head)
        if words is None:
            counted = (self.parsed.doc[i].lemma_.lower() for i in self.counted(head))
            words = self._looked_up[head] = self._own_words(head).union(counted)
        return words

    def _own_words(self, head: int) -> frozenset[str]:
        """A noun, and it with each word before it."""
        token = self.parsed.doc[head]
        word = token.lemma_.lower()
        if word == "march" and token.pos_ == "PROPN":
            return frozenset()  # "the end of MARCH" is not the end of a march
        words = {word, token.lower_, *(f"{t.lemma_.lower()} {word}" for t in token.lefts)}
        words.update(
            f"{word} {t.lower_}" for t in token.rights if t.dep_ == "prt"
        )  # "urged him to STEP DOWN"
        if token.pos_ == "PROPN" and word.endswith("s"):
            words.add(word[:-1])  # "Extremists" at the head of a sentence may be taken for a name
        if token.pos_ == "PROPN":  # "CYCLONE Nargis" is a cyclone
            disasters = self.codebook.classes.get("disaster", frozenset())
            words.update(
                w for t in token.lefts if t.dep_ == "compound" and (w := t.lemma_.lower()) in disasters
            )
        return frozenset(words)

    def counted(self, head: int) -> list[int]:
        """What a noun that only counts stands for: "dozens of SOLDIERS"."""
        doc = self.parsed.doc
        counts = doc[head].tag_ == "CD" or (
            not {doc[head].lemma_.lower(), doc[head].lower_}.isdisjoint(
                self.codebook.classes.get("quantity_noun", ())
            )
        )
        if not counts:
            return []
        return [t.i for p in doc[head].children if p.lower_ == "of" for t in p.children if t.dep_ == "pobj"]

    def _of_sector(self, head: int, code: str) -> bool:
        """Whether a phrase names a body of a sector, several people of it, or by name one of a government.

        One officer is no body, nor is a tank.
        """
        means = self.codebook.classes_of(*MEANS, "weapon_system")
        return any(
            code in self.entities.sectors_of(i)
            and self.parsed.doc[i].lower_ != "it"
            and means.isdisjoint(self._own_words(i))
            and (
                self.entities.kind_of(i) != "person"
                or self.parsed.doc[i].tag_ in ("NNS", "NNPS")
                or (code == "GOV" and self.parsed.doc[i].pos_ == "PROPN")
            )
            for i in (head, *self.counted(head))
        )

    def _sentence(self, clause: Clause) -> frozenset[str]:
        if clause.sent not in self._sentences:
            sent = self.parsed.doc[clause.head].sent
            self._sentences[clause.sent] = frozenset(t.lemma_.lower() for t in sent)
        return self._sentences[clause.sent]


def speakers(parsed: ParsedReport, head: int | None) -> tuple[Argument, ...]:
    """A speaker, and those joined to him, as arguments.

    Args:
        parsed: The report.
        head: Head of the speaker's phrase, or None.
    """
    if head is None:
        return ()
    tokens = sorted((parsed.doc[head], *parsed.doc[head].conjuncts), key=lambda t: t.i)
    return tuple(
        Argument(Function.SUBJECT, t.i, min(t.left_edge.i, t.i), t.i + 1, None, ("speaker",))
        for t in tokens
        if t.i >= head
    )


def _fits(word: str, wanted: Wanted) -> bool:
    return word in wanted.lemmas or (wanted.any and bool(word))


def _particle(key: str) -> str:
    """The last word of a phrasal verb, or ""."""
    _, _, last = key.rpartition(" ")
    return last if last != key else ""


def fill(clause: Clause, slot: Slot) -> tuple[Argument, ...]:
    """Arguments of a clause that a slot names.

    Args:
        clause: The predicate.
        slot: "subject", "object", "dative", "attribute", "clause",
            "possessor", "modifier", or "prep:on|against".

    Returns:
        The arguments in text order; for a preposition slot, phrases and
        gerunds alike.
    """
    names = prepositions_of(slot)
    if names is not None:
        return tuple([a for a in clause.arguments if a.preposition in names and a.function in _OBLIQUE])
    function = _FUNCTIONS.get(slot)
    if function is Function.CLAUSE:
        return tuple([a for a in clause.arguments if a.function is function and a.preposition is None])
    return tuple([a for a in clause.arguments if a.function is function])


def is_money(token: Token) -> bool:
    """Whether a token heads a sum of money: "$9 MILLION".

    Args:
        token: Head of the phrase.
    """
    return token.ent_type_ == "MONEY" or any(t.text in ("$", "€", "£", "¥") for t in token.lefts)
