"""Demands, refusals, blame, threats and sanctions: who makes them of whom, and what of it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from according.coder import Coder
from according.records import Mention, Report

pytestmark = pytest.mark.model
TOPIC = "demands"


def test_sentence(coder: Coder, case: dict[str, Any], tell: Callable[[Mention], str]) -> None:
    report = Report(id="r", text=case["text"], published=date(2021, 6, 10))
    assert [tell(m) for m in coder.code(report).mentions] == case["mentions"]
