"""Code a corpus into a folder: shard by shard, so that a run can stop anywhere and go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from according.errors import InternalError, RunExistsError
from according.records import Issue, Report
from according.run.cut import SHARD_REPORTS, cut_shards
from according.run.engines import Engine
from according.run.fingerprint import describe_setup, fingerprint
from according.run.lock import hold
from according.run.model import Coding, Counts, Limits, Shard, Spec
from according.run.parts import FOLDER, MANIFEST, Part, PartFolder

Notice = Callable[[int, int], None]
"""Is told how many reports were done and how many of them were set aside, since last told."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to.

    Attributes:
        counts: Reports by what became of them.
        parts: Parts of the output.
        kept: How many of them were there from an earlier run.
    """

    counts: Counts
    parts: tuple[Part, ...]
    kept: int


def run_corpus(
    items: Iterable[Report | Issue],
    folder: Path,
    engine: Engine,
    spec: Spec,
    *,
    limits: Limits | None = None,
    resume: bool = False,
    size: int = SHARD_REPORTS,
    notice: Notice | None = None,
) -> Outcome:
    """Code reports into a folder.

    The folder then holds `parts/`, `issues.jsonl` and `manifest.json`. Its
    bytes depend on the reports and the setup only: not on the engine, the
    number of workers, or how often the run was stopped.

    Args:
        items: What `read_reports` yields.
        folder: Where to write.
        engine: What codes the shards.
        spec: Codebook and language model.
        limits: What one report may take, for the record; the engine keeps them.
        resume: Go on with what the folder holds. Parts whose input or setup
            has changed are made anew.
        size: Reports a shard, on average.
        notice: Is told of progress.

    Returns:
        What the run came to.

    Raises:
        RunExistsError: The folder holds something and `resume` is false.
        RunBusyError: Another run is writing there.
        OutputError: The folder cannot be written to.
        CodebookError: A data file cannot be used.
        MissingModelError: The language model is not installed.
    """
    setup = describe_setup(spec)
    _refuse_full(folder, resume=resume)
    places = PartFolder(folder, limits or Limits())
    with hold(folder):
        places.open()
        run = _Run(places, fingerprint(setup), notice or _ignore)
        run.code(cut_shards(items, size=size), engine)
        parts = run.in_order()
        counts = places.finish(parts, setup)
    if counts.received != counts.coded + counts.aside:
        raise InternalError(
            f"{counts.received} reports came in, but {counts.coded} were coded and {counts.aside} set aside."
        )
    return Outcome(counts, tuple(parts), run.kept)


def _ignore(done: int, aside: int) -> None:
    """Tell nobody."""


def _refuse_full(folder: Path, *, resume: bool) -> None:
    if resume or not folder.exists():
        return
    if not folder.is_dir():
        raise RunExistsError(f"{folder}: this is a file.", hint="Name a folder.")
    held = {p.name for p in folder.iterdir()} - {".lock"}
    if held & {MANIFEST, FOLDER}:
        raise RunExistsError(
            f"{folder}: holds a run already.", hint="Go on with it by --resume, or choose another folder."
        )
    if held:
        raise RunExistsError(f"{folder}: the folder is not empty.", hint="Choose another folder.")


class _Run:
    """One run while it lasts."""

    def __init__(self, places: PartFolder, setup: str, notice: Notice) -> None:
        self.places, self.setup, self.notice = places, setup, notice
        self.parts: dict[int, Part] = {}
        self.kept = 0

    def code(self, shards: Iterable[Shard], engine: Engine) -> None:
        for shard, codings in engine.run(self._left(shards), self._watch):
            self.parts[shard.number] = self.places.write(shard, shard.key(self.setup), codings)
            self._tell_unread(shard)

    def _left(self, shards: Iterable[Shard]) -> Iterator[Shard]:
        """Let through the shards that are still to be coded."""
        for shard in shards:
            part = self.places.find(shard, shard.key(self.setup))
            if part is None:
                yield shard
                continue
            self.parts[shard.number] = part
            self.kept += 1
            self.notice(part.counts.received, part.counts.aside)

    def _watch(self, coding: Coding) -> None:
        self.notice(1, int(isinstance(coding, Issue)))

    def _tell_unread(self, shard: Shard) -> None:
        """Count the reports that could not be read, which no worker saw."""
        unread = self.parts[shard.number].counts.received - len(shard.reports)
        if unread:
            self.notice(unread, unread)

    def in_order(self) -> list[Part]:
        numbers = sorted(self.parts)
        if numbers != list(range(len(numbers))):
            raise InternalError("a shard of the run has no outcome.")
        return [self.parts[n] for n in numbers]


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a finished run.

    Raises:
        RunExistsError: There is none, or it is not a manifest.
    """
    import json

    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunExistsError(
            f"{folder}: holds no finished run.", hint="Finish it with according code --resume."
        ) from error
    return manifest
