"""People's decisions outrank the coder when it codes again, with another codebook and under another name."""

from __future__ import annotations

import shutil
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from according.coder import Coder
from according.records import CodedReport, Report
from according.store import Filter, Store

TEXT = (
    "Rebels attacked a barracks near Homs on Monday, killing six soldiers. "
    "Police arrested nine protesters in Damascus on Tuesday. "
    "The foreign minister of Jordan met his Iraqi counterpart in Amman on Wednesday. "
    "Thousands of teachers protested in Basra on Thursday."
)


@pytest.fixture(scope="module")
def codings(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> tuple[CodedReport, CodedReport]:
    """One report, coded with the package's codebook and with one from which a type was taken."""
    folder = Path(str(files("according").joinpath("data", "codebooks", "plover")))
    other = tmp_path_factory.mktemp("codebook") / "plover"
    shutil.copytree(folder, other)
    # Without triggers a type is never found; another one takes the words.
    protest = other / "protest.yml"
    text = protest.read_text(encoding="utf-8")
    head, _, rest = text.partition("\ntriggers:")
    assert rest, "the codebook keeps its triggers otherwise now"
    protest.write_text(f"{head}\ntriggers: []\n", encoding="utf-8")
    report = Report(id="r1", text=TEXT, publisher="Herald", published=date(2024, 3, 8))
    return coder.code(report), Coder(codebook=other).code(report)


def types(store: Store) -> dict[str, str]:
    return {m.trigger.text: m.type for m in store.iter_mentions()}


def test_decisions_outrank_a_genuine_second_coding(
    store: Store, codings: tuple[CodedReport, CodedReport]
) -> None:
    first, second = codings
    mentions = {m.trigger.text: m for m in first.mentions}
    again = {m.trigger.text: m for m in second.mentions}
    assert {"attacked", "arrested", "met", "protested"} <= set(mentions)
    assert again["protested"].type == "ACCUSE" and {"attacked", "arrested", "met"} <= set(again)
    store.load([first], "plover")
    store.append_judgement("ada", "r1", mentions["protested"].id, "accept")
    store.append_judgement("ada", "r1", mentions["met"].id, "reject")
    store.append_judgement("ada", "r1", mentions["attacked"].id, "edit", field="mode", after=None)
    store.append_judgement("ada", "r1", mentions["arrested"].id, "edit", field="type", after="ASSAULT")
    store.load([second], "without protests")
    expected = {n: m.type for n, m in again.items() if n != "met"}
    expected |= {"protested": "PROTEST", "arrested": "ASSAULT"}
    assert types(store) == expected
    assert store.count_mentions(Filter(type=("PROTEST",))) == 1
    assert {f.value for f in store.facets(Filter(place="Basra"))["type"]} == {"PROTEST"}
    assert [m.mode for m in store.iter_mentions() if m.trigger.text == "attacked"] == [None]
    assert {m.trigger.text for c in store.iter_reports() for m in c.mentions} == set(expected)
    assert {m.trigger.text for m in store.get_report("r1").mentions} == set(again), "the coding itself stays"
    assert "protested" in store.get_effective("r1").coded.report.text
    assert list(store.check()) == []
    store.undo("ada", store.list_judgements(kind="accept").items[0].pk, role="coder")
    assert types(store)["protested"] == "ACCUSE", "what nobody keeps is what the coder says now"
    store.load([first], "plover again")
    assert types(store)["protested"] == "PROTEST" and "met" not in types(store)
