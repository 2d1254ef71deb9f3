"""Feeds from files and from a real server, and the links in them, followed politely."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from made import ATOM, RSS, page

from according.read import fetch, read_reports
from according.read.fetch import Fetcher, FetchError
from according.records import Issue, Report


class Site(ThreadingHTTPServer):
    """A small site; `pages` maps paths to status, media type, body and further headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, tuple[int, str, bytes, dict[str, str]]] = {}
        self.asked: list[tuple[str, float, str]] = []
        self.pause_s = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def put(self, path: str, body: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        self.pages[path] = (status, kind, body, headers)

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, time.monotonic(), self.headers.get("User-Agent", "")))
        status, kind, body, headers = self.server.pages.get(self.path, (404, "text/plain", b"no", {}))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for at in range(0, len(body), 1000):
                self.wfile.write(body[at : at + 1000])
                time.sleep(self.server.pause_s)
        except OSError:
            pass

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(
        Fetcher.__init__, "__kwdefaults__", {**Fetcher.__init__.__kwdefaults__, "delay_s": 0.0}
    )
    server = Site()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def sort(items: Iterator[Report | Issue]) -> tuple[list[Report], list[Issue]]:
    every = list(items)
    return [i for i in every if isinstance(i, Report)], [i for i in every if isinstance(i, Issue)]


def rss(link: str = "http://herald.example/1", other: str = "http://herald.example/2") -> bytes:
    return RSS.format(link=link, other=other).encode()


def test_rss_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(rss())
    (first, second), issues = sort(read_reports([tmp_path]))
    assert first == Report(
        id="story-1",
        text="Rebels free two nurses\n\nRebels freed two nurses & a driver.\n\nTalks go on.",
        title="Rebels free two nurses",
        publisher="Tarsa Herald",
        published=date(2017, 10, 31),
        url="http://herald.example/1",
    )
    assert (second.id, second.published) == ("http://herald.example/2", None)
    assert [(i.code, i.report) for i in issues] == [("date-wrong", second.id)]


def test_atom_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(ATOM, encoding="utf-8")
    (report,), issues = sort(read_reports([tmp_path]))
    assert issues == []
    assert (report.id, report.published, report.publisher) == (
        "urn:valley:1",
        date(2020, 3, 4),
        "Valley Post",
    )
    assert report.text == "Police hold two men\n\nPolice held two men on Wednesday."


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))
    + ']><rss version="2.0"><channel><item><title>&i;</title></item></channel></rss>'
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"<html><body>no feed</body></html>", "feed-broken"),
        (b'<rss version="2.0"><channel><title>x</title></channel></rss>', "file-empty"),
        (BOMB.encode(), "xml-entities"),
        (BOMB.encode("utf-16"), "xml-entities"),
        (b'<rss version="2.0"><channel><item></item></channel></rss>', "text-empty"),
    ],
)
def test_feeds_that_cannot_be_read_give_one_issue(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "a.xml").write_bytes(data)
    reports, issues = sort(read_reports([tmp_path]))
    assert (reports, [i.code for i in issues]) == ([], [code])


def test_a_feed_that_breaks_off_gives_what_is_there_and_says_so(tmp_path: Path) -> None:
    data = rss()
    (tmp_path / "a.rss").write_bytes(data[: data.index(b"<pubDate>soon")])
    reports, issues = sort(read_reports([tmp_path]))
    assert reports[0].id == "story-1"
    assert issues[-1].code == "feed-broken"


def test_an_address_is_fetched_and_links_are_left_alone(site: Site) -> None:
    site.put("/feed", rss(site.url + "/1", site.url + "/2"), "application/rss+xml")
    reports, _ = sort(read_reports([site.url + "/feed"]))
    assert [r.title for r in reports] == ["Rebels free two nurses", "Miners end strike"]
    assert site.paths() == ["/feed"]
    assert site.asked[0][2].startswith("according/")


def test_a_page_is_read_from_its_address(site: Site) -> None:
    site.put("/story.php", page())
    (report,), _ = sort(read_reports([site.url + "/story.php"]))
    assert (report.id, report.published) == (site.url + "/story.php", date(2017, 10, 31))


def test_links_are_followed_where_robots_allow_it(site: Site) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /2\n", "text/plain")
    site.put("/feed", rss(site.url + "/1", site.url + "/2"), "application/rss+xml")
    site.put("/1", page())
    site.put("/2", page("Never asked for"))
    (first, second), issues = sort(read_reports([site.url + "/feed"], fetch_links=True))
    assert "for nine days" in first.text
    assert (first.id, first.url, first.published) == ("story-1", site.url + "/1", date(2017, 10, 31))
    assert second.text == "Miners end strike\n\nMiners went back to work."
    assert [i.code for i in issues] == ["link-not-fetched", "date-wrong"]
    assert "robots.txt" in issues[0].message
    assert site.paths() == ["/feed", "/robots.txt", "/1"]


@pytest.mark.parametrize(
    ("status", "kind", "body", "why"),
    [
        (404, "text/html", b"", "status 404"),
        (500, "text/html", b"", "status 500"),
        (200, "image/png", b"\x89PNG", "not a web page"),
        (200, "text/html", b"<html><body>Log in</body></html>", "no report's text"),
    ],
)
def test_a_link_that_cannot_be_had_leaves_the_entry(
    site: Site, tmp_path: Path, status: int, kind: str, body: bytes, why: str
) -> None:
    site.put("/feed", rss(site.url + "/1", site.url + "/1"), "application/rss+xml")
    site.put("/1", body, kind, status)
    reports, issues = sort(read_reports([site.url + "/feed"], fetch_links=True))
    assert reports[0].text.startswith("Rebels free two nurses\n\nRebels freed two nurses & a driver.")
    assert why in next(i.message for i in issues if i.code == "link-not-fetched")


def test_links_into_a_private_network_are_refused(site: Site, tmp_path: Path) -> None:
    site.put("/1", page())
    (tmp_path / "a.rss").write_bytes(rss(site.url + "/1", "file:///etc/hostname"))
    reports, issues = sort(read_reports([tmp_path], fetch_links=True))
    assert len(reports) == 2
    told = [i.message for i in issues if i.code == "link-not-fetched"]
    assert "private network" in told[0] and "no http or https" in told[1]
    assert site.asked == []


def test_redirects_are_followed_and_checked(site: Site) -> None:
    site.put("/old", b"", status=302, Location="/feed")
    site.put("/feed", rss(site.url + "/a", site.url + "/loop"), "application/rss+xml")
    site.put("/a", b"", status=301, Location="/b")
    site.put("/b", page())
    site.put("/loop", b"", status=302, Location="/loop")
    site.put("/out", b"", status=302, Location="file:///etc/hostname")
    reports, issues = sort(read_reports([site.url + "/old"], fetch_links=True))
    assert "for nine days" in reports[0].text
    assert "redirects" in next(i.message for i in issues if i.code == "link-not-fetched")
    with pytest.raises(FetchError, match="no http or https"):
        Fetcher().get(site.url + "/out")


def test_a_host_is_asked_with_a_pause_between(site: Site) -> None:
    site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 1\n", "text/plain")
    site.put("/1", page())
    fetcher = Fetcher(delay_s=0.3)
    fetcher.trust(site.url)
    fetcher.get_link(site.url + "/1")
    (_, first, _), (_, second, _) = site.asked
    assert second - first >= 0.95


def test_hosts_that_ask_for_a_long_delay_or_fail_are_left_alone(site: Site) -> None:
    for body, status in ((b"User-agent: *\nCrawl-delay: 900\n", 200), (b"", 503)):
        site.put("/robots.txt", body, "text/plain", status)
        fetcher = Fetcher()
        fetcher.trust(site.url)
        with pytest.raises(FetchError, match="robots"):
            fetcher.get_link(site.url + "/1")


def test_limits_of_size_number_and_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.put("/big", b"x" * 50_000)
    with pytest.raises(FetchError, match="more than 10,000 bytes"):
        Fetcher(max_bytes=10_000).get(site.url + "/big")
    fetcher = Fetcher(max_links=1)
    fetcher.trust(site.url)
    fetcher.get_link(site.url + "/big")
    with pytest.raises(FetchError, match="1 links"):
        fetcher.get_link(site.url + "/big")
    site.pause_s = 0.05
    with pytest.raises(FetchError, match=r"longer than|timed out"):
        Fetcher(timeout_s=0.3).get(site.url + "/big")
    monkeypatch.setattr(fetch, "MAX_TOTAL_BYTES", 10)
    with pytest.raises(FetchError, match="10 bytes"):
        fetcher.get(site.url + "/big")


def test_an_address_that_does_not_answer_is_told(site: Site) -> None:
    (issue,) = read_reports([site.url + "/none"])
    assert isinstance(issue, Issue)
    assert (issue.code, "status 404" in issue.message) == ("url-not-fetched", True)
