"""Build the page: everything in one file, nothing from the network, all text escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files
from string import Template

from according.fields import describe_participant, list_fields, type_and_mode
from according.page.marks import mark_text
from according.records import CodedReport, Mention, Statement


def render_page(reports: Iterable[CodedReport], *, title: str = "Reports as coded") -> str:
    """Build a page that shows coded reports with each value tied to its words.

    Whatever a report contains is shown as text; the page's own script and
    style are the only ones its content policy lets run.

    Args:
        reports: Coded reports, in the order to show them.
        title: Heading of the page.

    Returns:
        The page as HTML.
    """
    reports = list(reports)
    style, script = _asset("page.css"), _asset("page.js")
    return Template(_asset("page.html")).substitute(
        title=escape(title),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        contents="\n".join(_entry(i, coded) for i, coded in enumerate(reports)),
        reports="\n".join(_report(i, coded) for i, coded in enumerate(reports)),
    )


def _asset(name: str) -> str:
    return files("according.page").joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def _entry(index: int, coded: CodedReport) -> str:
    report = coded.report
    detail = " · ".join(filter(None, (report.publisher, str(report.published or ""))))
    return (
        f'<li><a href="#report-{index}">{escape(report.title or report.id)}</a>'
        f'<span class="detail">{escape(detail)}</span></li>'
    )


def _report(index: int, coded: CodedReport) -> str:
    report = coded.report
    day = str(report.published or "") + (" (inferred)" if report.published_inferred else "")
    detail = " · ".join(filter(None, (report.publisher, day, f"{len(coded.mentions)} mentions")))
    cards = "\n".join(_card(index, coded, mention) for mention in coded.mentions)
    statements = "\n".join(_statement(coded, s) for s in coded.statements)
    return f"""<article class="report" id="report-{index}" aria-label="{escape(report.title or report.id)}">
<p class="source">{escape(detail)}</p>
<div class="columns"><div class="text" lang="{escape(report.language)}">{mark_text(index, coded)}</div>
<aside class="cards" aria-label="Fields of the mention" aria-live="polite">
<p class="hint">Point at a marked word, or reach it with Tab and the arrow keys, to see its fields.</p>
{cards}
</aside></div>
<details class="statements"><summary>Who says what: {len(coded.statements)} statements</summary>
<ol>{statements}</ol></details>
</article>"""


def _card(index: int, coded: CodedReport, mention: Mention) -> str:
    rows = []
    for field in list_fields(mention):
        spans = ",".join(f"{s.start}-{s.end}" for s in field.spans)
        words = " … ".join(s.text for s in field.spans if s.text != field.value)
        cues = ",".join(f"{link.cue.start}-{link.cue.end}" for link in mention.attribution if link.cue)
        cued = f' data-cues="{cues}"' if field.name == "attribution" else ""
        quote = f'<q class="words">{escape(words)}</q>' if words else ""
        rows.append(
            f'<div class="row f-{field.name}" data-label="{escape(field.label)}" data-spans="{spans}"{cued}>'
            f"<dt>{escape(field.label)}</dt><dd>{escape(field.value)}{quote}</dd></div>"
        )
    others = _other_side(mention)
    return (
        f'<section class="card" id="card-{index}-{escape(mention.id)}" hidden>'
        f'<h3>{escape(type_and_mode(mention))}</h3><p class="who">{escape(others)}</p>'
        f"<dl>{''.join(rows)}</dl>"
        f'<p class="rule"><b>rule</b> <code>{escape(mention.rule)}</code> · <b>score</b> {mention.score:.2f}'
        f" · <code>{escape(mention.id)}</code></p></section>"
    )


def _other_side(mention: Mention) -> str:
    actors = ", ".join(map(describe_participant, mention.actors)) or "nobody named"
    recipients = ", ".join(map(describe_participant, mention.recipients))
    return f"{actors} → {recipients}" if recipients else actors


def _statement(coded: CodedReport, statement: Statement) -> str:
    source = "unnamed" if statement.source is None else statement.source.name or statement.source.span.text
    cue = "" if statement.cue is None else statement.cue.text
    words = " … ".join(span.text for span in statement.content)
    depth = _depth(statement, coded.statements)
    return (
        f'<li class="depth-{min(depth, 3)}"><b>{escape(source)}</b> <i>{escape(cue)}</i>'
        f' <span class="stance">{statement.stance}, {statement.manner}</span><br>{escape(words)}</li>'
    )


def _depth(statement: Statement, statements: Sequence[Statement]) -> int:
    parents = {s.id: s.parent for s in statements}
    depth, now = 0, statement.parent
    seen: set[str] = {statement.id}
    while now is not None and now not in seen:
        seen.add(now)
        depth, now = depth + 1, parents.get(now)
    return depth
