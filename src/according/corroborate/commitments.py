"""What was promised or planned for a day, and what later reports say became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from according.corroborate.likeness import (
    FAMILIES,
    NEIGHBOURS,
    Weighed,
    find_evidence,
    sum_evidence,
    to_score,
)
from according.corroborate.model import Telling
from according.corroborate.tellings import read_tellings
from according.corroborate.words import weigh
from according.ids import content_id
from according.records import CodedReport, Mention, Record, Span

Reading = Literal["done", "done late", "done, day not told", "not done", "called off"]
Outcome = Literal["kept", "kept late", "broken", "disputed", "done, day not told", "no word", "open"]

_TIME = frozenset(
    {"day", "day_near", "day_apart", "published_near", "published_apart", "told_differs", "own_event_differs"}
)
ANSWERING = frozenset({"happened", "ongoing", "negated"})
_FITS = 0.5
_SAME_PLACE_AND_PARTIES = 2.5
"""What a later mention gains for not having to tell of the same day."""
_KEY_WEIGHT = 2.0
_MAX_BEHIND_KEY = 400


class Answer(Record):
    """A later mention that tells what became of a commitment."""

    mention: str
    report: str
    publisher: str | None = None
    published: date | None = None
    speaker: str | None = Field(
        default=None, description="Innermost speaker; null is the report's own voice."
    )
    from_day: date | None = None
    to_day: date | None = None
    reading: Reading
    words: Span
    score: float = Field(ge=0, le=1, description="How well it fits the commitment, the day aside.")


class Commitment(Record):
    """Something announced for a day to come, and the answers of later reports."""

    id: str
    mention: str
    report: str
    publisher: str | None = None
    published: date
    speaker: str | None = Field(
        default=None, description="Innermost speaker; null is the report's own voice."
    )
    type: str
    mode: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    due_from: date | None = None
    due: date = Field(description="Last day by which it is to be done.")
    words: Span
    outcome: Outcome = Field(
        description="`no word`: reports were published after the day and none tells; `open`: none was."
    )
    answers: tuple[Answer, ...] = Field(default=(), description="First published first.")


def find_commitments(reports: Iterable[CodedReport]) -> tuple[Commitment, ...]:
    """Find what was announced for a day, and whether later reports say it was done.

    A commitment is a mention with factuality `planned` whose last day lies on
    or after the day of publication. An answer is a mention of a later report
    (or a later day) of the same or a neighbouring type that fits it by parties,
    place and words, told as done or as not done.

    Args:
        reports: Coded reports, in any order. Those without a publication day
            give no commitments.

    Returns:
        Commitments by day due, then by id.
    """
    mentions: dict[str, Mention] = {}
    tellings: list[Telling] = []
    for coded in reports:
        mentions.update((m.id, m) for m in coded.mentions)
        tellings += read_tellings(coded)
    return match_commitments(tellings, lambda ids: mentions)


def match_commitments(
    tellings: Iterable[Telling],
    read_mentions: Callable[[Collection[str]], Mapping[str, Mention]],
    *,
    last: date | None = None,
) -> tuple[Commitment, ...]:
    """Find commitments and answers among tellings; whole mentions are read for what was found alone.

    Args:
        tellings: Tellings of any reports, in any order.
        read_mentions: Gives the mentions of these ids (others may be among them).
        last: Day of the latest report, where the tellings are not those of all reports.

    Returns:
        Commitments by day due, then by id.
    """
    tellings = sorted({t.id: t for t in tellings}.values(), key=lambda t: t.order)
    last = last or max((t.published for t in tellings if t.published), default=None)
    promised = [t for t in tellings if is_commitment(t)]
    asked = {key for t in promised for key in _keys(t)}
    index: dict[tuple[str, str], list[Weighed]] = defaultdict(list)
    for telling in tellings:
        if telling.factuality in ANSWERING and (keys := _keys(telling) & asked):
            weighed = Weighed.of(telling)
            for key in keys:
                index[key].append(weighed)
    found = [(t, _find_answers(t, index)) for t in promised]
    mentions = read_mentions({t.id for t in promised} | {a.id for _, several in found for a, _, _ in several})
    made = [_commitment(t, answers, mentions, last) for t, answers in found]
    return tuple(sorted(made, key=lambda c: (c.due, c.id)))


def sum_up(commitment: Commitment, answers: Iterable[Answer], last: date | None) -> Commitment:
    """Give a commitment other answers, and what follows from them.

    Args:
        commitment: What was announced.
        answers: What tells of it, in any order.
        last: Day of the latest report.
    """
    ordered = sorted(answers, key=lambda a: (a.published or date.max, a.report, a.words.start))
    outcome = _outcome(ordered, commitment.due, last)
    return commitment.model_copy(update={"answers": tuple(ordered), "outcome": outcome})


def is_commitment(telling: Telling) -> bool:
    """Tell whether a telling announces something for a day to come."""
    return (
        telling.factuality == "planned"
        and telling.published is not None
        and telling.day_to is not None
        and telling.day_to >= telling.published
    )


def _keys(telling: Telling) -> set[tuple[str, str]]:
    family = FAMILIES.get(telling.type, telling.type)
    words = {w for p in telling.actors + telling.recipients for w in p.words if weigh(w) >= _KEY_WEIGHT}
    if telling.place:
        words.add(f"place:{telling.place.casefold()}")
    return {(family, w) for w in words}


def _find_answers(
    telling: Telling, index: Mapping[tuple[str, str], list[Weighed]]
) -> list[tuple[Telling, Reading, float]]:
    published, due = telling.published, telling.day_to
    assert published is not None and due is not None  # noqa: S101 - is_commitment has looked
    one = Weighed.of(telling)
    near = {w.telling.id: w for key in _keys(telling) for w in index.get(key, ())[-_MAX_BEHIND_KEY:]}
    found = []
    for other in sorted(near.values(), key=lambda w: w.telling.order):
        reading = _read(other.telling, published, due)
        score = _fit(one, other) if reading is not None else 0.0
        if reading is not None and score >= _FITS:
            found.append((other.telling, reading, score))
    return found


def _commitment(
    telling: Telling,
    told: list[tuple[Telling, Reading, float]],
    mentions: Mapping[str, Mention],
    last: date | None,
) -> Commitment:
    published, due = telling.published, telling.day_to
    assert published is not None and due is not None  # noqa: S101 - is_commitment has looked
    mention = mentions[telling.id]
    answers = [_answer(other, mentions[other.id], reading, score) for other, reading, score in told]
    return Commitment(
        id=content_id("c", telling.report, telling.id),
        mention=telling.id,
        report=telling.report,
        publisher=telling.publisher,
        published=published,
        speaker=_speaker(mention),
        type=telling.type,
        mode=telling.mode,
        actors=tuple(p.name for p in telling.actors),
        recipients=tuple(p.name for p in telling.recipients),
        place=telling.place,
        due_from=telling.day_from,
        due=due,
        words=mention.clause,
        outcome=_outcome(answers, due, last),
        answers=tuple(answers),
    )


def _fit(one: Weighed, two: Weighed) -> float:
    """How well a mention fits a commitment, whatever its day: 0 for another act or other parties."""
    a, b = one.telling, two.telling
    if a.type != b.type and frozenset((a.type, b.type)) not in NEIGHBOURS:
        return 0.0
    evidence = find_evidence(one, two)
    if not any(evidence.get(n) for n in ("actors", "recipients", "parties", "place")):
        return 0.0
    if not any(evidence.get(n) for n in ("stem", "act", "mode")) or evidence.get("mode_differs"):
        return 0.0
    kept = {name: value for name, value in evidence.items() if name not in _TIME}
    return round(to_score(sum_evidence(kept) + _SAME_PLACE_AND_PARTIES), 3)


def _read(telling: Telling, published: date, due: date) -> Reading | None:
    """What a fitting mention says became of it; None where it speaks of an earlier time."""
    first, last = telling.day_from, telling.day_to
    told = telling.published
    later = told is not None and told > published
    if last is not None and last < published:
        return None
    if not later and (first is None or first <= published):
        return None
    if telling.factuality == "negated":
        return "not done" if told is not None and told > due else "called off"
    if first is not None and first > due:
        return "done late"
    if last is not None and last <= due:
        return "done"
    if told is not None and told <= due:
        return "done"
    return "done, day not told"


def _outcome(answers: list[Answer], due: date, last: date | None) -> Outcome:
    readings = {a.reading for a in answers}
    not_done = readings & {"not done", "called off"}
    done = readings - not_done
    if done and not_done:
        return "disputed"
    if not_done:
        return "broken"
    if "done" in done:
        return "kept"
    if "done late" in done:
        return "kept late"
    if done:
        return "done, day not told"
    return "no word" if last is not None and last > due else "open"


def _answer(telling: Telling, mention: Mention, reading: Reading, score: float) -> Answer:
    return Answer(
        mention=telling.id,
        report=telling.report,
        publisher=telling.publisher,
        published=telling.published,
        speaker=_speaker(mention),
        from_day=telling.day_from,
        to_day=telling.day_to,
        reading=reading,
        words=mention.clause,
        score=score,
    )


def _speaker(mention: Mention) -> str | None:
    if not mention.attribution:
        return None
    link = mention.attribution[-1]
    return link.name or (link.span.text if link.span else "somebody unnamed")
