"""Cluster tellings to events, one report at a time or all at once.

Every telling keeps links to the few tellings most like it. Links that reach
the threshold join tellings to a component; within a component, clusters merge
while the mean score between them reaches the threshold, so that one doubtful
link does not chain two happenings. Links and merging depend on which tellings
there are and not on the order they came in: joining report by report gives the
events that a batch gives.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files

from according.corroborate.blocks import find_keys
from according.corroborate.likeness import Weighed, can_be_one, score_pair
from according.corroborate.model import Telling

MAX_LINKS = 12
MAX_BLOCK = 300
SAMPLE = 6
_MAX_SCORES = 500_000


@cache
def read_threshold() -> float:
    """Read the score from which tellings join."""
    import yaml

    data = yaml.safe_load(
        files("according").joinpath("data/corroborate/weights.yml").read_text(encoding="utf-8")
    )
    return float(data["threshold"])


class Clusters:
    """Tellings and the clusters they fall into."""

    def __init__(self) -> None:
        self._weighed: dict[str, Weighed] = {}
        self._blocks: dict[int, list[str]] = {}
        self._links: dict[str, list[tuple[float, str]]] = {}
        self._linked_by: dict[str, set[str]] = defaultdict(set)
        self._cluster: dict[str, frozenset[str]] = {}
        self._touched: set[str] = set()
        self._scores: dict[tuple[str, str], float] = {}
        self.full_blocks: set[int] = set()

    def __len__(self) -> int:
        return len(self._weighed)

    def __contains__(self, telling_id: str) -> bool:
        return telling_id in self._weighed

    def get(self, telling_id: str) -> Telling:
        """Give a telling by its id."""
        return self._weighed[telling_id].telling

    def add(self, telling: Telling) -> None:
        """Put a telling in and link it; clusters change at the next `refresh`."""
        if telling.id in self._weighed:
            return
        new = Weighed.of(telling)
        keys = find_keys(telling)
        threshold = read_threshold()
        self._links[telling.id] = []
        self._touched.add(telling.id)
        for other in self._candidates(keys):
            if can_be_one(telling, (old := self._weighed[other]).telling):
                score = round(score_pair(new, old), 6)
                if score >= threshold:
                    self._link(telling.id, other, score)
                    self._link(other, telling.id, score)
        self._weighed[telling.id] = new
        for key in keys:
            block = self._blocks.setdefault(key, [])
            if len(block) < MAX_BLOCK:
                block.append(telling.id)
            else:
                self.full_blocks.add(key)

    def refresh(self) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
        """Bring the clusters up to date.

        Returns:
            Clusters that are new and clusters that are no more.
        """
        seen: set[str] = set()
        old: set[frozenset[str]] = set()
        new: set[frozenset[str]] = set()
        for start in sorted(self._touched):
            if start in seen:
                continue
            component = self._component(start)
            seen |= component
            old |= {self._cluster[t] for t in component if t in self._cluster}
            new |= set(merge_links(component, self._edges(component), self.score))
        self._touched.clear()
        for cluster in new:
            self._cluster.update(dict.fromkeys(cluster, cluster))
        return _ordered(new - old), _ordered(old - new)

    def clusters(self) -> list[frozenset[str]]:
        """Give all clusters as of the last refresh, in a fixed order."""
        return _ordered(set(self._cluster.values()))

    def cluster_of(self, telling_id: str) -> frozenset[str]:
        """Give the cluster a telling is in as of the last refresh."""
        return self._cluster[telling_id]

    def score(self, one: str, two: str) -> float:
        """Score whether two tellings are of one happening: 0 where type or days rule it out."""
        pair = (one, two) if one < two else (two, one)
        if pair not in self._scores:
            a, b = self._weighed[one], self._weighed[two]
            if len(self._scores) >= _MAX_SCORES:
                self._scores.clear()
            self._scores[pair] = round(score_pair(a, b), 6) if can_be_one(a.telling, b.telling) else 0.0
        return self._scores[pair]

    def _candidates(self, keys: Iterable[int]) -> set[str]:
        found: set[str] = set()
        for key in keys:
            found.update(self._blocks.get(key, ()))
        return found

    def _link(self, one: str, two: str, score: float) -> None:
        links = self._links[one]
        entry = (-score, two)
        if len(links) == MAX_LINKS and entry >= links[-1]:
            return
        insort(links, entry)
        self._linked_by[two].add(one)
        if len(links) > MAX_LINKS:
            _, dropped = links.pop()
            self._linked_by[dropped].discard(one)
            self._touched.add(dropped)
        self._touched.add(one)

    def _component(self, start: str) -> set[str]:
        found, queue = {start}, [start]
        while queue:
            at = queue.pop()
            for other in {o for _, o in self._links[at]} | self._linked_by.get(at, set()):
                if other not in found:
                    found.add(other)
                    queue.append(other)
        return found

    def _edges(self, component: set[str]) -> Iterator[tuple[str, str, float]]:
        given: set[tuple[str, str]] = set()
        for one in component:
            for minus, two in self._links[one]:
                pair = (one, two) if one < two else (two, one)
                if pair not in given:
                    given.add(pair)
                    yield (*pair, -minus)


def merge_links(
    members: Iterable[str], edges: Iterable[tuple[str, str, float]], score: Callable[[str, str], float]
) -> list[frozenset[str]]:
    """Merge linked members to clusters by mean score between clusters.

    The best link comes first. Where clusters are large, the mean is taken over
    the first SAMPLE members of each by id.

    Args:
        members: Ids; their order makes no difference.
        edges: Pairs of ids with a score, each pair once.
        score: Gives the score of any pair, linked or not.

    Returns:
        Clusters that together hold every member once.
    """
    threshold = read_threshold()
    groups = {m: [m] for m in members}
    home = {m: m for m in groups}
    refused: set[tuple[str, int, str, int]] = set()
    for _, a, b in sorted((-s, min(one, two), max(one, two)) for one, two, s in edges):
        one, two = sorted((home[a], home[b]))
        if one == two:
            continue
        key = (one, len(groups[one]), two, len(groups[two]))
        if key in refused:
            continue
        pairs = [(x, y) for x in groups[one][:SAMPLE] for y in groups[two][:SAMPLE]]
        if sum(score(x, y) for x, y in pairs) / len(pairs) < threshold:
            refused.add(key)
            continue
        home.update(dict.fromkeys(groups[two], one))
        groups[one] = sorted(groups[one] + groups.pop(two))
    return [frozenset(group) for group in groups.values()]


def _ordered(clusters: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    return sorted(clusters, key=min)
