"""POLECAT's table: 40 columns, parted by tabs, one mention a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from according.export.codes import QUAD_OF_TYPE, QUADS, country, intensity
from according.export.delimited import TabRows
from according.export.tables import participant_name
from according.records import CodedReport, Entity, Mention, Participant, Place
from according.write.atomic import open_whole

COLUMNS: tuple[str, ...] = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)

_FEATURES = {"country": "PCLI", "admin1": "ADM1", "city": "PPL"}


def write_polecat(coded: Iterable[CodedReport], target: Path) -> int:
    """Write the mentions that are told as having happened or going on.

    POLECAT has no column for denials, plans and wishes, so these are left out;
    `write_plover` keeps them.

    Args:
        coded: Coded reports.
        target: File, or "-".

    Returns:
        Number of reports written.
    """
    count = 0
    with open_whole(target) as stream:
        rows = TabRows(stream, COLUMNS)
        for count, report in enumerate(coded, 1):  # noqa: B007 - the last number is wanted
            rows.write(polecat_rows(report))
    return count


def polecat_rows(coded: CodedReport) -> Iterator[tuple[object, ...]]:
    """Give the rows of one report."""
    places = {(p.span.start, p.span.end): p for p in coded.places}
    story = tuple(
        "; ".join(dict.fromkeys(e.name for e in coded.entities if _is(e, kinds)))
        for kinds in (("person",), ("group", "organisation"), ("place", "state"))
    )
    r = coded.report
    for m in coded.mentions:
        if m.factuality not in ("happened", "ongoing"):
            continue
        quad = QUAD_OF_TYPE.get(m.type)
        yield (
            m.id,
            m.when and m.when.from_,
            m.type,
            m.mode,
            intensity(m.type, m.mode),
            quad and QUADS[quad],
            "; ".join(m.contexts),
            *_people(m.actors),
            *_people(m.recipients),
            *_place(m, places),
            r.publisher,
            r.published,
            *story,
            r.language,
            f"according {version('according')}",
        )


def _is(entity: Entity, kinds: Sequence[str]) -> bool:
    return entity.kind in kinds


def _people(people: Sequence[Participant]) -> tuple[object, ...]:
    """Name, country, COW, main sector, sectors, title, raw words, Wikipedia id; several parted by "; "."""
    known = [country(p.country) for p in people]
    return (
        "; ".join(participant_name(p) for p in people),
        aligned([p.country for p in people]),
        aligned([str(c.cow) if c and c.cow else None for c in known]),
        aligned([p.sectors[0] if p.sectors else None for p in people]),
        aligned([" ".join(p.sectors) for p in people]),
        aligned([p.role for p in people]),
        "; ".join(p.span.text for p in people),
        None,
    )


def aligned(values: Sequence[str | None]) -> str | None:
    """Join values so that the n-th belongs to the n-th participant; None if all are empty."""
    return "; ".join(v or "" for v in values) if any(values) else None


def _place(m: Mention, places: dict[tuple[int, int], Place]) -> tuple[object, ...]:
    w = m.where
    if w is None:
        return (None,) * 10
    place = places.get((w.span.start, w.span.end)) if w.span else None
    precision = place.precision if place else None
    known = country(w.country)
    return (
        w.name,
        w.name if precision in ("city", "site") else None,
        None,
        place.admin1 if place else None,
        known.name if known else w.country,
        w.lat,
        w.lon,
        w.geonameid,
        w.span.text if w.span else None,
        _FEATURES.get(precision or ""),
    )
