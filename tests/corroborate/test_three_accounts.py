"""The three accounts of examples/accounts, coded for real and told side by side."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from according.coder import Coder
from according.corroborate import AccountTable, EventIndex, tell_accounts
from according.corroborate.show import show_accounts
from according.read import read_reports
from according.records import CodedReport, Report

ACCOUNTS = Path(__file__).parents[2] / "examples" / "accounts"
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def coded(coder: Coder) -> dict[str, CodedReport]:
    reports = [r for r in read_reports([ACCOUNTS]) if isinstance(r, Report)]
    assert len(reports) == 3
    results = [r for r in coder.code_many(reports) if isinstance(r, CodedReport)]
    return {r.report.id: r for r in results}


@pytest.fixture(scope="module")
def table(coded: dict[str, CodedReport]) -> AccountTable:
    index = EventIndex()
    index.join(coded.values())
    (event,) = (e for e in index.events() if len(e.reports) == 3)
    return tell_accounts(event, coded, source_of=index.source_of, folds=index.folds())


def test_three_outlets_tell_one_shelling(table: AccountTable) -> None:
    assert table.event.type == "ASSAULT"
    assert set(table.event.publishers) == {"Miljacka Courier", "Drina Herald", "Lakeside Post"}
    assert set(table.sources) == {"Miljacka Courier", "Drina Herald", "Lakeside Post"}
    assert str(table.event.from_) == "1994-02-05"


def test_the_figures_stand_by_their_voices(table: AccountTable) -> None:
    killed = {f.voice: (f.low, f.high) for f in table.figures if f.count == "killed"}
    assert killed == {"hospital officials": (66, None), "Bosnian government": (68, 68)}
    assert table.event.killed is not None
    assert (table.event.killed.low, table.event.killed.high) == (66, 68)


def test_the_denial_stands_beside_the_claims(table: AccountTable) -> None:
    (denial,) = table.denials
    accounts = {a.id: a for a in table.accounts}
    assert accounts[denial.denial].publisher == "Drina Herald"
    assert accounts[denial.denial].stance == "denies"
    assert {accounts[c].publisher for c in denial.claims} >= {"Miljacka Courier", "Lakeside Post"}
    assert {"factuality", "injured"} <= set(table.disputed)


def test_every_word_shown_is_in_its_report(table: AccountTable, coded: dict[str, CodedReport]) -> None:
    spans = [(coded[a.report].report.text, s) for a in table.accounts for s in a.words]
    assert len(spans) >= 6
    assert all(text[s.start : s.end] == s.text for text, s in spans)


def test_the_table_is_told_side_by_side(table: AccountTable) -> None:
    out = StringIO()
    Console(file=out, width=160).print(show_accounts(table))
    text = out.getvalue()
    assert "Miljacka Courier › Bosnian government (asserts), 1994-02-06" in text
    assert "killed 68" in text
    assert "killed at least 66" in text
    assert "denies what is claimed in" in text
