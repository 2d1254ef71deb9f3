"""`according explain`: show the words and the rule behind a coded value."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def explain(
    coded: Annotated[Path, typer.Argument(help="File that `according code` wrote (.jsonl).")],
    what: Annotated[str, typer.Argument(help="Id of a mention, or MENTION.field for one value.")],
    report: Annotated[
        str | None, typer.Option(help="Id of the report, if the mention's id is not enough.")
    ] = None,
) -> None:
    """Show why something was coded: its words, the rule that fired, the steps that filled it.

    Example: according explain coded.jsonl m-1a2b3c4d5e
    """
    from rich.console import Console

    from according.cli.records_in import read_coded
    from according.errors import ConfigError
    from according.explain import explain as explain_value

    for record in read_coded(coded):
        if report is not None and record.report.id != report:
            continue
        ids = (
            {m.id for m in record.mentions}
            | {e.id for e in record.events}
            | {s.id for s in record.statements}
        )
        ids |= {e.id for e in record.entities}
        if report is not None or what in ids or what.partition(".")[0] in ids:
            Console().print(explain_value(record, what))
            return
    raise ConfigError(f"{coded}: nothing has the id {what!r}.", hint="The ids stand in the records, as `id`.")
