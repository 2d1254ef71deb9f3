"""Copies are coded once, and nobody can tell by what comes out."""

from __future__ import annotations

from datetime import date

import pytest

from according import coder as coder_module
from according.coder import Coder
from according.copies import Copies, rename
from according.records import CodedReport, Report

LONG = (
    "GULU, March 3 (Wire) - Rebels killed four soldiers near Gulu on Monday, the army said.\n\n"
    '"We regret the attack," the defence minister said. The government denied that troops had fled.\n\n'
    "Police arrested two men in the town. The rebels' leader, speaking by telephone, said that "
    "talks had failed."
)
SHORT = "Protesters marched through Lima on Tuesday. Police said they had detained nine people."


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def alone(coder: Coder, report: Report) -> str:
    return coder.code(report).to_json()


def coded(coder: Coder, reports: list[Report]) -> list[str]:
    coder._copies = Copies()
    out = list(coder.code_many(reports))
    assert all(isinstance(one, CodedReport) for one in out)
    return [one.to_json() for one in out if isinstance(one, CodedReport)]


def test_copies_are_written_as_if_coded_alone(coder: Coder) -> None:
    texts = [LONG, SHORT, LONG, LONG, SHORT, "Calm.", LONG]
    reports = [Report(id=f"r{n}", text=text) for n, text in enumerate(texts)]
    assert coded(coder, reports) == [alone(coder, r) for r in reports]


def test_the_same_id_twice(coder: Coder) -> None:
    reports = [Report(id="r", text=LONG), Report(id="r", text=LONG)]
    assert coded(coder, reports) == [alone(coder, r) for r in reports]


def test_reprints_with_another_date_publisher_or_title(coder: Coder) -> None:
    base = Report(id="a", text=LONG)
    others: list[dict[str, object]] = [
        {"id": "b", "published": date(2019, 5, 6)}, {"id": "c", "publisher": "Daily Post"},
        {"id": "d", "title": "Rebels kill four"}, {"id": "e", "published": date(2020, 5, 6)},
    ]  # fmt: skip
    reports = [base, *(base.model_copy(update=other) for other in others), base]
    lines = coded(coder, reports)
    assert lines == [alone(coder, r) for r in reports]
    assert len(set(lines)) == 5


def test_each_text_is_parsed_once_and_each_report_coded_once(
    coder: Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[int] = []
    steps = coder_module.parse_report
    monkeypatch.setattr(coder_module, "parse_report", lambda r, d: parsed.append(id(d)) or steps(r, d))
    reports = [Report(id=f"r{n}", text=(LONG, SHORT)[n % 2]) for n in range(70)]
    reprint = Report(id="reprint", text=SHORT, published=date(2021, 1, 2))
    coded(coder, [*reports, reprint])
    assert len(parsed) == 3  # LONG, SHORT and the reprint
    assert len(set(parsed)) == 2  # which shares the parse of SHORT


@pytest.mark.parametrize(("most_bytes", "most_chars"), [(0, 0), (3000, 400)])
def test_what_is_dropped_is_coded_again(coder: Coder, most_bytes: int, most_chars: int) -> None:
    reports = [Report(id=f"r{n}", text=(LONG, SHORT, "Calm.")[n % 3]) for n in range(80)]
    coder._copies = Copies(most_bytes, most_chars)
    lines = [one.to_json() for one in coder.code_many(reports) if isinstance(one, CodedReport)]
    assert lines == [alone(coder, r) for r in reports]
    assert coder._copies._bytes <= most_bytes and coder._copies._chars <= most_chars


def test_a_report_whose_text_holds_an_id_of_its_coding_is_coded_anew(coder: Coder) -> None:
    name = coder.code(Report(id="r1", text=SHORT)).mentions[0].id
    found = coder.code(Report(id="r1", text=f"{SHORT} {name}"))
    assert name in {m.id for m in found.mentions}
    assert rename(found, "r2") is None
