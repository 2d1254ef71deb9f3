"""A codebook of one's own: begun from nothing or from the labour disputes, checked, and coded with."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from according import Coder, Report
from according.cli import app
from according.codebook.check import check_codebook
from according.codebook.load import load_codebook
from according.codebook.new import new_codebook, packaged
from according.errors import ConfigError, UnknownCodeError

pytestmark = pytest.mark.model

DISPUTE = """\
Bus drivers in the port city stopped work on Monday after the city council cut their overtime pay, their union
said.

The council had offered drivers a pay rise of 2 percent in March. The council denied that it had dismissed six
drivers for joining a picket. Warplanes struck a depot across the border, and two presidents met.
"""


@pytest.fixture(scope="module")
def labour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("books") / "labour"
    new_codebook(folder, like="labour")
    return folder


def test_the_copied_labour_codebook_codes_all_its_examples_as_it_says(labour: Path) -> None:
    coder = Coder(codebook=labour)
    assert len(coder.codebook.types) == 5
    assert [str(p) for p in check_codebook(coder.codebook, coder)] == []


def test_a_dispute_is_coded_by_the_users_codebook_and_by_nothing_else(labour: Path) -> None:
    coded = Coder(codebook=labour).code(Report(id="r", text=DISPUTE))
    found = {(m.type, m.trigger.text, m.factuality) for m in coded.mentions}
    assert found == {
        ("STRIKE", "stopped", "happened"),
        ("DISMISSAL", "cut", "happened"),
        ("BARGAIN", "offered", "happened"),
        ("DISMISSAL", "dismissed", "negated"),
    }
    stopped = next(m for m in coded.mentions if m.type == "STRIKE")
    assert [p.span.text for p in stopped.actors] == ["Bus drivers"]
    assert [a.span.text for a in stopped.attribution if a.span] == ["their union"]


def test_a_codebook_begun_with_types_loads_and_codes_its_examples(tmp_path: Path) -> None:
    written = new_codebook(tmp_path / "My Book", ["BOYCOTT", "GO_SLOW"])
    assert [p.name for p in written] == ["codebook.yml", "boycott.yml", "go_slow.yml"]
    coder = Coder(codebook=tmp_path / "My Book")
    assert coder.codebook.name == "my-book"
    assert [str(p) for p in check_codebook(coder.codebook, coder)] == []


def test_what_one_codebook_lends_another_is_part_of_its_hash_and_its_own_wins(tmp_path: Path) -> None:
    book = tmp_path / "book"
    new_codebook(book, ["BOYCOTT"])
    before = load_codebook(book)
    assert "weapon" in before.classes
    assert "weapon" in before.inherited
    header = book / "codebook.yml"
    header.write_text(header.read_text().replace("classes: {}", "classes: {weapon: [catapult]}"))
    after = load_codebook(book)
    assert after.classes["weapon"] == {"catapult"}
    assert "weapon" not in after.inherited
    assert before.hash != after.hash


def test_an_unknown_codebook_to_extend_is_named_with_its_line(tmp_path: Path) -> None:
    book = tmp_path / "book"
    new_codebook(book)
    header = book / "codebook.yml"
    header.write_text(header.read_text().replace('"plover"', '"plovr"'))
    with pytest.raises(UnknownCodeError, match=r"codebook\.yml:5.*plovr.*plover"):
        load_codebook(book)


def test_nothing_is_overwritten_and_codes_are_checked(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ConfigError, match="something already"):
        new_codebook(tmp_path)
    with pytest.raises(ConfigError, match="no code of an event type"):
        new_codebook(tmp_path / "b", ["Boycott"])
    with pytest.raises(ConfigError, match="labour"):
        new_codebook(tmp_path / "b", like="labor")
    assert not (tmp_path / "b").exists()
    assert packaged() == ["labour", "plover"]


def test_the_command_says_what_to_do_next(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["codebook", "new", str(tmp_path / "mine"), "--types", "BOYCOTT"])
    assert result.exit_code == 0
    assert "codebook check" in result.output
    assert (tmp_path / "mine" / "boycott.yml").is_file()
