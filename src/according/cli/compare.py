"""`according compare`: our rows beside a data set the user already has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from according.compare import Agreement


def compare(
    coded: Annotated[Path, typer.Argument(help="Coded file (.jsonl), or a folder of them.")],
    theirs: Annotated[Path, typer.Argument(help="Table of the other data set.")],
    as_: Annotated[str, typer.Option("--as", help="Its layout: polecat, acled, ucdp or gdelt.")],
    days: Annotated[int, typer.Option(min=0, max=31, help="Days two rows may be apart.")] = 2,
    km: Annotated[float, typer.Option(min=0, help="Kilometres within which two places are the same.")] = 50,
    format_: Annotated[str, typer.Option("--format", help="text, json or csv.")] = "text",
    show: Annotated[int, typer.Option(min=0, help="Disagreements to print as text.")] = 20,
) -> None:
    """Align coded happenings with another data set, and report where the two agree and differ.

    Example: according compare coded.jsonl theirs.tsv --as polecat
    """
    from according.cli.records_in import read_all_coded
    from according.compare import LAYOUTS, Tolerance, compare_rows, read_theirs, rows_of_report
    from according.errors import ConfigError

    if as_ not in LAYOUTS:
        raise ConfigError(f"--as {as_!r}: no such layout.", hint=f"Use one of {', '.join(LAYOUTS)}.")
    if format_ not in ("text", "json", "csv"):
        raise ConfigError(f"--format {format_!r}: no such format.", hint="Use text, json or csv.")
    ours = [row for report in read_all_coded([coded]) for row in rows_of_report(report)]
    found = compare_rows(ours, read_theirs(theirs, as_), Tolerance(days=days, km=km))
    {"text": _text, "json": _json, "csv": _csv}[format_](found, show)


def _text(found: Agreement, show: int) -> None:
    print_ = typer.echo
    print_(f"{found.ours:,} of our happenings, {found.theirs:,} of their rows, {len(found.pairs):,} aligned")
    print_(f"{'cell':10} {'both tell':>10} {'agree':>8}")
    for cell, told in found.told.items():
        share = f"{found.same[cell] / told:8.0%}" if told else f"{'-':>8}"
        print_(f"{cell:10} {told:10,} {share}")
    for d in found.disagreements[:show]:
        print_(f"\n{d.cell}: ours {d.ours or '(none)'} | theirs {d.theirs or '(none)'}")
        print_(f"  {d.ours_id} in {d.source} | {d.theirs_id}\n  {d.words}")
    left = len(found.disagreements) - show
    if left > 0:
        print_(f"\n... and {left:,} more; --show or --format csv lists them")


def _json(found: Agreement, show: int) -> None:
    import json
    from dataclasses import asdict

    out = {
        "ours": found.ours,
        "theirs": found.theirs,
        "aligned": [{"ours": p.ours.id, "theirs": p.theirs.id, "score": p.score} for p in found.pairs],
        "cells": {c: {"told": n, "same": found.same[c]} for c, n in found.told.items()},
        "disagreements": [asdict(d) for d in found.disagreements],
    }
    typer.echo(json.dumps(out, ensure_ascii=False, indent=1))


def _csv(found: Agreement, show: int) -> None:
    from dataclasses import astuple

    from according.export.delimited import CsvRows
    from according.write import open_whole

    with open_whole("-") as stream:
        rows = CsvRows(stream, ("cell", "ours_id", "theirs_id", "ours", "theirs", "words", "source"))
        rows.write(astuple(d) for d in found.disagreements)
