"""Pages that list what is chosen: reports, events, actors, commitments; and one event, one actor."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from markupsafe import Markup

from according.workbench.accounts import list_figures, shown_columns, tell_side_by_side
from according.workbench.dossier import make_dossier
from according.workbench.lists import (
    count_facets,
    cut_page,
    list_actors,
    list_commitments,
    list_events,
    list_reports,
    make_report_row,
)
from according.workbench.pictures import picture_of
from according.workbench.rendering import render
from according.workbench.rows import quads
from according.workbench.selection import FACTUALITIES, LABELS, QUADS, Selection, read_selection
from according.workbench.shelf import Shelf

router = APIRouter(include_in_schema=False)
Chosen = Annotated[Selection, Depends(read_selection)]
After = Annotated[str | None, Query(max_length=1200)]


def get_shelf(request: Request) -> Shelf:
    """The shelf of this workbench."""
    shelf: Shelf = request.app.state.shelf
    return shelf


Shelved = Annotated[Shelf, Depends(get_shelf)]


def browse_values(
    shelf: Shelf, selection: Selection, *, events: bool = True, more: str = ""
) -> dict[str, Any]:
    """What every page with filters shows beside its rows."""
    return {
        "selection": selection,
        "facets": count_facets(shelf, selection, events=events),
        "labels": LABELS,
        "types": [(code, code) for code in quads()],
        "factualities": [(f, f) for f in FACTUALITIES],
        "quad_names": list(QUADS.items()),
        "more": Markup(more),
    }


@router.get("/reports")
def show_reports(request: Request, selection: Chosen, shelf: Shelved, after: After = None) -> Response:
    """List reports."""
    page = cut_page(list_reports(shelf, selection), lambda found: found[0].id, after)
    rows = tuple(make_report_row(found, selection.q) for found in page.rows)
    values = {
        **browse_values(shelf, selection, events=False),
        "listing": {"rows": rows, "total": page.total, "after": page.after},
        "first": after is None,
    }
    return render(request, "reports.html", section="/reports", values=values)


@router.get("/events")
def show_events(request: Request, selection: Chosen, shelf: Shelved, after: After = None) -> Response:
    """List events across reports."""
    listing = cut_page(list_events(shelf, selection), lambda event: event.id, after)
    values = {**browse_values(shelf, selection), "listing": listing, "first": after is None}
    return render(request, "events.html", section="/events", values=values)


@router.get("/event")
def show_event(
    request: Request,
    shelf: Shelved,
    id: Annotated[str, Query(max_length=200)],
) -> Response:
    """Show one event with its accounts side by side."""
    event = shelf.events.get(id)
    if event is None:
        raise HTTPException(
            404, "The store has no event with this id. Ids change when earlier reports come in."
        )
    folds = shelf.folds_of(event.reports)
    accounts = tell_side_by_side(shelf.get_tellings(event), folds)

    def picture(count: str) -> Markup:
        return picture_of("figures", f"id={event.id}&count={count}", f"{count}, by who tells it", request)

    values = {
        "event": shelf.event_rows[id],
        "sources": event.sources,
        "accounts": accounts,
        "columns": shown_columns(accounts),
        "figures": list_figures(accounts),
        "folds": folds,
        "picture": picture,
    }
    return render(request, "event.html", section="/events", values=values)


@router.get("/actors")
def show_actors(request: Request, selection: Chosen, shelf: Shelved, after: After = None) -> Response:
    """List everybody who takes part."""
    listing = cut_page(list_actors(shelf, selection), lambda actor: actor.name, after)
    values = {**browse_values(shelf, selection), "listing": listing, "first": after is None}
    return render(request, "actors.html", section="/actors", values=values)


@router.get("/actor")
def show_actor(request: Request, shelf: Shelved, name: Annotated[str, Query(max_length=500)]) -> Response:
    """Show the dossier of somebody."""
    dossier = make_dossier(shelf, name)
    if dossier is None:
        raise HTTPException(404, "No report of the store names anybody so.")
    query = Selection(actor=name).to_query(period="month")
    values = {
        "d": dossier,
        "quad_names": list(QUADS.items()),
        "has_days": dossier.has_days,
        "picture": picture_of("timeline", query, f"events of {name} by month and class", request),
    }
    return render(request, "actor.html", section="/actors", values=values)


@router.get("/commitments")
def show_commitments(request: Request, selection: Chosen, shelf: Shelved, after: After = None) -> Response:
    """List what was announced and what later reports tell of it."""
    listing = cut_page(list_commitments(shelf, selection), lambda c: c.commitment.id, after)
    values = {**browse_values(shelf, selection), "listing": listing, "first": after is None}
    return render(request, "commitments.html", section="/commitments", values=values)
