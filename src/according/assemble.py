"""Turn drafts into records: participants, times, places, chains of speakers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from according.attribution.chains import attribution_chain
from according.attribution.model import ChainLink, StatementDraft
from according.codebook.link import Codebook
from according.events.attach import attach_times, is_to_come
from according.events.carried import setting_of, share_times
from according.events.casualties import attach_counts
from according.events.mentions import Found
from according.events.model import Draft
from according.events.place_phrases import Phrase
from according.events.places import PlaceFinder
from according.events.presupposition import is_presupposed
from according.events.score import features, load_weights, score
from according.events.spokesmen import is_spokesman, speaks_for
from according.ids import content_id
from according.language.model import Argument, ParsedReport
from according.language.words import Words
from according.records import (
    Attribution,
    Mention,
    Participant,
    Place,
    Relation,
    Skipped,
    Source,
    Span,
    Stance,
    Statement,
    Time,
    When,
    Where,
)
from according.resolution.entities import EntityIndex
from according.resolution.places import where_for
from according.resolution.times import ahead, when_for
from according.speech import SpeechIndex

_QUOTES = re.compile(r"“[^”\n]{1,200}”|\"[^\"\n]{1,200}\"|‘[^’\n]{2,200}’(?!\w)|«[^»\n]{1,200}»")
_SO_CALLED = re.compile(r"\bso-called\s+((?:[A-Z][\w-]*\s?)+|\w+)")
_PLACES_BEFORE = 200
_PLACES_AFTER = 10
# Who says that he wants one of these has not made it by saying so.
_WILLED = frozenset({"AGREE", "SUPPORT", "CONCEDE"})
_BEFORE_TIME = 10
_OWN_VOICE = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of one report when its mentions are put together."""

    parsed: ParsedReport
    codebook: Codebook
    entities: EntityIndex
    statements: tuple[StatementDraft, ...]
    records: tuple[Statement, ...]
    speech: SpeechIndex
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    dead: tuple[int, ...] = ()


def build_statements(
    parsed: ParsedReport, drafts: Sequence[StatementDraft], entities: EntityIndex
) -> tuple[Statement, ...]:
    """Write statement drafts as records, with their speakers' names."""
    ids = [content_id("s", parsed.report.id, d.cue, d.content) for d in drafts]
    out = []
    text = parsed.report.text
    for draft, own in zip(drafts, ids, strict=True):
        source = None
        if draft.source is not None:
            name, entity = _speaker(parsed, draft, entities)
            source = Source(span=Span.of(text, *draft.source), name=name, entity=entity)
        out.append(
            Statement(
                id=own,
                source=source,
                cue=None if draft.cue is None else Span.of(text, *draft.cue),
                content=tuple(Span.of(text, a, b) for a, b in draft.content),
                manner=draft.manner,
                stance=draft.stance,
                parent=None if draft.parent is None else ids[draft.parent],
            )
        )
    return tuple(out)


def _speaker(
    parsed: ParsedReport, draft: StatementDraft, entities: EntityIndex
) -> tuple[str | None, str | None]:
    """Name and entity of a speaker; joint speakers have their names joined by semicolons."""
    if draft.source_head is None or draft.source is None:
        return None, None
    head = parsed.doc[draft.source_head]
    joint = [
        t
        for t in head.conjuncts
        if draft.source[0] <= t.idx < draft.source[1] and t.pos_ in ("PROPN", "NOUN")
    ]
    ids = tuple(dict.fromkeys(i for t in sorted((head, *joint), key=lambda t: t.i) for i in entities.at(t.i)))
    if not ids:
        return None, None
    names = [entities.get(i).name for i in ids]
    return "; ".join(names), ids[0]


def build_mentions(setting: Setting, found: Found) -> list[Mention]:
    """Write mention drafts as records, in text order."""
    times = attach_times(setting.parsed, found.drafts, setting.times)
    times = share_times(setting.parsed, found.drafts, times)
    by_head = {d.head: d for d in found.drafts}
    types = {d.head: d.type for d in found.drafts}
    finder = PlaceFinder(setting.parsed, setting.entities, setting.places, setting.speech)
    out: list[Mention] = []
    gathering: When | None = None
    for draft in found.drafts:
        phrases = finder.phrases(draft, types)
        mention = _mention(setting, draft, times.get(draft.head), by_head, phrases)
        if mention.when is None and gathering is not None:
            mention = _set_in(setting, draft, mention, gathering)
        region = setting.parsed.region_of[draft.head] if setting.parsed.region_of else None
        dated = mention.when is not None and mention.when.from_ is not None
        if mention.type == "CONSULT" and dated and (region is None or region.kind == "body"):
            gathering = mention.when
        out.append(mention)
    return out


def _set_in(setting: Setting, draft: Draft, mention: Mention, gathering: When) -> Mention:
    """Date a mention "during the meeting" by the meeting told before."""
    phrase = setting_of(setting.parsed, draft)
    if phrase is None:
        return mention
    span = setting.parsed.span(max(phrase.start - 1, 0), phrase.end)
    when = When(span=span, from_=gathering.from_, to=gathering.to, why="the day of the gathering told before")
    return mention.model_copy(update={"when": when})


def build_skipped(parsed: ParsedReport, found: Found) -> tuple[Skipped, ...]:
    """Write what was seen and not coded."""
    return tuple(
        Skipped(trigger=parsed.span(s.head, s.head + 1), type=s.type, reason=s.reason) for s in found.skipped
    )


def _mention(
    setting: Setting, draft: Draft, time: Time | None, by_head: Mapping[int, Draft], phrases: Iterable[Phrase]
) -> Mention:
    parsed = setting.parsed
    trigger = parsed.span(min(draft.tokens), max(draft.tokens) + 1)
    actors = _participants(setting, draft.actors)
    recipients = tuple(
        p for p in _participants(setting, draft.recipients) if p.span not in {a.span for a in actors}
    )
    counts = attach_counts(parsed, draft, setting.entities, setting.dead)
    chain = _chain(setting, draft, by_head)
    clause = _clause_span(parsed, draft)
    own_id = content_id("m", parsed.report.id, trigger.start, trigger.end, draft.type)
    return Mention(
        id=own_id,
        event=own_id,
        trigger=trigger,
        clause=clause,
        type=draft.type,
        mode=draft.mode,
        contexts=_contexts(setting, draft, (*actors, *recipients)),
        actors=actors,
        recipients=recipients,
        instruments=tuple(parsed.span(a.start, a.end) for a in draft.instruments),
        factuality=draft.factuality,
        attribution=chain,
        when=_when(setting, draft, time),
        where=_where(setting, phrases),
        killed=counts.get("killed"),
        injured=counts.get("injured"),
        detained=counts.get("detained"),
        size=counts.get("size"),
        quoted=_quoted(parsed, clause) if not setting.speech.quoted(draft.head) else (),
        rule="; ".join((draft.linked.trigger.id, *draft.steps)),
        score=score(
            features(
                draft.linked.trigger,
                draft.type,
                draft.factuality,
                actors=len(actors),
                recipients=len(recipients),
                speakers=len(chain),
                steps=draft.steps,
            ),
            load_weights(),
        ),
    )


def _participants(setting: Setting, arguments: Sequence[Argument]) -> tuple[Participant, ...]:
    out: list[Participant] = []
    for a in arguments:
        for p in setting.entities.participants(setting.parsed, a.start, a.end, a.head):
            twice = (
                [
                    n
                    for n, q in enumerate(out)
                    if q.entity == p.entity and (p.kind == "person" or p.span != q.span)
                ]
                if p.entity
                else []
            )
            if twice:  # "Vice-Premier and Finance Minister NAME", "the Pakistani Taliban, or TTP": one party
                last = (p.name or "").split()[-1:] if p.kind == "person" else []
                out[twice[0]] = p if last and last[0] in p.span.text else out[twice[0]]
            elif all((p.span, p.entity, p.name) != (q.span, q.entity, q.name) for q in out):
                out.append(p)
    return tuple(out)


def _clause_span(parsed: ParsedReport, draft: Draft) -> Span:
    sent = parsed.doc[draft.tokens[0]].sent
    arguments = (*draft.actors, *draft.recipients, *draft.places)
    start = min([draft.clause.start, *draft.tokens, *(a.start for a in arguments if a.start >= sent.start)])
    end = max(
        [draft.clause.end, *(t + 1 for t in draft.tokens), *(a.end for a in arguments if a.end <= sent.end)]
    )
    return parsed.span(max(start, sent.start), min(end, sent.end))


def _chain(setting: Setting, draft: Draft, by_head: Mapping[int, Draft]) -> tuple[Attribution, ...]:
    token = draft.tokens[0]
    own = draft.type in _OWN_VOICE and _performs(setting, draft)
    presupposed = is_presupposed(setting.parsed, draft, by_head, setting.speech)
    links = attribution_chain(
        setting.parsed,
        setting.statements,
        token,
        speech_act=own,
        presupposed=presupposed,
        same_speaker=lambda a, b: (
            setting.entities.is_same(a, b) or is_spokesman(setting.parsed, setting.entities, a, b)
        ),
        near=setting.speech.near(setting.parsed.doc[token].idx),
    )
    stances = [_stance(k.stance, draft) if k is links[-1] else k.stance for k in links]
    return _linked(setting, links, stances)


def _performs(setting: Setting, draft: Draft) -> bool:
    """Whether the speaker does by speaking what is told: "we condemn", and not "yesterday we condemned"."""
    speaker = setting.speech.speaker(draft.tokens[0])
    if speaker is None or draft.mode == "investigate" or draft.factuality == "planned":
        return False  # "said she would host talks" tells what she will do
    if draft.factuality == "wanted" and draft.type in _WILLED:
        return False
    carrier = setting.parsed.clause_at(draft.clause.support) or draft.clause
    past = carrier.tense == "past" and not carrier.modal and setting.speech.quoted(draft.tokens[0])
    judged = draft.clause.pos == "adj" or draft.clause.support_kind == "copula"  # "it was an outrage"
    if (past or carrier.perfect) and not judged:
        return False  # "said he had asked for help"
    for a in draft.actors:
        if setting.parsed.doc[a.head].lower_ in ("we", "i") or setting.entities.is_same(speaker, a.head):
            return True
        # a minister: "Chad condemns the raid", said Chad would strike back if it were attacked
        voiced = draft.type == "THREATEN" or setting.speech.quoted(draft.tokens[0])
        if voiced and speaks_for(setting.parsed, setting.entities, speaker, a.head):
            return True
    return False


def _linked(
    setting: Setting, links: Sequence[ChainLink], stances: Sequence[Stance]
) -> tuple[Attribution, ...]:
    """Write the links of a chain of speakers as records."""
    out = []
    for link, stance in zip(links, stances, strict=True):
        record = setting.records[link.draft]
        source, known_as = record.source, setting.statements[link.draft].stands_for
        words = source.span if source else record.cue
        if known_as is not None:
            words = Span.of(setting.parsed.report.text, *known_as)
        out.append(
            Attribution(
                span=words,
                name=source.name if source else None,
                entity=source.entity if source else None,
                cue=record.cue,
                stance=stance,
                statement=record.id,
            )
        )
    return tuple(out)


def attribute_relations(setting: Setting, relations: Sequence[Relation]) -> tuple[Relation, ...]:
    """Give each standing relation the chain of speakers over its words."""
    out = []
    for relation in relations:
        words = setting.parsed.doc.char_span(relation.span.start, relation.span.end, alignment_mode="expand")
        links = (
            ()
            if words is None
            else attribution_chain(
                setting.parsed, setting.statements, words.root.i, same_speaker=setting.entities.is_same
            )
        )
        chain = _linked(setting, links, [k.stance for k in links])
        out.append(relation.model_copy(update={"attribution": chain}) if chain else relation)
    return tuple(out)


def _stance(stance: Stance, draft: Draft) -> Stance:
    """What is wanted or refused in plain speech is the speaker's will, not his account."""
    if stance in ("asserts", "alleges") and draft.factuality == "wanted":
        return "wants"
    if stance in ("asserts", "alleges") and draft.factuality == "negated" and "defied" in draft.steps:
        return "wants"
    if stance == "asserts" and draft.factuality == "negated" and draft.clause.lemma == "responsible":
        return "denies"
    if stance == "alleges" and draft.factuality == "happened" and draft.clause.lemma == "responsibility":
        return "asserts"  # who claims an act as his own does not merely allege it
    return stance


def _when(setting: Setting, draft: Draft, time: Time | None) -> When | None:
    if time is None:
        return None
    report = setting.parsed.report
    if is_to_come(
        setting.parsed, draft, report.text[max(0, time.span.start - _BEFORE_TIME) : time.span.start]
    ):
        time = ahead(time, report.published)
    return when_for(time, report.text)


def _where(setting: Setting, phrases: Iterable[Phrase]) -> Where | None:
    for phrase in phrases:
        near = _places_about(setting, phrase.start, phrase.end)
        where = where_for(setting.parsed, phrase.start, phrase.end, phrase.head, near)
        if where is not None:
            return where
    return None


def _places_about(setting: Setting, start: int, end: int) -> tuple[Place, ...]:
    """The place names of a phrase, a few after it and many before it, which it may point back to."""
    doc = setting.parsed.doc
    first = bisect_left(setting.places, doc[start].idx, key=lambda p: p.span.start)
    last = bisect_left(setting.places, doc[end - 1].idx + 1, key=lambda p: p.span.start)
    return setting.places[max(first - _PLACES_BEFORE, 0) : last + _PLACES_AFTER]


def _quoted(parsed: ParsedReport, clause: Span) -> tuple[Span, ...]:
    text = parsed.report.text
    found = [(m.start(), m.end()) for m in _QUOTES.finditer(text, clause.start, clause.end)]
    found += [(m.start(), m.end()) for m in _SO_CALLED.finditer(text, clause.start, clause.end)]
    return tuple(Span.of(text, a, b) for a, b in sorted(set(found)))


def _contexts(setting: Setting, draft: Draft, participants: Sequence[Participant]) -> tuple[str, ...]:
    words = Words.of(setting.parsed.doc).lemma[draft.clause.start : draft.clause.end]
    lemmas = {word.lower() for word in words}
    sectors = {s for p in participants for s in p.sectors}
    out = list(draft.linked.trigger.contexts)
    for code, context in setting.codebook.contexts.items():
        if context.types and draft.type not in context.types:
            continue
        if not (lemmas.isdisjoint(context.words) and sectors.isdisjoint(context.sectors)):
            out.append(code)
    return tuple(sorted(set(out)))
