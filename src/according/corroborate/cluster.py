"""Cluster tellings to events, one report at a time or all at once.

Every telling keeps links to the few tellings most like it. Tellings
that links hold together are a component; within it, clusters merge while the
score between two clusters reaches the threshold, so that one doubtful link does
not chain two happenings. Links and merging depend on which tellings
there are and not on the order they came in: joining report by report gives the
events that a batch gives. The exception is look-alike mentions in numbers above
FEW, MAX_CANDIDATES and MAX_BLOCK, where only some pairs are compared and which ones
depends on the order; full blocks are counted.
"""

from __future__ import annotations

import heapq
import math
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files

from according.corroborate.blocks import find_keys
from according.corroborate.likeness import (
    Weighed,
    can_be_one,
    find_evidence,
    score_pair,
    sum_evidence,
    to_score,
)
from according.corroborate.model import Telling

LINK_SCORE = 0.2
MAX_LINKS = 12
MAX_BLOCK = 300
MAX_CANDIDATES = 80
FEW = 40
SAMPLE = 4
_MAX_KEPT = 500_000
_RULED_OUT = -12.0


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
        self._kept: dict[tuple[str, str], float] = {}
        self.full_blocks: set[int] = set()
        self.crowded = 0

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
        self._links[telling.id] = []
        self._touched.add(telling.id)
        for other in self._candidates(keys):
            if can_be_one(telling, (old := self._weighed[other]).telling):
                score = round(score_pair(new, old), 6)
                if score >= LINK_SCORE:
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
            new |= set(_Merging(sorted(component), self._evidence).run(self._edges(component)))
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

    def _evidence(self, one: str, two: str) -> float:
        """Evidence on two tellings, added up; very low where type or days rule it out."""
        pair = (one, two) if one < two else (two, one)
        if pair not in self._kept:
            a, b = self._weighed[one], self._weighed[two]
            if len(self._kept) >= _MAX_KEPT:
                self._kept.clear()
            possible = can_be_one(a.telling, b.telling)
            self._kept[pair] = sum_evidence(find_evidence(a, b)) if possible else _RULED_OUT
        return self._kept[pair]

    def _candidates(self, keys: Iterable[int]) -> list[str]:
        """Tellings that share the most keys; a common key alone brings nobody together."""
        shared: Counter[str] = Counter()
        few: set[str] = set()
        for key in keys:
            block = self._blocks.get(key, ())
            shared.update(block)
            if len(block) <= FEW:
                few.update(block)
        found = [t for t, n in shared.items() if n >= 2 or t in few]
        if len(found) > MAX_CANDIDATES:
            self.crowded += 1
            found = heapq.nsmallest(MAX_CANDIDATES, found, key=lambda t: (-shared[t], t))
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

    def _edges(self, component: set[str]) -> Iterator[tuple[str, str]]:
        given: set[tuple[str, str]] = set()
        for one in component:
            for _, two in self._links[one]:
                pair = (one, two) if one < two else (two, one)
                if pair not in given:
                    given.add(pair)
                    yield pair


class _Merging:
    """The merging of one component.

    Two clusters are scored by the mean evidence over pairs of their members,
    the first SAMPLE of each by id.
    """

    def __init__(self, members: Iterable[str], evidence: Callable[[str, str], float]) -> None:
        self._evidence = evidence
        self.groups = {m: [m] for m in members}

    def score(self, one: str, two: str) -> float:
        """Score of two clusters, from 0 to 1."""
        pairs = [(a, b) for a in self.groups[one][:SAMPLE] for b in self.groups[two][:SAMPLE]]
        return round(to_score(math.fsum(self._evidence(a, b) for a, b in pairs) / len(pairs)), 6)

    def run(self, edges: Iterable[tuple[str, str]]) -> list[frozenset[str]]:
        """Merge the best pair of linked clusters until none reaches the threshold."""
        threshold = read_threshold()
        near: dict[str, set[str]] = {m: set() for m in self.groups}
        heap = []
        for one, two in edges:
            near[one].add(two)
            near[two].add(one)
            heap.append((-self.score(one, two), min(one, two), max(one, two), 1, 1))
        heapq.heapify(heap)
        while heap:
            minus, one, two, size, size2 = heapq.heappop(heap)
            if -minus < threshold:
                break
            if one not in self.groups or two not in self.groups:
                continue
            if (size, size2) != (len(self.groups[one]), len(self.groups[two])):
                continue  # a score from before one of them grew; a newer one is in the heap
            self.groups[one] = sorted(self.groups[one] + self.groups.pop(two))
            for other in near.pop(two):
                near[other].discard(two)
                if other != one:
                    near[one].add(other)
                    near[other].add(one)
            for other in near[one]:
                a, b = min(one, other), max(one, other)
                sizes = (len(self.groups[a]), len(self.groups[b]))
                heapq.heappush(heap, (-self.score(a, b), a, b, *sizes))
        return [frozenset(g) for g in self.groups.values()]


def _ordered(clusters: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    return sorted(clusters, key=min)
