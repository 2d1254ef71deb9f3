"""What a reviewer decides: one decision, several edits at once, the same for all that are alike."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from according.store import Change, Filter, MentionRow, Store
from according.store.people import User
from according.workbench.editing import PLAIN, read_edit

__all__ = ["Target", "decide", "find_alike", "read_edit", "take_back"]

Edit = tuple[str, Any]
MOST_ALIKE = 500
TOGETHER = "together:"
"""Begins the note of decisions that were made in one go and are taken back in one go."""


@dataclass(frozen=True, slots=True)
class Target:
    """A mention as somebody looked at it.

    Attributes:
        report: Id of its report.
        id: Id of the mention.
        coding: Number of the coding that was shown; the current one if left out.
        seen: Number of the last decision that was shown, 0 for none; None tells nobody of later ones.
    """

    report: str
    id: str
    coding: int | None = None
    seen: int | None = None


class Placed(Protocol):
    """Anything that names a mention: a `Target`, a row of a list."""

    @property
    def report(self) -> str:
        """Id of the report."""

    @property
    def id(self) -> str:
        """Id of the mention."""


def decide(
    store: Store,
    user: User,
    mention: Placed,
    kind: str,
    *,
    edit: Edit | Sequence[Edit] | None = None,
    alike: Sequence[Placed] = (),
    batch: str | None = None,
) -> int:
    """Add a decision, and the same one for other mentions: all of them or none.

    Args:
        store: Where decisions stand.
        user: Who decides.
        mention: What was looked at.
        kind: accept, reject, edit, skip or flag.
        edit: For an edit: field and new value, or several.
        alike: Further mentions to decide the same on (`find_alike`).
        batch: Assignment it belongs to.

    Returns:
        How many mentions were decided on.

    Raises:
        StaleDecisionError: Somebody changed the mention after it was looked at.
    """
    edits: list[tuple[str | None, Any]] = [(None, None)]
    if edit is not None:
        edits = [edit] if isinstance(edit, tuple) else list(edit)
    known = mention if isinstance(mention, Target) else Target(mention.report, mention.id)
    targets = [known, *(o if isinstance(o, Target) else Target(o.report, o.id) for o in alike)]
    changes = [
        Change(
            target.report,
            target.id,
            kind,  # type: ignore[arg-type]  # the store checks it and says what is known
            field=field,
            after=after,
            batch=batch,
            coding=target.coding,
            seen=target.seen,
        )
        for target in targets
        for field, after in edits
    ]
    if len(changes) > 1:
        note = f"{TOGETHER}{secrets.token_hex(6)}"
        # The first of a mention's edits is checked against what was seen; the others follow from it.
        changes = [
            replace(c, note=note, seen=c.seen if i % len(edits) == 0 else None) for i, c in enumerate(changes)
        ]
    store.append_judgements(user.name, changes, role=user.role)
    return len(targets)


def take_back(store: Store, user: User) -> tuple[Target, int]:
    """Undo the user's last decision, with all that were made together with it.

    Returns:
        The mention of the first decision undone, and on how many mentions decisions were undone.

    Raises:
        NotStoredError: There is none.
    """
    undone = store.undo(user.name, role=user.role)
    gone = {undone.mention}
    while undone.note and undone.note.startswith(TOGETHER):
        left = store.list_judgements(user=user.name, live=True, limit=1).items
        if not left or left[0].note != undone.note:
            break
        undone = store.undo(user.name, left[0].pk, role=user.role)
        gone.add(undone.mention)
    return Target(undone.report, undone.mention), len(gone)


def find_alike(store: Store, user: User, mention: MentionRow, batch: str | None = None) -> list[MentionRow]:
    """Find undecided mentions with the same trigger words, type, mode, factuality and parties.

    Args:
        store: Where to look.
        user: Whose queue.
        mention: What they must be like; it is not among them.
        batch: Look only in this assignment.
    """
    wanted = Filter(type=(mention.type,), factuality=(mention.factuality,))
    key = _likeness(mention)
    rows = store.queue(user.name, wanted, limit=MOST_ALIKE, batch=batch, trigger=mention.trigger.text)
    return [row for row in rows if row.id != mention.id and _likeness(row) == key]


def may_be_alike(edits: Sequence[Edit]) -> bool:
    """Tell whether edits can be made on other mentions too: those that point at no words."""
    return all(field in PLAIN for field, _ in edits)


def _likeness(mention: MentionRow) -> tuple[object, ...]:
    return (
        mention.trigger.text.casefold(),
        mention.type,
        mention.mode,
        tuple(p.name for p in mention.actors),
        tuple(p.name for p in mention.recipients),
    )
