"""Lists, filters, facets, charts and search: the same on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from according.errors import NotStoredError, SearchQueryError
from according.store import Filter, Store
from store_factory import make_report


@pytest.fixture
def filled(store: Store) -> Store:
    store.load(
        [
            make_report(1),
            make_report(2, publisher="Courier", killed=9, speaker="Bo Ek", score=0.3),
            make_report(3, act="praised", type_="SUPPORT", killed=None, place="Malmö", speaker=None),
            make_report(
                4, actor="Sudria", recipient="Norland", day=None, stance="denies", more=" A truce was near."
            ),
            make_report(5, day=date(2021, 1, 2), place="Kiruna", factuality="planned", score=0.1),
        ]
    )
    return store


def ids(store: Store, **values: object) -> list[str]:
    return sorted(m.id for m in store.list_mentions(Filter(**values)).items)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "12345"),
        ({"type": ("SUPPORT",)}, "3"),
        ({"type": ("SUPPORT", "ASSAULT"), "quad": (1,)}, "3"),
        ({"context": ("military",)}, "12345"),
        ({"context": ("milit",)}, ""),
        ({"factuality": ("planned",)}, "5"),
        ({"actor": "norland"}, "1235"),
        ({"actor": "SUDR"}, "4"),
        ({"recipient": "Sudria", "type": ("ASSAULT",)}, "125"),
        ({"party": "Sudria"}, "12345"),
        ({"actor": "nobody_at%all"}, ""),
        ({"country": ("SWE",)}, "12345"),
        ({"country": ("NOR",)}, ""),
        ({"party_country": ("NOR",)}, "12345"),
        ({"place": "malmo"}, "3"),
        ({"day_from": date(2020, 5, 5)}, "5"),
        ({"day_to": date(2020, 5, 4)}, "123"),
        ({"day_from": date(2020, 5, 4), "day_to": date(2020, 5, 4)}, "123"),
        ({"published_from": date(2020, 5, 5)}, "12345"),
        ({"published_to": date(2020, 5, 4)}, ""),
        ({"speaker": "orlow"}, "145"),
        ({"speaker": "Bo Ek"}, "2"),
        ({"voice": "own"}, "3"),
        ({"voice": "cited", "stance": "denies"}, "4"),
        ({"publisher": ("Courier",)}, "2"),
        ({"report": ("r1", "r3")}, "13"),
        ({"score_to": 0.3}, "25"),
        ({"score_from": 0.3, "score_to": 0.3}, "2"),
        ({"text": "truce"}, "4"),
        ({"text": "praising"}, "3"),
        ({"reviewed": True}, ""),
        ({"reviewed": False}, "12345"),
        ({"id": ("m-2",)}, "2"),
    ],
)
def test_filters(filled: Store, values: dict[str, object], expected: str) -> None:
    wanted = Filter(**values)
    assert ids(filled, **values) == [f"m-{n}" for n in expected]
    assert filled.count_mentions(wanted) == len(expected)
    assert sorted(r.id for r in filled.list_reports(wanted).items) == [f"r{n}" for n in expected]
    assert filled.count_reports(wanted) == len(expected)
    events = filled.list_events(wanted).items
    assert {m for e in events for m in e.event.mentions} >= {f"m-{n}" for n in expected}
    assert filled.count_events(wanted) == len(events)


def test_a_filter_survives_a_url() -> None:
    wanted = Filter(
        type=("A", "B"), quad=(4,), disputed=False, day_from=date(2020, 1, 1), score_to=0.5, text="x y"
    )
    assert Filter.read(wanted.write()) == wanted


@pytest.mark.parametrize("values", [{"typ": "A"}, {"day_from": "May"}, {"quad": ["x"]}, {"voice": "loud"}])
def test_a_wrong_filter_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(SearchQueryError):
        Filter.read(values)


def test_a_mention_shows_its_values(filled: Store) -> None:
    mention = filled.get_mention("m-1")
    assert (mention.actors[0].name, mention.recipients[0].country) == ("Norland", "SDN")
    assert mention.actors[0].actor == filled.list_actors("norland").items[0].id
    assert (mention.speakers[0].name, mention.speakers[0].stance) == ("Ada Orlow", "asserts")
    assert (mention.counts["killed"].low, mention.counts["killed"].words) == (5, "5")
    assert mention.trigger.text == "attacked"
    assert (mention.first_day, mention.place, mention.quad) == (date(2020, 5, 4), "Lund", 4)
    with pytest.raises(NotStoredError):
        filled.get_mention("m-99")


@pytest.mark.parametrize("order", ["day", "published", "score", "score-down"])
def test_pages_give_every_mention_once(filled: Store, order: str) -> None:
    whole = [m.id for m in filled.list_mentions(order=order).items]
    paged, cursor = [], None
    while True:
        page = filled.list_mentions(order=order, limit=2, cursor=cursor)
        paged += [m.id for m in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert paged == whole
    assert sorted(whole) == [f"m-{n}" for n in range(1, 6)]
    if order == "score":
        assert whole[:2] == ["m-5", "m-2"]
    if order == "day":
        assert whole[0] == "m-5"


@pytest.mark.parametrize("cursor", ["x", "AAAA", "WzEsMiwzXQ", "W251bGwsIDFd", "WyJhYmMiLCAxXQ"])
def test_a_wrong_cursor_is_refused(filled: Store, cursor: str) -> None:
    with pytest.raises(SearchQueryError):
        filled.list_mentions(cursor=cursor)
    with pytest.raises(SearchQueryError):
        filled.list_reports(limit=0)


def test_facets_count_values_as_if_their_own_field_were_free(filled: Store) -> None:
    found = filled.facets(
        Filter(type=("SUPPORT",)),
        fields=("type", "publisher", "actor", "recipient", "speaker", "place", "quad"),
    )
    assert {f.value: f.count for f in found["type"]} == {"ASSAULT": 4, "SUPPORT": 1}
    assert {f.value: f.count for f in found["publisher"]} == {"Herald": 1}
    assert [(f.label, f.count) for f in found["actor"]] == [("Norland", 1)]
    assert found["speaker"] == ()
    assert [(f.value, f.label) for f in found["place"]] == [("malmo", "Malmö")]
    chosen = found["actor"][0].value
    assert filled.count_mentions(Filter(actor=chosen)) == 4
    by_report = filled.facets(of="reports", fields=("type",))
    assert {f.value: f.count for f in by_report["type"]} == {"ASSAULT": 4, "SUPPORT": 1}
    with pytest.raises(SearchQueryError):
        filled.facets(fields=("colour",))


def test_counts_are_new_after_a_load(filled: Store) -> None:
    assert filled.count_mentions() == 5
    filled.load([make_report(6)])
    assert filled.count_mentions() == 6


def test_facets_and_parts_are_new_after_a_load_and_agree_with_the_mentions(filled: Store) -> None:
    before = {f.label: f.count for f in filled.facets(fields=("party",))["party"]}
    filled.load([make_report(6, actor="Sudria", recipient="Norland")])
    mentions = tuple(filled.iter_mentions())
    for actor in filled.list_actors().items:
        acts = {m.id for m in mentions if actor.id in {p.actor for p in m.actors}}
        acted_on = {m.id for m in mentions if actor.id in {p.actor for p in m.recipients}}
        speaks = {m.id for m in mentions if actor.id in {p.actor for p in m.speakers}}
        reports = {m.report for m in mentions if m.id in acts | acted_on | speaks}
        assert (actor.mentions, actor.acts, actor.acted_on) == (
            len(acts | acted_on), len(acts), len(acted_on),
        )  # fmt: skip
        assert (actor.speaks, actor.reports) == (len(speaks), len(reports))
        found = filled.facets(fields=("party", "actor", "recipient", "speaker"))
        for name, told in (("party", acts | acted_on), ("actor", acts), ("recipient", acted_on)):
            assert {f.value: f.count for f in found[name]}.get(actor.id, 0) == len(told)
    after = {f.label: f.count for f in filled.facets(fields=("party",))["party"]}
    assert after == {name: number + 1 for name, number in before.items()}


def test_actors_and_dossiers(filled: Store) -> None:
    actors = filled.list_actors().items
    assert [(a.name, a.mentions) for a in actors] == [("Norland", 5), ("Sudria", 5)] or len(actors) == 2
    norland = next(a for a in actors if a.name == "Norland")
    dossier = filled.get_dossier(norland.id)
    assert {t.value: t.count for t in dossier.does} == {"ASSAULT": 3, "SUPPORT": 1}
    assert {t.value: t.count for t in dossier.undergoes} == {"ASSAULT": 1}
    assert [(t.value, t.count) for t in dossier.against] == [("Sudria", 4)]
    assert [(t.value, t.count) for t in dossier.by] == [("Sudria", 1)]
    assert (dossier.reports, dossier.statements) == (5, 0)
    orlow = filled.facets(fields=("speaker",))["speaker"][0]
    said = filled.get_dossier(orlow.value)
    assert (said.actor.name, said.statements) == ("Ada Orlow", 3)
    assert said.names == ("Ada Orlow", "Orlow")
    with pytest.raises(NotStoredError):
        filled.get_dossier("a-none")


def test_charts(filled: Store) -> None:
    assert [(m.start, m.split, m.count) for m in filled.timeline(unit="year")] == [
        (date(2020, 1, 1), "1", 1),
        (date(2020, 1, 1), "4", 2),
        (date(2021, 1, 1), "4", 1),
    ]
    assert filled.timeline(unit="week", split="type")[0].start == date(2020, 5, 4)
    edges = {(e.actor_name, e.recipient_name, e.quad): e.count for e in filled.network()}
    assert edges == {("Norland", "Sudria", 4): 3, ("Norland", "Sudria", 1): 1, ("Sudria", "Norland", 4): 1}
    assert {(p.name, p.count) for p in filled.map_points()} == {("Lund", 3), ("Malmö", 1), ("Kiruna", 1)}
    assert [m.id for m in filled.list_planned().items] == ["m-5"]


def test_events_accounts_and_figures(filled: Store) -> None:
    event = next(e for e in filled.iter_events() if "m-1" in e.event.mentions)
    assert set(event.event.mentions) >= {"m-1", "m-2"}, "two reports of one attack are one event"
    row, mentions = filled.get_event(event.event.id)
    assert row == event
    assert {m.event for m in mentions} == {event.event.id}
    assert "killed" in event.disputed_on
    assert ids(filled, disputed=True, event=event.event.id) == sorted(event.event.mentions)
    figures = filled.get_figures(event.event.id)
    assert figures is not None
    assert (figures.low, figures.high) == (5, 9)
    assert {(c.report, c.speaker, c.low) for c in figures.claims} >= {
        ("r1", "Ada Orlow", 5),
        ("r2", "Bo Ek", 9),
    }
    text = {c.report: filled.get_report(c.report).report.text for c in figures.claims}
    assert all(text[c.report][c.start : c.end] == c.words for c in figures.claims)
    table = filled.get_accounts("m-1")
    assert table.event.id == event.event.id
    assert {a.report for a in table.accounts} == set(event.event.reports)
    assert filled.get_figures("x-none") is None
    with pytest.raises(NotStoredError):
        filled.get_event("x-none")
    with pytest.raises(NotStoredError):
        filled.get_accounts("x-none")
    assert [c.mention for c in filled.list_commitments()] == ["m-5"]


def test_copies_are_folded_and_do_not_vote(store: Store) -> None:
    story = (
        " The shelling went on through the night and the roads were closed until noon, residents of three"
        " villages said."
    )
    store.load(
        [
            make_report(1, killed=5, more=story),
            make_report(2, killed=9, more=story, publisher="Courier"),
            make_report(3, killed=9, publisher="Courier", more=" Rescuers came from the coast."),
        ]
    )
    store.load([make_report(4, killed=5, more=story, publisher="Mirror")])
    folds = store.list_folds()
    assert folds
    assert {f.copy_ for f in store.list_folds(folds[0].copy_)} <= {"r1", "r2", "r3", "r4"}
    event = store.get_accounts("m-1").event
    figures = store.get_figures(event.id)
    assert figures is not None
    assert any(c.is_copy for c in figures.claims) == any(f.effect == "whole" for f in folds)


def test_search_marks_the_words_it_found(filled: Store) -> None:
    hits = filled.search("truce").items
    assert [h.id for h in hits] == ["r4"]
    piece = hits[0].piece
    assert [piece.text[a:b].lower() for a, b in piece.found] == ["truce"]
    titled = filled.search("sudria").items
    assert len(titled) == 5
    assert all(h.title and any(h.title.text[a:b] == "Sudria" for a, b in h.title.found) for h in titled)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("attack", "1245"),
        ("praises Lund", ""),
        ('"attacked Sudria"', "125"),
        ('"Sudria attacked"', "4"),
        ("attack -truce", "125"),
        ("truce OR praised", "34"),
        ("kirun*", "5"),
        ("the", ""),
        ("was", "4"),
        ("soldiers (report) AND 'x' : ^ *", ""),
        ('soldiers ) " report', "12345"),
        ("NEAR Lund", "124"),
    ],
)
def test_search_is_the_same_on_both_databases(filled: Store, words: str, expected: str) -> None:
    assert sorted(h.id for h in filled.search(words).items) == [f"r{n}" for n in expected]


@pytest.mark.parametrize(
    "words", ["", "-truce", "*", "!!! ???", " ".join("abcdefghijklmnopqrstuvwxyz0123456789")]
)
def test_a_search_for_nothing_is_refused(filled: Store, words: str) -> None:
    with pytest.raises(SearchQueryError):
        filled.search(words)


def test_search_takes_filters_and_pages(filled: Store) -> None:
    assert [h.id for h in filled.search("attack", Filter(publisher=("Courier",))).items] == ["r2"]
    assert [h.id for h in filled.search("attack", Filter(text="truce")).items] == ["r4"]
    first = filled.search("attack", limit=3)
    second = filled.search("attack", limit=3, cursor=first.next)
    assert second.next is None
    assert sorted(h.id for h in (*first.items, *second.items)) == ["r1", "r2", "r4", "r5"]


def test_tables_for_arrow_and_pandas(filled: Store) -> None:
    table = filled.to_arrow("mentions", Filter(type=("ASSAULT",)))
    assert table.num_rows == 4
    row = next(r for r in table.to_pylist() if r["id"] == "m-1")
    assert (row["actors"], row["killed_low"], row["first_day"]) == (["Norland"], 5, date(2020, 5, 4))
    assert filled.to_arrow("events").num_rows == filled.count_events()
    assert filled.to_arrow("reports", Filter(report=("none",))).num_rows == 0
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = filled.to_pandas("reports")
    assert isinstance(frame, pandas.DataFrame)
    assert sorted(frame["id"]) == ["r1", "r2", "r3", "r4", "r5"]
    with pytest.raises(SearchQueryError):
        filled.to_arrow("colours")
