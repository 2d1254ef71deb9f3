"""Calendar arithmetic: days a TIMEX3 value covers, months and weeks apart, movable feasts."""

from __future__ import annotations

import re
from datetime import date, timedelta

_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_PART = re.compile(r"(\d{4})-(?:Q([1-4])|H([12])|(SP|SU|FA|WI)|W(\d\d)(-WE)?|(\d\d))")
_LATEST = date(9999, 12, 31).toordinal()


def days_of(value: str) -> tuple[date | None, date | None]:
    """Give the first and last day that a TIMEX3 value covers.

    Args:
        value: A value of type DATE or TIME, or an ISO interval of two days.

    Returns:
        First and last day; two None where the value names no certain days.

    Example:
        >>> days_of("2017-02")
        (datetime.date(2017, 2, 1), datetime.date(2017, 2, 28))
        >>> days_of("XXXX-WXX-5")
        (None, None)
    """
    if "/" in value:
        first, last = value.split("/", 1)
        return days_of(first)[0], days_of(last)[1]
    if found := _DAY.fullmatch(value):
        day = make_date(int(found[1]), int(found[2]), int(found[3]))
        return day, day
    if found := _PART.fullmatch(value):
        return _days_of_part(found)
    if re.fullmatch(r"\d{2,4}", value) and int(value):
        span = 10 ** (4 - len(value))
        start = int(value) * span
        return date(max(start, 1), 1, 1), date(start + span - 1, 12, 31)
    return None, None


def _days_of_part(found: re.Match[str]) -> tuple[date | None, date | None]:
    year = int(found[1])
    if not 1 <= year <= 9998:
        return None, None
    if found[2]:
        return _months(year, 3 * int(found[2]) - 2, 3)
    if found[3]:
        return _months(year, 6 * int(found[3]) - 5, 6)
    if found[4]:
        return _months(year, _SEASONS[found[4]], 3)
    if found[5]:
        try:
            monday = date.fromisocalendar(year, int(found[5]), 1)
        except ValueError:  # a week 53 that the year does not have
            return None, None
        return (monday + timedelta(5) if found[6] else monday), monday + timedelta(6)
    month = int(found[7])
    return _months(year, month, 1) if 1 <= month <= 12 else (None, None)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, add_months(first, count) - timedelta(1)


def make_date(year: int, month: int, day: int) -> date | None:
    """Make a date, or None where there is no such day.

    Example:
        >>> make_date(2017, 2, 30) is None
        True
    """
    try:
        return date(year, month, day)
    except ValueError:  # no such day
        return None


def add_months(day: date, months: int) -> date:
    """Move a date by months; the day is cut to the month's last where it must be.

    Raises:
        ValueError: The year falls outside 1 to 9999.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(1)).day
    return date(year, month + 1, min(day.day, last))


def shift(day: date, count: int, unit: str) -> date | None:
    """Move a date by days, weeks, months, quarters, years, decades or centuries.

    Args:
        day: Where to start.
        count: How many; negative for earlier.
        unit: Singular name of the unit; hours and less leave the day as it is.

    Returns:
        The date, or None outside the calendar.
    """
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit, 0)
    if months is not None:
        index = day.year * 12 + day.month - 1 + count * months
        return add_months(day, count * months) if 12 <= index < 9999 * 12 - 1 else None
    ordinal = day.toordinal() + count * days
    return date.fromordinal(ordinal) if 1 <= ordinal <= _LATEST else None


def week_value(day: date) -> str:
    """ISO week of a day as a TIMEX3 value."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def at_grain(day: date, unit: str) -> str:
    """Write a date as a TIMEX3 value as fine as a unit.

    Example:
        >>> at_grain(date(2017, 10, 31), "month"), at_grain(date(2017, 10, 31), "decade")
        ('2017-10', '201')
    """
    if unit in ("week", "fortnight"):
        return week_value(day)
    if unit == "month":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    width = {"year": 4, "decade": 3, "century": 2}.get(unit)
    return f"{day.year:04d}"[:width] if width else day.isoformat()


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The n-th weekday (1 Monday to 7 Sunday) of a month; -1 is the last."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = add_months(date(year, month, 1), 1) - timedelta(1)
    return last - timedelta((last.isoweekday() - weekday) % 7)


def easter(year: int) -> date:
    """Easter Sunday of the western churches, by the Gregorian computus.

    Example:
        >>> easter(2016)
        datetime.date(2016, 3, 27)
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    w = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * w) // 451
    month, day = divmod(h + w - 7 * m + 114, 31)
    return date(year, month, day + 1)


def islamic_day(year: int, month: int, day: int) -> date:
    """Gregorian day of a day of the tabular Islamic calendar (give or take one day).

    Example:
        >>> islamic_day(1438, 9, 1)
        datetime.date(2017, 5, 27)
    """
    days = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(days + 227014)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches, by the Julian computus, for 1900 to 2099.

    Example:
        >>> orthodox_easter(2024)
        datetime.date(2024, 5, 5)
    """
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(13)


def _molad_days(year: int) -> int:
    """Days from the epoch of the Jewish calendar to the new moon of a year, put off by its rules."""
    months = (235 * year - 234) // 19
    days = 29 * months + (12_084 + 13_753 * months) // 25_920
    return days + 1 if (3 * (days + 1)) % 7 < 3 else days


def _hebrew_new_year(year: int) -> int:
    before, this, after = (_molad_days(y) for y in (year - 1, year, year + 1))
    late = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return this + late - 1_373_427


def hebrew_day(year: int, start: str) -> date:
    """A day of the Jewish calendar that falls in a Gregorian year.

    Args:
        year: The Gregorian year.
        start: "new year" (1 Tishri), "kislev" (its first day) or "passover" (15 Nisan).

    Example:
        >>> hebrew_day(2023, "new year"), hebrew_day(2023, "passover")
        (datetime.date(2023, 9, 16), datetime.date(2023, 4, 6))
    """
    first = _hebrew_new_year(year + 3761)
    if start == "passover":
        return date.fromordinal(first - 163)
    if start == "kislev":
        long = (_hebrew_new_year(year + 3762) - first) % 10 == 5
        return date.fromordinal(first + 59 + long)
    return date.fromordinal(first)
