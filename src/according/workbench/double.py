"""Double coding: what two people made of the same mentions, how far they agree, and what to settle."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from according.errors import ReviewError
from according.evaluate import (
    FieldAgreement,
    GoldEvent,
    compare_events,
    event_of,
    gold_of,
    krippendorff_alpha,
)
from according.evaluate.agreement import FIELDS, describe_value
from according.records import Mention
from according.store import Change, EffectiveReport, Store
from according.workbench.decisions import TOGETHER

KEPT = frozenset({"accept", "edit"})
SETTLING = frozenset({"adjudicator", "admin"})
_COLUMNS = {"status": "factuality"}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one person made of a mention.

    Attributes:
        user: Who.
        verdict: keep or reject; None while undecided, skipped or flagged.
        mention: The mention as they have it, or None where they reject it.
    """

    user: str
    verdict: str | None
    mention: Mention | None


@dataclass(frozen=True, slots=True)
class Case:
    """A mention with what everybody made of it.

    Attributes:
        report, mention: Ids.
        opinions: By the people it was assigned to, in order of their names.
        differs: Fields on which they differ; `verdict` where one keeps it and another does not.
        settled: Who settled it, or None.
    """

    report: str
    mention: str
    opinions: tuple[Opinion, ...]
    differs: tuple[str, ...]
    settled: str | None

    def values(self, field: str) -> tuple[str, ...]:
        """What each person gives for a field, as text."""
        return tuple(describe_value(event_of(o.mention), field) if o.mention else "" for o in self.opinions)


@dataclass(frozen=True, slots=True)
class DoubleCoding:
    """An assignment to several people.

    Attributes:
        cases: All mentions.
        alpha: Krippendorff's alpha of the verdicts, or None where it is not defined.
        same, of: Mentions on which all who decided gave one verdict, and mentions at least two decided on.
        fields: Agreement by field over the mentions that two keep.
    """

    cases: tuple[Case, ...]
    alpha: float | None
    same: int
    of: int
    fields: dict[str, FieldAgreement]


def read_double_coding(store: Store, batch: str) -> DoubleCoding:
    """Put together what people made of an assignment.

    Args:
        store: Where decisions stand.
        batch: Name of the assignment.
    """
    people: dict[tuple[str, str], set[str]] = {}
    for item in store.list_assignments(batch):
        people.setdefault((item.report, item.mention), set()).add(item.user)
    views: dict[tuple[str, str], EffectiveReport] = {}
    settled = _settled(store, batch)
    cases: list[Case] = []
    pairs: list[tuple[str, GoldEvent, GoldEvent]] = []
    for (report, mention), users in people.items():
        opinions = []
        for user in sorted(users):
            if (report, user) not in views:
                views[report, user] = store.get_effective(report, user=user, batch=batch)
            opinions.append(_opinion(user, views[report, user], mention))
        kept = [event_of(o.mention) for o in opinions if o.verdict == "keep" and o.mention]
        here = [(report, a, b) for a, b in combinations(kept, 2)]
        pairs += here
        given = {o.verdict for o in opinions if o.verdict}
        differs = [d.field for d in compare_events(here)[1]] if here else []
        names = (["verdict"] if len(given) > 1 else []) + [f for f in FIELDS if f in differs]
        cases.append(Case(report, mention, tuple(opinions), tuple(names), settled.get(mention)))
    verdicts = list(_verdicts(cases))
    judged = [[v for v in unit if v] for unit in verdicts]
    judged = [unit for unit in judged if len(unit) > 1]
    return DoubleCoding(
        tuple(cases),
        krippendorff_alpha(verdicts),
        sum(len(set(unit)) == 1 for unit in judged),
        len(judged),
        compare_events(pairs)[0],
    )


def _verdicts(cases: list[Case]) -> Iterator[tuple[str | None, ...]]:
    users = sorted({o.user for case in cases for o in case.opinions})
    for case in cases:
        by_user = {o.user: o.verdict for o in case.opinions}
        yield tuple(by_user.get(u) for u in users)


def _opinion(user: str, view: EffectiveReport, mention: str) -> Opinion:
    decided = view.decided.get(mention)
    if decided == "reject":
        return Opinion(user, "reject", None)
    found = next((m for m in view.coded.mentions if m.id == mention), None)
    return Opinion(user, "keep" if decided in KEPT else None, found)


def _settled(store: Store, batch: str) -> dict[str, str]:
    out: dict[str, str] = {}
    cursor = None
    while True:
        page = store.list_judgements(batch=f"{batch}{SETTLED}", live=True, limit=500, cursor=cursor)
        for judgement in page.items:
            if judgement.role in SETTLING:
                out.setdefault(judgement.mention, judgement.user)
        cursor = page.next
        if cursor is None:
            return out


SETTLED = " (settled)"
"""Decisions of adjudicators stand under a batch of their own, so that they never mix with the coders'."""


def settle(
    store: Store,
    user: str,
    role: str,
    batch: str,
    case: Case,
    chosen: str,
    *,
    fields: Mapping[str, str] | None = None,
) -> None:
    """Settle a case by taking one person's view, field by field another's where so asked.

    Args:
        store: Where decisions stand.
        user: The adjudicator.
        role: Their role.
        batch: The assignment.
        case: What to settle.
        chosen: Whose view is taken: their verdict, and their value for every field that differs.
        fields: Names of other people by field, as `Case.differs` names it, whose value is taken there.

    Raises:
        ReviewError: Nobody of that name had it to decide on.
    """
    opinions = {o.user: o for o in case.opinions}
    for name in (chosen, *(fields or {}).values()):
        if name not in opinions:
            raise ReviewError(f"{name!r} was not asked about mention {case.mention!r}.")
    lot = f"{batch}{SETTLED}"
    taken = opinions[chosen].mention
    if taken is None or opinions[chosen].verdict == "reject":
        reject = Change(case.report, case.mention, "reject", batch=lot)
        store.append_judgements(user, [reject], role=role)
        return
    record = taken.model_dump(mode="json", by_alias=True)
    for field, name in (fields or {}).items():
        theirs = opinions[name].mention
        if theirs is not None and field in FIELDS:
            column = _COLUMNS.get(field, field)
            record[column] = theirs.model_dump(mode="json", by_alias=True)[column]
    # The coders' own edits stay in force unless an adjudicator's outranks them, field by field.
    others = [o.mention for o in case.opinions if o.mention is not None]
    others += [m for m in store.get_report(case.report).mentions if m.id == case.mention]
    views = [m.model_dump(mode="json", by_alias=True) for m in others]
    edits = [
        (field, value)
        for field, value in record.items()
        if field not in {"id", "event"} and any(view[field] != value for view in views)
    ]
    note = f"{TOGETHER}{secrets.token_hex(6)}" if edits else None
    changes = [Change(case.report, case.mention, "accept", batch=lot, note=note)]
    changes += [Change(case.report, case.mention, "edit", f, v, note, lot) for f, v in edits]
    store.append_judgements(user, changes, role=role)


def export_gold(store: Store, *, whole: bool = True) -> Iterator[dict[str, object]]:
    """Write reviewed reports in the layout of annotated ones.

    Args:
        store: Where decisions stand.
        whole: Only reports of which every mention was accepted, edited or rejected; else every
            report with a decision, with what nobody decided on left out.
    """
    for coded in store.iter_reports():
        view = store.get_effective(coded.report.id)
        if not view.decided:
            continue
        done = {m for m, kind in view.decided.items() if kind in {"accept", "edit", "reject"}}
        if whole and any(m.id not in done for m in coded.mentions):
            continue
        mentions = tuple(m for m in view.coded.mentions if m.id in done)
        yield gold_of(view.coded.model_copy(update={"mentions": mentions})).to_dict()
