"""Fetch pages politely: only http(s), one after the other, within limits, as `robots.txt` allows.

Nothing here runs unless an address was given or links were asked for.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)
from urllib.robotparser import RobotFileParser

MAX_FETCH_BYTES = 20_000_000
"""Largest page or feed that is fetched."""
MAX_ROBOTS_BYTES = 500_000
MAX_LINKS = 500
"""Most links that are followed in one run."""
MAX_TOTAL_BYTES = 500_000_000
"""Most bytes that are fetched in one run."""
DELAY_S = 1.0
"""Seconds between two requests to one host, unless its `robots.txt` asks for more."""
MAX_DELAY_S = 30.0
"""A host that asks for a longer delay is left alone."""
TIMEOUT_S = 20.0
"""Seconds that a request may take until it answers, and again until the page is whole."""
MAX_REDIRECTS = 5


class FetchError(Exception):
    """A page was not fetched; the message says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that was fetched.

    Attributes:
        url: Its address after redirects.
        body: Its bytes.
        kind: Its media type, in lower case, or "".
        charset: Its encoding as the server says.
    """

    url: str
    body: bytes
    kind: str
    charset: str | None

    @property
    def is_html(self) -> bool:
        """Whether the server calls it a web page."""
        return self.kind in {"text/html", "application/xhtml+xml"}


class Fetcher:
    """Fetches pages for one run and keeps count.

    Args:
        delay_s: Seconds between two requests to one host.
        timeout_s: Seconds that a request may take.
        max_links: Links that are followed at most.
        max_bytes: Bytes of one page at most.
    """

    def __init__(
        self,
        *,
        delay_s: float = DELAY_S,
        timeout_s: float = TIMEOUT_S,
        max_links: int = MAX_LINKS,
        max_bytes: int = MAX_FETCH_BYTES,
    ) -> None:
        self._delay_s, self._timeout_s = delay_s, timeout_s
        self._max_links, self._max_bytes = max_links, max_bytes
        self._links = self._total = 0
        self._robots: dict[str, RobotFileParser | None] = {}
        self._last: dict[str, float] = {}
        self._trusted: set[str] = set()
        self._opener = _opener()

    def trust(self, url: str) -> None:
        """Let links lead to a host although its address is a private one, because the user named it."""
        self._trusted.add(_origin(url))

    def get(self, url: str) -> Fetched:
        """Fetch an address that the user gave.

        Args:
            url: http(s) address.

        Raises:
            FetchError: It could not be fetched within the limits.
        """
        return self._get(url, self._max_bytes, link=False)

    def get_link(self, url: str) -> Fetched:
        """Fetch a page that a feed links to.

        Args:
            url: http(s) address.

        Raises:
            FetchError: It could not be fetched within the limits; its host
                forbids it; or it leads into a private network.
        """
        if self._links >= self._max_links:
            raise FetchError(f"{self._max_links:,} links were followed already, and no more are in one run")
        self._links += 1
        self._check_link(url)
        page = self._get(url, self._max_bytes, link=True)
        if page.kind and not page.is_html:
            raise FetchError(f"it is not a web page but {page.kind[:60]}")
        return page

    def _check_link(self, url: str) -> None:
        """Refuse a link that may not be followed."""
        _check_address(url)
        if _origin(url) not in self._trusted and _is_private(url):
            raise FetchError("it leads into a private network")
        if not self._is_allowed(url):
            raise FetchError("the robots.txt of its host forbids it, or could not be read")

    def _is_allowed(self, url: str) -> bool:
        origin = _origin(url)
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin)
        robots = self._robots[origin]
        if robots is None or (self._wait_of(origin) > MAX_DELAY_S):
            return False
        return robots.can_fetch(user_agent(), url)

    def _read_robots(self, origin: str) -> RobotFileParser | None:
        """What a host allows; None if it does not tell for now, which forbids all."""
        robots = RobotFileParser(f"{origin}/robots.txt")
        try:
            page = self._get(f"{origin}/robots.txt", MAX_ROBOTS_BYTES, link=True, is_robots=True)
        except _StatusError as error:
            if error.status in {401, 403} or error.status >= 500:
                return None
            robots.parse([])
            return robots
        except FetchError:
            return None
        robots.parse(page.body.decode("utf-8", errors="replace").splitlines())
        return robots

    def _wait_of(self, origin: str) -> float:
        """Seconds to leave between two requests."""
        robots = self._robots.get(origin)
        asked = robots.crawl_delay(user_agent()) if robots is not None else None
        return max(self._delay_s, float(asked or 0))

    def _get(self, url: str, most: int, *, link: bool, is_robots: bool = False) -> Fetched:
        """Fetch an address, following redirects; for links each one is checked as the first."""
        for _ in range(MAX_REDIRECTS + 1):
            _check_address(url)
            answer = self._get_once(url, most)
            if isinstance(answer, Fetched):
                return answer
            url = urljoin(url, answer)
            if link and not is_robots:
                self._check_link(url)
            elif link and _origin(url) not in self._trusted and _is_private(url):
                raise FetchError("it leads into a private network")
        raise FetchError(f"more than {MAX_REDIRECTS} redirects")

    def _get_once(self, url: str, most: int) -> Fetched | str:
        """One request: the page, or the address it was moved to."""
        origin = _origin(url)
        if origin in self._last:
            time.sleep(max(0.0, self._last[origin] + self._wait_of(origin) - time.monotonic()))
        if self._total >= MAX_TOTAL_BYTES:
            raise FetchError(f"{MAX_TOTAL_BYTES:,} bytes were fetched already, and no more are in one run")
        request = Request(
            url, headers={"User-Agent": user_agent(), "Accept-Encoding": "identity", "Accept": "*/*"}
        )
        try:
            with self._opener.open(request, timeout=self._timeout_s) as answer:
                moved = answer.headers.get("Location")
                if answer.status in {301, 302, 303, 307, 308} and moved:
                    return str(moved)
                if answer.status != 200:
                    raise _StatusError(answer.status)
                body = self._read(answer, most)
                headers: Message = answer.headers
                kind = headers.get_content_type().lower() if "Content-Type" in headers else ""
                return Fetched(url, body, kind, headers.get_content_charset())
        except HTTPError as error:
            with error:
                raise _StatusError(error.code) from error
        except (OSError, HTTPException, ValueError) as error:
            raise FetchError(f"it cannot be fetched ({' '.join(str(error).split())[:120]})") from error
        finally:
            self._last[origin] = time.monotonic()

    def _read(self, answer: IO[bytes], most: int) -> bytes:
        """Read an answer within the limits of size and time."""
        until = time.monotonic() + self._timeout_s
        pieces: list[bytes] = []
        size = 0
        while piece := answer.read(min(65_536, most + 1 - size)):
            pieces.append(piece)
            size += len(piece)
            self._total += len(piece)
            if size > most:
                raise FetchError(f"it has more than {most:,} bytes")
            if time.monotonic() > until:
                raise FetchError(f"it took longer than {self._timeout_s:g} seconds")
        return b"".join(pieces)


class _StatusError(FetchError):
    """The server answered with another status than 200."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the server answered with status {status}")
        self.status = status


class _NoRedirect(HTTPRedirectHandler):
    """Hands redirects out instead of following them, so that each can be checked."""

    def http_error_302(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message) -> IO[bytes]:
        return fp

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _opener() -> OpenerDirector:
    """An opener that knows http and https and no other scheme."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        _NoRedirect(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def user_agent() -> str:
    """Name under which pages are fetched."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("according")
    except PackageNotFoundError:
        number = "0"
    return f"according/{number} (+https://according.readthedocs.io)"


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FetchError("it is no http or https address")
    if any(ord(char) <= 32 or ord(char) > 126 for char in url):
        raise FetchError("the address holds characters that cannot stand in one")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def _is_private(url: str) -> bool:
    """Whether the host of an address lies in this machine's or a private network."""
    try:
        found = socket.getaddrinfo(urlsplit(url).hostname, None)
    except (OSError, UnicodeError):
        return False  # The request itself will tell.
    return any(not ipaddress.ip_address(str(item[4][0]).partition("%")[0]).is_global for item in found)
