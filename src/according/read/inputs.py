"""What there is to read: files, folders, patterns, addresses and standard input, in a fixed order."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from according.errors import ReportFormatError
from according.read.model import name_of, problem
from according.read.registry import is_known
from according.records import Issue

STDIN = "-"


@dataclass(frozen=True, slots=True)
class InputFile:
    """One thing to read, which may hold one report or many.

    Attributes:
        path: Path as given or as found in a folder; an address; or "-".
        id: What reports without an id of their own are called after: the
            file's name or, below a folder that was given, its path there. None
            for standard input.
        size: Bytes on disk, or None where that is not known.
    """

    path: str
    id: str | None
    size: int | None


def is_url(path: str) -> bool:
    """Tell whether a path is an address to fetch."""
    return path.lower().startswith(("http://", "https://"))


def list_inputs(paths: Iterable[str | Path]) -> Iterator[InputFile | Issue]:
    """List what there is to read without opening any of it.

    A folder is searched through for files of known kinds, in the order of
    their paths; files and folders whose names begin with "." are left out. A
    path with `*`, `?` or `[` that is no file is a pattern, in which `**`
    stands for any folders.

    Args:
        paths: Files, folders, patterns, addresses, "-".

    Yields:
        Inputs, in a fixed order, no two with the same id unless a file is
        given twice; an issue for a folder that holds nothing to read.

    Raises:
        ReportFormatError: A path does not exist, or a pattern fits nothing.
    """
    chosen = list(paths)
    found = [(str(path), _expand(str(path))) for path in chosen]
    taken: dict[str, str] = {}
    for given, tops in found:
        if given == STDIN:
            yield InputFile(STDIN, None, None)
        elif is_url(given):
            yield InputFile(given, given, None)
        else:
            for top in tops:
                yield from _list(top, taken)


def _expand(path: str) -> list[Path]:
    """What a path stands for; a pattern for all it fits."""
    if path == STDIN or is_url(path):
        return []
    if Path(path).exists():
        return [Path(path)]
    if any(mark in path for mark in "*?["):
        matches = sorted(Path(match) for match in glob.glob(path, recursive=True))  # noqa: PTH207 - may be absolute
        files = [match for match in matches if match.is_file()]
        if files:
            return files
        if matches:
            return matches
        raise ReportFormatError(
            "no file fits the pattern.", path=path, reason="missing", hint="Check the pattern."
        )
    raise ReportFormatError(
        "there is no such file or folder.", path=path, reason="missing", hint="Check the path."
    )


def _list(top: Path, taken: dict[str, str]) -> Iterator[InputFile | Issue]:
    if not top.is_dir():
        yield _named(top, None, taken)
        return
    files = sorted(p for p in top.rglob("*") if is_known(p.name) and _is_visible(p, top) and p.is_file())
    if not files:
        yield problem(
            "folder-empty",
            "the folder holds no file of a known kind; name the file itself.",
            source=str(top),
        )
    for file in files:
        yield _named(file, top, taken)


def _named(file: Path, root: Path | None, taken: dict[str, str]) -> InputFile:
    """Give a file its id; a name that another file has gives way to the whole path."""
    name = name_of(file, root)
    if taken.setdefault(name, str(file)) != str(file):
        name = file.as_posix()
    try:
        size = file.stat().st_size
    except OSError:
        size = None
    return InputFile(str(file), name, size)


def _is_visible(path: Path, top: Path) -> bool:
    return not any(part.startswith(".") for part in path.relative_to(top).parts)
