"""Each part of a report is told for what it is, and no sentence of the story is lost to furniture."""

from datetime import date

import pytest

from according.records import Region, Report
from according.regions import find_regions, find_title, with_regions

STORY = (
    "Rebels attacked two villages near the border on Monday, the governor said. Six people were killed.\n\n"
    "The army sent more troops to the area, a spokesman said."
)


def kind_of(line: str, text: str, title: str | None = None) -> str:
    at = text.index(line)
    return next(r.kind for r in find_regions(text, title=title) if r.start <= at < r.end)


def kinds_around(line: str) -> set[str]:
    """Kinds of a line at the end of a report, inside it, and under its title."""
    texts = (
        f"{STORY}\n\n{line}",
        f"{STORY}\n\n{line}\n\nTalks resume in Doha on Friday, the two sides said.",
        f"Rebels attack two villages\n\n{line}\n\n{STORY}",
    )
    return {kind_of(line, text) for text in texts}


@pytest.mark.parametrize(
    "line",
    [
        "Saudi Arabia is the region's top oil producer.",
        "Human Rights Watch reports abuses from Kunduz.",
        "Elena Marsh, who is a correspondent for the Daily Post, was arrested in Ankara on Monday.",
        "Omar Haddad was a journalist kidnapped near Homs in 2013.",
        "The foreign ministry is offering a large reward for information about the bombers.",
        "The Paris Agreement covers emissions from ships.",
        "With reporting banned, few learned of the massacre.",
        "With agencies unable to enter, aid ran out.",
        "Written by soldiers, the letter demands pay.",
        "Author: the rebels' spokesman denied it.",
        "Posted by the group online, the video shows hostages being beaten by gunmen in masks.",
        "By Monday the rebels had taken Goma.",
        "From our side no shots were fired, the colonel told them.",
    ],
)
def test_find_regions_news_that_looks_like_a_byline_is_body(line: str) -> None:
    assert kinds_around(line) == {"body"}


@pytest.mark.parametrize(
    "line",
    [
        "Twitter said it had closed the account.",
        "Register of voters burned in Goma.",
        "This report is disputed by the army.",
        "By using gas, the generals broke the terms of the truce.",
        "Most recent attacks have been blamed on al-Shabaab.",
        "Read more than 200 names, the judge ordered.",
        "Share prices fell.",
        "Watch them closely, the minister warned.",
        "Comments by the minister angered Ankara.",
        "Copyright infringement cases rose.",
        "Advertising was banned in Iran.",
        "Like us, they want peace on Twitter, the president told crowds.",
        "End the siege, the chancellor urged.",
        "More from the region fled.",
    ],
)
def test_find_regions_news_that_looks_like_furniture_is_body(line: str) -> None:
    assert kinds_around(line) == {"body"}


@pytest.mark.parametrize(
    "line",
    [
        "Police fired on the crowd (see the picture below).",
        "He was beaten at the gate. (WARNING: Video contains graphic images.)",
        "Officials said the jets hit the camp. (AFP)",
        "In this picture of chaos, rebels took three towns and killed 40 soldiers.",
        "File charges, the court told prosecutors.",
        "The mayor fled. Guards fired. Two men fell. No one helped. The mob burned it. (Supplied photo)",
    ],
)
def test_find_regions_news_that_looks_like_a_caption_is_body(line: str) -> None:
    assert (
        kind_of(line, f"{STORY}\n\n{line}\n\nTalks resume in Doha on Friday, the two sides said.") == "body"
    )


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Elena Marsh and Omar Haddad", "byline"),
        ("Written by Elena Marsh", "byline"),
        ("(Reporting by Elena Marsh in Goma; Editing by Omar Haddad)", "byline"),
        ("Elena Marsh is a correspondent based in Goma.", "byline"),
        ("Joan Petty reports from Nairobi.", "byline"),
        ("Omar Haddad in Beirut contributed to this report.", "byline"),
        ("With inputs from agencies", "byline"),
        ("- With files from Omar Haddad", "byline"),
        ("Follow @dailypost", "boilerplate"),
        ("Tags: Goma, army", "boilerplate"),
        ("Rebels parade in Goma last week | AFP", "caption"),
        ("Rebels parade in Goma last week. (Photo: Elena Marsh)", "caption"),
        ("Rebels parade in Goma. (Elena Marsh/Reuters)", "caption"),
        ("In this file photo, rebels parade in Goma.", "caption"),
        ("Governor Omar Haddad (left) greets the general in Goma.", "caption"),
        ("A girl fetches water in a camp. Photo by Elena Marsh", "caption"),
        ("AFP via Getty Images", "caption"),
        ("Share on Facebook", "boilerplate"),
        ("Facebook Twitter Email", "boilerplate"),
        ("Sign up here for our newsletter.", "boilerplate"),
        ("Copyright 2017 The Daily Post. All rights reserved.", "boilerplate"),
        ("This story is from March 3, 2002", "boilerplate"),
        ("Advertisement", "boilerplate"),
        ("READ MORE: Army shells a town", "boilerplate"),
        ("This website uses cookies to make your visit better.", "boilerplate"),
    ],
)
def test_find_regions_furniture_anywhere(line: str, kind: str) -> None:
    assert kinds_around(line) == {kind}


@pytest.mark.parametrize(
    "dateline",
    [
        "GOMA, Congo (AP) —",
        "GOMA (Reuters) -",
        "GOMA, March 12 (Xinhua) --",
        "GOMA:",
        "Goma, Congo (AFP) –",
        "PORT-AU-PRINCE, Haiti (AP) _",
        "(AP) —",
    ],
)
def test_find_regions_dateline_parted_from_first_paragraph(dateline: str) -> None:
    text = f"Rebels attack two villages\n\n{dateline} {STORY}"
    assert [(r.kind, text[r.start : r.end]) for r in find_regions(text)] == [
        ("title", "Rebels attack two villages"),
        ("dateline", dateline),
        ("body", STORY),
    ]


@pytest.mark.parametrize("dateline", ["LAGOS (Reuters)", "MEXICO CITY (AP)", "BEIRUT (AP) \ufffd", "Muscat:"])
def test_find_regions_dateline_without_a_dash(dateline: str) -> None:
    story = "The army attacked a village near the lake on Monday, and two families fled to the next town."
    parts = [(r.kind, r.end) for r in find_regions(f"{dateline} {story}")]
    assert parts[0] == ("dateline", len(dateline))
    assert parts[1][0] == "body"


def test_find_regions_a_capital_that_speaks_in_a_headline_is_no_dateline() -> None:
    text = f"Moscow: Ukraine shelled its own town\n\n{STORY}"
    assert [r.kind for r in find_regions(text)] == ["title", "body"]


@pytest.mark.parametrize("dateline", ["NAIROBI, Kenya (AP) _", "MIAMI _", "MIAMI (AP) --"])
def test_find_regions_dateline_in_a_line_of_its_own(dateline: str) -> None:
    text = f"{dateline}\n\n{STORY}"
    assert [r.kind for r in find_regions(text)] == ["dateline", "body"]


def test_find_regions_words_in_capitals_inside_the_story_are_no_dateline() -> None:
    line = "THE GENERAL WAS NEVER TRIED — Nobody in Goma has forgotten the killings."
    assert kind_of(line, f"{STORY}\n\n{line}\n\n{STORY}") == "body"


def test_find_regions_sentence_above_a_dateline_is_the_title() -> None:
    text = f"Rebels attack two villages near the border.\n\nGOMA, Congo (AP) — {STORY}"
    assert [r.kind for r in find_regions(text)] == ["title", "dateline", "body"]
    text = f"Rebels attack villages. The army sends troops.\n\nGOMA, Congo (AP) — {STORY}"
    assert find_regions(text)[0].kind == "body"


@pytest.mark.parametrize("label", ["BREAKING:", "UPDATE -", "EXCLUSIVE —"])
def test_find_regions_label_in_capitals_is_no_dateline(label: str) -> None:
    text = f"{label} Rebels attack two villages\n12/03/2017 - 10:30\n\n{STORY}"
    assert [r.kind for r in find_regions(text)] == ["title", "dateline", "body"]


def test_find_regions_links_stop_at_the_next_sentence() -> None:
    text = f"{STORY}\n\nRelated:\n\nArmy shells a town\n\nTalks fail again\n\nRebels then burned a bridge."
    found = [(r.kind, text[r.start : r.end]) for r in find_regions(text)]
    assert found[-2:] == [
        ("boilerplate", "Related:\n\nArmy shells a town\n\nTalks fail again"),
        ("body", "Rebels then burned a bridge."),
    ]


def test_find_regions_links_take_only_so_many_lines() -> None:
    lines = [f"Rebels take town number {n}" for n in range(40)]
    text = f"{STORY}\n\nREAD MORE\n\n" + "\n\n".join(lines)
    assert kind_of(lines[0], text) == "boilerplate"
    assert kind_of(lines[-1], text) == "body"


def test_find_regions_given_title_is_found_and_parted() -> None:
    text = f"Rebels attack two villages. {STORY}"
    first, second = find_regions(text, title="Rebels attack two villages")
    assert (first.kind, text[first.start : first.end]) == ("title", "Rebels attack two villages.")
    assert (second.kind, text[second.start : second.end]) == ("body", STORY)


def test_find_regions_repeated_title_and_caption_point_at_the_first() -> None:
    caption = "Rebels parade in Goma. (Photo: Elena Marsh)"
    text = (
        f"Rebels attack two villages\n\n{caption}\n\n{STORY}\n\n{caption}\n\nThe rebels have not commented."
    )
    regions = find_regions(text)
    captions = [r for r in regions if r.kind == "caption"]
    assert [r.repeats for r in captions] == [None, captions[0].start]


def test_find_title_wrapped_lines_are_one_paragraph() -> None:
    lines = [
        "Rebels attacked two villages close to the eastern border of the country on",
        "Monday and burned a bridge that the army had built for its convoys, which",
        "now have to take the long road round the lake to reach the garrison there",
        "with food and fuel, the governor of the province told a local broadcaster.",
    ]
    text = "\n".join(lines)
    assert find_title(text) is None
    assert [r.kind for r in find_regions(text)] == ["body"]


def test_with_regions_takes_the_dateline_and_keeps_given_regions() -> None:
    report = Report(id="a", text=f"GOMA, Congo (AP) — {STORY}", published=date(2017, 10, 31))
    filled = with_regions(report)
    assert filled.dateline == "GOMA, Congo (AP)"
    assert filled.published == date(2017, 10, 31)
    own = Report(id="a", text=STORY, regions=(Region(kind="body", start=0, end=len(STORY)),))
    assert with_regions(own) is own


@pytest.mark.parametrize("text", ["", " ", "\n\n\u2028\x0b", "\r\n"])
def test_find_regions_nothing_but_white_space(text: str) -> None:
    assert find_regions(text) == ()
    assert find_title(text) is None
