"""What facets, charts and lists count stands in indexes of its own.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_COUNTED = (
    "current", "event_pk", "report_pk", "type", "mode", "quad", "factuality", "country", "publisher",
    "place_folded", "place", "lat", "lon", "precision", "first_day", "last_day", "day_open", "score", "pk",
)  # fmt: skip


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("ix_participants_counted", "participants", ["mention_pk", "side", "actor_pk"])
    op.create_index("ix_attributions_counted", "attributions", ["mention_pk", "actor_pk"])
    if op.get_bind().dialect.name == "sqlite":
        # A row of mentions is long, and counting read all of it. PostgreSQL takes no long text
        # into an index beside others, and reads a table in parallel.
        op.create_index("ix_mentions_counted", "mentions", list(_COUNTED))
        for table in ("mentions", "participants", "attributions"):
            op.execute(f"ANALYZE {table}")
