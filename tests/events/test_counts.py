"""Numbers of people read from noun phrases."""

from __future__ import annotations

import pytest
from spacy.language import Language

from according.events.counts import find_count
from according.language.clauses import find_clauses
from according.language.model import Function, ParsedReport
from according.records import Report

pytestmark = pytest.mark.model

CASES = [
    ("The blast killed at least five members of the guard.", "five", (5, None)),
    ("The blast killed dozens of people.", "dozens", (24, None)),
    ("The blast killed between 10 and 15 soldiers.", "between", (10, 15)),
    ("The blast killed up to 300 civilians.", "300", (None, 300)),
    ("The blast killed some 2,000 civilians.", "2,000", (2000, 2000)),
    ("The blast killed more than 20 civilians.", "20", (21, None)),
    ("The blast killed fewer than 20 civilians.", "20", (None, 19)),
    ("The blast killed two dozen men.", "dozen", (24, 24)),
    ("The blast killed a dozen men.", "dozen", (12, 12)),
    ("The blast killed twenty-three rebels.", "three", (23, 23)),
    ("The blast killed one hundred and twenty villagers.", "hundred", (120, 120)),
    ("The blast killed tens of thousands of people.", "tens", (20000, None)),
    ("The blast killed seven or eight soldiers.", "seven", (7, 8)),
    ("The blast killed no civilians.", "no", (0, 0)),
    ("The blast killed 12 others.", "12", (12, 12)),
    ("The blast killed a 45-year-old farmer.", None, None),
    ("The blast killed the farmer.", None, None),
    ("The blast killed nearly 40 percent of the herd.", None, None),
]


@pytest.mark.parametrize(("text", "word", "bounds"), CASES)
def test_count(
    nlp: Language, text: str, word: str | None, bounds: tuple[int | None, int | None] | None
) -> None:
    doc = nlp(text)
    parsed = ParsedReport(Report(id="r", text=text), doc)
    kill = next(c for c in find_clauses(doc) if c.lemma == "kill")
    victim = kill.get(Function.OBJECT)[0]
    count = find_count(parsed, victim.start, victim.end, victim.head)
    if bounds is None:
        assert count is None
    else:
        assert count is not None
        assert (count.low, count.high) == bounds
        assert word is not None and word in count.span.text
        assert text[count.span.start : count.span.end] == count.span.text
