"""What the reports tell of one actor, and what it says itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from according.store import Dossier, Filter, MentionRow, Store
from according.store.load import quad_of
from according.store.queries_actors import Fact, Tally
from according.workbench.reading import words_href
from according.workbench.tellings import Telling, tell

SHOWN = 20


@dataclass(frozen=True, slots=True)
class DossierView:
    """Somebody, across reports, as the page shows them.

    Attributes:
        stored: What the store counts.
        offices: Offices that reports give them, likewise each once.
        relations: Other relations that reports state, each once, with who says so and where.
        does: Number of mentions in which they act, by quad class.
        suffers: Number of mentions in which they are acted on, by quad class.
        acts: The latest of the former.
        acted_on: The latest of the latter.
        told_by: Who is quoted on what they do or undergo, with how often.
        says: The latest mentions told through them.
        has_days: True when some mention has a day, so that a timeline shows something.
    """

    stored: Dossier
    offices: tuple[tuple[Fact, tuple[tuple[str, str], ...]], ...]
    relations: tuple[tuple[Fact, tuple[tuple[str, str], ...]], ...]
    does: dict[int, int]
    suffers: dict[int, int]
    acts: tuple[Telling, ...]
    acted_on: tuple[Telling, ...]
    told_by: tuple[tuple[str, int], ...]
    says: tuple[Telling, ...]
    has_days: bool

    @property
    def id(self) -> str:
        """Id across reports."""
        return self.stored.actor.id

    @property
    def name(self) -> str:
        """Name across reports."""
        return self.stored.actor.name


def view_dossier(store: Store, actor: str) -> DossierView:
    """Gather what the reports tell of somebody.

    Args:
        store: What is looked at.
        actor: Id across reports (`a-…`).

    Raises:
        NotStoredError: There is no such actor.
    """
    stored = store.get_dossier(actor)
    facts = [(f, words_href(f.report, f.start, f.start + len(f.words))) for f in stored.facts]
    speakers = store.facets(Filter(party=actor), of="mentions", fields=("speaker",), limit=SHOWN)["speaker"]
    acts = _latest(store, Filter(actor=actor))
    acted_on = _latest(store, Filter(recipient=actor))
    return DossierView(
        stored=stored,
        offices=_together(f for f in facts if f[0].type == "office")[:SHOWN],
        relations=_together(f for f in facts if f[0].type != "office")[:SHOWN],
        does=_by_quad(stored.does),
        suffers=_by_quad(stored.undergoes),
        acts=acts,
        acted_on=acted_on,
        told_by=tuple((f.label, f.count) for f in speakers if f.value != actor),
        says=_latest(store, Filter(speaker=actor)),
        has_days=bool(store.timeline(Filter(party=actor))),
    )


def _together(facts: Iterable[tuple[Fact, str]]) -> tuple[tuple[Fact, tuple[tuple[str, str], ...]], ...]:
    """Put what several reports state alike into one line."""
    found: dict[tuple[str | None, ...], tuple[Fact, list[tuple[str, str]]]] = {}
    for fact, href in facts:
        key = (fact.type, fact.subject, fact.object, fact.value)
        found.setdefault(key, (fact, []))[1].append((fact.speakers or fact.publisher or fact.report, href))
    return tuple((fact, tuple(told)) for fact, told in found.values())


def _latest(store: Store, wanted: Filter) -> tuple[Telling, ...]:
    rows: Iterable[MentionRow] = store.list_mentions(wanted, limit=SHOWN).items
    return tuple(map(tell, rows))


def _by_quad(types: Iterable[Tally]) -> dict[int, int]:
    counted: Counter[int] = Counter()
    for tally in types:
        counted[quad_of(tally.value) or 0] += tally.count
    return dict(counted)
