"""`according demo`: code the example reports and show what comes out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write to.")] = Path("demo"),
    reports: Annotated[
        Path | None, typer.Option(help="Folder of reports to show instead of the examples.")
    ] = None,
) -> None:
    """Code the example reports; write pages, a table and the records."""
    from according.demo import run_demo

    run_demo(output, reports)
