"""`according user`: the accounts of a store."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from according.cli.store_option import StoreOption

app = typer.Typer(help="The accounts of a store.", no_args_is_help=True, rich_markup_mode=None)
Name = Annotated[str, typer.Argument(help="Name to log in with.")]


@app.command("add")
def add(
    name: Name,
    role: Annotated[str, typer.Option(help="reader, coder, adjudicator or admin.")] = "coder",
    store: StoreOption = None,
) -> None:
    """Add an account. The password is asked for, or read as a line of standard input.

    Example: according user add anna --role adjudicator
    """
    from according.errors import ConfigError
    from according.store import open_store
    from according.store.people import ROLES
    from according.workbench.passwords import hash_password

    known = {r: r for r in ROLES}
    if role not in known:
        raise ConfigError(f"--role {role!r}: no such role.", hint=f"Use one of {', '.join(ROLES)}.")
    with open_store(store, create=True) as opened:
        user = opened.add_user(name, known[role], hash_password(_ask_password()))
    typer.echo(f"{user.name} may log in as {user.role}.")


@app.command("list")
def list_(store: StoreOption = None) -> None:
    """List the accounts.

    Example: according user list
    """
    from according.store import open_store

    with open_store(store) as opened:
        users = opened.list_users()
    for user in users:
        typer.echo(
            f"{user.name}\t{user.role}\t{'disabled' if user.disabled else 'active'}\t{user.created_at[:10]}"
        )


@app.command("disable")
def disable(name: Name, store: StoreOption = None) -> None:
    """Let an account log in no more and end its sessions; its decisions stay.

    Example: according user disable anna
    """
    from according.store import open_store

    with open_store(store) as opened:
        opened.change_user(name, disabled=True)
    typer.echo(f"{name} may no longer log in.")


def _ask_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
