"""Give back to a speaker what the parser hangs inside what he said, and the other way round.

In "the ministry said the truce would hold but ACCUSED the rebels of raids"
the accusing is the ministry's; in "Cairo rejects the plan, Tripoli says it will
not attend" the first clause is nobody's words. The small pipeline reads both
the other way.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from according.language.verbs import load_verb_classes

_VERBS = ("VERB", "AUX")
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_ASIDE = frozenset({"which", "who", "where", "whose"})
_JOINS = frozenset({"and", "but"})
# Adverbs with which a participle says what something is like: "had heavily armed guards".
_DEGREES = frozenset({"heavily", "highly", "newly", "fully", "badly", "poorly", "partly", "purely"})
# Speech about something that is its object, and which nobody quotes with: "X blocks road, Y DENIES it".
_ANSWERS = frozenset(
    {
        "deny", "reject", "dismiss", "condemn", "denounce", "deplore", "decry", "slam", "welcome", "refuse",
        "demand", "accuse", "blame", "hail", "praise", "vow", "pledge",
    }
)  # fmt: skip
# How many words up from a verb its speaker's verb is looked for.
_HIGHEST = 4


def mend_told(doc: Doc) -> None:
    """Part what is said from what a speaker does besides.

    Args:
        doc: A parsed text; it is changed in place. Doing it twice changes
            nothing.

    Example:
        >>> from according.language.pipeline import load_pipeline
        >>> doc = load_pipeline()("The army said the truce would hold but accused the rebels of raids.")
        >>> doc[8].text, doc[8].head.text
        ('accused', 'said')
    """
    classes = load_verb_classes()
    saying, acts = classes.saying, classes.speaking_acts
    for token in doc:
        if token.dep_ == "conj" and token.tag_ in ("VBD", "VBZ", "VBN") and token.pos_ == "VERB":
            _raise(token, saying, acts)
        elif token.dep_ == "ccomp" and token.head.i > token.i:
            if token.head.lemma_ in saying or token.head.lemma_ in _ANSWERS:
                _splice(token)
        elif token.dep_ in ("ccomp", "ROOT") and token.pos_ in ("NOUN", "PROPN"):
            _have_done(token)
        elif token.dep_ == "dobj" and token.pos_ == "PROPN":
            _join_people(token)
        elif token.dep_ == "dobj" and token.pos_ == "NOUN" and token.head.lemma_ == "have":
            _have_quoted(token)


def _raise(verb: Token, saying: frozenset[str], acts: frozenset[str]) -> None:
    """Hang "said the deal would hold but ACCUSED ..." beside "said"."""
    beside = verb.head
    if any(t.dep_ in (*_SUBJECTS, "aux", "auxpass") for t in verb.children):
        return
    if beside.lemma_ in saying and _goes_on(verb, beside):
        return
    joint = next((t for t in beside.children if t.dep_ == "cc" and beside.i < t.i < verb.i), None)
    if joint is None or joint.lower_ not in _JOINS or any(t.is_quote for t in (verb.nbor(-1), joint)):
        return
    if _leaves_aside(verb, beside, joint):
        return
    clause, speech = beside, beside.head
    for _ in range(_HIGHEST):
        if clause.dep_ == "ccomp" and speech.lemma_ in saying:
            break
        clause, speech = speech, speech.head
    else:
        return
    if speech.i > clause.i or speech.tag_ not in ("VBD", "VBZ") or speech.pos_ != "VERB":
        return
    subject = next((t for t in clause.children if t.dep_ in _SUBJECTS), None)
    if subject is None or not any(t.dep_ == "nsubj" for t in speech.children):
        return
    if not _same_tense(verb, speech) or not _is_speakers(verb, clause, subject, joint, saying, acts):
        return
    verb.head = speech
    joint.head = speech
    if verb.tag_ == "VBN":
        verb.tag_ = "VBD"


def _leaves_aside(verb: Token, beside: Token, joint: Token) -> bool:
    """Read "condemned the raid, which it said took place at sea, and RECALLED its envoy" as one row."""
    doc, now = verb.doc, beside
    if doc[joint.i - 1].text != ",":
        return False
    for _ in range(_HIGHEST):
        if now.dep_ == "relcl":
            break
        now = now.head
    start = now.left_edge.i
    if now.dep_ != "relcl" or not start or doc[start - 1].text != "," or doc[start].lower_ not in _ASIDE:
        return False
    main = now.head
    for _ in range(_HIGHEST):
        if main.pos_ == "VERB":
            break
        main = main.head
    if main.pos_ != "VERB" or main.tag_ != verb.tag_ or main.i > now.i:
        return False
    if not any(t.dep_ == "nsubj" for t in main.children):
        return False
    verb.head = joint.head = main
    return True


def _goes_on(verb: Token, speech: Token) -> bool:
    """Read "the mayor fled, two aides said, and ASKED for help" as what the mayor did."""
    told = next((t for t in speech.children if t.dep_ == "ccomp" and t.i < speech.i), None)
    before = [t for t in speech.children if t.dep_ == "cc" and speech.i < t.i < verb.i]
    if told is None or not before or verb.tag_ != "VBD" or told.tag_ != "VBD":
        return False
    if verb.doc[before[-1].i - 1].text != "," or any(t.dep_ in ("aux", "auxpass") for t in told.children):
        return False
    if any(t.is_quote for t in verb.doc[told.left_edge.i : speech.i]):
        return False
    verb.head = told
    before[-1].head = told
    return True


def _same_tense(verb: Token, speech: Token) -> bool:
    return verb.tag_ == speech.tag_ or (
        verb.tag_ == "VBN" and speech.tag_ == "VBD" and verb.lower_.endswith("ed")
    )


def _is_speakers(
    verb: Token, clause: Token, subject: Token, joint: Token, saying: frozenset[str], acts: frozenset[str]
) -> bool:
    """Whether a coordinated verb tells what the speaker did, rather than what he told of somebody."""
    beside = verb.head
    modal = any(t.tag_ == "MD" for t in beside.children)
    if modal and verb.tag_ != "VBN":
        return True  # "would not yield but ruled out force": the tenses do not go together
    had = beside.tag_ == "VBN" and any(t.lower_ == "had" and t.dep_ == "aux" for t in beside.children)
    if had and verb.tag_ == "VBD" and any(t.dep_ == "ccomp" for t in verb.children) and verb.lemma_ in acts:
        return True  # "insisted they had hit fighters and DENIED that ..."
    if verb.lemma_ not in acts and verb.lemma_ not in saying:
        return False
    if beside.lemma_ in acts or beside.lemma_ in saying:
        return modal
    set_off = verb.doc[joint.i - 1].text == ","
    own = subject.lower_ in ("it", "he", "she", "they", "we", "there")
    inert = subject.pos_ == "NOUN" and subject.lemma_ in load_verb_classes().speechless
    return modal or set_off or own or inert or beside.lemma_ == "be"


def _splice(clause: Token) -> None:
    """Read "Cairo rejects the plan, Tripoli SAYS it will stay away" as two sentences."""
    speech, doc = clause.head, clause.doc
    subject = next((t for t in speech.children if t.dep_ == "nsubj" and t.i > clause.i), None)
    answers = speech.lemma_ in _ANSWERS
    held = ("ccomp", "xcomp", "dobj") if answers else ("ccomp", "xcomp")
    told = next((t for t in speech.children if t.dep_ in held and t.i > speech.i), None)
    if subject is None or told is None or subject.i > speech.i:
        return
    before = subject.left_edge.i - 1
    if before <= clause.i or doc[before].text != "," or clause.right_edge.i > before:
        return
    whole = told.pos_ in _VERBS and any(t.dep_ in _SUBJECTS for t in told.children)
    if not (whole or answers) or not any(t.dep_ in _SUBJECTS for t in clause.children):
        return
    if any(t.is_quote for t in doc[clause.left_edge.i : told.i]):
        return
    clause.dep_ = "dep"


def _have_done(noun: Token) -> None:
    """Read "the army had "deliberately TARGETED civilians"" with its verb: nobody "had civilians"."""
    has = next((t for t in noun.children if t.dep_ == "aux" and t.lemma_ == "have"), None)
    done = next((t for t in noun.children if t.dep_ == "amod" and t.tag_ in ("VBN", "VBD")), None)
    subject = next((t for t in noun.children if t.dep_ == "nsubj"), None)
    if has is None or done is None or subject is None or not subject.i < has.i < done.i < noun.i:
        return
    if any(t.pos_ in ("NOUN", "PROPN") for t in noun.doc[has.i + 1 : done.i]):
        return
    before = [t for t in noun.children if t.i < done.i]
    after = [t for t in noun.children if t.i > noun.i and t.dep_ in ("punct", "prep", "advmod", "cc", "conj")]
    _make_head(done, noun, noun, [*before, *after])


def _have_quoted(noun: Token) -> None:
    """Read the same where "had" was taken for the verb: a quotation that opens behind it holds one."""
    has, doc = noun.head, noun.doc
    done = next((t for t in noun.children if t.dep_ == "amod" and t.tag_ in ("VBN", "VBD")), None)
    if done is None or has.pos_ not in _VERBS or has.i + 2 >= len(doc) or not doc[has.i + 1].is_quote:
        return
    how = doc[has.i + 2]
    if how.head != done or done.i + 1 != noun.i or how.lower_ in _DEGREES or not how.lower_.endswith("ly"):
        return
    children = [t for t in (*has.children, *noun.children) if t not in (noun, done)]
    _make_head(done, has, noun, children)
    has.head, has.dep_, has.pos_ = done, "aux", "AUX"


def _make_head(done: Token, top: Token, noun: Token, children: list[Token]) -> None:
    """Put what was done where its clause's head stood, with its object and the clause's other words."""
    head, dep = top.head, top.dep_
    done.head = done if dep == "ROOT" else head
    done.dep_, done.pos_ = dep, "VERB"
    noun.head, noun.dep_ = done, "dobj"
    for token in children:
        token.head = done


def _join_people(name: Token) -> None:
    """Read "accused AZERBAIJANI FORCES on Monday of raids" as one object, not as two."""
    noun = name.nbor() if name.i + 1 < len(name.doc) else None
    if noun is None or noun.dep_ != "dobj" or noun.head != name.head or noun.pos_ != "NOUN":
        return
    if noun.left_edge != noun or name.right_edge != name or name.tag_ != "NNP":
        return
    name.head, name.dep_ = noun, "amod"
