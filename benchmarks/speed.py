"""Measure speed and size, all in one run, and write the table of docs/speed.md.

    python benchmarks/speed.py BENCH_DIR WORK_DIR [--reports N] [--turns N] [--table docs/speed.md]

A corpus of N reports (2,000 unless told) is drawn from the development data
with a fixed seed. Times are those of the processor, not of the clock on the
wall, and ratios are taken between runs that take turns over the same texts, so
that other work on the machine weighs on both alike. Only workers are compared
by the clock; the best of several turns counts there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
os.environ.update(ONE)

SETS = (
    "casualty", "coref", "india_police_docs", "muc4", "plover_plv", "polnear", "polnear_train", "timex",
    "toponyms",
)  # fmt: skip
TURN = 128
"""Texts that spaCy and the coder take in turn."""

FIRST = 10
"""Texts that both read before they are timed, so that what is loaded with the first is loaded."""

STARTER = """
import json, os, resource, subprocess, sys, time
started = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
wall, used = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""

HOW = """
## What the time goes into

Parsing is the larger part: tagger and parser share one network, named entities have another. Against
spaCy's own pipeline it is saved on four things, with the same parse. What a network tells of a word form by
itself is worked out once a form; its layers over neighbouring words go through a batch in blocks of rows that
stay in the processor's cache, with numpy's matrix products, and a text's parse does not depend on its
neighbours. Named entities are decided for all words of a batch at once and not word by word. Parts of speech
and lemmas are looked up once a word form, not by rule for each token. And texts go through in batches of
bounded length, a text beyond 60,000 characters in blocks of paragraphs, which also bounds the memory: a
report of a million characters takes 520 MB (1,300 MB in one piece) and 31 s. After the parse, the conditions
of all triggers of a word are tried once a predicate, on word classes that were put together when the codebook
was first used.

Every report is parsed whole, one without any trigger or cue as well: its entities, places and times are
part of its record. Copies of a report are not coded again ([corpora](corpora.md)). A codebook and the
tables of place names are read once a version and then kept ([commands](commands.md)); the first process
after a change takes some five seconds more.
"""

PROGRAM = [sys.executable, "-c", "from according.cli import main; main()"]


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run of a command took.

    Attributes:
        wall, cpu: Seconds by the clock, and of the processor.
        memory: Most memory it had, in megabytes (2**20 bytes); of several
            processes that of the one with most.
    """

    wall: float
    cpu: float
    memory: float


def build(bench: Path, target: Path, reports: int) -> list[str]:
    """Draw a corpus and write it as JSON Lines; give its texts."""
    texts: list[str] = []
    for name in SETS:
        with gzip.open(bench / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
            texts += [text for line in stream if (text := json.loads(line)["text"]).strip()]
    random.Random(6).shuffle(texts)
    texts = texts[:reports]
    write(target, texts)
    return texts


def write(target: Path, texts: list[str]) -> None:
    """Write texts as reports."""
    with target.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(texts):
            stream.write(json.dumps({"id": f"r{number}", "text": text}) + "\n")


def run(command: list[str]) -> Ran:
    """Run a command, its output thrown away.

    It is started by a small process: of a child the kernel tells the memory of the process that
    started it as well, and this one holds two language models.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    told = subprocess.run(
        [sys.executable, "-c", STARTER, *command],
        stdout=subprocess.PIPE,
        check=True,
        env={**os.environ, **ONE},
    )
    return Ran(*json.loads(told.stdout))


def measure_steps(texts: list[str]) -> tuple[float, dict[str, float]]:
    """Seconds of spaCy's default pipeline, and by step of coding; loading left out."""
    import spacy

    from according import coder as steps
    from according.coder import Coder
    from according.language.pipeline import DEFAULT_MODEL, parse_texts
    from according.records import Report
    from growth import _STEPS, timed

    plain = spacy.load(DEFAULT_MODEL)
    coder = Coder()
    list(plain.pipe(texts[:FIRST]))
    for number, text in enumerate(texts[:FIRST]):
        coder.code(Report(id=f"first{number}", text=text))
    seconds: dict[str, float] = {}
    theirs = total = 0.0
    kept = {name: getattr(steps, name) for _, name in (*_STEPS, ("clauses", "parse_report"))}
    for label, name in (*_STEPS, ("clauses", "parse_report")):
        setattr(steps, name, timed(label, kept[name], seconds))
    try:
        for first in range(0, len(texts), TURN):
            part = texts[first : first + TURN]
            begun = time.process_time()
            for _ in plain.pipe(part):
                pass
            theirs += time.process_time() - begun
            begun = time.process_time()
            docs = parse_texts(coder.nlp, part)
            for number, text in enumerate(part):
                doc = timed("parse", lambda docs=docs: next(docs), seconds)()
                coded = coder.code_doc(Report(id=f"r{first + number}", text=text), doc)
                timed("write", coded.to_json, seconds)()
            total += time.process_time() - begun
    finally:
        for name, work in kept.items():
            setattr(steps, name, work)
    seconds["regions and the rest"] = total - sum(seconds.values())
    return theirs, {"total": total, **seconds}


def compare_workers(corpus: Path, work: Path, turns: int) -> tuple[float, float]:
    """How many times as fast two workers are as one, by the clock: the best turn; and a worker's memory."""
    best = memory = 0.0
    for turn in range(turns):
        runs = []
        for workers in (1, 2):
            out = work / f"run-{os.getpid()}-{turn}-{workers}"
            runs.append(run([*PROGRAM, "code", str(corpus), "-o", f"{out}/", "--workers", str(workers)]))
            shutil.rmtree(out)
        one, two = runs
        best, memory = max(best, one.wall / two.wall), max(memory, one.memory, two.memory)
        print(f"one worker {one.wall:.1f} s, two {two.wall:.1f} s", flush=True)
        print(f"of the processor {one.cpu:.1f} s and {two.cpu:.1f} s", flush=True)
    return best, memory


def table(figures: dict[str, str], steps: dict[str, float], spacy_seconds: float, about: str) -> str:
    """Write the page."""
    lines = [
        "# Speed",
        "",
        f"Made by `benchmarks/speed.py`: {about}",
        "",
        "| What | Figure | Bar |",
        "|---|---|---|",
    ]
    lines += [f"| {what} | {figure} |" for what, figure in figures.items()]
    lines += ["", "## Time by step", "", "| Step | Share of spaCy's time |", "|---|---|"]
    ranked = sorted(steps.items(), key=lambda item: -item[1])
    lines += [f"| {'**all**' if n == 'total' else n} | {s / spacy_seconds:.3f} |" for n, s in ranked]
    return "\n".join(lines) + "\n" + HOW


def main() -> int:
    """Measure and print, and write the page if told to."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("bench", type=Path)
    options.add_argument("work", type=Path)
    options.add_argument("--reports", type=int, default=2000)
    options.add_argument("--turns", type=int, default=1, help="how often one worker and two are timed")
    options.add_argument("--table", type=Path)
    chosen = options.parse_args()
    chosen.work.mkdir(parents=True, exist_ok=True)
    corpus = chosen.work / "corpus.jsonl"
    texts = build(chosen.bench, corpus, chosen.reports)
    first = chosen.work / "first.txt"
    first.write_text("Rebels attacked a base near Aleppo on Monday.\n", encoding="utf-8")
    spacy_seconds, steps = measure_steps(texts)
    print(f"spaCy {spacy_seconds:.1f} s, coding {steps['total']:.1f} s", flush=True)
    helped = min((run([*PROGRAM, "--help"]) for _ in range(5)), key=lambda r: r.cpu)
    started = min((run([*PROGRAM, "code", str(first)]) for _ in range(5)), key=lambda r: r.cpu)
    whole = run([*PROGRAM, "code", str(corpus), "-o", str(chosen.work / "one.jsonl")])
    print(f"coding in one process with loading {whole.cpu:.1f} s", flush=True)
    workers, memory = compare_workers(corpus, chosen.work, chosen.turns)
    figures = {
        "coding in one process, loading left out, to spaCy": f"{steps['total'] / spacy_seconds:.2f} | 1.25",
        "`according code` in one process with loading, to spaCy": f"{whole.cpu / spacy_seconds:.2f} | 1.25",
        "two workers, to one, loading included": f"{workers:.2f} | 1.8",
        "memory of that process, MB": f"{whole.memory:.0f} | 600",
        "memory of a worker, MB": f"{memory:.0f} | 600",
        "`according --help`, s": f"{helped.cpu:.2f} | 0.3",
        "first report of a fresh process, s": f"{started.cpu:.1f} | 4",
    }
    size = sum(map(len, texts))
    about = (
        f"{len(texts):,} reports, {size:,} characters, one processor of {os.cpu_count()}, Python "
        f"{platform.python_version()}; spaCy's default pipeline takes {spacy_seconds:.1f} s over them. "
        "Seconds are those of the processor; workers are compared by the clock."
    )
    page = table(figures, steps, spacy_seconds, about)
    print(page)
    if chosen.table is not None:
        chosen.table.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
