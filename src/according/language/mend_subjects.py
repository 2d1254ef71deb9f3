"""Give verbs the subjects, and names the descriptions, that the parser hung elsewhere.

Each rule is one construction of news English: a speaker behind a row of names,
a group "known as" something, two heads of state in a headline's clause of time.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from according.language.verbs import load_verb_classes

_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_NOUNS = ("NOUN", "PROPN", "PRON")
_ROW = ("conj", "appos")
_NAMING = frozenset({"know", "call", "name", "refer"})
_CONNECTING = frozenset({"as", "while", "after"})


def mend_subjects(doc: Doc) -> None:
    """Hang subjects and descriptions where they belong.

    Args:
        doc: A parsed text; it is changed in place. Doing it twice changes
            nothing.

    Example:
        >>> from according.language.pipeline import load_pipeline
        >>> text = "Poland shut its last crossings with Belarus, the alliance and Polish officials said."
        >>> [t.text for t in load_pipeline()(text) if t.dep_ == "nsubj" and t.head.text == "said"]
        ['alliance']
    """
    saying = load_verb_classes().saying
    for token in doc:
        if token.lemma_ in saying and token.pos_ == "VERB":
            _speaker_in_row(token)
        elif token.dep_ == "advcl" and token.head.dep_ == "acl" and token.head.lemma_ in _NAMING:
            _known_as(token)
        if token.dep_ == "dobj" and token.pos_ in ("NOUN", "PROPN"):
            _named_among(token)
            _described(token)
        elif token.dep_ == "pobj" and token.pos_ == "PROPN" and token.head.lower_ in _CONNECTING:
            _two_heads(token)


def _speaker_in_row(verb: Token) -> None:
    """Read "the border with Belarus, THE ALLIANCE AND OFFICIALS said" with its speakers."""
    doc = verb.doc
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or any(t.dep_ in _SUBJECTS for t in verb.children):
        return
    if verb.i < 3 or not any(t.dep_ == "ccomp" and t.i < verb.i for t in verb.children):
        return
    end = verb.i - 2 if doc[verb.i - 1].text == "," else verb.i - 1
    first = doc[end]
    if first.pos_ not in _NOUNS:
        return
    while first.dep_ in _ROW and first.head.dep_ in _ROW and first.head.pos_ in _NOUNS:
        first = first.head
    start = first.left_edge.i
    if first.dep_ not in _ROW or start < 2 or doc[start - 1].text != ",":
        return
    if first.head == verb or first.head.i > first.i or first.right_edge.i not in (end, verb.i - 1):
        return
    if doc[start - 2].lower_ in ("and", "or"):
        return
    first.head, first.dep_ = verb, "nsubj"


def _known_as(verb: Token) -> None:
    """Read "the army and militias KNOWN AS X retook the town": the army and the militias did."""
    naming = verb.head
    mark = next((t for t in verb.children if t.dep_ == "mark"), None)
    name = next((t for t in verb.children if t.dep_ == "nsubj"), None)
    root = naming.sent.root
    if mark is None or name is None or mark.lower_ != "as" or name.i > verb.i or mark.i > naming.i + 2:
        return
    if root.pos_ not in _NOUNS or root.i > naming.i or any(t.dep_ in _SUBJECTS for t in root.children):
        return
    after = [t for t in root.children if t.i > verb.i]
    verb.head = verb
    verb.dep_ = "ROOT"
    root.head, root.dep_ = verb, "nsubj"
    mark.head, mark.dep_ = naming, "prep"
    name.head, name.dep_ = mark, "pobj"
    for token in after:
        token.head = verb


def _described(noun: Token) -> None:
    """Read "denies it and accuses Oslo of backing the LDF, A MILITIA": the militia is the LDF."""
    verb, doc = noun.head, noun.doc
    if noun.dep_ != "dobj" or noun.pos_ != "NOUN":
        return
    second = next((t for t in verb.children if t.dep_ == "conj" and verb.i < t.i < noun.i), None)
    start = noun.left_edge.i
    if second is None or start < 2 or doc[start - 1].text != "," or second.i > start:
        return
    named = doc[start - 2]
    if named.pos_ not in ("NOUN", "PROPN") or not any(t.lower_ in ("a", "an", "the") for t in noun.lefts):
        return
    noun.head, noun.dep_ = named, "appos"


def _named_among(noun: Token) -> None:
    """Read "arrested five men, among them THE SINGER": she is one of the five."""
    start, doc = noun.left_edge.i, noun.doc
    if start < 3 or [t.lower_ for t in doc[start - 2 : start]] != ["among", "them"]:
        return
    first = next((t for t in noun.head.children if t.dep_ == "dobj" and t.i < start), None)
    if first is not None and first != noun:
        noun.head, noun.dep_ = first, "appos"


def _two_heads(first: Token) -> None:
    """Read "Army retakes town as MOI, KIBAKI AGREE to meet" as a clause of time about two people."""
    mark, doc = first.head, first.doc
    if first.i + 2 >= len(doc) or first.right_edge != first or doc[first.i + 1].text != ",":
        return
    second = doc[first.i + 2]
    while second.dep_ == "compound" and second.head.i > second.i:
        second = second.head
    verb, above = second.head, mark.head
    if (
        second.pos_ != "PROPN"
        or second.dep_ != "nsubj"
        or verb.tag_ not in ("VBP", "VB")
        or second.i > verb.i
    ):
        return
    if above.pos_ != "VERB" or above.i > mark.i or verb.i < second.i or verb.i != second.right_edge.i + 1:
        return
    if above.head == verb:
        head, dep = verb.head, verb.dep_
        above.head = above if dep == "ROOT" else head
        above.dep_ = dep
        for token in [t for t in verb.children if t.i < mark.i and t != above]:
            token.head = above
    verb.head, verb.dep_ = above, "advcl"
    mark.head, mark.dep_ = verb, "mark"
    first.head, first.dep_ = verb, "nsubj"
    second.head, second.dep_ = first, "conj"
