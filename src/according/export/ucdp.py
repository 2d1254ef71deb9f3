"""A table shaped as UCDP GED 21.1 (49 columns): one deadly happening a row, with low and high figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from according.export.codes import country, number
from according.export.delimited import CsvRows
from according.export.tables import participant_name
from according.records import CodedReport, Mention, Participant
from according.write.atomic import open_whole

COLUMNS: tuple[str, ...] = (
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
)

_STATE = frozenset({"MIL", "GOV", "COP", "SPY", "LEG", "JUD"})
_ARMED = frozenset({"MIL", "COP", "SPY", "REB", "PRM", "UAF", "GOV"})
_WHERE = {"site": 1, "city": 1, "admin1": 4, "country": 6}


def write_ucdp(coded: Iterable[CodedReport], target: Path) -> int:
    """Write happenings of organised violence in which somebody is said to have been killed.

    `best` stands only where all accounts of the report agree on one figure: the program does not choose
    between accounts. Figures by side stay empty, since a report's figure seldom says whose dead they are.

    Args:
        coded: Coded reports.
        target: File, or "-".

    Returns:
        Number of reports written.
    """
    count = 0
    with open_whole(target) as stream:
        rows = CsvRows(stream, COLUMNS)
        for count, report in enumerate(coded, 1):  # noqa: B007 - the last number is wanted
            rows.write(ucdp_rows(report))
    return count


def ucdp_rows(coded: CodedReport) -> Iterator[tuple[object, ...]]:
    """Give the rows of one report."""
    places = {(p.span.start, p.span.end): p for p in coded.places}
    r = coded.report
    for event in coded.events:
        group = [
            m
            for m in coded.mentions
            if m.event == event.id and m.type == "ASSAULT" and m.factuality in ("happened", "ongoing")
        ]
        low, high, best = deaths(group)
        if not group or not (high or low):
            continue
        m = max(group, key=lambda x: (bool(x.actors), bool(x.recipients), x.score))
        a, b = m.actors[:1], m.recipients[:1] or m.actors[1:2]
        known = country(event.where.country) if event.where else None
        place = places.get((m.where.span.start, m.where.span.end)) if m.where and m.where.span else None
        day = event.from_
        point = event.where if event.where and event.where.lat is not None else None
        names = [participant_name(p) for p in (*a, *b)]
        yield (
            number(event.id),
            f"{known.iso3 if known else 'XXX'}-{day.year if day else ''}-{number(event.id, 32)}",
            day and day.year,
            None,
            None,
            _violence(a, b),
            None,
            None,
            None,
            None,
            None,
            " - ".join(names) if len(names) == 2 else None,
            None,
            None,
            participant_name(a[0]) if a else None,
            None,
            None,
            participant_name(b[0]) if b else None,
            1,
            r.title or r.id,
            r.publisher,
            r.published,
            r.title,
            "; ".join(dict.fromkeys(s for x in group for s in _speakers(x))) or None,
            _WHERE.get(place.precision) if place and place.precision else None,
            event.where and event.where.name,
            event.where and event.where.span and event.where.span.text,
            place and place.admin1,
            None,
            point and point.lat,
            point and point.lon,
            f"POINT ({point.lon} {point.lat})" if point else None,
            None,
            known and known.name,
            known and known.gw,
            None,
            None,
            _date_precision(day, event.to),
            day,
            event.to,
            None,
            None,
            None,
            best,
            best,
            high,
            low,
            _gw(a),
            _gw(b),
        )


def deaths(group: list[Mention]) -> tuple[int | None, int | None, int | None]:
    """Lowest and highest figure told, and the figure itself where all agree on one.

    An account with an open upper end ("at least five") gives its low figure as high too, as UCDP does.
    """
    told = [m.killed for m in group if m.killed is not None]
    lows = [k.low for k in told if k.low is not None]
    highs = [h for k in told if (h := k.high if k.high is not None else k.low) is not None]
    low, high = (min(lows) if lows else None), (max(highs) if highs else None)
    return low, high, low if low is not None and low == high else None


def _speakers(m: Mention) -> list[str]:
    return [a.name for a in m.attribution if a.name]


def _violence(a: tuple[Participant, ...], b: tuple[Participant, ...]) -> int | None:
    """1 a state fights an armed group, 2 armed groups fight each other, 3 the unarmed are attacked."""
    if not a or not b:
        return None
    one, two = set(a[0].sectors), set(b[0].sectors)
    if not two & _ARMED:
        return 3 if one & _ARMED else None
    if not one & _ARMED:
        return None
    return 1 if one & _STATE or two & _STATE else 2


def _date_precision(first: date | None, last: date | None) -> int | None:
    """1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer."""
    if first is None or last is None:
        return None
    days = (last - first).days
    return 1 if days == 0 else 2 if days < 6 else 3 if days <= 7 else 4 if days <= 31 else 5


def _gw(side: tuple[Participant, ...]) -> int | None:
    """Gleditsch and Ward number where a side is a state's."""
    if not side or not set(side[0].sectors) & _STATE:
        return None
    known = country(side[0].country)
    return known.gw if known else None
