"""Commitments, kept in the store: worked out after a load or when first asked for, given page by page."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select

from according.corroborate import Commitment
from according.errors import StoreBusyError
from according.store import schema
from according.store.base import PAGE, Page, after, check_limit, write_cursor
from according.store.engine import reading, writing
from according.store.filters import Filter, mention_conditions
from according.store.keeping import KEPT, commitment_row
from according.store.load import get_meta, set_meta
from according.store.queries_accounts import AccountQueries

_RENEWING = Lock()


class StoredCommitments(AccountQueries):
    """What was announced for a day, and what became of it."""

    def renew_commitments(self) -> int:
        """Work the commitments out anew and keep them; tell how many there are."""
        with reading(self.engine) as connection:
            joined = get_meta(connection, "joined") or ""
        found = self.list_commitments()
        with writing(self.engine) as connection:
            connection.execute(delete(schema.commitments))
            rows = [commitment_row(commitment) for commitment in found]
            if rows:
                connection.execute(insert(schema.commitments), rows)
            set_meta(connection, KEPT, joined)
        return len(found)

    def page_commitments(
        self, wanted: Filter | None = None, *, limit: int = PAGE, cursor: str | None = None
    ) -> Page[Commitment]:
        """List commitments, the first to fall due first.

        Args:
            wanted: What the announcing mention must be.
            limit: At most so many, up to 500.
            cursor: `next` of the page before.
        """
        self.keep_commitments()
        c = schema.commitments.c
        with reading(self.engine) as connection:
            query = _select(connection, wanted or Filter(), c.pk, c.due, c.record)
            query = after(query, c.due, c.pk, cursor, rising=True).limit(check_limit(limit) + 1)
            rows: Sequence[Any] = connection.execute(query).all()
        items = tuple(Commitment.model_validate_json(row.record) for row in rows[:limit])
        end = write_cursor(rows[limit - 1].due, rows[limit - 1].pk) if len(rows) > limit else None
        return Page(items, end)

    def count_commitments(self, wanted: Filter | None = None) -> int:
        """Count commitments."""
        self.keep_commitments()
        wanted = wanted or Filter()

        def make(connection: Connection) -> int:
            return int(connection.execute(_select(connection, wanted, func.count())).scalar_one())

        return self._cached(("count_commitments", wanted), make)

    def keep_commitments(self) -> None:
        """Work them out if events were joined since; while another process writes, older ones do."""
        known, joined = self._states()
        if known == joined:
            return
        with _RENEWING:
            known, joined = self._states()
            if known != joined:
                with suppress(*(() if known is None else (StoreBusyError,))):
                    self.renew_commitments()

    def _states(self) -> tuple[str | None, str]:
        """Give the state of the events that the kept commitments are of, and the present one."""
        with reading(self.engine) as connection:
            return get_meta(connection, KEPT), get_meta(connection, "joined") or ""


def _select(connection: Connection, wanted: Filter, *columns: Any) -> Select[Any]:
    c, m = schema.commitments.c, schema.mentions.c
    query = select(*columns).select_from(schema.commitments)
    if wanted == Filter():
        return query
    return query.join(schema.mentions, m.id == c.mention).where(*mention_conditions(connection, wanted))
