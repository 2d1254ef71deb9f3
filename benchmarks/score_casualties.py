"""Measure victims, perpetrators and numbers of people on two labelled sets.

    python benchmarks/score_casualties.py BENCH_DIR CACHE_DIR [--show N]

The first set gives the dead and injured of one incident a report: a figure is
right when a mention carries that number (nobody: when none carries one). The
second gives, a template, the words for perpetrators and human targets, and
the number of dead: found when an actor or a recipient of an act of force
overlaps one of the words, or carries the number. Whole and by halves.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from spacy.tokens import DocBin

from according.coder import Coder
from according.language.pipeline import load_pipeline, parse_texts
from according.records import CodedReport, Mention, Participant, Report


def coded(bench: Path, cache: Path, name: str) -> list[tuple[dict[str, Any], CodedReport]]:
    """Code a set, its parses kept in the cache."""
    with gzip.open(bench / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    nlp, path = load_pipeline(), cache / f"{name}.labels.spacy"
    docs = list(DocBin().from_disk(path).get_docs(nlp.vocab)) if path.exists() else []
    if [d.text for d in docs] != [r["text"] for r in rows]:
        docs = list(parse_texts(nlp, (r["text"] for r in rows)))
        DocBin(docs=docs).to_disk(path)
    coder = Coder()
    return [
        (r, coder.code_doc(Report(id=str(r["id"]), text=r["text"], published=r.get("publish_date")), d))
        for r, d in zip(rows, docs, strict=True)
    ]


def numbers(mentions: list[Mention], field: str) -> set[int]:
    """The exact or lowest numbers that mentions carry in a field."""
    counts = [getattr(m, field) for m in mentions]
    return {n for c in counts if c is not None for n in (c.low, c.high) if n is not None}


def touches(parties: list[Participant], spans: list[list[int]]) -> bool:
    """Whether a party's words overlap one of the spans."""
    return any(p.span.start < b and a < p.span.end for p in parties for a, b in spans)


def main() -> None:
    """Print the figures."""
    bench, cache = Path(sys.argv[1]), Path(sys.argv[2])
    show = int(sys.argv[sys.argv.index("--show") + 1]) if "--show" in sys.argv else 0
    right: Counter[str] = Counter()
    missed: list[str] = []

    def mark(key: str, number: int, good: bool, note: str) -> None:
        for part in ("all", "ab"[number % 2]):
            right[f"{key} {part}"] += good
            right[f"{key} {part} of"] += 1
        if not good:
            missed.append(f"{key} | {note}")

    for n, (row, report) in enumerate(coded(bench, cache, "casualty")):
        told = [m for m in report.mentions if m.factuality != "negated"]
        for key, field in (("dead", "killed"), ("injured", "injured")):
            found = numbers(told, field)
            name = f"casualty {field}" if row[key] else f"casualty no {field}"
            good = row[key] in found if row[key] else not found - {0}
            mark(name, n, good, f"{row['id']} {row[key]} {sorted(found)} {row['text'][:300]!r}")
    for n, (row, report) in enumerate(coded(bench, cache, "muc4")):
        force = [m for m in report.mentions if m.type in ("ASSAULT", "COERCE")]
        actors = [p for m in force for p in m.actors]
        recipients = [p for m in force for p in m.recipients]
        for template in row["templates"]:
            for key, fields, parties in (
                ("perpetrator", ("perp_individual", "perp_organization"), actors),
                ("human target", ("human_target_name", "human_target_description"), recipients),
            ):
                for item in (i for f in fields for i in template[f] if not i["optional"]):
                    spans = [s for alt in item["alts"] for s in alt.get("spans", [])]
                    if spans:
                        mark(f"muc4 {key}", n, touches(parties, spans), f"{row['id']} {item['raw']}")
            if template["dead"]:
                found = numbers(force, "killed")
                note = f"{row['id']} {template['dead']} {sorted(found)}"
                mark("muc4 dead", n, template["dead"] in found, note)
    for key in dict.fromkeys(k.rsplit(" ", 1)[0] for k in right if k.endswith(" all")):
        parts = (f"{p} {right[f'{key} {p}'] / max(1, right[f'{key} {p} of']):.3f}" for p in ("all", "a", "b"))
        print(f"{key:22}", *parts, "of", right[f"{key} all of"])
    print("\n".join(missed[:: max(1, len(missed) // show)] if show else ""))


if __name__ == "__main__":
    main()
