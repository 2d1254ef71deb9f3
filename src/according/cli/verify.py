"""`according verify`: re-read every span of a coded file against its text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def verify(
    coded: Annotated[Path, typer.Argument(help="File that `according code` wrote (.jsonl).")],
    first: Annotated[bool, typer.Option("--first", help="Stop at the first mismatch.")] = False,
) -> None:
    """Check that every span has the words the report has there, and every id leads somewhere.

    Exits 1 if anything does not match.
    """
    from according.cli.streams import tell
    from according.verify import verify_file

    result = verify_file(coded)
    found = 0
    for mismatch in result:
        found += 1
        typer.echo(str(mismatch))
        if first:
            raise typer.Exit(1)
    tell(f"{coded}: {result.reports:,} reports, {result.spans:,} spans read, {found:,} mismatches")
    if found:
        raise typer.Exit(1)
