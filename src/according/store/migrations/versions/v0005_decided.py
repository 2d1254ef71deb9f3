"""Lists, events and charts show what coding and decisions together have.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add where it is kept; reports with decisions are worked out at the next join."""
    op.add_column("codings", sa.Column("effective", sa.LargeBinary))
    op.add_column("codings", sa.Column("replaced", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.add_column("mentions", sa.Column("coded", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("UPDATE mentions SET coded = current WHERE current")
    op.create_index("ix_mentions_coded_score", "mentions", ["coded", "score", "pk"])
    op.execute("INSERT INTO loose_ends (kind, id) SELECT DISTINCT 'report', report FROM judgements")
