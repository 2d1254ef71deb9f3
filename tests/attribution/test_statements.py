"""Who says what, in sentences written for these tests."""

from __future__ import annotations

import pytest
from spacy.language import Language

from according.attribution.chains import attribution_chain
from according.attribution.cues import load_cues
from according.attribution.model import StatementDraft
from according.attribution.statements import find_statements
from according.language.model import ParsedReport
from according.records import Report

pytestmark = pytest.mark.model

# text, speaker, cue, content pieces, stance
CASES = [
    (
        "The minister said that rebels had shelled the port.",
        "The minister", "said", ["rebels had shelled the port"], "asserts",
    ),
    ("Rebels shelled the port, the minister said.", "the minister", "said",
     ["Rebels shelled the port"], "asserts"),
    (
        "“We will not leave,” said Marta Lind, a councillor. “This is our town.”",
        "Marta Lind, a councillor", "said", ["“We will not leave,”", "“This is our town.”"], "asserts",
    ),
    (
        '"We are leaving," the mayor said.',
        "the mayor", "said", ['"We are leaving,"'], "asserts",
    ),
    ('"We left," the baker, who declined to be named, told the paper.', "the baker", "told",
     ['"We left,"'], "asserts"),
    ("Marta Lind said in a message that the guards had sided with the thieves.", "Marta Lind", "said",
     ["the guards had sided with the thieves"], "asserts"),
    ("The army denied that its planes had bombed the camp.", "The army", "denied",
     ["its planes had bombed the camp"], "denies"),
    ("The president urged the generals to release the prisoners.", "The president", "urged",
     ["the generals to release the prisoners"], "wants"),
    ("The commander ordered his men to burn the village.", "The commander", "ordered",
     ["his men to burn the village"], "orders"),
    ("The group is believed to have killed the judge.", None, "is believed",
     ["The group", "to have killed the judge"], "alleges"),
    ("According to the Red Cross, two nurses were abducted.", "the Red Cross", "According to",
     ["two nurses were abducted"], "asserts"),
    ("The rebels reportedly seized the airport.", None, "reportedly",
     ["The rebels", "seized the airport"], "alleges"),
    ("The union called for a general strike.", "The union", "called for", ["a general strike"], "wants"),
    ("The envoy's claim that the truce had failed was dismissed.", "The envoy's", "claim",
     ["the truce had failed"], "alleges"),
    ("The villagers were told that the bridge had fallen.", None, "were told",
     ["the bridge had fallen"], "alleges"),
    ("The envoy pressed for the army to leave the valley.", "The envoy", "pressed for",
     ["the army to leave the valley"], "wants"),
    ("In March, the envoy said, both armies left the valley.", "the envoy", "said",
     ["In March", "both armies left the valley"], "asserts"),
    ("The spokesman declined to say whether the hostages were alive.", "The spokesman", "declined to say",
     ["whether the hostages were alive"], "wants"),
    ("Also in the past week, Lind said, the navy sank two boats.", "Lind", "said",
     ["Also in the past week", "the navy sank two boats"], "asserts"),
    ("The island, as one aide pointed out, seldom sees snow.", "one aide", "pointed out",
     ["The island", "seldom sees snow"], "asserts"),
    ("The envoy was clear that while talks go on it is too early to open the border, it is right to talk.",
     "The envoy", "was clear",
     ["while talks go on it is too early to open the border, it is right to talk"], "asserts"),
    ("The mayor made it clear that the bridge would stay shut.", "The mayor", "made it clear",
     ["the bridge would stay shut"], "asserts"),
    ("According to a report by the Red Cross, two nurses were abducted.", "the Red Cross", "According to",
     ["two nurses were abducted"], "asserts"),
    ("By one estimate, 300 homes burned down last week in the north.", "one estimate", "By",
     ["300 homes burned down last week in the north"], "asserts"),
    ("The hope is that talks will resume in May.", None, "hope", ["talks will resume in May"], "wants"),
    ("The plan was rejected by the council.", "the council", "was rejected by", ["The plan"], "wants"),
    ("The mayor was accused of hiding the bill.", None, "was accused",
     ["The mayor", "hiding the bill"], "alleges"),
    ("He does not believe that rebels shelled the town.", "He", "does not believe",
     ["rebels shelled the town"], "denies"),
    ("The costs may rise while the firm talks to its banks, Lind said. “The other thing is a strike.”",
     "Lind", "said",
     ["The costs may rise while the firm talks to its banks", "“The other thing is a strike.”"], "asserts"),
    ("“We lost our homes and nobody came.” — Marta Lind", "Marta Lind", "—",
     ["“We lost our homes and nobody came.”"], "asserts"),
    ("Lind said the number of boats sunk in support of the blockade \nnow totals 31.", "Lind", "said",
     ["the number of boats sunk in support of the blockade \nnow totals 31"], "asserts"),
    ("Dozens of members of the party condemned the raid.", "Dozens of members of the party", "condemned",
     ["the raid"], "asserts"),
    ("The council accused the militia of burning the mill.", "The council", "accused",
     ["the militia of burning the mill"], "alleges"),
    ("Opposition: Army shelled hospital.\n\nThe army stayed silent.", "Opposition", ":",
     ["Army shelled hospital"], "asserts"),
]  # fmt: skip


def _find(nlp: Language, text: str) -> tuple[ParsedReport, tuple[StatementDraft, ...]]:
    parsed = ParsedReport(Report(id="t", text=text), nlp(text))
    return parsed, find_statements(parsed, load_cues())


def _words(text: str, piece: tuple[int, int] | None) -> str | None:
    return None if piece is None else text[slice(*piece)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "stance"), CASES, ids=[c[0][:40] for c in CASES]
)
def test_statement(
    nlp: Language, text: str, source: str | None, cue: str, content: list[str], stance: str
) -> None:
    _, found = _find(nlp, text)
    rows = [
        (_words(text, d.source), _words(text, d.cue), [_words(text, c) for c in d.content], d.stance)
        for d in found
    ]
    assert (source, cue, content, stance) in rows


@pytest.mark.parametrize(
    "text",
    ["The column reached the river at dawn.", "He tried the door and went on along the corridor."],
)
def test_nothing_said(nlp: Language, text: str) -> None:
    assert _find(nlp, text)[1] == ()


def test_quotation_over_paragraphs_is_one_statement(nlp: Language) -> None:
    text = "The bishop said:\n\n“The road was closed on Friday.\n\n“Nobody could reach the hospital.”"
    _, found = _find(nlp, text)
    assert [len(d.content) for d in found] == [2]
    assert found[0].manner == "direct"


def test_nested_statement_has_its_parent(nlp: Language) -> None:
    text = "The newspaper reported that the governor denied that troops had entered the city."
    parsed, found = _find(nlp, text)
    assert [d.cue_lemma for d in found] == ["report", "deny"]
    assert [d.parent for d in found] == [None, 0]
    entered = next(t.i for t in parsed.doc if t.text == "entered")
    chain = attribution_chain(parsed, found, entered)
    assert [(found[link.draft].cue_lemma, link.stance) for link in chain] == [
        ("report", "asserts"),
        ("deny", "denies"),
    ]


def test_presupposed_event_is_the_next_outer_voice(nlp: Language) -> None:
    text = "The envoy said the council condemned the raid on the market."
    parsed, found = _find(nlp, text)
    raid = next(t.i for t in parsed.doc if t.text == "raid")
    assert [found[k.draft].cue_lemma for k in attribution_chain(parsed, found, raid)] == ["say"]


def test_speech_act_is_told_by_the_reporter_of_it(nlp: Language) -> None:
    text = "“We condemn the raid,” the envoy said."
    parsed, found = _find(nlp, text)
    condemn = next(t.i for t in parsed.doc if t.text == "condemn")
    assert attribution_chain(parsed, found, condemn, speech_act=True) == ()
    assert len(attribution_chain(parsed, found, condemn)) == 1


def test_same_speaker_is_collapsed_and_keeps_the_inner_stance(nlp: Language) -> None:
    text = "The minister said he believes the rebels burned the mill."
    parsed, found = _find(nlp, text)
    burned = next(t.i for t in parsed.doc if t.text == "burned")
    chain = attribution_chain(parsed, found, burned, same_speaker=lambda a, b: True)
    assert [k.stance for k in chain] == ["alleges"]
    assert len(attribution_chain(parsed, found, burned, same_speaker=lambda a, b: False)) == 2


def test_content_reads_back_from_the_text(nlp: Language) -> None:
    for text, *_ in CASES:
        for draft in _find(nlp, text)[1]:
            for a, b in draft.content:
                assert 0 <= a < b <= len(text)
                assert text[a:b].strip() == text[a:b]


@pytest.mark.parametrize(
    "text",
    [
        "The army did not say that its planes had bombed the village.",
        "The army neither confirmed nor denied that its planes had bombed the village.",
        "The army refused to say whether its planes had bombed the village.",
        "The army would not confirm that its planes had bombed the village.",
    ],
)
def test_what_is_left_open_is_not_the_speakers(nlp: Language, text: str) -> None:
    parsed, found = _find(nlp, text)
    bombed = next(t.i for t in parsed.doc if t.text == "bombed")
    assert found
    assert attribution_chain(parsed, found, bombed) == ()


def test_speech_that_is_only_named_is_no_statement(nlp: Language) -> None:
    _, found = _find(nlp, "Judges upheld the right to demand a lawyer.")
    assert [d.cue_lemma for d in found if d.cue_lemma == "demand"] == []


def test_quoted_speaker_tells_of_others_but_not_of_feelings(nlp: Language) -> None:
    text = "“The army denied that it shelled the mill, and my neighbours want peace,” the miller said."
    _, found = _find(nlp, text)
    assert {d.cue_lemma for d in found} == {"say", "deny"}


def test_title_with_a_full_stop_does_not_cut_the_speaker_off(nlp: Language) -> None:
    text = "Kenyan troops held their positions near town, army spokesman Navy Capt. Peter Lind said today."
    parsed, found = _find(nlp, text)
    held = next(t.i for t in parsed.doc if t.text == "held")
    chain = attribution_chain(parsed, found, held)
    assert [text[slice(*(found[k.draft].source or (0, 0)))] for k in chain] == [
        "army spokesman Navy Capt. Peter Lind"
    ]
