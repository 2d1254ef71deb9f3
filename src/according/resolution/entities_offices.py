"""Titles, bodies and countries of people, read from the words around their names."""

from __future__ import annotations

from according.language.model import ParsedReport
from according.language.tree import Tree
from according.resolution.names_found import Draft, NameFinder, NameMention
from according.resolution.nominals import Nouns

_WHERE = frozenset({"in", "at", "near", "from", "to", "into", "outside"})


class OfficeReader:
    """Reads titles and bodies of people from the words around their names."""

    def __init__(
        self, parsed: ParsedReport, tree: Tree, finder: NameFinder, nouns: Nouns, home: int | None
    ) -> None:
        self.home = home
        self.parsed, self.tree, self.finder, self.nouns = parsed, tree, finder, nouns

    def fill(self) -> None:
        """Give each person its titles, body, country, sectors and gender."""
        for m in self.finder.mentions:
            draft = self.finder.drafts[m.draft]
            if draft.kind == "person":
                self._before(m, draft)
                self._beside(m, draft)
        self._bodies()
        self._ministries()
        for draft in self.finder.drafts:
            if draft.kind == "person":
                self._offices_held(draft)
                self._near(draft)

    def _before(self, m: NameMention, draft: Draft) -> None:
        t, i = self.tree, m.start - 1
        first = m.start
        while i >= 0 and t.sent[i] == t.sent[m.start]:
            word = t.lower[i].rstrip(".")
            if (
                word in self.finder.words.titles
                or (
                    self.nouns.role(i) is not None
                    and t.pos[i] in ("NOUN", "PROPN")
                    and i not in self.finder.covered
                )
                or self.tree.lower[i] in ("-",)
                or (
                    first < m.start
                    and (
                        t.pos[i] in ("NOUN", "PROPN", "ADJ") or t.tag[i] in ("VBG", "VBN")
                    )  # "ACTING minister"
                    and i not in self.finder.covered
                    and i + 1 == first
                    and t.dep[i] in ("compound", "amod", "nmod")
                )
            ):
                first = i
            else:
                break
            i -= 1
        if first < m.start:
            self._title(draft, first, m.start)
        if i >= 0 and t.sent[i] == t.sent[m.start]:
            owner = self.finder.covered.get(i)
            if owner is None and t.tag[i] == "POS":
                owner = self.finder.covered.get(i - 1)
            before = (
                self.finder.covered.get(self.finder.mentions[owner].start - 1) if owner is not None else None
            )
            if before is not None and first < m.start and self.finder.mentions[before].form == "demonym":
                self._body(draft, self.finder.mentions[before].draft)  # "American UN Ambassador X"
            if owner is not None and first < m.start:
                self._body(draft, self.finder.mentions[owner].draft)

    def _beside(self, m: NameMention, draft: Draft) -> None:
        t = self.tree
        for c in t.kids(m.head, "appos"):
            if c > m.head and c not in self.finder.covered and self._is_person(c):
                self._description(draft, c)
        if (
            t.dep[m.head] == "appos"
            and self._is_person(t.head[m.head])
            and t.head[m.head] not in self.finder.covered
        ):
            self._description(draft, t.head[m.head])
        for p in t.kids(m.head, "prep"):
            if t.lower[p] == "of":
                for obj in t.kids(p, "pobj"):
                    owner = self.finder.covered.get(obj)
                    if owner is not None:
                        self._body(draft, self.finder.mentions[owner].draft)

    def _is_person(self, i: int) -> bool:
        role = self.nouns.role(i)
        return role is not None and role.kind == "person" and not self.nouns.plural(i)

    def _description(self, draft: Draft, noun: int) -> None:
        t = self.tree
        start, end = t.phrase(noun)
        words = [
            i
            for i in range(start, noun + 1)
            if i not in self.finder.covered and t.pos[i] in ("NOUN", "PROPN", "ADJ")
        ]
        if words:
            self._title(draft, words[0] if words[-1] - words[0] < len(words) else noun, noun + 1)
        for i in range(start, min(end, noun + 14)):
            owner = self.finder.covered.get(i)
            if owner is not None and self.finder.drafts[self.finder.mentions[owner].draft].kind in (
                "state",
                "group",
                "organisation",
            ):
                self._body(draft, self.finder.mentions[owner].draft)
                break

    def _title(self, draft: Draft, start: int, end: int) -> None:
        t = self.tree
        title = (
            " ".join(t.lower[i] for i in range(start, end) if self.tree.pos[i] != "SPACE")
            .replace(" - ", "-")
            .strip(" -")
        )
        if not title:
            return
        draft.titles.setdefault(title, (start, end))
        role = self.nouns.role(end - 1)
        if role is not None and role.country and draft.country is None:
            draft.country = role.country
            draft.why.append(f"title {title}")
        if role is not None and role.sectors and not draft.sectors:
            draft.sectors = role.sectors
            draft.why.append(f"title {title}")
        for word in title.split():
            if not draft.gender:
                draft.gender = (
                    "m"
                    if word.rstrip(".") in self.finder.words.male
                    else "f"
                    if word.rstrip(".") in self.finder.words.female
                    else ""
                )

    def _body(self, draft: Draft, number: int) -> None:
        body = self.finder.drafts[number]
        if body.kind not in ("state", "group", "organisation", "place") or body.number == draft.number:
            return
        if draft.country is None and body.country is not None:
            draft.country = body.country
            draft.why.append(f"of {body.name}")
        stated = draft.org is not None and self.finder.drafts[draft.org].kind != "state"
        if not stated and body.kind in ("group", "organisation", "state"):
            draft.org = number
            party = "PTY" in body.sectors or bool({"party", "movement", "alliance"} & set(body.words[-1:]))
            if party and body.kind != "state" and draft.entry is None:
                draft.sectors = body.sectors or ("PTY",)
            elif body.kind != "state" and not draft.sectors:
                draft.sectors = body.sectors

    def _offices_held(self, draft: Draft) -> None:
        if draft.entry is None:
            return
        day = self.parsed.report.published
        for office in draft.entry.offices:
            if office.held_on(day):
                draft.sectors = draft.sectors or office.sectors
                entry = self.finder.actors.named(office.org) if office.org else None
                stated = draft.org is not None and self.finder.drafts[draft.org].kind != "state"
                if entry is not None and entry.kind != "state" and not stated:
                    draft.org = self.finder.listed(entry)

    def _publisher_country(self) -> str | None:
        for word in (self.parsed.report.publisher or "").split():
            entry = self.finder.actors.state_word(word)
            if entry is not None:
                return entry.country
        return None

    def _near(self, draft: Draft) -> None:
        """A person with an office and no country: that of the state named last before."""
        if (
            draft.country is not None
            or not draft.mentions
            or not (set(draft.sectors) & {"GOV", "MIL", "LEG", "JUD", "COP"})
        ):
            return
        own = None if self._near_state(draft, 0) else self._publisher_country()
        if own is not None and "GOV" in draft.sectors:
            draft.country = own
            draft.why.append("an office without a country in a paper of that country")
            return
        if self.home is not None and "GOV" in draft.sectors:
            draft.country = self.finder.drafts[self.home].country
            draft.why.append("an office of the body whose statement this is")
            return
        near = self._near_state(draft, 1)
        written = self._written_in(near) if "GOV" in draft.sectors else None
        body = written or near or self._only_state(draft)
        if body is not None:
            draft.country = body.country
            draft.why.append(f"{body.name} was named just before")

    def _written_in(self, near: Draft | None) -> Draft | None:
        """The state the report is written in, where it names it more often than the one named just before."""
        here = {
            self.finder.drafts[self.finder.mentions[n].draft].country
            for n in (self.finder.covered.get(i) for i in self.finder.datelines)
            if n is not None
        }
        states = [d for d in self.finder.drafts if d.kind == "state" and d.country in here]
        often = 0 if near is None else max(1, len(near.mentions))
        return next((d for d in states if len(d.mentions) > often), None)

    def _only_state(self, draft: Draft) -> Draft | None:
        """The one state of the sentence a person is first named in."""
        first = min(draft.mentions)[0]
        found: dict[int, Draft] = {}
        for i in range(first, min(first + 40, len(self.tree.sent))):
            owner = self.finder.covered.get(i)
            if self.tree.sent[i] != self.tree.sent[first]:
                break
            if owner is not None:
                body = self.finder.drafts[self.finder.mentions[owner].draft]
                head = self.finder.mentions[owner].head
                if self.tree.dep[head] == "pobj" and self.tree.lower[self.tree.head[head]] in _WHERE:
                    continue  # where they met is not whose minister one is
                if body.country is not None and body.kind in ("state", "place"):
                    found[body.number] = body
        return next(iter(found.values())) if len(found) == 1 else None

    def _bodies(self) -> None:
        """Give named bodies without a country that of their owner: "Israel's Cabinet"."""
        for m in self.finder.mentions:
            draft = self.finder.drafts[m.draft]
            if draft.country is not None or draft.kind not in ("organisation", "group"):
                continue
            i = m.start - 1
            while i >= 0 and self.tree.tag[i] in ("POS", "DT", "JJ"):
                if i in self.finder.covered:
                    break
                i -= 1
            owner = self.finder.covered.get(i)
            if owner is not None and self.tree.sent[i] == self.tree.sent[m.start]:
                state = self.finder.drafts[self.finder.mentions[owner].draft]
                beside = self.finder.mentions[owner].form == "demonym" or self.tree.tag[m.start - 1] in (
                    "POS",
                    "JJ",
                )
                if state.kind == "state" and beside:
                    draft.country = state.country
                    draft.why.append(f"of {state.name}")

    def _ministries(self) -> None:
        """Give a ministry without a country that of its minister, and its full name."""
        ministers: dict[str, set[str]] = {}
        for draft in self.finder.drafts:
            for title in draft.titles if draft.country is not None else ():
                field, _, last = title.rpartition(" ")
                if last in ("minister", "secretary") and field:
                    ministers.setdefault(field.split()[-1], set()).add(draft.country or "")
        for draft in self.finder.drafts:
            if draft.entry is not None or draft.kind != "organisation" or "ministry" not in draft.words:
                continue
            field = " ".join(w for w in draft.words if w not in ("ministry", "of"))
            found = ministers.get(field, set())
            if draft.country is None and len(found) == 1:
                draft.country = next(iter(found))
                draft.why.append(f"its minister is of {draft.country}")
            state = self.finder.actors.state(draft.country)
            if state is not None and state.adjective and field and len(field.split()) == 1:
                draft.aliases.add(draft.name)
                own = "Foreign Affairs" if field == "foreign" else field.title()
                draft.name = f"{state.adjective} Ministry of {own}"

    def _near_state(self, draft: Draft, back: int) -> Draft | None:
        """The state named last before a person's first mention, within some sentences."""
        first = min(draft.mentions)[0]
        i = first - 1
        while i >= 0 and self.tree.sent[i] >= self.tree.sent[first] - back:
            owner = self.finder.covered.get(i)
            if owner is not None:
                body = self.finder.drafts[self.finder.mentions[owner].draft]
                head = self.finder.mentions[owner].head
                at = self.tree.dep[head] == "pobj" and self.tree.lower[self.tree.head[head]] in _WHERE
                if (
                    body.kind == "state"
                    and not at
                    and (back or self.finder.mentions[owner].form == "demonym")
                ):
                    return body
            i -= 1
        return None
