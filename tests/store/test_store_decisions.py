"""Decisions are only added; together with the coding they give the record that counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DBAPIError

from according.errors import NotStoredError, SearchQueryError
from according.store import Filter, Store, schema
from according.store.engine import writing
from store_factory import make_report


@pytest.fixture
def loaded(store: Store) -> Store:
    store.load([make_report(n, place=f"Town {n}", score=n / 10) for n in range(1, 6)], "one")
    return store


@pytest.mark.parametrize(
    "change",
    [update(schema.judgements).values(user="somebody else"), delete(schema.judgements)],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_change_a_decision(loaded: Store, change: object) -> None:
    loaded.append_judgement("ada", "r1", "m-1", "accept")
    with pytest.raises(DBAPIError, match="only added"), writing(loaded.engine) as connection:
        connection.execute(change)
    assert [j.user for j in loaded.list_judgements().items] == ["ada"]


def test_an_edit_notes_what_was_before(loaded: Store) -> None:
    made = loaded.append_judgement("ada", "r1", "m-1", "edit", field="mode", after="firearms", note="rifles")
    assert (made.before, made.after, made.coder, made.note, made.kind) == (
        None,
        "firearms",
        "one",
        "rifles",
        "edit",
    )
    again = loaded.append_judgement("ada", "r1", "m-1", "edit", field="mode", after="drone")
    assert again.before == "firearms"
    effective = loaded.get_effective("r1")
    assert effective.coded.mentions[0].mode == "drone"
    assert effective.decided == {"m-1": "edit"}
    assert loaded.get_report("r1").mentions[0].mode is None, "the coding itself stays"


def test_an_edit_takes_spans_and_people(loaded: Store) -> None:
    coded = loaded.get_report("r1")
    text = coded.report.text
    start = text.index("Town")
    span = {"start": start, "end": start + 6, "text": text[start : start + 6]}
    after = [{"span": span, "name": "Town 1 militia", "kind": "group", "sectors": ["REB"]}]
    loaded.append_judgement("ada", "r1", "m-1", "edit", field="actors", after=after)
    actor = loaded.get_effective("r1").coded.mentions[0].actors[0]
    assert (actor.name, actor.span.text, actor.sectors) == ("Town 1 militia", "Town 1", ("REB",))


@pytest.mark.parametrize(
    ("field", "after"), [("score", 7), ("colour", 1), ("id", "m-9"), ("actors", "x"), (None, 1)]
)
def test_an_edit_that_does_not_fit_is_refused(loaded: Store, field: str | None, after: object) -> None:
    with pytest.raises(SearchQueryError):
        loaded.append_judgement("ada", "r1", "m-1", "edit", field=field, after=after)
    assert loaded.list_judgements().items == ()


def test_a_decision_on_nothing_is_refused(loaded: Store) -> None:
    with pytest.raises(NotStoredError):
        loaded.append_judgement("ada", "r1", "m-99", "accept")
    with pytest.raises(NotStoredError):
        loaded.append_judgement("ada", "r99", "m-1", "accept")
    with pytest.raises(SearchQueryError):
        loaded.append_judgement("ada", "r1", "m-1", "maybe")


def test_undo_adds_a_decision_and_takes_back_one_at_a_time(loaded: Store) -> None:
    first = loaded.append_judgement("ada", "r1", "m-1", "reject")
    second = loaded.append_judgement("ada", "r2", "m-2", "reject")
    loaded.append_judgement("bo", "r3", "m-3", "reject")
    assert loaded.undo("ada").pk == second.pk
    assert loaded.undo("ada").pk == first.pk
    with pytest.raises(NotStoredError):
        loaded.undo("ada")
    with pytest.raises(NotStoredError):
        loaded.undo("ada", first.pk)
    assert [j.kind for j in loaded.list_judgements().items].count("undo") == 2
    assert [(j.user, j.undone) for j in loaded.list_judgements(live=True).items] == [("bo", False)]
    assert [j.undone for j in loaded.list_judgements(mention="m-1").items] == [False, True]
    assert loaded.get_effective("r1").coded == loaded.get_report("r1")
    assert loaded.get_effective("r3").coded.mentions == ()


def test_decisions_outrank_a_later_coding(loaded: Store) -> None:
    loaded.append_judgement("ada", "r1", "m-1", "accept")
    loaded.append_judgement("ada", "r2", "m-2", "reject")
    loaded.append_judgement("ada", "r3", "m-3", "edit", field="type", after="COERCE")
    new = []
    for n in (1, 2, 3, 4):
        coded = make_report(n, place=f"Town {n}", score=0.9)
        mention = coded.mentions[0].model_copy(update={"id": f"m-new{n}", "mode": "drone"})
        event = coded.events[0].model_copy(update={"mentions": (mention.id,)})
        new.append(coded.model_copy(update={"mentions": (mention,), "events": (event,)}))
    loaded.load(new, "two")
    kept = loaded.get_effective("r1")
    assert [(m.id, m.mode) for m in kept.coded.mentions] == [("m-1", None)]
    assert kept.carried == ("m-1",)
    assert kept.coded.events[0].mentions == ("m-1",)
    out = loaded.get_effective("r2")
    assert out.coded.mentions == out.coded.events == ()
    assert [m.id for m in out.rejected] == ["m-new2"]
    assert [m.type for m in loaded.get_effective("r3").coded.mentions if m.id == "m-3"] == ["COERCE"]
    assert [m.id for m in loaded.get_effective("r4").coded.mentions] == ["m-new4"]


def test_an_adjudicator_outranks_later_coders(loaded: Store) -> None:
    loaded.append_judgement("eva", "r1", "m-1", "reject", role="adjudicator")
    loaded.append_judgement("ada", "r1", "m-1", "accept")
    effective = loaded.get_effective("r1")
    assert (effective.decided, effective.users) == ({"m-1": "reject"}, {"m-1": "eva"})
    assert loaded.get_effective("r1", user="ada").coded.mentions != ()


def test_the_queue_begins_with_the_lowest_score_and_forgets_what_is_done(loaded: Store) -> None:
    assert [m.id for m in loaded.queue("ada")] == ["m-1", "m-2", "m-3", "m-4", "m-5"]
    loaded.append_judgement("ada", "r1", "m-1", "skip")
    loaded.append_judgement("ada", "r2", "m-2", "flag")
    assert [m.id for m in loaded.queue("ada", limit=2)] == ["m-2", "m-3"]
    assert [m.id for m in loaded.queue("bo", limit=1)] == ["m-1"], "what others decided does not matter"
    loaded.undo("ada")
    loaded.undo("ada")
    assert loaded.queue("ada")[0].id == "m-1"
    assert [m.id for m in loaded.queue("ada", Filter(score_from=0.4))] == ["m-4", "m-5"]


def test_reviewed_follows_the_decisions(loaded: Store) -> None:
    loaded.append_judgement("ada", "r1", "m-1", "accept")
    assert [m.id for m in loaded.list_mentions(Filter(reviewed=True)).items] == ["m-1"]
    loaded.undo("ada")
    assert loaded.count_mentions(Filter(reviewed=True)) == 0


def test_two_people_at_once_lose_no_decision(loaded: Store) -> None:
    def decide(job: tuple[str, int]) -> None:
        user, n = job
        loaded.append_judgement(user, f"r{n}", f"m-{n}", "accept" if user == "ada" else "reject")

    jobs = [(user, n % 5 + 1) for n in range(20) for user in ("ada", "bo")]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(decide, jobs))
    made = loaded.list_judgements(limit=500).items
    assert len(made) == 40
    assert sorted((j.user, j.mention) for j in made) == sorted((u, f"m-{n}") for u, n in jobs)


def test_accounts_sessions_and_assignments(loaded: Store) -> None:
    loaded.add_user("ada", "coder", "hash-1")
    loaded.add_user("bo", "coder")
    with pytest.raises(SearchQueryError):
        loaded.add_user("ada", "reader")
    with pytest.raises(SearchQueryError):
        loaded.add_user("eve", "king")
    loaded.open_session("ada", "a" * 64)
    loaded.open_session("ada", "b" * 64, hours=-1)
    found = loaded.find_session("a" * 64)
    assert found is not None
    assert (found.name, found.role, found.password_hash) == ("ada", "coder", "hash-1")
    assert loaded.find_session("b" * 64) is None, "it has run out"
    assert loaded.find_session("c" * 64) is None
    assert loaded.change_user("ada", disabled=True).disabled
    assert loaded.find_session("a" * 64) is None
    assert [u.name for u in loaded.list_users()] == ["ada", "bo"]
    assert loaded.assign("trial", ["ada", "bo"], [("r1", "m-1"), ("r2", "m-2")]) == 4
    assert loaded.assign("trial", ["bo"], [("r1", "m-1"), ("r3", "m-3")]) == 1
    assert [m.id for m in loaded.queue("bo", batch="trial")] == ["m-1", "m-2", "m-3"]
    loaded.append_judgement("bo", "r1", "m-1", "accept", batch="trial")
    assert [m.id for m in loaded.queue("bo", batch="trial")] == ["m-2", "m-3"]
    assert len(loaded.list_assignments("trial", user="ada")) == 2
    with pytest.raises(NotStoredError):
        loaded.assign("trial", ["nobody"], [("r1", "m-1")])


def test_the_judgements_table_takes_no_decision_twice_back(loaded: Store) -> None:
    first = loaded.append_judgement("ada", "r1", "m-1", "reject")
    loaded.undo("ada", first.pk)
    row = {
        "at": "2020", "user": "ada", "role": "coder", "coder": "one", "coding_pk": first.coding,
        "report": "r1", "mention": "m-1", "kind": "undo", "undoes": first.pk,
    }  # fmt: skip
    with pytest.raises(DBAPIError), writing(loaded.engine) as connection:
        connection.execute(insert(schema.judgements).values(row))
