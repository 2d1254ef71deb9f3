"""Align coded rows with a data set the user already has, and say where the two differ."""

from according.compare.agreement import Agreement, compare_rows
from according.compare.align import Pair, Tolerance, align_rows
from according.compare.model import CELLS, Row
from according.compare.ours import rows_of_report
from according.compare.theirs import LAYOUTS, read_theirs

__all__ = [
    "CELLS",
    "LAYOUTS",
    "Agreement",
    "Pair",
    "Row",
    "Tolerance",
    "align_rows",
    "compare_rows",
    "read_theirs",
    "rows_of_report",
]
