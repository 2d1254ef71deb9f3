"""What pronouns and definite nominals point back to.

One pass over the report from left to right; every look back is bounded, so
the cost grows linearly.
"""

from __future__ import annotations

from collections.abc import Callable

from according.resolution.coreference_bodies import ALLIES, BodyResolver
from according.resolution.coreference_pronouns import PRONOUNS, Candidate
from according.resolution.names_found import Draft
from according.resolution.names_guard import NO_STATE

_THEM = frozenset({"them", "whom", "which", "these", "those", "us"})
# Who belongs to somebody without being of his country.
_ABROAD = frozenset(
    {
        "neighbour", "neighbor", "ally", "rival", "enemy", "adversary", "foe", "partner", "counterpart",
        "owner", "opponent", "supporter", "backer", "captor", "victim", "target", "guest", "host", "client",
    }
)  # fmt: skip
_COMMANDS = frozenset(
    {"order", "instruct", "tell", "command", "direct", "task", "authorise", "authorize", "ask"}
)
_PARTS = frozenset({"nsubj", "nsubjpass", "dobj"})
_GENERAL_BODIES = frozenset(
    {
        "organisation",
        "organization",
        "agency",
        "body",
        "bloc",
        "institution",
        "watchdog",
        "charity",
        "broadcaster",
        "newspaper",
        "company",
        "mission",
    }
)
_LOCAL = frozenset({"state", "local", "regional", "provincial", "city", "municipal", "county", "district"})


class Resolver(BodyResolver):
    """Resolves the nominals and pronouns of one report."""

    def run(self, describe: Callable[[int], tuple[int, ...]]) -> None:
        """Resolve all heads in text order.

        Args:
            describe: Gives the drafts of an unnamed phrase that a name in it
                identifies ("Iranian officials"); several for coordinated
                adjectives.
        """
        t = self.tree
        for i, pos in enumerate(t.pos):
            if i in self.by_head:
                self._name(i)
            elif i in self.shared:
                self.links[i] = self.shared[i]
            elif t.lower[i] in PRONOUNS and t.tag[i] in ("PRP", "PRP$"):
                self._pronoun(i)
            elif t.tag[i] == "CD" and t.dep[i] in _PARTS and self._bare_number(i):
                self._number(i)
            elif pos in ("NOUN", "PROPN", "NUM", "DET", "PRON") and t.dep[i] not in (
                "compound",
                "nmod",
                "punct",
                "det",
                "nummod",
            ):
                self._nominal(i, describe)
            elif pos in ("NOUN", "PROPN") and t.dep[i] in ("compound", "nmod") and t.lemma[i] in ALLIES:
                ids = self._again(i)
                if ids:
                    self.links[i] = ids
        self._own_words()
        for i in range(len(t.pos)):
            if i not in self.links and i not in self.antecedent:
                self._share(i)

    def _bare_number(self, i: int) -> bool:
        """Whether a number stands for those counted: "three died and ONE was captured"."""
        t = self.tree
        return (
            t.pos[t.head[i]] == "VERB"
            and not t.kids(i, "prep", "nmod", "compound", "det")
            and t.lower[i].isalpha()
        )

    def _number(self, i: int) -> None:
        """Take a bare number for some of the people named last in its sentence."""
        for c in reversed(self.recent):
            if self.tree.sent[c.head] != self.tree.sent[i]:
                return
            if c.plural and not c.ids and c.kind in ("people", "group"):
                self.antecedent[i] = c.head
                return

    def _share(self, i: int) -> None:
        """Read "34 OF THEM" as some of those who were named before."""
        t = self.tree
        of = self.nouns.counted(i)
        if of == i or t.lower[of] not in _THEM:
            return
        whole = of
        if t.lower[of] in ("whom", "which"):
            clause = next((k for k in (t.head[i], t.head[t.head[i]]) if t.dep[k] == "relcl"), None)
            whole = of if clause is None else t.head[clause]
        if whole in self.antecedent:
            self.antecedent[i] = self.antecedent[whole]
        elif whole in self.links and len(self.links[whole]) == 1:
            self.links[i] = self.links[whole]
        elif whole != of:
            self.antecedent[i] = whole

    # nominals -----------------------------------------------------------------

    def _nominal(self, i: int, describe: Callable[[int], tuple[int, ...]]) -> None:
        t = self.tree
        name = self._apposed(i) if self._apposed(i) is not None else self._following(i)
        if name is None:
            name = self._two_offices(i)
        joint = self._apposed_pair(i) if name is not None else ()
        if joint:
            self.links[i] = joint
            self.recent.append(Candidate(i, joint, self.finder.drafts[joint[0]].kind, True, ""))
            return
        if name is not None:
            self.links[i] = (self.by_head[name].draft,)
            self.adopt(i, self.by_head[name].draft)
            self._of_body(i, self.finder.drafts[self.by_head[name].draft])
            named = self.finder.drafts[self.by_head[name].draft]
            self.recent.append(Candidate(i, self.links[i], named.kind, False, named.gender))
            return
        ids = (
            self._examples(i)
            or self._joint_nominal(i)
            or self._label(i)
            or self._headed(i)
            or self._short_body(i)
            or self._back(i)
            or self._again(i)
        )
        if not ids:
            country, state = self._whose(i)
            if country is not None:
                self.hint(i, country, state)
            ids = describe(i)
        role = self.nouns.role(self.nouns.counted(i))
        if ids:
            self.links[i] = ids
            drafts = self._drafts(ids)
            if drafts[0].kind == "organisation" and len(ids) == 1:
                self._bodies[t.lemma[i]] = ids[0]
            self.recent.append(
                Candidate(i, ids, drafts[0].kind, len(ids) > 1 or self.nouns.plural(i), drafts[0].gender)
            )
            return
        if role is None or role.kind in ("place", "unknown"):
            if t.dep[i] in ("nsubj", "nsubjpass") and not self.nouns.plural(i) and t.pos[i] == "NOUN":
                self.recent.append(Candidate(i, (), "thing", False, ""))
            return
        plural = self.nouns.plural(i) or self.nouns.counted(i) != i
        gender = "f" if t.lemma[i] in self.words.female else "m" if t.lemma[i] in self.words.male else ""
        self.recent.append(Candidate(i, (), role.plural if plural else role.kind, plural, gender))

    def _whose(self, i: int) -> tuple[str | None, bool]:
        """The country of "its citizens", of "the armed forces" that a president orders about.

        Also whether whoever has them is a state or a body or officer of one.
        """
        t = self.tree
        if t.lemma[i] in _ABROAD:
            return None, False
        owner = next((c for c in t.kids(i, "poss") if t.lower[c] in PRONOUNS), None)
        if owner is None and t.dep[i] == "dobj" and t.lemma[t.head[i]] in _COMMANDS:
            role = self.nouns.role(i)
            if role is not None and role.kind in ("organisation", "state") and self._definite(i) == "the":
                owner = self._subject_of(t.head[i])
        ids = self.links.get(owner, ()) if owner is not None else ()
        countries = {self.finder.drafts[n].country for n in ids}
        country = countries.pop() if len(countries) == 1 else None
        if country is None or len(country) != 3 or country in NO_STATE:
            return None, False
        state = all(d.kind == "state" or {"GOV", "MIL"} & set(d.sectors) for d in self._drafts(ids))
        return country, state

    def _of_body(self, i: int, draft: Draft) -> None:
        """Give a person the body that his office points back to: "the head of THE MISSION, Ann Moss"."""
        t = self.tree
        if draft.kind != "person" or draft.country is not None or draft.org is not None:
            return
        for p in t.kids(i, "prep"):
            for obj in t.kids(p, "pobj") if t.lower[p] == "of" else ():
                for number in self._back(obj) if obj not in self.by_head else ():
                    body = self.finder.drafts[number]
                    draft.country, draft.org = body.country, number
                    draft.sectors = draft.sectors or body.sectors
                    draft.why.append(f"described as {t.lower[i]} of {body.name}")

    def _apposed(self, i: int) -> int | None:
        """The name in apposition to a description: "the leader of PIJ, NAME"."""
        t = self.tree
        role = self.nouns.role(i)
        if role is None:
            return None
        for c in t.kids(i, "appos"):
            m = self.by_head.get(c)
            if m is not None and self._fits(role.kind, self.finder.drafts[m.draft].kind):
                return c
        if t.dep[i] == "appos" and t.head[i] in self.by_head:
            m = self.by_head[t.head[i]]
            if self._fits(role.kind, self.finder.drafts[m.draft].kind) and not self.nouns.plural(i):
                return t.head[i]
        if t.dep[i] == "attr":
            return None
        nxt = i + 1
        if nxt < len(t.pos) and nxt in self.finder.covered and t.dep[i] not in ("conj",):
            m = self.finder.mentions[self.finder.covered[nxt]]
            if (
                m.start == nxt
                and m.head in self.by_head
                and t.head[m.head] == i
                and self._fits(role.kind, self.finder.drafts[m.draft].kind)
            ):
                return m.head
        return None

    def _apposed_pair(self, i: int) -> tuple[int, ...]:
        """The names in apposition to a plural: "rival factions X and Y"."""
        t = self.tree
        if not self.nouns.plural(i):
            return ()
        heads = [h for c in t.kids(i, "appos") if c in self.by_head for h in t.conjuncts(c)]
        ids = tuple(dict.fromkeys(self.by_head[h].draft for h in heads if h in self.by_head))
        return ids if len(ids) > 1 and len(heads) == len(ids) else ()

    def _following(self, i: int) -> int | None:
        """A name right after a description and a comma: "the leader of X in Y, NAME"."""
        t = self.tree
        role = self.nouns.role(i)
        if role is None or role.kind != "person" or self.nouns.plural(i):
            return None
        for k in range(i + 1, min(i + 11, len(t.pos))):
            if t.sent[k] != t.sent[i] or t.pos[k] in ("VERB", "AUX", "CCONJ", "SCONJ"):
                return None
            m = self.finder.covered.get(k)
            named = m is not None and self.finder.drafts[self.finder.mentions[m].draft].kind == "person"
            if named and m is not None:
                mention = self.finder.mentions[m]
                titled = self.nouns.role(k - 1)
                begins = k - len(titled.lemma.split()) if titled is not None else i  # "HEAD of state NAME"
                named_of = t.dep[mention.head] == "pobj" and t.head[t.head[mention.head]] == i
                if titled is not None and titled.kind == "person" and begins > i and named_of:
                    return None  # "an aide OF former president NAME"
                beside = t.lower[k - 1] == "," or self.nouns.role(k - 1) is not None
                return (
                    mention.head
                    if beside
                    and mention.head in self.by_head
                    and t.dep[mention.head] in ("appos", "pobj", "conj", "nsubj")
                    else None
                )
            if t.lower[k] == "," and k + 1 not in self.finder.covered:
                return None
        return None

    def _back(self, i: int) -> tuple[int, ...]:
        """A definite nominal for something named before: "the group"."""
        t = self.tree
        definite = self._definite(i)
        title = t.pos[i] in ("NOUN", "PROPN") and t.lemma[i] in self._by_title and not self.nouns.plural(i)
        if (definite is None and not title) or self.nouns.plural(i):
            return ()
        if t.kids(i, "relcl", "acl") or any(
            t.lower[p] in ("of", "for", "in", "from") for p in t.kids(i, "prep")
        ):
            return ()
        lemma = t.lemma[i]
        country, foreign = self._owner(i)
        if foreign:
            return ()
        if definite in ("his", "her", "its", "their"):
            return (
                self._own_body(i)
                if lemma in self.words.back["group"] | self.words.back["organisation"]
                and definite in ("his", "her")
                else ()
            )
        if lemma in self.words.back["person"] or title:
            return self._titled(i, lemma, country)
        if lemma in ("government", "regime", "administration", "authority", "leadership"):
            state = self._governed(country, i)
            number = self.government(state) if state is not None else None
            return () if number is None else (number,)
        for kind in ("group", "organisation", "state"):
            if kind == "organisation" and lemma not in _GENERAL_BODIES:
                continue
            if lemma in self.words.back[kind] and definite is not None:
                found = self._last(i, kind, country)
                if found is not None:
                    return (found,)
        return ()

    def _owner(self, i: int) -> tuple[str | None, bool]:
        """The country an adjective before the noun gives, and whether another name owns it."""
        country, foreign = None, False
        for c in self.tree.kids(i, "amod", "compound", "poss", "nmod"):
            m = self.finder.covered.get(c)
            if m is None:
                role = self.nouns.role(i)
                own = role is not None and self.tree.lower[c] in role.lemma.split()
                foreign = foreign or (self.tree.lemma[i] == "government" and self.tree.lower[c] in _LOCAL)
                foreign = foreign or (
                    self.tree.pos[c] == "PROPN" and not own and self.tree.lower[c] not in self.words.titles
                )
                continue
            draft = self.finder.drafts[self.finder.mentions[m].draft]
            if draft.kind == "state":
                country = draft.country
            elif draft.kind != "place" or self.tree.lemma[i] in ("government", "authority", "administration"):
                foreign = True  # "the GUJARAT government"
        return country, foreign

    def _named_ahead(self, i: int, number: int) -> bool:
        """Whether a person is first named further on in the sentence: "the premier met PREMIER LI"."""
        first = min((m.head for m in self.finder.mentions if m.draft == number), default=i)
        return first > i and self.tree.sent[first] == self.tree.sent[i]

    def _titled(self, i: int, lemma: str, country: str | None) -> tuple[int, ...]:
        if self._shares_owner(i):
            return ()
        numbers = set(self._by_title.get(lemma, ()))
        phrase = self._title_phrase(i)
        for c in reversed(self.recent):
            if len(c.ids) == 1 and c.kind == "person":
                draft = self.finder.drafts[c.ids[0]]
                if (
                    draft.number in numbers
                    and (country is None or draft.country in (None, country))
                    and self._same_title(draft, phrase)
                    and not self._bound(i, c)
                ):
                    return c.ids
        fitting = [
            n
            for n in numbers
            if self._same_title(self.finder.drafts[n], phrase)
            and (country is None or self.finder.drafts[n].country in (None, country))
        ]
        if (
            len(fitting) == 1
            and self._definite(i) is not None
            and not self._met_by(i, fitting[0])
            and not self._named_ahead(i, fitting[0])
        ):
            return (fitting[0],)
        if (
            country is None
            and lemma in ("man", "woman", "leader", "politician", "suspect")
            and self._definite(i) is not None
        ):
            best = self._best(i, "she" if lemma == "woman" else "he")
            if best is not None and best.ids:
                return best.ids
        return ()

    def _title_phrase(self, i: int) -> set[str]:
        t = self.tree
        return {
            t.lower[c] for c in t.kids(i, "amod", "compound", "nmod") if c not in self.finder.covered
        } - self.words.loose

    @staticmethod
    def _same_title(draft: Draft, before: set[str]) -> bool:
        titles = [*draft.titles, *(o.title.lower() for o in (draft.entry.offices if draft.entry else ()))]
        return not before or any(before <= set(title.split()) for title in titles)

    def _own_body(self, i: int) -> tuple[int, ...]:
        """Read "his group": the body of the person meant."""
        for c in self.tree.kids(i, "poss"):
            ids = self.links.get(c) or ()
            if not ids:
                best = self._best(c, self.tree.lower[c])
                ids = best.ids if best is not None else ()
            for n in ids:
                if self.finder.drafts[n].org is not None:
                    return (self.finder.drafts[n].org or 0,)
        return ()

    def _governed(self, country: str | None, i: int) -> str | None:
        """Country of the government meant by "the government" or "the regime"."""
        if country is not None:
            return country
        named: list[str] = []
        for c in reversed(self.recent):
            if len(c.ids) == 1:
                draft = self.finder.drafts[c.ids[0]]
                if draft.kind == "state" and draft.country is not None:
                    if draft.described:
                        return draft.country
                    named.append(draft.country)
        if not named:
            return None
        about = self.setting.of_paragraph(self.tree.sent[i]) or self.setting.main()
        return about if about in named else named[0]

    def _last(self, i: int, kind: str, country: str | None) -> int | None:
        t = self.tree
        wanted = {"group": ("group", "organisation"), "organisation": ("organisation",), "state": ("state",)}[
            kind
        ]
        last: Candidate | None = None
        for c in reversed(self.recent):
            if len(c.ids) != 1:
                continue
            draft = self.finder.drafts[c.ids[0]]
            if (
                draft.kind in wanted
                and not (draft.described and kind != "state")
                and (country is None or draft.country == country)
            ):
                official = draft.country in ("UNO", "EUR") or {"MIL", "COP", "GOV", "JUD"} & set(
                    draft.sectors
                )
                if kind == "group" and draft.kind == "organisation" and official:
                    continue
                if t.lemma[i] == "mission" and draft.country not in ("UNO", "IGO", "EUR"):
                    continue
                if last is not None and t.sent[c.head] != t.sent[last.head]:
                    break
                if kind != "group" or t.sent[c.head] == t.sent[i] or self._leads(c.head):
                    return draft.number
                last = last or c
        return None if last is None else last.ids[0]

    def _leads(self, i: int) -> bool:
        """Whether a name is the subject of its sentence, which a later "the group" rather means."""
        t = self.tree
        top = t.head[i]
        return self._function(i) in ("nsubj", "nsubjpass") and t.dep[top] == "ROOT" and t.pos[top] == "VERB"
