"""Relations carry the chain of speakers over their words; rivals are read."""

from __future__ import annotations

import pytest

from according import Coder, Report

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def test_a_relation_told_by_somebody_is_his(coder: Coder) -> None:
    coded = coder.code(Report(id="r", text="The foreign minister said Iran funds Hezbollah."))
    found = [r for r in coded.relations if r.type == "sponsors"]
    assert [[a.stance for a in r.attribution] for r in found] == [["asserts"]]


def test_a_relation_in_the_reports_own_voice_has_no_speaker(coder: Coder) -> None:
    coded = coder.code(Report(id="r", text="Iran funds Hezbollah."))
    found = [r for r in coded.relations if r.type == "sponsors"]
    assert [r.attribution for r in found] == [()]


def test_rivals_are_read(coder: Coder) -> None:
    coded = coder.code(Report(id="r", text="Talks went on between the rival factions Hamas and Fatah."))
    names = {e.id: e.name for e in coded.entities}
    pairs = [{names[r.subject], names[r.object or ""]} for r in coded.relations if r.type == "rival_of"]
    assert pairs == [{"Hamas", "Fatah"}]
