"""Sentences with the mentions they hold, for the tests of one topic each."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from according.records import Mention, Participant

CASES = Path(__file__).parents[1] / "cases" / "mentions.yml"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for `case` every sentence of its module's TOPIC."""
    if "case" in metafunc.fixturenames:
        cases = yaml.safe_load(CASES.read_text(encoding="utf-8"))[metafunc.module.TOPIC]
        metafunc.parametrize("case", cases, ids=[c["text"][:60] for c in cases])


def told(mention: Mention) -> str:
    """A mention in one line, as the case file writes it."""

    def who(participants: tuple[Participant, ...]) -> str:
        return ", ".join(p.span.text for p in participants)

    parts = [
        f"{mention.type}{'/' + mention.mode if mention.mode else ''} {mention.trigger.text}",
        f"{who(mention.actors)} > {who(mention.recipients)}".strip(),
        mention.factuality,
    ]
    parts += [f"{a.name or (a.span.text if a.span else '')} {a.stance}" for a in mention.attribution]
    for name in ("killed", "injured", "detained", "size"):
        count = getattr(mention, name)
        if count is not None:
            low, high = ("" if n is None else n for n in (count.low, count.high))
            parts.append(f"{name} {low}-{high}")
    if mention.where is not None and mention.where.span is not None:
        parts.append(f"at {mention.where.span.text}")
    return " | ".join(parts)


@pytest.fixture
def tell() -> object:
    """The function that writes a mention in one line."""
    return told
