"""Score events across reports against gold clusters, beside the head-lemma baseline.

    python benchmarks/crossdoc.py GOLD.jsonl[.gz] CODED.jsonl

A line of GOLD is {"id", "topic", "text", "events": [{"start", "end", "cluster"}]} (ECB+ in this
layout); CODED is what `according code` made of the same texts. A mention of ours is the gold
mention its trigger overlaps most. "found" scores the mentions that both sides have; "all" counts
every gold mention, those not found as missing. Half a, on which the weights were learned, and
half b are parted by topic. The baseline joins mentions whose triggers share a lemma; it is given
the gold topics, which our clusters are not.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from according.corroborate import corroborate, read_tellings
from according.evaluate.coreference import ClusterScores, score_clusters
from according.records import CodedReport


def read_lines(path: Path) -> list[str]:
    """Lines of a file, unpacked if need be."""
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").splitlines()


def half_of(topic: object) -> str:
    """Half a or b of a topic."""
    return "ab"[hashlib.sha1(str(topic).encode(), usedforsecurity=False).digest()[0] % 2]


def align(row: dict[str, Any], coded: CodedReport) -> dict[str, int]:
    """Gold mention, by its place in the list, of each mention of ours that has one; one to one."""
    pairs = []
    for mention in coded.mentions:
        for i, gold in enumerate(row["events"]):
            shared = min(mention.trigger.end, gold["end"]) - max(mention.trigger.start, gold["start"])
            if shared > 0:
                pairs.append((-shared, mention.trigger.start, mention.id, i))
    mine: dict[str, int] = {}
    taken: set[int] = set()
    for _, _, mention_id, i in sorted(pairs):
        if mention_id not in mine and i not in taken:
            mine[mention_id] = i
            taken.add(i)
    return mine


def show(name: str, scores: ClusterScores) -> None:
    """Print one row."""
    parts = (("MUC", scores.muc), ("B3", scores.b_cubed), ("CEAFe", scores.ceaf_e))
    figures = "  ".join(f"{n} {s.precision:.3f}/{s.recall:.3f}/{s.f1:.3f}" for n, s in parts)
    print(f"{name:28} {figures}  CoNLL {scores.conll:.3f}")


def run(rows: Iterable[dict[str, Any]], coded: dict[str, CodedReport]) -> None:
    """Print the figures of both halves."""
    kept = [r for r in rows if r["id"] in coded]
    ours = {m: e.id for e in corroborate(coded.values()).events for m in e.mentions}
    stems = {t.id: t.stem for c in coded.values() for t in read_tellings(c)}
    for half in ("a", "b", "ab"):
        gold: dict[Any, Any] = {}
        found: dict[Any, Any] = {}
        lemma: dict[Any, Any] = {}
        anywhere: dict[Any, Any] = {}
        for row in kept:
            if half_of(row["topic"]) not in half:
                continue
            gold |= {(row["id"], i): e["cluster"] for i, e in enumerate(row["events"])}
            for mention, i in align(row, coded[row["id"]]).items():
                found[row["id"], i] = ours[mention]
                lemma[row["id"], i] = (row["topic"], stems[mention])
                anywhere[row["id"], i] = stems[mention]
        both = {key: gold[key] for key in found}
        print(f"half {half}: {len(gold)} gold mentions, {len(found)} of them found")
        for name, clusters in (
            ("ours", found),
            ("head lemma in gold topics", lemma),
            ("head lemma", anywhere),
            ("each alone", {k: k for k in found}),
        ):
            show(f"  found, {name}", score_clusters(both, clusters))
        show("  all, ours", score_clusters(gold, found))
        show("  all, lemma in gold topics", score_clusters(gold, lemma))


def main() -> None:
    """Read both files and print the figures."""
    gold, coded = map(Path, sys.argv[1:3])
    records = [CodedReport.from_json(line) for line in read_lines(coded) if line]
    run((json.loads(line) for line in read_lines(gold) if line), {c.report.id: c for c in records})


if __name__ == "__main__":
    main()
