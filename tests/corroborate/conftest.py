"""Coded reports made by hand, for tests that need no language model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from according.records import (
    Attribution,
    CodedReport,
    Count,
    Mention,
    Participant,
    Region,
    Report,
    Span,
    When,
    Where,
)


def build_report(
    report_id: str,
    text: str,
    trigger: str,
    *,
    published: date | None = None,
    publisher: str | None = None,
    day: date | None = None,
    actor: str | None = None,
    recipient: str | None = None,
    place: tuple[str, str] | None = None,
    killed: tuple[int, int | None] | None = None,
    speaker: tuple[str, str] | None = None,
    type_: str = "ASSAULT",
    rule: str = "assault.attack.v",
    factuality: str = "happened",
) -> CodedReport:
    """A coded report with one mention, made by hand."""

    def span(words: str) -> Span:
        at = text.index(words)
        return Span.of(text, at, at + len(words))

    fields: dict[str, Any] = {"factuality": factuality}
    if speaker:
        fields["attribution"] = (
            Attribution(
                span=span(speaker[0]),
                name=speaker[0],
                entity=None,
                cue=None,
                stance=speaker[1],
                statement="s-1",
            ),
        )
    mention = Mention(
        id=f"m-{report_id}",
        event=f"v-{report_id}",
        trigger=span(trigger),
        clause=Span.of(text, 0, len(text)),
        type=type_,
        actors=(Participant(span=span(actor), name=actor),) if actor else (),
        recipients=(Participant(span=span(recipient), name=recipient),) if recipient else (),
        when=When(span=None, from_=day, to=day) if day else None,
        where=Where(span=None, name=place[0], country=place[1]) if place else None,
        killed=Count(span=span(trigger), low=killed[0], high=killed[1]) if killed else None,
        rule=rule,
        score=0.9,
        **fields,
    )
    return CodedReport(
        report=Report(
            id=report_id,
            text=text,
            publisher=publisher,
            published=published,
            regions=(Region(kind="body", start=0, end=len(text)),),
        ),
        mentions=(mention,),
    )


@pytest.fixture
def make_report() -> Callable[..., CodedReport]:
    """The builder of coded reports with one mention."""
    return build_report


MARKET = date(2021, 5, 3)


@pytest.fixture
def market() -> list[CodedReport]:
    """Two reports of one attack, and three of other happenings that look like it."""
    common: dict[str, Any] = {"place": ("Tarn", "XAA"), "published": date(2021, 5, 4)}
    return [
        build_report(
            "a",
            "Gunmen attacked the grain market in Tarn on Monday and killed 12 people.",
            "attacked",
            actor="Gunmen",
            day=MARKET,
            killed=(12, 12),
            publisher="Tarn Post",
            **common,
        ),
        build_report(
            "b",
            "Armed men assaulted traders at a market in Tarn; at least 9 were killed.",
            "assaulted",
            recipient="traders",
            day=MARKET,
            killed=(9, 9),
            publisher="Border Radio",
            rule="assault.assault.v",
            **common,
        ),
        build_report(
            "c",
            "Gunmen attacked the grain market in Tarn again on Friday.",
            "attacked",
            actor="Gunmen",
            day=date(2021, 5, 7),
            publisher="Tarn Post",
            place=("Tarn", "XAA"),
            published=date(2021, 5, 8),
        ),
        build_report(
            "d",
            "Gunmen attacked a grain market in Vell on Monday.",
            "attacked",
            actor="Gunmen",
            day=MARKET,
            publisher="Tarn Post",
            place=("Vell", "XBB"),
            published=date(2021, 5, 4),
        ),
        build_report(
            "e",
            "Ministers met in Tarn on Monday over the grain market.",
            "met",
            actor="Ministers",
            type_="CONSULT",
            day=MARKET,
            rule="consult.meet.v",
            **common,
        ),
    ]
