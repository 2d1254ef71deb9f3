"""Full-text search in reports, best first, with the found words marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
)

from according.errors import CursorError
from according.store import schema
from according.store.base import PAGE, Page, StoreBase, check_limit, read_cursor, write_cursor
from according.store.engine import reading
from according.store.filters import Filter, report_conditions
from according.store.words import CLOSE, OPEN, fts5_query, parse_query, tsquery

_FTS = table("report_search", column("rowid"))
_WORDS = 32
_CURSOR = "search"
_TITLE_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a report with the found ones marked.

    Attributes:
        text: A stretch of the title or text; `…` stands where something is left out.
        found: Where the found words are in `text`: half-open, in code points.
    """

    text: str
    found: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found.

    Attributes:
        id: Id of the report.
        title: Title with found words marked, or None.
        publisher: Outlet, or None.
        published: Day of publication, or None.
        piece: The best stretch of the text.
        rank: Higher is better; to be compared within one search only.
        mentions: How many mentions its current coding has.
    """

    id: str
    title: Piece | None
    publisher: str | None
    published: date | None
    piece: Piece
    rank: float
    mentions: int


class Search(StoreBase):
    """Full-text search."""

    def search(
        self, words: str, wanted: Filter | None = None, *, limit: int = PAGE, cursor: str | None = None
    ) -> Page[Hit]:
        """Find reports by their words, best first.

        Args:
            words: Words that must all occur; `"phrases"`, `-word`, `one OR other`, `begin*`.
            wanted: Further conditions on the report and its mentions.
            limit: At most so many, up to 500.
            cursor: `next` of the page before.

        Returns:
            Hits. Word forms are matched by their stems on both databases
            ("attack" finds "attacked").

        Raises:
            SearchQueryError: There is no word to look for, or the cursor or limit is no such thing.
        """
        query = parse_query(words)
        kind, start = read_cursor(cursor) if cursor else (_CURSOR, 0)
        if kind != _CURSOR or start >= 1 << 31:
            raise CursorError(cursor or "")
        sqlite = self.dialect == "sqlite"
        with reading(self.engine) as connection:
            statement = _sqlite_hits(fts5_query(query)) if sqlite else _postgres_hits(tsquery(query))
            conditions = report_conditions(connection, wanted or Filter())
            statement = statement.where(*conditions).limit(check_limit(limit) + 1).offset(start)
            rows = connection.execute(statement).all()
        hits = tuple(_hit(row) for row in rows[:limit])
        return Page(hits, write_cursor(_CURSOR, start + limit) if len(rows) > limit else None)


def read_piece(marked: str) -> Piece:
    r"""Take the marks out of a stretch and note where they were.

    Example:
        >>> read_piece("a \ue000truce\ue001 holds")
        Piece(text='a truce holds', found=((2, 7),))
    """
    plain: list[str] = []
    found: list[tuple[int, int]] = []
    length, begun = 0, None
    for char in marked:
        if char == OPEN:
            begun = length
        elif char == CLOSE:
            if begun is not None:
                found.append((begun, length))
            begun = None
        else:
            plain.append(char)
            length += 1
    return Piece("".join(plain), tuple(found))


def _hit(row: Any) -> Hit:
    title = read_piece(row.title) if row.title else None
    piece = read_piece(" ".join(row.piece.split()))
    return Hit(row.id, title, row.publisher, row.published, piece, float(row.rank), row.mention_count)


def _base(*more: Any) -> Select[Any]:
    r, c = schema.reports.c, schema.codings.c
    return select(r.id, r.publisher, r.published, c.mention_count, *more).join(
        schema.codings, and_(c.report_pk == r.pk, c.current)
    )


def _sqlite_hits(fts: str) -> Select[Any]:
    rank: ColumnElement[Any] = literal_column(f"-bm25(report_search, {_TITLE_WEIGHT}, 1.0)").label("rank")
    title: ColumnElement[Any] = literal_column(f"highlight(report_search, 0, '{OPEN}', '{CLOSE}')").label(
        "title"
    )
    piece: ColumnElement[Any] = literal_column(
        f"snippet(report_search, 1, '{OPEN}', '{CLOSE}', '…', {_WORDS})"
    ).label("piece")
    r = schema.reports.c
    return (
        _base(rank, title, piece)
        .join(_FTS, literal_column("report_search.rowid") == r.pk)
        .where(text("report_search MATCH :fts").bindparams(bindparam("fts", fts, unique=True)))
        .order_by(text("rank DESC"), r.pk.desc())
    )


def _postgres_hits(query: Any) -> Select[Any]:
    config: ColumnElement[Any] = literal_column("'according'::regconfig")
    r = schema.reports.c
    marks = f"StartSel={OPEN}, StopSel={CLOSE}, MaxFragments=1, MaxWords={_WORDS}, MinWords=12"
    whole = f"StartSel={OPEN}, StopSel={CLOSE}, HighlightAll=true"
    vector: ColumnElement[Any] = literal_column("reports.search")
    rank = func.ts_rank_cd(vector, query).label("rank")
    title = func.ts_headline(config, r.title, query, literal(whole)).label("title")
    piece = func.ts_headline(config, r.text, query, literal(marks)).label("piece")
    return _base(rank, title, piece).where(vector.op("@@")(query)).order_by(text("rank DESC"), r.pk.desc())
