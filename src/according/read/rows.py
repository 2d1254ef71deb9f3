"""Records of named fields to reports, for every format that has them: JSON Lines, CSV, TSV, Parquet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date

from according.read.model import Settings, Source, check_text, make_id, parse_published, problem
from according.records import Issue, Report

_STORY_FIELDS = {
    "id": ("story_id", "id"),
    "text": ("event_text",),
    "title": ("headline", "title"),
    "publisher": ("publisher", "publication"),
    "published": ("pub_date", "date"),
}
"""What the stories of NGEC call the fields of a report."""


class RecordError(ValueError):
    """A record is not a report.

    Attributes:
        code: Issue code.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class RecordReader:
    """Makes reports of the records of one source, one after the other.

    Args:
        source: The source.
        settings: Field names and what is assumed of reports.
        fields: What the format calls a field, for messages: "field" or "column".
    """

    def __init__(self, source: Source, settings: Settings, fields: str = "field") -> None:
        self._source, self._settings, self._fields = source, settings, fields
        self._told_of_ids = False
        self._stories: set[bytes] = set()
        self._repeated = 0

    def read(self, record: Mapping[str, object], line: int) -> Iterator[Report | Issue]:
        """Make a report of a record.

        Args:
            record: Values by the input's own names.
            line: Line or row of the record, from 1.

        Yields:
            The report, after issues about its date or a missing id; or the
            issue that tells why there is none. Nothing for a further event
            of a story that was already read.
        """
        source = self._source.name
        settings = self._settings
        if "text" not in settings.fields and "text" not in record and _is_story(record):
            if self._is_repeated(record):
                self._repeated += 1
                return
            settings = Settings(
                {**_story_names(record), **settings.fields}, settings.published, settings.publisher
            )
        try:
            report, date_note = self._report(record, settings)
        except RecordError as error:
            yield problem(error.code, str(error), source=source, line=line)
            return
        issue = check_text(report.text, source=source, line=line, report=report.id)
        if issue is not None:
            yield issue
            return
        if record.get(settings.name("id")) in (None, "") and not self._told_of_ids:
            self._told_of_ids = True
            yield problem(
                "id-missing",
                f"no {settings.name('id')!r}; reports without one get an id made from their content (said"
                " once a file). Give each report an id, or name the field with --field id=NAME.",
                source=source,
                line=line,
                report=report.id,
            )
        if date_note:
            yield problem("date-wrong", date_note, source=source, line=line, report=report.id)
        yield report

    def close(self) -> Iterator[Issue]:
        """Tell at the end of the source how many records repeated a story."""
        if self._repeated:
            yield problem(
                "story-repeated",
                f"{self._repeated:,} records tell further events of a story that was already read; each story"
                " is coded once.",
                source=self._source.name,
            )

    def _is_repeated(self, record: Mapping[str, object]) -> bool:
        """Whether the very story was read before; NGEC writes it once for each of its events."""
        key = str(record.get(_story_names(record).get("id", "id"), ""))
        text = record.get("event_text")
        if not key or not isinstance(text, str):
            return False
        digest = hashlib.sha256(f"{key}\0{text}".encode("utf-8", "surrogatepass")).digest()[:12]
        if digest in self._stories:
            return True
        self._stories.add(digest)
        return False

    def _report(self, record: Mapping[str, object], settings: Settings) -> tuple[Report, str | None]:
        """Build the report; also tell what is wrong with its date, if anything."""
        name = settings.name("text")
        if name not in record:
            near = ", ".join(sorted(map(str, record))[:8]) or "none"
            raise RecordError(
                "text-missing",
                f"no {self._fields} {name!r} ({self._fields}s here: {near}); name the text's {self._fields}"
                " with --field text=NAME.",
            )
        text = record[name]
        if not isinstance(text, str):
            raise RecordError(
                "text-missing", f"{name!r} is {_kind(text)}, not a string; put the report's text there."
            )
        given = record.get(settings.name("id"))
        if given is not None and (isinstance(given, bool) or not isinstance(given, str | int)):
            raise RecordError(
                "id-wrong", f"{settings.name('id')!r} is {_kind(given)}; an id is a string or a whole number."
            )
        published, note = _published(record, settings)
        title, publisher, url = (
            _optional(record, settings.name(key)) for key in ("title", "publisher", "url")
        )
        report = Report(
            id=str(given) if given not in (None, "") else make_id(text, title, publisher, published),
            text=text,
            title=title,
            publisher=publisher or settings.publisher,
            published=published,
            url=url,
        )
        return report, note


def _is_story(record: Mapping[str, object]) -> bool:
    return "event_text" in record


def _story_names(record: Mapping[str, object]) -> dict[str, str]:
    return {
        field: next((name for name in names if record.get(name) not in (None, "")), names[0])
        for field, names in _STORY_FIELDS.items()
    }


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
        raise RecordError(
            "field-wrong", f"{name!r} is {_kind(value)}, not a string; mend it or leave it out."
        )
    return value


def _kind(value: object) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
        str: "a text",
        bytes: "bytes",
        type(None): "null",
    }
    return names.get(type(value), f"a value of type {type(value).__name__}")
