"""Who is at the browser: a logged-in account, or the one user of a store on this machine."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData

from according.store import Store
from according.store.people import ROLES, User, UserRole
from according.workbench.context import clean
from according.workbench.passwords import hash_token
from according.workbench.safety import SAFE_METHODS, local_path, same_word
from according.workbench.settings import Settings

SESSION_COOKIE = "according_session"
HOURS = 12.0
OPEN_PATHS = ("/login", "/token", "/theme")
"""Pages that ask nobody who they are."""
_RANK: dict[str, int] = {role: rank for rank, role in enumerate(ROLES)}


class LoginNeededError(Exception):
    """The page is for people who are logged in.

    Attributes:
        back: Address to go on to after the login.
    """

    def __init__(self, back: str) -> None:
        super().__init__(back)
        self.back = back

    @property
    def href(self) -> str:
        """Address of the login page."""
        return f"/login?{urlencode({'back': self.back})}"


def check_login(request: Request) -> None:
    """Find out who asks; as soon as a store has accounts, nobody else is let in. Runs before every route.

    Raises:
        LoginNeededError: The store has accounts, and nobody is logged in.
    """
    request.state.user = None
    request.state.has_accounts = False
    if request.url.path in OPEN_PATHS:
        return
    store: Store = request.app.state.store
    token = request.cookies.get(SESSION_COOKIE)
    user = store.find_session(hash_token(token)) if token else None
    if user is not None:
        request.state.user, request.state.has_accounts = user, True
        return
    if not store.has_users():
        request.state.user = local_user() if store.dialect == "sqlite" else None
        return
    request.state.has_accounts = True
    if request.method in SAFE_METHODS and request.url.path.startswith("/api") and _shows_token(request):
        return
    query = f"?{request.url.query}" if request.url.query else ""
    raise LoginNeededError(local_path(f"{request.url.path}{query}") if request.method == "GET" else "/review")


def _shows_token(request: Request) -> bool:
    settings: Settings = request.app.state.settings
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    return settings.token is not None and same_word(given, settings.token)


@cache
def local_user() -> User:
    """The one user of a SQLite store without accounts, by the name this machine knows."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "local"
    return User(name, "admin", None, disabled=False, created_at="")


def get_user(request: Request) -> User | None:
    """Who is at the browser, if anybody is known."""
    user: User | None = getattr(request.state, "user", None)
    return user


def may(user: User | None, role: UserRole) -> bool:
    """Tell whether somebody may do what a role may; each role may do all that those before it may.

    Example:
        >>> may(User("anna", "coder", None, disabled=False, created_at=""), "adjudicator")
        False
    """
    return user is not None and _RANK.get(user.role, -1) >= _RANK[role]


def needs(role: UserRole) -> Callable[[Request], User]:
    """Make the check that lets in those who may do what a role may, and says who they are."""

    def check(request: Request) -> User:
        user = get_user(request)
        if user is None:
            raise HTTPException(
                403,
                "The store has no accounts yet. Add one with `according user add NAME`, and log in.",
            )
        if not may(user, role):
            raise HTTPException(403, f"This is for {role}s; {user.name} is a {user.role}.")
        return user

    return check


async def read_form(request: Request) -> FormData:
    """The form that was sent."""
    return await request.form()


def plain_values(form: FormData) -> dict[str, str]:
    """The text fields of a form, the last value of each."""
    return {name: clean(value) for name, value in form.multi_items() if isinstance(value, str)}


Coder = Annotated[User, Depends(needs("coder"))]
Adjudicator = Annotated[User, Depends(needs("adjudicator"))]
Sent = Annotated[FormData, Depends(read_form)]
Values = dict[str, Any]
