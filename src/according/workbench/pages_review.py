"""Review: a queue, decisions by key or button, edits, undo, the same for all that are alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from according.errors import NotStoredError, ReviewError, SearchQueryError, StaleDecisionError
from according.store import Judgement, Store
from according.store.people import User
from according.workbench.codes import codebook, quads
from according.workbench.context import AnyId, Id, ReportId, Stored, clean
from according.workbench.decisions import Target, decide, find_alike, may_be_alike, take_back
from according.workbench.double import export_gold
from according.workbench.editing import COUNTS, FIELDS, KINDS, LISTS, PARTIES, READINGS, STANCES, read_edits
from according.workbench.rendering import render
from according.workbench.review import (
    DONE,
    FORM,
    ORDERS,
    Looked,
    Queue,
    count_alike,
    look_at,
    next_in_queue,
    type_keys,
)
from according.workbench.sessions import Coder, Sent, may, plain_values

router = APIRouter(include_in_schema=False)
SECTION = "/review"


@router.get("/review")
def show_review(
    request: Request,
    store: Stored,
    user: Coder,
    mention: AnyId = None,
    in_report: AnyId = None,
    edit: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show the next mention of the queue, or the one that is asked for."""
    queue = Queue.read(request.query_params.multi_items())
    if mention is not None and in_report is not None:
        looked = look_at(store, user, in_report, mention, queue.batch)
    else:
        row = next_in_queue(store, user, queue)
        if row is None:
            return _show_end(request, store, user, queue)
        looked = look_at(store, user, row.report, row.id, queue.batch)
    return _show(request, store, user, queue, looked, edit=edit if edit in FIELDS else None)


def _show_end(request: Request, store: Store, user: User, queue: Queue) -> Response:
    values = {**_common(store, user, queue), "left": 0}
    return render(request, "review_end.html", section=SECTION, values=values)


def _common(store: Store, user: User, queue: Queue) -> dict[str, Any]:
    last = store.list_judgements(user=user.name, live=True, limit=1).items
    return {
        "queue": queue,
        "chosen": queue.values(),
        "orders": ORDERS,
        "done": DONE,
        "last": last[0] if last else None,
        "types": type_keys(),
        "readings": READINGS,
    }


def _show(
    request: Request,
    store: Store,
    user: User,
    queue: Queue,
    looked: Looked,
    *,
    edit: str | None = None,
    typed: dict[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    """Show a mention with its buttons, and the form of one field if it is being edited."""
    mention = looked.mention
    modes = codebook().types[mention.type].modes if mention.type in codebook().types else ()
    values = {
        **_common(store, user, queue),
        "left": store.count_queue(user.name, queue.wanted, batch=queue.batch),
        "looked": looked,
        "m": mention,
        "report": looked.coded.report,
        "quads": quads(),
        "alike": len(count_alike(store, user, queue, mention.id)),
        "edit": edit,
        "typed": typed or {},
        "problem": problem,
        "modes": [m.code for m in modes],
        "contexts": list(codebook().contexts),
        "kinds": KINDS,
        "stances": STANCES,
        "parties": PARTIES,
        "counts": COUNTS,
        "lists": LISTS,
        "fields": FIELDS,
    }
    return render(request, "review.html", status=status, section=SECTION, values=values)


@router.post("/review/decide")
def take_decision(request: Request, store: Stored, user: Coder, sent: Sent) -> Response:
    """Add what was decided, and go on: to the next mention, or back to this one after an edit or a flag."""
    form = plain_values(sent)
    queue = Queue.read_query(form.get("queue", ""))
    target = Target(
        form.get("report", ""), form.get("mention", ""), _whole(form.get("coding")), _whole(form.get("seen"))
    )
    here = queue.href(mention=target.id, in_report=target.report)
    if form.get("type"):
        form |= {"kind": "edit", "field": "type", "value": form["type"]}
    kind = form.get("kind", "")
    try:
        if kind == "flag":
            return _flag(store, user, queue, target, here)
        edits = None
        if kind == "edit":
            looked = look_at(store, user, target.report, target.id, queue.batch)
            edits = read_edits(looked.coded, looked.mention, form)
        chosen = {clean(v) for v in sent.getlist("also") if isinstance(v, str)}
        alike = []
        if chosen and (edits is None or may_be_alike(edits)):
            row = store.get_mention(target.id, coded=True)
            seen = _whole(form.get("seen_all"))
            found = find_alike(store, user, row, queue.batch)
            alike = [Target(m.report, m.id, seen=seen) for m in found if m.id in chosen]
        decide(store, user, target, kind, edit=edits, alike=alike, batch=queue.batch)
    except (ReviewError, SearchQueryError, StaleDecisionError) as error:
        return _refuse(request, store, user, queue, target, form, error)
    # Editing goes on until the mention is accepted; with others alike, or on a skip, it is done.
    return RedirectResponse(here if kind == "edit" and not chosen else queue.href(), status_code=303)


def _flag(store: Store, user: User, queue: Queue, target: Target, here: str) -> Response:
    """Flag a mention, or take the flag off."""
    flagged = look_at(store, user, target.report, target.id, queue.batch).flagged
    if flagged is None:
        decide(store, user, target, "flag", batch=queue.batch)
    else:
        store.undo(user.name, flagged, role=user.role)
    return RedirectResponse(here, status_code=303)


def _refuse(
    request: Request,
    store: Store,
    user: User,
    queue: Queue,
    target: Target,
    form: dict[str, str],
    error: ReviewError | SearchQueryError | StaleDecisionError,
) -> Response:
    """Show the mention as it is now, with what was typed, and say why it was not taken."""
    looked = look_at(store, user, target.report, target.id, queue.batch)
    stale = isinstance(error, StaleDecisionError)
    edit = form.get("field") if form.get("kind") == "edit" else None
    problem = f"{error.message} {error.hint}".strip()
    if not stale:  # that one begins with a name
        problem = problem[0].upper() + problem[1:]
    return _show(
        request,
        store,
        user,
        queue,
        looked,
        edit=edit if edit in FIELDS else None,
        typed=form,
        problem=problem,
        status=409 if stale else 422,
    )


@router.post("/review/undo")
def take_back_last(store: Stored, user: Coder, sent: Sent) -> Response:
    """Take the user's last decision back and show its mention again."""
    queue = Queue.read_query(plain_values(sent).get("queue", ""))
    try:
        target, _ = take_back(store, user)
    except NotStoredError:
        return RedirectResponse(queue.href(), status_code=303)
    return RedirectResponse(queue.href(mention=target.id, in_report=target.report), status_code=303)


@router.get("/review/alike")
def preview_alike(
    request: Request,
    store: Stored,
    user: Coder,
    mention: Id,
    in_report: ReportId,
    kind: Annotated[str, Query(max_length=10)] = "accept",
    field: Annotated[str, Query(max_length=40)] = "",
    value: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    """Show what would change if the same were decided on all mentions that are alike."""
    queue = Queue.read(request.query_params.multi_items())
    newest = store.list_judgements(limit=1).items
    looked = look_at(store, user, in_report, mention, queue.batch)
    edits: list[tuple[str, Any]] = []
    problem = ""
    if kind == "edit":
        try:
            edits = read_edits(looked.coded, looked.mention, {"field": field, "value": value})
        except ReviewError as error:
            problem = error.message
    values = {
        **_common(store, user, queue),
        "looked": looked,
        "m": looked.mention,
        "form_filters": FORM,
        "seen_all": newest[0].pk if newest else 0,
        "alike": count_alike(store, user, queue, mention),
        "kind": kind if kind in ("accept", "reject", "edit") else "accept",
        "edits": edits,
        "field": field,
        "value": value,
        "problem": problem,
        "quads": quads(),
        "plain": ("type", "mode", "factuality"),
    }
    return render(request, "review_alike.html", section=SECTION, values=values)


@router.get("/review/log")
def show_log(
    request: Request,
    store: Stored,
    user: Coder,
    by: Id = "",
    kind: Id = "",
    after: Annotated[str | None, Query(max_length=400)] = None,
) -> Response:
    """List decisions, latest first: who, when, on what coder version, what was before and after."""
    page = store.list_judgements(
        user=by or None, kind=kind or None, blind_for=user.name, cursor=after or None, limit=50
    )
    values = {
        "rows": page.items,
        "next": page.next,
        "by": by,
        "kind": kind,
        "done": DONE,
        "show": show_value,
        "first": after is None,
    }
    return render(request, "review_log.html", section=SECTION, values=values)


def show_value(judgement: Judgement, side: str) -> str:
    """Write the value before or after an edit for people."""
    value = getattr(judgement, side)
    if value is None or value == []:
        return "nothing"
    if isinstance(value, str):
        return value
    items = value if isinstance(value, list) else [value]
    return "; ".join(_show_item(item) for item in items)


def _show_item(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    words = (item.get("span") or {}).get("text") or item.get("text") or ""
    ends = [item.get(k) for k in ("low", "high", "from", "to") if k in item]
    shown = item.get("name") or "–".join(str(e) for e in ends if e is not None)
    return f"{shown} “{words}”" if shown and words and shown != words else shown or words


@router.get("/review/gold.jsonl")
def download_gold(store: Stored, user: Coder, whole: bool = True) -> Response:
    """The reports on which everything is decided, in the layout of annotated ones."""
    if not may(user, "adjudicator") and store.list_assignments(user=user.name):
        raise ReviewError("you code blind; an adjudicator can export the decisions.")

    def lines() -> Iterator[str]:
        for report in export_gold(store, whole=whole):
            yield json.dumps(report, ensure_ascii=False) + "\n"

    headers = {"Content-Disposition": 'attachment; filename="gold.jsonl"'}
    return StreamingResponse(lines(), media_type="application/x-ndjson", headers=headers)


@router.get("/review/decisions.jsonl")
def download_decisions(store: Stored, user: Coder) -> Response:
    """Every decision the user may know, one line of JSON each, earliest first."""

    def lines() -> Iterator[str]:
        for judgement in store.iter_judgements(blind_for=user.name):
            yield json.dumps(asdict(judgement), ensure_ascii=False) + "\n"

    headers = {"Content-Disposition": 'attachment; filename="decisions.jsonl"'}
    return StreamingResponse(lines(), media_type="application/x-ndjson", headers=headers)


def _whole(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 18 else None
