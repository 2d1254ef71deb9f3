"""`according search`: find reports by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from according.cli.forms import Form
from according.cli.store_option import StoreOption

if TYPE_CHECKING:
    from rich.text import Text

    from according.store import Piece

Many = list[str] | None


def search(
    words: Annotated[str, typer.Argument(help='Words; "phrases", -without, one OR other, begin*.')],
    store: StoreOption = None,
    type_: Annotated[Many, typer.Option("--type", help="PLOVER type of a mention; may be repeated.")] = None,
    actor: Annotated[str | None, typer.Option(help="Who acts: name, part of one, or id.")] = None,
    recipient: Annotated[str | None, typer.Option(help="Who is acted on.")] = None,
    country: Annotated[Many, typer.Option(help="Country code of the place; may be repeated.")] = None,
    place: Annotated[str | None, typer.Option(help="Name of the place.")] = None,
    day_from: Annotated[str | None, typer.Option("--from", help="The event is of this day or later.")] = None,
    day_to: Annotated[str | None, typer.Option("--to", help="The event is of this day or earlier.")] = None,
    factuality: Annotated[Many, typer.Option(help="happened, planned, …; may be repeated.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Somebody in the chain of speakers.")] = None,
    publisher: Annotated[Many, typer.Option(help="Outlet; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="Most reports to show.")] = 20,
    cursor: Annotated[str | None, typer.Option(help="Where the page before ended.")] = None,
    form: Annotated[Form, typer.Option("--format", help="Text to read, JSON or CSV.")] = Form.TEXT,
) -> None:
    """Find reports by their words, best first; the found words stand out.

    The filters ask for a mention in the report that meets all of them.

    Example: according search "truce OR ceasefire -talks" --country SYR --store news.db
    """
    from according.cli.streams import tell
    from according.store import Filter, open_store

    given = {
        "type": type_, "actor": actor, "recipient": recipient, "country": country, "place": place,
        "day_from": day_from, "day_to": day_to, "factuality": factuality, "speaker": speaker,
        "publisher": publisher,
    }  # fmt: skip
    wanted = Filter.read({k: v for k, v in given.items() if v})
    with open_store(store) as opened:
        page = opened.search(words, wanted, limit=limit, cursor=cursor)
    if form is Form.TEXT:
        from rich.console import Console

        console = Console()
        for hit in page.items:
            head = ", ".join(x for x in (hit.publisher, hit.published and hit.published.isoformat()) if x)
            console.print(hit.id, style="bold", end="", highlight=False, markup=False)
            console.print(f"  {head}  {hit.mentions} mentions", highlight=False, markup=False)
            for piece in (hit.title, hit.piece):
                if piece is not None:
                    console.print(_marked(piece), end="\n", highlight=False)
            console.print()
    else:
        _print_rows(page.items, form)
    tell(f"{len(page.items):,} reports" + (f"; more with --cursor {page.next}" if page.next else ""))


def _marked(piece: Piece) -> Text:
    from rich.text import Text

    text = Text(f"  {piece.text}")
    for start, end in piece.found:
        text.stylize("bold reverse", start + 2, end + 2)
    return text


def _print_rows(hits: tuple[object, ...], form: Form) -> None:
    import csv
    import json
    import sys
    from dataclasses import asdict

    rows = [asdict(hit) for hit in hits]  # type: ignore[call-overload]
    if form is Form.JSON:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False, default=str))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["id", "publisher", "published", "mentions", "rank", "title", "words"])
    for row in rows:
        title = row["title"]["text"] if row["title"] else ""
        rest = [row["mentions"], round(row["rank"], 4), title, row["piece"]["text"]]
        writer.writerow([row["id"], row["publisher"] or "", row["published"] or "", *rest])
