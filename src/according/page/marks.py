"""Cut a report's text where any mention, statement or field begins or ends, and mark the pieces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from according.fields import list_fields, type_and_mode
from according.records import CodedReport, Mention, RegionKind


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text inside which nothing begins or ends.

    Attributes:
        start: First code point.
        end: One past the last code point.
        text: The words.
        layers: Names of the layers it lies in.
        region: Kind of region it lies in, or None.
        opens: Mentions whose button begins here.
        closes: True when the button that is open ends here.
    """

    start: int
    end: int
    text: str
    layers: tuple[str, ...] = ()
    region: RegionKind | None = None
    opens: tuple[Mention, ...] = ()
    closes: bool = False


def cut_text(coded: CodedReport, layers: Mapping[str, Iterable[tuple[int, int]]]) -> list[Piece]:
    """Cut a report's text into pieces; joined they are the text again.

    Args:
        coded: The coded report.
        layers: Stretches to tell apart, by the name of their layer.

    Returns:
        The pieces in text order. Triggers that overlap share one button,
        which opens at the first piece of it and closes at the last.
    """
    text = coded.report.text
    starts: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    for name, stretches in layers.items():
        for start, end in stretches:
            if start < end:
                starts.setdefault(start, []).append(name)
                ends.setdefault(end, []).append(name)
    cuts = _cuts(coded) | starts.keys() | ends.keys()
    buttons = _buttons(coded)
    regions = {r.start: r.kind for r in reversed(coded.report.regions)}
    region_ends = {r.start: r.end for r in reversed(coded.report.regions)}
    pieces: list[Piece] = []
    depth = dict.fromkeys(layers, 0)
    until, region, region_end = -1, None, -1
    for start, end in pairwise(sorted(cuts)):
        for name in ends.get(start, ()):
            depth[name] -= 1
        for name in starts.get(start, ()):
            depth[name] += 1
        if start >= region_end:
            region = None
        if region is None and start in regions:
            region, region_end = regions[start], region_ends[start]
        opens: list[Mention] = []
        if start in buttons:
            until, opens = buttons[start]
        inside = tuple(name for name, level in depth.items() if level)
        pieces.append(Piece(start, end, text[start:end], inside, region, tuple(opens), end == until))
        until = -1 if end == until else until
    return pieces


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
    said = [(s.start, s.end) for st in coded.statements for s in st.content]
    out: list[str] = []
    for piece in cut_text(coded, {"said": said}):
        if piece.opens:
            cards = " ".join(f"card-{index}-{m.id}" for m in piece.opens)
            words = coded.report.text[piece.start : max(m.trigger.end for m in piece.opens)]
            label = f"{words}: {', '.join(map(type_and_mode, piece.opens))}"
            out.append(
                f'<button type="button" class="mention" data-cards="{escape(cards)}"'
                f' aria-label="{escape(label)}">'
            )
        kind = " ".join(("seg", *piece.layers, *([f"in-{piece.region}"] if piece.region else [])))
        out.append(
            f'<span class="{kind}" data-s="{piece.start}" data-e="{piece.end}">{escape(piece.text)}</span>'
        )
        if piece.closes:
            out.append("</button>")
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


def _cuts(coded: CodedReport) -> set[int]:
    cuts = {0, len(coded.report.text)}
    spans = [s for m in coded.mentions for f in list_fields(m) for s in f.spans]
    for span in spans:
        cuts |= {span.start, span.end}
    for region in coded.report.regions:
        cuts |= {region.start, region.end}
    return cuts
