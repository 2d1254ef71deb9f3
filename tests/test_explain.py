"""`explain` shows words, rule, path and chain, and says what is wrong with an id."""

from __future__ import annotations

import pytest

from according.errors import ConfigError
from according.explain import explain
from according.records import CodedReport


def test_mention_shows_words_rule_and_chain(sample: CodedReport) -> None:
    shown = explain(sample, "m-aa11").plain
    assert "[attacked]" in shown and "assault.attack.v" in shown
    assert "Ada Orlow (asserts)" in shown and "[said]" in shown and "s-1" in shown


def test_beginning_of_an_id_is_enough(sample: CodedReport) -> None:
    assert explain(sample, "m-aa").plain == explain(sample, "m-aa11").plain


def test_one_field_alone(sample: CodedReport) -> None:
    shown = explain(sample, "m-aa11.when").plain
    assert "[Monday]" in shown and "2020-05-04" in shown and "weekday before" in shown
    assert "[Lund]" not in shown and "recipient" not in shown


def test_rule_entry_of_the_codebook_is_shown(sample: CodedReport) -> None:
    from according.codebook.load import load_codebook

    trigger = load_codebook().triggers[0].trigger
    changed = sample.mentions[0].model_copy(update={"rule": f"{trigger.id}; passive"})
    shown = explain(sample.model_copy(update={"mentions": (changed,)}), changed.id).plain
    assert f"{trigger.lemma} ({trigger.pos})" in shown


def test_entity_and_statement(sample: CodedReport) -> None:
    assert "named in full" in explain(sample, "e-1").plain
    assert "asserts, mixed" in explain(sample, "s-1").plain


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("m-", "begins several"),
        ("zz", "nothing has the id"),
        ("", "nothing has the id"),
        ("m-ab22.when", "no value for 'when'"),
        ("s-1.cue", "only mentions have fields"),
    ],
)
def test_wrong_ids_say_what_to_do(sample: CodedReport, what: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        explain(sample, what)
    assert caught.value.hint
