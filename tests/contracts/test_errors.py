"""Every error crosses a process boundary whole and prints where, what and what to do."""

from __future__ import annotations

import pickle

import pytest

from according.errors import (
    AccordingError,
    CodebookConflictError,
    CodebookSyntaxError,
    CursorError,
    DuplicateReportError,
    GoldError,
    InternalError,
    MissingExtraError,
    MissingModelError,
    NotStoredError,
    ReportFormatError,
    SchemaVersionError,
    StaleDecisionError,
    StoreBusyError,
    StoreMissingError,
    UnknownCodeError,
    UnknownSettingError,
)

EXAMPLES = [
    ReportFormatError("the line is no JSON.", path="a.jsonl", line=3, reason="json", hint="Mend it."),
    DuplicateReportError("r1", path="a.jsonl", line=3, first="a.jsonl:1"),
    CodebookSyntaxError("unknown key.", path="assault.yml", line=3, hint="Remove it."),
    UnknownCodeError("PROTST", kind="event type", where="cues.yml:12", nearest="PROTEST"),
    CodebookConflictError("the id x", first="a.yml:1", second="b.yml:2"),
    GoldError("gold/a.json", "status is missing."),
    MissingModelError("no_such_model"),
    UnknownSettingError("publishd", nearest="published"),
    MissingExtraError("the Dask engine", extra="dask"),
    InternalError("a span is empty."),
    StoreMissingError("news.db"),
    StoreBusyError("news.db"),
    SchemaVersionError("news.db", found="0001", expected="0002"),
    NotStoredError("report", "r1"),
    StaleDecisionError("m-1", user="ben", seen=7),
    CursorError("x"),
]


def all_classes(base: type[AccordingError] = AccordingError) -> list[type[AccordingError]]:
    return [base, *(c for sub in base.__subclasses__() for c in all_classes(sub))]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda e: type(e).__name__)
def test_errors_survive_pickling(error: AccordingError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert vars(back) == vars(error)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda e: type(e).__name__)
def test_errors_say_what_to_do(error: AccordingError) -> None:
    assert str(error).startswith(f"[{error.code}] ")
    assert error.hint and str(error).endswith(error.hint)


def test_every_class_with_a_form_of_its_own_is_tried() -> None:
    own = {c for c in all_classes() if "__init__" in vars(c) and c is not AccordingError}
    assert own <= {type(e) for e in EXAMPLES}
