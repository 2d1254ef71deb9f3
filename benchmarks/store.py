"""Print how long a store takes to load, cluster and search many mentions, as a table.

    python benchmarks/store.py [MENTIONS] [--postgres URL]

The corpus is made up by a fixed rule (seed 7): outlets of two dozen names report happenings of their
days, each told by one to six outlets whose figures, words and speakers differ; a report tells one
happening of the day and two or three others; one report in ten prints another's text. Times are those
of the clock, so they hold for the machine and for what else ran on it. The PostgreSQL store is made in
a schema of its own and dropped at the end.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from sqlalchemy import create_engine, text

from according import Filter, Store, open_store
from according.ids import content_id
from according.records import (
    Attribution,
    CodedReport,
    Count,
    Entity,
    Event,
    Mention,
    Participant,
    Region,
    Report,
    Source,
    Span,
    Statement,
    When,
    Where,
)

MENTIONS_A_DAY = 400
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or", "em", "is")]
ACTS = (
    ("ASSAULT", "assault.attack.v", ("attacked", "shelled", "raided", "bombed")),
    ("COERCE", "coerce.arrest.v", ("arrested", "detained")),
    ("PROTEST", "protest.march.v", ("marched against", "rallied against")),
    ("CONSULT", "consult.meet.v", ("met", "held talks with")),
    ("ACCUSE", "accuse.blame.v", ("accused", "blamed")),
    ("AID", "aid.help.v", ("sent food to", "sheltered")),
)
OBJECTS = (
    "convoy", "market", "depot", "bridge", "school", "harbour", "village", "checkpoint", "ministry", "parade",
    "mine", "station",
)  # fmt: skip
WHO = (
    "Residents of {place}", "A reporter of ours", "Two drivers", "Old people in {place}", "A nurse",
    "Shopkeepers", "The mayor's office", "Somebody who would not be named", "Students", "A local judge",
)  # fmt: skip
WHAT = (
    "told us that the {thing} had stayed shut", "spoke of a long line outside the {thing}",
    "could not say who had ordered the {thing} cleared", "heard engines near the {thing}",
    "remembered nothing like it since the {thing} was built", "said calls to the {thing} went unanswered",
    "blamed nobody but asked why the {thing} had no guards", "found the {thing} dark and its gates open",
)  # fmt: skip
TAIL = (
    "until the rain stopped.", "while families were leaving on foot.", "and that prices had doubled.",
    "though both sides deny it.", "as the second week of the dispute began.", "before the curfew was lifted.",
    "and hoped for news from the capital.", "when the power went out again.", "for the third time this year.",
)  # fmt: skip


@dataclass(frozen=True)
class Happening:
    """What some reports tell of."""

    type: str
    rule: str
    verbs: tuple[str, ...]
    actor: str
    recipient: str
    place: tuple[str, str, float, float, int]
    day: date
    killed: int
    thing: str
    speaker: str


class World:
    """Names that the made-up reports use."""

    def __init__(self, rng: random.Random) -> None:
        def word() -> str:
            return "".join(rng.choice(SYLLABLES) for _ in range(3)).capitalize()

        self.rng = rng
        self.groups = [f"{word()} {rng.choice(('Front', 'Army', 'Union', 'Party'))}" for _ in range(900)]
        self.people = [f"{word()} {word()}" for _ in range(2500)]
        self.places = [
            (
                word(),
                f"{chr(65 + n % 24)}{chr(65 + n // 24 % 24)}X",
                rng.uniform(-50, 60),
                rng.uniform(-170, 170),
                n,
            )
            for n in range(1500)
        ]
        self.outlets = [f"{word()} {rng.choice(('Post', 'Times', 'Radio', 'Herald'))}" for _ in range(24)]

    def happening(self, day: date) -> Happening:
        """Make one up; some parties and places are in the news far more often than others."""
        rng = self.rng
        type_, rule, verbs = rng.choice(ACTS)

        def often(names: list[str]) -> str:
            return names[min(int(rng.paretovariate(0.5)) - 1, len(names) - 1)]

        place = self.places[min(int(rng.paretovariate(0.4)) - 1, len(self.places) - 1)]
        return Happening(
            type_, rule, verbs, often(self.groups), often(self.groups), place, day, rng.randrange(2, 40),
            rng.choice(OBJECTS), often(self.people),
        )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A happening as a report words it, from a place in the report on."""

    happening: Happening
    at: int
    verb: str
    killed: int | None
    speaker: str | None


def word(world: World, told: list[Happening]) -> tuple[str, list[Told]]:
    """Put happenings into words, a paragraph each."""
    rng = world.rng
    parts: list[str] = []
    places: list[Told] = []
    at = 0
    for h in told:
        verb = rng.choice(h.verbs)
        killed = h.killed + rng.randrange(3) if h.type == "ASSAULT" and rng.random() < 0.7 else None
        speaker = h.speaker if rng.random() < 0.5 else None
        day = h.day.strftime("on %B %d")
        sentence = f"{h.actor} {verb} {h.recipient} near the {h.thing} of {h.place[0]} {day}"
        sentence += f", killing {killed} people" if killed is not None else ""
        sentence += f", {speaker} said." if speaker else "."
        colour = "".join(
            f" {rng.choice(WHO)} {rng.choice(WHAT)} {rng.choice(TAIL)}".format(
                place=h.place[0], thing=rng.choice(OBJECTS)
            )
            for _ in range(rng.choice((1, 2, 3)))
        )
        places.append(Told(h, at, verb, killed, speaker))
        parts.append(sentence + colour)
        at += len(parts[-1]) + 2
    return "\n\n".join(parts), places


def code_one(
    words: str, report_id: str, one: Told, entities: dict[str, Entity]
) -> tuple[Mention, Statement | None]:
    """Code what a report tells of one happening; whoever is new in it is put among its entities."""
    h = one.happening

    def cut(words_: str) -> Span:
        begin = words.index(words_, one.at)
        return Span.of(words, begin, begin + len(words_))

    def party(name: str, kind: Literal["group", "person"] = "group") -> str:
        return entities.setdefault(name, Entity(id=f"e{len(entities)}", name=name, kind=kind)).id

    def side(name: str) -> tuple[Participant, ...]:
        return (Participant(span=cut(name), name=name, entity=party(name), kind="group"),)

    comma = ", " in words[one.at : one.at + 400]
    clause = Span.of(words, one.at, words.index(",", one.at) if comma else one.at + 60)
    name = content_id("m", report_id, str(one.at))
    actors, recipients = side(h.actor), side(h.recipient)
    made: Statement | None = None
    chain: tuple[Attribution, ...] = ()
    if one.speaker:
        by = {"span": cut(one.speaker), "name": one.speaker, "entity": party(one.speaker, "person")}
        made = Statement(
            id=content_id("s", name), source=Source(**by), cue=cut(" said."), content=(clause,),
            manner="indirect", stance="asserts",
        )  # fmt: skip
        chain = (Attribution(**by, cue=made.cue, stance="asserts", statement=made.id),)
    place, country, lat, lon, number = h.place
    killed = one.killed
    mention = Mention(
        id=name,
        event=content_id("v", name),
        trigger=cut(one.verb),
        clause=clause,
        type=h.type,
        actors=actors,
        recipients=recipients,
        factuality="happened",
        attribution=chain,
        when=When(span=cut(h.day.strftime("%B %d")), **{"from": h.day}, to=h.day, why="month and day"),
        where=Where(span=cut(place), name=place, country=country, lat=lat, lon=lon, geonameid=number + 1),
        killed=None if killed is None else Count(span=cut(str(killed)), low=killed, high=killed),
        rule=h.rule,
        score=0.8,
    )
    return mention, made


def tell(world: World, number: int, told: list[Happening]) -> CodedReport:
    """Write and code a report of some happenings."""
    words, places = word(world, told)
    report_id = f"r{number:07d}"
    entities: dict[str, Entity] = {}
    pairs = [code_one(words, report_id, one, entities) for one in places]
    mentions = tuple(mention for mention, _ in pairs)
    return CodedReport(
        report=Report(
            id=report_id,
            text=words,
            title=None,
            publisher=world.rng.choice(world.outlets),
            published=max(h.day for h in told) + timedelta(days=1),
            regions=(Region(kind="body", start=0, end=len(words)),),
        ),
        entities=tuple(entities.values()),
        statements=tuple(made for _, made in pairs if made is not None),
        mentions=mentions,
        events=tuple(
            Event(id=m.event, type=m.type, mentions=(m.id,), factuality="happened")
            for m in mentions
            if m.event is not None
        ),
    )


def reprint(world: World, coded: CodedReport, number: int) -> CodedReport:
    """Let another outlet print a report a day later."""
    report_id = f"r{number:07d}"
    report = coded.report
    published = report.published + timedelta(days=1) if report.published else None
    update = {"id": report_id, "publisher": world.rng.choice(world.outlets), "published": published}
    mentions = tuple(
        m.model_copy(
            update={"id": content_id("m", report_id, m.id), "event": content_id("v", report_id, m.id)}
        )
        for m in coded.mentions
    )
    return coded.model_copy(
        update={"report": report.model_copy(update=update), "mentions": mentions, "events": ()}
    )


def make_corpus(count: int) -> Iterator[CodedReport]:
    """Make reports with so many mentions in all, in order of their days."""
    rng = random.Random(7)
    world = World(rng)
    made = number = 0
    day = date(2010, 1, 1)
    while made < count:
        waiting = [
            h
            for _ in range(MENTIONS_A_DAY // 3)
            for h in [world.happening(day)] * rng.choice((1, 1, 2, 3, 5, 6))
        ]
        rng.shuffle(waiting)
        before: CodedReport | None = None
        while waiting and made < count:
            number += 1
            told = list(dict.fromkeys(waiting.pop() for _ in range(min(len(waiting), rng.choice((3, 4))))))
            told = [replace(h, thing=rng.choice(OBJECTS)) if rng.random() < 0.2 else h for h in told]
            copied = before is not None and rng.random() < 0.1
            before = reprint(world, before, number) if copied and before else tell(world, number, told)
            made += len(before.mentions)
            yield before
        day += timedelta(days=1)


def timed(act: Callable[[], object], times: int = 1) -> float:
    """Median of the seconds something takes."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def measure(url: str, count: int) -> list[tuple[str, str]]:
    """Load, cluster and search, and give what each took."""
    rows: list[tuple[str, str]] = []
    corpus = list(make_corpus(count))
    with open_store(url, create=True, timeout_s=60) as store:
        rows.append(("load", f"{timed(lambda: store.load(corpus[:-20], join=False)):,.1f} s"))
        rows.append(("fold copies and find events", f"{timed(store.join_events):,.1f} s"))
        info = store.info()
        rows += [
            ("reports; mentions", f"{info.rows['reports']:,}; {info.current_mentions:,}"),
            ("events; copies", f"{info.rows['events']:,}; {info.rows['folds']:,}"),
        ]
    late = iter(corpus[-20:])

    def load_one() -> None:
        with open_store(url, timeout_s=60) as fresh:
            fresh.load([next(late)])

    rows.append(("one more report, by a new process", f"{timed(load_one, 20) * 1000:,.0f} ms"))
    with open_store(url) as store:
        rows += search(store)
        rows.append(("size", f"{store.info().size / 1e6:,.0f} MB"))
    return rows


def search(store: Store) -> list[tuple[str, str]]:
    """Ask a store what people ask, and give what each answer took."""
    mention = next(m for m in store.list_mentions(limit=200).items if m.event)
    place, actor = mention.place or "", mention.actors[0].name
    month = Filter(day_from=date(2010, 3, 1), day_to=date(2010, 3, 31), type=("ASSAULT",))
    asked: list[tuple[str, Callable[[], object]]] = [
        ("search: two words", lambda: store.search(f"{place} convoy")),
        ("search: a common word", lambda: store.search("roads")),
        (
            "search with type and country",
            lambda: store.search("bridge", Filter(type=("AID",), country=("AAX",))),
        ),
        ("mentions of an actor", lambda: store.list_mentions(Filter(actor=actor))),
        ("events of a month, one type", lambda: store.list_events(month)),
        ("events with most sources", lambda: store.list_events(order="sources")),
        ("accounts of an event", lambda: store.get_accounts(mention.event or "")),
        ("facets of all", lambda: store.facets(Filter(score_from=random.random() / 2))),
        ("timeline by month", lambda: store.timeline(Filter(score_from=random.random() / 2))),
    ]
    return [(name, f"{timed(act, 5) * 1000:,.0f} ms") for name, act in asked]


def main() -> None:
    """Measure both databases and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("mentions", nargs="?", type=int, default=100_000)
    parser.add_argument("--postgres", help="URL of a server; a schema is made in its database and dropped")
    given = parser.parse_args()
    results: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        results["SQLite"] = dict(measure(str(Path(folder) / "news.db"), given.mentions))
    if given.postgres:
        name = f"benchmark_{uuid.uuid4().hex[:8]}"
        server = create_engine(
            given.postgres.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
        )
        with server.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))
        try:
            url = f"{given.postgres}?options=-csearch_path%3D{name}"
            results["PostgreSQL"] = dict(measure(url, given.mentions))
        finally:
            with server.connect() as connection:
                connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    print(f"| | {' | '.join(results)} |\n|---|{'---|' * len(results)}")
    for row in results["SQLite"]:
        print(f"| {row} | {' | '.join(found[row] for found in results.values())} |")


if __name__ == "__main__":
    main()
