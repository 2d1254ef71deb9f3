"""What all queries of a store share: the engine, pages and cursors, a small cache."""

from __future__ import annotations

import base64
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, or_

from according.errors import CursorError, SearchQueryError
from according.store.engine import reading
from according.store.load import get_meta

T = TypeVar("T")
PAGE = 50
MAX_PAGE = 500
_CACHED = 256


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of what was asked for.

    Attributes:
        items: In the order asked for.
        next: Give this as `cursor` for what follows; None at the end.
    """

    items: tuple[T, ...]
    next: str | None = None


def write_cursor(*values: object) -> str:
    """Write where a page ends.

    Example:
        >>> read_cursor(write_cursor(date(2024, 2, 1), 7))
        ['2024-02-01', 7]
    """
    plain = json.dumps([v.isoformat() if isinstance(v, date) else v for v in values])
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> list[Any]:
    """Read where a page ended.

    Raises:
        CursorError: It is not a cursor that a page gave.
    """
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise CursorError(cursor) from error
    if not isinstance(values, list) or len(values) != 2:
        raise CursorError(cursor)
    if not isinstance(values[1], int) or not 0 <= values[1] < 1 << 63:
        raise CursorError(cursor)
    return values


def after(
    query: Select[Any], key: ColumnElement[Any], pk: ColumnElement[int], cursor: str | None, *, rising: bool
) -> Select[Any]:
    """Order a query by a column that is never null, then by number, and begin behind a cursor."""
    if cursor:
        value, last = read_cursor(cursor)
        try:
            value = date.fromisoformat(value) if key.type.python_type is date else key.type.python_type(value)
        except (TypeError, ValueError, OverflowError) as error:
            raise CursorError(cursor) from error
        if isinstance(value, int) and abs(value) >= 1 << 63:
            raise CursorError(cursor)
        beyond = (key > value, pk > last) if rising else (key < value, pk < last)
        query = query.where(or_(beyond[0], and_(key == value, beyond[1])))
    return query.order_by(key.asc() if rising else key.desc(), pk.asc() if rising else pk.desc())


def check_limit(limit: int) -> int:
    """Make sure that a page is of a sensible size.

    Raises:
        SearchQueryError: It is not.
    """
    if not 1 <= limit <= MAX_PAGE:
        raise SearchQueryError(f"a page holds 1 to {MAX_PAGE} rows, not {limit}.")
    return limit


class StoreBase:
    """An open store: its engine, and answers kept until the data change."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._cache: OrderedDict[Hashable, Any] = OrderedDict()
        self._cache_lock = Lock()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return str(self.engine.dialect.name)

    def generation(self) -> str:
        """Name the state of the data: another one after every load and decision."""
        with reading(self.engine) as connection:
            return get_meta(connection, "generation") or ""

    def _cached(self, key: Hashable, make: Callable[[Connection], T]) -> T:
        """Give an answer that holds as long as nothing is loaded or decided."""
        with reading(self.engine) as connection:
            full = (get_meta(connection, "generation"), key)
            with self._cache_lock:
                if full in self._cache:
                    self._cache.move_to_end(full)
                    found: T = self._cache[full]
                    return found
            made = make(connection)
        with self._cache_lock:
            self._cache[full] = made
            while len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        return made
