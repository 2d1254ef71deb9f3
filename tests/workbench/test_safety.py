"""Nothing comes in that should not: hosts, forms, tokens, sizes; nothing of a report runs."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from according.errors import ConfigError
from according.store import Store
from according.workbench.app import create_app
from according.workbench.safety import RateLimit, local_path
from according.workbench.settings import Settings

BASE = "http://127.0.0.1:8765"


def csrf(client: TestClient, path: str = "/reports") -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def test_a_report_of_markup_and_script_shows_as_text(client: TestClient) -> None:
    for path in (
        "/report?id=r1",
        "/report?id=r1&mention=m-aa11",
        "/reports",
        "/reports?q=%3Cscript%3E",
        "/events",
    ):
        page = client.get(path)
        assert page.status_code == 200
        assert "<script>" not in page.text and "<b>Herald" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get("/report?id=r1").text


def test_only_own_files_may_run(client: TestClient) -> None:
    page = client.get("/report?id=r1")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "same-origin"
    assert page.headers["cross-origin-resource-policy"] == "same-origin"
    sources = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert sources and not [s for s in sources if "//" in s or s.startswith(("data:", "javascript:"))]
    assert not re.search(r"<[^>]+\s(?:on\w+|style)=", page.text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page.text)


def test_an_address_that_is_script_is_no_link(client: TestClient) -> None:
    assert "javascript:" not in client.get("/report?id=a").text


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "10.0.0.7:8765", "localhost.evil"]
)
def test_a_foreign_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/reports", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:8765"])
def test_loopback_names_are_let_in(client: TestClient, host: str) -> None:
    assert client.get("/reports", headers={"host": host}).status_code == 200


def test_a_form_needs_its_token(client: TestClient) -> None:
    assert client.post("/theme", data={"theme": "dark"}).status_code == 403
    token = csrf(client)
    assert client.post("/theme", data={"theme": "dark", "csrf": token[:-1] + "x"}).status_code == 403
    changed = client.post("/theme", data={"theme": "dark", "csrf": token, "back": "/events"})
    assert changed.status_code == 303 and changed.headers["location"] == "/events"
    assert 'data-theme="dark"' in client.get("/reports").text


def test_the_token_of_another_browser_is_refused(client: TestClient, one_store: Store) -> None:
    other = TestClient(client.app, base_url=BASE)
    other.get("/reports")
    assert other.post("/theme", data={"theme": "dark", "csrf": csrf(client)}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    data = {"theme": "dark", "csrf": csrf(client)}
    assert client.post("/theme", data=data, headers=headers).status_code == 403
    assert client.post("/theme", data=data, headers={"origin": BASE}).status_code == 303


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb"])
def test_the_way_back_stays_on_this_server(client: TestClient, back: str) -> None:
    answer = client.post("/theme", data={"theme": "dark", "csrf": csrf(client), "back": back})
    assert answer.headers["location"] == "/" == local_path(back)


def test_a_large_body_is_refused_told_and_untold(client: TestClient) -> None:
    limit = client.app.state.settings.max_body_bytes  # type: ignore[attr-defined]
    assert client.post("/theme", content=b"x" * (limit + 1)).status_code == 413

    def parts() -> object:
        for _ in range(limit // 1000 + 2):
            yield b"x" * 1000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/theme", content=parts(), headers=headers).status_code == 413  # type: ignore[arg-type]


def test_other_machines_need_a_token() -> None:
    for host in ("0.0.0.0", "192.168.1.4", "::", "news.example"):
        with pytest.raises(ConfigError, match="no token"):
            Settings("x", host=host)
    assert Settings("x", host="127.0.0.5").is_local


def remote(one_store: Store) -> TestClient:
    settings = Settings("x", host="0.0.0.0", token="open sesame")
    return TestClient(
        create_app(one_store, settings), base_url="http://192.168.1.4:8765", follow_redirects=False
    )


def test_without_the_token_nothing_is_shown(one_store: Store) -> None:
    client = remote(one_store)
    for path in ("/", "/reports", "/report?id=a", "/charts/timeline.csv"):
        assert client.get(path).headers["location"] == "/token"
    assert client.get("/api/reports").status_code == 401
    assert "Karsten" not in client.get("/token").text
    assert client.get("/reports?token=wrong").headers["location"] == "/token"


def test_the_token_opens_by_form_address_and_header(one_store: Store) -> None:
    client = remote(one_store)
    assert client.get("/api/reports", headers={"authorization": "Bearer open sesame"}).status_code == 200
    opened = client.get("/reports?type=ASSAULT&token=open+sesame")
    assert opened.headers["location"] == "/reports?type=ASSAULT"
    assert "sesame" not in opened.headers["set-cookie"]
    assert client.get("/reports").status_code == 200
    again = remote(one_store)
    data = {"token": "open sesame", "csrf": csrf(again, "/token")}
    assert again.post("/token", data=data).status_code == 303
    assert again.get("/reports").status_code == 200


def test_wrong_tokens_must_wait(one_store: Store) -> None:
    client = remote(one_store)
    form = csrf(client, "/token")
    answers = [client.post("/token", data={"token": f"no {i}", "csrf": form}).status_code for i in range(6)]
    assert answers == [403] * 5 + [429]
    assert client.post("/token", data={"token": "open sesame", "csrf": form}).status_code == 429


def test_failures_are_forgotten_in_time() -> None:
    now = [0.0]
    limit = RateLimit(failures=2, window_s=10, clock=lambda: now[0], keys=2)
    limit.fail("a"), limit.fail("a")
    assert limit.is_over("a")
    now[0] = 10.0
    assert not limit.is_over("a")
    for key in "abc":
        limit.fail(key), limit.fail(key)
    assert not limit.is_over("a") and limit.is_over("c")


def test_drawings_may_run_nothing(client: TestClient) -> None:
    answer = client.get("/charts/timeline.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
