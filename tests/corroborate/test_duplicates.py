"""Who copies whom: exact, near and partial copies, credit lines, and what is no copy."""

from __future__ import annotations

import random
from datetime import date

import pytest

from according.corroborate import FoldIndex, find_folds
from according.corroborate.agencies import find_agency, find_credit
from according.records import Report

WIRE = (
    "Soldiers opened fire on a bus near the border town of Kessab on Tuesday and killed"
    " four passengers, a provincial governor said.\n\n"
    "The bus had failed to stop at a checkpoint that was set up an hour earlier after a raid on an army"
    " depot, the governor told reporters outside the hospital.\n\n"
    "Two of the wounded were flown to the capital in the evening, and a third was being treated for burns at"
    " the district clinic, doctors there added."
)
OWN = (
    "Our correspondent reached Kessab on Wednesday morning and found the road closed by two lorries and a"
    " line of conscripts who would not give their names.\n\n"
    "Shopkeepers described a long burst of shots, then silence, then cars being waved through with their"
    " lights off until the small hours of the night.\n\n"
)
FOLLOWING = WIRE.split("\n\n")[1]
TUESDAY, WEDNESDAY = date(2020, 3, 3), date(2020, 3, 4)


def report(name: str, text: str, published: date | None = TUESDAY, publisher: str | None = None) -> Report:
    return Report(id=name, text=text, published=published, publisher=publisher or f"{name} Daily")


def test_the_same_words_are_an_exact_copy_of_the_earlier_report() -> None:
    (fold,) = find_folds([report("late", WIRE.replace("\n\n", "\n \n"), WEDNESDAY), report("early", WIRE)])
    assert (fold.copy_, fold.original, fold.kind, fold.effect, fold.share) == (
        "late",
        "early",
        "exact",
        "whole",
        1.0,
    )
    assert "2020-03-03" in fold.why


def test_a_cut_and_retouched_copy_is_near() -> None:
    cut = "\n\n".join(WIRE.replace("an army depot", "a depot").split("\n\n")[:2])
    (fold,) = find_folds([report("early", WIRE), report("late", cut, WEDNESDAY)])
    assert (fold.copy_, fold.kind, fold.effect) == ("late", "near", "whole")
    assert 0.7 <= fold.share < 1


def test_a_wire_paragraph_in_an_own_story_folds_that_paragraph_alone() -> None:
    mixed = report("own", OWN + FOLLOWING, WEDNESDAY)
    index = FoldIndex()
    for item in (report("wire", WIRE, publisher="Reuters"), mixed):
        index.add(item)
    index.refresh()
    (fold,) = index.folds()
    assert (fold.copy_, fold.kind, fold.effect) == ("own", "partial", "part")
    assert [s.text for s in fold.spans] == [FOLLOWING]
    assert index.source_of("own", 5) == "own Daily"
    assert index.source_of("own", mixed.text.index("failed to stop")) == "Reuters"


def test_two_reports_of_one_happening_in_own_words_are_no_copies() -> None:
    assert find_folds([report("wire", WIRE), report("own", OWN, WEDNESDAY)]) == ()


def test_one_speech_quoted_by_two_is_no_copy() -> None:
    speech = (
        "“We will rebuild every house that was burned on that night and we will find those who gave the"
        " order, and nobody in this province will have to sleep in a tent when the winter comes,”"
    )
    one = report(
        "one", f"{speech} the governor told a crowd from the steps of the town hall in the afternoon."
    )
    two = report(
        "two", f"{speech} said the head of the province, who had come by helicopter with his deputy."
    )
    assert find_folds([one, two]) == ()


def test_a_copy_of_a_copy_leads_to_the_first() -> None:
    index = FoldIndex()
    for name, day in (("c", date(2020, 3, 5)), ("a", TUESDAY), ("b", WEDNESDAY)):
        index.add(report(name, WIRE, day))
    index.refresh()
    assert {index.source_of(n, 10) for n in "abc"} == {"a Daily"}


def test_of_one_day_the_agency_is_the_original() -> None:
    (fold,) = find_folds([report("a-paper", WIRE), report("z-wire", WIRE, publisher="Agence France-Presse")])
    assert (fold.copy_, fold.original) == ("a-paper", "z-wire")


def test_order_makes_no_difference() -> None:
    reports = [
        report("1", WIRE),
        report("2", WIRE, WEDNESDAY),
        report("3", OWN + FOLLOWING, WEDNESDAY),
        report("4", OWN, date(2020, 3, 5)),
    ]
    expected = find_folds(reports)
    assert len(expected) == 3
    for seed in range(6):
        index = FoldIndex()
        known: dict[str, object] = {}
        for item in random.Random(seed).sample(reports, len(reports)):
            index.add(item)
            new, gone, _ = index.refresh()
            for name in gone:
                known.pop(name)
            known.update((f.id, f) for f in new)
        assert index.folds() == expected
        assert known == {f.id: f for f in expected}


@pytest.mark.parametrize(
    ("text", "agency", "whole"),
    [
        ("KABUL (AP) — Two men were killed.\n\nMore followed.", "AP", True),
        ("Two men were killed.\n\nThe Associated Press", "AP", True),
        ("Troops left\n\nBy Reuters\n\nTroops left the town.", "Reuters", True),
        ("Troops left the town. -AFP", "AFP", True),
        ("Troops left the town.\n\nAFP contributed to this report.", "AFP", False),
        ("Troops left.\n\nWith reporting by Jane Roe and Reuters", "Reuters", False),
    ],
)
def test_credit_lines(text: str, agency: str, whole: bool) -> None:
    credit = find_credit(Report(id="r", text=text))
    assert credit is not None
    assert (credit.agency, credit.whole) == (agency, whole)
    assert text[credit.span.start : credit.span.end] == credit.span.text


@pytest.mark.parametrize(
    "text",
    [
        "Reuters reported that troops left the town, and AFP said the same.",
        "He told the AP that troops had left.",
        "The app was banned. The pa system failed.",
    ],
)
def test_what_is_no_credit_line(text: str) -> None:
    assert find_credit(Report(id="r", text=text)) is None


def test_two_papers_that_credit_one_agency_are_one_source() -> None:
    index = FoldIndex()
    index.add(report("one", "KABUL (AP) — Two men were killed at noon."))
    index.add(report("two", "A bomb killed two.\n\nThe Associated Press", WEDNESDAY))
    index.add(report("three", "Bomb kills two\n\nAP contributed to this report.", WEDNESDAY))
    index.refresh()
    assert [index.source_of(n, 20) for n in ("one", "two", "three")] == ["AP", "AP", "three Daily"]


def test_agencies_are_known_by_their_publisher_names() -> None:
    assert [find_agency(n) for n in ("Xinhua News Agency", "ap", "AP", None)] == ["Xinhua", None, "AP", None]
