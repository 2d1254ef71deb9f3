"""The score of a mention: how likely it is to be right, as a number from 0 to 1.

A logistic model over what a reader would look at too: the trust in the
trigger, whether somebody acts and somebody is acted on, the kind of word, the
factuality. Its weights stand in `data/score.yml` and are made by
`benchmarks/calibrate.py`; docs/score.md shows how well they hold.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from according.codebook.model import Trigger
from according.data_files import read_data
from according.errors import CodebookSyntaxError

_DATA = "data/score.yml"
# A trigger's weight of 0 or 1 would be certainty, which no trigger has.
_MOST = 0.98


def features(
    trigger: Trigger,
    type_: str,
    factuality: str,
    *,
    actors: int,
    recipients: int,
    speakers: int,
    steps: Sequence[str] = (),
) -> dict[str, float]:
    """Give the features of a mention.

    Args:
        trigger: The trigger that fired.
        type_: Code of the type that was written, after folding.
        factuality: As in the record.
        actors: How many there are.
        recipients: How many there are.
        speakers: Length of the attribution chain.
        steps: The steps after the trigger's id in the mention's `rule`.

    Returns:
        Value by name; a feature that is not there is 0.

    Example:
        >>> t = Trigger(id="assault.bomb.v", lemma="bomb", pos="verb", frame="transitive", weight=0.5)
        >>> features(t, "ASSAULT", "happened", actors=1, recipients=0, speakers=0)
        {'trust': 0.0, 'no recipient': 1.0, 'type ASSAULT': 1.0}
    """
    weight = min(max(trigger.weight, 1 - _MOST), _MOST)
    out = {"trust": round(math.log(weight / (1 - weight)), 4)}
    told: Mapping[str, bool] = {
        "no actor": actors == 0,
        "no recipient": recipients == 0,
        "nobody": actors == 0 and recipients == 0,
        "noun": trigger.pos == "noun",
        "adjective": trigger.pos == "adj",
        "conditions": bool(trigger.when),
        "said by somebody": speakers > 0,
        f"factuality {factuality}": factuality != "happened",
        f"type {type_}": True,
        "changed type": any(s.startswith("rule ") for s in steps),
        "demand": "demand" in steps,
    }
    out.update({name: 1.0 for name, holds in told.items() if holds})
    return out


def score(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Turn features into a score.

    Args:
        found: From `features`.
        weights: By feature name, and "constant".

    Returns:
        Between 0 and 1, four decimals.

    Example:
        >>> score({"trust": 2.0, "noun": 1.0}, {"constant": -1.0, "trust": 0.5})
        0.5
    """
    total = weights.get("constant", 0.0) + sum(weights.get(name, 0.0) * x for name, x in found.items())
    return round(1 / (1 + math.exp(-max(min(total, 30.0), -30.0))), 4)


@lru_cache(maxsize=1)
def load_weights() -> Mapping[str, float]:
    """Load the weights that ship with the package.

    Raises:
        CodebookSyntaxError: The file does not hold a mapping of numbers.
    """
    raw = read_data(_DATA.removeprefix("data/"))
    weights = raw.get("weights") if isinstance(raw, dict) else None
    if not isinstance(weights, dict) or not all(isinstance(v, int | float) for v in weights.values()):
        raise CodebookSyntaxError("weights: a mapping of numbers is expected.", path=_DATA)
    return {str(k): float(v) for k, v in weights.items()}
