"""The names of parties that have none of their own: "Iraqi troops", "Houthi envoys"."""

from __future__ import annotations

from spacy.tokens import Doc

from according.language.tree import Tree
from according.resolution.names_found import Draft, NameFinder, NameMention
from according.resolution.nominals import Nouns, load_nominals

_FORCES = frozenset({"force", "troop", "army", "military"})


class PhraseNamer:
    """Makes names of the unnamed phrases of one report."""

    def __init__(self, doc: Doc, tree: Tree, finder: NameFinder, nouns: Nouns) -> None:
        self.doc, self.tree, self.finder, self.nouns = doc, tree, finder, nouns
        self.words = load_nominals()
        self.of_states: set[int] = set()

    def _forces(self, head: int, country: str | None, sectors: tuple[str, ...]) -> str | None:
        """Name of forces whose state the report tells: "Iraqi elite troops", "Syrian opposition forces"."""
        t = self.tree
        state = self.finder.actors.state(country)
        if state is None or not state.adjective or t.lemma[head] not in _FORCES:
            return None
        if not {"MIL", "REB", "OPP"} & set(sectors) or t.kids(head, "relcl"):
            return None
        owned = bool(t.kids(head, "poss"))
        if owned and (head not in self.of_states or t.kids(head, "amod")):
            return None  # "its troops" are Russian where "its" is Russia or a ministry of it
        if t.pos[head] != "NOUN" or any(
            t.pos[i] == "PROPN" for i in t.kids(head, "compound", "amod", "nmod")
        ):
            return None
        phrase = self._phrase(head)
        return f"{state.adjective} {phrase[:1].lower()}{phrase[1:]}" if phrase else None

    def _name_in(self, mention: NameMention, draft: Draft, head: int) -> str:
        """How a name stands in the name of its people: "HOUTHI envoys"."""
        words = " ".join(self.doc[mention.start : mention.end].text.split())
        if mention.form not in ("name", "seat", "capital") or draft.kind == "person":
            return words
        return words if draft.name == f"{words}s" and mention.end <= head else draft.name

    def _adjective(self, mention: NameMention, draft: Draft, head: int) -> str | None:
        """The adjective of a state that has a body of its own: "ISRAELI army" for "Israel's army"."""
        t, role = self.tree, self.nouns.role(head)
        if draft.kind != "state" or mention.end >= head or t.tag[mention.end] != "POS" or role is None:
            return None
        plain = all(t.pos[i] in ("NOUN", "PROPN") for i in range(mention.end + 1, head))
        if not plain or role.kind != "organisation" or not {"MIL", "COP", "GOV"} & set(role.sectors):
            return None
        state = self.finder.actors.state(draft.country)
        return None if state is None else state.adjective

    def _phrase(self, head: int) -> str:
        """The words that identify an unnamed party, with full names."""
        t = self.tree
        start, end = t.phrase(head)
        counted = self.nouns.counted(head)
        if counted != head and t.lemma[head] not in ("member", "group", "team"):
            start, end = t.phrase(counted)
        out: list[str] = []
        i = start
        while i < end:
            m = self.finder.covered.get(i)
            if m is not None:
                mention = self.finder.mentions[m]
                draft = self.finder.drafts[mention.draft]
                adjective = self._adjective(mention, draft, head)
                out.append(adjective or self._name_in(mention, draft, head))
                i = max(mention.end, i + 1) + (adjective is not None)  # and without "'s"
                continue
            word = t.lower[i]
            skip = (
                t.pos[i] in ("DET", "NUM", "SPACE")
                or (t.pos[i] == "PUNCT" and self.doc[i].text not in ("-", "/"))
                or (word in self.words.loose and i < head)
                or t.tag[i] == "PRP$"
                or (t.tag[i] == "POS" and i == end - 1)
            )
            if not skip:
                out.append(self.doc[i].text)
            i += 1
        text = " ".join(out)
        for mark in ("'s", "’s"):
            text = text.replace(f" {mark}", "'s")
        return text.replace(" - ", "-").replace(" ’ ", "' ").strip()
