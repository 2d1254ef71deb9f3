"""Events across reports: what joins, what does not, and that order makes no difference."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from according.corroborate import EventIndex, Telling, corroborate
from according.records import (
    CodedReport,
    Count,
    Mention,
    Participant,
    Region,
    Report,
    Span,
    When,
    Where,
)


def make_report(
    report_id: str,
    text: str,
    trigger: str,
    *,
    published: date | None = None,
    publisher: str | None = None,
    day: date | None = None,
    actor: str | None = None,
    recipient: str | None = None,
    place: tuple[str, str] | None = None,
    killed: tuple[int, int] | None = None,
    type_: str = "ASSAULT",
    rule: str = "assault.attack.v",
    **more: Any,
) -> CodedReport:
    """A coded report with one mention, made by hand."""

    def span(words: str) -> Span:
        at = text.index(words)
        return Span.of(text, at, at + len(words))

    mention = Mention(
        id=f"m-{report_id}",
        event=f"v-{report_id}",
        trigger=span(trigger),
        clause=Span.of(text, 0, len(text)),
        type=type_,
        actors=(Participant(span=span(actor), name=actor),) if actor else (),
        recipients=(Participant(span=span(recipient), name=recipient),) if recipient else (),
        factuality=more.pop("factuality", "happened"),
        when=When(span=None, from_=day, to=day) if day else None,
        where=Where(span=None, name=place[0], country=place[1]) if place else None,
        killed=Count(span=span(trigger), low=killed[0], high=killed[1]) if killed else None,
        rule=rule,
        score=0.9,
        **more,
    )
    return CodedReport(
        report=Report(
            id=report_id,
            text=text,
            publisher=publisher,
            published=published,
            regions=(Region(kind="body", start=0, end=len(text)),),
        ),
        mentions=(mention,),
    )


MARKET = date(2021, 5, 3)
ONE = make_report(
    "a", "Gunmen attacked the grain market in Tarn on Monday and killed 12 people.", "attacked",
    actor="Gunmen", day=MARKET, place=("Tarn", "XAA"), killed=(12, 12), published=date(2021, 5, 4),
    publisher="Tarn Post",
)  # fmt: skip
TWO = make_report(
    "b", "Armed men assaulted traders at a market in Tarn; at least 9 were killed.", "assaulted",
    recipient="traders", day=MARKET, place=("Tarn", "XAA"), killed=(9, 9), published=date(2021, 5, 4),
    publisher="Border Radio", rule="assault.assault.v",
)  # fmt: skip
OTHER_DAY = make_report(
    "c", "Gunmen attacked the grain market in Tarn again on Friday.", "attacked", actor="Gunmen",
    day=date(2021, 5, 7), place=("Tarn", "XAA"), published=date(2021, 5, 8), publisher="Tarn Post",
)  # fmt: skip
OTHER_PLACE = make_report(
    "d", "Gunmen attacked a grain market in Vell on Monday.", "attacked", actor="Gunmen",
    day=MARKET, place=("Vell", "XBB"), published=date(2021, 5, 4), publisher="Tarn Post",
)  # fmt: skip
TALKS = make_report(
    "e", "Ministers met in Tarn on Monday over the grain market.", "met", actor="Ministers", type_="CONSULT",
    day=MARKET, place=("Tarn", "XAA"), published=date(2021, 5, 4), rule="consult.meet.v",
)  # fmt: skip
ALL = [ONE, TWO, OTHER_DAY, OTHER_PLACE, TALKS]


def test_two_tellings_of_one_attack_join_and_others_stay_apart() -> None:
    found = corroborate(ALL)
    groups = sorted(e.mentions for e in found.events)
    assert groups == [("m-a", "m-b"), ("m-c",), ("m-d",), ("m-e",)]


def test_an_event_keeps_the_range_of_its_figures_and_its_sources() -> None:
    event = next(e for e in corroborate(ALL).events if len(e.mentions) == 2)
    assert event.killed is not None
    assert (event.killed.low, event.killed.high) == (9, 12)
    assert event.sources == ("Tarn Post", "Border Radio")
    assert (event.from_, event.to) == (MARKET, MARKET)
    assert event.where is not None
    assert event.where.name == "Tarn"


def test_joining_one_by_one_in_any_order_gives_the_events_of_the_batch() -> None:
    batch = corroborate(ALL)
    for seed in range(10):
        order = list(ALL)
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


def test_a_report_that_is_in_already_changes_nothing() -> None:
    index = EventIndex()
    index.join(ALL)
    again = index.join([ONE])
    assert (again.events, again.gone, again.folds) == ((), (), ())
    assert len(index.events()) == 4


def test_the_id_of_an_event_holds_while_later_reports_join() -> None:
    index = EventIndex()
    first = index.join([ONE]).events[0]
    second = index.join([TWO]).events[0]
    assert first.id == second.id
    assert len(second.mentions) == 2


def test_a_telling_comes_back_from_json_whole() -> None:
    from according.corroborate import read_tellings

    for coded in ALL:
        for telling in read_tellings(coded):
            assert Telling.from_json(telling.to_json()) == telling
