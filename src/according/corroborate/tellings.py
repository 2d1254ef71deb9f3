"""Cut the mentions of a coded report down to tellings."""

from __future__ import annotations

from collections.abc import Iterator

from according.corroborate.model import COUNT_NAMES, Party, Telling
from according.corroborate.words import find_stems, pick_topic, stem, weigh
from according.records import CodedReport, Mention, Participant

_TELLING_WORD = 1.0
_RARE_NAME = 4.0
_MAX_NAMES = 12


def read_tellings(coded: CodedReport) -> Iterator[Telling]:
    """Give the tellings of one report, in text order.

    Args:
        coded: A coded report.

    Yields:
        One telling a mention.
    """
    report = coded.report
    spans = [(r.start, r.end) for r in report.regions if r.kind != "boilerplate"] or [(0, len(report.text))]
    topic = pick_topic(s for start, end in spans for s in find_stems(report.text[start:end]))
    names = _find_names(coded)
    for mention in coded.mentions:
        when, where = mention.when, mention.where
        trigger = find_trigger_stem(mention)
        yield Telling(
            id=mention.id,
            report=report.id,
            event=mention.event,
            start=mention.trigger.start,
            publisher=report.publisher,
            published=report.published,
            type=mention.type,
            mode=mention.mode,
            stem=trigger,
            factuality=mention.factuality,
            actors=tuple(_party(p) for p in mention.actors),
            recipients=tuple(_party(p) for p in mention.recipients),
            day_from=when.from_ if when else None,
            day_to=when.to if when else None,
            place=where.name if where else None,
            country=where.country if where else None,
            lat=where.lat if where else None,
            lon=where.lon if where else None,
            geonameid=where.geonameid if where else None,
            counts=tuple(
                (name, count.low, count.high)
                for name in COUNT_NAMES
                if (count := getattr(mention, name)) is not None
            ),
            words=tuple(
                dict.fromkeys(
                    s for s in find_stems(mention.clause.text) if s != trigger and weigh(s) >= _TELLING_WORD
                )
            ),
            topic=topic,
            names=names,
        )


def _find_names(coded: CodedReport) -> tuple[str, ...]:
    """Stems of the names that are rare in news, those of the most often named entities first."""
    named = [e for e in coded.entities if any(s.text[:1].isupper() for s in e.mentions)]
    named.sort(key=lambda e: (-len(e.mentions), e.name))
    stems = (s for e in named for s in find_stems(e.name) if not s.isdigit() and weigh(s) >= _RARE_NAME)
    return tuple(dict.fromkeys(stems))[:_MAX_NAMES]


def find_trigger_stem(mention: Mention) -> str:
    """Stem of the word that evokes the mention.

    The codebook's trigger id names the lemma; the words themselves stand in
    where it does not.
    """
    parts = mention.rule.partition(";")[0].split(".")
    lemma = parts[1] if len(parts) > 2 else mention.trigger.text
    words = [w for w in lemma.replace("_", " ").split() if w not in {"fatal", "deadly", "armed"}]
    return stem(words[0] if parts[2:3] == ["v"] or len(words) == 1 else words[-1]) if words else stem(lemma)


def _party(participant: Participant) -> Party:
    name = participant.name or participant.span.text
    return Party(
        name=name,
        words=tuple(dict.fromkeys(find_stems(name))),
        kind=participant.kind,
        country=participant.country,
        sectors=participant.sectors,
    )
