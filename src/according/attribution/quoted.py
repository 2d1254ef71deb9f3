"""Statements that a whole quotation holds, a headline colon, or a speech set out after "X said:"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from spacy.tokens import Span, Token

from according.attribution.cues import Cue
from according.attribution.model import Chars, StatementDraft
from according.attribution.quotes import Quotation, paragraphs
from according.attribution.scene import Scene
from according.language.words import Words

_TERMINATOR = re.compile(r"[.!?][”\"'’)]*\s+(?=[A-Z“\"‘(])|\n")
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|St|Jr|Sr|Prof|Rev|Hon|[A-Z])\.\s+$"
)
_LABEL = re.compile(r"(?:[“\"]{1,3})?([A-Z][\w.,’'()& \-]{1,60}?):\s+(?=\S)")
_SIGNED = re.compile(r"\s{0,3}([―—–]|--?)[ \t\u00a0]*([A-Z][^\n“”\"]{2,60}?)[ \t\u00a0.]*(?=\n|$)")
_MAX_SET_OUT = 6
# So many turns of speech make a transcript, where a paragraph without a name goes on with the speaker.
_TRANSCRIPT = 3
# A speaker's name before a colon has at most so many tokens.
_LONGEST_LABEL = 12
_FARTHEST = 16


def find_quoted(scene: Scene) -> list[StatementDraft]:
    """Find the statements made of whole quotations, each with its speaker."""
    return _Linker(scene).run()


class _Linker:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.text = scene.text
        self.starts = Words.of(scene.doc).start
        self.paragraphs = paragraphs(scene.text)
        self.openings = [a for a, _ in self.paragraphs]
        self.by_cue: dict[int, int] = {}
        self.drafts: list[StatementDraft] = []

    def run(self) -> list[StatementDraft]:
        last: int | None = None
        before: Quotation | None = None
        for quote in self.scene.quotations:
            signed = _signed(self.scene, quote)
            if signed is not None:
                self.drafts.append(signed)
                last = before = None
                continue
            cue = self._cue_of(quote) if self._utterance(quote) else None
            if cue is not None:
                last = self._add(cue, quote)
                before = quote
                continue
            if last is not None and before is not None and self._continues(before, quote):
                self._append(last, quote)
                before = quote
        return self.drafts

    def _utterance(self, quote: Quotation) -> bool:
        inner = quote.text(self.text).strip().rstrip("'’”")
        if not inner:
            return False
        if inner[-1] in ",.!?…—-" or self.text[quote.end : quote.end + 1] == ",":
            return True
        return not quote.closed or (inner[0].isupper() and len(inner.split()) >= 4)

    def _paragraph(self, at: int) -> tuple[int, int, int]:
        index = bisect_right(self.openings, at) - 1
        if index >= 0 and at < self.paragraphs[index][1]:
            return index, *self.paragraphs[index]
        return -1, 0, len(self.text)

    def _tokens(self, start: int, end: int) -> list[Token]:
        doc = self.scene.doc
        return [doc[i] for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end))]

    def _cue_of(self, quote: Quotation) -> Token | None:
        index, start, end = self._paragraph(quote.start)
        after = self._after(quote, end)
        prefix = self.text[start : quote.start].rstrip()
        if prefix:
            before = self._before(start, quote)
            if before is not None and (
                prefix[-1] in ",:" or before.idx + len(before.text) == start + len(prefix)
            ):
                return before
            if prefix[-1] == ":" and before is None and after is None:
                return self._labelled(start, start + len(prefix) - 1)
            return after if prefix[-1] in ".!?,:;”\"'’—–-" else None
        if after is not None:
            return after
        if index > 0:
            a, b = self.paragraphs[index - 1]
            if self.text[a:b].rstrip().endswith(":"):
                return self._before(a, quote, limit=b)
        return None

    def _labelled(self, start: int, end: int) -> Token | None:
        """The colon of a short speaker's name before a quotation ("A farmer: “...”")."""
        tokens = self._tokens(start, end + 1)
        if len(tokens) > _LONGEST_LABEL or any(t.pos_ in ("VERB", "AUX") for t in tokens):
            return None
        name = self.text[start:end].strip()
        root = max(tokens[:-1], key=lambda t: len(list(t.subtree)), default=None)
        if root is None or name.lower() in self.scene.cues.words("not_speakers_before_colon"):
            return None
        return tokens[-1] if tokens[-1].text == ":" and _names_speaker(self.scene, root, name) else None

    def _after(self, quote: Quotation, end: int) -> Token | None:
        inner = quote.text(self.text).rstrip()
        tail = self.text[quote.end : end]
        if not inner or (inner[-1] == "." and not tail.lstrip()[:1].islower()):
            return None
        stop = end
        following = [q.start for q in self.scene.quotations if quote.end <= q.start < end]
        if following:
            stop = following[0]
        for m in _TERMINATOR.finditer(self.text, quote.end, stop):
            if not _ABBREVIATED.search(self.text[max(0, m.start() - 12) : m.end()]):
                stop = m.start()
                break
        tokens = self._tokens(quote.end, stop)
        for count, token in enumerate(tokens):
            if self._aside(token, tokens[0].i):
                continue
            if self._speech(token) and (count < 5 or self._mine(token, tokens)):
                return token
        return None

    @staticmethod
    def _aside(token: Token, first: int) -> bool:
        """Whether a verb is in a clause about the speaker: "the man, WHO ASKED not to be named, said"."""
        return any(t.dep_ in ("relcl", "acl") and t.head.i >= first for t in (token, *token.ancestors))

    def _mine(self, token: Token, tokens: list[Token]) -> bool:
        verbs = [
            t
            for t in tokens
            if t.i < token.i and t.pos_ == "VERB" and t.dep_ not in ("relcl", "acl", "amod", "appos")
        ]
        return not verbs and token.i - tokens[0].i < 30

    def _before(self, start: int, quote: Quotation, limit: int | None = None) -> Token | None:
        limit = quote.start if limit is None else limit
        for m in _TERMINATOR.finditer(self.text, start, limit):
            if not _ABBREVIATED.search(self.text[max(0, m.start() - 12) : m.end()]):
                start = m.end()
        found = [
            t
            for t in self._tokens(start, limit)
            if self._speech(t) and self.scene.quotation_at(t.idx) is None
        ]
        return found[-1] if found else None

    def _speech(self, token: Token) -> bool:
        if token.pos_ not in ("VERB", "AUX", "NOUN") or self.scene.quotation_at(token.idx) is not None:
            return False
        if token.pos_ == "NOUN" and token.tag_ != "NNS":
            return False
        lemma = token.lemma_.lower()
        return any(self._fits(c, token) for c in self.scene.cues.verbs.get(lemma, ()))

    def _fits(self, cue: Cue, token: Token) -> bool:
        """Whether a cue introduces quotations and all its words are there: "made FUN OF", not "made"."""
        if "quote" not in cue.takes:
            return False
        following = {t.lower_ for t in self.scene.doc[token.i + 1 : token.i + 4]}
        return not cue.rest or following.issuperset(cue.rest) or (cue.lemma == "put" and "it" in following)

    def _add(self, cue: Token, quote: Quotation) -> int:
        piece = self._piece(quote)
        known = self.by_cue.get(cue.i)
        if known is not None:
            self._append(known, quote)
            return known
        if cue.text == ":":
            _, start, _ = self._paragraph(cue.idx)
            root = self._tokens(start, cue.idx)[-1]
            draft = StatementDraft(
                (start, cue.idx), root.i, (cue.idx, cue.idx + 1), cue.i, ":", "colon", "say", (piece,),
                "direct", "asserts",
            )  # fmt: skip
            self.drafts.append(draft)
            self.by_cue[cue.i] = len(self.drafts) - 1
            return len(self.drafts) - 1
        source, head = self._speaker(cue, quote)
        entry = next(c for c in self.scene.cues.verbs[cue.lemma_.lower()] if self._fits(c, cue))
        self.drafts.append(
            StatementDraft(
                source, head, self.scene.cue(cue.i), cue.i, cue.lemma_.lower(), "verb", entry.name, (piece,),
                "direct", entry.stance,
            )
        )  # fmt: skip
        self.by_cue[cue.i] = len(self.drafts) - 1
        return len(self.drafts) - 1

    def _speaker(self, cue: Token, quote: Quotation) -> tuple[Chars | None, int | None]:
        source, head = self.scene.source(cue.i)
        if source is not None and head is not None and self.scene.quotation_at(source[0]) is None:
            return source, head
        doc = self.scene.doc
        near = list(range(cue.i + 1, min(cue.i + 4, len(doc)))) + list(
            range(cue.i - 1, max(cue.i - 4, -1), -1)
        )
        for i in near:
            token = doc[i]
            if token.idx >= quote.start and token.idx < quote.end:
                continue
            if token.ent_type_ in ("DATE", "TIME", "CARDINAL"):
                continue
            if token.pos_ in ("PROPN", "PRON") and token.dep_ not in ("dobj", "pobj", "dative", "poss"):
                while token.dep_ == "compound":
                    token = token.head
                return self.scene.noun_phrase(token), token.i
        return self._set_apart(cue)

    def _set_apart(self, cue: Token) -> tuple[Chars | None, int | None]:
        """A name before its verb with an apposition between commas, which the parser lost."""
        first = None
        for i in range(cue.i - 1, max(cue.i - _FARTHEST, -1), -1):
            token = self.scene.doc[i]
            quoted = self.scene.quotation_at(token.idx) is not None
            if quoted or token.is_space or token.pos_ in ("VERB", "AUX"):
                break
            if token.pos_ == "PROPN" and token.dep_ not in ("pobj", "compound", "poss"):
                first = token
        return (None, None) if first is None else (self.scene.noun_phrase(first), first.i)

    def _piece(self, quote: Quotation) -> Chars:
        return quote.start, quote.end

    def _append(self, index: int, quote: Quotation) -> None:
        draft = self.drafts[index]
        piece = self._piece(quote)
        if piece not in draft.content:
            self.drafts[index] = replace(draft, content=tuple(sorted((*draft.content, piece))))

    def _continues(self, before: Quotation, quote: Quotation) -> bool:
        own, start, end = self._paragraph(quote.start)
        previous, _, stop = self._paragraph(before.start)
        if own == previous:
            gap = self.text[before.end : quote.start]
            return self._utterance(quote) and (not gap.strip() or gap.rstrip()[-1:] in ".!?,:")
        if own != previous + 1 or self.text[start : quote.start].strip():
            return False
        whole = not self.text[quote.end : end].strip(" .")
        return (not before.closed) or (whole and self._utterance(quote) and before.end >= stop - 1) or whole


def _signed(scene: Scene, quote: Quotation) -> StatementDraft | None:
    """A quotation with its speaker after a dash: “...” — A farmer, Leeds."""
    m = _SIGNED.match(scene.text, quote.end)
    if m is None or not quote.closed:
        return None
    span = scene.doc.char_span(m.start(2), m.end(2), alignment_mode="expand")
    if span is None or any(t.pos_ in ("VERB", "AUX") for t in span):
        return None
    name = scene.trim(m.start(2), m.end(2))
    if name is None:
        return None
    head = next((t for t in span if t.pos_ == "PROPN" and t.dep_ != "compound"), span.root)
    return StatementDraft(
        name, head.i, (m.start(1), m.end(1)), None, m.group(1), "dash", "say", ((quote.start, quote.end),),
        "direct", "asserts",
    )  # fmt: skip


def find_set_out(scene: Scene) -> list[StatementDraft]:
    """Find speakers before a colon (headline, transcript) and speeches set out after "X said:"."""
    out: list[StatementDraft] = []
    ranges = paragraphs(scene.text)
    stop = scene.cues.words("not_speakers_before_colon")
    open_at: int | None = None
    labels = [m.group(1) for a, b in ranges if (m := _LABEL.match(scene.text, a, b))]
    transcript = sum(name.isupper() for name in labels) >= _TRANSCRIPT
    for index, (a, b) in enumerate(ranges):
        m = _LABEL.match(scene.text, a, b)
        name = m.group(1) if m else ""
        filed = m is not None and m.start(1) in scene.datelines
        if (
            m
            and not filed
            and name.lower() not in stop
            and (name.isupper() or (index == 0 and len(name.split()) <= 6))
        ):
            span = scene.doc.char_span(m.start(1), m.end(1), alignment_mode="expand")
            content = (m.end(), _end(scene.text, b))
            if index == 0 and span is not None:  # a headline ends where its sentence does
                content = (m.end(), _end(scene.text, min(b, _sentence_end(scene, span))))
            if span is None or content[1] <= content[0] or any(t.pos_ in ("VERB", "AUX") for t in span):
                continue
            if index == 0 and (not _names_speaker(scene, span.root, name) or _is_topic(scene, span, m.end())):
                continue
            out.append(
                StatementDraft(
                    (m.start(1), m.end(1)), span.root.i, (m.end(1), m.end(1) + 1), None, ":", "colon", "say",
                    (content,), "direct" if name.isupper() and index else "indirect", "asserts",
                )
            )  # fmt: skip
            open_at = len(out) - 1 if index and name.isupper() else None
        elif open_at is not None and (transcript or scene.text[a] in '"“'):
            out[open_at] = replace(out[open_at], content=(*out[open_at].content, (a, _end(scene.text, b))))
        else:
            open_at = None
            out.extend(_set_out(scene, ranges, index))
    return out


def _sentence_end(scene: Scene, label: Span) -> int:
    """Where the sentence after a label and its colon ends."""
    after = scene.doc[min(label.end + 1, len(scene.doc) - 1)]
    return after.sent.end_char


def _is_topic(scene: Scene, label: Span, start: int) -> bool:
    """Whether a country before the colon of a headline is what it is about: "Mali: aide jailed"."""
    after = scene.text[start:].split(maxsplit=1)[:1]
    place = any(t.ent_type_ in ("GPE", "LOC") for t in (label.root, label[-1]))
    return place and bool(after) and after[0].lower() not in ("we", "our", "no", "it's")


def _names_speaker(scene: Scene, root: Token, name: str) -> bool:
    if root.pos_ == "PROPN":
        return True
    words = {root.lower_, root.lemma_.lower(), name.split()[0].lower()}
    lists = ("titles_before_colon", "persons", "organisations", "documents")
    return any(words & scene.cues.words(n) for n in lists)


def _set_out(scene: Scene, ranges: list[tuple[int, int]], index: int) -> list[StatementDraft]:
    a, b = ranges[index]
    if not scene.text[a:b].rstrip().endswith(":") or index + 1 >= len(ranges):
        return []
    following = ranges[index + 1 : index + 1 + _MAX_SET_OUT]
    if scene.text[following[0][0]] in "\"“«'‘":
        return []
    if any(q.start >= following[0][0] for q in scene.quotations):
        # elsewhere the report marks its quotations, so one paragraph at most is set out without marks
        following = following[:1]
    span = scene.doc.char_span(a, b, alignment_mode="expand")
    cues = [
        t
        for t in span or ()
        if t.pos_ == "VERB" and any("quote" in c.takes for c in scene.cues.verbs.get(t.lemma_.lower(), ()))
    ]
    if not cues:
        return []
    verb = cues[-1]
    source, head = scene.source(verb.i)
    content = tuple((s, _end(scene.text, e)) for s, e in following)
    return [
        StatementDraft(
            source,
            head,
            scene.cue(verb.i),
            verb.i,
            verb.lemma_.lower(),
            "verb",
            "say",
            content,
            "direct",
            "asserts",
        )
    ]


def _end(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end - 1 if text[end - 1 : end] == "." else end
