"""Options of `according code`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

EngineName = Literal["local", "dask"]
ProgressForm = Literal["auto", "json", "none"]

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files, folders, patterns, addresses; - for standard input."),
]
Output = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        help="File to write, .jsonl .csv .parquet; - for standard output; or a folder/.",
    ),
]
Published = Annotated[str | None, typer.Option(help="Date of reports that carry none, YYYY-MM-DD.")]
Publisher = Annotated[str | None, typer.Option(help="Publisher of reports that carry none.")]
CodebookFolder = Annotated[Path | None, typer.Option(help="Folder of a codebook to use in place of PLOVER.")]
ActorFile = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="Your own actor list: YAML, CSV or FollowTheMoney JSON."),
]
FieldNames = Annotated[
    list[str] | None, typer.Option(help="Name of a field in the input: text=body. Repeatable.")
]
LanguageModel = Annotated[str | None, typer.Option(help="Installed spaCy pipeline to parse with.")]
Workers = Annotated[int, typer.Option(min=1, max=256, help="Processes to code in.")]
FetchLinks = Annotated[
    bool, typer.Option("--fetch-links", help="Fetch the pages that entries of feeds link to, politely.")
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with what the folder holds.")]
Engine = Annotated[EngineName, typer.Option(help="Where to code: on this machine, or on Dask.")]
Scheduler = Annotated[
    str | None, typer.Option(help="Address of a Dask scheduler; one is started here if left out.")
]
LimitSeconds = Annotated[float, typer.Option(min=0.1, help="Longest that one report of a run may take.")]
LimitMemory = Annotated[
    int, typer.Option(min=0, help="Most memory a worker of a run may fill, in MB; 0 for no limit.")
]
Progress = Annotated[
    ProgressForm, typer.Option(help="How to show progress: a bar on a terminal, else lines.")
]
