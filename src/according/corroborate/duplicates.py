"""Find who copies whom, so that one wire story printed ten times counts once.

Exact copies are found by a hash of the words, near copies and copied
paragraphs by MinHash signatures over sequences of words (candidates only; the
share that is then reported is counted on the sequences themselves), and copies
of what is not at hand by their credit lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from according.corroborate.agencies import Credit, find_agency, find_credit
from according.corroborate.model import Fold
from according.corroborate.shingles import Paragraph, Shingled, find_share, make_span, shingle
from according.ids import content_id
from according.records import Report

WHOLE_SHARE = 0.7
PARAGRAPH_SHARE = 0.75
_PERMUTATIONS = 64
_LSH_THRESHOLD = 0.5


class FoldIndex:
    """The reports put in so far and the copies among them. The order of putting in makes no difference."""

    def __init__(self) -> None:
        self._reports: dict[str, Report] = {}
        self._shingled: dict[str, Shingled] = {}
        self._credits: dict[str, Credit | None] = {}
        self._digests: dict[str, list[str]] = defaultdict(list)
        self._alike: dict[str, set[str]] = defaultdict(set)
        self._folds: dict[str, tuple[Fold, ...]] = {}
        self._touched: set[str] = set()
        self._whole_lsh: Any = None
        self._paragraph_lsh: Any = None

    def add(self, report: Report) -> None:
        """Put a report in; folds change at the next `refresh`. A known id is passed over."""
        if report.id in self._reports:
            return
        shingled = shingle(report)
        self._reports[report.id] = report
        self._shingled[report.id] = shingled
        self._credits[report.id] = find_credit(report)
        self._touched.add(report.id)
        for other in self._find_alike(report.id, shingled):
            self._alike[report.id].add(other)
            self._alike[other].add(report.id)
            self._touched.add(other)

    def refresh(self) -> tuple[list[Fold], list[str], set[str]]:
        """Bring the folds up to date.

        Returns:
            New and changed folds, ids of folds that no longer hold, and ids of
            the reports whose source may have changed.
        """
        new: list[Fold] = []
        gone: list[str] = []
        changed: set[str] = set()
        for report_id in sorted(self._touched):
            before, now = self._folds.get(report_id, ()), self._find_folds(report_id)
            if before == now:
                continue
            self._folds[report_id] = now
            changed.add(report_id)
            new += [f for f in now if f not in before]
            gone += sorted({f.id for f in before} - {f.id for f in now})
        self._touched.clear()
        return new, gone, self._with_copies(changed)

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
        report = self._reports[report_id]
        for fold in self._folds.get(report_id, ()):
            inside = any(s.start <= position < s.end for s in fold.spans)
            if fold.effect == "whole" or (fold.effect == "part" and inside):
                if fold.original is not None:
                    return self.source_of(fold.original, self._matching(fold.original, report_id, position))
                if fold.agency is not None:
                    return fold.agency
        return find_agency(report.publisher) or report.publisher or f"report {report_id}"

    def _matching(self, original: str, copy: str, position: int) -> int:
        """Place in the original of the paragraph that stands at a place in the copy."""
        here = next((p for p in self._shingled[copy].paragraphs if p.start <= position < p.end), None)
        theirs = self._shingled[original].paragraphs
        if here is None or not theirs:
            return 0
        sequences = set(here.shingles)
        return max(theirs, key=lambda p: (find_share(p.shingles, sequences), -p.start)).start

    def _order(self, report_id: str) -> tuple[date, bool, str]:
        """Key by which the first of two like reports is the original."""
        report = self._reports[report_id]
        return (report.published or date.max, find_agency(report.publisher) is None, report_id)

    def _find_alike(self, report_id: str, shingled: Shingled) -> set[str]:
        from datasketch import MinHash, MinHashLSH  # loads numpy and scipy

        if self._whole_lsh is None:
            self._whole_lsh = MinHashLSH(threshold=_LSH_THRESHOLD, num_perm=_PERMUTATIONS)
            self._paragraph_lsh = MinHashLSH(threshold=_LSH_THRESHOLD, num_perm=_PERMUTATIONS)

        def signature(shingles: Iterable[int]) -> Any:
            made = MinHash(num_perm=_PERMUTATIONS)
            made.update_batch(s.to_bytes(8) for s in shingles)
            return made

        found: set[str] = set()
        if shingled.digest is not None:
            found.update(self._digests[shingled.digest])
            self._digests[shingled.digest].append(report_id)
        if shingled.shingles:
            made = signature(shingled.shingles)
            found.update(self._whole_lsh.query(made))
            self._whole_lsh.insert(report_id, made)
        for i, paragraph in enumerate(shingled.paragraphs):
            if paragraph.shingles:
                made = signature(paragraph.shingles)
                found.update(other for other, _ in self._paragraph_lsh.query(made))
                self._paragraph_lsh.insert((report_id, i), made)
        return found - {report_id}

    def _find_folds(self, report_id: str) -> tuple[Fold, ...]:
        mine = self._shingled[report_id]
        credit = self._credits[report_id]
        earlier = [o for o in self._alike[report_id] if self._order(o) < self._order(report_id)]
        sequences = {o: set(self._shingled[o].shingles) for o in earlier}
        shares = {o: find_share(mine.shingles, sequences[o]) for o in earlier}
        exact = [o for o in earlier if mine.digest is not None and self._shingled[o].digest == mine.digest]
        whole = exact or [o for o in earlier if shares[o] >= WHOLE_SHARE]
        if whole:
            original = min(
                whole,
                key=lambda o: (-round(shares[o], 6), self._order(o)) if not exact else (0, self._order(o)),
            )
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
                (-share, self._order(o), o)
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
        found, queue = set(changed), list(changed)
        while queue:
            at = queue.pop()
            for other in self._alike[at]:
                if other not in found and any(f.original == at for f in self._folds.get(other, ())):
                    found.add(other)
                    queue.append(other)
        return found


def find_folds(reports: Iterable[Report]) -> tuple[Fold, ...]:
    """Find the copies among reports.

    Args:
        reports: Reports in any order.

    Returns:
        Folds by the copy's id; the same for any order of the reports.
    """
    index = FoldIndex()
    for report in reports:
        index.add(report)
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
