"""Timeline, network and map: the pages, and the charts as SVG, PNG, CSV and specification."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from threading import Lock
from typing import Literal, get_args

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse

from according.store import Store
from according.workbench.charts import Chart, Kind, Period, Theme, draw, make_chart, make_figures_chart
from according.workbench.context import Chosen, Id, Stored
from according.workbench.event_view import view_event
from according.workbench.pages_lists import browse_values, read_reports
from according.workbench.pictures import picture_of
from according.workbench.rendering import render
from according.workbench.safety import PICTURE_POLICY
from according.workbench.selection import Selection

router = APIRouter(include_in_schema=False)
Ending = Literal["svg", "png", "csv", "json"]
_DRAWING = Lock()
_LETTERS: dict[Period, int] = {"week": 10, "month": 7, "year": 4}
"""Letters of a step's first day that name the step."""
_HEADINGS: dict[Kind, tuple[str, str]] = {
    "timeline": (
        "Timeline",
        "Events by week, month or year, and class. Name who acts and who is acted on to see a pair.",
    ),
    "network": (
        "Network",
        "Who acts on whom, by class. Thicker lines are more events; a diamond marks the receiving end.",
    ),
    "map": (
        "Map",
        "Points only where a report names a city or something smaller."
        " What is known to the country alone shades the country.",
    ),
}
_PERIOD_FIELD = '<label class="field">step<select name="period">{}</select></label>'


def _show(request: Request, kind: Kind, selection: Selection, store: Store, period: Period) -> Response:
    chart = make_chart(kind, store, selection, period=period)
    heading, lead = _HEADINGS[kind]
    query = selection.to_query(period=period if kind == "timeline" else None)
    steps = (
        f'<option value="{p}"{" selected" if p == period else ""}>{p}</option>' for p in get_args(Period)
    )
    more = _PERIOD_FIELD.format("".join(steps))
    cut = _LETTERS[period] if kind == "timeline" else None
    table = {
        "columns": chart.columns,
        "rows": [
            {
                "cells": ["" if v is None else v for v in (str(row[0])[:cut], *row[1:])],
                "query": selection.to_query(**behind),
            }
            for row, behind in zip(chart.rows, chart.queries, strict=True)
        ],
    }
    values = {
        **browse_values(store, selection, more=more if kind == "timeline" else ""),
        "heading": heading,
        "lead": lead,
        "kind": kind,
        "query": query,
        "counted": bool(chart.rows),
        "note": chart.note,
        "table": table,
        "picture": picture_of(kind, query, f"{heading}; the table below gives the same figures", request),
    }
    return render(request, "chart.html", section=f"/{kind}", values=values)


@router.get("/timeline")
def show_timeline(request: Request, selection: Chosen, store: Stored, period: Period = "month") -> Response:
    """Events over time."""
    return _show(request, "timeline", selection, store, period)


@router.get("/network")
def show_network(request: Request, selection: Chosen, store: Stored) -> Response:
    """Who acts on whom."""
    return _show(request, "network", selection, store, "month")


@router.get("/map")
def show_map(request: Request, selection: Chosen, store: Stored) -> Response:
    """Where it happened."""
    return _show(request, "map", selection, store, "month")


@router.get("/charts/vega.js")
def vega_bundle() -> Response:
    """The Vega bundle that vl-convert carries."""
    headers = {"Cache-Control": "private, max-age=86400"}
    return Response(make_bundle(), media_type="text/javascript", headers=headers)


@router.get("/charts/figures.{ending}")
def give_figures(
    ending: Ending,
    store: Stored,
    id: Id,
    count: Literal["killed", "injured", "detained", "size"],
    theme: Theme = "light",
    narrow: bool = False,
) -> Response:
    """The figures of one event by who gives them."""
    table = store.get_accounts(id)
    told = view_event(table, read_reports(store, table)).figures.get(count, ())
    rows = [(f.voice, f.published.isoformat() if f.published else None, f.low, f.high) for f in told]
    return _give(make_figures_chart(count, rows), ending, theme, narrow)


@router.get("/charts/{kind}.{ending}")
def give_chart(
    kind: Kind,
    ending: Ending,
    selection: Chosen,
    store: Stored,
    period: Period = "month",
    theme: Theme = "light",
    narrow: bool = False,
) -> Response:
    """A chart to be shown or kept."""
    return _give(make_chart(kind, store, selection, period=period), ending, theme, narrow)


def _give(chart: Chart, ending: Ending, theme: Theme, narrow: bool) -> Response:
    if ending == "csv":
        return Response(chart.to_csv(), media_type="text/csv; charset=utf-8")
    if not chart.rows:
        raise HTTPException(404, "Nothing fits that can be drawn.")
    spec = draw(chart, theme=theme, narrow=narrow)
    if ending == "json":
        return JSONResponse(spec)
    drawn = _draw_text(json.dumps(spec), ending)
    if ending == "png":
        return Response(drawn, media_type="image/png")
    return Response(drawn, media_type="image/svg+xml", headers={"Content-Security-Policy": PICTURE_POLICY})


_EXPORTS = "window.vegaEmbed = vegaEmbed;"


@lru_cache(maxsize=64)
def _draw_text(spec: str, ending: Literal["svg", "png"]) -> bytes:
    """Draw a specification; the latest drawings are kept, as drawing takes long."""
    import vl_convert  # starts a script engine, which only drawing needs

    with _DRAWING:
        if ending == "png":
            picture: bytes = vl_convert.vegalite_to_png(spec, scale=2)
            return picture
        drawn: str = vl_convert.vegalite_to_svg(spec)
        return drawn.encode("utf-8")


@cache
def make_bundle() -> str:
    """Make the script that draws charts; it takes seconds, and is kept."""
    import vl_convert  # as above

    with _DRAWING:
        bundle: str = vl_convert.javascript_bundle(_EXPORTS)
        return bundle
