"""Tell from a report's own words whether it prints a news agency's copy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from according.records import Report, Span

_HEAD_LINES, _TAIL_LINES, _LINE_CHARS = 5, 4, 220
_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit line.

    Attributes:
        agency: Id of the agency.
        whole: Whether it covers the whole report; otherwise the agency "contributed".
        span: The words.
    """

    agency: str
    whole: bool
    span: Span


@dataclass(frozen=True, slots=True)
class _Agencies:
    names: Mapping[str, str]
    whole: tuple[re.Pattern[str], ...]
    part: tuple[re.Pattern[str], ...]


def find_credit(report: Report) -> Credit | None:
    """Find the credit to a news agency, in the first and last lines of a report.

    Args:
        report: A report; its dateline and bylines are read too.

    Returns:
        The first credit for the whole report, or else the first for a part.

    Example:
        >>> credit = find_credit(Report(id="r", text="KABUL (AP) — Two men were killed."))
        >>> credit.agency, credit.whole, credit.span.text
        ('AP', True, 'KABUL (AP) —')
    """
    data = _load()
    lines = [m.span() for m in _LINE.finditer(report.text) if m.group().strip()]
    edge = lines if len(lines) <= _HEAD_LINES + _TAIL_LINES else lines[:_HEAD_LINES] + lines[-_TAIL_LINES:]
    edge = sorted({*edge, *((r.start, r.end) for r in report.regions if r.kind in ("byline", "dateline"))})
    for whole, patterns in ((True, data.whole), (False, data.part)):
        for start, end in edge:
            line = report.text[start:end] if whole else report.text[start : start + 4 * _LINE_CHARS]
            pieces = [(0, line)] if len(line) <= _LINE_CHARS else [(0, line[:_LINE_CHARS])]
            if len(line) > _LINE_CHARS and end == lines[-1][1]:
                pieces.append((len(line) - _LINE_CHARS, line[-_LINE_CHARS:]))
            for offset, piece in pieces:
                for pattern in patterns:
                    if found := pattern.search(piece.rstrip()):
                        at = start + offset + found.start()
                        words = found.group().rstrip()
                        span = Span.of(report.text, at, at + len(words))
                        return Credit(data.names[_key(found["agency"])], whole, span)
    return None


def find_agency(publisher: str | None) -> str | None:
    """Id of the agency a publisher's name stands for, or None.

    Example:
        >>> find_agency("The Associated Press"), find_agency("Harbour Times")
        ('AP', None)
    """
    return None if publisher is None else _load().names.get(_key(publisher))


def _key(name: str) -> str:
    name = name.strip()
    return name if len(name) <= 4 else name.casefold().removeprefix("the ")


@cache
def _load() -> _Agencies:
    import yaml

    data: dict[str, Any] = yaml.safe_load(
        files("according").joinpath("data/corroborate/agencies.yml").read_text(encoding="utf-8")
    )
    names = {_key(n): str(row["id"]) for row in data["agencies"] for n in row["names"]}
    spelled = sorted({n for row in data["agencies"] for n in row["names"]}, key=lambda n: (-len(n), n))
    either = "|".join(re.escape(n) if len(n) <= 4 else f"(?i:{re.escape(n)})" for n in spelled)

    def compile_all(key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(
            re.compile(p.replace("(?:{agency})", f"(?P<agency>(?<![A-Za-z])(?:{either})(?![A-Za-z]))"))
            for p in data[key]
        )

    return _Agencies(MappingProxyType(names), compile_all("whole"), compile_all("part"))
