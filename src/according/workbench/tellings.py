"""How a stored mention is told of: in whose voice, by whom, with the address of its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from according.store import MentionRow, PartyRow
from according.workbench.reading import report_href


@dataclass(frozen=True, slots=True)
class Telling:
    """A mention as lists outside its report show it.

    Attributes:
        row: The mention.
        voice: "PalInfo, quoting Nasrallah".
        who: Actors and recipients in one line.
        day: The first day it can have been, or else the last, or None.
        words: Words of the clause.
        href: Address of its words.
    """

    row: MentionRow
    voice: str
    who: str
    day: date | None
    words: str
    href: str


def tell(row: MentionRow) -> Telling:
    """Prepare a mention for a list."""
    actors = ", ".join(p.name for p in row.actors) or "nobody named"
    recipients = ", ".join(p.name for p in row.recipients)
    return Telling(
        row=row,
        voice=voice_of(row),
        who=f"{actors} → {recipients}" if recipients else actors,
        day=row.first_day or row.last_day,
        words=" ".join(row.clause.text.split()),
        href=report_href(row.report, mention=row.id),
    )


def voice_of(row: MentionRow) -> str:
    """Who tells a stored mention, in the words of `according.fields.describe_voice`."""
    outlet = row.publisher or "the report"
    if not row.speakers:
        return f"{outlet}, in its own words"
    return ", ".join((outlet, *map(_link, row.speakers)))


def _link(speaker: PartyRow) -> str:
    if speaker.words is None and speaker.name == "?":
        return f"hedging with “{speaker.cue}”" if speaker.cue else "quoting somebody unnamed"
    return f"quoting {speaker.name}"
