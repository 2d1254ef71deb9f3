"""JSON Lines: one coded report, or one issue, a line."""

from __future__ import annotations

from typing import TextIO

from according.records import CodedReport, Issue


class JsonLinesWriter:
    r"""Write coded reports as lines of JSON.

    Example:
        >>> import io
        >>> from according.records import Report
        >>> out = io.StringIO()
        >>> JsonLinesWriter(out).write(CodedReport(report=Report(id="a", text="Calm.")))
        >>> out.getvalue().count("\n")
        1
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, coded: CodedReport) -> None:
        """Write one report."""
        self._stream.write(coded.to_json() + "\n")


def issue_line(issue: Issue) -> str:
    """Write an issue as one line of JSON, without what it does not know."""
    line = issue.model_dump_json(exclude_none=True)
    return line.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
