"""Describe phrases without a name of their own, and cut participants' spans."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from according.language.tree import Tree
from according.language.verbs import load_verb_classes
from according.records import EntityKind
from according.resolution.actors import ActorEntry
from according.resolution.names_found import Draft, NameFinder
from according.resolution.nominals import Nouns
from according.resolution.participant_names import PhraseNamer
from according.resolution.places.gazetteer import load_gazetteer
from according.resolution.setting import WHERE, Setting

_GOVERNMENT = frozenset({"government", "regime", "administration", "authority"})
_FOREIGN = frozenset(
    {
        "allied",
        "ally",
        "coalition",
        "foreign",
        "international",
        "multinational",
        "enemy",
        "hostile",
        "invading",
        "occupying",
        "occupation",
        "peacekeeping",
        "opposing",
        "joint",
    }
)
_CONDITIONS = frozenset(
    {"emergency", "war", "siege", "alert", "affair", "mind", "shock", "readiness", "chaos", "play", "flux"}
)
_WAR = frozenset(
    {"ceasefire", "cease", "truce", "conflict", "war", "fighting", "hostility", "violence", "fight"}
)
# Adjectives that with "the" name people: "blankets for the HOMELESS".
_THE_MANY = frozenset(
    {
        "homeless", "poor", "sick", "wounded", "injured", "elderly", "needy", "hungry", "displaced",
        "unemployed", "disabled", "destitute", "jobless", "faithful", "bereaved", "underprivileged",
        "oppressed", "detained",
    }
)  # fmt: skip
# Endings that only people's names of trade, faith or origin have, and words that merely end so.
_PERSON_ENDINGS = ("ist", "ian", "woman", "person", "people", "folk", "herder")
_NO_PERSON_ENDINGS = ("list", "wrist", "twist", "mist", "waist", "median", "meridian", "obsidian")
# Numbers that stand for people: "the war displaced MILLIONS".
_MANY = frozenset({"million", "thousand", "hundred", "dozen", "score", "ten"})
_OWNERS = frozenset({"state", "group"})
_LOCAL = frozenset({"GOV", "LEG", "COP"})
_CONTEXT_KINDS = frozenset({"people", "group", "organisation"})


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a phrase without a name of its own."""

    name: str | None
    kind: EntityKind
    country: str | None
    sectors: tuple[str, ...]
    why: str


class Describer(PhraseNamer):
    """Describes unnamed phrases of one report."""

    def __init__(
        self, doc: Doc, tree: Tree, finder: NameFinder, nouns: Nouns, own: str | None = None
    ) -> None:
        super().__init__(doc, tree, finder, nouns)
        self.setting = Setting(doc, tree, finder, own)
        self.hints: dict[int, str] = {}

    def note_owner(self, head: int, country: str, state: bool) -> None:
        """Keep the country of whoever "its troops" are of, and whether that is a state or a body of one."""
        self.hints[head] = country
        if state:
            self.of_states.add(head)

    def anchor(self, head: int) -> tuple[int, Draft] | None:
        """The name that owns or modifies a noun: "HAMAS delegation", "members of HAMAS"."""
        t = self.tree
        queue, steps = [head, *self._row(head)], 0
        while queue and steps < 12:
            now, steps = queue.pop(0), steps + 1
            for c in t.children[now]:
                dep = t.dep[c]
                if c < now and dep in ("amod", "compound", "nmod", "poss", "npadvmod", "nsubj", "pobj"):
                    m = self.finder.covered.get(c)
                    if m is not None:
                        return m, self.finder.drafts[self.finder.mentions[m].draft]
                    queue.append(c)
                elif (
                    dep == "prep"
                    and t.lower[c] in ("of", "from", "for")
                    and (
                        now != head
                        or t.lower[c] != "for"
                        or t.lemma[head]
                        in ("spokesman", "spokeswoman", "spokesperson", "lawyer", "minister", "envoy")
                    )
                ):
                    for obj in t.kids(c, "pobj"):
                        m = self.finder.covered.get(obj)
                        if m is not None:
                            return m, self.finder.drafts[self.finder.mentions[m].draft]
                        queue.append(obj)
        return None

    def _row(self, head: int) -> list[int]:
        """The last of a row of offices, whose "of" is that of all: "the PRESIDENT and premier of Chad"."""
        t = self.tree
        row = [] if t.kids(head, "prep", "poss") else t.conjuncts(head)
        offices = load_verb_classes().offices
        return row[-1:] if len(row) > 1 and all(t.lemma[i] in offices for i in row) else []

    def _leader(self, head: int) -> Draft | None:
        """The person by whom a delegation or group is said to be led: "a delegation HEADED BY X"."""
        t = self.tree
        for v in t.kids(head, "acl"):
            if t.lemma[v] not in ("lead", "head", "chair", "command"):
                continue
            for by in t.kids(v, "agent", "prep"):
                m = next(
                    (self.finder.covered[o] for o in t.kids(by, "pobj") if o in self.finder.covered), None
                )
                if m is not None:
                    draft = self.finder.drafts[self.finder.mentions[m].draft]
                    return draft if draft.kind == "person" else None
        return None

    def owners(self, head: int) -> tuple[tuple[str, Draft], ...]:
        """The parties of coordinated words: "FRENCH and HOUTHI envoys"; none unless two or more."""
        t = self.tree
        out: list[tuple[str, Draft]] = []
        for c in t.kids(head, "amod", "compound", "nmod"):
            for x in t.conjuncts(c):
                m = self.finder.covered.get(x)
                draft = None if m is None else self.finder.drafts[self.finder.mentions[m].draft]
                if draft is None or draft.kind not in _OWNERS or any(draft is d for _, d in out):
                    continue
                mention = self.finder.mentions[self.finder.covered[x]]
                whole = draft.kind != "state" and mention.end - mention.start > 1
                out.append((draft.name if whole else self.doc[x].text, draft))
        return tuple(out) if len(out) > 1 else ()

    def _by_suffix(self, head: int) -> EntityKind:
        """Kind of a noun that no list holds, by its ending: "musicians", "florists", "fishermen"."""
        t = self.tree
        word = t.lower[head].removesuffix("s") if self.nouns.plural(head) else t.lower[head]
        if t.pos[head] != "NOUN" or len(word) < 6 or not word.endswith(_PERSON_ENDINGS):
            return "unknown"
        if word.endswith(_NO_PERSON_ENDINGS):
            return "unknown"
        return "people" if self.nouns.plural(head) else "person"

    def kind(self, head: int) -> EntityKind:
        """Kind of a phrase by its noun."""
        t = self.tree
        counted = self.nouns.counted(head)
        role = self.nouns.role(counted)
        if t.lemma[head] == "resistance" and not t.kids(head, "det", "amod", "compound", "poss"):
            return "unknown"  # to offer resistance, not the resistance
        if t.lower[head] == "intelligence" and t.dep[head] == "dobj" and not t.kids(head, "det", "amod"):
            return "unknown"  # to share intelligence, not the service
        if role is not None and self._condition(head):
            return "unknown"
        if t.lower[counted] in ("house", "houses", "chamber", "chambers") and self.doc[counted].is_lower:
            return "unknown"  # somebody's house, not the House
        if role is None:
            named = self.finder.covered.get(counted) if counted != head else None
            if named is not None:  # "two companies of the BORDER GUARD"
                kind = self.finder.drafts[self.finder.mentions[named].draft].kind
                if kind in ("organisation", "group"):
                    return "group"
            label = self.doc[counted].ent_type_
            if label in ("GPE", "LOC", "FAC"):
                return "place"
            if label == "NORP" and t.pos[counted] in ("NOUN", "PROPN"):
                return "people"
            if t.lower[counted] in (
                "who",
                "whom",
                "those",
                "others",
                "everyone",
                "everybody",
                "anyone",
                "someone",
                "people",
                "thousands",
                "hundreds",
                "dozens",
                "scores",
                "tens",
                "many",
                "all",
                "both",
            ):
                return "people"
            if (
                t.pos[counted] == "NUM"
                and t.dep[counted] in ("nsubjpass", "nsubj", "dobj")
                and not t.kids(counted, "prep")
            ):
                return "people"
            if t.lower[counted] in _THE_MANY and any(t.lower[c] == "the" for c in t.kids(counted, "det")):
                return "people"
            return self._by_suffix(counted)
        if role.kind == "unknown" or role.kind == "place":
            return role.kind
        if t.lower[head] == "state" and self._part_of_a_country(head):
            return "place"
        return role.plural if self.nouns.plural(counted) or counted != head else role.kind

    def _part_of_a_country(self, head: int) -> bool:
        """Whether "state" is behind the name of a place: "BORNO state"."""
        for c in self.tree.kids(head, "compound", "nmod"):
            m = self.finder.covered.get(c)
            if m is not None and self.finder.drafts[self.finder.mentions[m].draft].kind == "place":
                return True
        return False

    def _condition(self, head: int) -> bool:
        """Whether "state" is no country but how things are: "a state of war"."""
        t = self.tree
        if t.lemma[head] != "state":
            return False
        of = [t.lemma[o] for p in t.kids(head, "prep") if t.lower[p] == "of" for o in t.kids(p, "pobj")]
        return bool(_CONDITIONS & set(of)) or any(
            t.lemma[c] in ("wartime", "mental", "steady", "final", "poor")
            for c in t.kids(head, "amod", "compound")
        )

    def describe(self, head: int) -> Description:
        """Name, kind, country and sectors of an unnamed phrase."""
        t = self.tree
        counted = self.nouns.counted(head)
        role = self.nouns.role(counted)
        kind = self.kind(head)
        sectors = role.sectors if role is not None else ()
        if role is None and kind == "people" and t.lemma[counted] in _MANY:
            sectors = ("CVL",)
        sides = self._sides(head)
        if sides is not None:
            return sides
        found = self.anchor(head) or (self.anchor(counted) if counted != head else None)
        leader = (
            self._leader(head) if found is None and kind in ("group", "organisation", "unknown") else None
        )
        if leader is not None:
            body = self.finder.drafts[leader.org] if leader.org is not None else leader
            known = sectors or (body.sectors if body.kind == "group" else ())
            return Description(None, "group", leader.country or body.country, known, f"led by {leader.name}")
        if found is None:
            if kind == "organisation" and not (role is not None and {"MIL", "COP"} & set(role.sectors)):
                there = role.country if role is not None and role.country else self._set_in(head)
                if there is None and role is not None and _LOCAL & set(role.sectors):
                    there = self.setting.sole()
                return Description(None, kind, there, sectors, "role noun")
            country, why = (
                (role.country, "role noun")
                if role is not None and role.country
                else self._context(head, kind)
            )
            return Description(self._forces(head, country, sectors), kind, country, sectors, why)
        _, draft = found
        country = draft.country
        if (
            country is None
            and t.lemma[head] in _GOVERNMENT
            and not (draft.kind == "organisation" and draft.name in load_gazetteer())
        ):
            country = self.main_country()
        why = f"{t.lower[head]} of {draft.name}"
        if self._governs(head) and country is not None and draft.kind != "group":
            state = self.finder.actors.state(country)
            if state is not None and (t.lemma[head] == "regime" or not self._regional(draft, state)):
                return Description(
                    f"{state.adjective or state.name} government", "state", country, ("GOV",), why
                )
        if draft.kind == "person" and role is not None and role.kind == "person":
            return Description(None, kind, country, sectors, why)
        if role is not None and role.country:
            country = role.country
        if (role is None and kind == "unknown") or kind == "person":
            return Description(None, kind, country, sectors or draft.sectors, why)
        if kind == "organisation" and draft.kind == "group" and role is not None and "MIL" in role.sectors:
            kind = "group"
        if country is None and kind in ("people", "group"):
            country, why = self._context(head, kind)
        armed = kind in ("group", "people") and sectors == ("REB",) and draft.kind == "group"
        if not sectors or (armed and draft.sectors and "REB" not in draft.sectors):
            sectors = draft.sectors  # "Wagner fighters" are no rebels
        if "PRE" in draft.sectors and "PRE" not in sectors:
            sectors = (*sectors, "PRE")  # soldiers of Somaliland
        return Description(self._phrase(head), kind, country, sectors, why)

    def _set_in(self, head: int) -> str | None:
        """Country of the place that a phrase says itself: "a tribunal in DHAKA"."""
        t = self.tree
        for p in t.kids(head, "prep"):
            for obj in t.kids(p, "pobj") if t.lower[p] in WHERE else ():
                m = self.finder.covered.get(obj)
                if m is not None:
                    return self.finder.drafts[self.finder.mentions[m].draft].country
        return None

    @staticmethod
    def _regional(draft: Draft, state: ActorEntry) -> bool:
        """Whether a government is that of a part of a state: "the GUJARAT government"."""
        if draft.kind not in ("place", "people") or draft.name in (*state.capitals, *state.names):
            return False
        return all(c.kind != "country" for c in load_gazetteer().lookup(draft.name) if c.curated)

    def _sides(self, head: int) -> Description | None:
        """Name "all parties" to a war by the country it is fought in."""
        t = self.tree
        bare = all(t.dep[c] in ("det", "predet", "punct", "case") for c in t.children[head])
        if (
            t.lemma[head] not in ("party", "side")
            or not bare
            or not any(t.lower[c] == "all" for c in t.children[head])
        ):
            return None
        start, end = head, head
        while start > 0 and t.sent[start - 1] == t.sent[head]:
            start -= 1
        while end < len(t.sent) and t.sent[end] == t.sent[head]:
            end += 1
        state = self.finder.actors.state(self.main_country())
        if state is None or not state.adjective or not _WAR & set(t.lemma[start:end]):
            return None
        name = f"all parties to the {state.adjective} conflict"
        return Description(name, "group", None, (), "the war in the country the report is mostly about")

    def _governs(self, head: int) -> bool:
        """Whether a noun names a state's government, not its "military authorities"."""
        t = self.tree
        if t.lemma[head] not in _GOVERNMENT:
            return False
        if t.lemma[head] != "authority":
            return True
        return all(c in self.finder.covered for c in t.kids(head, "amod", "compound", "nmod"))

    def _context(self, head: int, kind: EntityKind) -> tuple[str | None, str]:
        """The country the sentence or the whole report is about, for people and forces on the ground."""
        if head in self.hints:
            return self.hints[head], "whose it is"
        t = self.tree
        if t.lemma[head] == "peacekeeper":
            known = any(d.country == "UNO" and d.mentions for d in self.finder.drafts)
            return ("UNO", "peacekeepers of the United Nations") if known else (None, "no body named")
        if t.lemma[head] == "enemy" or (t.lower[head] == "other" and t.lower[max(head - 1, 0)] == "each"):
            return None, "whoever is meant"
        if any(self.tree.lemma[c] in _FOREIGN for c in self.tree.kids(head, "amod", "compound", "nmod")):
            return None, "forces that need not be of the country"
        if kind not in _CONTEXT_KINDS and kind != "person":
            return None, "no country named"
        near, located = self.setting.near(self.tree.sent[head])
        role = self.nouns.role(self.nouns.counted(head))
        abroad = kind == "organisation" and role is not None and "MIL" in role.sectors  # troops may be sent
        if located and kind in ("people", "organisation") and not abroad and len(near) == 1:
            return next(iter(near)), "the country where the sentence is set"
        if (
            kind == "people"
            and self.tree.pos[head] in ("NOUN", "PROPN")
            and len(set(near)) == 1
            and max(near.values()) > 1
        ):
            return next(iter(near)), "the one country of the sentence"
        if kind in ("people", "organisation") and self.tree.pos[head] in ("NOUN", "PROPN"):
            country = self.setting.of_paragraph(self.tree.sent[head])
            if country is not None:
                return country, "the one country of the paragraph"
            country = self.main_country()
            if country is not None:
                return country, "the country the report is mostly about"
        if kind in ("people", "person") and len(near) == 1 and located:
            return next(iter(near)), "the one country of the sentence"
        if kind == "group":
            for p in self.tree.kids(head, "prep"):
                for obj in self.tree.kids(p, "pobj") if self.tree.lower[p] in WHERE else ():
                    m = self.finder.covered.get(obj)
                    country = (
                        self.finder.drafts[self.finder.mentions[m].draft].country if m is not None else None
                    )
                    if country is not None:
                        return country, "the country they are in"
        police = role is not None and ("COP" in role.sectors or self.tree.lemma[head] == "suspect")
        if kind in ("group", "person") and police:  # but hackers may sit anywhere
            country = self.setting.sole()
            if country is not None:
                return country, "police and suspects in the one country of the report"
        if kind == "group" and role is not None and {"REB", "OPP", "PTY", "PRM"} & set(role.sectors):
            country = self.main_country()
            if country is not None:
                return country, "the country the report is mostly about"
        return None, "no country named"

    def main_country(self) -> str | None:
        """The country where most of the report is set, or None."""
        return self.setting.main()
