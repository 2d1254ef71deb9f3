"""`according accounts`: who says what about one happening."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from according.cli.forms import Form

if TYPE_CHECKING:
    from according.corroborate import CrossEvent, EventIndex


def accounts(
    event: Annotated[
        str,
        typer.Argument(help="Id of an event across reports or of a mention in it; `all` lists the events."),
    ],
    coded: Annotated[
        list[Path], typer.Argument(help="Files that `according code` wrote (.jsonl), or folders of them.")
    ],
    form: Annotated[Form, typer.Option("--format", help="Text to read, JSON or CSV.")] = Form.TEXT,
    least: Annotated[
        int, typer.Option("--reports", min=1, help="With `all`: least reports of an event.")
    ] = 2,
) -> None:
    """Put the accounts of a happening side by side: who says what, and where they differ.

    Example: according accounts all coded.jsonl
    """
    from according.cli.records_in import read_coded_by_id
    from according.cli.streams import tell
    from according.corroborate import EventIndex, tell_accounts
    from according.corroborate.show import show_accounts, show_events, write_accounts_csv, write_events_csv

    reports = read_coded_by_id(coded)
    index = EventIndex()
    index.join(reports.values())
    if index.full_blocks:
        tell(f"{index.full_blocks:,} groups of look-alike mentions were too large to be compared in full")
    if event == "all":
        events = [e for e in index.events() if len(e.reports) >= least]
        if form is Form.TEXT:
            for line in show_events(events):
                typer.echo(line)
        elif form is Form.CSV:
            typer.echo(write_events_csv(events), nl=False)
        else:
            for one in events:
                typer.echo(one.model_dump_json(by_alias=True))
        return
    table = tell_accounts(find_event(index, event), reports, source_of=index.source_of, folds=index.folds())
    if form is Form.TEXT:
        from rich.console import Console

        Console().print(show_accounts(table))
    else:
        typer.echo(
            write_accounts_csv(table) if form is Form.CSV else table.model_dump_json(by_alias=True),
            nl=form is Form.JSON,
        )


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
