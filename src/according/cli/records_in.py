"""Read coded reports back from a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from according.errors import ConfigError, ReportFormatError
from according.records import CodedReport


def read_coded(path: Path) -> Iterator[CodedReport]:
    """Read a file that `according code` wrote as JSON Lines.

    Raises:
        ReportFormatError: The file cannot be opened, or a line is no coded report.
    """
    from pydantic import ValidationError

    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if not line.strip():
                    continue
                try:
                    yield CodedReport.from_json(line)
                except ValidationError as error:
                    raise ReportFormatError(
                        f"not a coded report ({error.error_count()} fields are wrong).",
                        path=str(path),
                        line=number,
                        hint="Give a .jsonl file that `according code` wrote.",
                    ) from error
    except OSError as error:
        raise ReportFormatError(f"{error.strerror}.", path=str(path), hint="Check the path.") from error


def read_all_coded(paths: Iterable[Path]) -> Iterator[CodedReport]:
    """Read coded files and folders of them, in order of their names.

    Raises:
        ReportFormatError: A path cannot be read, a line is no coded report,
            or a folder holds no coded file.
    """
    for path in paths:
        if not path.is_dir():
            yield from read_coded(path)
            continue
        parts = sorted(p for p in path.rglob("*.jsonl") if p.name != "issues.jsonl" and p.name[:1] != ".")
        if not parts:
            raise ReportFormatError(
                "no coded reports (.jsonl) in this folder.",
                path=str(path),
                hint="Name what `according code` wrote.",
            )
        for part in parts:
            yield from read_coded(part)


def read_given(coded: Sequence[Path] | None, store: str | None) -> Iterator[CodedReport]:
    """Read coded files and folders, or what a store holds where no file is named.

    Raises:
        ConfigError: Both are given.
        ReportFormatError: As `read_all_coded`.
        StoreError: The store cannot be opened.
    """
    if not is_of_store(coded, store):
        yield from read_all_coded(coded or ())
        return
    from according.store import open_store

    with open_store(store) as opened:
        yield from opened.iter_reports()


def is_of_store(coded: Sequence[Path] | None, store: str | None) -> bool:
    """Tell whether a store is to be read and not files.

    Raises:
        ConfigError: Both are given.
    """
    if coded and store:
        raise ConfigError(
            "coded files and --store are both given.",
            hint="Name one of the two; `according load` puts files into a store.",
        )
    return not coded


def read_coded_by_id(paths: Iterable[Path]) -> dict[str, CodedReport]:
    """Read coded files and folders of them by report id.

    Of two reports with one id the first counts; the other is told of.

    Raises:
        ReportFormatError: As `read_all_coded`.
    """
    from according.cli.streams import tell

    reports: dict[str, CodedReport] = {}
    for record in read_all_coded(paths):
        if reports.setdefault(record.report.id, record) is not record:
            tell(f"the report {record.report.id} was read before; passed over")
    return reports
