"""Turn a coded report into rows."""

from __future__ import annotations

import hashlib
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from according.corroborate import read_tellings
from according.ids import content_id
from according.records import CodedReport, Entity, Mention, Report, Span
from according.store.schema import row_pk

Row = dict[str, Any]
NO_DAY = date(1, 1, 1)
"""Sorts what has no day."""

LONGEST_NAME = 180
"""Characters of a name in lists; three such names fit into one row of an index, whatever they are made of."""

_COUNTS = ("killed", "injured", "detained", "size")


def fold(name: str) -> str:
    """Write a name so that spellings of it compare equal: no case, no accents, single spaces.

    Example:
        >>> fold("  Rodrigo  LONDOÑO ")
        'rodrigo londono'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def shorten(name: str | None) -> str | None:
    """Cut a name that is longer than any name is: PostgreSQL takes no longer text into an index.

    Lists and filters go by the short form; the record keeps the name as it is.

    Example:
        >>> shorten("Lund"), len(shorten("x" * 5000) or "")
        ('Lund', 180)
    """
    return name if name is None else name[:LONGEST_NAME]


def hash_report(report: Report) -> str:
    """Hash what a report is: its text and details, without what was read out of them."""
    return _sha(report.model_dump_json(exclude={"regions"}))


def hash_coding(coded: CodedReport) -> str:
    """Hash a coding, to know it again."""
    return _sha(coded.to_json())


def pack(coded: CodedReport) -> bytes:
    """Compress a whole coded report."""
    return zlib.compress(coded.to_json().encode("utf-8", "surrogatepass"), 6)


def unpack(record: bytes) -> CodedReport:
    """Give back what `pack` took."""
    return CodedReport.from_json(zlib.decompress(record))


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def report_row(report: Report) -> Row:
    """Make the row of a report, without its number."""
    return {
        "id": report.id,
        "hash": hash_report(report),
        # PostgreSQL has no place for NUL; the record keeps the text as it is.
        "text": _storable(report.text),
        "title": _storable(report.title) if report.title else None,
        "publisher": shorten(report.publisher),
        "published": report.published,
        "published_inferred": report.published_inferred,
        "dateline": report.dateline,
        "url": report.url,
        "language": report.language,
        "sort_day": report.published or NO_DAY,
        "current": True,
    }


def _storable(text: str) -> str:
    if "\x00" in text or not text.isascii():
        return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    return text


def actor_id(entity: Entity) -> str | None:
    """Name the actor an entity is, across reports; None where it is only described.

    Entities are one actor if kind, country and name are the same. The actor
    list has given listed ones their common name; "the gunmen" of two reports
    are not known to be the same.
    """
    if entity.kind == "place" or not (any(c.isupper() for c in entity.name) or entity.country):
        return None
    return content_id("a", entity.kind, entity.country or "", fold(entity.name))


def actor_rows(coded: CodedReport) -> tuple[dict[str, Row], dict[str, dict[str, str]]]:
    """Find the actors a report speaks of.

    Returns:
        By actor id: the row, and all names as written, by folded name.
    """
    rows: dict[str, Row] = {}
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for entity in coded.entities:
        key = actor_id(entity)
        if key is None:
            continue
        rows[key] = {
            "id": key,
            "name": _storable(entity.name),
            "kind": entity.kind,
            "country": entity.country,
            "sectors": " ".join(entity.sectors),
            "listed": bool(entity.why and entity.why.startswith("actor list")),
        }
        for name in (entity.name, *(a for a in entity.aliases if a[:1].isupper())):
            names[key].setdefault(fold(_storable(name))[:LONGEST_NAME], _storable(name))
    return rows, names


class CodingRows:
    """All rows of one coding, by table, numbered from the coding's number."""

    def __init__(self, coded: CodedReport, coding: int, report: int, actors: Mapping[str, int]) -> None:
        """Make the rows.

        Args:
            coded: The coded report.
            coding: Number of the coding.
            report: Number of the report.
            actors: Numbers of actors by actor id.
        """
        self.tables: dict[str, list[Row]] = defaultdict(list)
        self._first: Mapping[str, int] = {}
        self._coding, self._report = coding, report
        self._actors = {e.id: actors.get(actor_id(e) or "") for e in coded.entities}
        self._precision = {(p.span.start, p.span.end): p.precision for p in coded.places}
        self._coded = coded
        self._of_coder = True

    def build_replaced(
        self, wanted: Collection[str], first: Mapping[str, int], quad_of: Callable[[str], int | None]
    ) -> dict[str, list[Row]]:
        """Make the rows of some mentions that decisions have changed.

        Args:
            wanted: Ids of the mentions.
            first: By table, place within the coding that the first new row takes.
            quad_of: Gives the quad class of a type.
        """
        self._of_coder = False
        self._first = first
        for mention, telling in zip(self._coded.mentions, read_tellings(self._coded), strict=True):
            if mention.id in wanted:
                self._mention(mention, quad_of(mention.type), telling.to_json())
        return self.tables

    def build(self, quad_of: Callable[[str], int | None]) -> dict[str, list[Row]]:
        """Make all rows.

        Args:
            quad_of: Gives the quad class of a type.
        """
        self._entities()
        self._statements()
        for mention, telling in zip(self._coded.mentions, read_tellings(self._coded), strict=True):
            self._mention(mention, quad_of(mention.type), telling.to_json())
        self._rest()
        return self.tables

    def _add(self, table: str, row: Row, *, of_coding: bool = False) -> int:
        rows = self.tables[table]
        pk = row_pk(self._coding, self._first.get(table, 0) + len(rows))
        rows.append({"pk": pk, **({"coding_pk": self._coding} if of_coding else {}), **_clean(row)})
        return pk

    def _entities(self) -> None:
        for entity in self._coded.entities:
            pk = self._add(
                "entities",
                {
                    "id": entity.id,
                    "name": entity.name,
                    "kind": entity.kind,
                    "country": entity.country,
                    "sectors": " ".join(entity.sectors),
                    "why": entity.why,
                    "actor_pk": self._actors[entity.id],
                },
                of_coding=True,
            )
            for span in entity.mentions:
                self._add("entity_spans", {"entity_pk": pk, **_span(span)})

    def _statements(self) -> None:
        for statement in self._coded.statements:
            source = statement.source
            where = _span(source.span if source else None, "source_")
            del where["source_words"]
            self._add(
                "statements",
                {
                    "id": statement.id,
                    "parent": statement.parent,
                    "source": (source.name or source.span.text) if source else None,
                    "source_entity": source.entity if source else None,
                    "actor_pk": self._actors.get(source.entity or "") if source else None,
                    **where,
                    **_span(statement.cue, "cue_"),
                    "content": _json_spans(statement.content),
                    "manner": statement.manner,
                    "stance": statement.stance,
                },
                of_coding=True,
            )

    def _mention(self, mention: Mention, quad: int | None, telling: str) -> None:
        report, when, where = self._coded.report, mention.when, mention.where
        first, last = (when.from_, when.to) if when else (None, None)
        day_open = None if not when or (first and last) else "from" if last else "to" if first else None
        span = where.span if where else None
        pk = self._add(
            "mentions",
            {
                "report_pk": self._report,
                "current": True,
                "coded": self._of_coder,
                "id": mention.id,
                "event": mention.event,
                "event_pk": None,
                **_span(mention.trigger, "trigger_"),
                **_span(mention.clause, "clause_"),
                "type": mention.type,
                "mode": mention.mode,
                "quad": quad,
                "contexts": " ".join(mention.contexts),
                "factuality": mention.factuality,
                "depth": len(mention.attribution),
                "first_day": first or last,
                "last_day": last or first,
                "day_open": day_open,
                **_span(when.span if when else None, "when_"),
                "place": shorten(where.name) if where else None,
                "place_folded": shorten(fold(where.name)) if where and where.name else None,
                "country": where.country if where else None,
                "lat": where.lat if where else None,
                "lon": where.lon if where else None,
                "geonameid": where.geonameid if where else None,
                "precision": self._precision.get((span.start, span.end)) if span else None,
                **_span(span, "where_"),
                "publisher": shorten(report.publisher),
                "published": report.published,
                "sort_day": first or last or report.published or NO_DAY,
                "rule": mention.rule,
                "score": mention.score,
                "telling": telling,
            },
            of_coding=True,
        )
        self._parts(mention, pk)

    def _parts(self, mention: Mention, pk: int) -> None:
        for side, people in (("actor", mention.actors), ("recipient", mention.recipients)):
            for person in people:
                self._add(
                    "participants",
                    {
                        "mention_pk": pk,
                        "side": side,
                        "name": person.name or person.span.text,
                        "entity": person.entity,
                        "kind": person.kind,
                        "country": person.country,
                        "sectors": " ".join(person.sectors),
                        "role": person.role,
                        **_span(person.span),
                        "actor_pk": self._actors.get(person.entity or ""),
                    },
                )
        for place, link in enumerate(mention.attribution):
            name = link.name or (link.span.text if link.span else None)
            self._add(
                "attributions",
                {
                    "mention_pk": pk,
                    "place": place,
                    "name": name,
                    "folded": shorten(fold(name)) if name else None,
                    "entity": link.entity,
                    "actor_pk": self._actors.get(link.entity or ""),
                    **_span(link.span),
                    **_span(link.cue, "cue_"),
                    "stance": link.stance,
                    "statement": link.statement,
                },
            )
        for name in _COUNTS:
            count = getattr(mention, name)
            if count is not None:
                row = {"mention_pk": pk, "name": name, "low": _small(count.low), "high": _small(count.high)}
                self._add("counts", {**row, **_span(count.span)})
        for kind, spans in (("instrument", mention.instruments), ("quoted", mention.quoted)):
            for span in spans:
                self._add("mention_spans", {"mention_pk": pk, "kind": kind, **_span(span)})

    def _rest(self) -> None:
        coded = self._coded
        for time in coded.times:
            row: Row = {"type": time.type, "value": time.value, "first_day": time.from_, "last_day": time.to}
            self._add("times", {**row, "anchor": time.anchor, **_span(time.span)}, of_coding=True)
        for place in coded.places:
            row = place.model_dump(exclude={"span"})
            self._add("places", {**row, **_span(place.span)}, of_coding=True)
        for relation in coded.relations:
            row = {
                "type": relation.type,
                "subject": relation.subject,
                "object": relation.object,
                "value": relation.value,
                "subject_pk": self._actors.get(relation.subject),
                "object_pk": self._actors.get(relation.object or ""),
                "speakers": ", ".join(
                    a.name or (a.span.text if a.span else "?") for a in relation.attribution
                ),
            }
            self._add("relations", {**row, **_span(relation.span)}, of_coding=True)
        for skip in coded.skipped:
            row = {"type": skip.type, "reason": skip.reason}
            self._add("skipped", {**row, **_span(skip.trigger)}, of_coding=True)
        for issue in coded.issues:
            row = {"code": issue.code, "message": issue.message}
            self._add("issues", {**row, **_span(issue.span)}, of_coding=True)


def _small(value: int | None) -> int | None:
    # A count beyond the column's range is no count of people; the record keeps it as written.
    return value if value is None or value < 1 << 31 else (1 << 31) - 1


def _clean(row: Row) -> Row:
    return {k: _storable(v) if isinstance(v, str) else v for k, v in row.items()}


def _span(span: Span | None, prefix: str = "") -> Row:
    return {
        f"{prefix}start": span.start if span else None,
        f"{prefix}end": span.end if span else None,
        f"{prefix}words": span.text if span else None,
    }


def _json_spans(spans: Iterable[Span]) -> str:
    import json

    return json.dumps([[s.start, s.end, s.text] for s in spans], ensure_ascii=False)
