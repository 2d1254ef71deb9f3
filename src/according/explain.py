"""Show why something was coded: its words, the rule that fired, the steps that filled it."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from according.codebook.link import Codebook
from according.codebook.load import load_codebook
from according.errors import CodebookError, ConfigError
from according.fields import Field, describe_chain, list_fields, type_and_mode
from according.records import CodedReport, Entity, Event, Mention, Span, Statement

_CONTEXT = 60
"""Characters of the report shown on each side of the words."""


def explain(coded: CodedReport, what: str, *, codebook: Path | Codebook | None = None) -> Text:
    """Explain a coded value.

    Args:
        coded: The record it stands in.
        what: Id of a mention, event, statement or entity, or its beginning;
            MENTION.field for one value of a mention ("m-1a2b.when").
        codebook: The codebook it was coded with, or its folder; PLOVER if left out.

    Returns:
        The explanation; `.plain` is its plain text.

    Raises:
        ConfigError: Nothing has this id, several things begin so, or the
            mention has no such field.
    """
    wanted, _, field = what.partition(".")
    thing = _find(coded, wanted)
    if field and not isinstance(thing, Mention):
        raise ConfigError(f"{thing.id}: only mentions have fields.", hint=f"Ask for {thing.id} alone.")
    if isinstance(thing, Mention):
        lines = _mention(coded, thing, field, codebook)
    elif isinstance(thing, Statement):
        lines = _statement(coded, thing)
    elif isinstance(thing, Event):
        lines = [f"{thing.id}  {thing.type}, told {len(thing.mentions)} times"]
        lines += [f"  {m.id}  {_context(coded, m.trigger)}" for m in coded.mentions if m.id in thing.mentions]
    else:
        lines = _entity(coded, thing)
    return Text("\n".join(lines))


def _find(coded: CodedReport, wanted: str) -> Mention | Event | Statement | Entity:
    things: list[Mention | Event | Statement | Entity] = [
        *coded.mentions,
        *coded.events,
        *coded.statements,
        *coded.entities,
    ]
    exact = [t for t in things if t.id == wanted]
    found = exact or [t for t in things if wanted and t.id.startswith(wanted)]
    if not found:
        raise ConfigError(
            f"{coded.report.id}: nothing has the id {wanted!r}.",
            hint="The ids stand in the records, as `id`.",
        )
    if len({t.id for t in found}) > 1:
        ids = ", ".join(t.id for t in found[:5])
        message = f"{coded.report.id}: {wanted!r} begins several ids: {ids}."
        raise ConfigError(message, hint="Give more of the id.")
    return found[0]


def _mention(coded: CodedReport, mention: Mention, field: str, codebook: Path | Codebook | None) -> list[str]:
    fields = list_fields(mention)
    if field:
        fields = tuple(f for f in fields if f.name == field)
        if not fields:
            has = ", ".join(dict.fromkeys(f.name for f in list_fields(mention)))
            raise ConfigError(f"{mention.id} has no value for {field!r}.", hint=f"It has {has}.")
    lines = [f"{mention.id}  {type_and_mode(mention)}  in {coded.report.id}", ""]
    for item in fields:
        lines += _field(coded, mention, item)
    lines += ["", *_rule(mention, codebook), f"score     {mention.score:.2f}"]
    if not field or field == "attribution":
        lines += ["", *_chain(coded, mention)]
    return lines


def _field(coded: CodedReport, mention: Mention, item: Field) -> list[str]:
    lines = [f"{item.label + ':':14}{item.value}"]
    lines += [f"{'':14}{_context(coded, span)}" for span in item.spans]
    lines += [f"{'':14}why: {why}" for why in _why(coded, mention, item)]
    return lines


def _why(coded: CodedReport, mention: Mention, item: Field) -> list[str]:
    """The path by which a participant, a time or a place was reached."""
    if item.name == "when" and mention.when is not None and mention.when.why:
        return [mention.when.why]
    if item.name == "where":
        return [p.why for p in coded.places for s in item.spans if p.why and p.span.overlaps(s)]
    if item.name in {"actors", "recipients"}:
        people = mention.actors if item.name == "actors" else mention.recipients
        ids = {p.entity for p in people if p.span in item.spans}
        return [e.why for e in coded.entities if e.id in ids and e.why]
    return []


def _rule(mention: Mention, codebook: Path | Codebook | None) -> list[str]:
    lines = [f"rule      {mention.rule}"]
    try:
        book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    except CodebookError as error:
        return [*lines, f"          the codebook could not be read: {error}"]
    linked = book.by_id.get(mention.rule.partition(";")[0].strip())
    if linked is not None:
        entry = linked.trigger
        frame = entry.frame if isinstance(entry.frame, str) else "of its own"
        lines.append(f"          {entry.lemma} ({entry.pos}), frame {frame}, mode {entry.mode or 'none'}")
        lines += [f"          if {slot} is {' or '.join(values)}" for slot, values in entry.when.items()]
    return lines


def _chain(coded: CodedReport, mention: Mention) -> list[str]:
    lines = [f"according to: {describe_chain(mention.attribution)}"]
    for link in mention.attribution:
        statement = next((s for s in coded.statements if s.id == link.statement), None)
        if statement is not None:
            lines += [f"  {line}" for line in _statement(coded, statement)]
    return lines


def _statement(coded: CodedReport, statement: Statement) -> list[str]:
    source = statement.source
    lines = [f"{statement.id}  {statement.stance}, {statement.manner}"]
    if source is not None:
        lines.append(f"  source   {source.name or source.span.text}   {_context(coded, source.span)}")
    if statement.cue is not None:
        lines.append(f"  cue      {_context(coded, statement.cue)}")
    lines += [f"  content  {' '.join(span.text.split())}" for span in statement.content]
    return [*lines, f"  within   {statement.parent}"] if statement.parent else lines


def _entity(coded: CodedReport, entity: Entity) -> list[str]:
    codes = " ".join(filter(None, (entity.country, *entity.sectors)))
    lines = [f"{entity.id}  {entity.name}  {entity.kind}  {codes}".rstrip()]
    lines += [f"  why: {entity.why}"] if entity.why else []
    return lines + [f"  {_context(coded, span)}" for span in entity.mentions]


def _context(coded: CodedReport, span: Span) -> str:
    text = coded.report.text
    before = text[max(0, span.start - _CONTEXT) : span.start]
    after = text[span.end : span.end + _CONTEXT]
    joined = " ".join(f"{before}[{span.text}]{after}".split())
    return f"…{joined}… ({span.start}-{span.end})"
