"""Keep the commitments in step with a few mentions that came, went or changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from according.corroborate import Commitment, Telling, match_commitments
from according.corroborate.commitments import ANSWERING, is_commitment, sum_up
from according.corroborate.likeness import near_types
from according.store import schema
from according.store.load import slices
from according.store.queries_accounts import read_shown_mentions

KEPT = "commitments"
"""Names the state of the events that the kept commitments are of."""

FEW = 2000
"""Mentions up to which the commitments are mended; more of them, and all are worked out anew."""

_LIKE_MANY = 20


def mend_commitments(connection: Connection, touched: Collection[str]) -> None:
    """Work out anew what hangs on some mentions.

    Args:
        connection: The one that the mentions were changed with.
        touched: Ids of mentions that are new, changed or gone; others do no harm.
    """
    c, r = schema.commitments.c, schema.reports.c
    last: date | None = connection.execute(select(func.max(r.published)).where(r.current)).scalar()
    told = _read(connection, touched)
    for some in slices(sorted(touched), 500):
        connection.execute(delete(schema.commitments).where(c.mention.in_(some)))
    kept = {k.mention: k for k in _holding(connection, touched)}
    changed = {m: [a for a in k.answers if a.mention not in touched] for m, k in kept.items()}
    answering = [t for t in told if t.factuality in ANSWERING]
    if answering:
        asked = list(_announced(connection, {n for t in answering for n in near_types(t.type)}))
        for new in _match(connection, [*asked, *answering], last):
            if not new.answers:
                continue
            if new.mention not in kept:
                record = connection.scalars(select(c.record).where(c.mention == new.mention)).one()
                kept[new.mention] = Commitment.model_validate_json(record)
                changed[new.mention] = list(kept[new.mention].answers)
            changed[new.mention] += new.answers
    for mention, answers in changed.items():
        row = commitment_row(sum_up(kept[mention], answers, last))
        connection.execute(update(schema.commitments).where(c.mention == mention).values(row))
    promised = [t for t in told if is_commitment(t)]
    if promised:
        others = _of_types(connection, {n for t in promised for n in near_types(t.type)})
        rows = [commitment_row(k) for k in _match(connection, [*promised, *others], last)]
        connection.execute(insert(schema.commitments), rows)
    if last is not None:
        _close(connection, last)


def commitment_row(commitment: Commitment) -> dict[str, Any]:
    """Make the row of a commitment."""
    return {
        "id": commitment.id,
        "mention": commitment.mention,
        "due": commitment.due,
        "outcome": commitment.outcome,
        "record": commitment.model_dump_json(by_alias=True),
    }


def _match(connection: Connection, tellings: list[Telling], last: date | None) -> tuple[Commitment, ...]:
    return match_commitments(tellings, lambda ids: read_shown_mentions(connection, ids), last=last)


def _read(connection: Connection, ids: Collection[str]) -> list[Telling]:
    m = schema.mentions.c
    found: list[Telling] = []
    for some in slices(sorted(ids), 500):
        query = select(m.telling).where(m.id.in_(some), func.coalesce(m.current, False))
        found += map(Telling.from_json, connection.scalars(query))
    return found


def _holding(connection: Connection, touched: Collection[str]) -> Iterator[Commitment]:
    """Give the commitments that some of the mentions answer."""
    c = schema.commitments.c
    query = select(c.record).where(c.record.not_like('%"answers":[]%'))
    if len(touched) <= _LIKE_MANY:
        query = query.where(or_(*(c.record.contains(i, autoescape=True) for i in touched)))
    for record in connection.scalars(query):
        if any(a["mention"] in touched for a in json.loads(record)["answers"]):
            yield Commitment.model_validate_json(record)


def _announced(connection: Connection, types: Collection[str]) -> Iterator[Telling]:
    c, m = schema.commitments.c, schema.mentions.c
    query = select(m.telling).join(schema.commitments, c.mention == m.id)
    yield from map(Telling.from_json, connection.scalars(query.where(m.current, m.type.in_(sorted(types)))))


def _of_types(connection: Connection, types: Collection[str]) -> Iterator[Telling]:
    m = schema.mentions.c
    query = select(m.telling).where(m.current, m.type.in_(sorted(types)), m.factuality.in_(sorted(ANSWERING)))
    yield from map(Telling.from_json, connection.scalars(query))


def _close(connection: Connection, last: date) -> None:
    """Let those be without a word, and no longer open, that fell due before the latest report."""
    c = schema.commitments.c
    query = select(c.pk, c.record).where(c.outcome == "open", c.due < last)
    for row in connection.execute(query).all():
        closed = sum_up(Commitment.model_validate_json(row.record), (), last)
        connection.execute(update(schema.commitments).where(c.pk == row.pk).values(commitment_row(closed)))
