"""Find the mentions of a report: drafts, folding, factuality, type rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from according.codebook.link import Codebook
from according.events.drafts import Drafter
from according.events.fold import Folder
from according.events.linked import ClauseLinker
from according.events.model import Draft, Entities, SkippedDraft, Speech
from according.events.speech_acts import MODE_OF_WANTED, mode_of_wanted
from according.events.spokesmen import speaks_for
from according.events.told_before import ReportLinker
from according.language.model import Clause, Function, Link, ParsedReport


@dataclass(frozen=True, slots=True)
class Found:
    """Drafts of mentions, and what was seen and not coded."""

    drafts: tuple[Draft, ...]
    skipped: tuple[SkippedDraft, ...]


def find_mentions(parsed: ParsedReport, codebook: Codebook, entities: Entities, speech: Speech) -> Found:
    """Find every event mention of a report.

    Args:
        parsed: The report with its clauses.
        codebook: Types, triggers and folding rules.
        entities: Who the noun phrases name.
        speech: Who speaks where.

    Returns:
        Drafts in text order. No two share type and trigger.
    """
    drafter = Drafter(parsed, codebook, entities, speech)
    drafts = drafter.with_factuality(drafter.find())
    drafts = Folder(parsed).fold(drafts)
    drafts = drafter.filled(drafter.threats(drafts))
    defiance = drafter.defiance(drafts)
    heads = {d.head for d in defiance}
    defied = {h for d in defiance for h in d.alternates}
    demands = drafter.demands(drafts)
    drafts = [d for d in drafts if d.head not in heads]
    drafts = [replace(d, steps=(*d.steps, "defied")) if d.head in defied else d for d in drafts]
    asked = {h for d in demands for h in d.alternates}
    drafts = [
        replace(d, factuality="wanted") if d.head in asked and d.factuality == "planned" else d
        for d in drafts
    ]
    drafts += demands + defiance
    by_head = {d.head: d for d in drafts}
    purposes: dict[int, Draft] = {}  # what is wanted, by the verb whose purpose it was read as
    for d in by_head.values():
        if d.factuality == "wanted" and d.clause.link is Link.PURPOSE and d.clause.governor is not None:
            purposes.setdefault(d.clause.governor, d)
    drafts = [_with_mode(d, by_head, purposes) for d in drafts]
    by_head = {d.head: d for d in drafts}
    drafts = [_by_rule(d, by_head, parsed, codebook, entities, speech) for d in drafts]
    seen: set[tuple[str, int]] = set()
    out = []
    for draft in sorted(drafts, key=lambda d: (d.tokens[0], d.type)):
        if (draft.type, draft.tokens[0]) not in seen:
            seen.add((draft.type, draft.tokens[0]))
            out.append(draft)
    out = ClauseLinker(parsed, entities, speech).link(out)
    return Found(tuple(ReportLinker(parsed, entities).link(out)), tuple(drafter.skipped))


def _with_mode(draft: Draft, by_head: dict[int, Draft], purposes: dict[int, Draft]) -> Draft:
    """The mode of a request or refusal is what the recipient is to do."""
    if draft.type not in ("REQUEST", "REJECT"):
        return draft
    for argument in draft.clause.arguments:
        if argument.function in (Function.CLAUSE, Function.OBJECT, Function.OBLIQUE):
            inner = by_head.get(argument.head)
            told = draft.mode is None or (inner is not None and inner.mode == "resign")
            if inner is not None and told and inner.type in MODE_OF_WANTED:
                return replace(draft, mode=mode_of_wanted(inner))
    if draft.mode is not None:
        return draft
    inner = purposes.get(draft.clause.head)  # "pressed THE REBELS to leave" read as a purpose
    return draft if inner is None else replace(draft, mode=mode_of_wanted(inner))


def _by_rule(
    draft: Draft,
    by_head: dict[int, Draft],
    parsed: ParsedReport,
    codebook: Codebook,
    entities: Entities,
    speech: Speech,
) -> Draft:
    """Apply the first folding rule that fits."""
    if "demand" in draft.steps:
        return draft
    outer = _outer_types(draft, by_head, parsed)
    for rule in codebook.folding:
        if draft.type not in rule.types or draft.factuality not in rule.factuality:
            continue
        if rule.modes and draft.mode not in rule.modes:
            continue
        if rule.lemmas and not any(w in rule.lemmas for w in _carriers(draft, parsed)):
            continue
        if rule.modals and _modal(draft, parsed) not in rule.modals:
            continue
        if rule.joint and not _is_joint(draft, parsed):
            continue
        if rule.said and (
            any(d.type == "THREATEN" for d in outer) or not _is_said(draft, parsed, entities, speech)
        ):
            continue
        if rule.own is not None and rule.own != _is_own(draft, outer, parsed, entities, speech):
            continue
        if rule.under and not any(
            _under(word, outer, draft, parsed, codebook.classes) for word in rule.under
        ):
            continue
        if rule.becomes is None:
            return draft
        return replace(
            draft,
            type=rule.becomes,
            mode=rule.mode,
            factuality=rule.tells or draft.factuality,
            steps=(*draft.steps, f"rule {rule.id}"),
        )
    return draft


def _carriers(draft: Draft, parsed: ParsedReport) -> set[str]:
    """Lemma of a predicate and of the verb that carries it, each also with its particle."""
    clauses = [draft.clause]
    if (support := parsed.clause_at(draft.clause.support)) is not None:
        clauses.append(support)
    return {w for c in clauses for w in (c.lemma, f"{c.lemma} {c.particle}", *_adverbs(c, parsed))}


def _adverbs(clause: Clause, parsed: ParsedReport) -> list[str]:
    """A verb with each adverb that may be its particle: "fell APART"."""
    if clause.pos != "verb":
        return []
    near = [t for t in parsed.doc[clause.head].children if t.dep_ in ("advmod", "prt")]
    return [f"{clause.lemma} {t.lower_}" for t in near]


def _is_joint(draft: Draft, parsed: ParsedReport) -> bool:
    """Whether several act together, be it under one noun: "FRENCH AND ITALIAN ships"."""
    words = [t for a in draft.actors for t in parsed.doc[a.head].subtree]
    if draft.clause.pos == "verb" and any(
        t.lower_ in ("together", "jointly") for t in parsed.doc[draft.head].children
    ):
        return True
    peoples = {t.lower_ for t in words if t.ent_type_ in ("NORP", "GPE")}
    return len({a.head for a in draft.actors}) > 1 or (
        len(peoples) > 1 and any(t.lower_ == "and" for t in words)
    )


def _merely_aimed_at(draft: Draft) -> bool:
    """Whether an act is told as a purpose, which announces nothing: "toured Asia TO REASSURE allies"."""
    return draft.clause.link is Link.PURPOSE and draft.clause.modal is None and draft.clause.tense is None


def _modal(draft: Draft, parsed: ParsedReport) -> str | None:
    """The modal verb of a predicate or of the verb that carries it; "will" for any future."""
    clause = draft.clause
    if clause.support is not None:
        clause = parsed.clause_at(clause.support) or clause
    governor = parsed.clause_at(clause.governor) if clause.link is Link.PURPOSE else None
    if governor is not None and clause.infinitive:  # "will not go there to meet him"
        clause = governor
    return "will" if clause.tense == "future" else clause.modal


def _outer_types(draft: Draft, by_head: dict[int, Draft], parsed: ParsedReport) -> list[Draft]:
    """Drafts on the clauses that govern this one, innermost first."""
    governing = [c.head for c in parsed.chain(draft.clause)[:4]]
    if draft.clause.support is not None and (support := parsed.clause_at(draft.clause.support)) is not None:
        governing += [c.head for c in parsed.chain(support)[:4]]
    return [by_head[h] for h in dict.fromkeys(governing) if h in by_head and h != draft.head]


def _under(
    word: str, outer: list[Draft], draft: Draft, parsed: ParsedReport, classes: Mapping[str, frozenset[str]]
) -> bool:
    if word == "none":
        return not outer
    if word.startswith("type:"):
        return any(d.type == word[5:] for d in outer)
    lemmas = frozenset({word[1:]}) if word.startswith("=") else classes.get(word, frozenset())
    return any(c.lemma in lemmas for c in parsed.chain(draft.clause)[:3])


def _is_said(draft: Draft, parsed: ParsedReport, entities: Entities, speech: Speech) -> bool:
    """Whether the doer himself says that he will do it: "the mayor said he would ban it"."""
    speaker = speech.speaker(draft.head)
    if speaker is None or not draft.actors:
        return False
    if any(
        entities.is_same(a.head, speaker) or speaks_for(parsed, entities, speaker, a.head)
        for a in draft.actors
    ):
        return True
    pronoun = parsed.doc[draft.actors[0].head]
    return pronoun.lower_ in ("we", "i") and pronoun.sent == parsed.doc[draft.head].sent


def _is_aim(draft: Draft, parsed: ParsedReport) -> bool:
    """Whether an act is only what another act is for: "sent medics to HELP the wounded"."""
    clause = draft.clause
    if clause.support is not None and clause.support_kind == "light":
        clause = parsed.clause_at(clause.support) or clause
    governor = parsed.clause_at(clause.governor)
    return (
        clause.link is Link.PURPOSE
        and draft.factuality == "planned"
        and governor is not None
        and governor.pos == "verb"
        and governor.tense != "future"
        and governor.modal is None
        and not governor.infinitive
    )


def _is_own(
    draft: Draft, outer: list[Draft], parsed: ParsedReport, entities: Entities, speech: Speech
) -> bool:
    """Whether the speaker, or the report where nobody speaks, announces the actor's own act."""
    if draft.factuality == "wanted" or _is_aim(draft, parsed):
        return False
    if any(d.type in ("REQUEST", "ACCUSE", "THREATEN", "REJECT") for d in outer):
        return False
    speaker = speech.speaker(draft.head)
    if speaker is None or not draft.actors:
        return True
    return any(entities.is_same(a.head, speaker) for a in draft.actors) or draft.clause.modal in (
        None,
        "will",
        "going to",
        "be to",
    )
