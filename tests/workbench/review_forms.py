"""Send the forms of the review pages as a browser would: with everything that stands in them."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import httpx
from fastapi import FastAPI
from fastapi.testclient import TestClient

from according.workbench.passwords import hash_password, hash_token, new_token
from according.workbench.sessions import SESSION_COOKIE

BASE = "http://127.0.0.1:8765"
PASSWORD = "a quiet harbour"
HASHED = hash_password(PASSWORD)


class _Fields(HTMLParser):
    """Collects what a form would send, without its buttons."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside = form, False
        self.values: list[tuple[str, str]] = []
        self.menu: tuple[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == self.form or given.get("action") == self.form
        if not self.inside:
            return
        if tag == "input":
            ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            if given.get("name") and ticked:
                self.values.append((str(given["name"]), given.get("value") or ""))
        elif tag == "select":
            self.menu = (str(given["name"]), None)
        elif tag == "option" and self.menu:
            value = given.get("value")
            if "selected" in given or self.menu[1] is None:
                self.menu = (self.menu[0], value if value is not None else "\0next")

    def handle_data(self, data: str) -> None:
        if self.menu and self.menu[1] == "\0next":
            self.menu = (self.menu[0], data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.menu:
            self.values.append((self.menu[0], self.menu[1] or ""))
            self.menu = None
        if tag == "form":
            self.inside = False


def fields_of(page: str, form: str) -> dict[str, list[str]]:
    """What a form of the page, by id or action, would send."""
    parser = _Fields(form)
    parser.feed(page)
    assert parser.values, f"the page has no form {form!r}"
    out: dict[str, list[str]] = {}
    for name, value in parser.values:
        out.setdefault(name, []).append(value)
    return out


def send(client: TestClient, page: httpx.Response, form: str, action: str, **more: object) -> httpx.Response:
    """Send a form of a page, with more or other values, without following where it leads."""
    fields: dict[str, object] = {**fields_of(page.text, form), **{k.rstrip("_"): v for k, v in more.items()}}
    return client.post(action, data=fields, follow_redirects=False)


def shown(page: httpx.Response) -> str:
    """Id of the mention under review, or "" at the end of the queue."""
    found = re.search(r'name="mention" value="([^"]+)"', page.text)
    return unescape(found[1]) if found else ""


def words_of(page: httpx.Response, element: str) -> str:
    """The text of the element with an id, without tags."""
    found = re.search(rf'<(\w+)[^>]*\bid="{element}"[^>]*>(.*?)</\1>', page.text, re.DOTALL)
    assert found is not None, f"no element {element!r}"
    return " ".join(unescape(re.sub(r"<[^>]+>", "", found[2])).split())


def enter(app: FastAPI, name: str) -> TestClient:
    """A browser in which somebody is logged in."""
    token = new_token()
    app.state.store.open_session(name, hash_token(token))
    client = TestClient(app, base_url=BASE)
    client.cookies.set(SESSION_COOKIE, token)
    return client
