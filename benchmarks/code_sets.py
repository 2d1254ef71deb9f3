"""Code the development sets from kept parses and print the figures.

    python benchmarks/code_sets.py BENCH_DIR CACHE_DIR OUT_DIR [SET...]

The coded files are those `according code` would write; only the parsing is
saved. Figures are printed whole and by halves.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from according.coder import Coder
from according.records import Report
from parses import SETS, load_parses

SCORED = [s for s in SETS if s != "casualty"]


def day_of(written: str | None) -> date | None:
    """The day a row gives, or None where it gives none that can be read."""
    return date.fromisoformat(written) if written and re.fullmatch(r"\d{4}-\d\d-\d\d", written) else None


def code_set(coder: Coder, bench: Path, cache: Path, out: Path, name: str) -> None:
    """Code one set and write `OUT_DIR/NAME.jsonl`."""
    started = time.perf_counter()
    with (out / f"{name}.jsonl").open("w", encoding="utf-8") as stream:
        for row, doc in load_parses(bench, cache, name):
            published = row.get("published")
            report = Report(
                id=str(row["id"]),
                text=row["text"],
                title=row.get("title"),
                publisher=row.get("publisher"),
                published=day_of(published),
            )
            stream.write(coder.code_doc(report, doc).to_json() + "\n")
    print(f"== {name} coded in {time.perf_counter() - started:.1f} s", flush=True)


def main() -> int:
    """Code and score the sets named on the command line."""
    bench, cache, out = map(Path, sys.argv[1:4])
    out.mkdir(parents=True, exist_ok=True)
    coder = Coder()
    for name in sys.argv[4:] or SCORED:
        code_set(coder, bench, cache, out, name)
        coded = str(out / f"{name}.jsonl")
        for half in ((), ("--half", "a"), ("--half", "b")):
            print("--", *half)
            command = (
                [str(bench / "score.py"), str(bench / "gold"), coded]
                if name == "gold"
                else [str(bench / "bench.py"), "score", name, coded]
            )
            subprocess.run([sys.executable, *command, *half], check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
