"""When and where one act of a sentence was, and the names of its parties."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from according.coder import Coder
from according.records import Mention, Participant, Report

pytestmark = pytest.mark.model
TABLE = Path(__file__).parents[1] / "cases" / "details.yml"
CASES: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))


def _party(p: Participant) -> str:
    return f"{p.span.text} = {p.name or '-'}, {p.country or '-'}"


def _detail(mention: Mention, name: str) -> Any:
    """One field of a mention as the case file writes it; "-" where it is empty."""
    if name in ("actors", "recipients"):
        return [_party(p) for p in getattr(mention, name)]
    if name == "when":
        when = mention.when
        return "-" if when is None or when.span is None else f"{when.span.text} = {when.from_} {when.to}"
    if name == "where":
        where = mention.where
        if where is None or where.span is None:
            return "-"
        return f"{where.span.text} = {where.name}, {where.country or '-'}"
    count = getattr(mention, name)
    return "-" if count is None else f"{count.low} {count.high}"


@pytest.mark.parametrize("row", CASES, ids=[f"{c['trigger']} in {c['text'][:50]}" for c in CASES])
def test_detail(coder: Coder, row: dict[str, Any]) -> None:
    mentions = coder.code(Report(id="r", text=row["text"], published=date(2021, 6, 10))).mentions
    found = [m for m in mentions if m.trigger.text == row["trigger"]]
    wanted = {k: v for k, v in row.items() if k not in ("text", "trigger")}
    assert found
    assert {k: _detail(found[0], k) for k in wanted} == wanted
