"""Review in a real browser: twenty mentions by keyboard, an edited span, double coding, the login."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import SHOTS, Visits, serving
from review_forms import HASHED, PASSWORD

from according.store import Store, open_store
from real_browser import IN_BROWSER, check_readable
from store_factory import make_report

pytestmark = IN_BROWSER
MORE = " The ferries ran again, officials said, and the council of Lund meets on Friday to hear both sides."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    acts = ["attacked", "raided", "shelled"]
    with open_store(tmp_path / "news.db", create=True) as opened:
        reports = [make_report(n, act=acts[n % 3], score=n / 30, more=MORE * 3) for n in range(1, 26)]
        opened.load(reports, "first")
        yield opened


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    with serving(store) as at:
        yield at


def at(page: Any, number: int) -> None:
    """Wait until a mention is under review, and its script has loaded."""
    page.locator(f'.review[data-mention="m-{number}"]').wait_for()
    page.wait_for_load_state("load")


def log_in(page: Any, name: str) -> None:
    page.goto("/login?back=/double")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/double")
    page.locator("h1 >> text=Double coding").wait_for()


def test_twenty_mentions_are_reviewed_by_keyboard_with_undo(visit: Visits, store: Store) -> None:
    page = visit()
    page.goto("/review")
    keys = ["a", "x", "Space", "a", "a", "x", "a", "a", "Space", "a"] * 2
    for number, key in enumerate(keys, 1):
        at(page, number)
        page.keyboard.press(key)
    at(page, 21)
    assert page.inner_text("#left") == "5"
    for number in (20, 19):
        page.keyboard.press("Backspace")
        at(page, number)
    page.keyboard.press("7")
    page.locator("#verdict >> text=edited").wait_for()
    at(page, 19)
    page.keyboard.press("Shift+Digit1")
    page.locator(".head-of .type >> text=REJECT").wait_for()
    page.locator("#verdict >> text=edited").wait_for()
    page.wait_for_load_state("load")
    page.keyboard.press("f")
    page.locator("[data-key=f][aria-pressed=true]").wait_for()
    page.wait_for_load_state("load")
    page.keyboard.press("a")
    at(page, 20)
    live = store.list_judgements(live=True, limit=500).items
    made = {j.mention: j.kind for j in reversed(live) if j.kind != "flag"}
    names = {"a": "accept", "x": "reject", "Space": "skip"}
    assert [made[f"m-{n}"] for n in range(1, 19)] == [names[k] for k in keys[:18]]
    assert made["m-19"] == "accept" and "m-20" not in made
    assert store.get_effective("r19").coded.mentions[0].type == "REJECT"
    assert len(store.list_judgements(limit=500).items) == 20 + 2 + 4


def test_keys_can_be_turned_off_and_typing_is_no_decision(visit: Visits, store: Store) -> None:
    page = visit()
    page.goto("/review")
    at(page, 1)
    page.click(".fold-queue summary")
    page.fill("[name=party]", "")
    page.locator("[name=party]").press_sequentially("axf 12")
    assert page.input_value("[name=party]") == "axf 12"
    page.uncheck("#keys-on")
    page.reload()
    at(page, 1)
    assert not page.is_checked("#keys-on")
    page.keyboard.press("x")
    page.check("#keys-on")
    page.locator("#sentence").click()
    page.keyboard.press("a")
    at(page, 2)
    assert [j.kind for j in store.list_judgements().items] == ["accept"]


def test_words_are_chosen_with_the_pointer_and_with_the_keyboard(visit: Visits, store: Store) -> None:
    page = visit()
    page.goto("/review")
    at(page, 1)
    page.keyboard.press("e")
    page.locator("#edit").wait_for()
    page.wait_for_load_state("load")
    text = store.get_report("r1").report.text
    # With the pointer: drag over the words, as they stand on the screen.
    box = page.evaluate(PLACE, "the council of Lund")
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[3], steps=8)
    page.mouse.up()
    page.wait_for_function("document.querySelector('[data-words]').value === 'the council of Lund'")
    start = text.index("the council of Lund")
    assert page.input_value("[data-at]") == f"{start}-{start + 19}"
    page.fill("#edit [name=name]", "Lund council")
    page.click("#edit button.main")
    page.locator("#verdict >> text=edited").wait_for()
    actors = store.get_effective("r1").coded.mentions[0].actors
    assert [(p.name, p.span.start) for p in actors] == [
        ("Norland", actors[0].span.start),
        ("Lund council", start),
    ]
    # With the keyboard alone: from the trigger on, word by word.
    page.goto("/review?mention=m-2&in_report=r2&edit=recipients")
    page.locator("#text").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    chosen = page.input_value("[data-words]")
    assert chosen == "Sudria near Lund"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "words"
    page.keyboard.press("Enter")
    page.locator("#verdict >> text=edited").wait_for()
    span = store.get_effective("r2").coded.mentions[0].recipients[1].span
    assert (
        span.text == "Sudria near Lund"
        and store.get_report("r2").report.text[span.start : span.end] == span.text
    )
    page.goto("/review?mention=m-2&in_report=r2&edit=when")
    page.locator("#edit").wait_for()
    page.wait_for_load_state("load")
    page.keyboard.press("Escape")
    page.locator("#decide").wait_for()


def test_everything_works_without_script(visit: Visits, store: Store) -> None:
    page = visit(script=False, wide=390)
    page.goto("/review")
    at(page, 1)
    page.click("#decide >> text=Accept")
    at(page, 2)
    page.click("#decide >> text=Reject")
    at(page, 3)
    page.click("button >> text=Undo")
    at(page, 2)
    page.click("#decide >> text=coerce")
    page.locator("#verdict >> text=edited").wait_for()
    page.click("dd >> text=edit killed")
    page.fill("[name=low]", "8")
    page.fill("[name=high]", "9")
    page.fill("[name=words]", "soldiers")
    page.click("#edit button.main")
    page.locator("#verdict >> text=edited").wait_for()
    mention = store.get_effective("r2").coded.mentions[0]
    assert mention.type == "COERCE" and mention.killed is not None
    assert (mention.killed.low, mention.killed.span.text) == (8, "soldiers")
    page.click("text=accept all…")
    page.locator("h1 >> text=Accept all that are alike").wait_for()
    page.click("#alike button.main")
    page.locator("#left").wait_for()
    assert len({j.mention for j in store.list_judgements(live=True, limit=500).items}) > 5


def test_people_log_in_code_blind_and_an_adjudicator_settles(visit: Visits, store: Store) -> None:
    for name, role in (("anna", "coder"), ("ben", "coder"), ("cleo", "adjudicator")):
        store.add_user(name, role, HASHED)  # type: ignore[arg-type]
    page = visit()
    page.goto("/review")
    page.wait_for_url("**/login?**")
    page.fill("#name", "cleo")
    page.fill("#password", "a loud harbour")
    page.click("main button")
    page.locator("[role=alert]").wait_for()
    visit.expect(403)
    page.context.clear_cookies()
    log_in(page, "cleo")
    page.fill("[name=name]", "harbour lot")
    page.fill("[name=number]", "3")
    page.select_option("[name=draw]", "score")
    page.check("[name=people][value=anna]")
    page.check("[name=people][value=ben]")
    page.click("#assign button.main")
    page.locator(".lot >> text=harbour lot").wait_for()
    for name, keys in (("anna", "aax"), ("ben", "axx")):
        coder = visit(theme="dark")
        log_in(coder, name)
        coder.click("text=Code your part")
        for number, key in enumerate(keys, 1):
            at(coder, number)
            assert coder.locator("#verdict").count() == 0, "blind"
            coder.keyboard.press(key)
        coder.locator("#end").wait_for()
        coder.click("text=Log out")
        coder.wait_for_url("**/login")
    page.goto("/double")
    page.click("a.button >> text=Agreement")
    page.locator("#alpha").wait_for()
    assert page.inner_text("#alpha") == "0.444"
    page.click("text=Settle 1")
    page.locator("#settle").wait_for()
    page.wait_for_load_state("load")
    page.keyboard.press("2")
    page.locator("#settled").wait_for()
    assert store.get_effective("r2").coded.mentions == ()
    assert store.get_effective("r1").coded.mentions != ()


def test_an_admin_adds_somebody_who_changes_their_password(visit: Visits, store: Store) -> None:
    store.add_user("olga", "admin", HASHED)
    page = visit(wide=390)
    log_in(page, "olga")
    page.click("nav >> text=People")
    page.fill("#new-name", "dora")
    page.select_option("#new-role", "coder")
    page.fill("#new-password", PASSWORD)
    page.click("#add button.main")
    page.locator("[role=status] >> text=dora can log in now").wait_for()
    other = visit(theme="dark")
    log_in(other, "dora")
    other.click("a.viewer")
    other.fill("#old", PASSWORD)
    other.fill("#new", "a loud lighthouse")
    other.fill("#again", "a loud lighthouse")
    other.click("#password button.main")
    other.locator("[role=status] >> text=Your password is changed").wait_for()
    other.goto("/review")
    at(other, 1)
    page.locator("li", has_text="dora").locator("button >> text=Disable").click()
    page.locator("[role=status] >> text=dora can log in no more").wait_for()
    other.goto("/review")
    other.wait_for_url("**/login?**")


def test_what_is_decided_shows_in_lists_with_what_the_coder_had(visit: Visits, store: Store) -> None:
    page = visit()
    page.goto("/review?mention=m-3&in_report=r3")
    at(page, 3)
    page.keyboard.press("5")
    page.locator("#verdict >> text=edited").wait_for()
    page.goto("/events?type=COERCE")
    page.locator(".list h2").wait_for()
    page.click(".list h2 a")
    page.wait_for_url("**/event?id=*", wait_until="load")
    page.click("table.accounts td a >> text=COERCE")
    page.wait_for_url("**/report?*", wait_until="load")
    page.click("#card-m-3 .had summary")
    page.locator("#card-m-3 .had del >> text=ASSAULT").wait_for()
    page.goto("/review?mention=m-3&in_report=r3")
    at(page, 3)
    page.keyboard.press("x")
    page.locator('.review:not([data-mention="m-3"])').wait_for()
    page.goto("/events?type=COERCE")
    page.locator("text=No event fits").wait_for()
    page.goto("/report?id=r3")
    page.click("#rejected summary")
    page.locator("#rejected del").wait_for()


def test_every_page_fits_and_is_readable(visit: Visits, store: Store) -> None:
    for name, role in (("anna", "coder"), ("ben", "coder"), ("cleo", "admin")):
        store.add_user(name, role, HASHED)  # type: ignore[arg-type]
    store.add_user("somebody with quite a long name who-also-has-a-very-long-second-name", "reader", HASHED)
    store.assign("harbour lot", ["anna", "ben"], [(f"r{n}", f"m-{n}") for n in range(1, 4)])
    for user in ("anna", "ben"):
        for n in (1, 2, 3):
            kind = "reject" if (user, n) == ("ben", 2) else "accept"
            store.append_judgement(user, f"r{n}", f"m-{n}", kind, batch="harbour lot")
    store.append_judgement("cleo", "r9", "m-9", "edit", field="mode", after="drone", role="adjudicator")
    pages = {
        "review": "/review", "review-edit": "/review?mention=m-9&in_report=r9&edit=actors",
        "review-alike": "/review/alike?mention=m-9&in_report=r9&kind=edit&field=type&value=COERCE",
        "review-log": "/review/log", "review-end": "/review?type=AID", "double": "/double",
        "double-results": "/double/results?name=harbour+lot",
        "double-case": "/double/case?name=harbour+lot", "login": "/login", "people": "/people",
        "account": "/account", "decided": "/report?id=r9&mention=m-9",
    }  # fmt: skip
    SHOTS.mkdir(parents=True, exist_ok=True)
    for wide in (1280, 390):
        for theme in ("light", "dark"):
            page = visit(wide=wide, theme=theme)
            log_in(page, "cleo")
            for name, path in pages.items():
                page.goto(path)
                page.wait_for_load_state("load")
                page.screenshot(path=SHOTS / f"{name}-{wide}-{theme}.png")
                check_readable(page, (name, wide, theme))


PLACE = """(words) => {
  const seg = [...document.querySelectorAll('#text .seg')].find((s) => s.textContent.includes(words));
  const at = seg.textContent.indexOf(words), range = document.createRange();
  range.setStart(seg.firstChild, at);
  range.setEnd(seg.firstChild, at + words.length);
  seg.scrollIntoView({ block: 'center' });
  const rects = range.getClientRects(), a = rects[0], b = rects[rects.length - 1];
  return [a.left + 1, a.top + a.height / 2, b.right - 1, b.top + b.height / 2]; }"""
