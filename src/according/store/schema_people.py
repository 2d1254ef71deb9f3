"""The tables of people: accounts, sessions, what is assigned to them, what they decided."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from according.store.columns import BIG, metadata, pk_column

users = Table(
    "users",
    metadata,
    pk_column(),
    Column("name", Text, nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("password_hash", Text),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", String(32), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user_pk", BIG, ForeignKey("users.pk", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False, index=True),
)

assignments = Table(
    "assignments",
    metadata,
    pk_column(),
    Column("batch", Text, nullable=False),
    Column("user_pk", BIG, ForeignKey("users.pk"), nullable=False, index=True),
    Column("report", Text, nullable=False),
    Column("mention", Text, nullable=False),
    Column("blind", Boolean, nullable=False),
    Column("created_at", String(32), nullable=False),
    UniqueConstraint("batch", "user_pk", "report", "mention"),
)

judgements = Table(
    "judgements",
    metadata,
    pk_column(),
    Column("at", String(32), nullable=False),
    Column("user", Text, nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("coder", Text, nullable=False),
    Column("coding_pk", BIG, ForeignKey("codings.pk"), nullable=False),
    Column("report", Text, nullable=False),
    Column("mention", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("field", String(40)),
    Column("before", Text),
    Column("after", Text),
    Column("note", Text),
    Column("batch", Text),
    Column("undoes", BIG, ForeignKey("judgements.pk"), unique=True),
    Index("ix_judgements_target", "report", "mention"),
)
