"""Fit the weights of a mention's score and show, by cross-validation, how well they hold.

    python benchmarks/calibrate.py BENCH_DIR CODED_DIR [--write]

CODED_DIR holds `gold.jsonl` and `plover_plv.jsonl` as `benchmarks/code_sets.py` writes them. A mention
of a gold report is right when the report's annotation has an event of its type at its trigger (the
scorer's own pairing); one of a plover_plv sentence (half a only) is looked at when it holds one of the
marked pair or both, and right when it has the pair's type. Those with both, those with one and those
of whole reports have a constant each. All folds leave out whole reports. With --write, `data/score.yml`
and `docs/score.md` with its plot are made anew.

Sources of the labels: annotated reports and the PLOVER validation sentences of plover_plv; only numbers
learnt from them are kept.
"""

from __future__ import annotations

import importlib.util
import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from according.codebook.load import load_codebook
from according.events.score import features

RIDGE = 3.0
FOLDS = 8
BINS = 6
ROOT = Path(__file__).resolve().parent.parent


_PAGE = """\
# What a score means

The `score` of a mention estimates how likely the mention is right: that a careful reader would code an
event of this type at these words. Of mentions with a score near s, about s are right. It says nothing
about whether the event happened.

The score is a logistic model over what stands in the mention: the trust in the trigger (its `weight` in
the codebook), whether somebody acts and somebody is acted on, the part of speech, the factuality, the
type, and how the type was reached. The weights were fitted on {counts[0]} mentions in eight annotated
reports and {counts[1]} mentions in single sentences that hold a marked actor or recipient; each kind has
a constant of its own, and that of whole reports is used. A user's own codebook is scored with the same
weights, less those of the types.

![Reliability: share of right mentions by score](score.svg)

Each report's mentions were scored with weights that had not seen the report, and stand in bins of equal
size:

| mentions | mean score | right |
|---|---|---|
{table}

Mean distance of score and truth over the bins (expected calibration error): {error:.3f}. Brier score
{brier:.3f}; giving every mention the mean would have {flat:.3f}: nearly all mentions in
these reports are right, so that a score tells little about which of them are not. A bin of 25 mentions is
uncertain by about a tenth. The reports were read while the codebook was built: other texts will have
fewer right mentions at the same score: check with gold of your own.

Made by `benchmarks/calibrate.py`.
"""


@dataclass(frozen=True)
class Row:
    """One mention: where it is from, its features, and whether it is right."""

    source: str
    group: str
    found: dict[str, float]
    right: bool


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def read_rows(bench: Path, coded: Path) -> list[Row]:
    """Read every mention that can be judged."""
    book = load_codebook()
    score, scorer = _module(bench / "score.py"), _module(bench / "bench.py")

    def row(source: str, group: str, m: dict[str, Any], right: bool) -> Row:
        first, *steps = m["rule"].split("; ")
        found = features(
            book.by_id[first].trigger,
            m["type"],
            m["factuality"],
            actors=len(m["actors"]),
            recipients=len(m["recipients"]),
            speakers=len(m["attribution"]),
            steps=steps,
        )
        return Row(source, group, found, right)

    out = []
    coded_gold = scorer.read_coded(coded / "gold.jsonl")
    for path in sorted((bench / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        name = str(gold["report"]["id"] if "report" in gold else gold["id"])
        mentions = coded_gold[name]["mentions"]
        hit = {j for _, j in score.pair_up(gold["events"], mentions, score.typed_overlap)}
        out += [row("gold", name, m, j in hit) for j, m in enumerate(mentions)]
    coded_pairs = scorer.read_coded(coded / "plover_plv.jsonl")
    for r in scorer.load("plover_plv", bench / "data"):
        if scorer.half_of(str(r["id"])) != "a":
            continue
        for m in coded_pairs[str(r["id"])]["mentions"]:
            tied = (
                bool(scorer.any_over(m["actors"], r["source"]["spans"])),
                bool(scorer.any_over(m["recipients"], r["target"]["spans"])),
            )
            if any(tied):
                source = "pairs" if all(tied) else "half pairs"
                out.append(row(source, str(r["id"]), m, scorer.root(m) == r["root"]))
    return out


def fit(rows: list[Row]) -> dict[str, float]:
    """Fit a ridge logistic model; each source has a constant of its own, and the gold's is kept."""
    names = sorted({n for r in rows for n in r.found})
    sources = sorted({r.source for r in rows})
    x = np.array(
        [[r.found.get(n, 0.0) for n in names] + [r.source == s for s in sources] for r in rows], float
    )
    y = np.array([r.right for r in rows], float)
    penalty = np.diag([RIDGE] * len(names) + [0.01] * len(sources))
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + penalty, x.T @ (y - p) - penalty @ w)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    weights = dict(zip(names, w, strict=False))
    return {"constant": float(w[len(names) + sources.index("gold")])} | {n: float(weights[n]) for n in names}


def predict(rows: list[Row], weights: dict[str, float], shift: float = 0.0) -> np.ndarray:
    """Score mentions with fitted weights."""
    total = [
        weights["constant"] + shift + sum(weights.get(n, 0) * v for n, v in r.found.items()) for r in rows
    ]
    return 1 / (1 + np.exp(-np.array(total)))


def cross_validate(rows: list[Row]) -> np.ndarray:
    """Score every gold mention by weights that have not seen its report."""
    groups = sorted({r.group for r in rows if r.source == "gold"})
    out = np.zeros(len(rows))
    for n in range(FOLDS):
        held = {g for i, g in enumerate(groups) if i % FOLDS == n}
        test = [i for i, r in enumerate(rows) if r.source == "gold" and r.group in held]
        if test:
            weights = fit([r for r in rows if not (r.source == "gold" and r.group in held)])
            out[test] = predict([rows[i] for i in test], weights)
    return out


def reliability(p: np.ndarray, y: np.ndarray) -> list[tuple[int, float, float]]:
    """Bins of equal size: how many, mean score, share that is right."""
    order = np.argsort(p, kind="stable")
    return [(len(b), float(p[b].mean()), float(y[b].mean())) for b in np.array_split(order, BINS) if len(b)]


def brier(p: np.ndarray, y: np.ndarray) -> float:
    """Mean squared difference of score and truth."""
    return float(((p - y) ** 2).mean())


def main() -> int:
    """Fit, validate, print, and write on request."""
    bench, coded = Path(sys.argv[1]), Path(sys.argv[2])
    rows = read_rows(bench, coded)
    gold = [i for i, r in enumerate(rows) if r.source == "gold"]
    p = cross_validate(rows)[gold]
    y = np.array([rows[i].right for i in gold], float)
    bins = reliability(p, y)
    error = sum(n * abs(a - b) for n, a, b in bins) / len(p)
    flat = brier(np.full(len(y), y.mean()), y)
    print(
        f"{len(gold)} gold mentions, {len(rows) - len(gold)} of marked pairs; right: {y.mean():.3f} of gold"
    )
    print(f"Brier {brier(p, y):.4f} (always the mean: {flat:.4f}); expected calibration error {error:.3f}")
    for n, a, b in bins:
        print(f"{n:4} mentions: score {a:.3f}, right {b:.3f} (± {1.96 * math.sqrt(b * (1 - b) / n):.3f})")
    if "--write" in sys.argv:
        write(fit(rows), bins, error, (brier(p, y), flat), (len(gold), len(rows) - len(gold)))
    return 0


def write(
    weights: dict[str, float],
    bins: list[tuple[int, float, float]],
    error: float,
    briers: tuple[float, float],
    counts: tuple[int, int],
) -> None:
    """Write the weights, the page and its plot."""
    lines = [
        "# Weights of a mention's score, made by benchmarks/calibrate.py from annotated reports and",
        "# plover_plv (PLOVER validation sentences; only numbers are kept). A logistic model: docs/score.md.",
        "weights:",
        *(f'  "{name}": {value:.4f}' for name, value in weights.items() if abs(value) >= 0.00005),
    ]
    (ROOT / "src/according/data/score.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    table = [f"| {n} | {a:.2f} | {b:.2f} |" for n, a, b in bins]
    page = _PAGE.format(counts=counts, table="\n".join(table), error=error, brier=briers[0], flat=briers[1])
    (ROOT / "docs/score.md").write_text(page, encoding="utf-8")
    plot(bins)


def plot(bins: list[tuple[int, float, float]]) -> None:
    """Draw the reliability plot."""
    import altair as alt
    import vl_convert

    half = [1.96 * math.sqrt(max(b * (1 - b), 0.01) / n) for n, _, b in bins]
    values = [
        {"score": a, "right": b, "low": max(0, b - h), "high": min(1, b + h)}
        for (_, a, b), h in zip(bins, half, strict=True)
    ]
    axis = alt.Scale(domain=[0.4, 1.0])
    data = alt.Data(values=values)
    line = alt.Chart(alt.Data(values=[{"x": 0.4, "y": 0.4}, {"x": 1, "y": 1}])).mark_line(
        color="#999999", strokeDash=[4, 4]
    )
    diagonal = line.encode(x=alt.X("x:Q", scale=axis), y=alt.Y("y:Q", scale=axis))
    rule = alt.Chart(data).mark_rule(color="#1f5a99").encode(x="score:Q", y="low:Q", y2="high:Q")
    dots = alt.Chart(data).mark_circle(size=70, color="#1f5a99", clip=True)
    points = dots.encode(
        x=alt.X("score:Q", scale=axis, title="mean score"),
        y=alt.Y("right:Q", scale=axis, title="share right"),
    )
    chart = (diagonal + rule + points).properties(width=320, height=320, background="white")
    svg = vl_convert.vegalite_to_svg(chart.to_json())
    (ROOT / "docs/score.svg").write_text(svg + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
