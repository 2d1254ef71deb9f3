"""`according codebook`: begin a codebook, check it, or show what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Begin a codebook of your own, check one, or show one.", no_args_is_help=True)

Folder = Annotated[Path | None, typer.Argument(help="Folder of the codebook; PLOVER if left out.")]


@app.command("check")
def check(path: Folder = None) -> None:
    """Load a codebook and run all its examples; exits 1 if one is not coded as it says."""
    from rich.console import Console

    from according.codebook.check import check_codebook
    from according.coder import Coder

    coder = Coder(path)
    problems = check_codebook(coder.codebook, coder)
    console = Console()
    for problem in problems:
        console.print(str(problem), markup=False, soft_wrap=True)
    wrong = [p for p in problems if p.kind.startswith("example")]
    examples = sum(len(kind.examples) for kind in coder.codebook.types.values())
    console.print(
        f"{len(coder.codebook.types)} types, {len(coder.codebook.triggers)} triggers, {examples} examples: "
        f"{len(wrong)} wrong; {len(problems) - len(wrong)} remarks."
    )
    if wrong:
        raise typer.Exit(1)


@app.command("show")
def show(
    what: Annotated[str | None, typer.Argument(help="Code of a type, id of a trigger, or a word.")] = None,
    codebook: Annotated[Path | None, typer.Option(help="Folder of the codebook; PLOVER if left out.")] = None,
) -> None:
    """Show the event types, one of them with its modes and triggers, a trigger, or a word's triggers."""
    from rich.console import Console

    from according.codebook.load import load_codebook
    from according.codebook.show import show_trigger, show_type, show_word

    book = load_codebook(codebook)
    if what is None:
        text = "\n".join(
            f"{kind.code:10} {kind.label}: {kind.definition.strip()}" for kind in book.types.values()
        )
    elif what.upper() in book.types:
        text = show_type(book, what.upper())
    elif what in book.by_id:
        text = show_trigger(book.by_id[what])
    else:
        text = show_word(book, what)
    Console().print(text, markup=False, soft_wrap=True)


@app.command("new")
def new(
    folder: Annotated[Path, typer.Argument(help="Folder to write; must be new or empty.")],
    types: Annotated[
        str, typer.Option(help="Codes of the event types, separated by commas: BOYCOTT,LOCKOUT.")
    ] = "",
    like: Annotated[
        str | None, typer.Option(help="Copy a codebook of the package instead: labour or plover.")
    ] = None,
) -> None:
    """Begin a codebook of your own.

    Example: according codebook new my-codebook --like labour
    """
    from according.cli.streams import tell
    from according.codebook.new import new_codebook

    codes = [code.strip() for code in types.split(",") if code.strip()]
    for path in new_codebook(folder, codes, like):
        tell(str(path))
    tell(f"Edit the files, then run: according codebook check {folder}")
    tell(f"Code with it: according code reports/ --codebook {folder} -o coded.jsonl")
