"""`according load`: put coded reports into a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from according.cli.store_option import StoreOption


def load(
    coded: Annotated[
        list[Path], typer.Argument(help="Files that `according code` wrote (.jsonl), or folders of them.")
    ],
    store: StoreOption = None,
    coder: Annotated[
        str | None,
        typer.Option(
            help="Name of the coder version; this package's if left out. Versions stand side by side."
        ),
    ] = None,
    join: Annotated[
        bool, typer.Option("--join/--no-join", help="Join mentions to events across reports at the end.")
    ] = True,
) -> None:
    """Load coded reports into a store, which is made if it is not there.

    Reports that are there already are passed over: a load that was stopped is
    simply run again.

    Example: according load coded.jsonl --store news.db
    """
    from according.cli.records_in import read_all_coded
    from according.cli.streams import progress, tell
    from according.store import open_store

    with open_store(store, create=True) as opened:
        with progress() as show:
            loaded = opened.load(
                read_all_coded(coded), coder, join=False, watch=lambda done: show(done.received, 0)
            )
        for issue in loaded.issues:
            tell(f"{issue.report}: [{issue.code}] {issue.message}")
        tell(str(loaded))
        if join:
            changed = opened.join_events()
            tell(f"{opened.count_events():,} events across reports, {changed:,} new or changed")
