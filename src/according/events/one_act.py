"""Whether two predicates tell one act: the tests that folding puts to a pair of drafts."""

from __future__ import annotations

from according.events.model import Draft
from according.language.model import Argument, Function, Link

_AGREEMENT_VERBS = frozenset(
    {
        "sign", "ratify", "reach", "strike", "adopt", "violate", "break", "breach", "announce",
        "declare", "conclude", "initial", "ink", "seal", "clinch", "finalise", "finalize", "endorse",
        "approve", "flout", "shatter", "abrogate",
    }
)  # fmt: skip
_ACCORDS = frozenset({"SUPPORT", "AGREE", "ASSAULT", "REJECT", "CONCEDE"})
_HELPING = frozenset(
    {"support", "help", "assist", "back", "aid", "strengthen", "bolster", "boost", "sustain"}
)
_COMMITTING = frozenset({"agree", "offer", "promise", "pledge", "vow", "undertake", "consent"})
_DISPERSING = frozenset({"disperse", "break", "scatter", "drive", "subdue", "repel", "clear"})
_GROUNDS = frozenset(
    {
        "road", "street", "highway", "motorway", "square", "station", "office", "building", "house",
        "residence", "ministry", "headquarters", "embassy", "consulate", "gate", "court", "hospital",
        "university", "college", "school", "campus", "bridge", "port", "factory", "mine", "plant",
        "march", "procession", "rally", "protest", "demonstration", "sit-in", "dharna", "vigil",
        "crossing", "junction", "track", "railway", "parliament", "palace", "secretariat", "capital",
        "city", "town", "avenue", "bypass", "intersection", "camp", "airport", "complex", "premise",
    }
)  # fmt: skip
_RESULTS = frozenset({"die", "kill", "injure", "wound", "hurt", "perish"})


def is_told_twice(outer: Draft, verb: Draft) -> bool:
    """Whether a purpose is the same act again: "summoned the envoy TO PROTEST", "fired gas TO DISPERSE"."""
    used = verb.clause.link is Link.COMPLEMENT and outer.clause.lemma in ("use", "employ", "deploy")
    given = outer.type == "AID" and verb.clause.infinitive and given_for(verb, {outer.head: outer}) is outer
    bid = verb.clause.link is Link.COMPLEMENT and verb.clause.infinitive and outer.type == "ACCUSE"
    if verb.clause.link is not Link.PURPOSE and not used and not bid and not given:
        return False
    if outer.type == "ACCUSE" and outer.clause.lemma in ("summon", "call", "recall", "convoke"):
        return verb.type == "ACCUSE" or (verb.type == "PROTEST" and verb.clause.lemma == "protest")
    if outer.type == verb.type == "AID":  # "sent doctors TO HELP the victims"
        return {a.head for a in verb.actors} <= {a.head for a in outer.actors}
    if outer.type == "AID" and verb.type in ("SUPPORT", "COOPERATE") and verb.clause.lemma in _HELPING:
        return {a.head for a in verb.actors} <= {
            a.head for a in outer.actors
        }  # "gave trucks TO SUPPORT farmers"
    return (
        outer.type == verb.type == "ASSAULT"
        and verb.clause.lemma in _DISPERSING
        and {a.head for a in verb.actors} <= {a.head for a in outer.actors}
    )


def given_for(verb: Draft, by_head: dict[int, Draft]) -> Draft | None:
    """The gift whose purpose hangs as an infinitive on what is given: "gave trucks TO SUPPORT farmers"."""
    if not verb.clause.infinitive or verb.clause.lemma not in _HELPING:
        return None
    return next(
        (
            d
            for d in by_head.values()
            if d.type == "AID"
            and d.head < verb.head
            and any(a.head == verb.clause.governor for a in d.clause.arguments)
        ),
        None,
    )


def among(noun: Draft, verb: Draft) -> bool:
    """Whether a noun names nobody as acting but those who act in the verb."""
    return {a.head for a in noun.actors} <= {a.head for a in verb.actors} and (
        noun.mode == verb.mode or noun.mode == "demo" or verb.mode == "demo" or verb.mode is None
    )


def names_no_one(noun: str) -> bool:
    """Whether a noun names a place or a gathering, which demands nothing itself."""
    return noun in _GROUNDS


def is_demonstrated(protest: Draft, verb: Draft) -> bool:
    """Whether a demand or complaint is made by demonstrating: "marched to DEMAND her release"."""
    return (
        protest.type == "PROTEST"
        and verb.type in ("REQUEST", "ACCUSE", "PROTEST")
        and (
            verb.clause.link is Link.PURPOSE
            or (verb.clause.link is Link.COMPLEMENT and verb.clause.infinitive)
            or (verb.clause.gerund and verb.clause.link in (Link.ADVERBIAL, Link.PARTICIPLE))
        )
        and {a.head for a in verb.actors} <= {a.head for a in protest.actors}
    )


def agrees(verb: Draft, noun: Draft) -> bool:
    """Whether the verb tells what is done with an accord: "signed a treaty", "agreed on a truce"."""
    if verb.clause.lemma in ("give", "grant", "issue") and verb.type == noun.type == "AGREE":
        return True  # "has not given any PERMISSION" grants none
    if verb.mode == noun.mode == "resign":
        return True  # "tendered his RESIGNATION"
    if verb.clause.lemma == "agree":
        return verb.type == "AGREE" and (noun.type == "AGREE" or noun.mode == "ceasefire")
    return verb.clause.lemma in _AGREEMENT_VERBS and verb.type in _ACCORDS


def further_result(noun: Draft, verb: Draft) -> bool:
    """Whether a verb tells a second result: "a bombing killed two and WOUNDED five"."""
    return (
        noun.clause.pos == "noun"
        and noun.clause.support_kind == "result"
        and verb.clause.lemma in _RESULTS
        and any(a.head == noun.head for a in verb.clause.get(Function.SUBJECT))
    )


def gives_word(verb: Draft, by_head: dict[int, Draft]) -> bool:
    """Whether a verb is a commitment of its own, and not the content of one: "agreed to OFFER aid"."""
    above = by_head.get(verb.clause.governor) if verb.clause.governor is not None else None
    return (
        verb.type == "AGREE" and verb.clause.lemma in _COMMITTING and (above is None or above.type != "AGREE")
    )


def judge_alike(first: Draft, second: Draft) -> bool:
    """Whether two adjectives blame the same."""
    return (
        first.type == second.type == "ACCUSE"
        and first.mode == second.mode
        and first.clause.pos == "adj"
        and {a.head for a in first.actors} == {a.head for a in second.actors}
    )


def answered_mode(verb: Draft, noun: Draft) -> str | None:
    """The mode of an answer: what a demand that is refused asks for is what is refused."""
    if noun.type == "REQUEST" and verb.type == "REJECT":
        return noun.mode or verb.mode
    return verb.mode or (noun.mode if verb.type == noun.type else None)


def is_comment(outer: Draft, verb: Draft) -> bool:
    """Whether a verb only says in what words somebody is condemned, or how long a threat leaves him."""
    blame = outer.type == verb.type == "ACCUSE" and outer.mode == verb.mode == "disapprove"
    return (
        (blame or outer.type == verb.type == "THREATEN")
        and verb.clause.gerund
        and verb.clause.link is Link.ADVERBIAL
        and {a.head for a in verb.actors} <= {a.head for a in outer.actors}
    )


def held(verb: Draft, a: Argument) -> bool:
    """Whether a verb only tells that there was what its object names: "FORMED a human chain"."""
    return a.function is Function.OBJECT and verb.clause.lemma in ("form", "make", "create", "build")


def objects(draft: Draft) -> set[int]:
    """Heads of what the verb of a draft is done to."""
    return {a.head for a in draft.clause.arguments if a.function is Function.OBJECT}
