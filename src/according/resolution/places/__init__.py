"""Find the places a report names, tell where they lie, and say why.

`find_places` gives every place name of a report; `where_for` builds the place
of an event out of a locative phrase and the places found.
"""

from according.resolution.places.find import find_places
from according.resolution.places.gazetteer import Candidate, PlaceIndex, load_gazetteer
from according.resolution.places.where import where_for

__all__ = ["Candidate", "PlaceIndex", "find_places", "load_gazetteer", "where_for"]
