"""Cluster tellings to events, one report at a time or all at once.

Two tellings are linked if the evidence on them reaches the threshold. Links are
taken from the strongest to the weakest, and the clusters a link joins merge if
the mean evidence between them reaches the threshold, so that one doubtful link
does not chain two happenings. Links and merging depend on which tellings there
are and not on the order they came in: joining report by report gives the events
that a batch gives. The exception is look-alike mentions in numbers above
MAX_BLOCK and MAX_CANDIDATES, where only some pairs are compared and which ones
may depend on the order; both are counted.

What a new telling can change is found from it outwards: the clusters it is
linked to are merged anew, with and without it. A link between clusters that end
apart was refused, so leaving out what lies farther makes no difference as long
as the clusters at the edge come to be in the same way; where one does not, the
edge is moved outwards. So joining costs what changes, however much there is.
"""

from __future__ import annotations

import heapq
import math
from bisect import insort
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from importlib.resources import files

from according.corroborate.blocks import Feature, find_features
from according.corroborate.likeness import Weighed, can_be_one, find_total
from according.corroborate.model import Telling
from according.corroborate.shelf import Changes, Links, Shelf

MAX_BLOCK = 80
"""Tellings kept behind a key: those of the smallest ids, so that which ones does not hang on the order."""

MAX_CANDIDATES = 24
SAMPLE = 4
_LEAST_SHARED = 500
"""Hundredths of the weight two tellings must share to be compared; one very rare word has more."""
_RULED_OUT = -12.0
_PIECE = 2000
_MAX_KEPT = 500_000


@cache
def read_threshold() -> float:
    """Read the evidence from which tellings join; 0 is a score of one half."""
    import yaml

    data = yaml.safe_load(
        files("according").joinpath("data/corroborate/weights.yml").read_text(encoding="utf-8")
    )
    score = float(data["threshold"])
    return math.log(score / (1 - score))


class Clusters:
    """Tellings and the clusters they fall into."""

    def __init__(
        self,
        shelf: Shelf | None = None,
        changes: Changes | None = None,
        read_clusters: Callable[[Collection[str]], Iterable[Collection[str]]] | None = None,
    ) -> None:
        """Begin with what a shelf holds.

        Args:
            shelf: Where tellings that were linked before are kept; an empty one if left out.
            changes: Takes down what the shelf is to keep.
            read_clusters: Gives the clusters that some tellings on the shelf were in, tellings
                that are gone since included.
        """
        self._shelf = shelf or Shelf()
        self._changes = Changes() if changes is None else changes
        self._read_clusters = read_clusters or (lambda ids: ())
        self._weighed: dict[str, Weighed] = {}
        self._links: dict[str, dict[str, float]] = {}
        self._blocks: dict[int, list[str]] = {}
        self._cluster: dict[str, frozenset[str]] = {}
        self._fresh: set[str] = set()
        self._touched: set[str] = set()
        self._kept: dict[tuple[str, str], float] = {}
        self.full_blocks: set[int] = set()
        self.crowded = 0

    def __len__(self) -> int:
        return len(self._weighed)

    def __contains__(self, telling_id: str) -> bool:
        return telling_id in self._weighed

    def get(self, telling_id: str) -> Telling:
        """Give a telling that was put in, or that `refresh` or `read` fetched."""
        return self._weighed[telling_id].telling

    def add(self, tellings: Iterable[Telling]) -> None:
        """Put tellings in and link them; clusters change at the next `refresh`."""
        new: dict[str, tuple[Feature, ...]] = {}
        for telling in tellings:
            if telling.id not in self._weighed:
                self._weighed[telling.id] = Weighed.of(telling)
                self._links[telling.id] = {}
                new[telling.id] = find_features(telling)
        self._fresh.update(new)
        self._touched.update(new)
        for piece in _pieces(new):
            self._put_in_blocks({t: new[t] for t in piece})
        for piece in _pieces(new):
            candidates = {t: self._candidates(t, new[t]) for t in piece}
            self.read(c for found in candidates.values() for c in found)
            for one, others in candidates.items():
                for two in others:
                    self._link(one, two)

    def touch(self, tellings: Collection[str]) -> None:
        """Look at the clusters of these again, since others that they were linked with are gone."""
        self.read(tellings)
        self._touched.update(t for t in tellings if t in self._weighed)

    def read(self, ids: Iterable[str]) -> None:
        """Fetch tellings from the shelf that are not here yet."""
        wanted = {i for i in ids if i not in self._weighed}
        if wanted:
            for name, (telling, links) in self._shelf.read_tellings(wanted).items():
                self._take(name, telling, links)

    def refresh(self) -> list[frozenset[str]]:
        """Cluster anew whatever may have changed.

        Returns:
            All clusters round what was put in or touched, whether changed or not.
        """
        inside: set[str] = set()
        grow = self._touched | {other for t in self._touched for other in self._links[t]}
        merged: dict[frozenset[str], int] = {}
        while grow:
            self._enclose(inside, grow)
            merged = self._merge(inside)
            before = self._merge(inside - self._fresh) if len(inside) > len(self._fresh) else {}
            grow = set()
            for cluster, history in merged.items():
                known = all(self._cluster.get(t) == cluster for t in cluster)
                if not known or before.get(cluster) != history:
                    grow.update(o for t in cluster for o in self._links[t] if o not in inside)
        for cluster in merged:
            self._cluster.update(dict.fromkeys(cluster, cluster))
        self._touched.clear()
        self._fresh.clear()
        self._kept.clear()
        return sorted(merged, key=min)

    def _enclose(self, inside: set[str], ids: set[str]) -> None:
        """Take tellings in with all others of the clusters they were in."""
        unknown = {i for i in ids if i not in self._cluster and i not in self._fresh}
        for members in self._read_clusters(unknown) if unknown else ():
            cluster = frozenset(members)
            self._cluster.update(dict.fromkeys(cluster, cluster))
        every = {t for i in ids for t in self._cluster.get(i, (i,))}
        self.read(every)
        inside.update(t for t in every if t in self._weighed)

    def _merge(self, inside: set[str]) -> dict[frozenset[str], int]:
        """Merge tellings along the links among them; with each cluster goes a hash of how it came to be."""
        edges = (
            (-total, one, two)
            for one in inside
            for two, total in self._links[one].items()
            if one < two and two in inside
        )
        return _Merging(inside, self._evidence).run(sorted(edges))

    def _take(self, name: str, telling: Telling, links: Links) -> None:
        self._weighed[name] = Weighed.of(telling)
        self._links[name] = dict(links)

    def _put_in_blocks(self, features: dict[str, tuple[Feature, ...]]) -> None:
        keys = {key for several in features.values() for feature in several for key in feature.keys}
        missing = [key for key in keys if key not in self._blocks]
        stored = self._shelf.read_blocks(missing)
        for key in missing:
            self._blocks[key] = sorted(stored.get(key, ()))
        changes = self._changes
        for telling, several in features.items():
            for key in {key for feature in several for key in feature.keys}:
                block = self._blocks[key]
                if len(block) < MAX_BLOCK:
                    insort(block, telling)
                    changes.blocks.append((key, telling))
                    continue
                self.full_blocks.add(key)
                if telling < block[-1]:
                    changes.blocks_left.append((key, block.pop()))
                    insort(block, telling)
                    changes.blocks.append((key, telling))

    def _candidates(self, telling: str, features: Iterable[Feature]) -> list[str]:
        """Tellings that share the most telling features."""
        shared: dict[str, int] = {}
        for feature in features:
            weight = round(feature.weight * 100)
            blocks = [self._blocks[key] for key in feature.keys]
            for other in blocks[0] if len(blocks) == 1 else set().union(*blocks):
                shared[other] = shared.get(other, 0) + weight
        shared.pop(telling, None)
        found = [(-weight, t) for t, weight in shared.items() if weight >= _LEAST_SHARED]
        if len(found) > MAX_CANDIDATES:
            self.crowded += 1
            found = heapq.nsmallest(MAX_CANDIDATES, found)
        return [t for _, t in found]

    def _link(self, one: str, two: str) -> None:
        if two in self._links[one] or two not in self._weighed:
            return
        a, b = self._weighed[one], self._weighed[two]
        if not can_be_one(a.telling, b.telling):
            return
        total = find_total(a, b, read_threshold())
        if total is not None:
            self._links[one][two] = self._links[two][one] = total
            self._changes.links.append((one, two, total))

    def _evidence(self, one: str, two: str) -> float:
        """Evidence on two tellings, added up; very low where type or days rule it out."""
        known = self._links[one].get(two)
        if known is not None:
            return known
        pair = (one, two) if one < two else (two, one)
        if pair not in self._kept:
            if len(self._kept) >= _MAX_KEPT:
                self._kept.clear()
            a, b = self._weighed[one], self._weighed[two]
            total = find_total(a, b) if can_be_one(a.telling, b.telling) else None
            self._kept[pair] = _RULED_OUT if total is None else total
        return self._kept[pair]


class _Merging:
    """The merging of some tellings; two clusters are judged by the first SAMPLE of each by id."""

    def __init__(self, members: Iterable[str], evidence: Callable[[str, str], float]) -> None:
        self._evidence = evidence
        self._groups = {m: [m] for m in members}
        self._group_of = {m: m for m in self._groups}
        self._history = {m: hash(m) for m in self._groups}
        self._refused: set[tuple[str, int, str, int]] = set()

    def run(self, edges: Iterable[tuple[float, str, str]]) -> dict[frozenset[str], int]:
        """Merge along links, given as evidence with its sign turned and two tellings, in their order."""
        for edge in edges:
            a, b = sorted((self._group_of[edge[1]], self._group_of[edge[2]]))
            if a != b and self._belong(a, b):
                for member in self._groups[b]:
                    self._group_of[member] = a
                self._groups[a] = sorted(self._groups[a] + self._groups.pop(b))
                self._history[a] = hash((edge, self._history[a], self._history[b]))
        return {frozenset(group): self._history[name] for name, group in self._groups.items()}

    def _belong(self, one: str, two: str) -> bool:
        a, b = self._groups[one], self._groups[two]
        state = (one, len(a), two, len(b))
        if state in self._refused:
            return False
        pairs = [(x, y) for x in a[:SAMPLE] for y in b[:SAMPLE]]
        mean = math.fsum(self._evidence(x, y) for x, y in pairs) / len(pairs)
        if mean >= read_threshold():
            return True
        self._refused.add(state)
        return False


def _pieces(ids: Iterable[str]) -> Iterator[list[str]]:
    every = list(ids)
    for start in range(0, len(every), _PIECE):
        yield every[start : start + _PIECE]
