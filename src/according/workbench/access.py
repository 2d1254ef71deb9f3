"""The token page and the choice of colours."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from according.workbench.rendering import THEMES, render
from according.workbench.safety import RateLimit, local_path, same_word, set_token_cookie
from according.workbench.settings import Settings

router = APIRouter(include_in_schema=False)
_YEAR_S = 365 * 24 * 3600


@router.get("/token")
def ask_token(request: Request) -> Response:
    """The page that asks for the token."""
    return render(request, "token.html", values={"message": ""})


@router.post("/token")
def take_token(request: Request, token: Annotated[str, Form(max_length=500)]) -> Response:
    """Let a browser in that knows the token; too many wrong ones must wait."""
    settings: Settings = request.app.state.settings
    limit: RateLimit = request.app.state.token_limit
    caller = request.client.host if request.client else ""
    if limit.is_over(caller):
        message = "Too many wrong tokens. Wait five minutes and try again."
        return render(request, "token.html", status=429, values={"message": message})
    if settings.token is None or not same_word(token, settings.token):
        limit.fail(caller)
        return render(request, "token.html", status=403, values={"message": "That is not the token."})
    limit.clear(caller)
    response = RedirectResponse("/", status_code=303)
    set_token_cookie(response, settings.token)
    return response


@router.post("/theme")
def choose_theme(
    request: Request,
    theme: Annotated[str, Form(max_length=10)],
    back: Annotated[str, Form(max_length=4000)] = "/",
) -> Response:
    """Keep the choice of light or dark colours in a cookie."""
    response = RedirectResponse(local_path(back), status_code=303)
    if theme in THEMES:
        response.set_cookie(
            "according_theme", theme, max_age=_YEAR_S, httponly=True, samesite="lax", path="/"
        )
    return response
