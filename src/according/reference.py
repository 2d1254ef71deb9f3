"""Write the pages of the documentation that are made from the code.

`python -m according.reference docs` writes them; with `--check` it only tells
whether they are as they should be, and exits 1 if not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from according.records import CodedReport


def write_record_page() -> str:
    """Make the reference of the record from its JSON Schema.

    Returns:
        The page as Markdown.
    """
    schema = CodedReport.model_json_schema(by_alias=True)
    lines = ["# The record", "", "Made from the code by `make docs`; do not edit.", ""]
    for name, part in [("CodedReport", schema), *sorted(schema.get("$defs", {}).items())]:
        text = " ".join(str(part.get("description", "")).split("Example:")[0].split())
        lines += [f"## {name}", "", text, "", "| Field | Type | Meaning |", "|---|---|---|"]
        for field, detail in part.get("properties", {}).items():
            meaning = " ".join(str(detail.get("description", "")).split())
            lines.append(f"| `{field}` | {_type(detail)} | {meaning} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _type(detail: dict[str, Any]) -> str:
    if "$ref" in detail:
        name = str(detail["$ref"]).rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in detail:
        return " or ".join(_type(option) for option in detail["anyOf"])
    if "enum" in detail:
        return ", ".join(f"`{value}`" for value in detail["enum"])
    if "const" in detail:
        return f"`{detail['const']}`"
    if detail.get("type") == "array":
        return f"list of {_type(detail.get('items', {}))}"
    return str(detail.get("format") or detail.get("type", "any"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the pages.

    Returns:
        0, or 1 if a page is not as it should be.
    """
    parser = argparse.ArgumentParser(description="Write the pages of the documentation made from the code.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="Change nothing; exit 1 on a difference.")
    options = parser.parse_args(arguments)
    page = options.folder / "record.md"
    content = write_record_page()
    if not options.check:
        page.write_text(content, encoding="utf-8")
        return 0
    if page.is_file() and page.read_text(encoding="utf-8") == content:
        return 0
    sys.stderr.write(f"{page} differs from the code; run `make docs`.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
