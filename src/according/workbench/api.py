"""The API: everything the pages show, as JSON, with the same filters."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from according.corroborate import AccountTable, Commitment
from according.records import CodedReport
from according.store import ActorRow, Dossier, EventRow, MentionRow
from according.store.queries_charts import Area, Edge, MapPoint, Moment
from according.workbench.charts import Period
from according.workbench.context import After, Chosen, Id, ReportId, Stored
from according.workbench.lists import (
    PAGE,
    FacetList,
    Listing,
    ReportLine,
    count_facets,
    list_actors,
    list_commitments,
    list_events,
    list_mentions,
    list_reports,
)
from according.workbench.rendering import render

router = APIRouter()
Row = TypeVar("Row")
Limit = Annotated[int, Query(ge=1, le=500, description="Most rows of the page.")]
NamePart = Annotated[str | None, Query(max_length=200, description="Part of a name.")]


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


def _page(listing: Listing[Any]) -> dict[str, Any]:
    return {"items": listing.rows, "total": listing.total, "after": listing.after}


@router.get("/api/reports", responses=PROBLEMS, response_model=Page[ReportLine])
def list_reports_json(selection: Chosen, store: Stored, after: After = None, limit: Limit = PAGE) -> Any:
    """List reports: newest first, or the best first where words are searched for."""
    return _page(list_reports(store, selection, after, limit))


@router.get("/api/report", responses=PROBLEMS, response_model=CodedReport)
def give_report(store: Stored, id: ReportId, decided: bool = True) -> Response:
    """Give one report whole, in the record's own layout: with the decisions in it, or as it was coded."""
    return Response(store.get_report(id, decided=decided).to_json(), media_type="application/json")


@router.get("/api/mentions", responses=PROBLEMS, response_model=Page[MentionRow])
def list_mentions_json(selection: Chosen, store: Stored, after: After = None, limit: Limit = PAGE) -> Any:
    """List mentions, latest first."""
    return _page(list_mentions(store, selection, after, limit))


@router.get("/api/events", responses=PROBLEMS, response_model=Page[EventRow])
def list_events_json(selection: Chosen, store: Stored, after: After = None, limit: Limit = PAGE) -> Any:
    """List events across reports, latest first."""
    return _page(list_events(store, selection, after, limit))


@router.get("/api/event", responses=PROBLEMS, response_model=AccountTable)
def give_event(store: Stored, id: Id) -> Any:
    """Give one event with its accounts, figures, denials and the copies among its reports."""
    return store.get_accounts(id)


@router.get("/api/actors", responses=PROBLEMS, response_model=Page[ActorRow])
def list_actors_json(
    selection: Chosen, store: Stored, name: NamePart = None, after: After = None, limit: Limit = PAGE
) -> Any:
    """List everybody who takes part, the most active first."""
    return _page(list_actors(store, selection, name and name.replace("\0", ""), after, limit))


@router.get("/api/actor", responses=PROBLEMS, response_model=Dossier)
def give_actor(store: Stored, id: Id) -> Any:
    """Give the dossier of somebody."""
    return store.get_dossier(id)


@router.get("/api/commitments", responses=PROBLEMS, response_model=Page[Commitment])
def list_commitments_json(selection: Chosen, store: Stored, after: After = None, limit: Limit = PAGE) -> Any:
    """List what was announced for a day, and what became of it."""
    listing = list_commitments(store, selection, after, limit)
    return {**_page(listing), "items": [a.commitment for a in listing.rows]}


@router.get("/api/facets", responses=PROBLEMS)
def list_facets(selection: Chosen, store: Stored) -> list[FacetList]:
    """Count the values of each filter under the other filters, in events."""
    return list(count_facets(store, selection))


@router.get("/api/timeline", responses=PROBLEMS)
def give_timeline(selection: Chosen, store: Stored, period: Period = "month") -> list[Moment]:
    """Count events by week or month and quad class."""
    return list(store.timeline(selection.to_filter(), unit=period))


@router.get("/api/network", responses=PROBLEMS)
def give_network(selection: Chosen, store: Stored, limit: Limit = 200) -> list[Edge]:
    """Count who acts on whom, by quad class, most first."""
    return list(store.network(selection.to_filter(), limit=limit))


class MapAnswer(BaseModel):
    """What a map shows."""

    points: list[MapPoint]
    areas: list[Area]
    unplaced: int


@router.get("/api/map", responses=PROBLEMS)
def give_map(selection: Chosen, store: Stored) -> MapAnswer:
    """Count events by place: points for cities and smaller, areas for what is known to the country alone."""
    wanted = selection.to_filter()
    points = [p for p in store.map_points(wanted) if p.is_point]
    _, unplaced = store.count_left_out(wanted)
    return MapAnswer(points=points, areas=list(store.map_areas(wanted)), unplaced=unplaced)


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
