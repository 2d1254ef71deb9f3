"""The tables as the first version made them. Later steps change them; this module stays as it is."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_Big = BigInteger().with_variant(Integer, "sqlite")


def _pk() -> Column[int]:
    return Column("pk", _Big, primary_key=True, autoincrement=True)


def _row() -> Column[int]:
    return Column("pk", _Big, primary_key=True, autoincrement=False)


def _of_coding() -> Column[int]:
    return Column("coding_pk", _Big, ForeignKey("codings.pk", ondelete="CASCADE"), nullable=False, index=True)


def _of_mention() -> Column[int]:
    return Column(
        "mention_pk", _Big, ForeignKey("mentions.pk", ondelete="CASCADE"), nullable=False, index=True
    )


def _actor(index: bool = True) -> Column[int]:
    return Column("actor_pk", _Big, ForeignKey("actors.pk"), index=index)


def _span(prefix: str = "", nullable: bool = True, words: bool = True) -> list[Column[object]]:
    columns: list[Column[object]] = [
        Column(f"{prefix}start", Integer, nullable=nullable),
        Column(f"{prefix}end", Integer, nullable=nullable),
    ]
    return [*columns, Column(f"{prefix}words", Text, nullable=nullable)] if words else columns


meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    _pk(),
    Column("id", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text, index=True),
    Column("published", Date),
    Column("published_inferred", Boolean, nullable=False),
    Column("dateline", Text),
    Column("url", Text),
    Column("language", String(20), nullable=False),
    Column("sort_day", Date, nullable=False),
    Column("current", Boolean, nullable=False),
    UniqueConstraint("id", "hash"),
    Index("ix_reports_current_sort", "current", "sort_day", "pk"),
)

coders = Table(
    "coders",
    metadata,
    _pk(),
    Column("name", Text, nullable=False, unique=True),
    Column("package", Text),
    Column("codebook", Text),
    Column("model", Text),
)

codings = Table(
    "codings",
    metadata,
    _pk(),
    Column("report_pk", _Big, ForeignKey("reports.pk", ondelete="CASCADE"), nullable=False),
    Column("coder_pk", _Big, ForeignKey("coders.pk"), nullable=False, index=True),
    Column("hash", String(64), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("loaded_at", String(32), nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("mention_count", Integer, nullable=False),
    Column("statement_count", Integer, nullable=False),
    Column("joined", Boolean, nullable=False),
    UniqueConstraint("report_pk", "coder_pk", "hash"),
    Index("ix_codings_current", "current", "report_pk"),
    Index("ix_codings_joined", "joined", "current"),
)

actors = Table(
    "actors",
    metadata,
    _pk(),
    Column("id", String(20), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("country", String(3), index=True),
    Column("sectors", Text, nullable=False),
    Column("listed", Boolean, nullable=False),
)

actor_names = Table(
    "actor_names",
    metadata,
    Column("actor_pk", _Big, ForeignKey("actors.pk", ondelete="CASCADE"), primary_key=True),
    Column("folded", Text, primary_key=True, index=True),
    Column("name", Text, nullable=False),
)

entities = Table(
    "entities",
    metadata,
    _row(),
    _of_coding(),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("country", String(3)),
    Column("sectors", Text, nullable=False),
    Column("why", Text),
    _actor(),
)

entity_spans = Table(
    "entity_spans",
    metadata,
    _row(),
    Column("entity_pk", _Big, ForeignKey("entities.pk", ondelete="CASCADE"), nullable=False, index=True),
    *_span(nullable=False),
)

statements = Table(
    "statements",
    metadata,
    _row(),
    _of_coding(),
    Column("id", Text, nullable=False),
    Column("parent", Text),
    Column("source", Text),
    Column("source_entity", Text),
    _actor(),
    *_span("source_", words=False),
    *_span("cue_"),
    Column("content", Text, nullable=False),
    Column("manner", String(10), nullable=False),
    Column("stance", String(10), nullable=False),
)

mentions = Table(
    "mentions",
    metadata,
    _row(),
    _of_coding(),
    Column("report_pk", _Big, ForeignKey("reports.pk", ondelete="CASCADE"), nullable=False, index=True),
    Column("current", Boolean, nullable=False),
    Column("id", Text, nullable=False, index=True),
    Column("event", Text, nullable=False),
    Column("event_pk", _Big, index=True),
    *_span("trigger_", nullable=False),
    *_span("clause_", nullable=False),
    Column("type", String(40), nullable=False),
    Column("mode", String(40)),
    Column("quad", Integer),
    Column("contexts", Text, nullable=False),
    Column("factuality", String(10), nullable=False),
    Column("depth", Integer, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("day_open", String(5)),
    *_span("when_"),
    Column("place", Text),
    Column("place_folded", Text),
    Column("country", String(3)),
    Column("lat", Float),
    Column("lon", Float),
    Column("geonameid", Integer),
    Column("precision", String(10)),
    *_span("where_"),
    Column("publisher", Text),
    Column("published", Date),
    Column("sort_day", Date, nullable=False),
    Column("rule", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("telling", Text, nullable=False),
    Index("ix_mentions_current_day", "current", "sort_day", "pk"),
    Index("ix_mentions_current_score", "current", "score", "pk"),
    Index("ix_mentions_current_type", "current", "type", "mode"),
    Index("ix_mentions_current_country", "current", "country"),
    Index("ix_mentions_current_publisher", "current", "publisher"),
    Index("ix_mentions_current_place", "current", "place_folded"),
)

participants = Table(
    "participants",
    metadata,
    _row(),
    _of_mention(),
    Column("side", String(10), nullable=False),
    Column("name", Text, nullable=False),
    Column("entity", Text),
    Column("kind", String(20), nullable=False),
    Column("country", String(3), index=True),
    Column("sectors", Text, nullable=False),
    Column("role", Text),
    *_span(nullable=False),
    _actor(),
)

attributions = Table(
    "attributions",
    metadata,
    _row(),
    _of_mention(),
    Column("place", Integer, nullable=False),
    Column("name", Text),
    Column("folded", Text, index=True),
    Column("entity", Text),
    _actor(),
    *_span(),
    *_span("cue_"),
    Column("stance", String(10), nullable=False),
    Column("statement", Text, nullable=False),
)

counts = Table(
    "counts",
    metadata,
    _row(),
    _of_mention(),
    Column("name", String(10), nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    *_span(nullable=False),
)

mention_spans = Table(
    "mention_spans",
    metadata,
    _row(),
    _of_mention(),
    Column("kind", String(12), nullable=False),
    *_span(nullable=False),
)

times = Table(
    "times",
    metadata,
    _row(),
    _of_coding(),
    Column("type", String(10), nullable=False),
    Column("value", Text, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("anchor", Text),
    *_span(nullable=False),
)

places = Table(
    "places",
    metadata,
    _row(),
    _of_coding(),
    Column("name", Text, nullable=False),
    Column("country", String(3)),
    Column("admin1", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("geonameid", Integer),
    Column("precision", String(10)),
    Column("why", Text),
    *_span(nullable=False),
)

relations = Table(
    "relations",
    metadata,
    _row(),
    _of_coding(),
    Column("type", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("object", Text),
    Column("value", Text),
    Column("subject_pk", _Big, ForeignKey("actors.pk"), index=True),
    Column("object_pk", _Big, ForeignKey("actors.pk"), index=True),
    Column("speakers", Text, nullable=False),
    *_span(nullable=False),
)

skipped = Table(
    "skipped",
    metadata,
    _row(),
    _of_coding(),
    Column("type", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    *_span(nullable=False),
)

issues = Table(
    "issues",
    metadata,
    _row(),
    _of_coding(),
    Column("code", String(60), nullable=False, index=True),
    Column("message", Text, nullable=False),
    *_span(),
)

events = Table(
    "events",
    metadata,
    _pk(),
    Column("id", String(20), nullable=False, unique=True),
    Column("type", String(40), nullable=False, index=True),
    Column("mode", String(40)),
    Column("quad", Integer),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("sort_day", Date, nullable=False),
    Column("place", Text),
    Column("country", String(3), index=True),
    Column("mention_count", Integer, nullable=False),
    Column("report_count", Integer, nullable=False),
    Column("source_count", Integer, nullable=False, index=True),
    Column("disputed", Boolean, nullable=False, index=True),
    Column("disputed_on", Text, nullable=False),
    Column("killed_low", Integer),
    Column("killed_high", Integer),
    Column("record", Text, nullable=False),
    Index("ix_events_sort", "sort_day", "pk"),
)

folds = Table(
    "folds",
    metadata,
    _pk(),
    Column("id", String(20), nullable=False, unique=True),
    Column("copy", Text, nullable=False, index=True),
    Column("original", Text, index=True),
    Column("kind", String(10), nullable=False),
    Column("effect", String(10), nullable=False),
    Column("record", Text, nullable=False),
)

users = Table(
    "users",
    metadata,
    _pk(),
    Column("name", Text, nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("password_hash", Text),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", String(32), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user_pk", _Big, ForeignKey("users.pk", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False, index=True),
)

assignments = Table(
    "assignments",
    metadata,
    _pk(),
    Column("batch", Text, nullable=False),
    Column("user_pk", _Big, ForeignKey("users.pk"), nullable=False, index=True),
    Column("report", Text, nullable=False),
    Column("mention", Text, nullable=False),
    Column("blind", Boolean, nullable=False),
    Column("created_at", String(32), nullable=False),
    UniqueConstraint("batch", "user_pk", "report", "mention"),
)

judgements = Table(
    "judgements",
    metadata,
    _pk(),
    Column("at", String(32), nullable=False),
    Column("user", Text, nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("coder", Text, nullable=False),
    Column("coding_pk", _Big, ForeignKey("codings.pk"), nullable=False),
    Column("report", Text, nullable=False),
    Column("mention", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("field", String(40)),
    Column("before", Text),
    Column("after", Text),
    Column("note", Text),
    Column("batch", Text),
    Column("undoes", _Big, ForeignKey("judgements.pk"), unique=True),
    Index("ix_judgements_target", "report", "mention"),
)
