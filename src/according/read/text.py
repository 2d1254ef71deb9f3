"""Plain text: one report a file."""

from __future__ import annotations

from collections.abc import Iterator

from according.read.decode import UndecodableError, decode
from according.read.model import MAX_BYTES, Settings, Source, check_text, make_id, problem
from according.records import Issue, Report
from according.regions import find_title
from according.texts import MAX_CHARS


def read_text(source: Source, settings: Settings) -> Iterator[Report | Issue]:
    """Read a file that is one report.

    The text is kept exactly as it stands; its first line is also taken as
    the title if it looks like one.

    Args:
        source: The file.
        settings: What is assumed of it.

    Yields:
        The report, or the issue that tells why there is none.
    """
    data = source.read(MAX_BYTES)
    if data is None:
        yield problem(
            "text-too-long",
            f"the file holds more than {MAX_CHARS:,} characters; split it into single reports.",
            source=source.name,
            report=source.id,
        )
        return
    if not data:
        yield problem("file-empty", "the file is empty; leave it out.", source=source.name, report=source.id)
        return
    try:
        text = decode(data)
    except UndecodableError as error:
        yield problem(error.code, str(error), source=source.name, report=source.id)
        return
    issue = check_text(text, source=source.name, report=source.id)
    if issue is not None:
        yield issue
        return
    yield Report(
        id=source.id or make_id(text),
        text=text,
        title=find_title(text),
        publisher=settings.publisher,
        published=settings.published,
    )
