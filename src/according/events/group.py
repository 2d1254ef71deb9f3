"""Group the mentions of one report that tell one happening."""

from __future__ import annotations

from according.ids import content_id
from according.records import Event, Mention, Participant

_TOLD = {"happened": 0, "ongoing": 0, "planned": 1, "wanted": 1, "possible": 1, "negated": 2}
_STATUS_RANK = ("happened", "ongoing", "negated", "planned", "wanted", "possible")


def group_mentions(report_id: str, mentions: list[Mention]) -> tuple[list[Mention], list[Event]]:
    """Give mentions of one happening one event.

    Two mentions join when type and the way they are told (as done, as to
    come, as denied) agree, modes, days and places do not disagree, and they
    share a participant. The newest event that fits takes the mention.

    Args:
        report_id: Id of the report; part of the events' ids.
        mentions: In text order, with any event id.

    Returns:
        The mentions with their event's id, and the events in order of their
        first mention.
    """
    groups: dict[tuple[str, int], list[list[Mention]]] = {}
    ordered: list[list[Mention]] = []
    for mention in mentions:
        key = (mention.type, _TOLD[mention.factuality])
        candidates = groups.setdefault(key, [])
        home = next((g for g in reversed(candidates[-20:]) if all(_fits(m, mention) for m in g[-5:])), None)
        if home is None:
            home = []
            candidates.append(home)
            ordered.append(home)
        home.append(mention)
    events, renamed = [], {}
    for group in ordered:
        event = _event(report_id, group)
        events.append(event)
        renamed.update({m.id: event.id for m in group})
    return [m.model_copy(update={"event": renamed[m.id]}) for m in mentions], events


def _fits(a: Mention, b: Mention) -> bool:
    if a.mode and b.mode and a.mode != b.mode:
        return False
    if (
        a.when
        and b.when
        and a.when.from_
        and b.when.from_
        and a.when.to
        and b.when.to
        and (a.when.to < b.when.from_ or b.when.to < a.when.from_)
    ):
        return False
    if (
        a.where
        and b.where
        and a.where.name
        and b.where.name
        and a.where.name != b.where.name
        and not (a.where.name in b.where.name or b.where.name in a.where.name)
    ):
        return False
    for field in ("killed", "injured", "detained"):
        x, y = getattr(a, field), getattr(b, field)
        if (
            x
            and y
            and x.low is not None
            and y.low is not None
            and x.low != y.low
            and (x.high is not None and y.high is not None)
        ):
            return False
    one, two = _who(a.actors), _who(b.actors)
    if one and two and not one & two:
        return False
    three, four = _who(a.recipients), _who(b.recipients)
    if three and four and not three & four and not (one & four or two & three):
        return False
    return bool((one | three) & (two | four))


def _who(participants: tuple[Participant, ...]) -> set[str]:
    return {p.entity or p.name or p.span.text.lower() for p in participants}


def _event(report_id: str, group: list[Mention]) -> Event:
    def first(field: str) -> object:
        return next((v for m in group if (v := getattr(m, field)) is not None), None)

    def ids(field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(p.entity for m in group for p in getattr(m, field) if p.entity))

    when = next((m.when for m in group if m.when and (m.when.from_ or m.when.to)), None)
    return Event(
        id=content_id("v", report_id, group[0].id),
        type=group[0].type,
        mode=next((m.mode for m in group if m.mode), None),
        mentions=tuple(m.id for m in group),
        actors=ids("actors"),
        recipients=ids("recipients"),
        from_=when.from_ if when else None,
        to=when.to if when else None,
        where=first("where"),
        factuality=min((m.factuality for m in group), key=_STATUS_RANK.index),
        killed=first("killed"),
        injured=first("injured"),
        detained=first("detained"),
        size=first("size"),
    )
