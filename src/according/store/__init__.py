"""Keep coded reports, events and decisions in SQLite or PostgreSQL.

`open_store` gives a `Store`; everything is asked of that: `list_reports`,
`list_mentions`, `list_events`, `list_actors`, `facets`, `get_report`,
`get_event`, `get_figures`, `get_dossier`, `timeline`, `network`, `map_points`,
`list_planned`, `search`, `queue`, `append_judgement`, `append_judgements`, `undo`,
`list_judgements`, `get_effective`, `diff`, `to_arrow`, `to_pandas`. Lists take
one `Filter` and give a `Page` with `items` and `next`, the cursor of the
following page.
"""

from __future__ import annotations

from according.store.base import Page
from according.store.deciding import Change
from according.store.effective import EffectiveReport
from according.store.filters import Filter
from according.store.judgements import Judgement
from according.store.load import CoderVersion, Loaded
from according.store.queries import MentionRow, PartyRow, ReportRow
from according.store.queries_actors import ActorRow, Dossier
from according.store.queries_events import EventRow, Figures
from according.store.queries_facets import Facet
from according.store.search import Hit, Piece
from according.store.store import DEFAULT_STORE, Store, open_store

__all__ = [
    "DEFAULT_STORE",
    "ActorRow",
    "Change",
    "CoderVersion",
    "Dossier",
    "EffectiveReport",
    "EventRow",
    "Facet",
    "Figures",
    "Filter",
    "Hit",
    "Judgement",
    "Loaded",
    "MentionRow",
    "Page",
    "PartyRow",
    "Piece",
    "ReportRow",
    "Store",
    "open_store",
]
