"""A table shaped as ACLED's: one happening a row, the lowest figure told, no direction between the actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from according.export.codes import country, number
from according.export.delimited import CsvRows
from according.export.tables import participant_name
from according.records import CodedReport, Mention, Participant, Place
from according.write.atomic import open_whole

COLUMNS: tuple[str, ...] = (
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
)

_ARMED = frozenset({"MIL", "REB", "PRM", "UAF", "COP", "SPY", "CRM"})
_INTER = (
    ("State forces", ("MIL", "COP", "SPY", "GOV", "JUD", "LEG")),
    ("Rebel group", ("REB",)),
    ("Political militia", ("PRM", "UAF", "CRM", "PTY")),
    ("Civilians", ("CVL", "REF", "JRN", "MED", "EDU", "SOC", "REL", "AGR", "LAB", "BUS", "ELI")),
)
_REMOTE = {
    "explosives": "Remote explosive/landmine/IED",
    "suicide-attack": "Suicide bomb",
    "aerial": "Air/drone strike",
    "drone": "Air/drone strike",
    "heavy-weapons": "Shelling/artillery/missile attack",
    "unconventional": "Chemical weapon",
}
_CIVILIAN = {
    "abduct": "Abduction/forced disappearance",
    "sexual": "Sexual violence",
    "torture": "Attack",
    "targeted": "Attack",
    "beat": "Attack",
}


def write_acled(coded: Iterable[CodedReport], target: Path) -> int:
    """Write happenings of the kinds ACLED codes and that are told as having taken place.

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
            rows.write(acled_rows(report))
    return count


def acled_rows(coded: CodedReport) -> Iterator[tuple[object, ...]]:
    """Give the rows of one report."""
    places = {(p.span.start, p.span.end): p for p in coded.places}
    r = coded.report
    for event in coded.events:
        group = [m for m in coded.mentions if m.event == event.id and m.factuality in ("happened", "ongoing")]
        kind = _kind(group)
        if kind is None:
            continue
        m = max(group, key=lambda x: (bool(x.actors), bool(x.recipients), x.where is not None, x.score))
        disorder, type_, sub = kind
        known = country(event.where.country) if event.where else None
        place = _place(m, places)
        one, two = _side(m.actors), _side(m.recipients or m.actors[1:])
        if not m.recipients:
            one = _side(m.actors[:1])
        first, last = event.from_, event.to
        yield (
            f"{known.iso3 if known else 'XXX'}{number(event.id, 40)}",
            first,
            first and first.year,
            _time_precision((last - first).days if first and last else None),
            disorder,
            type_,
            sub,
            *one,
            *two,
            None,
            "Civilian targeting" if two[2] == "Civilians" and type_ != "Protests" else None,
            known.numeric if known else None,
            None,
            known.name if known else None,
            place and place.admin1,
            None,
            None,
            event.where and event.where.name,
            event.where and event.where.lat,
            event.where and event.where.lon,
            _geo_precision(place),
            r.publisher,
            None,
            " ".join(m.clause.text.split()),
            _fatalities(group),
            None,
            None,
        )


def _kind(group: list[Mention]) -> tuple[str, str, str] | None:
    """Disorder type, event type, sub-event type; None for what ACLED does not code."""
    for m in group:
        sectors = {s for p in (*m.actors, *m.recipients) for s in p.sectors}
        if m.type == "ASSAULT":
            if m.mode in _REMOTE:
                return "Political violence", "Explosions/Remote violence", _REMOTE[m.mode]
            if m.mode in _CIVILIAN:
                return "Political violence", "Violence against civilians", _CIVILIAN[m.mode]
            sides = [bool(_ARMED & {s for p in side for s in p.sectors}) for side in (m.actors, m.recipients)]
            if all(sides) or (len(m.actors) > 1 and sides[0] and not m.recipients):
                return "Political violence", "Battles", "Armed clash"
            return "Political violence", "Violence against civilians", "Attack"
        if m.type == "PROTEST":
            if m.mode == "riot":
                return "Political violence", "Riots", "Violent demonstration"
            return "Demonstrations", "Protests", "Peaceful protest"
        if m.type == "COERCE" and m.mode == "arrest":
            return "Strategic developments", "Strategic developments", "Arrests"
        if m.type == "RETREAT" and m.mode in ("ceasefire", "withdraw", "disarm") and sectors & _ARMED:
            sub = "Agreement" if m.mode == "ceasefire" else "Change to group/activity"
            return "Strategic developments", "Strategic developments", sub
    return None


def _side(people: tuple[Participant, ...]) -> tuple[object, object, object]:
    """Main actor, others, and the kind of actor."""
    if not people:
        return None, None, None
    sectors = set(people[0].sectors)
    kind = next((name for name, codes in _INTER if sectors & set(codes)), None)
    return participant_name(people[0]), "; ".join(participant_name(p) for p in people[1:]) or None, kind


def _time_precision(days: int | None) -> int | None:
    """1 the day, 2 within a week, 3 within a month; empty when no day is told."""
    if days is None:
        return None
    return 1 if days == 0 else 2 if days <= 7 else 3


def _place(m: Mention, places: dict[tuple[int, int], Place]) -> Place | None:
    return places.get((m.where.span.start, m.where.span.end)) if m.where and m.where.span else None


def _geo_precision(place: Place | None) -> int | None:
    """1 the town, 2 its surroundings or region, 3 a larger region."""
    if place is None or place.precision is None:
        return None
    return {"city": 1, "site": 1, "admin1": 3, "country": 3}[place.precision]


def _fatalities(group: list[Mention]) -> int | None:
    """The lowest figure that any account tells; empty when none does."""
    lows = [m.killed.low for m in group if m.killed is not None and m.killed.low is not None]
    return min(lows) if lows else None
