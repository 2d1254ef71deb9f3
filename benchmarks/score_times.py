"""Write the times found in the time development set and score them.

python benchmarks/score_times.py BENCH_DIR OUT.jsonl [a|b] [--misses]
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from according.resolution.times import find_times
from parses import read_rows


def main(bench: Path, out: Path, half: str | None) -> None:
    """Run `find_times` on the set, write one line a report, and print the scores."""
    with out.open("w", encoding="utf-8") as lines:
        for row in read_rows(bench, "timex"):
            day = date.fromisoformat(row["published"]) if row.get("published") else None
            times = find_times(row["text"], published=day)
            record = {
                "report": {"id": row["id"], "text": row["text"]},
                "times": [t.model_dump(mode="json", by_alias=True) for t in times],
                "mentions": [], "statements": [],
            }  # fmt: skip
            lines.write(json.dumps(record) + "\n")
    command = [sys.executable, str(bench / "bench.py"), "score", "timex", str(out)]
    subprocess.run(command + (["--half", half] if half else []), check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
