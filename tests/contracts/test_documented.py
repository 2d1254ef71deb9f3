"""What is undocumented is unfinished: commands, error codes, issue codes, the record."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
import typer

from according import errors, reference
from according.cli import app

ROOT = Path(__file__).parents[2]
ERRORS = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.AccordingError)]
ISSUE = re.compile(
    r"(?:\bproblem\(|UndecodableError\(|UnreadableError\(|RecordError\(|\bguarded\(|\bcode=)"
    r'\s*"([a-z0-9-]+)"'
)


def headings(name: str) -> set[str]:
    return set(re.findall(r"^### (\S+)$", (ROOT / "docs" / name).read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: e.__name__)
def test_every_error_code_is_documented(error: type[errors.AccordingError]) -> None:
    assert error.code in headings("errors.md")


def test_error_codes_are_distinct() -> None:
    assert len({e.code for e in ERRORS}) == len(ERRORS)


def test_every_issue_code_is_documented() -> None:
    found = {c for f in (ROOT / "src").rglob("*.py") for c in ISSUE.findall(f.read_text(encoding="utf-8"))}
    assert len(found) >= 10
    assert found - headings("errors.md") == set()


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    group = typer.main.get_command(app)
    names = []
    for name, command in group.commands.items():
        names += [f"{name} {sub}" for sub in command.commands] if hasattr(command, "commands") else [name]
    assert len(names) >= 7
    assert [n for n in names if f"`according {n}" not in text] == []


def test_the_reference_of_the_record_is_current() -> None:
    assert reference.main([str(ROOT / "docs"), "--check"]) == 0


def test_a_changed_record_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "record.md").write_text("old", encoding="utf-8")
    assert reference.main([str(tmp_path), "--check"]) == 1
    assert reference.main([str(tmp_path)]) == 0
    assert reference.main([str(tmp_path), "--check"]) == 0
