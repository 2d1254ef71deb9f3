"""Write the statements of a development set as coded reports, for the scorers.

python benchmarks/score_statements.py BENCH_DIR CACHE_DIR SET OUT.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from according.attribution.cues import load_cues
from according.attribution.model import StatementDraft
from according.attribution.statements import find_statements
from according.language.model import ParsedReport
from according.records import Report, Span
from parses import load_parses


def _row(text: str, d: StatementDraft) -> dict[str, Any]:
    return {
        "source": None if d.source is None else {"span": Span.of(text, *d.source).model_dump()},
        "cue": None if d.cue is None else Span.of(text, *d.cue).model_dump(),
        "content": [Span.of(text, a, b).model_dump() for a, b in d.content],
        "manner": d.manner,
        "stance": d.stance,
        "parent": d.parent,
        "class": d.cue_class,
        "kind": d.cue_kind,
    }


def statements_of(row: dict[str, Any], doc: Doc) -> dict[str, Any]:
    """Code the statements of one report, and nothing else."""
    text = row["text"]
    parsed = ParsedReport(Report(id=str(row["id"]), text=text), doc)
    out = [_row(text, d) for d in find_statements(parsed, load_cues())]
    return {"report": {"id": str(row["id"]), "text": text}, "statements": out, "mentions": []}


if __name__ == "__main__":
    bench, cache, name, target = sys.argv[1:5]
    lines = [json.dumps(statements_of(row, doc)) for row, doc in load_parses(Path(bench), Path(cache), name)]
    Path(target).write_text("\n".join(lines) + "\n", encoding="utf-8")
