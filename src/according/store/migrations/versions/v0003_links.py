"""Keep what links mentions and finds copies, so that a new report is joined without linking all again.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, _BIG, primary_key=True, autoincrement=False)


def upgrade() -> None:
    """Make the tables, and let the next load join all reports anew."""
    op.create_table("link_keys", _number("key"), _number("mention_pk"), sqlite_with_rowid=False)
    op.create_table(
        "links",
        _number("one_pk"),
        _number("two_pk"),
        sa.Column("evidence", sa.Float, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table("copy_keys", _number("key"), _number("coding_pk"), sqlite_with_rowid=False)
    op.create_table(
        "loose_ends",
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
    )
    for statement in (
        "UPDATE mentions SET event_pk = NULL",
        "DELETE FROM events",
        "DELETE FROM folds",
        "UPDATE codings SET joined = false",
        "DELETE FROM meta WHERE name IN ('rebuild', 'joined')",
    ):
        op.execute(statement)
