"""Score clusters of mentions: MUC, B-cubed, CEAF-e and their mean, the CoNLL F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, each from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean; 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class ClusterScores:
    """The scores of one clustering against another."""

    muc: Score
    b_cubed: Score
    ceaf_e: Score

    @property
    def conll(self) -> float:
        """Mean of the three F1."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3


def score_clusters(gold: Mapping[Hashable, Hashable], found: Mapping[Hashable, Hashable]) -> ClusterScores:
    """Score a clustering of mentions against the gold one.

    Mentions that only one side has count as clusters of their own on the other
    for B-cubed and as wrong for the others, as in the reference scorer.

    Args:
        gold: Cluster of each gold mention.
        found: Cluster of each mention found; keys are those of `gold` where the mention is the same.

    Returns:
        The scores.

    Example:
        >>> gold = {"a": 1, "b": 1, "c": 2, "d": 2}
        >>> scores = score_clusters(gold, {"a": "x", "b": "x", "c": "x", "d": "y"})
        >>> round(scores.b_cubed.precision, 3), round(scores.b_cubed.recall, 3), round(scores.conll, 3)
        (0.667, 0.75, 0.646)

    References:
        S. Pradhan et al. (2014), Scoring coreference partitions of predicted
        mentions, https://aclanthology.org/P14-2006/.
    """
    ours, theirs = _groups(found), _groups(gold)
    return ClusterScores(
        muc=Score(_muc(ours, gold), _muc(theirs, found)),
        b_cubed=Score(_b_cubed(ours, gold), _b_cubed(theirs, found)),
        ceaf_e=_ceaf(theirs, ours),
    )


def _groups(clusters: Mapping[Hashable, Hashable]) -> list[frozenset[Hashable]]:
    groups: dict[Hashable, set[Hashable]] = {}
    for mention, cluster in clusters.items():
        groups.setdefault(cluster, set()).add(mention)
    return [frozenset(g) for g in groups.values()]


def _muc(groups: Sequence[frozenset[Hashable]], other: Mapping[Hashable, Hashable]) -> float:
    """Share of the links that hold each group together which the other side has too."""
    hit = total = 0
    for group in groups:
        parts = len({other[m] for m in group if m in other}) + sum(m not in other for m in group)
        hit += len(group) - parts
        total += len(group) - 1
    return hit / total if total else 0.0


def _b_cubed(groups: Sequence[frozenset[Hashable]], other: Mapping[Hashable, Hashable]) -> float:
    """Mean over mentions of the share of its group that is in its group on the other side."""
    hit, total = 0.0, 0
    for group in groups:
        shared = Counter(other[m] for m in group if m in other)
        hit += sum(n * n for n in shared.values()) / len(group)
        total += len(group)
    return hit / total if total else 0.0


def _ceaf(gold: Sequence[frozenset[Hashable]], found: Sequence[frozenset[Hashable]]) -> Score:
    """Best one-to-one matching of clusters by 2 |both| / (|one| + |other|)."""
    if not gold or not found:
        return Score(0.0, 0.0)
    import numpy as np
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

    home = {m: j for j, group in enumerate(found) for m in group}
    likeness = np.zeros((len(gold), len(found)))
    for i, group in enumerate(gold):
        for j, shared in Counter(home[m] for m in group if m in home).items():
            likeness[i, j] = 2 * shared / (len(group) + len(found[j]))
    rows, columns = linear_sum_assignment(-likeness)
    best = float(likeness[rows, columns].sum())
    return Score(best / len(found), best / len(gold))
