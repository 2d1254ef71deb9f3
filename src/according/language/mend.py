"""Put right what the parser regularly gets wrong, in the parse itself.

"Killed in police firing" tells of firing by the police; the small pipeline
reads it as police who are firing. A sentence before a semicolon is read as what
the speaker after it says. The tree is turned round before clauses and
statements are made, so that everything after it sees the same.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from according.language.mend_objects import mend_objects
from according.language.mend_speakers import mend_speakers
from according.language.mend_subjects import mend_subjects
from according.language.mend_told import mend_told

_ACTS = frozenset({"firing", "shelling", "bombing", "shooting", "beating", "bombardment", "killing"})
_FORCES = frozenset(
    {
        "police",
        "army",
        "military",
        "militia",
        "navy",
        "government",
        "regime",
        "rebel",
        "guerrilla",
        "insurgent",
        "paramilitary",
        "coalition",
        "artillery",
        "mortar",
        "tank",
        "mob",
        "gang",
    }
)
# Event nouns that are a verb where they have an object.
_DOING = {
    "bombing": "bomb", "shelling": "shell", "killing": "kill", "shooting": "shoot", "firing": "fire",
    "beating": "beat", "funding": "fund", "training": "train", "smuggling": "smuggle", "spying": "spy",
    "looting": "loot", "hacking": "hack", "kidnapping": "kidnap", "trafficking": "traffic",
    "planning": "plan", "financing": "finance",
}  # fmt: skip
_FIGHTING = frozenset(
    {"fighting", "shelling", "bombing", "firing", "shooting", "looting", "killing", "infighting", "rioting"}
)
_BEFORE = frozenset(
    {"in", "after", "during", "from", "of", "over", "to", "into", "by", "following", "despite"}
)
_INTO = frozenset({"at", "into", "from", "toward", "towards", "with", "as", "over"})
_REPORTS = frozenset({"report", "say", "announce", "add"})
_SAYING = _REPORTS | {
    "claim",
    "warn",
    "confirm",
    "state",
    "declare",
    "insist",
    "write",
    "tell",
    "deny",
    "argue",
}
_CARRIERS = frozenset(
    {
        "message", "statement", "interview", "speech", "letter", "post", "tweet", "broadcast", "address",
        "video", "report", "memo", "email", "note", "conference", "briefing", "call", "communique", "clip",
    }
)  # fmt: skip
# Chains of words between a gerund and the phrase it is to replace are never longer.
_MOST = 4000


def mend_parse(doc: Doc) -> Doc:
    """Turn "police (who are) firing" into "firing by police", and part sentences at a semicolon.

    Args:
        doc: A parsed text; it is changed in place.

    Returns:
        The same text. Mending twice changes nothing.

    Example:
        >>> from according.language.pipeline import load_pipeline
        >>> doc = load_pipeline()("Two men died in police firing on Sunday.")
        >>> [(t.text, t.dep_) for t in doc if t.text in ("police", "firing")]
        [('police', 'compound'), ('firing', 'pobj')]
    """
    acts = {doc.vocab.strings[word] for word in _ACTS}
    where = [i for i, word in enumerate(doc.to_array(["LOWER"]).ravel().tolist()) if word in acts]
    found = [doc[i] for i in where if doc[i].tag_ == "VBG" and _is_compound(doc[i])]
    for token in found[:_MOST]:
        _turn(token)
    for token in doc:
        if token.text == ";":
            _part(token)
        elif token.lower_ == "down" and token.head.lemma_ == "shoot" and token.head.i == token.i - 1:
            token.dep_ = "prt"  # "ten of the drones were SHOT DOWN"
        elif token.dep_ == "prt" and token.lower_ in ("on", "upon") and token.head.lemma_ == "call":
            if any(t.dep_ == "pobj" for t in token.children):
                token.dep_ = "prep"  # "had CALLED ON police to march"
        elif token.dep_ == "pcomp" and token.lower_ in _DOING and token.tag_ == "NN":
            _doing(token)
        elif token.dep_ in ("nsubj", "nsubjpass") and token.lower_ in _FIGHTING and token.pos_ == "VERB":
            _name_of_act(token)
        elif token.dep_ == "relcl" and token.lemma_ in _REPORTS:
            _free_report(token)
        elif token.dep_ == "relcl" and token.pos_ == "VERB" and token.head.lemma_ in _CARRIERS:
            _free_content(token)
        elif token.dep_ == "appos" and token.i + 1 < len(doc) and doc[token.i + 1].lemma_ in _REPORTS:
            _own_subject(token)
    mend_subjects(doc)
    mend_speakers(doc)
    mend_objects(doc)
    mend_told(doc)
    return doc


def _doing(token: Token) -> None:
    """Read "accused of BOMBING a village" as a verb, for it has an object."""
    if any(t.dep_ == "dobj" for t in token.children):
        token.pos_, token.tag_, token.lemma_ = "VERB", "VBG", _DOING[token.lower_]


def _name_of_act(token: Token) -> None:
    """Read "FIGHTING between rebels and soldiers resumed" as a noun: it has no object and nobody does it."""
    if not any(t.dep_ in ("dobj", "nsubj", "aux", "neg", "xcomp", "ccomp") for t in token.children):
        token.pos_, token.tag_, token.lemma_ = "NOUN", "NN", token.lower_


def _free_content(verb: Token) -> None:
    """Read "said in a message THAT the town had fallen" as what is said, not about the message."""
    noun = verb.head
    says = noun.head.head
    that = [t for t in verb.children if t.lower_ == "that" and t.dep_ in ("dobj", "mark", "nsubj")]
    own = [t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass", "expl") and t.lower_ != "that"]
    if not that or not own or noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "on", "at", "during"):
        return
    if says.lemma_ not in _SAYING or any(t.dep_ == "ccomp" for t in says.children):
        return
    if verb.right_edge == verb and that[0].dep_ == "dobj":
        return  # "said in a message that he sent"
    that[0].dep_ = "mark"
    verb.head, verb.dep_ = says, "ccomp"


def _own_subject(speaker: Token) -> None:
    """Read "... to oust the premier, the committee SAID" with its speaker: it is no word for the premier."""
    doc, named = speaker.doc, speaker.head
    verb = doc[speaker.i + 1]
    first = speaker.left_edge.i
    if verb.pos_ != "VERB" or named.dep_ != "nsubj" or named.head != verb or first == 0:
        return
    before = doc[named.left_edge.i - 1] if named.left_edge.i else named
    if doc[first - 1].text != "," or before.pos_ != "VERB" or before.sent != verb.sent:
        return
    if any(t.dep_ == "dobj" for t in before.children) or before.i > named.i:
        return
    speaker.head, speaker.dep_ = verb, "nsubj"
    named.head, named.dep_ = before, "dobj"


def _free_report(verb: Token) -> None:
    """Read "..., the news agency APS REPORTED" as who reports it all, not as a clause about the agency."""
    doc, noun = verb.doc, verb.head
    after = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    subject = [t for t in verb.children if t.dep_ == "nsubj" and t.pos_ == "PROPN"]
    if not subject or noun.pos_ not in ("NOUN", "PROPN") or subject[0].left_edge.i != noun.i + 1:
        return
    if any(t.dep_ in ("dobj", "ccomp", "xcomp") for t in verb.children) or noun.left_edge.i == 0:
        return
    ended = after is None or after.is_sent_start or after.is_punct
    if not ended or doc[noun.left_edge.i - 1].text != "," or noun.sent.root in (noun, verb):
        return
    verb.head, verb.dep_ = noun.sent.root, "parataxis"
    noun.head, noun.dep_ = subject[0], "compound"


def _part(stop: Token) -> None:
    """Free a sentence from the speech verb of the next: "The truce holds; the envoy SAID he will leave"."""
    doc = stop.doc
    if stop.i + 2 >= len(doc) or any(t.is_quote for t in (doc[stop.i - 1], doc[stop.i + 1])):
        return
    verb = stop.head
    if verb.i < stop.i or verb.pos_ != "VERB":
        return
    subject = [t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass") and t.i > stop.i]
    says = any(t.dep_ in ("ccomp", "xcomp", "dobj") and t.i > verb.i for t in verb.children)
    if not subject or not says or subject[0].left_edge.i != stop.i + 1:
        return
    for child in verb.children:
        if child.dep_ == "ccomp" and child.right_edge.i < stop.i:
            child.dep_ = "dep"


def _is_compound(act: Token) -> bool:
    """Whether a participle is rather the head of the phrase it hangs on or stands beside."""
    doer = act.doc[act.i - 1] if act.i else act
    if act.dep_ not in ("acl", "advcl", "pobj") or any(
        t.dep_ in ("dobj", "nsubj", "aux") for t in act.children
    ):
        return False
    if doer.lower_ not in _FORCES and doer.pos_ != "PROPN":
        return False  # "policemen firing from a roof" are policemen
    beside = doer.head == act.head and doer.dep_ in ("pobj", "conj")
    if act.dep_ == "pobj":
        return beside
    if act.dep_ == "advcl":  # "died in police firing": not they who died were firing
        return doer.dep_ == "pobj" and doer.head.head == act.head and doer.head.lower_ in ("in", "during")
    if doer != act.head and not beside:
        return False
    if doer.dep_ == "pobj":
        before = doer.head.lower_
        if before == "by" and any(t.lower_ in _INTO for t in act.children):
            return False
        return before in _BEFORE
    after = act.nbor() if act.i + 1 < len(act.doc) else None
    return (
        doer.pos_ != "PROPN"
        and doer.dep_ in ("nsubj", "nsubjpass", "conj")
        and after is not None
        and after.pos_ in ("VERB", "AUX")
    )


def _turn(act: Token) -> None:
    doer = act.doc[act.i - 1]
    moved = [t for t in doer.children if t.i != act.i and t.dep_ != "compound" and t.pos_ != "PROPN"]
    act.head, act.dep_ = doer.head, doer.dep_
    act.pos_, act.tag_, act.lemma_ = "NOUN", "NN", act.lower_
    doer.head, doer.dep_ = act, "compound"
    for token in moved:
        token.head = act


@Language.component("according_mend")
def mend_component(doc: Doc) -> Doc:
    """Mend the parse of a text (see `mend_parse`)."""
    return mend_parse(doc)
