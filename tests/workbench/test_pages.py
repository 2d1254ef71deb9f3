"""Pages and API: what is chosen is what is shown, and every value leads to its words."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from fastapi.testclient import TestClient

from according.records import CodedReport, Entity
from according.store import Store, open_store
from according.workbench.charts import make_chart
from according.workbench.reading import view_report
from according.workbench.selection import Selection
from store_factory import make_report


def attack_event(store: Store) -> str:
    event = store.get_mention("m-a").event
    assert event is not None
    return event


def test_the_text_of_the_reading_view_is_the_report(reports: list[CodedReport]) -> None:
    for coded in reports:
        for mention in (None, coded.mentions[0].id):
            marks = view_report(coded, mention=mention).marks
            assert "".join(m.piece.text for m in marks) == coded.report.text


def test_a_chosen_mention_is_tied_to_its_words_without_script(client: TestClient) -> None:
    page = client.get("/report?id=a&mention=m-a").text
    tags = re.findall(r'data-tag="([^"]+)"[^>]*>([^<]*)<', page)
    assert ("what", "attacked") in tags and ("actor", "the Red Front") in tags
    assert ("cue", "said") in tags and ("according to", "Colonel Ivo Brandt") in tags
    assert ("killed", "4 soldiers") in tags and ("when", "Monday") in tags
    assert "Northern Post, quoting Ivo Brandt" in page
    assert re.search(r'<section class="card" id="card-m-a">', page)
    assert page.count('id="words"') == 1


def test_a_link_to_words_marks_them(client: TestClient) -> None:
    page = client.get("/report?id=a&mention=m-a").text
    href = next(h for h in map(unescape, re.findall(r'href="(/report\?[^"]*at=[^"]*)"', page)) if "m-a" in h)
    shown = client.get(href).text
    assert re.search(r'class="[^"]*\bhere\b[^"]*"[^>]*id="words"', shown)


def test_odd_places_in_addresses_do_no_harm(client: TestClient) -> None:
    for at in ("5-3", "x", "0-99999999", "-", "9999999999-9999999999999", "١-٢"):
        assert client.get("/report", params={"id": "a", "at": at}).status_code == 200
    assert client.get("/report?id=a&mention=none").status_code == 200


def test_explanations_and_what_was_skipped_are_one_step_away(client: TestClient) -> None:
    page = client.get("/report?id=a").text
    assert "/explain?report=a&amp;what=m-a" in page and "sport" in page
    why = client.get("/explain?report=a&what=m-a")
    assert why.status_code == 200 and "assault.attack.v" in why.text
    assert '<div class="out-14">actor:        Red Front [SWE REB]</div>' in why.text
    assert '<div class="in-10">' in why.text and '</div><div class=""></div>' in why.text
    assert client.get("/explain?report=a&what=zzz").status_code == 400


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"a", "b", "c", "r1"}),
        ("q=harbour", {"b"}),
        ("q=harbour+rebels", set()),
        ("q=harbours", {"b"}),
        ("q=-harbour", set()),
        ("publisher=Red+Voice", {"c"}),
        ("type=CONSULT", {"r1"}),
        ("factuality=negated", {"c"}),
        ("day_from=2021-06-07&day_to=2021-06-07", {"a", "b", "c"}),
        ("day_to=2020-12-31", {"r1"}),
        ("by=red+front", {"a", "b", "c"}),
        ("on=red+front", set()),
        ("actor=REB&speaker=brandt", {"a", "b", "c"}),
        ("country=swe&place=lund", {"r1"}),
        ("place=kars", {"a", "b", "c"}),
        ("mode=bombing", {"b"}),
        ("quad=1", {"r1"}),
        ("score_from=0.75", {"r1"}),
        ("score_to=0.6", {"r1"}),
    ],
)
def test_filters_choose_reports(client: TestClient, query: str, found: set[str]) -> None:
    answer = client.get(f"/api/reports?{query}").json()
    assert {row["id"] for row in answer["items"]} == found and answer["total"] == len(found)
    page = client.get(f"/reports?{query}").text
    assert {i for i in ("a", "b", "c", "r1") if f'href="/report?id={i}"' in page} == found


def test_empty_fields_of_a_form_choose_nothing(client: TestClient) -> None:
    empty = "q=&type=&quad=&actor=&day_from=&factuality=&min_sources=&disputed=&score_from="
    assert client.get(f"/api/reports?{empty}").json()["total"] == 4


@pytest.mark.parametrize(
    "query",
    ["day_from=yesterday", "quad=5", "min_sources=no", "disputed=maybe", "score_to=2", "score_from=nan"],
)
def test_a_value_that_means_nothing_is_said_so(client: TestClient, query: str) -> None:
    assert client.get(f"/events?{query}").status_code == 422
    assert client.get(f"/api/events?{query}").json()["error"]


def test_words_that_cannot_be_searched_find_nothing_and_say_why(client: TestClient) -> None:
    page = client.get("/reports?q=-harbour")
    assert page.status_code == 200 and "has no word to look for" in page.text
    assert client.get("/api/events?q=%2B").json()["total"] == 0


def test_found_words_are_marked(client: TestClient) -> None:
    page = client.get("/reports?q=harbour").text
    assert re.search(r"<mark>harbour</mark>", page) and "the best first" in page


def test_one_happening_is_one_event_with_its_accounts(client: TestClient, store: Store) -> None:
    event = attack_event(store)
    assert {store.get_mention(m).event for m in ("m-a", "m-b")} == {event}
    page = client.get("/event", params={"id": event}).text
    assert "Northern Post, quoting Ivo Brandt" in page and "Harbour Mail, quoting Ivo Brandt" in page
    assert re.search(r'<td class="differs"><a href="[^"]*at=[^"]*">9</a>', page)
    assert re.search(r'<a href="#[^"]+">Red Voice, quoting Ivo Brandt</a> denies what', page)
    assert "3 independent sources of 3 reports" in page and "disputed: " in page
    assert client.get("/event?id=none").status_code == 404


def test_a_cell_of_an_account_leads_to_its_words(client: TestClient, store: Store) -> None:
    page = unescape(client.get("/event", params={"id": attack_event(store)}).text)
    cells = re.findall(r'<td[^>]*><a href="(/report\?id=b&mention=m-b&at=[^"]*)"[^>]*>(.*?)</a>', page)
    words = {value.replace("<wbr>", ""): "".join(shown_words(client.get(href).text)) for href, value in cells}
    assert words["9"] == "9 soldiers" and words["Red Front"] == "the Red Front"
    assert words["2021-06-07"] == "Monday" and words["ASSAULT/bombing"] == "attacked"


def shown_words(page: str) -> list[str]:
    return re.findall(r'<span class="[^"]*\bhere\b[^"]*"[^>]*>([^<]*)</span>', page)


def test_events_are_filtered_by_sources_and_dispute(client: TestClient, store: Store) -> None:
    event = attack_event(store)
    many = client.get("/api/events?min_sources=2").json()["items"]
    assert [e["event"]["id"] for e in many] == [event] and "whether" in many[0]["disputed_on"]
    rest = client.get("/api/events?disputed=no").json()["items"]
    assert rest and event not in {e["event"]["id"] for e in rest}


def test_facets_count_under_the_other_filters(client: TestClient) -> None:
    facets = {f["name"]: f["values"] for f in client.get("/api/facets?type=ASSAULT").json()}
    assert facets["type"] == [["ASSAULT", "ASSAULT", 2], ["CONSULT", "CONSULT", 1]]
    assert facets["min_sources"] == [["2", "2 or more", 1], ["3", "3 or more", 1]]
    assert facets["disputed"] == [["yes", "disputed", 1]]
    assert ["Red Front", "Red Front", 1] in facets["actor"] and ["Lund", "Lund", 1] in facets["place"]
    assert facets["quad"] == [["4", "material conflict", 2]]
    page = client.get("/events?type=ASSAULT").text
    assert re.search(r'href="/events\?type=ASSAULT&amp;place=Lund"', page)
    assert re.search(r'href="/events\?" aria-current="true"><span>ASSAULT', page)


def test_a_dossier_tells_both_sides(client: TestClient, store: Store) -> None:
    asked = client.get("/actor?name=red+front")
    assert asked.status_code == 303
    page = client.get(asked.headers["location"]).text
    assert "the Red Front" in page and "material conflict" in page and "Ivo Brandt" in page
    found = re.search(r"id=(a-\w+)", asked.headers["location"])
    assert found is not None
    told = client.get("/api/actor", params={"id": found[1]}).json()
    assert told["does"] == [{"value": "ASSAULT", "count": 3, "id": None}] and told["undergoes"] == []
    assert told["called"] == [
        [outlet, [{"value": "the Red Front", "count": 1, "id": None}]]
        for outlet in ("Harbour Mail", "Northern Post", "Red Voice")
    ]
    speaker = store.find_actors("Ivo Brandt")[0]
    assert client.get("/api/actor", params={"id": speaker}).json()["says"][0]["count"] == 3
    assert client.get("/actor?name=Nobody").status_code == 404
    assert client.get("/actor?id=a-none").status_code == 404


def test_actors_are_listed_with_what_they_do(client: TestClient) -> None:
    rows = {a["name"]: a for a in client.get("/api/actors").json()["items"]}
    front = rows["Red Front"]
    assert (front["acts"], front["acted_on"], front["speaks"], front["reports"]) == (3, 0, 0, 3)
    found = client.get("/api/actors?name=fron").json()["items"]
    assert set(rows) == {"Red Front", "Karsten barracks"} and [a["name"] for a in found] == ["Red Front"]
    assert client.get("/api/actors?name=zzz").json()["total"] == 0
    assert 'name="name" value="fron"' in client.get("/actors?name=fron").text


def test_charts_download_in_every_form(client: TestClient) -> None:
    table = list(csv.DictReader(io.StringIO(client.get("/charts/timeline.csv?quad=4").text)))
    assert {(r["month"], r["class"]) for r in table} == {
        ("2021-06-01", "material conflict"),
        ("2020-05-01", "material conflict"),
    }
    assert client.get("/charts/map.png").content.startswith(b"\x89PNG")
    drawn = client.get("/charts/network.svg?theme=dark").text
    assert drawn.startswith("<svg") and "Red Front" in drawn
    assert client.get("/charts/timeline.svg?type=YIELD").status_code == 404
    for kind in ("timeline", "network", "map"):
        wide, narrow = (
            int(re.findall(r'<svg[^>]* width="(\d+)', client.get(f"/charts/{kind}.svg?narrow={n}").text)[0])
            for n in ("no", "yes")
        )
        assert narrow < 400 < wide, kind
    spec = client.get("/charts/map.json").json()
    assert "vega-lite" in spec["$schema"] and "http" not in str(spec["layer"])


def test_pages_of_charts_keep_their_filter_in_the_address(client: TestClient) -> None:
    page = unescape(client.get("/timeline?by=Red+Front&period=week").text)
    assert 'href="/charts/timeline.png?by=Red+Front&period=week"' in page
    assert "material conflict" in page and ">2021-06-07<" in page
    assert ">2021-06<" in client.get("/timeline?by=Red+Front").text
    page = client.get("/timeline?by=Red+Front&period=year").text
    assert ">2021<" in page and "day_from=2021-01-01&amp;day_to=2021-12-31" in page
    assert '<option value="year" selected>' in page
    assert client.get("/api/timeline?period=year").json()[0]["start"].endswith("-01-01")


def test_points_are_for_cities_and_areas_for_countries(client: TestClient) -> None:
    """The sample names Lund, which nothing was matched to: it must not stand as a point."""
    shown = client.get("/api/map").json()
    assert [(p["name"], p["events"]) for p in shown["points"]] == [("Karsten", 1)]
    assert [(a["country"], a["events"]) for a in shown["areas"]] == [("SWE", 1)]
    assert shown["unplaced"] == 1
    rows = list(csv.DictReader(io.StringIO(client.get("/charts/map.csv").text)))
    assert [(r["place"], r["shown as"]) for r in rows] == [("Karsten", "point"), ("SWE", "area")]


def test_a_place_known_to_its_country_or_division_alone_is_no_point(
    tmp_path: Path, reports: list[CodedReport]
) -> None:
    first = reports[0]
    for precision in ("country", "admin1", None):
        place = first.places[0].model_copy(update={"precision": precision})
        with open_store(tmp_path / f"{precision}.db", create=True) as store:
            store.load([first.model_copy(update={"places": (place,)})])
            assert not any(p.is_point for p in store.map_points())
            assert [(a.country, a.events) for a in store.map_areas()] == [("SWE", 1)]


def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path, reports: list[CodedReport]) -> None:
    attack = reports[0].mentions[0]
    odd = {"kind": "group", "country": "SWE"}
    entities = tuple(Entity(id=f"e-{i}", name=n, **odd) for i, n in ((7, "=1+1"), (8, "Karsten Guard")))
    sides = {
        side: (getattr(attack, side)[0].model_copy(update={"name": e.name, "entity": e.id, **odd}),)
        for side, e in zip(("actors", "recipients"), entities, strict=True)
    }
    told = (attack.model_copy(update=sides),)
    named = reports[0].model_copy(update={"mentions": told, "entities": entities})
    with open_store(tmp_path / "odd.db", create=True) as store:
        store.load([named])
        chart = make_chart("network", store, Selection())
    assert "'=1+1" in chart.to_csv() and "\n=1" not in chart.to_csv()


def test_cursors_lead_through_the_whole_list(client: TestClient) -> None:
    for path, size in (("mentions", 5), ("events", 3), ("reports", 4), ("reports?q=attack", 4)):
        seen: list[str] = []
        after = None
        while True:
            more = {"limit": 2, **({"after": after} if after else {})}
            page = client.get(f"/api/{path}", params=dict(parse_qsl(path.partition("?")[2])) | more).json()
            seen += [str(row.get("id") or row["event"]["id"]) for row in page["items"]]
            after = page["after"]
            if after is None:
                break
        assert len(seen) == len(set(seen)) == size == page["total"], path


@pytest.mark.parametrize("after", ["gone", "W10", "WyJ4IiwxXQ", "é", "%00"])
def test_a_cursor_of_nowhere_leads_to_no_page(client: TestClient, after: str) -> None:
    for path in ("reports", "events", "mentions", "actors", "commitments", "reports?q=attack"):
        answer = client.get(f"/api/{path}{'&' if '?' in path else '?'}after={after}")
        assert answer.status_code == 404 and "cursor" in answer.json()["error"], path


def test_what_was_announced_stands_with_what_became_of_it(client: TestClient, store: Store) -> None:
    act = {"act": "withdraws from", "type_": "RETREAT", "killed": None}
    promise = make_report(31, factuality="planned", day=date(2020, 5, 20), **act)
    kept = make_report(32, day=date(2020, 5, 19), publisher="Lake Times", **act)
    later = kept.report.model_copy(update={"published": date(2020, 5, 21)})
    store.load([promise, kept.model_copy(update={"report": later})])
    page = client.get("/commitments").text
    assert "<b>kept</b>" in page and "2020-05-20" in page and "Lake Times 2020-05-21" in page
    items = client.get("/api/commitments").json()
    assert items["total"] == 1 and items["items"][0]["outcome"] == "kept"
    assert client.get("/api/commitments?type=ASSAULT").json()["total"] == 0


def test_a_choice_survives_being_written(client: TestClient) -> None:
    chosen = Selection(q="a b", quad=4, disputed=True, min_sources=2)
    assert chosen.to_query() == "q=a+b&quad=4&min_sources=2&disputed=yes"
    assert client.get(f"/events?{chosen.to_query()}").status_code == 200
    assert [label for label, _, _ in chosen.describe()] == [
        "words",
        "class",
        "independent sources at least",
        "disputed",
    ]


def test_a_report_comes_back_whole(client: TestClient, reports: list[CodedReport]) -> None:
    for coded in reports:
        assert (
            CodedReport.from_json(client.get("/api/report", params={"id": coded.report.id}).content) == coded
        )
    missing = client.get("/api/report?id=zz")
    assert missing.status_code == 404 and missing.json()["error"] == "the store has no report 'zz'."


def test_an_empty_store_has_every_page(tmp_path: Path) -> None:
    from according.workbench.app import create_app
    from according.workbench.settings import Settings

    empty = open_store(tmp_path / "empty.db", create=True)
    client = TestClient(create_app(empty, Settings("x")), base_url="http://localhost")
    for path in (
        "/",
        "/reports",
        "/events",
        "/actors",
        "/timeline",
        "/network",
        "/map",
        "/commitments",
        "/api",
    ):
        assert client.get(path).status_code == 200, path


def test_countries_and_publishers_are_found_as_people_write_them(client: TestClient) -> None:
    for country in ("SWE", "swe", "se", "Sweden"):
        assert client.get("/api/events", params={"country": country}).json()["total"] > 0, country
    assert client.get("/api/events", params={"country": "Atlantis"}).json()["total"] == 0
    for publisher in ("Harbour Mail", "harbour mail", "harbour"):
        found = client.get("/api/reports", params={"publisher": publisher}).json()["items"]
        assert {r["publisher"] for r in found} == {"Harbour Mail"}, publisher
    assert client.get("/api/reports", params={"publisher": "Gazette"}).json()["total"] == 0
