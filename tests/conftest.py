"""Fixtures that all tests share."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from spacy.language import Language
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

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

# Folders have conftest modules of one name; those that are looked into for doctests must not meet.
collect_ignore_glob = ["*/conftest.py"]

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


SERVER = os.environ.get("ACCORDING_TEST_POSTGRES") or "postgresql://postgres@127.0.0.1:5432/postgres"


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place of its own on each database; gone after the test."""
    if request.param == "sqlite":
        yield str(tmp_path / "news.db")
        return
    server = create_engine(
        SERVER.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    name = f"according_{uuid.uuid4().hex[:12]}"
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))
    except OperationalError:
        pytest.skip("PostgreSQL is not running")
    join = "&" if "?" in SERVER else "?"
    yield f"{SERVER}{join}options=-csearch_path%3D{name}"
    with server.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    server.dispose()
