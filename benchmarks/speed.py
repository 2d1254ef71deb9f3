"""Measure speed and size, all in one run, and write the table of docs/speed.md.

    python benchmarks/speed.py BENCH_DIR WORK_DIR [--reports N] [--table docs/speed.md]

A corpus of N reports (2,000 unless told) is drawn from the development data
with a fixed seed. Times are ratios to spaCy's default pipeline over the same
texts, on one processor; the machine should have nothing else to do.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import subprocess
import sys
import time
from pathlib import Path

ONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
os.environ.update(ONE)

SETS = (
    "casualty", "coref", "india_police_docs", "muc4", "plover_plv", "polnear", "polnear_train", "timex",
    "toponyms",
)  # fmt: skip


def build(bench: Path, target: Path, reports: int) -> list[str]:
    """Draw a corpus and write it as JSON Lines; give its texts."""
    texts: list[str] = []
    for name in SETS:
        with gzip.open(bench / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
            texts += [text for line in stream if (text := json.loads(line)["text"]).strip()]
    random.Random(6).shuffle(texts)
    texts = texts[:reports]
    with target.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(texts):
            stream.write(json.dumps({"id": f"r{number}", "text": text}) + "\n")
    return texts


def seconds_of(command: list[str]) -> float:
    """Wall seconds of a command; its output is thrown away."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **ONE})
    return time.perf_counter() - started


def measure_spacy(texts: list[str]) -> float:
    """Seconds of spaCy's default pipeline over texts it is warm for."""
    import spacy

    from according.language.pipeline import DEFAULT_MODEL

    nlp = spacy.load(DEFAULT_MODEL)
    list(nlp.pipe(texts[:20]))
    started = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    return time.perf_counter() - started


def measure_steps(texts: list[str]) -> dict[str, float]:
    """Seconds by step of coding in this process, loading left out."""
    from according import coder as steps
    from according.coder import Coder
    from according.language.pipeline import parse_texts
    from according.records import Report
    from growth import _STEPS, timed

    coder = Coder()
    coder.code(Report(id="first", text=texts[0]))
    seconds: dict[str, float] = {}
    kept = {name: getattr(steps, name) for _, name in (*_STEPS, ("clauses", "parse_report"))}
    for label, name in (*_STEPS, ("clauses", "parse_report")):
        setattr(steps, name, timed(label, kept[name], seconds))
    try:
        started = time.perf_counter()
        docs = parse_texts(coder.nlp, texts)
        for number, text in enumerate(texts):
            begun = time.perf_counter()
            doc = next(docs)
            seconds["parse"] = seconds.get("parse", 0.0) + time.perf_counter() - begun
            coded = coder.code_doc(Report(id=f"r{number}", text=text), doc)
            begun = time.perf_counter()
            coded.to_json()
            seconds["write"] = seconds.get("write", 0.0) + time.perf_counter() - begun
        total = time.perf_counter() - started
    finally:
        for name, work in kept.items():
            setattr(steps, name, work)
    seconds["regions and the rest"] = total - sum(seconds.values())
    return {"total": total, **seconds}


def peak_memory(corpus: Path) -> float:
    """Most megabytes (2**20 bytes) a process that codes the corpus takes."""
    script = (
        "import resource, sys; from according.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    out = corpus.with_name("memory.jsonl")
    told = subprocess.run(
        [sys.executable, "-c", script, "code", str(corpus), "-o", str(out)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **ONE},
    )
    return float(told.stdout.split()[-1])


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
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure and print, and write the page if told to."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("bench", type=Path)
    options.add_argument("work", type=Path)
    options.add_argument("--reports", type=int, default=2000)
    options.add_argument("--table", type=Path)
    chosen = options.parse_args()
    chosen.work.mkdir(parents=True, exist_ok=True)
    corpus = chosen.work / "corpus.jsonl"
    texts = build(chosen.bench, corpus, chosen.reports)
    first = chosen.work / "first.txt"
    first.write_text("Rebels attacked a base near Aleppo on Monday.\n", encoding="utf-8")
    program = [sys.executable, "-c", "from according.cli import main; main()"]
    code = [*program, "code", str(corpus)]
    spacy_seconds = measure_spacy(texts)
    print(f"spaCy {spacy_seconds:.1f} s", flush=True)
    steps = measure_steps(texts)
    help_seconds = min(seconds_of([*program, "--help"]) for _ in range(3))
    first_seconds = min(seconds_of([*program, "code", str(first)]) for _ in range(2))
    one = seconds_of([*code, "-o", str(chosen.work / "one.jsonl")])
    folders = [chosen.work / f"run-{os.getpid()}-{n}" for n in (1, 2)]
    runs = [seconds_of([*code, "-o", f"{f}/", "--workers", str(n + 1)]) for n, f in enumerate(folders)]
    figures = {
        "coding in one process, loading left out, to spaCy": f"{steps['total'] / spacy_seconds:.2f} | 1.25",
        "`according code` in one process with loading, to spaCy": f"{one / spacy_seconds:.2f} | 1.25",
        "two workers, to one": f"{(runs[0] - first_seconds) / (runs[1] - first_seconds):.2f} | 1.8",
        "memory a process, MB": f"{peak_memory(corpus):.0f} | 600",
        "`according --help`, s": f"{help_seconds:.2f} | 0.3",
        "first report of a fresh process, s": f"{first_seconds:.1f} | 4",
    }
    size = sum(map(len, texts))
    about = (
        f"{len(texts):,} reports, {size:,} characters, one processor of {os.cpu_count()}, Python "
        f"{platform.python_version()}; spaCy's default pipeline takes {spacy_seconds:.1f} s over them."
    )
    page = table(figures, steps, spacy_seconds, about)
    print(page)
    if chosen.table is not None:
        chosen.table.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
