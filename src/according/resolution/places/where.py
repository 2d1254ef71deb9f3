"""Build the place of an event out of a locative phrase."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Doc, Token

from according.language.model import ParsedReport
from according.language.place_words import load_words
from according.records import Place, Where

_STANDS_FOR = {
    "country": ("country",), "province": ("admin1",), "city": ("city",), "town": ("city",),
    "village": ("city",), "capital": ("city",),
}  # fmt: skip
_BESIDE = frozenset({"near", "around", "outside"})
_DROPPED = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "inside", "his", "her", "its", "their", "our", "my"}
)
_DEFINITE = frozenset({"the", "this", "that"})


def where_for(
    parsed: ParsedReport, argument_start: int, argument_end: int, head: int, places: tuple[Place, ...]
) -> Where | None:
    """Read a locative phrase as the place of an event.

    Prepositions that only say "there" are left off the span; "near", "inside"
    and "around" are part of what it means and stay. A phrase headed by a noun
    for a spot ("a mosque in northern Iraq", "the compound") is named by its
    own words, with the country and coordinates of the place name in it, if
    there is one.

    Args:
        parsed: The report with its parse.
        argument_start: First token of the phrase.
        argument_end: One past its last token.
        head: Its head token.
        places: The report's places, from `find_places`.

    Returns:
        The place, or None when the phrase neither holds a place name nor is
        headed by a noun for a spot or area.
    """
    doc = parsed.doc
    words = load_words()
    while argument_start < argument_end - 1 and doc[argument_start].lower_ in words.plain:
        argument_start += 1
    if argument_start >= argument_end:
        return None
    argument_end = _with_country(doc, _with_name(doc, argument_end, head, places), places)
    span = parsed.span(argument_start, argument_end)
    within = [p for p in places if span.start <= p.span.start and p.span.end <= span.end]
    noun = doc[head]
    if noun.lemma_.lower() in words.abroad:  # "the U.S. compound in Benghazi" is in Benghazi
        within = [p for p in within if p.span.start > noun.idx or p.precision in ("city", "site")]
    inside = [p for p in within if not _is_adjective(p)]
    if inside:
        name = _name(parsed, argument_start, argument_end, noun, inside)
        country = _country(within, inside[0]) or next((p.country for p in inside if p.country), None)
        country = country or _of_region(doc, argument_end, places)
        return _where(parsed, argument_start, argument_end, name, inside[0], country)
    bare = [t for t in doc[argument_start:argument_end] if t.lower_ not in _DROPPED]
    definite = doc[argument_start].lower_ in _DEFINITE  # "a town" is none named before
    if noun.lower_ in _STANDS_FOR and len(bare) == 1 and definite:
        earlier = _named_before(places, span.start, noun.lower_)
        if earlier is not None:
            return _where(parsed, argument_start, argument_end, earlier.name, earlier, earlier.country)
    side = definite and noun.text in words.directions  # "in the north-west"
    if not side and noun.lemma_.lower() not in words.sites and noun.lower_ not in words.towns | words.sites:
        return None
    if _is_vague(noun, argument_end):
        return None
    country = within[0].country if within else None
    name = _bare(doc, argument_start, argument_end)
    return _where(parsed, argument_start, argument_end, name, None, country)


def _is_vague(noun: Token, end: int) -> bool:
    """Whether nothing says which spot is meant: "bus stations", "in school"."""
    if noun.pos_ == "PROPN" or noun.lemma_.lower() in load_words().uncounted:
        return False
    if noun.i + 1 < end and (noun.nbor().pos_ == "ADP" or noun.nbor().lower_ in load_words().directions):
        return False
    if any(t.ent_type_ in ("NORP", "GPE") for t in noun.lefts):
        return False  # "SAUDI airports"
    return not any(
        t.dep_ in ("det", "poss", "nummod") or t.pos_ in ("PROPN", "DET", "NUM") for t in noun.lefts
    )


def _is_adjective(place: Place) -> bool:
    return (place.why or "").startswith("adjective")


def _with_name(doc: Doc, end: int, head: int, places: tuple[Place, ...]) -> int:
    """Take "Khartoum" into "the Sudanese capital Khartoum"."""
    if end >= len(doc) or head != end - 1 or doc[head].lower_ not in load_words().towns:
        return end
    name = next((p for p in places if p.span.start == doc[end].idx and not _is_adjective(p)), None)
    found = None if name is None else doc.char_span(name.span.start, name.span.end, alignment_mode="expand")
    return end if found is None else found.end


def _with_country(doc: Doc, end: int, places: tuple[Place, ...]) -> int:
    """Take ", Lebanon" into "Beirut, Lebanon"."""
    if end + 1 >= len(doc) or doc[end].text != ",":
        return end
    by_end = next((p for p in places if p.span.end == doc[end - 1].idx + len(doc[end - 1])), None)
    wider = next((p for p in places if p.span.start == doc[end + 1].idx), None)
    if by_end is None or wider is None or _is_adjective(wider):
        return end
    holds = wider.precision == "country" or (wider.precision == "admin1" and by_end.precision == "city")
    if not holds or by_end.precision == "country" or by_end.country != wider.country:
        return end
    last = doc.char_span(wider.span.start, wider.span.end, alignment_mode="expand")
    return end if last is None else last.end


def _of_region(doc: Doc, end: int, places: tuple[Place, ...]) -> str | None:
    """Country of the region behind a place that no gazetteer knows: "at Fataki, in ITURI province"."""
    start = end + 1 if end < len(doc) and doc[end].text == "," else end
    if start >= len(doc) or doc[start].lower_ != "in":
        return None
    near = (doc[k].idx for k in range(start + 1, min(start + 6, len(doc))))
    wider = next((p for i in near for p in places if p.span.start == i and p.country), None)
    return None if wider is None else wider.country


def _where(
    parsed: ParsedReport, start: int, end: int, name: str, place: Place | None, country: str | None
) -> Where:
    span = parsed.span(start, end)
    if place is None or place.country != country:
        return Where(span=span, name=name, country=country)
    return Where(
        span=span, name=name, country=country, lat=place.lat, lon=place.lon, geonameid=place.geonameid
    )


def _country(within: list[Place], first: Place) -> str | None:
    """Country of a phrase: "ISRAELI territory near the Gaza Strip" lies in Israel."""
    leading = within[0]
    return leading.country if _is_adjective(leading) and leading.country else first.country


def _named_before(places: tuple[Place, ...], offset: int, noun: str) -> Place | None:
    """The last place before an offset that the noun can stand for."""
    wanted = _STANDS_FOR[noun]
    before = [p for p in places if p.span.end <= offset and not _is_adjective(p)]
    return next((p for p in reversed(before) if p.precision in wanted), None)


def _bare(doc: Doc, start: int, end: int) -> str:
    """The words of a phrase without article and white space."""
    while start < end - 1 and doc[start].lower_ in _DROPPED:
        start += 1
    return " ".join(doc[start:end].text.split())


def _name(parsed: ParsedReport, start: int, end: int, head: Token, inside: list[Place]) -> str:
    """A canonical name: of one place, of several joined by "and", or the phrase itself."""
    doc = parsed.doc
    words = load_words()
    first = inside[0]
    at = doc.char_span(first.span.start, first.span.end, alignment_mode="expand")
    named = at is not None and at.start <= head.i < at.end
    if at is not None and not named and not _stands_for(doc, head, at.start, at.end):
        return _bare(doc, start, end)
    if at is not None and at.start > start and doc[at.start - 1].lower_ in words.directions:
        return f"{doc[at.start - 1].text} {first.name}"
    side = next(
        (t for t in doc[start : head.i] if t.lower_ in words.directions and t.nbor().lower_ == "of"), None
    )
    if side is not None:
        return f"{side.lower_} of {first.name}"
    if doc[start].lower_ in _BESIDE:
        return f"{doc[start].text} {first.name}"
    if at is not None and at.start > start and doc[at.start - 1].lower_ == "from":
        return f"near {first.name}"
    joined = [first.name]
    for one, other in pairwise(inside):
        between = parsed.report.text[one.span.end : other.span.start].strip(" ")
        if between not in {"and", ", and", ","} or _holds(other, one):
            break
        joined.append(other.name)
    return " and ".join(joined) if len(joined) < 3 else f"{', '.join(joined[:-1])} and {joined[-1]}"


def _stands_for(doc: Doc, head: Token, start: int, end: int) -> bool:
    """Whether a noun beside a name adds nothing: "the CITY of Homs", "the Wadi Barada AREA"."""
    words = load_words()
    lemma = head.lemma_.lower()
    if head.i < start:
        adjacent = head.i + 1 == start or (head.i + 2 == start and doc[head.i + 1].lower_ in ("of", "the"))
        of = any(t.lower_ == "of" for t in doc[head.i + 1 : start])
        return (adjacent and head.lower_ in words.towns) or (of and lemma in words.parts)
    return (head.i == end and head.lower_ in words.towns - words.abroad) or lemma not in words.sites


def _holds(wider: Place, place: Place) -> bool:
    if wider.country != place.country or wider.precision == place.precision:
        return False
    return wider.precision in ("country", "admin1")
