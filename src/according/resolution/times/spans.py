"""Readings of units of time: lengths, "last month", "three days ago", quarters, sets."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from according.resolution.times.calendar import at_grain, days_of, shift, week_value
from according.resolution.times.context import PUBLISHED, Context, Reading
from according.resolution.times.readings import Groups, season_near, written_year
from according.resolution.times.words import load_words, number_of

_BACK = {
    "ago",
    "earlier",
    "before that",
    "before",
    "last",
    "past",
    "previous",
    "preceding",
    "prior",
    "this past",
}
_LASTING = re.compile(r"\b(?:for|within|in|after|of|over|took|lasted|or)\s$")
_FIGURE = re.compile(
    r"[\d%]\s$|illion\s$|\b(?:times|once|twice|percent|barrels|tons|hours|days)\s$"
    r"|\b(?:\d[\d,]*|dozens|hundreds?|thousands?|millions?)\b[^.,;]{0,30}(?:s|people|men|women|children)\s$"
)
_SATURDAY = 6
_AHEAD = {"later", "after", "from now", "hence", "next", "coming", "following", "this coming"}


def _unit(words: str | None) -> str:
    words = words or ""
    return "century" if words.startswith("centur") else words


def amount(groups: Groups, whole: str) -> float | None:
    """The number of units; None for a vague one ("several"). Of "two or three" the last counts."""
    words = groups.get("num")
    if not words:
        return 2.0 if "couple" in (groups.get("vague") or "") else None
    number = number_of(words)
    if number is None:
        last = re.split(r"\s+(?:to|or)\s+", words)[-1]
        number = number_of(last)
        if number is None:
            number = number_of(last.rpartition("-")[2])
    if number is not None and " and a half" in re.sub(r"\s+", " ", whole):
        number += 0.5
    return number


def duration_value(num: float | None, unit: str) -> str:
    """TIMEX3 value of a length of time; `num` None for a vague one.

    Example:
        >>> duration_value(2, "decade"), duration_value(None, "day"), duration_value(5.5, "hour")
        ('P20Y', 'PXD', 'PT5H30M')
    """
    letter, clock, factor = load_words().units[unit]
    head = "PT" if clock else "P"
    if num is None:
        return f"{head}X{ {'decade': 'E', 'century': 'C'}.get(unit, letter) }"
    total = num * factor
    if total == int(total):
        return f"{head}{int(total)}{letter}"
    if unit == "hour":
        minutes = round((total - int(total)) * 60)
        return f"PT{int(total)}H{minutes}M" if total > 1 else f"PT{minutes}M"
    if unit == "minute":
        return f"PT{int(total)}M{round((total - int(total)) * 60)}S"
    if unit == "year" and total * 12 == int(total * 12):
        return f"P{int(total * 12)}M"
    return f"{head}{total:g}{letter}"


def duration(groups: Groups, ctx: Context) -> Reading | None:
    """A length of time: "three days", "a five-year"."""
    unit = _unit(groups["unit"])
    words = ctx.low[ctx.start : ctx.end]
    number = amount(groups, words)
    if groups.get("num") in ("a", "an") and groups.get("plural"):
        return None
    if groups.get("num") == "an" and unit != "hour":
        return None
    if groups.get("num") and number is None:
        return None
    if unit == "quarter" and not words.endswith("quarters"):
        return None  # "a quarter" is most often a fourth
    if number is not None and number > 100_000:
        return None
    return Reading("DURATION", duration_value(number, unit))


def or_duration(groups: Groups, ctx: Context) -> Reading:
    """A week or two."""
    return Reading("DURATION", duration_value(1, _unit(groups["unit"])))


def long_time(groups: Groups, ctx: Context) -> Reading | None:
    """Years, weeks-long, yearlong: no number."""
    words, unit = ctx.low[ctx.start : ctx.end], groups["unit"] or ""
    if words in ("hours", "minutes") and not _LASTING.search(ctx.before(10)):
        return None  # of business, of a meeting
    one = words.endswith("long") and not words.startswith(unit + "s")
    return Reading("DURATION", duration_value(1 if one else None, _unit(unit)))


def span(groups: Groups, ctx: Context) -> Reading | None:
    """The past three months: a length, with its days reckoned from publication."""
    reading = duration(groups, ctx)
    base, unit, which = ctx.published, _unit(groups["unit"]), groups.get("which")
    if reading is None or base is None or reading.value.startswith(("PX", "PTX")):
        return reading
    if unit in ("hour", "minute", "second"):
        days = amount(groups, ctx.low[ctx.start : ctx.end]) or 0
        unit, count = "day", max(1, round(days / 24)) if unit == "hour" else 1
    else:
        count = int(amount(groups, "") or 0)
    if which in ("last", "past"):
        return Reading(reading.type, reading.value, PUBLISHED, (shift(base, -count, unit), base))
    if which in ("next", "coming"):
        return Reading(reading.type, reading.value, PUBLISHED, (base, shift(base, count, unit)))
    return reading


def recent(groups: Groups, ctx: Context) -> Reading:
    """Recent weeks, coming months."""
    ahead = "coming" in (groups["when"] or "")
    return Reading("DATE", "FUTURE_REF" if ahead else "PAST_REF")


def ago(groups: Groups, ctx: Context) -> Reading | None:
    """Three days ago, a week earlier, two years later."""
    unit, direction = _unit(groups["unit"]), re.sub(r"\s+", " ", groups["dir"] or "")
    sign = -1 if direction in _BACK else 1
    vague = Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    number = amount(groups, ctx.low[ctx.start : ctx.end])
    if groups.get("num") and number is None:
        return None
    if number is None:
        return units_ago(groups, ctx)
    if unit == "year" and number == 1 and ctx.quarter and sign < 0:
        return _quarter_back(ctx.quarter)
    if direction in ("ago", "from now", "hence"):
        return moved(ctx.published, PUBLISHED, sign * number, unit) or vague
    if (sign > 0 and not ctx.may_follow()) or ctx.is_too_coarse(unit):
        return Reading("DATE", "XXXX-XX-XX")
    return moved(*ctx.base(), sign * number, unit) or vague


def moved(base: date | None, anchor: str | None, number: float, unit: str) -> Reading | None:
    """A time so many units away from a day, as fine as the unit."""
    if base is None:
        return None
    if unit in ("hour", "minute", "second"):
        return Reading("TIME", base.isoformat(), anchor)
    if number != int(number):
        number, unit = {"year": (number * 12, "month"), "month": (number * 30, "day")}.get(
            unit, (number, unit)
        )
    if abs(number) > 100_000:
        return None
    then = shift(base, int(number), unit)
    grain = "year" if unit in ("decade", "century") else unit
    return Reading("DATE", at_grain(then, grain), anchor, near=then) if then else None


def _quarter_back(quarter: str) -> Reading:
    return Reading("DATE", f"{int(quarter[:4]) - 1:04d}{quarter[4:]}", f"previous time: {quarter}")


def year_ago(groups: Groups, ctx: Context) -> Reading | None:
    """Year-ago, year-earlier: the same quarter or the year before."""
    if ctx.quarter:
        return _quarter_back(ctx.quarter)
    if ctx.published is None:
        return Reading("DATE", "PAST_REF")
    if groups.get("kind") in ("quarter", "period"):
        return _quarter_back(last_quarter(ctx.published))
    return Reading("DATE", f"{ctx.published.year - 1:04d}", PUBLISHED)


def is_reported(quarter: str, published: date | None) -> bool:
    """Whether a quarter may be the one a report is about, and not one it is compared with."""
    if published is None:
        return True
    first = days_of(quarter)[0]
    return first is not None and -30 < (published - first).days < 300


def half_year(groups: Groups, ctx: Context) -> Reading:
    """The last half of 1989, the latter part of 1990."""
    words = ctx.low[ctx.start : ctx.end]
    if "part" in words:
        return Reading("DATE", groups["year"] or "")
    return Reading("DATE", f"{groups['year']}-H{1 if 'first' in words else 2}")


def units_ago(groups: Groups, ctx: Context) -> Reading:
    """Months ago, several years earlier.

    "Months later" is only a length; "hours later" falls on the day named before.
    """
    if groups["dir"] in ("later", "hence", "from now"):
        unit = _unit(groups["unit"])
        length = Reading("DURATION", duration_value(None, unit))
        if unit not in ("hour", "minute", "second") or ctx.previous is None or ctx.is_too_coarse("day"):
            return length
        day, anchor = ctx.base()
        return replace(length, anchor=anchor, days=(day, day))
    return Reading("DATE", "PAST_REF")


def last_quarter(day: date) -> str:
    """The last full quarter before a day."""
    return at_grain(shift(day, -1, "quarter") or day, "quarter")


def quarter(groups: Groups, ctx: Context) -> Reading | None:
    """The third quarter of 1989, this year's first half."""
    kind, order = groups["kind"], load_words().ordinals[groups["ord"] or ""]
    letter, months = ("Q", 3) if kind == "quarter" else ("H", 6)
    if kind == "half" and order > 2:
        return None
    number, anchor = written_year(groups, ctx)
    det = (groups.get("det") or "").replace("’", "'")
    if number is None:
        number = int(groups.get("pre") or groups.get("pre2") or 0) or None
    if (
        kind == "half"
        and number is None
        and not groups.get("rel")
        and "year" not in ctx.low[ctx.start : ctx.end + 14]
    ):
        return None  # of a game, of a list
    base = ctx.published
    if number is None and base is not None:
        anchor = PUBLISHED
        if "year-" in det:
            return Reading("DATE", f"{base.year - 1:04d}-{letter}{order}", PUBLISHED)
        relative = next((r for r in ("last year", "this year", "next year") if det.startswith(r)), None)
        if relative:
            number = base.year + {"last year": -1, "next year": 1}.get(relative, 0)
        else:
            number = _year_of_part(ctx, base, order, months)
    return Reading("DATE", f"{number:04d}-{letter}{order}" if number else f"XXXX-{letter}{order}", anchor)


def _year_of_part(ctx: Context, base: date, order: int, months: int) -> int:
    started = (order - 1) * months + 1 <= base.month
    if ctx.tense() == "future" and order * months < base.month - 6:
        return base.year + 1
    if started or (order - 1) * months + 1 - base.month <= 3:
        return base.year
    return base.year - 1


def same_quarter(groups: Groups, ctx: Context) -> Reading | None:
    """The quarter, the latest quarter, the 1988 period, last quarter."""
    which = re.sub(r"\s+", " ", groups["which"] or "")
    if groups["unit"] == "period" and (
        ctx.quarter is None or which in ("this", "next", "last", "the", "the current")
    ):
        return None
    known = ctx.quarter or (last_quarter(ctx.published) if ctx.published else None)
    if known is None:
        return Reading("DATE", "XXXX-QX")
    if number := groups.get("year"):
        return Reading("DATE", f"{number}{known[4:]}", f"previous time: {known}")
    if groups.get("rel"):
        return _quarter_back(known)
    if which in ("the latest", "the most recent") and ctx.published:
        return Reading("DATE", last_quarter(ctx.published), PUBLISHED)
    count = {"last": -1, "next": 1, "this": 0, "the current": 0}.get(which)
    if count is not None and ctx.published:
        return moved(ctx.published, PUBLISHED, count, "quarter")
    if which in ("the previous", "the prior", "the preceding"):
        return moved(days_of(known)[0], f"previous time: {known}", -1, "quarter")
    return Reading("DATE", known, f"previous time: {known}" if ctx.quarter else PUBLISHED)


def deictic(groups: Groups, ctx: Context) -> Reading | None:
    """Last week, this year, the following month, early next year."""
    words = re.sub(r"\s+", " ", groups["which"] or "")
    which = words.removeprefix("the ")
    unit = _unit(groups["unit"])
    if unit in ("hour", "minute", "second", "fortnight") or (
        which == "past" and unit not in ("year", "week", "month")
    ):
        value = duration_value(1, unit) if unit in load_words().units else None
        back = unit in ("decade", "century") and which == "past" and ctx.published is not None
        days = (shift(ctx.published, -1, unit), ctx.published) if back and ctx.published else None
        return Reading("DURATION", value, PUBLISHED if back else None, days) if value else None
    if unit == "day" and which in ("this", "that", "last", "whole", "full", "entire", "past", "current"):
        return _this_day(ctx, which)
    if which in ("whole", "full", "entire"):
        return Reading("DURATION", duration_value(1, unit)) if unit in load_words().units else None
    from_previous = which in ("that", "previous", "following", "same", "preceding", "prior")
    if unit == "day" and words.startswith("the "):
        return next_day({"unit": unit, "dir": which}, ctx)
    day, anchor = ctx.base() if from_previous else (ctx.published, PUBLISHED)
    count = -1 if which in _BACK else 1 if which in _AHEAD else 0
    if unit in load_words().seasons:
        if ctx.published is None:
            return Reading("DATE", f"XXXX-{load_words().seasons[unit]}")
        near = "last" if count < 0 else "next" if count > 0 else "this"
        return Reading("DATE", season_near(ctx, load_words().seasons[unit], near), PUBLISHED)
    if day is None:
        return Reading("DATE", {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[count])
    if unit == "weekend":
        if which == "this" and day.isoweekday() < _SATURDAY and ctx.tense() == "past":
            count = -1  # "said this weekend", told on a Monday
        then = day + timedelta(7 * count)
        return Reading("DATE", f"{week_value(then)}-WE", anchor)
    if unit in ("decade", "century") and (moved_day := shift(day, count, unit)):
        return Reading("DATE", at_grain(moved_day, unit), anchor)
    if words == "this" and day is not None:
        return _rest(moved(day, anchor, 0, unit), groups.get("part"), day)
    return moved(day, anchor, count, unit)


def _rest(reading: Reading | None, part: str | None, day: date) -> Reading | None:
    """Cut a stretch at the day of publication: "later this year" begins then, "earlier this year" ends."""
    first, last = days_of(reading.value) if reading else (None, None)
    if reading is None or first is None or last is None or part not in ("later", "earlier"):
        return reading
    return replace(reading, days=(day, last) if part == "later" else (first, day))


def _this_day(ctx: Context, which: str) -> Reading | None:
    if which == "that" and ctx.previous:
        return moved(*ctx.base(), 0, "day")
    if which == "this" and ctx.published:
        return Reading("DATE", ctx.published.isoformat(), PUBLISHED)
    return Reading("DURATION", "P1D") if which in ("whole", "full", "entire") else None


def of_unit(groups: Groups, ctx: Context) -> Reading | None:
    """Earlier in the week, the end of the month."""
    unit = _unit(groups["unit"])
    if unit.endswith("0s"):
        return Reading("DATE", unit[:3])
    return moved(ctx.published, PUBLISHED, 0, "year" if "year" in unit else unit) or Reading("DATE", "XXXX")


def the_unit(groups: Groups, ctx: Context) -> Reading | None:
    """The weekend, the year, the week."""
    unit, base = groups["unit"] or "", ctx.published
    if unit == "weekend":
        if base is None:
            return Reading("DATE", "XXXX-WXX-WE")
        ahead = ctx.tense() == "future" or base.isoweekday() >= 6
        return Reading("DATE", f"{week_value(base if ahead else base - timedelta(7))}-WE", PUBLISHED)
    if unit.endswith("year"):
        return Reading("DURATION", "P1Y")
    return moved(base, PUBLISHED, 0, unit) or Reading("DATE", "XXXX")


def fiscal(groups: Groups, ctx: Context) -> Reading:
    """Fiscal 1990, the 2024/25 financial year: countries begin it on different days."""
    return Reading("DATE", groups.get("year") or groups.get("year2") or "", None, (None, None))


def quarter_code(groups: Groups, ctx: Context) -> Reading | None:
    """Q3 2025."""
    words = ctx.text[ctx.start : ctx.end]
    if "Q" not in words:
        return None
    return Reading(
        "DATE", f"{groups.get('year') or groups.get('year2')}-Q{groups.get('ord') or groups.get('ord2')}"
    )


def every(groups: Groups, ctx: Context) -> Reading | None:
    """Every day, every two weeks, every other month."""
    words = groups.get("num")
    number = {"other": 2.0, "few": None}.get(words, number_of(words)) if words else 1.0
    return Reading("SET", duration_value(number, _unit(groups["unit"])))


def rate(groups: Groups, ctx: Context) -> Reading | None:
    """A day, per year: how often, after a figure."""
    words = ctx.low[ctx.start : ctx.end]
    if words.startswith("a") and not _FIGURE.search(ctx.before(48)):
        return Reading("DURATION", duration_value(1, _unit(groups["unit"])))
    return Reading("SET", duration_value(1, _unit(groups["unit"])))


def next_day(groups: Groups, ctx: Context) -> Reading | None:
    """The following day, the year before."""
    unit = _unit(groups.get("unit")) or ctx.low[ctx.start : ctx.end].split()[-1]
    way = groups.get("dir") or groups.get("which") or ""
    count = -1 if way in _BACK else 1 if way in _AHEAD else 0
    if ctx.previous is None and unit == "day" and ctx.published is None:
        return Reading("DATE", "XXXX-XX-XX")
    if (count > 0 and not ctx.may_follow()) or ctx.is_too_coarse(unit):
        return Reading("DATE", "XXXX-XX-XX")
    return moved(*ctx.base(), count, unit) or Reading("DATE", "PAST_REF" if count < 0 else "FUTURE_REF")
