"""Log in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from according.store import Store
from according.workbench.context import clean
from according.workbench.passwords import check_password, hash_token, new_token
from according.workbench.rendering import render
from according.workbench.safety import RateLimit, local_path
from according.workbench.sessions import HOURS, SESSION_COOKIE

router = APIRouter(include_in_schema=False)


@router.get("/login")
def ask_login(request: Request, back: Annotated[str, Query(max_length=4000)] = "/") -> Response:
    """The page to log in on."""
    return _ask(request, back)


@router.post("/login")
def log_in(
    request: Request,
    name: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=1000)],
    back: Annotated[str, Form(max_length=4000)] = "/",
) -> Response:
    """Open a session; too many wrong passwords must wait, by address and by name."""
    store: Store = request.app.state.store
    by_caller: RateLimit = request.app.state.login_limit
    by_name: RateLimit = request.app.state.name_limit
    caller, name = request.client.host if request.client else "", clean(name).strip()
    if by_caller.is_over(caller) or by_name.is_over(name):
        message = "Too many wrong passwords. Wait five minutes and try again."
        return _ask(request, back, name=name, message=message, status=429)
    # Counted before it is checked, so that many at once gain nothing.
    by_caller.fail(caller)
    by_name.fail(name)
    user = next((u for u in store.list_users() if u.name == name and not u.disabled), None)
    if not check_password(user.password_hash if user else None, password):
        return _ask(request, back, name=name, message="Name or password is wrong.", status=403)
    by_caller.clear(caller)
    by_name.clear(name)
    return start_session(request, store, name, local_path(back))


def start_session(request: Request, store: Store, name: str, href: str) -> Response:
    """Log somebody in who showed who they are, and go on to a page.

    Args:
        request: The request that is answered.
        store: Where sessions are kept.
        name: Account.
        href: Address to go on to.
    """
    token = new_token()
    store.open_session(name, hash_token(token), hours=HOURS)
    response = RedirectResponse(href, status_code=303)
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=int(HOURS * 3600),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )
    return response


@router.post("/logout")
def log_out(request: Request) -> Response:
    """End the session, here and in the store."""
    store: Store = request.app.state.store
    token = request.cookies.get(SESSION_COOKIE)
    if token:
        store.close_session(hash_token(token))
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response


def _ask(request: Request, back: str, *, name: str = "", message: str = "", status: int = 200) -> Response:
    values = {"message": message, "name": name, "back": local_path(back)}
    return render(request, "login.html", status=status, values=values)
