"""A readable summary of coded reports for the terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from according.fields import (
    describe_chain,
    describe_count,
    describe_participant,
    describe_when,
    describe_where,
    type_and_mode,
)
from according.records import CodedReport, Mention


def summarise(coded: CodedReport) -> RenderableType:
    """Show the mentions of one report: who, what, whom, when, where, according to whom.

    Args:
        coded: A coded report.

    Returns:
        Something rich can print.
    """
    report = coded.report
    heading = Text(report.title or report.id, style="bold")
    detail = " · ".join(filter(None, (report.publisher, str(report.published or ""), report.id)))
    table = Table(box=None, pad_edge=False, show_header=True, header_style="dim", expand=True)
    for name in ("who", "what", "whom", "when, where", "according to", "factuality", "words"):
        table.add_column(name, overflow="fold", ratio=2 if name == "words" else 1)
    for mention in coded.mentions:
        table.add_row(*(Text(cell) for cell in _row(mention)))
    return Group(heading, Text(detail, style="dim"), table, Text(""))


def _row(mention: Mention) -> tuple[str, ...]:
    setting = [describe_when(mention.when)] if mention.when else []
    setting += [describe_where(mention.where)] if mention.where else []
    counts = [
        f"{name}: {describe_count(count)}"
        for name in ("killed", "injured", "detained", "size")
        if (count := getattr(mention, name)) is not None
    ]
    return (
        ", ".join(map(describe_participant, mention.actors)),
        "; ".join([type_and_mode(mention), *counts]),
        ", ".join(map(describe_participant, mention.recipients)),
        ", ".join(setting),
        describe_chain(mention.attribution),
        mention.factuality,
        " ".join(mention.clause.text.split()),
    )
