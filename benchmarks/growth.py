"""Print how coding time grows with the length of a text.

    python benchmarks/growth.py TEXT_FILE [MAX_CHARS]

One text is repeated 1, 4, 16, ... times up to MAX_CHARS (1,000,000 unless
told); a number at the end of each line keeps the copies apart, since a line
repeated word for word is coded once. A step whose seconds per 100,000 characters stay level grows as the
text does. "events" includes folding and roles; "assemble" is everything after
it: times, places and chains of the mentions, grouping, relations.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from according import coder as steps
from according.coder import Coder, parse_report
from according.language.pipeline import MAX_CHARS, parse_texts
from according.records import Report
from according.regions import with_regions

_P = ParamSpec("_P")
_R = TypeVar("_R")
_STEPS = (
    ("entities", "find_entities"),
    ("statements", "find_statements"),
    ("speech", "SpeechIndex"),
    ("events", "find_mentions"),
    ("times", "find_times"),
    ("places", "find_places"),
    ("relations", "find_relations"),
    ("mentions", "build_mentions"),
    ("group", "group_mentions"),
)


def timed(name: str, work: Callable[_P, _R], seconds: dict[str, float]) -> Callable[_P, _R]:
    """Wrap a step so that its seconds, of the processor, are added up under its name."""

    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        started = time.process_time()
        try:
            return work(*args, **kwargs)
        finally:
            seconds[name] = seconds.get(name, 0.0) + time.process_time() - started

    return run


def measure(coder: Coder, text: str) -> dict[str, float]:
    """Seconds by step of coding one text."""
    seconds: dict[str, float] = {}
    kept = {attribute: getattr(steps, attribute) for _, attribute in _STEPS}
    try:
        for name, attribute in _STEPS:
            setattr(steps, attribute, timed(name, kept[attribute], seconds))
        report = Report(id="growth", text=text)
        doc = timed("parse", lambda: next(parse_texts(coder.nlp, [text])), seconds)()
        regions = timed("regions", with_regions, seconds)(report)
        timed("clauses", parse_report, seconds)(regions, doc)
        timed("all but parse", coder.code_doc, seconds)(report, doc)
    finally:
        for attribute, work in kept.items():
            setattr(steps, attribute, work)
    return seconds


def repeated(text: str, size: int) -> str:
    """Copies of a text, each line ending in the number of its copy, cut to a length."""
    lines = text.splitlines()
    copies: list[str] = []
    length = 0
    while length < size:
        number = len(copies) + 1
        copies.append("\n".join(f"{line} Copy {number}." if line else "" for line in lines) + "\n\n")
        length += len(copies[-1])
    return "".join(copies)[:size]


def main() -> int:
    """Measure the text named on the command line at growing lengths."""
    text = Path(sys.argv[1]).read_text(encoding="utf-8").strip() + "\n\n"
    limit = min(int(sys.argv[2]) if len(sys.argv) > 2 else MAX_CHARS, MAX_CHARS)
    coder = Coder()
    measure(coder, text)  # lists that are read once are no part of the growth
    size = len(text)
    while size <= limit:
        told = repeated(text, size)
        seconds = measure(coder, told)
        print(f"{size:>9,} characters")
        for name, value in seconds.items():
            print(f"    {name:<14}{value:9.2f} s {value / size * 100_000:9.2f} s per 100,000", flush=True)
        size = size * 4 if size * 4 <= limit or size == limit else limit
        if size == limit and len(told) == limit:
            break
    return 0


if __name__ == "__main__":
    sys.exit(main())
