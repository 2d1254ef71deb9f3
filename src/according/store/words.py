"""Understand what is typed into a search box, for SQLite and PostgreSQL alike.

Words that stand together must all occur; `"in quotes"` they must stand side by
side; `-word` must not occur; `one OR other` takes either; `word*` takes any
ending. Everything else is taken as words, so no input is a syntax error of the
database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, column, func, literal, literal_column, select, text

from according.errors import SearchQueryError
from according.store import schema

MAX_TERMS = 32
OPEN, CLOSE = "\ue000", "\ue001"
"""Marks round found words; private code points that no news text uses."""

_TOKEN = re.compile(r'(-?)"([^"]*)"?|(\S+)')
_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand side by side.

    Attributes:
        words: One word, or several that must follow each other.
        prefix: The last word may go on.
    """

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        groups: All must be found; of each group any one term.
        without: None of these may be found.
    """

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()


def parse_query(words: str) -> Query:
    """Read what a person typed.

    Args:
        words: Words, "phrases", -exclusions, OR, and pre* fixes.

    Raises:
        SearchQueryError: Nothing is left to look for, or it is too long.

    Example:
        >>> parse_query('truce OR cease* -"talks failed"')
        Query(groups=((Term(words=('truce',), prefix=False), Term(words=('cease',), prefix=True)),),
              without=(Term(words=('talks', 'failed'), prefix=False),))
    """
    groups: list[list[Term]] = []
    without: list[Term] = []
    either = False
    for minus, phrase, word in _TOKEN.findall(words):
        if word == "OR":
            either = bool(groups)
            continue
        negative = bool(minus) or word.startswith("-")
        found = tuple(_WORD.findall(word or phrase))
        if not found:
            continue
        term = Term(found, prefix=word.endswith("*"))
        if negative:
            without.append(term)
        elif either:
            groups[-1].append(term)
        else:
            groups.append([term])
        either = False
    if not groups:
        raise SearchQueryError(
            f"{words!r} has no word to look for.", hint="Give at least one word without a minus."
        )
    if sum(map(len, groups)) + len(without) > MAX_TERMS:
        raise SearchQueryError(f"a search takes at most {MAX_TERMS} words or phrases.")
    return Query(tuple(map(tuple, groups)), tuple(without))


def fts5_query(query: Query) -> str:
    """Write a query as SQLite's FTS5 reads it.

    Example:
        >>> fts5_query(parse_query('truce OR cease* talks -failed'))
        '("truce" OR "cease" *) AND "talks" NOT "failed"'
    """
    groups = [" OR ".join(map(_fts5_term, g)) for g in query.groups]
    found = " AND ".join(f"({g})" if len(query.groups[i]) > 1 else g for i, g in enumerate(groups))
    if not query.without:
        return found
    if len(query.groups) > 1 and len(query.without) > 1:
        found = f"({found})"
    without = [_fts5_term(t) for t in query.without]
    return f"{found} NOT {without[0] if len(without) == 1 else '(' + ' OR '.join(without) + ')'}"


def _fts5_term(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.prefix else "")


def tsquery(query: Query) -> ColumnElement[Any]:
    """Write a query as PostgreSQL reads it."""
    parts: list[ColumnElement[Any]] = []
    for group in query.groups:
        either = _ts_term(group[0])
        for term in group[1:]:
            either = func.tsquery_or(either, _ts_term(term))
        parts.append(either)
    parts += [func.tsquery_not(_ts_term(t)) for t in query.without]
    whole = parts[0]
    for part in parts[1:]:
        whole = func.tsquery_and(whole, part)
    return whole


def _ts_term(term: Term) -> ColumnElement[Any]:
    config: ColumnElement[Any] = literal_column("'according'::regconfig")
    if not term.prefix:
        return func.phraseto_tsquery(config, literal(" ".join(term.words)))
    quoted = " <-> ".join("'" + w.replace("'", "''").replace("\\", "\\\\") + "'" for w in term.words)
    return func.to_tsquery(config, literal(quoted + ":*"))


def matching_reports(words: str, dialect: str) -> Any:
    """Give a subquery of the numbers of reports whose title or text has what is looked for.

    Args:
        words: As typed.
        dialect: `sqlite` or `postgresql`.

    Raises:
        SearchQueryError: There is nothing to look for.
    """
    query = parse_query(words)
    if dialect == "sqlite":
        return (
            text("SELECT rowid AS pk FROM report_search WHERE report_search MATCH :fts")
            .bindparams(bindparam("fts", fts5_query(query), unique=True))
            .columns(column("pk", schema.reports.c.pk.type))
        )
    searched = schema.reports.alias("searched")
    return select(searched.c.pk).where(literal_column("searched.search").op("@@")(tsquery(query)))
