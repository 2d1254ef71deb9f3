"""Readings of calendar words: days, weekdays, months, years, feasts, times of day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from according.resolution.times.calendar import (
    at_grain,
    days_of,
    easter,
    hebrew_day,
    islamic_day,
    make_date,
    nth_weekday,
    orthodox_easter,
)
from according.resolution.times.context import PUBLISHED, Context, Reading
from according.resolution.times.words import load_words, number_of

Groups = Mapping[str, str | None]
_BEFORE_SHY = re.compile(
    r"\b(?:in|of|since|by|until|till|from|to|for|during|before|after|through|between|and|or|late|early|mid)[\s-]+$|[(,]\s*$"
)
_ARTICLE = re.compile(r"\b(?:an?|the|its|his|her|their)\s$")
_SOON = 10  # days within which a day of a month without a year may lie ahead in a past clause
_NAMED = re.compile(r"\s(?:war|agreement|accords?|island|rising|uprising|offensive|massacre|card|tree)\b")
_LAST = re.compile(r"\blast\b")
_BEFORE_YEAR = re.compile(r"(?:\b(?:the|in|of|since|by|until|for|from|its)|['’]s)\s$")
_NOT_YEARS = re.compile(r"\s+(?!was\b|is\b|has\b|as\b|this\b|its\b)(?:people|[a-z]+s)\b")


def year_of(words: str | None) -> int | None:
    """Read a year in figures or in words ("nineteen ninety-six")."""
    if not words:
        return None
    words = re.sub(r"\s+", " ", words)
    if words.isdigit():
        return int(words)
    if words.startswith("nineteen "):
        rest = words.removeprefix("nineteen ")
        tail = 0.0 if rest == "hundred" else number_of(rest)
        return None if tail is None else 1900 + int(tail)
    tail = number_of(words.removeprefix("two thousand").strip() or "0")
    return None if tail is None else 2000 + int(tail)


def written_year(groups: Groups, ctx: Context) -> tuple[int | None, str | None]:
    """Year that the words name, with its anchor: "1998", "last year", "'98"."""
    if (year := year_of(groups.get("year"))) is not None:
        return (year if year > 99 else _century(year)), None
    if short := groups.get("short"):
        return _century(int(short)), None
    rel = groups.get("rel")
    if rel and ctx.published:
        return ctx.published.year + {"last": -1, "next": 1}.get(rel, 0), PUBLISHED
    return None, None


def _century(short: int) -> int:
    return (1900 if short >= 40 else 2000) + short


def month_day(groups: Groups, ctx: Context) -> Reading | None:
    """A day of a month: "March 5, 1998", "5 March", "4 FEB 90"."""
    words = load_words()
    name = re.sub(r"\W", "", groups["month"] or "")
    if name in words.shy_months and ctx.text[ctx.start : ctx.end].islower():  # "he may 5"
        return None
    month = words.months[name]
    day_words = groups["day"] or ""
    day = words.day_ordinals.get(day_words) or int(re.sub(r"\D", "", day_words))
    year, anchor = written_year(groups, ctx)
    if year is None and ctx.published:
        year, anchor = _nearest_year(ctx, month, day), PUBLISHED
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}-{day:02d}") if day <= 31 else None
    then = make_date(year, month, day)
    if then is None:
        return None
    ends = make_date(year, month, int(groups.get("until") or groups.get("until2") or day))
    starts = make_date(year, month, int(groups.get("since") or day))
    days = (starts, ends) if starts and ends and starts < ends else None
    return Reading("DATE", (starts if days and starts else then).isoformat(), anchor, days)


def this_day(groups: Groups, ctx: Context) -> Reading | None:
    """This day in 1995: the day of publication in another year."""
    if ctx.published is None:
        return Reading("DATE", groups["year"] or "")
    day = make_date(int(groups["year"] or 0), ctx.published.month, ctx.published.day)
    return Reading("DATE", day.isoformat(), PUBLISHED) if day else None


def week_of(groups: Groups, ctx: Context) -> Reading | None:
    """The week of March 6."""
    reading = month_day(groups, ctx)
    day = days_of(reading.value)[0] if reading else None
    return Reading("DATE", at_grain(day, "week"), reading.anchor) if reading and day else None


def _nearest_year(ctx: Context, month: int, day: int | None) -> int:
    """Year of a month or day named without one, by tense and nearness to publication."""
    base = ctx.published or date(1, 1, 1)
    years = [y for y in (base.year - 1, base.year, base.year + 1) if 1 <= y <= 9999]
    days = {y: make_date(y, month, day or 15) or date(y, month, 28) for y in years}
    tense = ctx.tense()
    soon = any(0 < (then - base).days <= _SOON for then in days.values())
    near = day is not None and tense == "past" and soon and not _LAST.search(ctx.low[ctx.start : ctx.end])
    if (base.month == month and day is None) or tense is None or near:
        # What is told without a year is more often past: a day ahead counts as half as far again.
        return min(years, key=lambda y: max((base - days[y]).days, 1.5 * (days[y] - base).days))
    if tense == "past":
        return max((y for y in years if days[y] <= base + timedelta(7)), default=base.year)
    return min((y for y in years if days[y] >= base - timedelta(7)), default=base.year)


def numeric_day(groups: Groups, ctx: Context) -> Reading | None:
    """A day in figures: 2017-10-31, 10/31/2017, 31.10.2017."""
    first, second = int(groups["mm"] or 0), int(groups["day"] or 0)
    year, _ = written_year(groups, ctx)
    if year is None or (groups.get("sep") == "." and len(groups["year"] or "") != 4):
        return None
    if groups.get("sep") == "." or first > 12:
        first, second = second, first
    day = make_date(year, first, second)
    if day is None:
        return None
    if tod := groups.get("tod"):
        return Reading("TIME", f"{day.isoformat()}T{tod}")
    return Reading("DATE", day.isoformat())


def month(groups: Groups, ctx: Context) -> Reading | None:
    """A month: "October", "last May", "mid-June 1998", "each July"."""
    words = load_words()
    raw = groups["month"] or ""
    name = re.sub(r"\W", "", raw)
    number = words.months[name]
    year, anchor = written_year(groups, ctx)
    which = groups.get("which")
    at = ctx.low.find(raw, ctx.start, ctx.end)
    if not ctx.text[at].isupper() or (name not in words.full_months and "." not in raw and year is None):
        return None
    if which in ("each", "every"):
        return Reading("SET", f"XXXX-{number:02d}")
    plain = year is None and not which and not groups.get("part")
    if name in words.shy_months and plain and not _before_month(name, ctx.before(12)):
        return None
    if year is None and ctx.published:
        base, anchor = ctx.published, PUBLISHED
        if which in ("last", "past", "this past"):
            year = base.year - (number >= base.month)
        elif which in ("next", "this coming"):
            year = base.year + (number <= base.month)
        else:
            year = base.year if which else _nearest_year(ctx, number, None)
    return Reading("DATE", f"{year:04d}-{number:02d}" if year else f"XXXX-{number:02d}", anchor)


def _before_month(name: str, before: str) -> bool:
    """Whether the words before a month that is also a name or a common word mark it as a month."""
    if _BEFORE_SHY.search(before):
        return True
    return name not in ("may", "march") and _ARTICLE.search(before) is not None


def weekday(groups: Groups, ctx: Context) -> Reading:
    """A weekday, reckoned from publication by tense: past by default."""
    number = load_words().weekdays[groups["wd"] or ""]
    which, part = groups.get("which"), load_words().dayparts.get(groups.get("daypart") or "")
    tail = f"T{part}" if part else ""
    if which in ("each", "every", "on most") or groups.get("plural"):
        return Reading("SET", f"XXXX-WXX-{number}{tail}")
    kind = "TIME" if tail else "DATE"
    base = ctx.published
    if base is None:
        return Reading(kind, f"XXXX-WXX-{number}{tail}")
    back = timedelta((base.isoweekday() - number) % 7)
    ahead = timedelta((number - base.isoweekday()) % 7)
    week = groups.get("week")
    if week:
        shift = {"last": -7, "next": 7}.get(week, 0)
        day = base + timedelta(number - base.isoweekday() + shift)
    elif which in ("last", "this past", "the previous"):
        day = base - (back or timedelta(7))
    elif which in ("next", "this coming", "the following"):
        close = which == "next" and ahead <= timedelta(2)  # "next Thursday", told on a Wednesday
        day = base + ahead + timedelta(7 if close or not ahead else 0)
    elif which == "this":
        day = base + timedelta(number - base.isoweekday())
    else:
        day = base + ahead if back and ctx.tense() == "future" else base - back
    return Reading(kind, f"{day.isoformat()}{tail}", PUBLISHED)


def day_word(groups: Groups, ctx: Context) -> Reading:
    """Today, yesterday, tomorrow, tonight and the like."""
    ref = re.sub(r"\s+", " ", groups["ref"] or "")
    count = load_words().day_words[ref]
    part = load_words().dayparts.get(groups.get("daypart") or "")
    if ref in ("tonight", "overnight"):
        part = "NI"
    tail = f"T{part}" if part else ""
    kind = "TIME" if part else "DATE"
    if ctx.published is None:
        return Reading(kind, f"XXXX-XX-XX{tail}" if tail or count else "PRESENT_REF")
    if ref == "overnight":  # a night that is over lies between the day before and this day
        first = ctx.published - timedelta(ctx.tense() != "future")
        return Reading(kind, f"{ctx.published.isoformat()}{tail}", PUBLISHED, (first, first + timedelta(1)))
    return Reading(kind, f"{(ctx.published + timedelta(count)).isoformat()}{tail}", PUBLISHED)


def daypart(groups: Groups, ctx: Context) -> Reading:
    """This morning, last night, the same afternoon."""
    part = load_words().dayparts[groups["daypart"] or ""]
    which = groups["which"] or ""
    if which in ("this", "last"):
        day, anchor = ctx.reckoned()
        count = -1 if which == "last" else 0
    else:
        day, anchor = ctx.base()
        count = {"the previous": -1, "the following": 1, "the next": 1}.get(re.sub(r"\s+", " ", which), 0)
    if day is None:
        return Reading("TIME", f"XXXX-XX-XXT{part}")
    return Reading("TIME", f"{(day + timedelta(count)).isoformat()}T{part}", anchor)


def feast(groups: Groups, ctx: Context) -> Reading | None:
    """A feast of the year given, or the one nearest to publication."""
    name = re.sub(r"\s+", " ", groups["feast"] or "").replace("’", "'")
    if not ctx.text[ctx.low.find((groups["feast"] or "")[:3], ctx.start)].isupper() or _NAMED.match(
        ctx.after(14)
    ):
        return None
    if year := year_of(groups.get("year")):
        return Reading("DATE", *_feast_value(name, year))
    base = ctx.published
    if base is None:
        return Reading("DATE", "XXXX-XX-XX")
    found = [(name, *_feast_value(name, y)) for y in (base.year - 1, base.year, base.year + 1)]
    dated = [(day, value, days) for _, value, _, days in found if (day := (days or days_of(value))[0])]
    if groups.get("which") == "last":
        dated = [d for d in dated if d[0] < base][-1:] or dated
    elif groups.get("which") == "next":
        dated = [d for d in dated if d[0] > base][:1] or dated
    elif ctx.tense() == "past":
        dated = [d for d in dated if d[0] <= base][-1:] or dated
    best = min(dated, key=lambda d: abs((d[0] - base).days))
    return Reading("DATE", best[1], PUBLISHED, best[2])


def _feast_value(name: str, year: int) -> tuple[str, None, tuple[date, date] | None]:
    words = load_words()
    if name in words.fixed_feasts:
        return f"{year:04d}-{words.fixed_feasts[name]}", None, None
    if name in words.weekday_feasts:
        month_no, weekday_no, nth = words.weekday_feasts[name]
        return nth_weekday(year, month_no, weekday_no, nth).isoformat(), None, None
    if name in words.easter_feasts:
        return (easter(year) + timedelta(words.easter_feasts[name])).isoformat(), None, None
    if name in words.orthodox_feasts:
        return (orthodox_easter(year) + timedelta(words.orthodox_feasts[name])).isoformat(), None, None
    if name in words.hebrew_feasts:
        start_of, count = words.hebrew_feasts[name]
        return (hebrew_day(year, start_of) + timedelta(count)).isoformat(), None, None
    month_no, day, length = words.islamic_feasts[name]
    hijri = (year - 622) * 33 // 32
    starts = [islamic_day(y, month_no, day) for y in range(max(1, hijri - 1), max(1, hijri) + 3)]
    start = next((s for s in starts if s.year == year), starts[0])
    value = start.isoformat() if length < 5 else f"{start.year:04d}"
    return value, None, (start, start + timedelta(length - 1))


def year(groups: Groups, ctx: Context) -> Reading | None:
    """A year alone, with or without "early", "the end of"."""
    number = year_of(groups.get("year"))
    if number is None:
        return None
    if number % 100 == 0 and _NOT_YEARS.match(ctx.after(30)) and not _BEFORE_YEAR.search(ctx.before(8)):
        return None  # "1500 soldiers"
    return Reading("DATE", f"{number:04d}")


def years(groups: Groups, ctx: Context) -> Reading | None:
    """A run of years: "1994-95"."""
    first, last = groups["year"] or "", groups["until"] or ""
    until = int(first[: 4 - len(last)] + last)
    if until <= int(first) or until > 2100:
        return None
    return Reading("DURATION", f"P{until - int(first)}Y", None, (date(int(first), 1, 1), date(until, 12, 31)))


def clock(groups: Groups, ctx: Context) -> Reading | None:
    """A time of day; the day it belongs to is put to it later, else it is that of publication."""
    value = clock_value(groups)
    if value is None:
        return None
    day = ctx.published.isoformat() if ctx.published else "XXXX-XX-XX"
    return Reading("TIME", f"{day}{value}", PUBLISHED if ctx.published else None)


def clock_value(groups: Groups) -> str | None:
    """Time of day as "T16:30"; None where the words give none."""
    if word := groups.get("word"):
        return "T24:00" if word == "midnight" else "T12:00"
    zone = "Z" if groups.get("zone") in ("gmt", "utc") else ""
    if hhmm := groups.get("hhmm"):
        return f"T{hhmm[:2]}:{hhmm[2:]}{zone}" if hhmm < "2400" else None
    if hour24 := groups.get("hour24"):
        return f"T{int(hour24):02d}:{groups['minute24']}{zone}"
    number = number_of(groups.get("hour") or groups.get("hour_in") or "")
    if number is None or number > 24:
        return None
    hour = int(number)
    half = (
        groups.get("half") or {"morning": "a"}.get(groups.get("in") or "", "p" if groups.get("in") else "")
    )[:1]
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return f"T{hour:02d}:{groups.get('minute') or '00'}{zone}"


def reference(groups: Groups, ctx: Context) -> Reading:
    """Now, recently, the future."""
    words = re.sub(r"\s+", " ", groups["reference"] or "")
    return Reading("DATE", load_words().references[words])


def often(groups: Groups, ctx: Context) -> Reading:
    """Daily, twice a week."""
    if per := groups.get("per"):
        return Reading("SET", f"P1{load_words().units[per][0]}")
    return Reading("SET", load_words().sets[groups["often"] or ""])


def season(groups: Groups, ctx: Context) -> Reading | None:
    """A season, with its year or the last one."""
    name = groups.get("season") or groups.get("season2") or ""
    code = load_words().seasons[name]
    number = year_of(groups.get("year"))
    if number is not None:
        return Reading("DATE", f"{number:04d}-{code}")
    if ctx.published is None:
        return Reading("DATE", f"XXXX-{code}")
    return Reading("DATE", season_near(ctx, code, "future" if ctx.tense() == "future" else "last"), PUBLISHED)


def season_near(ctx: Context, code: str, which: str) -> str:
    """The season before, of or after publication ("last", "this", "next", "future")."""
    base = ctx.published or date(1, 1, 1)
    options = [f"{y:04d}-{code}" for y in (base.year - 1, base.year, base.year + 1)]
    dated = [(days_of(v)[0] or base, v) for v in options]
    if which == "this":
        return min(dated, key=lambda d: abs((d[0] + timedelta(45) - base).days))[1]
    if which in ("next", "future"):
        return next((v for day, v in dated if day > base), options[1])
    return next((v for day, v in reversed(dated) if day <= base - timedelta(45)), options[0])


def century(groups: Groups, ctx: Context) -> Reading | None:
    """The 20th century."""
    words = groups["nth"] or ""
    number = load_words().century_ordinals.get(words) or int(re.sub(r"\D", "", words) or 0)
    return Reading("DATE", f"{number - 1:02d}") if number > 1 else None


def decade(groups: Groups, ctx: Context) -> Reading:
    """The 1980s, the '80s, the eighties."""
    if word := groups.get("word"):
        return Reading("DATE", f"19{load_words().decades[word]}")
    if short := groups.get("short"):
        return Reading("DATE", f"{_century(int(short))}"[:3])
    return Reading("DATE", (groups["decade"] or "")[:3])


def year_end(groups: Groups, ctx: Context) -> Reading:
    """Year-end."""
    if ctx.published is None:
        return Reading("DATE", "XXXX-12-31")
    past = ctx.published.month < 4 and ctx.tense() != "future"
    return Reading("DATE", at_grain(date(ctx.published.year - past, 12, 31), "day"), PUBLISHED)
