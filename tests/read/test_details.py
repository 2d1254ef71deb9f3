"""Details that stand in a file beside a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from according.read import read_reports
from according.records import Issue, Report


def read(folder: Path) -> tuple[list[Report], list[Issue]]:
    items = list(read_reports([folder]))
    return [i for i in items if isinstance(i, Report)], [i for i in items if isinstance(i, Issue)]


def test_details_fill_in_what_a_report_lacks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rebels left the town.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Rebels came back.", encoding="utf-8")
    (tmp_path / "a.meta.json").write_text(
        '{"publisher": "Herald", "published": "1991-08-20"}', encoding="utf-8"
    )
    reports, issues = read(tmp_path)
    assert issues == []
    assert [(r.id, r.publisher, str(r.published)) for r in reports] == [
        ("a.txt", "Herald", "1991-08-20"),
        ("b.txt", None, "None"),
    ]


@pytest.mark.parametrize("content", ["", "[]", '{"published": "soon"}', '{"author": "x"}'])
def test_wrong_details_are_told_and_the_report_goes_on(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.txt").write_text("Rebels left the town.", encoding="utf-8")
    (tmp_path / "a.meta.json").write_text(content, encoding="utf-8")
    reports, issues = read(tmp_path)
    assert [r.id for r in reports] == ["a.txt"]
    assert [i.code for i in issues] == ["details-wrong"]
    assert "a.meta.json" in issues[0].message and "YYYY-MM-DD" in issues[0].message
