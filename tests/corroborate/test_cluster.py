"""Clusters are the same however the mentions come in, and joining looks only at what it may change."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

import pytest

from according.corroborate import CrossEvent, EventIndex, Telling, cluster
from according.corroborate.likeness import Weighed, find_evidence, find_total, sum_evidence
from according.corroborate.model import Party
from according.corroborate.shelf import Links, Shelf
from according.records import Report

WORDS = ["zobel", "quorn", "tarask", "melvin", "druze", "ossip", "vandal", "kirun", "lomza", "perek"]


def make_tellings(seed: int, count: int = 60) -> list[Telling]:
    """Mentions of a few days that share words at random, so that links chain across happenings."""
    rng = random.Random(seed)
    made = []
    for n in range(count):
        day = date(2021, 5, 1) + timedelta(days=rng.randrange(6))
        words = tuple(rng.sample(WORDS, 3))
        made.append(
            Telling(
                id=f"m-{rng.randrange(10**9)}-{n}",
                report=f"r{n}",
                event=f"v{n}",
                start=0,
                publisher=f"p{n % 7}",
                published=day + timedelta(days=rng.randrange(2)),
                type=rng.choice(("ASSAULT", "ASSAULT", "COERCE")),
                mode=None,
                stem=rng.choice(("attack", "bomb", "arrest")),
                factuality="happened",
                actors=(Party(words[0], (words[0],)),) if rng.random() < 0.5 else (),
                day_from=day if rng.random() < 0.6 else None,
                day_to=day if rng.random() < 0.6 else None,
                words=words,
                topic=tuple(rng.sample(WORDS, 4)),
                names=words[:2],
            )
        )
    return made


@pytest.fixture(autouse=True)
def uncrowded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "MAX_CANDIDATES", 1000)
    monkeypatch.setattr(cluster, "MAX_BLOCK", 1000)


def put_in(index: EventIndex, tellings: Iterable[Telling]) -> None:
    index.join_tellings((Report(id=t.report, text="", publisher=t.publisher), (t,)) for t in tellings)


@pytest.mark.parametrize("seed", range(8))
def test_one_by_one_and_in_parts_give_the_events_of_the_batch(seed: int) -> None:
    made = make_tellings(seed)
    batch = EventIndex()
    put_in(batch, made)
    sizes = [len(e.mentions) for e in batch.events()]
    assert max(sizes) > 2
    assert len(sizes) > 5
    rng = random.Random(seed)
    for size in (1, 1, 7, 31):
        order = rng.sample(made, len(made))
        index = EventIndex()
        for start in range(0, len(order), size):
            put_in(index, order[start : start + size])
        assert index.events() == batch.events()


class MemoryShelf(Shelf):
    """Keeps in dictionaries what a store keeps in tables, and counts what is read."""

    def __init__(self) -> None:
        self.tellings: dict[str, Telling] = {}
        self.blocks: dict[int, set[str]] = {}
        self.links: dict[str, dict[str, float]] = {}
        self.events: dict[str, CrossEvent] = {}
        self.read: set[str] = set()

    def read_blocks(self, keys: Collection[int]) -> Mapping[int, list[str]]:
        return {k: list(self.blocks[k]) for k in keys if k in self.blocks}

    def read_tellings(self, ids: Collection[str]) -> Mapping[str, tuple[Telling, Links]]:
        self.read.update(ids)
        return {i: (self.tellings[i], dict(self.links.get(i, {}))) for i in ids if i in self.tellings}

    def read_events(self, mentions: Collection[str]) -> Iterable[CrossEvent]:
        return [e for e in self.events.values() if set(mentions) & set(e.mentions)]

    def read_reports(self, ids: Collection[str]) -> Iterable[Report]:
        return [
            Report(id=t.report, text="", publisher=t.publisher)
            for t in self.tellings.values()
            if t.report in set(ids)
        ]

    def join(self, tellings: Iterable[Telling], without: Collection[str] = ()) -> None:
        """Take tellings out, put others in, by an index that begins with nothing in memory."""
        index = EventIndex(self)
        lost = list(self.read_events(without))
        linked = {o for i in without for o in self.links.pop(i, {})} - set(without)
        for i in without:
            del self.tellings[i]
            for other in linked:
                self.links[other].pop(i, None)
            for block in self.blocks.values():
                block.discard(i)
        index.look_again(linked, (), lost)
        several = list(tellings)
        joined = index.join_tellings(
            (Report(id=t.report, text="", publisher=t.publisher), (t,)) for t in several
        )
        self.tellings.update((t.id, t) for t in several)
        changes = index.take_changes()
        for key, i in changes.blocks:
            self.blocks.setdefault(key, set()).add(i)
        for one, two, total in changes.links:
            self.links.setdefault(one, {})[two] = self.links.setdefault(two, {})[one] = total
        for gone in joined.gone:
            del self.events[gone]
        self.events.update((e.id, e) for e in joined.events)


@pytest.mark.parametrize("seed", range(6))
def test_an_index_that_begins_with_a_shelf_gives_the_same_events(seed: int) -> None:
    made = make_tellings(seed)
    rng = random.Random(seed)
    shelf = MemoryShelf()
    waiting = rng.sample(made, len(made))
    while waiting:
        shelf.join(waiting[:4])
        waiting = waiting[4:]
    whole = EventIndex()
    put_in(whole, made)
    assert sorted(shelf.events.values(), key=lambda e: e.id) == sorted(whole.events(), key=lambda e: e.id)


@pytest.mark.parametrize("seed", range(6))
def test_mentions_that_are_taken_out_leave_nothing_behind(seed: int) -> None:
    made = make_tellings(seed)
    rng = random.Random(seed)
    shelf = MemoryShelf()
    shelf.join(made)
    for _ in range(6):
        there = sorted(shelf.tellings)
        shelf.join((), without=rng.sample(there, 5))
        left = EventIndex()
        put_in(left, shelf.tellings.values())
        assert {e.id: e for e in left.events()} == shelf.events


def test_joining_reads_only_what_it_may_change() -> None:
    shelf = MemoryShelf()
    first = make_tellings(1, 30)
    far = [
        Telling(
            id=f"m-far-{n}",
            report=f"far{n}",
            event="v",
            start=0,
            publisher=None,
            published=date(2015, 1, 1) + timedelta(days=30 * n),
            type="PROTEST",
            mode=None,
            stem="march",
            factuality="happened",
            words=(f"word{n}",),
            topic=(f"topic{n}",),
        )
        for n in range(40)
    ]
    shelf.join([*first, *far])
    shelf.read.clear()
    shelf.join(make_tellings(2, 1))
    assert not shelf.read & {t.id for t in far}


def test_the_sum_that_stops_early_is_the_sum() -> None:
    made = [Weighed.of(t) for t in make_tellings(5)]
    reached = 0
    for one in made[:20]:
        for two in made[20:]:
            total = round(sum_evidence(find_evidence(one, two)), 6)
            assert find_total(one, two) == pytest.approx(total, abs=2e-6)
            early = find_total(one, two, 0.0)
            reached += early is not None
            assert (early is not None) == (total >= 0)
    assert 0 < reached < 800
