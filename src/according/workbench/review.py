"""What the review page shows: the next mention of a queue, its words, its fields, what was decided on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, get_args
from urllib.parse import parse_qsl, urlencode

from according.errors import NotStoredError
from according.fields import Field, list_fields
from according.records import CodedReport, Mention, Span
from according.store import EffectiveReport, Filter, Judgement, MentionRow, Store
from according.store.people import User
from according.store.queries import MentionOrder
from according.workbench.codes import codebook
from according.workbench.context import clean
from according.workbench.decisions import find_alike
from according.workbench.editing import FIELDS, LABELS
from according.workbench.reading import Reading, view_report

FILTERS = frozenset(f.name for f in fields(Filter))
FORM = (
    "text", "type", "factuality", "party", "speaker", "publisher", "country", "day_from", "day_to",
    "score_from", "score_to", "reviewed",
)  # fmt: skip
"""Filters that the form of a queue shows; an address may have any."""
ORDERS: dict[MentionOrder, str] = {
    "score": "lowest score first",
    "score-down": "highest score first",
    "published": "latest published first",
    "day": "latest event first",
}
DONE = {"accept": "accepted", "reject": "rejected", "edit": "edited", "skip": "skipped", "flag": "flagged"}
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]]*\s+(?=['\"“‘(\[]?[A-Z0-9])|\n+")


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of mentions, as its address says.

    Attributes:
        wanted: Which mentions.
        order: Their order.
        batch: Assignment, or None.
    """

    wanted: Filter
    order: MentionOrder = "score"
    batch: str | None = None

    @classmethod
    def read(cls, values: Iterable[tuple[str, str]]) -> Queue:
        """Read a queue out of the names and values of an address; what is no filter is passed over.

        Raises:
            SearchQueryError: A value cannot be read.
        """
        given: dict[str, list[str]] = {}
        for name, value in values:
            if value.strip():
                given.setdefault(name, []).append(clean(value).strip())
        wanted = Filter.read({k: v for k, v in given.items() if k in FILTERS})
        known = {o: o for o in get_args(MentionOrder)}
        order = known.get(given.get("order", ["score"])[-1], "score")
        return cls(wanted, order, given.get("batch", [None])[-1])

    @classmethod
    def read_query(cls, query: str) -> Queue:
        """Read a queue out of what `to_query` wrote."""
        return cls.read(parse_qsl(query))

    def to_query(self, **more: str | None) -> str:
        """Write the queue as the query of an address, with further values.

        Example:
            >>> Queue(Filter(type=("ASSAULT",)), batch="trial").to_query(mention="m-1", edit=None)
            'type=ASSAULT&batch=trial&mention=m-1'
        """
        values: dict[str, Any] = dict(self.wanted.write())
        if self.order != "score":
            values["order"] = self.order
        values |= {"batch": self.batch, **more}
        return urlencode({k: v for k, v in values.items() if v}, doseq=True)

    def href(self, **more: str | None) -> str:
        """Address of the review page with this queue."""
        query = self.to_query(**more)
        return f"/review?{query}" if query else "/review"

    def others(self) -> list[tuple[str, str]]:
        """The filters that the form does not show, with each value."""
        told = {k: [v] if isinstance(v, str) else v for k, v in self.wanted.write().items()}
        return [(k, v) for k, values in told.items() for i, v in enumerate(values) if k not in FORM or i]

    def values(self) -> dict[str, str]:
        """The filters as a form shows them."""
        return {k: v if isinstance(v, str) else v[0] for k, v in self.wanted.write().items()}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the mention under review.

    Attributes:
        name: Name in the record.
        label: What a reader calls it.
        items: Its values; several for several parties, none where it is empty.
    """

    name: str
    label: str
    items: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A mention as its reviewer sees it.

    Attributes:
        coded: Its report, with the decisions that the reviewer may know.
        mention: The mention, with its edits.
        reading: The report's text with the mention's words marked.
        fields: Its fields, the empty ones too.
        sentence: The sentence it stands in, in pieces: text and the classes of its field, or "".
        verdict: accept, reject, edit, skip or flag, whichever counts, or None.
        decided_by: Whose it is, or None.
        carried: Only a decision keeps it; the current coding has not got it.
        coding: Number of the current coding.
        seen: Number of the last decision on it.
        history: Decisions on it that the reviewer may know, latest first.
        flagged: Number of the reviewer's own flag on it, or None.
    """

    coded: CodedReport
    mention: Mention
    reading: Reading
    fields: tuple[FieldRow, ...]
    sentence: tuple[tuple[str, str], ...]
    verdict: str | None
    decided_by: str | None
    carried: bool
    coding: int
    seen: int
    history: tuple[Judgement, ...]
    flagged: int | None


def next_in_queue(store: Store, user: User, queue: Queue, *, but: str | None = None) -> MentionRow | None:
    """Give the first mention of a queue, or the first that is not the one named."""
    rows = store.queue(user.name, queue.wanted, order=queue.order, limit=2, batch=queue.batch)
    return next((row for row in rows if row.id != but), None)


def look_at(store: Store, user: User, report: str, mention_id: str, batch: str | None) -> Looked:
    """Put together what a reviewer sees of a mention.

    In an assignment a coder sees only their own decisions; elsewhere all but
    those that others made in blind assignments which are still open.

    Raises:
        NotStoredError: There is no such report or mention.
    """
    own = user.name if batch else None
    view = store.get_effective(report, user=own, batch=batch, blind_for=user.name)
    coded, mention = _find(store, view, report, mention_id)
    history = store.list_judgements(
        user=own, report=report, mention=mention_id, batch=batch, blind_for=user.name, limit=100
    ).items
    flags = [j.pk for j in history if j.kind == "flag" and j.user == user.name and not j.undone]
    return Looked(
        coded=coded,
        mention=mention,
        reading=view_report(coded, mention=mention_id),
        fields=tuple(_rows(mention)),
        sentence=tuple(cut_sentence(coded.report.text, mention)),
        verdict=view.decided.get(mention_id),
        decided_by=view.users.get(mention_id),
        carried=mention_id in view.carried,
        coding=view.coding,
        seen=view.seen.get(mention_id, 0),
        history=history,
        flagged=flags[0] if flags else None,
    )


def _find(store: Store, view: EffectiveReport, report: str, mention_id: str) -> tuple[CodedReport, Mention]:
    found = next((m for m in view.coded.mentions if m.id == mention_id), None)
    if found is not None:
        return view.coded, found
    # Rejected: shown as the coding has it, among the others as they are.
    rejected = [m for m in (*view.rejected, *store.get_report(report).mentions) if m.id == mention_id]
    if not rejected:
        raise NotStoredError("mention", mention_id)
    mentions = tuple(sorted((*view.coded.mentions, rejected[0]), key=lambda m: (m.trigger.start, m.id)))
    return view.coded.model_copy(update={"mentions": mentions}), rejected[0]


def _rows(mention: Mention) -> list[FieldRow]:
    told: dict[str, list[Field]] = {}
    for field in list_fields(mention):
        told.setdefault(field.name, []).append(field)
    words = mention.trigger
    told["type"] = [Field("type", "type", mention.type)]
    told["mode"] = [Field("mode", "mode", mention.mode)] if mention.mode else []
    told["trigger"] = [Field("trigger", "trigger", words.text, (words,))]
    told["clause"] = [Field("clause", "clause", mention.clause.text, (mention.clause,))]
    return [FieldRow(name, LABELS.get(name, name), tuple(told.get(name, ()))) for name in FIELDS]


def cut_sentence(text: str, mention: Mention) -> list[tuple[str, str]]:
    """Cut the sentence of a mention into pieces, each with the class of the field it belongs to.

    Args:
        text: The report's text.
        mention: The mention.

    Returns:
        Pieces and classes; joined the pieces are the sentence.
    """
    start, end = find_sentence(text, mention.clause if _holds(mention) else mention.trigger)
    owners: list[str] = [""] * (end - start)
    for field in reversed(list_fields(mention)):
        if field.name in {"contexts", "factuality"}:
            continue
        for span in field.spans:
            for place in range(max(span.start, start), min(span.end, end)):
                owners[place - start] = f"f-{field.name}"
    pieces: list[tuple[str, str]] = []
    for place, owner in enumerate(owners, start):
        if pieces and pieces[-1][1] == owner:
            pieces[-1] = (pieces[-1][0] + text[place], owner)
        else:
            pieces.append((text[place], owner))
    return pieces


def _holds(mention: Mention) -> bool:
    return mention.clause.start <= mention.trigger.start and mention.trigger.end <= mention.clause.end


def find_sentence(text: str, span: Span) -> tuple[int, int]:
    """Find where the sentence around words begins and ends.

    Example:
        >>> text = "It rained. Rebels fled the town. All was quiet."
        >>> start, end = find_sentence(text, Span.of(text, 18, 22))
        >>> text[start:end]
        'Rebels fled the town.'
    """
    ends = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]
    start = max(e for e in ends if e <= span.start)
    end = min(e for e in ends if e >= span.end)
    while end > span.end and text[end - 1].isspace():
        end -= 1
    return start, end


def type_keys() -> tuple[tuple[str, str, str, int], ...]:
    """List the event types with their keys: key, code, label and quad class.

    The first ten take the digits 1 to 9 and 0, the next the same with Shift.
    """
    rows = []
    for i, (code, kind) in enumerate(codebook().types.items()):
        digit = str((i + 1) % 10)
        key = digit if i < 10 else f"shift+{digit}" if i < 20 else ""
        rows.append((key, code, kind.label, kind.quad))
    return tuple(rows)


def count_alike(store: Store, user: User, queue: Queue, mention_id: str) -> tuple[MentionRow, ...]:
    """Find what is like a mention of the current coding; nothing for one that only a decision keeps."""
    try:
        row = store.get_mention(mention_id, coded=True)
    except NotStoredError:
        return ()
    return tuple(find_alike(store, user, row, queue.batch))
