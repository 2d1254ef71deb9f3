"""What a running workbench is told: its store, where it listens, what it lets in."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, field

from according.errors import ConfigError

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one workbench.

    Attributes:
        store: Path or URL of the store that is shown.
        host: Address to listen on.
        port: Port to listen on.
        token: Word a browser must show before it sees anything, or None. Must
            be set where `host` is reached from other machines.
        allowed_hosts: Further host names a browser may use for this server.
        max_body_bytes: Largest request body that is read, in bytes.
        secret: Key that signs the tokens of forms; new at every start.

    Raises:
        ConfigError: It would listen to other machines without a token.

    Example:
        >>> Settings("according.db").is_local
        True
        >>> Settings("according.db", host="0.0.0.0")
        Traceback (most recent call last):
        ...
        according.errors.ConfigError: ...
    """

    store: str
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    allowed_hosts: tuple[str, ...] = ()
    max_body_bytes: int = 2_000_000
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def __post_init__(self) -> None:
        if not self.is_local and not self.token:
            raise ConfigError(
                f"{self.host} is reached from other machines, and no token is set.",
                hint="Give one with --token, or leave --host out to listen on this machine alone.",
            )

    @property
    def is_local(self) -> bool:
        """True when only this machine can reach the server."""
        if self.host in LOOPBACK_NAMES:
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def allows_host(self, header: str) -> bool:
        """Tell whether a browser may call this server by that name.

        A page elsewhere can make its own name point at this machine (DNS
        rebinding); the Host header then carries that name and is refused.

        Args:
            header: Value of the Host header, with or without a port.

        Returns:
            True for the loopback names, for `host` and `allowed_hosts`, and
            for plain addresses when other machines are let in.

        Example:
            >>> settings = Settings("according.db")
            >>> settings.allows_host("localhost:8765"), settings.allows_host("evil.example")
            (True, False)
        """
        name = host_name(header)
        if name in LOOPBACK_NAMES or name == self.host.lower():
            return True
        if name in {allowed.lower() for allowed in self.allowed_hosts}:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return not self.is_local


def host_name(header: str) -> str:
    """The name in a Host header, in lower case, without port and brackets.

    Example:
        >>> host_name("[::1]:8765"), host_name("Localhost")
        ('::1', 'localhost')
    """
    header = header.strip().lower()
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0]
