"""Whether the clause around a time speaks of the past or of the future."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from according.resolution.times.words import load_words

Tense = Literal["past", "future"]
_REACH = 160
_UNTIL = re.compile(
    r"\b(?:until|till|(?<!day )through|as (?:soon|early|late) as|no later than)\s(?:the\s)?"
    r"(?:[\d:]+ ?[ap]\.?m\.? )?(?:early |late |noon )?$"
)
_MAY_BE = r"(?:could|might)(?!(?: not| never)? have\b| not\b| only\b)"
_SINCE = re.compile(r"\bsince\s(?:the\s|about\s)?(?:early\s|late\s|mid-)?$")
_OPENS = re.compile(r", (?:where|when|which|who|whose)\b")
# A stop after a letter of an abbreviation or after a title ends no sentence: "meet U.S. envoys on Thursday".
_STOP = re.compile(
    r"(?<![\s.][a-z])(?<!\b(?:mr|dr|st|lt))(?<!\b(?:mrs|gen|col|sen|rep|gov|sgt|maj))\.[\"”’']?\s"
    r"|[!?;:][\"”’']?\s|\n"
)


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    w = load_words()
    future = "|".join(re.escape(c) for c in sorted(w.future_cues, key=len, reverse=True))
    past = "|".join(re.escape(c) for c in w.past_cues)
    return re.compile(
        rf"(?P<future>(?<!\w)(?:{future}|{_MAY_BE})\b"
        rf"(?:(?: not| also| only)? (?:be|have been) \w+(?:ed|en|n|t|d)\b)?)"
        rf"|(?P<past>\b(?:{past}|(?!united\b)\w{{2,14}}ed)\b)"
    )


def clause_tense(low: str, start: int, end: int) -> Tense | None:
    """Tell the tense of the verb that a time most likely belongs to.

    The nearest verb before it in the sentence counts; where none stands
    before it, the first one after it.

    Args:
        low: The text in lower case.
        start: Where the time begins.
        end: Where it ends.

    Returns:
        The tense, or None where no verb shows one.

    Example:
        >>> clause_tense("the court will meet on friday", 23, 29)
        'future'
    """
    before = low[max(0, start - _REACH) : start]
    before = _STOP.split(before)[-1]
    if _UNTIL.search(before):
        return "future"
    if _SINCE.search(before):
        return "past"
    found = list(_verbs().finditer(before))
    last = found[-1] if found else None
    if last is not None and _OPENS.search(before, last.end()):
        last = None  # "will go to Oslo, where on Friday rebels struck"
    if last is None:
        after = _STOP.split(low[end : end + _REACH], maxsplit=1)[0]
        last = _verbs().search(after)
    if last is None:
        return None
    return "future" if last["future"] else "past"
