"""The workbench in a real browser: read, follow, filter, compare, download; all pages, widths and themes."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from according.store import Store
from according.workbench.app import create_app
from according.workbench.server import open_socket
from according.workbench.settings import Settings

expect = pytest.importorskip("playwright.sync_api", reason="no driver of Chromium").expect
expect.set_options(timeout=90_000)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
FLAGS += ["--disable-component-update", "--disable-sync"]
SHOTS = Path(__file__).parents[1] / "artefacts" / "workbench"
CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (c) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = (c) => { const [r, g, b] = rgb(c).map((v) => { v /= 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126*r + 0.7152*g + 0.0722*b; };
  const back = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (rgb(c)[3] > 250) return c; } return 'rgb(255,255,255)'; };
  return [...document.querySelectorAll(
      'p,dt,dd,td,th,h1,h2,a,label,li,button,.seg,code,summary,footer,.words,.chip,.soft')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.textContent.trim()
      && !e.classList.contains('skip'))
    .map((e) => { const a = light(getComputedStyle(e).color), b = light(back(e));
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.outerHTML.slice(0, 90)]; })
    .filter(([ratio]) => ratio < 4.5); }"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture
def address(one_store: Store) -> Iterator[str]:
    import uvicorn

    settings = Settings("test", port=0)
    listening = open_socket(settings)
    server = uvicorn.Server(
        uvicorn.Config(create_app(one_store, settings), log_level="error", access_log=False)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    assert server.started
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture(
    params=[(1280, "light", True), (390, "dark", True), (1280, "light", False)],
    ids=["wide-light", "narrow-dark", "no-script"],
)
def browser(request: pytest.FixtureRequest, address: str) -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="no driver of Chromium")
    width, scheme, script = request.param
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = opened.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            java_script_enabled=script,
            base_url=address,
        )
        # A busy machine may take long; what is waited for comes sooner as a rule.
        context.set_default_timeout(90_000)
        page = context.new_page()
        page.problems, page.foreign, page.script = [], [], script
        page.on("console", lambda m: page.problems.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: page.problems.append(str(e)))
        page.on("dialog", lambda d: (page.problems.append(d.message), d.dismiss()))
        page.on(
            "request",
            lambda r: (
                page.foreign.append(r.url) if not r.url.startswith((address, "blob:", "data:")) else None
            ),
        )
        yield page
        assert page.problems == []
        assert page.foreign == []
        opened.close()


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
    expect(browser.locator("pre")).to_contain_text("assault.attack.v")


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
        else:
            assert browser.locator("figure img").is_visible()
        with browser.expect_download() as waiting:
            browser.click("a[download] >> text=CSV")
        assert "events" in Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()[0]


def test_colours_are_chosen_and_kept(browser: Any) -> None:
    browser.goto("/reports")
    before = "dark" if browser.locator("button[name=theme]").get_attribute("value") == "light" else "light"
    browser.click("button[name=theme]")
    expect(browser.locator("html")).to_have_attribute("data-theme", "dark")
    assert before != "dark"
    browser.goto("/events")
    expect(browser.locator("html")).to_have_attribute("data-theme", "dark")


def test_every_page_fits_and_is_readable(browser: Any, address: str) -> None:
    if not browser.script:
        pytest.skip("measured by script")
    event = browser.request.get("/api/events?disputed=yes").json()["items"][0]["event"]["id"]
    pages = {
        "reports": "/reports?q=barracks", "report": "/report?id=b&mention=m-b", "events": "/events",
        "event": f"/event?id={event}", "actors": "/actors", "actor": "/actor?name=Red+Front",
        "searched": "/reports?q=harbour",
        "timeline": "/timeline", "network": "/network", "map": "/map", "commitments": "/commitments",
        "api": "/api", "none": "/nothing",
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
            browser.wait_for_timeout(150)
            browser.screenshot(
                path=SHOTS / f"{name}-{wide}-{theme}.png", full_page=os.environ.get("FULL_PAGE") == "1"
            )
            assert browser.evaluate(CONTRAST) == [], name
            assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    browser.problems[:] = [p for p in browser.problems if "404" not in p]
