"""JSON Lines: one report a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from according.read.decode import UndecodableError, decode, is_binary
from according.read.model import Settings, Source, problem
from according.read.rows import RecordError, RecordReader
from according.records import Issue, Report

MAX_LINE_BYTES = 16_000_000
"""Longest line that is taken apart; no text within the limit needs a longer one."""


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
    reports = RecordReader(source, settings)
    seen_any = False
    for number, raw in _lines(source):
        if raw is not None and not raw.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        seen_any = True
        try:
            record = _load(raw)
        except RecordError as error:
            yield problem(error.code, str(error), source=source.name, line=number)
            continue
        yield from reports.read(record, number)
    yield from reports.close()
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
        raise RecordError(
            "line-too-long",
            f"the line has more than {MAX_LINE_BYTES:,} bytes; split its text into single reports.",
        )
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode("utf-8") if not is_binary(raw) else None
    except UnicodeDecodeError:
        text = _decode_older(raw)
    if text is None:
        raise RecordError("binary-line", "the line is not text; write the file again as UTF-8 JSON Lines.")
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        raise RecordError(
            "json-broken", f"column {error.colno}: not JSON ({error.msg}); write one JSON object a line."
        ) from error
    except (RecursionError, ValueError) as error:
        raise RecordError(
            "json-broken", "not JSON that can be read; write one flat JSON object a line."
        ) from error
    if not isinstance(record, dict):
        raise RecordError(
            "json-not-object", 'the line is JSON but not an object; write {"id": …, "text": …}.'
        )
    return record


def _decode_older(raw: bytes) -> str:
    try:
        return decode(raw)
    except UndecodableError as error:
        raise RecordError(error.code, f"the line is not whole UTF-8 ({error})") from error
