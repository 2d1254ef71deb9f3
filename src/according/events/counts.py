"""Numbers of people in a phrase: "at least five", "dozens", "between 10 and 15"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from according.data_files import read_data
from according.language.model import ParsedReport
from according.records import Count, Span

_LEADS = frozenset(
    {
        "at",
        "least",
        "more",
        "than",
        "less",
        "fewer",
        "no",
        "not",
        "up",
        "to",
        "as",
        "many",
        "few",
        "between",
        "and",
        "over",
        "about",
        "around",
        "some",
        "nearly",
        "almost",
        "close",
        "an",
        "estimated",
        "most",
    }
)
_CROWDS = frozenset({"crowd", "group", "mob", "team", "contingent", "throng", "gang", "total", "band"})
_HALF_DOZEN = re.compile(r"half(?:-|\sa\s|\s)dozen")
_NOT_PEOPLE = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})


@dataclass(frozen=True, slots=True)
class CountWords:
    """Number words and the fields they fill; see `data/counts.yml`."""

    numbers: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, int]
    bounds: dict[str, str]
    fields: dict[str, str]
    size_types: frozenset[str]
    people: frozenset[str]
    things: frozenset[str]


@cache
def load_count_words() -> CountWords:
    """Read the number words that ship with the package."""
    raw: dict[str, Any] = read_data("counts.yml")
    bounds = {phrase: kind for kind in ("about", "below", "low", "above", "high") for phrase in raw[kind]}
    fields = {word: name for name, words in raw["fields"].items() for word in words}
    return CountWords(
        raw["numbers"],
        raw["scales"],
        raw["vague"],
        bounds,
        fields,
        frozenset(raw["size_types"]),
        frozenset(raw["people"]),
        frozenset(raw["things"]),
    )


@cache
def _pattern() -> re.Pattern[str]:
    """Bound words, a number, and the other end of a range."""
    words = load_count_words()
    units = sorted((w for w in words.numbers if len(w) > 2 or w == "no"), key=len, reverse=True)
    tens = [w for w, value in words.numbers.items() if 20 <= value <= 90 and value % 10 == 0]
    scales = "|".join((*words.scales, "dozen", "score", "couple", "pair"))
    vague = "|".join(words.vague)
    compound = rf"(?:{'|'.join(tens)})[-\s](?:one|two|three|four|five|six|seven|eight|nine)"
    digits = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+(?=\s(?:hundred|thousand|million)))?"
    number = (
        rf"(?:half(?:-|\sa\s|\s)dozen|tens\sof\sthousands|hundreds\sof\sthousands|(?:{compound}|{digits}|{'|'.join(units)}|an?(?=\s(?:{scales}|couple|pair)))"
        rf"(?:\s(?:{scales}))*(?:\sand\s(?:{compound}|{'|'.join(tens)}))?|(?:several\s)?(?:{vague}))"
    )
    bounds = "|".join(sorted(map(re.escape, words.bounds), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,$£€-])(?P<bound>(?:{bounds})\s+)?(?P<between>between\s+)?(?P<first>{number})"
        rf"(?:\s*(?:-|–|\sto\s|\sand\s|\sor\s)\s*(?P<second>{number}))?(?P<more>\s+or\s+more)?"
        rf"(?![\w%°]|\s?-\s?(?:year|day|month|week|hour|old|mile|km|metre|meter)|\s*(?:percent|per\scent|years?|months?|days?|weeks?|hours?|minutes?|km|miles?)\b|\.\d)",
        re.IGNORECASE,
    )


def find_count(parsed: ParsedReport, start: int, end: int, head: int) -> Count | None:
    """Read the number of people a noun phrase names.

    Args:
        parsed: The report.
        start: First token of the phrase.
        end: One past its last token.
        head: Its head.

    Returns:
        The count with the words it was read from; None where the phrase has
        no number, or the number is a date, an age or a sum.
    """
    words = load_count_words()
    doc = parsed.doc
    left = start
    while (
        left > max(0, start - 4) and doc[left - 1].sent == doc[start].sent and doc[left - 1].lower_ in _LEADS
    ):
        left -= 1
    counted = doc[head].lower_ in words.vague or doc[head].like_num or doc[head].lemma_.lower() in _CROWDS
    stop = max(head + 1, end if counted else head + 1)
    stop = next((i for i in range(left, stop) if doc[i].dep_ in ("relcl", "acl")), stop)
    offset = doc[left].idx
    text = doc[left:stop].text
    found = _pattern().search(text)
    if found is not None and found["first"].lower() == "another":  # "another eight suspects"
        found = _pattern().search(text, found.end()) or found
    if found is None:
        return None
    token = doc.char_span(offset + found.start("first"), offset + found.end("first"), alignment_mode="expand")
    wrong = _NOT_PEOPLE - {"QUANTITY"} if doc[head].lemma_.lower() in words.people else _NOT_PEOPLE
    if token is not None and doc[head].ent_type_ and any(t.ent_type_ in wrong for t in token):
        return None
    low, open_ended = _value(found["first"], words)
    high = None if open_ended else low
    if found["second"]:
        other, open_ended = _value(found["second"], words)
        low, high = min(low, other), None if open_ended else max(low, other)
    bound = words.bounds.get(" ".join((found["bound"] or "").lower().split()))
    low_, high_ = _bounded("low" if found["more"] else bound, low, high)
    span = Span.of(parsed.report.text, offset + found.start(), offset + found.end())
    return Count(span=span, low=low_, high=high_)


def _value(text: str, words: CountWords) -> tuple[int, bool]:
    """Value of a number in words or digits, and whether it is a mere lower bound."""
    total, current, vague = 0, 0, False
    lower = _HALF_DOZEN.sub("six", text.lower())
    if "tens of thousands" in lower:
        return 20_000, True
    if "hundreds of thousands" in lower:
        return 200_000, True
    for word in re.split(r"[\s-]+", lower):
        if word in words.vague:
            current, vague = words.vague[word], True
        elif word in ("dozen", "score", "couple", "pair"):
            current = max(current, 1) * words.numbers[word]
        elif word in words.scales:
            current = max(current, 1) * words.scales[word]
            total, current = (total + current, 0) if words.scales[word] >= 1000 else (total, current)
        elif re.fullmatch(r"[\d,]+", word):
            current = int(word.replace(",", ""))
        elif re.fullmatch(r"\d+\.\d+", word):
            scale = next((words.scales[w] for w in lower.split() if w in words.scales), 1)
            return round(float(word) * scale), False
        else:
            current += words.numbers.get(word, 0)
    return total + current, vague


def _bounded(bound: str | None, low: int, high: int | None) -> tuple[int | None, int | None]:
    if bound == "low":
        return low, None
    if bound == "above":
        return low + 1, None
    if bound == "high":
        return None, high if high is not None else low
    if bound == "below":
        return None, (high or low) - 1
    return low, high
