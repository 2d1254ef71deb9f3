"""Who speaks where: statements seen from the tokens they cover."""

from __future__ import annotations

from collections.abc import Sequence

from according.attribution.model import StatementDraft
from according.language.model import ParsedReport

# Characters of text whose statements are kept together.
_STRETCH = 1000


class SpeechIndex:
    """Answers, for a token, who says it and whether it is quoted."""

    def __init__(self, parsed: ParsedReport, drafts: Sequence[StatementDraft]) -> None:
        """Index the statements of one report.

        Args:
            parsed: The report.
            drafts: Its statements; a parent stands at a lower depth than its
                children.
        """
        self.drafts = drafts
        self._cues = {d.cue_head for d in drafts if d.cue_head is not None}
        self._reports = {d.cue_head for d in drafts if d.cue_class == "report" and d.cue_kind == "verb"}
        self._inner: dict[int, int] = {}
        self._direct: set[int] = set()
        self._near: dict[int, list[int]] = {}
        for index, draft in enumerate(drafts):
            for n in {n for a, b in draft.content for n in range(a // _STRETCH, b // _STRETCH + 1)}:
                self._near.setdefault(n, []).append(index)
        depths = [_depth(drafts, i) for i in range(len(drafts))]
        for index in sorted(range(len(drafts)), key=lambda i: depths[i]):
            draft = drafts[index]
            for start, end in draft.content:
                span = parsed.doc.char_span(start, end, alignment_mode="contract")
                if span is None:
                    continue
                for token in range(span.start, span.end):
                    self._inner[token] = index
                    if draft.manner == "direct":
                        self._direct.add(token)

    def says(self, token: int) -> bool:
        """Whether the token is the cue of a statement of saying or believing."""
        return token in self._cues

    def reports(self, token: int) -> bool:
        """Whether the token is a verb whose object is what is reported ("confirmed the arrest")."""
        return token in self._reports

    def wanted(self, token: int) -> bool:
        """Whether the innermost statement over the token tells what somebody wants or orders."""
        index = self._inner.get(token)
        return index is not None and self.drafts[index].stance in ("wants", "orders")

    def near(self, offset: int) -> Sequence[int]:
        """Indices of the statements some of whose content stands about a character offset."""
        return self._near.get(offset // _STRETCH, ())

    def statement(self, token: int) -> int | None:
        """Index of the innermost statement whose content holds the token."""
        return self._inner.get(token)

    def speaker(self, token: int) -> int | None:
        """Head of the innermost named speaker whose content holds the token."""
        index = self._inner.get(token)
        steps = 0
        while index is not None and steps < 20:
            if self.drafts[index].source_head is not None:
                return self.drafts[index].source_head
            index, steps = self.drafts[index].parent, steps + 1
        return None

    def quoted(self, token: int) -> bool:
        """Whether the token stands in a direct quotation."""
        return token in self._direct


def _depth(drafts: Sequence[StatementDraft], index: int) -> int:
    depth, now = 0, drafts[index].parent
    while now is not None and depth < 50:
        depth, now = depth + 1, drafts[now].parent
    return depth
