"""One filter for reports, mentions and events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from according.errors import SearchQueryError
from according.store import schema
from according.store.rows import LONGEST_NAME, fold
from according.store.words import matching_reports

Voice = Literal["own", "cited"]

_COLUMNS = ("type", "mode", "quad", "factuality", "country", "id")
_CODE_LENGTH = 3
_LIKE = str.maketrans({"%": r"\%", "_": r"\_", "\\": r"\\"})


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted. Every field that is set must hold; of several values any one will do.

    A report is taken if it has a mention that fits, an event if one of its
    mentions does.

    Attributes:
        type: PLOVER types.
        mode: PLOVER modes.
        quad: Quad classes, 1 to 4.
        factuality: Readings (`happened`, `planned`, …).
        context: PLOVER contexts.
        actor: Who acts: an actor's id (`a-…`), a name, part of one, or a code of country or sector.
        recipient: Who is acted on, likewise.
        party: Who acts or is acted on, likewise.
        country: Country codes of the place.
        party_country: Country codes of an actor or recipient.
        place: Name of the place, without regard to case and accents; part of one where no place is called so.
        day_from: The day of the event is this one or later; mentions without a day are not taken.
        day_to: The day of the event is this one or earlier.
        published_from: Published on this day or later.
        published_to: Published on this day or earlier.
        speaker: Somebody in the chain of speakers: actor id, name or part of one.
        voice: `own`, told in the report's own voice; `cited`, told by somebody.
        stance: Stance of some speaker (`denies`, …).
        publisher: Outlets: by their whole name, in any case, else by a part of it.
        report: Ids of reports.
        event: Id of an event across reports.
        min_reports: At least so many reports tell the event.
        min_sources: At least so many independent sources do.
        disputed: Accounts of the event differ (or do not).
        score_from: Score is at least this.
        score_to: Score is at most this.
        text: Words to search for in title and text.
        reviewed: Somebody has decided on the mention (or nobody has).
        id: Ids of mentions.

    Example:
        >>> Filter.read({"type": ["ASSAULT"], "day_from": "2024-02-01", "disputed": "yes"}).write()
        {'type': ['ASSAULT'], 'day_from': '2024-02-01', 'disputed': 'yes'}
    """

    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    quad: tuple[int, ...] = ()
    factuality: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    actor: str | None = None
    recipient: str | None = None
    party: str | None = None
    country: tuple[str, ...] = ()
    party_country: tuple[str, ...] = ()
    place: str | None = None
    day_from: date | None = None
    day_to: date | None = None
    published_from: date | None = None
    published_to: date | None = None
    speaker: str | None = None
    voice: Voice | None = None
    stance: str | None = None
    publisher: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    event: str | None = None
    min_reports: int | None = None
    min_sources: int | None = None
    disputed: bool | None = None
    score_from: float | None = None
    score_to: float | None = None
    text: str | None = None
    reviewed: bool | None = None
    id: tuple[str, ...] = ()

    @classmethod
    def read(cls, values: Mapping[str, str | Iterable[str]]) -> Filter:
        """Make a filter of text values, as a command line or a URL gives them.

        Args:
            values: By field name: one value, or several. Empty ones are passed over.

        Raises:
            SearchQueryError: A field is unknown, or a value cannot be read.
        """
        known = {f.name: str(f.type) for f in fields(cls)}
        read: dict[str, Any] = {}
        for name, given in values.items():
            if name not in known:
                raise SearchQueryError(
                    f"nothing is filtered by {name!r}.", hint=f"Known: {', '.join(known)}."
                )
            several = [v.strip() for v in ([given] if isinstance(given, str) else given) if v.strip()]
            if not several:
                continue
            kind = known[name]
            try:
                if kind.startswith("tuple"):
                    read[name] = tuple(int(v) if "int" in kind else v for v in several)
                else:
                    read[name] = _READERS.get(kind.partition(" ")[0], str)(several[0])
            except ValueError as error:
                raise SearchQueryError(
                    f"{name}: {several[0]!r} cannot be read.", hint=_HINTS.get(kind, "")
                ) from error
        return cls(**read)

    def write(self) -> dict[str, str | list[str]]:
        """Give back the text values, for a URL; what is not set is left out."""
        out: dict[str, str | list[str]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None or value == ():
                continue
            if isinstance(value, tuple):
                out[field.name] = [str(v) for v in value]
            elif isinstance(value, bool):
                out[field.name] = "yes" if value else "no"
            else:
                out[field.name] = str(value)
        return out

    def without(self, *names: str) -> Filter:
        """Give the same filter with these fields not set."""
        return Filter(**{f.name: getattr(self, f.name) for f in fields(self) if f.name not in names})


def _read_bool(value: str) -> bool:
    if value.casefold() in {"yes", "true", "1", "on"}:
        return True
    if value.casefold() in {"no", "false", "0", "off"}:
        return False
    raise ValueError(value)


def _read_voice(value: str) -> str:
    if value not in {"own", "cited"}:
        raise ValueError(value)
    return value


_READERS: dict[str, Any] = {
    "date": date.fromisoformat,
    "int": int,
    "float": float,
    "bool": _read_bool,
    "Voice": _read_voice,
}
_HINTS = {
    "date | None": "Write days as 2024-02-29.",
    "bool | None": "Write yes or no.",
    "Voice | None": "Write own or cited.",
}


def find_actors(connection: Connection, value: str) -> list[int]:
    """Give the numbers of the actors a value means: by id, else by exact name, else by a part of a name."""
    a, n = schema.actors.c, schema.actor_names.c
    by_id = list(connection.scalars(select(a.pk).where(a.id == value)))
    if by_id:
        return by_id
    folded = fold(value)[:LONGEST_NAME]
    exact = list(connection.scalars(select(n.actor_pk).where(n.folded == folded).distinct()))
    if exact:
        return exact
    like = n.folded.like(f"%{folded.translate(_LIKE)}%", escape="\\")
    return list(connection.scalars(select(n.actor_pk).where(like).distinct().limit(500)))


def is_code(value: str) -> bool:
    """Tell whether a value looks like a code of a country or sector.

    Example:
        >>> is_code("IRQ"), is_code("Iraq")
        (True, False)
    """
    return len(value) == _CODE_LENGTH and value.isascii() and value.isalpha() and value.isupper()


def mention_conditions(
    connection: Connection, wanted: Filter, *, about_report: bool = True, coded: bool = False
) -> list[ColumnElement[bool]]:
    """Give the conditions on the table of mentions.

    Args:
        connection: Used to look up who is meant.
        wanted: The filter.
        about_report: Also those on the report (publisher, day of publication, text).
        coded: Take mentions as the current codings have them, without the decisions.
    """
    m = schema.mentions.c
    out: list[ColumnElement[bool]] = [m.coded if coded else m.current]
    named = ((m[name], getattr(wanted, name)) for name in _COLUMNS)
    out += [column.in_(values) for column, values in named if values]
    if wanted.context:
        out.append(
            or_(*((" " + m.contexts + " ").contains(f" {c} ", autoescape=True) for c in wanted.context))
        )
    sides = (("actor", wanted.actor), ("recipient", wanted.recipient), (None, wanted.party))
    out += [m.pk.in_(_with_participant(connection, value, side)) for side, value in sides if value]
    if wanted.party_country:
        p = schema.participants.c
        out.append(m.pk.in_(select(p.mention_pk).where(p.country.in_(wanted.party_country))))
    if wanted.place:
        out.append(_place(connection, wanted.place))
    out += _days(wanted)
    out += _speakers(connection, wanted)
    if wanted.score_from is not None:
        out.append(m.score >= wanted.score_from)
    if wanted.score_to is not None:
        out.append(m.score <= wanted.score_to)
    if wanted.reviewed is not None:
        judged = _judged()
        out.append(judged if wanted.reviewed else ~judged)
    events = event_conditions(wanted)
    if events:
        told = select(schema.events.c.pk).where(*events).correlate(None)
        shown = schema.mentions.alias("shown").c
        out.append(
            m.id.in_(select(shown.id).where(shown.current, shown.event_pk.in_(told)).correlate(None))
            if coded
            else m.event_pk.in_(told)
        )
    if about_report:
        out += _about_report(connection, wanted, m.publisher, m.published, m.report_pk)
    return out


def _place(connection: Connection, place: str) -> ColumnElement[bool]:
    m, folded = schema.mentions.c, fold(place)[:LONGEST_NAME]
    known = select(m.pk).where(m.current, m.place_folded == folded).limit(1)
    if connection.execute(known).first() is not None:
        return m.place_folded == folded
    return m.place_folded.contains(folded, autoescape=True)


def _judged() -> ColumnElement[bool]:
    m, j, r = schema.mentions.c, schema.judgements.c, schema.reports.c
    gone = select(j.undoes).where(j.undoes.is_not(None))
    decided = (
        select(j.mention)
        .join(schema.reports, and_(r.id == j.report))
        .where(j.kind != "undo", j.pk.not_in(gone), j.mention == m.id, r.pk == m.report_pk)
    )
    return decided.correlate(schema.mentions).exists()


def event_conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """Give the conditions on the table of events that no single mention can meet."""
    e = schema.events.c
    out: list[ColumnElement[bool]] = []
    if wanted.event:
        out.append(e.id == wanted.event)
    if wanted.min_reports is not None and wanted.min_reports > 1:
        out.append(e.report_count >= wanted.min_reports)
    if wanted.min_sources is not None and wanted.min_sources > 1:
        out.append(e.source_count >= wanted.min_sources)
    if wanted.disputed is not None:
        out.append(e.disputed if wanted.disputed else ~e.disputed)
    return out


def report_conditions(connection: Connection, wanted: Filter) -> list[ColumnElement[bool]]:
    """Give the conditions on the table of reports, those on their mentions included."""
    r, m = schema.reports.c, schema.mentions.c
    out: list[ColumnElement[bool]] = [r.current]
    out += _about_report(connection, wanted, r.publisher, r.published, r.pk)
    own = mention_conditions(connection, wanted, about_report=False)
    if len(own) > 1:
        out.append(r.pk.in_(select(m.report_pk).where(*own).correlate(None)))
    return out


def events_of_mentions(connection: Connection, wanted: Filter) -> list[ColumnElement[bool]]:
    """Give the conditions on the table of events, those on their mentions included."""
    e, m = schema.events.c, schema.mentions.c
    out = event_conditions(wanted)
    own = mention_conditions(connection, wanted.without("event", "min_reports", "min_sources", "disputed"))
    if len(own) > 1:
        out.append(e.pk.in_(select(m.event_pk).where(*own).correlate(None)))
    return out


def _days(wanted: Filter) -> list[ColumnElement[bool]]:
    m = schema.mentions.c
    out: list[ColumnElement[bool]] = []
    if wanted.day_from is not None:
        later = and_(m.day_open == "to", m.first_day.is_not(None))
        out.append(or_(m.last_day >= wanted.day_from, later))
    if wanted.day_to is not None:
        earlier = and_(m.day_open == "from", m.first_day.is_not(None))
        out.append(or_(m.first_day <= wanted.day_to, earlier))
    return out


def _speakers(connection: Connection, wanted: Filter) -> list[ColumnElement[bool]]:
    m, a = schema.mentions.c, schema.attributions.c
    out: list[ColumnElement[bool]] = []
    if wanted.voice is not None:
        out.append(m.depth == 0 if wanted.voice == "own" else m.depth > 0)
    if wanted.stance:
        out.append(m.pk.in_(select(a.mention_pk).where(a.stance == wanted.stance)))
    if wanted.speaker:
        said: ColumnElement[bool] = a.folded.like(
            f"%{fold(wanted.speaker)[:LONGEST_NAME].translate(_LIKE)}%", escape="\\"
        )
        actors = find_actors(connection, wanted.speaker)
        if actors:
            said = or_(said, a.actor_pk.in_(actors))
        out.append(m.pk.in_(select(a.mention_pk).where(said)))
    return out


def _with_participant(connection: Connection, value: str, side: str | None) -> Select[Any]:
    p = schema.participants.c
    actors = find_actors(connection, value)
    query = select(p.mention_pk)
    if side is not None:
        query = query.where(p.side == side)
    if is_code(value):
        coded = or_(p.country == value, (" " + p.sectors + " ").contains(f" {value} ", autoescape=True))
        return query.where(or_(p.actor_pk.in_(actors), coded) if actors else coded)
    if actors:
        return query.where(p.actor_pk.in_(actors))
    return query.where(p.name.ilike(f"%{value.translate(_LIKE)}%", escape="\\"))


def _publishers(connection: Connection, named: tuple[str, ...]) -> list[str]:
    """Give the publishers that are meant."""
    r = schema.reports.c
    if len(list(connection.scalars(select(r.publisher).where(r.publisher.in_(named)).distinct()))) == len(
        named
    ):
        return list(named)
    known = {p: fold(p) for p in connection.scalars(select(r.publisher).distinct()) if p}
    found: set[str] = set()
    for name in map(fold, named):
        same = {p for p, folded in known.items() if folded == name}
        found |= same or {p for p, folded in known.items() if name in folded}
    return sorted(found)


def _about_report(
    connection: Connection, wanted: Filter, publisher: Any, published: Any, report_pk: Any
) -> list[ColumnElement[bool]]:
    r = schema.reports.c
    out: list[ColumnElement[bool]] = []
    if wanted.publisher:
        named = tuple(name[:LONGEST_NAME] for name in wanted.publisher)
        out.append(publisher.in_(_publishers(connection, named)))
    if wanted.published_from is not None:
        out.append(published >= wanted.published_from)
    if wanted.published_to is not None:
        out.append(published <= wanted.published_to)
    if wanted.report:
        out.append(report_pk.in_(select(r.pk).where(r.id.in_(wanted.report)).correlate(None)))
    if wanted.text and wanted.text.strip():
        out.append(report_pk.in_(matching_reports(wanted.text, connection.dialect.name)))
    return out
