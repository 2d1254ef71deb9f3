"""Pages that list what is chosen: reports, events, actors, commitments; and one event, one actor."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from according.corroborate import AccountTable
from according.records import CodedReport
from according.store import Store
from according.store.queries_facets import FacetOf
from according.workbench.codes import quads
from according.workbench.context import After, Chosen, Id, Stored
from according.workbench.dossier import view_dossier
from according.workbench.event_view import view_event
from according.workbench.lists import count_facets, list_actors, list_commitments, list_events, list_reports
from according.workbench.pictures import picture_of
from according.workbench.rendering import render
from according.workbench.selection import FACTUALITIES, LABELS, QUADS, Selection

router = APIRouter(include_in_schema=False)
_NAME_FIELD = Markup('<label class="field">name<input type="search" name="name" value="{}"></label>')


def browse_values(
    store: Store, selection: Selection, *, of: FacetOf = "events", more: str = ""
) -> dict[str, Any]:
    """What every page with filters shows beside its rows."""
    return {
        "selection": selection,
        "facets": count_facets(store, selection, of),
        "labels": LABELS,
        "types": [(code, code) for code in quads()],
        "factualities": [(f, f) for f in FACTUALITIES],
        "quad_names": list(QUADS.items()),
        "quads": quads(),
        "more": Markup(more),
        "review": f"/review?{urlencode(selection.to_filter().write(), doseq=True)}",
    }


@router.get("/reports")
def show_reports(request: Request, selection: Chosen, store: Stored, after: After = None) -> Response:
    """List reports."""
    values = {
        **browse_values(store, selection, of="reports"),
        "listing": list_reports(store, selection, after),
        "first": after is None,
    }
    return render(request, "reports.html", section="/reports", values=values)


@router.get("/events")
def show_events(request: Request, selection: Chosen, store: Stored, after: After = None) -> Response:
    """List events across reports."""
    listing = list_events(store, selection, after)
    values = {**browse_values(store, selection), "listing": listing, "first": after is None}
    return render(request, "events.html", section="/events", values=values)


@router.get("/event")
def show_event(request: Request, store: Stored, id: Id) -> Response:
    """Show one event with its accounts side by side."""
    table = store.get_accounts(id)
    row, _ = store.get_event(table.event.id)

    def picture(count: str) -> Markup:
        return picture_of("figures", f"id={row.event.id}&count={count}", f"{count}, by who tells it", request)

    values = {
        "row": row,
        "event": row.event,
        "quad": quads().get(row.event.type, 0),
        "view": view_event(table, read_reports(store, table)),
        "picture": picture,
    }
    return render(request, "event.html", section="/events", values=values)


def read_reports(store: Store, table: AccountTable) -> dict[str, CodedReport]:
    """The reports of an event and those they repeat."""
    wanted = dict.fromkeys((*table.event.reports, *(f.original for f in table.folds if f.original)))
    return {report: store.get_report(report, decided=True) for report in wanted}


@router.get("/actors")
def show_actors(
    request: Request,
    selection: Chosen,
    store: Stored,
    after: After = None,
    name: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """List everybody who takes part."""
    name = name.replace("\0", "").strip()
    field = _NAME_FIELD.format(name)
    values = {
        **browse_values(store, selection, more=field),
        "listing": list_actors(store, selection, name, after),
        "first": after is None,
        "name": name,
    }
    return render(request, "actors.html", section="/actors", values=values)


@router.get("/actor")
def show_actor(
    request: Request,
    store: Stored,
    id: Annotated[str | None, Query(max_length=200)] = None,
    name: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:
    """Show the dossier of somebody, by id; a name leads to the dossier of whom it means."""
    if id is None:
        found = store.find_actors((name or "").replace("\0", "")) if name else ()
        if not found:
            raise HTTPException(404, "No report of the store names anybody so.")
        return RedirectResponse(f"/actor?id={found[0]}", status_code=303)
    dossier = view_dossier(store, id.replace("\0", ""))
    query = Selection(actor=dossier.id).to_query(period="month")
    values = {
        "d": dossier,
        "quad_names": list(QUADS.items()),
        "picture": picture_of("timeline", query, f"events of {dossier.name} by month and class", request),
    }
    return render(request, "actor.html", section="/actors", values=values)


@router.get("/commitments")
def show_commitments(request: Request, selection: Chosen, store: Stored, after: After = None) -> Response:
    """List what was announced and what later reports tell of it."""
    listing = list_commitments(store, selection, after)
    values = {**browse_values(store, selection), "listing": listing, "first": after is None}
    return render(request, "commitments.html", section="/commitments", values=values)
