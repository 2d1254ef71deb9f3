"""`according accounts`: who says what about one happening."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from according.cli.forms import Form
from according.cli.store_option import InsteadOfFiles

if TYPE_CHECKING:
    from according.corroborate import AccountTable, CrossEvent, EventIndex


def accounts(
    event: Annotated[
        str,
        typer.Argument(help="Id of an event across reports or of a mention in it; `all` lists the events."),
    ],
    coded: Annotated[
        list[Path] | None,
        typer.Argument(help="Files that `according code` wrote (.jsonl), or folders of them."),
    ] = None,
    store: InsteadOfFiles = None,
    form: Annotated[Form, typer.Option("--format", help="Text to read, JSON or CSV.")] = Form.TEXT,
    least: Annotated[
        int, typer.Option("--reports", min=1, help="With `all`: least reports of an event.")
    ] = 2,
) -> None:
    """Put the accounts of a happening side by side: who says what, and where they differ.

    Example: according accounts all coded.jsonl
    """
    from according.cli.records_in import is_of_store, read_coded_by_id
    from according.cli.streams import tell
    from according.corroborate import EventIndex, tell_accounts

    if is_of_store(coded, store):
        from according.store import Filter, open_store

        with open_store(store) as opened:
            if event == "all":
                _list(form, (row.event for row in opened.iter_events(Filter(min_reports=least))))
            else:
                _show(form, opened.get_accounts(event))
        return
    reports = read_coded_by_id(coded or ())
    index = EventIndex()
    index.join(reports.values())
    if index.full_blocks:
        tell(f"{index.full_blocks:,} groups of look-alike mentions were too large to be compared in full")
    if event == "all":
        _list(form, (e for e in index.events() if len(e.reports) >= least))
    else:
        told = find_event(index, event)
        _show(form, tell_accounts(told, reports, source_of=index.source_of, folds=index.folds()))


def _list(form: Form, events: Iterable[CrossEvent]) -> None:
    from according.cli.streams import tell
    from according.corroborate.show import show_events
    from according.export.accounts import write_event_rows
    from according.write.atomic import open_whole

    if form is Form.TEXT:
        lines = list(show_events(events))
        for line in lines:
            typer.echo(line)
        tell(f"{len(lines):,} events; `according accounts ID` tells who says what of one")
    elif form is Form.CSV:
        with open_whole(Path("-")) as stream:
            write_event_rows(events, stream)
    else:
        for one in events:
            typer.echo(one.model_dump_json(by_alias=True))


def _show(form: Form, table: AccountTable) -> None:
    from according.corroborate.show import show_accounts
    from according.export.accounts import write_account_rows
    from according.write.atomic import open_whole

    if form is Form.TEXT:
        from rich.console import Console

        Console().print(show_accounts(table))
    elif form is Form.CSV:
        with open_whole(Path("-")) as stream:
            write_account_rows([table], stream)
    else:
        typer.echo(table.model_dump_json(by_alias=True))


def find_event(index: EventIndex, name: str) -> CrossEvent:
    """Find an event by its id or that of a mention in it.

    Raises:
        ConfigError: Nothing has the id.
    """
    from according.errors import ConfigError

    for event in index.events():
        if name == event.id or name in event.mentions:
            return event
    raise ConfigError(
        f"no event or mention has the id {name!r}.", hint="`according accounts all` lists the events."
    )
