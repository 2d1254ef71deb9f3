"""The lists of words that decide factuality, as `data/factuality.yml` gives them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from according.data_files import read_data
from according.errors import CodebookSyntaxError

# What acts of speech are set down in, and by what verbs.
PAPERS = frozenset(
    {"statement", "resolution", "letter", "declaration", "motion", "petition", "appeal", "communique"}
)
SETTING_DOWN = frozenset({"sign", "pass", "adopt", "issue", "approve", "release", "publish", "send", "write"})
# Why people call each other on the telephone.
PHONED = frozenset(
    {
        "congratulate",
        "thank",
        "express",
        "offer",
        "convey",
        "assure",
        "reassure",
        "inform",
        "brief",
        "apologise",
        "apologize",
    }
)
# What is told by "should have left" did not come about, what is told by "must have left" is guessed.
UNMET = {"should": "negated", "ought": "negated", "must": "possible"}
# Verbs whose that-clause tells in the bare form what shall be.
MANDATING = frozenset({"insist", "recommend", "suggest", "propose", "advise"})
# How long somebody is given to do something.
TERMS = frozenset({"minute", "hour", "day", "week", "month", "year", "deadline"})
# Nouns that bundle or stage what stands behind their "of".
PARCELS = frozenset({"package", "round", "set", "raft", "series", "wave", "tranche", "batch", "plan"})
# Verbs that bring about what their object names.
BRINGING = frozenset(
    {
        "lead to", "result in", "bring", "produce", "yield", "secure", "win", "obtain", "receive", "cause",
        "spark", "trigger",
        "provoke", "prompt", "ensure", "guarantee", "achieve", "deliver", "facilitate", "generate",
        "invite", "gain", "get",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactualityWords:
    """Lists of words that decide factuality, by word."""

    operators: dict[str, str]
    modifiers: dict[str, str]
    modals: dict[str, str]
    endings: frozenset[str]
    going_on: frozenset[str]
    standing: frozenset[str]
    says_when_finite: frozenset[str]
    durative: frozenset[str]
    performed: frozenset[str]
    asked: frozenset[str]
    done: frozenset[str]


@cache
def load_factuality_words() -> FactualityWords:
    """Read the lists that ship with the package.

    Raises:
        CodebookSyntaxError: A section is missing or unknown.
    """
    name = "data/factuality.yml"
    raw = read_data(name.removeprefix("data/"))
    sections = ("operators", "modifiers", "modals")
    lists = ("endings", "going_on", "standing", "says_when_finite", "durative", "performed", "asked", "done")
    if set(raw) != {*sections, *lists, "version"}:
        raise CodebookSyntaxError(f"sections must be {', '.join((*sections, *lists))} and version", path=name)
    tables = []
    for section in sections:
        table: dict[str, str] = {}
        for status, words in raw[section].items():
            for word in words:
                table.setdefault(str(word), status)
        tables.append(table)
    operators, modifiers, modals = tables
    return FactualityWords(operators, modifiers, modals, *(frozenset(raw[key]) for key in lists))
