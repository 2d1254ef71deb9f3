"""How far two coders agree: shares and Krippendorff's alpha, field by field.

Alpha is 1 for full agreement, 0 for what chance would give, and below 0 for
less than that. It is taken on nominal values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from according.errors import GoldError
from according.evaluate.figures import Found
from according.evaluate.gold import COUNTS, GoldEvent, GoldReport
from according.evaluate.matching import (
    pair_up,
    same_chain,
    same_parties,
    same_party,
    telling_words,
    weigh_trigger,
)

_TOKEN = re.compile(r"\w+")
FIELDS = (
    "type",
    "mode",
    "status",
    "actors",
    "recipients",
    "attribution",
    "when",
    "where",
    *COUNTS,
)
"""Fields that are compared, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """Agreement on one field.

    Attributes:
        same: Events on which both coders give the same value.
        of: Events both coders have.
        alpha: Krippendorff's alpha, or None where it is not defined, because
            all values are the same or there are no events.
    """

    same: int
    of: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which two coders differ."""

    report: str
    event: str
    trigger: str
    field: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class CoderAgreement:
    """What two coders have in common.

    Attributes:
        reports: Reports both coded.
        only_first: Reports only the first coded; they are not compared.
        only_second: Reports only the second coded.
        events: Events both found, that is with words of the trigger in common.
            `gold` are those of the first coder, `pred` those of the second.
        trigger_alpha: Alpha over all words of the texts, each with the type of
            the event whose trigger it belongs to, or none.
        fields: By name, over the events both found.
        differences: Every field on which they differ.
    """

    reports: int
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    events: Found
    trigger_alpha: float | None
    fields: dict[str, FieldAgreement]
    differences: tuple[Difference, ...]


def krippendorff_alpha(units: Iterable[Sequence[str | None]]) -> float | None:
    """Compute Krippendorff's alpha of nominal values.

    Args:
        units: For each thing judged, the value of each judge; None where a
            judge gave none. Things that fewer than two judged do not count.

    Returns:
        Alpha, or None where it is not defined: no thing was judged twice, or
        every value is the same.

    Raises:
        ValueError: Units have different numbers of judges.

    Example:
        >>> krippendorff_alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")])
        0.5333333333333333
        >>> krippendorff_alpha([("a", "a"), ("a", "a")]) is None
        True

    References:
        K. Krippendorff (2004), Reliability in Content Analysis, Hum. Commun.
        Res. 30(3), 411-433, https://doi.org/10.1111/j.1468-2958.2004.tb00738.x.
    """
    import krippendorff
    import numpy as np

    rows = list(units)
    if len({len(r) for r in rows}) > 1:
        raise ValueError("every unit needs a place for every judge")
    judged = [r for r in rows if sum(v is not None for v in r) > 1]
    values = sorted({v for r in judged for v in r if v is not None})
    if len(values) < 2:
        return None
    number = {v: i for i, v in enumerate(values)}
    counts = np.zeros((len(judged), len(values)), dtype=np.int64)
    for i, row in enumerate(judged):
        for value in row:
            if value is not None:
                counts[i, number[value]] += 1
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def compare_coders(first: Iterable[GoldReport], second: Iterable[GoldReport]) -> CoderAgreement:
    """Compare two codings of the same reports.

    Args:
        first: Reports of one coder.
        second: Reports of the other, in any order.

    Raises:
        GoldError: A report has not the same text on both sides.
    """
    mine = {r.id: r for r in first}
    theirs = {r.id: r for r in second}
    both = [i for i in mine if i in theirs]
    words: list[tuple[str, str]] = []
    pairs: list[tuple[str, GoldEvent, GoldEvent]] = []
    for report_id in both:
        a, b = mine[report_id], theirs[report_id]
        if a.text != b.text:
            raise GoldError(report_id, "the two codings are of different texts.")
        words += zip(_word_types(a), _word_types(b), strict=True)
        found = pair_up(a.events, b.events, weigh_trigger)
        pairs += [(report_id, a.events[i], b.events[j]) for i, j in sorted(found)]
    fields, differences = compare_events(pairs)
    return CoderAgreement(
        reports=len(both),
        only_first=tuple(i for i in mine if i not in theirs),
        only_second=tuple(i for i in theirs if i not in mine),
        events=Found(len(pairs), _count(mine, both), _count(theirs, both)),
        trigger_alpha=krippendorff_alpha(words),
        fields=fields,
        differences=differences,
    )


def compare_events(
    pairs: Sequence[tuple[str, GoldEvent, GoldEvent]],
) -> tuple[dict[str, FieldAgreement], tuple[Difference, ...]]:
    """Compare what two coders give for the same events.

    Args:
        pairs: Id of the report and the event as each coder has it.

    Returns:
        Agreement by field, and all differences.
    """
    fields: dict[str, FieldAgreement] = {}
    differences: list[Difference] = []
    for name in FIELDS:
        values: list[tuple[str, str]] = []
        for report, a, b in pairs:
            # Two ways of naming the same value are one value, or chance agreement would come out too low.
            one, other = _label(a, name), _label(b, name)
            same = _same(a, b, name)
            values.append((one, one if same else other if other != one else f"{other} (another)"))
            if not same:
                shown = (describe_value(a, name), describe_value(b, name))
                differences.append(Difference(report, a.id, a.trigger.text, name, *shown))
        agreed = sum(one == other for one, other in values)
        fields[name] = FieldAgreement(agreed, len(values), krippendorff_alpha(values))
    return fields, tuple(differences)


def _count(reports: Mapping[str, GoldReport], wanted: Iterable[str]) -> int:
    return sum(len(reports[i].events) for i in wanted)


def _word_types(report: GoldReport) -> Iterator[str]:
    """Give each word of a text the type of the event whose trigger it stands in."""
    triggers = sorted((e.trigger.start or 0, e.trigger.end or 0, e.type) for e in report.events)
    place = 0
    for word in _TOKEN.finditer(report.text):
        while place < len(triggers) and triggers[place][1] <= word.start():
            place += 1
        inside = place < len(triggers) and triggers[place][0] < word.end()
        yield triggers[place][2] if inside else ""


def _same(a: GoldEvent, b: GoldEvent, name: str) -> bool:
    one, other = getattr(a, name), getattr(b, name)
    if one is None or other is None or name in {"type", "mode", "status"}:
        return bool(one == other)
    if name in {"actors", "recipients"}:
        return same_parties(one, other)
    if name == "attribution":
        return same_chain(one, other) and [x.stance for x in one] == [x.stance for x in other]
    if name == "where":
        return same_party(one, other)
    if name == "when":
        return (one.from_, one.to) == (other.from_, other.to)
    return (one.low, one.high) == (other.low, other.high)


def _label(event: GoldEvent, name: str) -> str:
    """Write a value so that equal ones read alike."""
    value = getattr(event, name)
    if name in {"actors", "recipients", "attribution", "where"} and value:
        parties = value if isinstance(value, tuple) else (value,)
        keys = [" ".join(sorted(telling_words(p.name or p.text))) + f"|{p.stance or ''}" for p in parties]
        return ";".join(keys if name == "attribution" else sorted(keys))
    return describe_value(event, name)


def describe_value(event: GoldEvent, name: str) -> str:
    """Write the value of a field for people; "" for none."""
    value = getattr(event, name)
    if not value:
        return ""
    if isinstance(value, str):
        return value
    if name == "when":
        days = f"{value.from_ or ''}/{value.to or ''}"
        return days if days != "/" else value.text or "day not known"
    if name in COUNTS:
        low, high = value.low, value.high
        return f"{'' if low is None else low}-{'' if high is None else high}"
    parties = value if isinstance(value, tuple) else (value,)
    return "; ".join(f"{p.name or p.text}{f' {p.stance}' if p.stance else ''}" for p in parties)
