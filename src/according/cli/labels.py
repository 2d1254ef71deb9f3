"""`according labels`: how each outlet names an actor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from according.cli.store_option import InsteadOfFiles


def labels(
    coded: Annotated[
        list[Path] | None, typer.Argument(help="Files that `according code` wrote, or folders of them.")
    ] = None,
    store: InsteadOfFiles = None,
    entity: Annotated[str | None, typer.Option(help="Show only this actor, by its name.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV instead of a table.")] = False,
) -> None:
    """Count the classifying words used of each actor, by publisher and by whose mouth they stand in.

    Example: according labels coded.jsonl --entity Hamas
    """
    from rich.console import Console
    from rich.table import Table

    from according.cli.records_in import read_given
    from according.labels import count_labels, find_labels

    uses = [use for record in read_given(coded, store) for use in find_labels(record)]
    rows = count_labels(u for u in uses if entity is None or u.entity == entity)
    heads = ("publisher", "actor", "label", "voice", "uses")
    if csv:
        import csv as table
        import sys

        writer = table.writer(sys.stdout, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
        return
    shown = Table(*heads)
    for publisher, actor, label, voice, count in rows:
        shown.add_row(publisher or "", actor, label, voice or "the report", str(count))
    Console().print(shown)
