"""Pages of one report: the reading view and the explanations."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response

from according.explain import explain
from according.records import CodedReport
from according.workbench.reading import list_skipped, read_stretch, report_href, view_report
from according.workbench.rendering import render, safe_address
from according.workbench.rows import codebook, quads
from according.workbench.shelf import Shelf

router = APIRouter(include_in_schema=False)
ReportId = Annotated[str, Query(max_length=1000)]


@router.get("/report")
def read_report(
    request: Request,
    id: ReportId,
    mention: Annotated[str | None, Query(max_length=200)] = None,
    at: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show one report with everything found in it."""
    shelf: Shelf = request.app.state.shelf
    coded = find_report(shelf, id)
    reading = view_report(coded, mention=mention, at=read_stretch(at))
    values = {
        "reading": reading,
        "skipped": list_skipped(coded),
        "original": safe_address(coded.report.url),
        "events_of": shelf.events_of_report(coded.report.id),
        "quads": quads(),
    }
    return render(request, "report.html", section="/reports", values=values)


@router.get("/explain")
def explain_value(
    request: Request, report: ReportId, what: Annotated[str, Query(max_length=200)]
) -> Response:
    """Show why a mention, statement, event or entity is coded as it is."""
    coded = find_report(request.app.state.shelf, report)
    text = explain(coded, what, codebook=codebook()).plain
    back = report_href(report, mention=what if any(m.id == what for m in coded.mentions) else None)
    values = {"text": text, "what": what, "back": back, "title": coded.report.title or report}
    return render(request, "explain.html", section="/reports", values=values)


def find_report(shelf: Shelf, report: str) -> CodedReport:
    """The stored report, or the answer that there is none.

    Raises:
        HTTPException: 404.
    """
    coded = shelf.get_report(report)
    if coded is None:
        raise HTTPException(404, "The store has no report with this id.")
    return coded
