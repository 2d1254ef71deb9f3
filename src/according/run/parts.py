"""The folder a run writes: one part a shard, each whole, checked and named after what it holds.

A part is two files in `parts/`: `NUMBER-KEY.jsonl` with the coded reports and
`NUMBER-KEY.json`, written after it, with its checksum, counts and issues. The
key names input and setup, so a part that is there and agrees with its checksum
need not be made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from according.errors import OutputError
from according.records import Issue
from according.run.model import LIMIT_CODES, Coding, Counts, Limits, Shard, count, counts_from
from according.write import issue_line, open_whole

FOLDER = "parts"
MANIFEST = "manifest.json"
ISSUES = "issues.jsonl"


@dataclass(frozen=True, slots=True)
class Part:
    """One finished shard.

    Attributes:
        name: Its file's name without the ending.
        input: SHA-256 of what was read.
        sha256: SHA-256 of the file of coded reports.
        size: Its length in bytes.
        counts: What became of the reports.
    """

    name: str
    input: str
    sha256: str
    size: int
    counts: Counts

    def to_dict(self) -> dict[str, Any]:
        """Its line in the manifest."""
        return {
            "name": f"{FOLDER}/{self.name}.jsonl",
            "sha256": self.sha256,
            "bytes": self.size,
            "input_sha256": self.input,
            "received": self.counts.received,
            "coded": self.counts.coded,
            "aside": self.counts.aside,
        }


class PartFolder:
    """The parts of one run on disk."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        """Make the folder if it is not there.

        Raises:
            OutputError: The folder cannot be made.
        """
        self.root = folder
        self.folder = folder / FOLDER
        self.limits = limits
        self._known: dict[str, str] = {}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error

    def open(self) -> None:
        """Clear away what a killed run left half written, and see which parts are there.

        Raises:
            OutputError: The folder cannot be written to.
        """
        try:
            for place in (self.root, self.folder):
                for left in place.glob(".*.part"):
                    left.unlink()
            self._known = self._list()
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> OutputError:
        return OutputError(
            f"{self.root}: cannot be written ({error.strerror}).",
            hint="Choose a folder that can be written to.",
        )

    def _list(self) -> dict[str, str]:
        """Names of the parts that are there, by key."""
        return {p.stem.rpartition("-")[2]: p.stem for p in sorted(self.folder.glob("*-*.json"))}

    def find(self, shard: Shard, key: str) -> Part | None:
        """Give a shard's part if it is there and sound; a part whose place has changed is renamed."""
        name = self._known.get(key)
        if name is None:
            return None
        part = self._check(name)
        if part is None or part.input != shard.input_hash:
            return None
        wanted = _name(shard, key)
        if wanted != name:
            (self.folder / f"{name}.jsonl").replace(self.folder / f"{wanted}.jsonl")
            (self.folder / f"{name}.json").replace(self.folder / f"{wanted}.json")
            part = Part(wanted, part.input, part.sha256, part.size, part.counts)
        return part

    def _check(self, name: str) -> Part | None:
        """Read a part's description and hold its file against the checksum; None if anything is wrong."""
        try:
            told = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
            part = Part(name, told["input"], told["sha256"], told["bytes"], counts_from(told["counts"]))
            limits = Limits(**told["limits"])
            found = _hash_file(self.folder / f"{name}.jsonl")
        except (OSError, ValueError, LookupError, TypeError):
            return None
        if found != part.sha256:
            return None
        # Reports that a limit set aside get another chance when the limits have changed.
        return part if limits == self.limits or not LIMIT_CODES & set(part.counts.codes) else None

    def write(self, shard: Shard, key: str, codings: list[Coding]) -> Part:
        """Write a shard's part: first the coded reports, then, when they are safe, what describes them.

        Raises:
            OutputError: The disk is full, or the folder cannot be written to.
        """
        name = _name(shard, key)
        counts, issues = count(shard.items, codings)
        digest = hashlib.sha256()
        size = 0
        with open_whole(self.folder / f"{name}.jsonl") as stream:
            for coding in codings:
                if isinstance(coding, str):
                    line = coding + "\n"
                    stream.write(line)
                    data = line.encode("utf-8")
                    digest.update(data)
                    size += len(data)
        part = Part(name, shard.input_hash, digest.hexdigest(), size, counts)
        told = {
            "input": part.input,
            "sha256": part.sha256,
            "bytes": size,
            "counts": asdict(counts),
            "limits": asdict(self.limits),
            "issues": [issue.model_dump(exclude_none=True) for issue in issues],
        }
        _write_json(self.folder / f"{name}.json", told)
        return part

    def finish(self, parts: list[Part], setup: dict[str, Any]) -> Counts:
        """Write issues and manifest, and drop parts that are no longer of this run.

        Args:
            parts: All parts, in order.
            setup: What coding was done with.

        Returns:
            The counts of the whole run.

        Raises:
            OutputError: A file cannot be written.
        """
        total = sum((part.counts for part in parts), Counts())
        with open_whole(self.root / ISSUES) as stream:
            stream.writelines(issue_line(issue) + "\n" for issue in self.issues(parts))
        manifest = {
            "schema": "according-run/1",
            **setup,
            "reports": {k: v for k, v in asdict(total).items() if k != "codes"},
            "issues": dict(sorted(total.codes.items())),
            "parts": [part.to_dict() for part in parts],
        }
        keep = {part.name for part in parts}
        for old in self.folder.iterdir():
            if old.suffix in (".json", ".jsonl") and old.stem not in keep:
                old.unlink()
        _write_json(self.root / MANIFEST, manifest)
        return total

    def issues(self, parts: list[Part]) -> Iterator[Issue]:
        """All issues, in the order of the reports."""
        for part in parts:
            told = json.loads((self.folder / f"{part.name}.json").read_text(encoding="utf-8"))
            yield from (Issue.model_validate(issue) for issue in told["issues"])


def _name(shard: Shard, key: str) -> str:
    return f"{shard.number:06d}-{key}"


def _write_json(path: Path, value: dict[str, Any]) -> None:
    with open_whole(path) as stream:
        stream.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _hash_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
