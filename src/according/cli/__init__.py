"""The command line: `according COMMAND`.

Each command stands in a module of its own and imports what it needs only when
it runs, so that `according --help` comes at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from according.cli import (
    accounts,
    code,
    codebook,
    commitments,
    compare,
    decisions,
    demo,
    diff,
    evaluate,
    explain,
    export,
    labels,
    load,
    schema,
    search,
    serve,
    store,
    user,
    verify,
)
from according.cli.streams import fail

__all__ = ["app", "main"]

EXIT_USAGE = 2
EXIT_BUG = 70
EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="according",
    help="Reads news reports and writes down who did what to whom, when, where, and according to whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("accounts")(accounts.accounts)
app.command("code")(code.code)
app.command("commitments")(commitments.commitments)
app.command("compare")(compare.compare)
app.command("decisions")(decisions.decisions)
app.command("demo")(demo.demo)
app.command("agree")(evaluate.agree)
app.command("diff")(diff.diff)
app.command("evaluate")(evaluate.evaluate)
app.command("explain")(explain.explain)
app.command("export")(export.export)
app.command("labels")(labels.labels)
app.command("load")(load.load)
app.command("search")(search.search)
app.command("verify")(verify.verify)
app.command("schema")(schema.schema)
app.command("serve")(serve.serve)
app.add_typer(codebook.app, name="codebook")
app.add_typer(user.app, name="user")
app.add_typer(store.app, name="store")


def _tell_version(wanted: bool) -> None:
    if wanted:
        from according import __version__

        typer.echo(f"according {__version__}")
        raise typer.Exit


@app.callback()
def _group(
    _version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", callback=_tell_version, is_eager=True),
    ] = False,
) -> None:
    """Reads news reports and writes down who did what to whom, when, where, and according to whom."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit.

    Exits 0 when all went well, 1 when some reports failed or a check found
    something, 2 for wrong usage or input, 70 for a bug, 130 on Ctrl-C.

    Args:
        arguments: Words of the command line; those of the process if left out.

    Raises:
        SystemExit: Always.
    """
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    from according.errors import AccordingError, InternalError

    try:
        app(None if arguments is None else list(arguments), prog_name="according")
    except SystemExit as stop:
        return _exit_code(stop)
    except InternalError as error:
        return _bug(error)
    except AccordingError as error:
        fail(str(error))
        return EXIT_USAGE
    except Exception as error:  # noqa: BLE001 - the last line of defence: no user sees a traceback
        return _bug(error)
    return 0


def _exit_code(stop: SystemExit) -> int:
    """Read the exit that typer chose, which deals with Ctrl-C and closed pipes in its own way."""
    if isinstance(stop.__context__, BrokenPipeError):
        # The reader of our output has gone, as `head` does; what is left has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    if stop.code == EXIT_INTERRUPTED:
        fail("interrupted; no unfinished file was written, and finished parts of a folder are kept.")
    return stop.code if isinstance(stop.code, int) else int(stop.code is not None)


def _bug(error: Exception) -> int:
    if os.environ.get("ACCORDING_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    message = " ".join(str(error).split()) or "no message"
    fail(
        f"a bug in according: {type(error).__name__}: {message} - please report it with the input that"
        " caused it (ACCORDING_DEBUG=1 shows where it happened)."
    )
    return EXIT_BUG
