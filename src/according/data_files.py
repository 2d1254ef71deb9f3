"""Read the package's own YAML files, quickly."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader in C is some ten times as fast; where yaml was built without it, the one in Python does."""


def read_data(name: str) -> Any:
    """Read a YAML file of the package.

    Args:
        name: Its path within `data/`.

    Returns:
        Plain mappings, lists and scalars.

    Example:
        >>> sorted(read_data("score.yml"))[0]
        'weights'
    """
    return yaml.load(files("according").joinpath("data", name).read_text(encoding="utf-8"), Loader=LOADER)
