"""The first tables.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

from alembic import op

from according.store.migrations.ddl_0001 import STATEMENTS
from according.store.migrations.tables_0001 import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, then what each database needs in its own words."""
    connection = op.get_bind()
    metadata.create_all(connection, checkfirst=False)
    for statement in STATEMENTS[connection.dialect.name]:
        connection.exec_driver_sql(statement)
