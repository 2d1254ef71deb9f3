"""What the reports tell of one actor, and what it says itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from according.workbench.reading import report_href
from according.workbench.rows import MentionRow, RelationRow
from according.workbench.shelf import Shelf

SHOWN = 25
Linked = tuple[tuple[MentionRow, str], ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Somebody, across reports.

    Attributes:
        name: Name across reports.
        kind: Kind of entity.
        country: Country code, or None.
        sectors: Sector codes.
        reports: Number of reports that name them.
        names: Names each publisher uses, most used first.
        roles: Offices: the office, the publisher, the address of its words or None.
        relations: Relations that reports state, with the address of their words.
        does: Number of mentions in which they act, by quad class.
        suffers: Number of mentions in which they are acted on, by quad class.
        acts: The latest of the former.
        acted_on: The latest of the latter.
        told_by: Who is quoted on what they do or undergo, with how often.
        says: The latest mentions told through them.
        has_days: True when some mention has a day, so that a timeline shows something.
    """

    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    reports: int
    names: tuple[tuple[str | None, tuple[str, ...]], ...]
    roles: tuple[tuple[str, str | None, str | None], ...]
    relations: tuple[tuple[RelationRow, str], ...]
    does: dict[int, int]
    suffers: dict[int, int]
    acts: Linked
    acted_on: Linked
    told_by: tuple[tuple[str, int], ...]
    says: Linked
    has_days: bool


def make_dossier(shelf: Shelf, name: str) -> Dossier | None:
    """Gather what the reports tell of somebody.

    Args:
        shelf: What is looked at.
        name: Name across reports, exactly.

    Returns:
        The dossier, or None where no report has the name.
    """
    known = shelf.names.get(name, [])
    acts = [row for row in shelf.rows if any(s.name == name for s in row.actors)]
    acted = [row for row in shelf.rows if any(s.name == name for s in row.recipients)]
    says = [row for row in shelf.rows if name in row.speakers]
    if not (known or acts or acted or says):
        return None
    sides = [s for row in (*acts, *acted) for s in (*row.actors, *row.recipients) if s.name == name]
    first = known[0] if known else sides[0] if sides else None
    told: Counter[str] = Counter()
    for row in {row.id: row for row in (*acts, *acted)}.values():
        told.update(set(row.speakers) - {name})
    return Dossier(
        name=name,
        kind=first.kind if first else "unknown",
        country=first.country if first else None,
        sectors=first.sectors if first else (),
        reports=len({n.report for n in known} | {row.report for row in (*acts, *acted, *says)}),
        names=_names(shelf, name),
        roles=_roles(shelf, name),
        relations=tuple((r, _words_href(r)) for r in shelf.relations if name in (r.subject, r.other))[:SHOWN],
        does=dict(Counter(row.quad for row in acts)),
        suffers=dict(Counter(row.quad for row in acted)),
        acts=_link(acts),
        acted_on=_link(acted),
        told_by=tuple(told.most_common(SHOWN)),
        says=_link(says),
        has_days=any(row.day for row in (*acts, *acted)),
    )


def _link(rows: Iterable[MentionRow]) -> Linked:
    return tuple((row, report_href(row.report, mention=row.id)) for row in list(rows)[:SHOWN])


def _words_href(relation: RelationRow) -> str:
    return report_href(relation.report, at=relation.span)


def _names(shelf: Shelf, name: str) -> tuple[tuple[str | None, tuple[str, ...]], ...]:
    used: dict[str | None, Counter[str]] = {}
    for row in shelf.names.get(name, ()):
        used.setdefault(row.publisher, Counter()).update(row.used)
    ordered = sorted(used.items(), key=lambda item: (item[0] is None, item[0] or ""))
    return tuple((publisher, tuple(w for w, _ in words.most_common(8))) for publisher, words in ordered)


def _roles(shelf: Shelf, name: str) -> tuple[tuple[str, str | None, str | None], ...]:
    found: dict[tuple[str, str | None], str | None] = {}
    for row in shelf.names.get(name, ()):
        for role, span in row.roles:
            found.setdefault((role, row.publisher), report_href(row.report, at=span) if span else None)
    return tuple((role, publisher, href) for (role, publisher), href in found.items())[:SHOWN]
