"""One report seen for attribution: its tree, clauses and quotations, and how to cut spans out of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from according.attribution.cues import CueList
from according.attribution.model import Chars
from according.attribution.quotes import Quotation, find_quotations
from according.language.clauses import find_clauses
from according.language.model import Argument, Clause, Function, ParsedReport
from according.language.words import Words
from according.texts import soften_lines

_LOOSE = frozenset({"relcl", "advcl", "parataxis", "ccomp", "cc", "punct", "dep", "intj", "mark"})
_TRIM_LEFT = frozenset(" \t\r\n,;:–—-.")
_TRIM_RIGHT = frozenset(" \t\r\n,;:–—-.")
_CUE_PARTS = frozenset({"aux", "auxpass", "neg"})
_RELATIVE = frozenset({"who", "which", "that"})
_CITING = frozenset({"citing", "quoting"})


class Scene:
    """What every finder of statements looks at."""

    def __init__(self, parsed: ParsedReport, cues: CueList) -> None:
        """Index a report.

        Args:
            parsed: The report; clauses are found here when it has none.
            cues: The cue list.
        """
        self.doc: Doc = parsed.doc
        self.text = soften_lines(parsed.report.text)
        self.cues = cues
        clauses = parsed.clauses or find_clauses(parsed.doc)
        self.clauses: dict[int, Clause] = {c.head: c for c in clauses}
        self.quotations: tuple[Quotation, ...] = find_quotations(self.text)
        self.datelines: frozenset[int] = frozenset(
            r.start for r in parsed.report.regions if r.kind == "dateline"
        )
        self._hearsay = self._according()
        self._starts = [q.start for q in self.quotations]

    def _according(self) -> frozenset[int]:
        """Tokens of "according to X" phrases: no part of what anybody else says."""
        out: set[int] = set()
        lower = Words.of(self.doc).lower
        for i, word in enumerate(lower[:-2]):
            if word == "according" and lower[i + 1] == "to":
                held = [c for c in self.doc[i + 1].children if c.dep_ in ("pobj", "pcomp")]
                out |= set(range(i, self._phrase_end(held[0] if held else self.doc[i + 1]) + 1))
        return frozenset(out)

    def _phrase_end(self, noun: Token) -> int:
        """Last token of a phrase, without what is told of it behind a comma: "officials, WHO SAID"."""
        ends = [c.left_edge.i - 2 for c in noun.rights if c.dep_ == "relcl" and not self._restrictive(c)]
        return min([noun.right_edge.i, *(i for i in ends if i >= noun.i)])

    def lemma(self, token: Token) -> str:
        """Lemma in lower case; "hoped" and "hoping" are of "hope", whatever the tagger thinks."""
        word = token.lower_
        return "hope" if word in ("hoped", "hoping", "hopes") else token.lemma_.lower()

    def quotation_at(self, char: int) -> Quotation | None:
        """The quotation that holds a character, or None."""
        at = bisect_right(self._starts, char) - 1
        if at >= 0 and char < self.quotations[at].end:
            return self.quotations[at]
        return None

    def has_quotation(self, start: int, end: int) -> bool:
        """Whether any quotation overlaps these characters."""
        at = bisect_right(self._starts, end - 1) - 1
        return at >= 0 and self.quotations[at].end > start

    def quoted(self, token: Token) -> Quotation | None:
        """The quotation a token stands in, or None."""
        return self.quotation_at(token.idx)

    def subject(self, head: int) -> Argument | None:
        """The logical subject of the predicate at a token, or None."""
        clause = self.clauses.get(head)
        found = clause.get(Function.SUBJECT) if clause else ()
        return found[0] if found else None

    def source(self, head: int) -> tuple[Chars | None, int | None]:
        """Words and main token of the speaker of the predicate at a token."""
        verb = self.doc[head]
        for child in verb.children:
            if child.dep_ == "nsubj" and child.lower_ in _RELATIVE and verb.dep_ == "relcl":
                return (child.idx, child.idx + len(child.text)), verb.head.i
        argument = self.subject(head)
        if argument is None:
            return None, None
        start, end = self.noun_phrase(self.doc[argument.head])
        if start < verb.idx < end and argument.head < head:
            about = next((t for t in (verb, *verb.ancestors) if t.head.i == argument.head), verb)
            opens = min(self.cue(head)[0], about.left_edge.idx if about.dep_ == "relcl" else end)
            start, end = self.trim(start, opens) or (start, end)
        return (start, end), argument.head

    def antecedent(self, head: int, source: Chars | None) -> Chars | None:
        """The words a speaker who is a relative pronoun stands for ("THE OFFICIALS, who said"), or None."""
        verb = self.doc[head]
        pronoun = source is not None and self.text[slice(*source)].lower() in _RELATIVE
        if not pronoun or verb.dep_ != "relcl" or verb.head.pos_ not in ("NOUN", "PROPN"):
            return None
        start, end = self.noun_phrase(verb.head)
        return self.trim(start, min(end, verb.left_edge.idx))

    def noun_phrase(self, token: Token) -> Chars:
        """The whole noun phrase of a speaker: with appositions, restrictive clauses and conjuncts."""
        keep = {token.i}
        stack = [token]
        while stack:
            now = stack.pop()
            for child in now.children:
                if child.dep_ in _LOOSE and not (child.dep_ == "relcl" and self._restrictive(child)):
                    if child.dep_ == "cc" or (child.dep_ == "punct" and child.text not in ",;:–—"):
                        keep.add(child.i)
                    continue
                if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
                    continue
                if child.lower_ in _CITING and child.dep_ == "acl":
                    continue  # "the daily, CITING OFFICIALS, said"
                keep.add(child.i)
                stack.append(child)
        start, end = token.i, token.i + 1
        left, right = min(keep), max(keep) + 1
        # a gap that holds more than punctuation or a clause of the phrase itself ends it
        start, end = left, right
        if self.doc[end - 1].dep_ == "cc" or self.doc[end - 1].text in ",;":
            end -= 1
        first, last = self.doc[start], self.doc[end - 1]
        a, b = first.idx, last.idx + len(last.text)
        if "\n" in self.text[a:b].strip():
            a, b = token.idx, token.idx + len(token.text)
        inside = self.quotation_at(a - 1) if a else None
        if inside is not None and inside.end <= token.idx:
            a = max(a, inside.end)
        return self.trim(a, b) or (token.idx, token.idx + len(token.text))

    def _restrictive(self, verb: Token) -> bool:
        before = verb.left_edge.i - 1
        return before >= 0 and self.doc[before].text not in (",", "–", "—", "-")

    def cue(self, head: int, others: Iterable[int] = ()) -> Chars:
        """Words of a cue: the predicate with auxiliaries, negation and adverbs between, and its particles."""
        keep = {head, *others}
        for child in self.doc[head].children:
            if child.dep_ in _CUE_PARTS and child.i < head:
                keep.add(child.i)
        start, end = head, head
        verb = self.doc[head]
        above = verb.head
        if (
            verb.dep_ == "xcomp"
            and above.lemma_.lower() in self.cues.words("cue_openers")
            and head - above.i < 4
        ):
            start = above.i
            keep.update(c.i for c in above.children if c.dep_ in _CUE_PARTS and c.i < above.i)
        while start - 1 in keep or (
            start - 1 >= 0
            and self.doc[start - 1].head.i == head
            and self.doc[start - 1].dep_ == "advmod"
            and self.doc[start - 1].tag_ == "RB"
        ):
            start -= 1
        end = head
        for other in others:
            if other - end <= 2 and self.doc[other].lower_ != "as":
                end = other
        last = self.doc[end]
        return self.doc[start].idx, last.idx + len(last.text)

    def trim(self, start: int, end: int) -> Chars | None:
        """Take white space and outer punctuation off; None when nothing is left."""
        while start < end and self.text[start] in _TRIM_LEFT:
            start += 1
        while start < end and self.text[end - 1] in _TRIM_RIGHT:
            quote = self.quotation_at(end - 1)
            if quote is not None and quote.start >= start and quote.end >= end and quote.end == end:
                break
            if self.text[end - 1] == "." and self._abbreviation(end):
                break
            end -= 1
        return (start, end) if start < end else None

    def _abbreviation(self, end: int) -> bool:
        at = max(0, end - 4)
        tail = self.text[at:end]
        return len(tail) == 4 and tail[1] == "." and tail[2].isupper()

    def pieces(self, tokens: Iterable[int]) -> tuple[Chars, ...]:
        """Cut the given tokens out as pieces of content.

        A gap that holds only punctuation or space does not split. Pieces that
        open or close within a quotation are widened to its marks.
        """
        wanted = sorted({i for i in tokens if not self.doc[i].is_space and i not in self._hearsay})
        runs: list[list[int]] = []
        for i in wanted:
            if runs and all(self.doc[j].is_punct or self.doc[j].is_space for j in range(runs[-1][1] + 1, i)):
                runs[-1][1] = i
            else:
                runs.append([i, i])
        out: list[Chars] = []
        for a, b in runs:
            while (
                a < b and self.doc[a].lower_ in ("that", "and", "but") and self.doc[a].dep_ in ("mark", "cc")
            ):
                a += 1
            piece = self._snap(self.doc[a].idx, self.doc[b].idx + len(self.doc[b].text))
            if piece is not None:
                out.append(piece)
        return tuple(out)

    def _snap(self, start: int, end: int) -> Chars | None:
        first, last = self.quotation_at(start), self.quotation_at(end - 1)
        if last is not None and last.start >= start - 1:
            end = max(end, last.end)
            start = min(start, last.start) if last.start == start - 1 else start
        elif first is None and last is None and self.quotation_at(end) is None:
            pass
        if first is not None and first.inner_start == start and first.end <= end + 2:
            start, end = first.start, max(end, first.end)
        return self.trim(start, end)

    def subtree(self, token: Token, without: Iterable[int] = ()) -> set[int]:
        """Indices of a token and all under it, without the branches named."""
        barred = set(without)
        out: set[int] = set()
        stack = [token]
        while stack:
            now = stack.pop()
            if now.i in barred:
                continue
            out.add(now.i)
            stack.extend(now.children)
        return out
