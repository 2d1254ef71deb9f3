"""What the readers share: where text comes from, what is assumed, and how a problem is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from according.ids import content_id
from according.read.decode import UndecodableError
from according.records import Issue, Report
from according.texts import MAX_CHARS

if TYPE_CHECKING:
    from according.read.fetch import Fetcher

FIELDS = ("id", "text", "title", "publisher", "published", "url")
"""Fields of a report that an input record may give."""

MAX_BYTES = 4 * MAX_CHARS + 4
"""No text of `MAX_CHARS` code points takes more bytes than this in UTF-8, -16 or -32."""

NOTED = frozenset(
    {
        "date-assumed",
        "date-wrong",
        "details-wrong",
        "id-missing",
        "link-not-fetched",
        "story-repeated",
    }
)
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
        fetcher: Fetches the pages that feeds link to; None leaves them alone.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    published: date | None = None
    publisher: str | None = None
    fetcher: Fetcher | None = None

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
        path: The file itself where its bytes are the source's, for formats
            that are not read from the beginning to the end.
        packed: Whether the source comes out of a compressed file.
    """

    name: str
    id: str | None
    stream: IO[bytes]
    head: bytes
    path: Path | None = None
    packed: bool = False

    def read(self, limit: int) -> bytes | None:
        """Read everything, or None if it is longer than `limit` bytes."""
        data = self.stream.read(limit + 1)
        return None if len(data) > limit else data


class UnreadableError(ValueError):
    """What is read of a source breaks off here.

    Attributes:
        code: Issue code.
        line: Line from 1, where the format has lines.
    """

    def __init__(self, code: str, message: str, *, line: int | None = None) -> None:
        super().__init__(message)
        self.code, self.line = code, line


@contextmanager
def guarded(code: str, message: str) -> Iterator[None]:
    """Take whatever a library raises over damaged or hostile bytes for an unreadable source.

    Put it round calls into libraries that parse, and nothing else.

    Args:
        code: Issue code.
        message: What cannot be read and what to do; the library's own words
            are put behind it.

    Raises:
        UnreadableError: The library gave up, or read a stream that did.
    """
    try:
        yield
    except (UnreadableError, UndecodableError, MemoryError, GeneratorExit, KeyboardInterrupt):
        raise
    except BaseException as error:
        # A panic of a library written in Rust is no `Exception`, yet it is one all the same.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        detail = " ".join(str(error).split())[:120] or type(error).__name__
        raise UnreadableError(code, f"{message} ({detail})") from error


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
        packs: Whether it is a compressed file with one or many others in it.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    load: Callable[[], Reader]
    packs: bool = False


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
            ("2017-10-31T18:00:00Z"), or a date as tables hold it; of a time,
            its own calendar day is kept.

    Raises:
        ValueError: It is anything else.

    Example:
        >>> parse_published("2017-10-31T23:30:00+02:00")
        datetime.date(2017, 10, 31)
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
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
