"""Find who copies whom, so that one wire story printed ten times counts once.

Exact copies are found by a hash of the words, near copies and copied
paragraphs by MinHash over sequences of words (candidates only; the share that
is then reported is counted on the sequences themselves), and copies of what is
not at hand by their credit lines.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from according.corroborate.agencies import Credit, find_agency, find_credit
from according.corroborate.model import Fold
from according.corroborate.shelf import Changes, Rank, Shelf
from according.corroborate.shingles import Paragraph, Shingled, find_share, make_span, shingle
from according.ids import content_id
from according.records import Report

WHOLE_SHARE = 0.7
PARAGRAPH_SHARE = 0.75
MAX_BEHIND_KEY = 40
"""Reports kept behind a key of word sequences: the first published, among which the original is."""

MAX_ALIKE = 40
"""Earlier reports one is compared with: those that share the most keys with it."""

_OF_WHOLE, _OF_UNIT = 8, 3
_MAX_SETS = 2000


class FoldIndex:
    """The reports put in so far and the copies among them. The order of putting in makes no difference.

    Like reports are found by MinHash over word sequences, as bottom sketches
    (Broder 1997): the smallest hashes of a whole report, and of each paragraph,
    are keys, and reports that share a key are compared.
    """

    def __init__(self, shelf: Shelf | None = None, changes: Changes | None = None) -> None:
        """Begin with what a shelf holds.

        Args:
            shelf: Where reports that were put in before are kept; an empty one if left out.
            changes: Takes down what the shelf is to keep.
        """
        self._shelf = shelf or Shelf()
        self._changes = Changes() if changes is None else changes
        self._reports: dict[str, Report] = {}
        self._shingled: dict[str, Shingled] = {}
        self._credits: dict[str, Credit | None] = {}
        self._behind: dict[int, list[Rank]] = {}
        self._folds: dict[str, tuple[Fold, ...]] = {}
        self._copiers: dict[str, set[str]] = {}
        self._publishers: dict[str, str | None] = {}
        self._sets: dict[str, set[int]] = {}
        self._touched: set[str] = set()

    def add(self, report: Report) -> None:
        """Put a report in; folds change at the next `refresh`. A known id is passed over."""
        self.add_all((report,))

    def add_all(self, reports: Iterable[Report]) -> None:
        """Put several reports in, as `add`."""
        new = {}
        for report in reports:
            if report.id not in self._reports:
                self._take(report)
                self._folds[report.id] = ()
                self._copiers.setdefault(report.id, set())
                new[report.id] = _sketch(self._shingled[report.id])
        missing = {key for keys in new.values() for key in keys if key not in self._behind}
        stored = self._shelf.read_copies(missing) if missing else {}
        for key in missing:
            self._behind[key] = sorted(stored.get(key, ()))
        for report_id, keys in new.items():
            self._touched.add(report_id)
            for key in keys:
                self._put_behind(key, self._rank(self._reports[report_id]))

    def touch(self, reports: Iterable[str]) -> None:
        """Look at the folds of these again, since what they were folded to is gone or has changed."""
        self._touched.update(reports)

    def refresh(self) -> tuple[list[Fold], list[str], set[str]]:
        """Bring the folds up to date.

        Returns:
            New and changed folds, ids of folds that no longer hold, and ids of
            the reports whose source may have changed.
        """
        self._fetch(self._touched)
        self._touched = {r for r in self._touched if r in self._reports}
        self._fetch({o for report_id in self._touched for o in self._find_alike(report_id)})
        self.read_folds(self._touched)
        new: list[Fold] = []
        gone: list[str] = []
        changed: set[str] = set()
        for report_id in sorted(self._touched):
            before, now = self._folds[report_id], self._find_folds(report_id)
            if before == now:
                continue
            for fold in before:
                self._copiers.get(fold.original or "", set()).discard(report_id)
            self._keep_folds(report_id, now)
            changed.add(report_id)
            new += [f for f in now if f not in before]
            gone += sorted({f.id for f in before} - {f.id for f in now})
        self._touched.clear()
        return new, gone, self._with_copies(changed)

    def read_sources(self, publishers: Mapping[str, str | None]) -> None:
        """Fetch what tells the sources of some reports, whose publishers are known."""
        self._publishers.update(publishers)
        self.read_folds(publishers)
        originals = {f.original for r in publishers for f in self._folds[r] if f.original}
        self._fetch(o for o in originals if o not in self._publishers)

    def read_folds(self, reports: Iterable[str]) -> None:
        """Fetch the folds of reports from the shelf, and of those they were folded to."""
        wanted = {r for r in reports if r not in self._folds}
        while wanted:
            found: dict[str, list[Fold]] = {r: [] for r in wanted}
            for fold in self._shelf.read_folds(wanted):
                found[fold.copy_].append(fold)
            for report_id, folds in found.items():
                self._keep_folds(report_id, tuple(folds))
            originals = (f.original for folds in found.values() for f in folds if f.original)
            wanted = {o for o in originals if o not in self._folds}

    def folds(self) -> tuple[Fold, ...]:
        """All folds as of the last refresh, by the copy's id."""
        return tuple(f for report_id in sorted(self._folds) for f in self._folds[report_id])

    def source_of(self, report_id: str, position: int) -> str:
        """Name the independent source behind a place in a report.

        Args:
            report_id: A report that was put in.
            position: Code point in it.

        Returns:
            A publisher, an agency, or "report ID" where no publisher is known.
        """
        for fold in self._folds.get(report_id, ()):
            inside = any(s.start <= position < s.end for s in fold.spans)
            if fold.effect == "whole" or (fold.effect == "part" and inside):
                if fold.original is not None:
                    return self.source_of(fold.original, self._matching(fold.original, report_id, position))
                if fold.agency is not None:
                    return fold.agency
        if report_id not in self._publishers:
            self._fetch((report_id,))
        publisher = self._publishers[report_id]
        return find_agency(publisher) or publisher or f"report {report_id}"

    def _matching(self, original: str, copy: str, position: int) -> int:
        """Place in the original of the paragraph that stands at a place in the copy."""
        if all(f.effect != "part" for f in self._folds.get(original, ())):
            return 0  # all of it has one source
        self._fetch((original, copy))
        here = next((p for p in self._shingled[copy].paragraphs if p.start <= position < p.end), None)
        theirs = self._shingled[original].paragraphs
        if here is None or not theirs:
            return 0
        sequences = set(here.shingles)
        return max(theirs, key=lambda p: (find_share(p.shingles, sequences), -p.start)).start

    def _fetch(self, ids: Iterable[str]) -> None:
        wanted = {i for i in ids if i not in self._reports}
        if wanted:
            for report in self._shelf.read_reports(wanted):
                self._take(report)

    def _take(self, report: Report) -> None:
        self._reports[report.id] = report
        self._publishers[report.id] = report.publisher
        self._shingled[report.id] = shingle(report)
        self._credits[report.id] = find_credit(report)

    def _keep_folds(self, report_id: str, folds: tuple[Fold, ...]) -> None:
        self._folds[report_id] = folds
        for fold in folds:
            if fold.original:
                self._copiers.setdefault(fold.original, set()).add(report_id)

    def _put_behind(self, key: int, rank: Rank) -> None:
        """Put a report behind a key; those that come after it may now be folded to it."""
        block = self._behind[key]
        insort(block, rank)
        self._touched.update(r[-1] for r in block[block.index(rank) + 1 :])
        self._changes.copies.append((key, rank))
        if len(block) > MAX_BEHIND_KEY:
            self._changes.copies_left.append((key, block.pop()[-1]))

    def _find_alike(self, report_id: str) -> list[str]:
        """Reports before this one that share the most keys with it."""
        mine = self._rank(self._reports[report_id])
        keys = [key for key in _sketch(self._shingled[report_id]) if key not in self._behind]
        if keys:
            stored = self._shelf.read_copies(keys)
            self._behind.update({key: sorted(stored.get(key, ())) for key in keys})
        shared: Counter[Rank] = Counter()
        for key in _sketch(self._shingled[report_id]):
            shared.update(rank for rank in self._behind[key] if rank < mine)
        nearest = sorted(shared, key=lambda rank: (-shared[rank], rank))[:MAX_ALIKE]
        return [rank[-1] for rank in nearest]

    def _rank(self, report: Report) -> Rank:
        """Key by which the first of two like reports is the original."""
        day = (report.published or date.max).toordinal()
        return (day, find_agency(report.publisher) is None, report.id)

    def _find_folds(self, report_id: str) -> tuple[Fold, ...]:
        mine = self._shingled[report_id]
        credit = self._credits[report_id]
        earlier = [o for o in self._find_alike(report_id) if o in self._reports]
        sequences = {o: self._sequences(o) for o in earlier}
        shares = {o: find_share(mine.shingles, sequences[o]) for o in earlier}
        exact = [o for o in earlier if mine.digest is not None and self._shingled[o].digest == mine.digest]
        whole = exact or [o for o in earlier if shares[o] >= WHOLE_SHARE]
        if whole:
            ranks = {o: self._rank(self._reports[o]) for o in whole}
            original = min(whole, key=lambda o: (0.0 if exact else -round(shares[o], 6), ranks[o]))
            return (self._whole_fold(report_id, original, bool(exact), shares[original]),)
        if (
            credit is not None
            and credit.whole
            and credit.agency != find_agency(self._reports[report_id].publisher)
        ):
            return (_credit_fold(report_id, credit),)
        folds = self._partial_folds(report_id, mine, sequences, shares)
        if credit is not None and not credit.whole:
            folds.append(_credit_fold(report_id, credit))
        return tuple(folds)

    def _sequences(self, report_id: str) -> set[int]:
        if report_id not in self._sets:
            if len(self._sets) >= _MAX_SETS:
                self._sets.clear()
            self._sets[report_id] = set(self._shingled[report_id].shingles)
        return self._sets[report_id]

    def _whole_fold(self, report_id: str, original: str, exact: bool, share: float) -> Fold:
        credit = self._credits[report_id]
        told = (
            "the same words in the same order"
            if exact
            else f"{share:.0%} of its word sequences are in the other"
        )
        first = self._reports[original]
        return Fold(
            id=content_id("f", report_id, original, "whole"),
            copy_=report_id,
            original=original,
            agency=credit.agency if credit else None,
            kind="exact" if exact else "near",
            effect="whole",
            share=round(share if not exact else 1.0, 3),
            why=f"{told}, which {self._why_first(first, self._reports[report_id])}",
        )

    def _why_first(self, first: Report, second: Report) -> str:
        if first.published and second.published and first.published < second.published:
            return f"was published before it ({first.published})"
        if first.published and not second.published:
            return "has a date while it has none"
        if find_agency(first.publisher) and not find_agency(second.publisher):
            return "is a news agency's"
        return "is taken as the original by its id, nothing else tells them apart"

    def _partial_folds(
        self, report_id: str, mine: Shingled, sequences: dict[str, set[int]], shares: dict[str, float]
    ) -> list[Fold]:
        taken: dict[str, list[Paragraph]] = defaultdict(list)
        for paragraph in mine.paragraphs:
            fits = [
                (-share, self._rank(self._reports[o]), o)
                for o, theirs in sequences.items()
                if (share := round(find_share(paragraph.shingles, theirs), 6)) >= PARAGRAPH_SHARE
            ]
            if fits:
                taken[min(fits)[2]].append(paragraph)
        report = self._reports[report_id]
        return [
            Fold(
                id=content_id("f", report_id, original, "part"),
                copy_=report_id,
                original=original,
                agency=find_agency(self._reports[original].publisher),
                kind="partial",
                effect="part",
                share=round(shares[original], 3),
                spans=tuple(make_span(report, p) for p in taken[original]),
                why=f"{len(taken[original])} of {len(mine.paragraphs)} paragraphs are in the other, which"
                f" {self._why_first(self._reports[original], report)}",
            )
            for original in sorted(taken)
        ]

    def _with_copies(self, changed: set[str]) -> set[str]:
        """Add the reports that copy those that changed, and their copies in turn."""
        found, queue = set(changed), set(changed)
        while queue:
            near = {c for at in queue for c in self._copiers.get(at, ())}
            near |= set(self._shelf.read_copiers(queue))
            queue = near - found
            self.read_folds(queue)
            queue = {c for c in queue if any(f.original in found for f in self._folds[c])}
            found |= queue
        return found


def _sketch(shingled: Shingled) -> tuple[int, ...]:
    """Keys of a report: hashes of which reports that share words share some."""
    keys = set() if shingled.digest is None else {int(shingled.digest[:16], 16)}
    # Signed below, as databases keep whole numbers of 64 bits.
    keys.update(shingled.shingles[:_OF_WHOLE])
    for paragraph in shingled.paragraphs:
        keys.update(paragraph.shingles[:_OF_UNIT])
    return tuple(sorted(key - (1 << 64) if key >> 63 else key for key in keys))


def find_folds(reports: Iterable[Report]) -> tuple[Fold, ...]:
    """Find the copies among reports.

    Args:
        reports: Reports in any order.

    Returns:
        Folds by the copy's id; the same for any order of the reports.
    """
    index = FoldIndex()
    index.add_all(reports)
    index.refresh()
    return index.folds()


def _credit_fold(report_id: str, credit: Credit) -> Fold:
    return Fold(
        id=content_id("f", report_id, credit.agency, "credit"),
        copy_=report_id,
        original=None,
        agency=credit.agency,
        kind="credit",
        effect="whole" if credit.whole else "none",
        share=0.0,
        spans=(credit.span,),
        why=f"its credit line names {credit.agency}"
        + (
            ""
            if credit.whole
            else " as having contributed; its own words are not told apart, so it is not folded"
        ),
    )
