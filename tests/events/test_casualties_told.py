"""Numbers of dead and hurt that another clause or sentence tells."""

from __future__ import annotations

import pytest

from according.coder import Coder
from according.records import Count, Report

pytestmark = pytest.mark.model


def numbers(coder: Coder, text: str) -> tuple[list[tuple[str, int | None]], list[tuple[str, int | None]]]:
    """The killed and the injured of a text, each with the trigger that carries them."""

    def of(field: str) -> list[tuple[str, int | None]]:
        found: list[tuple[str, int | None]] = []
        for m in coder.code(Report(id="r", text=text)).mentions:
            count: Count | None = getattr(m, field)
            if count is not None:
                found.append((m.trigger.text, count.low))
        return found

    return of("killed"), of("injured")


TOLD = [
    ("One person was killed and five injured in police firing.", [("firing", 1)], [("firing", 5)]),
    ("Two killed, ten injured in an attack on a bus.", [("attack", 2)], [("attack", 10)]),
    ("Three people were killed when a car bomb exploded.", [("killed", 3)], []),
    ("Two men died after police opened fire on the crowd.", [("fire", 2)], []),
    ("The death toll from the bombing has risen to 45.", [("bombing", 45)], []),
    ("The number of people killed in the attack rose to 45.", [("killed", 45)], []),
    ("Ten people lost their lives in the bombing.", [("lost", 10)], []),
    ("The mob burnt three men alive.", [("burnt", 3)], []),
    ("The shooting put two teenagers in the hospital.", [], [("put", 2)]),
    ("A girl was hit by gunfire.", [], [("gunfire", 1)]),
    ("Two marchers suffered bullet injuries.", [], [("bullet injuries", 2)]),
    ("Man killed in shooting.", [("shooting", 1)], []),
    ("Police shot three protesters.", [], [("shot", 3)]),
    ("Gunmen shot dead four guards.", [("shot", 4)], []),
    ("A guard was shot by rebels and later died.", [("shot", 1)], []),
    ("A man was shot on Monday. He later died in hospital.", [("shot", 1)], []),
    ("An officer shot a driver. The driver was pronounced dead.", [("shot", 1)], []),
    ("Three guards, including Ana Silva, were murdered.", [("murdered", 3)], []),
]


@pytest.mark.parametrize(("text", "killed", "injured"), TOLD)
def test_casualties(
    coder: Coder, text: str, killed: list[tuple[str, int]], injured: list[tuple[str, int]]
) -> None:
    assert numbers(coder, text) == (killed, injured)


NOBODY = [
    "Soldiers shot at the crowd.",
    "The rebels made an unsuccessful bid to kill him.",
    "Gunmen tried to shoot the mayor.",
    "The number of bombs dropped in the raid rose to 45.",
    "The mayor was shot at.",
    "The judge shot back with a question.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_counted(coder: Coder, text: str) -> None:
    assert numbers(coder, text) == ([], [])
