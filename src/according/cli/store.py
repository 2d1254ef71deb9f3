"""`according store`: look after a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from according.cli.store_option import StoreOption

app = typer.Typer(no_args_is_help=True, help="Look after a store: info, migrate, check, backup.")


@app.command("info")
def info(store: StoreOption = None) -> None:
    """Tell what a store holds.

    Example: according store info --store news.db
    """
    from according.store import open_store

    with open_store(store) as opened:
        found = opened.info()
        typer.echo(f"store     {found.where}")
        typer.echo(f"tables    version {found.version}; this package works with {found.newest}")
        typer.echo(f"size      {found.size:,} bytes")
        for name, number in found.rows.items():
            typer.echo(f"{name:<10}{number:,}")
        typer.echo(f"current   {found.current_mentions:,} mentions of current codings")
        if found.waiting:
            typer.echo(
                f"waiting   {found.waiting:,} reports are not joined to events yet; `according load` does it"
            )
        for name, codings, current in opened.list_coders():
            typer.echo(f"coder     {name}: {codings:,} codings, {current:,} current")


@app.command("migrate")
def migrate(store: StoreOption = None) -> None:
    """Bring the tables of an older store up to date, all of the way or not at all.

    Example: according store migrate --store news.db
    """
    from according.cli.streams import tell
    from according.store import open_store
    from according.store.migrate import migrate as bring_up

    with open_store(store, check=False) as opened:
        before, after = bring_up(opened.engine)
    tell(
        f"tables of version {before or 'none'} are now of version {after}"
        if before != after
        else "up to date"
    )


@app.command("check")
def check(store: StoreOption = None) -> None:
    """Go through everything in a store and tell what is wrong; exits 1 if something is.

    Example: according store check --store news.db
    """
    from according.cli.streams import tell
    from according.store import open_store

    wrong = 0
    with open_store(store) as opened:
        for problem in opened.check():
            wrong += 1
            typer.echo(problem)
    tell(f"{wrong:,} problems" if wrong else "the store is sound")
    if wrong:
        raise typer.Exit(1)


@app.command("backup")
def backup(
    target: Annotated[Path, typer.Argument(help="File to write; it must not be there yet.")],
    store: StoreOption = None,
) -> None:
    """Copy a store into a file while others go on using it.

    A SQLite store gives a SQLite file, a PostgreSQL one an archive for pg_restore.

    Example: according store backup news-monday.db --store news.db
    """
    from according.cli.streams import tell
    from according.store import open_store

    with open_store(store) as opened:
        size = opened.backup(target)
    tell(f"{target}: {size:,} bytes")
