"""The page of accounts and that of one's own password, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from review_forms import BASE, HASHED, PASSWORD, enter, send

from according.errors import SearchQueryError
from according.store import Store, open_store
from according.workbench.app import create_app
from according.workbench.settings import Settings

NEW = "a loud lighthouse"


@pytest.fixture
def people(filled: Store) -> Store:
    filled.add_user("olga", "admin", HASHED)
    return filled


@pytest.fixture
def olga(people: Store, app: FastAPI) -> TestClient:
    return enter(app, "olga")


def log_in(app: FastAPI, name: str, password: str) -> int:
    client = TestClient(app, base_url=BASE)
    return send(client, client.get("/login"), "/login", "/login", name=name, password=password).status_code


def change(client: TestClient, name: str, do: str, **more: str) -> int:
    return send(client, client.get("/people"), "add", "/people/change", name=name, do=do, **more).status_code


def test_an_admin_adds_people_and_changes_what_they_may(
    olga: TestClient, people: Store, app: FastAPI
) -> None:
    page = olga.get("/people")
    assert "<h2" in page.text and "anna" in page.text and HASHED not in page.text
    sent = send(olga, page, "add", "/people/add", name="dora <b>", role="reader", password=NEW)
    assert sent.status_code == 303
    assert "dora &lt;b&gt; can log in now" in olga.get(sent.headers["location"]).text
    assert people.get_user("dora <b>").role == "reader" and log_in(app, "dora <b>", NEW) == 303
    assert change(olga, "dora <b>", "changed", role="coder") == 303
    assert people.get_user("dora <b>").role == "coder"
    assert change(olga, "dora <b>", "password", password="a third harbour") == 303
    assert (log_in(app, "dora <b>", NEW), log_in(app, "dora <b>", "a third harbour")) == (403, 303)
    anna = enter(app, "anna")
    assert anna.get("/review", follow_redirects=False).status_code == 200
    assert change(olga, "anna", "disabled") == 303
    assert anna.get("/review", follow_redirects=False).status_code == 303, "her session has ended"
    assert log_in(app, "anna", PASSWORD) == 403
    assert change(olga, "anna", "enabled") == 303 and log_in(app, "anna", PASSWORD) == 303


@pytest.mark.parametrize(
    "form",
    [
        {"name": "anna", "role": "coder", "password": NEW},
        {"name": "dora", "role": "king", "password": NEW},
        {"name": "dora", "role": "coder", "password": "short"},
        {"name": "  ", "role": "coder", "password": NEW},
    ],
    ids=["taken", "role", "password", "name"],
)
def test_what_does_not_fit_is_told_and_not_stored(
    olga: TestClient, people: Store, form: dict[str, str]
) -> None:
    before = people.list_users()
    sent = send(olga, olga.get("/people"), "add", "/people/add", **form)
    assert sent.status_code == 400 and 'role="alert"' in sent.text
    assert people.list_users() == before


def test_the_last_admin_stays(olga: TestClient, people: Store) -> None:
    assert change(olga, "olga", "changed", role="coder") == 400
    assert change(olga, "olga", "disabled") == 400
    people.add_user("pia", "admin", HASHED)
    assert change(olga, "olga", "changed", role="coder") == 303
    assert olga.get("/people").status_code == 403
    with pytest.raises(SearchQueryError, match="only admin"):
        people.change_user("pia", disabled=True, keep_admin=True)


@pytest.mark.parametrize("name", ["anna", "cleo", "rita"])
def test_nobody_else_is_let_in(people: Store, app: FastAPI, name: str) -> None:
    client = enter(app, name)
    assert client.get("/people").status_code == 403
    assert "/people" not in client.get("/reports").text
    page = client.get("/account")
    for action, form in (("add", {"role": "admin"}), ("change", {"do": "changed", "role": "admin"})):
        form |= {"name": name, "password": NEW}
        assert send(client, page, "password", f"/people/{action}", **form).status_code == 403
    assert people.get_user(name).role != "admin"
    assert client.post("/people/add", data={"name": "x", "role": "admin", "password": NEW}).status_code == 403


def test_everybody_changes_their_own_password(people: Store, app: FastAPI) -> None:
    here, there = enter(app, "rita"), enter(app, "rita")
    page = here.get("/account")

    def ask(old: str, new: str, again: str) -> int:
        return send(here, page, "password", "/account", old=old, new=new, again=again).status_code

    assert ask("wrong", NEW, NEW) == 403
    assert ask(PASSWORD, NEW, "another lighthouse") == 400
    assert ask(PASSWORD, "short", "short") == 400
    assert there.get("/reports", follow_redirects=False).status_code == 200
    assert ask(PASSWORD, NEW, NEW) == 303
    assert "Your password is changed" in here.get("/account?done=password").text
    assert there.get("/reports", follow_redirects=False).status_code == 303, "other browsers are logged out"
    assert (log_in(app, "rita", PASSWORD), log_in(app, "rita", NEW)) == (403, 303)
    for _ in range(5):
        ask("wrong", NEW, NEW)
    assert ask(NEW, PASSWORD, PASSWORD) == 429


@pytest.fixture
def empty(tmp_path: object) -> Iterator[Store]:
    with open_store(f"{tmp_path}/news.db", create=True) as store:
        yield store


def test_the_first_account_is_an_admins(empty: Store) -> None:
    client = TestClient(create_app(empty, Settings("test")), base_url=BASE)
    page = client.get("/people")
    sent = send(client, page, "add", "/people/add", name="olga", role="coder", password=NEW)
    assert sent.status_code == 400 and not empty.has_users()
    assert "no accounts" in client.get("/account").text
    sent = send(client, page, "add", "/people/add", name="olga", role="admin", password=NEW)
    assert sent.status_code == 303
    assert client.get("/people", follow_redirects=False).headers["location"].startswith("/login")
