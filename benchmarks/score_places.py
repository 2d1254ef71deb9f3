"""Write the places found in the toponym development set, for `bench.py score toponyms`.

python benchmarks/score_places.py BENCH_DIR CACHE_DIR OUT.jsonl [--no-adjectives]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from according.language.model import ParsedReport
from according.records import Report
from according.resolution.places import find_places
from parses import load_parses


def main(bench: Path, cache: Path, out: Path, *, adjectives: bool = True) -> None:
    """Run `find_places` on the kept parses and write one line a report."""
    with out.open("w", encoding="utf-8") as lines:
        for row, doc in load_parses(bench, cache, "toponyms"):
            report = Report(id=str(row["id"]), text=row["text"], publisher=row.get("publisher"))
            places = find_places(ParsedReport(report=report, doc=doc), adjectives=adjectives)
            record = {
                "report": {"id": row["id"], "text": row["text"]},
                "places": [p.model_dump() for p in places], "mentions": [], "statements": [],
            }  # fmt: skip
            lines.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main(
        Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), adjectives="--no-adjectives" not in sys.argv
    )
