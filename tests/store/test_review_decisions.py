"""Decisions, edits, double coding and accounts, on both databases."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from according.cli import main
from according.errors import ConfigError, NotStoredError, ReviewError
from according.evaluate import parse_gold, score_reports
from according.store import Store, open_store
from according.store.people import User
from according.workbench.decisions import Target, decide, find_alike, read_edit, take_back
from according.workbench.double import export_gold, read_double_coding, settle
from according.workbench.passwords import check_password, hash_password
from store_factory import make_report

ANNA, BEN = (User(n, "coder", None, disabled=False, created_at="") for n in ("anna", "ben"))
CLEO = User("cleo", "adjudicator", None, disabled=False, created_at="")


@pytest.fixture
def filled(store: Store) -> Store:
    acts = ["attacked", "attacked", "attacked", "raided"]
    store.load([make_report(n, act=act, score=n / 10) for n, act in enumerate(acts, 1)], "first")
    for user in (ANNA, BEN, CLEO):
        store.add_user(user.name, user.role)  # type: ignore[arg-type]
    return store


def edit_of(store: Store, **form: str) -> tuple[str, object]:
    coded = store.get_report("r1")
    return read_edit(coded, coded.mentions[0], form)


def test_the_same_is_decided_and_taken_back_in_one_go(filled: Store) -> None:
    first = filled.get_mention("m-1")
    assert [m.id for m in find_alike(filled, ANNA, first)] == ["m-2", "m-3"]
    assert decide(filled, ANNA, first, "accept", alike=find_alike(filled, ANNA, first)) == 3
    assert [m.id for m in filled.queue("anna")] == ["m-4"]
    decide(filled, ANNA, filled.get_mention("m-4"), "reject")
    assert take_back(filled, ANNA) == (Target("r4", "m-4"), 1)
    assert take_back(filled, ANNA) == (Target("r1", "m-1"), 3)
    assert [m.id for m in filled.queue("anna")] == ["m-1", "m-2", "m-3", "m-4"]
    assert len(filled.list_judgements().items) == 8  # nothing was taken away, only added
    with pytest.raises(NotStoredError):
        take_back(filled, ANNA)


def test_edits_are_tied_to_words(filled: Store) -> None:
    text = filled.get_report("r1").report.text
    at = text.index("Orlow")
    mention = filled.get_mention("m-1")
    field, value = edit_of(filled, field="recipients", at=f"{at - 1}-{at + 5}", name="Orlow & Sons", keep="1")
    decide(filled, ANNA, mention, "edit", edit=(field, value))
    people = filled.get_effective("r1").coded.mentions[0].recipients
    assert [p.name for p in people] == ["Sudria", "Orlow & Sons"]
    assert (people[1].span.text, people[1].span.start) == ("Orlow", at)
    decide(filled, ANNA, mention, "edit", edit=edit_of(filled, field="killed", words="soldiers", low="7"))
    killed = filled.get_effective("r1").coded.mentions[0].killed
    assert killed is not None and (killed.low, killed.high, killed.span.text) == (7, None, "soldiers")
    decide(filled, ANNA, mention, "edit", edit=edit_of(filled, field="when"))
    assert filled.get_effective("r1").coded.mentions[0].when is None
    latest = filled.list_judgements(mention="m-1").items[0]
    assert (latest.field, latest.user, latest.coder, latest.after) == ("when", "anna", "first", None)
    assert latest.before["from"] == "2020-05-04"


@pytest.mark.parametrize(
    "form",
    [
        {"field": "id", "value": "x"},
        {"field": "type"},
        {"field": "trigger"},
        {"field": "killed", "words": "no such words"},
        {"field": "killed", "words": "soldiers", "low": "-1"},
        {"field": "killed", "low": "4"},
        {"field": "actors", "at": "10-99999"},
        {"field": "actors", "name": "Somebody"},
    ],
)
def test_edits_that_do_not_fit_are_refused(filled: Store, form: dict[str, str]) -> None:
    with pytest.raises(ReviewError):
        edit_of(filled, **form)


def test_two_people_at_once_lose_no_decision(store_url: str) -> None:
    with open_store(store_url, create=True) as store:
        store.load([make_report(n) for n in range(1, 31)], "first")

    def review(user: User) -> None:
        with open_store(store_url) as own:
            for number in range(1, 31):
                target = Target(f"r{number}", f"m-{number}")
                decide(own, user, target, "accept" if number % 2 else "reject")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(review, [ANNA, BEN, CLEO, ANNA]))
    with open_store(store_url) as store:
        made = store.list_judgements(limit=500).items
        counts = {u: sum(j.user == u for j in made) for u in ("anna", "ben", "cleo")}
        assert counts == {"anna": 60, "ben": 30, "cleo": 30}
        assert len({j.pk for j in made}) == 120


def test_double_coding_is_blind_and_settled(filled: Store) -> None:
    filled.assign("lot", ["anna", "ben"], [(f"r{n}", f"m-{n}") for n in range(1, 5)])
    for user in (ANNA, BEN):
        for n in range(1, 4):
            decide(filled, user, filled.get_mention(f"m-{n}"), "accept", batch="lot")
    decide(filled, ANNA, filled.get_mention("m-1"), "edit", edit=("type", "COERCE"), batch="lot")
    decide(filled, BEN, filled.get_mention("m-2"), "reject", batch="lot")
    assert [m.id for m in filled.queue("ben", batch="lot")] == ["m-4"]
    found = read_double_coding(filled, "lot")
    differing = {c.mention: c.differs for c in found.cases if c.differs}
    assert differing == {"m-1": ("type",), "m-2": ("verdict",)}
    assert (found.same, found.of, found.fields["type"].same, found.fields["type"].of) == (2, 3, 1, 2)
    assert found.alpha is not None and found.alpha < 1
    cases = {c.mention: c for c in found.cases}
    settle(filled, "cleo", "adjudicator", "lot", cases["m-1"], "ben")
    settle(filled, "cleo", "adjudicator", "lot", cases["m-2"], "ben")
    assert [m.type for m in filled.get_effective("r1").coded.mentions] == ["ASSAULT"]
    assert filled.get_effective("r2").coded.mentions == ()
    again = {c.mention: c.settled for c in read_double_coding(filled, "lot").cases}
    assert again == {"m-1": "cleo", "m-2": "cleo", "m-3": None, "m-4": None}
    assert read_double_coding(filled, "lot").of == 3  # the adjudicator's view is not a third coder's


def test_decisions_are_exported_as_gold_and_outrank_a_new_coding(filled: Store) -> None:
    decide(filled, ANNA, filled.get_mention("m-1"), "edit", edit=("mode", "firearms"))
    decide(filled, ANNA, filled.get_mention("m-2"), "reject")
    filled.load([make_report(n, type_="COERCE", score=0.9) for n in range(1, 5)], "second")
    kept = filled.get_effective("r1").coded.mentions
    assert [(m.type, m.mode) for m in kept] == [("ASSAULT", "firearms")]
    assert filled.get_effective("r2").coded.mentions == ()
    gold = {g["id"]: parse_gold(json.dumps(g)) for g in export_gold(filled)}
    assert sorted(gold) == ["r1", "r2"]
    assert gold["r1"].events[0].mode == "firearms" and gold["r2"].events == ()
    assert score_reports(gold.values(), gold).found["whole"].score.f1 == 1


def test_accounts(
    store_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str, typed: str = "") -> tuple[object, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as stop:
            main(["user", *words, "--store", store_url])
        return stop.value.code, "".join(capsys.readouterr())

    assert run("add", "dora", "--role", "admin", typed="a quiet harbour\n")[0] == 0
    assert run("add", "dora", typed="another long one\n")[0] == 2
    assert run("add", "emil", typed="short\n")[0] == 2
    assert run("add", "emil", "--role", "king", typed="a quiet harbour\n")[0] == 2
    with open_store(store_url) as store:
        user = store.get_user("dora")
        assert user.password_hash is not None and user.password_hash.startswith("$argon2id$")
        assert check_password(user.password_hash, "a quiet harbour")
        assert not check_password(user.password_hash, "a quiet harbor")
    assert run("disable", "dora")[0] == 0
    assert "dora\tadmin\tdisabled" in run("list")[1]
    assert run("disable", "nobody")[0] == 2


def test_passwords() -> None:
    assert hash_password("a quiet harbour") != hash_password("a quiet harbour")
    assert not check_password(None, "a quiet harbour") and not check_password("not a hash", "x")
    with pytest.raises(ConfigError):
        hash_password("x" * 501)
