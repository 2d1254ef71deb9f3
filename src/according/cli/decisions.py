"""`according decisions`: what people decided, as gold, as corrected records, or as it was made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from according.cli.store_option import StoreOption

if TYPE_CHECKING:
    from according.store import Store

FORMS = ("gold", "coded", "log")


def decisions(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write (.jsonl); - for output.")],
    form: Annotated[
        str,
        typer.Option(
            "--as",
            help="gold: reports on which everything is decided, for `according evaluate`; coded: every report"
            " as coding and decisions together have it; log: each decision, earliest first.",
        ),
    ] = "gold",
    part: Annotated[bool, typer.Option("--part", help="Gold of reports decided on in part.")] = False,
    store: StoreOption = None,
) -> None:
    """Write what people decided in the workbench.

    Example: according decisions --as gold -o gold.jsonl --store news.db
    """
    from according.cli.streams import tell
    from according.errors import ConfigError
    from according.store import open_store
    from according.write.atomic import open_whole

    if form not in FORMS:
        raise ConfigError(f"--as {form!r}: no such form.", hint=f"Use one of {', '.join(FORMS)}.")
    count = 0
    with open_store(store) as opened, open_whole(output) as stream:
        for line in _lines(opened, form, whole=not part):
            stream.write(f"{line}\n")
            count += 1
    tell(f"{count:,} {'decisions' if form == 'log' else 'reports'} written to {output}")


def _lines(store: Store, form: str, *, whole: bool) -> Iterator[str]:
    from according.workbench.double import export_gold

    if form == "gold":
        for report in export_gold(store, whole=whole):
            yield json.dumps(report, ensure_ascii=False)
    elif form == "coded":
        for coded in store.iter_reports():
            yield coded.to_json()
    else:
        for judgement in store.iter_judgements():
            yield json.dumps(asdict(judgement), ensure_ascii=False)
