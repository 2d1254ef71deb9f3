"""Whatever the text, regions cover it in order, without overlap, and in good time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from according.records import CodedReport, Region, Report
from according.regions import find_regions, find_title, with_regions
from according.texts import MAX_CHARS, is_hard_wrapped
from according.verify import find_mismatches

PIECES = (
    "GOMA, Congo (AP) —",
    "Rebels attacked two villages on Monday.",
    "By Elena Marsh",
    "Share on Facebook",
    "READ MORE:",
    "(Photo: Elena Marsh)",
    "Rebels parade (left) in Goma (Reuters)",
    "Elena Marsh is a correspondent for the Daily Post.",
    "Published: 3 March 2002 10:30 GMT",
    "Copyright 2017",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u2028",
    "\x85",
    "\x0b",
    " ",
    "\xa0",
    "\t",
    ". ",
    "؛",
    "🙂",
    "(",
    "[",
    "—",
    ":",
    "a",
    "A",
    "12",
)
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=30).map(" ".join),
)


def check_cover(text: str, regions: tuple[Region, ...]) -> None:
    last = 0
    for region in regions:
        assert last <= region.start < region.end <= len(text)
        assert not text[last : region.start].strip()
        words = text[region.start : region.end]
        assert words == words.strip()
        last = region.end
    assert not text[last:].strip()
    starts = {r.start: r.kind for r in regions}
    for region in regions:
        if region.repeats is not None:
            assert region.repeats < region.start
            assert region.kind in ("title", "caption", "body")
            assert starts.get(region.repeats, "body") in ("title", "caption", "body")


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.one_of(st.none(), st.text(max_size=40), st.sampled_from(PIECES)))
def test_find_regions_cover_every_character_in_order(text: str, title: str | None) -> None:
    regions = find_regions(text, title=title)
    check_cover(text, regions)
    report = with_regions(Report(id="a", text=text, title=title))
    assert report.regions == regions
    assert list(find_mismatches(CodedReport(report=report))) == []


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_find_regions_twice_the_same(text: str) -> None:
    assert find_regions(text) == find_regions(text)
    title = find_title(text)
    assert title is None or (title and title == " ".join(title.split()))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_is_hard_wrapped_short_lines_are_not(text: str) -> None:
    if all(len(line) < 50 for line in text.splitlines()):
        assert not is_hard_wrapped(text)


HOSTILE = {
    "one-line": "a" * MAX_CHARS,
    "words": "Rebels fled. " * (MAX_CHARS // 13),
    "capitals": "GOMA " * (MAX_CHARS // 5),
    "places": "Goma, " * (MAX_CHARS // 6),
    "line-ends": "\n" * MAX_CHARS,
    "spaces": " " * (MAX_CHARS - 1) + "a",
    "letters-on-lines": "a\n" * (MAX_CHARS // 2),
    "datelines": "GOMA (AP) —\n\n" * (MAX_CHARS // 13),
    "brackets": "(" * MAX_CHARS,
    "bracket-lines": ("(" * 700 + "\n") * (MAX_CHARS // 701),
    "photo-lines": ("(photo " * 100 + "\n") * (MAX_CHARS // 701),
    "byline-lines": ("By A" + " Aa" * 95 + "!\n") * (MAX_CHARS // 291),
    "name-lines": ("Aa" + " Bb" * 120 + " is a x\n") * (MAX_CHARS // 370),
    "caps-lines": ("AB " * 130 + "\n") * (MAX_CHARS // 391),
    "tags": "<a <" * (MAX_CHARS // 4),
    "tag-lines": ("<a>" * 250 + "<\n") * (MAX_CHARS // 752),
    "wrapped": ("word " * 15 + "\n") * (MAX_CHARS // 76),
    "same-paragraph": ("Rebels attacked two villages near the border. " * 3 + "\n\n") * (MAX_CHARS // 140),
    "links": "READ MORE\n" * (MAX_CHARS // 10),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_find_regions_hostile_text_takes_seconds(name: str) -> None:
    text = HOSTILE[name]
    began = time.process_time()
    regions = find_regions(text)
    assert time.process_time() - began < 20
    check_cover(text, regions)


def test_find_regions_long_title_is_no_trouble() -> None:
    text = "Rebels fled. " * 50_000
    began = time.process_time()
    check_cover(text, find_regions(text, title="Rebels fled. " * 50_000))
    assert time.process_time() - began < 20
