"""The API keeps to its own description, whatever it is asked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from according.store import Store
from according.workbench.app import create_app
from according.workbench.settings import Settings

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")


def test_answers_fit_the_description(store: Store) -> None:
    app = create_app(store, Settings("test", allowed_hosts=("testserver",)))
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    answered: dict[str, set[int]] = {}
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=15,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            response = case.call_and_validate()
            answered.setdefault(case.operation.path, set()).add(response.status_code)

        check()
    assert {"/api/reports", "/api/report", "/api/events", "/api/mentions", "/api/map"} <= set(answered)
    assert 200 in answered["/api/events"]
