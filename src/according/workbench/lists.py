"""Lists of reports, events, actors and commitments as pages and API give them, and the facets beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from according.corroborate import Answer, Commitment
from according.store import ActorRow, EventRow, Filter, MentionRow, Store
from according.store.queries_facets import FacetOf
from according.store.search import Hit, Piece
from according.workbench.reading import report_href
from according.workbench.selection import QUADS, Selection
from according.workbench.tellings import Telling, tell

PAGE = 50
_VALUES = 10
_FACETS = {
    "type": "type",
    "quad": "quad",
    "country": "country",
    "actor": "party",
    "place": "place",
    "factuality": "factuality",
    "speaker": "speaker",
    "publisher": "publisher",
    "min_sources": "min_sources",
    "disputed": "disputed",
}
"""Filters of the address, and what the store counts for each."""
_NAMES = frozenset({"actor", "speaker", "place"})
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """One page of a list.

    Attributes:
        rows: The rows.
        total: How many there are in all.
        after: Cursor of the next page, or None at the end.
    """

    rows: tuple[Row, ...]
    total: int
    after: str | None


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report in a list.

    Attributes:
        id: Id of the report.
        title: Its title.
        publisher: Outlet.
        published: Day of publication.
        mentions: Number of mentions in it.
        matching: Number of those that fit the choice.
        snippet: Words around what was searched for, in pieces (text, is a hit).
    """

    id: str
    title: str | None
    publisher: str | None
    published: date | None
    mentions: int
    matching: int
    snippet: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A later mention that tells what became of a commitment, with the address of its words."""

    answer: Answer
    href: str


@dataclass(frozen=True, slots=True)
class Announced:
    """A commitment with its mention and what came of it.

    Attributes:
        commitment: What was announced, and its outcome.
        telling: The mention that announces it.
        later: What later reports tell of it.
    """

    commitment: Commitment
    telling: Telling
    later: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class FacetList:
    """Values of one filter with how many there are of each.

    Attributes:
        name: Name of the filter.
        values: Value as the filter takes it, value as shown, count.
    """

    name: str
    values: tuple[tuple[str, str, int], ...]


def list_reports(
    store: Store, selection: Selection, after: str | None, limit: int = PAGE
) -> Listing[ReportLine]:
    """Reports that fit a choice: newest first, or the best first where words are searched for."""
    wanted = selection.to_filter()
    total = store.count_reports(wanted)
    lines: list[ReportLine]
    if selection.q and not selection.trouble:
        hits = store.search(selection.q, wanted.without("text"), limit=limit, cursor=after)
        following = hits.next
        lines = [
            ReportLine(h.id, _title(h), h.publisher, h.published, h.mentions, 0, _cut(h.piece))
            for h in hits.items
        ]
    else:
        page = store.list_reports(wanted, limit=limit, cursor=after)
        following = page.next
        lines = [ReportLine(r.id, r.title, r.publisher, r.published, r.mentions, 0) for r in page.items]
    fitting = store.count_fitting([line.id for line in lines], wanted)
    rows = tuple(replace(line, matching=fitting.get(line.id, 0)) for line in lines)
    return Listing(rows, total, following)


def list_mentions(
    store: Store, selection: Selection, after: str | None, limit: int = PAGE
) -> Listing[MentionRow]:
    """Mentions that fit a choice, latest first."""
    wanted = selection.to_filter()
    page = store.list_mentions(wanted, limit=limit, cursor=after)
    return Listing(page.items, store.count_mentions(wanted), page.next)


def list_events(
    store: Store, selection: Selection, after: str | None, limit: int = PAGE
) -> Listing[EventRow]:
    """Events that at least one fitting mention tells, latest first."""
    wanted = selection.to_filter()
    page = store.list_events(wanted, limit=limit, cursor=after)
    return Listing(page.items, store.count_events(wanted), page.next)


def list_actors(
    store: Store, selection: Selection, name: str | None, after: str | None, limit: int = PAGE
) -> Listing[ActorRow]:
    """Everybody who takes part in fitting mentions, the most active first."""
    wanted = selection.to_filter()
    page = store.list_actors(name, wanted, limit=limit, cursor=after)
    return Listing(page.items, store.count_actors(name, wanted), page.next)


def list_commitments(
    store: Store, selection: Selection, after: str | None, limit: int = PAGE
) -> Listing[Announced]:
    """Commitments whose announcing mention fits a choice, the first to fall due first."""
    wanted = selection.to_filter()
    page = store.page_commitments(wanted, limit=limit, cursor=after)
    ids = tuple(c.mention for c in page.items)
    announcing = store.list_mentions(Filter(id=ids), limit=limit).items if ids else ()
    rows = {row.id: tell(row) for row in announcing}
    found = [
        Announced(
            commitment,
            rows[commitment.mention],
            tuple(Answered(a, report_href(a.report, mention=a.mention)) for a in commitment.answers),
        )
        for commitment in page.items
        if commitment.mention in rows
    ]
    return Listing(tuple(found), store.count_commitments(wanted), page.next)


def count_facets(store: Store, selection: Selection, of: FacetOf = "events") -> tuple[FacetList, ...]:
    """Count the values of each filter under the others.

    Args:
        store: What is looked at.
        selection: The choice.
        of: What is counted.
    """
    counted = store.facets(selection.to_filter(), of=of, fields=tuple(_FACETS.values()), limit=_VALUES)
    lists = []
    for name, field in _FACETS.items():
        values = tuple(
            (
                f.label if name in _NAMES else f.value,
                QUADS[int(f.value)] if name == "quad" else f.label,
                f.count,
            )
            for f in counted[field]
        )
        if values:
            lists.append(FacetList(name, values))
    return tuple(lists)


def _title(hit: Hit) -> str | None:
    return hit.title.text if hit.title else None


def _cut(piece: Piece) -> tuple[tuple[str, bool], ...]:
    parts: list[tuple[str, bool]] = []
    now = 0
    for start, end in piece.found:
        parts += [(piece.text[now:start], False), (piece.text[start:end], True)]
        now = end
    parts.append((piece.text[now:], False))
    return tuple(p for p in parts if p[0])
