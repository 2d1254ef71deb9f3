"""`according schema`: the JSON Schema of the record."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of a coded report, one line of the output."""
    import json

    from according.records import CodedReport

    typer.echo(json.dumps(CodedReport.model_json_schema(by_alias=True, mode="serialization"), indent=2))
