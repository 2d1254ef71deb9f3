"""Fill templates: everything is escaped, and every page knows its form token, theme and section."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from according.workbench.safety import form_token, keep_form_mark
from according.workbench.sessions import get_user, may

PAGES: tuple[tuple[str, str], ...] = (
    ("/reports", "Reports"),
    ("/events", "Events"),
    ("/actors", "Actors"),
    ("/timeline", "Timeline"),
    ("/network", "Network"),
    ("/map", "Map"),
    ("/commitments", "Commitments"),
    ("/review", "Review"),
    ("/double", "Double coding"),
    ("/api", "API"),
    ("/people", "People"),
)
"""Addresses and names of the pages in the bar, in order."""

FOR_CODERS = ("/review", "/double")
FOR_ADMINS = ("/people",)
THEMES = ("light", "dark")
SHOWN_AS = {
    "status": "factuality",
    "actors": "actor",
    "recipients": "recipient",
    "attribution": "according to",
}
"""What a reader calls a field, where agreement calls it otherwise."""


@cache
def environment() -> Environment:
    """The templates, with escaping on for every one and unknown names refused."""
    made = Environment(
        loader=PackageLoader("according.workbench", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
    )
    made.filters["shorten"] = shorten
    made.filters["field_name"] = lambda name: SHOWN_AS.get(name, name)
    made.filters["with_code"] = with_code
    made.filters["pairs"] = lambda values: [(v, v) for v in values]
    made.globals["version"] = _assets_version()
    return made


def shorten(text: str, length: int) -> str:
    """Cut a text at a word, with an ellipsis, and fold its white space.

    Example:
        >>> shorten("one two three", 8)
        'one two…'
    """
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[:length].rsplit(" ", 1)[0] if " " in text[:length] else text[:length]
    return f"{cut}…"


def with_code(text: str) -> Markup:
    """Set what stands between backticks as code.

    Example:
        >>> str(with_code("`according search` lists <it>."))
        '<code>according search</code> lists &lt;it&gt;.'
    """
    parts = [escape(part) for part in text.split("`")]
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(part) if i % 2 else part for i, part in enumerate(parts))


def safe_address(url: str | None) -> str | None:
    """An outside address that may be linked to: http and https alone.

    Example:
        >>> safe_address("javascript:alert(1)") is None
        True
    """
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    return (url or "").strip() if parts.scheme in ("http", "https") and parts.netloc else None


def chosen_theme(request: Request) -> str | None:
    """The theme the user chose, or None to follow the system."""
    theme = request.cookies.get("according_theme")
    return theme if theme in THEMES else None


def render(
    request: Request,
    template: str,
    *,
    status: int = 200,
    section: str | None = None,
    values: Mapping[str, Any] | None = None,
) -> HTMLResponse:
    """Fill a template.

    Args:
        request: The request that is answered.
        template: File name of the template.
        status: HTTP status.
        section: Address of the bar's page this one belongs to.
        values: What the template shows.

    Returns:
        The page, with the cookie its forms need.
    """
    query = f"?{request.url.query}" if request.url.query else ""
    common = {
        "csrf": form_token(request),
        "here": f"{request.url.path}{query}" if request.method == "GET" else "/",
        "pages": [p for p in request.app.state.pages if _is_shown(request, p[0])],
        "may_code": may(get_user(request), "coder"),
        "section": section,
        "theme": chosen_theme(request),
        "viewer": get_user(request) if getattr(request.state, "has_accounts", False) else None,
    }
    content = environment().get_template(template).render({**common, **(values or {})})
    response = HTMLResponse(content, status_code=status)
    keep_form_mark(request, response)
    return response


def _is_shown(request: Request, href: str) -> bool:
    if href in FOR_ADMINS:
        return getattr(request.state, "has_accounts", False) and may(get_user(request), "admin")
    return href not in FOR_CODERS or _may_code(request)


def _may_code(request: Request) -> bool:
    """Readers are not shown the way to pages that refuse them; who has yet to log in is."""
    user = get_user(request)
    return user is None or may(user, "coder")


def render_problem(request: Request, status: int, heading: str, message: str, hint: str = "") -> HTMLResponse:
    """A page that says what went wrong and what to do."""
    values = {"heading": heading, "message": message, "hint": hint}
    return render(request, "problem.html", status=status, values=values)


@cache
def _assets_version() -> str:
    """A word that changes when a style or script does, so that browsers may keep them."""
    digest = hashlib.sha256()
    for item in sorted(files("according.workbench").joinpath("static").iterdir(), key=lambda i: i.name):
        if item.is_file():
            digest.update(item.read_bytes())
    return digest.hexdigest()[:10]
