"""Where what was linked before is kept, so that a new report is joined without linking the old ones again.

`EventIndex` asks its shelf for just what the reports put in may touch. This
shelf is empty, for an index that lives in memory alone; a store has one of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from according.corroborate.model import CrossEvent, Fold, Telling
from according.records import Report

Links = Mapping[str, float]
"""By telling: the evidence that it is of the same happening."""

Rank = tuple[int, bool, str]
"""Day of publication (ordinal), whether it is no agency's, id: the first of like reports is the original."""


@dataclass(slots=True)
class Changes:
    """What a shelf has to keep, or no longer, after reports were put in.

    Attributes:
        blocks: Tellings that now stand behind a block key.
        blocks_left: Tellings that no longer do.
        links: Pairs of tellings, with the evidence on them.
        copies: Reports that now stand behind a key of their word sequences, with their rank.
        copies_left: Reports that no longer do.
    """

    blocks: list[tuple[int, str]] = field(default_factory=list)
    blocks_left: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[str, str, float]] = field(default_factory=list)
    copies: list[tuple[int, Rank]] = field(default_factory=list)
    copies_left: list[tuple[int, str]] = field(default_factory=list)


class Shelf:
    """An empty shelf. What it gives need not be in any order."""

    def read_blocks(self, keys: Collection[int]) -> Mapping[int, list[str]]:
        """Give the tellings behind block keys; keys without any are left out."""
        return {}

    def read_tellings(self, ids: Collection[str]) -> Mapping[str, tuple[Telling, Links]]:
        """Give tellings with all their links; those it does not know are left out."""
        return {}

    def read_events(self, mentions: Collection[str]) -> Iterable[CrossEvent]:
        """Give the events that some mentions are in."""
        return ()

    def read_mentions(self, reports: Collection[str]) -> Iterable[str]:
        """Give the ids of all mentions in some reports."""
        return ()

    def read_copies(self, keys: Collection[int]) -> Mapping[int, list[Rank]]:
        """Give the reports behind keys of word sequences."""
        return {}

    def read_reports(self, ids: Collection[str]) -> Iterable[Report]:
        """Give reports, with the regions they were coded with."""
        return ()

    def read_folds(self, copies: Collection[str]) -> Iterable[Fold]:
        """Give the folds of some copies."""
        return ()

    def read_copiers(self, originals: Collection[str]) -> Iterable[str]:
        """Give the reports that were folded to some others."""
        return ()
