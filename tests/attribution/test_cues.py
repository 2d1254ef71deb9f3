"""The cue list and its errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from according.attribution.cues import load_cues
from according.errors import CodebookSyntaxError

GOOD = (
    "pos: verb\ngroups:\n  - class: say\n    stance: asserts\n    takes: [that]\n    words: [say, call for]\n"
)


def _folder(tmp_path: Path, verbs: str, words: str = "pos: other\n") -> Path:
    (tmp_path / "verbs.yml").write_text(verbs, encoding="utf-8")
    (tmp_path / "words.yml").write_text(words, encoding="utf-8")
    return tmp_path


def test_packaged_list_is_wide() -> None:
    cues = load_cues()
    assert len(cues.verbs) > 300
    assert {c.stance for group in cues.verbs.values() for c in group} == {
        "asserts",
        "alleges",
        "denies",
        "orders",
        "wants",
    }


def test_own_list(tmp_path: Path) -> None:
    cues = load_cues(_folder(tmp_path, GOOD))
    assert set(cues.verbs) == {"say", "call"}
    assert cues.verbs["call"][0].rest == ("for",)


@pytest.mark.parametrize(
    ("verbs", "line", "part"),
    [
        (GOOD.replace("takes:", "take:"), 5, "unknown key 'take'"),
        (GOOD.replace("asserts", "shouts"), 3, "unknown stance 'shouts'"),
        (GOOD.replace("    stance: asserts\n", ""), 3, "no 'stance'"),
        (GOOD.replace("[say, call for]", "[say, call for"), 7, "not valid YAML"),
        (GOOD.replace("groups", "group"), 3, "unknown key 'group'"),
    ],
)
def test_error_names_file_and_line(tmp_path: Path, verbs: str, line: int, part: str) -> None:
    with pytest.raises(CodebookSyntaxError) as caught:
        load_cues(_folder(tmp_path, verbs))
    assert part in str(caught.value)
    assert caught.value.line == line
    assert "verbs.yml" in str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CodebookSyntaxError, match="cannot be read"):
        load_cues(tmp_path)
