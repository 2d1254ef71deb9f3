"""The export formats by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from according.errors import OutputError
from according.records import CodedReport


@dataclass(frozen=True, slots=True)
class Export:
    """A format that coded reports can be written in.

    Attributes:
        name: As the command line calls it.
        about: What is written, as one phrase.
        folder: Whether the output is a folder of files.
        module, function: Where the writer stands; it is imported when it is used.
    """

    name: str
    about: str
    folder: bool
    module: str
    function: str

    def load(self) -> Callable[[Iterable[CodedReport], Path], int]:
        """Import the writer."""
        found: Callable[[Iterable[CodedReport], Path], int] = getattr(
            import_module(f"according.export.{self.module}"), self.function
        )
        return found


EXPORTS: Mapping[str, Export] = MappingProxyType(
    {
        e.name: e
        for e in (
            Export("csv", "tidy tables as CSV with a data package", True, "csv_tables", "write_csv_tables"),
            Export("parquet", "tidy tables as Parquet", True, "parquet", "write_parquet_tables"),
            Export("parquet-records", "whole records, nested", False, "parquet", "write_parquet_records"),
            Export(
                "accounts", "accounts of happenings across reports, CSV", False, "accounts", "write_accounts"
            ),
            Export("plover", "PLOVER JSON Lines", False, "plover_json", "write_plover"),
            Export("polecat", "POLECAT's 40 columns", False, "polecat", "write_polecat"),
            Export("gdelt", "GDELT-shaped events and mentions", True, "gdelt", "write_gdelt"),
            Export("acled", "ACLED-shaped CSV", False, "acled", "write_acled"),
            Export("ucdp", "UCDP-GED-shaped CSV", False, "ucdp", "write_ucdp"),
            Export("web-annotation", "W3C Web Annotations", False, "annotation", "write_annotations"),
            Export("brat", "brat standoff", True, "brat", "write_brat"),
            Export("spacy", "spaCy DocBin", False, "docbin", "write_docbin"),
        )
    }
)
"""All formats by name."""


def export_coded(coded: Iterable[CodedReport], name: str, target: Path) -> int:
    """Write coded reports in a format.

    Args:
        coded: Coded reports; each is looked at once.
        name: Name of the format.
        target: File or folder; it appears whole or not at all.

    Returns:
        Number of reports written.

    Raises:
        OutputError: There is no such format, or it cannot be written there.
    """
    known = EXPORTS.get(name)
    if known is None:
        near = get_close_matches(name, EXPORTS, 1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Use one of {', '.join(EXPORTS)}."
        raise OutputError(f"there is no export format {name!r}.", hint=hint)
    if known.folder and str(target) == "-":
        raise OutputError(f"{name} is a folder of files.", hint="Name a folder with -o.")
    return known.load()(coded, target)
