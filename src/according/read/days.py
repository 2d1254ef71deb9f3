"""Calendar days as exports and feeds write them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_FORMS = (
    re.compile(rf"\s*{_WEEKDAY}{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.I),
    re.compile(
        rf"\s*{_WEEKDAY}(?P<day>[0-3]?\d)(?:st|nd|rd|th)?[\s-]+{_MONTH}[\s,-]+(?P<year>\d{{4}})\b", re.I
    ),
    re.compile(r"\s*(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)\b"),
)


def parse_day(text: str) -> date | None:
    """Read the day a line begins with, in English words or as YYYY-MM-DD.

    Days written in figures alone, such as 03/04/2020, are not read: their
    order is not known.

    Args:
        text: The line; what follows the day is of no account.

    Returns:
        The day, or None.

    Example:
        >>> parse_day("Tuesday, March 3, 2020 10:15 PM"), parse_day("3 March 2020")
        (datetime.date(2020, 3, 3), datetime.date(2020, 3, 3))
        >>> parse_day("03/04/2020") is None
        True
    """
    for form in _FORMS:
        found = form.match(text)
        if found is None:
            continue
        groups = found.groupdict()
        month = int(groups["number"]) if "number" in groups else _MONTHS[groups["month"][:3].lower()]
        try:
            return date(int(groups["year"]), month, int(groups["day"]))
        except ValueError:
            return None
    return None
