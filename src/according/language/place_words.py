"""Word lists of place recognition, from `data/places/words.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from according.data_files import read_data


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Lower-case words that speak for or against a place name.

    Attributes:
        prepositions: Words before a place ("in", "near").
        features: Last words of named features ("road", "county").
        leading: First words of named features ("lake", "mount").
        body_heads: Words that make a name an organisation ("university").
        titles: Words before a person's name.
        offices: Words after a place that do not make it part of a name ("police").
        not_after: Words after which a name is not a place ("-based" is none of them).
        common: Towns that are ordinary words or first names ("reading").
        not_places: Words the language model wrongly takes for places.
        plain: Prepositions that only say "there".
        directions: Words that narrow a place ("northern").
        towns: Nouns that stand for a town or area ("city").
        sites: Lemmas of nouns for a spot or stretch of land ("mosque", "border").
        parts: Lemmas of nouns for a share of a place ("outskirts", "percent").
        holds: Lemmas of nouns for having a place ("control").
        journeys: Lemmas of nouns for going somewhere ("visit").
        moves: Lemmas of verbs whose "to" is a place ("travel").
        ways: Lemmas of nouns for what leads somewhere ("road").
        distances: Words for units of length ("km").
        abroad: Lemmas of nouns for what a country has elsewhere ("embassy").
        uncounted: Nouns for a spot that need no article ("territory").
        topics: Lemmas of nouns for what is talked of, with a place of its own ("crisis").
        serving: Last words of names of things that serve a town ("airport").
        struck: Lemmas of verbs of force whose object may be a town ("storm").
        takes: Lemmas of verbs whose object, a name, is a town and no person ("overrun").
    """

    prepositions: frozenset[str]
    features: frozenset[str]
    leading: frozenset[str]
    body_heads: frozenset[str]
    titles: frozenset[str]
    offices: frozenset[str]
    not_after: frozenset[str]
    common: frozenset[str]
    not_places: frozenset[str]
    plain: frozenset[str]
    directions: frozenset[str]
    towns: frozenset[str]
    sites: frozenset[str]
    parts: frozenset[str]
    holds: frozenset[str]
    journeys: frozenset[str]
    moves: frozenset[str]
    ways: frozenset[str]
    distances: frozenset[str]
    abroad: frozenset[str]
    uncounted: frozenset[str]
    topics: frozenset[str]
    serving: frozenset[str]
    struck: frozenset[str]
    takes: frozenset[str]


@lru_cache(maxsize=1)
def load_words() -> PlaceWords:
    """Load the word lists once."""
    raw = read_data("places/words.yml")
    return PlaceWords(**{key: frozenset(" ".join(value.split()).split()) for key, value in raw.items()})
