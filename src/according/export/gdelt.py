"""Tables shaped as GDELT 2.0's Events (61 columns) and Mentions (16), without headers as there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from according.export.codes import QUAD_OF_TYPE, cameo, cameo_type, country, goldstein, number
from according.export.delimited import TabRows
from according.export.folder import open_folder
from according.export.tables import participant_name
from according.records import CodedReport, Mention, Participant, Place

_ACTOR = (
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
)
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENT_COLUMNS: tuple[str, ...] = (
    "GlobalEventID",
    "Day",
    "MonthYear",
    "Year",
    "FractionDate",
    *(f"Actor1{c}" for c in _ACTOR),
    *(f"Actor2{c}" for c in _ACTOR),
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    *(f"{who}Geo_{c}" for who in ("Actor1", "Actor2", "Action") for c in _GEO),
    "DATEADDED",
    "SOURCEURL",
)
MENTION_COLUMNS: tuple[str, ...] = (
    "GlobalEventID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
)
_WORLD_CITY, _COUNTRY, _STATE = 4, 1, 5
_WEB, _CITATION_ONLY = 1, 2


def write_gdelt(coded: Iterable[CodedReport], target: Path) -> int:
    """Write `events.tsv` and `mentions.tsv` (no header) and `columns.tsv` (their names) into a folder.

    An event is a happening as one report tells it. Only what is told as having happened or going on is
    written, since GDELT has no column for the rest. CAMEO codes are the nearest to the PLOVER type and mode.

    Args:
        coded: Coded reports.
        target: Folder that does not exist or is empty.

    Returns:
        Number of reports written.
    """
    count = 0
    with open_folder(target) as folder:
        with (
            (folder / "events.tsv").open("w", encoding="utf-8", newline="") as events,
            (folder / "mentions.tsv").open("w", encoding="utf-8", newline="") as mentions,
        ):
            event_rows, mention_rows = TabRows(events, None), TabRows(mentions, None)
            for count, report in enumerate(coded, 1):  # noqa: B007 - the last number is wanted
                event_rows.write(gdelt_events(report))
                mention_rows.write(gdelt_mentions(report))
        with (folder / "columns.tsv").open("w", encoding="utf-8", newline="") as stream:
            names = TabRows(stream, ("table", "position", "column"))
            names.write(("events", n, c) for n, c in enumerate(EVENT_COLUMNS, 1))
            names.write(("mentions", n, c) for n, c in enumerate(MENTION_COLUMNS, 1))
    return count


def _told(coded: CodedReport) -> Iterator[tuple[str, list[Mention]]]:
    """Events of a report with their mentions that are told as fact."""
    groups: dict[str, list[Mention]] = {}
    for m in coded.mentions:
        if m.factuality in ("happened", "ongoing"):
            groups.setdefault(m.event, []).append(m)
    yield from groups.items()


def gdelt_events(coded: CodedReport) -> Iterator[tuple[object, ...]]:
    """Give the Events rows of one report."""
    places = {(p.span.start, p.span.end): p for p in coded.places}
    r = coded.report
    first = coded.mentions[0].event if coded.mentions else None
    for event, group in _told(coded):
        m = max(group, key=lambda x: (x.when is not None, bool(x.actors), bool(x.recipients), x.score))
        code = cameo(m.type, m.mode)
        day = next((x.when.from_ for x in group if x.when and x.when.from_), None)
        quad = QUAD_OF_TYPE.get(m.type)
        yield (
            number(event),
            *_days(day),
            *_actor(m.actors),
            *_actor(m.recipients),
            int(event == first),
            code,
            code and code[:3],
            code and code[:2],
            quad,
            goldstein(code),
            len(group),
            1,
            1,
            None,
            *(None,) * 8,
            *(None,) * 8,
            *_geo(m, places),
            r.published and r.published.strftime("%Y%m%d000000"),
            r.url,
        )


def gdelt_mentions(coded: CodedReport) -> Iterator[tuple[object, ...]]:
    """Give the Mentions rows of one report."""
    r = coded.report
    added = r.published and r.published.strftime("%Y%m%d000000")
    for event, group in _told(coded):
        for m in group:
            day = m.when.from_ if m.when else None
            sentence = 1 + sum(r.text.count(stop, 0, m.clause.start) for stop in (". ", ".\n"))
            yield (
                number(event),
                day and day.strftime("%Y%m%d000000"),
                added,
                _WEB if r.url else _CITATION_ONLY,
                r.publisher,
                r.url or r.id,
                sentence,
                m.actors[0].span.start if m.actors else -1,
                m.recipients[0].span.start if m.recipients else -1,
                m.trigger.start,
                1,
                round(100 * m.score),
                len(r.text),
                None,
                None,
                m.id,
            )


def _days(day: date | None) -> tuple[object, ...]:
    if day is None:
        return (None,) * 4
    fraction = day.year + day.timetuple().tm_yday / 366
    return day.strftime("%Y%m%d"), day.strftime("%Y%m"), day.year, f"{fraction:.4f}"


def _actor(people: tuple[Participant, ...]) -> tuple[object, ...]:
    """The first participant; GDELT has room for one."""
    if not people:
        return (None,) * 10
    p = people[0]
    code = p.country if p.country else ""
    kinds = [t for s in p.sectors if (t := cameo_type(s))][:3]
    full = code + "".join(kinds)
    name = participant_name(p).upper()
    return full or None, name, code or None, None, None, None, None, *(kinds + [None] * 3)[:3]


def _geo(m: Mention, places: dict[tuple[int, int], Place]) -> tuple[object, ...]:
    w = m.where
    if w is None:
        return 0, *(None,) * 7
    place = places.get((w.span.start, w.span.end)) if w.span else None
    precision = place.precision if place else None
    kind = {"country": _COUNTRY, "admin1": _STATE, "city": _WORLD_CITY, "site": _WORLD_CITY}.get(
        precision or "", 0
    )
    known = country(w.country)
    full = ", ".join(dict.fromkeys(x for x in (w.name, known.name if known else None) if x))
    return kind, full or None, known.fips if known else None, None, None, w.lat, w.lon, w.geonameid
