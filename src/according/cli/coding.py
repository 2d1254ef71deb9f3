"""Code a stream of reports in one process or several, in order, and keep the balance."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Protocol

from according.errors import InternalError
from according.read import NOTED
from according.records import CodedReport, Issue, Report

BATCH = 16
"""Reports a worker takes at a time."""


class CoderLike(Protocol):
    """What is needed of a coder."""

    def code_many(self, reports: Iterable[Report]) -> Iterator[CodedReport | Issue]:
        """Code reports in order; one that fails comes out as an issue."""


CoderFactory = Callable[[], CoderLike]
"""Makes a coder. For several processes it must be picklable, and equal to its like."""


@dataclass(slots=True)
class Balance:
    """What came in and what became of it.

    Attributes:
        received: Reports found in the input, readable or not.
        coded: Reports coded.
        aside: Reports set aside, each with an issue.
        noted: Issues that stand beside a coded report.
        codes: How often each issue code came up.
    """

    received: int = 0
    coded: int = 0
    aside: int = 0
    noted: int = 0
    codes: dict[str, int] = field(default_factory=dict)

    def check(self) -> None:
        """Make sure that no report was lost.

        Raises:
            InternalError: Reports in are not reports coded plus set aside.
        """
        if self.received != self.coded + self.aside:
            raise InternalError(
                f"{self.received} reports came in, but {self.coded} were coded and {self.aside} set aside."
            )

    def __str__(self) -> str:
        text = f"{self.received:,} reports in = {self.coded:,} coded + {self.aside:,} set aside"
        return text + (f"; {self.noted:,} coded with a remark" if self.noted else "")


def code_all(
    items: Iterable[Report | Issue], make_coder: CoderFactory, balance: Balance, *, workers: int = 1
) -> Iterator[CodedReport | Issue]:
    """Code reports in order and count them.

    Args:
        items: What `read_reports` yields; its issues are passed on.
        make_coder: Makes the coder, once in each process.
        balance: Is counted up.
        workers: Processes; 1 codes in this one.

    Yields:
        First the reading issues that came up, then coded reports and coding
        issues, in the order of the reports.
    """
    pending: deque[Issue] = deque()
    reports = _sift(items, balance, pending)
    results = make_coder().code_many(reports) if workers == 1 else _in_processes(reports, make_coder, workers)
    for result in results:
        yield from _drain(pending)
        if isinstance(result, Issue):
            balance.aside += 1
            _count(balance, result)
        else:
            balance.coded += 1
        yield result
    yield from _drain(pending)


def _drain(pending: deque[Issue]) -> Iterator[Issue]:
    while pending:
        yield pending.popleft()


def _sift(items: Iterable[Report | Issue], balance: Balance, pending: deque[Issue]) -> Iterator[Report]:
    """Let reports through and put issues aside."""
    for item in items:
        if isinstance(item, Report):
            balance.received += 1
            yield item
            continue
        if item.code in NOTED:
            balance.noted += 1
        else:
            balance.received += 1
            balance.aside += 1
        _count(balance, item)
        pending.append(item)


def _count(balance: Balance, issue: Issue) -> None:
    balance.codes[issue.code] = balance.codes.get(issue.code, 0) + 1


def _in_processes(
    reports: Iterator[Report], make_coder: CoderFactory, workers: int
) -> Iterator[CodedReport | Issue]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    waiting: deque[Future[list[CodedReport | Issue]]] = deque()
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        while True:
            # A few batches ahead and no more, so that a corpus is never held in memory.
            while len(waiting) < 2 * workers and (batch := list(islice(reports, BATCH))):
                waiting.append(pool.submit(_code_batch, make_coder, batch))
            if not waiting:
                break
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise InternalError(
            "a worker process died, perhaps for want of memory; try fewer workers."
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@cache
def _coder(make_coder: CoderFactory) -> CoderLike:
    return make_coder()


def _code_batch(make_coder: CoderFactory, batch: list[Report]) -> list[CodedReport | Issue]:
    return list(_coder(make_coder).code_many(batch))
