"""Passwords and session tokens: hashed with argon2 and SHA-256, never kept as they are."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from according.errors import ConfigError

SHORTEST = 10
LONGEST = 500


def hash_password(password: str) -> str:
    """Hash a new password.

    Raises:
        ConfigError: It is shorter than 10 or longer than 500 characters.

    Example:
        >>> check_password(hash_password("a quiet harbour"), "a quiet harbour")
        True
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise ConfigError(
            f"a password has {SHORTEST} to {LONGEST} characters.", hint="Several words are easy to remember."
        )
    return _hasher().hash(password)


def check_password(hashed: str | None, password: str) -> bool:
    """Tell whether a password is the one that was hashed; it takes as long where there is no hash.

    Args:
        hashed: What `hash_password` gave, or None for an account that is not there.
        password: What was typed.
    """
    try:
        return _hasher().verify(hashed or _nobody(), password[:LONGEST]) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def new_token() -> str:
    """Make the token a browser keeps while it is logged in."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Hash a token for the store, so that a copy of the store opens no session."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
