"""The days of an event from a time expression and the prepositions around it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from according.records import Span, Time, When
from according.resolution.times.calendar import shift
from according.resolution.times.context import PUBLISHED
from according.resolution.times.find import find_times
from according.resolution.times.words import load_words

_TO = re.compile(r"\s+(?:to|until|till|through|and)\s+(?=\S)")
_POSSESSIVE = ("'s", "’s", "'", "’")
_REACH = 60
_MONTH = len("2000-01")
_LONG_AGO = timedelta(60)


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    words = sorted(load_words().prepositions, key=len, reverse=True)
    any_word = "|".join(w.replace(" ", r"\s+") for w in words)
    return re.compile(rf"\b({any_word})\s+$", re.IGNORECASE)


def interval_for(time: Time, preposition: str | None) -> tuple[date | None, date | None, str]:
    """Give the days of a time after a preposition.

    Args:
        time: A time of `find_times`.
        preposition: The preposition before it in lower case, or None.

    Returns:
        First day, last day, and how they were reached; None is open or unknown.
    """
    kind = load_words().prepositions.get(preposition or "")
    first, last = time.from_, time.to
    why = f"{time.value} reckoned from {time.anchor}" if time.anchor else time.value
    if first is None and last is None:
        return None, None, f"{why}: no certain days"
    if kind == "by":
        first = None
    elif kind == "before":
        first, last = None, _moved(first, -1)
    elif kind == "since":
        last = None
    elif kind == "after":
        first, last = _moved(last, 1), None
    return first, last, f"{preposition}: {why}" if kind else why


def _moved(day: date | None, count: int) -> date | None:
    if day is None or day in (date.min, date.max):
        return day
    return day + timedelta(count)


def ahead(time: Time, published: date | None) -> Time:
    """Read a weekday, a month or a day without a year as the next one, where it was read as the last.

    Args:
        time: A time of an act that is still to come.
        published: Day of publication.

    Returns:
        The time moved on by a week or a year; the same where its words say
        which one is meant ("last Friday", "March 2019").

    Example:
        >>> time = find_times("They met on Friday.", published=date(2017, 11, 1))[0]
        >>> ahead(time, date(2017, 11, 1)).value
        '2017-11-03'
    """
    if published is None or time.anchor != PUBLISHED or time.to is None or time.to >= published:
        return time
    bare = _bare().fullmatch(time.span.text.lower())
    if bare is None:
        return time
    value = time.value
    if bare["weekday"]:
        first, last = _moved(time.from_, 7), _moved(time.to, 7)
    elif time.from_ is None or (len(value) > _MONTH and published - time.to < _LONG_AGO):
        return time  # "to leave by June 9", told on June 13
    else:
        first, last = shift(time.from_, 1, "year"), shift(time.to, 1, "year")
    if first is None or last is None or last < published:
        return time
    value = first.isoformat() + value[10:] if len(value) > _MONTH else first.isoformat()[:_MONTH]
    return time.model_copy(update={"value": value, "from_": first, "to": last})


@lru_cache(maxsize=1)
def _bare() -> re.Pattern[str]:
    """A weekday, a month or a day of a month, with nothing that says which."""
    w = load_words()
    months = "|".join(re.escape(m) for m in (*w.full_months, *w.months))
    days, parts = "|".join(w.weekdays), "|".join(w.dayparts)
    number = r"\d\d?(?:st|nd|rd|th)?"
    return re.compile(
        rf"(?:early |late |mid-|early on |late on )?(?:(?P<weekday>(?:{days})(?: (?:{parts}))?)"
        rf"|(?:{number}(?: of)? )?(?:{months})\.?(?: {number})?)"
    )


def when_for(time: Time, text: str) -> When:
    """Give the `when` of an event from a time expression in its sentence.

    Args:
        time: A time of `find_times`.
        text: The text it was found in.

    Returns:
        The span with a preposition only where that is part of the meaning ("by", "since",
        "after", "between ... and ..."), and the days it leaves.

    Example:
        >>> text = "The tunnel was dug after 2014."
        >>> when = when_for(find_times(text)[0], text)
        >>> when.span.text, when.from_.isoformat(), when.to
        ('after 2014', '2015-01-01', None)
    """
    start, end = time.span.start, time.span.end
    found = _before().search(text, max(0, start - 24), start)
    preposition = re.sub(r"\s+", " ", found[1].lower()) if found else None
    length = time.type in ("DURATION", "SET") and preposition != "during"
    if length or text.startswith(_POSSESSIVE, end):  # "after three days", "after Friday's attack"
        found = preposition = None
    kind = load_words().prepositions.get(preposition or "")
    other = _other_end(time, text) if preposition in ("from", "between") else None
    if kind == "between" and other is None:
        found = None
    first, last, why = interval_for(time, preposition)
    if other is not None:
        first, last, end = time.from_, other.to, end + other.span.end
        why = f"{preposition}: {time.value} to {other.value}"
    if found:
        start = found.start(1)
    return When.model_validate({"span": Span.of(text, start, end), "from": first, "to": last, "why": why})


def _other_end(time: Time, text: str) -> Time | None:
    """The second time of "from ... to ..."; its span counts from the end of the first."""
    tail = text[time.span.end : time.span.end + _REACH]
    link = _TO.match(tail)
    if link is None or time.to is None:
        return None
    other = next(iter(find_times(tail, published=time.to)), None)
    if other is None or other.span.start != link.end() or other.to is None:
        return None
    if other.to < time.to:
        later = _moved(other.to, 7)
        if later is None or later < time.to or (later - time.to).days > 7:
            return None
        return other.model_copy(update={"to": later, "value": later.isoformat()})
    return other
