"""What the readers share: where text comes from, what is assumed, and how a problem is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO

from according.ids import content_id
from according.records import Issue, Report
from according.texts import MAX_CHARS

FIELDS = ("id", "text", "title", "publisher", "published", "url")
"""Fields of a report that an input record may give."""

MAX_BYTES = 4 * MAX_CHARS + 4
"""No text of `MAX_CHARS` code points takes more bytes than this in UTF-8, -16 or -32."""

NOTED = frozenset({"date-wrong", "details-wrong", "id-missing"})
"""Issue codes that stand beside a report that is coded all the same.

Every other issue of a reader means one report set aside.
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user said about all reports of a run.

    Attributes:
        fields: For each field of `FIELDS` that the input calls otherwise, its
            name in the input.
        published: Date of reports that carry none.
        publisher: Publisher of reports that carry none.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    published: date | None = None
    publisher: str | None = None

    def name(self, wanted: str) -> str:
        """What the input calls a field."""
        return self.fields.get(wanted, wanted)


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input, to read reports from.

    Attributes:
        name: Path as given by the user, or "-"; used in messages.
        id: Id for a report that is the whole file, or None to make one from
            its content.
        stream: The bytes, at their beginning.
        head: The first bytes, which are still to be read from `stream`.
    """

    name: str
    id: str | None
    stream: IO[bytes]
    head: bytes

    def read(self, limit: int) -> bytes | None:
        """Read everything, or None if it is longer than `limit` bytes."""
        data = self.stream.read(limit + 1)
        return None if len(data) > limit else data


Reader = Callable[[Source, Settings], Iterator[Report | Issue]]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of input.

    Attributes:
        name: What it is called in messages.
        suffixes: File name endings in lower case, with the dot.
        sniff: Tells from the first bytes whether a file without a known
            suffix is of this kind.
        load: Imports the reader; readers are imported when first needed.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    load: Callable[[], Reader]


def problem(
    code: str, message: str, *, source: str, line: int | None = None, report: str | None = None
) -> Issue:
    """Make the one issue that tells of a problem.

    Args:
        code: Stable slug.
        message: What is wrong and what to do, without the place.
        source: File name as given, or "-".
        line: Line from 1, where the format has lines.
        report: Id of the report, where it is known.
    """
    where = source if line is None else f"{source}:{line}"
    return Issue(code=code, message=f"{where}: {message}", path=source, line=line, report=report)


def parse_published(value: object) -> date:
    """Read a publication date, strictly.

    Args:
        value: ISO 8601 date ("2017-10-31") or date and time
            ("2017-10-31T18:00:00Z"); of a time, its own calendar day is kept.

    Raises:
        ValueError: It is anything else.

    Example:
        >>> parse_published("2017-10-31T23:30:00+02:00")
        datetime.date(2017, 10, 31)
    """
    if not isinstance(value, str) or len(value) < 10 or value[4] != "-" or value[7] != "-":
        raise ValueError(f"{value!r} is not a date of the form YYYY-MM-DD")
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value).date()
    except ValueError as error:
        raise ValueError(f"{value!r} is not a date of the form YYYY-MM-DD ({error})") from error


def check_text(text: str, *, source: str, line: int | None = None, report: str | None = None) -> Issue | None:
    """Tell why a text cannot be coded, or None if it can."""
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        return problem(
            "text-empty",
            "the text is empty; leave the report out, or give its text.",
            source=source,
            line=line,
            report=report,
        )
    if len(text) > MAX_CHARS:
        return problem(
            "text-too-long",
            f"the text has {len(text):,} characters, more than {MAX_CHARS:,}; split it into single reports.",
            source=source,
            line=line,
            report=report,
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return problem(
            "text-broken",
            f"character {error.start + 1} of the text is half a surrogate pair; write it again as UTF-8.",
            source=source,
            line=line,
            report=report,
        )
    return None


def make_id(*parts: object) -> str:
    """Id of a report that nothing names, made from its content."""
    return content_id("r", *parts)


def name_of(path: Path, root: Path | None) -> str:
    """Id of a report that is a whole file: its name, below a folder its path there."""
    return path.name if root is None else path.relative_to(root).as_posix()
