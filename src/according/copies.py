"""Code what is told twice once: reports that are copies share their coding, reprints their parse.

Coding is a pure function of a report, and only the ids in it depend on the
report's own id. So a report that differs from an earlier one in nothing but its
id is given that one's coding with ids of its own, and one with the same text
but another date or publisher is spared the parse. What comes out is the same,
byte for byte, as without.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import OrderedDict
from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

from according.ids import content_id
from according.language.pipeline import parse_texts
from according.records import CodedReport, Report

KEPT_BYTES = 32 * 2**20
"""Most bytes of coded reports that are kept, packed; some thousands of reports."""

KEPT_CHARS = 100_000
"""Most code points of texts whose parses are kept."""

_ID = re.compile(r'"([smv]-[0-9a-f]{10})"')


class Copies:
    """What was coded of late, to be found again by what it was made from."""

    def __init__(self, most_bytes: int = KEPT_BYTES, most_chars: int = KEPT_CHARS) -> None:
        """Begin with nothing kept."""
        self.most_bytes, self.most_chars = most_bytes, most_chars
        self._coded: OrderedDict[bytes, bytes] = OrderedDict()
        self._docs: OrderedDict[str, Doc] = OrderedDict()
        self._bytes = self._chars = 0

    def holds(self, report: Report) -> bool:
        """Whether a report's coding is kept."""
        return _key(report) in self._coded

    def recall(self, report: Report) -> CodedReport | None:
        """Give the coding of a report that differs from an earlier one in its id at most; else None."""
        key = _key(report)
        packed = self._coded.get(key)
        if packed is None:
            return None
        self._coded.move_to_end(key)
        coded = CodedReport.from_json(zlib.decompress(packed))
        return coded if coded.report.id == report.id else rename(coded, report.id)

    def remember(self, report: Report, coded: CodedReport) -> None:
        """Keep a coding; what was not asked for longest is dropped."""
        packed = zlib.compress(coded.to_json().encode("utf-8", "surrogatepass"), 1)
        self._bytes += len(packed) - len(self._coded.pop(key := _key(report), b""))
        self._coded[key] = packed
        while self._bytes > self.most_bytes:
            self._bytes -= len(self._coded.popitem(last=False)[1])

    def parse(self, nlp: Language, texts: Iterable[str]) -> Parses:
        """Parse a batch of texts, but for those whose parse is kept."""
        return Parses(self, nlp, [text for text in dict.fromkeys(texts) if text not in self._docs])

    def doc(self, text: str) -> Doc | None:
        """The parse of a text, if it is kept."""
        found = self._docs.get(text)
        if found is not None:
            self._docs.move_to_end(text)
        return found

    def keep(self, text: str, doc: Doc) -> None:
        """Keep a parse; what was not asked for longest is dropped."""
        if text not in self._docs:
            self._chars += len(text)
        self._docs[text] = doc
        while self._chars > self.most_chars:
            self._chars -= len(self._docs.popitem(last=False)[0])


class Parses:
    """The parses of one batch, made when they are asked for."""

    def __init__(self, copies: Copies, nlp: Language, texts: list[str]) -> None:
        """Prepare; nothing is parsed yet."""
        self.copies, self.nlp = copies, nlp
        self._texts, self._stream = iter(texts), parse_texts(nlp, texts)
        self._made: dict[str, Doc] = {}

    def doc(self, text: str) -> Doc:
        """The parse of one of the texts."""
        found = self._made.pop(text, None) or self.copies.doc(text)
        while found is None:
            parsed = next(self._texts, None)
            if parsed is None:  # its kept parse was dropped meanwhile
                found = next(parse_texts(self.nlp, [text]))
            elif parsed == text:
                found = next(self._stream)
            else:
                self._made[parsed] = next(self._stream)
        self.copies.keep(text, found)
        return found


def rename(coded: CodedReport, report_id: str) -> CodedReport | None:
    """Give a coding the ids it would have had, had its report another id.

    Args:
        coded: A coding.
        report_id: The other id.

    Returns:
        The coding; None when its ids are not those that coding gives, or
        when one of them stands in the report's text.

    Example:
        >>> from according import Coder
        >>> coder = Coder()
        >>> one, two = (Report(id=name, text="Rebels attacked a base.") for name in ("r1", "r2"))
        >>> rename(coder.code(one), "r2") == coder.code(two)
        True
    """
    old = _ids(coded, coded.report.id)
    told = {s.id for s in coded.statements} | {m.id for m in coded.mentions} | {e.id for e in coded.events}
    if set(old) != told or any(name in coded.report.text for name in old):
        return None
    new = dict(zip(old, _ids(coded, report_id), strict=True))
    line = _ID.sub(lambda m: f'"{new.get(m[1], m[1])}"', coded.to_json())
    report = coded.report.model_copy(update={"id": report_id})
    return CodedReport.from_json(line).model_copy(update={"report": report})


def _ids(coded: CodedReport, report_id: str) -> list[str]:
    """Ids of the statements, mentions and events of a coding, for a report of this id."""
    statements = [
        content_id(
            "s", report_id, None if s.cue is None else (s.cue.start, s.cue.end),
            tuple((part.start, part.end) for part in s.content),
        )
        for s in coded.statements
    ]  # fmt: skip
    mentions = {
        m.id: content_id("m", report_id, m.trigger.start, m.trigger.end, m.type) for m in coded.mentions
    }
    events = [content_id("v", report_id, mentions.get(event.mentions[0], "")) for event in coded.events]
    return [*statements, *mentions.values(), *events]


def _key(report: Report) -> bytes:
    """What a report's coding depends on, but for its id."""
    told = report.model_dump_json(exclude={"id"})
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()
