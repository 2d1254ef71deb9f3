"""The coder: one report in, one coded report out.

`Coder` composes the steps and does nothing else. Coding is a pure function of
the report, the codebook, the lists and the language model: no clock, no
network, no other reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from according.assemble import Setting, attribute_relations, build_mentions, build_skipped, build_statements
from according.attribution.cues import CueList, load_cues
from according.attribution.statements import find_statements
from according.codebook.link import Codebook
from according.codebook.load import load_codebook
from according.copies import Copies, Parses
from according.errors import AccordingError, CodebookError, MissingModelError
from according.events.deaths import told_dead
from according.events.group import group_mentions
from according.events.mentions import find_mentions
from according.language.clauses import find_clauses
from according.language.model import ParsedReport
from according.language.pipeline import DEFAULT_MODEL, MAX_CHARS, load_pipeline, parse_texts
from according.language.words import Words
from according.records import CodedReport, Issue, Region, Report
from according.regions import with_regions
from according.relations import find_relations
from according.resolution.actors import ActorList, load_actors
from according.resolution.entities import find_entities
from according.resolution.places import find_places
from according.resolution.times import find_times, infer_published
from according.speech import SpeechIndex

_BATCH = 32


class Coder:
    """Codes reports with one codebook, actor list and language model.

    Example:
        >>> from according import Coder, Report
        >>> coded = Coder().code(Report(id="r1", text="Rebels attacked a base in Aleppo on Monday."))
        >>> [(m.type, m.trigger.text) for m in coded.mentions]
        [('ASSAULT', 'attacked')]
    """

    def __init__(
        self,
        codebook: Path | None = None,
        language_model: str | None = None,
        actors: Path | None = None,
    ) -> None:
        """Load what coding needs.

        Args:
            codebook: Folder of a codebook; PLOVER by default.
            language_model: Name of an installed spaCy pipeline.
            actors: A user's own actor list, which wins over the package's.

        Raises:
            CodebookError: A data file cannot be used.
            MissingModelError: The pipeline is not installed.
        """
        self.codebook: Codebook = load_codebook(codebook)
        self.cues: CueList = load_cues(None)
        self.actors: ActorList = load_actors(None if actors is None else [actors])
        self.nlp: Language = load_pipeline(language_model or DEFAULT_MODEL)
        self._copies = Copies()

    def code(self, report: Report) -> CodedReport:
        """Code one report.

        Args:
            report: A report of at most `MAX_CHARS` code points.

        Returns:
            The coded report.
        """
        return self.code_doc(report, next(parse_texts(self.nlp, [report.text])))

    def code_many(self, reports: Iterable[Report]) -> Iterator[CodedReport | Issue]:
        """Code reports in order, parsing them in batches, and copies among them once.

        Args:
            reports: Reports; one that is too long or fails is set aside.

        Yields:
            For every report its coding, or the issue that says why it was
            set aside.

        Raises:
            CodebookError: A data file that is read when first needed cannot be used.
        """
        stream = iter(reports)
        while batch := list(islice(stream, _BATCH)):
            new = [r.text for r in batch if len(r.text) <= MAX_CHARS and not self._copies.holds(r)]
            parses = self._copies.parse(self.nlp, new)
            for report in batch:
                yield self._code_one(report, parses)

    def _code_one(self, report: Report, parses: Parses) -> CodedReport | Issue:
        """Code one report of a batch, or tell why it is set aside."""
        if len(report.text) > MAX_CHARS:
            return Issue(
                code="report-too-long",
                message=f"the text has {len(report.text):,} characters; cut it to {MAX_CHARS:,}.",
                report=report.id,
            )
        coded = self._copies.recall(report)
        if coded is not None:
            return coded
        # No name for the parse: it is let go before the record is written down.
        done = self._try_doc(report, parses.doc(report.text))
        if isinstance(done, CodedReport):
            self._copies.remember(report, done)
        return done

    def _try_doc(self, report: Report, doc: Doc) -> CodedReport | Issue:
        """Code a parsed report, or tell why it cannot be."""
        try:
            return self.code_doc(report, doc)
        except (CodebookError, MissingModelError):
            # A data file that cannot be used is no fault of the report, and would fail every other.
            raise
        except (AccordingError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            return Issue(
                code="code-failed",
                message=f"coding failed: {type(error).__name__}: {error}. Please report it.",
                report=report.id,
            )

    def code_doc(self, report: Report, doc: Doc) -> CodedReport:
        """Code a report whose text is already parsed.

        Args:
            report: The report.
            doc: Parse of `report.text`.

        Returns:
            The coded report.
        """
        report = _with_regions(report)
        parsed = parse_report(report, doc)
        report = parsed.report
        places = find_places(parsed)
        entities = find_entities(parsed, self.actors, places=places)
        statements = find_statements(parsed, self.cues)
        speech = SpeechIndex(parsed, statements)
        found = find_mentions(parsed, self.codebook, entities, speech)
        setting = Setting(
            parsed,
            self.codebook,
            entities,
            statements,
            build_statements(parsed, statements, entities),
            speech,
            find_times(report.text, published=report.published, doc=doc),
            places,
            told_dead(parsed),
        )
        mentions, events = group_mentions(report.id, build_mentions(setting, found))
        return CodedReport(
            report=report,
            entities=entities.entities,
            times=setting.times,
            places=setting.places,
            statements=setting.records,
            mentions=tuple(mentions),
            relations=attribute_relations(setting, find_relations(parsed, entities)),
            events=tuple(events),
            skipped=build_skipped(parsed, found),
        )


def parse_report(report: Report, doc: Doc) -> ParsedReport:
    """Wrap a report with regions and its parse, and find its clauses.

    Args:
        report: Report whose regions are set.
        doc: Parse of its text.

    Returns:
        The parsed report.
    """
    clauses = find_clauses(doc)
    region_of: list[Region | None] = [None] * len(doc)
    regions = iter(report.regions)
    now = next(regions, None)
    for i, start in enumerate(Words.of(doc).start):
        while now is not None and start >= now.end:
            now = next(regions, None)
        region_of[i] = now if now is not None and start >= now.start else None
    return ParsedReport(report, doc, clauses, {c.head: i for i, c in enumerate(clauses)}, tuple(region_of))


def _with_regions(report: Report) -> Report:
    report = with_regions(report)
    if report.published is not None:
        return report
    day, _ = infer_published(report.text, report.regions)
    if day is None:
        return report
    return report.model_copy(update={"published": day, "published_inferred": True})


@lru_cache(maxsize=1)
def _default_coder() -> Coder:
    return Coder()


def code(report: Report) -> CodedReport:
    """Code one report with the package's own codebook, lists and language model.

    Args:
        report: A report.

    Returns:
        The coded report.
    """
    return _default_coder().code(report)
