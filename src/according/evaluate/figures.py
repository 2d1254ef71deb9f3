"""Score coded reports against annotated ones.

All figures are micro-averages over the annotated reports. An event is found
if a mention of its type, or of a type accepted for it, shares words of its
trigger; one mention for one event. Fields are judged over the events found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from according.errors import GoldError
from according.evaluate.coreference import Score
from according.evaluate.gold import COUNTS, GoldEvent, GoldReport, Named
from according.evaluate.matching import (
    count_same,
    pair_up,
    same_chain,
    same_innermost,
    same_party,
    telling_words,
    weigh_content,
    weigh_event,
    weigh_trigger,
    words_within,
)

ROLES = ("actors", "recipients")
_TALLIED = ("events", "events, any type", "whole", *ROLES, "counts", "statements", "statement words")


@dataclass(frozen=True, slots=True)
class Found:
    """How much of what was there was found.

    Attributes:
        hit: Found and right.
        gold: In the annotated reports.
        pred: In the coded reports.
    """

    hit: int
    gold: int
    pred: int

    @property
    def score(self) -> Score:
        """Precision and recall; 0 where there is nothing to divide by."""
        return Score(self.hit / self.pred if self.pred else 0.0, self.hit / self.gold if self.gold else 0.0)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some values are right."""

    right: int
    of: int

    @property
    def accuracy(self) -> float | None:
        """From 0 to 1; None where there were none."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Wrong:
    """An event that was missed, or a mention that no annotated event stands for."""

    report: str
    type: str
    trigger: str
    words: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What an evaluation found.

    Attributes:
        reports: Number of annotated reports.
        found: Precision and recall by name: events, actors, statements, ...
        shares: Accuracy by name: country, mode, status, ...
        by_type: Events found, annotated and predicted, by annotated type.
        missed: Events without a mention.
        false: Mentions without an event.
        not_coded: Annotated reports that were not coded; all in them counts as missed.
        bad_offsets: Triggers whose words do not stand at their offsets.
    """

    reports: int
    found: dict[str, Found]
    shares: dict[str, Share]
    by_type: dict[str, Found]
    missed: tuple[Wrong, ...]
    false: tuple[Wrong, ...]
    not_coded: tuple[str, ...]
    bad_offsets: int


@dataclass(slots=True)
class _Tally:
    hit: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    pred: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    type_hit: Counter[str] = field(default_factory=Counter)
    type_gold: Counter[str] = field(default_factory=Counter)
    type_pred: Counter[str] = field(default_factory=Counter)
    missed: list[Wrong] = field(default_factory=list)
    false: list[Wrong] = field(default_factory=list)
    bad_offsets: int = 0

    def add(self, name: str, hit: int, gold: int, pred: int) -> None:
        self.hit[name] += hit
        self.gold[name] += gold
        self.pred[name] += pred

    def judge(self, name: str, right: bool) -> None:
        self.right[name] += right
        self.of[name] += 1


_SHARES = (
    "name",
    "country",
    "mode",
    "status",
    "attribution chain",
    "innermost source",
    "stance",
    "when",
    "where",
    "statement source",
)


def score_reports(gold: Iterable[GoldReport], found: Mapping[str, GoldReport]) -> Figures:
    """Score coded reports.

    Args:
        gold: Annotated reports.
        found: Coded reports by id, written with `gold_of`. Those that were not annotated are not looked at.

    Raises:
        GoldError: The text of a coded report is not that of the annotated one.
    """
    tally = _Tally()
    missing: list[str] = []
    reports = 0
    for report in gold:
        reports += 1
        other = found.get(report.id)
        if other is None:
            missing.append(report.id)
            other = GoldReport(id=report.id, text=report.text)
        if other.text != report.text:
            raise GoldError(
                report.id, "the coded text differs from the annotated one; offsets cannot be compared."
            )
        _score_events(tally, report, other)
        _score_statements(tally, report, other)
    types = sorted(tally.type_gold | tally.type_pred)
    return Figures(
        reports=reports,
        found={n: Found(tally.hit[n], tally.gold[n], tally.pred[n]) for n in _TALLIED},
        shares={n: Share(tally.right[n], tally.of[n]) for n in _SHARES},
        by_type={t: Found(tally.type_hit[t], tally.type_gold[t], tally.type_pred[t]) for t in types},
        missed=tuple(tally.missed),
        false=tuple(tally.false),
        not_coded=tuple(sorted(missing)),
        bad_offsets=tally.bad_offsets,
    )


def _score_events(tally: _Tally, gold: GoldReport, found: GoldReport) -> None:
    theirs, ours = gold.events, found.events
    for event in ours:
        tally.bad_offsets += gold.text[event.trigger.start : event.trigger.end] != event.trigger.text
    tally.type_gold.update(e.type for e in theirs)
    tally.type_pred.update(e.type for e in ours)
    pairs = pair_up(theirs, ours, weigh_event)
    tally.add("events", len(pairs), len(theirs), len(ours))
    tally.add("events, any type", len(pair_up(theirs, ours, weigh_trigger)), len(theirs), len(ours))
    whole = 0
    for i, j in pairs:
        tally.type_hit[theirs[i].type] += 1
        whole += _score_fields(tally, theirs[i], ours[j])
    tally.add("whole", whole, len(theirs), len(ours))
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
    tally.missed += [_wrong(gold, e) for i, e in enumerate(theirs) if i not in hit]
    tally.false += [_wrong(gold, e) for j, e in enumerate(ours) if j not in used]


def _wrong(report: GoldReport, event: GoldEvent) -> Wrong:
    words = report.text[event.evidence.start : event.evidence.end]
    return Wrong(report.id, event.type, event.trigger.text, " ".join(words.split()))


def _score_fields(tally: _Tally, gold: GoldEvent, ours: GoldEvent) -> bool:
    """Judge the fields of an event that was found; tell whether those of `whole` are all right."""
    right = [_score_parties(tally, role, getattr(gold, role), getattr(ours, role)) for role in ROLES]
    chain = same_chain(gold.attribution, ours.attribution)
    inner = same_innermost(gold.attribution, ours.attribution)
    tally.judge("status", gold.status == ours.status)
    tally.judge("attribution chain", chain)
    tally.judge("innermost source", inner)
    if gold.attribution and inner:
        tally.judge("stance", gold.attribution[-1].stance == ours.attribution[-1].stance)
    if gold.when and gold.when.from_:
        same = ours.when is not None and (ours.when.from_, ours.when.to) == (gold.when.from_, gold.when.to)
        tally.judge("when", same)
    if gold.where:
        tally.judge("where", ours.where is not None and same_party(gold.where, ours.where))
    if gold.mode and gold.type == ours.type:
        tally.judge("mode", gold.mode == ours.mode)
    for name in COUNTS:
        a, b = getattr(gold, name), getattr(ours, name)
        same = a is not None and b is not None and (a.low, a.high) == (b.low, b.high)
        tally.add("counts", int(same), int(a is not None), int(b is not None))
    return all(right) and gold.status == ours.status and chain


def _score_parties(tally: _Tally, role: str, gold: tuple[Named, ...], ours: tuple[Named, ...]) -> bool:
    hits = count_same(gold, ours)
    tally.add(role, hits, len(gold), len(ours))
    for party in gold:
        same = [p for p in ours if same_party(party, p)]
        if not same:
            continue
        told = telling_words(party.name)
        best = max(same, key=lambda p: len(told & telling_words(p.name)))
        if party.country:
            tally.judge("country", party.country == (best.country or ""))
        if party.name:
            tally.judge("name", told == telling_words(best.name))
    return hits == len(gold) == len(ours)


def _score_statements(tally: _Tally, gold: GoldReport, found: GoldReport) -> None:
    theirs = [words_within(gold.text, s.content) for s in gold.statements]
    ours = [words_within(gold.text, s.content) for s in found.statements]
    pairs = pair_up(theirs, ours, weigh_content)
    tally.add("statements", len(pairs), len(theirs), len(ours))
    for i, j in pairs:
        a, b = gold.statements[i].source, found.statements[j].source
        tally.judge("statement source", same_party(a, b) if a and b else not a and not b)
    every, mine = frozenset[int]().union(*theirs), frozenset[int]().union(*ours)
    tally.add("statement words", len(every & mine), len(every), len(mine))
