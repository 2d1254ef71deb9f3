"""Fixtures that all tests share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from spacy.language import Language

from according.records import (
    Attribution,
    CodedReport,
    Count,
    Entity,
    Mention,
    Participant,
    Report,
    Source,
    Span,
    Statement,
    When,
    Where,
)

if TYPE_CHECKING:
    from according.coder import Coder

SAMPLE_TEXT = (
    "Truce talks <script>alert(1)</script> & more\n\n"
    'Minister Ada Orlow said rebels "attacked" a base near Lund on Monday, killing at least five soldiers.\n'
)


@pytest.fixture(scope="session")
def nlp() -> Language:
    from according.language.pipeline import load_pipeline

    return load_pipeline()


@pytest.fixture(scope="session")
def coder() -> Coder:
    from according.coder import Coder

    return Coder()


def cut(words: str) -> Span:
    """The first place of the words in the sample."""
    start = SAMPLE_TEXT.index(words)
    return Span.of(SAMPLE_TEXT, start, start + len(words))


@pytest.fixture
def sample() -> CodedReport:
    """A record made by hand, with every kind of field and a text that must be escaped."""
    statement = Statement(
        id="s-1",
        source=Source(span=cut("Minister Ada Orlow"), name="Ada Orlow", entity="e-1"),
        cue=cut("said"),
        content=(cut('rebels "attacked" a base near Lund on Monday, killing at least five soldiers'),),
        manner="mixed",
        stance="asserts",
    )
    link = Attribution(
        span=cut("Minister Ada Orlow"),
        name="Ada Orlow",
        entity="e-1",
        cue=cut("said"),
        stance="asserts",
        statement="s-1",
    )
    attack = Mention(
        id="m-aa11",
        event="v-1",
        trigger=cut("attacked"),
        clause=statement.content[0],
        type="ASSAULT",
        actors=(Participant(span=cut("rebels"), kind="group", sectors=("REB",)),),
        recipients=(Participant(span=cut("a base"), name="base"),),
        factuality="happened",
        attribution=(link,),
        when=When(
            span=cut("Monday"), **{"from": date(2020, 5, 4)}, to=date(2020, 5, 4), why="weekday before"
        ),
        where=Where(span=cut("Lund"), name="Lund", country="SWE"),
        killed=Count(span=cut("at least five"), low=5),
        quoted=(cut("attacked"),),
        rule="assault.attack.v; passive",
        score=0.8,
    )
    talks = Mention(
        id="m-ab22",
        event="v-2",
        trigger=cut("talks"),
        clause=cut("Truce talks"),
        type="CONSULT",
        factuality="planned",
        rule="consult.talks.n",
        score=0.5,
    )
    report = Report(
        id="r1", text=SAMPLE_TEXT, title="Truce talks", publisher="<b>Herald</b>", published=date(2020, 5, 5)
    )
    entity = Entity(id="e-1", name="Ada Orlow", kind="person", why="named in full")
    return CodedReport(report=report, entities=(entity,), statements=(statement,), mentions=(talks, attack))
