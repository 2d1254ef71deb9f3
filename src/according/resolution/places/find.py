"""Find the places of one report and tell where they lie."""

from __future__ import annotations

from spacy.tokens import Token

from according.language.model import ParsedReport
from according.records import Place, Precision, Span
from according.resolution.places.gazetteer import Candidate, load_gazetteer
from according.resolution.places.recognise import recognise
from according.resolution.places.resolve import choose

_CAPITAL = 100_000
_PRECISION: dict[str, Precision | None] = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "admin1",
    "city": "city",
    "site": "site",
    "region": None,
}


def find_places(parsed: ParsedReport, *, adjectives: bool = True) -> tuple[Place, ...]:
    """Find the place names of a report, with coordinates where they are clear.

    A place whose name may mean several small places and is not made clear by
    the report keeps its words and has no coordinates; `why` says so. An
    adjective or people ("Kenyan officials") stands for its country, and its
    `why` begins with "adjective".

    Args:
        parsed: The report with its parse; clauses are not needed.
        adjectives: Whether to give adjectives and peoples as well.

    Returns:
        Places in text order.
    """
    index = load_gazetteer()
    found = recognise(parsed.doc, index)
    text_of = {(f.start, f.end): f.name for f in found}
    home = index.country_of_domain(parsed.report.publisher or "")
    out = []
    for one, choice in zip(found, choose(found, text_of, index, home), strict=True):
        if not adjectives and one.how.startswith("adjective"):
            continue
        span = parsed.span(one.start, one.end)
        why = f"{one.how}; {choice.why}"
        if choice.place is not None and _acts(parsed.doc[one.end - 1], choice.place):
            why += "; here it stands for its government or people"
        out.append(_place(choice.place, span, why))
    return tuple(out)


def _acts(token: Token, chosen: Candidate) -> bool:
    """Whether a country or city is what does something: "Paris condemned the raid"."""
    large = chosen.kind == "country" or (chosen.kind == "city" and chosen.population >= _CAPITAL)
    return large and token.dep_ == "nsubj" and token.head.pos_ == "VERB"


def _place(chosen: Candidate | None, span: Span, why: str) -> Place:
    if chosen is None:
        return Place(span=span, name=" ".join(span.text.split()), why=why)
    return Place(
        span=span,
        name=chosen.name,
        country=chosen.country,
        admin1=chosen.admin1,
        lat=chosen.lat,
        lon=chosen.lon,
        geonameid=chosen.geonameid,
        precision=_PRECISION[chosen.kind],
        why=why,
    )
