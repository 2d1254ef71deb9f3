"""Double coding: who is asked about what, how far they agree, and settling where they do not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from according.errors import ReviewError
from according.evaluate.agreement import FIELDS
from according.store import Filter, Store
from according.store.people import Assignment, User
from according.workbench.codes import quads
from according.workbench.context import AnyId, Id, Stored
from according.workbench.double import Case, DoubleCoding, read_double_coding, settle
from according.workbench.editing import READINGS
from according.workbench.reading import view_report
from according.workbench.rendering import render
from according.workbench.review import FORM, Queue, cut_sentence, type_keys
from according.workbench.sessions import Adjudicator, Coder, Sent, may, plain_values

router = APIRouter(include_in_schema=False)
SECTION = "/double"
MOST = 500


@dataclass(frozen=True, slots=True)
class Part:
    """How far one person is with an assignment."""

    user: str
    of: int
    left: int


@dataclass(frozen=True, slots=True)
class Lot:
    """An assignment in short.

    Attributes:
        name: Its name.
        mentions: Number of mentions.
        blind: Coders do not see each other's decisions.
        parts: How far each person is.
        mine: The part of the one who looks, or None.
    """

    name: str
    mentions: int
    blind: bool
    parts: tuple[Part, ...]
    mine: Part | None

    def shows_results_to(self, user: User) -> bool:
        """Whether somebody may see what the coders made of it: not before their own part is done."""
        if self.mine is None:
            return may(user, "adjudicator")
        return not self.blind or self.mine.left == 0


def list_lots(store: Store, user: User) -> tuple[Lot, ...]:
    """List the assignments that concern somebody: their own, and all for those who settle."""
    lots: dict[str, list[Assignment]] = {}
    for item in store.list_assignments():
        lots.setdefault(item.batch, []).append(item)
    out = []
    for name, items in lots.items():
        asked = Counter(item.user for item in items)
        if user.name not in asked and not may(user, "adjudicator"):
            continue
        parts = tuple(Part(u, n, store.count_queue(u, batch=name)) for u, n in sorted(asked.items()))
        mine = next((p for p in parts if p.user == user.name), None)
        mentions = len({item.mention for item in items})
        out.append(Lot(name, mentions, any(item.blind for item in items), parts, mine))
    return tuple(out)


@router.get("/double")
def show_lots(request: Request, store: Stored, user: Coder) -> Response:
    """List assignments, and let an adjudicator make one."""
    return _show_lots(request, store, user)


def _show_lots(
    request: Request,
    store: Store,
    user: User,
    *,
    typed: dict[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    people = [u.name for u in store.list_users() if not u.disabled and may(u, "coder")]
    values = {
        "lots": list_lots(store, user),
        "people": people,
        "may_assign": may(user, "adjudicator"),
        "chosen": typed or {},
        "types": type_keys(),
        "readings": READINGS,
        "problem": problem,
        "user": user,
    }
    return render(request, "double.html", status=status, section=SECTION, values=values)


@router.post("/double/assign")
def make_lot(request: Request, store: Stored, user: Adjudicator, sent: Sent) -> Response:
    """Ask people to code the same mentions, drawn by lot or lowest score first."""
    form = plain_values(sent)
    people = [v for v in sent.getlist("people") if isinstance(v, str)]
    name = form.get("name", "").strip()
    number = form.get("number", "").strip()
    problem = ""
    if not name or len(name) > 100:
        problem = "Give the assignment a name of at most 100 characters."
    elif len(people) < 2:
        problem = "Choose at least two people; agreement takes two."
    elif not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= MOST):
        problem = f"Give a number of mentions from 1 to {MOST}."
    if problem:
        return _show_lots(request, store, user, typed=form, problem=problem, status=422)
    wanted = Filter.read({k: v for k, v in form.items() if k in FORM and v.strip()})
    if form.get("draw") == "score":
        rows = store.list_mentions(wanted, order="score", limit=int(number)).items
        # What a decision alone keeps is in no queue, and an assignment with it would never be done.
        coded = {row.id for row in store.find_mentions([row.id for row in rows], coded=True)}
        targets = [(row.report, row.id) for row in rows if row.id in coded]
    else:
        targets = list(store.sample_mentions(wanted, limit=int(number), seed=name))
    if not targets:
        problem = "No mention fits."
        return _show_lots(request, store, user, typed=form, problem=problem, status=422)
    store.assign(name, people, targets, blind=True)
    return RedirectResponse("/double", status_code=303)


def get_results(store: Store, user: User, name: str) -> tuple[Lot, DoubleCoding]:
    """Give an assignment with what everybody made of it.

    Raises:
        HTTPException: 404, there is none that concerns the user; 403, their own part is not done.
    """
    lot = next((x for x in list_lots(store, user) if x.name == name), None)
    if lot is None:
        raise HTTPException(404, "There is no such assignment.")
    if not lot.shows_results_to(user):
        raise HTTPException(403, "Decide on all of your own part first; until then the others' stays hidden.")
    return lot, read_double_coding(store, name)


@router.get("/double/results")
def show_results(request: Request, store: Stored, user: Coder, name: Id) -> Response:
    """Show how far the coders agree, overall and by field, and where they do not."""
    lot, found = get_results(store, user, name)
    names = _names(store, found)
    values = {
        "lot": lot,
        "found": found,
        "fields": [(f, found.fields[f]) for f in FIELDS if f in found.fields],
        "names": names,
        "may_settle": may(user, "adjudicator"),
        "open": sum(1 for c in found.cases if is_open(c)),
    }
    return render(request, "double_results.html", section=SECTION, values=values)


def is_open(case: Case) -> bool:
    """Whether a case is to be settled: all have decided, they differ, and nobody has settled it."""
    return bool(case.differs) and case.settled is None and all(o.verdict for o in case.opinions)


def _names(store: Store, found: DoubleCoding) -> dict[str, tuple[str, str]]:
    """Type and words of each mention by id, also of those that a decision took out."""
    ids = tuple(c.mention for c in found.cases)
    names: dict[str, tuple[str, str]] = {}
    for start in range(0, len(ids), MOST):
        for coded in (True, False):
            found_now = store.find_mentions(ids[start : start + MOST], coded=coded)
            names |= {m.id: (m.type, m.clause.text) for m in found_now}
    return names


@router.get("/double/case")
def show_case(
    request: Request,
    store: Stored,
    user: Adjudicator,
    name: Id,
    mention: AnyId = None,
) -> Response:
    """Show one case with the views side by side: the one asked for, or the first that is open."""
    lot, found = get_results(store, user, name)
    case = next((c for c in found.cases if (c.mention == mention if mention else is_open(c))), None)
    if case is None:
        return RedirectResponse(f"/double/results?{_query(name)}", status_code=303)
    coded = store.get_report(case.report)
    shown = next((m for m in coded.mentions if m.id == case.mention), None)
    shown = shown or next((o.mention for o in case.opinions if o.mention), None)
    values: dict[str, Any] = {
        "lot": lot,
        "case": case,
        "fields": FIELDS,
        "queue": Queue(Filter()),
        "report": coded.report,
        "m": shown,
        "sentence": cut_sentence(coded.report.text, shown) if shown else (),
        "reading": view_report(coded, mention=case.mention),
        "quads": quads(),
        "open": sum(1 for c in found.cases if is_open(c)),
    }
    return render(request, "double_case.html", section=SECTION, values=values)


@router.post("/double/settle")
def settle_case(request: Request, store: Stored, user: Adjudicator, sent: Sent) -> Response:
    """Settle a case by one person's view, and go on to the next that is open."""
    form = plain_values(sent)
    name = form.get("name", "")
    _, found = get_results(store, user, name)
    case = next((c for c in found.cases if c.mention == form.get("mention")), None)
    if case is None:
        raise HTTPException(404, "The assignment has no such mention.")
    if not all(o.verdict for o in case.opinions):
        raise ReviewError("not everybody has decided on it yet.")
    fields = {f: form[f"from-{f}"] for f in FIELDS if form.get(f"from-{f}")}
    settle(store, user.name, user.role, name, case, form.get("take", ""), fields=fields)
    return RedirectResponse(f"/double/case?{_query(name)}", status_code=303)


def _query(name: str) -> str:
    return urlencode({"name": name})
