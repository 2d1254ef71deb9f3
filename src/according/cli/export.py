"""`according export`: write coded reports in the formats of others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from according.cli.store_option import InsteadOfFiles


def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="File or folder to write.")],
    format_: Annotated[
        str,
        typer.Option(
            "--as",
            help="csv, parquet, parquet-records, accounts, plover, polecat, gdelt, acled, ucdp, brat, spacy,"
            " or web-annotation.",
        ),
    ],
    coded: Annotated[
        list[Path] | None,
        typer.Argument(metavar="CODED...", help="Coded files (.jsonl), or folders of them."),
    ] = None,
    store: InsteadOfFiles = None,
) -> None:
    """Write coded reports as tables, in the layouts of other data sets, or as annotations.

    Example: according export coded.jsonl --as polecat -o events.tsv
    """
    from according.cli.records_in import read_given
    from according.cli.streams import tell
    from according.export import export_coded

    count = export_coded(read_given(coded, store), format_, output)
    tell(f"{count:,} reports written to {output} as {format_}")
