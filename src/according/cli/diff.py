"""`according diff`: what one coding says and another does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from according.cli.forms import Form
from according.cli.store_option import StoreOption

if TYPE_CHECKING:
    from according.store.diff import Change


def diff(
    old: Annotated[
        str | None,
        typer.Argument(help="Coder version, or coded file, before; else the coding before the other."),
    ] = None,
    new: Annotated[
        str | None, typer.Argument(help="Coder version, or coded file, after; else the current coding.")
    ] = None,
    store: StoreOption = None,
    form: Annotated[Form, typer.Option("--format", help="Text to read, JSON or CSV.")] = Form.TEXT,
) -> None:
    """Show what changed from one coder version to another, mention by mention.

    Exits 1 if something did. Two coded files can be compared without a store.

    Example: according diff "according 0.1.0" --store news.db
    """
    from according.cli.streams import tell

    files = [Path(x) for x in (old, new) if x is not None and Path(x).is_file()]
    changes = _of_files(*files) if len(files) == 2 else _of_store(old, new, store)
    counts = {"added": 0, "removed": 0, "changed": 0}
    if form is Form.CSV:
        typer.echo("report,kind,mention,start,trigger,field,before,after")
    for change in changes:
        counts[change.kind] += 1
        typer.echo(_show(change, form))
    tell(", ".join(f"{n:,} {kind}" for kind, n in counts.items()))
    if any(counts.values()):
        raise typer.Exit(1)


def _of_files(old: Path, new: Path) -> Iterator[Change]:
    from according.cli.records_in import read_coded
    from according.cli.streams import tell
    from according.store.diff import diff_coded

    before = {coded.report.id: coded for coded in read_coded(old)}
    alone = 0
    for coded in read_coded(new):
        if coded.report.id in before:
            yield from diff_coded(before.pop(coded.report.id), coded)
        else:
            alone += 1
    if alone or before:
        tell(f"{alone:,} reports only in {new}, {len(before):,} only in {old}; these were not compared")


def _of_store(old: str | None, new: str | None, store: str | None) -> Iterator[Change]:
    from according.store import open_store

    with open_store(store) as opened:
        yield from opened.diff(old, new)


def _show(change: Change, form: Form) -> str:
    import csv
    import io
    from dataclasses import asdict

    if form is Form.JSON:
        return json.dumps(asdict(change), ensure_ascii=False)
    if form is Form.CSV:
        out = io.StringIO()
        row = [change.report, change.kind, change.mention, change.start, change.trigger, change.field or ""]
        csv.writer(out, lineterminator="").writerow([*row, _short(change.before), _short(change.after)])
        return out.getvalue()
    where = f"{change.report}:{change.start} {change.trigger!r} {change.mention}"
    if change.field is None:
        return f"{where}: {change.kind} {change.before or change.after}"
    return f"{where}: {change.field}: {_short(change.before)} -> {_short(change.after)}"


def _short(value: object) -> str:
    """Write a value of the record so that people can read it."""
    if value is None:
        return "none"
    if isinstance(value, list):
        return "; ".join(_short(v) for v in value) or "none"
    if not isinstance(value, dict):
        return str(value)
    span = value.get("span")
    words = span.get("text") if isinstance(span, dict) else value.get("text")
    rest = [
        f"{k} {v}" for k, v in value.items() if v not in (None, [], "") and not isinstance(v, dict | list)
    ]
    keep = [
        r for r in rest if r.split()[0] in {"name", "country", "from", "to", "low", "high", "stance", "role"}
    ]
    return ", ".join([*([f'"{words}"'] if words else []), *keep]) or "none"
