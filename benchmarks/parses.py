"""Parse the development sets once and keep the parses, so that tuning is quick.

    python benchmarks/parses.py BENCH_DIR CACHE_DIR [SET...]

Other scripts call `load_parses`. The cache is keyed by set and holds the
input rows beside their parses; delete a file to parse anew.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin

from according.language.mend import mend_parse
from according.language.pipeline import load_pipeline, parse_texts

SETS = ("gold", "plover_gsr", "plover_plv", "polnear", "timex", "toponyms", "india_police", "casualty")


def read_rows(bench: Path, name: str) -> list[dict[str, Any]]:
    """Read the input reports of a development set.

    Args:
        bench: Folder that holds `bench.py` and `gold/`.
        name: One of `SETS`.

    Returns:
        One mapping a report with `id`, `text` and what metadata there is.
    """
    if name == "gold":
        rows = []
        for path in sorted((bench / "gold").glob("*.json")):
            d = json.loads(path.read_text(encoding="utf-8"))
            row = {k: d[k] for k in ("id", "title", "publisher", "text") if d.get(k)}
            rows.append(row | ({"published": d["date"]} if d.get("date") else {}))
        return rows
    out = subprocess.run(
        [sys.executable, str(bench / "bench.py"), "input", name], capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in out.stdout.split("\n") if line]


def load_parses(bench: Path, cache: Path, name: str) -> list[tuple[dict[str, Any], Doc]]:
    """Give the rows of a set with their parses, from the cache where it holds them.

    Args:
        bench: Folder that holds `bench.py` and `gold/`.
        cache: Folder for the parses.
        name: One of `SETS`.

    Returns:
        Pairs of input row and `Doc`.
    """
    nlp = load_pipeline()
    rows = read_rows(bench, name)
    path = cache / f"{name}.spacy"
    if path.exists():
        docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
        if [d.text for d in docs] == [r["text"] for r in rows]:
            return list(zip(rows, map(mend_parse, docs), strict=True))
    docs = list(parse_texts(nlp, (r["text"] for r in rows)))
    cache.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs).to_disk(path)
    return list(zip(rows, docs, strict=True))


if __name__ == "__main__":
    for wanted in sys.argv[3:] or SETS:
        pairs = load_parses(Path(sys.argv[1]), Path(sys.argv[2]), wanted)
        print(wanted, len(pairs), sum(len(doc) for _, doc in pairs), "tokens", flush=True)
