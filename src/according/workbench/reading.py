"""The reading view: a report's text with everything found in it tied to its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from according.fields import Field, describe_participant, describe_voice, list_fields, type_and_mode
from according.page.marks import Piece, cut_text
from according.records import CodedReport, Entity, Mention, Relation, Skipped, Span, Statement

Layer = Literal["said", "cue", "speaker", "entity", "time", "place", "scare", "skipped"]


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a card: its value and the stretches that carry it.

    Attributes:
        field: The field.
        words: Its words, where they are not the value itself.
        spans: Stretches of the text, "13-18,20-22".
        cues: Those of the stretches that are cue words.
        href: Address of the report with these words in sight, or None.
    """

    field: Field
    words: str
    spans: str
    cues: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """A mention as the reading view shows it.

    Attributes:
        mention: The mention.
        what: Type and mode.
        who: Actors and recipients in one line.
        voice: Who tells it: "PalInfo, quoting Nasrallah".
        rows: Its fields.
    """

    mention: Mention
    what: str
    who: str
    voice: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of text with what is to be seen of it.

    Attributes:
        piece: The piece.
        classes: Classes of its element.
        tag: Name of the field whose words begin here, for the chosen mention.
        here: True for the first piece of the words a link points at.
        key: Offsets, "13-18".
    """

    piece: Piece
    classes: str
    tag: str | None
    here: bool
    key: str


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with how deep it is quoted."""

    statement: Statement
    source: str
    cue: str
    words: str
    depth: int
    href: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the reading view shows of one report.

    Attributes:
        coded: The coded report.
        chosen: Id of the mention that is shown first, or None.
        marks: The text in pieces.
        cards: The mentions.
        told: The statements in text order.
        relations: Relations with the names of both sides and their words.
    """

    coded: CodedReport
    chosen: str | None
    marks: tuple[Mark, ...]
    cards: tuple[Card, ...]
    told: tuple[Told, ...]
    relations: tuple[tuple[str, Relation, str, str], ...]

    @property
    def names(self) -> dict[str, Entity]:
        """Entities by id."""
        return {e.id: e for e in self.coded.entities}


def report_href(report: str, *, mention: str | None = None, at: Span | None = None) -> str:
    """Address of a report in the workbench, with a mention chosen or words in sight.

    Example:
        >>> report_href("a/1", at=Span(start=3, end=5, text="to"))
        '/report?id=a%2F1&at=3-5#words'
    """
    query = {"id": report}
    if mention is not None:
        query["mention"] = mention
    if at is not None:
        query["at"] = f"{at.start}-{at.end}"
    anchor = "#words" if at is not None or mention is not None else ""
    return f"/report?{urlencode(query)}{anchor}"


def words_href(report: str, start: int, end: int) -> str:
    """Address of a report with some of its words in sight."""
    return f"/report?{urlencode({'id': report, 'at': f'{start}-{end}'})}#words"


def read_stretch(value: str | None) -> tuple[int, int] | None:
    """Read "13-18"; None for anything else.

    Example:
        >>> read_stretch("13-18"), read_stretch("x")
        ((13, 18), None)
    """
    first, _, last = (value or "").partition("-")
    if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
        return None
    if len(first) > 9 or len(last) > 9 or int(first) >= int(last):
        return None
    return int(first), int(last)


def view_report(
    coded: CodedReport, *, mention: str | None = None, at: tuple[int, int] | None = None
) -> Reading:
    """Prepare a report for reading.

    Args:
        coded: The coded report.
        mention: Id of the mention to show first; an unknown one shows none.
        at: Stretch of words to bring in sight.

    Returns:
        What the page shows. The pieces joined are the report's text exactly.
    """
    cards = tuple(_card(coded, m) for m in coded.mentions)
    chosen = next((card for card in cards if card.mention.id == mention), None)
    layers: dict[str, list[tuple[int, int]]] = {k: list(_ends(v)) for k, v in _layers(coded).items()}
    length = len(coded.report.text)
    if at is not None and at[1] <= length:
        layers["here"] = [at]
    hits = _hits(chosen)
    layers |= {f"hit:{i}": [hit[:2]] for i, hit in enumerate(hits)}
    pieces = cut_text(coded, layers)
    return Reading(
        coded=coded,
        chosen=chosen.mention.id if chosen else None,
        marks=tuple(_marks(pieces, hits, chosen)),
        cards=cards,
        told=tuple(_tell(coded)),
        relations=tuple(_relations(coded)),
    )


def _layers(coded: CodedReport) -> dict[Layer, list[Span]]:
    statements = coded.statements
    return {
        "said": [s for st in statements for s in st.content],
        "cue": [st.cue for st in statements if st.cue is not None],
        "speaker": [st.source.span for st in statements if st.source is not None],
        "entity": [s for e in coded.entities for s in e.mentions],
        "time": [t.span for t in coded.times],
        "place": [p.span for p in coded.places],
        "scare": [s for m in coded.mentions for s in m.quoted],
        "skipped": [s.trigger for s in coded.skipped],
    }


def _ends(spans: Iterable[Span]) -> Iterable[tuple[int, int]]:
    return ((s.start, s.end) for s in spans)


def _card(coded: CodedReport, mention: Mention) -> Card:
    cues = ",".join(f"{link.cue.start}-{link.cue.end}" for link in mention.attribution if link.cue)
    rows = []
    for field in list_fields(mention):
        is_chain = field.name == "attribution"
        rows.append(
            Row(
                field=field,
                words=" … ".join(s.text for s in field.spans if s.text != field.value),
                spans=",".join(f"{s.start}-{s.end}" for s in field.spans),
                cues=cues if is_chain else "",
                href=report_href(coded.report.id, mention=mention.id, at=field.spans[0])
                if field.spans
                else None,
            )
        )
    actors = ", ".join(map(describe_participant, mention.actors)) or "nobody named"
    recipients = ", ".join(map(describe_participant, mention.recipients))
    return Card(
        mention=mention,
        what=type_and_mode(mention),
        who=f"{actors} → {recipients}" if recipients else actors,
        voice=describe_voice(coded.report.publisher, mention.attribution),
        rows=tuple(rows),
    )


def _hits(card: Card | None) -> list[tuple[int, int, str, str]]:
    """Stretches of the chosen mention's fields: start, end, class, tag; earlier fields first."""
    if card is None:
        return []
    hits = []
    for row in card.rows:
        cues = row.cues.split(",")
        for span in row.field.spans:
            tag = "cue" if f"{span.start}-{span.end}" in cues else row.field.label
            hits.append((span.start, span.end, f"f-{row.field.name}", tag))
    return hits


def _marks(
    pieces: Sequence[Piece], hits: Sequence[tuple[int, int, str, str]], chosen: Card | None
) -> Iterable[Mark]:
    here_seen = False
    tagged: set[int] = set()
    for piece in pieces:
        classes = ["seg", *(n for n in piece.layers if ":" not in n)]
        tag = None
        mine = sorted(int(n[4:]) for n in piece.layers if n.startswith("hit:"))
        if mine:
            first = mine[0]
            classes += ["hit", hits[first][2]]
            if first not in tagged:
                tag = hits[first][3]
                tagged.add(first)
        if piece.region:
            classes.append(f"in-{piece.region}")
        at_trigger = chosen is not None and chosen.mention.trigger.start == piece.start
        here = not here_seen and "here" in piece.layers
        if not here and not here_seen and at_trigger and not any("here" in p.layers for p in pieces):
            here = True
        here_seen = here_seen or here
        yield Mark(piece, " ".join(classes), tag, here, f"{piece.start}-{piece.end}")


def _tell(coded: CodedReport) -> Iterable[Told]:
    parents = {s.id: s.parent for s in coded.statements}
    for statement in sorted(coded.statements, key=lambda s: s.content[0].start if s.content else 0):
        source = statement.source
        depth, now, seen = 0, statement.parent, {statement.id}
        while now is not None and now not in seen:
            seen.add(now)
            depth, now = depth + 1, parents.get(now)
        at = statement.cue or (source.span if source else None) or (statement.content or (None,))[0]
        yield Told(
            statement=statement,
            source="somebody unnamed" if source is None else source.name or source.span.text,
            cue="" if statement.cue is None else statement.cue.text,
            words=" … ".join(s.text for s in statement.content),
            depth=min(depth, 3),
            href=report_href(coded.report.id, at=at),
        )


def _relations(coded: CodedReport) -> Iterable[tuple[str, Relation, str, str]]:
    names = {e.id: e.name for e in coded.entities}
    for relation in coded.relations:
        other = names.get(relation.object or "", "") or relation.value or ""
        subject = names.get(relation.subject, relation.subject)
        yield subject, relation, other, report_href(coded.report.id, at=relation.span)


def list_before(
    coded: CodedReport, shown: CodedReport, decided: Mapping[str, str]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Tell what the coder had where decisions made it something else: name and value of each field.

    Args:
        coded: The report as it was coded.
        shown: The report with the decisions in it.
        decided: What was decided, by mention id.

    Returns:
        By mention id. A mention that the coding has no more has no fields.
    """
    own = {m.id: m for m in coded.mentions}
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for mention in shown.mentions:
        before = own.get(mention.id)
        if mention.id not in decided or before == mention:
            continue
        told = [] if before is None else _values(before)
        now = dict(_values(mention))
        rows = [(name, value) for name, value in told if now.get(name) != value]
        names = {name for name, _ in told}
        rows += [(name, "nothing") for name in now if before is not None and name not in names]
        found[mention.id] = tuple(rows)
    return found


def _values(mention: Mention) -> list[tuple[str, str]]:
    values: dict[str, list[str]] = {"words": [mention.trigger.text]}
    for field in list_fields(mention):
        values.setdefault(field.label, []).append(field.value)
    return [(name, "; ".join(several)) for name, several in values.items()]


def list_skipped(coded: CodedReport) -> tuple[tuple[Skipped, str], ...]:
    """What was seen and not coded, each with the address of its words."""
    return tuple((s, report_href(coded.report.id, at=s.trigger)) for s in coded.skipped)
