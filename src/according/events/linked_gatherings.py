"""Parties of meetings and gatherings that the predicate does not govern, by an explained chain.

The helpers that all such rules share are here too; see `according.events.linked`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from according.events.model import Draft, Entities, Speech
from according.language.model import Argument, Clause, Function, Link, ParsedReport
from according.language.verbs import load_verb_classes

PARTIES = frozenset({"person", "group", "state", "organisation", "people"})
MEETS_IN = frozenset({"in", "during", "at", "after", "before", "following"})
# Whoever does this to talks or a deal with somebody is to be the other side.
_WANTING = frozenset(
    {"want", "prepare", "seek", "need", "pursue", "desire", "crave", "favour", "favor", "prefer", "hope"}
)
_BEING_THERE = frozenset({"be", "remain", "stay", "arrive", "come", "go", "travel", "fly", "return"})
# What is said to whoever is called or met for it.
_SAID_TO = frozenset({"CONSULT", "SUPPORT", "CONCEDE"})
# What parties meet at, through or over; the words of each tell the mode.
_AT = frozenset({"at", "during", "in", "on", "for", "after", "following"})
_CONFERENCES = frozenset(
    {
        "summit",
        "conference",
        "assembly",
        "forum",
        "sideline",
        "sidelines",
        "margin",
        "margins",
        "congress",
        "g7",
        "g20",
    }
)
_MEDIATED_IN = frozenset({"under", "through", "with", "by", "thanks to"})
_MEDIATION = frozenset({"mediation", "auspice", "auspices", "facilitation", "mediator", "brokering"})
_OVER = frozenset({"by", "over", "on", "via", "through", "in", "during"})
_REMOTE = frozenset(
    {
        "phone",
        "telephone",
        "video",
        "videoconference",
        "teleconference",
        "hotline",
        "zoom",
        "skype",
        "videolink",
    }
)
_CALLS = frozenset(
    {"call", "conversation", "link", "conference", "talk", "talks", "discussion", "line", "chat"}
)
_HOSTED = frozenset({"host", "mediate", "broker", "facilitate", "sponsor", "convene", "moderate"})
_WITH = ("with", "along with", "together with", "alongside")


def is_party(parsed: ParsedReport, entities: Entities, argument: Argument) -> bool:
    """Whether an argument names somebody who can act or be acted on."""
    token = parsed.doc[argument.head]
    if argument.function is Function.CLAUSE or token.pos_ in ("VERB", "AUX", "ADP"):
        return False
    if token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT") and not entities.at(argument.head):
        return False
    kind = entities.kind_of(argument.head)
    named = token.pos_ == "PROPN" and argument.function is Function.SUBJECT
    return kind in PARTIES or (kind == "unknown" and named)


class GatheringLinker:
    """Finds the parties of meetings and gatherings of one report."""

    def __init__(self, parsed: ParsedReport, entities: Entities, speech: Speech) -> None:
        self.parsed, self.entities, self.speech = parsed, entities, speech
        self.measures = load_verb_classes().measure_nouns
        self._times: dict[int, list[tuple[Clause, Draft]]] = {}
        self._telling: dict[int, list[Draft]] = {}

    def _gathering(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "In a call with Y, X said": X was the other party."""
        clause = draft.clause
        governor = self.parsed.clause_at(clause.governor)
        token = self.parsed.doc[draft.head]
        if governor is not None and governor.lemma in self.measures and token.head.lower_ == "of":
            # "after two DAYS of talks with"
            token, governor = self.parsed.doc[governor.head], self.parsed.clause_at(governor.governor)
        if draft.type != "CONSULT" or clause.pos != "noun" or governor is None or governor.pos != "verb":
            return draft
        if token.dep_ != "pobj" or token.head.lower_ not in MEETS_IN or clause.support is not None:
            return draft
        guests = self._parties(clause.get(Function.OBLIQUE, "with"))
        hosts = self._parties(governor.get(Function.SUBJECT))
        told = {a.head for a in (*draft.actors, *draft.recipients)}
        if not guests or not hosts or not told <= {a.head for a in guests} or self._same(guests, hosts):
            return draft
        came = any(t.lower_ == "visiting" for a in guests for t in self.parsed.doc[a.start : a.end])
        actors, recipients = (guests, hosts) if came else (hosts, guests)
        mode = "visit" if came and draft.mode is None else draft.mode
        steps = (*draft.steps, "who spoke or acted at it")
        return replace(draft, actors=actors, recipients=recipients, mode=mode, steps=steps)

    def _protesting(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "YOUTHS threw stones during a protest": it was theirs."""
        governor = self.parsed.clause_at(draft.clause.governor)
        if draft.type != "PROTEST" or draft.clause.pos != "noun" or draft.actors or governor is None:
            return draft
        token = self.parsed.doc[draft.head]
        act = by_head.get(governor.head)
        if token.dep_ != "pobj" or token.head.lower_ not in ("during", "in", "at") or act is None:
            return draft
        if act.type != "PROTEST" and not (act.type == "ASSAULT" and act.mode in ("primitive", "destroy")):
            return draft
        found = self._parties(governor.get(Function.SUBJECT))
        if not found or any(
            self.entities.kind_of(a.head) not in ("people", "person", "group") for a in found
        ):
            return draft
        return replace(draft, actors=found, steps=(*draft.steps, "who acted at it"))

    def _own_side(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "Rebel leader X met Y and OTHER REBEL LEADERS": those others came with X."""
        if draft.type != "CONSULT" or len(draft.recipients) < 2 or not draft.actors:
            return draft
        doc = self.parsed.doc
        mine = {
            t.text.lower()
            for a in draft.actors
            for t in doc[a.head].subtree
            if t.dep_ in ("compound", "poss", "amod") and t.ent_type_
        }
        other = draft.recipients[-1]
        words = {t.text.lower() for t in doc[other.start : other.end] if t.ent_type_}
        if doc[other.start].lower_ != "other" or not words or not words <= mine:
            return draft
        if any(words & {t.text.lower() for t in doc[a.start : a.end]} for a in draft.recipients[:-1]):
            return draft
        return replace(
            draft,
            actors=(*draft.actors, other),
            recipients=draft.recipients[:-1],
            steps=(*draft.steps, "of the actor's side"),
        )

    def _purpose_of_talks(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "called THE ENVOY to discuss it": the one called is the one it is discussed with."""
        told = draft.clause
        if told.pos == "noun" and told.support_kind == "light":
            told = self.parsed.clause_at(told.support) or told
        if draft.type not in _SAID_TO or draft.recipients or not told.infinitive:
            return draft
        if told.link not in (Link.PURPOSE, Link.COMPLEMENT):
            return draft
        governor = told.governor
        if governor is None:
            return draft
        near = (governor, *(t.i for t in self.parsed.doc[governor].children))
        carried = next(
            (d for h in near if (d := by_head.get(h)) is not None and governor in (d.head, d.clause.support)),
            None,
        )
        if carried is None or carried.type != "CONSULT" or not carried.recipients:
            return draft
        if not self._same(draft.actors, carried.actors) or self._same(draft.actors, carried.recipients):
            return draft
        steps = (*draft.steps, "with whom they met")
        mode = draft.mode or (carried.mode if draft.type == "CONSULT" else None)
        return replace(draft, recipients=carried.recipients, mode=mode, steps=steps)

    def _on_visit(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "THE ENVOY, on a visit to Rome, condemned it": whoever is on a visit makes it."""
        token = self.parsed.doc[draft.head]
        if (
            draft.mode != "visit"
            or draft.actors
            or token.dep_ != "pobj"
            or token.head.lower_ not in ("on", "during")
        ):
            return draft
        above = token.head.head
        found: tuple[Argument, ...] = ()
        for clause in self.parsed.clauses:
            if clause.pos == "verb" and clause.sent == draft.clause.sent:
                found = self._parties(
                    a for a in clause.get(Function.SUBJECT) if above.i in (a.head, clause.head)
                )
                if found:
                    break
        if not found or self._same(found, draft.recipients):
            return draft
        return replace(draft, actors=found, steps=(*draft.steps, "who is on it"))

    def _mode_by_setting(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read how parties meet off what they meet in: "at a SUMMIT", "by VIDEO LINK", "under MEDIATION"."""
        if draft.type != "CONSULT" or draft.mode is not None:
            return draft
        clauses = [draft.clause, self.parsed.clause_at(draft.clause.support)]
        for clause in clauses:
            for argument in clause.get(Function.OBLIQUE) if clause is not None else ():
                mode = self._setting(argument)
                if mode is not None:
                    word = self.parsed.doc[argument.head].lower_
                    return replace(draft, mode=mode, steps=(*draft.steps, f"{argument.preposition} {word}"))
        if draft.clause.pos == "noun" and self._has_host(draft):
            return replace(draft, mode="third-party", steps=(*draft.steps, "hosted by others"))
        return draft

    def _setting(self, argument: Argument) -> str | None:
        """The mode that a phrase beside a meeting tells of."""
        token = self.parsed.doc[argument.head]
        word = token.lemma_.lower()
        if argument.preposition in _MEDIATED_IN and (word in _MEDIATION or token.lower_ in _MEDIATION):
            return "third-party"
        if argument.preposition in _AT and word in _CONFERENCES:
            return "multilateral"
        remote = word in _REMOTE or (
            word in _CALLS
            and any(t.lower_ in _REMOTE for t in self.parsed.doc[argument.start : argument.head])
        )
        return "phone" if argument.preposition in _OVER and remote else None

    def _has_host(self, draft: Draft) -> bool:
        """Whether talks are hosted or mediated by somebody who is no party to them: "QATARI-HOSTED talks"."""
        doc = self.parsed.doc
        for token in doc[draft.head].children:
            if token.lemma_.lower() not in _HOSTED:
                continue
            if token.dep_ in ("amod", "compound") and token.i >= 2 and doc[token.i - 1].text == "-":
                return True
            clause = self.parsed.clause_at(token.i) if token.dep_ in ("acl", "relcl") else None
            if (
                clause is not None
                and clause.passive
                and not self._same(clause.get(Function.SUBJECT), draft.recipients)
            ):
                return bool(clause.get(Function.SUBJECT))
        return False

    def _parties(self, arguments: Iterable[Argument]) -> tuple[Argument, ...]:
        return tuple(a for a in arguments if is_party(self.parsed, self.entities, a))

    def _joined(self, clause: Clause, found: Sequence[Argument]) -> tuple[Argument, ...]:
        """Those who act along with a subject: "along with two aides"."""
        if not found:
            return ()
        return self._parties(
            a for a in clause.get(Function.OBLIQUE) if a.preposition in _WITH and a.preposition != "with"
        )

    def _same(self, one: Sequence[Argument], two: Sequence[Argument]) -> bool:
        """Whether two lists of parties share one."""
        heads = {a.head for a in one} & {a.head for a in two}
        ids = {i for a in one for i in self.entities.at(a.head)}
        return bool(heads or ids & {i for a in two for i in self.entities.at(a.head)})

    def _sought(self, draft: Draft, by_head: dict[int, Draft]) -> Draft:
        """Read "ruled out talks with THE CLANS", "flew in for talks with THE KING": one side."""
        clause = draft.clause
        above = self.parsed.clause_at(clause.governor)
        if (
            draft.type not in ("CONSULT", "AGREE")
            or clause.pos != "noun"
            or above is None
            or above.pos != "verb"
        ):
            return draft
        if clause.support is not None or draft.recipients or clause.get(Function.POSSESSOR):
            return draft
        token, outer = self.parsed.doc[draft.head], by_head.get(above.head)
        guests = self._parties(clause.get(Function.OBLIQUE, "with"))
        if not guests or {a.head for a in draft.actors} - {a.head for a in guests}:
            return draft
        due = any(t.lower_ == "due" for t in self.parsed.doc[above.head].children)
        wanted = (
            due
            or above.lemma in _WANTING
            or (outer is not None and outer.type in ("REQUEST", "REJECT", "CONSULT", "AGREE"))
        )
        there = above.lemma in _BEING_THERE and token.head.lower_ == "for"
        asked = token.dep_ == "dobj" or (token.dep_ == "pobj" and token.head.lower_ in ("for", "to"))
        hosts = self._parties(above.get(Function.SUBJECT))
        if not ((wanted or there) and asked) or not hosts or self._same(guests, hosts):
            return draft
        visited = outer is not None and outer.type == "CONSULT"
        if token.dep_ == "pobj" and above.get(Function.OBJECT) and not visited:
            return draft  # "urged the king to hold, invited the dean for, talks": others meet
        steps = (*draft.steps, f"who is to {above.lemma}")
        return replace(draft, actors=hosts, recipients=guests, steps=steps)
