"""`according commitments`: what was promised for a day, and what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from according.cli.forms import Form


def commitments(
    coded: Annotated[
        list[Path], typer.Argument(help="Files that `according code` wrote (.jsonl), or folders of them.")
    ],
    form: Annotated[Form, typer.Option("--format", help="Text to read, JSON or CSV.")] = Form.TEXT,
    outcome: Annotated[
        str | None, typer.Option(help="Only these: kept, kept late, broken, disputed, no word, open.")
    ] = None,
) -> None:
    """List what reports say is planned or promised for a day, and whether later reports say it was done.

    Example: according commitments coded.jsonl
    """
    from typing import get_args

    from according.cli.records_in import read_coded_by_id
    from according.corroborate import find_commitments
    from according.corroborate.commitments import Outcome
    from according.corroborate.show import show_commitments, write_commitments_csv
    from according.errors import ConfigError

    if outcome is not None and outcome not in get_args(Outcome):
        raise ConfigError(
            f"no outcome is called {outcome!r}.", hint=f"Use one of {', '.join(get_args(Outcome))}."
        )
    found = find_commitments(read_coded_by_id(coded).values())
    found = tuple(c for c in found if outcome is None or c.outcome == outcome)
    if form is Form.TEXT:
        from rich.console import Console

        Console().print(show_commitments(found))
    elif form is Form.CSV:
        typer.echo(write_commitments_csv(found), nl=False)
    else:
        for one in found:
            typer.echo(one.model_dump_json(by_alias=True))
