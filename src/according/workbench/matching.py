"""Tell whether a mention fits a choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from according.workbench.rows import EventRow, MentionRow, Side
from according.workbench.selection import Selection

_CODE_LENGTH = 3
Test = Callable[[MentionRow], bool]


def fits_side(side: Side, wanted: str) -> bool:
    """Tell whether somebody is meant by a name or a country code.

    A word of three capitals is a code and must be the country or a sector; a
    name must occur in the name or in the words of the report.

    Example:
        >>> fits_side(Side("Iraq", "Baghdad", "IRQ", ("GOV",), "state"), "IRQ")
        True
    """
    if is_code(wanted):
        return wanted == side.country or wanted in side.sectors or wanted == (side.name or side.words)
    wanted = wanted.casefold()
    return wanted in (side.name or "").casefold() or wanted in side.words.casefold()


def is_code(value: str) -> bool:
    """Tell whether a value looks like a code of country or sector."""
    return len(value) == _CODE_LENGTH and value.isascii() and value.isalpha() and value.isupper()


def make_test(selection: Selection) -> Test:
    """Make the test that mentions of a choice pass, as far as the mention alone can tell.

    Words of the report, sources and dispute are for the caller to look up.

    Args:
        selection: The choice.

    Returns:
        A function that tells for a mention whether it fits.
    """
    tests = [*_kind_tests(selection), *_party_tests(selection), *_place_and_time_tests(selection)]
    return lambda row: all(test(row) for test in tests)


def _kind_tests(s: Selection) -> list[Test]:
    tests: list[Test] = []
    if s.type is not None:
        tests.append(lambda row: row.type == s.type)
    if s.mode is not None:
        tests.append(lambda row: row.mode == s.mode)
    if s.quad is not None:
        tests.append(lambda row: row.quad == s.quad)
    if s.factuality is not None:
        tests.append(lambda row: row.factuality == s.factuality)
    if s.publisher is not None:
        tests.append(lambda row: row.publisher == s.publisher)
    low, high = s.score_from, s.score_to
    if low is not None:
        tests.append(lambda row: row.score >= low)
    if high is not None:
        tests.append(lambda row: row.score <= high)
    return tests


def _party_tests(s: Selection) -> list[Test]:
    def anyone(sides: Sequence[Side], wanted: str) -> bool:
        return any(fits_side(side, wanted) for side in sides)

    tests: list[Test] = []
    actor, by, on = s.actor, s.by, s.on
    if actor is not None:
        tests.append(lambda row: anyone(row.actors, actor) or anyone(row.recipients, actor))
    if by is not None:
        tests.append(lambda row: anyone(row.actors, by))
    if on is not None:
        tests.append(lambda row: anyone(row.recipients, on))
    if s.speaker is not None:
        speaker = s.speaker.casefold()
        tests.append(lambda row: any(speaker in name.casefold() for name in row.speakers))
    return tests


def _place_and_time_tests(s: Selection) -> list[Test]:
    tests: list[Test] = []
    if s.country is not None:
        country = s.country.upper()
        tests.append(lambda row: row.country == country)
    if s.place is not None:
        place = s.place.casefold()
        tests.append(lambda row: place in (row.place or "").casefold())
    first, last = s.day_from, s.day_to
    if first is not None:
        tests.append(lambda row: (end := row.day_to or row.day_from) is not None and end >= first)
    if last is not None:
        tests.append(lambda row: (start := row.day_from or row.day_to) is not None and start <= last)
    return tests


def fits_event(event: EventRow, selection: Selection) -> bool:
    """Tell whether an event has the sources and the dispute that a choice asks for."""
    if selection.min_sources is not None and event.sources < selection.min_sources:
        return False
    return selection.disputed is None or event.disputed == selection.disputed
