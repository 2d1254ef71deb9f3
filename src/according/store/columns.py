"""Columns that many tables share, and how rows are numbered."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, Text

ROW_BITS = 20
"""Bits of a row's number that tell its place within the coding."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
BIG = BigInteger().with_variant(Integer, "sqlite")


def row_pk(coding: int, place: int) -> int:
    """Make the number of a coding's row.

    Args:
        coding: Number of the coding.
        place: Place among the coding's rows of that table, from 0.

    Raises:
        ValueError: The place does not fit.

    Example:
        >>> row_pk(1, 2)
        1048578
    """
    if not 0 <= place < 1 << ROW_BITS:
        raise ValueError(f"a coding cannot have more than {1 << ROW_BITS} rows of a kind")
    return coding << ROW_BITS | place


def pk_column() -> Column[int]:
    """Number a row by itself."""
    return Column("pk", BIG, primary_key=True, autoincrement=True)


def row_column() -> Column[int]:
    """Number a row of a coding by `row_pk`."""
    return Column("pk", BIG, primary_key=True, autoincrement=False)


def of_coding_column() -> Column[int]:
    """Point at the coding a row belongs to."""
    return Column("coding_pk", BIG, ForeignKey("codings.pk", ondelete="CASCADE"), nullable=False, index=True)


def of_mention_column() -> Column[int]:
    """Point at the mention a row belongs to."""
    return Column(
        "mention_pk", BIG, ForeignKey("mentions.pk", ondelete="CASCADE"), nullable=False, index=True
    )


def actor_column(index: bool = True) -> Column[int]:
    """Point at an actor across reports."""
    return Column("actor_pk", BIG, ForeignKey("actors.pk"), index=index)


def span_columns(prefix: str = "", nullable: bool = True, words: bool = True) -> list[Column[object]]:
    """Start, end and words of a span."""
    columns: list[Column[object]] = [
        Column(f"{prefix}start", Integer, nullable=nullable),
        Column(f"{prefix}end", Integer, nullable=nullable),
    ]
    return [*columns, Column(f"{prefix}words", Text, nullable=nullable)] if words else columns
