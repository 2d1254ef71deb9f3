"""Numbers of people read from noun phrases."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from according.coder import Coder
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
    ("The blast killed half a dozen guards.", "half", (6, 6)),
    ("The blast killed at least half a dozen guards.", "half", (6, None)),
    ("The blast killed a couple on a bridge.", "couple", (2, 2)),
    ("The blast killed a group of 20 men.", "20", (20, 20)),
    ("The blast killed nobody.", "nobody", (0, 0)),
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


WHOLE = [
    ("Gunmen killed a couple and their three children in the village.", (5, 5), None),
    ("A suicide bomber killed himself and at least nine other people at a checkpoint.", (9, None), None),
    ("Soldiers shot dead two men on Sunday.", (2, 2), None),
    ("Four soldiers and a policeman were killed and six others wounded in the ambush.", (5, 5), (6, 6)),
    ("The strike killed a woman and her two children.", (3, 3), None),
    ("Gunmen killed three people, two soldiers and a driver.", (3, 3), None),
    ("Rebels killed the mayor and several guards.", (1, None), None),
    ("The attack left at least 20 people dead and more than 100 wounded.", (20, None), (101, None)),
    ("The blast left three dead and ten injured.", (3, 3), (10, 10)),
    ("A 45-year-old man was shot dead on March 12.", (1, 1), None),
    ("A man was shot in the leg by police.", None, (1, 1)),
    ("The blast killed 13 women and children.", (13, 13), None),
    ("More than 60 people were killed or wounded in the shelling.", (None, None), (None, None)),
]


@pytest.mark.parametrize(("text", "killed", "injured"), WHOLE)
def test_counts_of_a_mention(
    coder: Coder,
    text: str,
    killed: tuple[int | None, int | None] | None,
    injured: tuple[int | None, int | None] | None,
) -> None:
    mentions = coder.code(Report(id="r", text=text, published=date(2021, 6, 10))).mentions
    assert len(mentions) == 1, "what was killed and what was wounded is one mention"
    for field, wanted in (("killed", killed), ("injured", injured)):
        count = getattr(mentions[0], field)
        assert (None if count is None else (count.low, count.high)) == wanted
        if count is not None:
            assert text[count.span.start : count.span.end] == count.span.text


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        ("Police arrested the editor on Friday.", "detained", 1),
        ("France sent 4,000 troops to Mali.", "size", 4000),
        ("Turkey expelled 300 migrants.", "size", 300),
        ("Around 3,000 villagers fled the fighting.", "size", 3000),
        ("The army plans to arrest the editor.", "detained", None),
        ("Rebels killed the dog.", "killed", None),
    ],
)
def test_who_is_counted_where(coder: Coder, text: str, field: str, wanted: int | None) -> None:
    mentions = coder.code(Report(id="r", text=text, published=date(2021, 6, 10))).mentions
    counts = [getattr(m, field) for m in mentions]
    assert [c.low for c in counts if c is not None] == ([] if wanted is None else [wanted])


def test_an_age_written_apart_is_no_count(coder: Coder) -> None:
    text = "A 59 - year - old mother of two died in the attack."
    mentions = coder.code(Report(id="r", text=text)).mentions
    assert [(c.low, c.high) for m in mentions if (c := m.killed) is not None] == [(1, 1)]


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Editor arrested in Oruma after protest", "Editor"),
        ("Two soldiers killed in Oruma ambush", "Two soldiers"),
    ],
)
def test_headlines_leave_the_auxiliary_out(coder: Coder, text: str, recipient: str) -> None:
    mention = coder.code(Report(id="r", text=text)).mentions[0]
    assert mention.actors == ()
    assert [p.span.text for p in mention.recipients] == [recipient]
