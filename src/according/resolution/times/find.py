"""Finding the time expressions of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Doc

from according.records import Span, Time
from according.resolution.times import readings, spans
from according.resolution.times.calendar import days_of
from according.resolution.times.context import Context, Reading
from according.resolution.times.grammar import load_grammar, pattern_of

_REACH = 48
_ADJOINING = re.compile(r",?\s{1,2}(?:(?:on|at|early|late)\s)?")
_BEFORE_AFTER = re.compile(r"\s(before|after)\s(?:the\s)?")
_EVE = re.compile(r"\b(?:the )?eve of (?:the )?$", re.IGNORECASE)
_NO_BASES = frozenset({"ago", "next_day", "deictic", "reference", "recent", "clock", "units_ago", "span"})
_LONGEST_FEAST = 32
_MAX_STEPS = 366
_DATED = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"[\dX]{4}-\d\d")
_BARE = re.compile(r"(?:\d\d?\s)?(?!last|next|this)[a-z]+\.?(?:\s\d\d?)?")
_LINK = re.compile(r"\s*(?:,|-|–|\b(?:and|to|or|until|till|through)\b)\s*(?:the\s|on\s)?")
_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_DAY = re.compile(r"[\dX]{4}-(?:[\dX]{2}-[\dX]{2}|WXX-\d)(?:T[A-Z]{2})?")
_READERS: dict[str, Callable[[readings.Groups, Context], Reading | None]] = {
    "iso": readings.numeric_day,
    "slash": readings.numeric_day,
    "month_day": readings.month_day,
    "day_month": readings.month_day,
    "month": readings.month,
    "weekday": readings.weekday,
    "day_word": readings.day_word,
    "daypart": readings.daypart,
    "feast": readings.feast,
    "ago": spans.ago,
    "year_ago": spans.year_ago,
    "quarter": spans.quarter,
    "same_quarter": spans.same_quarter,
    "span": spans.span,
    "recent": spans.recent,
    "deictic": spans.deictic,
    "of_unit": spans.of_unit,
    "bounded": readings.year_end,
    "the_unit": spans.the_unit,
    "season": readings.season,
    "bare_season": readings.season,
    "decade": readings.decade,
    "decade_word": readings.decade,
    "century": readings.century,
    "year": readings.year,
    "years": readings.years,
    "fiscal": spans.fiscal,
    "quarter_code": spans.quarter_code,
    "this_day": readings.this_day,
    "quarter_of": spans.quarter,
    "week_of": readings.week_of,
    "last_half": spans.half_year,
    "units_ago": spans.units_ago,
    "every": spans.every,
    "often": readings.often,
    "rate": spans.rate,
    "duration": spans.duration,
    "or_duration": spans.or_duration,
    "long": spans.long_time,
    "next_day": spans.next_day,
    "clock": readings.clock,
    "reference": readings.reference,
}


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    rule: str
    rank: int
    groups: dict[str, str | None]


def find_times(text: str, *, published: date | None = None, doc: Doc | None = None) -> tuple[Time, ...]:
    """Find the time expressions of a text and resolve them.

    Args:
        text: The report's text.
        published: Day of publication, that "Friday" and "last month" are reckoned from.
        doc: Parse of the text; not needed.

    Returns:
        The expressions in text order, without overlaps. The interval is that of the
        expression alone; `when_for` adds what a preposition makes of it.

    Example:
        >>> times = find_times("Troops left last month.", published=date(2017, 11, 1))
        >>> [(t.span.text, t.value) for t in times]
        [('last month', '2017-10')]
    """
    low = _lower(text)
    ctx = Context(text, low, published)
    found: list[tuple[_Candidate, Reading]] = []
    for c in _choose(_candidates(low)):
        ctx.start, ctx.end = c.start, c.end
        try:
            reading = _READERS[c.rule](c.groups, ctx)
        except (ValueError, OverflowError):  # a day outside the calendar
            reading = None
        if reading is None:
            continue
        found.append((c, reading))
        if reading.type in ("DATE", "TIME") and reading.value[:1].isdigit() and c.rule != "clock":
            ctx.previous, ctx.near = (reading.value, text[c.start : c.end]), None
            if c.rule == "ago":
                ctx.near = reading.near
        if _QUARTER.fullmatch(reading.value) and spans.is_reported(reading.value, published):
            ctx.quarter = reading.value
    return _with_years(text, [_time(text, c, r) for c, r in _joined(text, found)], published)


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(one if len(one := ch.lower()) == 1 else ch for ch in text)


def _candidates(low: str) -> Iterator[_Candidate]:
    grammar = load_grammar()
    windows: list[list[int]] = []
    for key in grammar.key.finditer(low):
        start, end = max(0, key.start() - _REACH), min(len(low), key.end() + _REACH)
        if windows and start <= windows[-1][1]:
            windows[-1][1] = end
        else:
            windows.append([start, end])
    for start, end in windows:
        while start and low[start - 1].isalnum():
            start -= 1
        words = low[start:end]
        there = {word for word in grammar.needed if word in words}
        for rank, (name, needs) in enumerate(grammar.rules):
            if needs and needs.isdisjoint(there):
                continue
            for m in pattern_of(name).finditer(low, start, end):
                yield _Candidate(m.start(), m.end(), name, rank, m.groupdict())


def _choose(candidates: Iterator[_Candidate]) -> list[_Candidate]:
    """Keep the longest of those that overlap; of equals, the one of the earlier rule."""
    taken: set[int] = set()
    kept: list[_Candidate] = []
    for c in sorted(candidates, key=lambda c: (c.start - c.end, c.rank, c.start)):
        if taken.isdisjoint(range(c.start, c.end)):
            taken.update(range(c.start, c.end))
            kept.append(c)
    return sorted(kept, key=lambda c: c.start)


def _joined(text: str, found: list[tuple[_Candidate, Reading]]) -> list[tuple[_Candidate, Reading]]:
    """Join a time of day with the day beside it: "10 p.m. Friday", "Friday at noon"."""
    out: list[tuple[_Candidate, Reading]] = []
    for c, r in found:
        if out:
            before, read = out[-1]
            clocks = (before.rule == "clock", c.rule == "clock")
            if all(clocks) and text[before.end : c.start] == " (" and text[c.end : c.end + 1] == ")":
                out[-1] = (_Candidate(before.start, c.end + 1, "clock", 0, {}), read)
                continue  # "at 9 a.m. (0700 GMT) Friday"
            day, clock = (r, read) if clocks[0] else (read, r)
            offset = _offset(text, out[-1], (c, r))
            if offset is not None:
                out[-1] = offset
                continue
            if (
                clocks[0] != clocks[1]
                and _DAY.fullmatch(day.value)
                and _ADJOINING.fullmatch(text, before.end, c.start)
            ):
                value = day.value.partition("T")[0] + clock.value[clock.value.index("T") :]
                joined = _Candidate(before.start, c.end, "joined", 0, {})
                out[-1] = (joined, Reading("TIME", value, day.anchor, days_of(day.value)))
                continue
        out.append(_eve(text, c, r))
    return out


def _offset(
    text: str, one: tuple[_Candidate, Reading], other: tuple[_Candidate, Reading]
) -> tuple[_Candidate, Reading] | None:
    """Read "two days before Easter", "the day after Ramadan 2024" as one day."""
    (before, length), (c, r) = one, other
    base = (r.days or days_of(r.value)) if r.type == "DATE" and c.rule not in _NO_BASES else (None, None)
    between = text[before.end : c.start].lower()
    if before.rule in ("duration", "rate") and "ing " not in text[before.start : before.end]:
        link = _BEFORE_AFTER.fullmatch(between)
        count = re.fullmatch(r"P(\d+)([DW])", length.value)
        steps = int(count[1]) * (7 if count[2] == "W" else 1) if count else None
        way = link[1] if link else None
    elif before.rule == "next_day" and between.isspace():
        way, steps = before.groups.get("dir"), 1 if before.groups.get("unit") == "day" else None
    else:
        return None
    day = base[0] if way == "before" else base[1]
    short = base[0] is not None and base[1] is not None and (base[1] - base[0]).days < _LONGEST_FEAST
    if way not in ("before", "after") or steps is None or day is None or not short or steps > _MAX_STEPS:
        return None
    then = day + timedelta(-steps if way == "before" else steps)
    joined = _Candidate(before.start, c.end, "offset", 0, {})
    return joined, Reading("DATE", then.isoformat(), r.anchor or f"counted from: {text[c.start : c.end]}")


def _eve(text: str, c: _Candidate, r: Reading) -> tuple[_Candidate, Reading]:
    """Read "the eve of Eid al-Fitr" as the day before it."""
    found = _EVE.search(text, max(0, c.start - 16), c.start)
    first = (r.days or days_of(r.value))[0] if found and r.type == "DATE" else None
    if found is None or first is None or not (c.rule == "feast" or _DATED.fullmatch(r.value)):
        return c, r
    day = first - timedelta(1)
    return _Candidate(found.start(), c.end, "offset", 0, {}), Reading("DATE", day.isoformat(), r.anchor)


def _time(text: str, c: _Candidate, r: Reading) -> Time:
    first, last = r.days or (days_of(r.value) if r.type in ("DATE", "TIME") else (None, None))
    end = c.end
    if text[c.start : end].endswith(("'", "’")):
        end -= 1
    return Time.model_validate(
        {
            "span": Span.of(text, c.start, end), "type": r.type, "value": r.value,
            "from": first, "to": last, "anchor": r.anchor,
        }
    )  # fmt: skip


def _with_years(text: str, times: list[Time], published: date | None) -> tuple[Time, ...]:
    """Give a day without a year the year of the dated one that follows it.

    With a day of publication only directly before it ("3 March to 5 April 2015"),
    without one wherever it follows.
    """
    following: Time | None = None
    out: list[Time] = []
    for time in reversed(times):
        if following is not None and _lacks_year(time):
            between = text[time.span.end : following.span.start]
            linked = _LINK.fullmatch(between) is not None
            if linked or (published is None and _DATED.match(following.value)):
                time = _in_year_of(following, time)
        if _MONTH.match(time.value) and (time.anchor is None or time.anchor.startswith("year of")):
            following = time if time.value[0] != "X" else following
        out.append(time)
    return tuple(reversed(out))


def _lacks_year(time: Time) -> bool:
    if time.type != "DATE" or not _MONTH.match(time.value):
        return False
    if time.value.startswith("XXXX"):
        return True
    return time.anchor == "published" and _BARE.fullmatch(time.span.text.lower()) is not None


def _in_year_of(other: Time, time: Time) -> Time:
    value = other.value[:4] + time.value[4:]
    first, last = days_of(value)
    anchor = other.anchor or f"year of: {other.span.text}"
    return time.model_copy(update={"value": value, "from_": first, "to": last, "anchor": anchor})
