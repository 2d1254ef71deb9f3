"""Accounts of one event side by side: what each teller says, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from according.corroborate import Fold
from according.fields import (
    describe_count,
    describe_participant,
    describe_voice,
    describe_when,
    describe_where,
    type_and_mode,
)
from according.records import CodedReport, Count, Mention, Span
from according.workbench.reading import report_href

COLUMNS = (
    ("what", "what"),
    ("actors", "actor"),
    ("recipients", "recipient"),
    ("when", "day"),
    ("where", "place"),
    ("killed", "killed"),
    ("injured", "injured"),
    ("detained", "detained"),
    ("size", "taking part"),
    ("factuality", "factuality"),
)
COUNTS = ("killed", "injured", "detained", "size")
_AFFIRMED = frozenset({"happened", "ongoing"})


@dataclass(frozen=True, slots=True)
class Cell:
    """What one account gives for one column.

    Attributes:
        value: The value as text, or "" where the account is silent.
        href: Address of its words, or None.
        differs: True when another account gives another value.
    """

    value: str
    href: str | None
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """One telling of the event.

    Attributes:
        mention: The mention.
        report: Id of the report.
        title: Title of the report.
        publisher: Outlet, or None.
        published: Day of publication, or None.
        voice: "PalInfo, quoting Nasrallah".
        stance: Stance of the innermost speaker, or "" in the report's own voice.
        words: Words of the clause.
        href: Address of the mention in its report.
        copy_of: Title or name of what the report repeats, or None.
        cells: By column.
    """

    mention: Mention
    report: str
    title: str
    publisher: str | None
    published: date | None
    voice: str
    stance: str
    words: str
    href: str
    copy_of: str | None
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one teller gives for one count."""

    name: str
    voice: str
    published: date | None
    low: int | None
    high: int | None
    text: str
    href: str


def tell_side_by_side(
    tellings: Sequence[tuple[CodedReport, Mention]], folds: Sequence[Fold] = ()
) -> tuple[Account, ...]:
    """Put the accounts of one event beside each other.

    A cell differs when some other account gives another value for the same
    column; silence is no difference.

    Args:
        tellings: Mentions of the event with their reports.
        folds: Copies among the reports.

    Returns:
        Accounts by day of publication; undated ones last.
    """
    titles = {c.report.id: c.report.publisher or c.report.title or c.report.id for c, _ in tellings}
    copies = {
        f.copy_: titles.get(f.original or "", f.original) or f.agency for f in folds if f.effect != "none"
    }
    ordered = sorted(
        tellings, key=lambda t: (t[0].report.published or date.max, t[0].report.id, t[1].trigger.start)
    )
    accounts = [_account(coded, mention, copies.get(coded.report.id)) for coded, mention in ordered]
    given = {name: {a.cells[name].value for a in accounts if a.cells[name].value} for name, _ in COLUMNS}
    return tuple(
        replace(
            account,
            cells={
                name: replace(cell, differs=bool(cell.value) and len(given[name]) > 1)
                for name, cell in account.cells.items()
            },
        )
        for account in accounts
    )


def shown_columns(accounts: Sequence[Account]) -> tuple[tuple[str, str], ...]:
    """The columns that at least one account fills."""
    return tuple((n, label) for n, label in COLUMNS if any(a.cells[n].value for a in accounts))


def list_figures(accounts: Sequence[Account]) -> dict[str, tuple[Figures, ...]]:
    """What each account gives for each count, in order of publication; counts nobody gives are left out."""
    found: dict[str, list[Figures]] = {}
    for account in accounts:
        for name in COUNTS:
            count: Count | None = getattr(account.mention, name)
            if count is not None and (count.low is not None or count.high is not None):
                href = report_href(account.report, mention=account.mention.id, at=count.span)
                figure = Figures(
                    name, account.voice, account.published, count.low, count.high, describe_count(count), href
                )
                found.setdefault(name, []).append(figure)
    return {name: tuple(found[name]) for name in COUNTS if name in found}


def is_disputed(mentions: Sequence[Mention]) -> bool:
    """Tell whether tellings of one event disagree on whether it happened or on its cost in lives.

    They do when one says that it happened and another denies it, and when the
    ranges for the killed or the injured have no number in common.

    Args:
        mentions: All tellings.
    """
    readings = {m.factuality for m in mentions}
    denied = "negated" in readings or any(link.stance == "denies" for m in mentions for link in m.attribution)
    if denied and readings & _AFFIRMED and len(mentions) > 1:
        return True
    for name in ("killed", "injured"):
        ranges = [(c.low, c.high) for m in mentions if (c := getattr(m, name)) is not None]
        lows = [low for low, _ in ranges if low is not None]
        highs = [high for _, high in ranges if high is not None]
        if lows and highs and max(lows) > min(highs):
            return True
    return False


def _account(coded: CodedReport, mention: Mention, copy_of: str | None) -> Account:
    report = coded.report

    def cell(value: str, span: Span | None) -> Cell:
        return Cell(value, report_href(report.id, mention=mention.id, at=span) if span else None)

    def people(side: str) -> Cell:
        parties = getattr(mention, side)
        return cell("; ".join(map(describe_participant, parties)), parties[0].span if parties else None)

    cells = {
        "what": cell(type_and_mode(mention), mention.trigger),
        "actors": people("actors"),
        "recipients": people("recipients"),
        "when": cell(describe_when(mention.when), mention.when.span) if mention.when else Cell("", None),
        "where": cell(describe_where(mention.where), mention.where.span) if mention.where else Cell("", None),
        "factuality": cell(mention.factuality, mention.trigger),
    }
    for name in COUNTS:
        count: Count | None = getattr(mention, name)
        cells[name] = cell(describe_count(count), count.span) if count else Cell("", None)
    return Account(
        mention=mention,
        report=report.id,
        title=report.title or report.id,
        publisher=report.publisher,
        published=report.published,
        voice=describe_voice(report.publisher, mention.attribution),
        stance=mention.attribution[-1].stance if mention.attribution else "",
        words=" ".join(mention.clause.text.split()),
        href=report_href(report.id, mention=mention.id),
        copy_of=copy_of,
        cells=cells,
    )
