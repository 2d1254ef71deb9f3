"""The words of a participant."""

from __future__ import annotations

from spacy.tokens import Doc

from according.language.tree import Tree


def cut_span(doc: Doc, tree: Tree, start: int, end: int, head: int) -> tuple[int, int]:
    """Cut a participant's words: no leading preposition, no following description.

    A name in apposition to a description belongs to it.

    Args:
        doc: The report's tokens.
        tree: Their parse.
        start: First token of the argument.
        end: One past its last token.
        head: Its head.

    Returns:
        Token range.
    """
    while (
        start < head
        and tree.lower[min(start + 1, len(tree.lower) - 1)] not in ("least", "most")
        and tree.dep[start] not in ("quantmod", "advmod")
        and (
            tree.pos[start] in ("ADP", "PUNCT", "SPACE", "CCONJ")
            and doc[start].text not in ("“", '"', "‘", "[")
        )
    ):
        start += 1
    while start < head and tree.lower[start] == "whose":
        start += 1
    while end > head + 1 and (
        tree.pos[end - 1] in ("SPACE", "ADP")
        or doc[end - 1].text in (",", ".", ";", ":", "(", "-", "—", "–", "'s", "’s", "'", "’")
    ):
        end -= 1
    ofs = [o for p in tree.kids(head, "prep") if tree.lower[p] in ("of", "for") for o in tree.kids(p, "pobj")]
    late = [c for o in ofs for c in tree.kids(o, "appos") if doc[c].ent_type_ == "PERSON"]
    for c in (*tree.kids(head, "appos"), *late):
        if c > head and c - head <= 12 and tree.pos[c] == "PROPN" and tree.pos[head] == "NOUN":
            between = [doc[k].text for k in range(end, tree.phrase(c)[0])]
            if all(x in (",", "—", "–", "-") for x in between):
                return start, max(end, tree.phrase(c)[1])
    return start, end
