"""Coded reports to export: two real codings and one that is hard on every format."""

from __future__ import annotations

from datetime import date

import pytest

from according import Coder, Report
from according.records import CodedReport

TEXT = (
    "Ember Column raids Mopti market\n\n"
    "BAMAKO, May 4 — Fighters of the Ember Column killed at least 12 traders in the town of Mopti on Monday, "
    "Mali's army said. The group denied that it had killed traders.\n\n"
    '"They came at dawn," the governor, Lena Okaru, said on Tuesday. Thousands marched in Bamako '
    "against the government. Police detained 30 protesters. Mali and Niger agreed to meet in June."
)
HOSTILE = (
    "=SUM(A1)\tand \"quoted\", 'single'; line\r\nAleppo\u2028shelled\n"
    "Syrian troops killed between 10 and 15\ncivilians in Aleppo on 3 May 2016, «activists» said. 😀 "
    "Rebels shelled an army base in Idlib."
)


@pytest.fixture(scope="session")
def coded() -> list[CodedReport]:
    coder = Coder()
    reports = [
        Report(
            id="r/1",
            text=TEXT,
            title="Ember Column raids",
            publisher="Neva Press",
            published=date(2026, 5, 5),
        ),
        Report(id="r:1", text=HOSTILE, title="=1+1", publisher="-", url="https://example.org/a?b=1"),
        Report(id="empty", text="Nothing happened."),
    ]
    return [coder.code(r) for r in reports]
