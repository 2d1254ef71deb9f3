"""Commitments are kept.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table and its indexes."""
    op.create_table(
        "commitments",
        sa.Column("pk", _BIG, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("mention", sa.Text, nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.UniqueConstraint("id", name="uq_commitments_id"),
    )
    op.create_index("ix_commitments_mention", "commitments", ["mention"])
    op.create_index("ix_commitments_due", "commitments", ["due", "pk"])
