"""The loader links what is right and says, with file and line, what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from according.codebook.link import check_slot
from according.codebook.load import load_codebook
from according.errors import CodebookConflictError, CodebookSyntaxError, UnknownCodeError

SHARED = """\
name: "tiny"
version: "1"
frames:
  plain: {actor: [subject], recipient: [object]}
classes:
  fruit: [apple, pear-tree]
contexts:
  - {code: "trade", label: "Trade", definition: "Buying and selling.", words: [market], sectors: ["BUS"]}
sectors:
  - {code: "BUS", label: "Business", definition: "Firms."}
folding:
  - {id: "f1", types: ["GIVE"], factuality: ["planned"], under: ["type:GIVE", fruit], becomes: null}
"""
GIVE = """\
code: "GIVE"
label: "Giving"
definition: "Somebody gives."
quad: 2
modes:
  - {code: "gift", label: "Gift", definition: "Without price."}
triggers:
  - {id: "give.v", lemma: give, pos: verb, frame: plain, mode: "gift", when: {object: [fruit, "!people"]}}
  - {id: "give.*.v.more", lemma: [give, hand-over], pos: verb, frame: {actor: [subject]}, priority: 3}
skips:
  - {id: "give.give.v.skip.birth", lemma: give, pos: verb, frame: plain,
     when: {object: ["=birth"]}, priority: 5}
examples:
  - {id: "give-1", text: "He gave apples.", expect: {mode: "gift"}}
  - {id: "give-2", text: "She gave birth.", expect: none}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "codebook.yml").write_text(SHARED)
    (tmp_path / "give.yml").write_text(GIVE)
    return tmp_path


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))


def test_triggers_come_highest_rank_first(folder: Path) -> None:
    codebook = load_codebook(folder)
    found = codebook.triggers_for("give", "verb")
    assert [t.id for t in found] == ["give.give.v.skip.birth", "give.give.v.more", "give.v"]
    assert [t.rank for t in found] == [6, 3, 1]
    assert found[0].skip and found[0].reason == "birth" and found[0].type == "GIVE"
    assert codebook.triggers_for("give", "noun") == ()


def test_an_entry_with_several_lemmas_stands_for_several_triggers(folder: Path) -> None:
    codebook = load_codebook(folder)
    assert {"give.give.v.more", "give.hand-over.v.more"} <= set(codebook.by_id)
    assert codebook.by_id["give.hand-over.v.more"].where == "give.yml:9"


def test_hyphenated_lemmas_are_found_with_a_blank(folder: Path) -> None:
    codebook = load_codebook(folder)
    assert [t.id for t in codebook.triggers_for("hand over", "verb")] == ["give.hand-over.v.more"]
    assert codebook.classes["fruit"] == {"apple", "pear-tree", "pear tree"}


def test_conditions_and_frames_are_resolved(folder: Path) -> None:
    trigger = load_codebook(folder).by_id["give.v"]
    assert trigger.trigger.when == {"object": ("fruit", "!people")}
    assert trigger.frame.recipient == ("object",)
    assert trigger.where == "give.yml:8"


def test_folding_contexts_sectors_and_modes(folder: Path) -> None:
    codebook = load_codebook(folder)
    assert codebook.folding[0].becomes is None
    assert codebook.contexts["trade"].words == ("market",)
    assert codebook.sectors["BUS"].label == "Business"
    mode = codebook.mode("GIVE", "gift")
    assert mode is not None and mode.label == "Gift"
    assert codebook.mode("GIVE", "loan") is None and codebook.mode("TAKE", "gift") is None


def test_the_hash_changes_with_any_byte_and_only_yml_is_read(folder: Path) -> None:
    before = load_codebook(folder).hash
    (folder / "notes.txt").write_text("code: PROTST")
    (folder / "old.yaml").write_text("code: PROTST")
    assert load_codebook(folder).hash == before
    edit(folder, "give.yml", "Somebody gives.", "Somebody gives!")
    assert load_codebook(folder).hash != before


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "words"),
    [
        ("give.yml", 'code: "GIVE"', "code: GIVE", 1, "quotation marks"),
        ("give.yml", 'id: "give.v"', "id: give.v", 8, "quotation marks"),
        ("give.yml", 'mode: "gift", when', "mode: 030, when", 8, "quotation marks"),
        ("codebook.yml", 'sectors: ["BUS"]', "sectors: [NO]", 8, "quotation marks"),
        ("give.yml", "frame: plain, mode", "fame: plain, mode", 8, "'frame'"),
        ("give.yml", "pos: verb, frame: {actor", "pos: werb, frame: {actor", 9, "pos"),
        ("give.yml", "quad: 2", "quad: 7", 4, "quad"),
        ("give.yml", "{actor: [subject]}", "{actor: [subjekt]}", 9, "subjekt"),
        ("give.yml", "lemma: give, pos: verb, frame: pl", "lemma: G, pos: verb, frame: pl", 8, "lower"),
        ("give.yml", "give.*.v.more", "give.both.v.more", 9, "'*'"),
        ("give.yml", "label: \"Giving\"", "label: [\"Giving\"", 3, "YAML"),
        ("give.yml", "[fruit, \"!people\"]", "[on]", 8, "when"),
    ],
)  # fmt: skip
def test_what_breaks_the_format_is_refused_at_its_line(
    folder: Path, name: str, old: str, new: str, line: int, words: str
) -> None:
    edit(folder, name, old, new)
    with pytest.raises(CodebookSyntaxError) as error:
        load_codebook(folder)
    assert f"{name}:{line}" in str(error.value)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "unknown", "where", "nearest"),
    [
        ("give.yml", "frame: plain, mode", "frame: plan, mode", "plan", "give.yml:8", "plain"),
        ("give.yml", 'mode: "gift", when', 'mode: "gft", when', "gft", "give.yml:8", "gift"),
        ("give.yml", "[fruit,", "[fruits,", "fruits", "give.yml:8", "fruit"),
        ("give.yml", "priority: 3", 'contexts: ["trad"]', "trad", "give.yml:9", "trade"),
        ("give.yml", 'expect: {mode: "gift"}', 'expect: {mode: "git"}', "git", "give.yml:14", "gift"),
        ("codebook.yml", 'sectors: ["BUS"]', 'sectors: ["BUZ"]', "BUZ", "codebook.yml:8", "BUS"),
        ("codebook.yml", 'types: ["GIVE"]', 'types: ["GIV"]', "GIV", "codebook.yml:12", "GIVE"),
        ("codebook.yml", "type:GIVE", "type:GAVE", "GAVE", "codebook.yml:12", "GIVE"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(
    folder: Path, name: str, old: str, new: str, unknown: str, where: str, nearest: str
) -> None:
    edit(folder, name, old, new)
    with pytest.raises(UnknownCodeError) as error:
        load_codebook(folder)
    assert error.value.unknown == unknown
    assert where in error.value.where
    assert nearest in error.value.hint


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("give.yml", "give.*.v.more", "give.*.v.skip.birth", "trigger 'give.give.v.skip.birth'"),
        ("give.yml", 'id: "give-2"', 'id: "give-1"', "example 'give-1'"),
        ("give.yml", "quad: 2", "quad: 2\nquad: 3", "key 'quad'"),
        ("codebook.yml", "classes:", "classes:\n  person: [man]", "name 'person'"),
    ],
)
def test_what_is_defined_twice_is_refused(folder: Path, name: str, old: str, new: str, words: str) -> None:
    edit(folder, name, old, new)
    with pytest.raises(CodebookConflictError) as error:
        load_codebook(folder)
    assert words in str(error.value)


def test_two_files_may_not_define_one_type(folder: Path) -> None:
    (folder / "give2.yml").write_text('code: "GIVE"\nlabel: "x"\ndefinition: "x"\nquad: 2\n')
    with pytest.raises(CodebookConflictError) as error:
        load_codebook(folder)
    assert error.value.first == "give.yml:1" and error.value.second == "give2.yml:1"


def test_a_folder_without_shared_parts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CodebookSyntaxError, match=r"codebook\.yml"):
        load_codebook(tmp_path)


@pytest.mark.parametrize(
    "slot", ["prep:on|against", "prep:*", "object.prep:with", "clause.recipient", "marker"]
)
def test_slots(slot: str) -> None:
    check_slot(slot)


@pytest.mark.parametrize("slot", ["objekt.possessor", "object.recipent", "prep:on|", "actor", ""])
def test_slots_that_do_not_exist(slot: str) -> None:
    with pytest.raises(ValueError, match="slot"):
        check_slot(slot)
