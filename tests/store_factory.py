"""Small coded reports made by hand."""

from __future__ import annotations

from datetime import date

from according.records import (
    Attribution,
    CodedReport,
    Count,
    Entity,
    Event,
    Mention,
    Participant,
    Report,
    Source,
    Span,
    Statement,
    When,
    Where,
)


def quote(
    key: str, speaker: Span, cue: Span, content: Span, *, name: str, entity: str, stance: str = "asserts"
) -> tuple[Statement, Attribution]:
    """A statement, and the link of a mention's chain that stands for it."""
    source = Source(span=speaker, name=name, entity=entity)
    statement = Statement(
        id=f"s-{key}", source=source, cue=cue, content=(content,), manner="indirect", stance=stance
    )
    link = {"name": name, "entity": entity, "stance": stance, "statement": statement.id}
    return statement, Attribution(span=speaker, cue=cue, **link)


def make_report(
    number: int = 1,
    *,
    act: str = "attacked",
    type_: str = "ASSAULT",
    actor: str = "Norland",
    recipient: str = "Sudria",
    place: str = "Lund",
    killed: int | None = 5,
    day: date | None = date(2020, 5, 4),
    publisher: str = "Herald",
    speaker: str | None = "Ada Orlow",
    stance: str = "asserts",
    factuality: str = "happened",
    score: float = 0.8,
    more: str = "",
) -> CodedReport:
    """A coded report with one mention; every value has its words."""
    body = f"{actor} {act} {recipient} near {place} on Monday, killing {killed} soldiers"
    tail = f", {speaker} said." if speaker else "."
    words = f"{actor} and {recipient}\n\n{body}{tail}{more} This is report {number}."

    def cut(part: str) -> Span:
        start = words.index(part, len(actor) + len(recipient) + 7)
        return Span.of(words, start, start + len(part))

    key = f"{number}"
    countries = {"Norland": "NOR", "Sudria": "SDN"}
    entities = [
        Entity(id=f"e{n}", name=name, kind="state", country=countries.get(name), why="actor list states.yml")
        for n, name in enumerate((actor, recipient), 1)
    ]
    statements, chain = (), ()
    if speaker:
        entities.append(Entity(id="e3", name=speaker, kind="person", aliases=(speaker.split()[-1],)))
        told, link = quote(
            key, cut(speaker), cut("said"), cut(body), name=speaker, entity="e3", stance=stance
        )
        statements, chain = (told,), (link,)
    mention = Mention(
        id=f"m-{key}",
        event=f"v-{key}",
        trigger=cut(act),
        clause=cut(body),
        type=type_,
        contexts=("military",),
        actors=(
            Participant(span=cut(actor), name=actor, entity="e1", kind="state", country=countries.get(actor)),
        ),
        recipients=(
            Participant(
                span=cut(recipient),
                name=recipient,
                entity="e2",
                kind="state",
                country=countries.get(recipient),
            ),
        ),
        factuality=factuality,
        attribution=chain,
        when=When(span=cut("Monday"), **{"from": day}, to=day, why="weekday") if day else None,
        where=Where(span=cut(place), name=place, country="SWE", lat=55.7, lon=13.2),
        killed=Count(span=cut(str(killed)), low=killed, high=killed) if killed is not None else None,
        rule="assault.attack.v; active",
        score=score,
    )
    event = Event(
        id=f"v-{key}",
        type=type_,
        mentions=(f"m-{key}",),
        actors=("e1",),
        recipients=("e2",),
        factuality=factuality,
    )
    return CodedReport(
        report=Report(
            id=f"r{number}",
            text=words,
            title=f"{actor} and {recipient}",
            publisher=publisher,
            published=date(2020, 5, 5),
        ),
        entities=tuple(entities),
        statements=statements,
        mentions=(mention,),
        events=(event,),
    )
