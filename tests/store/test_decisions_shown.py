"""What is decided shows in lists, facets, charts, events and exports at once, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from according.records import CodedReport
from according.store import Filter, Store, open_store, schema
from according.store.engine import reading, writing
from according.store.load import lock
from store_factory import make_report

TOLD = {
    1: ("attacked", "Lund", date(2020, 5, 4)),
    2: ("attacked", "Lund", date(2020, 5, 4)),
    3: ("raided", "Malmo", date(2020, 1, 7)),
    4: ("shelled", "Kalmar", date(2019, 9, 1)),
}


def make(number: int, **other: object) -> CodedReport:
    """Two reports of one attack and two of others, each by its own publisher."""
    act, place, day = TOLD[number]
    told = {"act": act, "place": place, "day": day, "publisher": f"Herald {number}", "killed": number}
    return make_report(number, **{**told, **other})  # type: ignore[arg-type]


@pytest.fixture
def loaded(store: Store) -> Store:
    store.load([make(n) for n in range(1, 5)], "one")
    return store


def counted(store: Store, field: str, **wanted: object) -> dict[str, int]:
    found = store.facets(Filter(**wanted), fields=(field,))[field]  # type: ignore[arg-type]
    return {f.value: f.count for f in found}


def test_what_is_rejected_vanishes_and_comes_back(loaded: Store) -> None:
    assert counted(loaded, "place") == {"lund": 2, "malmo": 1, "kalmar": 1}
    events = loaded.count_events()
    loaded.append_judgement("ada", "r3", "m-3", "reject")
    assert counted(loaded, "place") == {"lund": 2, "kalmar": 1}
    assert counted(loaded, "type") == {"ASSAULT": 3}
    assert [m.id for m in loaded.iter_mentions(Filter(place="Malmo"))] == []
    assert loaded.count_mentions() == 3 and loaded.count_events() == events - 1
    assert sum(m.count for m in loaded.timeline(unit="month")) == 3
    assert "Malmo" not in {p.name for p in loaded.map_points()}
    assert sum(e.count for e in loaded.network()) == 3
    assert {r.id: r.mentions for r in loaded.list_reports().items}["r3"] == 0
    assert [c.report.id for c in loaded.iter_reports() if not c.mentions] == ["r3"]
    assert [m.id for m in loaded.queue("bo", Filter(place="Malmo"))] == ["m-3"], "others still judge it"
    assert list(loaded.check()) == []
    loaded.undo("ada")
    assert counted(loaded, "place") == {"lund": 2, "malmo": 1, "kalmar": 1}
    assert loaded.count_events() == events
    assert list(loaded.check()) == []


def test_what_is_edited_shows_as_edited(loaded: Store) -> None:
    text = loaded.get_report("r3").report.text
    at = text.index("Norland", 10)
    span = {"start": at, "end": at + 7, "text": "Norland"}
    where = {"span": None, "name": "Visby", "country": "SWE", "lat": 57.6, "lon": 18.3, "geonameid": None}
    who = [{"span": span, "name": "Norland", "kind": "state", "country": "NOR", "entity": "e1"}]
    loaded.append_judgement("ada", "r3", "m-3", "edit", field="type", after="COERCE")
    loaded.append_judgement("ada", "r3", "m-3", "edit", field="where", after=where)
    loaded.append_judgement("ada", "r3", "m-3", "edit", field="recipients", after=who)
    assert counted(loaded, "type") == {"ASSAULT": 3, "COERCE": 1}
    assert counted(loaded, "place") == {"lund": 2, "kalmar": 1, "visby": 1}
    row = loaded.get_mention("m-3")
    assert (row.type, row.place, [p.name for p in row.recipients]) == ("COERCE", "Visby", ["Norland"])
    assert counted(loaded, "recipient", type=("COERCE",)) == {row.actors[0].actor: 1}
    event, told = loaded.get_event(row.event or "")
    assert (event.event.type, [m.id for m in told]) == ("COERCE", ["m-3"])
    assert loaded.get_accounts("m-3").event.type == "COERCE"
    assert loaded.get_report("r3").mentions[0].type == "ASSAULT", "the coding itself stays"
    assert loaded.get_report("r3", decided=True).mentions[0].type == "COERCE"
    assert list(loaded.check()) == []


def test_an_event_loses_the_account_that_is_rejected(loaded: Store) -> None:
    event = loaded.get_mention("m-1").event
    assert event is not None and loaded.get_mention("m-2").event == event
    assert len(loaded.get_accounts("m-1").accounts) == 2
    loaded.append_judgement("ada", "r2", "m-2", "reject")
    row, told = loaded.get_event(loaded.get_mention("m-1").event or "")
    assert ([m.id for m in told], row.mentions, row.event.mentions) == (["m-1"], 1, ("m-1",))
    assert len(loaded.get_accounts("m-1").accounts) == 1
    loaded.append_judgement("ada", "r2", "m-2", "accept")
    assert loaded.get_mention("m-2").event == loaded.get_mention("m-1").event
    assert len(loaded.get_accounts("m-1").accounts) == 2
    assert list(loaded.check()) == []


def test_decisions_show_after_a_recoding(loaded: Store) -> None:
    loaded.append_judgement("ada", "r1", "m-1", "reject")
    loaded.append_judgement("ada", "r3", "m-3", "edit", field="mode", after="firearms")
    again = [make(n, score=0.9) for n in (1, 2, 3)]
    loaded.load(again, "two")
    shown = {m.id: m.mode for m in loaded.iter_mentions()}
    assert shown == {"m-2": None, "m-3": "firearms", "m-4": None}
    assert loaded.count_mentions(Filter(place="Lund")) == 1
    assert list(loaded.check()) == []


def test_blind_decisions_show_when_all_are_done(loaded: Store) -> None:
    for name in ("ada", "bo"):
        loaded.add_user(name, "coder")
    loaded.assign("lot", ["ada", "bo"], [("r1", "m-1"), ("r3", "m-3")])
    for user in ("ada", "bo"):
        loaded.append_judgement(user, "r1", "m-1", "reject", batch="lot")
        assert loaded.count_mentions() == 4
        loaded.append_judgement(user, "r3", "m-3", "accept", batch="lot")
    assert loaded.count_mentions() == 3
    loaded.undo("bo", loaded.list_judgements(user="bo", mention="m-3").items[0].pk)
    assert loaded.count_mentions() == 4


def test_open_blind_decisions_show_to_nobody_but_who_made_them(loaded: Store) -> None:
    for name in ("ada", "bo", "cy"):
        loaded.add_user(name, "coder")
    loaded.assign("lot", ["ada", "bo"], [("r1", "m-1"), ("r3", "m-3")])
    loaded.append_judgement("ada", "r1", "m-1", "reject", batch="lot")

    def kept(**whose: str) -> int:
        return len(loaded.get_effective("r1", **whose).coded.mentions)

    assert (kept(), kept(blind_for="bo"), kept(blind_for="cy"), kept(blind_for="ada")) == (1, 1, 1, 0)
    assert loaded.list_judgements(blind_for="cy").items == ()
    assert [j.mention for j in loaded.iter_judgements(blind_for="ada")] == ["m-1"]
    assert kept(user="ada", batch="lot") == 0
    loaded.append_judgement("ada", "r3", "m-3", "accept", batch="lot")
    loaded.append_judgement("bo", "r1", "m-1", "reject", batch="lot")
    assert kept(blind_for="cy") == 1
    loaded.append_judgement("bo", "r3", "m-3", "skip", batch="lot")
    assert (kept(), kept(blind_for="cy")) == (0, 0), "who skips is done, too"
    assert loaded.count_mentions() == 3
    assert len(loaded.list_judgements(blind_for="cy").items) == 4


def test_statements_of_a_dossier_follow_decisions(loaded: Store) -> None:
    def said(name: str) -> int:
        return sum(loaded.get_dossier(actor).statements for actor in loaded.find_actors(name))

    before = said("Ada Orlow"), said("Norland")
    assert before[0] > 0 and before[1] == 0
    mention = loaded.get_report("r1").mentions[0]
    by_norland = {
        "span": mention.actors[0].span.model_dump(),
        "name": "Norland",
        "entity": "e1",
        "cue": None,
        "stance": "asserts",
        "statement": "s-hand",
    }
    chain = [link.model_dump(mode="json") for link in mention.attribution]
    loaded.append_judgement("bo", "r1", "m-1", "edit", field="attribution", after=[*chain, by_norland])
    assert (said("Ada Orlow"), said("Norland")) == (before[0], 1)
    row = next(r for r in loaded.list_reports().items if r.id == "r1")
    assert row.statements == len(loaded.get_report("r1", decided=True).statements)
    loaded.undo("bo")
    assert (said("Ada Orlow"), said("Norland")) == before


def test_a_decision_made_while_another_loads_shows_after_that(store_url: str) -> None:
    with open_store(store_url, create=True) as store:
        store.load([make_report(1), make_report(2, act="raided")], "one")
        if store.dialect == "sqlite":
            pytest.skip("SQLite has one writer")
        with open_store(store_url) as other, writing(other.engine) as connection:
            lock(connection)
            store.append_judgement("ada", "r1", "m-1", "reject")
            assert store.count_mentions() == 2
        store.join_events()
        assert store.count_mentions() == 1
        with reading(store.engine) as connection:
            assert connection.execute(select(schema.loose_ends.c.id)).first() is None


def test_commitments_follow_decisions(store: Store) -> None:
    store.load(
        [make_report(1, factuality="planned", day=date(2020, 5, 9)), make_report(2, act="raided")], "one"
    )
    assert [c.mention for c in store.page_commitments().items] == ["m-1"]
    store.append_judgement("ada", "r1", "m-1", "reject")
    assert store.page_commitments().items == () and store.count_commitments() == 0


def test_commitments_are_mended_as_they_would_be_worked_out(store: Store) -> None:
    """After loads and decisions the kept ones are what all mentions together give."""

    def same() -> list[tuple[str, str, tuple[str, ...]]]:
        kept = store.page_commitments().items
        whole = store.list_commitments()
        assert [c.model_dump() for c in kept] == [c.model_dump() for c in whole]
        return [(c.mention, c.outcome, tuple(a.mention for a in c.answers)) for c in kept]

    planned = make_report(1, factuality="planned", day=date(2020, 5, 9), publisher="Mail", killed=None)
    store.load([planned], "one")
    assert same() == [("m-1", "open", ())]
    late = make_report(2, day=date(2020, 5, 9), publisher="Herald 2", killed=None)
    report = late.report.model_copy(update={"published": date(2020, 5, 10)})
    store.load([late.model_copy(update={"report": report})], "one")
    assert same() == [("m-1", "kept", ("m-2",))]
    store.append_judgement("ada", "r2", "m-2", "reject")
    assert same() == [("m-1", "no word", ())]
    store.undo("ada")
    store.append_judgement("ada", "r2", "m-2", "edit", field="factuality", after="negated")
    assert same() == [("m-1", "broken", ("m-2",))]
    store.append_judgement("ada", "r1", "m-1", "edit", field="factuality", after="wanted")
    assert same() == []
    store.undo("ada")
    assert same() == [("m-1", "broken", ("m-2",))]
