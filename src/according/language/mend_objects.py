"""Give verbs of speech what they are about, where the parser hung it on a word between.

Each rule is one construction of news English: what somebody is accused of, what
is ruled out, what something is called, what a visit on a given day is for.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from according.language.verbs import load_verb_classes

_NOUNS = ("NOUN", "PROPN")
# Verbs whose gerund is their object.
_GERUND = frozenset({"deny", "admit", "consider", "contemplate", "oppose", "propose", "suggest"})
_AIMED = frozenset({"for", "with", "about", "over", "against"})
# Those who are of something: "accused MEMBERS of the army".
_RELATIONAL = frozenset(
    {
        "member", "leader", "head", "chief", "commander", "supporter", "president", "minister", "director",
        "one", "some", "all", "many", "most", "several", "hundred", "dozen", "thousand", "number", "part",
        "group", "majority", "son", "wife", "owner", "speaker", "author", "mayor", "people", "citizen",
    }
)  # fmt: skip
_DAYS = ("DATE", "TIME")


def mend_objects(doc: Doc) -> None:
    """Hang what speech is about on the verb.

    Args:
        doc: A parsed text; it is changed in place. Doing it twice changes
            nothing.

    Example:
        >>> from according.language.pipeline import load_pipeline
        >>> doc = load_pipeline()("The army accused the rebels of an ambush on a convoy near Goma.")
        >>> doc[5].text, doc[5].head.text
        ('of', 'accused')
    """
    classes = load_verb_classes()
    for token in doc:
        if token.lemma_ in classes.charging and token.pos_ == "VERB":
            _charged(token, classes.deeds)
        elif token.lemma_ == "call" and token.pos_ == "VERB":
            _called(token)
        elif token.dep_ == "advcl" and token.tag_ == "VBG":
            _gerund(token)
        elif token.dep_ == "prep" and token.lower_ in _AIMED and token.head.ent_type_ in _DAYS:
            _behind_day(token)


def _charged(verb: Token, deeds: frozenset[str]) -> None:
    """Read "accused the rebels OF AN AMBUSH" as the charge, and not as "the rebels of an ambush".

    Behind "accuse" the last "of" is the charge unless it only says whose the
    accused are; behind other verbs, or deeper inside the phrase ("the head of
    the army OF BIAS"), it has to name a deed.
    """
    if any(t.dep_ == "prep" and t.lower_ == "of" for t in verb.children):
        return
    for accused in [t for t in verb.children if t.dep_ in ("dobj", "nsubjpass")]:
        charge = _charge(accused, deeds, plain=verb.lemma_ == "accuse" and verb.i < accused.i)
        if charge is not None:
            charge.head = verb
            return


def _charge(accused: Token, deeds: frozenset[str], *, plain: bool) -> Token | None:
    """The "of" that opens the charge inside the phrase that names the accused."""
    held = _of(accused)
    if plain and accused.dep_ == "dobj" and held:
        owned = len(held) == 1 and accused.lemma_.lower() in _RELATIONAL
        what = held[-1].children
        if not owned and any(t.dep_ == "pcomp" or (t.dep_ == "pobj" and t.pos_ == "NOUN") for t in what):
            return held[-1]
    for of in held:
        noun = next((t for t in of.children if t.dep_ == "pobj"), None)
        if noun is not None and noun.pos_ == "NOUN" and noun.lemma_ in deeds:
            return of
        deeper = None if noun is None else _charge(noun, deeds, plain=False)
        if deeper is not None:
            return deeper
    return None


def _of(noun: Token) -> list[Token]:
    return [t for t in noun.rights if t.dep_ == "prep" and t.lower_ == "of"]


def _called(verb: Token) -> None:
    """Read "called the timetable "A FARCE"" as what it is called, not as another word for it."""
    named = next((t for t in verb.children if t.dep_ == "dobj" and t.i > verb.i), None)
    if named is None or any(t.dep_ in ("oprd", "xcomp", "ccomp") for t in verb.children):
        return
    name = next((t for t in named.rights if t.dep_ == "appos"), None)
    if name is None or name.pos_ not in _NOUNS:
        return
    start = name.left_edge.i
    opened = verb.doc[start].is_quote or verb.doc[start - 1].is_quote
    if opened and verb.doc[start - 2 if verb.doc[start - 1].is_quote else start - 1].text != ",":
        name.head, name.dep_ = verb, "oprd"


def _gerund(verb: Token) -> None:
    """Read "ruled out CEDING land" as what is ruled out, not as what goes on meanwhile."""
    above, before = verb.head, verb.doc[verb.left_edge.i - 1] if verb.left_edge.i else verb
    ruled = above.lemma_ in ("rule", "ruled") and before.lower_ == "out" and before.head == above
    said = above.lemma_ in _GERUND and before == above
    if (ruled or said) and not any(t.dep_ in ("dobj", "xcomp", "ccomp", "mark") for t in above.children):
        verb.dep_ = "xcomp"
        if ruled:
            above.lemma_ = "rule"


def _behind_day(aim: Token) -> None:
    """Read "is due in Lagos on 2 May FOR TALKS" as what the visit is for: no day is for talks."""
    day = aim.head
    held = next((t for t in aim.children if t.dep_ == "pobj"), None)
    if day.dep_ != "pobj" or held is None or held.ent_type_ in _DAYS or day.head.dep_ != "prep":
        return
    verb = day.head.head
    if verb.pos_ not in ("VERB", "AUX", "ADJ"):
        return
    due = next((t for t in verb.children if t.dep_ == "acomp" and verb.i < t.i < aim.i), None)
    aim.head = due if due is not None and verb.lemma_ == "be" else verb
