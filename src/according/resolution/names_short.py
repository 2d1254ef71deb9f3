"""Short forms of names: late acronyms, "the North", "North and South Korea"."""

from __future__ import annotations

from according.resolution.names import initials, is_acronym
from according.resolution.names_found import NameFinder

_COMPASS = frozenset({"North", "South", "East", "West"})


def join_short_names(finder: NameFinder) -> dict[int, tuple[int, ...]]:
    """Put short forms together with the full names they stand for.

    Args:
        finder: The names of a report, found.

    Returns:
        Drafts by head token for names that share their last words ("North and
        South Korea" names both).
    """
    _late_acronyms(finder)
    _compass(finder)
    _short_bodies(finder)
    return _elliptic(finder)


def _late_acronyms(finder: NameFinder) -> None:
    """Acronyms that stand before the name they shorten, or far from it without brackets."""
    full: dict[str, list[int]] = {}
    for draft in finder.drafts:
        if len(draft.words) > 1 and draft.kind in ("organisation", "group") and draft.mentions:
            full.setdefault(initials(draft.words), []).append(draft.number)
    for draft in list(finder.drafts):
        short = draft.entry is None and draft.mentions and is_acronym(draft.name)
        if not short or len(draft.words) != 1 or len(draft.words[0]) < 3:
            continue
        found = full.get(draft.words[0], ())
        if len(found) == 1:
            finder.drafts[found[0]].why.append(f"{draft.name}: its first letters")
            finder.merge(draft.number, found[0])


def _compass(finder: NameFinder) -> None:
    """Read "the North" as the one state of the report whose name begins so."""
    for draft in list(finder.drafts):
        if draft.entry is not None or draft.name not in _COMPASS or not draft.mentions:
            continue
        states = [
            d.number
            for d in finder.drafts
            if d.kind == "state"
            and d.entry is not None
            and d.entry.name.startswith(draft.name + " ")
            and d.mentions
        ]
        if len(states) == 1:
            finder.merge(draft.number, states[0])


def _short_bodies(finder: NameFinder) -> None:
    """Read "the Commission" as the one commission named in full before it."""
    for draft in list(finder.drafts):
        if draft.entry is not None or len(draft.words) != 1 or not draft.mentions:
            continue
        role = finder.actors.roles.get(draft.words[0])
        if role is None or role.kind not in ("organisation", "group"):
            continue
        first = min(draft.mentions)
        full = [
            d.number
            for d in finder.drafts
            if d.kind in ("organisation", "group")
            and len(d.words) > 1
            and draft.words[0] in (d.words[-1], d.words[0])
            and d.mentions
            and min(d.mentions) < first
        ]
        if len(full) == 1:
            finder.merge(draft.number, full[0])


def _elliptic(finder: NameFinder) -> dict[int, tuple[int, ...]]:
    """Read "North and South Korea" as two states."""
    out: dict[int, tuple[int, ...]] = {}
    for m in list(finder.mentions):
        entry = finder.drafts[m.draft].entry
        if entry is None or entry.kind != "state" or m.start < 2 or finder.doc[m.start].text not in _COMPASS:
            continue
        first, link = finder.doc[m.start - 2].text, finder.doc[m.start - 1].lower_
        other = finder.actors.named(f"{first} {entry.name.partition(' ')[2]}") if first in _COMPASS else None
        if link not in ("and", "or") or other is None or other is entry:
            continue
        number = finder.listed(other)
        finder.drafts[number].mentions.append((m.start - 2, m.start - 1))
        both = (number, m.draft)
        now, steps = finder.tree.head[m.start - 2], 0
        while now not in range(m.start, m.end) and steps < 3:
            now, steps = finder.tree.head[now], steps + 1
        hangs = now in range(m.start, m.end)
        out[m.start - 2] = (number,)
        out[m.head] = both if hangs else (m.draft,)
    return out
