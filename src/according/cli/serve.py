"""`according serve`: open the workbench."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DEFAULT = Path("demo") / "coded.jsonl"


def serve(
    coded: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders that `according code` wrote; demo/coded.jsonl if left out."),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)
    ] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            help="Word that browsers must show; needed where HOST is reached from other machines.",
            envvar="ACCORDING_TOKEN",
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="Further name by which browsers may call the server.")
    ] = None,
) -> None:
    """Open the workbench: read, filter and compare what was coded, in the browser.

    Example: according serve demo/coded.jsonl
    """
    from according.cli.records_in import read_all_coded
    from according.cli.streams import tell
    from according.workbench.server import serve_app
    from according.workbench.settings import Settings
    from according.workbench.shelf import Shelf

    paths = coded or [DEFAULT]
    settings = Settings(
        ", ".join(map(str, paths)), host=host, port=port, token=token, allowed_hosts=tuple(allow_host or ())
    )
    shelf = Shelf(read_all_coded(paths))
    tell(f"{len(shelf.reports):,} reports, {len(shelf.rows):,} mentions, {len(shelf.events):,} events")
    serve_app(shelf, settings, announce=tell)
