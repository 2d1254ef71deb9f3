"""Cut a stream of reports into shards.

The cuts depend on the reports' ids, not on how many came before: when reports
are added to or taken from a corpus, only the shards around them change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from according.records import Issue, Report
from according.run.model import Shard

SHARD_REPORTS = 100
"""Reports a shard, on average."""

SHARD_CHARS = 2_000_000
"""A shard that has reached this many code points is cut."""


def cut_shards(
    items: Iterable[Report | Issue], *, size: int = SHARD_REPORTS, chars: int = SHARD_CHARS
) -> Iterator[Shard]:
    """Cut what `read_reports` yields into shards.

    Args:
        items: Reports, and issues of reading.
        size: Reports a shard on average; none has more than twice as many.
        chars: Code points after which a shard is cut in any case.

    Yields:
        Shards in order, numbered from 0.

    Raises:
        ValueError: `size` is not at least 1.

    Example:
        >>> shards = list(cut_shards(Report(id=f"r{n}", text="Calm.") for n in range(500)))
        >>> sum(len(shard.items) for shard in shards)
        500
    """
    if size < 1:
        raise ValueError(f"a shard has at least one report, not {size}")
    held: list[Report | Issue] = []
    length = number = 0
    for item in items:
        held.append(item)
        length += len(item.text) if isinstance(item, Report) else 0
        full = len(held) >= 2 * size or length >= chars
        if full or (len(held) > size // 2 and isinstance(item, Report) and _is_cut(item.id, size)):
            yield Shard(number, tuple(held))
            held, length, number = [], 0, number + 1
    if held:
        yield Shard(number, tuple(held))


def _is_cut(report_id: str, size: int) -> bool:
    """Whether a shard ends after a report: true of one id in about half of `size`."""
    digest = hashlib.sha256(report_id.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:4], "big") % max(1, size // 2) == 0
