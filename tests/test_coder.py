"""What holds for every coded report, whatever its text."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from according.coder import Coder
from according.records import CodedReport, Issue, Report
from according.texts import MAX_CHARS
from according.verify import find_mismatches

pytestmark = pytest.mark.model
ROOT = Path(__file__).parents[1]
REPORTS = sorted([*ROOT.glob("examples/reports/*.txt"), *ROOT.glob("tests/golden/reports/*.txt")])
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
HOSTILE = {
    "empty": "",
    "white space": " \t\u00a0\n",
    "punctuation": ".,;:!?—“”()[]" * 40,
    "line ends": "\n" * 10_000,
    "no full stop": "soldiers shelled the town and killed villagers who fled from the militia " * 250,
    "one list": "killed, " * 1500,
    "deep phrase": "attack of the " * 1000,
    "open quotation marks": "“" * 200 + "Rebels attacked,” he said",
    "capitals": "REBELS ATTACK BASE " * 100,
    "markup": "<html><body><p>Rebels <b>attacked</b> a base.</p><script>x()</script></body></html>",
    "other planes": "🙂" * 300 + " attacked 🙂 on Monday",
    "controls": "Rebels\x00 attacked\ufffe a\u202e base\r\n\r\r",
}


def check(coded: CodedReport) -> None:
    """Spans quote the text, ids are unique, references exist, the record reads back as it was."""
    assert list(find_mismatches(coded)) == []
    for kind in ("entities", "statements", "mentions", "events"):
        ids = [x.id for x in getattr(coded, kind)]
        assert len(ids) == len(set(ids)), kind
    mentions = {m.id: m for m in coded.mentions}
    assert {m for e in coded.events for m in e.mentions} == set(mentions)
    assert CodedReport.from_json(coded.to_json()) == coded


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_reports_are_coded_soundly_and_alike_twice(coder: Coder, path: Path) -> None:
    meta = json.loads(path.with_suffix(".meta.json").read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    report = Report(id=path.stem, text=text, published=date.fromisoformat(meta["published"]))
    coded = coder.code(report)
    check(coded)
    assert coded.mentions
    assert coder.code(report).to_json() == coded.to_json()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_coded(coder: Coder, name: str) -> None:
    check(coder.code(Report(id="h", text=HOSTILE[name])))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT)
def test_any_text_is_coded(coder: Coder, text: str) -> None:
    check(coder.code(Report(id="h", text=text)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["rebels", "attacked", "“", "”", "said", ",", "that", ".", "\n\n", "Mosul", "five"])
    )
)
def test_any_order_of_words_is_coded(coder: Coder, words: list[str]) -> None:
    check(coder.code(Report(id="h", text=" ".join(words))))


def test_too_long_reports_are_set_aside_and_the_rest_coded(coder: Coder) -> None:
    long = Report(id="long", text="x" * (MAX_CHARS + 1))
    short = Report(id="short", text="Rebels attacked a base.")
    first, second = coder.code_many([long, short])
    assert isinstance(first, Issue)
    assert (first.code, first.report) == ("report-too-long", "long")
    assert isinstance(second, CodedReport) and second.report.id == "short"


def test_time_grows_as_the_text_does(coder: Coder) -> None:
    text = (ROOT / "tests/golden/reports/1968-prague.txt").read_text(encoding="utf-8")

    def seconds(copies: int) -> float:
        told = "\n\n".join(f"{text} Copy {n}." for n in range(copies)).replace(".\n", f". {copies}\n")
        doc = coder.nlp(told)
        started = time.process_time()
        coder.code_doc(Report(id="g", text=told), doc)
        return time.process_time() - started

    seconds(2)
    assert seconds(32) < 4 * 16 * max(seconds(2), 0.05)
