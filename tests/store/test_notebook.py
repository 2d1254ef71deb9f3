"""The notebook of the docs runs, and shows what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

DOCS = Path(__file__).parents[2] / "docs"
pytestmark = pytest.mark.model


def printed(cell: Any) -> str:
    outputs = cell.get("outputs", [])
    return "".join(o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs)


def test_the_notebook_of_the_store_runs() -> None:
    notebook = nbformat.read(DOCS / "store.ipynb", as_version=4)
    nbformat.validate(notebook)
    shown = [printed(c) for c in notebook.cells]
    assert sum(bool(s) for s in shown) >= 7, "the notebook is kept with what it prints"
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(DOCS)}}).execute()
    text = "\n".join(printed(c) for c in notebook.cells)
    assert "3 reports in = 3 added" in text
    assert "3 reports in = 0 added + 0 recoded + 3 already there" in text
    assert "low 66, best 66, high 68" in text
    assert "Miljacka Courier () happened" in text
    assert "3 independent sources of 3 reports" in text
    assert text.count("['market'") == 3
    errors = [o for c in notebook.cells for o in c.get("outputs", []) if o.output_type == "error"]
    assert errors == []
