"""Mentions of one happening share an event; others do not."""

from __future__ import annotations

from datetime import date

import pytest

from according.coder import Coder
from according.records import CodedReport, Report

pytestmark = pytest.mark.model


def coded(coder: Coder, text: str) -> CodedReport:
    return coder.code(Report(id="r", text=text, published=date(2021, 6, 10)))


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Turkey attacked Syria on Monday. Turkey attacked Syria again.", 1),
        ("Rebels attacked Aleppo on Monday. Rebels attacked Aleppo on Tuesday.", 2),
        ("Rebels attacked Aleppo. Rebels attacked Damascus.", 2),
        ("Turkey attacked the rebels. Hamas denied that Turkey attacked the rebels.", 2),
        ("Turkey condemned France. Kenya condemned Somalia.", 2),
        ("Soldiers killed five villagers in Mosul. Soldiers killed nine villagers in Mosul.", 2),
    ],
)
def test_number_of_events(coder: Coder, text: str, events: int) -> None:
    found = coded(coder, text)
    assert len(found.mentions) == 2
    assert len(found.events) == events


def test_every_mention_stands_in_its_event_once(coder: Coder) -> None:
    found = coded(coder, "Rebels attacked Aleppo. The army shelled Homs. Rebels attacked Aleppo again.")
    listed = [(e.id, m) for e in found.events for m in e.mentions]
    assert sorted(listed) == sorted((m.event, m.id) for m in found.mentions)
