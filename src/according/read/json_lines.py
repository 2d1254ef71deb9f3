"""JSON Lines: one report a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

from according.read.decode import UndecodableError, decode, is_binary
from according.read.model import Settings, Source, check_text, make_id, parse_published, problem
from according.records import Issue, Report

MAX_LINE_BYTES = 16_000_000
"""Longest line that is taken apart; no text within the limit needs a longer one."""


class _RecordError(ValueError):
    """A line is not a report; the message says why and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_json_lines(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read a file with one JSON object a line.

    Args:
        source: The file.
        settings: Field names and what is assumed of reports.

    Yields:
        For each line that is not blank, its report, or the issue that tells
        why there is none; before a report, an issue for a wrong date, and for
        the first report without an id one about that.
    """
    told_of_ids = False
    seen_any = False
    for number, raw in _lines(source):
        if raw is not None and not raw.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        seen_any = True
        try:
            record = _load(raw)
            report, date_note = _report(record, settings)
        except _RecordError as error:
            yield problem(error.code, str(error), source=source.name, line=number)
            continue
        issue = check_text(report.text, source=source.name, line=number, report=report.id)
        if issue is not None:
            yield issue
            continue
        if record.get(settings.name("id")) in (None, "") and not told_of_ids:
            told_of_ids = True
            yield problem(
                "id-missing",
                f"no {settings.name('id')!r}; reports without one get an id made from their content (said"
                " once a file). Give each report an id, or name the field with --field id=NAME.",
                source=source.name,
                line=number,
                report=report.id,
            )
        if date_note:
            yield problem("date-wrong", date_note, source=source.name, line=number, report=report.id)
        yield report
    if not seen_any:
        yield problem("file-empty", "the file is empty; leave it out.", source=source.name)


def _lines(source: Source) -> Iterator[tuple[int, bytes | None]]:
    """Number the lines; None stands for one that is too long."""
    number = 0
    while line := source.stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) <= MAX_LINE_BYTES:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = source.stream.readline(MAX_LINE_BYTES)
        yield number, None


def _load(raw: bytes | None) -> Mapping[str, object]:
    if raw is None:
        raise _RecordError(
            "line-too-long",
            f"the line has more than {MAX_LINE_BYTES:,} bytes; split its text into single reports.",
        )
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode("utf-8") if not is_binary(raw) else None
    except UnicodeDecodeError:
        text = _decode_older(raw)
    if text is None:
        raise _RecordError("binary-line", "the line is not text; write the file again as UTF-8 JSON Lines.")
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        raise _RecordError(
            "json-broken", f"column {error.colno}: not JSON ({error.msg}); write one JSON object a line."
        ) from error
    except (RecursionError, ValueError) as error:
        raise _RecordError(
            "json-broken", "not JSON that can be read; write one flat JSON object a line."
        ) from error
    if not isinstance(record, dict):
        raise _RecordError(
            "json-not-object", 'the line is JSON but not an object; write {"id": …, "text": …}.'
        )
    return record


def _decode_older(raw: bytes) -> str:
    try:
        return decode(raw)
    except UndecodableError as error:
        raise _RecordError(error.code, f"the line is not whole UTF-8 ({error})") from error


def _report(record: Mapping[str, object], settings: Settings) -> tuple[Report, str | None]:
    """Build the report; also tell what is wrong with its date, if anything."""
    name = settings.name("text")
    if name not in record:
        near = ", ".join(sorted(map(str, record))[:8]) or "none"
        raise _RecordError(
            "text-missing",
            f"no field {name!r} (fields here: {near}); name the text's field with --field text=NAME.",
        )
    text = record[name]
    if not isinstance(text, str):
        raise _RecordError(
            "text-missing", f"{name!r} is {_kind(text)}, not a string; put the report's text there."
        )
    given = record.get(settings.name("id"))
    if given is not None and (isinstance(given, bool) or not isinstance(given, str | int)):
        raise _RecordError(
            "id-wrong", f"{settings.name('id')!r} is {_kind(given)}; an id is a string or a whole number."
        )
    published, note = _published(record, settings)
    title, publisher, url = (_optional(record, settings.name(key)) for key in ("title", "publisher", "url"))
    report = Report(
        id=str(given) if given not in (None, "") else make_id(text, title, publisher, published),
        text=text,
        title=title,
        publisher=publisher or settings.publisher,
        published=published,
        url=url,
    )
    return report, note


def _published(record: Mapping[str, object], settings: Settings) -> tuple[date | None, str | None]:
    value = record.get(settings.name("published"))
    if value in (None, ""):
        return settings.published, None
    try:
        return parse_published(value), None
    except ValueError as error:
        return None, f"{settings.name('published')!r}: {error}; the report is coded without its date."


def _optional(record: Mapping[str, object], name: str) -> str | None:
    value = record.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _RecordError(
            "field-wrong", f"{name!r} is {_kind(value)}, not a string; mend it or leave it out."
        )
    return value


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), "null")
