"""What stands between the network and the pages.

Reports are hostile input and a browser has other tabs open. So: no script or
style but our own files, no frame around a page, no call under a foreign host
name, no form that was not made by this server, no large bodies, and a token as
soon as other machines can reach the server.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import deque
from collections.abc import Callable
from threading import Lock
from time import monotonic
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from according.workbench.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For drawings opened on their own: nothing may run, only the drawing's own styles apply."""

CSRF_COOKIE, TOKEN_COOKIE = "according_form", "according_token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = ("/static/", "/token")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """ASGI middleware: checks the host, the origin, the token and the body; sets the headers.

    Args:
        app: What is guarded.
        settings: What may come in.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or pass it on with its answer's headers set."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        out = _with_headers(send)
        refusal = self._refuse(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, out)
            return
        await self.app(scope, _bounded(receive, self.settings.max_body_bytes), out)

    def _refuse(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if not self.settings.allows_host(host):
            return PlainTextResponse(
                "This server is not called by that name. Use the address that `according serve` printed,"
                " or add the name with --allow-host.",
                status_code=400,
            )
        if scope["method"] not in SAFE_METHODS and not _same_origin(headers, host):
            return PlainTextResponse("A form of another site was refused.", status_code=403)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.settings.max_body_bytes:
            return PlainTextResponse(
                f"The request is larger than {self.settings.max_body_bytes} bytes.", status_code=413
            )
        return self._ask_token(scope, headers)

    def _ask_token(self, scope: Scope, headers: Headers) -> Response | None:
        token = self.settings.token
        if token is None or scope["path"].startswith(OPEN_PATHS):
            return None
        if has_token(headers, token):
            return None
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        if scope["method"] == "GET" and same_word(query.pop("token", ""), token):
            rest = f"?{urlencode(query)}" if query else ""
            response = RedirectResponse(f"{local_path(scope['path'])}{rest}", status_code=303)
            set_token_cookie(response, token)
            return response
        if scope["path"].startswith("/api"):
            return PlainTextResponse(
                "A token is needed: send it as `Authorization: Bearer TOKEN`.",
                status_code=401,
                headers={"WWW-Authenticate": "Bearer"},
            )
        return RedirectResponse("/token", status_code=303)


def local_path(path: str) -> str:
    """A path of this server, for a redirect; "/" for what a browser could read as another host."""
    odd = path.startswith("//") or not path.startswith("/") or "\\" in path or not path.isprintable()
    return "/" if odd else path


def same_word(one: str, other: str) -> bool:
    """Compare two secrets in a time that does not depend on where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def token_mark(token: str) -> str:
    """What the cookie holds in place of the token itself."""
    return hashlib.sha256(b"according-token:" + token.encode("utf-8")).hexdigest()


def has_token(headers: Headers, token: str) -> bool:
    """Tell whether a request shows the token, as a bearer or in its cookie."""
    kind, _, given = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and same_word(given.strip(), token):
        return True
    return same_word(
        Request({"type": "http", "headers": headers.raw}).cookies.get(TOKEN_COOKIE, ""), token_mark(token)
    )


def set_token_cookie(response: Response, token: str) -> None:
    """Let the browser that showed the token in for its session."""
    response.set_cookie(TOKEN_COOKIE, token_mark(token), httponly=True, samesite="strict", path="/")


def _same_origin(headers: Headers, host: str) -> bool:
    """Whether a form or script of this server sent the request, as far as the browser says."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host.strip().lower()


class BodyTooLargeError(HTTPException):
    """A body went past the limit while it was read."""

    def __init__(self, limit: int) -> None:
        super().__init__(status_code=413, detail=f"The request is larger than {limit} bytes.")


def _bounded(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def read() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > limit:
                raise BodyTooLargeError(limit)
        return message

    return read


def _with_headers(send: Send) -> Send:
    async def write(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", POLICY)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return write


def form_token(request: Request) -> str:
    """The token a form of this browser must carry.

    It is signed over a random cookie, so that another site can neither read
    nor make it.
    """
    mark = request.state.form_mark
    return hmac.new(request.app.state.settings.secret, str(mark).encode(), hashlib.sha256).hexdigest()


async def check_form(request: Request) -> None:
    """Refuse a changing request without the token of its browser. Runs before every route.

    The token comes as the field `csrf` of a form, or in the header
    `X-CSRF-Token` from our own script. A request that shows a bearer token
    was not made by a form and needs none.

    Raises:
        HTTPException: 403, the token is missing or wrong.
    """
    settings: Settings = request.app.state.settings
    mark = request.cookies.get(CSRF_COOKIE)
    request.state.form_mark = mark if mark and len(mark) < 100 else secrets.token_urlsafe(24)
    if request.method in SAFE_METHODS:
        return
    if settings.token and same_word(
        request.headers.get("authorization", "").removeprefix("Bearer "), settings.token
    ):
        return
    given = request.headers.get("x-csrf-token")
    if given is None:
        field = (await request.form()).get("csrf", "")
        given = field if isinstance(field, str) else ""
    if not mark or not same_word(given, form_token(request)):
        raise HTTPException(
            403, "The form is too old or was not made here. Go back, reload it and try again."
        )


def keep_form_mark(request: Request, response: Response) -> None:
    """Give the browser its form cookie if it has none."""
    if request.cookies.get(CSRF_COOKIE) != request.state.form_mark:
        response.set_cookie(CSRF_COOKIE, request.state.form_mark, httponly=True, samesite="strict", path="/")


class RateLimit:
    """Counts failures by key, and says when a key has had too many of late.

    Args:
        failures: How many are borne within `window_s`.
        window_s: Seconds a failure counts.
        clock: Seconds that only grow.
        keys: Most keys kept; the oldest go first.

    Example:
        >>> limit = RateLimit(failures=2, window_s=60)
        >>> limit.fail("10.0.0.1"); limit.fail("10.0.0.1")
        >>> limit.is_over("10.0.0.1"), limit.is_over("10.0.0.2")
        (True, False)
    """

    def __init__(
        self,
        *,
        failures: int = 5,
        window_s: float = 300.0,
        clock: Callable[[], float] = monotonic,
        keys: int = 10_000,
    ) -> None:
        self._failures, self._window, self._clock, self._keys = failures, window_s, clock, keys
        self._seen: dict[str, deque[float]] = {}
        self._lock = Lock()

    def is_over(self, key: str) -> bool:
        """Tell whether the key must wait."""
        with self._lock:
            times = self._seen.get(key)
            if times is None:
                return False
            while times and times[0] <= self._clock() - self._window:
                times.popleft()
            return len(times) >= self._failures

    def fail(self, key: str) -> None:
        """Count one failure."""
        with self._lock:
            times = self._seen.pop(key, None) or deque(maxlen=self._failures)
            times.append(self._clock())
            self._seen[key] = times
            while len(self._seen) > self._keys:
                del self._seen[next(iter(self._seen))]

    def clear(self, key: str) -> None:
        """Forget the failures of a key that got it right."""
        with self._lock:
            self._seen.pop(key, None)
