"""Cut a report's text where any mention, statement or field begins or ends, and mark the pieces."""

from __future__ import annotations

from html import escape
from itertools import pairwise

from according.fields import list_fields, type_and_mode
from according.records import CodedReport, Mention


def mark_text(index: int, coded: CodedReport) -> str:
    """Write a report's text as HTML pieces that a script can highlight.

    Every piece carries its offsets; a trigger is a button that names its
    mention. Taking the tags out and undoing the escapes gives the text back.

    Args:
        index: Number of the report on the page.
        coded: The coded report.

    Returns:
        HTML.
    """
    text = coded.report.text
    cuts = _cuts(coded)
    buttons = _buttons(coded)
    said = [(s.start, s.end) for st in coded.statements for s in st.content]
    out: list[str] = []
    until = -1
    for start, end in pairwise(cuts):
        if start in buttons:
            until, mentions = buttons[start]
            cards = " ".join(f"card-{index}-{m.id}" for m in mentions)
            label = f"{text[start:until]}: {', '.join(map(type_and_mode, mentions))}"
            out.append(
                f'<button type="button" class="mention" data-cards="{escape(cards)}"'
                f' aria-label="{escape(label)}">'
            )
        kind = "seg said" if any(a <= start and end <= b for a, b in said) else "seg"
        kind += _region(coded, start)
        out.append(f'<span class="{kind}" data-s="{start}" data-e="{end}">{escape(text[start:end])}</span>')
        if end == until:
            out.append("</button>")
            until = -1
    return "".join(out)


def _buttons(coded: CodedReport) -> dict[int, tuple[int, list[Mention]]]:
    """Triggers by where they begin; those that overlap share one button."""
    buttons: dict[int, tuple[int, list[Mention]]] = {}
    start = end = -1
    for mention in sorted(coded.mentions, key=lambda m: (m.trigger.start, m.trigger.end)):
        if mention.trigger.start >= end:
            start, end = mention.trigger.start, mention.trigger.end
            buttons[start] = (end, [])
        end = max(end, mention.trigger.end)
        buttons[start] = (end, [*buttons[start][1], mention])
    return buttons


def _cuts(coded: CodedReport) -> list[int]:
    cuts = {0, len(coded.report.text)}
    spans = [s for m in coded.mentions for f in list_fields(m) for s in f.spans]
    spans += [s for st in coded.statements for s in st.content]
    for span in spans:
        cuts |= {span.start, span.end}
    for region in coded.report.regions:
        cuts |= {region.start, region.end}
    return sorted(cuts)


def _region(coded: CodedReport, start: int) -> str:
    for region in coded.report.regions:
        if region.start <= start < region.end:
            return f" in-{region.kind}"
    return ""
