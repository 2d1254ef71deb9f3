"""`according code … -o FOLDER`: code a corpus in parts, with progress."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from according.cli.code import Read
    from according.run import Limits, Spec
    from according.run.engines import Engine


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the command line says about a run."""

    folder: Path
    codebook: Path | None
    actors: Path | None
    language_model: str | None
    workers: int
    resume: bool
    engine: str
    scheduler: str | None
    limit_seconds: float
    limit_memory: int
    progress: str


def is_folder(output: str) -> bool:
    """Tell whether an output names a folder: it ends in a slash, is one, or has no ending."""
    if output == "-":
        return False
    return output.endswith(("/", "\\")) or Path(output).is_dir() or not Path(output).suffix


def run_folder(paths: list[str], read: Read, options: RunOptions) -> None:
    """Code what the paths hold into a folder.

    Raises:
        typer.Exit: With 1, when reports were set aside.
    """
    from according.cli.corpus_progress import estimate_reports, show_run
    from according.cli.streams import tell
    from according.errors import ConfigError
    from according.run import Limits, Spec, run_corpus

    target = options.folder.resolve()
    for path in paths:
        source = Path(path).resolve()
        if path != "-" and (source.is_relative_to(target) or (target == source)):
            raise ConfigError(
                f"{path}: the output would be written into the input.", hint="Choose another folder."
            )
    spec = Spec(_absolute(options.codebook), options.language_model, _absolute(options.actors))
    limits = Limits(options.limit_seconds, options.limit_memory)
    with show_run(options.progress, estimate_reports(paths, skip=options.folder)) as notice:
        outcome = run_corpus(
            read(),
            options.folder,
            _engine(options, spec, limits),
            spec,
            limits=limits,
            resume=options.resume,
            notice=notice,
        )
    if outcome.kept:
        tell(f"{outcome.kept:,} of {len(outcome.parts):,} parts were done before")
    for code, count in sorted(outcome.counts.codes.items()):
        tell(f"[{code}] {count:,}; see {options.folder / 'issues.jsonl'}")
    tell(str(outcome.counts))
    if outcome.counts.aside:
        raise typer.Exit(1)


def _absolute(path: Path | None) -> str | None:
    """Name a file so that a process elsewhere finds it."""
    return None if path is None else str(path.resolve())


def _engine(options: RunOptions, spec: Spec, limits: Limits) -> Engine:
    from according.errors import ConfigError
    from according.run.engines import LocalEngine

    if options.engine == "local":
        if options.scheduler is not None:
            raise ConfigError("--scheduler goes with --engine dask.", hint="Add --engine dask.")
        return LocalEngine(spec, limits, options.workers)
    from according.run.dask import DaskEngine

    return DaskEngine(spec, limits, options.workers, options.scheduler)
