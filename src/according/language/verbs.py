"""Verb classes for the clause layer, read from data."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from according.data_files import read_data
from according.errors import CodebookSyntaxError


@dataclass(frozen=True, slots=True)
class VerbClasses:
    """Sets of lemmas; see `data/language/verbs.yml` for what each one means."""

    object_control: frozenset[str]
    for_to: frozenset[str]
    subject_control: frozenset[str]
    raising_to_object: frozenset[str]
    object_gerund_prepositions: frozenset[str]
    light: frozenset[str]
    undergo: frozenset[str]
    occur: frozenset[str]
    result: frozenset[str]
    ditransitive: frozenset[str]
    negative_words: frozenset[str]
    adjectival_participles: frozenset[str]
    object_gerund_verbs: frozenset[str]
    carrier_nouns: frozenset[str]
    conditional_markers: frozenset[str]
    charging: frozenset[str]
    measure_nouns: frozenset[str]
    deeds: frozenset[str]
    deed_endings: frozenset[str]
    objectless: frozenset[str]
    bodies: frozenset[str]
    saying: frozenset[str]
    willing: frozenset[str]
    speaking_acts: frozenset[str]
    aloof: frozenset[str]
    homographs: frozenset[str]
    only_verbs: frozenset[str]
    forces: frozenset[str]
    offices: frozenset[str]
    measures_of_time: frozenset[str]
    speechless: frozenset[str]
    with_object: frozenset[str]
    performed: frozenset[str]


@cache
def load_verb_classes() -> VerbClasses:
    """Read the verb classes that ship with the package.

    Raises:
        CodebookSyntaxError: The file lacks a class or has an unknown one.
    """
    name = "data/language/verbs.yml"
    raw = read_data(name.removeprefix("data/"))
    wanted = {f.name for f in fields(VerbClasses)}
    got = set(raw) - {"version"}
    if wanted != got:
        raise CodebookSyntaxError(f"classes differ: {sorted(wanted ^ got)}", path=name)
    return VerbClasses(**{key: frozenset(raw[key]) for key in wanted})
