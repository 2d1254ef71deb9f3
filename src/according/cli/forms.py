"""The forms a command can print its answer in."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """Text to read, JSON or CSV."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
