"""Pages of one report: the reading view and the explanations."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from according.explain import explain
from according.workbench.codes import codebook, quads
from according.workbench.context import ReportId, Stored
from according.workbench.reading import list_before, list_skipped, read_stretch, report_href, view_report
from according.workbench.rendering import render, safe_address
from according.workbench.review import DONE
from according.workbench.sessions import get_user

router = APIRouter(include_in_schema=False)
_INDENTS = (14, 10, 4, 2)
_LABEL = re.compile(r"\S[^:]{0,12}?:? {2,}(?=\S)")


@router.get("/report")
def read_report(
    request: Request,
    store: Stored,
    id: ReportId,
    mention: Annotated[str | None, Query(max_length=200)] = None,
    at: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show one report with everything found in it, as coding and decisions together have it."""
    user = get_user(request)
    view = store.get_effective(id, blind_for=user.name if user else None)
    coded = view.coded
    values = {
        "reading": view_report(coded, mention=mention, at=read_stretch(at)),
        "skipped": list_skipped(coded),
        "original": safe_address(coded.report.url),
        "events_of": store.list_shared_events(id),
        "quads": quads(),
        "decided": {m: (DONE.get(kind, kind), view.users[m]) for m, kind in view.decided.items()},
        "rejected": view.rejected,
        "had": list_before(store.get_report(id), coded, view.decided),
    }
    return render(request, "report.html", section="/reports", values=values)


@router.get("/explain")
def explain_value(
    request: Request, store: Stored, report: ReportId, what: Annotated[str, Query(max_length=200)]
) -> Response:
    """Show why a mention, statement, event or entity is coded as it is."""
    user = get_user(request)
    coded = store.get_effective(report, blind_for=user.name if user else None).coded
    if all(m.id != what for m in coded.mentions):  # rejected: explained as it was coded
        coded = store.get_report(report)
    text = explain(coded, what, codebook=codebook()).plain
    back = report_href(report, mention=what if any(m.id == what for m in coded.mentions) else None)
    values = {
        "lines": [_hang(line) for line in text.splitlines()],
        "what": what,
        "back": back,
        "title": coded.report.title or report,
    }
    return render(request, "explain.html", section="/reports", values=values)


def _hang(line: str) -> tuple[str, str]:
    """Tell by a class how far a line is set in, so that what does not fit goes on below its value.

    Example:
        >>> _hang("actor:        Norland"), _hang("    cue      said"), _hang("")
        (('out-14', 'actor:        Norland'), ('in-4', 'cue      said'), ('', ''))
    """
    plain = line.lstrip(" ")
    if len(plain) < len(line):
        return f"in-{next((n for n in _INDENTS if n <= len(line) - len(plain)), 2)}", plain
    label = _LABEL.match(line)
    return (f"out-{label.end()}", line) if label and label.end() in (10, 14) else ("", line)
