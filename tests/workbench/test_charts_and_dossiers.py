"""What charts leave out and dossiers put together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fastapi.testclient import TestClient

from according.records import Relation
from according.store import open_store
from according.workbench.app import create_app
from according.workbench.charts import make_chart
from according.workbench.selection import Selection
from according.workbench.settings import Settings
from store_factory import make_report

BASE = "http://127.0.0.1:8765"


def test_a_timeline_keeps_to_the_days_that_are_chosen(tmp_path: Path) -> None:
    """What began long before and goes on fits the days, but would stretch the axis to its beginning."""
    since = make_report(1)
    mention = since.mentions[0]
    assert mention.when is not None
    when = mention.when.model_copy(update={"from_": date(1964, 1, 1), "to": None})
    since = since.model_copy(update={"mentions": (mention.model_copy(update={"when": when}),)})
    with open_store(tmp_path / "news.db", create=True) as store:
        other = make_report(2, act="helped", type_="AID", actor="Ostmark", place="Malmo")
        store.load([since, other])
        assert store.count_events() == 2
        whole = make_chart("timeline", store, Selection())
        assert [row[0] for row in whole.rows] == ["1964-01-01", "2020-05-01"]
        chosen = make_chart("timeline", store, Selection(day_from=date(2020, 5, 2)))
        assert [row[0] for row in chosen.rows] == ["2020-05-01"]
        assert "1 event with a first day before or behind those chosen is not in the chart" in chosen.note
        assert "chosen" not in make_chart("timeline", store, Selection(day_to=date(2021, 1, 1))).note


def test_an_office_that_many_reports_give_stands_once_with_who_says_so(tmp_path: Path) -> None:
    coded = []
    for number, outlet in ((1, "Herald"), (2, "Harbour Mail")):
        made = make_report(number, publisher=outlet)
        office = Relation(type="office", subject="e3", value="minister", span=made.statements[0].content[0])
        coded.append(made.model_copy(update={"relations": (office,)}))
    with open_store(tmp_path / "news.db", create=True) as store:
        store.load(coded)
        client = TestClient(create_app(store, Settings("test")), base_url=BASE)
        page = client.get("/actor", params={"name": "Ada Orlow"}).text
        offices = page.partition("<h2>Offices</h2>")[2].partition("</ul>")[0]
        assert offices.count("<li>") == 1 and "Ada Orlow: minister" in offices
        assert ">Herald</a>, <a" in offices or ">Harbour Mail</a>, <a" in offices
        assert offices.count("/report?id=r") == 2
