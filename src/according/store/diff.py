"""What one coding says and another does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, select

from according.errors import NotStoredError
from according.records import CodedReport, Mention
from according.store import schema
from according.store.base import StoreBase
from according.store.engine import reading
from according.store.rows import unpack

_FIELDS = (
    "type", "mode", "contexts", "actors", "recipients", "instruments", "factuality", "attribution",
    "when", "where", "killed", "injured", "detained", "size", "quoted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two codings of one report.

    Attributes:
        report: Id of the report.
        kind: added, removed or changed.
        mention: Id of the mention, in the coding that has it (the newer if both).
        trigger: Its evoking words.
        start: Where they stand.
        field: The field that changed; None if the whole mention came or went.
        before: The value before, as in the record; for a mention its type.
        after: The value after.
    """

    report: str
    kind: Literal["added", "removed", "changed"]
    mention: str
    trigger: str
    start: int
    field: str | None
    before: Any
    after: Any


def diff_coded(old: CodedReport, new: CodedReport) -> tuple[Change, ...]:
    """Compare two codings of one report, mention by mention.

    Mentions are the same if their ids are, else if their triggers overlap.

    Args:
        old: The coding before.
        new: The coding after.

    Returns:
        Differences in text order.
    """
    report = new.report.id
    before = {m.id: m for m in old.mentions}
    pairs: list[tuple[Mention, Mention]] = []
    left: list[Mention] = []
    for mention in new.mentions:
        if mention.id in before:
            pairs.append((before.pop(mention.id), mention))
        else:
            left.append(mention)
    changes: list[Change] = []
    for mention in left:
        twin = next((m for m in before.values() if m.trigger.overlaps(mention.trigger)), None)
        if twin is None:
            changes.append(_whole(report, "added", mention))
        else:
            pairs.append((before.pop(twin.id), mention))
    changes += [_whole(report, "removed", m) for m in before.values()]
    for one, two in pairs:
        changes += _fields(report, one, two)
    return tuple(sorted(changes, key=lambda c: (c.start, c.mention, c.field or "")))


def _whole(report: str, kind: Literal["added", "removed"], mention: Mention) -> Change:
    before, after = (None, mention.type) if kind == "added" else (mention.type, None)
    return Change(report, kind, mention.id, mention.trigger.text, mention.trigger.start, None, before, after)


def _fields(report: str, one: Mention, two: Mention) -> Iterator[Change]:
    names = set(_FIELDS)
    old = one.model_dump(mode="json", by_alias=True, include=names)
    new = two.model_dump(mode="json", by_alias=True, include=names)
    for name in _FIELDS:
        if _plain(old[name]) != _plain(new[name]):
            trigger = two.trigger
            yield Change(report, "changed", two.id, trigger.text, trigger.start, name, old[name], new[name])


def _plain(value: Any) -> Any:
    """Leave out ids that are only good within one coding."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if k not in {"entity", "statement", "why"}}
    return [_plain(v) for v in value] if isinstance(value, list) else value


class Diffs(StoreBase):
    """Comparing codings in a store."""

    def list_coders(self) -> tuple[tuple[str, int, int], ...]:
        """List the coder versions with how many codings, and how many current ones, each has."""
        k, c = schema.coders.c, schema.codings.c
        query = (
            select(k.name, func.count(c.pk), func.coalesce(func.sum(_one_if(c.current)), 0))
            .outerjoin(schema.codings, c.coder_pk == k.pk)
            .group_by(k.pk, k.name)
            .order_by(k.pk)
        )
        with reading(self.engine) as connection:
            return tuple((r[0], int(r[1]), int(r[2])) for r in connection.execute(query))

    def diff(self, old: str | None = None, new: str | None = None) -> Iterator[Change]:
        """Tell what changed from one coder version to another, report by report.

        Args:
            old: Coder version before; if left out, the coding before the one compared with.
            new: Coder version after; if left out, the current codings.

        Raises:
            NotStoredError: There is no such coder version.
        """
        known = {name for name, _, _ in self.list_coders()}
        for name in (old, new):
            if name is not None and name not in known:
                raise NotStoredError("coder version", name)
        r = schema.reports.c
        with reading(self.engine) as connection:
            reports = list(connection.scalars(select(r.id).distinct().order_by(r.id)))
        for report in reports:
            pair = self._pair(report, old, new)
            if pair is not None:
                yield from diff_coded(*pair)

    def _pair(self, report: str, old: str | None, new: str | None) -> tuple[CodedReport, CodedReport] | None:
        r, c, k = schema.reports.c, schema.codings.c, schema.coders.c
        query = (
            select(c.pk, k.name, c.current)
            .join(schema.reports, r.pk == c.report_pk)
            .join(schema.coders, k.pk == c.coder_pk)
            .where(r.id == report)
            .order_by(c.pk.desc())
        )
        with reading(self.engine) as connection:
            rows = connection.execute(query).all()
            after = next((x for x in rows if (x.name == new if new else x.current)), None)
            if after is None:
                return None
            before = next(
                (x for x in rows if (x.name == old if old else x.pk < after.pk) and x.pk != after.pk), None
            )
            if before is None:
                return None
            both = select(c.pk, c.record).where(c.pk.in_([before.pk, after.pk]))
            records = {row.pk: row.record for row in connection.execute(both)}
        return unpack(records[before.pk]), unpack(records[after.pk])


def _one_if(condition: Any) -> Any:
    from sqlalchemy import case

    return case((condition, 1), else_=0)
