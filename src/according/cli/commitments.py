"""`according commitments`: what was promised for a day, and what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from according.cli.forms import Form
from according.cli.store_option import InsteadOfFiles


def commitments(
    coded: Annotated[
        list[Path] | None,
        typer.Argument(help="Files that `according code` wrote (.jsonl), or folders of them."),
    ] = None,
    store: InsteadOfFiles = None,
    form: Annotated[Form, typer.Option("--format", help="Text to read, JSON or CSV.")] = Form.TEXT,
    outcome: Annotated[
        str | None, typer.Option(help="Only these: kept, kept late, broken, disputed, no word, open.")
    ] = None,
) -> None:
    """List what reports say is planned or promised for a day, and whether later reports say it was done.

    Example: according commitments coded.jsonl
    """
    from typing import get_args

    from according.cli.records_in import is_of_store, read_coded_by_id
    from according.corroborate import find_commitments
    from according.corroborate.commitments import Outcome
    from according.corroborate.show import show_commitments
    from according.errors import ConfigError
    from according.export.accounts import write_commitment_rows
    from according.write.atomic import open_whole

    if outcome is not None and outcome not in get_args(Outcome):
        raise ConfigError(
            f"no outcome is called {outcome!r}.", hint=f"Use one of {', '.join(get_args(Outcome))}."
        )
    if is_of_store(coded, store):
        from according.store import open_store

        with open_store(store) as opened:
            found = opened.list_commitments()
    else:
        found = find_commitments(read_coded_by_id(coded or ()).values())
    found = tuple(c for c in found if outcome is None or c.outcome == outcome)
    if form is Form.TEXT:
        from rich.console import Console

        Console().print(show_commitments(found))
    elif form is Form.CSV:
        with open_whole(Path("-")) as stream:
            write_commitment_rows(found, stream)
    else:
        for one in found:
            typer.echo(one.model_dump_json(by_alias=True))
