"""Hand out what is stored as tables for Arrow and pandas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from according.errors import SearchQueryError
from according.store.filters import Filter
from according.store.queries import MentionQueries, MentionRow, PartyRow, ReportQueries, ReportRow
from according.store.queries_events import EventQueries, EventRow

if TYPE_CHECKING:
    import pandas
    import pyarrow

TableName = Literal["mentions", "reports", "events"]
_COUNTS = ("killed", "injured", "detained", "size")


class Tables(ReportQueries, MentionQueries, EventQueries):
    """Tables of reports, mentions and events."""

    def to_arrow(self, name: TableName = "mentions", wanted: Filter | None = None) -> pyarrow.Table:
        """Give mentions, reports or events as an Arrow table.

        Args:
            name: What a row is.
            wanted: Which; all if left out.

        Raises:
            SearchQueryError: The name is unknown.
        """
        import pyarrow

        if name not in _SHAPES:
            raise SearchQueryError(f"{name!r} is no table.", hint=f"Known: {', '.join(_SHAPES)}.")
        columns, read = _SHAPES[name]
        shape = pyarrow.schema([(n, _arrow(pyarrow, kind)) for n, kind in columns.items()])
        rows = (read(row) for row in self._rows(name, wanted))
        batches = []
        while chunk := list(islice(rows, 5000)):
            batches.append(pyarrow.RecordBatch.from_pylist(chunk, schema=shape))
        return pyarrow.Table.from_batches(batches, schema=shape)

    def to_pandas(self, name: TableName = "mentions", wanted: Filter | None = None) -> pandas.DataFrame:
        """Give mentions, reports or events as a pandas table; pandas must be installed.

        Args:
            name: What a row is.
            wanted: Which; all if left out.

        Raises:
            SearchQueryError: The name is unknown.
        """
        return self.to_arrow(name, wanted).to_pandas()

    def iter_events(self, wanted: Filter | None = None) -> Iterator[EventRow]:
        """Go through events, latest day first."""
        cursor = None
        while True:
            page = self.list_events(wanted, limit=500, cursor=cursor)
            yield from page.items
            cursor = page.next
            if cursor is None:
                return

    def _rows(self, name: TableName, wanted: Filter | None) -> Iterator[Any]:
        if name == "mentions":
            yield from self.iter_mentions(wanted)
        elif name == "events":
            yield from self.iter_events(wanted)
        else:
            cursor = None
            while True:
                page = self.list_reports(wanted, limit=500, cursor=cursor)
                yield from page.items
                cursor = page.next
                if cursor is None:
                    return


def _arrow(pyarrow: Any, kind: str) -> Any:
    if kind.endswith("*"):
        return pyarrow.list_(_arrow(pyarrow, kind[:-1]))
    return {
        "text": pyarrow.string(),
        "day": pyarrow.date32(),
        "whole": pyarrow.int64(),
        "real": pyarrow.float64(),
        "flag": pyarrow.bool_(),
    }[kind]


def _names(people: tuple[PartyRow, ...]) -> list[str]:
    return [p.name for p in people]


def _mention(row: MentionRow) -> dict[str, Any]:
    plain = {n: getattr(row, n) for n in _MENTIONS if hasattr(row, n)}
    out = {
        **plain,
        "contexts": list(row.contexts),
        "trigger": row.trigger.text,
        "start": row.trigger.start,
        "end": row.trigger.end,
        "clause": row.clause.text,
        "actors": _names(row.actors),
        "actor_ids": [p.actor for p in row.actors],
        "actor_countries": [p.country for p in row.actors],
        "recipients": _names(row.recipients),
        "recipient_ids": [p.actor for p in row.recipients],
        "recipient_countries": [p.country for p in row.recipients],
        "speakers": _names(row.speakers),
        "stances": [p.stance for p in row.speakers],
    }
    for name in _COUNTS:
        count = row.counts.get(name)
        out[f"{name}_low"] = count.low if count else None
        out[f"{name}_high"] = count.high if count else None
    return out


def _event(row: EventRow) -> dict[str, Any]:
    event = row.event
    out = {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "first_day": event.from_,
        "last_day": event.to,
        "place": event.where.name if event.where else None,
        "country": event.where.country if event.where else None,
        "actors": list(event.actors),
        "recipients": list(event.recipients),
        "factualities": list(event.factualities),
        "mentions": list(event.mentions),
        "reports": list(event.reports),
        "sources": list(event.sources),
        "disputed_on": list(row.disputed_on),
    }
    for name in _COUNTS:
        told = getattr(event, name)
        out[f"{name}_low"] = told.low if told else None
        out[f"{name}_high"] = told.high if told else None
    return out


def _report(row: ReportRow) -> dict[str, Any]:
    return {n: getattr(row, n) for n in _REPORTS}


_FIGURES = {f"{n}_{end}": "whole" for n in _COUNTS for end in ("low", "high")}
_MENTIONS = {
    "id": "text", "report": "text", "title": "text", "publisher": "text", "published": "day", "event": "text",
    "type": "text", "mode": "text", "quad": "whole", "contexts": "text*", "factuality": "text",
    "trigger": "text", "start": "whole", "end": "whole", "clause": "text",
    "actors": "text*", "actor_ids": "text*", "actor_countries": "text*",
    "recipients": "text*", "recipient_ids": "text*", "recipient_countries": "text*",
    "speakers": "text*", "stances": "text*", "first_day": "day", "last_day": "day",
    "place": "text", "country": "text", "lat": "real", "lon": "real", "precision": "text",
    **_FIGURES, "score": "real", "rule": "text",
}  # fmt: skip
_EVENTS = {
    "id": "text", "type": "text", "mode": "text", "first_day": "day", "last_day": "day", "place": "text",
    "country": "text", "actors": "text*", "recipients": "text*", "factualities": "text*",
    "mentions": "text*", "reports": "text*", "sources": "text*", "disputed_on": "text*", **_FIGURES,
}  # fmt: skip
_REPORTS = {
    "id": "text", "title": "text", "publisher": "text", "published": "day", "published_inferred": "flag",
    "url": "text", "mentions": "whole", "statements": "whole", "coder": "text",
}  # fmt: skip
_SHAPES: dict[str, tuple[dict[str, str], Callable[[Any], dict[str, Any]]]] = {
    "mentions": (_MENTIONS, _mention),
    "reports": (_REPORTS, _report),
    "events": (_EVENTS, _event),
}
