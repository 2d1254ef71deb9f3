"""Every value of a coded report reads back from its text, and no report gets lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from according.read import read_reports
from according.records import CodedReport, Issue, Report, Span
from according.texts import MAX_CHARS

if TYPE_CHECKING:
    from according.coder import Coder

pytestmark = pytest.mark.model
ROOT = Path(__file__).parents[2]
PIECES = [
    "Rebels",
    "the army",
    "said",
    "attacked",
    "“",
    "”",
    "\r\n\r\n",
    " ",
    ", ",
    ".",
    "on Monday",
    "Lund",
    "at least 5",
    "killed",
    "not",
    "\U0001f600",
    "é",
    "<b>",
    "will meet",
    "minister",
    "\u2028",
    '"',
    "If",
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    from according.coder import Coder

    return Coder()


@pytest.fixture(scope="module")
def coded(coder: Coder) -> list[CodedReport]:
    reports = [r for r in read_reports([ROOT / "examples" / "reports"]) if isinstance(r, Report)]
    results = list(coder.code_many(reports))
    assert [r for r in results if isinstance(r, Issue)] == []
    assert len(results) == len(reports) >= 10
    return [r for r in results if isinstance(r, CodedReport)]


def spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from spans(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)


def check(record: CodedReport) -> int:
    found = list(spans(record))
    assert [s for s in found if record.report.text[s.start : s.end] != s.text] == []
    assert [s for s in found if s.start >= s.end] == []
    return len(found)


def test_every_span_reads_back(coded: list[CodedReport]) -> None:
    assert all(check(record) > 20 for record in coded)


def test_ids_lead_somewhere(coded: list[CodedReport]) -> None:
    for record in coded:
        entities, statements = {e.id for e in record.entities}, {s.id for s in record.statements}
        events = {e.id for e in record.events}
        for mention in record.mentions:
            assert mention.event in events
            assert {p.entity for p in (*mention.actors, *mention.recipients)} - {None} <= entities
            assert {link.statement for link in mention.attribution} <= statements
        assert {s.parent for s in record.statements} - {None} <= statements


def test_records_read_back_from_their_json(coded: list[CodedReport]) -> None:
    assert [CodedReport.from_json(record.to_json()) for record in coded] == coded


def test_two_runs_give_the_same_bytes(coder: Coder, coded: list[CodedReport]) -> None:
    again = coder.code(coded[0].report)
    assert again.to_json() == coded[0].to_json()


def test_reports_in_are_reports_coded_or_set_aside(coder: Coder) -> None:
    texts = ["Rebels fled.", "x" * (MAX_CHARS + 1), "Talks began."]
    results = list(coder.code_many(Report(id=str(i), text=t) for i, t in enumerate(texts)))
    assert [r.report.id if isinstance(r, CodedReport) else r.code for r in results] == [
        "0",
        "report-too-long",
        "2",
    ]


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map(" ".join))
def test_any_text_is_coded_with_true_spans(coder: Coder, text: str) -> None:
    check(coder.code(Report(id="h", text=text)))
