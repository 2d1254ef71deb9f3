"""Two reports of one attack that disagree, one of talks, and one that is hostile: a shelf and a client."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browsing import WAIT_MS, Visits
from fastapi import FastAPI
from fastapi.testclient import TestClient
from review_forms import HASHED, enter

from according.records import (
    CodedReport,
    Count,
    Entity,
    Mention,
    Participant,
    Place,
    Report,
    Skipped,
    Span,
    When,
    Where,
)
from according.store import Store, open_store
from according.workbench.app import create_app
from according.workbench.settings import Settings
from real_browser import CHROMIUM, FLAGS
from store_factory import make_report, quote

BASE = "http://127.0.0.1:8765"
DAY = date(2021, 6, 7)


def make_attack(
    name: str, publisher: str, killed: int, *, denied: bool = False, extra: str = ""
) -> CodedReport:
    """A report that rebels attacked a barracks in Karsten, as one publisher tells it."""
    verb = "did not attack" if denied else "attacked"
    text = (
        f"Colonel Ivo Brandt said the Red Front {verb} the Karsten barracks on Monday,"
        f" killing {killed} soldiers.\nA match ended.{extra}"
    )

    def cut(words: str) -> Span:
        start = text.index(words)
        return Span.of(text, start, start + len(words))

    clause = cut(text[text.index("the Red") : text.index(".\n")])
    colonel = cut("Colonel Ivo Brandt")
    statement, link = quote(
        name, colonel, cut("said"), clause, name="Ivo Brandt", entity="e-2",
        stance="denies" if denied else "asserts",
    )  # fmt: skip
    where = Where(span=cut("Karsten"), name="Karsten", country="SWE", lat=55.7, lon=13.2, geonameid=2693678)
    codes: dict[str, Any] = {"name": "Red Front", "kind": "group", "country": "SWE", "sectors": ("REB",)}
    actor = Participant(span=cut("the Red Front"), entity="e-1", **codes)
    barracks = Participant(
        span=cut("the Karsten barracks"), name="Karsten barracks", entity="e-3", kind="organisation"
    )
    mention = Mention(
        id=f"m-{name}",
        event=f"v-{name}",
        trigger=cut("attack" if denied else "attacked"),
        clause=clause,
        type="ASSAULT",
        mode="bombing" if name == "b" else None,
        actors=(actor,),
        recipients=(barracks,),
        factuality="negated" if denied else "happened",
        attribution=(link,),
        when=When(span=cut("Monday"), **{"from": DAY}, to=DAY),
        where=where,
        killed=Count(span=cut(f"{killed} soldiers"), low=killed, high=killed),
        rule="assault.attack.v",
        score=0.7,
    )
    report = Report(
        id=name,
        text=text,
        title=f"Attack in Karsten, {publisher}",
        publisher=publisher,
        published=date(2021, 6, 8),
        url="javascript:alert(1)",
    )
    return CodedReport(
        report=report,
        entities=(
            Entity(id="e-1", mentions=(actor.span,), **codes),
            Entity(id="e-2", name="Ivo Brandt", kind="person", mentions=(colonel,)),
            Entity(id="e-3", name="Karsten barracks", kind="organisation"),
        ),
        places=(Place(span=where.span, name="Karsten", country="SWE", lat=55.7, lon=13.2, precision="city"),),
        statements=(statement,),
        mentions=(mention,),
        skipped=(Skipped(trigger=cut("match"), type="ASSAULT", reason="sport"),),
    )


@pytest.fixture
def reports(sample: CodedReport) -> list[CodedReport]:
    return [
        make_attack("a", "Northern Post", 4),
        make_attack("b", "Harbour Mail", 9, extra=" The harbour was calm."),
        make_attack("c", "Red Voice", 4, denied=True),
        sample,
    ]


@pytest.fixture
def store(reports: list[CodedReport], store_url: str) -> Iterator[Store]:
    """A store with the reports, on each database."""
    with open_store(store_url, create=True) as opened:
        opened.load(reports)
        yield opened


@pytest.fixture
def one_store(reports: list[CodedReport], tmp_path: Path) -> Iterator[Store]:
    """A store with the reports, for what does not depend on the database."""
    with open_store(tmp_path / "news.db", create=True) as opened:
        opened.load(reports)
        yield opened


@pytest.fixture
def client(store: Store) -> TestClient:
    return TestClient(create_app(store, Settings("test")), base_url=BASE, follow_redirects=False)


@pytest.fixture
def filled(store_url: str) -> Iterator[Store]:
    acts = ["attacked", "attacked", "attacked", "raided", "shelled"]
    with open_store(store_url, create=True) as store:
        store.load([make_report(n, act=act, score=n / 10) for n, act in enumerate(acts, 1)], "first")
        for name in ("anna", "ben"):
            store.add_user(name, "coder", HASHED)
        store.add_user("cleo", "adjudicator", HASHED)
        store.add_user("rita", "reader", HASHED)
        yield store


@pytest.fixture
def app(filled: Store) -> FastAPI:
    return create_app(filled, Settings("test"))


@pytest.fixture
def anna(app: FastAPI) -> TestClient:
    return enter(app, "anna")


@pytest.fixture
def ben(app: FastAPI) -> TestClient:
    return enter(app, "ben")


@pytest.fixture
def rita(app: FastAPI) -> TestClient:
    return enter(app, "rita")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser for all tests of a module."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no driver of Chromium")
    playwright.expect.set_options(timeout=WAIT_MS)
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=WAIT_MS)
        yield opened
        opened.close()


@pytest.fixture
def visit(chromium: Any, address: str) -> Iterator[Visits]:
    """Open windows on the address that the module serves; none may complain or fetch from elsewhere."""
    visits = Visits(chromium, address)
    yield visits
    visits.close()
    assert visits.problems == []
