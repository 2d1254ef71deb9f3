"""Who speaks inside quotation marks, before statements are found."""

from __future__ import annotations

from collections.abc import Callable

from according.language.tree import Tree
from according.resolution.coreference_pronouns import FIRST_PERSON

_SPEECH = frozenset(
    {
        "say",
        "tell",
        "add",
        "state",
        "declare",
        "announce",
        "claim",
        "warn",
        "note",
        "insist",
        "argue",
        "write",
        "explain",
        "continue",
        "stress",
        "ask",
        "reply",
        "according",
        "report",
        "believe",
        "urge",
        "vow",
        "quote",
        "comment",
    }
)


def find_speakers(tree: Tree, texts: list[str]) -> Callable[[int], int | None]:
    """A rough answer to who speaks inside quotation marks, before statements are found.

    Args:
        tree: The report's parse.
        texts: Its tokens.

    Returns:
        A function from a token to the head of its speaker, or None outside
        quotation marks and where no speaker is near.
    """
    inside: list[bool] = []
    open_ = False
    for text in texts:
        if "\n" in text:
            open_ = False
        if text in ("“", "``", "«"):
            open_ = True
        elif text in ("”", "''", "»"):
            open_ = False
        elif text in ('"', '""'):
            open_ = not open_
        inside.append(open_)
    by_sentence: dict[int, int] = {}
    for i, lemma in enumerate(tree.lemma):
        if lemma in _SPEECH and tree.pos[i] == "VERB" and not inside[i]:
            subject = tree.kid(i, "nsubj")
            if subject is not None and not inside[subject]:
                by_sentence.setdefault(tree.sent[i], subject)

    def speaker(token: int) -> int | None:
        anywhere = token < 0
        token = -token - 1 if anywhere else token
        sentence = tree.sent[token]
        if not inside[token] and not (anywhere and sentence in by_sentence):
            return None
        for s in (sentence, sentence - 1, sentence + 1, sentence - 2, sentence - 3):
            found = by_sentence.get(s)
            if found is not None and found != token and tree.lower[found] not in FIRST_PERSON:
                return found
        return None

    return speaker
