"""Load coded reports: in batches, each kept whole or not at all, and each report once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Literal, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Integer, Text, cast, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from according.records import CodedReport, Issue
from according.store import schema
from according.store.engine import advisory_lock, writing
from according.store.rows import CodingRows, Row, actor_rows, hash_coding, pack, report_row

T = TypeVar("T")
BATCH = 64
"""Reports a transaction takes."""

_CODE = re.compile(r'^code: "?(\w+)"?\s*$', re.MULTILINE)
_QUAD = re.compile(r"^quad: ([1-4])\s*$", re.MULTILINE)
_CHILDREN = (
    schema.entities,
    schema.entity_spans,
    schema.statements,
    schema.mentions,
    schema.participants,
    schema.attributions,
    schema.counts,
    schema.mention_spans,
    schema.times,
    schema.places,
    schema.relations,
    schema.skipped,
    schema.issues,
)


@dataclass(frozen=True, slots=True)
class CoderVersion:
    """What coded the reports.

    Attributes:
        name: Name that stands for all of it; codings of two names stand side by side.
        package: Version of the package, or None.
        codebook: Name or path of the codebook, or None.
        model: Name and version of the language model, or None.
    """

    name: str
    package: str | None = None
    codebook: str | None = None
    model: str | None = None


@dataclass(slots=True)
class Loaded:
    """What a load did.

    Attributes:
        received: Reports that came in.
        added: Reports that were not there before.
        recoded: Reports that were there and got another coding beside the old one.
        known: Reports that were there with just this coding; passed over.
        mentions: Mentions added.
        issues: Remarks, such as a report whose text has changed.
    """

    received: int = 0
    added: int = 0
    recoded: int = 0
    known: int = 0
    mentions: int = 0
    issues: list[Issue] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.received:,} reports in = {self.added:,} added + {self.recoded:,} recoded"
            f" + {self.known:,} already there; {self.mentions:,} mentions added"
        )


def now() -> str:
    """Give the time as the store writes it: UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@cache
def _quads() -> dict[str, int]:
    # Two lines of each file are all that is wanted; linking the whole codebook takes seconds.
    found = {}
    for file in files("according").joinpath("data", "codebooks", "plover").iterdir():
        text = file.read_text(encoding="utf-8") if file.name.endswith(".yml") else ""
        code, quad = _CODE.search(text), _QUAD.search(text)
        if code and quad:
            found[code[1]] = int(quad[1])
    return found


def quad_of(code: str) -> int | None:
    """Give the quad class of a PLOVER type: 1 to 4, or None for a type of another codebook.

    Example:
        >>> quad_of("ASSAULT"), quad_of("WEATHER")
        (4, None)
    """
    return _quads().get(code)


def load_reports(
    engine: Engine,
    coded: Iterable[CodedReport],
    coder: CoderVersion,
    *,
    batch: int = BATCH,
    watch: Callable[[Loaded], None] | None = None,
    finish: Callable[[Connection], object] | None = None,
) -> Loaded:
    """Load coded reports.

    A report whose id and content are there is not added again; with a coding
    that is there, for this coder, nothing happens at all. So a load that was
    killed is simply run again.

    Args:
        engine: Where the store is.
        coded: Reports with what was found in them.
        coder: What coded them.
        batch: Reports a transaction takes.
        watch: Is told after each transaction.
        finish: Is called at the end of each transaction, within it.

    Returns:
        What was done. Events across reports are made afterwards, by `corroborate_store`.

    Raises:
        StoreBusyError: Another process is writing and did not finish in time.
    """
    done = Loaded()
    for chunk in _chunks(coded, batch):
        with writing(engine) as connection:
            part = _load_batch(connection, chunk, coder)
            if finish is not None:
                finish(connection)
        done.received += len(chunk)
        done.added += part.added
        done.recoded += part.recoded
        done.known += part.known
        done.mentions += part.mentions
        done.issues += part.issues
        if watch is not None:
            watch(done)
    return done


def _chunks(items: Iterable[CodedReport], size: int) -> Iterator[list[CodedReport]]:
    stream = iter(items)
    while chunk := list(islice(stream, size)):
        yield chunk


def _load_batch(connection: Connection, chunk: list[CodedReport], coder: CoderVersion) -> Loaded:
    done = Loaded()
    lock(connection)
    coder_pk = _coder(connection, coder)
    actors = number_actors(connection, chunk)
    rows: dict[str, list[Row]] = {table.name: [] for table in _CHILDREN}
    for coded in chunk:
        coding, report = _place(connection, coded, coder_pk, done)
        if coding is None:
            continue
        done.mentions += len(coded.mentions)
        for name, new in CodingRows(coded, coding, report, actors).build(quad_of).items():
            rows[name] += new
    for table in _CHILDREN:
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])
    if done.added or done.recoded:
        bump(connection)
    return done


def _place(connection: Connection, coded: CodedReport, coder_pk: int, done: Loaded) -> tuple[int | None, int]:
    """Find or make the report's row and make the coding's; no coding number if it is there."""
    row = report_row(coded.report)
    c, r, j = schema.codings.c, schema.reports.c, schema.judgements.c
    versions = connection.execute(select(r.pk, r.hash, r.current).where(r.id == row["id"])).all()
    same = next((v for v in versions if v.hash == row["hash"]), None)
    digest = hash_coding(coded)
    if same is not None:
        known = connection.execute(
            select(c.pk, c.current).where(c.report_pk == same.pk, c.coder_pk == coder_pk, c.hash == digest)
        ).first()
        if known is not None:
            done.known += 1
            return None, same.pk
    if versions:
        done.recoded += 1
        _retire(connection, [v.pk for v in versions])
        if connection.execute(select(j.pk).where(j.report == row["id"]).limit(1)).first() is not None:
            add_loose_ends(connection, "report", [row["id"]])
    else:
        done.added += 1
    if same is not None:
        report = same.pk
        connection.execute(update(schema.reports).where(r.pk == report).values(current=True))
    else:
        if versions:
            done.issues.append(_changed(row["id"]))
        report = connection.execute(insert(schema.reports).values(row).returning(r.pk)).scalar_one()
    values = {
        "report_pk": report,
        "coder_pk": coder_pk,
        "hash": digest,
        "current": True,
        "loaded_at": now(),
        "record": pack(coded),
        "mention_count": len(coded.mentions),
        "statement_count": len(coded.statements),
        "joined": False,
    }
    return connection.execute(insert(schema.codings).values(values).returning(c.pk)).scalar_one(), report


def _changed(report_id: str) -> Issue:
    return Issue(
        code="report-changed",
        message="The report came with another text or other details than before; both are kept.",
        report=report_id,
    )


def _retire(connection: Connection, reports: list[int]) -> None:
    """Let the codings of these reports be current no more."""
    c, r, m, f = schema.codings.c, schema.reports.c, schema.mentions.c, schema.folds.c
    leave_loose_ends(connection, m.report_pk.in_(reports))
    ids = select(r.id).where(r.pk.in_(reports))
    add_loose_ends(connection, "copy", connection.scalars(select(f.copy).where(f.original.in_(ids))))
    connection.execute(delete(schema.folds).where(f.copy.in_(ids)))
    old = c.report_pk.in_(reports)
    connection.execute(update(schema.codings).where(old).values(current=False, joined=False))
    connection.execute(
        update(schema.mentions)
        .where(m.report_pk.in_(reports))
        .values(current=False, coded=False, event_pk=None)
    )
    connection.execute(update(schema.reports).where(r.pk.in_(reports)).values(current=False))


def leave_loose_ends(connection: Connection, those: ColumnElement[bool]) -> None:
    """Note what hung on mentions that are replaced, for the next join to look at again."""
    m, e, k = schema.mentions.c, schema.events.c, schema.links.c
    gone = select(m.pk).where(those, m.current)
    events = select(e.id).where(e.pk.in_(select(m.event_pk).where(those, m.current)))
    linked = select(m.id).where(m.current, m.pk.in_(select(k.two_pk).where(k.one_pk.in_(gone))))
    add_loose_ends(connection, "event", connection.scalars(events.distinct()))
    add_loose_ends(connection, "mention", connection.scalars(linked.distinct()))


def add_loose_ends(connection: Connection, kind: str, ids: Iterable[str]) -> None:
    """Note what the next join is to look at: events, mentions, copies, reports decided on."""
    add = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    rows = [{"kind": kind, "id": i} for i in ids]
    if rows:
        connection.execute(add(schema.loose_ends).on_conflict_do_nothing(), rows)


def _coder(connection: Connection, coder: CoderVersion) -> int:
    c = schema.coders.c
    found = connection.execute(select(c.pk).where(c.name == coder.name)).scalar()
    if found is not None:
        return int(found)
    values = {"name": coder.name, "package": coder.package, "codebook": coder.codebook, "model": coder.model}
    return int(connection.execute(insert(schema.coders).values(values).returning(c.pk)).scalar_one())


def number_actors(connection: Connection, chunk: list[CodedReport]) -> dict[str, int]:
    """Make the actors that are new and give the numbers of all."""
    rows: dict[str, Row] = {}
    names: dict[tuple[str, str], str] = {}
    for coded in chunk:
        new, spelled = actor_rows(coded)
        rows = {**new, **rows}
        for key, forms in spelled.items():
            for folded, name in forms.items():
                names.setdefault((key, folded), name)
    if not rows:
        return {}
    add = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(add(schema.actors).on_conflict_do_nothing(), list(rows.values()))
    a = schema.actors.c
    pks: dict[str, int] = {}
    for ids in slices(sorted(rows), 500):
        pks.update((row.id, row.pk) for row in connection.execute(select(a.id, a.pk).where(a.id.in_(ids))))
    connection.execute(
        add(schema.actor_names).on_conflict_do_nothing(),
        [{"actor_pk": pks[key], "folded": folded, "name": name} for (key, folded), name in names.items()],
    )
    return pks


def slices(items: list[T], size: int) -> Iterator[list[T]]:
    """Cut a list into pieces that one query takes."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


_LOCKS = {"load": 7215302, "decide": 7215303}


def lock(connection: Connection, work: Literal["load", "decide"] = "load") -> None:
    """Let one process at a time do this work; on SQLite the transaction itself does that."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(advisory_lock(_LOCKS[work]))


def try_lock(connection: Connection) -> bool:
    """Take the lock on loading if nobody has it, and tell whether that was so."""
    if connection.dialect.name != "postgresql":
        return True
    statement = advisory_lock(_LOCKS["load"]).replace("pg_advisory", "pg_try_advisory")
    return bool(connection.exec_driver_sql(statement).scalar_one())


def get_meta(connection: Connection, name: str) -> str | None:
    """Give a value the store keeps about itself."""
    value = connection.execute(select(schema.meta.c.value).where(schema.meta.c.name == name)).scalar()
    return None if value is None else str(value)


def set_meta(connection: Connection, name: str, value: str) -> None:
    """Keep a value about the store itself."""
    add = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = add(schema.meta).values(name=name, value=value)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def bump(connection: Connection) -> None:
    """Mark that the data changed, so that what was reckoned from it is reckoned anew."""
    # Counted by the database: two that read and then wrote could give one number to two states.
    add = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    value = schema.meta.c.value
    row = add(schema.meta).values(name="generation", value="1")
    more = cast(cast(value, Integer) + 1, Text)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": more}))


def dump(value: object) -> str:
    """Write a small value as JSON."""
    return json.dumps(value, ensure_ascii=False)
