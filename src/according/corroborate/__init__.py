"""One happening, many accounts: what several coded reports tell together.

Everything here is a pure function of coded reports (or of the light `Telling`
records cut from them); nothing reads a file or a database.

- `corroborate(reports)` gives `Corroboration(events, folds)` for a batch.
- `EventIndex` does the same online: `index.join([coded, ...])` puts reports in
  and returns `Joined`: events that are new or changed, ids that are gone, folds
  likewise. `index.event_of(mention_id)`, `index.events()`, `index.folds()`.
  A store fills it on opening with `index.join_tellings([(report, tellings)])`,
  where `tellings` are what `read_tellings(coded)` gave, kept as
  `Telling.to_json()`. Batch and online give the same events in any order.
- `tell_accounts(event, coded_by_id, source_of=index.source_of, folds=index.folds())`
  gives the `AccountTable` of an event; `find_commitments(reports)` what was
  promised with a day, and what became of it.
- `find_folds(reports)` gives the copies among reports alone.

The id of an event comes from its founding mention (the one published first,
then by report id and place in it), so it does not depend on loading order.
"""

from __future__ import annotations

from according.corroborate.accounts import Account, AccountTable, tell_accounts
from according.corroborate.commitments import Answer, Commitment, find_commitments, match_commitments
from according.corroborate.duplicates import FoldIndex, find_folds
from according.corroborate.index import EventIndex, build_event, corroborate
from according.corroborate.model import Corroboration, CrossEvent, Fold, Joined, Range, Telling
from according.corroborate.tellings import read_tellings

__all__ = [
    "Account",
    "AccountTable",
    "Answer",
    "Commitment",
    "Corroboration",
    "CrossEvent",
    "EventIndex",
    "Fold",
    "FoldIndex",
    "Joined",
    "Range",
    "Telling",
    "build_event",
    "corroborate",
    "find_commitments",
    "find_folds",
    "match_commitments",
    "read_tellings",
    "tell_accounts",
]
