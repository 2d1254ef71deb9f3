"""Put a coding and people's decisions together."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from according.records import CodedReport, Event, Mention, Source, Statement

_OUTRANKING = frozenset({"adjudicator", "admin"})


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that was not taken back, as far as it bears on the record."""

    pk: int
    user: str
    role: str
    coding: int
    mention: str
    kind: str
    field: str | None = None
    after: Any = None
    batch: str | None = None


@dataclass(frozen=True, slots=True)
class EffectiveReport:
    """A report as coding and decisions together have it.

    Attributes:
        coded: The report; what was rejected is out, what was edited is changed.
        decided: By mention id: accept, reject, edit, skip or flag, whichever counts.
        users: By mention id: whose decision counts.
        carried: Mentions that the current coding no longer has and a decision keeps.
        rejected: Mentions of the current coding that a decision takes out.
        coding: Number of the current coding.
        seen: By mention id: number of the last decision on it, whatever its kind.
    """

    coded: CodedReport
    decided: dict[str, str]
    users: dict[str, str]
    carried: tuple[str, ...]
    rejected: tuple[Mention, ...]
    coding: int = 0
    seen: dict[str, int] = field(default_factory=dict)


def make_effective(
    coded: CodedReport, decisions: Iterable[Decision], codings: Mapping[int, CodedReport]
) -> EffectiveReport:
    """Put a coding and the decisions on its report together.

    Args:
        coded: The current coding.
        decisions: Live ones, earliest first.
        codings: The codings that were judged, by number.

    Returns:
        The report. A mention that was accepted or edited stands as it was then,
        whatever the current coding makes of the same words.
    """
    by_mention: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        by_mention[decision.mention].append(decision)
    mentions = {m.id: m for m in coded.mentions}
    decided: dict[str, str] = {}
    users: dict[str, str] = {}
    carried: list[str] = []
    rejected: list[Mention] = []
    for mention_id, made in by_mention.items():
        verdict = _rank(made)
        decided[mention_id], users[mention_id] = verdict.kind, verdict.user
        if verdict.kind in {"skip", "flag"}:
            continue
        found = _first_with([verdict, *reversed(made)], codings, mention_id)
        base = found[1] if found else mentions.get(mention_id)
        if base is None:
            continue
        same = [m for m in mentions.values() if m.id == mention_id or _is_same(m, base)]
        if verdict.kind == "reject":
            rejected += same
        else:
            if found:
                judged = {m.id for m in found[0].mentions} | set(by_mention)
                same += _giving_way(mentions.values(), same, base, judged)
            if mention_id not in mentions:
                carried.append(mention_id)
        for mention in same:
            del mentions[mention.id]
        if verdict.kind != "reject":
            kept = _with_edits(base, made)
            mentions[mention_id] = _with_entities(kept, found[0], coded) if found else kept
    ordered = tuple(sorted(mentions.values(), key=lambda m: (m.trigger.start, m.id)))
    parts = {
        "mentions": ordered,
        "events": _events(coded, ordered),
        "statements": _statements(coded, ordered),
    }
    whole = coded.model_copy(update=parts)
    return EffectiveReport(whole, decided, users, tuple(carried), tuple(rejected))


def _rank(made: list[Decision]) -> Decision:
    """Put decisions on one mention in the order in which they count, and give the one that counts."""
    made.sort(key=lambda d: (d.role in _OUTRANKING, d.pk))
    return next((d for d in reversed(made) if d.kind in {"accept", "reject", "edit"}), made[-1])


def _giving_way(
    mentions: Iterable[Mention], same: list[Mention], base: Mention, judged: set[str]
) -> list[Mention]:
    """Find what a later coding makes of the same words, also where it is another type."""
    others = (m for m in mentions if m.id not in judged and m not in same)
    return [m for m in others if m.trigger.overlaps(base.trigger)]


def _find(coded: CodedReport, mention_id: str) -> Mention | None:
    return next((m for m in coded.mentions if m.id == mention_id), None)


def _first_with(
    made: Iterable[Decision], codings: Mapping[int, CodedReport], mention_id: str
) -> tuple[CodedReport, Mention] | None:
    """Find the mention in the first of the judged codings that has it.

    A mention that a decision carries on is not in the current coding, though
    later decisions on it were made on top of that one.
    """
    for decision in made:
        coded = codings.get(decision.coding)
        mention = None if coded is None else _find(coded, mention_id)
        if coded is not None and mention is not None:
            return coded, mention
    return None


def _statements(coded: CodedReport, mentions: tuple[Mention, ...]) -> tuple[Statement, ...]:
    """Add a statement for every speaker that a decision names and the coding has not."""
    known = {s.id for s in coded.statements}
    new: dict[str, Statement] = {}
    for mention in mentions:
        for link in mention.attribution:
            if link.statement in known or link.statement in new:
                continue
            source = Source(span=link.span, name=link.name, entity=link.entity) if link.span else None
            new[link.statement] = Statement(
                id=link.statement,
                source=source,
                cue=link.cue,
                content=(mention.clause,),
                manner="indirect",
                stance=link.stance,
            )
    return (*coded.statements, *new.values())


def _is_same(one: Mention, other: Mention) -> bool:
    """Tell whether two codings read the same act out of the same words."""
    return one.type == other.type and one.trigger.overlaps(other.trigger)


def _with_edits(mention: Mention, made: list[Decision]) -> Mention:
    record = mention.model_dump(mode="json", by_alias=True)
    for decision in made:
        if decision.kind == "edit" and decision.field is not None:
            record[decision.field] = decision.after
    return Mention.model_validate_json(json.dumps(record))


def _with_entities(mention: Mention, old: CodedReport, new: CodedReport) -> Mention:
    """Let a mention of an older coding point at the entities of the current one, found by name and kind."""
    if old is new or old.entities == new.entities:
        return mention
    names = {(e.name, e.kind): e.id for e in new.entities}
    ids = {e.id: names.get((e.name, e.kind)) for e in old.entities}
    record = mention.model_dump(mode="json", by_alias=True)
    for part in (*record["actors"], *record["recipients"], *record["attribution"]):
        part["entity"] = ids.get(part["entity"])
    return Mention.model_validate_json(json.dumps(record))


def _events(coded: CodedReport, mentions: tuple[Mention, ...]) -> tuple[Event, ...]:
    """Keep the report's own events in step with its mentions."""
    members: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        members[mention.event].append(mention)
    known = {e.id: e for e in coded.events}
    events = []
    for event_id, inside in members.items():
        ids = tuple(m.id for m in inside)
        first = inside[0]
        if event_id in known:
            events.append(known[event_id].model_copy(update={"mentions": ids}))
            continue
        events.append(
            Event(
                id=event_id,
                type=first.type,
                mode=first.mode,
                mentions=ids,
                actors=tuple(p.entity for p in first.actors if p.entity),
                recipients=tuple(p.entity for p in first.recipients if p.entity),
                from_=first.when.from_ if first.when else None,
                to=first.when.to if first.when else None,
                where=first.where,
                factuality=first.factuality,
                killed=first.killed,
                injured=first.injured,
                detained=first.detained,
                size=first.size,
            )
        )
    return tuple(events)
