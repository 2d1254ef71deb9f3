"""Show what a codebook says of a type, a mode, a word or a trigger, as plain text."""

from __future__ import annotations

from textwrap import fill

from according.codebook.link import Codebook, LinkedTrigger
from according.codebook.load import nearest
from according.codebook.model import EventType, Frame
from according.errors import UnknownCodeError

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
_WIDTH = 100


def show_type(codebook: Codebook, code: str) -> str:
    """Describe an event type: definition, modes, how many triggers.

    Raises:
        UnknownCodeError: The codebook has no such type.

    Example:
        >>> from according.codebook.load import load_codebook
        >>> print(show_type(load_codebook(), "AGREE").splitlines()[0])
        AGREE  Agreement  (verbal cooperation)
    """
    kind = codebook.types.get(code)
    if kind is None:
        raise UnknownCodeError(
            code, kind="event type", where=str(codebook.path), nearest=nearest(code, codebook.types)
        )
    lines = [f"{kind.code}  {kind.label}  ({QUADS[kind.quad]})", _wrap(kind.definition)]
    lines += [_wrap(f"{m.code}: {m.definition}", "  ") for m in kind.modes]
    counts = (len(kind.triggers), len(kind.skips), len(kind.examples))
    lines.append("{} triggers, {} look-alikes, {} examples".format(*counts))
    return "\n".join(lines)


def show_word(codebook: Codebook, lemma: str) -> str:
    """List every trigger and look-alike of a lemma, highest rank first.

    Returns:
        One block a trigger, or a line that says there is none.
    """
    found = [t for pos in ("verb", "noun", "adj") for t in codebook.triggers_for(lemma, pos)]
    if not found:
        return f"No trigger has the lemma {lemma!r}."
    return "\n".join(show_trigger(t) for t in found)


def show_trigger(linked: LinkedTrigger) -> str:
    """Describe one trigger: what it codes, when, and what fills its roles.

    Example:
        >>> from according.codebook.load import load_codebook
        >>> found = load_codebook().triggers_for("resign", "verb")
        >>> print(show_trigger(found[0]).split("  ")[0].startswith("retreat.resign.v"))
        True
    """
    t = linked.trigger
    what = f"not coded: {linked.reason}" if linked.skip else linked.type + (f"/{t.mode}" if t.mode else "")
    lines = [f"{t.id}  {what}  {t.lemma} ({t.pos})  {linked.where}"]
    lines += [f"    if {slot}: {', '.join(names)}" for slot, names in t.when.items()]
    if not linked.skip:
        lines += [f"    {role}: {', '.join(slots)}" for role, slots in _roles(linked.frame)]
    return "\n".join(lines)


def show_examples(kind: EventType) -> str:
    """List a type's examples, those it must not code marked with "not"."""
    return "\n".join(("not  " if e.expect == "none" else "     ") + e.text for e in kind.examples)


def _roles(frame: Frame) -> list[tuple[str, tuple[str, ...]]]:
    roles = [(name, getattr(frame, name)) for name in ("actor", "recipient", "place", "theme", "instrument")]
    return [(name, slots) for name, slots in roles if slots]


def _wrap(text: str, indent: str = "") -> str:
    return fill(" ".join(text.split()), _WIDTH, initial_indent=indent, subsequent_indent=indent)
