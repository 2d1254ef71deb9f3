"""What a reading looks at besides its own words, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from according.resolution.times.calendar import days_of
from according.resolution.times.tense import Tense, clause_tense

PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Reading:
    """Type and value of an expression.

    Attributes:
        type: DATE, TIME, DURATION or SET.
        value: TIMEX3 value.
        anchor: What the value was reckoned from.
        days: First and last day where the value alone does not tell them.
        near: The day that a coarser value was reckoned to ("a year ago"), or None.
    """

    type: str
    value: str
    anchor: str | None = None
    days: tuple[date | None, date | None] | None = None
    near: date | None = None


@dataclass(slots=True)
class Context:
    """The text around an expression and what was read before it.

    Attributes:
        text: The report's text.
        low: The text in lower case, of the same length.
        published: Day of publication, or None.
        start: Where the expression begins.
        end: Where it ends.
        previous: Value and words of the last expression that named a day or more, or None.
        quarter: The last quarter named, as a value.
        near: The day that `previous` was reckoned to where its value is coarser, or None.
    """

    text: str
    low: str
    published: date | None
    start: int = 0
    end: int = 0
    previous: tuple[str, str] | None = None
    quarter: str | None = None
    near: date | None = None

    def before(self, count: int) -> str:
        """The last characters before the expression, in lower case."""
        return self.low[max(0, self.start - count) : self.start]

    def after(self, count: int) -> str:
        """The first characters after the expression, in lower case."""
        return self.low[self.end : self.end + count]

    def reckoned(self) -> tuple[date | None, str | None]:
        """The day of publication and its name as an anchor."""
        return self.published, PUBLISHED if self.published else None

    def base(self) -> tuple[date | None, str | None]:
        """The day that "the following day" or "three days earlier" counts from, and its name."""
        if self.previous is not None:
            day = self.near or days_of(self.previous[0])[0]
            if day is not None:
                return day, f"previous time: {self.previous[1]}"
        return self.reckoned()

    def is_too_coarse(self, unit: str) -> bool:
        """Whether the time before is coarser than the unit counted from it: "last year ... a week later"."""
        if self.previous is None or self.near is not None:
            return False
        first, last = days_of(self.previous[0])
        width = {"day": 7, "week": 14, "fortnight": 14, "month": 92, "quarter": 92}.get(unit)
        return width is not None and first is not None and last is not None and (last - first).days > width

    def may_follow(self) -> bool:
        """Whether "the next day" can be reckoned: from a time before it, or in a future clause."""
        return self.previous is not None or self.tense() == "future"

    def tense(self) -> Tense | None:
        """Tense of the clause around the expression."""
        return clause_tense(self.low, self.start, self.end)
