"""`according serve`: open the workbench."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from according.store import Store

_SQLITE = b"SQLite format 3\0"


def serve(
    store: Annotated[
        list[str] | None,
        typer.Argument(
            help="SQLite file or postgresql://… URL; ACCORDING_STORE or according.db if left out."
            " Files or folders that `according code` wrote are loaded for the time.",
        ),
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

    Example: according serve news.db
    """
    from according.cli.streams import tell
    from according.workbench.server import serve_app
    from according.workbench.settings import Settings

    named = store or []
    settings = Settings(
        ", ".join(named), host=host, port=port, token=token, allowed_hosts=tuple(allow_host or ())
    )
    with open_named(named) as opened:
        tell(
            f"{opened.count_reports():,} reports, {opened.count_mentions():,} mentions,"
            f" {opened.count_events():,} events"
        )
        serve_app(opened, settings, announce=tell)


@contextmanager
def open_named(named: list[str]) -> Iterator[Store]:
    """Open a store by path or URL, or load coded files into one that is gone afterwards.

    Args:
        named: One path or URL of a store, or paths of coded files and their
            folders; `according.db` if nothing is named.

    Raises:
        StoreMissingError: There is no such file.
        SchemaVersionError: The store is of another version.
        ReportFormatError: A file is neither a store nor one that `according code` wrote.
    """
    from tempfile import TemporaryDirectory

    from according.cli.records_in import read_all_coded
    from according.store import open_store

    if not named or (len(named) == 1 and _is_store(named[0])):
        with open_store(named[0] if named else None) as opened:
            yield opened
        return
    with (
        TemporaryDirectory(prefix="according-") as folder,
        open_store(Path(folder) / "coded.db", create=True) as opened,
    ):
        opened.load(read_all_coded(map(Path, named)))
        yield opened


def _is_store(name: str) -> bool:
    if "://" in name:
        return True
    path = Path(name)
    if not path.is_file():
        return not path.exists() and path.suffix != ".jsonl"
    with path.open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE
