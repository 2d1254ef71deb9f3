"""Charts as pages embed them: an image that needs no script, light or dark."""

from __future__ import annotations

from fastapi import Request
from markupsafe import Markup

from according.workbench.rendering import chosen_theme


def picture_of(kind: str, query: str, alt: str, request: Request) -> Markup:
    """Write the image of a chart, for the inside of a `picture` element.

    Args:
        kind: Name of the chart.
        query: What it shows, as the query of an address.
        alt: What it shows, in words.
        request: The request that is answered; its theme chooses the colours.
    """
    theme = chosen_theme(request)
    light, dark = (f"/charts/{kind}.svg?{query}&theme={t}" for t in ("light", "dark"))
    image = Markup('<img src="{}" alt="{}">').format(dark if theme == "dark" else light, alt)
    if theme is not None:
        return image
    return Markup('<source media="(prefers-color-scheme: dark)" srcset="{}">{}').format(dark, image)
