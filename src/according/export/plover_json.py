"""PLOVER JSON Lines: one event a line, with the fields PLOVER names and those it lacks.

PLOVER has no field for who says so, for stance or for certainty; they are
added under names that begin with `according_`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from according.export.codes import QUAD_OF_TYPE, intensity
from according.export.tables import participant_name, speaker_name
from according.records import CodedReport, Count, Mention, Participant, Place, Where
from according.write.atomic import open_whole

_RESOLUTION = {"site": 5, "city": 4, "admin1": 2, "country": 1}
_AUXILIARY = {
    "negated": "negation",
    "planned": "future",
    "wanted": "hypothetical",
    "possible": "hypothetical",
}


def write_plover(coded: Iterable[CodedReport], target: Path) -> int:
    """Write every mention as a PLOVER record.

    Args:
        coded: Coded reports.
        target: File, or "-".

    Returns:
        Number of reports written.
    """
    count = 0
    with open_whole(target) as stream:
        for count, report in enumerate(coded, 1):  # noqa: B007 - the last number is wanted
            for record in plover_records(report):
                stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    return count


def plover_records(coded: CodedReport) -> Iterator[dict[str, Any]]:
    """Give the PLOVER records of one report; absent values are left out."""
    places = {(p.span.start, p.span.end): p for p in coded.places}
    for m in coded.mentions:
        place = places.get((m.where.span.start, m.where.span.end)) if m.where and m.where.span else None
        record = {
            "id": m.id,
            "date": m.when.from_.isoformat() if m.when and m.when.from_ else None,
            "enddate": m.when.to.isoformat() if m.when and m.when.to and m.when.to != m.when.from_ else None,
            "actor": [_party(p) for p in m.actors],
            "recipient": [_party(p) for p in m.recipients],
            "event": m.type,
            "mode": m.mode,
            "context": list(m.contexts) or None,
            "auxiliary_mode": _AUXILIARY.get(m.factuality),
            "event_loc": _place(m.where, place),
            "event_text": m.trigger.text,
            "size": _size(m),
            "quad_code": QUAD_OF_TYPE.get(m.type),
            "event_scale": intensity(m.type, m.mode),
            "text": m.clause.text,
            "text_info": {"start": m.clause.start, "end": m.clause.end},
            "cite_info": _cite(coded),
            "according_report": coded.report.id,
            "according_event": m.event,
            "according_factuality": m.factuality,
            "according_attribution": [
                {"name": speaker_name(a), "cue": a.cue.text if a.cue else None, "stance": a.stance}
                for a in m.attribution
            ],
            "according_rule": m.rule,
            "according_score": m.score,
        }
        yield {key: value for key, value in record.items() if value is not None}


def _party(p: Participant) -> dict[str, Any]:
    out: dict[str, Any] = {
        "code": p.country,
        "sector": list(p.sectors) or None,
        "entity_text": p.span.text,
        "identifier_text": participant_name(p),
        "office": p.role,
    }
    return {key: value for key, value in out.items() if value is not None}


def _place(where: Where | None, place: Place | None) -> dict[str, Any] | None:
    if where is None:
        return None
    out: dict[str, Any] = {
        "extracted_place": where.span.text if where.span else None,
        "resolved_place": where.name,
        "geonameid": where.geonameid,
        "lat": where.lat,
        "lon": where.lon,
        "province": place.admin1 if place else None,
        "country_code": where.country,
        "resolution": _RESOLUTION.get(place.precision) if place and place.precision else None,
    }
    return {key: value for key, value in out.items() if value is not None}


def _size(m: Mention) -> dict[str, Any] | None:
    def figures(count: Count | None) -> dict[str, int | None] | None:
        return None if count is None else {"low": count.low, "high": count.high}

    found = {"dead": m.killed, "injured": m.injured, "arrested": m.detained, "according_size": m.size}
    out = {key: figures(count) for key, count in found.items() if count is not None}
    return out or None


def _cite(coded: CodedReport) -> dict[str, Any]:
    r = coded.report
    out = {
        "title": r.title,
        "publication": r.publisher,
        "date": r.published.isoformat() if r.published else None,
        "url": r.url,
        "language": r.language,
        "coder": "according",
        "version": version("according"),
    }
    return {key: value for key, value in out.items() if value is not None}
