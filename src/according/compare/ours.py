"""Rows from coded reports: one for each happening that a report tells as fact."""

from __future__ import annotations

from collections.abc import Iterator

from according.compare.model import Row
from according.export.tables import participant_name
from according.records import CodedReport, Participant


def rows_of_report(coded: CodedReport) -> Iterator[Row]:
    """Give the rows of one report; denials, plans, wishes and possibilities give none."""
    for event in coded.events:
        group = [m for m in coded.mentions if m.event == event.id and m.factuality in ("happened", "ongoing")]
        if not group:
            continue
        actors = [p for m in group for p in m.actors]
        recipients = [p for m in group for p in m.recipients]
        lows = [m.killed.low for m in group if m.killed and m.killed.low is not None]
        highs = [m.killed.high for m in group if m.killed and m.killed.high is not None]
        where = event.where
        yield Row(
            id=event.id,
            types=frozenset({event.type}),
            day_from=event.from_,
            day_to=event.to or event.from_,
            near=coded.report.published,
            country=where.country if where else None,
            place=(where.name or (where.span.text if where.span else None)) if where else None,
            lat=where.lat if where else None,
            lon=where.lon if where else None,
            sides=(_names(actors), _names(recipients)),
            countries=(_countries(actors), _countries(recipients)),
            killed=(min(lows) if lows else None, max([*highs, *lows]) if lows or highs else None),
            words=" ".join(group[0].clause.text.split()),
            source=coded.report.id,
        )


def _names(people: list[Participant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(participant_name(p) for p in people))


def _countries(people: list[Participant]) -> frozenset[str]:
    return frozenset(p.country for p in people if p.country)
