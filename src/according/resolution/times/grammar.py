"""The patterns of time expressions, composed from the word lists.

One pattern a class of expression. Patterns match text in lower case. In a
pattern a space stands for white space with at most one line end, and `<NAME>`
for a fragment built from the word lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from according.resolution.times.words import load_words

_SPACE = r"(?:[ \t\xa0]{1,3}\n?[ \t\xa0]{0,3}|\n[ \t\xa0]{0,3})"

_AGO = ("ago", "earlier", "later", "from", "hence", "before", "prior")

# Class of expression -> pattern. Where two match the same words, the earlier one is read.
RULES: dict[str, str] = {
    "iso": r"(?P<year><Y>)-(?P<mm>\d\d)-(?P<day>\d\d)(?!\d)(?:[t ](?P<tod>\d\d:\d\d)(?::\d\d)?)?",
    "slash": r"(?P<mm>\d{1,2})(?P<sep>[/.-])(?P<day>\d{1,2})(?P=sep)(?P<year>(?:19|20)?\d\d)(?![\d/%-]"
    r"|\.\d)",
    "month_day": r"<HOURS>(?:(?:(?P<part><PART>) )?(?:this coming |last |next |this )?(?P<wd><WD>"
    r"|<WDA>),? (?:the )?)?(?:last |next |this )?(?P<month><MON>)(?: the)? (?P<day><DAY>)(?:(?:(?: to |"
    r"[-–])(?P<until>(?:3[01]|[12]\d|0?[1-9]))(?![\w-]|[.,:]\d))|(?: and "
    r"(?P<until2>(?:3[01]|[12]\d|0?[1-9]))(?=[.,;:)](?!\d)|\n|$)))?(?:,? ?(?P<year><Y>)\b|,? "
    r"(?P<rel>last|this|next) year\b)?(?! (?:percent|million|billion)|%)",
    "day_month": r"<HOURS>(?:(?P<wd><WD>|<WDA>),? (?:the )?)?(?:the )?(?:(?P<since>3[01]|[12]\d|0?[1-9])"
    r"(?: to | and |[-–]))?(?P<day><DAY>)(?:[ -]| of )(?P<month><MON>)(?![a-z])(?:,?[ -](?P<year><Y>)\b|[ -]"
    r"(?P<short>\d\d)(?![\w:%]|\.\d)|,? (?P<rel>last|this|next) year\b)?",
    "month": r"(?:(?P<part><PART>)[ -])?(?:(?P<which>last|next|this|this past|this coming|past|each"
    r"|every) )?(?P<month><MON>)(?![a-z])<YEAROF>",
    "weekday": r"<HOURS>(?:(?P<part><PART>)(?: on)? )?(?:(?P<which>each|every|on most|last|next|this"
    r"|this past|this coming|the previous|the following|the same) )?(?P<wd><WD>)(?P<plural>s)?\b(?: "
    r"(?P<daypart><DAYPART>)s?\b)?(?:,? (?P<week>last|this|next) week\b)?",
    "day_word": r"(?:(?P<part>earlier|later|late|early) )?(?<!usa )(?P<ref><DAYWORD>)\b(?: "
    r"(?P<daypart><DAYPART>)\b)?",
    "daypart": r"(?:(?P<part>earlier|later|late|early|mid) )?(?P<which>this|last|that|the same|the next"
    r"|the previous|the following) (?P<daypart><DAYPART>)\b",
    "feast": r"(?:(?P<which>last|next|this) )?(?P<feast><FEAST>)\b(?:,? (?P<year><Y>)\b)?",
    "ago": r"<AMOUNT>[ -](?P<unit><UNIT>)s?(?: or (?:so|two|more))? (?P<dir>ago|earlier|later|from now"
    r"|hence|before that|prior(?! to))\b",
    "year_ago": r"(?:the |a )?year-(?P<dir>ago|earlier) (?P<kind>quarter|period|month)s?\b|year-(?:ago"
    r"|earlier)\b",
    "quarter": r"(?:(?P<det>(?:this year<S>|last year<S>|next year<S>|the|the fiscal|the (?P<pre><Y>)|"
    r"(?P<pre2><Y>)|the latest|the current|the year-(?:ago|earlier)) ))?(?:(?P<part><PART>)(?: in)? )?"
    r"(?P<fiscal>fiscal )?(?P<ord><ORD>)[ -](?P<kind>quarter|half)\b(?!-final| final| hour| of the (?!year"
    r"|fiscal|19|20))(?:,?(?: of)?(?: fiscal)? (?P<year><Y>)\b|,?(?: of)? (?P<rel>last|this|next) year\b"
    r"| of the year\b)?",
    "quarter_code": r"q(?P<ord>[1-4])(?: of)? (?P<year><Y>)\b|(?P<year2><Y>) ?q(?P<ord2>[1-4])\b",
    "same_quarter": r"(?P<which>the latest|the current|the most recent|this|last|next|the previous"
    r"|the prior|the|the same|the corresponding|the comparable|the preceding|the (?P<year><Y>)) "
    r"(?:fiscal )?(?P<unit>quarter|period)\b(?! of| in which)(?:,? (?P<rel>last year|a year ago"
    r"|a year earlier|of last year)\b)?",
    "span": r"(?:(?:the |this |these )?(?P<which>last|past|next|coming|previous|following|preceding"
    r"|first|final|latest)|the(?= [^.,;\n]{1,30}s\b)) <AMOUNT><MORE> (?P<unit><UNIT>)s?\b(?: or so\b)?",
    "recent": r"(?P<when>recent|coming|past|the past|the last|earlier|later|the coming|early|the early) "
    r"(?P<unit><UNIT>)s\b",
    "deictic": r"(?:(?P<part><PART>)(?: in)? )?(?P<which>the past|the last|the next|the coming"
    r"|the current|the previous|the following|the same|the preceding|the prior|this past|this coming|last"
    r"|next|this|that|previous|current|past|the whole|the full|the entire)(?P<fiscal> fiscal| calendar"
    r"| model)? (?P<unit><UNIT>|weekend|<SEASON>)\b(?!-)",
    "of_unit": r"(?P<part>early in|late in|earlier in|later in|the beginning of|the start of"
    r"|the middle of|the end of|the rest of|the remainder of|the early part of|the latter part of"
    r"|the close of) the (?P<unit>week|month|year|decade|century|day|quarter|fiscal year|19\d0s)\b",
    "bounded": r"(?:the )?year[ -](?P<end>end)\b",
    "the_unit": r"the (?P<unit>weekend|year|week|month|fiscal year)\b(?!-| (?:of|in which|that|before"
    r"|after|<Y>))",
    "season": r"(?:(?P<part><PART>) )?(?:the )?(?P<season><SEASON>)(?: of)?,? (?P<year><Y>|<YW>)\b",
    "bare_season": r"(?:the )?(?:(?P<part>early|late|mid)[ -])?(?P<season>spring|summer|autumn|winter)\b",
    "decade": r"(?:the )?(?:(?P<part>early|late|mid|middle|early to mid|mid to late)[ -])?(?:"
    r"(?P<decade>1[5-9]\d0|20\d0)['’]?s\b|['’‘](?P<short>\d0)s\b)",
    "decade_word": r"the (?:(?P<part>early|late|mid|middle)[ -])?(?P<word><DECADE>)\b",
    "century": r"(?:the )?(?:(?P<part>early|late|mid)[ -])?(?P<nth>\d\d?(?:st|nd|rd|th)"
    r"|<CENTURY>)[ -]century\b",
    "year": r"(?<!\.)(?:(?P<part><PART>)[ -](?:the )?|(?:the )?(?:end|beginning|start|middle) of "
    r"|the year |year )?(?P<year><Y>|<YW>)\b(?![-/]\d\d?\b|\.\d|,\d| ?%|['’]?s\b(?<=0s)|:| block\b)",
    "years": r"(?P<year><Y>)[-–/](?P<until>\d\d|\d{4})(?![\d/-])",
    "fiscal": r"(?:the )?(?:fiscal|financial)(?: year)? (?P<year><Y>)\b(?:[-/]\d\d(?:\d\d)?\b)?|(?:the )?"
    r"(?P<year2><Y>)(?:[-/]\d\d(?:\d\d)?)? (?:fiscal|financial) year\b",
    "this_day": r"this day in (?P<year><Y>)\b",
    "every": r"(?:every|each) (?:(?P<num><NUM>|other|few) )?(?P<unit><UNIT>)s?\b",
    "often": r"(?P<often><OFTEN>)\b(?!-)|(?:once|twice|\w+ times) (?:a|each|every|per) (?P<per>day|week"
    r"|month|year)\b",
    "rate": r"(?<=[\d%a-z] )(?:a|per) (?P<unit>day|week|month|year)\b(?!-to-| ago| earlier| later| prior"
    r"| from| or)",
    "duration": r"<AMOUNT><MORE>[ -](?P<unit><UNIT>)(?P<plural>s)?\b(?: or so\b)?(?![ -]old| of age|-"
    r"(?:ago|earlier|to-))",
    "or_duration": r"(?:a|an|one) (?P<unit><UNIT>) or (?:so|two|more)\b",
    "long": r"(?P<unit>decade|year|month|week|day|hour|centurie|minute)(?:s-long|-long|long|s)\b(?: or "
    r"(?:week|month|year|day|decade)s\b)?(?! old|-old| of age)",
    "next_day": r"(?:the|that) (?:(?P<which>following|next|previous|same|very|preceding) (?:day|week"
    r"|month|year)|(?P<unit>day|week|month|year) (?P<dir>before|after|earlier|later))\b(?! (?:the|his|her"
    r"|their|its|a|an|he|she|they|it) )",
    "clock": r"(?:<ABOUT> |shortly (?:before|after) )?(?:(?P<hour>[01]?\d|2[0-4])(?:[:.]"
    r"(?P<minute>[0-5]\d))? ?(?P<half>a\.m\b\.?|p\.m\b\.?|am\b|pm\b)|(?P<hour24>[01]?\d|2[0-3]):"
    r"(?P<minute24>[0-5]\d)(?::\d\d)?(?![\d:])|(?P<hhmm>[012]\d[0-5]\d)(?= ?(?:<ZONE>|hours|today"
    r"|yesterday)\b)|(?<!high )(?P<word>noon|midday|midnight)\b|(?P<hour_in><SMALL>|\d\d?)(?: o['’]clock)?"
    r"(?: in the (?P<in>morning|afternoon|evening)\b| o['’]clock\b))(?: ?(?P<zone><ZONE>)\b)?",
    "reference": r"(?P<reference><REFERENCE>)\b(?!-)",
    "quarter_of": r"(?P<ord>first|second|third|fourth)-(?P<kind>quarter|half)\b",
    "week_of": r"(?:the )?week of (?P<month><MON>) (?P<day><DAY>)(?:,? (?P<year><Y>)\b)?",
    "last_half": r"the (?:(?:first|last|final|second|latter) (?:half|part) of )(?P<year><Y>)\b",
    "units_ago": r"(?P<unit><UNIT>)s (?P<dir>ago|earlier|later)\b",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled grammar.

    Attributes:
        key: Finds the words that no time expression is without; cheap.
        rules: Class of expression and words of which it needs one, in order of
            preference; `pattern_of` gives its pattern.
        needed: All those words.
    """

    key: re.Pattern[str]
    rules: tuple[tuple[str, frozenset[str]], ...]
    needed: frozenset[str]


def either(words: Iterable[str]) -> str:
    """Alternation of words or phrases, longest first, apostrophes of both kinds."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(w).replace("\\ ", " ").replace("'", "['’]") for w in ordered) + ")"


def compose(pattern: str) -> str:
    """Put the fragments into a pattern and let its spaces match any white space."""
    fragments = _fragments()
    while found := re.search(r"(?<!\?P)<([A-Z]+)>", pattern):
        pattern = pattern[: found.start()] + fragments[found[1]] + pattern[found.end() :]
    behind = re.sub(r"\(\?<[=!][^()]*\)", lambda m: m[0].replace(" ", r"\s"), pattern)
    behind = behind.replace("[ -]", "(?:-| )").replace("[t ]", "(?:t| )")
    spaced = re.sub(r" (\?)?", lambda m: f"{_SPACE}?" if m[1] else _SPACE, behind)
    return re.sub(r"\[[^\]]*\]", lambda m: m[0].replace(r"\d", "0-9"), spaced).replace(r"\d", "[0-9]")


@lru_cache(maxsize=1)
def _fragments() -> dict[str, str]:
    w = load_words()
    small = either(k for k, v in w.numbers.items() if v < 100)
    words = rf"(?:(?:a |{small} )?(?:hundred|thousand)(?: {small})?|{small}(?:[ -]{small})?)"
    figure = r"\d[\d,]*(?:\.\d+)?(?:[ -]\d/\d)?"
    one = rf"(?:half an?|half a dozen|a dozen|two dozen|{figure}|{words}|an?)"
    feasts = w.feasts
    return {
        "Y": r"(?:1[5-9]\d\d|20\d\d)(?!\d)",
        "YW": rf"(?:nineteen (?:hundred|{small}(?:[ -]{small})?)|two thousand(?: and)?(?: {small})?)",
        "MON": rf"(?:{either(w.full_months)}(?![a-z])|{either(w.months)}(?![a-z])\.?)",
        "WD": either(w.weekdays),
        "WDA": rf"{either(w.weekday_abbreviations)}(?![a-z])\.?",
        "DAY": rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?|{either(w.day_ordinals)})(?![\w%]|[.,:]\d)",
        "HOURS": r"(?:the (?:early hours|small hours|night|morning|afternoon|evening) of )?",
        "DAYPART": either(w.dayparts),
        "DAYWORD": either(w.day_words),
        "SEASON": either(w.seasons),
        "FEAST": either(feasts),
        "ABOUT": either(w.about),
        "VAGUE": either(w.vague),
        "PART": either(w.part),
        "UNIT": r"(?:second(?=s)|minute|hour|day|week|fortnight|month|quarter(?!s? of an?\b)|year|decade"
        r"|centur(?:y|ie))",
        "AMOUNT": r"(?:(?:<ABOUT> )?(?P<num><NUM>)(?: and a half)?|(?P<vague><VAGUE>))",
        "MORE": r"(?: more| full| whole| straight| consecutive| trading| business| working| long)?",
        "YEAROF": r"(?:(?: of)?,? (?P<year><Y>|<YW>)\b|,?(?: of)? (?P<rel>last|this|next) year\b)?",
        "NUM": rf"(?:(?:{one}(?: to | or |-))?{one})",
        "SMALL": small,
        "ORD": either(w.ordinals),
        "DECADE": either(w.decades),
        "CENTURY": either(w.century_ordinals),
        "OFTEN": either(w.sets),
        "REFERENCE": either(w.references),
        "ZONE": either(w.zones),
        "S": "['’]s",
    }


def _needs(name: str) -> frozenset[str]:
    """Words without one of which a rule cannot match; empty for no such words."""
    w = load_words()
    lists: dict[str, Iterable[str]] = {
        "month_day": w.months, "day_month": w.months, "month": w.months, "week_of": ("week",),
        "weekday": w.weekdays, "day_word": (p.split()[-1] for p in w.day_words), "daypart": w.dayparts,
        "feast": {f.split()[0] for f in w.feasts},
        "ago": _AGO, "units_ago": _AGO, "year_ago": ("year-",), "quarter": ("quarter", "half"),
        "quarter_of": ("quarter", "half"), "same_quarter": ("quarter", "period"), "span": w.units,
        "recent": ("recent", "coming", "past", "last", "lier", "later", "early"),
        "duration": (*w.units, "centur"), "deictic": (*w.units, *w.seasons, "centur"),
        "long": (*w.units, "centur"), "reference": (_longest(p) for p in w.references),
        "of_unit": ("in the", "of the"), "bounded": ("end",), "season": w.seasons, "bare_season": w.seasons,
        "decade": ("0s", "0's", "0’s"), "decade_word": w.decades, "century": ("centur",),
        "last_half": ("half", "part"), "fiscal": ("fiscal", "financial"), "this_day": ("this day",),
        "quarter_code": ("q",), "every": ("every", "each"),
        "often": (*w.sets, "once", "twice", "times"), "or_duration": (" or",),
    }  # fmt: skip
    return frozenset(lists.get(name, ()))


def _longest(phrase: str) -> str:
    """The longest word of a phrase, without what stands beside an apostrophe, of which there are two."""
    return max(re.split(r"[\s'’]", phrase), key=len)


@cache
def pattern_of(rule: str) -> re.Pattern[str]:
    """Compile the pattern of a class of expression, when it is first needed.

    Args:
        rule: Name of one of `RULES`.

    Returns:
        The pattern.
    """
    return re.compile(r"(?<![\w$£€])(?<![\d£€$][.,])(?:" + compose(RULES[rule]) + ")")


@lru_cache(maxsize=1)
def load_grammar() -> Grammar:
    """Compile the grammar from the word lists."""
    w = load_words()
    rules = tuple((name, _needs(name)) for name in RULES)
    stems = {
        *w.months, *w.weekdays, *w.seasons, *w.dayparts, *w.decades, *w.key_stems, *w.sets,
        *(p.split()[-1] for p in (*w.references, *w.day_words)), *(f.split()[0] for f in w.feasts),
    }  # fmt: skip
    key = rf"\b{either(stems)}|\b(?:1[5-9]|20)\d\d|\d ?[ap]\.?m\b|\d[:/.-]\d|['’‘]\d0s"
    needed = frozenset[str]().union(*(needs for _, needs in rules))
    return Grammar(re.compile(key.replace(r"\d", "[0-9]")), rules, needed)
