"""The API: everything the pages show, as JSON, with the same filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.encoders import jsonable_encoder
from pydantic import BaseModel

from according.records import CodedReport
from according.workbench.accounts import tell_side_by_side
from according.workbench.dossier import make_dossier
from according.workbench.lists import (
    PAGE,
    Facet,
    Period,
    count_edges,
    count_facets,
    count_periods,
    count_places,
    cut_page,
    list_actors,
    list_commitments,
    list_events,
    list_reports,
    make_report_row,
)
from according.workbench.pages_lists import After, Chosen, Shelved
from according.workbench.rendering import render
from according.workbench.rows import ActorRow, EventRow, MentionRow, ReportRow

router = APIRouter()
Row = TypeVar("Row")
Limit = Annotated[int, Query(ge=1, le=500, description="Most rows of the page.")]


class Page(BaseModel, Generic[Row]):
    """One page of a list."""

    items: list[Row]
    total: int
    after: str | None


class Problem(BaseModel):
    """Why there is no answer."""

    error: str
    hint: str = ""


PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The request cannot be understood."},
    404: {"model": Problem, "description": "There is nothing of that id."},
    422: {"model": Problem, "description": "A parameter has a value that cannot be read."},
}


def _page(rows: Sequence[Row], key: Callable[[Row], str], after: str | None, limit: int) -> dict[str, Any]:
    listing = cut_page(rows, key, after, limit)
    return {"items": list(listing.rows), "total": listing.total, "after": listing.after}


@router.get("/api/reports", responses=PROBLEMS, response_model=Page[ReportRow])
def list_reports_json(selection: Chosen, shelf: Shelved, after: After = None, limit: Limit = PAGE) -> Any:
    """List reports, newest first."""
    page = _page(list_reports(shelf, selection), lambda found: found[0].id, after, limit)
    return {**page, "items": [make_report_row(found, selection.q) for found in page["items"]]}


@router.get("/api/report", responses=PROBLEMS, response_model=CodedReport)
def give_report(shelf: Shelved, id: Annotated[str, Query(max_length=1000)]) -> Response:
    """Give one coded report whole, in the record's own layout."""
    coded = shelf.get_report(id)
    if coded is None:
        raise HTTPException(404, "The store has no report with this id.")
    return Response(coded.to_json(), media_type="application/json")


@router.get("/api/mentions", responses=PROBLEMS, response_model=Page[MentionRow])
def list_mentions(selection: Chosen, shelf: Shelved, after: After = None, limit: Limit = PAGE) -> Any:
    """List mentions, those of the newest reports first."""
    return _page(shelf.select(selection), lambda row: row.id, after, limit)


@router.get("/api/events", responses=PROBLEMS, response_model=Page[EventRow])
def list_events_json(selection: Chosen, shelf: Shelved, after: After = None, limit: Limit = PAGE) -> Any:
    """List events across reports, latest first."""
    return _page(list_events(shelf, selection), lambda row: row.id, after, limit)


@router.get("/api/event", responses=PROBLEMS)
def give_event(shelf: Shelved, id: Annotated[str, Query(max_length=200)]) -> dict[str, Any]:
    """Give one event with its accounts and the copies among its reports."""
    event = shelf.events.get(id)
    if event is None:
        raise HTTPException(404, "The store has no event with this id.")
    folds = shelf.folds_of(event.reports)
    accounts = tell_side_by_side(shelf.get_tellings(event), folds)
    encoded: dict[str, Any] = jsonable_encoder({"event": event, "accounts": accounts, "folds": folds})
    return encoded


@router.get("/api/actors", responses=PROBLEMS, response_model=Page[ActorRow])
def list_actors_json(selection: Chosen, shelf: Shelved, after: After = None, limit: Limit = PAGE) -> Any:
    """List everybody who takes part, the most active first."""
    return _page(list_actors(shelf, selection), lambda row: row.name, after, limit)


@router.get("/api/actor", responses=PROBLEMS)
def give_actor(shelf: Shelved, name: Annotated[str, Query(max_length=500)]) -> dict[str, Any]:
    """Give the dossier of somebody."""
    dossier = make_dossier(shelf, name)
    if dossier is None:
        raise HTTPException(404, "No report of the store names anybody so.")
    encoded: dict[str, Any] = jsonable_encoder(dossier)
    return encoded


@router.get("/api/commitments", responses=PROBLEMS)
def list_commitments_json(
    selection: Chosen, shelf: Shelved, after: After = None, limit: Limit = PAGE
) -> dict[str, Any]:
    """List what was announced for a day, and what became of it."""
    page = _page(list_commitments(shelf, selection), lambda c: c.commitment.id, after, limit)
    encoded: dict[str, Any] = jsonable_encoder({**page, "items": [c.commitment for c in page["items"]]})
    return encoded


@router.get("/api/facets", responses=PROBLEMS)
def list_facets(selection: Chosen, shelf: Shelved) -> list[Facet]:
    """Count the values of each filter among the events chosen."""
    return list(count_facets(shelf, selection, events=True))


@router.get("/api/timeline", responses=PROBLEMS)
def give_timeline(selection: Chosen, shelf: Shelved, period: Period = "month") -> list[dict[str, Any]]:
    """Count events by week or month and quad class."""
    counted = count_periods(shelf.select(selection), period)
    return [{"start": day.isoformat(), "quad": quad, "events": n} for day, quad, n in counted]


@router.get("/api/network", responses=PROBLEMS)
def give_network(selection: Chosen, shelf: Shelved) -> list[dict[str, Any]]:
    """Count who acts on whom, by quad class."""
    counted = count_edges(shelf.select(selection))
    return [{"actor": a, "recipient": b, "quad": quad, "events": n} for a, b, quad, n in counted]


@router.get("/api/map", responses=PROBLEMS)
def give_map(selection: Chosen, shelf: Shelved) -> dict[str, Any]:
    """Count events by place: points for cities and smaller, areas for what is known to the country alone."""
    spots, areas, unplaced = count_places(shelf.select(selection))
    made = {"points": spots, "areas": [{"country": c, "events": n} for c, n in areas], "unplaced": unplaced}
    encoded: dict[str, Any] = jsonable_encoder(made)
    return encoded


@router.get("/api", include_in_schema=False)
def show_api(request: Request) -> Response:
    """The page that describes the API."""
    described = request.app.openapi()
    operations = []
    tries = []
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            parameters = [_parameter(p) for p in operation.get("parameters", ())]
            if not any(p["required"] for p in parameters):
                tries.append(path)
            summary = operation.get("description") or operation.get("summary", "")
            operations.append(
                {"method": method.upper(), "path": path, "summary": summary, "parameters": parameters}
            )
    return render(request, "api.html", section="/api", values={"operations": operations, "tries": tries})


def _parameter(described: dict[str, Any]) -> dict[str, Any]:
    schema = described.get("schema", {})
    options = [schema, *schema.get("anyOf", ())]
    values = [str(v) for o in options for v in o.get("enum", ()) if v != ""]
    kind = next((o["type"] for o in options if o.get("type") not in (None, "null")), "text")
    return {
        "name": described["name"],
        "required": described.get("required", False),
        "takes": ", ".join(values) or {"string": "text", "integer": "a whole number"}.get(kind, kind),
        "description": described.get("description") or schema.get("description", ""),
    }
