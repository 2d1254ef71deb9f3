"""Pages and API: what is chosen is what is shown, and every value leads to its words."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from according.records import CodedReport
from according.store import open_store
from according.workbench.accounts import is_disputed, list_figures, shown_columns, tell_side_by_side
from according.workbench.charts import make_chart
from according.workbench.lists import count_places, cut_page
from according.workbench.reading import view_report
from according.workbench.selection import Selection
from according.workbench.shelf import Shelf


def attack_event(shelf: Shelf) -> str:
    return shelf.by_id["m-a"].event


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
    assert client.get("/explain?report=a&what=zzz").status_code == 400


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"a", "b", "c", "r1"}),
        ("q=harbour", {"b"}),
        ("q=harbour+rebels", set()),
        ("publisher=Red+Voice", {"c"}),
        ("type=CONSULT", {"r1"}),
        ("factuality=negated", {"c"}),
        ("day_from=2021-06-07&day_to=2021-06-07", {"a", "b", "c"}),
        ("day_to=2020-12-31", {"r1"}),
        ("by=red+front", {"a", "b", "c"}),
        ("on=red+front", set()),
        ("actor=REB&speaker=brandt", {"a", "b", "c"}),
        ("country=swe&place=lund", {"r1"}),
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


def test_one_happening_is_one_event_with_its_accounts(client: TestClient, shelf: Shelf) -> None:
    event = attack_event(shelf)
    assert {shelf.by_id[m].event for m in ("m-a", "m-b")} == {event}
    page = client.get("/event", params={"id": event}).text
    assert "Northern Post, quoting Ivo Brandt" in page and "Harbour Mail, quoting Ivo Brandt" in page
    assert re.search(r'<td class="differs"><a href="[^"]*at=[^"]*">4</a>', page)
    assert re.search(r'<td class="differs"><a href="[^"]*at=[^"]*">9</a>', page)
    assert client.get("/event?id=none").status_code == 404


def test_events_are_filtered_by_sources_and_dispute(client: TestClient, shelf: Shelf) -> None:
    event = attack_event(shelf)
    many = client.get("/api/events?min_sources=2").json()["items"]
    assert [e["id"] for e in many] == [event] and many[0]["disputed"] is True
    assert event not in {e["id"] for e in client.get("/api/events?disputed=no").json()["items"]}
    facets = {f["name"]: f["values"] for f in client.get("/api/facets").json()}
    assert ["2", "2 or more", 1] in facets["min_sources"]


def test_accounts_say_where_they_differ(reports: list[CodedReport]) -> None:
    accounts = tell_side_by_side([(c, c.mentions[0]) for c in reports[:3]])
    assert [a.cells["killed"].differs for a in accounts] == [True] * 3
    assert not any(a.cells["when"].differs for a in accounts)
    assert {"detained", "size"} & {n for n, _ in shown_columns(accounts)} == set()
    assert [(f.low, f.high) for f in list_figures(accounts)["killed"]] == [(4, 4), (9, 9), (4, 4)]


def test_dispute_is_denial_or_figures_apart(reports: list[CodedReport]) -> None:
    first, second, denial = (c.mentions[0] for c in reports[:3])
    assert is_disputed([first, second]) and is_disputed([first, denial])
    assert not is_disputed([first]) and not is_disputed([first, first])
    open_end = second.model_copy(update={"killed": second.killed.model_copy(update={"low": 3, "high": None})})
    assert not is_disputed([first, open_end])


def test_a_dossier_tells_both_sides(client: TestClient) -> None:
    page = client.get("/actor?name=Red+Front").text
    assert "the Red Front" in page and "material conflict" in page and "Ivo Brandt" in page
    told = client.get("/api/actor?name=Red+Front").json()
    assert told["does"] == {"4": 3} and told["suffers"] == {} and told["told_by"] == [["Ivo Brandt", 3]]
    assert client.get("/api/actor?name=Ivo+Brandt").json()["says"]
    assert client.get("/actor?name=Nobody").status_code == 404


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
    spec = client.get("/charts/map.json").json()
    assert "vega-lite" in spec["$schema"] and "http" not in str(spec["layer"])


def test_pages_of_charts_keep_their_filter_in_the_address(client: TestClient) -> None:
    page = unescape(client.get("/timeline?by=Red+Front&period=week").text)
    assert 'href="/charts/timeline.png?by=Red+Front&period=week"' in page
    assert "material conflict" in page and "2021-06-07" in page


def test_points_are_for_cities_and_areas_for_countries(shelf: Shelf) -> None:
    spots, areas, unplaced = count_places(shelf.rows)
    assert [s.name for s in spots] == ["Karsten"]
    assert areas == [("SWE", 1)]
    assert unplaced == 1


def test_a_name_that_looks_like_a_formula_stays_text(reports: list[CodedReport]) -> None:
    attack = reports[0].mentions[0]
    odd = attack.actors[0].model_copy(update={"name": "=1+1"})
    named = attack.model_copy(update={"actors": (odd,)})
    chart = make_chart("network", Shelf([reports[0].model_copy(update={"mentions": (named,)})]).rows)
    assert "'=1+1" in chart.to_csv() and "\n=1" not in chart.to_csv()


def test_cursors_lead_through_the_whole_list(client: TestClient) -> None:
    seen, after = [], None
    while True:
        page = client.get("/api/mentions", params={"limit": 2, **({"after": after} if after else {})}).json()
        seen += [m["id"] for m in page["items"]]
        after = page["after"]
        if after is None:
            break
    assert sorted(seen) == ["m-a", "m-aa11", "m-ab22", "m-b", "m-c"]
    assert cut_page(["x"], str, "gone", 1).rows == ("x",)


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
