"""Who says what about one happening: accounts side by side.

An account is what one voice says in one report: the report's own voice, or a
chain of speakers. Nothing is averaged. Values that disagree are marked, and
copies are folded only for the count of sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from pydantic import ConfigDict, Field

from according.corroborate.model import COUNT_NAMES, CountName, CrossEvent, Fold, Range
from according.corroborate.words import find_stems, stem, weigh
from according.ids import content_id
from according.records import CodedReport, Factuality, Mention, Record, Span, Stance

_DONE = frozenset({"happened", "ongoing"})
_READINGS: Mapping[str, str] = {
    "happened": "done", "ongoing": "done", "planned": "to come", "wanted": "to come",
    "possible": "open", "negated": "denied",
}  # fmt: skip
_VAGUE = frozenset(map(stem, ("least", "about", "some", "more", "than", "people", "other", "others", "many")))


class Account(Record):
    """What one voice says about a happening in one report."""

    id: str
    report: str
    publisher: str | None = None
    published: date | None = None
    source: str = Field(description="Independent source after folding copies.")
    speakers: tuple[str, ...] = Field(
        default=(), description="Outermost first; empty is the report's own voice."
    )
    stance: Stance | None = Field(default=None, description="Stance of the innermost speaker.")
    mentions: tuple[str, ...]
    type: str
    mode: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    place: str | None = None
    country: str | None = None
    geonameid: int | None = None
    killed: Range | None = None
    injured: Range | None = None
    detained: Range | None = None
    size: Range | None = None
    factuality: Factuality
    words: tuple[Span, ...] = Field(description="The clauses, in the order of the report.")
    differs: tuple[str, ...] = Field(default=(), description="Columns where another account says otherwise.")

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @property
    def voice(self) -> str:
        """Innermost speaker, or the publisher (or report) whose own voice it is."""
        return self.speakers[-1] if self.speakers else self.publisher or self.report


class Figure(Record):
    """A count as one voice gave it at one time."""

    voice: str
    count: CountName
    published: date | None
    account: str
    low: int | None
    high: int | None


class Change(Record):
    """A voice that gave another figure later."""

    voice: str
    count: CountName
    before: Figure
    after: Figure


class Denial(Record):
    """An account that says it did not happen, with the accounts that say it did."""

    denial: str = Field(description="Id of the account that denies.")
    claims: tuple[str, ...] = Field(description="Ids of the accounts that claim.")


class AccountTable(Record):
    """All accounts of one event."""

    event: CrossEvent
    accounts: tuple[Account, ...] = Field(description="First published first.")
    disputed: tuple[str, ...] = Field(default=(), description="Columns on which accounts differ.")
    figures: tuple[Figure, ...] = Field(default=(), description="By voice and count, oldest first.")
    changes: tuple[Change, ...] = ()
    denials: tuple[Denial, ...] = ()
    sources: tuple[str, ...] = Field(default=(), description="Independent sources.")
    voices: tuple[str, ...] = Field(
        default=(), description="Everybody who speaks, the reports themselves included."
    )
    folds: tuple[Fold, ...] = Field(default=(), description="Copies among the reports of this event.")
    why: tuple[str, ...] = Field(default=(), description="How the sources were counted, a sentence each.")


def tell_accounts(
    event: CrossEvent,
    reports: Mapping[str, CodedReport],
    *,
    source_of: Callable[[str, int], str],
    folds: Iterable[Fold] = (),
) -> AccountTable:
    """Put the accounts of an event side by side.

    Args:
        event: An event across reports.
        reports: Coded reports by id; those of the event at least.
        source_of: Gives the independent source of a place in a report
            (`FoldIndex.source_of`, `EventIndex.source_of`).
        folds: Folds among the reports; others are passed over.

    Returns:
        The table. Mentions of one report with the same speakers, stances and
        reading (done, to come, denied, open) are one account.

    Raises:
        KeyError: A report of the event is not given.
    """
    members = set(event.mentions)
    groups: dict[tuple[object, ...], list[Mention]] = {}
    for report_id in event.reports:
        for mention in reports[report_id].mentions:
            if mention.id in members:
                chain = tuple((a.name or a.entity, a.stance) for a in mention.attribution)
                groups.setdefault((report_id, chain, _READINGS[mention.factuality]), []).append(mention)
    accounts = [_account(reports[str(key[0])], group, source_of) for key, group in groups.items()]
    accounts.sort(key=lambda a: (a.published or date.max, a.report, a.words[0].start, a.id))
    marked = _mark(accounts)
    figures = _figures(marked)
    inside = [f for f in folds if f.copy_ in event.reports]
    sources = tuple(dict.fromkeys(a.source for a in marked))
    return AccountTable(
        event=event,
        accounts=tuple(marked),
        disputed=tuple(name for name in _COLUMNS if any(name in a.differs for a in marked)),
        figures=tuple(figures),
        changes=tuple(_changes(figures)),
        denials=tuple(_denials(marked)),
        sources=sources,
        voices=tuple(dict.fromkeys(a.voice for a in marked)),
        folds=tuple(inside),
        why=tuple(_reasons(marked, inside, sources)),
    )


def _account(coded: CodedReport, group: list[Mention], source_of: Callable[[str, int], str]) -> Account:
    first, report = group[0], coded.report
    chain = first.attribution
    when = next((m.when for m in group if m.when and (m.when.from_ or m.when.to)), None)
    where = next((m.where for m in group if m.where and (m.where.name or m.where.country)), None)
    speakers = tuple(a.name or (a.span.text if a.span else None) or "somebody unnamed" for a in chain)
    names = {e.id: e.name for e in coded.entities}
    actors = [p for m in group for p in m.actors]
    recipients = [p for m in group for p in m.recipients]
    return Account(
        id=content_id("a", report.id, *(m.id for m in group)),
        report=report.id,
        publisher=report.publisher,
        published=report.published,
        source=source_of(report.id, first.trigger.start),
        speakers=speakers,
        stance=chain[-1].stance if chain else None,
        mentions=tuple(m.id for m in group),
        type=first.type,
        mode=next((m.mode for m in group if m.mode), None),
        actors=tuple(dict.fromkeys(names.get(p.entity or "", p.name or p.span.text) for p in actors)),
        recipients=tuple(dict.fromkeys(names.get(p.entity or "", p.name or p.span.text) for p in recipients)),
        from_=when.from_ if when else None,
        to=when.to if when else None,
        place=where.name if where else None,
        country=where.country if where else None,
        geonameid=where.geonameid if where else None,
        factuality=first.factuality,
        words=tuple(dict.fromkeys(m.clause for m in group)),
        **{name: _range(group, name) for name in COUNT_NAMES},
    )


def _range(group: list[Mention], name: CountName) -> Range | None:
    """The figures of one account: one that is given as a range stays one; several are spanned."""
    counts = [
        c for m in group if (c := getattr(m, name)) is not None and (c.low is not None or c.high is not None)
    ]
    if not counts:
        return None
    lows = [c.low for c in counts if c.low is not None]
    highs = [c.high for c in counts]
    return Range(low=min(lows, default=None), high=None if None in highs else max(highs))


# columns and how two cells of one disagree ------------------------------------


def _names_agree(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    if not one or not two:
        return True
    a, b = (
        {s for n in names for s in find_stems(n) if weigh(s) >= 1.0 and not s.isdigit() and s not in _VAGUE}
        for names in (one, two)
    )
    if a <= b or b <= a:
        return True
    return 2 * sum(map(weigh, a & b)) >= sum(map(weigh, a | b))


def _ranges_meet(one: Range | None, two: Range | None) -> bool:
    if one is None or two is None:
        return True
    low, high = max(one.low or 0, two.low or 0), min(_top(one), _top(two))
    return low <= high


def _top(figures: Range) -> float:
    return float("inf") if figures.high is None else figures.high


def _days_meet(a: Account, b: Account) -> bool:
    first = max(a.from_ or date.min, b.from_ or date.min)
    last = min(a.to or date.max, b.to or date.max)
    return first <= last


def _places_meet(a: Account, b: Account) -> bool:
    if a.country and b.country and a.country != b.country:
        return False
    if a.geonameid and b.geonameid:
        return a.geonameid == b.geonameid
    return True


def _same_or_none(one: str | None, two: str | None) -> bool:
    return one is None or two is None or one == two


_COLUMNS: Mapping[str, Callable[[Account, Account], bool]] = {
    "type": lambda a, b: a.type == b.type and _same_or_none(a.mode, b.mode),
    "actor": lambda a, b: _names_agree(a.actors, b.actors),
    "recipient": lambda a, b: _names_agree(a.recipients, b.recipients),
    "day": _days_meet,
    "place": _places_meet,
    "killed": lambda a, b: _ranges_meet(a.killed, b.killed),
    "injured": lambda a, b: _ranges_meet(a.injured, b.injured),
    "detained": lambda a, b: _ranges_meet(a.detained, b.detained),
    "size": lambda a, b: _ranges_meet(a.size, b.size),
    "factuality": lambda a, b: _READINGS[a.factuality] == _READINGS[b.factuality],
}


_VALUES: Mapping[str, Callable[[Account], object]] = {
    "type": lambda a: a.type,
    "actor": lambda a: a.actors,
    "recipient": lambda a: a.recipients,
    "day": lambda a: a.from_ or a.to,
    "place": lambda a: a.place or a.country,
    "killed": lambda a: a.killed,
    "injured": lambda a: a.injured,
    "detained": lambda a: a.detained,
    "size": lambda a: a.size,
    "factuality": lambda a: a.factuality,
}


def _mark(accounts: Sequence[Account]) -> list[Account]:
    """Mark cells that another account contradicts, except those that more accounts stand by."""
    marks: list[set[str]] = [set() for _ in accounts]
    for name, agree in _COLUMNS.items():
        given = [(i, a) for i, a in enumerate(accounts) if _VALUES[name](a)]
        support = {i: sum(agree(a, b) for _, b in given) for i, a in given}
        for i, a in given:
            against = [support[j] for j, b in given if not agree(a, b)]
            if against and support[i] <= max(against):
                marks[i].add(name)
    return [
        a.model_copy(update={"differs": tuple(n for n in _COLUMNS if n in found)})
        for a, found in zip(accounts, marks, strict=True)
    ]


def _figures(accounts: Sequence[Account]) -> list[Figure]:
    found = [
        Figure(voice=a.voice, count=name, published=a.published, account=a.id, low=given.low, high=given.high)
        for a in accounts
        for name in COUNT_NAMES
        if (given := getattr(a, name)) is not None
    ]
    return sorted(
        found, key=lambda f: (f.voice.casefold(), COUNT_NAMES.index(f.count), f.published or date.max)
    )


def _changes(figures: Sequence[Figure]) -> list[Change]:
    """Voices that gave another figure in a later report; two figures of one day are no change."""
    return [
        Change(voice=after.voice, count=after.count, before=before, after=after)
        for before, after in pairwise(figures)
        if (before.voice.casefold(), before.count) == (after.voice.casefold(), after.count)
        and (before.low, before.high) != (after.low, after.high)
        and before.published is not None
        and after.published is not None
        and before.published < after.published
    ]


def _denials(accounts: Sequence[Account]) -> list[Denial]:
    claims = tuple(a.id for a in accounts if a.factuality in _DONE and a.stance != "denies")
    if not claims:
        return []
    denied = [
        a for a in accounts if a.factuality == "negated" or (a.stance == "denies" and a.id not in claims)
    ]
    return [Denial(denial=a.id, claims=claims) for a in denied]


def _reasons(accounts: Sequence[Account], folds: Sequence[Fold], sources: tuple[str, ...]) -> list[str]:
    reports = list(dict.fromkeys(a.report for a in accounts))
    lines = [
        f"{len(sources)} independent source{'s' * (len(sources) != 1)} of {len(reports)}"
        f" report{'s' * (len(reports) != 1)}: {', '.join(sources)}."
    ]
    if not folds and len(reports) > 1:
        lines.append("None of them was found to repeat another's words or to credit an agency.")
    lines += [f"{f.copy_} follows {f.original or f.agency}: {f.why}." for f in folds]
    by_publisher: dict[str, set[str]] = {}
    for account in accounts:
        by_publisher.setdefault(account.source, set()).add(account.report)
    folded = {f.copy_ for f in folds if f.effect != "none"}
    lines += [
        f"{len(alike)} reports of {source} count once."
        for source, alike in by_publisher.items()
        if len(alike - folded) > 1
    ]
    return lines
