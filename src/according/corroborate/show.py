"""Accounts, events and commitments for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from according.corroborate.accounts import Account, AccountTable
from according.corroborate.commitments import Commitment
from according.corroborate.model import COUNT_NAMES, CrossEvent, Range

if TYPE_CHECKING:
    from datetime import date

    from rich.console import RenderableType
    from rich.text import Text

MARK = "≠"
"""Stands behind a value that another account contradicts."""


def show_events(events: Iterable[CrossEvent]) -> Iterator[str]:
    """Give a line an event: id, day, type, place, who, how many reports and sources."""
    for event in events:
        who = " → ".join(filter(None, (", ".join(event.actors[:2]), ", ".join(event.recipients[:2]))))
        where = event.where.name or event.where.country if event.where else None
        kind = f"{event.type}/{event.mode}" if event.mode else event.type
        told = f"{len(event.reports)} reports, {len(event.sources)} sources"
        yield "  ".join(filter(None, (event.id, show_days(event.from_, event.to), kind, where, who, told)))


def show_accounts(table: AccountTable) -> RenderableType:
    """Lay out the accounts of an event one under the other, with what sets them apart.

    Args:
        table: The accounts.

    Returns:
        Something rich can print.
    """
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    event = table.event
    head = " · ".join(
        filter(
            None,
            (
                event.type,
                event.mode,
                show_days(event.from_, event.to),
                event.where.name if event.where else None,
            ),
        )
    )
    lines: list[RenderableType] = [Text(f"{event.id}  {head}", style="bold"), Text("")]
    for number, account in enumerate(table.accounts, 1):
        lines.append(_account_head(number, account))
        lines += [Padding(line, (0, 0, 0, 4), expand=False) for line in _account_body(account)]
    lines.append(Text(""))
    lines += [Padding(line, (0, 0, 0, 0), expand=False) for line in _notes(table)]
    return Group(*lines)


def _account_head(number: int, account: Account) -> Text:
    from rich.text import Text

    outlet = account.publisher or account.report
    chain = " › ".join((outlet, *account.speakers))
    stance = f" ({account.stance})" if account.stance else ""
    day = f", {account.published}" if account.published else ""
    return Text.assemble((f"{number:>2}. {chain}{stance}", "cyan"), day)


def _account_body(account: Account) -> Iterator[Text]:
    from rich.text import Text

    def cell(column: str, value: str) -> str:
        return f"{value} {MARK}" if column in account.differs else value

    kind = cell("type", f"{account.type}/{account.mode}" if account.mode else account.type)
    actors = cell("actor", ", ".join(account.actors) or "nobody named")
    facts = [f"{kind}: {actors}"]
    if account.recipients:
        facts[0] += f" → {cell('recipient', ', '.join(account.recipients))}"
    facts.append(cell("factuality", account.factuality))
    if account.from_ or account.to:
        facts.append(cell("day", show_days(account.from_, account.to) or ""))
    if account.place or account.country:
        facts.append(cell("place", account.place or account.country or ""))
    facts += [
        cell(name, f"{name} {show_range(given)}")
        for name in COUNT_NAMES
        if (given := getattr(account, name)) is not None
    ]
    yield Text(" · ".join(facts))
    for words in account.words:
        yield Text(f"“{' '.join(words.text.split())}”", style="italic dim")


def _notes(table: AccountTable) -> Iterator[Text]:
    from rich.text import Text

    by_id = {a.id: n for n, a in enumerate(table.accounts, 1)}
    if table.disputed:
        yield Text(f"Accounts differ on: {', '.join(table.disputed)} ({MARK} where another says otherwise).")
    for denial in table.denials:
        claims = ", ".join(str(by_id[c]) for c in denial.claims)
        yield Text(f"Account {by_id[denial.denial]} denies what is claimed in {claims}.")
    for name in COUNT_NAMES:
        given = [f"{f.voice} {show_range(f)}" for f in table.figures if f.count == name]
        if given:
            yield Text(f"{name.capitalize()}: {'; '.join(given)}.")
    for change in table.changes:
        yield Text(
            f"{change.voice} changed its figure of {change.count}: {show_range(change.before)}"
            f" on {change.before.published}, {show_range(change.after)} on {change.after.published}."
        )
    for line in table.why:
        yield Text(line)


def show_commitments(commitments: Sequence[Commitment]) -> RenderableType:
    """Lay out commitments by day due, each with its answers."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    lines: list[RenderableType] = []
    for c in commitments:
        who = ", ".join(c.actors) or "nobody named"
        whom = f" → {', '.join(c.recipients)}" if c.recipients else ""
        kind = f"{c.type}/{c.mode}" if c.mode else c.type
        lines.append(Text.assemble((f"{c.due}  {c.outcome}", "bold"), f"  {kind}: {who}{whom}  ({c.id})"))
        said = " › ".join(filter(None, (c.publisher or c.report, c.speaker)))
        words = Text(f"{said}, {c.published}: “{' '.join(c.words.text.split())}”", style="dim")
        lines.append(Padding(words, (0, 0, 0, 4), expand=False))
        for a in c.answers:
            told = " › ".join(filter(None, (a.publisher or a.report, a.speaker)))
            day = f", {a.published}" if a.published else ""
            answer = f"{a.reading}: {told}{day}: “{' '.join(a.words.text.split())}”"
            lines.append(Padding(Text(answer), (0, 0, 0, 4), expand=False))
    return Group(*lines)


def show_range(figures: Range | object) -> str:
    """A range in words.

    Example:
        >>> show_range(Range(low=66)), show_range(Range(low=12, high=15))
        ('at least 66', '12 to 15')
    """
    low, high = getattr(figures, "low", None), getattr(figures, "high", None)
    if low == high:
        return "not given" if low is None else f"{low:,}"
    if low is None:
        return f"at most {high:,}"
    return f"at least {low:,}" if high is None else f"{low:,} to {high:,}"


def show_days(first: date | None, last: date | None) -> str | None:
    """An interval of days, or None."""
    if first is None and last is None:
        return None
    if first == last:
        return str(first)
    if first is None:
        return f"until {last}"
    return f"from {first}" if last is None else f"{first} to {last}"
