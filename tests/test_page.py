"""The page: everything of a report is text, every trigger can be reached, every field leads to its words."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from according.page import render_page
from according.page.marks import mark_text
from according.records import CodedReport


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags = [], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    return reader


def test_marked_text_reads_back_exactly(sample: CodedReport) -> None:
    assert "".join(read(mark_text(0, sample)).text) == sample.report.text


def test_pieces_carry_their_own_offsets(sample: CodedReport) -> None:
    pieces = re.findall(r'data-s="(\d+)" data-e="(\d+)"', mark_text(0, sample))
    ends = [int(e) for _, e in pieces]
    assert [int(s) for s, _ in pieces] == [0, *ends[:-1]]
    assert ends[-1] == len(sample.report.text)


def test_markup_in_a_report_is_shown_as_text(sample: CodedReport) -> None:
    page = render_page([sample], title="<i>x</i>")
    assert sum(tag == "script" for tag, _ in read(page).tags) == 1
    assert "<b>Herald" not in page and "<i>x" not in page


def test_every_mention_has_a_button_and_a_card(sample: CodedReport) -> None:
    tags = read(render_page([sample])).tags
    wanted = {f"card-0-{m.id}" for m in sample.mentions}
    cards = {a["id"] for t, a in tags if t == "section"}
    buttons = {
        c for t, a in tags if t == "button" and "data-cards" in a for c in str(a["data-cards"]).split()
    }
    assert cards == wanted == buttons


def test_overlapping_triggers_share_one_button(sample: CodedReport) -> None:
    attack = sample.mentions[1]
    wide = attack.model_copy(update={"id": "m-ac33", "trigger": attack.clause})
    both = sample.model_copy(update={"mentions": (attack, wide)})
    buttons = [a for t, a in read(mark_text(0, both)).tags if t == "button"]
    assert [set(str(b["data-cards"]).split()) for b in buttons] == [{"card-0-m-aa11", "card-0-m-ac33"}]
    assert "".join(read(mark_text(0, both)).text) == both.report.text


def test_nothing_is_fetched_and_only_the_own_script_may_run(sample: CodedReport) -> None:
    page = render_page([sample])
    tags = read(page).tags
    assert not [a for t, a in tags if "src" in a or t == "link"]
    policy = next(str(a["content"]) for t, a in tags if t == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    for tag in ("script", "style"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert content is not None
        digest = base64.b64encode(hashlib.sha256(content.group(1).encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


@pytest.mark.parametrize("words", ["killed", "at least 5", "Lund [SWE]", "Ada Orlow (asserts)", "2020-05-04"])
def test_cards_show_the_values(sample: CodedReport, words: str) -> None:
    assert words in "".join(read(render_page([sample])).text)
