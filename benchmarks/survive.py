"""Code all development texts twice, once killed half-way and resumed, and compare the bytes.

    python benchmarks/survive.py BENCH_DIR WORK_DIR [--workers N]

WORK_DIR is emptied of earlier runs. Exits 1 unless both runs hold the same
bytes and every report was coded or set aside with a reason.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from code_sets import day_of
from parses import read_rows

SETS = (
    "casualty", "coref", "crossdoc", "india_police_docs", "muc4", "plover_gsr", "plover_plv", "polnear",
    "polnear_train", "timex", "toponyms",
)  # fmt: skip
PROGRAM = [sys.executable, "-c", "from according.cli import main; main()"]


def assemble(bench: Path, target: Path) -> int:
    """Write every text as a report, with what is told of it; give their number."""
    rows: list[tuple[str, dict[str, Any]]] = [("gold", row) for row in read_rows(bench, "gold")]
    for name in SETS:
        with gzip.open(bench / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
            rows += [(name, json.loads(line)) for line in stream]
    with target.open("w", encoding="utf-8") as stream:
        for name, row in rows:
            day = day_of(row.get("published") or row.get("date") or row.get("dct"))
            report = {"id": f"{name}/{row['id']}", "text": row["text"], "published": day and day.isoformat()}
            report |= {key: row.get(key) for key in ("title", "publisher")}
            told = {key: value for key, value in report.items() if value is not None}
            stream.write(json.dumps(told, ensure_ascii=False) + "\n")
    return len(rows)


def command(corpus: Path, folder: Path, workers: int, *more: str) -> list[str]:
    """The command that codes the corpus into a folder."""
    return [
        *PROGRAM, "code", str(corpus), "-o", f"{folder}/", "--workers", str(workers), "--progress",
        "none", *more,
    ]  # fmt: skip


def kill_half_way(call: list[str], folder: Path, parts: int) -> int:
    """Start a run, kill it when it has written some parts, and tell how many stand then.

    Raises:
        RuntimeError: It ended before.
    """
    process = subprocess.Popen(call, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        if len(list(folder.glob("parts/*.jsonl"))) >= parts:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return len(list(folder.glob("parts/*.jsonl")))
        time.sleep(0.1)
    raise RuntimeError(f"the run ended by itself: exit status {process.returncode}")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a run but its lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def main() -> int:
    """Run, kill, resume, compare, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("bench", type=Path)
    options.add_argument("work", type=Path)
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    chosen.work.mkdir(parents=True, exist_ok=True)
    corpus, calm, killed = (chosen.work / name for name in ("all.jsonl", "calm", "killed"))
    for folder in (calm, killed):
        shutil.rmtree(folder, ignore_errors=True)
    texts = assemble(chosen.bench, corpus)
    started = time.perf_counter()
    status = subprocess.run(command(corpus, calm, chosen.workers), check=False).returncode
    seconds = time.perf_counter() - started
    counts = json.loads((calm / "manifest.json").read_text(encoding="utf-8"))["reports"]
    print(f"undisturbed: exit status {status}, {seconds:.0f} s, {counts}", flush=True)
    parts = len(list(calm.glob("parts/*.jsonl")))
    left = kill_half_way(command(corpus, killed, chosen.workers), killed, parts // 2)
    resumed = subprocess.run(command(corpus, killed, chosen.workers, "--resume"), check=False).returncode
    same = contents(calm) == contents(killed)
    print(f"killed after {left} of {parts} parts, resumed: exit status {resumed}, the same bytes: {same}")
    received, coded, aside = (counts[name] for name in ("received", "coded", "aside"))
    whole = texts == received == coded + aside
    print(f"{texts} texts, {received} reports in = {coded} coded + {aside} set aside")
    return 0 if same and whole and status in (0, 1) and resumed == status else 1


if __name__ == "__main__":
    sys.exit(main())
