"""Commitments: what was promised for a day, and what became of it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest

from according.corroborate import find_commitments
from according.export.accounts import write_commitment_rows
from according.records import CodedReport

Make = Callable[..., CodedReport]
DUE = date(2021, 12, 1)


@pytest.fixture
def promise(make_report: Make) -> CodedReport:
    return make_report(
        "promise", "Zandia will withdraw its troops from Orla by December 1.", "withdraw", actor="Zandia",
        type_="RETREAT", rule="retreat.withdraw.v", factuality="planned", day=DUE, place=("Orla", "XAA"),
        published=date(2021, 11, 3), publisher="Post",
    )  # fmt: skip


def later(make: Make, name: str, published: date, **more: object) -> CodedReport:
    fields: dict[str, object] = {
        "actor": "Zandia", "type_": "RETREAT", "rule": "retreat.withdraw.v", "place": ("Orla", "XAA"),
        "published": published, "publisher": "Radio",
    } | more  # fmt: skip
    return make(name, "Zandia withdrew its troops from Orla.", "withdrew", **fields)


@pytest.mark.parametrize(
    ("published", "more", "outcome"),
    [
        (date(2021, 11, 29), {"day": date(2021, 11, 28)}, "kept"),
        (date(2021, 12, 9), {"day": date(2021, 12, 8)}, "kept late"),
        (date(2021, 12, 9), {}, "done, day not told"),
        (date(2021, 12, 9), {"factuality": "negated"}, "broken"),
        (date(2021, 11, 20), {"factuality": "negated"}, "broken"),
    ],
)
def test_a_later_report_tells_what_became_of_it(
    make_report: Make, promise: CodedReport, published: date, more: dict[str, object], outcome: str
) -> None:
    answer = later(make_report, "answer", published, **more)
    for order in ([promise, answer], [answer, promise]):
        (found,) = find_commitments(order)
        assert (found.due, found.outcome) == (DUE, outcome)
        assert [a.report for a in found.answers] == ["answer"]


def test_two_reports_that_disagree_leave_it_disputed(make_report: Make, promise: CodedReport) -> None:
    kept = later(make_report, "kept", date(2021, 12, 2), day=DUE)
    broken = later(make_report, "broken", date(2021, 12, 3), factuality="negated")
    (found,) = find_commitments([promise, kept, broken])
    assert found.outcome == "disputed"
    assert [a.reading for a in found.answers] == ["done", "not done"]


def test_other_parties_other_acts_and_earlier_days_are_no_answer(
    make_report: Make, promise: CodedReport
) -> None:
    others = [
        later(make_report, "party", date(2021, 11, 29), actor="troops", place=("Vell", "XBB")),
        later(make_report, "act", date(2021, 11, 29), type_="ASSAULT", rule="assault.attack.v"),
        later(make_report, "before", date(2021, 11, 29), day=date(2021, 6, 1)),
    ]
    (found,) = find_commitments([promise, *others])
    assert found.answers == ()
    assert found.outcome == "open"


def test_no_word_after_the_day_is_not_the_same_as_open(make_report: Make, promise: CodedReport) -> None:
    assert find_commitments([promise])[0].outcome == "open"
    other = make_report("other", "Police met farmers.", "met", type_="CONSULT", published=date(2022, 1, 1))
    assert find_commitments([promise, other])[0].outcome == "no word"


def test_a_plan_for_a_day_gone_by_or_without_a_day_is_no_commitment(make_report: Make) -> None:
    common = {"type_": "RETREAT", "rule": "retreat.withdraw.v", "factuality": "planned", "actor": "Zandia"}
    gone = make_report(
        "a", "Zandia was to withdraw.", "withdraw", day=date(2021, 1, 1), published=DUE, **common
    )
    open_ = make_report("b", "Zandia will withdraw.", "withdraw", published=DUE, **common)
    undated = make_report("c", "Zandia will withdraw.", "withdraw", day=DUE, **common)
    assert find_commitments([gone, open_, undated]) == ()


def test_csv_has_a_row_an_answer(make_report: Make, promise: CodedReport) -> None:
    kept = later(make_report, "kept", date(2021, 12, 2), day=DUE)
    out = StringIO()
    write_commitment_rows(find_commitments([promise, kept]), out)
    (row,) = csv.DictReader(StringIO(out.getvalue()))
    assert (row["due"], row["outcome"], row["answer_report"], row["reading"]) == (
        "2021-12-01",
        "kept",
        "kept",
        "done",
    )
