"""Every deliberate error of the package.

AccordingError
  InputError              ReportFormatError, DuplicateReportError, GoldError
  CodebookError           CodebookSyntaxError, UnknownCodeError, CodebookConflictError
  ParseError              MissingModelError
  TraceError
  OutputError
  StoreError              StoreMissingError, StoreBusyError, SchemaVersionError, SearchQueryError,
                          NotStoredError
  ReviewError
  ConfigError             UnknownSettingError, MissingExtraError
  RunError                RunExistsError, RunBusyError, WorkerError
  InternalError
"""

from __future__ import annotations

from typing import Any, ClassVar


class AccordingError(Exception):
    """Base class of every deliberate error in the package.

    Attributes:
        code: Stable slug, used as the anchor of the error's entry in the docs.
        hint: What the reader can do next, as one sentence, or "".
    """

    code: ClassVar[str] = "according-error"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    @property
    def message(self) -> str:
        """The message alone, without code and hint."""
        return str(self.args[0]) if self.args else ""

    def __reduce__(self) -> tuple[Any, ...]:
        # Subclasses take keyword arguments, which pickle would not pass back;
        # without this, an error in a worker process would hide its cause.
        return _rebuild, (type(self), self.args, self.__dict__)

    def __str__(self) -> str:
        head = f"[{self.code}] {super().__str__()}"
        return f"{head} {self.hint}" if self.hint else head


def _rebuild(cls: type[AccordingError], args: tuple[Any, ...], state: dict[str, Any]) -> AccordingError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class InputError(AccordingError):
    """A report could not be read."""

    code = "input"


class ReportFormatError(InputError):
    """A file, or a line of it, is not a report in the format it claims.

    Attributes:
        path: File name as given, or "-" for standard input.
        line: Line number from 1, or None.
        field: Name of the offending field, or None.
        reason: Short stable slug such as `empty`, `binary`, `truncated-utf8`.
    """

    code = "report-format"

    def __init__(
        self,
        message: str,
        *,
        path: str,
        line: int | None = None,
        field: str | None = None,
        reason: str = "format",
        hint: str = "",
    ) -> None:
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {message}", hint=hint)
        self.path, self.line, self.field, self.reason = path, line, field, reason


class DuplicateReportError(InputError):
    """Two reports of one run have the same id."""

    code = "report-duplicate"

    def __init__(self, report_id: str, *, path: str, line: int | None = None, first: str = "") -> None:
        where = path if line is None else f"{path}:{line}"
        super().__init__(
            f"{where}: the id {report_id!r} was already used" + (f" by {first}." if first else "."),
            hint="Give every report an id of its own.",
        )
        self.report_id, self.path, self.line = report_id, path, line


class CodebookError(AccordingError):
    """A codebook, cue list or actor list cannot be used."""

    code = "codebook"


class CodebookSyntaxError(CodebookError):
    """A data file is not valid YAML or breaks the format."""

    code = "codebook-syntax"

    def __init__(self, message: str, *, path: str, line: int | None = None, hint: str = "") -> None:
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {message}", hint=hint)
        self.path, self.line = path, line


class UnknownCodeError(CodebookError, LookupError):
    """A code is used that no codebook file defines."""

    code = "codebook-unknown-code"

    def __init__(self, unknown: str, *, kind: str, where: str, nearest: str = "") -> None:
        super().__init__(
            f"{where}: no {kind} has the code {unknown!r}.",
            hint=f"Did you mean {nearest!r}?" if nearest else "",
        )
        self.unknown, self.kind, self.where = unknown, kind, where


class CodebookConflictError(CodebookError):
    """Two entries define the same code or id."""

    code = "codebook-conflict"

    def __init__(self, what: str, *, first: str, second: str) -> None:
        super().__init__(
            f"{second}: {what} was already defined at {first}.", hint="Rename or remove one of them."
        )
        self.first, self.second = first, second


class ParseError(AccordingError):
    """A report could not be analysed."""

    code = "parse"


class MissingModelError(ParseError):
    """The spaCy pipeline asked for is not installed."""

    code = "parse-missing-model"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the language model {name!r} is not installed.",
            hint="Install it into the same environment, or leave --language-model out to use the default.",
        )
        self.name = name


class TraceError(AccordingError):
    """A value does not lead back to its words."""

    code = "trace"


class GoldError(InputError):
    """An annotated report breaks the gold layout, or is not of the text it is compared with."""

    code = "gold"

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where}: {message}", hint="The layout is described in docs/evaluate.md.")
        self.where = where


class ReviewError(AccordingError):
    """A reviewer's edit does not fit the mention or its text."""

    code = "review"


class OutputError(AccordingError):
    """Results could not be written."""

    code = "output"


class StoreError(AccordingError):
    """A store cannot be used."""

    code = "store"


class StoreMissingError(StoreError):
    """There is no store at the path given."""

    code = "store-missing"

    def __init__(self, path: str, *, what: str = "there is no store") -> None:
        super().__init__(f"{path}: {what}.", hint="Make one with `according load CODED --store PATH`.")
        self.path = path


class StoreBusyError(StoreError):
    """Another process held the database for longer than the time to wait."""

    code = "store-busy"

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where}: another process is writing to the store, and did not finish in time.",
            hint="Nothing was changed; try again when it is done.",
        )
        self.where = where


class SchemaVersionError(StoreError):
    """The store was made by another version of the package."""

    code = "store-schema-version"

    def __init__(self, where: str, *, found: str | None, expected: str) -> None:
        super().__init__(
            f"{where}: the tables are of version {found or 'none'}, this package needs {expected}.",
            hint="Run `according store migrate`, or use the package that made the store.",
        )
        self.where, self.found, self.expected = where, found, expected


class SearchQueryError(StoreError):
    """A search or a filter cannot be understood."""

    code = "store-query"


class CursorError(SearchQueryError):
    """A cursor is none that a page of the list gave."""

    code = "store-cursor"

    def __init__(self, cursor: str) -> None:
        super().__init__(
            f"{cursor!r} is not a cursor of this list.", hint="Give `next` of the page before, unchanged."
        )


class NotStoredError(StoreError, LookupError):
    """The store has no record with the id asked for."""

    code = "store-not-stored"

    def __init__(self, kind: str, record_id: str) -> None:
        super().__init__(
            f"the store has no {kind} {record_id!r}.", hint="`according search` lists what it has."
        )
        self.kind, self.record_id = kind, record_id


class StaleDecisionError(StoreError):
    """Somebody changed a mention after it was looked at and before it was decided on.

    Attributes:
        mention: Id of the mention.
        user: Who changed it last.
        seen: Number of their decision; a further decision that has seen it is taken.
    """

    code = "store-stale"

    def __init__(self, mention: str, *, user: str, seen: int) -> None:
        super().__init__(
            f"{user} changed mention {mention!r} after you looked at it; your decision is not stored yet.",
            hint="Look at what it is now, and decide again.",
        )
        self.mention, self.user, self.seen = mention, user, seen


class ConfigError(AccordingError):
    """A setting or an option is wrong."""

    code = "config"


class UnknownSettingError(ConfigError):
    """A setting has a name that nothing reads."""

    code = "config-unknown-setting"

    def __init__(self, name: str, *, nearest: str = "") -> None:
        super().__init__(
            f"no setting is called {name!r}.", hint=f"Did you mean {nearest!r}?" if nearest else ""
        )
        self.name = name


class MissingExtraError(ConfigError):
    """A part of the package was asked for whose libraries are not installed."""

    code = "config-missing-extra"

    def __init__(self, what: str, *, extra: str) -> None:
        super().__init__(
            f"{what} needs a library that is not installed.", hint=f"Install according[{extra}]."
        )
        self.extra = extra


class RunError(AccordingError):
    """A run over a corpus cannot go on."""

    code = "run"


class RunExistsError(RunError):
    """The folder for a run already holds something, or holds no run where one was expected."""

    code = "run-exists"


class RunBusyError(RunError):
    """Another run is writing to the same folder."""

    code = "run-busy"


class WorkerError(RunError):
    """A worker process cannot be started or used."""

    code = "run-worker"


class InternalError(AccordingError):
    """A bug in according itself."""

    code = "internal"

    def __init__(self, message: str) -> None:
        super().__init__(
            message, hint="This is a bug in according; please report it with the input that caused it."
        )
