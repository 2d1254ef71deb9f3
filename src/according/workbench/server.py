"""Listen, say where, and serve until stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable

from according.errors import ConfigError
from according.store import Store
from according.workbench.app import create_app
from according.workbench.settings import Settings
from according.workbench.warming import Warmer


def serve_app(store: Store, settings: Settings, *, announce: Callable[[str], None]) -> None:
    """Serve the workbench until it is interrupted.

    Args:
        store: The open store that is shown.
        settings: Where it listens and what it lets in; port 0 takes a free one.
        announce: Told the address once the port is open.

    Raises:
        ConfigError: The address or port cannot be listened on.
    """
    import uvicorn

    listening = open_socket(settings)
    port = listening.getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    announce(f"The workbench is at http://{host}:{port}/ (Ctrl-C stops it)")
    config = uvicorn.Config(
        create_app(store, settings), log_level="warning", server_header=False, access_log=False
    )
    warmer = Warmer(store)
    warmer.start()
    try:
        with listening:
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        warmer.stop()


def open_socket(settings: Settings) -> socket.socket:
    """Open the port that is to be listened on.

    Raises:
        ConfigError: It is taken, or the address is none of this machine.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((settings.host, settings.port))
    except OSError as error:
        made.close()
        raise ConfigError(
            f"{settings.host}:{settings.port} cannot be listened on: {error.strerror or error}.",
            hint="Give another --port, or 0 for a free one.",
        ) from error
    made.listen(128)
    return made
