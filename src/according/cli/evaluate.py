"""`according evaluate` and `according agree`: figures against gold, and between coders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from according.evaluate import CoderAgreement, Figures, Found, GoldReport

_WIDTH = 20


def evaluate(
    coded: Annotated[Path, typer.Argument(help="Coded file (.jsonl), or a folder of them.")],
    gold: Annotated[
        Path, typer.Argument(help="Folder of annotated reports (.json), or one file (.json, .jsonl).")
    ],
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    show: Annotated[int, typer.Option(min=0, help="Missed and false mentions to print, of each.")] = 0,
) -> None:
    """Score coded reports against reports annotated by hand.

    Example: according evaluate coded.jsonl gold --show 20
    """
    from according.cli.records_in import read_all_coded
    from according.evaluate import gold_of, read_gold, score_reports

    _check_format(format_)
    annotated = list(read_gold(gold))
    wanted = {r.id for r in annotated}
    found: dict[str, GoldReport] = {}
    aside = 0
    for report in read_all_coded([coded]):
        if report.report.id not in wanted:
            aside += 1
            continue
        _add_once(found, gold_of(report), coded)
    if aside:
        _note(f"{aside:,} coded reports have no annotated one and were set aside.")
    figures = score_reports(annotated, found)
    if format_ == "json":
        _print_json(_figures_json(figures))
        return
    _print_figures(figures, show)


def agree(
    first: Annotated[Path, typer.Argument(help="One coder: coded .jsonl, or a folder of annotated reports.")],
    second: Annotated[Path, typer.Argument(help="The other coder, in either form.")],
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    show: Annotated[int, typer.Option(min=0, help="Differences to print as text.")] = 0,
) -> None:
    """Tell how far two codings of the same reports agree, field by field, with Krippendorff's alpha.

    Example: according agree anna ben --show 20
    """
    from according.errors import GoldError
    from according.evaluate import compare_coders

    _check_format(format_)
    found = compare_coders(_read_side(first), _read_side(second))
    if not found.reports:
        raise GoldError(f"{first}, {second}", "the two sides have no report in common (by id).")
    for path, ids in ((first, found.only_first), (second, found.only_second)):
        if ids:
            _note(f"{len(ids):,} reports are only in {path} and were set aside: {', '.join(ids[:5])}")
    if format_ == "json":
        from dataclasses import asdict

        _print_json(asdict(found))
        return
    _print_agreement(found, show)


def _check_format(format_: str) -> None:
    from according.errors import ConfigError

    if format_ not in ("text", "json"):
        raise ConfigError(f"--format {format_!r}: no such format.", hint="Use text or json.")


def _note(message: str) -> None:
    from according.cli.streams import tell

    tell(f"according: {message}")


def _add_once(found: dict[str, GoldReport], report: GoldReport, path: Path) -> None:
    from according.errors import DuplicateReportError

    if report.id in found:
        raise DuplicateReportError(report.id, path=str(path))
    found[report.id] = report


def _read_side(path: Path) -> list[GoldReport]:
    """Read one coder's reports: coded ones where the first line has a schema, else annotated ones."""
    from according.cli.records_in import read_all_coded
    from according.evaluate import gold_of, read_gold

    if not _is_coded(path):
        return list(read_gold(path))
    found: dict[str, GoldReport] = {}
    for report in read_all_coded([path]):
        _add_once(found, gold_of(report), path)
    return list(found.values())


def _is_coded(path: Path) -> bool:
    if path.is_dir():
        return not any(path.glob("*.json"))
    try:
        with path.open("rb") as stream:
            return b'"according/' in stream.read(200)
    except OSError:
        return False


def _found_line(name: str, found: Found) -> str:
    score = found.score
    return (
        f"{name:{_WIDTH}} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"
        f"   gold {found.gold:,} predicted {found.pred:,}"
    )


def _print_figures(figures: Figures, show: int) -> None:
    if figures.not_coded:
        _note(f"not coded, all in them counts as missed: {', '.join(figures.not_coded)}")
    print_ = typer.echo
    print_(f"{figures.reports:,} reports")
    for name in ("events", "events, any type", "whole", "actors", "recipients"):
        print_(_found_line(name, figures.found[name]))
    for name, share in figures.shares.items():
        if name != "statement source":
            print_(f"{name:{_WIDTH}} {_number(share.accuracy)}   of {share.of:,}")
    print_(_found_line("counts", figures.found["counts"]))
    print_(_found_line("statements", figures.found["statements"]))
    source = figures.shares["statement source"]
    print_(f"{'statement source':{_WIDTH}} {_number(source.accuracy)}   of {source.of:,}")
    print_(_found_line("statement words", figures.found["statement words"]))
    print_(f"{'bad offsets':{_WIDTH}} {figures.bad_offsets:,}")
    print_("\ntype                  found   gold  predicted")
    for name, found in figures.by_type.items():
        print_(f"{name:{_WIDTH}} {found.hit:6,} {found.gold:6,} {found.pred:10,}")
    for title, rows in (("missed", figures.missed), ("false", figures.false)):
        for row in rows[:show]:
            print_(f"{title} | {row.report} | {row.type} | {row.trigger} | {row.words}")


def _number(value: float | None) -> str:
    return f"{value:.3f}" if value is not None else "-"


def _figures_json(figures: Figures) -> dict[str, Any]:
    from dataclasses import asdict

    out = asdict(figures)
    for name, found in figures.found.items():
        score = found.score
        out["found"][name] |= {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    for name, share in figures.shares.items():
        out["shares"][name] |= {"accuracy": share.accuracy}
    return out


def _print_json(value: dict[str, Any]) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _print_agreement(found: CoderAgreement, show: int) -> None:
    events = found.events
    print_ = typer.echo
    print_(f"{found.reports:,} reports coded by both")
    counts = f"of {events.gold:,} and {events.pred:,}; F1 {events.score.f1:.3f}"
    print_(f"{events.hit:,} events found by both, {counts}")
    print_(f"alpha of trigger words {_number(found.trigger_alpha)}\n")
    print_(f"{'field':12} {'same':>6} {'of':>6} {'share':>7} {'alpha':>7}")
    for name, field in found.fields.items():
        share = _number(field.same / field.of if field.of else None)
        print_(f"{name:12} {field.same:6,} {field.of:6,} {share:>7} {_number(field.alpha):>7}")
    for d in found.differences[:show]:
        print_(f"\n{d.field}: {d.first or '(none)'} | {d.second or '(none)'}\n  {d.trigger!r} in {d.report}")
    left = len(found.differences) - show
    if left > 0:
        print_(f"\n{left:,} differences{' more' if show else ''}; --show or --format json lists them")
