"""Who and what a report speaks of: one entity for all its names in the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from according.language.model import ParsedReport
from according.language.tree import Tree
from according.language.words import Words
from according.records import Entity, EntityKind, Participant, Place, Role, Span
from according.resolution.actors import ActorList, Office
from according.resolution.coreference import Resolver
from according.resolution.coreference_pronouns import PRONOUNS, is_people
from according.resolution.entities_offices import OfficeReader
from according.resolution.names import units
from according.resolution.names_found import Draft, NameFinder
from according.resolution.names_short import join_short_names
from according.resolution.nominals import Nouns
from according.resolution.participant_spans import cut_span
from according.resolution.participants import Describer, Description
from according.resolution.quoted_speakers import find_speakers

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

    def sectors_of(self, token: int) -> tuple[str, ...]:
        """Sectors of what a phrase names, by its entity, its antecedent or its noun."""
        ids = self._links.get(token)
        if ids:
            return self._by_id[ids[0]].sectors
        role = self._describer.nouns.role(self._antecedent.get(token, token))
        return role.sectors if role is not None else ()

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
        country = e.country
        if country is None and e.kind in ("people", "group"):
            owner = self._describer.anchor(head)  # "Iraqi Kurds"
            country = owner[1].country if owner is not None and owner[1].kind == "state" else None
        return Participant(
            span=span,
            name=e.name,
            entity=e.id,
            kind=e.kind,
            country=country,
            sectors=e.sectors,
            role=e.roles[0].title if e.kind == "person" and e.roles else None,
        )

    def _description(self, head: int) -> Description:
        if head in self._demonyms:
            draft = self._demonyms[head]
            text = self._describer.doc[head].text
            tree = self._describer.tree
            if any(tree.lower[c] == "ethnic" for c in tree.kids(head, "amod", "compound")):
                return Description(
                    f"ethnic {text}", "people", None, ("CVL",), "a people, not a state's citizens"
                )
            return Description(text, "people", draft.country, ("CVL",), f"people of {draft.name}")
        target = self._antecedent.get(head, head)
        if target != head and target in self._demonyms:
            return self._description(target)
        d = self._owned(target, self._describer.describe(target))
        return (
            d
            if d.kind != "unknown" or target == head
            else Description(d.name, self.kind_of(head), d.country, d.sectors, d.why)
        )

    def _owned(self, head: int, d: Description) -> Description:
        """A description with the country of whoever a pronoun in it names: "ITS troops", "HIS men"."""
        tree, nouns = self._describer.tree, self._describer.nouns
        noun = nouns.counted(head)
        owners = [self._links.get(c, ()) for c in tree.kids(noun, "poss") if tree.tag[c] == "PRP$"]
        if not owners or len(owners[0]) != 1 or d.kind not in ("people", "group", "organisation", "person"):
            return d
        owner = self._by_id[owners[0][0]]
        members = tree.lemma[noun] in nouns.words.members
        said = self._describer.anchor(noun) is not None  # "his JAPANESE friend"
        lefts = {tree.lemma[c] for c in tree.kids(noun, "amod", "compound")} | {tree.lemma[noun]}
        if said or lefts & nouns.words.foreigners or not (owner.country or owner.sectors):
            return d
        sectors = owner.sectors if members and (not d.sectors or d.sectors == ("CVL",)) else d.sectors
        kind = "group" if members and d.kind == "people" and owner.kind != "state" else d.kind
        why = f"{tree.lower[noun]} of {owner.name}"
        return replace(d, country=owner.country or d.country, sectors=sectors, kind=kind, why=why)


def find_entities(
    parsed: ParsedReport,
    actors: ActorList,
    *,
    speaker_of: Callable[[int], int | None] | None = None,
    places: Sequence[Place] = (),
) -> EntityIndex:
    """Find the entities of a report and what points back to them.

    Args:
        parsed: The report.
        actors: Known actors and role nouns.
        speaker_of: Gives the head of the speaker in whose words a token
            stands, or None; read from quotation marks when absent.
        places: The report's places, which tell the country of a name.

    Returns:
        The index over the report's entities.
    """
    doc = parsed.doc
    tree = Tree.of(doc)
    nouns = Nouns(tree, actors)
    finder = NameFinder(doc, tree, actors, nouns, parsed.report.published)
    finder.datelines = _datelines(parsed)
    finder.located = {p.span.end: p.country for p in places if p.country}
    finder.find()
    shared = join_short_names(finder)
    home = _home(parsed, finder, actors)
    OfficeReader(parsed, tree, finder, nouns, home).fill()
    own = finder.drafts[home].country if home is not None else None
    describer = Describer(doc, tree, finder, nouns, own)
    speakers = speaker_of or find_speakers(tree, Words.of(doc).text)
    _seat_officials(finder, describer)
    resolver = Resolver(tree, finder, nouns, home, speakers, describer.setting)
    maker = _Maker(finder, describer, nouns)
    resolver.government, resolver.adopt = maker.government, maker.adopt
    resolver.hint = describer.note_owner
    resolver.shared = shared
    resolver.run(maker.describe)
    for head in resolver.links:
        if head not in resolver.by_head and tree.lower[head] not in PRONOUNS:
            for number in resolver.links[head]:
                if not finder.drafts[number].described:
                    finder.drafts[number].mentions.append(tree.phrase(head))
        elif tree.lower[head] in PRONOUNS and len(resolver.links[head]) == 1:
            finder.drafts[resolver.links[head][0]].mentions.append((head, head + 1))
    return _index(parsed, finder, resolver, describer)


_ABROAD = frozenset(
    {"foreign", "defence", "defense", "external"}
)  # ministries that deal with other countries


def _seat_officials(finder: NameFinder, describer: Describer) -> None:
    """Give local officials whose country no word tells that of the report: "Governor Dauda Halilu"."""
    country = describer.main_country()
    for draft in finder.drafts if country is not None else ():
        if draft.kind != "person" or draft.country is not None or draft.entry is not None:
            continue
        words = {word for title in draft.titles for word in title.replace("-", " ").split()}
        if words & finder.words.local_offices:
            draft.country = country
            draft.why.append("a local office in the country the report is mostly about")
    only = describer.setting.sole()
    for draft in finder.drafts if only is not None else ():
        words = set(draft.words)
        if draft.country is None and "ministry" in words and not words & _ABROAD:
            draft.country = only
            draft.why.append("a ministry in the one country of the report")


class _Maker:
    """Makes entities of unnamed parties that a name in their phrase identifies."""

    def __init__(self, finder: NameFinder, describer: Describer, nouns: Nouns) -> None:
        self.finder, self.describer, self.nouns = finder, describer, nouns
        self.tree = finder.tree
        self.made: dict[str, int] = {}

    def describe(self, head: int) -> tuple[int, ...]:
        """Drafts of an unnamed phrase; one a state of "French and Thai troops"."""
        owners = self.describer.owners(head)
        kind = self.describer.kind(head)
        if owners and kind not in ("unknown", "place", "person"):
            role = self.nouns.role(head)
            sectors = role.sectors if role is not None else ()
            noun = self.finder.doc[head].text
            why = f"{self.tree.lower[head]} of "
            found = [
                self._draft(Description(f"{word} {noun}", kind, state.country, sectors, why + state.name))
                for word, state in owners
            ]
        else:
            d = self.describer.describe(head)
            if d.name is None or d.kind in ("unknown", "place"):
                return ()
            found = [self._draft(d)]
        for number in found:
            self.finder.drafts[number].mentions.append(self.tree.phrase(head))
        return tuple(found)

    def government(self, country: str) -> int | None:
        """The draft of a state's government, by country code."""
        state = self.finder.actors.state(country)
        if state is None:
            return None
        name = f"{state.adjective or state.name} government"
        return self._draft(Description(name, "state", country, ("GOV",), f"government of {state.name}"))

    def _draft(self, d: Description) -> int:
        key = (d.name or "").lower()
        if key not in self.made:
            draft = self.finder.new(
                d.name or "", d.kind, country=d.country, sectors=d.sectors, described=True
            )
            draft.why.append(d.why)
            self.made[key] = draft.number
        return self.made[key]

    def adopt(self, head: int, number: int) -> None:
        """Give a person the country and body of the description beside the name."""
        found, draft = self.describer.anchor(head), self.finder.drafts[number]
        if found is None or draft.kind != "person" or found[1].number == number:
            return
        body = found[1]
        draft.country = draft.country or body.country
        if draft.org is None and body.kind in ("group", "organisation", "state"):
            draft.org = body.number
        draft.sectors = draft.sectors or self.describer.describe(head).sectors
        draft.why.append(f"described as {self.tree.lower[head]} of {body.name}")


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
    spans = {span.start: span for a, b in sorted(draft.mentions) for span in (parsed.span(a, b),)}
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


def _datelines(parsed: ParsedReport) -> frozenset[int]:
    """Tokens of datelines: where the report was written, no party to anything."""
    regions = [r for r in parsed.report.regions if r.kind == "dateline"]
    out: set[int] = set()
    for region in regions:
        words = parsed.doc.char_span(region.start, region.end, alignment_mode="contract")
        out |= set(range(words.start, words.end)) if words is not None else set()
    return frozenset(out)


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
