"""What a run is made of: its settings, its shards and what comes of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from according.read import NOTED
from according.records import Issue, Report

LIMIT_CODES = frozenset({"report-timeout", "report-memory", "report-crashed"})
"""Issue codes of reports that a limit or a dying worker set aside."""


@dataclass(frozen=True, slots=True)
class Spec:
    """What coding depends on besides the reports; the same in every worker.

    Attributes:
        codebook: Folder of a codebook, or None for the package's own.
        language_model: Name of an installed spaCy pipeline, or None for the
            default.
        actors: A user's own actor list, or None.
    """

    codebook: str | None = None
    language_model: str | None = None
    actors: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one report may take.

    Attributes:
        seconds: Longest that a report may take to code.
        memory_mb: Most memory that a worker may fill, in megabytes of 2**20
            bytes; 0 for no limit. It is kept where the system can limit
            address space (Linux, macOS in part).
    """

    seconds: float = 300.0
    memory_mb: int = 4000


@dataclass(frozen=True)
class Shard:
    """A stretch of the input that is coded and written as one.

    Attributes:
        number: Its place in the run, from 0.
        items: Reports in order, with the issues of their reading among them.
    """

    number: int
    items: tuple[Report | Issue, ...]

    @property
    def reports(self) -> list[Report]:
        """The reports that are to be coded."""
        return [item for item in self.items if isinstance(item, Report)]

    @cached_property
    def input_hash(self) -> str:
        """SHA-256 of all that was read, hexadecimal."""
        digest = hashlib.sha256()
        for item in self.items:
            digest.update(type(item).__name__.encode() + b"\0")
            digest.update(item.model_dump_json().encode("utf-8") + b"\n")
        return digest.hexdigest()

    def key(self, fingerprint: str) -> str:
        """Name of the shard's outcome: it changes with the input and with what coding depends on."""
        return hashlib.sha256(f"{fingerprint}\0{self.input_hash}".encode()).hexdigest()[:16]


Coding = str | Issue
"""What becomes of one report: its line of output, without a line end, or why it was set aside."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Reports of a shard, or of a run, by what became of them.

    Attributes:
        received: Found in the input, readable or not.
        coded: Coded.
        aside: Set aside, each with an issue.
        noted: Issues that stand beside a coded report.
        codes: How often each issue code came up.
    """

    received: int = 0
    coded: int = 0
    aside: int = 0
    noted: int = 0
    codes: dict[str, int] = field(default_factory=dict)

    def __add__(self, other: Counts) -> Counts:
        codes = dict(self.codes)
        for code, count in other.codes.items():
            codes[code] = codes.get(code, 0) + count
        return Counts(
            self.received + other.received,
            self.coded + other.coded,
            self.aside + other.aside,
            self.noted + other.noted,
            codes,
        )

    def __str__(self) -> str:
        text = f"{self.received:,} reports in = {self.coded:,} coded + {self.aside:,} set aside"
        return text + (f"; {self.noted:,} coded with a remark" if self.noted else "")


def count(items: tuple[Report | Issue, ...], codings: list[Coding]) -> tuple[Counts, list[Issue]]:
    """Count what became of a shard's items and collect their issues in order.

    Args:
        items: The shard's items.
        codings: For every report among them, what became of it.

    Returns:
        The counts and the issues.

    Raises:
        ValueError: There are more or fewer codings than reports.
    """
    issues: list[Issue] = []
    received = coded = aside = noted = 0
    results: Iterator[Coding] = iter(codings)
    if len(codings) != sum(isinstance(item, Report) for item in items):
        raise ValueError(f"{len(codings)} codings for {len(items)} items")
    for item in items:
        if isinstance(item, Report):
            received += 1
            result = next(results)
            if isinstance(result, str):
                coded += 1
                continue
            issue = result
            aside += 1
        else:
            issue = item
            if issue.code in NOTED:
                noted += 1
            else:
                received += 1
                aside += 1
        issues.append(issue)
    codes: dict[str, int] = {}
    for issue in issues:
        codes[issue.code] = codes.get(issue.code, 0) + 1
    return Counts(received, coded, aside, noted, codes), issues


def counts_from(data: dict[str, Any]) -> Counts:
    """Read counts back from their JSON form."""
    return Counts(
        int(data["received"]), int(data["coded"]), int(data["aside"]), int(data["noted"]), dict(data["codes"])
    )
