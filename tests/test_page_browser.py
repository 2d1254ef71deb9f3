"""The page in a real browser: pointer, keyboard, both widths, both colour schemes, no network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from according.page import render_page
from according.records import CodedReport
from real_browser import CHROMIUM, CONTRAST, FLAGS, IN_BROWSER

pytestmark = IN_BROWSER


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["wide-light", "narrow-dark"])
def page(request: pytest.FixtureRequest, sample: CodedReport, tmp_path: Path) -> Iterator[object]:
    playwright = pytest.importorskip("playwright.sync_api", reason="no driver of Chromium")
    file = tmp_path / "report.html"
    other = sample.model_copy(update={"report": sample.report.model_copy(update={"title": "Second"})})
    file.write_text(render_page([sample, other]), encoding="utf-8")
    width, scheme = request.param
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        opened.problems, opened.fetched = [], []
        opened.on("console", lambda m: opened.problems.append(m.text) if m.type == "error" else None)
        opened.on("pageerror", lambda e: opened.problems.append(str(e)))
        opened.on("dialog", lambda d: (opened.problems.append(d.message), d.dismiss()))
        opened.on("request", lambda r: opened.fetched.append(r.url))
        opened.goto(file.as_uri())
        yield opened
        assert opened.problems == []
        assert opened.fetched == [file.as_uri()]
        browser.close()


def test_pointing_at_a_trigger_shows_its_fields_and_words(page) -> None:  # type: ignore[no-untyped-def]
    page.hover("#report-0 .mention >> text=attacked")
    assert page.inner_text(".card:visible h3") == "ASSAULT"
    assert page.locator("#report-0 .hit.f-where").all_inner_texts() == ["Lund"]
    assert page.locator("#report-0 .hit[data-tag=recipient]").all_inner_texts() == ["a base"]


def test_the_keyboard_alone_reaches_every_mention(page) -> None:  # type: ignore[no-untyped-def]
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('mention')"):
            break
    assert page.inner_text(".card:visible h3") == "CONSULT"
    page.keyboard.press("ArrowRight")
    assert page.inner_text(".card:visible h3") == "ASSAULT"
    page.keyboard.press("ArrowLeft")
    assert page.inner_text(".card:visible h3") == "CONSULT"
    page.keyboard.press("Escape")
    assert page.locator(".card:visible").count() == 0
    assert page.locator(".hit").count() == 0


def test_text_is_readable_and_fits_the_width(page) -> None:  # type: ignore[no-untyped-def]
    page.focus("#report-0 .mention >> text=attacked")
    for _ in range(2):
        page.wait_for_timeout(250)
        assert page.evaluate(CONTRAST) == []
        page.click("#theme")
        page.focus("#report-0 .mention >> text=attacked")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_one_report_is_shown_at_a_time(page) -> None:  # type: ignore[no-untyped-def]
    page.click("nav a >> text=Second")
    page.wait_for_selector("#report-1:visible")
    assert page.locator(".report:visible").count() == 1
    assert page.evaluate("typeof alert") == "function" and "<script>" in page.inner_text("#report-1 .text")
