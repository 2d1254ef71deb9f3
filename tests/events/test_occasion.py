"""Who killed, where the act that caused a death is told in a noun or clause beside it."""

from __future__ import annotations

from datetime import date

import pytest

from according.coder import Coder
from according.records import Mention, Report

pytestmark = pytest.mark.model

# text, trigger, actors, killed, injured
CASES = [
    ("37 people were killed in police firing on Friday.", "firing", ["police"], (37, 37), None),
    (
        "One man was killed when police opened fire on a mob near the mill.",
        "killed",
        ["police"],
        (1, 1),
        None,
    ),
    (
        "Police opened fire on a mob. Two men were killed in the firing.",
        "killed",
        ["Police"],
        (2, 2),
        None,
    ),
    ("About 100 people were shot dead by soldiers.", "shot", ["soldiers"], (100, 100), None),
    ("The gunman was killed when he opened fire on guards.", "killed", [], (1, 1), None),
]


def only(coder: Coder, text: str, trigger: str) -> Mention:
    coded = coder.code(Report(id="t", text=text, published=date(2019, 3, 5)))
    found = [m for m in coded.mentions if m.trigger.text.endswith(trigger)]
    assert len(found) == 1, [(m.trigger.text, m.rule) for m in coded.mentions]
    return found[0]


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "killed", "injured"), CASES, ids=[c[0][:40] for c in CASES]
)
def test_tolls(
    coder: Coder,
    text: str,
    trigger: str,
    actors: list[str],
    killed: tuple[int, int],
    injured: tuple[int, int] | None,
) -> None:
    mention = only(coder, text, trigger)
    assert [a.span.text for a in mention.actors] == actors
    assert mention.killed is not None
    assert (mention.killed.low, mention.killed.high) == killed
    found = mention.injured and (mention.injured.low, mention.injured.high)
    assert found == injured


def test_a_storm_leaves_no_mention(coder: Coder) -> None:
    coded = coder.code(Report(id="t", text="Storms left two people dead and four injured."))
    assert not coded.mentions
