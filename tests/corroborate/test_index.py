"""Events across reports: what joins, what does not, and that order makes no difference."""

from __future__ import annotations

import random
from datetime import date

from according.corroborate import EventIndex, Telling, corroborate, read_tellings
from according.records import CodedReport

MARKET = date(2021, 5, 3)


def test_two_tellings_of_one_attack_join_and_others_stay_apart(market: list[CodedReport]) -> None:
    found = corroborate(market)
    groups = sorted(e.mentions for e in found.events)
    assert groups == [("m-a", "m-b"), ("m-c",), ("m-d",), ("m-e",)]


def test_an_event_keeps_the_range_of_its_figures_and_its_sources(market: list[CodedReport]) -> None:
    event = next(e for e in corroborate(market).events if len(e.mentions) == 2)
    assert event.killed is not None
    assert (event.killed.low, event.killed.high) == (9, 12)
    assert event.sources == ("Tarn Post", "Border Radio")
    assert (event.from_, event.to) == (MARKET, MARKET)
    assert event.where is not None
    assert event.where.name == "Tarn"


def test_joining_one_by_one_in_any_order_gives_the_events_of_the_batch(market: list[CodedReport]) -> None:
    batch = corroborate(market)
    for seed in range(10):
        order = list(market)
        random.Random(seed).shuffle(order)
        index = EventIndex()
        known = {}
        for coded in order:
            joined = index.join([coded])
            for gone in joined.gone:
                del known[gone]
            known.update({e.id: e for e in joined.events})
        assert index.events() == batch.events
        assert known == {e.id: e for e in batch.events}


def test_a_report_that_is_in_already_changes_nothing(market: list[CodedReport]) -> None:
    index = EventIndex()
    index.join(market)
    again = index.join(market[:1])
    assert (again.events, again.gone, again.folds) == ((), (), ())
    assert len(index.events()) == 4


def test_the_id_of_an_event_holds_while_later_reports_join(market: list[CodedReport]) -> None:
    index = EventIndex()
    first = index.join(market[:1]).events[0]
    second = index.join(market[1:2]).events[0]
    assert first.id == second.id
    assert len(second.mentions) == 2


def test_a_telling_comes_back_from_json_whole(market: list[CodedReport]) -> None:
    for coded in market:
        for telling in read_tellings(coded):
            assert Telling.from_json(telling.to_json()) == telling
