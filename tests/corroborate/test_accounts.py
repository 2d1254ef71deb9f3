"""Accounts side by side: what differs, who denies, who changed a figure, how sources are counted."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest

from according.corroborate import AccountTable, EventIndex, tell_accounts
from according.corroborate.show import show_accounts
from according.export.accounts import write_account_rows
from according.records import CodedReport

Make = Callable[..., CodedReport]
DAY = date(2021, 5, 3)


def read_rows(table: AccountTable) -> list[dict[str, str]]:
    out = StringIO()
    write_account_rows([table], out)
    return list(csv.DictReader(StringIO(out.getvalue())))


def tell(reports: list[CodedReport]) -> AccountTable:
    index = EventIndex()
    index.join(reports)
    (event,) = (e for e in index.events() if len(e.reports) == len(reports))
    by_id = {c.report.id: c for c in reports}
    return tell_accounts(event, by_id, source_of=index.source_of, folds=index.folds())


@pytest.fixture
def sides(make_report: Make) -> list[CodedReport]:
    """A claim, a denial, and a claim with another figure."""
    return [
        make_report(
            "claim", "Rebels attacked the dam at Orla on Monday and killed 12 soldiers, the army said.",
            "attacked", actor="Rebels", recipient="soldiers", day=DAY, place=("Orla", "XAA"), killed=(12, 12),
            speaker=("army", "asserts"), publisher="State Radio", published=date(2021, 5, 4),
        ),
        make_report(
            "denial", "Rebels denied that they had attacked the dam at Orla on Monday.", "attacked",
            actor="Rebels", day=DAY, place=("Orla", "XAA"), factuality="negated",
            speaker=("Rebels", "denies"), publisher="Free Hills", published=date(2021, 5, 4),
        ),
        make_report(
            "count", "The army said rebels attacked the dam at Orla on Monday and killed 15 soldiers.",
            "attacked", actor="rebels", recipient="soldiers", day=DAY, place=("Orla", "XAA"), killed=(15, 15),
            speaker=("army", "asserts"), publisher="Orla Gazette", published=date(2021, 5, 6),
        ),
    ]  # fmt: skip


def test_each_voice_has_a_row_and_disputed_cells_are_marked(sides: list[CodedReport]) -> None:
    table = tell(sides)
    assert {(a.publisher, a.speakers, a.voice) for a in table.accounts} == {
        ("State Radio", ("army",), "army"),
        ("Free Hills", ("Rebels",), "Rebels"),
        ("Orla Gazette", ("army",), "army"),
    }
    marked = {a.report: a.differs for a in table.accounts}
    assert marked["claim"] == marked["count"] == ("killed",)
    assert marked["denial"] == ("factuality",)
    assert table.disputed == ("killed", "factuality")


def test_a_denial_stands_beside_the_claims_it_denies(sides: list[CodedReport]) -> None:
    table = tell(sides)
    by_report = {a.report: a.id for a in table.accounts}
    (denial,) = table.denials
    assert denial.denial == by_report["denial"]
    assert set(denial.claims) == {by_report["claim"], by_report["count"]}


def test_a_voice_that_gives_another_figure_later_has_changed_it(sides: list[CodedReport]) -> None:
    (change,) = tell(sides).changes
    assert (change.voice, change.count, change.before.low, change.after.low) == ("army", "killed", 12, 15)


def test_two_figures_of_one_day_are_no_change_of_story(sides: list[CodedReport]) -> None:
    same_day = sides[2].report.model_copy(update={"published": date(2021, 5, 4)})
    sides[2] = sides[2].model_copy(update={"report": same_day})
    assert tell(sides).changes == ()


def test_ranges_that_meet_do_not_differ(make_report: Make, sides: list[CodedReport]) -> None:
    least = make_report(
        "count", "The army said rebels attacked the dam at Orla and killed at least 10 soldiers.", "attacked",
        actor="rebels", recipient="soldiers", day=DAY, place=("Orla", "XAA"), killed=(10, None),
        speaker=("army", "asserts"), publisher="Orla Gazette", published=date(2021, 5, 6),
    )  # fmt: skip
    assert "killed" not in tell([sides[0], sides[1], least]).disputed


def test_a_reprint_is_an_account_but_no_source(sides: list[CodedReport]) -> None:
    text = sides[0].report.text + (
        " Engineers closed the upper gates before nightfall and sent the late shift home by boat."
    )
    first = sides[0].model_copy(update={"report": sides[0].report.model_copy(update={"text": text})})
    copy = first.report.model_copy(
        update={"id": "copy", "publisher": "Valley Echo", "published": date(2021, 5, 5)}
    )
    mention = first.mentions[0].model_copy(update={"id": "m-copy", "event": "v-copy"})
    table = tell([first, first.model_copy(update={"report": copy, "mentions": (mention,)})])
    assert len(table.accounts) == 2
    assert table.sources == ("State Radio",)
    assert table.event.sources == ("State Radio",)
    assert [(f.copy_, f.original) for f in table.folds] == [("copy", "claim")]
    assert any("copy follows claim" in line for line in table.why)


def test_the_table_is_shown_whole_in_text_and_csv(sides: list[CodedReport]) -> None:
    from rich.console import Console

    table = tell(sides)
    out = StringIO()
    Console(file=out, width=200).print(show_accounts(table))
    text = out.getvalue()
    assert "State Radio › army (asserts), 2021-05-04" in text
    assert "killed 12 ≠" in text
    assert "army changed its figure of killed: 12 on 2021-05-04, 15 on 2021-05-06." in text
    rows = read_rows(table)
    assert [r["killed_low"] for r in rows if r["report"] != "denial"] == ["12", "15"]
    assert json.loads(table.model_dump_json(by_alias=True))["event"]["id"] == table.event.id


def test_words_of_a_report_are_no_formula_in_a_table(make_report: Make) -> None:
    report = make_report("x", "=Rebels attacked Orla.", "attacked", actor="=Rebels", publisher="@Radio")
    index = EventIndex()
    index.join([report])
    table = tell_accounts(index.events()[0], {"x": report}, source_of=index.source_of)
    (row,) = read_rows(table)
    assert (row["actors"], row["publisher"], row["words"]) == (
        "'=Rebels",
        "'@Radio",
        "'=Rebels attacked Orla.",
    )
