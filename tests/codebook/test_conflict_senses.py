"""One word, several senses: which of them are conflict events, and of which type and mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from according.coder import Coder

CONFLICT = {"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}

CODED = [
    ("The gunman shot two policemen outside the bank.", "ASSAULT", "firearms"),
    ("Fighter jets hit a depot near the river.", "ASSAULT", "aerial"),
    ("Rebels fired rockets at the airport.", "ASSAULT", "heavy-weapons"),
    ("A drone strike on the convoy left five rebels dead.", "ASSAULT", "drone"),
    ("Police used water cannon against the marchers.", "ASSAULT", "crowd-control"),
    ("A car bomb exploded outside the embassy.", "ASSAULT", "explosives"),
    ("The soldiers raped dozens of women in the village.", "ASSAULT", "sexual"),
    ("The regime used sarin against the town.", "ASSAULT", "unconventional"),
    ("The army violated the ceasefire on Friday.", "ASSAULT", None),
    ("Police detained the editor of the newspaper.", "COERCE", "arrest"),
    ("The general was placed under house arrest.", "COERCE", "restrict"),
    ("Government forces recaptured the town from the rebels.", "COERCE", "seize"),
    ("The authorities cut off electricity to the district.", "COERCE", "withhold"),
    ("The junta imposed a curfew in the capital.", "COERCE", "curfew"),
    ("The government blocked the website of the opposition newspaper.", "COERCE", "censor"),
    ("Berlin imposed sanctions on the junta.", "SANCTION", "discontinue"),
    ("The court fined the newspaper for libel.", "SANCTION", "convict"),
    ("Ottawa severed diplomatic ties with the regime.", "SANCTION", "discontinue"),
    ("The party expelled three lawmakers.", "SANCTION", "expel"),
    ("Nurses staged a walkout over pay.", "PROTEST", "strike"),
    ("Thousands of students took to the streets of the capital.", "PROTEST", "demo"),
    ("The minister slammed the decision of the court.", "ACCUSE", "disapprove"),
    ("The opposition accused the president of fraud.", "ACCUSE", "allege"),
    ("Police are investigating the minister over the bribes.", "ACCUSE", "investigate"),
    ("The rebels refused to negotiate with the government.", "REJECT", "meet"),
    ("The minister turned down the offer of aid.", "REJECT", "assist"),
    ("The militia refused to disarm.", "REJECT", "yield"),
    ("The president threatened to arrest the protest leaders.", "THREATEN", "arrest"),
    ("The general vowed to crush the rebels.", "THREATEN", "violence"),
    ("Turkey massed troops along its border.", "MOBILIZE", "troops"),
    ("The country tested a ballistic missile.", "MOBILIZE", "weapons"),
]

UNCODED = [
    "The clock struck midnight.",
    "The two firms struck a balance between speed and cost.",
    "The storm battered the coast.",
    "The cancer killed him within a year.",
    "Two people were killed when a bus plunged into a ravine.",
    "The team beat its rivals in the semifinal of the tournament.",
    "The orchestra held a concert in the park.",
    "Rising prices hit consumers.",
    "The waiter charged us twenty euros.",
    "The plan targets growth of four per cent.",
    "The bank froze its dividend.",
    "The report covers the industrial revolution.",
    "The minister declined to comment.",
    "Sales declined in the second quarter.",
    "The forecaster warned of heavy rain.",
    "The museum deployed a new ticket system.",
    "Firefighters battled the blaze for hours.",
    "She protested her innocence.",
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    from according.coder import Coder

    return Coder()


@pytest.mark.model
@pytest.mark.parametrize(("text", "kind", "mode"), CODED, ids=[t for t, _, _ in CODED])
def test_sense_is_coded(text: str, kind: str, mode: str | None, coder: Coder) -> None:
    from according.records import Report

    found = [(m.type, m.mode) for m in coder.code(Report(id="r", text=text)).mentions]
    assert (kind, mode) in found


@pytest.mark.model
@pytest.mark.parametrize("text", UNCODED)
def test_sense_is_not_coded(text: str, coder: Coder) -> None:
    from according.records import Report

    found = [(m.type, m.trigger.text) for m in coder.code(Report(id="r", text=text)).mentions]
    assert [f for f in found if f[0] in CONFLICT] == []
