"""Time expressions: a table of cases, intervals after prepositions, publication days, hostile text."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from according.records import Region
from according.resolution.times import ahead, find_times, infer_published, interval_for, when_for
from according.resolution.times.words import load_words

TABLE = Path(__file__).parents[2] / "cases" / "times.yml"
CASES: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
PUBLISHED = date(2017, 11, 1)


def day(written: str | None) -> date | None:
    return None if written in (None, "-") else date.fromisoformat(written)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['span']} in {c['text'][:25]}" for c in CASES])
def test_table(case: dict[str, Any]) -> None:
    times = find_times(case["text"], published=PUBLISHED)
    got = [(t.span.text, t.type, t.value, t.from_, t.to) for t in times]
    assert (case["span"], case["type"], case["value"], day(case["from"]), day(case["to"])) in got


def test_table_is_large() -> None:
    assert len(CASES) >= 120


@pytest.mark.parametrize(
    "text",
    [
        "Chancellor May met March.",
        "He may go.",
        "Some 1,500 soldiers and 2000 people came.",
        "The bill came to $1995.",
        "The score was 3-2 in the second half.",
        "He lives at 4.1998 Hill Road.",
        "A quarter of the town burned.",
        "The six-year-old boy was found.",
        "Two men were held on the 1900 block of Mill Lane.",
        "They fall back to the ridge.",
        "The force advanced on the second village.",
        "",
    ],
)
def test_no_time(text: str) -> None:
    assert find_times(text, published=PUBLISHED) == ()


WHEN = [
    ("The camp must close by December 1.", "by December 1", None, "2017-12-01"),
    ("The tunnel was dug after 2014.", "after 2014", "2015-01-01", None),
    ("Ships have been held there since October.", "since October", "2017-10-01", None),
    ("He had fled before June 2015.", "before June 2015", None, "2015-05-31"),
    ("The ban stays in force until February 2.", "until February 2", None, "2018-02-02"),
    ("They were beaten during March 2016.", "during March 2016", "2016-03-01", "2016-03-31"),
    ("Rebels held the city from 2012 to 2014.", "from 2012 to 2014", "2012-01-01", "2014-12-31"),
    ("They met between May and July 2016.", "between May and July 2016", "2016-05-01", "2016-07-31"),
    ("He toured the north from Sunday to Tuesday.", "from Sunday to Tuesday", "2017-10-29", "2017-10-31"),
    ("Two men were shot on Friday.", "Friday", "2017-10-27", "2017-10-27"),
    ("Two men were shot in August.", "August", "2017-08-01", "2017-08-31"),
    ("They marched after Friday's attack.", "Friday", "2017-10-27", "2017-10-27"),
    ("Two men were shot in recent days.", "recent days", None, None),
    ("The camp was closed after three days.", "three days", None, None),
    ("Two men were held during the 2015 vote.", "2015", "2015-01-01", "2015-12-31"),
    ("Two men were held in the 1900s.", "the 1900s", "1900-01-01", "1909-12-31"),
    ("They have waited since Monday.", "since Monday", "2017-10-30", None),
]


@pytest.mark.parametrize(("text", "span", "first", "last"), WHEN)
def test_when(text: str, span: str, first: str | None, last: str | None) -> None:
    when = when_for(find_times(text, published=PUBLISHED)[0], text)
    assert when.span is not None
    assert (when.span.text, when.from_, when.to) == (span, day(first), day(last))
    assert text[when.span.start : when.span.end] == span
    assert when.why


@pytest.mark.parametrize("words", ["Friday", "29 December", "earlier today", "last month", "October"])
def test_no_days_without_published(words: str) -> None:
    text = f"The depot was hit on {words}."
    when = when_for(find_times(text)[0], text)
    assert when.span is not None
    assert (when.span.text, when.from_, when.to) == (words, None, None)


def test_interval_for_takes_a_preposition() -> None:
    (time,) = find_times("May 2016")
    assert interval_for(time, "by")[:2] == (None, date(2016, 5, 31))
    assert interval_for(time, "before")[:2] == (None, date(2016, 4, 30))
    assert interval_for(time, "after")[:2] == (date(2016, 6, 1), None)
    assert interval_for(time, None)[:2] == (date(2016, 5, 1), date(2016, 5, 31))


def test_undated_day_takes_the_year_of_the_dated_one_after_it() -> None:
    text = "Talks on September 17 failed. Shelling resumed on October 3, 2016."
    assert [t.value for t in find_times(text)] == ["2016-09-17", "2016-10-03"]
    assert find_times(text)[0].anchor == "year of: October 3, 2016"


def test_undated_day_after_the_dated_one_stays_open() -> None:
    text = "Shelling began on October 3, 2016. Talks on September 17 failed."
    assert [t.value for t in find_times(text)] == ["2016-10-03", "XXXX-09-17"]


def test_anchor_names_what_a_value_was_reckoned_from() -> None:
    text = "Police fired on 5 May 2014. The following day a curfew began. It was lifted on Friday."
    assert [t.anchor for t in find_times(text, published=PUBLISHED)] == [
        None,
        "previous time: 5 May 2014",
        "published",
    ]


def test_year_ago_follows_the_quarter_of_the_report() -> None:
    text = "Profit fell in the third quarter. A year earlier it had risen."
    assert [t.value for t in find_times(text, published=PUBLISHED)] == ["2017-Q3", "2016-Q3"]


PUBLICATIONS = [
    ("This story is from March 12, 2002\nriots: two men were held.", date(2002, 3, 12), "says so"),
    ("Two men were held on Friday.\nPublished: 5 June 2013", date(2013, 6, 5), "says so"),
    ("LIMA, 4 FEB 90 (RADIO) -- TWO MEN WERE HELD.", date(1990, 2, 4), "header"),
    ("NAIROBI, March 3, 2014 (Wire) - Two men were held.", date(2014, 3, 3), "dateline"),
    ("Two men were held on Tuesday, March 4, 2014, police said.", date(2014, 3, 4), "weekday"),
    ("Two men were held on Tuesday.", None, "no date"),
    ("Two men had been held on 4 March 2014, police said.", None, "no date"),
]


@pytest.mark.parametrize(("text", "expected", "why"), PUBLICATIONS)
def test_infer_published(text: str, expected: date | None, why: str) -> None:
    found, reason = infer_published(text, ())
    assert found == expected
    assert why in reason


def test_infer_published_reads_the_byline() -> None:
    text = "Two men held\nBy Ada Orlow, 5 June 2013\nTwo men were held on Friday."
    region = Region(kind="byline", start=13, end=38)
    assert infer_published(text, (region,))[0] == date(2013, 6, 5)


@pytest.mark.parametrize("published", [None, date.min, date.max, PUBLISHED])
def test_never_raises_and_keeps_offsets(published: date | None) -> None:
    w = load_words()
    pool = [*w.months, *w.weekdays, *w.units, *w.numbers, *w.part, *w.vague, *w.about, *w.seasons]
    pool += [*w.day_words, *w.fixed_feasts, *w.islamic_feasts, *w.easter_feasts, *w.sets]
    pool += [*w.prepositions, *w.references]
    pool += ["9999", "0000-00-00", "99/99/9999", "February 30, 2017", "7,000 decades ago", "last", "next"]
    pool += ["1998", "٣", "İ", "\n", "the", "ago", "later", "every", "a", "-", "12", "31", "p.m.", "’s"]
    chance = random.Random(7)
    for turn in range(500):
        text = " ".join(chance.choice(pool) for _ in range(12))
        text = (text, text.title(), text.upper())[turn % 3]
        times = find_times(text, published=published)
        for time in times:
            assert text[time.span.start : time.span.end] == time.span.text
            when = when_for(time, text)
            assert when.span is not None
            assert text[when.span.start : when.span.end] == when.span.text
        assert all(a.span.end <= b.span.start for a, b in pairwise(times))
        infer_published(text, ())


def test_a_letter_that_grows_in_lower_case_moves_nothing() -> None:
    text = "İİİ İzmir was shelled on Friday."
    (time,) = find_times(text, published=PUBLISHED)
    assert text[time.span.start : time.span.end] == "Friday"


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("on Friday", "2017-11-03", "2017-11-03"),
        ("on Monday morning", "2017-11-06", "2017-11-06"),
        ("in March", "2018-03-01", "2018-03-31"),
        ("on 3 May", "2018-05-03", "2018-05-03"),
        ("last Friday", "2017-10-27", "2017-10-27"),
        ("in March 2016", "2016-03-01", "2016-03-31"),
        ("on Wednesday", "2017-11-01", "2017-11-01"),
        ("last month", "2017-10-01", "2017-10-31"),
    ],
)
def test_ahead(words: str, first: str, last: str) -> None:
    """The time of an act to come is the next such day, unless the words say which."""
    time = ahead(find_times(f"They marched {words}.", published=PUBLISHED)[0], PUBLISHED)
    assert (time.from_, time.to) == (day(first), day(last))
