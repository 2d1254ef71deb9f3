"""Who may use the store: an admin adds people and changes roles; everybody changes their own password."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from according.errors import AccordingError, ReviewError
from according.store import Store
from according.store.people import ROLES, User, UserRole
from according.workbench.context import Stored, clean
from according.workbench.pages_login import start_session
from according.workbench.passwords import LONGEST, SHORTEST, check_password, hash_password
from according.workbench.rendering import render
from according.workbench.safety import RateLimit
from according.workbench.sessions import get_user, needs

router = APIRouter(include_in_schema=False)
Admin = Annotated[User, Depends(needs("admin"))]
Name = Annotated[str, Form(max_length=100)]
Password = Annotated[str, Form(max_length=1000)]
_MAY = {
    "reader": "read all pages",
    "coder": "also review, and code what is assigned",
    "adjudicator": "also assign, see all results, settle",
    "admin": "also add people and change what they may",
}
_SAID = {
    "added": "{} can log in now.",
    "changed": "What {} may is changed.",
    "disabled": "{} can log in no more; their decisions stay.",
    "enabled": "{} can log in again.",
    "password": "{} has a new password, and is logged out everywhere.",
}


@router.get("/people")
def list_people(
    request: Request,
    store: Stored,
    user: Admin,
    done: Annotated[str, Query(max_length=20)] = "",
    who: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """List the accounts, each with what can be changed about it."""
    return _show(request, store, user, said=_SAID[done].format(clean(who)) if done in _SAID else "")


@router.post("/people/add")
def add_person(
    request: Request, store: Stored, user: Admin, name: Name, role: Name, password: Password
) -> Response:
    """Add an account. The first one is an admin's: without one nobody could add the others."""
    name = clean(name).strip()
    given = {"name": name, "role": role}
    try:
        chosen = _role(role)
        if chosen != "admin" and not store.has_users():
            raise ReviewError("the first account must be an admin's, who can add the others.")
        store.add_user(name, chosen, hash_password(password))
    except AccordingError as error:
        return _show(request, store, user, problem=error, given=given)
    return _back("added", name)


@router.post("/people/change")
def change_person(
    request: Request,
    store: Stored,
    user: Admin,
    name: Name,
    do: Annotated[str, Form(max_length=20)],
    role: Name = "",
    password: Password = "",
) -> Response:
    """Change the role of an account, disable it or let it in again, or give it a new password."""
    name = clean(name).strip()
    try:
        if do == "changed":
            store.change_user(name, role=_role(role), keep_admin=True)
        elif do in ("disabled", "enabled"):
            store.change_user(name, disabled=do == "disabled", keep_admin=True)
        elif do == "password":
            store.change_user(name, password_hash=hash_password(password))
        else:
            raise HTTPException(400, "That is nothing that can be done with an account.")
    except AccordingError as error:
        return _show(request, store, user, problem=error)
    return _back(do, name)


@router.get("/account")
def show_account(
    request: Request, user: Annotated[User, Depends(needs("reader"))], done: str = ""
) -> Response:
    """The page on which everybody changes their own password."""
    return _account(request, user, said="Your password is changed." if done == "password" else "")


@router.post("/account")
def change_password(
    request: Request,
    store: Stored,
    user: Annotated[User, Depends(needs("reader"))],
    old: Password,
    new: Password,
    again: Password,
) -> Response:
    """Change one's own password: the other browsers are logged out, this one stays."""
    if not getattr(request.state, "has_accounts", False):
        raise HTTPException(404, "A store without accounts has no passwords.")
    limit: RateLimit = request.app.state.password_limit
    if limit.is_over(user.name):
        return _account(request, user, "Too many wrong passwords. Wait five minutes and try again.", 429)
    limit.fail(user.name)
    if not check_password(user.password_hash, old):
        return _account(request, user, "The present password is wrong.", 403)
    limit.clear(user.name)
    if new != again:
        return _account(request, user, "The new password is not the same both times.", 400)
    if not SHORTEST <= len(new) <= LONGEST:
        return _account(request, user, f"A password has {SHORTEST} to {LONGEST} characters.", 400)
    store.change_user(user.name, password_hash=hash_password(new))
    return start_session(request, store, user.name, "/account?done=password")


def _role(role: str) -> UserRole:
    found = next((known for known in ROLES if known == role), None)
    if found is None:
        raise ReviewError(f"{role!r} is no role.", hint=f"Roles: {', '.join(ROLES)}.")
    return found


def _back(done: str, who: str) -> Response:
    return RedirectResponse(f"/people?{urlencode({'done': done, 'who': who})}", status_code=303)


def _show(
    request: Request,
    store: Store,
    user: User,
    *,
    said: str = "",
    problem: AccordingError | None = None,
    given: dict[str, str] | None = None,
) -> Response:
    people = store.list_users()
    message = "" if problem is None else f"{problem.args[0]} {problem.hint}".strip()
    values = {
        "people": people,
        "roles": [(role, f"{role}: may {_MAY[role]}") for role in ROLES],
        "plain_roles": [(role, role) for role in ROLES],
        "said": said,
        "problem": message[:1].upper() + message[1:],
        "given": given or {"name": "", "role": "coder" if people else "admin"},
        "user": user,
        "shortest": SHORTEST,
    }
    return render(
        request, "people.html", section="/people", status=200 if problem is None else 400, values=values
    )


def _account(
    request: Request, user: User, problem: str = "", status: int = 200, *, said: str = ""
) -> Response:
    has_accounts = getattr(request.state, "has_accounts", False)
    values = {
        "user": get_user(request) or user,
        "problem": problem,
        "said": said,
        "has_accounts": has_accounts,
        "may": _MAY[user.role],
        "shortest": SHORTEST,
    }
    return render(request, "account.html", status=status, values=values)
