"""`according codebook`: check a codebook, or show what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Check a codebook, or show what is in it.", no_args_is_help=True)

Folder = Annotated[Path | None, typer.Argument(help="Folder of the codebook; PLOVER if left out.")]


@app.command("check")
def check(path: Folder = None) -> None:
    """Load a codebook and run all its examples; exits 1 if one is not coded as it says."""
    from according.codebook.check import check as run_check

    if not run_check(path):
        raise typer.Exit(1)


@app.command("show")
def show(
    what: Annotated[str | None, typer.Argument(help="Code of an event type, or id of a trigger.")] = None,
    codebook: Annotated[Path | None, typer.Option(help="Folder of the codebook; PLOVER if left out.")] = None,
) -> None:
    """Show the event types, or one of them with modes and triggers."""
    from rich.console import Console

    from according.codebook.show import show as render

    Console().print(render(what, codebook))
