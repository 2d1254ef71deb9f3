"""The workbench in a real browser: read, follow, filter, compare, download; all pages, widths and themes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import SHOTS, Visits, serving

from according.store import Store
from real_browser import IN_BROWSER, check_readable

expect = pytest.importorskip("playwright.sync_api", reason="no driver of Chromium").expect
pytestmark = IN_BROWSER


@pytest.fixture
def address(one_store: Store) -> Iterator[str]:
    with serving(one_store) as at:
        yield at


@pytest.fixture(
    params=[(1280, "light", True), (390, "dark", True), (1280, "light", False)],
    ids=["wide-light", "narrow-dark", "no-script"],
)
def browser(request: pytest.FixtureRequest, visit: Visits) -> Any:
    width, scheme, script = request.param
    return visit(wide=width, theme=scheme, script=script)


def open_filters(page: Any) -> None:
    if page.locator(".fold > summary").is_visible() and page.locator("select[name=type]").is_hidden():
        page.click(".fold > summary")
        page.locator("select[name=type]").wait_for()


def follow(page: Any, target: str, address: str) -> None:
    """Click what leads to another page, and wait until that page is there."""
    page.click(target)
    page.wait_for_url(address, wait_until="load")


def test_a_mention_leads_to_its_words(browser: Any) -> None:
    browser.goto("/reports")
    follow(browser, "text=Attack in Karsten, Harbour Mail", "**/report?id=b")
    browser.click(".mention >> text=attacked")
    card = browser.locator("#card-m-b")
    card.wait_for(state="visible")
    expect(card).to_contain_text("Harbour Mail, quoting Ivo Brandt")
    tags = browser.locator(".hit[data-tag]")
    expect(browser.locator(".hit[data-tag=killed]")).to_have_text("9 soldiers")
    found = {tags.nth(i).get_attribute("data-tag"): tags.nth(i).inner_text() for i in range(tags.count())}
    assert found["actor"] == "the Red Front" and found["cue"] == "said"
    if browser.script and browser.viewport_size["width"] > 1000:
        browser.locator(".ties path").nth(4).wait_for(state="attached")
    browser.click("#card-m-b .f-killed a")
    if not browser.script:
        browser.wait_for_url("**/report?*at=*", wait_until="load")
    expect(browser.locator(".seg.here")).to_have_text("9 soldiers")
    follow(browser, "#card-m-b >> text=Why is it coded so?", "**/explain?**")
    expect(browser.locator(".explain")).to_contain_text("assault.attack.v")


def test_the_keyboard_reaches_every_mention(browser: Any) -> None:
    browser.goto("/report?id=r1")
    for _ in range(60):
        browser.keyboard.press("Tab")
        if browser.locator(".mention:focus").count():
            break
    expect(browser.locator(".mention:focus")).to_have_text("talks")
    if not browser.script:
        browser.keyboard.press("Enter")
        browser.locator("#card-m-ab22").wait_for(state="visible")
        return
    shown = browser.locator(".card:visible .type")
    expect(shown).to_have_text("CONSULT")
    browser.keyboard.press("ArrowRight")
    expect(shown).to_have_text("ASSAULT")
    browser.keyboard.press("Escape")
    expect(browser.locator(".card:visible")).to_have_count(0)
    expect(browser.locator(".hit")).to_have_count(0)


def test_events_are_filtered_and_accounts_compared(browser: Any) -> None:
    browser.goto("/events")
    open_filters(browser)
    browser.select_option("select[name=disputed]", "yes")
    if not browser.script:
        browser.click("button.main")
    browser.wait_for_url("**/events?*disputed=yes*", wait_until="load")
    follow(browser, ".list h2 a", "**/event?id=*")
    differing = browser.locator("td.differs > a")
    expect(differing).to_have_text(["9", "negated"])
    expect(browser.locator("table.accounts tbody tr")).to_have_count(3)
    follow(browser, "td.differs a >> text=9", "**/report?*at=*")
    expect(browser.locator(".seg.here")).to_have_text("9 soldiers")


def test_a_chart_is_live_and_downloads(browser: Any) -> None:
    for kind in ("timeline", "network", "map"):
        browser.goto(f"/{kind}?by=Red+Front")
        if browser.script:
            browser.locator("figure[data-state=live] canvas").wait_for()
            assert browser.evaluate(SHRUNK) > 0.95, "words as large as they were drawn"
        else:
            assert browser.locator("figure img").is_visible()
        with browser.expect_download() as waiting:
            browser.click("a[download] >> text=CSV")
        assert "events" in Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()[0]


def test_colours_are_chosen_and_kept(browser: Any) -> None:
    browser.goto("/reports")
    other = {"Light": "light", "Dark": "dark"}[
        browser.locator("button[name=theme]:visible").inner_text().split()[0]
    ]
    system = "dark" if browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
    assert other != system, "the button offers what is not there yet"
    browser.click("button[name=theme]:visible")
    expect(browser.locator("html")).to_have_attribute("data-theme", other)
    browser.goto("/events")
    expect(browser.locator("html")).to_have_attribute("data-theme", other)
    expect(browser.locator("button[name=theme]:visible")).to_have_count(1)


def test_lists_come_before_filters_on_a_narrow_window(browser: Any) -> None:
    browser.goto("/events")
    first = browser.locator(".list h2").first
    expect(first).to_be_visible()
    if browser.viewport_size["width"] < 1000:
        assert first.bounding_box()["y"] < 800
        open_filters(browser)
    expect(browser.locator("select[name=type]")).to_be_visible()


def test_every_page_fits_and_is_readable(browser: Any, visit: Visits, address: str) -> None:
    if not browser.script:
        pytest.skip("measured by script")
    event = browser.request.get("/api/events?disputed=yes").json()["items"][0]["event"]["id"]
    pages = {
        "reports": "/reports?q=barracks", "report": "/report?id=b&mention=m-b", "events": "/events",
        "event": f"/event?id={event}", "actors": "/actors", "actor": "/actor?name=Red+Front",
        "searched": "/reports?q=harbour",
        "timeline": "/timeline", "network": "/network", "map": "/map", "commitments": "/commitments",
        "api": "/api", "none": "/nothing", "explain": "/explain?report=b&what=m-b",
    }  # fmt: skip
    SHOTS.mkdir(parents=True, exist_ok=True)
    wide = browser.viewport_size["width"]
    for theme in ("light", "dark"):
        cookie = {"name": "according_theme", "value": theme, "url": address}
        browser.context.add_cookies([cookie])
        for name, path in pages.items():
            browser.goto(path)
            browser.wait_for_load_state("networkidle")
            if browser.locator("figure[data-spec]").count():
                browser.locator("figure[data-state=live]").wait_for()
            browser.screenshot(
                path=SHOTS / f"{name}-{wide}-{theme}.png", full_page=os.environ.get("FULL_PAGE") == "1"
            )
            check_readable(browser, (name, theme))
    visit.expect(404)


SHRUNK = """() => { const c = document.querySelector('figure canvas');
  return c.getBoundingClientRect().width / (c.width / devicePixelRatio); }"""
