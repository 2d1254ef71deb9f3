"""Who and what a report speaks of: one entity for all its names in the report."""

from __future__ import annotations

from collections.abc import Callable

from according.language.model import ParsedReport
from according.language.tree import Tree
from according.records import Entity, EntityKind, Participant, Role, Span
from according.resolution.actors import ActorList, Office
from according.resolution.coreference import PRONOUNS, Resolver, find_speakers, is_people
from according.resolution.names import units
from according.resolution.names_found import Draft, NameFinder, NameMention
from according.resolution.nominals import Nouns
from according.resolution.participants import Describer, Description, cut_span

_PEOPLE_PRONOUNS = frozenset({"they", "them", "their", "we", "us", "our", "those", "others"})
_PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "i", "me", "my"})


class EntityIndex:
    """Answers, for a token, whom or what its phrase names.

    Attributes:
        entities: In order of first mention, with ids "e1", "e2", ...
    """

    def __init__(
        self,
        entities: tuple[Entity, ...],
        links: dict[int, tuple[str, ...]],
        antecedent: dict[int, int],
        describer: Describer,
        people: dict[int, Draft],
    ) -> None:
        self.entities = entities
        self._by_id = {e.id: e for e in entities}
        self._links = links
        self._antecedent = antecedent
        self._describer = describer
        self._demonyms = people

    def at(self, token: int) -> tuple[str, ...]:
        """Ids of the entities that the phrase headed by a token names or points back to.

        Several for joint references ("the two leaders"); none for phrases
        without a name ("three protesters").
        """
        return self._links.get(token, ())

    def get(self, entity_id: str) -> Entity:
        """The entity with an id.

        Raises:
            KeyError: There is no such entity.
        """
        return self._by_id[entity_id]

    def kind_of(self, token: int) -> EntityKind:
        """Kind of what a phrase names, by its entity, its antecedent or its noun."""
        ids = self._links.get(token)
        if ids:
            return self._by_id[ids[0]].kind
        if token in self._demonyms:
            return "people"
        if token in self._antecedent:
            return self._describer.kind(self._antecedent[token])
        lower = self._describer.tree.lower[token]
        if lower in _PERSON_PRONOUNS:
            return "person"
        if lower in _PEOPLE_PRONOUNS:
            return "people"
        return self._describer.kind(token)

    def is_same(self, head_a: int, head_b: int) -> bool:
        """Whether two phrases name the same entity or the same unnamed party."""
        a = self._antecedent.get(head_a, head_a)
        b = self._antecedent.get(head_b, head_b)
        return a == b or bool(set(self.at(a)) & set(self.at(b)))

    def participants(self, parsed: ParsedReport, start: int, end: int, head: int) -> tuple[Participant, ...]:
        """The participants a phrase names; for a joint reference one a member.

        Args:
            parsed: The report.
            start: First token of the argument.
            end: One past its last token.
            head: Its head token.

        Returns:
            At least one participant; all of a joint reference share the span.
        """
        a, b = cut_span(parsed.doc, self._describer.tree, start, end, head)
        span = parsed.span(a, b)
        ids = self.at(head)
        if ids:
            return tuple(self._participant(i, span, head) for i in ids)
        d = self._description(head)
        return (Participant(span=span, name=d.name, kind=d.kind, country=d.country, sectors=d.sectors),)

    def _participant(self, entity_id: str, span: Span, head: int) -> Participant:
        e = self._by_id[entity_id]
        return Participant(
            span=span,
            name=e.name,
            entity=e.id,
            kind=e.kind,
            country=e.country,
            sectors=e.sectors,
            role=e.roles[0].title if e.kind == "person" and e.roles else None,
        )

    def _description(self, head: int) -> Description:
        if head in self._demonyms:
            draft = self._demonyms[head]
            text = self._describer.doc[head].text
            return Description(text, "people", draft.country, ("CVL",), f"people of {draft.name}")
        target = self._antecedent.get(head, head)
        if target != head and target in self._demonyms:
            return self._description(target)
        d = self._describer.describe(target)
        return (
            d
            if d.kind != "unknown" or target == head
            else Description(d.name, self.kind_of(head), d.country, d.sectors, d.why)
        )


def find_entities(
    parsed: ParsedReport, actors: ActorList, *, speaker_of: Callable[[int], int | None] | None = None
) -> EntityIndex:
    """Find the entities of a report and what points back to them.

    Args:
        parsed: The report.
        actors: Known actors and role nouns.
        speaker_of: Gives the head of the speaker in whose words a token
            stands, or None; read from quotation marks when absent.

    Returns:
        The index over the report's entities.
    """
    doc = parsed.doc
    tree = Tree.of(doc)
    nouns = Nouns(tree, actors)
    finder = NameFinder(doc, tree, actors, nouns, parsed.report.published)
    finder.find()
    home = _home(parsed, finder, actors)
    _Offices(parsed, tree, finder, nouns, home).fill()
    describer = Describer(doc, tree, finder, nouns)
    resolver = Resolver(tree, finder, nouns, home, speaker_of or find_speakers(tree, [t.text for t in doc]))
    made: dict[str, int] = {}

    def describe(head: int) -> int | None:
        d = describer.describe(head)
        if d.name is None or d.kind in ("unknown", "place"):
            return None
        key = d.name.lower()
        if key not in made:
            draft = finder.new(d.name, d.kind, country=d.country, sectors=d.sectors, described=True)
            draft.why.append(d.why)
            made[key] = draft.number
        start, end = tree.phrase(head)
        finder.drafts[made[key]].mentions.append((start, end))
        return made[key]

    def government(country: str) -> int | None:
        state = actors.state(country)
        if state is None:
            return None
        name = f"{state.adjective or state.name} government"
        if name.lower() not in made:
            draft = finder.new(name, "state", country=country, sectors=("GOV",), described=True)
            draft.why.append(f"government of {state.name}")
            made[name.lower()] = draft.number
        return made[name.lower()]

    def adopt(head: int, number: int) -> None:
        """Give a person the country and body of the description before the name."""
        found, draft = describer.anchor(head), finder.drafts[number]
        if found is None or draft.kind != "person" or found[1].number == number:
            return
        body = found[1]
        draft.country = draft.country or body.country
        if draft.org is None and body.kind in ("group", "organisation", "state"):
            draft.org = body.number
        draft.sectors = draft.sectors or describer.describe(head).sectors
        draft.why.append(f"described as {tree.lower[head]} of {body.name}")

    resolver.government, resolver.adopt = government, adopt
    resolver.run(describe)
    for head in resolver.links:
        if head not in resolver.by_head and tree.lower[head] not in PRONOUNS:
            for number in resolver.links[head]:
                if not finder.drafts[number].described:
                    finder.drafts[number].mentions.append(tree.phrase(head))
        elif tree.lower[head] in PRONOUNS and len(resolver.links[head]) == 1:
            finder.drafts[resolver.links[head][0]].mentions.append((head, head + 1))
    return _index(parsed, finder, resolver, describer)


def _index(parsed: ParsedReport, finder: NameFinder, resolver: Resolver, describer: Describer) -> EntityIndex:
    used = {n for ids in resolver.links.values() for n in ids}
    kept = [d for d in finder.drafts if d.mentions or d.number in used]
    kept.sort(key=lambda d: (min(d.mentions)[0] if d.mentions else len(parsed.doc), d.number))
    ids = {d.number: f"e{n}" for n, d in enumerate(kept, 1)}
    entities = tuple(_entity(parsed, d, ids[d.number]) for d in kept)
    links = {head: tuple(ids[n] for n in found if n in ids) for head, found in resolver.links.items()}
    people: dict[int, Draft] = {}
    for m in finder.mentions:
        draft = finder.drafts[m.draft]
        if m.head not in resolver.links and is_people(resolver.tree, m, draft):
            people[m.head] = draft
        elif m.head not in links and draft.number in ids:
            links[m.head] = (ids[draft.number],)
    return EntityIndex(entities, links, resolver.antecedent, describer, people)


def _entity(parsed: ParsedReport, draft: Draft, own: str) -> Entity:
    spans = {parsed.span(a, b).start: parsed.span(a, b) for a, b in sorted(draft.mentions)}
    roles = [Role(title=t, span=parsed.span(*where)) for t, where in draft.titles.items()]
    if draft.entry is not None:
        roles += _offices(draft.entry.offices, parsed)
    return Entity(
        id=own,
        name=draft.name,
        kind=draft.kind,
        country=draft.country,
        sectors=draft.sectors,
        roles=tuple(roles),
        aliases=tuple(sorted(draft.aliases - {draft.name})),
        mentions=tuple(spans.values()),
        why="; ".join(dict.fromkeys(draft.why)) or None,
    )


def _offices(offices: tuple[Office, ...], parsed: ParsedReport) -> list[Role]:
    day = parsed.report.published
    return [Role(title=o.title, org=o.org, from_=o.from_, to=o.to) for o in offices if o.held_on(day)]


def _home(parsed: ParsedReport, finder: NameFinder, actors: ActorList) -> int | None:
    """The body whose own statement the report is, by its publisher; media are none."""
    if not parsed.report.publisher:
        return None
    words = [(u, n) for n, u in enumerate(units(parsed.report.publisher))]
    texts = parsed.report.publisher.replace("-", " ").split()
    if len(texts) != len(words):
        return None
    for match in actors.matches(words, texts):
        if "JRN" in match.entry.sectors:
            return None
        whole = match.start == 0 and match.end == len(words)
        rest = {t.lower() for t in (*texts[: match.start], *texts[match.end :])}
        if (
            match.entry.kind == "state"
            and not (
                rest
                and rest & {"government", "ministry", "department", "embassy", "office", "army", "military"}
            )
            and not whole
        ):
            return None
        state = actors.state(match.entry.country)
        return finder.listed(state if state is not None and match.entry.kind != "group" else match.entry)
    return None


class _Offices:
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
                    and t.pos[i] in ("NOUN", "PROPN", "ADJ")
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
        if draft.org is None and body.kind in ("group", "organisation", "state"):
            draft.org = number
            if not draft.sectors and body.kind != "state":
                draft.sectors = body.sectors

    def _offices_held(self, draft: Draft) -> None:
        if draft.entry is None:
            return
        day = self.parsed.report.published
        for office in draft.entry.offices:
            if office.held_on(day):
                draft.sectors = draft.sectors or office.sectors
                entry = self.finder.actors.named(office.org) if office.org else None
                if entry is not None and draft.org is None:
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
        body = self._near_state(draft, 1) or self._only_state(draft)
        if body is not None:
            draft.country = body.country
            draft.why.append(f"{body.name} was named just before")

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

    def _near_state(self, draft: Draft, back: int) -> Draft | None:
        """The state named last before a person's first mention, within some sentences."""
        first = min(draft.mentions)[0]
        i = first - 1
        while i >= 0 and self.tree.sent[i] >= self.tree.sent[first] - back:
            owner = self.finder.covered.get(i)
            if owner is not None:
                body = self.finder.drafts[self.finder.mentions[owner].draft]
                if body.kind == "state" and (back or self.finder.mentions[owner].form == "demonym"):
                    return body
            i -= 1
        return None
