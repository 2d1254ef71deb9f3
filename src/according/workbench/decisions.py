"""What a review form means: one decision, several edits, or the same for all that are alike."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from according.errors import ReviewError
from according.records import CodedReport, Mention, Span
from according.store import Filter, MentionRow, Store
from according.store.people import User

PLAIN = ("type", "mode", "factuality")
PARTIES = ("actors", "recipients")
COUNTS = ("killed", "injured", "detained", "size")
FIELDS = (*PLAIN, *PARTIES, "when", "where", *COUNTS, "trigger")
"""Fields a reviewer edits one by one, in the order the form shows them."""
MOST_ALIKE = 1000
_ALIKE = "alike:"


def decide(
    store: Store,
    user: User,
    mention: MentionRow,
    kind: str,
    *,
    edit: tuple[str, Any] | None = None,
    alike: bool = False,
    batch: str | None = None,
) -> int:
    """Add a decision, and the same one for all mentions that are alike if so asked.

    Args:
        store: Where decisions stand.
        user: Who decides.
        mention: What was looked at.
        kind: accept, reject, edit, skip or flag.
        edit: Field and new value, for an edit.
        alike: Decide the same for what `find_alike` gives.
        batch: Assignment it belongs to.

    Returns:
        How many mentions were decided on.
    """
    targets = [mention]
    note = None
    if alike and (edit is None or edit[0] in PLAIN):
        targets += find_alike(store, user, mention, batch)
        note = f"{_ALIKE}{secrets.token_hex(6)}" if len(targets) > 1 else None
    field, after = edit or (None, None)
    for target in targets:
        store.append_judgement(
            user.name,
            target.report,
            target.id,
            kind,  # type: ignore[arg-type]  # the store checks it and says what is known
            field=field,
            after=after,
            note=note,
            batch=batch,
            role=user.role,
        )
    return len(targets)


def take_back(store: Store, user: User) -> tuple[str, int]:
    """Undo the user's last decision, with all that were made alike in one go.

    Returns:
        Id of the mention of the first decision undone, and how many were undone.

    Raises:
        NotStoredError: There is none.
    """
    undone = store.undo(user.name, role=user.role)
    number = 1
    while undone.note and undone.note.startswith(_ALIKE):
        left = store.list_judgements(user=user.name, live=True, limit=1).items
        if not left or left[0].note != undone.note:
            break
        undone = store.undo(user.name, left[0].pk, role=user.role)
        number += 1
    return undone.mention, number


def find_alike(store: Store, user: User, mention: MentionRow, batch: str | None = None) -> list[MentionRow]:
    """Find undecided mentions with the same trigger words, type, mode, factuality and parties.

    Args:
        store: Where to look.
        user: Whose queue.
        mention: What they must be like; it is not among them.
        batch: Look only in this assignment.
    """
    wanted = Filter(type=(mention.type,), factuality=(mention.factuality,))
    key = _likeness(mention)
    # The queue gives at most 500 rows; what was decided leaves it, so further ones follow.
    rows = store.queue(user.name, wanted, limit=500, batch=batch)
    return [row for row in rows if row.id != mention.id and _likeness(row) == key][:MOST_ALIKE]


def _likeness(mention: MentionRow) -> tuple[object, ...]:
    return (
        mention.trigger.text.casefold(),
        mention.type,
        mention.mode,
        tuple(p.name for p in mention.actors),
        tuple(p.name for p in mention.recipients),
    )


def read_edit(coded: CodedReport, mention: Mention, form: Mapping[str, str]) -> tuple[str, Any]:
    """Make the new value of a field out of a form.

    Args:
        coded: The report the mention stands in.
        mention: The mention as it is now.
        form: `field` and, by kind of field, `value`, or `at` ("13-18"), `words`, `name`,
            `country`, `from`, `to`, `low`, `high`, and `keep` to add a party to those there are.
            Words without `at` are looked for, nearest to the trigger first.

    Returns:
        The field and its value as it stands in the record's JSON; an empty form empties the field.

    Raises:
        ReviewError: The field cannot be edited, or its words do not stand in the text.
    """
    field = form.get("field", "")
    if field not in FIELDS:
        raise ReviewError(f"the field {field!r} cannot be edited.")
    if field in PLAIN:
        value = form.get("value", "").strip()
        if not value and field != "mode":
            raise ReviewError(f"{field} cannot be empty.")
        return field, value or None
    span = _read_span(coded.report.text, mention, form)
    if field == "trigger":
        if span is None:
            raise ReviewError("a trigger needs words.")
        return field, span.model_dump()
    if field in PARTIES:
        return field, _parties(coded, mention, field, span, form)
    if span is None:
        if any(form.get(k, "").strip() for k in ("name", "from", "to", "low", "high")):
            raise ReviewError("choose the words in the text that carry the value.")
        return field, None
    base = {"span": span.model_dump()}
    if field == "when":
        return field, base | {"from": _text(form, "from"), "to": _text(form, "to"), "why": "edited by hand"}
    if field == "where":
        return field, base | _place(coded, span) | {
            k: v for k in ("name", "country") if (v := _text(form, k))
        }
    return field, base | {"low": _number(form, "low"), "high": _number(form, "high")}


def _parties(
    coded: CodedReport, mention: Mention, field: str, span: Span | None, form: Mapping[str, str]
) -> list[dict[str, Any]]:
    there = [p.model_dump(mode="json") for p in getattr(mention, field)] if form.get("keep") else []
    if span is None:
        if _text(form, "name"):
            raise ReviewError("choose the words in the text that name the party.")
        return there
    entity = next((e for e in coded.entities if any(m.overlaps(span) for m in e.mentions)), None)
    party: dict[str, Any] = {
        "span": span.model_dump(),
        "name": _text(form, "name") or (entity.name if entity else span.text),
        "entity": entity.id if entity else None,
        "kind": entity.kind if entity else "unknown",
        "country": _text(form, "country") or (entity.country if entity else None),
        "sectors": list(entity.sectors) if entity else [],
    }
    return [*there, party]


def _place(coded: CodedReport, span: Span) -> dict[str, Any]:
    place = next((p for p in coded.places if p.span.overlaps(span)), None)
    if place is None:
        return {"name": span.text}
    return {k: getattr(place, k) for k in ("name", "country", "lat", "lon", "geonameid")}


def _read_span(text: str, mention: Mention, form: Mapping[str, str]) -> Span | None:
    first, _, last = form.get("at", "").partition("-")
    if first.isascii() and first.isdigit() and last.isascii() and last.isdigit() and len(first + last) < 18:
        start, end = int(first), int(last)
        while start < end <= len(text) and text[start].isspace():
            start += 1
        while start < end <= len(text) and text[end - 1].isspace():
            end -= 1
        if not start < end <= len(text):
            raise ReviewError("the chosen words lie outside the text.")
        return Span.of(text, start, end)
    words = form.get("words", "").strip()
    if not words:
        return None
    near = mention.trigger.start
    places = [p for p in (text.rfind(words, 0, near + len(words)), text.find(words, near)) if p >= 0]
    if not places:
        raise ReviewError(f"{words!r} does not stand in the text.")
    start = min(places, key=lambda p: abs(p - near))
    return Span.of(text, start, start + len(words))


def _text(form: Mapping[str, str], name: str) -> str | None:
    return form.get(name, "").strip() or None


def _number(form: Mapping[str, str], name: str) -> int | None:
    value = form.get(name, "").strip()
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise ReviewError(f"{name}: {value!r} is no number of people.")
    return int(value)
