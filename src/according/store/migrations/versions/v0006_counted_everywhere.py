"""Also on PostgreSQL, what is counted of mentions stands in an index of its own.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_LONGEST = 180
_NAMES = {
    "mentions": ("publisher", "place", "place_folded"),
    "reports": ("publisher",),
    "attributions": ("folded",),
}
_BESIDE = (
    "report_pk", "type", "mode", "quad", "factuality", "country", "publisher", "place_folded", "place",
    "lat", "lon", "precision", "first_day", "last_day", "day_open", "score",
)  # fmt: skip


def upgrade() -> None:
    """Cut names that no index takes, then add the index; SQLite has it since 0004."""
    of_postgres = op.get_bind().dialect.name != "sqlite"
    for table, names in _NAMES.items():
        long = " OR ".join(f"length({name}) > {_LONGEST}" for name in names)
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} WHERE {long} LIMIT 1")).first() is None:
            continue
        if of_postgres and table == "mentions":
            # A new table: an index made in this transaction would also take in the rows before an update.
            cut = (f"ALTER COLUMN {n} TYPE text USING substr({n}, 1, {_LONGEST})" for n in names)
            op.execute(f"ALTER TABLE {table} {', '.join(cut)}")
        else:
            cut = (f"{n} = substr({n}, 1, {_LONGEST})" for n in names)
            op.execute(f"UPDATE {table} SET {', '.join(cut)} WHERE {long}")
    if of_postgres:
        columns = ["current", "event_pk", "pk"]
        op.create_index("ix_mentions_counted", "mentions", columns, postgresql_include=list(_BESIDE))
