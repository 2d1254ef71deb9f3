"""Exports of Nexis Uni and Factiva come apart into reports with their details."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from made import FACTIVA_PAGE, FACTIVA_PLAIN, FACTIVA_TAGGED, NEXIS, docx, rtf

from according.read import read_reports
from according.read.factiva import split_factiva
from according.read.nexis import split_nexis
from according.records import Issue, Report


def read(path: Path) -> tuple[list[Report], list[Issue]]:
    items = list(read_reports([path]))
    return [i for i in items if isinstance(i, Report)], [i for i in items if isinstance(i, Issue)]


@pytest.mark.parametrize("kind", ["docx", "rtf", "doc", "txt"])
def test_nexis_export_gives_each_report_with_its_details(tmp_path: Path, kind: str) -> None:
    lines = NEXIS.split("\n")
    data = docx(lines) if kind == "docx" else NEXIS.encode() if kind == "txt" else rtf(lines)
    path = tmp_path / f"export.{kind}"
    path.write_bytes(data)
    (first, second), issues = read(path)
    assert (first.id, first.title, first.publisher) == (
        f"export.{kind}#1",
        "Truce talks resume in Tarsa",
        "The Northern Herald (Tarsa)",
    )
    assert (first.published, first.dateline) == (date(2020, 3, 3), "TARSA")
    assert first.text == (
        "Truce talks resume in Tarsa\n\nMediators expect a long night.\n\nBy Ana Rossi\n\n"
        "Rebel leaders and the government resumed truce talks on Tuesday.\n\n"
        '"We want peace," said Karim Doss, who spoke for 300 fighters.'
    )
    assert (second.id, second.publisher, second.published) == (
        f"export.{kind}#2",
        "Valley Post",
        date(2020, 3, 5),
    )
    assert second.text == "Miners end strike\n\nMiners went back to work on Wednesday."
    assert [(i.code, i.report) for i in issues] == [("date-assumed", second.id)]
    assert "2020-03-05" in issues[0].message


def test_nexis_day_of_a_correction_is_no_part_of_the_text(tmp_path: Path) -> None:
    words = NEXIS.replace(
        "Load-Date: March 5, 2020", "Correction-Date: March 6, 2020\nLoad-Date: March 5, 2020"
    )
    assert words != NEXIS
    (tmp_path / "a.txt").write_text(words, encoding="utf-8")
    reports, _ = read(tmp_path / "a.txt")
    assert reports[1].text == "Miners end strike\n\nMiners went back to work on Wednesday."


def test_nexis_day_that_cannot_be_read_and_no_day_of_loading(tmp_path: Path) -> None:
    words = NEXIS.replace("March 3, 2020 Tuesday 10:15 PM GMT", "03/03/2020").replace(
        "Load-Date: March 4, 2020", ""
    )
    (tmp_path / "a.txt").write_text(words, encoding="utf-8")
    reports, issues = read(tmp_path / "a.txt")
    assert (reports[0].title, reports[0].publisher, reports[0].published) == (
        "Truce talks resume in Tarsa",
        "The Northern Herald (Tarsa)",
        None,
    )
    assert [i.code for i in issues] == ["date-assumed"]


def test_nexis_keeps_section_and_length_of_a_story() -> None:
    first, second = split_nexis(NEXIS)
    assert (first.section, first.length) == ("Section A; Column 0; Foreign Desk; Pg. 1", 1031)
    assert (first.line, second.line) == (9, 1 + NEXIS.split("\n").index("Miners end strike"))


def test_nexis_story_that_is_cut_short_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "cut.txt"
    path.write_text(NEXIS[: NEXIS.rindex("\nLoad-Date")], encoding="utf-8")
    reports, _ = read(path)
    assert [r.title for r in reports] == ["Truce talks resume in Tarsa", "Miners end strike"]


def test_nexis_story_without_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bare.txt"
    path.write_text(NEXIS.replace("Miners went back to work on Wednesday.\n", ""), encoding="utf-8")
    reports, issues = read(path)
    assert len(reports) == 1
    assert [(i.code, i.line) for i in issues] == [
        ("text-empty", 1 + NEXIS.split("\n").index("Miners end strike"))
    ]


def test_text_that_merely_speaks_of_documents_is_one_report(tmp_path: Path) -> None:
    words = "The end\n\nEnd of Document\n\nThe court closed the file.\n"
    (tmp_path / "a.txt").write_text(words, encoding="utf-8")
    reports, issues = read(tmp_path)
    assert [r.text for r in reports] == [words]
    assert issues == []


@pytest.mark.parametrize("kind", ["rtf", "txt"])
def test_factiva_tagged_fields(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"factiva.{kind}"
    path.write_bytes(FACTIVA_TAGGED.encode() if kind == "txt" else rtf(FACTIVA_TAGGED.split("\n")))
    (first, second), issues = read(path)
    assert issues == []
    assert (first.id, first.title, first.publisher, first.published) == (
        "NHER000020200303eg330012x",
        "Minister resigns",
        "Northern Herald",
        date(2020, 3, 3),
    )
    assert first.text == (
        "Minister resigns\n\nBy Ana Rossi\n\nThe minister resigned on Tuesday.\n"
        "IN the capital, crowds gathered.\n\nHe blamed the army."
    )
    assert (second.id, second.published) == ("NHER000020200304eg330013x", date(2020, 3, 4))
    assert second.text == "Police hold two men\n\nPolice arrested two men."


@pytest.mark.parametrize("kind", ["rtf", "docx", "txt"])
def test_factiva_without_tags(tmp_path: Path, kind: str) -> None:
    lines = FACTIVA_PLAIN.split("\n")
    path = tmp_path / f"factiva.{kind}"
    path.write_bytes({"rtf": rtf(lines), "docx": docx(lines), "txt": FACTIVA_PLAIN.encode()}[kind])
    (first, second), issues = read(path)
    assert issues == []
    assert (first.title, first.publisher, first.published) == (
        "Minister of mines resigns after protest",
        "Northern Herald",
        date(2020, 3, 3),
    )
    assert first.text.endswith("By Ana Rossi\n\nThe minister resigned on Tuesday.\n\nHe blamed the army.")
    assert (second.id, second.title) == ("NHER000020200304eg330013x", "Police hold two men")
    assert second.text == "Police hold two men\n\nPolice arrested two men."


def test_factiva_page_with_and_without_tags(tmp_path: Path) -> None:
    (tmp_path / "factiva.html").write_text(FACTIVA_PAGE, encoding="utf-8")
    (first, second), issues = read(tmp_path / "factiva.html")
    assert issues == []
    assert (first.id, first.title, first.publisher, first.published) == (
        "NHER000020200303eg330012x",
        "Minister resigns",
        "Northern Herald",
        date(2020, 3, 3),
    )
    assert first.text == (
        "Minister resigns\n\nBy Ana Rossi\n\nThe minister resigned on Tuesday & left.\n\nHe blamed the army."
    )
    assert second.text == (
        "Police hold two men\n\nPolice arrested two men.\n\nThey were armed.\n\nA court sits on Friday."
    )
    assert (second.id, second.published) == ("NHER000020200304eg330013x", date(2020, 3, 4))


def test_factiva_page_that_lost_end_tags_has_each_story_once(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(FACTIVA_PAGE, encoding="utf-8")
    whole, _ = read(path)
    broken = re.sub(r"</div>(?=\s*<div class=.article)", "", FACTIVA_PAGE)
    assert broken != FACTIVA_PAGE
    path.write_text(broken, encoding="utf-8")
    assert [(r.id, r.text) for r in read(path)[0]] == [(r.id, r.text) for r in whole]


def test_factiva_story_of_another_layout_is_kept_whole() -> None:
    odd = FACTIVA_PLAIN.replace("12 words\n4 March 2020\n", "twelve words\n")
    stories = list(split_factiva(odd))
    assert [s.id for s in stories] == ["NHER000020200303eg330012x", "NHER000020200304eg330013x"]
    assert stories[1].title is None
    assert "Police arrested two men." in stories[1].body and "twelve words" in stories[1].body


def test_nexis_rtf_with_links_and_hard_spaces(tmp_path: Path) -> None:
    link = r'{\field{\*\fldinst{HYPERLINK "https://advance.example/x"}}{\fldrslt{\b Truce talks resume}}}'
    lines = [link, "The Herald", "March 3, 2020 Tuesday", "Copyright 2020 The Herald", r"Section:\~ A1"]
    lines += [r"Length:\~ 12 words", r"Byline:\~ Ana Rossi", "", "Body", "", r"Rebels \'93talked\'94.", ""]
    lines += [r"Load-Date:\~ March 4, 2020", "", "End of Document"]
    words = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}}"
    words += "".join(rf"\pard {line}\par " for line in lines) + r"\page}"
    (tmp_path / "a.rtf").write_text(words, encoding="ascii")
    (report,), issues = read(tmp_path / "a.rtf")
    assert issues == []
    assert report.text == "Truce talks resume\n\nBy Ana Rossi\n\nRebels “talked”."
    assert (report.publisher, report.published) == ("The Herald", date(2020, 3, 3))


def test_factiva_rtf_with_fields_in_a_table(tmp_path: Path) -> None:
    fields = {
        "HD": "Minister resigns",
        "PD": "3 March 2020",
        "SN": "Northern Herald",
        "LP": r"The minister resigned.\par In Tarsa, crowds gathered.",
        "TD": r"He blamed the army.\par CO workers wept.",
        "AN": "Document NHER000020200303eg330012x",
    }
    rows = (rf"\trowd\cellx900\cellx9000\pard\intbl {{\b {k}}}\cell {v}\cell\row " for k, v in fields.items())
    (tmp_path / "a.rtf").write_text(r"{\rtf1\ansi\deff0" + "".join(rows) + r"\pard\par}", encoding="ascii")
    (report,), issues = read(tmp_path / "a.rtf")
    assert issues == []
    assert report.text == (
        "Minister resigns\n\nThe minister resigned.\nIn Tarsa, crowds gathered.\n\n"
        "He blamed the army.\nCO workers wept."
    )
