"""Review pages on both databases: decide, undo, edit, the same for all, two at once, recoding."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from review_forms import enter, fields_of, send, shown, words_of

from according.cli import main
from according.evaluate import parse_gold, score_reports
from according.records import CodedReport
from according.store import Store
from store_factory import make_report

ONE = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
"""For what no database has a part in."""


def press(client: TestClient, page: httpx.Response, **button: str) -> httpx.Response:
    answer = send(client, page, "decide", "/review/decide", **button)
    assert answer.status_code == 303, answer.text
    return client.get(answer.headers["location"])


def test_a_queue_is_gone_through_and_taken_back(anna: TestClient, filled: Store) -> None:
    page = anna.get("/review")
    assert shown(page) == "m-1" and words_of(page, "left") == "5"
    assert words_of(page, "sentence").startswith("Norland attacked Sudria near Lund on Monday")
    assert re.search(r'<span class="bit f-recipients">Sudria</span>', page.text)
    page = press(anna, page, kind="accept")
    page = press(anna, page, kind="reject")
    page = press(anna, page, kind="skip")
    assert shown(page) == "m-4" and words_of(page, "left") == "2"
    page = press(anna, page, kind="flag")
    assert shown(page) == "m-4" and 'aria-pressed="true"><kbd aria-hidden="true">f</kbd>' in page.text
    page = press(anna, page, kind="flag")
    assert shown(page) == "m-4" and words_of(page, "left") == "2"
    for expected in ("m-3", "m-2", "m-1"):
        answer = send(anna, page, "undo", "/review/undo")
        page = anna.get(answer.headers["location"])
        assert shown(page) == expected
    assert words_of(anna.get("/review"), "left") == "5"
    kinds = [j.kind for j in filled.list_judgements().items]
    assert kinds == ["undo"] * 4 + ["flag", "skip", "reject", "accept"]


@ONE
def test_the_queue_follows_its_filters_and_order(anna: TestClient) -> None:
    page = anna.get("/review?score_from=0.35&order=score-down&type=ASSAULT&nonsense=1")
    assert shown(page) == "m-5" and words_of(page, "left") == "2"
    page = press(anna, page, kind="accept")
    assert shown(page) == "m-4"
    page = press(anna, page, kind="accept")
    assert "Nothing is left" in page.text
    assert anna.get("/review?score_from=much").status_code == 400


def test_a_digit_changes_the_type_and_drops_a_mode_it_has_not(anna: TestClient, filled: Store) -> None:
    page = press(anna, anna.get("/review"), kind="edit", field="mode", value="firearms")
    assert shown(page) == "m-1"
    page = press(anna, page, type="CONSULT")
    assert shown(page) == "m-1" and "edited by anna" in words_of(page, "verdict")
    mention = filled.get_effective("r1").coded.mentions[0]
    assert (mention.type, mention.mode) == ("CONSULT", None)
    send(anna, page, "undo", "/review/undo")
    mention = filled.get_effective("r1").coded.mentions[0]
    assert (mention.type, mention.mode) == ("ASSAULT", "firearms"), "both are taken back in one go"


def edit(client: TestClient, mention: str, field: str, **values: object) -> httpx.Response:
    page = client.get(f"/review?mention={mention}&in_report=r{mention[2:]}&edit={field}")
    return send(client, page, "edit", "/review/decide", **values)


def test_every_field_is_edited_with_its_words(anna: TestClient, filled: Store) -> None:
    text = filled.get_report("r1").report.text
    at = text.index("soldiers")
    for field, values in {
        "recipients": {"at": f"{at}-{at + 8}", "words": "soldiers", "name": "Sudrian army", "sectors": "mil"},
        "actors": {"name-0": "Norland", "country-0": "SWE", "sectors-0": "gov mil"},
        "instruments": {"words": "Monday"},
        "when": {"from_": "2020-05-03", "to": "2020-05-04"},
        "where": {"words": "near Lund", "at": "", "name": "Lund district"},
        "killed": {"low": "4", "high": "6"},
        "injured": {"words": "5", "low": "5"},
        "factuality": {"value": "possible"},
        "contexts": {"value": "military, terrorism"},
        "clause": {"words": "Norland attacked Sudria near Lund"},
        "quoted": {"words": "attacked"},
        "attribution": {"words": "Sudria", "cue_words": "said", "stance": "denies", "outermost": "1"},
    }.items():
        answer = edit(anna, "m-1", field, **values)
        assert answer.status_code == 303, (field, re.findall(r'id="problem">([^<]*)', answer.text))
    m = filled.get_effective("r1").coded.mentions[0]
    assert [(p.name, p.sectors) for p in m.recipients] == [("Sudria", ()), ("Sudrian army", ("MIL",))]
    assert [(p.name, p.country, p.sectors) for p in m.actors] == [("Norland", "SWE", ("GOV", "MIL"))]
    assert [s.text for s in m.instruments] == ["Monday"] and [s.text for s in m.quoted] == ["attacked"]
    assert m.when is not None and (str(m.when.from_), str(m.when.to)) == ("2020-05-03", "2020-05-04")
    assert m.where is not None and (m.where.span.text, m.where.name) == ("near Lund", "Lund district")
    assert m.killed is not None and (m.killed.low, m.killed.high, m.killed.span.text) == (4, 6, "5")
    assert m.injured is not None and m.injured.high is None
    assert (m.factuality, m.contexts) == ("possible", ("military", "terrorism"))
    assert m.clause.text == "Norland attacked Sudria near Lund"
    assert [(a.name, a.stance) for a in m.attribution] == [("Sudria", "denies"), ("Ada Orlow", "asserts")]
    coded = filled.get_effective("r1").coded
    assert {a.statement for a in m.attribution} <= {s.id for s in coded.statements}
    for span in (m.clause, m.trigger, m.recipients[1].span, m.attribution[0].span):
        assert span is not None and text[span.start : span.end] == span.text
    assert edit(anna, "m-1", "when", empty="1").status_code == 303
    assert edit(anna, "m-1", "attribution", **{"drop-0": "1"}).status_code == 303
    m = filled.get_effective("r1").coded.mentions[0]
    assert m.when is None and [a.name for a in m.attribution] == ["Ada Orlow"]


@ONE
def test_an_edit_that_does_not_fit_is_told_and_what_was_typed_stays(anna: TestClient, filled: Store) -> None:
    for field, values, told in (
        ("type", {"value": "NONSENSE"}, "no event type"),
        ("mode", {"value": "drones"}, "no mode"),
        ("killed", {"words": "many souls"}, "does not stand in the text"),
        ("killed", {"low": "9", "high": "2"}, "runs backwards"),
        ("when", {"from_": "yesterday"}, "does not fit"),
        ("actors", {"country-0": "Norway"}, "no code of a country"),
        ("actors", {"words": "Lund", "sectors": "XYZA"}, "no code of a sector"),
        ("contexts", {"value": "weather"}, "no context"),
        ("trigger", {"words": "", "at": ""}, "needs words"),
    ):
        answer = edit(anna, "m-1", field, **values)
        assert answer.status_code == 422 and told in words_of(answer, "problem"), told
        still = fields_of(answer.text, "edit")
        assert "words" not in values or still["words"] == [values["words"]]
    assert filled.list_judgements().items == ()


def test_the_same_is_previewed_and_then_decided_for_all_that_are_ticked(
    anna: TestClient, filled: Store
) -> None:
    page = anna.get("/review")
    assert "2 more are alike" in page.text
    preview = anna.get("/review/alike?mention=m-1&in_report=r1&kind=edit&field=type&value=COERCE")
    assert fields_of(preview.text, "alike")["also"] == ["m-2", "m-3"]
    assert preview.text.count("type: COERCE") == 3 and filled.list_judgements().items == ()
    answer = send(anna, preview, "alike", "/review/decide", also=["m-3", "m-5"])
    page = anna.get(answer.headers["location"])
    assert shown(page) == "m-2", "what was not ticked, or is not alike, stays"
    types = {n: filled.get_effective(f"r{n}").coded.mentions[0].type for n in range(1, 6)}
    assert types == {1: "COERCE", 2: "ASSAULT", 3: "COERCE", 4: "ASSAULT", 5: "ASSAULT"}
    send(anna, page, "undo", "/review/undo")
    assert {filled.get_effective(f"r{n}").coded.mentions[0].type for n in range(1, 6)} == {"ASSAULT"}
    stale = anna.get("/review/alike?mention=m-1&in_report=r1&kind=accept")
    filled.append_judgement("ben", "r3", "m-3", "edit", field="type", after="AID")
    refused = send(anna, stale, "alike", "/review/decide")
    assert refused.status_code == 409 and "ben changed mention 'm-3'" in words_of(refused, "problem")
    assert filled.list_judgements(user="anna", live=True).items == (), "all of them or none"
    bad = anna.get("/review/alike?mention=m-1&in_report=r1&kind=edit&field=type&value=NONSENSE")
    assert bad.status_code == 200 and "no event type" in bad.text and "Do it for" not in bad.text


def test_a_stale_edit_is_told_and_not_lost(anna: TestClient, ben: TestClient, filled: Store) -> None:
    address = "/review?mention=m-1&in_report=r1&edit=killed"
    page = ben.get(address)
    assert edit(anna, "m-1", "killed", low="7", high="7").status_code == 303
    answer = send(ben, page, "edit", "/review/decide", low="3", high="4")
    assert answer.status_code == 409 and "anna changed mention" in words_of(answer, "problem")
    still = fields_of(answer.text, "edit")
    assert still["low"] == ["3"] and still["high"] == ["4"], "what ben entered is still there"
    assert "<b>7</b>" in answer.text, "and what anna made of it is shown"
    assert [j.user for j in filled.list_judgements().items] == ["anna"]
    again = send(ben, answer, "edit", "/review/decide")
    assert again.status_code == 303
    killed = filled.get_effective("r1").coded.mentions[0].killed
    assert killed is not None and (killed.low, killed.high) == (3, 4)
    latest = filled.list_judgements().items[0]
    assert (latest.user, latest.before["low"], latest.after["low"]) == ("ben", 7, 3)


def test_an_acceptance_of_what_has_changed_is_told_too(
    anna: TestClient, ben: TestClient, filled: Store
) -> None:
    page = ben.get("/review?mention=m-1&in_report=r1")
    press(anna, anna.get("/review?mention=m-1&in_report=r1"), type="COERCE")
    answer = send(ben, page, "decide", "/review/decide", kind="accept")
    assert answer.status_code == 409 and "COERCE" in answer.text
    assert send(ben, page, "decide", "/review/decide", kind="skip").status_code == 303
    assert send(ben, answer, "decide", "/review/decide", kind="accept").status_code == 303


def test_a_form_sent_twice_counts_once(anna: TestClient, filled: Store) -> None:
    page = anna.get("/review")
    for _ in range(2):
        assert send(anna, page, "decide", "/review/decide", kind="accept").status_code == 303
    assert len(filled.list_judgements().items) == 1


def test_people_who_review_at_once_lose_nothing(app: FastAPI, filled: Store) -> None:
    filled.load([make_report(n, score=0.9) for n in range(6, 11)], "first")
    clients = {name: enter(app, name) for name in ("anna", "ben", "cleo")}

    def review(name: str) -> list[str]:
        client, seen = clients[name], []
        page = client.get("/review")
        while shown(page):
            seen.append(shown(page))
            kind = "accept" if len(seen) % 2 else "reject"
            answer = send(client, page, "decide", "/review/decide", kind=kind)
            while (
                answer.status_code == 409
            ):  # told that somebody rejected it meanwhile: look again, decide again
                answer = send(client, answer, "decide", "/review/decide", kind=kind)
            assert answer.status_code == 303
            page = client.get("/review")
        return seen

    with ThreadPoolExecutor(3) as pool:
        done = dict(zip(clients, pool.map(review, clients), strict=True))
    made = filled.list_judgements(limit=500).items
    for name, seen in done.items():
        assert len(seen) == 10 == len(set(seen))
        assert {j.mention for j in made if j.user == name} == set(seen)
    assert len(made) == 30


def test_edits_of_one_field_at_once_are_all_kept_or_told(app: FastAPI, filled: Store) -> None:
    clients = [enter(app, name) for name in ("anna", "ben", "cleo")]
    pages = [c.get("/review?mention=m-1&in_report=r1&edit=killed") for c in clients]

    def save(i: int) -> int:
        return send(clients[i], pages[i], "edit", "/review/decide", low=str(i), high=str(i)).status_code

    with ThreadPoolExecutor(3) as pool:
        answers = sorted(pool.map(save, range(3)))
    assert answers == [303, 409, 409], "one is first; the others are told"
    assert len(filled.list_judgements().items) == 1


def test_decisions_outrank_a_new_coding_and_are_gold(anna: TestClient, filled: Store) -> None:
    page = press(anna, anna.get("/review"), type="COERCE")
    page = press(anna, page, kind="accept")
    page = press(anna, page, kind="reject")
    recoded = []
    for n in range(1, 6):
        coded = make_report(n, act="attacked", type_="PROTEST", score=0.9)
        recoded.append(coded)
    filled.load(recoded, "second")
    seen = anna.get("/review?mention=m-1&in_report=r1")
    assert "COERCE" in seen.text and "accepted by anna" in words_of(seen, "verdict")
    assert [m.type for m in filled.get_effective("r1").coded.mentions] == ["COERCE"]
    assert filled.get_effective("r2").coded.mentions == ()
    assert [m.type for m in filled.get_effective("r3").coded.mentions] == ["PROTEST"]
    lines = anna.get("/review/gold.jsonl").text.splitlines()
    gold = {g["id"]: parse_gold(json.dumps(g)) for g in map(json.loads, lines)}
    assert {i: [e.type for e in g.events] for i, g in gold.items()} == {"r1": ["COERCE"], "r2": []}
    assert score_reports(gold.values(), gold).found["whole"].score.f1 == 1
    log = [json.loads(line) for line in anna.get("/review/decisions.jsonl").text.splitlines()]
    assert [(d["kind"], d["mention"], d["coder"]) for d in log] == [
        ("edit", "m-1", "first"),
        ("accept", "m-1", "first"),
        ("reject", "m-2", "first"),
    ]


def test_the_command_line_writes_gold_corrected_records_and_the_log(
    anna: TestClient, filled: Store, store_url: str, tmp_path: Path
) -> None:
    page = press(anna, anna.get("/review"), type="COERCE")
    page = press(anna, page, kind="accept")
    press(anna, page, kind="reject")
    written = {}
    for form in ("gold", "coded", "log"):
        out = tmp_path / f"{form}.jsonl"
        with pytest.raises(SystemExit) as stop:
            main(["decisions", "--as", form, "-o", str(out), "--store", store_url])
        assert stop.value.code == 0
        written[form] = out.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in written["gold"]] == ["r1", "r2"]
    coded = [CodedReport.from_json(line) for line in written["coded"]]
    assert [[m.type for m in c.mentions] for c in coded[:3]] == [["COERCE"], [], ["ASSAULT"]]
    assert [json.loads(line)["kind"] for line in written["log"]] == ["edit", "accept", "reject"]
    with pytest.raises(SystemExit) as stop:
        main(["evaluate", str(tmp_path / "coded.jsonl"), str(tmp_path / "gold.jsonl")])
    assert stop.value.code == 0
    with pytest.raises(SystemExit) as stop:
        main(["decisions", "--as", "poem", "-o", "-", "--store", store_url])
    assert stop.value.code == 2


def test_a_mention_that_a_decision_carries_can_be_decided_on_again(anna: TestClient, filled: Store) -> None:
    press(anna, anna.get("/review"), kind="accept")
    again = make_report(1, act="attacked", type_="PROTEST")
    mention = again.mentions[0].model_copy(update={"id": "m-1b"})
    event = again.events[0].model_copy(update={"mentions": ("m-1b",)})
    filled.load([again.model_copy(update={"mentions": (mention,), "events": (event,)})], "second")
    page = anna.get("/review?mention=m-1&in_report=r1")
    assert "the current coding has it no more" in words_of(page, "verdict")
    assert edit(anna, "m-1", "killed", low="2", high="2").status_code == 303
    kept = {m.id: m for m in filled.get_effective("r1").coded.mentions}
    assert kept["m-1"].type == "ASSAULT" and kept["m-1"].killed is not None and kept["m-1"].killed.low == 2


@ONE
def test_the_log_tells_before_and_after(anna: TestClient) -> None:
    edit(anna, "m-1", "killed", low="2", high="3")
    press(anna, anna.get("/review"), kind="reject")
    page = anna.get("/review/log")
    assert re.search(r"5 “5”</td><td>2–3 “5”</td>", page.text)
    assert "rejected" in page.text and "first" in page.text
    only = anna.get("/review/log?kind=reject&by=anna").text
    assert "2–3" not in only and "rejected" in only
    assert "Nobody has decided" in anna.get("/review/log?by=ben").text


@ONE
def test_what_is_not_there_is_told(anna: TestClient) -> None:
    assert anna.get("/review?mention=m-99&in_report=r1").status_code == 404
    assert anna.get("/review?mention=m-1&in_report=r99").status_code == 404
    page = anna.get("/review")
    assert send(anna, page, "decide", "/review/decide", kind="maybe").status_code == 422
    assert send(anna, page, "decide", "/review/decide", mention="m-99", kind="accept").status_code == 404


def test_the_reading_view_shows_what_people_decided(anna: TestClient, ben: TestClient, filled: Store) -> None:
    press(anna, anna.get("/review?mention=m-1&in_report=r1"), type="COERCE")
    press(anna, anna.get("/review?mention=m-2&in_report=r2"), kind="reject")
    page = ben.get("/report?id=r1&mention=m-1").text
    assert "COERCE" in page and "<b>edited</b> by anna" in page
    assert "/review?mention=m-1&amp;in_report=r1" in page
    page = ben.get("/report?id=r2").text
    assert 'class="mention' not in page and "rejected by anna" in page
    assert ben.get("/explain?report=r2&what=m-2").status_code == 200
    filled.assign("lot", ["anna", "ben"], [("r3", "m-3")])
    press(anna, anna.get("/review?batch=lot"), type="AID")
    assert "ASSAULT" in ben.get("/report?id=r3").text and "AID" not in ben.get("/report?id=r3").text, "blind"


def test_a_list_leads_to_the_review_of_what_it_shows(anna: TestClient) -> None:
    page = anna.get("/events?quad=4&score_from=0.35").text
    address = unescape(re.findall(r'href="(/review\?[^"]+)"', page)[0])
    found = anna.get(address)
    assert words_of(found, "left") == "2" and shown(found) == "m-4" and "quad 4" in found.text
    assert ("quad", ["4"]) in fields_of(found.text, "/review").items(), "and the form keeps it"


def test_a_zero_byte_does_no_harm(anna: TestClient) -> None:
    assert anna.get("/review?mention=m%00&in_report=r%001").status_code == 404
    assert anna.get("/review?party=a%00b").status_code == 200
    assert anna.get("/review/log?by=%00").status_code == 200
    assert edit(anna, "m-1", "actors", words="Lu\0nd", name="x\0y").status_code == 303


@ONE
def test_a_report_of_markup_is_reviewed_as_text(anna: TestClient, filled: Store) -> None:
    hostile = make_report(9, speaker="<script>alert(1)</script>", score=0.01)
    filled.load([hostile], "first")
    for path in ("/review", "/review?mention=m-9&in_report=r9&edit=attribution", "/review/log"):
        page = anna.get(path).text
        assert "<script>alert" not in page
        assert not re.search(r"<[^>]+\s(?:on\w+|style)=", page)
        assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert "&lt;script&gt;alert(1)" in anna.get("/review").text
