"""A readable summary of coded reports for the terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
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
    detail = " · ".join(filter(None, (report.publisher, str(report.published or ""), report.id)))
    lines: list[RenderableType] = [
        Text(report.title or report.id, style="bold"),
        Text(detail, style="dim"),
        Text(""),
    ]
    lines += [part for mention in coded.mentions for part in _mention(mention)]
    return Group(*lines, Text(""))


def _mention(mention: Mention) -> list[RenderableType]:
    actors = ", ".join(map(describe_participant, mention.actors)) or "nobody named"
    recipients = ", ".join(map(describe_participant, mention.recipients))
    head = Text.assemble((type_and_mode(mention), "bold yellow"), "  ", actors)
    if recipients:
        head.append(f" → {recipients}")
    facts: list[str] = [mention.factuality]
    facts += [describe_when(mention.when)] if mention.when else []
    facts += [describe_where(mention.where)] if mention.where else []
    facts += [
        f"{name}: {describe_count(count)}"
        for name in ("killed", "injured", "detained", "size")
        if (count := getattr(mention, name)) is not None
    ]
    rest = [
        Text(" · ".join(facts)),
        Text(f"according to {describe_chain(mention.attribution)}", style="cyan"),
        Text(" ".join(mention.clause.text.split()), style="italic dim"),
    ]
    return [Padding(head, (0, 0, 0, 2)), *(Padding(line, (0, 0, 0, 6)) for line in rest)]
