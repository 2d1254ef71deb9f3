"""What an edit form means: any field of a mention, its words chosen in the text or typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from according.errors import ReviewError
from according.records import (
    CodedReport,
    EntityKind,
    Factuality,
    Mention,
    Participant,
    Span,
    Stance,
)
from according.workbench.codes import codebook

PLAIN = ("type", "mode", "factuality", "contexts")
PARTIES = ("actors", "recipients")
COUNTS = ("killed", "injured", "detained", "size")
LISTS = ("instruments", "quoted")
STRETCHES = ("trigger", "clause")
FIELDS = (
    *PLAIN, *PARTIES, "instruments", "when", "where", *COUNTS, "attribution", "quoted", *STRETCHES,
)  # fmt: skip
"""Fields a reviewer edits one by one, in the order the form shows them."""
EMPTIED = ("mode", "when", "where", *COUNTS)
"""Fields that hold one value or none, and that `empty` in a form takes out."""
LABELS = {
    "actors": "actor",
    "recipients": "recipient",
    "instruments": "instrument",
    "contexts": "context",
    "attribution": "according to",
    "quoted": "scare quotes",
    "clause": "clause",
}
"""What a reader calls a field whose name is another."""
KINDS: tuple[str, ...] = get_args(EntityKind)
STANCES: tuple[str, ...] = get_args(Stance)
READINGS: tuple[str, ...] = get_args(Factuality)
_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,39}")
_COUNTRY = re.compile(r"[A-Z]{3}")

Form = Mapping[str, str]
Edit = tuple[str, Any]


def read_edits(coded: CodedReport, mention: Mention, form: Form) -> list[Edit]:
    """Make the edits out of a form: its field, and the mode where the new type has not got the old one.

    Args:
        coded: The report the mention stands in.
        mention: The mention as it is now.
        form: As `read_edit` takes it.

    Raises:
        ReviewError: The field cannot be edited, or its words do not stand in the text.
    """
    field, value = read_edit(coded, mention, form)
    edits = [(field, value)]
    if field == "type" and mention.mode and not _has_mode(value, mention.mode):
        edits.append(("mode", None))
    return edits


def read_edit(coded: CodedReport, mention: Mention, form: Form) -> Edit:
    """Make the new value of a field out of a form.

    Args:
        coded: The report the mention stands in.
        mention: The mention as it is now.
        form: `field` and, by kind of field, `value`, or `at` ("13-18"), `words`, `name`,
            `country`, `sectors`, `party_kind`, `from`, `to`, `low`, `high`, `stance`, `cue_at`,
            `cue_words`. `keep` adds to the parties, speakers or words there are; `drop-0` takes
            the first of them out; `name-0`, `country-0` and `sectors-0` say what it is named.
            Words without `at` are looked for, nearest to the trigger first.

    Returns:
        The field and its value as it stands in the record's JSON; an empty form empties the field.

    Raises:
        ReviewError: The field cannot be edited, or its words do not stand in the text.
    """
    field = form.get("field", "")
    if field not in FIELDS:
        raise ReviewError(f"the field {field!r} cannot be edited.")
    if form.get("empty") and field in EMPTIED:
        return field, None
    if field in PLAIN:
        return field, _plain(mention, field, form)
    span = read_span(coded.report.text, mention, form)
    if field in STRETCHES:
        if span is None:
            raise ReviewError(f"a {field} needs words.")
        return field, span.model_dump()
    if field in PARTIES:
        return field, _parties(coded, mention, field, span, form)
    if field in LISTS:
        there = _kept(getattr(mention, field), form)
        return field, [s.model_dump() for s in there] + ([span.model_dump()] if span else [])
    if field == "attribution":
        return field, _chain(coded, mention, span, form)
    if span is None:
        if any(_text(form, k) for k in ("name", "country", "from", "to", "low", "high")):
            raise ReviewError("choose the words in the text that carry the value.")
        return field, None
    base: dict[str, Any] = {"span": span.model_dump()}
    if field == "when":
        return field, base | {"from": _text(form, "from"), "to": _text(form, "to"), "why": "edited by hand"}
    if field == "where":
        own = {"name": _text(form, "name"), "country": _country(form, "country")}
        return field, base | _place(coded, span) | {k: v for k, v in own.items() if v}
    low, high = _number(form, "low"), _number(form, "high")
    if low is not None and high is not None and low > high:
        raise ReviewError(f"{field}: {low} to {high} runs backwards.")
    return field, base | {"low": low, "high": high}


def read_span(text: str, mention: Mention, form: Form, prefix: str = "") -> Span | None:
    """Read the words a form chose, by their place in the text or by themselves.

    Args:
        text: The report's text.
        mention: Words that occur more than once are taken where they stand nearest to its trigger.
        form: `at` and `words`, each after the prefix.
        prefix: Before the names of the fields.

    Raises:
        ReviewError: They do not stand in the text.
    """
    words = form.get(f"{prefix}words", "").strip()
    first, _, last = form.get(f"{prefix}at", "").partition("-")
    if first.isascii() and first.isdigit() and last.isascii() and last.isdigit() and len(first + last) < 18:
        start, end = int(first), int(last)
        while start < end <= len(text) and text[start].isspace():
            start += 1
        while start < end <= len(text) and text[end - 1].isspace():
            end -= 1
        if not start < end <= len(text):
            raise ReviewError("the chosen words lie outside the text.")
        chosen = Span.of(text, start, end)
        # Words typed over the chosen ones count.
        if not words or " ".join(words.split()) == " ".join(chosen.text.split()):
            return chosen
    if not words:
        return None
    return _find_words(text, words, mention.trigger.start)


def _find_words(text: str, words: str, near: int) -> Span:
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    places = [(abs(m.start() - near), m.start(), m.end()) for m in pattern.finditer(text)]
    if not places:
        raise ReviewError(f"{words!r} does not stand in the text.", hint="Upper and lower case count.")
    _, start, end = min(places)
    return Span.of(text, start, end)


def _plain(mention: Mention, field: str, form: Form) -> Any:
    if field == "contexts":
        values = form.get("value", "").replace(",", " ").split()
        unknown = [v for v in values if v not in codebook().contexts and v not in mention.contexts]
        if unknown:
            raise ReviewError(
                f"{unknown[0]!r} is no context.", hint=f"Known: {', '.join(codebook().contexts)}."
            )
        return list(dict.fromkeys(values))
    value = form.get("value", "").strip()
    if not value:
        if field != "mode":
            raise ReviewError(f"{field} cannot be empty.")
        return None
    if field == "type":
        known = codebook().types
        if value not in known and (mention.type in known or not _CODE.fullmatch(value)):
            raise ReviewError(f"{value!r} is no event type.", hint=f"Known: {', '.join(known)}.")
    elif field == "mode" and not _has_mode(mention.type, value):
        modes = ", ".join(m.code for m in codebook().types[mention.type].modes) or "none"
        raise ReviewError(f"{mention.type} has no mode {value!r}.", hint=f"Known: {modes}.")
    elif field == "factuality" and value not in READINGS:
        raise ReviewError(f"{value!r} is no factuality.", hint=f"Known: {', '.join(READINGS)}.")
    return value


def _has_mode(type_code: str, mode: str) -> bool:
    """Whether a type has a mode; types of another codebook may have any."""
    book = codebook()
    return type_code not in book.types or book.mode(type_code, mode) is not None


def _kept(there: tuple[Any, ...], form: Form) -> list[Any]:
    if not form.get("keep"):
        return []
    return [item for i, item in enumerate(there) if not form.get(f"drop-{i}")]


def _parties(
    coded: CodedReport, mention: Mention, field: str, span: Span | None, form: Form
) -> list[dict[str, Any]]:
    there: list[dict[str, Any]] = []
    if form.get("keep"):
        for i, party in enumerate(getattr(mention, field)):
            if not form.get(f"drop-{i}"):
                there.append(_renamed(coded, party, form, i))
    if span is None:
        if _text(form, "name"):
            raise ReviewError("choose the words in the text that name the party.")
        return there
    entity = next((e for e in coded.entities if any(m.overlaps(span) for m in e.mentions)), None)
    kind = form.get("party_kind", "") or (entity.kind if entity else "unknown")
    if kind not in KINDS:
        raise ReviewError(f"{kind!r} is no kind of party.", hint=f"Known: {', '.join(KINDS)}.")
    party = {
        "span": span.model_dump(),
        "name": _text(form, "name") or (entity.name if entity else span.text),
        "entity": entity.id if entity else None,
        "kind": kind,
        "country": _country(form, "country") or (entity.country if entity else None),
        "sectors": _sectors(form, "sectors") or (list(entity.sectors) if entity else []),
    }
    return [*there, party]


def _renamed(coded: CodedReport, party: Participant, form: Form, i: int) -> dict[str, Any]:
    """A party that stays, with the name and codes that the form gives it."""
    record = party.model_dump(mode="json")
    if f"name-{i}" in form:
        name = _text(form, f"name-{i}")
        if name != party.name:
            found = next((e for e in coded.entities if name in (e.name, *e.aliases)), None)
            record |= {"name": name, "entity": found.id if found else None}
    if f"country-{i}" in form:
        record["country"] = _country(form, f"country-{i}")
    if f"sectors-{i}" in form:
        record["sectors"] = _sectors(form, f"sectors-{i}")
    return record


def _chain(coded: CodedReport, mention: Mention, span: Span | None, form: Form) -> list[dict[str, Any]]:
    there = []
    if form.get("keep"):
        for i, link in enumerate(mention.attribution):
            if not form.get(f"drop-{i}"):
                stance = form.get(f"stance-{i}", "") or link.stance
                there.append(link.model_dump(mode="json") | {"stance": _stance(stance)})
    cue = read_span(coded.report.text, mention, form, "cue_")
    if span is None and cue is None:
        return there
    statement = next(
        (
            s.id
            for s in coded.statements
            if (cue and s.cue and s.cue.overlaps(cue))
            or (span and s.source and s.source.span.overlaps(span) and _tells(s.content, mention))
        ),
        None,
    )
    entity = next((e for e in coded.entities if span and any(m.overlaps(span) for m in e.mentions)), None)
    words = span or cue
    link_record = {
        "span": span.model_dump() if span else None,
        "name": _text(form, "name") or (entity.name if entity else span.text if span else None),
        "entity": entity.id if entity else None,
        "cue": cue.model_dump() if cue else None,
        "stance": _stance(form.get("stance", "") or "asserts"),
        "statement": statement or (f"s-hand-{words.start}-{words.end}" if words else "s-hand"),
    }
    return [link_record, *there] if form.get("outermost") else [*there, link_record]


def _tells(content: tuple[Span, ...], mention: Mention) -> bool:
    return any(s.overlaps(mention.trigger) for s in content)


def _stance(value: str) -> str:
    if value not in STANCES:
        raise ReviewError(f"{value!r} is no stance.", hint=f"Known: {', '.join(STANCES)}.")
    return value


def _place(coded: CodedReport, span: Span) -> dict[str, Any]:
    place = next((p for p in coded.places if p.span.overlaps(span)), None)
    if place is None:
        return {"name": span.text}
    return {k: getattr(place, k) for k in ("name", "country", "lat", "lon", "geonameid")}


def _text(form: Form, name: str) -> str | None:
    return form.get(name, "").strip() or None


def _country(form: Form, name: str) -> str | None:
    value = form.get(name, "").strip().upper()
    if value and not _COUNTRY.fullmatch(value):
        raise ReviewError(f"{value!r} is no code of a country.", hint="Write three letters, such as SWE.")
    return value or None


def _sectors(form: Form, name: str) -> list[str]:
    values = form.get(name, "").replace(",", " ").upper().split()
    unknown = [v for v in values if v not in codebook().sectors and not _COUNTRY.fullmatch(v)]
    if unknown:
        raise ReviewError(f"{unknown[0]!r} is no code of a sector.", hint="Write three letters, such as MIL.")
    return list(dict.fromkeys(values))


def _number(form: Form, name: str) -> int | None:
    value = form.get(name, "").strip()
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise ReviewError(f"{name}: {value!r} is no number of people.")
    return int(value)
