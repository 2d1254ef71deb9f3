"""Quotation marks of all kinds."""

from __future__ import annotations

import pytest

from according.attribution.quotes import find_quotations


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('He said "stay here" twice.', ["stay here"]),
        ("He said “stay here” twice.", ["stay here"]),
        ("He said «stay here» twice.", ["stay here"]),
        ("He said „stay here“ twice.", ["stay here"]),
        ('He said ""stay here"" twice.', ["stay here"]),
        ('"""Stay here,"" he said.', ["Stay here,"]),
        ("He said ''stay here'' twice.", ["stay here"]),
        ("He said ‘stay here’ twice.", ["stay here"]),
        ("He said 'stay here' twice.", ["stay here"]),
        ("“She told us ‘go’ and left,” he said.", ["She told us ‘go’ and left,"]),
        ("The soldiers' camp isn't the rebels' camp.", []),
        ("The town’s people and the rebels’ leader met.", []),
        (
            "“First we wait until the morning.\n\n“Then we go.”",
            ["First we wait until the morning.", "Then we go."],
        ),
    ],
)
def test_quotations(text: str, words: list[str]) -> None:
    assert [q.text(text) for q in find_quotations(text)] == words


def test_only_the_last_paragraph_of_a_running_quotation_is_closed() -> None:
    text = "“First we wait until the morning.\n\n“Then we go.”"
    assert [q.closed for q in find_quotations(text)] == [False, True]
