"""The score: a number between 0 and 1 that falls when less speaks for a mention."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.codebook.model import Trigger
from according.events.score import features, load_weights, score


def _trigger(weight: float) -> Trigger:
    return Trigger(id="assault.bomb.v", lemma="bomb", pos="verb", frame="transitive", weight=weight)


def _score(weight: float, factuality: str = "happened", type_: str = "ASSAULT") -> float:
    found = features(_trigger(weight), type_, factuality, actors=1, recipients=1, speakers=1)
    return score(found, load_weights())


def test_a_trigger_that_is_trusted_more_scores_higher() -> None:
    scores = [_score(w / 10) for w in range(11)]
    assert scores == sorted(scores)
    assert scores[-1] > scores[0]


def test_an_act_that_did_not_happen_is_less_sure_than_one_that_did() -> None:
    assert _score(0.8, "negated") < _score(0.8)
    assert _score(0.8, "planned") < _score(0.8)


def test_a_users_own_type_is_scored_without_a_weight_of_its_own() -> None:
    assert 0 < _score(0.8, type_="LOCKOUT") < 1


def test_every_weight_is_of_a_feature_that_can_occur() -> None:
    names = {"constant"}
    for pos in ("verb", "noun", "adj"):
        trigger = _trigger(0.7).model_copy(update={"pos": pos, "when": {"object": ("any",)}})
        for type_ in {n.removeprefix("type ") for n in load_weights() if n.startswith("type ")}:
            for factuality in ("ongoing", "planned", "wanted", "possible", "negated"):
                names |= features(
                    trigger, type_, factuality, actors=0, recipients=0, speakers=1, steps=["demand", "rule x"]
                ).keys()
    assert set(load_weights()) <= names


@given(st.dictionaries(st.text(max_size=4), st.floats(-50, 50)))
def test_the_score_stays_a_probability(found: dict[str, float]) -> None:
    value = score(found, dict.fromkeys(found, 1.0))
    assert 0 <= value <= 1
    assert math.isfinite(value)


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_no_trigger_is_certain(weight: float) -> None:
    assert abs(features(_trigger(weight), "AID", "happened", actors=1, recipients=1, speakers=0)["trust"]) < 4
