"""Charts as pages embed them: an image that needs no script, light or dark."""

from __future__ import annotations

from fastapi import Request
from markupsafe import Markup

from according.workbench.rendering import chosen_theme


def picture_of(kind: str, query: str, alt: str, request: Request) -> Markup:
    """Write the image of a chart, one for narrow windows too, for the inside of a `picture` element.

    Args:
        kind: Name of the chart.
        query: What it shows, as the query of an address.
        alt: What it shows, in words.
        request: The request that is answered; its theme chooses the colours.
    """
    theme = chosen_theme(request)
    ask = f"/charts/{kind}.svg?{query}&theme="
    fixed = theme or "light"
    sources = [("(max-width: 40rem)", f"{ask}{fixed}&narrow=yes")]
    if theme is None:
        dark = "(prefers-color-scheme: dark)"
        sources = [
            (f"{dark} and (max-width: 40rem)", f"{ask}dark&narrow=yes"),
            (dark, f"{ask}dark"),
            *sources,
        ]
    written = [Markup('<source media="{}" srcset="{}">').format(*source) for source in sources]
    return Markup("").join([*written, Markup('<img src="{}" alt="{}">').format(f"{ask}{fixed}", alt)])
