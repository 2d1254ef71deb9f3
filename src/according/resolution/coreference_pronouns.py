"""What pronouns point back to.

A short list of what was mentioned last is kept; every look back is bounded,
so the cost grows linearly.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from according.language.tree import Tree
from according.resolution.names_found import Draft, NameFinder, NameMention
from according.resolution.nominals import Nouns, load_nominals
from according.resolution.setting import Setting

_WINDOW = 60
_SUBJECT = frozenset({"nsubj", "nsubjpass", "agent"})
_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})
FIRST_PERSON = _WE | {"i", "me", "my", "mine", "myself"}
"""Pronouns by which a speaker means himself or his own side."""
# Verbs whose infinitive tells why, not what their object is to do: "PHONED her to thank her".
_CALLED = frozenset({"telephone", "phone", "call", "ring", "meet", "visit", "see"})
PRONOUNS = _HE | _SHE | _IT | _THEY | FIRST_PERSON
_BODIES = frozenset({"group", "organisation", "state"})
STATE_BODIES = frozenset({"ministry", "navy", "court", "commission", "embassy", "department", "parliament"})
"""Nouns for bodies of a state, of which the last named one is meant where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something mentioned before.

    Attributes:
        head: Its head token.
        ids: Numbers of its drafts; empty for a phrase without a name.
        kind: Kind of what it names.
        plural: Whether it is a plural or joint phrase.
        gender: "m", "f" or "".
    """

    head: int
    ids: tuple[int, ...]
    kind: str
    plural: bool
    gender: str


def _modifies(tree: Tree, i: int) -> bool:
    """Whether a word, or the row of words it stands in, only describes a noun: "U.S. and BELGIAN flags"."""
    while tree.dep[i] == "conj" and tree.head[i] < i:
        i = tree.head[i]
    return tree.dep[i] in ("amod", "compound", "nmod")


def is_people(tree: Tree, mention: NameMention, draft: Draft) -> bool:
    """Whether a demonym names people of a state ("the Iraqis") and not the state."""
    if mention.form != "demonym" or draft.kind != "state":
        return False
    return (
        tree.tag[mention.head] in ("NNS", "NNPS")
        or tree.lower[mention.head].endswith(("ans", "is", "men"))
        or (
            tree.dep[mention.head] in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "agent")
            and any(tree.lower[c] in ("the", "a", "an", "many", "some") for c in tree.children[mention.head])
        )
    )


class PronounResolver:
    """Keeps what was mentioned last and resolves pronouns to it."""

    def __init__(
        self,
        tree: Tree,
        finder: NameFinder,
        nouns: Nouns,
        home: int | None,
        speaker_of: Callable[[int], int | None],
        setting: Setting,
    ) -> None:
        self.tree, self.finder, self.nouns, self.home, self.speaker_of = tree, finder, nouns, home, speaker_of
        self.setting = setting
        self.words = load_nominals()
        self.government: Callable[[str], int | None] = lambda country: None
        self.adopt: Callable[[int, int], None] = lambda head, number: None
        self.hint: Callable[[int, str, bool], None] = lambda head, country, state: None
        self.recent: deque[Candidate] = deque(maxlen=_WINDOW)
        self.links: dict[int, tuple[int, ...]] = {}
        self.antecedent: dict[int, int] = {}
        self.by_head = {
            m.head: m for m in finder.mentions if m.form != "demonym" or not _modifies(tree, m.head)
        }
        self.shared: dict[int, tuple[int, ...]] = {}
        self._bodies: dict[str, int] = {}
        self._met: tuple[int, ...] = ()
        self._led: dict[int, list[int]] = {}
        for d in finder.drafts:
            if (
                d.kind == "person"
                and d.org is not None
                and any(set(x.replace("-", " ").split()) & self.words.heads for x in d.titles)
            ):
                self._led.setdefault(d.org, []).append(d.number)
        self._by_title: dict[str, list[int]] = {}
        for d in finder.drafts:
            offices = d.entry.offices if d.entry is not None and d.kind == "person" else ()
            for title in (*d.titles, *(o.title for o in offices)):
                numbers = self._by_title.setdefault(title.split()[-1].lower(), [])
                if d.number not in numbers:
                    numbers.append(d.number)

    # names --------------------------------------------------------------------

    def _drafts(self, ids: tuple[int, ...]) -> list[Draft]:
        return [self.finder.drafts[n] for n in ids]

    def _name(self, i: int) -> None:
        mention = self.by_head[i]
        draft = self.finder.drafts[mention.draft]
        self.links[i] = self.shared.get(i, (draft.number,))
        if len(self.links[i]) > 1:
            self.recent.append(Candidate(i, self.links[i], draft.kind, True, ""))
            return
        if is_people(self.tree, mention, draft):
            forces = self._forces(i, draft)
            if forces is not None:
                self.links[i] = (forces,)
                return
            del self.links[i]  # "the Iraqis": people of the state, not the state
            self.recent.append(Candidate(i, (), "people", True, ""))
            return
        if draft.kind == "organisation" and draft.words:
            for word in ("coalition", "alliance"):
                if word in draft.words:
                    self._bodies[word] = draft.number
        if draft.kind == "organisation" and draft.words and draft.words[-1] in STATE_BODIES:
            self._bodies[draft.words[-1]] = draft.number
        if draft.kind == "organisation" and "MIL" in draft.sectors and len(draft.country or "") == 3:
            self._bodies.update(dict.fromkeys(("army", "military"), draft.number))
        self.recent.append(Candidate(i, (draft.number,), draft.kind, False, draft.gender))
        self._joint(i, draft.number)

    def _forces(self, i: int, state: Draft) -> int | None:
        """The forces of a state, if "the Iraqis" comes a few sentences after "Iraqi forces"."""
        t = self.tree
        if t.dep[i] not in _SUBJECT or not any(t.lower[c] == "the" for c in t.children[i]):
            return None
        for c in reversed(self.recent):
            if t.sent[i] - t.sent[c.head] > 3:
                return None
            for number in c.ids:
                draft = self.finder.drafts[number]
                if draft.described and draft.country == state.country and "MIL" in draft.sectors:
                    return number
        return None

    def _joint(self, i: int, number: int) -> None:
        """Names coordinated with one before: "X and Y" may be "they"."""
        t = self.tree
        if t.dep[i] != "conj":
            return
        first = t.head[i]
        ids = self.links.get(first)
        if ids:
            joint = tuple(dict.fromkeys((*ids, number)))
            for c in self.recent:
                if c.head == first and len(c.ids) > 1:
                    joint = tuple(dict.fromkeys((*c.ids, number)))
            kind = self.finder.drafts[number].kind
            self.recent.append(Candidate(first, joint, kind, True, ""))

    # pronouns -----------------------------------------------------------------

    def _pronoun(self, i: int) -> None:
        word = self.tree.lower[i]
        if word in FIRST_PERSON:
            self._first_person(i, word in _WE)
            return
        if word in _IT and self._empty_it(i):
            return
        best = self._best(i, word)
        if best is None:
            return
        if best.ids:
            self.links[i] = best.ids
        else:
            self.antecedent[i] = best.head
        self.recent.append(
            Candidate(i, best.ids, best.kind, best.plural, best.gender)
            if best.ids
            else Candidate(best.head, (), best.kind, best.plural, best.gender)
        )

    def _first_person(self, i: int, we: bool) -> None:
        speaker = self.speaker_of(i)
        if speaker is None and self.home is None:
            speaker = self.speaker_of(-i - 1)
        ids = self._spoken_by(speaker, we=we)
        if speaker is None and self.home is not None and we:
            ids = (self.home,)
        if ids:
            self.links[i] = ids
            self.antecedent.pop(i, None)
        elif speaker is not None:
            self.antecedent[i] = speaker

    def _spoken_by(self, speaker: int | None, *, we: bool) -> tuple[int, ...]:
        """Whom a speaker's "I" or "we" names: himself, or the body he speaks for."""
        ids = self.links.get(speaker, ()) if speaker is not None else ()
        if we and len(ids) == 1:
            draft = self.finder.drafts[ids[0]]
            if draft.kind == "person" and draft.org is not None:
                return (draft.org,)
        return ids

    def _own_words(self) -> None:
        """Resolve "we" to a speaker who is named only after his words: "We will sue," said Riedel."""
        for i, speaker in list(self.antecedent.items()):
            word = self.tree.lower[i]
            ids = self._spoken_by(speaker, we=word in _WE) if word in FIRST_PERSON else ()
            if ids:
                self.links[i] = ids
                del self.antecedent[i]

    def _empty_it(self, i: int) -> bool:
        t = self.tree
        if t.dep[i] == "expl":
            return True
        h = t.head[i]
        if t.dep[i] == "nsubj" and t.lemma[h] in ("be", "seem", "appear", "become", "remain"):
            return bool(t.kids(h, "acomp", "attr")) and bool(t.kids(h, "ccomp", "xcomp", "advcl"))
        return False

    def _best(self, i: int, word: str) -> Candidate | None:
        best: Candidate | None = None
        best_score = -1e9
        speaker = self._speakers(i) if word in _HE | _SHE else frozenset()
        for back, c in enumerate(reversed(self.recent)):
            if speaker and not speaker.isdisjoint(c.ids):
                continue  # whoever is quoted speaks of himself as "I"
            score = self._score(i, word, c, back)
            if score is not None and score > best_score:
                best, best_score = c, score
        return best

    def _speakers(self, i: int) -> frozenset[int]:
        """Whoever is quoted with a token."""
        speaker = self.speaker_of(i)
        mention = self.by_head.get(speaker) if speaker is not None else None
        return frozenset(() if mention is None else (mention.draft,))

    def _score(self, i: int, word: str, c: Candidate, back: int) -> float | None:
        t = self.tree
        distance = t.sent[i] - t.sent[c.head]
        if distance > (6 if word in _HE | _SHE else 3):
            return None
        score = -1.6 * distance - 0.12 * back
        if word in _HE | _SHE:
            if c.kind != "person" or c.plural:
                return None
            gender = "m" if word in _HE else "f"
            if c.gender and c.gender != gender:
                return None
            score += 0.6 * (c.gender == gender) + 0.4 * bool(c.ids) + 2.2 * self._spoken_for(i, c)
        elif word in _IT:
            thing = c.kind == "thing" and t.dep[i] == "nsubjpass" and distance == 0
            if (c.kind not in _BODIES and not thing) or c.plural:
                return None
            if word == "it" and t.dep[i] == "dobj" and t.lemma[t.head[i]] in self.words.done_to_things:
                return None
            score += 0.5 * bool(c.ids) - 0.3 * (c.kind == "state" and word == "it") + 1.0 * thing
        else:
            if c.kind in ("place", "unknown") or (c.kind in ("person", "state") and not c.plural):
                return None
            score += (
                2.2 * self._spoken_for(i, c)
                - 1.6 * self._speaks_for(i, c)
                + 0.8 * c.plural
                - 0.6 * (c.kind == "organisation" and not c.plural)
            )
            if word == "them" and c.kind in _BODIES and not c.plural:
                to_people = t.lemma[t.head[i]] in self.words.done_to_people
                if to_people and c.kind == "organisation":
                    return None
                score -= 0.8 + 1.0 * to_people
            if word == "them" and t.lemma[t.head[i]] in self.words.freeing:
                score += 2.0 * self._is_captive(c.head)
        if self._bound(i, c):
            return None
        dep = self._function(c.head)
        score += (
            1.2 * (dep in _SUBJECT)
            + 0.5 * (dep == "poss" and distance == 0)
            - 0.4 * (dep in ("pobj", "compound"))
            - 1.2 * (dep in ("compound", "nmod") and c.kind != "person")
            + 0.8 * (distance == 0 and dep in _SUBJECT and self._above(c.head, i))
        )
        if t.lower[c.head] in PRONOUNS:
            score += 0.3
        if t.dep[i] in _SUBJECT and dep in _SUBJECT:
            score += 0.4
        return score

    def _is_captive(self, i: int) -> bool:
        """Whether a phrase names who was taken: "kidnapped TWO ENGINEERS"."""
        t = self.tree
        while t.dep[i] == "conj" and t.head[i] < i:
            i = t.head[i]
        if t.lemma[i] in ("hostage", "prisoner", "captive", "detainee"):
            return True
        return t.dep[i] in ("dobj", "nsubjpass") and t.lemma[t.head[i]] in self.words.taking

    def _spoken_for(self, i: int, c: Candidate) -> bool:
        """Whether kin or a lawyer of a candidate tells of the pronoun: "MOSS's lawyer said he hit HIM"."""
        t = self.tree
        kin = t.head[c.head]
        return (
            t.dep[c.head] == "poss"
            and t.lemma[kin] in self.words.kin
            and t.dep[kin] in _SUBJECT
            and t.sent[kin] == t.sent[i]
            and self._above(kin, i)
        )

    def _speaks_for(self, i: int, c: Candidate) -> bool:
        """Whether a candidate is kin or a lawyer who tells of others: "THEIR LAWYERS said they were hit"."""
        t = self.tree
        owned = t.kid(c.head, "poss") is not None and t.lemma[c.head] in self.words.kin
        return owned and t.dep[c.head] in _SUBJECT and t.sent[c.head] == t.sent[i] and self._above(c.head, i)

    def _function(self, i: int) -> str:
        """The function of a phrase; a name in apposition has that of the noun beside it."""
        t = self.tree
        return t.dep[t.head[i]] if t.dep[i] == "appos" else t.dep[i]

    def _above(self, subject: int, i: int) -> bool:
        """Whether a subject's verb governs a token: "MOSS said no one could stop HIS party"."""
        t, now = self.tree, self.tree.head[i]
        verb = t.head[t.head[subject] if t.dep[subject] == "appos" else subject]
        for _ in range(8):
            if now == verb:
                return True
            if t.head[now] == now:
                return False
            now = t.head[now]
        return False

    def _bound(self, i: int, c: Candidate) -> bool:
        """Whether both stand beside one verb, so that they cannot be one."""
        t = self.tree
        if t.dep[i] == "poss":
            return t.head[i] == c.head
        if t.dep[i] in _SUBJECT:
            if t.dep[t.head[i]] == "relcl" and t.head[t.head[i]] == c.head and i > c.head:
                return True  # "the premier whom HE ousted"
            return (bool(c.ids) and bool(set(c.ids) & self._beside(i))) or self._let(i, c)
        verb = t.head[i] if t.dep[i] != "pobj" else t.head[t.head[i]]
        if t.dep[i] == "pobj" and t.lower[t.head[i]] == "of" and t.pos[verb] in ("NUM", "DET", "PRON", "ADJ"):
            verb = t.head[verb]  # "police held SOME OF THEM"
        if t.head[c.head] == verb and t.dep[c.head] in ("nsubj", "nsubjpass", "dobj"):
            return True
        subject = self._subject_of(verb)
        if subject is None or t.lower[i].endswith(("self", "selves")):
            return False
        ids = self.links.get(subject, ())
        return c.head == subject or (bool(ids) and (c.ids == ids or self._is_of(c, ids)))

    def _is_of(self, c: Candidate, ids: tuple[int, ...]) -> bool:
        """Whether a candidate is people of one of some bodies: "EU MINISTERS met. THE BLOC accused them"."""
        owner = self.finder.drafts[c.ids[0]] if len(c.ids) == 1 else None
        return (
            owner is not None
            and owner.described
            and any(owner.name.startswith(self.finder.drafts[n].name) for n in ids)
        )

    def _let(self, i: int, c: Candidate) -> bool:
        """Whether a pronoun is whom the candidate lets or makes act: "POLICE allowed THEM to march"."""
        t = self.tree
        verb = t.head[i]
        if t.dep[verb] not in ("ccomp", "xcomp") or t.tag[verb] != "VB" or t.kid(verb, "mark") is not None:
            return False
        if t.lemma[t.head[verb]] != "let" and not any(t.lower[a] == "to" for a in t.kids(verb, "aux")):
            return False
        subject = self._subject_of(t.head[verb])
        if subject is None:
            return False
        ids = self.links.get(subject, ())
        return c.head == subject or (bool(ids) and c.ids == ids)

    def _beside(self, i: int) -> set[int]:
        """What the other arguments of a pronoun's verb name: "IT gave power to THE COUNCIL"."""
        t = self.tree
        verb = t.head[i]
        heads = t.kids(verb, "dobj", "dative")
        heads += [o for p in t.kids(verb, "prep", "agent", "dative") for o in t.kids(p, "pobj")]
        return {self.by_head[h].draft for h in heads if h in self.by_head}

    def _subject_of(self, verb: int) -> int | None:
        """The subject of a verb, also the one it shares: "X met Y and URGED him"."""
        t = self.tree
        for _ in range(4):
            own = t.kid(verb, "nsubj", "nsubjpass")
            if own is not None:
                return own
            if t.kid(verb, "mark") is not None or t.tag[verb] == "VBN":
                return None
            if t.dep[verb] == "xcomp" and t.lemma[t.head[verb]] not in _CALLED:
                controller = t.kid(t.head[verb], "dobj")
                if controller is not None:
                    return controller
            elif t.dep[verb] == "pcomp":  # "four days after SEIZING them"
                verb = t.head[verb]
                if t.pos[t.head[verb]] not in ("VERB", "AUX"):
                    return None
            elif t.dep[verb] not in ("conj", "advcl", "xcomp"):
                return None
            verb = t.head[verb]
        return None
