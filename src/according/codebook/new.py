"""Begin a codebook of one's own: from nothing, or from one that ships with the package."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from according.codebook.load import PACKAGED, SHARED, load_codebook, nearest
from according.errors import ConfigError

_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,23}")
_NAME = re.compile(r"[^a-z0-9]+")

_HEADER = """\
# What all event types of this codebook share. Codes are quoted strings.
name: "{name}"
version: "1"
# PLOVER's frames (which grammatical function fills which role), word classes and sectors may be used by name.
extends: "plover"
# Lists of lemmas that conditions may name. Add your own; one of the same name replaces PLOVER's.
classes: {{}}
# Word classes whose words can act and be acted on, beside people, groups, states and bodies.
parties: []
"""

_TYPE = """\
code: "{code}"
label: "{label}"
definition: >
  Say what is meant, what is not, and where the line runs to the nearest other type.
# 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
quad: 4
modes: []
triggers:
  # One entry a word; this one only shows the form. After each change: according codebook check FOLDER
  - {{id: "{stem}.{verb}.v", lemma: {verb}, pos: verb, frame: transitive,
     when: {{object: [people, person, group]}}, weight: 0.8}}
examples:
  # At least one sentence that must be coded, and one that must not.
  - {{id: "{stem}-1", text: "Soldiers {past} the villagers.",
     expect: {{actor: "Soldiers", recipient: "villagers"}}}}
  - {{id: "{stem}-2", text: "The weather was fine.", expect: none}}
"""


# Stand-ins for the first trigger of each type, so that no two types begin with the same word.
_VERBS = (
    ("visit", "visited"), ("thank", "thanked"), ("greet", "greeted"), ("follow", "followed"),
    ("surprise", "surprised"), ("feed", "fed"), ("join", "joined"), ("phone", "phoned"),
)  # fmt: skip


def packaged() -> list[str]:
    """Name the codebooks that ship with the package.

    Example:
        >>> packaged()
        ['labour', 'plover']
    """
    return sorted(p.parent.name for p in PACKAGED.glob(f"*/{SHARED}"))


def new_codebook(folder: Path, types: Sequence[str] = (), like: str | None = None) -> list[Path]:
    """Write the files of a new codebook, ready to load.

    Args:
        folder: Where to write; must not exist, or be empty.
        types: Codes of the event types, in capitals; ignored with `like`.
        like: Name of a packaged codebook to copy instead.

    Returns:
        The files written.

    Raises:
        ConfigError: The folder holds something, `like` is not known, or a
            code is not of the form that codes have.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as parent:
        ...     [p.name for p in new_codebook(Path(parent) / "mine", ["BOYCOTT"])]
        ['codebook.yml', 'boycott.yml']
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigError(f"{folder}: there is something already.", hint="Name a new or empty folder.")
    if like is not None:
        if like not in packaged():
            near = nearest(like, packaged())
            hint = f"Did you mean {near!r}?" if near else f"There are {', '.join(packaged())}."
            raise ConfigError(f"no codebook of the package is called {like!r}.", hint=hint)
        folder.mkdir(parents=True, exist_ok=True)
        sources = sorted((PACKAGED / like).glob("*.yml"), key=lambda p: (p.name != SHARED, p.name))
        return [Path(shutil.copyfile(p, folder / p.name)) for p in sources]
    codes = list(dict.fromkeys(types)) or ["EXAMPLE"]
    for code in codes:
        if not _CODE.fullmatch(code) or code.lower() == SHARED.removesuffix(".yml"):
            raise ConfigError(
                f"{code!r} is no code of an event type.", hint="A code is 2 to 24 capitals, digits and _."
            )
    folder.mkdir(parents=True, exist_ok=True)
    name = _NAME.sub("-", folder.resolve().name.lower()).strip("-") or "codebook"
    files = [(SHARED, _HEADER.format(name=name))]
    files += [(f"{c.lower()}.yml", _starter(c, n)) for n, c in enumerate(codes)]
    written = []
    for file, text in files:
        (folder / file).write_text(text, encoding="utf-8")
        written.append(folder / file)
    load_codebook(folder)
    return written


def _starter(code: str, n: int) -> str:
    verb, past = _VERBS[n % len(_VERBS)]
    label = code.replace("_", " ").capitalize()
    return _TYPE.format(code=code, label=label, stem=code.lower(), verb=verb, past=past)
