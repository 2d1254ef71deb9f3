"""Measure names, countries and kinds of participants on the annotated reports.

    python benchmarks/score_entities.py BENCH_DIR CACHE_DIR [--show]

For every annotated participant the phrase at its span is resolved; name,
country and kind are compared with the annotation, whole and by halves of the
reports. On the sentences with marked sources and targets it counts how many
countries are found.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from according.language.model import ParsedReport
from according.records import Report
from according.resolution.actors import load_actors
from according.resolution.entities import find_entities
from parses import load_parses


def fold(name: str | None) -> str:
    """A name for comparison."""
    return (name or "").lower().replace("’", "'").strip()


def main() -> None:
    """Print the figures."""
    bench, cache = Path(sys.argv[1]), Path(sys.argv[2])
    show = "--show" in sys.argv
    actors = load_actors()
    gold = {d["id"]: d for d in (json.loads(p.read_text()) for p in sorted((bench / "gold").glob("*.json")))}
    right: Counter[str] = Counter()
    for number, (row, doc) in enumerate(load_parses(bench, cache, "gold")):
        published = {"published": row["published"]} if row.get("published") else {}
        report = Report(id=row["id"], text=row["text"], publisher=row.get("publisher"), **published)
        parsed = ParsedReport(report, doc)
        index = find_entities(parsed, actors)
        seen: dict[tuple[int, int, str], int] = {}
        for event in gold[row["id"]]["events"]:
            for p in (*event["actors"], *event["recipients"]):
                span = doc.char_span(p["start"], p["end"], alignment_mode="expand")
                if span is None:
                    continue
                found = index.participants(parsed, span.start, span.end, span.root.i)
                best = max(
                    found, key=lambda f: (fold(f.name) == fold(p["name"]), (f.country or "") == p["country"])
                )
                half = "a" if number % 2 == 0 else "b"
                marks = {
                    "name": fold(best.name) == fold(p["name"]),
                    "country": (best.country or "") == (p["country"] or ""),
                    "kind": best.kind == p["kind"],
                    "span": (best.span.start, best.span.end) == (p["start"], p["end"]),
                }
                for key, good in marks.items():
                    for part in ("all", half):
                        right[f"{key} {part}"] += good
                        right[f"{key} {part} of"] += 1
                key2 = (p["start"], p["end"], p["name"])
                if show and not all(marks.values()) and key2 not in seen:
                    seen[key2] = 1
                    bad = ",".join(k for k, v in marks.items() if not v)
                    print(
                        row["id"][:12],
                        half,
                        bad,
                        "|",
                        p["text"],
                        "|",
                        p["name"],
                        p["country"],
                        p["kind"],
                        "|",
                        [(f.span.text, f.name, f.country, f.kind) for f in found],
                    )
    for key in ("name", "country", "kind", "span"):
        print(
            key,
            *(
                f"{part} {right[f'{key} {part}'] / max(1, right[f'{key} {part} of']):.3f}"
                for part in ("all", "a", "b")
            ),
        )


if __name__ == "__main__":
    main()
