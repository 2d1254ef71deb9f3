"""What is to be reviewed: queues of mentions, how long they are, and samples for double coding."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from according.store import schema
from according.store.base import PAGE, check_limit
from according.store.engine import reading
from according.store.filters import Filter, mention_conditions
from according.store.queries import MentionOrder, MentionQueries, MentionRow


class Reviewing(MentionQueries):
    """Queues of what people have not decided on."""

    def queue(
        self,
        user: str,
        wanted: Filter | None = None,
        *,
        order: MentionOrder = "score",
        limit: int = PAGE,
        batch: str | None = None,
        trigger: str | None = None,
    ) -> tuple[MentionRow, ...]:
        """List what a user has not decided on yet, as the coder has it; what others decided does not matter.

        Args:
            user: Who reviews.
            wanted: Which mentions.
            order: As `list_mentions`; lowest score first if left out.
            limit: At most so many.
            batch: Only the mentions assigned to the user under this name.
            trigger: Only mentions with these evoking words, in the usual ways to write them.
        """
        with reading(self.engine) as connection:
            conditions = _waiting(connection, user, wanted or Filter(), batch)
            if trigger is not None:
                forms = {trigger, trigger.lower(), trigger.upper(), trigger.capitalize(), trigger.title()}
                conditions.append(schema.mentions.c.trigger_words.in_(sorted(forms)))
            return self.read_page(connection, conditions, order, check_limit(limit))

    def count_queue(self, user: str, wanted: Filter | None = None, *, batch: str | None = None) -> int:
        """Count what `queue` would list without a limit."""
        with reading(self.engine) as connection:
            conditions = _waiting(connection, user, wanted or Filter(), batch)
            query = select(func.count()).select_from(schema.mentions).where(*conditions)
            return int(connection.execute(query).scalar_one())

    def sample_mentions(
        self, wanted: Filter | None = None, *, limit: int, seed: str
    ) -> tuple[tuple[str, str], ...]:
        """Draw mentions by lot.

        Args:
            wanted: Which to draw from; all if left out.
            limit: How many; fewer if there are fewer.
            seed: The same seed draws the same mentions from the same store.

        Returns:
            Ids of report and mention, in the order drawn.
        """
        m, r = schema.mentions.c, schema.reports.c
        with reading(self.engine) as connection:
            query = select(r.id, m.id).select_from(schema.mentions).join(schema.reports, r.pk == m.report_pk)
            rows = connection.execute(
                query.where(*mention_conditions(connection, wanted or Filter(), coded=True))
            ).all()

        def lot(row: Any) -> str:
            return hashlib.sha256("\0".join((seed, *row)).encode("utf-8", "surrogatepass")).hexdigest()

        return tuple((row[0], row[1]) for row in sorted(rows, key=lot)[:limit])


def _waiting(
    connection: Connection, user: str, wanted: Filter, batch: str | None
) -> list[ColumnElement[bool]]:
    j, m, r = schema.judgements.c, schema.mentions.c, schema.reports.c
    undoing = schema.judgements.alias("undoing").c
    undone = select(undoing.undoes).where(undoing.undoes.is_not(None)).correlate(None)
    done = (
        select(m.pk)
        .join(schema.reports, r.pk == m.report_pk)
        .join(schema.judgements, (j.report == r.id) & (j.mention == m.id))
        .where(j.user == user, j.kind.not_in(("undo", "flag")), j.pk.not_in(undone), m.coded)
    )
    if batch is not None:
        done = done.where(j.batch == batch)
    conditions = [*mention_conditions(connection, wanted, coded=True), m.pk.not_in(done.correlate(None))]
    if batch is not None:
        a, u = schema.assignments.c, schema.users.c
        given = select(a.mention).join(schema.users, u.pk == a.user_pk)
        conditions.append(m.id.in_(given.where(u.name == user, a.batch == batch)))
    return conditions
