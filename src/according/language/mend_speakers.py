"""Give verbs of speech and will their speakers, and the infinitive of what they will do.

Each rule is one construction of news English: a speaker who comes late, a time
between "offered" and what is offered, a subject behind an opening place.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from according.language.verbs import load_verb_classes

_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_NOUNS = ("NOUN", "PROPN")
_FINITE = ("VBD", "VBZ", "VBP")
_BESIDE = ("after", "before", "as", "while", "when", "since", "until")
_TIMES = ("DATE", "TIME")
_GOING_ON = frozenset(
    {"say", "add", "stress", "note", "insist", "warn", "claim", "argue", "emphasise", "emphasize"}
)
# Words up from the noun before a verb to the head of its phrase.
_HIGHEST = 6


def mend_speakers(doc: Doc) -> None:
    """Hang speakers on their verbs, and infinitives on the verbs of will that govern them.

    Args:
        doc: A parsed text; it is changed in place. Doing it twice changes
            nothing.

    Example:
        >>> from according.language.pipeline import load_pipeline
        >>> doc = load_pipeline()("The rebels offered on Friday to release ten soldiers.")
        >>> [(t.text, t.head.text) for t in doc if t.text in ("rebels", "release")]
        [('rebels', 'offered'), ('release', 'offered')]
    """
    classes = load_verb_classes()
    for token in doc:
        if token.lower_ in ("who", "which") and token.dep_ == "nsubj":
            _who_are_cited(token)
        if token.pos_ != "VERB":
            continue
        if token.lower_ in ("hoped", "hopes", "hoping"):
            token.lemma_ = "hope"  # and not "hop"
        if token.tag_ == "VBG" and token.dep_ == "advcl" and token.lemma_ in _GOING_ON:
            _adding(token, classes.saying)
        if token.tag_ in _FINITE and token.lemma_ in classes.saying:
            _comes_late(token)
            _told_before(token)
        if token.tag_ in ("VBD", "VBN") and token.dep_ == "acl":
            _is_finite(token, token.lemma_ in classes.willing)
        if token.dep_ == "ROOT" and token.tag_ in _FINITE:
            _behind_place(token)
        if token.lemma_ in classes.willing:
            _after_time(token)


def _adding(verb: Token, saying: frozenset[str]) -> None:
    """Read "said the army was leaving, ADDING that it was safe" as what the speaker added, not the army."""
    clause = verb.head
    start = verb.left_edge.i
    if not start or verb.doc[start - 1].text != "," or not any(t.dep_ == "ccomp" for t in verb.children):
        return
    for _ in range(_HIGHEST):
        told = clause.dep_ == "ccomp" and clause.head.lemma_ in saying and clause.head.i < clause.i
        if told and verb.lemma_ != "say":
            verb.head = clause.head
            return
        if (
            clause.dep_ == "acl"
            and clause.head.dep_ == "dobj"
            and any(t.dep_ == "mark" for t in clause.children)
        ):
            verb.head = clause.head.head  # "rejected the news that he had won, SAYING"
            return
        clause = clause.head


def _comes_late(verb: Token) -> None:
    """Read "X shelled A and fired at B, THE AIR FORCE said on Saturday" with its speaker, not as a row."""
    main, doc = verb.head, verb.doc
    if verb.dep_ != "conj" or main.dep_ != "ROOT" or main.i > verb.i:
        return
    if any(t.dep_ in _SUBJECTS for t in verb.children) or not any(t.dep_ in _SUBJECTS for t in main.children):
        return
    speaker = _phrase_before(verb)
    if speaker is None or doc[speaker.left_edge.i - 1].text != ",":
        return
    if any(t.is_quote for t in doc[main.i : verb.i]):
        return
    verb.head, verb.dep_ = verb, "ROOT"
    main.head, main.dep_ = verb, "ccomp"
    doc[speaker.left_edge.i - 1].head = verb
    speaker.head, speaker.dep_ = verb, "nsubj"
    for token in [t for t in main.children if t.i > verb.i]:
        token.head = verb


def _phrase_before(verb: Token) -> Token | None:
    """The head of the noun phrase that ends right before a verb and hangs on a word before the phrase."""
    noun = verb.doc[verb.i - 1]
    for _ in range(_HIGHEST):
        if noun.pos_ not in _NOUNS:
            return None
        start = noun.left_edge.i
        if noun.dep_ in ("appos", "conj") and noun.head.i < start and noun.right_edge.i == verb.i - 1:
            return noun if start and not any(t.dep_ == "cc" for t in noun.lefts) else None
        noun = noun.head if noun.head.i < verb.i else verb
    return None


def _who_are_cited(who: Token) -> None:
    """Read "..., according to officials, WHO SAID six died" as what the officials said."""
    verb, doc = who.head, who.doc
    if who.i < 3 or doc[who.i - 1].text != "," or verb.i < who.i:
        return
    cited = doc[who.i - 2]
    for _ in range(_HIGHEST):
        if cited.dep_ == "pobj" and cited.head.head.lower_ == "according":
            break
        cited = cited.head
    else:
        return
    if verb.head == cited or cited.i > who.i:
        return
    if verb.dep_ == "ROOT":
        main = next((t for t in verb.children if t.dep_ in ("ccomp", "dep") and t.i < who.i), None)
        if main is None:
            return
        main.head, main.dep_ = main, "ROOT"
        for token in [t for t in verb.children if t.i < who.i and t != main]:
            token.head = main
    verb.head, verb.dep_ = cited, "relcl"
    doc[who.i - 1].head = cited


def _told_before(verb: Token) -> None:
    """Read "six died, the army said, DAYS AFTER gunmen raided a post" as said of the six, not of the raid."""
    inside = verb.dep_ == "parataxis" and verb.head.dep_ == "ROOT" and verb.head.i > verb.i
    top = verb.head if inside else verb
    told = next((t for t in top.children if t.dep_ in ("ccomp", "dep") and t.i < verb.i), None)
    late = top if inside else next((t for t in verb.children if t.dep_ == "ccomp" and t.i > verb.i), None)
    if told is None or late is None or not any(t.dep_ in _SUBJECTS for t in told.children):
        return
    mark = next((t for t in late.children if t.dep_ in ("mark", "advmod") and verb.i < t.i < late.i), None)
    if mark is None or mark.lower_ not in _BESIDE:
        return
    start = mark.i
    while start > verb.i + 1 and verb.doc[start - 1].text != ",":
        start -= 1
        if verb.doc[start].dep_ not in ("npadvmod", "nummod", "det", "amod", "advmod"):
            return
    if verb.doc[start - 1].text != ",":
        return
    if inside:
        verb.head, verb.dep_ = verb, "ROOT"
        told.head = late.head = verb
        for token in [t for t in late.children if t.i < start or t.i > late.right_edge.i]:
            token.head = verb
    told.dep_, late.dep_ = "ccomp", "advcl"


def _is_finite(verb: Token, willing: bool) -> None:
    """Read "The rebels OFFERED to release ten soldiers" as a sentence, not as the rebels offered for it."""
    noun = verb.head
    if noun.dep_ != "ROOT" or noun.pos_ not in (*_NOUNS, "PRON") or noun.i > verb.i:
        return
    if any(t.dep_ in ("agent", "auxpass", "mark") for t in verb.children):
        return
    asides = [t for t in noun.children if t.dep_ in ("relcl", "acl", "appos") and t != verb]
    behind = (
        bool(asides) and verb.doc[verb.i - 1].text == "," and asides[-1].i < verb.i
    )  # "X, who fled, SAID"
    whole = noun.sent.text.rstrip().endswith(".") and any(
        t.dep_ in ("dobj", "prep", "ccomp", "xcomp") for t in verb.children
    )
    will = any(t.dep_ in ("xcomp", "advcl") and _is_infinitive(t) for t in verb.children)
    named = all(t.dep_ == "appos" for t in asides)
    offers = willing and will and named and not any(t.dep_ == "dobj" for t in verb.children)
    if not offers and not (behind and whole and verb.tag_ == "VBD"):
        return
    verb.head, verb.dep_ = verb, "ROOT"
    verb.tag_ = "VBD"
    noun.head, noun.dep_ = verb, "nsubj"
    for token in [t for t in noun.children if t.i > verb.i]:
        token.head = verb
    for token in [t for t in noun.children if t.i < noun.i and t.dep_ in ("prep", "advmod", "npadvmod")]:
        token.head = verb


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(t.lower_ == "to" and t.dep_ == "aux" for t in verb.children)


def _after_time(verb: Token) -> None:
    """Read "threatened on June 9 TO ATTACK" as what is threatened, not as what the threat was for."""
    held = ("xcomp", "ccomp", "dobj", "dative", "auxpass", "agent")
    if any(t.dep_ in held for t in verb.children):
        return
    aim = next((t for t in verb.children if t.dep_ == "advcl" and t.i > verb.i), None)
    if aim is None or not _is_infinitive(aim) or any(t.dep_ in _SUBJECTS for t in aim.children):
        return
    between = [t for t in verb.children if verb.i < t.i < aim.i]
    if between and all(_is_setting(t) for t in between):
        aim.dep_ = "xcomp"


def _is_setting(token: Token) -> bool:
    """Whether a phrase only says when, where or how: "on June 9", "last week", "in a letter"."""
    if token.dep_ in ("npadvmod", "advmod"):
        return True
    return token.dep_ == "prep" and token.lower_ in ("on", "in", "at", "during", "after", "before", "since")


def _behind_place(verb: Token) -> None:
    """Read "In Tehran, THE SPEAKER, Ali Reza, warned" with its subject: the speaker is no word for Tehran."""
    doc = verb.doc
    if any(t.dep_ in (*_SUBJECTS, "csubj", "auxpass") for t in verb.children):
        return
    opening = next((t for t in verb.children if t.i < verb.i and not t.is_space and not t.is_punct), None)
    if opening is None or opening.dep_ != "prep" or opening.left_edge.i != opening.i:
        return
    place = next((t for t in opening.children if t.dep_ == "pobj"), None)
    if place is None or any(t.i > place.right_edge.i and t.pos_ != "PUNCT" for t in _before(verb, opening)):
        return
    named = next((t for t in place.children if t.dep_ == "appos" and t.i > place.i), None)
    if named is None or named.pos_ not in _NOUNS or not _opens(doc, named, place):
        return
    named.head, named.dep_ = verb, "nsubj"
    for token in [t for t in place.children if t.i > named.i]:
        token.head = named
    for token in [t for t in named.subtree if t.dep_ == "appos" and t.ent_type_ == "ORG"]:
        inner = token.head
        if inner.ent_type_ == "GPE" and inner.dep_ == "pobj" and inner.head.head == named:
            token.head = named  # "the junta in Niamey, THE NATIONAL COUNCIL": the junta is


def _before(verb: Token, opening: Token) -> list[Token]:
    return [t for t in verb.children if opening.i < t.i < verb.i and t.dep_ not in ("aux", "neg", "advmod")]


def _opens(doc: Doc, named: Token, place: Token) -> bool:
    """Whether a noun phrase opens behind a comma, or behind a date that took no comma."""
    start = named.left_edge.i
    words = doc[start : named.i]
    definite = any(t.dep_ in ("det", "poss") for t in words) or named.pos_ == "PROPN"
    return definite and (doc[start - 1].text == "," or place.ent_type_ in _TIMES)
