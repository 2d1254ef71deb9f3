"""What is coded does not depend on the width at which a text was wrapped."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according import Coder, Report
from according.texts import soften_lines

TITLE = "Army denies striking school as talks resume"
PARAGRAPHS = [
    "NAIROBI — Government troops shelled a market in the town of Baidoa on Monday and killed at "
    "least twelve people, a spokesman for the regional health ministry said, while the army denied "
    "that any of its units had fired on civilians.",
    '"We did not attack the market, and we call on the rebels to release the six aid workers whom '
    "they abducted last week,\" the army's spokesman, Colonel Abdi Warsame, told reporters in the "
    "capital on Tuesday after the two sides had met.",
    "The foreign minister accused Ethiopia of sending weapons to the rebels. Ethiopia rejected the "
    "charge and said that it would withdraw its ambassador by the first of December unless the "
    "government apologised to its people.",
]


def _coded(text: str) -> list[object]:
    coded = Coder().code(Report(id="r", text=text))
    return [
        (
            m.type,
            m.mode,
            " ".join(m.trigger.text.split()),
            [" ".join(p.span.text.split()) for p in (*m.actors, *m.recipients)],
            m.factuality,
            [" ".join(a.span.text.split()) for a in m.attribution if a.span],
        )
        for m in coded.mentions
    ]


@pytest.mark.model
@pytest.mark.parametrize("width", [64, 72, 80, 100])
def test_a_wrapped_report_is_coded_as_the_same_report_in_long_lines(width: int) -> None:
    whole = "\n\n".join([TITLE, *PARAGRAPHS])
    wrapped = "\n\n".join([TITLE, *(textwrap.fill(p, width, break_on_hyphens=False) for p in PARAGRAPHS)])
    assert len(_coded(whole)) >= 5
    assert _coded(wrapped) == _coded(whole)


def test_line_ends_of_titles_lists_and_indented_paragraphs_stay() -> None:
    lines = textwrap.fill(PARAGRAPHS[0], 72).split("\n")
    text = "\n".join(
        [
            TITLE,
            "",
            *lines,
            "    Another paragraph begins with an indent and runs on to a second line",
            "there.",
        ]
    )
    soft = soften_lines(text)
    assert soft.count("\n") == 3
    assert "line there." in soft
    assert (
        soften_lines("- first\n- second\nTitle Case Here\nBody.")
        == "- first\n- second\nTitle Case Here\nBody."
    )


@given(st.text(alphabet=st.sampled_from("ab. ,\n\r\t'-é"), max_size=400))
def test_softened_text_differs_in_white_space_only(text: str) -> None:
    soft = soften_lines(text)
    assert len(soft) == len(text)
    assert all(a == b or (a in "\r\n\t " and b in " \n") for a, b in zip(text, soft, strict=True))
