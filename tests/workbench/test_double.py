"""Double coding and accounts on both databases: assign, code blind, agree, settle; log in and out, roles."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from review_forms import BASE, PASSWORD, enter, fields_of, send, shown, words_of

from according.store import Store, open_store
from according.workbench.app import create_app
from according.workbench.sessions import local_user, may
from according.workbench.settings import Settings
from store_factory import make_report

ONE = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
"""For what no database has a part in."""


@pytest.fixture
def cleo(app: FastAPI) -> TestClient:
    return enter(app, "cleo")


def assign(client: TestClient, **more: object) -> int:
    page = client.get("/double")
    values = {"name": "harbour lot", "number": "5", "people": ["anna", "ben"], **more}
    return send(client, page, "assign", "/double/assign", **values).status_code


def code(client: TestClient, choose: Callable[[str], dict[str, str]]) -> None:
    page = client.get("/review?batch=harbour+lot")
    while mention := shown(page):
        button = choose(mention)
        answer = send(client, page, "decide", "/review/decide", **button)
        page = client.get(answer.headers["location"])
        if shown(page) == mention:
            answer = send(client, page, "decide", "/review/decide", kind="accept")
            page = client.get(answer.headers["location"])


def test_two_people_code_blind_and_an_adjudicator_settles(
    anna: TestClient, ben: TestClient, cleo: TestClient, rita: TestClient, filled: Store
) -> None:
    assert assign(cleo) == 303
    code(anna, lambda m: {"type": "COERCE"} if m == "m-1" else {"kind": "reject" if m == "m-2" else "accept"})
    # Ben sees nothing of it: not on the page, not in the log, not in the downloads, not in the results.
    page = ben.get("/review?batch=harbour+lot&mention=m-1&in_report=r1")
    assert 'id="verdict"' not in page.text and "COERCE</span>" not in page.text and "anna" not in page.text
    for address in ("/review?mention=m-1&in_report=r1", "/review/log", "/review/decisions.jsonl"):
        assert "anna" not in ben.get(address).text, address
    assert ben.get("/double/results?name=harbour+lot").status_code == 403
    assert ben.get("/review/gold.jsonl").status_code == 400
    assert "anna: done" in ben.get("/double").text and "ben: 0 of 5" in ben.get("/double").text
    assert cleo.get("/double/case?name=harbour+lot", follow_redirects=False).status_code == 303, "not yet"
    # Nor does anybody else find it where what counts is shown.
    for client in (ben, cleo, rita):
        assert (
            "edited" not in client.get("/report?id=r1").text
            and "rejected" not in client.get("/report?id=r2").text
        )
    by_token = TestClient(
        create_app(filled, Settings("test", token="a quiet harbour")),
        base_url=BASE,
        headers={"Authorization": "Bearer a quiet harbour"},
    )
    for client in (rita, by_token):
        for report in ("r1", "r2"):
            shown = client.get(f"/api/report?id={report}").json()["mentions"]
            assert [m["type"] for m in shown] == ["ASSAULT"]
    code(ben, lambda m: {"kind": "reject" if m == "m-3" else "accept"})
    results = ben.get("/double/results?name=harbour+lot")
    assert words_of(results, "alpha") == "−0.125" and "3 of 5 mentions" in results.text
    assert re.search(r'"row">type</th><td class="num">2</td><td class="num">3</td>', results.text)
    assert "/double/case" not in results.text and ben.get("/double/case?name=harbour+lot").status_code == 403
    page = cleo.get("/double/case?name=harbour+lot")
    named = cleo.get("/double/results?name=harbour+lot").text
    assert all(f">{m}</a>" not in named for m in ("m-1", "m-2", "m-3")), "what is rejected has its words, too"
    assert named.count("Norland attacked Sudria") + named.count("Norland raided") >= 3
    open_ = {}
    while "Settle" in page.text and 'id="settle"' in page.text:
        mention = fields_of(page.text, "settle")["mention"][0]
        open_[mention] = re.findall(r'<t[dr] class="differs"', page.text)
        answer = send(cleo, page, "settle", "/double/settle", take="anna" if mention != "m-3" else "ben")
        assert answer.status_code == 303
        page = cleo.get(answer.headers["location"])
    assert set(open_) == {"m-1", "m-2", "m-3"}
    assert words_of(page, "settled") == "Nothing is left to settle."
    kept = {n: [m.type for m in filled.get_effective(f"r{n}").coded.mentions] for n in range(1, 6)}
    assert kept == {1: ["COERCE"], 2: [], 3: [], 4: ["ASSAULT"], 5: ["ASSAULT"]}
    assert words_of(ben.get("/double/results?name=harbour+lot"), "alpha") == "−0.125", (
        "settling is no third vote"
    )


def test_a_case_is_settled_field_by_field(
    anna: TestClient, ben: TestClient, cleo: TestClient, filled: Store
) -> None:
    assert assign(cleo, number="5") == 303
    code(anna, lambda m: {"type": "COERCE"} if m == "m-1" else {"kind": "accept"})
    page = ben.get("/review?batch=harbour+lot&mention=m-1&in_report=r1&edit=killed")
    assert send(ben, page, "edit", "/review/decide", low="9", high="9").status_code == 303
    code(ben, lambda m: {"kind": "accept"})
    page = cleo.get("/double/case?name=harbour+lot")
    fields = {"from-type": "anna", "take": "ben"}
    assert send(cleo, page, "settle", "/double/settle", **fields).status_code == 303
    mention = filled.get_effective("r1").coded.mentions[0]
    assert mention.type == "COERCE" and mention.killed is not None and mention.killed.low == 9
    assert send(cleo, page, "settle", "/double/settle", take="rita").status_code == 400
    send(cleo, cleo.get("/review"), "undo", "/review/undo")
    assert filled.list_judgements(user="cleo", live=True).items == (), "one undo takes all of it back"


@ONE
def test_what_a_decision_alone_keeps_is_not_assigned(cleo: TestClient, filled: Store) -> None:
    filled.append_judgement("cleo", "r1", "m-1", "accept", role="adjudicator")
    bare = filled.get_report("r1").model_copy(update={"mentions": (), "events": ()})
    filled.load([bare], "second")
    assert filled.get_mention("m-1").id == "m-1", "kept by the decision"
    assert assign(cleo, draw="score") == 303
    assert {a.mention for a in filled.list_assignments()} == {"m-2", "m-3", "m-4", "m-5"}


@ONE
def test_an_assignment_that_cannot_be_made_is_told(cleo: TestClient, filled: Store) -> None:
    for more, told in (
        ({"people": ["anna"]}, "at least two"),
        ({"name": " "}, "Give the assignment a name"),
        ({"number": "0"}, "from 1 to"),
        ({"type": "AID"}, "No mention fits"),
    ):
        values: dict[str, object] = {"name": "lot", "number": "3", "people": ["anna", "ben"], **more}
        answer = send(cleo, cleo.get("/double"), "assign", "/double/assign", **values)
        assert answer.status_code == 422 and told in answer.text, told
    assert filled.list_assignments() == ()


def test_samples_are_drawn_by_lot_the_same_each_time(filled: Store) -> None:
    drawn = filled.sample_mentions(limit=3, seed="lot")
    assert drawn == filled.sample_mentions(limit=3, seed="lot") and len(set(drawn)) == 3
    assert len({filled.sample_mentions(limit=3, seed=str(n)) for n in range(8)}) > 1


@ONE
def test_roles_let_in_what_is_theirs(app: FastAPI, anna: TestClient, filled: Store) -> None:
    rita = enter(app, "rita")
    page = rita.get("/reports")
    assert page.status_code == 200 and 'href="/review"' not in page.text
    for path in ("/review", "/review/log", "/double", "/review/gold.jsonl"):
        assert rita.get(path).status_code == 403, path
    page = anna.get("/review")
    forged = {**fields_of(page.text, "decide"), "kind": "accept"}
    forged["csrf"] = fields_of(rita.get("/reports").text, "/theme")["csrf"]
    assert rita.post("/review/decide", data=forged).status_code == 403
    assert assign_is_refused(anna) and filled.list_judgements().items == ()


def assign_is_refused(client: TestClient) -> bool:
    page = client.get("/double")
    token = fields_of(page.text, "/theme")["csrf"]
    data = {"csrf": token, "name": "lot", "number": "1", "people": ["anna", "ben"]}
    return client.post("/double/assign", data=data).status_code == 403 and "A new assignment" not in page.text


def test_nothing_is_shown_before_the_login(app: FastAPI, filled: Store) -> None:
    client = TestClient(app, base_url=BASE, follow_redirects=False)
    for path in ("/reports", "/review?type=ASSAULT", "/double", "/charts/timeline.csv"):
        answer = client.get(path)
        assert answer.status_code == 303 and answer.headers["location"].startswith("/login?back=%2F"), path
    assert client.get("/api/reports").status_code == 401
    page = client.get("/login?back=/review%3Ftype%3DASSAULT")
    answer = send(client, page, "/login", "/login", name="anna", password=PASSWORD)
    assert answer.headers["location"] == "/review?type=ASSAULT"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert client.get("/api/reports").status_code == 200
    page = client.get("/reports")
    assert "anna" in page.text
    assert send(client, page, "/logout", "/logout").headers["location"] == "/login"
    assert client.get("/reports").status_code == 303
    client.cookies.set("according_session", cookie.split("=", 1)[1].split(";")[0])
    assert client.get("/reports").status_code == 303, "the session is gone from the store too"


def test_a_disabled_account_is_out_at_once(app: FastAPI, anna: TestClient, filled: Store) -> None:
    filled.change_user("anna", disabled=True)
    assert anna.get("/reports", follow_redirects=False).status_code == 303
    page = anna.get("/login")
    assert send(anna, page, "/login", "/login", name="anna", password=PASSWORD).status_code == 403


@ONE
def test_wrong_passwords_must_wait_even_many_at_once(app: FastAPI) -> None:
    client = TestClient(app, base_url=BASE, follow_redirects=False)
    page = client.get("/login")

    def guess(n: int) -> int:
        return send(client, page, "/login", "/login", name="anna", password=f"guess number {n}").status_code

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(guess, range(8)))
    assert answers.count(403) <= 5 and set(answers) == {403, 429}
    assert send(client, page, "/login", "/login", name="anna", password=PASSWORD).status_code == 429


@ONE
def test_the_login_needs_its_form_and_leads_nowhere_else(app: FastAPI) -> None:
    client = TestClient(app, base_url=BASE, follow_redirects=False)
    assert client.post("/login", data={"name": "anna", "password": PASSWORD}).status_code == 403
    page = client.get("/login?back=https://evil.example")
    answer = send(client, page, "/login", "/login", name="anna", password=PASSWORD, back="//evil.example")
    assert answer.headers["location"] == "/"


@ONE
def test_every_form_needs_its_token(cleo: TestClient) -> None:
    for path in ("/review/decide", "/review/undo", "/double/assign", "/double/settle", "/logout"):
        assert cleo.post(path, data={"kind": "accept"}).status_code == 403, path


def test_one_person_on_sqlite_needs_no_login(tmp_path: Path) -> None:
    with open_store(tmp_path / "own.db", create=True) as store:
        store.load([make_report(1)], "first")
        client = TestClient(create_app(store, Settings("own")), base_url=BASE)
        page = client.get("/review")
        assert shown(page) == "m-1" and "Log out" not in page.text
        send(client, page, "decide", "/review/decide", kind="accept")
        assert store.list_judgements().items[0].user == local_user().name
        assert "at least two people with accounts" in client.get("/double").text


def test_a_team_store_without_accounts_says_how_to_make_one(store_url: str) -> None:
    with open_store(store_url, create=True) as store:
        client = TestClient(create_app(store, Settings("team")), base_url=BASE)
        assert client.get("/reports").status_code == 200
        answer = client.get("/review")
        if store.dialect == "sqlite":  # a single file belongs to a single person
            assert answer.status_code == 200
        else:
            assert answer.status_code == 403 and "according user add" in answer.text


def test_roles_rise() -> None:
    user = local_user()
    assert may(user, "admin") and not may(None, "reader")
