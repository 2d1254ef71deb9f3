"""Build the place of an event out of a locative phrase."""

from __future__ import annotations

from itertools import pairwise

from according.language.model import ParsedReport
from according.records import Place, Where
from according.resolution.places.words import load_words

_STANDS_FOR = {
    "country": ("country",), "province": ("admin1",), "city": ("city",), "town": ("city",),
    "village": ("city",), "capital": ("city",),
}  # fmt: skip


def where_for(
    parsed: ParsedReport, argument_start: int, argument_end: int, head: int, places: tuple[Place, ...]
) -> Where | None:
    """Read a locative phrase as the place of an event.

    Prepositions that only say "there" are left off the span; "near", "inside"
    and "around" are part of what it means and stay.

    Args:
        parsed: The report with its parse.
        argument_start: First token of the phrase.
        argument_end: One past its last token.
        head: Its head token.
        places: The report's places, from `find_places`.

    Returns:
        The place, or None when the phrase neither holds a place name nor is
        headed by a noun for a town or area ("the city") that has a name before it.
    """
    doc = parsed.doc
    while argument_start < argument_end - 1 and doc[argument_start].lower_ in load_words().plain:
        argument_start += 1
    if argument_start >= argument_end:
        return None
    span = parsed.span(argument_start, argument_end)
    inside = [
        p for p in places
        if span.start <= p.span.start and p.span.end <= span.end and not (p.why or "").startswith("adjective")
    ]  # fmt: skip
    if not inside:
        noun = doc[head].lower_
        if noun not in load_words().towns:
            return None
        earlier = _named_before(places, span.start, noun)
        return (
            None if earlier is None else _where(parsed, argument_start, argument_end, earlier.name, earlier)
        )
    return _where(
        parsed, argument_start, argument_end, _name(parsed, argument_start, head, inside), inside[0]
    )


def _where(parsed: ParsedReport, start: int, end: int, name: str, place: Place) -> Where:
    return Where(
        span=parsed.span(start, end), name=name, country=place.country, lat=place.lat, lon=place.lon,
        geonameid=place.geonameid,
    )  # fmt: skip


def _named_before(places: tuple[Place, ...], offset: int, noun: str) -> Place | None:
    """The last place before an offset that the noun can stand for."""
    wanted = _STANDS_FOR.get(noun, ("site", "city", "admin1"))
    before = [p for p in places if p.span.end <= offset and not (p.why or "").startswith("adjective")]
    return next((p for p in reversed(before) if p.precision in wanted), None)


def _name(parsed: ParsedReport, start: int, head: int, inside: list[Place]) -> str:
    """A canonical name: of one place, of several joined by "and", or the phrase itself."""
    doc = parsed.doc
    first = inside[0]
    at = doc.char_span(first.span.start, first.span.end, alignment_mode="expand")
    if at is not None and at.start > start and doc[at.start - 1].lower_ in load_words().directions:
        return f"{doc[at.start - 1].text} {first.name}"
    if doc[start].lower_ in {"near", "around", "outside"}:
        return f"{doc[start].text} {first.name}"
    joined = [first.name]
    for one, other in pairwise(inside):
        between = parsed.report.text[one.span.end : other.span.start].strip(" ")
        if between in {"and", ", and"}:
            joined.append(other.name)
    return " and ".join(joined)
