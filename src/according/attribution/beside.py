"""What a report sets beside somebody's words, which the parser reads as part of them."""

from __future__ import annotations

from spacy.tokens import Token

from according.attribution.holders import FINITE
from according.attribution.scene import Scene


def set_beside(scene: Scene, verb: Token, tokens: set[int]) -> set[int]:
    """Find the clauses of a sentence that the report itself tells beside what somebody said.

    Args:
        scene: The report.
        verb: The cue.
        tokens: The tokens taken for its content.

    Returns:
        Those of the tokens that are no content: "the ministry said ..., AS
        BEIJING CONDEMNED the sale", "they met, he said, HOURS AFTER a raid hit
        the town".
    """
    return _as_another_did(scene, verb, tokens) | _meanwhile(scene, verb, tokens)


def _as_another_did(scene: Scene, verb: Token, tokens: set[int]) -> set[int]:
    """What the report sets beside what is said: "the ministry said ..., AS BEIJING CONDEMNED the sale"."""
    if verb.dep_ != "ROOT" or not tokens or min(tokens) < verb.i:
        return set()
    told = next((t for t in verb.children if t.dep_ == "ccomp" and t.i > verb.i), None)
    clause = next((t for t in told.children if t.dep_ == "advcl" and t.i > told.i), None) if told else None
    if clause is None or clause.tag_ not in ("VBD", "VBZ") or clause.right_edge.i < max(tokens):
        return set()
    opens = clause.left_edge
    named = any(t.dep_ == "nsubj" and t.pos_ == "PROPN" for t in clause.children)
    if opens.lower_ not in ("as", "while") or scene.doc[opens.i - 1].text != "," or not named:
        return set()
    return scene.subtree(clause)


def _meanwhile(scene: Scene, verb: Token, tokens: set[int]) -> set[int]:
    """What the report sets beside it behind the cue: "they met, he said, HOURS AFTER a raid hit the town"."""
    out: set[int] = set()
    if not tokens or min(tokens) > verb.i:
        return out
    for i in (i for i in tokens if i > verb.i):
        clause = scene.doc[i]
        if clause.dep_ != "advcl" or clause.tag_ not in FINITE:
            continue
        mark = next((t.lower_ for t in clause.children if t.dep_ == "mark"), "")
        opens = clause.left_edge.i
        timed = any(t.dep_ == "npadvmod" and t.i < clause.i for t in clause.children)  # "HOURS after"
        aside = mark == "while" or (mark in ("after", "before") and timed)
        if opens > verb.i and scene.doc[opens - 1].text == "," and aside:
            out |= scene.subtree(clause)
    return out
