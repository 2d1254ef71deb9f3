"""From clauses to drafts of mentions: trigger, roles, factuality."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from according.codebook.link import LinkedTrigger
from according.events.conditions import conditions_of
from according.events.model import Draft, SkippedDraft
from according.events.roles import Roles
from according.events.speech_acts import SpeechActs
from according.language.model import Clause, Function, Link

VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
# Types that tell what parties say or give to each other; a thing does none of it.
_BETWEEN_PARTIES = frozenset({*VERBAL, "AID", "COOPERATE"})
_COPULAS = frozenset({"be", "remain", "stay", "go"})
_STATE_WORDS = frozenset({"on", "under", "in"})
_HURT = frozenset({"wound", "injure", "dead", "wounded", "injured", "kidnap", "kidnapped", "detain"})
# Participles before a noun that tell of an act of their own ("the QATARI-brokered truce").
_BROKERED = frozenset({"broker", "mediate"})
_STRIKING = frozenset(
    {"shoot", "strike", "beat", "stab", "hack", "club", "blow", "knock", "cut", "bomb", "burn"}
)
_RULED = frozenset({"prohibit", "forbid", "ban", "outlaw", "permit", "allow"})
_WRONG = frozenset({"crime", "sin", "wrong", "illegal", "unlawful", "forbidden", "evil", "immoral", "murder"})
_SUICIDE = frozenset(
    {"kill", "hang", "shoot", "drown", "poison", "stab", "set", "burn", "immolate", "starve"}
)
_MOTIVES = frozenset({"retaliation", "reprisal", "retribution", "revenge", "vengeance", "response"})
_ANY = frozenset({"any", "further", "future", "no", "possible", "potential"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
_ABOUT = frozenset({"of", "into", "on", "against", "for", "near", "outside"})


class Drafter(SpeechActs):
    """Finds the drafts of one report."""

    def find(self) -> list[Draft]:
        """Every predicate on which a trigger fires, before folding, in text order."""
        out: list[Draft] = []
        for clause in self.parsed.clauses:
            if self._uncoded(clause.head):
                continue
            linked = self.matcher.match(clause)
            if linked is None:
                continue
            if linked.skip:
                reason = linked.trigger.id.rsplit(".", 1)[-1]
                self.skipped.append(SkippedDraft(clause.head, linked.type, reason))
                continue
            roles = self._claimed(clause, self.roles.fill(clause, linked.frame, linked.type))
            draft = Draft(
                clause,
                linked,
                linked.type,
                linked.trigger.mode,
                self._in_phrase(clause, linked) or self._trigger_tokens(clause, linked.trigger.lemma),
                roles.actors,
                roles.recipients,
                roles.places,
                roles.instruments,
            )
            empty = self._empty(draft)
            if empty is not None:
                self.skipped.append(SkippedDraft(clause.head, linked.type, empty))
                continue
            out.append(draft)
        made = {a.head for d in out if self._makes_so(d) for a in d.clause.get(Function.ATTRIBUTE)}
        out = [d for d in out if d.head not in made]
        told = {d.head: d.type for d in out}
        return [d for d in out if not self._said_by_attribute(d, told)]

    @staticmethod
    def _makes_so(draft: Draft) -> bool:
        """Whether a verb of violence tells the act, and its adjective only how it ended: "SHOT dead"."""
        return draft.type == "ASSAULT" and draft.clause.pos == "verb" and draft.clause.lemma in _STRIKING

    def _said_by_attribute(self, draft: Draft, told: dict[int, str]) -> bool:
        """Whether a copula only carries what its adjective tells: "REMAIN committed"."""
        return draft.clause.pos == "verb" and any(
            told.get(a.head) == draft.type for a in draft.clause.get(Function.ATTRIBUTE)
        )

    def _claimed(self, clause: Clause, roles: Roles) -> Roles:
        """Responsibility is that of whoever claims or denies it."""
        governor = self.parsed.clause_at(clause.governor)
        if clause.lemma != "responsibility" or roles.actors or governor is None or governor.pos != "verb":
            return roles
        subjects = tuple(a for a in governor.get(Function.SUBJECT) if self.roles.is_party(a))
        return replace(roles, actors=subjects)

    def with_factuality(self, drafts: list[Draft]) -> list[Draft]:
        """Read the factuality of each draft."""
        read = {d.head: self.factuality.read(d.clause, verbal=d.type in VERBAL) for d in drafts}
        types = {d.head: d.type for d in drafts}
        carriers = {d.clause.support: d.head for d in drafts if d.clause.support is not None}
        out = []
        for d in drafts:
            status = read[d.head]
            told = d.clause
            if told.pos == "noun" and told.support_kind == "light":
                told = self.parsed.clause_at(told.support) or told
            governor = told.governor
            if (
                d.type == "THREATEN"
                and d.linked.frame.actor == ("speaker",)
                and (
                    status != "negated" or d.clause.lemma == "go"  # "will not GO unpunished"
                )
            ):
                status = "happened"  # "they WILL PAY for it": he threatens who says so
            if d.type in VERBAL and told.link is Link.PURPOSE and governor is not None:
                # the purpose of a call or meeting that took place was met
                carried = carriers.get(governor, governor)
                if types.get(carried) == "CONSULT":
                    status = read[carried]
            out.append(replace(d, factuality=status))
        return out

    # filters ------------------------------------------------------------------

    def _empty(self, draft: Draft) -> str | None:
        """Why a draft is no mention of a particular happening, or None."""
        clause = draft.clause
        if clause.lemma in _HURT and any(t.lower_ == "the" for t in self.parsed.doc[clause.head].lefts):
            return "participant"  # "treated THE WOUNDED"
        if (
            draft.type == "ACCUSE"
            and draft.linked.frame.actor == ("speaker",)
            and any(t.lower_ in _ANY for t in self.parsed.doc[clause.head].lefts)
        ):
            return "generic"  # "will answer ANY provocation" finds no fault
        brokered = clause.lemma in _BROKERED and bool(draft.actors)
        if clause.pos == "verb" and clause.marker == "amod" and not brokered:
            return "modifier"
        blaming = draft.type in ("ACCUSE", "SANCTION")
        if (blaming or draft.type in ("SUPPORT", "AID")) and self._reflexive(clause, alone=blaming):
            return "self"  # "we will DEFEND ourselves"
        if draft.type == "THREATEN" and clause.pos == "verb" and self._by_a_thing(draft):
            return "thing"  # "clouds THREATENED the harvest"
        if draft.type == "ASSAULT" and clause.lemma in _SUICIDE and self._reflexive(clause, alone=True):
            return "suicide"  # but "killed himself AND SIX OTHERS"
        if clause.pos != "noun":
            if clause.lemma == "responsible" and not draft.actors:
                return "unclaimed"  # "it is not known who was responsible"
            return "norm" if not draft.actors and self._is_norm(clause) else None
        if clause.lemma == "responsibility" and self._unclaimed(clause):
            return "unclaimed"
        token = self.parsed.doc[clause.head]
        if clause.lemma == "march" and self._is_month(token.i):
            return "month"
        if self._is_name(clause):
            return "name"
        if clause.support_kind is None and self.entities.kind_of(clause.head) in (
            "group",
            "organisation",
            "person",
        ):
            return "participant"
        if clause.lemma in _MOTIVES and clause.marker in ("in", "as") and clause.support is None:
            return "motive"  # "bombed the port IN RETALIATION for the raid"
        if self._is_label(token):
            return "label"
        filled = bool(draft.actors or draft.recipients or draft.places) or self._opposes(draft)
        carried = clause.support_kind in ("light", "undergo", "occur", "copula")
        dated = any(t.ent_type_ in ("DATE", "TIME") for t in token.subtree if t.i != token.i)
        if filled or carried or dated:
            return None
        governor = self.parsed.clause_at(clause.governor)
        if governor is not None and governor.lemma == "toll":
            return None  # "the death toll from the bombing rose to 40"
        if clause.support_kind == "result":
            return "back-reference" if any(t.lower_ in _DEFINITE for t in token.lefts) else None
        if self._told_of_what(clause) or self._placed_above(clause):
            return None
        if any(t.lower_ in _DEFINITE or t.dep_ == "poss" for t in token.lefts):
            return "back-reference"
        return "generic"

    def _opposes(self, draft: Draft) -> bool:
        """Whether a protest says what it is about: "a march AGAINST FUEL PRICES"."""
        return draft.type == "PROTEST" and any(
            draft.clause.get(Function.OBLIQUE, p) for p in ("against", "over", "about")
        )

    def _is_label(self, token: Token) -> bool:
        """Whether a noun is the label of a paragraph: "DETENTIONS: Police arrested ten"."""
        doc = self.parsed.doc
        before = doc[token.i - 1] if token.i else None
        begins = before is None or before.is_space or "\n" in before.text_with_ws
        return begins and token.i + 1 < len(doc) and doc[token.i + 1].text == ":"

    def _is_month(self, i: int) -> bool:
        """Whether "march" stands beside a day or a year, in a text without capitals."""
        beside = self.parsed.doc[max(i - 1, 0) : i + 2]
        return any(t.like_num and t.is_digit for t in beside)

    def _is_norm(self, clause: Clause) -> bool:
        """Whether an act is only judged in general: "KILLING prisoners is forbidden"."""
        now = clause
        while now.link is Link.COORDINATE and (above := self.parsed.clause_at(now.governor)) is not None:
            now = above
        governor = self.parsed.clause_at(now.governor)
        if (
            governor is not None
            and clause.infinitive
            and governor.pos == "noun"
            and governor.lemma == "right"
        ):
            return True  # "the right TO PROTEST"
        if not clause.gerund or now.link is not Link.SUBJECT or governor is None:
            return False
        judged = {self.parsed.doc[x.head].lemma_.lower() for x in governor.get(Function.ATTRIBUTE)}
        ruled = governor.passive and governor.lemma in _RULED
        return governor.tense == "present" and (ruled or bool(judged & _WRONG))

    def _by_a_thing(self, draft: Draft) -> bool:
        """Whether a thing does what only parties do, to nobody: "the software will SUPPORT trade"."""
        if draft.actors or draft.recipients:
            return False
        subjects = draft.clause.get(Function.SUBJECT)
        voices = self.codebook.classes
        if not subjects:  # "SUPPORTING better schools", as the name of a plan
            return (
                draft.clause.gerund
                and draft.type in ("SUPPORT", "COOPERATE")
                and draft.clause.link is Link.ROOT
            )
        return all(
            self.parsed.doc[a.head].pos_ == "NOUN"
            and self.entities.kind_of(a.head) in ("unknown", "place")
            and not any(
                self.parsed.doc[a.head].lemma_.lower() in voices.get(c, ())
                for c in ("document", "agreement", "demand_word", "media", "measure_word")
            )
            for a in subjects
        )

    def _unclaimed(self, clause: Clause) -> bool:
        """Whether nobody claims an act: "no group has claimed responsibility"."""
        governor = self.parsed.clause_at(clause.governor)
        return (
            governor is not None
            and governor.lemma in ("claim", "take", "accept")
            and (governor.negation is not None)
        )

    def _placed_above(self, clause: Clause) -> bool:
        """Whether a place beside the noun hangs on the verb of speech: "condemned two attacks IN BASRA"."""
        governor = self.parsed.clause_at(clause.governor)
        if governor is None or governor.pos != "verb" or clause.link is not Link.NOMINAL:
            return False
        linked = self.matcher.match(governor)
        if linked is None or linked.type not in ("ACCUSE", "SUPPORT", "REQUEST", "REJECT"):
            return False
        return any(
            a.preposition in ("in", "at", "near", "on")
            and self.parsed.doc[a.head].head.i == clause.head + 1
            and self.entities.kind_of(a.head) in ("place", "state")
            for a in governor.get(Function.OBLIQUE)
        )

    def _told_of_what(self, clause: Clause) -> bool:
        """Whether the noun itself tells of what particular thing: "the bombing of the hospital"."""
        doc = self.parsed.doc
        linked = self.matcher.match(clause)
        if linked is not None and linked.type == "PROTEST":  # "a rally calling for his removal"
            return any(t.dep_ in ("acl", "relcl") and t.pos_ == "VERB" for t in doc[clause.head].children)
        one = any(t.lower_ == "the" or t.ent_type_ == "DATE" for t in doc[clause.head].lefts)
        return any(
            a.function is Function.OBLIQUE
            and a.preposition in _ABOUT
            and not a.via
            and (
                doc[a.head].pos_ == "PROPN"
                or any(t.lower_ in _DEFINITE or t.dep_ == "poss" for t in doc[a.head].lefts)
                or any(t.ent_type_ in ("GPE", "NORP", "ORG") for t in doc[a.head].lefts)
                or (one and a.preposition == "of" and any(t.lower_ in ("a", "an") for t in doc[a.head].lefts))
            )
            for a in clause.arguments
        )

    def _reflexive(self, clause: Clause, *, alone: bool = False) -> bool:
        return any(
            t.dep_ == "dobj"
            and t.lower_.endswith(("self", "selves"))
            and not (alone and any(c.dep_ == "conj" for c in t.children))
            for t in self.parsed.doc[clause.head].children
        )

    def _is_name(self, clause: Clause) -> bool:
        """Whether an event noun is part of a proper name: "the Cessation of Hostilities"."""
        token = self.parsed.doc[clause.head]
        if (
            token.pos_ != "PROPN"
            or not token.text[:1].isupper()
            or token.text.isupper()
            or token.is_sent_start
        ):
            return False
        region = self.parsed.region_of[clause.head] if self.parsed.region_of else None
        if region is not None and region.kind == "title":
            return False
        words = [t for t in token.sent if t.is_alpha and len(t) > 3]
        return sum(t.text[:1].isupper() for t in words) < 0.7 * len(words)

    def _in_phrase(self, clause: Clause, linked: LinkedTrigger) -> tuple[int, ...]:
        """The noun that tells an act behind a mere copula: "have been on STRIKE"."""
        if clause.pos != "verb" or clause.lemma not in _COPULAS:
            return ()
        for condition in conditions_of(self.codebook, linked):
            if condition.slot.startswith("prep:") and condition.allowed is not None:
                for argument in self.matcher.fill(clause, condition.slot):
                    state = argument.preposition in (("on",) if clause.lemma == "go" else _STATE_WORDS)
                    if state and self.parsed.doc[argument.head].lemma_.lower() in condition.allowed.lemmas:
                        return (argument.head,)
        return ()

    def _trigger_tokens(self, clause: Clause, lemma: str) -> tuple[int, ...]:
        doc, head = self.parsed.doc, clause.head
        words = lemma.split()
        if clause.pos == "noun" and "-" in words[-1]:
            first = head
            while first >= 2 and doc[first - 1].text == "-" and not doc[first - 1].whitespace_:
                first -= 2  # "a SIT-in" is read as three words
            return tuple(range(first, head + 1))
        if len(words) < 2:
            return (head,)
        if clause.pos == "noun":
            first = head
            while (
                first > 0
                and doc[first - 1].head.i in range(first - 1, head + 1)
                and head - first < len(words) - 1
            ):
                first -= 1
            return tuple(range(first, head + 1))
        found = [t.i for t in doc[head].children if t.lower_ in words[1:] and head < t.i <= head + 2]
        if not found and head + 1 < len(doc) and doc[head + 1].lower_ in words[1:]:
            found = [head + 1]  # "hand OVER 30 trucks", where the parser reads more than thirty
        return (head, *found)
