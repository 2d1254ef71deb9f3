"""Turn spaCy's tree into clauses: predicates with their arguments.

The one entry is `find_clauses`. Verbs come first (`verbal.py` undoes passive,
control, relative clauses and coordination), then nouns and adjectives
(`nominal.py` undoes light verbs, possessives and copulas), which look at the
verbs they hang on.
"""

from __future__ import annotations

from spacy.tokens import Doc

from according.language.model import Clause
from according.language.nominal import Nominals
from according.language.tree import Tree
from according.language.verbal import Verbals
from according.language.verbs import VerbClasses, load_verb_classes


def find_clauses(doc: Doc, classes: VerbClasses | None = None) -> tuple[Clause, ...]:
    """Find every predicate of a report with its arguments.

    Args:
        doc: Parsed text.
        classes: Verb classes; those that ship with the package by default.

    Returns:
        One clause for every verb (not auxiliaries), predicate adjective and
        noun, in text order.

    Example:
        >>> from according.language.pipeline import load_pipeline
        >>> doc = load_pipeline()("The base was shelled by rebels.")
        >>> [c.lemma for c in find_clauses(doc) if c.pos == "verb"]
        ['shell']
    """
    classes = classes or load_verb_classes()
    tree = Tree.of(doc)
    verbals = Verbals(tree, classes)
    clauses = verbals.clauses()
    clauses.extend(Nominals(tree, classes, clauses).clauses())
    return tuple(sorted(clauses, key=lambda c: c.head))
