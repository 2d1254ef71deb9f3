"""Code one shard in a worker process that may die: the function every engine runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from according.records import Issue, Report
from according.run.child import Child, DiedError
from according.run.model import Coding

BATCH_REPORTS = 32
"""Most reports that are sent to a worker at once."""

BATCH_CHARS = 100_000
"""A batch is closed when it has this many code points, so that its first result is not long in coming."""

Watch = Callable[[Coding], None]
"""Is told of every report as soon as it is known what became of it."""


def code_shard(child: Child, reports: Sequence[Report], watch: Watch | None = None) -> list[Coding]:
    """Code reports in order, whatever any one of them does to the worker.

    Reports go out in batches. When the worker dies or a limit is passed, each
    report of the batch that has no result yet is coded alone, once, by a new
    worker; one that fails alone as well is set aside.

    Args:
        child: The worker.
        reports: Reports of one shard.
        watch: Is told of each result.

    Returns:
        For every report, its line of output or the issue that says why it was
        set aside.

    Raises:
        AccordingError: The worker cannot load what it needs.
    """
    codings: list[Coding] = []
    for batch in batches(reports):
        done = len(codings)
        try:
            child.send(batch)
            for _ in batch:
                codings.append(child.receive())
                _tell(watch, codings[-1])
        except DiedError:
            for report in batch[len(codings) - done :]:
                codings.append(_code_alone(child, report))
                _tell(watch, codings[-1])
    return codings


def _tell(watch: Watch | None, coding: Coding) -> None:
    if watch is not None:
        watch(coding)


def _code_alone(child: Child, report: Report) -> Coding:
    try:
        child.send([report])
        return child.receive()
    except DiedError as died:
        return _aside(died, report)


def _aside(died: DiedError, report: Report) -> Issue:
    if died.code == "report-timeout":
        return Issue(
            code="report-timeout", message=f"{died.reason}; raise --limit-seconds.", report=report.id
        )
    if died.code == "report-memory":
        return Issue(code="report-memory", message=f"{died.reason}; raise --limit-memory.", report=report.id)
    return Issue(code="report-crashed", message=f"{died.reason}. Please report it.", report=report.id)


def batches(reports: Sequence[Report]) -> Iterator[list[Report]]:
    """Split reports into batches that are not long in coding.

    Example:
        >>> [len(b) for b in batches([Report(id=str(n), text="Calm.") for n in range(40)])]
        [32, 8]
    """
    batch: list[Report] = []
    length = 0
    for report in reports:
        if batch and (len(batch) >= BATCH_REPORTS or length + len(report.text) > BATCH_CHARS):
            yield batch
            batch, length = [], 0
        batch.append(report)
        length += len(report.text)
    if batch:
        yield batch
