"""The option that says which store a command works with."""

from __future__ import annotations

from typing import Annotated

import typer

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        envvar="ACCORDING_STORE",
        help="SQLite file or postgresql://… URL; according.db if left out.",
    ),
]

InsteadOfFiles = Annotated[
    str | None,
    typer.Option(
        "--store",
        help="Read this store and no files: SQLite file or postgresql://… URL. Where neither is named:"
        " ACCORDING_STORE, else according.db.",
    ),
]
