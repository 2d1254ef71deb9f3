"""Put the workbench together: safety around, pages and API inside."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from according.errors import AccordingError, CursorError, NotStoredError
from according.workbench import (
    access,
    api,
    pages_charts,
    pages_double,
    pages_lists,
    pages_login,
    pages_people,
    pages_reading,
    pages_review,
)
from according.workbench.rendering import PAGES, render_problem
from according.workbench.safety import Guard, RateLimit, check_form
from according.workbench.sessions import LoginNeededError, check_login
from according.workbench.settings import Settings

if TYPE_CHECKING:
    from according.store import Store


class _Assets(StaticFiles):
    """Our own styles and scripts; browsers may keep them, their address changes with them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file, to be kept for a day when its address names a version."""
        response = await super().get_response(path, scope)
        lasting = b"v=" in scope.get("query_string", b"")
        response.headers["Cache-Control"] = "private, max-age=86400" if lasting else "no-cache"
        return response


def create_app(store: Store, settings: Settings) -> FastAPI:
    """Make the web app of one store.

    Args:
        store: The open store that is shown; whoever opened it closes it.
        settings: Where it listens and what it lets in.

    Returns:
        The app, ready for a server.
    """
    app = FastAPI(
        title="according",
        summary="What reports say happened, and according to whom.",
        version=_version(),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        dependencies=[Depends(check_form), Depends(check_login)],
    )
    app.state.settings = settings
    app.state.store = store
    app.state.pages = PAGES
    app.state.token_limit = RateLimit()
    app.state.login_limit = RateLimit()
    app.state.name_limit = RateLimit(failures=20)
    app.state.password_limit = RateLimit()
    app.add_middleware(Guard, settings=settings)
    static = Path(str(files("according.workbench").joinpath("static")))
    app.mount("/static", _Assets(directory=static), name="static")
    rooms = (
        access, pages_login, pages_people, pages_reading, pages_lists, pages_charts,
        pages_review, pages_double, api,
    )  # fmt: skip
    for module in rooms:
        app.include_router(module.router)
    app.add_exception_handler(LoginNeededError, _ask_login)
    app.add_exception_handler(StarletteHTTPException, _http_problem)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(AccordingError, _known_problem)
    app.add_exception_handler(Exception, _bug)

    @app.get("/", include_in_schema=False)
    def start() -> RedirectResponse:
        return RedirectResponse("/reports", status_code=303)

    return app


def _version() -> str:
    from according import __version__

    return __version__


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith("/api/")


async def _ask_login(request: Request, error: Exception) -> Response:
    if _wants_json(request):
        return JSONResponse({"error": "Log in first."}, 401)
    back = error.href if isinstance(error, LoginNeededError) else "/login"
    return RedirectResponse(back, status_code=303)


async def _http_problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException | StarletteHTTPException):
        return await _bug(request, error)
    if _wants_json(request):
        return JSONResponse({"error": str(error.detail)}, error.status_code, headers=error.headers)
    _mark_form(request)
    heading = {404: "There is no such page", 403: "That was refused"}.get(
        error.status_code, "That did not work"
    )
    message = "" if error.detail == "Not Found" else str(error.detail)
    return render_problem(request, error.status_code, heading, message)


async def _bad_request(request: Request, error: Exception) -> Response:
    problems = error.errors() if isinstance(error, RequestValidationError) else []
    message = "; ".join(f"{'.'.join(map(str, p['loc'][1:]))}: {p['msg']}" for p in problems)
    if _wants_json(request):
        return JSONResponse({"error": message}, 422)
    _mark_form(request)
    return render_problem(request, 422, "The address or form has a value that cannot be read", message)


async def _known_problem(request: Request, error: Exception) -> Response:
    hint = error.hint if isinstance(error, AccordingError) else ""
    message = error.message if isinstance(error, AccordingError) else str(error)
    status = 404 if isinstance(error, NotStoredError | CursorError) else 400
    if _wants_json(request):
        return JSONResponse({"error": message, "hint": hint}, status)
    _mark_form(request)
    heading = "There is no such page" if status == 404 else "That did not work"
    return render_problem(request, status, heading, message[:1].upper() + message[1:], hint)


async def _bug(request: Request, error: Exception) -> Response:
    message = f"A bug in according: {type(error).__name__}. The server's log has the details."
    if _wants_json(request):
        return JSONResponse({"error": message}, 500)
    _mark_form(request)
    return render_problem(request, 500, "That did not work", message)


def _mark_form(request: Request) -> None:
    """Errors can come before the form check has run; the page still needs its token."""
    if not hasattr(request.state, "form_mark"):
        request.state.form_mark = request.cookies.get("according_form", "")[:100] or "none"
