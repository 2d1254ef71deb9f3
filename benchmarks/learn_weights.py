"""Learn weights of the evidence that two mentions tell one happening, on half a of the gold data.

    python benchmarks/learn_weights.py GOLD.jsonl[.gz] CODED.jsonl [--write]

Logistic regression over pairs of mentions of half a (see crossdoc.py), drawn to the weights set by
hand as a prior, since the data are few. Evidence that the data never or hardly show (days, places,
publication) keeps its set weight. With --write, data/corroborate/weights.yml is brought up to date.
"""

from __future__ import annotations

import json
import re
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import according
from according.corroborate import read_tellings
from according.corroborate.likeness import Weighed, can_be_one, find_evidence
from according.records import CodedReport
from crossdoc import align, half_of, read_lines

MIN_PAIRS = 40
PRIOR = 15
WEIGHTS = Path(according.__file__).parent / "data" / "corroborate" / "weights.yml"
_ROW = re.compile(r"^  (\w+): \{weight: (-?[\d.]+), prior: (-?[\d.]+), from: (\w+)\}$")


def read_pairs(gold: Path, coded: Path, half: str) -> list[tuple[dict[str, float], bool]]:
    """Evidence and truth of every pair of mentions that may be one, of a half."""
    records = {(c := CodedReport.from_json(line)).report.id: c for line in read_lines(coded) if line}
    tellings = []
    for row in map(json.loads, filter(None, read_lines(gold))):
        if half_of(row["topic"]) in half and row["id"] in records:
            mine = align(row, records[row["id"]])
            tellings += [
                (Weighed.of(t), row["events"][mine[t.id]]["cluster"])
                for t in read_tellings(records[row["id"]])
                if t.id in mine
            ]
    return [
        (find_evidence(one, two), a == b)
        for (one, a), (two, b) in combinations(tellings, 2)
        if can_be_one(one.telling, two.telling)
    ]


def fit(
    pairs: list[tuple[dict[str, float], bool]],
    names: list[str],
    prior: dict[str, float],
    fixed: dict[str, float],
) -> dict[str, float]:
    """Newton's method on the penalised likelihood."""
    x: NDArray[np.float64] = np.array(
        [[e.get(n, 0.0) if n != "bias" else 1.0 for n in names] for e, _ in pairs]
    )
    offset = np.array([sum(fixed[n] * v for n, v in e.items() if n in fixed) for e, _ in pairs])
    y = np.array([float(t) for _, t in pairs])
    start = np.array([prior[n] for n in names])
    w = start.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w + offset, -30, 30)))
        gradient = x.T @ (y - p) - PRIOR * (w - start)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + PRIOR * np.eye(len(names))
        step = np.linalg.solve(hessian, gradient)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, w.tolist(), strict=True))


def main() -> None:
    """Learn and print, or write."""
    gold, coded = map(Path, sys.argv[1:3])
    lines = WEIGHTS.read_text(encoding="utf-8").splitlines()
    rows = {m[1]: m for line in lines if (m := _ROW.match(line))}
    prior = {n: float(m[3]) for n, m in rows.items()}
    pairs = read_pairs(gold, coded, "a")
    seen = {n: sum(bool(e.get(n)) for e, _ in pairs) for n in rows}
    names = [n for n in rows if n == "bias" or seen[n] >= MIN_PAIRS]
    learned = fit(pairs, names, prior, {n: v for n, v in prior.items() if n not in names})
    print(f"{len(pairs)} pairs, {sum(t for _, t in pairs)} of one happening")
    for name in rows:
        print(
            f"{name:20} seen {seen[name]:6} set {prior[name]:6.2f}"
            f" learned {learned.get(name, float('nan')):6.2f}"
        )
    if "--write" in sys.argv:
        for i, line in enumerate(lines):
            if m := _ROW.match(line):
                value, origin = (learned[m[1]], "learned") if m[1] in learned else (prior[m[1]], "set")
                lines[i] = f"  {m[1]}: {{weight: {value:.2f}, prior: {m[3]}, from: {origin}}}"
        WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
