"""The cue list: words that introduce what somebody says, believes or wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast, get_args

import yaml

from according.errors import CodebookSyntaxError
from according.records import Stance

_PACKAGED = "data/attribution"
_KEYS = frozenset({"class", "stance", "takes", "presupposes", "sources", "words"})
_LISTS = (
    "documents", "titles_before_colon", "not_speakers_before_colon", "organisations", "persons",
    "cue_openers", "carriers", "own_words", "leads_to_speech", "told_in_quotations", "accounts", "plans",
    "titles_with_stop", "clause_openers", "charges", "before_that", "bodies_do", "refusals", "shares",
)  # fmt: skip
_SECTIONS = ("nouns", "adjectives", "passives", "adverbs", "labels", "prepositions")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue word in one use.

    Attributes:
        lemma: First word in lower case.
        rest: Particle and preposition after it ("for" of "call for").
        name: Name of its class.
        stance: Stance of a speaker who uses it.
        takes: What may hold the content; see `data/attribution/verbs.yml`.
        presupposes: The content is taken for granted.
        documents: Only documents and the like are its speakers.
    """

    lemma: str
    rest: tuple[str, ...]
    name: str
    stance: Stance
    takes: frozenset[str]
    presupposes: bool = False
    documents: bool = False


Section = Mapping[str, tuple[Cue, ...]]


@dataclass(frozen=True, slots=True)
class CueList:
    """All cues by part of speech and first lemma, and a few word lists."""

    verbs: Section
    nouns: Section
    adjectives: Section
    passives: Section
    adverbs: Section
    labels: Section
    prepositions: Section
    lists: Mapping[str, frozenset[str]]

    def words(self, name: str) -> frozenset[str]:
        """A word list of the cue files, empty when they have none of that name."""
        return self.lists.get(name, frozenset())


def load_cues(path: Path | None = None) -> CueList:
    """Read the cue list.

    Args:
        path: Folder with `verbs.yml` and `words.yml` in the same form as the
            package's own; None for the package's own.

    Raises:
        CodebookSyntaxError: A file is missing, is not YAML, or breaks the
            form; the message names file and line.

    Example:
        >>> load_cues().verbs["deny"][0].stance
        'denies'
    """
    if path is None:
        return _packaged()
    texts = {}
    for name in ("verbs.yml", "words.yml"):
        file = path / name
        try:
            texts[str(file)] = file.read_text(encoding="utf-8")
        except OSError as error:
            raise CodebookSyntaxError(f"cannot be read: {error.strerror}", path=str(file)) from error
    return _build(texts)


@cache
def _packaged() -> CueList:
    folder = files("according").joinpath(_PACKAGED)
    names = ("verbs.yml", "words.yml")
    return _build({f"{_PACKAGED}/{n}": folder.joinpath(n).read_text(encoding="utf-8") for n in names})


def _build(texts: Mapping[str, str]) -> CueList:
    sections: dict[str, dict[str, list[Cue]]] = {n: {} for n in ("verbs", *_SECTIONS)}
    lists: dict[str, frozenset[str]] = {}
    for path, text in texts.items():
        root = _compose(text, path)
        for key, node in _pairs(root, path):
            if key == "pos":
                continue
            section = "verbs" if key == "groups" else key
            if section in sections:
                for group in _sequence(node, path):
                    _add_group(sections[section], group, path)
            elif key in _LISTS:
                lists[key] = frozenset(_word(n, path) for n in _sequence(node, path))
            else:
                raise CodebookSyntaxError(f"unknown key {key!r}", path=path, line=_line(node))
    frozen = {n: {k: tuple(v) for k, v in s.items()} for n, s in sections.items()}
    return CueList(lists=lists, **frozen)


def _add_group(section: dict[str, list[Cue]], node: yaml.Node, path: str) -> None:
    raw: dict[str, Any] = {}
    for key, value in _pairs(node, path):
        if key not in _KEYS:
            raise CodebookSyntaxError(f"unknown key {key!r}", path=path, line=_line(value))
        if isinstance(value, yaml.SequenceNode):
            raw[key] = [_word(n, path) for n in value.value]
        else:
            raw[key] = _word(value, path)
    for key in ("class", "stance", "words"):
        if key not in raw:
            raise CodebookSyntaxError(f"a group has no {key!r}", path=path, line=_line(node))
    if raw["stance"] not in get_args(Stance):
        raise CodebookSyntaxError(f"unknown stance {raw['stance']!r}", path=path, line=_line(node))
    for phrase in raw["words"]:
        lemma, *rest = phrase.split()
        cue = Cue(
            lemma,
            tuple(rest),
            raw["class"],
            cast(Stance, raw["stance"]),
            frozenset(raw.get("takes", ())),
            raw.get("presupposes") == "true",
            raw.get("sources") == "document",
        )
        if cue not in section.setdefault(lemma, []):
            section[lemma].append(cue)


def _compose(text: str, path: str) -> yaml.Node:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = None if error.problem_mark is None else error.problem_mark.line + 1
        raise CodebookSyntaxError(f"not valid YAML: {error.problem}", path=path, line=line) from error
    if root is None:
        raise CodebookSyntaxError("the file is empty", path=path)
    return root


def _pairs(node: yaml.Node, path: str) -> list[tuple[str, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise CodebookSyntaxError("a mapping was expected", path=path, line=_line(node))
    return [(_word(key, path), value) for key, value in node.value]


def _sequence(node: yaml.Node, path: str) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise CodebookSyntaxError("a list was expected", path=path, line=_line(node))
    return list(node.value)


def _word(node: yaml.Node, path: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise CodebookSyntaxError("a word was expected", path=path, line=_line(node))
    return str(node.value)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
