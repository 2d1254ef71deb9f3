"""Compare coded reports with gold and coders with each other."""

from __future__ import annotations

from according.evaluate.agreement import (
    CoderAgreement,
    Difference,
    FieldAgreement,
    compare_coders,
    compare_events,
    krippendorff_alpha,
)
from according.evaluate.figures import Figures, Found, Share, Wrong, score_reports
from according.evaluate.gold import GoldEvent, GoldReport, event_of, gold_of, parse_gold, read_gold

__all__ = [
    "CoderAgreement",
    "Difference",
    "FieldAgreement",
    "Figures",
    "Found",
    "GoldEvent",
    "GoldReport",
    "Share",
    "Wrong",
    "compare_coders",
    "compare_events",
    "event_of",
    "gold_of",
    "krippendorff_alpha",
    "parse_gold",
    "read_gold",
    "score_reports",
]
