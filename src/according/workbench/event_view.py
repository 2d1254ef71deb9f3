"""The page of one event: its accounts side by side, each cell with the address of its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from according.corroborate import Account, AccountTable, Range
from according.fields import describe_voice
from according.records import CodedReport, Mention, Span
from according.workbench.reading import report_href

COUNTS = ("killed", "injured", "detained", "size")
COLUMNS = (
    ("type", "what"),
    ("actor", "actor"),
    ("recipient", "recipient"),
    ("day", "day"),
    ("place", "place"),
    ("killed", "killed"),
    ("injured", "injured"),
    ("detained", "detained"),
    ("size", "taking part"),
    ("factuality", "factuality"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one account gives for one column.

    Attributes:
        value: The value as text, or "" where the account is silent.
        href: Address of its words, or None.
        differs: True when another account contradicts it.
    """

    value: str
    href: str | None
    differs: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One account as the page shows it.

    Attributes:
        account: The account.
        voice: "PalInfo, quoting Nasrallah".
        title: Title of the report.
        words: Words of the clauses.
        href: Address of its first mention.
        copy_of: Publisher, title or agency of what the report repeats, or None.
        cells: By column.
    """

    account: Account
    voice: str
    title: str
    words: str
    href: str
    copy_of: str | None
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """What one voice gives for one count in one report."""

    voice: str
    published: date | None
    low: int | None
    high: int | None
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class EventView:
    """All that the page of an event shows.

    Attributes:
        table: The accounts.
        accounts: The same, ready to be shown.
        columns: Those that at least one account fills: name and label.
        figures: By count, in order of publication; counts nobody gives are left out.
    """

    table: AccountTable
    accounts: tuple[Shown, ...]
    columns: tuple[tuple[str, str], ...]
    figures: dict[str, tuple[ShownFigure, ...]]

    @property
    def voices(self) -> dict[str, str]:
        """Who tells each account, by its id."""
        return {shown.account.id: shown.voice for shown in self.accounts}


def view_event(table: AccountTable, reports: Mapping[str, CodedReport]) -> EventView:
    """Tie every cell of the accounts to its words.

    Args:
        table: The accounts of an event.
        reports: Its reports, and those they repeat as far as known, by id.
    """
    mentions = {m.id: m for coded in reports.values() for m in coded.mentions}
    copies = {f.copy_: _origin(f.original, f.agency, reports) for f in table.folds if f.effect != "none"}
    shown = tuple(
        _show(account, [mentions[m] for m in account.mentions], reports[account.report], copies)
        for account in table.accounts
    )
    figures: dict[str, tuple[ShownFigure, ...]] = {}
    for name in COUNTS:
        told = tuple(_figure(s, name) for s in shown if getattr(s.account, name) is not None)
        if told:
            figures[name] = told
    columns = tuple((n, label) for n, label in COLUMNS if any(s.cells[n].value for s in shown))
    return EventView(table, shown, columns, figures)


def describe_range(count: Range | None) -> str:
    """A range in words.

    Example:
        >>> describe_range(Range(low=3, high=None))
        'at least 3'
    """
    if count is None:
        return ""
    if count.low == count.high:
        return f"{count.low:,}"
    if count.low is None:
        return f"at most {count.high:,}"
    return f"at least {count.low:,}" if count.high is None else f"{count.low:,} to {count.high:,}"


def describe_days(first: date | None, last: date | None) -> str:
    """A stretch of days in words."""
    if first is None or last is None:
        return f"until {last}" if last else f"from {first}" if first else ""
    return str(first) if first == last else f"{first} to {last}"


def _origin(original: str | None, agency: str | None, reports: Mapping[str, CodedReport]) -> str | None:
    if original is None or original not in reports:
        return agency or original
    report = reports[original].report
    return report.publisher or report.title or original


def _show(
    account: Account, mentions: list[Mention], coded: CodedReport, copies: Mapping[str, str | None]
) -> Shown:
    report, first = coded.report, mentions[0]
    place = f"{account.place} [{account.country}]" if account.place and account.country else None
    values = {
        "type": f"{account.type}/{account.mode}" if account.mode else account.type,
        "actor": "; ".join(account.actors),
        "recipient": "; ".join(account.recipients),
        "day": describe_days(account.from_, account.to),
        "place": place or account.place or account.country or "",
        "factuality": account.factuality,
        **{name: describe_range(getattr(account, name)) for name in COUNTS},
    }
    cells = {}
    for name, _ in COLUMNS:
        found = next(((m.id, s) for m in mentions for s in _SPANS[name](m)), None) if values[name] else None
        href = report_href(report.id, mention=found[0], at=found[1]) if found else None
        cells[name] = Cell(values[name], href, name in account.differs)
    return Shown(
        account=account,
        voice=describe_voice(report.publisher, first.attribution),
        title=report.title or report.id,
        words=" … ".join(" ".join(s.text.split()) for s in account.words),
        href=report_href(report.id, mention=first.id),
        copy_of=copies.get(report.id),
        cells=cells,
    )


def _figure(shown: Shown, name: str) -> ShownFigure:
    given: Range = getattr(shown.account, name)
    cell = shown.cells[name]
    return ShownFigure(
        shown.voice, shown.account.published, given.low, given.high, cell.value, cell.href or shown.href
    )


def _one(part: object) -> Iterable[Span]:
    span: Span | None = getattr(part, "span", None)
    return () if span is None else (span,)


def _count_spans(name: str) -> Callable[[Mention], Iterable[Span]]:
    return lambda m: _one(getattr(m, name))


_SPANS: Mapping[str, Callable[[Mention], Iterable[Span]]] = {
    "type": lambda m: (m.trigger,),
    "actor": lambda m: [p.span for p in m.actors],
    "recipient": lambda m: [p.span for p in m.recipients],
    "day": lambda m: _one(m.when),
    "place": lambda m: _one(m.where),
    "factuality": lambda m: (m.trigger,),
    **{name: _count_spans(name) for name in COUNTS},
}
