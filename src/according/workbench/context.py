"""What every page is given: the open store, the filters of the address, the place in a list."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import AfterValidator

from according.store import Store
from according.workbench.selection import Selection, read_selection

Chosen = Annotated[Selection, Depends(read_selection)]
After = Annotated[str | None, Query(max_length=1200, description="`after` of the page before.")]


def clean(value: str) -> str:
    """PostgreSQL keeps no NUL in text, so no id has one."""
    return value.replace("\0", "")


def _clean_any(value: str | None) -> str | None:
    return None if value is None else clean(value)


AnyId = Annotated[str | None, Query(max_length=1000), AfterValidator(_clean_any)]
ReportId = Annotated[str, Query(max_length=1000), AfterValidator(clean)]
Id = Annotated[str, Query(max_length=500), AfterValidator(clean)]


def get_store(request: Request) -> Store:
    """The store that this workbench shows."""
    store: Store = request.app.state.store
    return store


Stored = Annotated[Store, Depends(get_store)]
